//! Swedish days: local arrival days, end of the day, periods in weeks (SFS 1930:173).
//!
//! A message has arrived on the local day on which it reached the municipality, at any hour (FL 22 §, NJA 2024 s. 3), and what
//! is due the same day is due when that local day ends. What is computed here are hints for people, never legal decisions.

use crate::domain::holidays::counts_as_holiday;
use jiff::SignedDuration;
use jiff::Timestamp;
use jiff::ToSpan;
use jiff::Zoned;
use jiff::civil::Date;
use jiff::civil::DateTime;
use jiff::civil::Time;
use jiff::civil::Weekday;
use jiff::tz::TimeZone;

/// The municipality's time zone and what follows from it.
#[derive(Clone, Debug)]
pub struct LocalTime {
    zone: TimeZone,
}

impl LocalTime {
    /// By IANA name, such as `Europe/Stockholm`; `None` when there is no such zone.
    pub fn named(name: &str) -> Option<Self> {
        Some(Self { zone: TimeZone::get(name).ok()? })
    }

    /// The local day of an instant.
    pub fn day_of(&self, at: Timestamp) -> Date {
        at.to_zoned(self.zone.clone()).date()
    }

    /// The first instant of a local day.
    pub fn start_of(&self, day: Date) -> Timestamp {
        day.to_zoned(self.zone.clone())
            .and_then(|zoned| zoned.start_of_day())
            .map_or(Timestamp::MAX, |zoned| zoned.timestamp())
    }

    /// The last whole second of a local day (`23:59:59` as a rule): when what is due that day is due. The day may have 23 or 25
    /// hours.
    pub fn end_of(&self, day: Date) -> Timestamp {
        let Ok(next) = day.tomorrow() else { return Timestamp::MAX };
        let next = self.start_of(next);
        if next == Timestamp::MAX {
            return next;
        }
        next.checked_sub(SignedDuration::from_secs(1)).unwrap_or(Timestamp::MIN)
    }

    /// When what must be done the same day is due (SFS 2025:468 11:3): the end of the local day of arrival, every day of the year.
    pub fn due_same_day(&self, received_at: Timestamp) -> Timestamp {
        self.end_of(self.day_of(received_at))
    }

    /// Local day and time of an instant.
    pub fn datetime_of(&self, at: Timestamp) -> DateTime {
        at.to_zoned(self.zone.clone()).datetime()
    }

    /// Hours and minutes of an instant as `14.07`.
    pub fn clock_of(&self, at: Timestamp) -> String {
        at.to_zoned(self.zone.clone()).strftime("%H.%M").to_string()
    }

    /// What a clock on the wall shows at an instant. The hour that is repeated in autumn is shown twice.
    pub fn time_of(&self, at: Timestamp) -> Time {
        at.to_zoned(self.zone.clone()).time()
    }

    /// A local time of day; of a repeated hour the first, of a skipped one the same distance past the gap. `None` at the end of
    /// the calendar.
    pub fn at(&self, day: Date, time: Time) -> Option<Zoned> {
        day.to_datetime(time).to_zoned(self.zone.clone()).ok()
    }
}

/// Whether a period may end on this day: not a Saturday, a Sunday, a public holiday or one of the three eves (SFS 1930:173 2 §).
pub fn is_weekday_for_limits(day: Date) -> bool {
    day.weekday() != Weekday::Saturday && !counts_as_holiday(day)
}

/// The first day on or after this one on which a period may end.
pub fn next_weekday_for_limits(day: Date) -> Date {
    let mut day = day;
    while !is_weekday_for_limits(day) {
        let Ok(next) = day.tomorrow() else { return day };
        day = next;
    }
    day
}

/// The last day of a period of so many weeks: the same weekday, moved to the next weekday when the act may be done then (SFS
/// 1930:173 1–2 §§). The start is the day from which the period runs, such as the day of service.
pub fn weeks_after(start: Date, weeks: u32) -> Date {
    next_weekday_for_limits(start.saturating_add(i64::from(weeks).weeks()))
}

/// The day that lies so many working days after a day; 0 gives the day itself.
pub fn working_days_after(start: Date, days: u32) -> Date {
    let mut day = start;
    for _ in 0..days {
        let Ok(next) = day.tomorrow() else { return day };
        day = next_weekday_for_limits(next);
    }
    day
}

#[cfg(test)]
mod tests {
    use super::LocalTime;
    use super::is_weekday_for_limits;
    use super::weeks_after;
    use super::working_days_after;
    use jiff::Timestamp;
    use jiff::civil::Date;
    use jiff::civil::date;
    use proptest::prop_assert;
    use proptest::prop_assert_eq;
    use proptest::proptest;

    fn sweden() -> LocalTime {
        LocalTime::named("Europe/Stockholm").expect("the zone")
    }

    fn at(text: &str) -> Timestamp {
        text.parse().expect(text)
    }

