//! Who is named, case by case: on duty, after hours, on holidays, away, in a hole, on the days when the clock is changed.

use crate::roster::Roster;
use crate::roster::duty::Duty;
use crate::roster::duty::ExtraDuty;
use crate::roster::duty::Swap;
use crate::roster::hours::Weekdays;
use crate::roster::hours::Weeks;
use crate::roster::made_up::away;
use crate::roster::made_up::duty;
use crate::roster::made_up::hours;
use crate::roster::made_up::local;
use crate::roster::made_up::small;
use crate::roster::made_up::sweden;
use crate::roster::naming::Because;
use jiff::SignedDuration;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::civil::Weekday;
use jiff::civil::date;

/// Who is named and why, as in `anna on duty`, `bo from 2026-06-22`, `eva deputy`, `nobody`.
fn named(roster: &Roster, unit: &str, at: Timestamp) -> String {
    let Some(named) = roster.named(unit, at, &sweden()) else { return "nobody".to_owned() };
    let because = match named.because {
        Because::OnDuty => "on duty".to_owned(),
        Because::NextWorkingDay(day) => format!("from {day}"),
        Because::Deputy => "deputy".to_owned(),
    };
    format!("{} {because}", named.person.id)
}

fn expect(roster: &Roster, table: &[(&str, &str)]) {
    for (at, expected) in table {
        assert_eq!(named(roster, "mottagning", local(at)), *expected, "{at}");
    }
}

#[test]
fn on_a_working_day_whoever_is_on_duty_is_named_and_later_whoever_comes_next() {
    expect(
        &small(),
        &[
            ("2026-11-24 00:00", "anna from 2026-11-24"),
            ("2026-11-24 07:59", "anna from 2026-11-24"),
            ("2026-11-24 08:00", "anna on duty"),
            // Both are on duty: hers began first, though his stands first in the file.
            ("2026-11-24 12:30", "anna on duty"),
            ("2026-11-24 13:00", "bo on duty"),
            ("2026-11-24 16:59", "bo on duty"),
            ("2026-11-24 17:00", "anna from 2026-11-25"),
            ("2026-11-24 23:59", "anna from 2026-11-25"),
            ("2026-11-27 17:00", "anna from 2026-11-30"),
            ("2026-11-28 10:00", "anna from 2026-11-30"),
            ("2026-11-29 23:59", "anna from 2026-11-30"),
        ],
    );
}

#[test]
fn a_break_within_a_working_day_is_bridged_by_whoever_comes_after_it() {
    let mut roster = small();
    roster.duties = vec![duty("mottagning", "anna", 8, 11), duty("mottagning", "bo", 13, 17)];
    expect(
        &roster,
        &[("2026-11-24 10:59", "anna on duty"), ("2026-11-24 11:00", "bo from 2026-11-24")],
    );
    // A duty of half an hour is over when it is over.
    roster.duties = vec![Duty { hours: hours(480, 510), ..duty("mottagning", "anna", 8, 9) }];
    expect(
        &roster,
        &[("2026-11-24 08:29", "anna on duty"), ("2026-11-24 08:30", "anna from 2026-11-25")],
    );
}

#[test]
fn of_two_duties_that_begin_together_the_first_in_the_file_counts() {
    let mut roster = small();
    roster.duties = vec![duty("mottagning", "bo", 8, 17), duty("mottagning", "anna", 8, 13)];
    expect(&roster, &[("2026-11-24 09:00", "bo on duty")]);
    roster.duties.reverse();
    expect(&roster, &[("2026-11-24 09:00", "anna on duty"), ("2026-11-24 14:00", "bo on duty")]);
}

#[test]
fn holidays_and_their_eves_are_bridged_to_the_next_working_day() {
    expect(
        &small(),
        &[
            ("2026-04-02 18:00", "anna from 2026-04-07"), // Maundy Thursday, after hours
            ("2026-05-14 10:00", "anna from 2026-05-15"), // Ascension
            ("2026-06-19 10:00", "anna from 2026-06-22"), // Midsummer Eve
            ("2026-06-20 10:00", "anna from 2026-06-22"),
            ("2026-12-23 17:00", "anna from 2026-12-28"),
            ("2026-12-24 10:00", "anna from 2026-12-28"),
            ("2026-12-31 10:00", "anna from 2027-01-04"),
            ("2028-02-28 17:00", "anna from 2028-02-29"), // the leap day is a Tuesday
            ("2028-02-29 12:00", "anna on duty"),
            ("2028-12-22 18:00", "anna from 2028-12-27"),
        ],
    );
}

