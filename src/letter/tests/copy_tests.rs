//! The copy to the person: what it tells, what it leaves out, and to whom it is addressed.

use super::Caseworker;
use super::Change;
use super::CopyFacts;
use super::Municipality;
use super::Templates;
use super::copy;
use crate::domain::calendar::LocalTime;
use crate::domain::masked::Masked;
use crate::domain::reference::Prefix;
use crate::domain::reference::Reference;
use crate::letter::Language;
use crate::letter::Letter;
use crate::letter::render;
use jiff::civil::date;

fn facts() -> CopyFacts {
    CopyFacts {
        name: Masked::from("Testa Testsson"),
        address: vec![Masked::from("Exempelgatan 12"), Masked::from("211 00 EXEMPELSTAD")],
        case_number: Some(Masked::from("U-123456-26")),
        scheduled: Some(date(2026, 11, 24).at(9, 0, 0, 0)),
        place: None,
        received_at: "2026-10-25T01:30:00Z".parse().expect("a time"),
        confirmed_on: date(2026, 10, 25),
        caseworker: Caseworker {
            name: Masked::from("Åsa Exempelsson"),
            unit: "Boendeenheten".to_owned(),
            telephone: Masked::from("040-10 00 01"),
        },
        our_reference: Reference::compose(&Prefix::parse("AVH").expect("a prefix"), [1; 7]),
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

fn written(facts: &CopyFacts) -> Letter {
    let sweden = LocalTime::named("Europe/Stockholm").expect("the zone");
    copy(facts, &Templates::default(), &sweden)
}

/// All of it as one text with plain spaces.
fn words(letter: &Letter) -> String {
    letter.texts().collect::<Vec<_>>().join("\n").replace('\u{a0}', " ")
}

#[test]
fn the_copy_tells_what_the_confirmation_told_and_whom_to_call() {
    let words = words(&written(&facts()));
    for told in [
        "U-123456-26",
        "tisdagen den 24 november 2026 kl. 09.00",
        "söndagen den 25 oktober 2026 kl. 02.30",
        "Åsa Exempelsson, telefon 040-10 00 01",
        "Boendeenheten",
        "AVH-1111-1115",
        "11 kap. 3 § socialtjänstförordningen, 2025:468",
        "telefon 040-10 00 00",
        "Tuesday 24 November 2026 at 09:00",
        "caseworker: Åsa Exempelsson, telephone 040-10 00 01",
        "This letter is also in English",
    ] {
        assert!(words.contains(told), "{told}\n{words}");
    }
    for unfilled in ["{", "}", "(uppgift saknas)", "(not known)"] {
        assert!(!words.contains(unfilled), "{unfilled}\n{words}");
    }
}

#[test]
fn name_and_address_stand_in_the_window_only() {
    let letter = written(&facts());
    let recipient: Vec<&str> = letter.recipient.iter().map(Masked::reveal).collect();
    assert_eq!(recipient, ["Testa Testsson", "Exempelgatan 12", "211 00 EXEMPELSTAD"]);
    assert_eq!(words(&letter).matches("Testa").count(), 1);
    assert_eq!(words(&letter).matches("Exempelgatan").count(), 1);
}

#[test]
fn without_an_address_it_is_handed_over_in_person() {
    for address in [vec![], vec![Masked::from("")]] {
        let letter = written(&CopyFacts { address, ..facts() });
        let recipient: Vec<&str> = letter.recipient.iter().map(Masked::reveal).collect();
        assert_eq!(recipient, ["Testa Testsson", "Lämnas över personligen"]);
    }
}

#[test]
fn what_is_not_known_has_no_row() {
    let letter = written(&CopyFacts { scheduled: None, case_number: None, ..facts() });
    let words = words(&letter);
    for absent in ["Tid för avhysningen", "Målnummer", "Plats", "None"] {
        assert!(!words.contains(absent), "{absent}");
    }
}

#[test]
fn a_later_copy_says_first_what_changed() {
    for (change, said) in [
        (Change::NewTime, "har ändrat tiden"),
        (Change::NewCaseworker, "en ny handläggare"),
        (Change::Corrected, "var fel eller saknades"),
    ] {
        let facts = CopyFacts { change: Some(change), languages: Vec::new(), ..facts() };
        let letter = written(&facts);
        assert_eq!(letter.parts.len(), 1);
        assert!(letter.parts[0].body[0].texts()[0].contains(said), "{said}");
    }
}

#[test]
fn the_copy_can_be_set_in_every_order_of_languages() {
    use Language::En;
    use Language::Sv;
    for languages in [vec![], vec![Sv], vec![En], vec![Sv, En], vec![En, Sv]] {
        let letter = written(&CopyFacts { languages: languages.clone(), ..facts() });
        assert!(render(&letter).is_ok(), "{languages:?}");
    }
}

#[test]
fn no_personal_data_shows_in_debug() {
    let shown = format!("{:?}", facts());
    for hidden in ["Testa", "Exempelgatan", "123456", "Åsa", "00 01"] {
        assert!(!shown.contains(hidden), "{hidden}: {shown}");
    }
}
