//! Messages with documents: acknowledged when they come, read after it, and stored once however often the gateway dies at it.

use std::path::Path;

use serde_json::Value;

use crate::support::gateway::Gateway;
use crate::support::smtp::SmtpOptions;
use crate::support::smtp::SmtpSink;
use crate::support::wait;

use super::place::LIMIT;
use super::place::Place;
use super::place::Wishes;
use super::place::answer;
use super::place::end;
use super::visitor::Visitor;

/// A labelled message of the reader's corpus.
fn fixture(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/reading");
    std::fs::read(folder.join(name)).expect("a fixture")
}

async fn read(place: &Place) -> Vec<Value> {
    wait::until("everything is read", LIMIT, || async {
        let notices = place.notices().await;
        let done = !notices.is_empty() && notices.iter().all(|one| one["state"] != "reading");
        done.then_some(notices)
    })
    .await
}

async fn shown(place: &Place, notice: &Value) -> Value {
    let reference = notice["reference"].as_str().unwrap_or_default();
    let (well, said) = place.says(&["show", reference, "--json"]).await;
    assert!(well, "{said}");
    serde_json::from_str(&said).expect("JSON")
}

fn events(shown: &Value, event: &str) -> usize {
    shown.to_string().matches(&format!("\"{event}\"")).count()
}

#[tokio::test]
async fn a_dropped_form_gets_its_receipt_file_with_what_it_says() {
    let place = Place::new(&Wishes::default());
    let gateway = Gateway::start(&place.workspace, &[]).await;
    place.workspace.drop_file("form.pdf", &fixture("statutory-forms/03.pdf"));
    let notices = read(&place).await;
    assert_eq!(
        (&notices[0]["state"], &notices[0]["type"]),
        (&"needsReview".into(), &"rentArrears".into())
    );
    let names = place.names("drop/landlord/receipts", 2).await;
    assert_eq!(names, ["form.pdf.kvittens.json", "form.pdf.kvittens.xml"], "one receipt");
    let receipt = std::fs::read(place.path("drop/landlord/receipts").join(&names[0])).unwrap();
    let receipt: Value = serde_json::from_slice(&receipt).unwrap();
    assert_eq!(
        (&receipt["rows"][0]["type"], &receipt["rows"][0]["status"]),
        (&"rentArrears".into(), &"needsReview".into())
    );
    assert_eq!(receipt["rows"][0]["reference"], notices[0]["reference"]);
    end(gateway).await;
}

#[tokio::test]
async fn a_mail_is_acknowledged_at_once_and_its_document_read_after_it() {
    let sink = SmtpSink::start(SmtpOptions::default()).await;
    let place = Place::new(&Wishes { smtp_port: Some(sink.port()), ..Wishes::default() });
    let gateway = Gateway::start(&place.workspace, &[]).await;
    place.workspace.deliver_mail("1", &fixture("statutory-forms/02.eml"));
    let receipt = sink.wait_for(1, LIMIT).await.remove(0);
    let notices = read(&place).await;
    let reference = notices[0]["reference"].as_str().unwrap();
    let told = String::from_utf8_lossy(&receipt.data);
    assert!(told.contains(reference), "{told}");
    assert_eq!(notices[0]["type"], "rentArrears", "{notices:?}");
    let shown = shown(&place, &notices[0]).await;
    assert_eq!(events(&shown, "message.read"), 1, "{shown}");
    assert_eq!(sink.mails().len(), 1, "what it says is no reason for a second receipt");
    end(gateway).await;
}

#[tokio::test]
async fn a_document_is_read_once_however_often_the_gateway_dies_at_it() {
    let place = Place::new(&Wishes::default());
    place.workspace.deliver_mail("1", &fixture("statutory-forms/02.eml"));
    for _ in 0..2 {
        let kill = [("KVITTENS_TEST_KILL", "after_reading_before_outcome:1")];
        let mut gateway = Gateway::start_unready(&place.workspace, &kill).await;
        assert!(!gateway.wait_exit().await.success());
    }
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let notices = read(&place).await;
    assert_eq!((notices.len(), &notices[0]["type"]), (1, &"rentArrears".into()));
    assert_eq!(events(&shown(&place, &notices[0]).await, "message.read"), 1);
    end(gateway).await;
    assert!(place.says(&["verify"]).await.0);
}

#[tokio::test]
async fn a_document_at_which_the_gateway_always_dies_goes_to_a_person_unread() {
    let place = Place::new(&Wishes::default());
    place.workspace.deliver_mail("1", &fixture("statutory-forms/02.eml"));
    for _ in 0..12 {
        let kill = [("KVITTENS_TEST_KILL", "after_reading_before_outcome:1")];
        let mut gateway = Gateway::start_unready(&place.workspace, &kill).await;
        assert!(!gateway.wait_exit().await.success());
    }
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let notices = read(&place).await;
    assert_eq!((notices.len(), &notices[0]["state"]), (1, &"needsReview".into()));
    let visitor = Visitor::with_account(&place, "anna", &["--role", "handle"]).await;
    let reference = notices[0]["reference"].as_str().unwrap_or_default();
    let page = visitor.get(&format!("/ops/notices/{reference}?lang=en")).await.text;
    assert!(page.contains("could not be read on this machine"), "{page}");
    let (well, said) = place.says(&["retry", "--compared", "--state=needsReview"]).await;
    assert!(!well, "nobody compares by the dozen: {said}");
    let seen = visitor.post(&format!("/ops/notices/{reference}/retry"), &[]).await;
    assert!(seen.to().contains("said=readAgain"), "{}", seen.to());
    let notices = read(&place).await;
    assert_eq!((notices.len(), &notices[0]["type"]), (1, &"rentArrears".into()), "now it was read");
    end(gateway).await;
}

#[tokio::test]
async fn a_document_and_a_form_come_in_by_the_api_and_are_read_after_the_answer() {
    let place = Place::new(&Wishes::default());
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let key = place.client("landlord").await;
    let pdf = fixture("statutory-forms/03.pdf");
    let mut form = b"--part\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nSe bilagan.\r\n--part\r\n\
        Content-Disposition: form-data; name=\"file\"; filename=\"form.pdf\"\r\nContent-Type: application/pdf\r\n\r\n"
        .to_vec();
    form.extend_from_slice(&pdf);
    form.extend_from_slice(b"\r\n--part--\r\n");
    for (media_type, body) in
        [("application/pdf", pdf), ("multipart/form-data; boundary=part", form)]
    {
        let (status, told) = answer(place.post(&key, media_type, body)).await;
        assert_eq!(status, 202, "{told}");
        let reference = told["reference"].as_str().unwrap_or_default().to_owned();
        assert_eq!(told["notices"][0]["findings"][0]["code"], "document.beingRead", "{told}");
        let notices = read(&place).await;
        let notice = notices.iter().find(|one| one["reference"] == reference.as_str());
        assert_eq!(notice.map(|one| &one["type"]), Some(&"rentArrears".into()), "{media_type}");
    }
    end(gateway).await;
}
