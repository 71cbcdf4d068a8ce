//! The mail server is down from ten in the morning until the next day: people hear of it by the other way, and everything goes when it is back.

use jiff::Timestamp;
use jiff::ToSpan as _;

use super::by_mail;
use super::configuration;
use super::is_told;
use super::levels;
use super::misses;
use super::notice;
use super::open;
use super::put_mail;
use crate::support::simulated::LIMIT;
use crate::support::simulated::Simulated;
use crate::support::smtp::Mail;
use crate::support::smtp::SmtpOptions;
use crate::support::smtp::SmtpSink;
use crate::support::wait;
use crate::support::webhook::Receiver;

const DAY: &str = "2026-11-24";
const CAUSES: [&str; 2] = ["confirmation.notSent", "receipt.notSent"];
const AUTHORITY: &str = "avhysning@kronofogden.example";
const LANDLORD: &str = "hyra@hyra.example";
const WATCH: &str = "larm@kommun.example";

fn to(sink: &SmtpSink, address: &str) -> Vec<Mail> {
    sink.mails().into_iter().filter(|mail| mail.envelope_to == [address]).collect()
}

/// A landlord's mail, which is owed a receipt.
pub(super) fn deliver(gateway: &Simulated, at: Timestamp) {
    let mail = format!(
        "From: {LANDLORD}\r\nTo: avhysning@kommun.example\r\nMessage-ID: <1@hyra.example>\r\nSubject: Obetald hyra\r\n\r\nHyran är obetald.\r\n"
    );
    put_mail(gateway, at, &mail);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_server_that_is_down_all_day_gets_everything_when_it_is_back() {
    let mut sink = SmtpSink::start(SmtpOptions::default()).await;
    let alarms = Receiver::open().await;
    let acknowledge = by_mail(sink.port(), "null_return_path = true");
    let authority = format!("ways = [\"mail\"]\nmail = \"{AUTHORITY}\"\n");
    let mail = format!("mail = [\"{WATCH}\"]\n");
    let configuration = configuration(&acknowledge, &authority, &alarms, &mail);
    sink.stop();
    let ten: Timestamp = "2026-11-24T09:00:00Z".parse().unwrap();
    let gateway = open(ten, &configuration).await;
    let key = gateway.client("kronofogden").await;
    gateway.send(ten, &key, &notice(1)).await;
    deliver(&gateway, ten);
    wait::eventually("both are owed", LIMIT, || async {
        gateway.running.store.open_by_cause(ten).await.is_ok_and(|open| open.len() == 2)
    })
    .await;
    // Mail cannot tell that mail is down: the other system can, at half past ten, at three, at eight and at midnight.
    for (hours, level) in [(30, 1), (5 * 60, 2), (10 * 60, 3), (14 * 60, 1_000)] {
        gateway.clock.set(ten + hours.minutes());
        for cause in CAUSES {
            is_told(&alarms, cause, DAY, level).await;
        }
    }
    assert_eq!(sink.count(), 0);
    sink.restart();
    goes(&gateway, &sink).await;
    for cause in CAUSES {
        is_told(&alarms, cause, DAY, 0).await;
        assert_eq!(levels(&alarms, cause, DAY), [1, 2, 3, 1_000, 0], "{cause}");
    }
    gateway.clock.set(gateway.clock.now() + 1.minutes());
    let mut late = misses(&gateway, DAY, DAY).await;
    late.sort();
    let missed = |recipient: &str| (recipient.to_owned(), "wayFailed".to_owned());
    assert_eq!(late, [missed("enforcementAuthority"), missed("sender")]);
    let mut alarms = to(&sink, WATCH);
    // The roster knows one of three units, which is another matter.
    alarms.retain(|mail| !String::from_utf8_lossy(&mail.data).contains("Jourlistan"));
    assert!(
        alarms.len() <= 2 * CAUSES.len(),
        "at most that it began and that it ended: {alarms:?}"
    );
    gateway.end().await;
}

/// Hour by hour, until Kronofogden and the landlord have their mails: one each, beyond all attempts.
async fn goes(gateway: &Simulated, sink: &SmtpSink) {
    for hour in 0..24 {
        gateway.clock.set(gateway.clock.now() + 1.hours());
        let gone = || async {
            let open = gateway.running.store.open_by_cause(gateway.clock.now()).await.ok()?;
            open.is_empty().then_some(())
        };
        if wait::found_within(std::time::Duration::from_secs(6), gone).await.is_some() {
            assert!(hour < 7, "within the longest pause: {hour}");
            assert_eq!((to(sink, AUTHORITY).len(), to(sink, LANDLORD).len()), (1, 1));
            return;
        }
    }
    panic!(
        "not sent in a day: {:?}",
        gateway.running.store.open_by_cause(gateway.clock.now()).await
    );
}
