//! What becomes of a confirmation to Kronofogden when its way out is broken: by which other way it goes, or before whom it ends.

use std::time::Duration;

use crate::support::gateway::Gateway;
use crate::support::smtp::Fault;
use crate::support::smtp::Mail;
use crate::support::smtp::SmtpOptions;
use crate::support::smtp::SmtpSink;
use crate::support::wait;

use super::confirmations::FOLDER;
use super::confirmations::ROSTER;
use super::confirmations::confirmation;
use super::confirmations::place;
use super::confirmations::sent;
use super::confirmations::waits;
use super::place::LIMIT;
use super::place::Place;
use super::place::end;

const KRONOFOGDEN: &str = "avhysning@kronofogden.example";

async fn all_confirmed(place: &Place) {
    wait::eventually("Kronofogden has every confirmation", LIMIT, || async {
        place.says(&["unconfirmed"]).await.1.contains("every notice")
    })
    .await;
}

fn confirmations(sink: &SmtpSink) -> Vec<Mail> {
    sink.mails().into_iter().filter(|mail| mail.envelope_to == [KRONOFOGDEN]).collect()
}

/// Greylisted, met with silence, cut off after the data, told to wait: the same bytes are sent until they are taken, and by mail.
#[tokio::test]
async fn an_unwilling_mail_server_gets_the_same_confirmation_until_it_takes_it() {
    let sink = SmtpSink::start(SmtpOptions::default()).await;
    let place = place(Some(&sink), "[\"mail\", \"folder\"]", Some(ROSTER));
    let gateway = Gateway::start(&place.workspace, &[]).await;
    sink.fail_next(2, Fault::RefuseRecipientForNow);
    sink.fail_next(1, Fault::SilentAfterData);
    sink.fail_next(1, Fault::DropAfterData);
    sink.fail_next(1, Fault::RefuseAfterData);
    sent(&place).await;
    wait::eventually("it is taken", LIMIT, || async {
        confirmations(&sink).iter().any(|mail| mail.answered)
    })
    .await;
    all_confirmed(&place).await;
    let tries = confirmations(&sink);
    assert!(tries.len() >= 3, "kept although unanswered: {}", tries.len());
    assert!(tries.iter().all(|mail| mail.data == tries[0].data), "never other content");
    assert!(place.names(FOLDER, 0).await.is_empty(), "no second way was needed");
    end(gateway).await;
    assert!(place.says(&["verify"]).await.0);
}

/// A server that puts off for ever, or takes the data and never answers, is left for the next way after some tries, long before anybody's day is over.
#[tokio::test]
async fn a_mail_server_that_puts_off_or_hangs_is_left_for_the_next_way() {
    for fault in [Fault::RefuseRecipientForNow, Fault::SilentAfterData] {
        let sink = SmtpSink::start(SmtpOptions::default()).await;
        let place = place(Some(&sink), "[\"mail\", \"folder\"]", Some(ROSTER));
        let config = std::fs::read_to_string(place.workspace.config()).unwrap();
        let patient = config.replace("timeout = \"3s\"", "timeout = \"500ms\"");
        assert_ne!(config, patient);
        std::fs::write(place.workspace.config(), patient).unwrap();
        let gateway = Gateway::start(&place.workspace, &[]).await;
        sink.fail_next(200, fault);
        let reference = sent(&place).await;
        assert_eq!(confirmation(&place, 1).await["reference"], reference.as_str(), "{fault:?}");
        all_confirmed(&place).await;
        sink.heal();
        let tried = confirmations(&sink);
        tokio::time::sleep(Duration::from_secs(2)).await;
        let now = confirmations(&sink).len();
        assert_eq!(now, tried.len(), "{fault:?}: what went by the folder goes no more by mail");
        assert!(tried.iter().all(|mail| mail.data == tried[0].data), "{fault:?}: other content");
        end(gateway).await;
        assert!(place.says(&["verify"]).await.0);
    }
}

/// Refused for good: by the next way at once; without one it stands before a person, who can send it again.
#[tokio::test]
async fn a_refused_confirmation_goes_by_the_next_way_or_stands_before_a_person() {
    for (ways, other) in [("[\"mail\", \"folder\"]", true), ("[\"mail\"]", false)] {
        let sink = SmtpSink::start(SmtpOptions::default()).await;
        let place = place(Some(&sink), ways, Some(ROSTER));
        let gateway = Gateway::start(&place.workspace, &[]).await;
        sink.fail_next(1, Fault::RefuseRecipient);
        let reference = sent(&place).await;
        if other {
            assert_eq!(confirmation(&place, 1).await["reference"], reference.as_str());
        } else {
            waits(&place, &reference, "550").await;
            let (well, said) = place.says(&["retry", &reference]).await;
            assert!(well, "{said}");
            wait::eventually("it is taken", LIMIT, || async { !confirmations(&sink).is_empty() })
                .await;
        }
        all_confirmed(&place).await;
        end(gateway).await;
        assert!(place.says(&["verify"]).await.0);
    }
}

fn report(mail: &Mail) -> String {
    format!(
        "Return-Path: <>\r\nFrom: MAILER-DAEMON@kronofogden.example\r\nTo: {}\r\nSubject: Undelivered\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\
         Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.kronofogden.example\r\n\r\n\
         Action: failed\r\nStatus: 5.2.2\r\n--b--\r\n",
        mail.envelope_from
    )
}

/// Taken and bounced later: it was not told, and goes by the next way; a late report about it changes nothing then.
#[tokio::test]
async fn a_confirmation_that_bounces_goes_by_the_next_way() {
    let sink = SmtpSink::start(SmtpOptions::default()).await;
    let place = place(Some(&sink), "[\"mail\", \"folder\"]", Some(ROSTER));
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let reference = sent(&place).await;
    all_confirmed(&place).await;
    let mail = confirmations(&sink).remove(0);
    place.workspace.deliver_mail("report", report(&mail).as_bytes());
    let told = confirmation(&place, 1).await;
    assert_eq!((&told["reference"], &told["version"]), (&reference.as_str().into(), &0.into()));
    all_confirmed(&place).await;
    place.workspace.deliver_mail("report-2", report(&mail).as_bytes());
    tokio::time::sleep(Duration::from_secs(2)).await;
    all_confirmed(&place).await;
    end(gateway).await;
    let (_, shown) = place.says(&["show", &reference, "--json"]).await;
    assert!(shown.contains("acknowledgement.bounced"), "{shown}");
    assert!(place.says(&["verify"]).await.0);
}
