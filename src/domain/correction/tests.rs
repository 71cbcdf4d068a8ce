//! A correction changes what it says, keeps the rest, and moves what follows a person who is taken away.

use super::Because;
use super::Said;
use super::Trouble;
use super::When;
use super::correct;
use crate::domain::calendar::LocalTime;
use crate::domain::masked::Masked;
use crate::domain::notice::Notice;
use serde_json::json;

fn notice() -> Notice {
    serde_json::from_value(json!({
        "schemaVersion": "1.0", "type": "unknown",
        "persons": [
            { "role": "tenant", "name": "Testa Testsson", "identity": { "kind": "personalIdentityNumber", "value": "198501012390" } },
            { "role": "coTenant", "name": "Provan Provsson" } ],
        "findings": [
            { "code": "personIdentity.checkDigit", "severity": "warning", "path": "/persons/1/identity", "message": "x" },
            { "code": "type.uncertain", "severity": "error", "path": "/type", "message": "x" } ],
        "evidence": { "/type": { "source": "body", "quote": "q", "confidence": 0.2 },
            "/persons/1/name": { "source": "body", "quote": "q", "confidence": 0.9 } },
    }))
    .unwrap()
}

fn said(pairs: &[(&str, &str)]) -> Vec<Said> {
    let one = |(place, value): &(&str, &str)| Said {
        place: (*place).to_owned(),
        value: Masked::new(*value),
    };
    pairs.iter().map(one).collect()
}

/// What was in the way, and where.
type Troubles = Vec<(String, Trouble)>;

fn corrected(pairs: &[(&str, &str)]) -> Result<(Notice, Vec<String>), Troubles> {
    let local_time = LocalTime::named("Europe/Stockholm").unwrap();
    let when = When { on: jiff::civil::date(2026, 11, 20), local_time: &local_time };
    correct(&notice(), &said(pairs), when)
        .map(|it| (it.notice, it.paths))
        .map_err(|faults| faults.into_iter().map(|it| (it.place, it.trouble)).collect())
}

#[test]
fn what_is_said_stands_with_the_persons_word_and_without_remarks() {
    let all = [
        ("type", "evictionScheduled"),
        ("/persons/1/identity/value", "19780102-2398"),
        ("dwelling/postalCode", "211 22"),
        ("arrears/amountToRecover", "17 824,5"),
        ("enforcement/startsAt", "2026-12-03 09:30"),
        ("issuedOn", ""),
    ];
    let (after, paths) = corrected(&all).unwrap();
    assert_eq!(paths.len(), 5, "{paths:?}");
    assert!(after.findings.is_empty(), "each is answered");
    let evidence = &after.evidence["/persons/1/identity/value"];
    assert!(evidence.source == "person" && evidence.confidence == 1.0);
    let value = serde_json::to_value(&after).unwrap();
    assert_eq!(value["arrears"]["amountToRecover"], "17824.50");
    assert_eq!(value["enforcement"]["startsAt"], "2026-12-03T09:30:00+01:00");
    assert_eq!(value["persons"][1]["identity"]["value"], "197801022398");
    assert_eq!(value["dwelling"]["postalCode"], "21122");
}

#[test]
fn a_person_taken_away_takes_along_what_was_remarked_of_them_and_the_next_moves_up() {
    let (after, paths) = corrected(&[("persons/0", "-"), ("persons/2/name", "Ny Person")]).unwrap();
    assert_eq!(paths, ["/persons/0", "/persons/2/name"]);
    let names: Vec<_> = after.persons.iter().filter_map(|it| it.name.as_ref()).collect();
    assert!(names.iter().map(|it| it.reveal()).eq(["Provan Provsson", "Ny Person"]));
    assert_eq!(after.findings[0].path, "/persons/0/identity");
    assert!(after.evidence.contains_key("/persons/0/name"));
    assert!(after.evidence["/persons/1/name"].source == "person");
}

#[test]
fn each_wrong_value_is_told_by_its_place() {
    let table = [
        (("persons/0/identity/value", "198501012391"), Trouble::CheckDigit),
        (("persons/0/identity/value", "abc"), Trouble::Number),
        (("persons/7/name", "x"), Trouble::Place),
        (("persons/9", "-"), Trouble::Place),
        (("type", "anything"), Trouble::Word),
        (("issuedOn", "2026-02-30"), Trouble::Day),
        (("enforcement/startsAt", "snart"), Trouble::Time),
        (("dwelling/postalCode", "123"), Trouble::PostalCode),
        (("arrears/amountToRecover", "mycket"), Trouble::Amount),
        (("children/count", "1000"), Trouble::Count),
        (("findings", "x"), Trouble::Place),
        (("text", "x"), Trouble::Place),
    ];
    for ((place, value), trouble) in table {
        assert_eq!(corrected(&[(place, value)]).unwrap_err(), [(place.to_owned(), trouble)]);
    }
    let nameless = corrected(&[("persons/2/identity/value", "19780102-2398")]).unwrap_err();
    assert_eq!(nameless, [("persons/2/name".to_owned(), Trouble::Missing)]);
}

#[test]
fn what_is_said_as_it_is_changes_nothing() {
    let (after, paths) = corrected(&[("persons/0/name", "Testa Testsson")]).unwrap();
    assert!(paths.is_empty() && after == notice());
    assert!(Because::ALL.iter().all(|it| Because::parse(it.as_str()) == Some(*it)));
}
