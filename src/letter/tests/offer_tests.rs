//! The letter that offers help: what it tells, and what it never does.

use super::built_in;
use super::check_template;
use super::offer;
use super::own;
use crate::domain::calendar::LocalTime;
use crate::domain::masked::Masked;
use crate::domain::promise::OwnText;
use crate::domain::reference::Prefix;
use crate::domain::reference::Reference;
use crate::letter::Language;
use crate::letter::copy::Caseworker;
use crate::letter::copy::CopyFacts;
use crate::letter::copy::Municipality;
use crate::letter::render;
use jiff::civil::date;

fn facts() -> CopyFacts {
    CopyFacts {
        name: Masked::from("Testa Testsson"),
        address: vec![Masked::from("Exempelgatan 12"), Masked::from("211 00 EXEMPELSTAD")],
        case_number: None,
        scheduled: None,
        place: None,
        received_at: "2026-10-25T01:30:00Z".parse().unwrap(),
        confirmed_on: date(2026, 10, 25),
        caseworker: Caseworker {
            name: Masked::from("Boendeenheten"),
            unit: "Boendeenheten".to_owned(),
            telephone: Masked::from("040-10 00 01"),
        },
        our_reference: Reference::compose(&Prefix::parse("AVH").unwrap(), [1; 7]),
        municipality: Municipality {
            name_sv: "Exempelstads kommun".to_owned(),
            name_en: "The municipality of Exempelstad".to_owned(),
            telephone: "040-10 00 00".to_owned(),
            web: None,
        },
        languages: vec![Language::Sv, Language::En],
        change: None,
    }
}

#[test]
fn it_offers_help_says_whom_to_call_and_rests_on_no_statute() {
    let sweden = LocalTime::named("Europe/Stockholm").unwrap();
    let letter = offer(&facts(), &built_in(), &sweden);
    let words = letter.texts().collect::<Vec<_>>().join("\n").replace('\u{a0}', " ");
    for told in [
        "040-10 00 01",
        "Boendeenheten",
        "040-10 00 00",
        "erbjuda hjälp",
        "offer help",
        "kan upphöra",
        "may come to an end",
    ] {
        assert!(words.contains(told), "{told}: {words}");
    }
    for never in ["Kronofogden", "avhysning", "eviction", "2025:468", "(uppgift saknas)", "kr."] {
        assert!(!words.contains(never), "{never}: {words}");
    }
    assert!(!letter.parts[0].heading.contains("Testsson"));
    let pdf = render(&letter).unwrap();
    assert!(pdf.starts_with(b"%PDF-1.") && pdf.len() < 100_000);
    assert_eq!(render(&letter).unwrap(), pdf, "the same bytes whenever it is written");
}

#[test]
fn an_own_text_tells_whom_to_call_and_asks_for_nothing_of_the_confirmation() {
    let Ok([sv, en]) = <[String; 2]>::try_from(vec![built_in().sv, built_in().en]) else {
        unreachable!()
    };
    assert!(check_template(&sv).is_empty(), "{:?}", check_template(&sv));
    assert!(check_template(&en).is_empty(), "{:?}", check_template(&en));
    for (text, faults) in [
        ("# Hjälp\n\nRing {telefon}.", 0),
        ("# Hjälp\n\nRing oss.", 1),
        ("# Hjälp\n\nRing {telefon} om {målnummer}.", 1),
        ("# Hjälp\n\nRing {telefon}.\n\n{uppgifter}", 1),
        ("# Hjälp\n\nRing {telefon} före {tidpunkt}, {bekräftad}.", 2),
    ] {
        assert_eq!(check_template(text).len(), faults, "{text}: {:?}", check_template(text));
    }
    let text = OwnText { name: "hjalp".to_owned(), sv: "# A\n\n{telefon}".to_owned(), en: None };
    assert_eq!(own(&text).sv, text.sv);
    assert_eq!(own(&text).en, built_in().en);
}
