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
        promised_at: None,
    }
}

#[test]
fn an_hour_that_was_promised_is_warned_of_and_only_the_days_end_is_a_breach() {
    let (config, local_time) = (Config::default(), LocalTime::named("Europe/Stockholm").unwrap());
    let promised_at = Some(at("2026-11-03T11:00:00Z"));
    let open = OpenForCause { promised_at, ..open("2026-11-03T08:00:00Z") };
    for (now, expected) in [
        ("2026-11-03T11:00:00Z", 1),
        ("2026-11-03T11:00:01Z", 2),
        ("2026-11-03T22:59:59Z", 4),
        ("2026-11-03T23:00:00Z", BREACH),
    ] {
        assert_eq!(level(&config, &open, at(now), &local_time), expected, "{now}");
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
        Some(AlarmChange::Revived { .. }) => panic!("only a person revives"),
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

#[test]
fn copies_for_the_protected_are_told_at_once_and_those_that_miss_the_post_before_it_goes() {
    let local_time = LocalTime::named("Europe/Stockholm").unwrap();
    let post = (vec![jiff::civil::time(14, 30, 0, 0)], jiff::SignedDuration::from_hours(1));
    let protected_mail = vec!["skyddade@kommun.example".to_owned()];
    let mail = vec!["jour@kommun.example".to_owned()];
    let config = Config { post, protected_mail, mail, ..Config::default() };
    let copy = |reason: &str| OpenForCause {
        purpose: "copy".to_owned(),
        reason: reason.to_owned(),
        ..open("2026-11-03T12:20:00Z")
    };
    let told = |reason: &str, now: &str| {
        let open = [copy(reason)];
        let found = troubles(&config, &open, (0, 0), at(now), &local_time);
        let grave = found.into_iter().filter(|trouble| trouble.level > 0);
        grave.map(|trouble| trouble.key).collect::<Vec<_>>()
    };
    let day = "2026-11-03";
    assert_eq!(told("protected", "2026-11-03T12:20:01Z"), [format!("copy.protected {day}")]);
    assert!(told("gate:sender", "2026-11-03T12:29:59Z").is_empty());
    assert_eq!(told("gate:sender", "2026-11-03T12:30:00Z"), [format!("copy.cutoff {day}")]);
    assert_eq!(
        told("gate:sender", "2026-11-03T13:00:00Z"),
        [format!("copy.cutoff {day}"), format!("copy.notSent {day}")]
    );
    assert_eq!(told("", "2026-11-03T12:30:00Z"), Vec::<String>::new(), "it is on its way");
    assert_eq!(told("gate:sender", "2026-11-04T08:00:00Z"), [format!("copy.notSent {day}")]);
    assert_eq!(config.told_of("copy.protected"), ["skyddade@kommun.example"]);
    assert_eq!(config.told_of("copy.notSent"), ["jour@kommun.example"]);
    let nobody = Config { protected_mail: Vec::new(), ..config.clone() };
    assert_eq!(nobody.told_of("copy.protected"), ["jour@kommun.example"]);
}