    #[test]
    fn there_is_no_zone_without_a_name() {
        assert!(LocalTime::named("Europe/Nowhere").is_none());
    }

    #[test]
    fn a_message_arrives_on_the_local_day() {
        let table = [
            ("2026-07-01T22:30:00Z", date(2026, 7, 2), "00.30"),
            ("2026-01-15T23:30:00Z", date(2026, 1, 16), "00.30"),
            ("2026-10-25T00:30:00Z", date(2026, 10, 25), "02.30"),
            ("2026-10-25T01:30:00Z", date(2026, 10, 25), "02.30"),
            ("2026-10-12T12:07:59Z", date(2026, 10, 12), "14.07"),
        ];
        for (text, day, clock) in table {
            assert_eq!(sweden().day_of(at(text)), day, "{text}");
            assert_eq!(sweden().clock_of(at(text)), clock, "{text}");
            let time = sweden().time_of(at(text)).strftime("%H.%M").to_string();
            assert_eq!(time, clock, "{text}");
        }
    }

    #[test]
    fn a_day_ends_with_its_last_second_whatever_its_length() {
        let table = [
            (date(2026, 1, 15), "2026-01-14T23:00:00Z", "2026-01-15T22:59:59Z"),
            (date(2026, 7, 1), "2026-06-30T22:00:00Z", "2026-07-01T21:59:59Z"),
            (date(2026, 3, 29), "2026-03-28T23:00:00Z", "2026-03-29T21:59:59Z"),
            (date(2026, 10, 25), "2026-10-24T22:00:00Z", "2026-10-25T22:59:59Z"),
        ];
        for (day, start, end) in table {
            assert_eq!(sweden().start_of(day), at(start));
            assert_eq!(sweden().end_of(day), at(end));
        }
        // A zone whose clock skips midnight itself: the day begins at one o'clock, and the day before ends a second earlier.
        let cairo = LocalTime::named("Africa/Cairo").expect("the zone");
        let first = cairo.start_of(date(2026, 4, 24));
        assert_eq!(cairo.clock_of(first), "01.00");
        assert_eq!(cairo.end_of(date(2026, 4, 23)).as_second() + 1, first.as_second());
        assert_eq!(sweden().end_of(Date::MAX), Timestamp::MAX);
    }

    #[test]
    fn what_is_due_the_same_day_is_due_when_the_local_day_ends() {
        let table = [
            ("2026-10-12T21:57:00Z", "2026-10-12T21:59:59Z"),
            ("2026-10-12T22:00:00Z", "2026-10-13T21:59:59Z"),
            ("2026-12-25T09:00:00Z", "2026-12-25T22:59:59Z"),
        ];
        for (received, due) in table {
            assert_eq!(sweden().due_same_day(at(received)), at(due));
        }
    }

    #[test]
    fn three_weeks_end_on_the_same_weekday_or_the_next_working_one() {
        let table = [
            (date(2026, 10, 14), date(2026, 11, 4)),
            (date(2026, 12, 4), date(2026, 12, 28)),
            (date(2026, 5, 29), date(2026, 6, 22)),
            (date(2026, 3, 13), date(2026, 4, 7)),
            (date(2026, 12, 3), date(2026, 12, 28)),
            (date(2027, 4, 15), date(2027, 5, 7)),
            (date(2026, 10, 10), date(2026, 11, 2)),
        ];
        for (start, end) in table {
            assert_eq!(weeks_after(start, 3), end, "{start}");
        }
    }

    #[test]
    fn working_days_skip_weekends_and_holidays() {
        assert_eq!(working_days_after(date(2026, 11, 17), 5), date(2026, 11, 24));
        assert_eq!(working_days_after(date(2026, 12, 23), 1), date(2026, 12, 28));
        assert_eq!(working_days_after(date(2026, 12, 25), 0), date(2026, 12, 25));
    }

    proptest! {
        #[test]
        fn a_period_never_ends_early_nor_on_a_day_off(offset in 0_i64..60_000, weeks in 0_u32..60) {
            let start = date(1980, 1, 1).saturating_add(jiff::Span::new().days(offset));
            let end = weeks_after(start, weeks);
            prop_assert!(is_weekday_for_limits(end));
            let plain = start.saturating_add(jiff::Span::new().days(i64::from(weeks) * 7));
            prop_assert!(end >= plain && end <= plain.saturating_add(jiff::Span::new().days(5)));
        }

        #[test]
        fn every_instant_lies_within_its_day(second in -1_000_000_000_i64..4_000_000_000) {
            let at = Timestamp::from_second(second).expect("a time");
            let day = sweden().day_of(at);
            prop_assert!(sweden().start_of(day) <= at && at <= sweden().end_of(day));
            prop_assert_eq!(sweden().due_same_day(at), sweden().end_of(day));
        }
    }
}
