//! `kind = "http"`: the CloudEvent at a municipality's integration platform.

use std::sync::Arc;
use std::time::Duration;

use kvittens::case_system::CaseSystem;
use kvittens::case_system::Found;
use tokio::io::AsyncReadExt;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::TENANT;
use super::adapter;
use super::class_of;
use super::done;
use super::hand_over;
use super::says_nothing_personal;
use crate::support::case_http::CaseHttp;
use crate::support::case_http::CaseOptions;
use crate::support::certificates::Certificates;
use crate::support::http1::HttpFault;

pub(super) fn to(platform: &CaseHttp, more: &str) -> Arc<dyn CaseSystem> {
    let (url, token) = (platform.url(), platform.token());
    adapter(&format!("kind = \"http\"\nurl = \"{url}/cases\"\ntoken = \"{token}\"\n{more}"))
}

fn searchable(platform: &CaseHttp) -> Arc<dyn CaseSystem> {
    let url = platform.url();
    to(platform, &format!("timeout = \"500ms\"\nlook_up = \"{url}/cases?reference={{reference}}\""))
}

fn found(case_id: &str) -> Result<Found, kvittens::domain::failure::Failure> {
    Ok(Found::Case { case_id: case_id.to_owned() })
}

#[tokio::test]
async fn a_notice_becomes_one_case_however_often_it_is_handed_over() {
    let platform = CaseHttp::start(CaseOptions::default()).await;
    let adapter = searchable(&platform);
    let hand_over = hand_over("AVH-7K4M-2QX6", &[TENANT]);
    assert_eq!(adapter.find(&hand_over).await, Ok(Found::Nothing));
    assert_eq!(adapter.step(&hand_over).await, Ok(done("CASE-1")));
    assert_eq!(adapter.step(&hand_over).await, Ok(done("CASE-1")), "409 is already there");
    assert_eq!(adapter.find(&hand_over).await, found("CASE-1"));
    let cases = platform.cases();
    let [case] = cases.as_slice() else { panic!("{} cases", cases.len()) };
    assert_eq!((case.reference.as_str(), case.key.as_str()), ("AVH-7K4M-2QX6", "AVH-7K4M-2QX6"));
    assert_eq!(case.body["type"], "se.kvittens.notice.registered.v1");
    assert_eq!(case.body["data"]["arrivalDate"], "2026-10-12");
    assert_eq!(case.body["data"]["notice"]["persons"][0]["name"], "Testa Testsson");
    assert_eq!(adapter.probe().await, Ok(()));
}

#[tokio::test]
async fn without_a_look_up_the_key_decides() {
    let platform = CaseHttp::start(CaseOptions::default()).await;
    let adapter = to(&platform, "");
    let found = adapter.find(&hand_over("AVH-7K4M-2QX6", &[TENANT])).await;
    assert_eq!(found, Ok(Found::KeyDecides));
}

#[tokio::test]
async fn every_fault_is_classified_and_no_case_is_opened_twice() {
    let table = [
        (HttpFault::BeforeBody(503), "uncertain", 0),
        (HttpFault::BeforeBody(429), "transient", 0),
        (HttpFault::Refuse(400), "permanent", 0),
        (HttpFault::Refuse(403), "transient", 0),
        (HttpFault::Refuse(422), "permanent", 0),
        (HttpFault::Refuse(500), "uncertain", 0),
        (HttpFault::Refuse(202), "uncertain", 0),
        (HttpFault::ResetBeforeStoring, "uncertain", 0),
        (HttpFault::ErrorAfterStoring(500), "uncertain", 1),
        (HttpFault::ErrorAfterStoring(503), "uncertain", 1),
        (HttpFault::ErrorAfterStoring(201), "uncertain", 1),
        (HttpFault::ResetAfterStoring, "uncertain", 1),
        (HttpFault::HangAfterStoring, "uncertain", 1),
    ];
    for (fault, class, stored) in table {
        let platform =
            CaseHttp::start(CaseOptions { deduplicates: false, ..CaseOptions::default() }).await;
        let adapter = searchable(&platform);
        let hand_over = hand_over("AVH-7K4M-2QX6", &[TENANT]);
        platform.fail_next(1, fault);
        assert_eq!(class_of(adapter.step(&hand_over).await), class, "{fault:?}");
        assert_eq!(platform.count(), stored, "{fault:?}");
        let expected = if stored == 1 { found("CASE-1") } else { Ok(Found::Nothing) };
        assert_eq!(adapter.find(&hand_over).await, expected, "{fault:?}");
    }
}

