//! Receipts by mail against a real SMTP conversation: what arrives, and how each failure is classified.

mod receipt;

use super::support::certificates::Certificates;
use super::support::smtp::Fault;
use super::support::smtp::SmtpOptions;
use super::support::smtp::SmtpSink;
use super::support::wait;
use bytes::Bytes;
use kvittens::acknowledge::config::Config;
use kvittens::acknowledge::transport;
use kvittens::acknowledge::transport::MailTransport;
use kvittens::acknowledge::transport::OutgoingMail;
use kvittens::domain::failure::Failure;
use std::sync::Arc;
use std::time::Duration;
use std::time::Instant;

const LIMIT: Duration = Duration::from_secs(30);
const BYTES: &[u8] =
    b"From: <k@example.se>\r\nMessage-ID: <A.1@example.se>\r\n\r\n.dot\r\n..\r\nslut\r\n";

fn config(port: u16, smtp: &str) -> Config {
    let text = format!(
        "from = {{ address = \"kvittens@example.se\", name = \"Exempelstad\" }}\n\
         bounce_address = \"bounce+{{token}}@example.se\"\ntransport = \"smtp\"\n\
         [smtp]\nhost = \"localhost\"\nport = {port}\n{smtp}"
    );
    let config: Config = toml::from_str(&text).unwrap();
    assert!(config.faults().iter().all(|fault| !fault.fatal), "{:?}", config.faults());
    config
}

fn open(port: u16, smtp: &str) -> Arc<dyn MailTransport> {
    transport::open(&config(port, smtp)).unwrap().unwrap()
}

fn mail(bytes: &'static [u8]) -> OutgoingMail {
    OutgoingMail {
        from: Some("bounce+1@example.se".to_owned()),
        to: "hyra@example.com".to_owned(),
        bytes: Bytes::from_static(bytes),
    }
}

fn plain() -> &'static str {
    "security = \"none\"\ntimeout = \"2s\"\nconnections = 4"
}

#[tokio::test]
async fn stored_bytes_arrive_unchanged_and_connections_are_used_again() {
    let sink = SmtpSink::start(SmtpOptions::default()).await;
    let transport = open(sink.port(), plain());
    for _ in 0..3 {
        assert_eq!(transport.send(&mail(BYTES)).await.unwrap(), "250 Taken");
    }
    let null = OutgoingMail { from: None, ..mail(b"No line break at the end") };
    transport.send(&null).await.unwrap();
    let mails = sink.mails();
    assert_eq!(mails.len(), 4);
    for mail in &mails[..3] {
        assert_eq!(mail.data, BYTES);
        assert_eq!(mail.envelope_from, "bounce+1@example.se");
        assert_eq!(mail.envelope_to, ["hyra@example.com"]);
    }
    assert_eq!(mails[3].envelope_from, "");
    assert_eq!(mails[3].data, &b"No line break at the end\r\n"[..]);
}

#[tokio::test]
async fn starttls_with_our_own_authority_and_a_login_is_used_and_demanded() {
    let certificates = Certificates::new();
    let folder = tempfile::tempdir().unwrap();
    let ca_file = folder.path().join("ca.pem");
    let password_file = folder.path().join("password");
    std::fs::write(&ca_file, &certificates.ca_pem).unwrap();
    std::fs::write(&password_file, "hemligt\n").unwrap();
    let login = ("kvittens".to_owned(), "hemligt".to_owned());
    let sink = SmtpSink::start(SmtpOptions {
        starttls: Some(certificates),
        require_tls: true,
        login: Some(login),
        ..SmtpOptions::default()
    })
    .await;
    let ca = format!("security = \"starttls\"\nca_file = {ca_file:?}\n");
    let by_file = format!("{ca}username = \"kvittens\"\npassword_file = {password_file:?}");
    let transport = open(sink.port(), &by_file);
    transport.probe().await.unwrap();
    transport.send(&mail(BYTES)).await.unwrap();
    assert_eq!(sink.mails()[0].data, BYTES);

    let wrong = format!("{ca}username = \"kvittens\"\npassword = \"annat\"");
    let untrusted = by_file.replace(&format!("ca_file = {ca_file:?}\n"), "");
    for (smtp, words) in
        [(wrong, "acknowledge.smtp.username"), (untrusted, "acknowledge.smtp.security")]
    {
        let failure = open(sink.port(), &smtp).send(&mail(BYTES)).await.unwrap_err();
        assert_eq!(failure.class(), "transient", "{failure}");
        assert!(failure.reason().contains(words), "{failure}");
        assert!(failure.reason().contains(&format!("localhost:{}", sink.port())), "{failure}");
        assert!(!failure.reason().contains("annat"), "{failure}");
    }
    let clear = SmtpSink::start(SmtpOptions::default()).await;
    let failure = open(clear.port(), &ca).send(&mail(BYTES)).await.unwrap_err();
    assert_eq!(failure.class(), "transient", "no STARTTLS, no mail: {failure}");
    assert_eq!((sink.count(), clear.count()), (1, 0));
}