#[test]
fn whoever_has_a_duty_on_a_day_off_is_named_on_it() {
    let mut roster = small();
    let saturday = Weekdays::of([Weekday::Saturday]);
    roster.duties.push(Duty { weekdays: saturday, ..duty("mottagning", "cecilia", 10, 14) });
    let sunday = Weekdays::of([Weekday::Sunday]);
    roster.duties.push(Duty { weekdays: sunday, ..duty("mottagning", "eva", 10, 14) });
    roster.duties.push(Duty { holidays: true, ..duty("mottagning", "bo", 9, 10) });
    expect(
        &roster,
        &[
            ("2026-11-28 09:00", "anna from 2026-11-30"), // the next working day's, until hers begins
            ("2026-11-28 10:00", "cecilia on duty"),
            ("2026-11-28 14:00", "anna from 2026-11-30"),
            ("2026-11-29 10:00", "eva on duty"), // a plain Sunday
            ("2026-04-05 10:00", "anna from 2026-04-07"), // Easter Sunday: not without `holidays`
            ("2026-06-20 10:00", "anna from 2026-06-22"), // Midsummer Day, a Saturday
            ("2026-06-19 09:30", "bo on duty"),
            ("2026-12-24 09:30", "bo on duty"),
        ],
    );
}

#[test]
fn in_a_hole_the_deputy_stands_in_and_is_at_work_then() {
    let day = date(2026, 11, 24);
    let mut roster = small();
    roster.absences = vec![away("anna", day, day), away("bo", day, day)];
    expect(
        &roster,
        &[
            ("2026-11-23 17:00", "cecilia deputy"), // the next working day is the hole
            ("2026-11-24 00:00", "cecilia deputy"),
            ("2026-11-24 12:00", "cecilia deputy"),
            ("2026-11-24 23:59", "cecilia deputy"),
            ("2026-11-25 00:00", "anna from 2026-11-25"),
        ],
    );
    roster.absences.push(away("cecilia", day, day));
    expect(&roster, &[("2026-11-23 17:00", "eva deputy"), ("2026-11-24 12:00", "eva deputy")]);
    assert_eq!(named(&roster, "barn", local("2026-11-24 12:00")), "eva deputy");
    // Nobody stands in: the first one back is named, and nobody when that is too far off.
    roster.absences.push(away("eva", day, date(2026, 12, 31)));
    expect(&roster, &[("2026-11-24 12:00", "anna from 2026-11-25")]);
    roster.absences.push(away("anna", day, date(2026, 12, 31)));
    roster.absences.push(away("bo", day, date(2026, 12, 8)));
    roster.absences.push(away("cecilia", day, date(2026, 12, 31)));
    expect(&roster, &[("2026-11-24 23:59", "nobody"), ("2026-11-25 00:00", "bo from 2026-12-09")]);
}

#[test]
fn a_deputy_who_is_away_on_the_day_itself_or_on_the_day_that_counts_is_passed_over() {
    let (friday, monday) = (date(2026, 11, 27), date(2026, 11, 30));
    let mut roster = small();
    roster.absences = vec![away("anna", monday, monday), away("bo", monday, monday)];
    expect(&roster, &[("2026-11-27 18:00", "cecilia deputy")]);
    for gone in [friday, monday] {
        let mut roster = roster.clone();
        roster.absences.push(away("cecilia", gone, gone));
        expect(&roster, &[("2026-11-27 18:00", "eva deputy")]);
    }
}

#[test]
fn exceptions_of_a_day_hold_on_that_day_and_whoever_is_away_has_none() {
    let mut roster = small();
    let on = |day: Date, person: &str, from: u16, to: u16| ExtraDuty {
        unit: "mottagning".to_owned(),
        person: person.to_owned(),
        date: day,
        hours: hours(from * 60, to * 60),
    };
    let swap = |day: Date, instead_of: &str, person: &str| Swap {
        unit: "mottagning".to_owned(),
        date: day,
        instead_of: instead_of.to_owned(),
        person: person.to_owned(),
    };
    roster.extra = vec![on(date(2026, 12, 24), "eva", 9, 12), on(date(2026, 12, 25), "bo", 9, 12)];
    roster.absences = vec![away("bo", date(2026, 12, 25), date(2026, 12, 25))];
    // Two who change with each other: nobody ends up with both duties.
    roster.swaps = vec![
        swap(date(2026, 11, 24), "anna", "bo"),
        swap(date(2026, 11, 24), "bo", "anna"),
        swap(date(2026, 11, 25), "anna", "cecilia"),
    ];
    expect(
        &roster,
        &[
            ("2026-12-24 09:30", "eva on duty"),
            ("2026-12-25 09:30", "anna from 2026-12-28"),
            ("2026-11-24 09:00", "bo on duty"),
            ("2026-11-24 14:00", "anna on duty"),
            ("2026-11-25 09:00", "cecilia on duty"),
            ("2026-11-26 09:00", "anna on duty"),
        ],
    );
    assert!(roster.idle_swaps().is_empty());
    // A duty that recurs goes before one of the day that begins with it.
    roster.extra.push(on(date(2026, 11, 26), "eva", 8, 17));
    expect(&roster, &[("2026-11-26 09:00", "anna on duty"), ("2026-11-26 13:00", "eva on duty")]);
    roster.swaps.push(swap(date(2026, 11, 28), "anna", "bo"));
    assert_eq!(roster.idle_swaps(), [&roster.swaps[3]]);
}

