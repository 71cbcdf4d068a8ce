//! Who is responsible for a person's open case, and what was sent about a notice put with its case: Lifecare before Prism, and the platform.

use bytes::Bytes;
use jiff::civil::date;
use kvittens::case_system::HandOver;
use kvittens::case_system::corrected;
use kvittens::case_system::corrected::Corrected;
use kvittens::case_system::enclosure::Document;
use kvittens::case_system::enclosure::Enclosed;
use kvittens::case_system::enclosure::Enclosure;
use kvittens::domain::correction::Because;
use kvittens::domain::enclosure::EnclosureKey;
use kvittens::domain::masked::Masked;
use serde_json::json;

use super::SECOND_TENANT;
use super::TENANT;
use super::class_of;
use super::done;
use super::hand_over;
use super::lifecare::at;
use super::lifecare::judged;
use super::platform::to;
use super::walk;
use crate::support::case_http::CaseHttp;
use crate::support::case_http::CaseOptions;
use crate::support::http1::HttpFault;
use crate::support::lifecare::Lifecare;
use crate::support::lifecare::LifecareOptions;
use crate::support::lifecare::Operation;

const REFERENCE: &str = "AVH-7K4M-2QX6";
const ADULT: &str = "198501012390";
const SECOND_ADULT: &str = "199001022384";

fn document(title: &str, content: &'static [u8], person: Option<&str>) -> Document {
    Document {
        title: title.to_owned(),
        file: "x.pdf".to_owned(),
        media_type: "application/pdf",
        bytes: Bytes::from_static(content),
        person: person.map(Masked::from),
    }
}

fn enclosure(
    hand_over: &HandOver,
    case_id: &str,
    purpose: &str,
    documents: &[Document],
) -> Enclosure {
    let recipient = if purpose == "copy" {
        "person/copy/print"
    } else {
        "enforcementAuthority/confirmation/folder"
    };
    Enclosure {
        hand_over: hand_over.clone(),
        case_id: case_id.to_owned(),
        key: EnclosureKey::parse(&format!("{REFERENCE}/{recipient}/0")).expect("a key"),
        sent_at: "2026-10-12T09:00:00Z".parse().expect("an instant"),
        changed: Vec::new(),
        documents: documents.to_vec(),
        attempt: 1,
    }
}

#[tokio::test]
async fn lifecare_tells_whose_case_is_open() {
    let lifecare = Lifecare::start(LifecareOptions::default()).await;
    let (_prism, url) = judged(&lifecare).await;
    let adapter = at(&url, "");
    let on = date(2026, 10, 12);
    assert_eq!(adapter.open_case(ADULT, on).await, Ok(None));
    lifecare.add_ongoing(
        "Services",
        ADULT,
        json!({ "Id": 7, "Type": "Kontaktperson", "Organization": "IFO", "StartDate": "2025-01-01T00:00:00", "Caseworker": "Bo Exempel" }),
    );
    let named = |case: Option<kvittens::case_system::OpenCase>| case.map(|case| case.name);
    assert_eq!(adapter.open_case(ADULT, on).await.map(named), Ok(Some("Bo Exempel".to_owned())));
    for (from, to, name) in
        [("2026-01-01", "2026-03-01", "Avslutad"), ("2026-02-01", "", "Anna Exempel")]
    {
        let record = json!({ "Id": 8, "Type": "Utredning", "FromDate": format!("{from}T00:00:00"), "ToDate": to,
            "Caseworker": name, "Organization": "IFO" });
        lifecare.add_ongoing("Investigations", ADULT, record);
    }
    assert_eq!(adapter.open_case(ADULT, on).await.map(named), Ok(Some("Anna Exempel".to_owned())));
    assert_eq!(adapter.open_case(SECOND_ADULT, on).await, Ok(None));
    // A key that may not list them is no fault; a system that is down is.
    lifecare.fail_next(Operation::Ongoing, 2, HttpFault::Refuse(403));
    assert_eq!(adapter.open_case(ADULT, on).await, Ok(None));
    lifecare.fail_next(Operation::Ongoing, 1, HttpFault::Refuse(500));
    assert_eq!(class_of(adapter.open_case(ADULT, on).await), "transient");
}

