//! Changes that forms ask for, made in the text of a roster: only what was meant changes, and what others wrote stays.

use super::Amendment;
use super::Section;
use super::amended;
use crate::roster::Roster;
use crate::roster::fault::RosterFaults;
use toml::Value;

const SAMPLE: &str = include_str!("../../config/roster.toml");

fn change(text: &str, amendment: &Amendment) -> Result<(String, Roster), RosterFaults> {
    let roster = Roster::parse(text).unwrap();
    let text = amended((text, &roster), amendment, Roster::parse)?;
    let roster = Roster::parse(&text).unwrap();
    Ok((text, roster))
}

fn put(section: Section, instead_of: Option<usize>, entry: &[(&'static str, &str)]) -> Amendment {
    let entry = entry.iter().map(|(key, value)| (*key, Value::from(*value))).collect();
    Amendment::Put { section, instead_of, entry }
}

fn comments(text: &str) -> usize {
    text.lines().filter(|line| line.trim_start().starts_with('#')).count()
}

#[test]
fn an_entry_is_added_behind_everything_that_was_there() {
    let absence = [("person", "bb02"), ("first", "2026-12-01"), ("last", "2026-12-04")];
    let (text, roster) = change(SAMPLE, &put(Section::Absences, None, &absence)).unwrap();
    assert!(text.starts_with(SAMPLE), "what was written stays");
    assert_eq!(roster.absences.len(), 2);
    assert_eq!(Roster::parse(SAMPLE).unwrap().difference(&roster), "absences +bb02");
}

#[test]
fn an_entry_is_taken_out_with_its_lines_and_no_others() {
    let before = Roster::parse(SAMPLE).unwrap();
    for at in 0..before.duties.len() {
        let remove = Amendment::Remove { section: Section::Duties, at };
        let (text, roster) = change(SAMPLE, &remove).unwrap();
        let mut expected = before.clone();
        expected.duties.remove(at);
        assert_eq!(roster, expected, "{at}");
        assert!(comments(&text) + 5 > comments(SAMPLE), "{at}: comments of other entries stay");
    }
    let swap = Amendment::Remove { section: Section::Swaps, at: 0 };
    assert!(change(SAMPLE, &swap).unwrap().1.swaps.is_empty());
}

#[test]
fn an_entry_takes_the_place_of_another() {
    let person = [
        ("id", "aa01"),
        ("name", "Anna \"Nya\" Exempel"),
        ("telephone", "040-000 00 99"),
        ("mail", "anna@exempelkommun.example"),
    ];
    let (text, roster) = change(SAMPLE, &put(Section::Persons, Some(0), &person)).unwrap();
    assert_eq!(comments(&text), comments(SAMPLE));
    let changed = roster.person("aa01").unwrap();
    assert_eq!(changed.caseworker.name.reveal(), "Anna \"Nya\" Exempel");
    assert_eq!((roster.persons.len(), roster.duties.len()), (5, 6));
}

#[test]
fn who_stands_in_for_all_is_changed_set_and_taken_away() {
    for (before, deputy) in [
        (SAMPLE.to_owned(), Some("bb02")),
        (SAMPLE.to_owned(), None),
        (SAMPLE.replace("deputy = \"chef-1\"", ""), Some("aa01")),
    ] {
        let amendment = Amendment::Deputy(deputy.map(str::to_owned));
        let (text, roster) = change(&before, &amendment).unwrap();
        assert_eq!(roster.deputy.as_deref(), deputy);
        assert_eq!(comments(&text), comments(&before));
        assert_eq!(roster.units, Roster::parse(&before).unwrap().units, "units' own deputies stay");
    }
}

#[test]
fn a_file_written_in_another_way_is_written_anew_and_means_the_same() {
    let inline = "absences = [{ person = \"a\", first = 2026-07-01, last = 2026-07-02 }]\n\
                  [[persons]]\nid = \"a\"\nname = \"\"\"\n[[absences]]\"\"\"\ntelephone = \"040-1234\"\nmail = \"a@b.example\"\n";
    let before = Roster::parse(inline).unwrap();
    let (_, roster) =
        change(inline, &Amendment::Remove { section: Section::Absences, at: 0 }).unwrap();
    assert_eq!(roster, Roster { absences: Vec::new(), ..before.clone() });
    let more = [("person", "a"), ("first", "2026-08-01"), ("last", "2026-08-02")];
    let (_, roster) = change(inline, &put(Section::Absences, None, &more)).unwrap();
    assert_eq!((roster.absences.len(), &roster.persons), (2, &before.persons));
}

#[test]
fn what_would_not_fit_together_is_refused_with_its_faults() {
    let used = Amendment::Remove { section: Section::Persons, at: 0 };
    let faults = change(SAMPLE, &used).unwrap_err();
    assert!(faults.0.iter().any(|fault| fault.key == "duties[0].person"), "{faults}");
    let bad = [("person", "nobody"), ("first", "2026-12-04"), ("last", "2026-12-01")];
    let faults = change(SAMPLE, &put(Section::Absences, None, &bad)).unwrap_err();
    let keys: Vec<&str> = faults.0.iter().map(|fault| fault.key.as_str()).collect();
    assert_eq!(keys, ["absences[1].person", "absences[1].last"]);
}
