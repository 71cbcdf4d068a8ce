//! Rosters for tests: one that is whole, and any that people could write.

use crate::domain::calendar::LocalTime;
use crate::domain::masked::Masked;
use crate::roster::Desk;
use crate::roster::Official;
use crate::roster::Person;
use crate::roster::Roster;
use crate::roster::duty::Absence;
use crate::roster::duty::Duty;
use crate::roster::duty::ExtraDuty;
use crate::roster::duty::Swap;
use crate::roster::hours::Hours;
use crate::roster::hours::Weekdays;
use crate::roster::hours::Weeks;
use jiff::Timestamp;
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::civil::Weekday;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::Just;
use proptest::prelude::Strategy;
use proptest::prelude::any;
use proptest::prop_oneof;
use proptest::sample::select;

/// Units that rosters are about; the last one is in none of them.
pub(super) const UNITS: [&str; 3] = ["mottagning", "barn", "glomd"];

/// A person and a unit, on lines 1 to 8.
pub(super) const HEAD: &str = "[[persons]]\nid = \"anna\"\nname = \"Testa Testsson\"\ntelephone = \"040-000 00 01\"\n\
                    mail = \"testa@exempel.example\"\n[[units]]\nid = \"mottagning\"\ntelephone = \"040-000 00 10\"\n";

pub(super) fn sweden() -> LocalTime {
    LocalTime::named("Europe/Stockholm").expect("the zone")
}

/// An instant at a local time such as `2026-06-19 08:30`.
pub(super) fn local(text: &str) -> Timestamp {
    let (day, time) = text.split_once(' ').expect("a day and a time");
    let time = format!("{time}:00").parse().expect("a time");
    sweden().at(day.parse().expect("a day"), time).expect("an instant").timestamp()
}

pub(super) fn person(id: &str) -> Person {
    let caseworker = Official {
        name: Masked::new(format!("Testa {id}")),
        telephone: Masked::new("040-000 00 00"),
        mail: Masked::new(format!("{id}@exempelkommun.example")),
        title_sv: None,
        title_en: None,
    };
    Person { id: id.to_owned(), caseworker }
}

pub(super) fn hours(from: u16, to: u16) -> Hours {
    Hours::new(from, to).expect("hours")
}

pub(super) fn duty(unit: &str, person: &str, from: u16, to: u16) -> Duty {
    Duty {
        unit: unit.to_owned(),
        person: person.to_owned(),
        weekdays: Weekdays::WORKING,
        hours: hours(from * 60, to * 60),
        first: None,
        last: None,
        weeks: Weeks::All,
        holidays: false,
    }
}

pub(super) fn away(person: &str, first: Date, last: Date) -> Absence {
    Absence { person: person.to_owned(), first, last }
}

/// `anna` and `bo` share the days of `mottagning`; `cecilia` stands in there, `eva` everywhere.
pub(super) fn small() -> Roster {
    let desk = |id: &str, deputy: Option<&str>| Desk {
        id: id.to_owned(),
        telephone: "040-000 00 10".to_owned(),
        deputy: deputy.map(str::to_owned),
    };
    Roster {
        deputy: Some("eva".to_owned()),
        persons: ["anna", "bo", "cecilia", "eva"].map(person).to_vec(),
        units: vec![desk("mottagning", Some("cecilia")), desk("barn", None)],
        duties: vec![duty("mottagning", "bo", 12, 17), duty("mottagning", "anna", 8, 13)],
        ..Roster::default()
    }
}

fn some_person() -> impl Strategy<Value = String> {
    select(vec!["anna", "bo", "cecilia", "david", "eva"]).prop_map(str::to_owned)
}

fn some_unit() -> impl Strategy<Value = String> {
    select(UNITS[..2].to_vec()).prop_map(str::to_owned)
}

fn some_day() -> impl Strategy<Value = Date> {
    (0..1200_i64).prop_map(|day| jiff::civil::date(2026, 1, 1) + day.days())
}

/// Whole hours, so that trying every hour misses nothing.
fn some_hours() -> impl Strategy<Value = Hours> {
    (0..24_u16, 1..=12_u16)
        .prop_map(|(from, length)| hours(from * 60, (from + length).min(24) * 60))
}