#[tokio::test]
async fn what_was_sent_lies_at_each_entry_once_and_a_letter_at_its_own_persons_only() {
    let lifecare = Lifecare::start(LifecareOptions::default()).await;
    let (_prism, url) = judged(&lifecare).await;
    let adapter = at(&url, "each_adult = true");
    let mut hand_over = hand_over(REFERENCE, &[TENANT, SECOND_TENANT]);
    let steps = walk(adapter.as_ref(), &mut hand_over).await;
    assert_eq!(steps.last(), Some(&done("98765,98766")));
    hand_over.progress = None;
    let told = [document("Bekräftelse", b"{}", None)];
    let letters = [
        document("Kopia", b"%PDF-1", Some(ADULT)),
        document("Kopia", b"%PDF-2", Some(SECOND_ADULT)),
    ];
    let mut confirmation = enclosure(&hand_over, "98765,98766", "confirmation", &told);
    // The first call was carried out and its answer lost.
    lifecare.fail_next(Operation::Attach, 1, HttpFault::ResetAfterStoring);
    assert_eq!(class_of(adapter.enclose(&confirmation).await), "uncertain");
    confirmation.attempt = 2;
    assert_eq!(adapter.enclose(&confirmation).await, Ok(Enclosed::Taken));
    let copy = enclosure(&hand_over, "98765,98766", "copy", &letters);
    assert_eq!(adapter.enclose(&copy).await, Ok(Enclosed::Taken));
    let own: Vec<Vec<(String, Vec<u8>)>> = lifecare
        .actualisations()
        .iter()
        .map(|entry| {
            let ours = entry.attachments.iter().filter(|it| it.file_name == "x.pdf");
            ours.map(|it| (it.title.clone(), it.content.clone())).collect()
        })
        .collect();
    let told = || (format!("Bekräftelse [ref {REFERENCE}]"), b"{}".to_vec());
    let letter = |content: &[u8]| (format!("Kopia [ref {REFERENCE}]"), content.to_vec());
    assert_eq!(own, [vec![told(), letter(b"%PDF-1")], vec![told(), letter(b"%PDF-2")]]);
    let strange = enclosure(&hand_over, "CASE-1", "copy", &letters);
    assert_eq!(class_of(adapter.enclose(&strange).await), "permanent");
}

#[tokio::test]
async fn the_platform_gets_what_was_sent_under_its_own_key() {
    let platform = CaseHttp::start(CaseOptions::default()).await;
    let hand_over = hand_over(REFERENCE, &[TENANT]);
    let told = [document("Bekräftelse", b"{}", None)];
    let enclosure = enclosure(&hand_over, "CASE-1", "confirmation", &told);
    assert_eq!(to(&platform, "").enclose(&enclosure).await, Ok(Enclosed::NotTaken));
    let adapter = to(&platform, &format!("enclosures = \"{}/cases\"", platform.url()));
    assert_eq!(adapter.enclose(&enclosure).await, Ok(Enclosed::Taken));
    assert_eq!(adapter.enclose(&enclosure).await, Ok(Enclosed::Taken), "409 is already there");
    let cases = platform.cases();
    let [event] = cases.as_slice() else { panic!("{} events", cases.len()) };
    assert_eq!(event.key, format!("{REFERENCE}/enforcementAuthority/confirmation/folder/0"));
    assert_eq!(event.body["type"], "se.kvittens.acknowledgement.sent.v1");
    assert_eq!(event.body["data"]["caseId"], "CASE-1");
    assert_eq!(event.body["data"]["documents"][0]["content"], "e30=");
    let corrected = Corrected {
        version: 1,
        at: "2026-11-23 10:31".to_owned(),
        actor: "anna".to_owned(),
        because: Because::Misread,
        changes: vec![("/dwelling/city".to_owned(), None, Some(Masked::from("Malmö")))],
    };
    let key = EnclosureKey::Corrected { reference: hand_over.reference.clone(), version: 1 };
    let correction = Enclosure {
        key,
        changed: vec!["/dwelling/city".to_owned()],
        documents: vec![corrected::document(&hand_over, &corrected).expect("a document")],
        ..enclosure.clone()
    };
    assert_eq!(adapter.enclose(&correction).await, Ok(Enclosed::Taken));
    let cases = platform.cases();
    let event = cases.last().expect("the correction");
    assert_eq!(event.key, format!("{REFERENCE}/correction/1"));
    assert_eq!(event.body["type"], "se.kvittens.notice.corrected.v1");
    assert_eq!(event.body["data"]["changed"], json!(["/dwelling/city"]));
    assert_eq!(event.body["data"]["notice"]["schemaVersion"], "1.0");
    assert_eq!(event.body["data"]["documents"][0]["mediaType"], "text/plain; charset=utf-8");
    let nowhere = to(&platform, &format!("enclosures = \"{}/nowhere\"", platform.url()));
    assert_eq!(class_of(nowhere.enclose(&enclosure).await), "permanent");
}
