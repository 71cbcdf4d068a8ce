//! The roster's rules told a second time, by other means than the room's own: what tests hold it against.

use crate::roster::Roster;
use crate::roster::duty::Duty;
use crate::roster::hours::Weeks;
use crate::roster::naming::Because;
use jiff::ToSpan;
use jiff::Zoned;
use jiff::civil::Date;
use jiff::civil::Weekday;
use std::collections::BTreeMap;

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

/// A working day by the almanac.
pub(super) fn is_working(day: Date) -> bool {
    !off(day) && !["Sat", "Sun"].contains(&day.strftime("%a").to_string().as_str())
}

fn holds(duty: &Duty, day: Date) -> bool {
    let week: i32 = day.strftime("%V").to_string().parse().expect("a week");
    let in_week = match duty.weeks {
        Weeks::All => true,
        Weeks::Odd => week % 2 == 1,
        Weeks::Even => week % 2 == 0,
        Weeks::Every(weeks) => {
            let monday = |day: Date| day.tomorrow().unwrap().nth_weekday(-1, Weekday::Monday);
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

/// Whether a person is away.
pub(super) fn is_away(roster: &Roster, person: &str, day: Date) -> bool {
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

/// Who is there on each day.
pub(super) type Days = BTreeMap<Date, Vec<(String, String, usize, String)>>;

/// Who is there on so many days and on the fortnight after them.
pub(super) fn days(roster: &Roster, unit: &str, first: Date, length: u16) -> Days {
    let days = first.series(1.day()).take(usize::from(length) + 15);
    days.map(|day| (day, there(roster, unit, day))).collect()
}

/// The rule of `Roster::named` in other words.
pub(super) fn by_hand(
    roster: &Roster,
    unit: &str,
    days: &Days,
    at: &Zoned,
) -> Option<(String, Because)> {
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
