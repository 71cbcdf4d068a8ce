//! A roster file is read whole or refused with all its faults, each with its line and what to do, and written so that it reads the same.

use crate::roster::Roster;
use crate::roster::fault::RosterFaults;
use crate::roster::hours::Weekdays;
use crate::roster::hours::Weeks;
use crate::roster::made_up::HEAD;
use crate::roster::made_up::hours;
use crate::roster::made_up::some_roster;
use jiff::civil::Weekday;
use jiff::civil::date;
use proptest::prop_assert;
use proptest::prop_assert_eq;
use proptest::proptest;

const SAMPLE: &str = include_str!("../../config/roster.toml");

fn faults(toml: &str) -> Vec<String> {
    let faults = Roster::parse(toml).err().unwrap_or(RosterFaults(Vec::new()));
    faults.0.iter().map(ToString::to_string).collect()
}

/// Line and key of each fault.
fn places(toml: &str) -> Vec<String> {
    let two = |fault: &String| fault.split(": ").take(2).collect::<Vec<_>>().join(": ");
    faults(toml).iter().map(|fault| two(fault).replace("line ", "")).collect()
}

#[test]
fn the_sample_is_a_roster_without_holes_for_the_units_of_malmo() {
    let units = ["boende-mottagning", "barn-och-familj", "ekonomiskt-bistand"];
    let roster = Roster::parse_for(SAMPLE, &units).expect("a roster");
    assert_eq!(roster.persons.len(), 5);
    assert_eq!(roster.desk("boende-mottagning").and_then(|d| d.deputy.as_deref()), Some("bb02"));
    assert_eq!(roster.duties[1].weekdays, Weekdays::of([Weekday::Friday]));
    assert_eq!(roster.duties[2].weekdays, Weekdays::WORKING);
    assert_eq!(roster.duties[3].weeks, Weeks::Odd);
    assert_eq!(roster.duties[5].weeks, Weeks::Every(3));
    assert_eq!(roster.extra[0].hours, hours(9 * 60, 12 * 60));
    assert_eq!(roster.holes(&units, date(2026, 11, 1), 200), []);
    assert_eq!(roster.unnamed(&units, date(2026, 1, 1), 3000), []);
    // While one is on holiday the deputy stands in.
    assert!(!roster.holes(&units, date(2026, 7, 1), 14).is_empty());
    assert_eq!(Roster::parse(&roster.to_toml()).as_ref(), Ok(&roster));
    // As an editor on Windows saves it.
    let saved = format!("\u{feff}{}", SAMPLE.replace('\n', "\r\n"));
    assert_eq!(Roster::parse(&saved), Ok(roster));
    let told = Roster::parse(&saved.replace("aa01", "bb02")).expect_err("faults").to_string();
    assert!(told.contains("line 26: persons[1].id: stands already on line 18"), "{told}");
}

/// What comes after that, from line 9 on, with a fault in almost every line.
const FAULTY: &str = r#"deputys = "anna"
[[duties]]
unit = "mottagningen"
person = "bo"
weekdays = ["mon", "monday"]
from = "17:00"
to = "08:00"
frm = "x"
[[duties]]
weekdays = "mon"
from = "25:00"
to = 17
first = "2026-02-30"
last = 2026-02-01
every = 3
holidays = "no"
[[duties]]
unit = "mottagning"
person = "anna"
from = "22:00"
to = "06:00"
weeks = "odd"
every = 60
first = "2026-06-02"
last = "2026-06-01"
[[absences]]
person = "anna"
first = "2026-06-02"
last = "2026-06-01"
[[extra]]
unit = "mottagning"
person = "anna"
date = "tomorrow"
from = "08:00"
to = "08:00"
[[swaps]]
unit = "mottagning"
date = "2026-06-01"
instead_of = "anna"
person = "anna"
[[swaps]]
unit = "mottagning"
date = "2026-06-01"
instead_of = "anna"
person = "anna"
"#;

#[test]
fn every_fault_is_told_at_once_with_its_line_and_key() {
    let toml = format!("{HEAD}{FAULTY}");
    let expected = [
        "9: units[0].deputys",
        "11: duties[0].unit",
        "12: duties[0].person",
        "13: duties[0].weekdays",
        "15: duties[0].to",
        "16: duties[0].frm",
        "17: duties[1].unit",
        "17: duties[1].person",
        "18: duties[1].weekdays",
        "19: duties[1].from",
        "20: duties[1].to",
        "21: duties[1].first",
        "23: duties[1].every",
        "24: duties[1].holidays",
        "29: duties[2].to",
        "31: duties[2].every",
        "33: duties[2].last",
        "37: absences[0].last",
        "41: extra[0].date",
        "43: extra[0].to",
        "48: swaps[0].person",
        "49: swaps[1]",
        "53: swaps[1].person",
    ];
    assert_eq!(places(&toml), expected);
}