#[tokio::test]
async fn a_failed_look_up_opens_nothing() {
    let platform = CaseHttp::start(CaseOptions::default()).await;
    let adapter = searchable(&platform);
    let hand_over = hand_over("AVH-7K4M-2QX6", &[TENANT]);
    let faults =
        [HttpFault::Refuse(500), HttpFault::ResetBeforeStoring, HttpFault::HangAfterStoring];
    for fault in faults {
        platform.fail_lookups(1, fault);
        assert_eq!(class_of(adapter.find(&hand_over).await), "transient", "{fault:?}");
    }
    platform.fail_lookups(1, HttpFault::Refuse(200));
    let Ok(Found::InDoubt(text)) = adapter.find(&hand_over).await else { panic!("not in doubt") };
    says_nothing_personal(&text);
}

#[tokio::test]
async fn a_closed_door_and_a_wrong_token_are_waited_out() {
    let mut platform = CaseHttp::start(CaseOptions::default()).await;
    let hand_over = hand_over("AVH-7K4M-2QX6", &[TENANT]);
    let url = platform.url();
    let stranger = adapter(&format!("kind = \"http\"\nurl = \"{url}/cases\"\ntoken = \"hemlig\""));
    for outcome in [stranger.step(&hand_over).await.map(drop), stranger.probe().await] {
        let failure = outcome.expect_err("no entry");
        assert!(failure.reason().contains("case_system.token"), "{failure}");
        assert_eq!(class_of::<()>(Err(failure)), "transient");
    }
    let adapter = to(&platform, "");
    platform.stop();
    assert_eq!(class_of(adapter.step(&hand_over).await), "transient");
    assert_eq!(class_of(adapter.probe().await), "transient");
    platform.restart();
    assert_eq!(adapter.step(&hand_over).await, Ok(done("CASE-1")));
}

#[tokio::test]
async fn an_authority_of_ones_own_is_trusted_only_when_named() {
    let certificates = Certificates::new();
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let acceptor = TlsAcceptor::from(Arc::clone(&certificates.server));
    let server = tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            let mut request = vec![0; 65536];
            if stream.read(&mut request).await.is_err() {
                continue;
            }
            let answer = "HTTP/1.1 201 Created\r\nlocation: /cases/C-7\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
            stream.write_all(answer.as_bytes()).await.ok();
            stream.shutdown().await.ok();
        }
    });
    let folder = tempfile::tempdir().expect("a folder");
    let ca_file = folder.path().join("ca.pem");
    std::fs::write(&ca_file, &certificates.ca_pem).expect("the authority's file");
    let text = format!("kind = \"http\"\nurl = \"https://localhost:{port}/cases\"\n");
    let hand_over = hand_over("AVH-7K4M-2QX6", &[TENANT]);
    assert_eq!(class_of(adapter(&text).step(&hand_over).await), "transient");
    let trusting = adapter(&format!("{text}ca_file = \"{}\"", ca_file.display()));
    assert_eq!(trusting.step(&hand_over).await, Ok(done("C-7")), "the id from Location");
    server.abort();
}

#[tokio::test]
async fn a_slow_platform_does_not_hold_up_the_others() {
    let platform = CaseHttp::start(CaseOptions::default()).await;
    let adapter = to(&platform, "");
    platform.fail_next(1, HttpFault::Delay(Duration::from_millis(300)));
    let slow = hand_over("AVH-7K4M-2QX6", &[TENANT]);
    let slow = adapter.step(&slow);
    tokio::pin!(slow);
    // Polled once, the slow call is on its way; the other one overtakes it.
    let early = tokio::time::timeout(Duration::from_millis(50), &mut slow).await;
    assert!(early.is_err(), "not yet");
    let quick = adapter.step(&hand_over("AVH-0000-0000", &[TENANT])).await;
    assert_eq!(quick, Ok(done("CASE-2")));
    assert_eq!(slow.await, Ok(done("CASE-1")));
}