fn some_weekdays() -> impl Strategy<Value = Weekdays> {
    let all = [
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
        Weekday::Saturday,
        Weekday::Sunday,
    ];
    prop_oneof![
        Just(Weekdays::WORKING),
        vec(select(all.to_vec()), 1..5).prop_map(Weekdays::of),
        Just(Weekdays::of(all)),
    ]
}

fn some_duty() -> impl Strategy<Value = Duty> {
    let weeks = prop_oneof![
        4 => Just(Weeks::All),
        1 => Just(Weeks::Odd),
        1 => Just(Weeks::Even),
        1 => (2..6_u8).prop_map(Weeks::Every),
    ];
    let span = option::of((some_day(), option::of(0..400_i64)));
    let who = (some_unit(), some_person());
    (who, some_weekdays(), some_hours(), span, weeks, any::<bool>()).prop_map(
        |((unit, person), weekdays, hours, span, weeks, holidays)| {
            let first = span.map(|(first, _)| first);
            let last = span.and_then(|(first, length)| Some(first + length?.days()));
            let weeks = if first.is_none() && matches!(weeks, Weeks::Every(_)) {
                Weeks::All
            } else {
                weeks
            };
            Duty { unit, person, weekdays, hours, first, last, weeks, holidays }
        },
    )
}

fn some_absence() -> impl Strategy<Value = Absence> {
    (some_person(), some_day(), 0..60_i64).prop_map(|(person, first, days)| Absence {
        person,
        first,
        last: first + days.days(),
    })
}

fn some_extra() -> impl Strategy<Value = ExtraDuty> {
    (some_unit(), some_person(), some_day(), some_hours())
        .prop_map(|(unit, person, date, hours)| ExtraDuty { unit, person, date, hours })
}

fn some_swaps() -> impl Strategy<Value = Vec<Swap>> {
    let swap = (some_unit(), some_day(), some_person(), some_person());
    let swap = swap.prop_filter("two persons", |(_, _, one, other)| one != other);
    vec(swap, 0..60).prop_map(|swaps| {
        let mut seen = std::collections::BTreeSet::new();
        let swaps = swaps.into_iter();
        let swaps = swaps.filter(|(unit, date, instead_of, _)| {
            seen.insert((unit.clone(), *date, instead_of.clone()))
        });
        let swaps =
            swaps.map(|(unit, date, instead_of, person)| Swap { unit, date, instead_of, person });
        swaps.collect()
    })
}

/// A name as people have them, with what TOML must quote.
fn some_name() -> impl Strategy<Value = Masked> {
    "[A-Za-zÅÄÖåäöéü\"'\\\\#=\\[\\]{}.,🏠 -]{1,40}"
        .prop_map(|name| format!("T{}", name.trim_end()))
        .prop_map(Masked::new)
}

/// Any roster that fits together, over the years 2026 to 2029.
pub(super) fn some_roster() -> impl Strategy<Value = Roster> {
    let names = vec((some_name(), option::of("[a-zåäö]{1,20}")), 5);
    let persons = names.prop_map(|names| {
        let ids = ["anna", "bo", "cecilia", "david", "eva"];
        let persons = ids.into_iter().zip(names).map(|(id, (name, title))| {
            let mut person = person(id);
            person.caseworker.name = name;
            person.caseworker.title_en = title.clone();
            person.caseworker.title_sv = title;
            person
        });
        persons.collect::<Vec<_>>()
    });
    let deputies = vec(option::of(some_person()), 3);
    let exceptions = (vec(some_absence(), 0..25), vec(some_extra(), 0..20), some_swaps());
    (persons, deputies, vec(some_duty(), 0..7), exceptions).prop_map(
        |(persons, deputies, duties, (absences, extra, swaps))| {
            let desks = UNITS.iter().zip(&deputies).take(2).map(|(id, deputy)| Desk {
                id: (*id).to_owned(),
                telephone: "040-000 00 10".to_owned(),
                deputy: deputy.clone(),
            });
            let units = desks.collect();
            let deputy = deputies.get(2).cloned().flatten();
            Roster { deputy, persons, units, duties, absences, extra, swaps }
        },
    )
}