#[test]
fn weeks_are_counted_by_the_calendar_of_weeks() {
    let mut roster = small();
    let first = Some(date(2026, 1, 7)); // a Wednesday, in week 2
    let last = Some(date(2026, 6, 30));
    roster.duties = vec![
        Duty { weeks: Weeks::Odd, ..duty("mottagning", "anna", 8, 17) },
        Duty { weeks: Weeks::Even, ..duty("mottagning", "bo", 8, 17) },
        Duty { weeks: Weeks::Every(3), first, last, ..duty("mottagning", "cecilia", 7, 17) },
    ];
    expect(
        &roster,
        &[
            ("2026-01-05 10:00", "bo on duty"), // before the first day of every third week
            ("2026-01-09 10:00", "cecilia on duty"),
            ("2026-01-12 10:00", "anna on duty"),
            ("2026-01-19 10:00", "bo on duty"),
            ("2026-01-26 10:00", "cecilia on duty"), // the Monday, though the first day is a Wednesday
            ("2026-12-30 10:00", "anna on duty"),    // week 53
            ("2027-01-04 10:00", "anna on duty"),    // week 1 comes after it, odd as well
        ],
    );
}

#[test]
fn a_unit_that_the_roster_does_not_know_has_the_municipalitys_deputy() {
    assert_eq!(named(&small(), "glomd", local("2026-11-24 12:00")), "eva deputy");
    let mut roster = small();
    roster.deputy = None;
    assert_eq!(named(&roster, "glomd", local("2026-11-24 12:00")), "nobody");
    assert_eq!(named(&Roster::default(), "mottagning", local("2026-11-24 12:00")), "nobody");
}

#[test]
fn hours_are_those_of_the_clock_on_the_wall_when_it_is_changed() {
    let mut roster = small();
    let night = Duty { weekdays: Weekdays::of([Weekday::Sunday]), ..small().duties[0].clone() };
    roster.duties = vec![
        Duty { hours: hours(90, 150), person: "anna".to_owned(), ..night.clone() },
        Duty { hours: hours(150, 16 * 60), ..night },
    ];
    // In March the clock goes from 02.00 to 03.00: the hour in which the duties change hands does not exist.
    let table = [
        ("2026-03-29T00:29:00Z", "eva"), // 01.29; the others hold no duty on Mondays
        ("2026-03-29T00:30:00Z", "anna"),
        ("2026-03-29T00:59:59Z", "anna"), // 01.59
        ("2026-03-29T01:00:00Z", "bo"),   // 03.00
        ("2026-03-29T13:59:59Z", "bo"),   // 15.59
        ("2026-03-29T14:00:00Z", "eva"),
        // In October from 03.00 to 02.00: what holds from 02.00 to 02.30 holds twice.
        ("2026-10-24T23:29:00Z", "eva"),  // 01.29
        ("2026-10-24T23:30:00Z", "anna"), // 01.30
        ("2026-10-25T00:29:00Z", "anna"), // 02.29
        ("2026-10-25T00:30:00Z", "bo"),   // 02.30
        ("2026-10-25T01:00:00Z", "anna"), // 02.00 again
        ("2026-10-25T01:30:00Z", "bo"),   // 02.30 again
        ("2026-10-25T14:59:59Z", "bo"),   // 15.59
        ("2026-10-25T15:00:00Z", "eva"),
    ];
    roster.units[0].deputy = None;
    for (at, expected) in table {
        let named = roster.named("mottagning", at.parse().expect(at), &sweden());
        assert_eq!(named.map(|named| named.person.id).as_deref(), Some(expected), "{at}");
    }
}

#[test]
fn the_ends_of_the_calendar_are_no_trap() {
    let mut roster = small();
    roster.deputy = None;
    for at in [Timestamp::MIN, Timestamp::MAX, Timestamp::MAX - SignedDuration::from_hours(30)] {
        let _named = roster.named("mottagning", at, &sweden());
    }
    assert_eq!(roster.named_on("barn", Date::MAX, 600), None);
    assert!(roster.holes(&["barn"], Date::MAX, 9).len() <= 1);
    assert!(!roster.unnamed(&["barn"], Date::MAX, 9).is_empty());
}

#[test]
fn nothing_of_a_person_but_the_id_is_printed() {
    let printed =
        format!("{:?}", small().named("mottagning", local("2026-11-24 12:00"), &sweden()));
    assert!(printed.contains("anna") && !printed.contains("Testa") && !printed.contains("040"));
    assert!(!printed.contains('@'), "{printed}");
}
