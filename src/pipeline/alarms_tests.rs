//! Tests of when people are warned, and that they are told once.

use super::BREACH;
use super::Config;
use super::change;
use super::level;
use super::troubles;
use crate::domain::calendar::LocalTime;
use crate::store::Alarm;
use crate::store::AlarmChange;
use crate::store::OpenForCause;
use jiff::Timestamp;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn open(oldest_at: &str) -> OpenForCause {
    let local_time = LocalTime::named("Europe/Stockholm").unwrap();
    OpenForCause {
        purpose: "confirmation".to_owned(),
        reason: "noCaseworker".to_owned(),
        count: 2,
        oldest_at: at(oldest_at),
        due_at: local_time.due_same_day(at(oldest_at)),
    }
}

#[test]
fn a_trouble_grows_after_half_an_hour_at_three_at_eight_and_at_midnight() {
    let (config, local_time) = (Config::default(), LocalTime::named("Europe/Stockholm").unwrap());
    for (came, now, expected) in [
        ("2026-11-03T08:00:00Z", "2026-11-03T08:29:59Z", 0),
        ("2026-11-03T08:00:00Z", "2026-11-03T08:30:00Z", 1),
        ("2026-11-03T08:00:00Z", "2026-11-03T13:59:59Z", 1),
        ("2026-11-03T08:00:00Z", "2026-11-03T14:00:00Z", 2),
        ("2026-11-03T13:59:00Z", "2026-11-03T14:00:00Z", 1),
        ("2026-11-03T08:00:00Z", "2026-11-03T19:00:00Z", 3),
        ("2026-11-03T19:30:00Z", "2026-11-03T19:31:00Z", 0),
        ("2026-11-03T08:00:00Z", "2026-11-03T22:59:59Z", 3),
        ("2026-11-03T08:00:00Z", "2026-11-03T23:00:00Z", BREACH),
        ("2026-10-25T00:30:00Z", "2026-10-25T14:00:00Z", 2),
    ] {
        assert_eq!(level(&config, &open(came), at(now), &local_time), expected, "{came} {now}");
    }
}

#[test]
fn people_are_told_once_when_it_begins_when_it_grows_and_when_it_ends() {
    let known = |level| Alarm { cause: "c".to_owned(), since: Timestamp::UNIX_EPOCH, level };
    let raised = |change: Option<AlarmChange>| match change {
        Some(AlarmChange::Raised { level, .. }) => Some(level),
        Some(AlarmChange::Ended { .. }) => Some(0),
        None => None,
    };
    for (level, before, expected) in [
        (0, None, None),
        (1, None, Some(1)),
        (1, Some(1), None),
        (3, Some(1), Some(3)),
        (1, Some(3), None),
        (0, Some(3), Some(0)),
    ] {
        let before = before.map(known);
        assert_eq!(raised(change("c", level, before.as_ref())), expected, "{level} {before:?}");
    }
}

#[test]
fn what_is_left_of_one_day_hides_nothing_of_the_next() {
    let (config, local_time) = (Config::default(), LocalTime::named("Europe/Stockholm").unwrap());
    let now = at("2026-11-04T08:30:00Z");
    let open = [open("2026-11-03T08:00:00Z"), open("2026-11-04T07:55:00Z")];
    let found = troubles(&config, &open, (0, 0), now, &local_time);
    let told: Vec<(&str, i64)> = found.iter().map(|one| (one.key.as_str(), one.level)).collect();
    assert_eq!(
        told,
        [
            ("confirmation.noCaseworker 2026-11-03", BREACH),
            ("confirmation.noCaseworker 2026-11-04", 1),
            ("roster.holes", 0),
        ]
    );
}
