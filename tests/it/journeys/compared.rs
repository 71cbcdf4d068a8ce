//! What a person decides about free text and about a receipt that came back: neither does more than its button says.

use serde_json::Value;

use crate::support::gateway::Gateway;
use crate::support::smtp::Mail;
use crate::support::smtp::SmtpOptions;
use crate::support::smtp::SmtpSink;
use crate::support::wait;

use super::place::LIMIT;
use super::place::Place;
use super::place::Wishes;
use super::place::end;
use super::visitor::Visitor;

const LETTER: &str = "From: anna@hyra.example\r\nTo: kvittens@example.org\r\nSubject: Obetald hyra\r\n\
    Message-ID: <1@hyra.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\
    Hyresgästen Testa Testsson, 850101-2390, Exempelgatan 12 lgh 1102, 214 00 Malmö, har inte betalt hyran för oktober, 8 912 kr.\r\n";

async fn notice(place: &Place) -> Value {
    place.notices().await.into_iter().next().unwrap_or_default()
}

async fn until(place: &Place, state: &str) -> String {
    wait::eventually(state, LIMIT, || async { notice(place).await["state"] == state }).await;
    notice(place).await["reference"].as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn what_was_read_from_free_text_is_handed_over_only_when_a_person_has_compared_it() {
    let place = Place::new(&Wishes::default());
    let gateway = Gateway::start(&place.workspace, &[]).await;
    place.workspace.deliver_mail("1", LETTER.as_bytes());
    let reference = until(&place, "needsReview").await;
    let read = notice(&place).await;
    assert_eq!(read["type"], "rentArrears", "{read}");
    let visitor = Visitor::with_account(&place, "anna", &["--role", "handle"]).await;
    let path = format!("/ops/notices/{reference}");
    let page = visitor.get(&format!("{path}?lang=en")).await.text;
    assert!(page.contains("name=\"compared\"") && page.contains("free text"), "{page}");
    let seen = visitor.post(&format!("{path}/retry"), &[]).await;
    assert!(seen.to().contains("said=notCompared"), "{}", seen.to());
    for arguments in [["retry", &reference], ["retry", "--state=needsReview"]] {
        let (well, said) = place.says(&arguments).await;
        assert!(!well && said.contains("compare it with the original first"), "{said}");
    }
    assert_eq!(notice(&place).await["state"], "needsReview");
    let seen = visitor.post(&format!("{path}/retry"), &[("compared", "yes")]).await;
    assert!(seen.to().contains("said=retried"), "{}", seen.to());
    until(&place, "delivered").await;
    end(gateway).await;
}

fn report(receipt: &Mail) -> String {
    format!(
        "Return-Path: <>\r\nFrom: MAILER-DAEMON@hyra.example\r\nTo: {}\r\nSubject: Undelivered\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\
         Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.hyra.example\r\n\r\n\
         Action: failed\r\nStatus: 5.1.1\r\n--b--\r\n",
        receipt.envelope_from
    )
}

#[tokio::test]
async fn a_receipt_that_is_sent_again_leaves_its_notice_where_it_is() {
    let sink = SmtpSink::start(SmtpOptions::default()).await;
    let place = Place::new(&Wishes { smtp_port: Some(sink.port()), ..Wishes::default() });
    let gateway = Gateway::start(&place.workspace, &[]).await;
    place.workspace.deliver_mail("1", LETTER.as_bytes());
    let receipt = sink.wait_for(1, LIMIT).await.remove(0);
    let reference = until(&place, "needsReview").await;
    place.workspace.deliver_mail("report", report(&receipt).as_bytes());
    wait::eventually("it bounced", LIMIT, || async {
        place.says(&["show", &reference, "--json"]).await.1.contains("\"bounced\"")
    })
    .await;
    let visitor = Visitor::with_account(&place, "anna", &["--role", "handle"]).await;
    let path = format!("/ops/notices/{reference}/send-again");
    assert!(visitor.get(&format!("/ops/notices/{reference}")).await.text.contains(&path));
    let seen = visitor.post(&path, &[]).await;
    assert!(seen.to().contains("said=sentAgain"), "{}", seen.to());
    let again = sink.wait_for(2, LIMIT).await;
    assert_eq!(again[1].data, receipt.data, "the same bytes");
    let (_, said) = place.says(&["show", &reference, "--json"]).await;
    let told: Value = serde_json::from_str(&said).expect("JSON");
    assert_eq!(told["notices"][0]["state"], "needsReview", "{told}");
    assert!(said.contains("person.sentAgain"), "{said}");
    let seen = visitor.post(&path, &[]).await;
    assert!(seen.to().contains("said=refused"), "there is none to send any more: {}", seen.to());
    end(gateway).await;
}
