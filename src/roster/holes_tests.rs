//! Holes of the roster, case by case: merged, sorted, with their cause and who stands in.

use crate::roster::Roster;
use crate::roster::holes::Cause;
use crate::roster::made_up::away;
use crate::roster::made_up::duty;
use crate::roster::made_up::small;
use crate::roster::naming::Because;
use jiff::civil::date;

/// Each hole as one line.
fn told(roster: &Roster, units: &[&str], day: (i16, i8, i8), days: u16) -> Vec<String> {
    let holes = roster.holes(units, date(day.0, day.1, day.2), days).into_iter();
    let holes = holes.map(|hole| {
        let cause = match hole.cause {
            Cause::NoDuty => "no duty".to_owned(),
            Cause::AllAway(persons) => format!("away {}", persons.join("+")),
        };
        let instead = hole.stands_in.map_or("nobody".to_owned(), |named| match named.because {
            Because::OnDuty => unreachable!("it is a hole"),
            Because::NextWorkingDay(day) => format!("{} from {day}", named.person.id),
            Because::Deputy => format!("{} deputy", named.person.id),
        });
        let (unit, days) = (hole.unit, hole.working_days);
        format!("{unit} {}..{} {days}d: {cause}, {instead}", hole.first, hole.last)
    });
    holes.collect()
}

#[test]
fn a_full_roster_has_no_holes() {
    assert_eq!(told(&small(), &["mottagning"], (2026, 12, 14), 30), [""; 0]);
    assert_eq!(small().unnamed(&["mottagning"], date(2026, 12, 14), 30), []);
}

#[test]
fn a_hole_goes_on_over_weekends_and_holidays_and_changes_with_cause_or_deputy() {
    let mut roster = small();
    roster.absences = vec![
        away("anna", date(2026, 12, 21), date(2027, 1, 5)),
        away("bo", date(2026, 12, 18), date(2027, 1, 8)),
        away("cecilia", date(2026, 12, 29), date(2026, 12, 29)),
    ];
    let expected = [
        "barn 2026-12-14..2027-01-08 15d: no duty, eva deputy",
        "mottagning 2026-12-21..2026-12-28 4d: away bo+anna, cecilia deputy",
        "mottagning 2026-12-29..2026-12-29 1d: away bo+anna, eva deputy",
        "mottagning 2026-12-30..2027-01-05 3d: away bo+anna, cecilia deputy",
    ];
    assert_eq!(told(&roster, &["mottagning", "barn"], (2026, 12, 14), 28), expected);
    // Only the days that were asked for.
    let expected = ["mottagning 2026-12-22..2026-12-23 2d: away bo+anna, cecilia deputy"];
    assert_eq!(told(&roster, &["mottagning"], (2026, 12, 22), 3), expected);
    assert_eq!(told(&roster, &["mottagning"], (2026, 12, 22), 0), [""; 0]);
}

#[test]
fn a_hole_ends_where_another_cause_begins() {
    let mut roster = small();
    roster.duties.truncate(1);
    roster.duties[0].last = Some(date(2026, 11, 24));
    roster.absences = vec![away("bo", date(2026, 11, 24), date(2026, 11, 24))];
    let expected = [
        "mottagning 2026-11-24..2026-11-24 1d: away bo, cecilia deputy",
        "mottagning 2026-11-25..2026-11-26 2d: no duty, cecilia deputy",
    ];
    assert_eq!(told(&roster, &["mottagning"], (2026, 11, 23), 4), expected);
}

#[test]
fn holes_of_one_day_stand_in_order_of_the_units() {
    let expected = [
        "glomd 2026-11-23..2026-11-24 2d: no duty, eva deputy",
        "barn 2026-11-23..2026-11-24 2d: no duty, eva deputy",
    ];
    assert_eq!(told(&small(), &["glomd", "mottagning", "barn"], (2026, 11, 23), 2), expected);
}

#[test]
fn a_hole_without_a_deputy_tells_who_is_back_first() {
    let mut roster = small();
    (roster.deputy, roster.units[0].deputy) = (None, None);
    roster.absences =
        ["anna", "bo"].map(|id| away(id, date(2026, 11, 24), date(2026, 11, 25))).to_vec();
    let expected = ["mottagning 2026-11-24..2026-11-25 2d: away bo+anna, anna from 2026-11-26"];
    assert_eq!(told(&roster, &["mottagning"], (2026, 11, 23), 14), expected);
    assert_eq!(roster.unnamed(&["mottagning"], date(2026, 11, 23), 14), []);
}

#[test]
fn when_nobody_is_left_it_is_told_from_which_hour_to_which() {
    let mut roster = small();
    (roster.deputy, roster.units[0].deputy) = (None, None);
    roster.duties = vec![duty("mottagning", "anna", 8, 17)];
    roster.duties[0].last = Some(date(2026, 11, 24));
    roster.absences = vec![away("anna", date(2026, 11, 24), date(2026, 11, 24))];
    roster.extra = vec![crate::roster::duty::ExtraDuty {
        unit: "mottagning".to_owned(),
        person: "bo".to_owned(),
        date: date(2026, 12, 9),
        hours: crate::roster::made_up::hours(9 * 60 + 30, 12 * 60),
    }];
    let spans: Vec<String> = roster
        .unnamed(&["mottagning"], date(2026, 11, 23), 18)
        .into_iter()
        .map(|span| format!("{} {}..{}", span.unit, span.from, span.until))
        .collect();
    // On duty to 17.00 on the 23rd; from the 25th on the 9th is near enough; after noon of the 9th nobody comes any more.
    let expected = [
        "mottagning 2026-11-23T17:00:00..2026-11-25T00:00:00",
        "mottagning 2026-12-09T12:00:00..2026-12-11T00:00:00",
    ];
    assert_eq!(spans, expected);
    let holes = told(&roster, &["mottagning"], (2026, 11, 24), 3);
    let expected = [
        "mottagning 2026-11-24..2026-11-24 1d: away anna, nobody",
        "mottagning 2026-11-25..2026-11-26 2d: no duty, bo from 2026-12-09",
    ];
    assert_eq!(holes, expected);
}