#[tokio::test]
async fn tls_from_the_first_byte_is_trusted_by_the_named_authority_only() {
    let certificates = Certificates::new();
    let folder = tempfile::tempdir().unwrap();
    let ca_file = folder.path().join("ca.pem");
    std::fs::write(&ca_file, &certificates.ca_pem).unwrap();
    let options = SmtpOptions { implicit_tls: Some(certificates), ..SmtpOptions::default() };
    let sink = SmtpSink::start(SmtpOptions { require_tls: true, ..options }).await;
    let transport = open(sink.port(), &format!("security = \"tls\"\nca_file = {ca_file:?}"));
    transport.probe().await.unwrap();
    transport.send(&mail(BYTES)).await.unwrap();
    assert_eq!(sink.mails()[0].data, BYTES);
    let failure = open(sink.port(), "security = \"tls\"").send(&mail(BYTES)).await.unwrap_err();
    assert_eq!(failure.class(), "transient", "{failure}");
    assert_eq!(sink.count(), 1);
}

#[tokio::test]
async fn each_failure_has_its_class_and_the_next_mail_goes_through() {
    let short = "security = \"none\"\ntimeout = \"300ms\"\nconnections = 4";
    for (fault, class, words) in [
        (Fault::RefuseRecipientForNow, "transient", "451"),
        (Fault::RefuseRecipient, "permanent", "550"),
        (Fault::RefuseAfterData, "transient", "452"),
        (Fault::DropAfterData, "uncertain", "was lost after"),
        (Fault::SilentAfterData, "uncertain", "did not answer in time"),
        (Fault::SilentOnConnect, "transient", "did not answer in time"),
    ] {
        let sink = SmtpSink::start(SmtpOptions::default()).await;
        let transport = open(sink.port(), short);
        sink.fail_next(1, fault);
        let started = Instant::now();
        let failure = transport.send(&mail(BYTES)).await.unwrap_err();
        assert!(started.elapsed() < Duration::from_secs(10), "{fault:?}");
        assert_eq!(failure.class(), class, "{fault:?}: {failure}");
        assert!(failure.reason().contains(words), "{fault:?}: {failure}");
        assert!(!failure.reason().contains("hyra"), "{failure}");
        let kept = sink.count();
        transport.send(&mail(BYTES)).await.unwrap();
        assert_eq!(sink.count(), kept + 1, "{fault:?}");
        assert!(sink.mails().iter().all(|mail| mail.data == BYTES));
    }
}

#[tokio::test]
async fn a_refused_connection_is_transient_and_a_restarted_server_is_found_again() {
    let mut sink = SmtpSink::start(SmtpOptions::default()).await;
    let transport = open(sink.port(), plain());
    transport.send(&mail(BYTES)).await.unwrap();
    sink.stop();
    let failure = transport.send(&mail(BYTES)).await.unwrap_err();
    assert_eq!(failure.class(), "transient", "{failure}");
    assert!(failure.reason().contains(&format!("localhost:{}", sink.port())), "{failure}");
    assert_eq!(transport.probe().await.unwrap_err().class(), "transient");
    sink.restart();
    let four = (0..4).map(|_| async { transport.send(&mail(BYTES)).await.unwrap() });
    futures::future::join_all(four).await;
    // All four kept connections are stale after this; each mail finds a new one without an error.
    sink.restart();
    for _ in 0..4 {
        transport.send(&mail(BYTES)).await.unwrap();
    }
    assert_eq!(sink.count(), 9);
}

#[tokio::test]
async fn a_server_that_restarts_in_mid_run_loses_no_mail_that_is_repeated() {
    let mut sink = SmtpSink::start(SmtpOptions::default()).await;
    let transport = open(sink.port(), plain());
    let run = {
        let transport = Arc::clone(&transport);
        tokio::spawn(async move {
            let mut uncertain = 0;
            for _ in 0..400 {
                loop {
                    match transport.send(&mail(BYTES)).await {
                        Ok(_) => break,
                        Err(Failure::Uncertain(_)) => uncertain += 1,
                        Err(Failure::Transient(_)) => tokio::task::yield_now().await,
                        Err(Failure::Permanent(reason)) => panic!("{reason}"),
                    }
                }
            }
            uncertain
        })
    };
    for count in [50, 150, 250] {
        sink.wait_for(count, LIMIT).await;
        sink.stop();
        sink.restart();
    }
    let uncertain = run.await.unwrap();
    assert!(sink.count() >= 400 && sink.count() <= 400 + uncertain, "{uncertain}");
    assert!(sink.mails().iter().all(|mail| mail.data == BYTES));
}

#[tokio::test]
async fn many_mails_side_by_side_all_arrive_over_a_bounded_set_of_connections() {
    let sink = SmtpSink::start(SmtpOptions::default()).await;
    let transport = open(sink.port(), "security = \"none\"\nconnections = 32");
    let started = Instant::now();
    let tasks: Vec<_> = (0..64)
        .map(|_| {
            let transport = Arc::clone(&transport);
            tokio::spawn(async move {
                for _ in 0..32 {
                    transport.send(&mail(BYTES)).await.unwrap();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    eprintln!("{:.0} mails/s", 2048.0 / started.elapsed().as_secs_f64());
    wait::eventually("all mails", LIMIT, || async { sink.count() == 2048 }).await;
}
