//! The page that a caseworker reads: whatever matters, nothing twice.

use crate::case_system::sample::hand_over_of;
use crate::case_system::summary::write;

#[test]
fn a_caseworker_finds_everything_that_matters() {
    let hand_over = hand_over_of(
        r#"{"schemaVersion":"1.0","type":"evictionScheduled","legalBasis":"UF 16:2",
        "sender":{"kind":"enforcementAuthority","name":"Kronofogden"},
        "persons":[{"role":"tenant","name":"Testa Testsson","identity":{"kind":"personalIdentityNumber","value":"198501012390"}}],
        "dwelling":{"street":"Exempelgatan 12","city":"Malmö","tenure":"rental"},
        "arrears":{"amountToRecover":"17824.00","asWritten":"17 824 kr jämte ränta","periods":[{"period":"2026-09","dueOn":"2026-08-31","amount":"8912.00"}]},
        "moveOutBy":"2027-01-31","enforcement":{"caseNumber":"U-123456-26","startsAt":"2026-11-24T09:00:00+01:00"},
        "children":{"known":"yes","count":1,"birthYears":[2016]},"incidents":[{"occurredOn":"2026-09-19","description":"Hög musik"}],
        "findings":[{"code":"arrears.amount","severity":"warning","path":"/arrears","message":"The amount is unclear."}],
        "text":"Hej"}"#,
    );
    let text = write(&hand_over, &hand_over.notice().expect("notice"));
    for line in [
        "Tid för avhysning [ref AVH-7K4M-2QX6]",
        "Inkom: 2026-11-22",
        "Lagrum: UF 16:2",
        "Namn: Testa Testsson",
        "Personnummer eller annat id: 198501012390",
        "Adress: Exempelgatan 12",
        "Belopp för återvinning: 17 824,00 kr",
        "2026-09: 8 912,00 kr (förföll 2026-08-31)",
        "Avflyttning senast: 2027-01-31",
        "Målnummer: U-123456-26",
        "Förrättningen börjar: 2026-11-24 09:00",
        "Finns barn: ja",
        "2026-09-19: Hög musik",
        "arrears.amount /arrears The amount is unclear.",
        "Hej",
    ] {
        assert!(text.lines().any(|found| found == line), "{line} in\n{text}");
    }
    assert!(!text.contains("***"), "{text}");
}

#[test]
fn a_bare_notice_gives_a_short_page() {
    let hand_over = hand_over_of(r#"{"schemaVersion":"1.0","type":"unknown"}"#);
    let text = write(&hand_over, &hand_over.notice().expect("notice"));
    assert!(text.starts_with("Meddelande av okänd typ [ref AVH-7K4M-2QX6]\r\n"));
    assert_eq!(text.lines().count(), 4);
}
