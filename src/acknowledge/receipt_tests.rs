//! Tests of the receipt that a sender fetches: its schema, and its text.

use super::ApiReceipt;
use crate::acknowledge::plan::tests::answer;
use crate::acknowledge::plan::tests::contact;
use crate::acknowledge::plan::tests::notice;
use crate::acknowledge::plan::tests::reference;
use crate::domain::calendar::LocalTime;
use crate::domain::masked::Masked;
use crate::domain::notice::NoticeType;
use std::fs;
use std::path::Path;

#[test]
fn the_json_form_follows_its_schema_in_whole_seconds() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/receipt.v1.schema.json");
    let schema = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let answer = answer(vec![notice(1, NoticeType::RentArrears)]);
    let (theirs, number) = (Masked::new("4711-88"), Masked::new("U-123456-26"));
    for receipt in [
        ApiReceipt::of(&answer, Some(&theirs), Some(&number), &contact()),
        ApiReceipt::of(&answer, None, Some(&Masked::default()), &contact()),
    ] {
        let value = serde_json::to_value(&receipt).unwrap();
        let errors: Vec<_> = schema.iter_errors(&value).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}");
        assert_eq!(value["receivedAt"], "2026-10-12T12:07:31Z");
        assert_eq!(value["arrivalDate"], "2026-10-12");
        assert_eq!(value["notices"][0]["reference"], reference(1).as_str());
        assert_eq!(value.get("caseNumber").is_some(), receipt.case_number.is_some());
    }
}

#[test]
fn the_text_form_says_the_same_in_swedish_and_english() {
    let answer = answer(vec![notice(1, NoticeType::RentArrears)]);
    let theirs = Masked::new("4711\r\nKom fram: 2020-01-01");
    let receipt = ApiReceipt::of(&answer, Some(&theirs), None, &contact());
    let text = receipt.text(&LocalTime::named("Europe/Stockholm").unwrap());
    for line in [
        "Mottagare: Exempelstads kommun, Socialnämnden",
        "Kom fram: 2026-10-12 kl. 14.07",
        "Er referens: 4711  Kom fram: 2020-01-01",
        "Frågor: 040-10 00 00, vrak@example.se",
        "Arrived: 2026-10-12 at 14:07",
    ] {
        assert!(text.lines().any(|found| found == line), "{line}\n{text}");
    }
    assert!(!text.contains("Målnummer"));
}
