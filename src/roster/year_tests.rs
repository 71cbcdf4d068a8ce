//! Whole years, hour by hour: someone is always named while the roster is full, and where it has holes they are where they were
//! foretold. What should be is told a second time by `by_hand`.

use crate::roster::Roster;
use crate::roster::by_hand::by_hand;
use crate::roster::by_hand::days;
use crate::roster::by_hand::is_away;
use crate::roster::by_hand::is_working;
use crate::roster::holes::Hole;
use crate::roster::made_up::UNITS;
use crate::roster::made_up::away;
use crate::roster::made_up::duty;
use crate::roster::made_up::small;
use crate::roster::made_up::some_roster;
use crate::roster::made_up::sweden;
use crate::roster::naming::Because;
use jiff::SignedDuration;
use jiff::ToSpan;
use jiff::Zoned;
use jiff::civil::Date;
use jiff::civil::date;
use proptest::collection::vec;
use proptest::prelude::Strategy;
use proptest::prop_assert;
use proptest::prop_assert_eq;
use proptest::proptest;
use proptest::sample::select;
use proptest::test_runner::Config;
use proptest::test_runner::TestCaseError;
use std::collections::BTreeSet;

/// Every hour from the first instant of a day, for so many days.
fn hours(first: Date, days: u16) -> impl Iterator<Item = Zoned> {
    let begins = sweden().start_of(first);
    let zone = jiff::tz::TimeZone::get("Europe/Stockholm").expect("the zone");
    let hours = (0..i64::from(days) * 24 + 1).map(move |n| begins + SignedDuration::from_hours(n));
    let end = first + i64::from(days).days();
    hours.map(move |at| at.to_zoned(zone.clone())).take_while(move |at| at.date() < end)
}

fn days_of(year: i16) -> (Date, u16) {
    let first = date(year, 1, 1);
    (first, u16::try_from(first.days_in_year()).expect("a number of days"))
}

/// Fails unless who is named, the holes and the instants without anybody are those found by trying every hour.
fn check(roster: &Roster, first: Date, length: u16) -> Result<(), TestCaseError> {
    let sweden = sweden();
    for unit in UNITS {
        let holes = roster.holes(&[unit], first, length);
        let unnamed = roster.unnamed(&[unit], first, length);
        let days = days(roster, unit, first, length);
        let mut staffed = BTreeSet::new();
        for at in hours(first, length) {
            let named = roster.named(unit, at.timestamp(), &sweden);
            let named = named.map(|named| (named.person.id, named.because));
            let expected = by_hand(roster, unit, &days, &at);
            prop_assert_eq!(&named, &expected, "{} {}", unit, at);
            let now = at.datetime();
            let foretold = unnamed.iter().filter(|span| span.from <= now && now < span.until);
            prop_assert_eq!(foretold.count(), usize::from(named.is_none()), "{} {}", unit, at);
            let Some((person, because)) = named else { continue };
            let there_on = match because {
                Because::OnDuty | Because::Deputy => at.date(),
                Because::NextWorkingDay(day) => day,
            };
            prop_assert!(!is_away(roster, &person, there_on), "{} {} {}", unit, person, at);
            if because == Because::OnDuty {
                staffed.insert(there_on);
            }
        }
        let days = first.series(1.day()).take(usize::from(length)).filter(|day| is_working(*day));
        let found: BTreeSet<Date> = days.filter(|day| !staffed.contains(day)).collect();
        prop_assert_eq!(told(roster, &holes)?, found, "{}", unit);
    }
    Ok(())
}

/// The working days of the holes of a unit; on each of them who stands in is named at noon.
fn told(roster: &Roster, holes: &[Hole]) -> Result<BTreeSet<Date>, TestCaseError> {
    let mut all = BTreeSet::new();
    for hole in holes {
        let days = hole.first.series(1.day()).take_while(|day| *day <= hole.last);
        let days: Vec<Date> = days.filter(|day| is_working(*day)).collect();
        prop_assert_eq!(days.len(), usize::from(hole.working_days), "{:?}", hole);
        for day in days {
            prop_assert!(all.insert(day), "told twice: {:?}", hole);
            let noon = sweden().at(day, jiff::civil::time(12, 0, 0, 0)).unwrap();
            let named = roster.named(&hole.unit, noon.timestamp(), &sweden());
            prop_assert_eq!(&named, &hole.stands_in, "{:?} on {}", hole, day);
        }
    }
    Ok(all)
}

