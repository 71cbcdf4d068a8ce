//! Which day is reported when: each once, over both clock changes, and a weekend's outage hides none.

use super::Config;
use super::newest;
use super::next;
use crate::domain::calendar::LocalTime;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::civil::Time;

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

#[test]
fn yesterday_is_due_from_the_set_local_time_on_whatever_the_length_of_the_night() {
    let sweden = LocalTime::named("Europe/Stockholm").expect("the zone");
    let seven = Time::constant(7, 0, 0, 0);
    for (now, expected) in [
        ("2026-10-25T05:59:59Z", "2026-10-23"),
        ("2026-10-25T06:00:00Z", "2026-10-24"),
        ("2026-10-26T06:00:00Z", "2026-10-25"),
        ("2027-03-28T04:59:59Z", "2027-03-26"),
        ("2027-03-28T05:00:00Z", "2027-03-27"),
        ("2026-12-31T23:30:00Z", "2026-12-30"),
    ] {
        let now: Timestamp = now.parse().expect("a time");
        assert_eq!(newest(seven, &sweden, now), Some(day(expected)), "{now}");
    }
    // An hour that the clock skips: as far past the gap.
    let skipped = Time::constant(2, 30, 0, 0);
    let before: Timestamp = "2027-03-28T01:29:59Z".parse().expect("a time");
    let after: Timestamp = "2027-03-28T01:30:00Z".parse().expect("a time");
    assert_eq!(newest(skipped, &sweden, before), Some(day("2027-03-26")));
    assert_eq!(newest(skipped, &sweden, after), Some(day("2027-03-27")));
}

#[test]
fn each_day_is_reported_once_and_an_outage_hides_none_of_the_last_week() {
    let newest = day("2026-11-20");
    let long_ago = day("2026-01-01");
    for (last, first, expected) in [
        (None, long_ago, Some("2026-11-20")),
        (None, newest, Some("2026-11-20")),
        (None, day("2026-11-21"), None),
        (Some("2026-11-20"), long_ago, None),
        (Some("2026-11-19"), long_ago, Some("2026-11-20")),
        (Some("2026-11-16"), long_ago, Some("2026-11-17")),
        (Some("2026-06-01"), long_ago, Some("2026-11-14")),
        (Some("2026-11-25"), long_ago, None),
    ] {
        assert_eq!(next(newest, last.map(day), first), expected.map(day), "{last:?}");
    }
}

#[test]
fn an_address_that_takes_no_mail_is_a_fault_with_its_key() {
    let config: Config =
        toml::from_str("at = \"06:30\"\nmail = [\"chef@kommun.example\", \"nowhere\"]")
            .expect("a section");
    let faults = config.faults();
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].0, "report.mail.1");
    assert!(!faults[0].1.contains("nowhere"));
}
