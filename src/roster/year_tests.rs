//! Whole years, hour by hour: someone is always named while the roster is full, and where it has holes they are where they were
//! foretold. What should be is told a second time here, by other means.

use crate::roster::Roster;
use crate::roster::duty::Duty;
use crate::roster::holes::Hole;
use crate::roster::hours::Weeks;
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
use proptest::prop_assert;
use proptest::prop_assert_eq;
use proptest::proptest;
use proptest::sample::select;
use proptest::test_runner::Config;
use proptest::test_runner::TestCaseError;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// Days off of the almanac that are no plain Sundays, with the three eves.
const DAYS_OFF: [(i16, &str); 4] = [
    (
        2026,
        "01-01 01-06 04-03 04-05 04-06 05-01 05-14 05-24 06-06 06-19 06-20 10-31 12-24 12-25 12-26 12-31",
    ),
    (2027, "01-01 01-06"),
    (
        2028,
        "01-01 01-06 04-14 04-16 04-17 05-01 05-25 06-04 06-06 06-23 06-24 11-04 12-24 12-25 12-26 12-31",
    ),
    (2029, "01-01 01-06"),
];

fn off(day: Date) -> bool {
    let (_, days) = DAYS_OFF.iter().find(|(year, _)| *year == day.year()).expect("a year");
    days.contains(&day.strftime("%m-%d").to_string())
}

fn is_working(day: Date) -> bool {
    !off(day) && !["Sat", "Sun"].contains(&day.strftime("%a").to_string().as_str())
}

/// Every hour from the first instant of a year to its last.
fn hours(year: i16) -> impl Iterator<Item = Zoned> {
    let first = sweden().start_of(date(year, 1, 1));
    let hours = (0..367 * 24).map(move |n| first + SignedDuration::from_hours(n));
    let zone = jiff::tz::TimeZone::get("Europe/Stockholm").expect("the zone");
    hours.map(move |at| at.to_zoned(zone.clone())).take_while(move |at| at.year() == year)
}

fn holds(duty: &Duty, day: Date) -> bool {
    let week: i32 = day.strftime("%V").to_string().parse().expect("a week");
    let in_week = match duty.weeks {
        Weeks::All => true,
        Weeks::Odd => week % 2 == 1,
        Weeks::Even => week % 2 == 0,
        Weeks::Every(weeks) => {
            let monday =
                |day: Date| day.tomorrow().unwrap().nth_weekday(-1, jiff::civil::Weekday::Monday);
            let (first, this) = (duty.first.expect("a first day"), monday(day).unwrap());
            let mut mondays = monday(first).unwrap().series(i64::from(weeks).weeks());
            mondays.find(|monday| *monday >= this) == Some(this)
        }
    };
    let word = day.strftime("%a").to_string().to_lowercase();
    let after = duty.first.is_none() || duty.first <= Some(day);
    let before = duty.last.is_none() || duty.last >= Some(day);
    let holiday = off(day) && !duty.holidays;
    in_week && after && before && !holiday && duty.weekdays.words().contains(&word.as_str())
}

fn is_away(roster: &Roster, person: &str, day: Date) -> bool {
    let mine = roster.absences.iter().filter(|absence| absence.person == person);
    mine.into_iter().any(|absence| (absence.first..=absence.last).contains(&day))
}

/// Who is there on a day: from and to as `08:30`, the place in the file, the person; in the order in which they are named.
fn there(roster: &Roster, unit: &str, day: Date) -> Vec<(String, String, usize, String)> {
    let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    let mut all = Vec::new();
    for duty in roster.duties.iter().filter(|duty| duty.unit == unit && holds(duty, day)) {
        all.push((duty.person.clone(), duty.hours));
    }
    for extra in roster.extra.iter().filter(|extra| extra.unit == unit && extra.date == day) {
        all.push((extra.person.clone(), extra.hours));
    }
    let mut there = Vec::new();
    for (place, (mut person, hours)) in all.into_iter().enumerate() {
        let key = (unit, day, person.as_str());
        let swap =
            roster.swaps.iter().find(|s| (s.unit.as_str(), s.date, s.instead_of.as_str()) == key);
        if let Some(swap) = swap {
            person = swap.person.clone();
        }
        if !is_away(roster, &person, day) {
            there.push((clock(hours.from()), clock(hours.to()), place, person));
        }
    }
    there.sort_by_key(|(from, _, place, _)| (from.clone(), *place));
    there
}

/// Who is there on each day of a year and of the fortnight after it.
type Days = BTreeMap<Date, Vec<(String, String, usize, String)>>;

