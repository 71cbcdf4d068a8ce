//! A landlord's receipt as PDF: what it tells, and that what is absent has no row.

use super::Control;
use super::ReceiptFacts;
use super::receipt;
use super::receipt_pdf;
use crate::domain::calendar::LocalTime;
use crate::domain::digest::Digest;
use crate::domain::masked::Masked;
use crate::domain::reference::Prefix;
use crate::domain::reference::Reference;
use crate::letter::Language;
use jiff::civil::date;

fn facts() -> ReceiptFacts {
    let prefix = Prefix::parse("AVH").expect("a prefix");
    ReceiptFacts {
        reference: Reference::compose(&prefix, [1; 7]),
        received_at: "2026-07-01T22:30:00.75Z".parse().expect("a time"),
        sha256: Digest::of(b"a notice"),
        sender_reference: Some(Masked::from("4711-88")),
        case_number: Some(Masked::from("U-123456-26")),
        notices: vec![Reference::compose(&prefix, [2; 7]), Reference::compose(&prefix, [3; 7])],
        organisation: (
            "Exempelstads kommun".to_owned(),
            "The municipality of Exempelstad".to_owned(),
        ),
        board: "Socialnämnden".to_owned(),
        telephone: "040-10 00 00".to_owned(),
        email: "vrak@example.se".to_owned(),
        control: Some(Control {
            code: Masked::from("7Q4M-2KX9"),
            address: "https://example.se/verify".to_owned(),
        }),
        issued_on: date(2026, 7, 2),
        languages: Vec::new(),
    }
}

fn words(facts: &ReceiptFacts) -> String {
    let sweden = LocalTime::named("Europe/Stockholm").expect("the zone");
    let letter = receipt(facts, &sweden);
    letter.texts().collect::<Vec<_>>().join("\n").replace('\u{a0}', " ")
}

#[test]
fn the_receipt_tells_what_arrived_and_when_in_both_languages() {
    let words = words(&facts());
    let digest = Digest::of(b"a notice").to_string();
    for told in [
        "Mottagningskvittens",
        "AVH-1111-1115",
        "torsdagen den 2 juli 2026 kl. 00.30",
        "2026-07-01T22:30:00Z",
        "4711-88",
        "U-123456-26",
        &digest,
        "7Q4M-2KX9",
        "https://example.se/verify",
        "040-10 00 00, vrak@example.se",
        "Thursday 2 July 2026 at 00:30",
        "Socialnämnden",
    ] {
        assert!(words.contains(told), "{told}\n{words}");
    }
}

#[test]
fn what_is_absent_has_no_row_and_a_receipt_may_be_in_one_language() {
    let facts = ReceiptFacts {
        sender_reference: Some(Masked::from(" ")),
        case_number: None,
        control: None,
        notices: Vec::new(),
        languages: vec![Language::En],
        ..facts()
    };
    let words = words(&facts);
    for absent in ["Your reference", "Case number", "Control code", "Notices", "verify", "Kom fram"]
    {
        assert!(!words.contains(absent), "{absent}\n{words}");
    }
}

#[test]
fn the_receipt_is_set_the_same_each_time() {
    let sweden = LocalTime::named("Europe/Stockholm").expect("the zone");
    let first = receipt_pdf(&facts(), &sweden).expect("a receipt");
    assert_eq!(first, receipt_pdf(&facts(), &sweden).expect("a receipt"));
    assert!(first.len() < 100_000);
}

#[test]
fn nothing_of_the_sender_shows_in_debug() {
    let shown = format!("{:?}", facts());
    for hidden in ["4711", "123456", "7Q4M"] {
        assert!(!shown.contains(hidden), "{hidden}: {shown}");
    }
}
