//! Kronofogden's mail server refuses a confirmation for good, or takes it and sends it back, and no other way is named: at which hours people hear of
//! it, that nobody but a person sends it again, and that it then goes once.

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
use crate::support::smtp::Fault;
use crate::support::smtp::SmtpOptions;
use crate::support::smtp::SmtpSink;
use crate::support::wait;
use crate::support::webhook::Receiver;

const DAY: &str = "2026-11-24";
const CAUSE: &str = "confirmation.notSent";
const AUTHORITY: &str = "avhysning@kronofogden.example";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_refused_for_good_is_before_a_person_at_every_hour_until_it_is_sent_again() {
    let sink = SmtpSink::start(SmtpOptions::default()).await;
    sink.fail_next(1, Fault::RefuseRecipient);
    let alarms = Receiver::open().await;
    let (gateway, ten) = begin(&sink, &alarms).await;
    let reference = sent(&gateway, ten).await;
    has_failed(&gateway, &reference).await;
    told_all_day(&gateway, &alarms, ten).await;
    assert_eq!(sink.count(), 0, "nobody but a person sends it again");
    sent_again(&gateway, (&sink, 1), &alarms, &reference).await;
    assert_eq!(misses(&gateway, DAY, DAY).await, [missed("wayFailed")]);
    gateway.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_comes_back_is_before_a_person_at_every_hour_until_it_is_sent_again() {
    let sink = SmtpSink::start(SmtpOptions::default()).await;
    let alarms = Receiver::open().await;
    let (gateway, ten) = begin(&sink, &alarms).await;
    let reference = sent(&gateway, ten).await;
    let mail = sink.wait_for(1, LIMIT).await.remove(0);
    gateway.nothing_owed().await;
    report(&gateway, ten, &mail.envelope_from);
    has_failed(&gateway, &reference).await;
    told_all_day(&gateway, &alarms, ten).await;
    assert_eq!(sink.count(), 1, "nobody but a person sends it again");
    sent_again(&gateway, (&sink, 2), &alarms, &reference).await;
    assert_eq!(misses(&gateway, DAY, DAY).await, [missed("bounced")]);
    let mails = sink.mails();
    assert_eq!(mails[0].data, mails[1].data, "the same content");
    gateway.end().await;
}

async fn begin(sink: &SmtpSink, alarms: &Receiver) -> (Simulated, Timestamp) {
    let acknowledge = by_mail(sink.port(), "bounce_address = \"studs+{token}@kommun.example\"");
    let authority = format!("ways = [\"mail\"]\nmail = \"{AUTHORITY}\"\n");
    let ten: Timestamp = "2026-11-24T09:00:00Z".parse().unwrap();
    (open(ten, &configuration(&acknowledge, &authority, alarms, "")).await, ten)
}

async fn sent(gateway: &Simulated, at: Timestamp) -> String {
    let key = gateway.client("kronofogden").await;
    gateway.send(at, &key, &notice(1)).await
}

/// Waits until it stands before a person.
async fn has_failed(gateway: &Simulated, reference: &str) {
    wait::eventually("it stands before a person", LIMIT, || async {
        let rows = gateway.running.store.acknowledgements_of(reference).await.unwrap();
        rows.iter()
            .any(|row| row.way == "mail" && ["failed", "bounced"].contains(&row.state.as_str()))
    })
    .await;
}

/// The mail server's report about a mail that it could not hand on.
fn report(gateway: &Simulated, at: Timestamp, to: &str) {
    let mail = format!(
        "Return-Path: <>\r\nFrom: MAILER-DAEMON@kronofogden.example\r\nTo: {to}\r\nMessage-ID: <r@kronofogden.example>\r\nSubject: Undelivered\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\
         Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.kronofogden.example\r\n\r\nAction: failed\r\nStatus: 5.2.2\r\n--b--\r\n"
    );
    put_mail(gateway, at, &mail);
}

/// Half an hour later, at three, at eight and at midnight.
async fn told_all_day(gateway: &Simulated, alarms: &Receiver, ten: Timestamp) {
    for (minutes, level) in [(30, 1), (5 * 60, 2), (10 * 60, 3), (14 * 60, 1_000)] {
        gateway.clock.set(ten + minutes.minutes());
        is_told(alarms, CAUSE, DAY, level).await;
    }
}

/// A person sends it again the next morning: it goes once, and everybody hears that it is over.
async fn sent_again(
    gateway: &Simulated,
    (sink, mails): (&SmtpSink, usize),
    alarms: &Receiver,
    reference: &str,
) {
    gateway.clock.set(gateway.clock.now() + 8.hours());
    let (well, said) = gateway.says(&["retry", reference]).await;
    assert!(well, "{said}");
    sink.wait_for(mails, LIMIT).await;
    gateway.nothing_owed().await;
    is_told(alarms, CAUSE, DAY, 0).await;
    assert_eq!(levels(alarms, CAUSE, DAY), [1, 2, 3, 1_000, 0]);
    gateway.clock.set(gateway.clock.now() + 6.hours());
    gateway.nothing_owed().await;
    assert_eq!(sink.count(), mails, "once");
}

fn missed(cause: &str) -> (String, String) {
    ("enforcementAuthority".to_owned(), cause.to_owned())
}