fn days(roster: &Roster, unit: &str, year: i16) -> Days {
    let days = date(year, 1, 1).series(1.day()).take(366 + 15);
    days.map(|day| (day, there(roster, unit, day))).collect()
}

/// The rule of `Roster::named` in other words.
fn by_hand(roster: &Roster, unit: &str, days: &Days, at: &Zoned) -> Option<(String, Because)> {
    let (today, clock) = (at.date(), format!("{:02}:{:02}", at.hour(), at.minute()));
    let people = &days[&today];
    let mut on_duty = people.iter().filter(|(from, to, _, _)| *from <= clock && clock < *to);
    if let Some((_, _, _, person)) = on_duty.next() {
        return Some((person.clone(), Because::OnDuty));
    }
    let mut ahead = Vec::new();
    for (day, people) in days.range(today..).take(15) {
        let mut coming = people.iter().filter(|(from, ..)| *day > today || *from > clock);
        let first = coming.next().map(|(_, _, _, person)| person.clone());
        if is_working(*day) && (first.is_some() || people.is_empty()) {
            ahead.push((*day, first));
        }
    }
    let (counting, first) = ahead.first()?;
    if let Some(person) = first {
        return Some((person.clone(), Because::NextWorkingDay(*counting)));
    }
    let own = roster.units.iter().find(|desk| desk.id == unit);
    for deputy in [own.and_then(|desk| desk.deputy.clone()), roster.deputy.clone()] {
        let Some(deputy) = deputy else { continue };
        if !is_away(roster, &deputy, today) && !is_away(roster, &deputy, *counting) {
            return Some((deputy, Because::Deputy));
        }
    }
    ahead.iter().find_map(|(day, person)| Some((person.clone()?, Because::NextWorkingDay(*day))))
}

/// Fails unless who is named, the holes and the instants without anybody are those found by trying every hour of the year.
fn check(roster: &Roster, year: i16) -> Result<(), TestCaseError> {
    let length = u16::try_from(date(year, 1, 1).days_in_year()).unwrap();
    let (first, sweden) = (date(year, 1, 1), sweden());
    for unit in UNITS {
        let holes = roster.holes(&[unit], first, length);
        let unnamed = roster.unnamed(&[unit], first, length);
        let days = days(roster, unit, year);
        let mut staffed = BTreeSet::new();
        for at in hours(year) {
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

proptest! {
    #![proptest_config(Config { cases: 12, ..Config::default() })]

    #[test]
    fn holes_are_where_they_were_foretold_whatever_the_roster(
        roster in some_roster(),
        year in select(vec![2026, 2028]),
    ) {
        check(&roster, year)?;
    }

    /// Two share each day, and only one of them is ever away.
    #[test]
    fn with_a_full_roster_someone_who_is_there_is_always_named(
        absences in vec((0..800_i64, 0..40_i64), 0..40),
    ) {
        let mut roster = small();
        (roster.deputy, roster.units[0].deputy) = (None, None);
        roster.duties = vec![duty("mottagning", "anna", 8, 17), duty("mottagning", "bo", 8, 17)];
        let first = |days: i64| date(2026, 1, 1) + days.days();
        let absences = absences.into_iter();
        let absences = absences.map(|(from, days)| away("anna", first(from), first(from + days)));
        roster.absences = absences.collect();
        let local = sweden();
        for year in [2026, 2028] {
            for at in hours(year) {
                let named = roster.named("mottagning", at.timestamp(), &local);
                let named = named.expect("someone");
                let day = match named.because {
                    Because::OnDuty => at.date(),
                    Because::NextWorkingDay(day) => day,
                    Because::Deputy => unreachable!("there is no deputy"),
                };
                prop_assert!(!is_away(&roster, &named.person.id, day), "{}", at);
                let in_hours = is_working(at.date()) && (8..17).contains(&at.hour());
                prop_assert_eq!(named.because == Because::OnDuty, in_hours, "{}", at);
            }
            prop_assert!(roster.holes(&["mottagning"], date(year, 1, 1), 366).is_empty());
            prop_assert!(roster.unnamed(&["mottagning"], date(year, 1, 1), 366).is_empty());
        }
    }
}

#[test]
fn the_year_has_all_its_hours() {
    assert_eq!(hours(2026).count(), 365 * 24);
    assert_eq!(hours(2028).count(), 366 * 24);
    for day in [date(2026, 6, 19), date(2028, 2, 29), date(2028, 12, 26)] {
        assert!(hours(day.year()).any(|at| at.date() == day), "{day}");
    }
}
