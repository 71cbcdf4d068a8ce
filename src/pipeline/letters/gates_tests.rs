//! Tests of what the gates' reasons say to people.

use super::Case;
use super::Doubt;
use super::Verdict;
use super::judge;
use crate::domain::acknowledgement::Purpose;
use crate::domain::copy_reason;
use crate::domain::copy_reason::PROTECTED;
use crate::domain::copy_reason::words;
use crate::domain::notice::Notice;
use crate::domain::received::Format;
use crate::store::Protection;
use jiff::civil::date;
use serde_json::json;

#[test]
fn every_reason_has_its_words_in_both_languages() {
    let all = [
        Doubt::Review,
        Doubt::Sender,
        Doubt::Landlord,
        Doubt::Identity,
        Doubt::Address,
        Doubt::Protection,
        Doubt::Newer,
        Doubt::TakenBack,
    ];
    let reason = Verdict::Person(all.to_vec()).reason().unwrap();
    assert_eq!(reason, "gate:review+sender+landlord+identity+address+protection+newer+takenBack");
    let told = words(&reason);
    assert_eq!(told.len(), all.len());
    for (at, (swedish, english)) in told.iter().enumerate() {
        assert!(!swedish.is_empty() && !english.is_empty());
        assert!(told[..at].iter().all(|(other, _)| other != swedish), "{swedish} is said twice");
    }
    for code in [
        PROTECTED,
        copy_reason::NO_CASEWORKER,
        copy_reason::NO_WAY,
        copy_reason::NO_RESPONDENT,
        copy_reason::NO_ADDRESS,
        copy_reason::UNWRITABLE,
        copy_reason::NOT_CONFIRMED,
        copy_reason::WITHDRAWN,
        copy_reason::DISMISSED,
        copy_reason::SAME_NOTICE,
        copy_reason::BY_PERSON,
    ] {
        assert_eq!(words(code).len(), 1, "{code}");
    }
    assert!(words("digest").is_empty());
    assert_eq!(Verdict::Leave.reason(), None);
    assert_eq!(Verdict::Protected.reason().as_deref(), Some(PROTECTED));
}

#[test]
fn what_a_later_notice_of_the_case_overtakes_waits_for_a_person() {
    let notice: Notice = serde_json::from_value(json!({
        "schemaVersion": "1.0", "type": "evictionScheduled",
        "persons": [ { "role": "tenant", "name": "Testa Testsson",
            "identity": { "kind": "personalIdentityNumber", "value": "198501012390" } } ],
        "dwelling": { "street": "Exempelgatan 12", "postalCode": "21432", "city": "Malmö" },
    }))
    .unwrap();
    let case = Case {
        notice: &notice,
        purpose: Purpose::Copy,
        format: Format::Json,
        sender_proven: true,
        thresholds: None,
        on: date(2026, 11, 3),
        in_review: false,
        protection: Protection::NotProtected,
        overtaken: false,
        corrected: false,
    };
    assert_eq!(judge(&case), Verdict::Leave);
    let overtaken = Case { overtaken: true, ..case };
    assert_eq!(judge(&overtaken), Verdict::Person(vec![Doubt::Newer]));
    let offered = Case { purpose: Purpose::Offer, sender_proven: false, ..overtaken };
    assert_eq!(judge(&offered), Verdict::Person(vec![Doubt::Landlord, Doubt::TakenBack]));
    let protected = Case { protection: Protection::Protected, ..overtaken };
    assert_eq!(judge(&protected), Verdict::Protected);
}