/// Weeks with something in them: the clock is changed, the leap day, Easter, Ascension, Midsummer, Christmas, New Year.
fn some_week() -> impl Strategy<Value = Date> {
    let days = [
        date(2026, 3, 26),
        date(2026, 4, 1),
        date(2026, 10, 22),
        date(2026, 12, 21),
        date(2026, 12, 29),
        date(2028, 2, 25),
        date(2028, 3, 23),
        date(2028, 5, 23),
        date(2028, 6, 20),
        date(2028, 10, 26),
        date(2028, 12, 28),
    ];
    select(days.to_vec())
}

proptest! {
    #![proptest_config(Config { cases: 48, ..Config::default() })]

    #[test]
    fn in_a_week_with_something_in_it_holes_are_where_they_were_foretold(
        roster in some_roster(),
        first in some_week(),
    ) {
        check(&roster, first, 6)?;
    }
}

proptest! {
    #![proptest_config(Config { cases: 2, ..Config::default() })]

    #[test]
    fn in_a_whole_year_holes_are_where_they_were_foretold(
        roster in some_roster(),
        year in select(vec![2026, 2028]),
    ) {
        let (first, days) = days_of(year);
        check(&roster, first, days)?;
    }

    /// Two share each day, and only one of them is ever away.
    #[test]
    fn with_a_full_roster_someone_who_is_there_is_always_named(
        absences in vec((0..800_i64, 0..40_i64), 20..40),
    ) {
        let mut roster = small();
        (roster.deputy, roster.units[0].deputy) = (None, None);
        roster.duties = vec![duty("mottagning", "anna", 8, 17), duty("mottagning", "bo", 8, 17)];
        let day = |days: i64| date(2026, 1, 1) + days.days();
        let absences = absences.into_iter();
        let absences = absences.map(|(from, days)| away("anna", day(from), day(from + days)));
        roster.absences = absences.collect();
        let local = sweden();
        for (first, days) in [days_of(2026), days_of(2028)] {
            for at in hours(first, days) {
                let named = roster.named("mottagning", at.timestamp(), &local).expect("someone");
                let day = match named.because {
                    Because::OnDuty => at.date(),
                    Because::NextWorkingDay(day) => day,
                    Because::Deputy => unreachable!("there is no deputy"),
                };
                prop_assert!(!is_away(&roster, &named.person.id, day), "{}", at);
                let in_hours = is_working(at.date()) && (8..17).contains(&at.hour());
                prop_assert_eq!(named.because == Because::OnDuty, in_hours, "{}", at);
            }
            prop_assert!(roster.holes(&["mottagning"], first, days).is_empty());
            prop_assert!(roster.unnamed(&["mottagning"], first, days).is_empty());
        }
    }
}

#[test]
fn a_year_has_all_its_hours_and_days() {
    for (year, days) in [(2026, 365_u16), (2028, 366)] {
        let (first, length) = days_of(year);
        let all: Vec<Zoned> = hours(first, length).collect();
        assert_eq!((length, all.len()), (days, usize::from(days) * 24));
        let count = |day: Date| all.iter().filter(|at| at.date() == day).count();
        let (short, long) = match year {
            2026 => (date(2026, 3, 29), date(2026, 10, 25)),
            _ => (date(2028, 3, 26), date(2028, 10, 29)),
        };
        assert_eq!((count(short), count(long)), (23, 25));
        assert_eq!(count(date(year, 12, 31)), 24);
    }
    assert!(hours(date(2028, 2, 28), 2).any(|at| at.date() == date(2028, 2, 29)));
}
