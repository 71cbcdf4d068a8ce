//! A landlord's mail server takes nothing for days: the receipt is tried for five of them, as mail servers do (RFC 5321 4.5.4.1), then it waits for a
//! person, who can send it again.

use jiff::SignedDuration;
use jiff::Timestamp;
use jiff::ToSpan as _;

use super::RETRY;
use super::by_mail;
use super::configuration;
use super::is_told;
use super::levels;
use super::misses;
use super::open;
use crate::support::simulated::LIMIT;
use crate::support::simulated::Simulated;
use crate::support::smtp::SmtpOptions;
use crate::support::smtp::SmtpSink;
use crate::support::wait;
use crate::support::webhook::Receiver;

const DAY: &str = "2026-11-24";
const CAUSE: &str = "receipt.notSent";
const DAYS: SignedDuration = SignedDuration::from_hours(5 * 24);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_five_days_a_receipt_by_mail_waits_for_a_person_and_goes_once_when_sent_again() {
    let mut sink = SmtpSink::start(SmtpOptions::default()).await;
    let alarms = Receiver::open().await;
    let acknowledge = by_mail(sink.port(), "null_return_path = true");
    sink.stop();
    let ten: Timestamp = "2026-11-24T09:00:00Z".parse().unwrap();
    let gateway = open(ten, &configuration(&acknowledge, "", &alarms, "")).await;
    super::mail::deliver(&gateway, ten);
    let reference = received(&gateway).await;
    let given_up = until_given_up(&gateway, &reference).await;
    let waited = given_up.duration_since(ten);
    assert!(waited >= DAYS && waited <= DAYS + RETRY.longest, "{waited}");
    // The server is back, but nobody has said so.
    sink.restart();
    gateway.clock.set(given_up + 12.hours());
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    assert_eq!(sink.count(), 0, "nobody but a person sends it again");
    is_told(&alarms, CAUSE, DAY, 1_000).await;
    // What the mail says waits for a person, too: that is another decision.
    let (well, said) = gateway.says(&["retry", &reference]).await;
    assert!(!well && said.contains("--acknowledgements"), "{said}");
    let (well, said) = gateway.says(&["retry", &reference, "--acknowledgements"]).await;
    assert!(well, "{said}");
    sink.wait_for(1, LIMIT).await;
    gateway.nothing_owed().await;
    is_told(&alarms, CAUSE, DAY, 0).await;
    assert!(levels(&alarms, CAUSE, DAY).ends_with(&[1_000, 0]));
    assert_eq!(misses(&gateway, DAY, DAY).await, [("sender".to_owned(), "wayFailed".to_owned())]);
    gateway.clock.set(gateway.clock.now() + 12.hours());
    gateway.nothing_owed().await;
    assert_eq!(sink.count(), 1, "once");
    gateway.end().await;
}

async fn received(gateway: &Simulated) -> String {
    wait::until("it is received", LIMIT, || async {
        let (_, said) = gateway.says(&["notices", "--json"]).await;
        let row: serde_json::Value = serde_json::from_str(said.lines().next()?).ok()?;
        Some(row["reference"].as_str()?.to_owned())
    })
    .await
}

/// Six hours on, again and again, each time after the attempt that was due; gives when it was the last.
async fn until_given_up(gateway: &Simulated, reference: &str) -> Timestamp {
    let mut tries = 0;
    for _ in 0..30 {
        let failed = wait::until("an attempt", LIMIT, || async {
            let rows = gateway.running.store.acknowledgements_of(reference).await.unwrap();
            let row = rows.into_iter().find(|row| row.way == "mail")?;
            let failed = row.state == "failed";
            (failed || row.state == "retrying" && row.attempts > tries)
                .then_some((failed, row.attempts))
        })
        .await;
        tries = failed.1;
        if failed.0 {
            return gateway.clock.now();
        }
        gateway.clock.set(gateway.clock.now() + RETRY.longest);
    }
    panic!("not given up after {tries} attempts");
}
