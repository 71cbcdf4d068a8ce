//! The kill switch and the dry run of each way that has no journey in `switches`: what is off waits or takes the next way, and in a dry run everything is
//! made and kept, nothing leaves, no other way is tried, and a person sends it later.

use reqwest::StatusCode;
use serde_json::Value;

use crate::support::gateway::Gateway;
use crate::support::servers::Server;
use crate::support::servers::Servers;
use crate::support::sftp;
use crate::support::sftp::FarFolder;
use crate::support::wait;
use crate::support::webhook::Receiver;

use super::confirmations::notice;
use super::place::LIMIT;
use super::place::Place;
use super::place::end;
use super::place::rows;
use super::ways;
use super::ways::is_confirmed;
use super::ways::read;
use super::ways::reader;
use super::ways::sent;
use super::ways::started;
use super::ways::unconfirmed;
use super::ways_webhook::calls;
use super::ways_webhook::section;

const FOLDER: &str = "kronofogden";

/// Sets a way before any gateway runs.
async fn set(place: &Place, way: &str, to: &str) {
    assert!(place.says(&["migrate"]).await.0);
    let (well, said) = place.says(&["way", way, to, "--reason", "a test"]).await;
    assert!(well, "{said}");
}

async fn waits(place: &Place, reference: &str, why: &str) {
    wait::eventually(why, LIMIT, || async {
        let said = unconfirmed(place).await;
        said.contains(reference) && said.contains(why)
    })
    .await;
}

/// The way is on again; what was made in the dry run goes when a person says so.
async fn sent_by_a_person(place: &Place, way: &str, reference: &str) {
    assert!(place.says(&["way", way, "on"]).await.0);
    wait::eventually("the gateway follows", LIMIT, || async {
        place.says(&["retry", reference]).await;
        unconfirmed(place).await.contains("every notice")
    })
    .await;
}

fn on_server(far: &FarFolder, ways: &str) -> Place {
    let keys: String =
        far.keys("x", sftp::port()).lines().skip(1).map(|line| format!("{line}\n")).collect();
    ways::place(None, ways, &format!("[acknowledge.enforcement_authority.sftp]\n{keys}"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_put_on_a_server_while_its_way_is_off() {
    let Some(_server) = Servers::shared(&[Server::Sftp]).await else { return };
    let far = FarFolder::new();
    let place = on_server(&far, "[\"sftp\"]");
    set(&place, "sftp", "off").await;
    let gateway = started(&place, &[]).await;
    let reference = sent(&place, &place.client("kronofogden").await).await;
    waits(&place, &reference, "wayOff").await;
    assert_eq!(far.names(""), ["in"]);
    assert!(place.says(&["way", "sftp", "on"]).await.0);
    is_confirmed(&place).await;
    assert_eq!(far.names("").len(), 4, "three forms and the folder that was there");
    end(gateway).await;
    assert!(place.says(&["verify"]).await.0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_a_dry_run_nothing_is_put_on_a_server_until_a_person_sends_it() {
    let Some(_server) = Servers::shared(&[Server::Sftp]).await else { return };
    let far = FarFolder::new();
    let place = on_server(&far, "[\"sftp\"]");
    set(&place, "sftp", "dry-run").await;
    let gateway = started(&place, &[]).await;
    let reference = sent(&place, &place.client("kronofogden").await).await;
    waits(&place, &reference, "dryRun").await;
    assert_eq!(far.names(""), ["in"]);
    sent_by_a_person(&place, "sftp", &reference).await;
    assert_eq!(far.names("").len(), 4);
    end(gateway).await;
    assert!(place.says(&["verify"]).await.0);
}

#[tokio::test]
async fn in_a_dry_run_of_the_webhook_nobody_is_called_until_a_person_sends_it() {
    let receiver = Receiver::open().await;
    let place = ways::place(None, "[\"webhook\"]", &section(&receiver, ""));
    set(&place, "webhook", "dry-run").await;
    let gateway = started(&place, &[]).await;
    let reference = sent(&place, &reader(&place).await).await;
    waits(&place, &reference, "dryRun").await;
    assert!(receiver.calls().is_empty());
    sent_by_a_person(&place, "webhook", &reference).await;
    let calls = calls(&receiver, 1).await;
    assert!(calls.len() == 1 && calls[0].body.contains(&reference), "{calls:?}");
    end(gateway).await;
    assert!(place.says(&["verify"]).await.0);
}

#[tokio::test]
async fn in_a_dry_run_of_the_feed_it_is_written_and_handed_to_nobody() {
    let place = ways::place(None, "[\"feed\"]", "");
    set(&place, "feed", "dry-run").await;
    let gateway = started(&place, &[]).await;
    let kfm = reader(&place).await;
    let reference = sent(&place, &kfm).await;
    wait::eventually("it is written", LIMIT, || async { rows(&place, "confirmations").await == 1 })
        .await;
    waits(&place, &reference, "dryRun").await;
    for path in ["", "/1"] {
        let (status, told) = read(&place, &kfm, path).await;
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{told}");
        assert!(!told.to_string().contains(&reference), "{told}");
    }
    assert!(place.says(&["way", "feed", "on"]).await.0);
    let (status, told) = read(&place, &kfm, "/1").await;
    assert_eq!((status, &told["reference"]), (StatusCode::OK, &reference.as_str().into()));
    is_confirmed(&place).await;
    end(gateway).await;
    assert!(place.says(&["verify"]).await.0);
}

/// What the statute demands leaves by a way that is on, before it is only made for one that is off or in a dry run.
#[tokio::test]
async fn a_way_that_is_on_goes_before_one_that_is_not() {
    let receiver = Receiver::open().await;
    let more = section(&receiver, "");
    let place = ways::place(None, "[\"webhook\", \"feed\", \"folder\"]", &more);
    set(&place, "webhook", "dry-run").await;
    set(&place, "feed", "off").await;
    let gateway = started(&place, &[]).await;
    let kfm = reader(&place).await;
    sent(&place, &kfm).await;
    assert_eq!(place.names(FOLDER, 3).await.len(), 3);
    is_confirmed(&place).await;
    assert!(receiver.calls().is_empty());
    assert_eq!(read(&place, &kfm, "").await.0, StatusCode::SERVICE_UNAVAILABLE);
    end(gateway).await;
}

#[tokio::test]
async fn a_dry_run_of_receipt_files_writes_none_until_a_person_sends_them() {
    let place = ways::place(None, "[\"folder\"]", "");
    set(&place, "files", "dry-run").await;
    let gateway: Gateway = started(&place, &[]).await;
    std::fs::write(place.path("drop/landlord/in/notice.json"), notice()).unwrap();
    let notice: Value =
        wait::until("the notice", LIMIT, || async { place.notices().await.into_iter().next() })
            .await;
    let reference = notice["reference"].as_str().unwrap();
    wait::eventually("its receipt is made and kept", LIMIT, || async {
        place.says(&["show", reference, "--json"]).await.1.contains("dryRun")
    })
    .await;
    let receipts = "drop/landlord/receipts";
    assert!(place.names(receipts, 0).await.is_empty());
    assert!(place.says(&["way", "files", "on"]).await.0);
    wait::eventually("the gateway follows", LIMIT, || async {
        place.says(&["retry", reference]).await;
        !place.names(receipts, 0).await.is_empty()
    })
    .await;
    assert_eq!(place.names(receipts, 2).await.len(), 2);
    end(gateway).await;
    assert_eq!(place.names(receipts, 2).await.len(), 2, "once");
    assert!(place.says(&["verify"]).await.0);
}