#[test]
fn people_and_units_are_checked_too() {
    let toml = r#"deputy = "nobody"
[[persons]]
id = "Anna"
name = "Testa Testsson"
telephone = "call me"
mail = "testa"
[[persons]]
id = "bo"
name = "  "
telephone = "040-000 00 01"
mail = "bo@exempel.example\r\nBcc: x@exempel.example"
title_sv = 7
[[persons]]
id = "bo"
[[units]]
id = "mottagning"
telephone = "+46 (0)40-000 00 10"
deputy = "Anna"
[[units]]
id = "mottagning"
telephone = "112"
deputy = "eva"
"#;
    let expected = [
        "1: deputy",
        "3: persons[0].id",
        "5: persons[0].telephone",
        "6: persons[0].mail",
        "9: persons[1].name",
        "11: persons[1].mail",
        "12: persons[1].title_sv",
        "13: persons[2].name",
        "13: persons[2].telephone",
        "13: persons[2].mail",
        "14: persons[2].id",
        "20: units[1].id",
        "21: units[1].telephone",
        "22: units[1].deputy",
    ];
    assert_eq!(places(toml), expected);
    let told = faults(toml).join("\n");
    assert!(told.contains("stands already on line 8"), "{told}");
    for personal in ["Testa", "call me", "testa", "exempel", "nobody", "Anna", "eva"] {
        assert!(!told.contains(personal), "{personal} in {told}");
    }
}

#[test]
fn a_key_that_nobody_knows_is_told_wherever_it_stands() {
    let toml = "wrong = 1\n[[persons]]\nwrong = 1\n[[units]]\nwrong = 1\n[[duties]]\nwrong = 1\n\
                [[absences]]\nwrong = 1\n[[extra]]\nwrong = 1\n[[swaps]]\nwrong = 1\n";
    let told = places(toml);
    let unknown: Vec<_> = told.iter().filter(|place| place.contains("wrong")).collect();
    let expected = [
        "1: wrong",
        "3: persons[0].wrong",
        "5: units[0].wrong",
        "7: duties[0].wrong",
        "9: absences[0].wrong",
        "11: extra[0].wrong",
        "13: swaps[0].wrong",
    ];
    assert_eq!(unknown, expected);
}

#[test]
fn what_is_no_toml_is_told_alone_and_every_place_of_it() {
    let told = faults("[[persons]]\nid = \nname = \"a\n[units\n");
    assert!(told.iter().all(|fault| fault.contains("not TOML")), "{told:?}");
    assert!(told.iter().any(|fault| fault.starts_with("line 2: not TOML")), "{told:?}");
    assert!(told.len() > 1, "{told:?}");
    let expected = ["1: persons", "2: duties[0]"];
    assert_eq!(places("persons = 7\nduties = [8]\nabsences = []\n"), expected);
}

#[test]
fn a_unit_that_the_profile_does_not_have_is_a_fault() {
    assert!(Roster::parse(HEAD).is_ok());
    assert!(Roster::parse_for(HEAD, &["mottagning", "barn"]).is_ok());
    let told = Roster::parse_for(HEAD, &["barn"]).expect_err("a fault").to_string();
    assert!(told.contains("line 7: units[0].id: the municipality's profile has no"), "{told}");
}

#[test]
fn each_fault_says_what_to_do_in_both_languages() {
    let Err(RosterFaults(faults)) = Roster::parse("[[duties]]\nholidays = 1\nfrom = \"x\"") else {
        panic!("a roster");
    };
    let told = faults.iter().map(|fault| (fault.trouble.in_english(), fault.trouble.in_swedish()));
    let told: Vec<_> = told.collect();
    assert!(
        told.iter().any(|(en, sv)| en.contains("missing") && sv.contains("saknas")),
        "{told:?}"
    );
    assert!(told.iter().all(|(en, sv)| !en.is_empty() && en != sv), "{told:?}");
}

proptest! {
    #[test]
    fn what_is_written_reads_the_same(roster in some_roster()) {
        let text = roster.to_toml();
        prop_assert_eq!(Roster::parse(&text), Ok(roster), "{}", text);
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,200}", cut in 0..6000_usize) {
        let _any = Roster::parse(&text).is_ok();
        // The sample, broken off anywhere, and with something strange in it.
        let cut = (0..=cut.min(SAMPLE.len())).rev().find(|at| SAMPLE.is_char_boundary(*at)).unwrap_or(0);
        let broken = format!("{}{text}{}", &SAMPLE[..cut], &SAMPLE[cut..]);
        for fault in Roster::parse(&broken).err().into_iter().flat_map(|faults| faults.0) {
            prop_assert!(fault.line >= 1 && fault.line <= broken.lines().count() + 1);
            let told = fault.to_string();
            let names = ["Avhysning", "Boendesson", "Barnsdotter", "Deltid", "040-", "@exempel"];
            prop_assert!(!names.iter().any(|name| told.contains(name)), "{}", told);
        }
    }
}
