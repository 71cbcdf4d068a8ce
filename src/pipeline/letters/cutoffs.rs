//! When the day's post is gone: a letter that is put into the print folder after the last cut-off of a working day is not sent that day, and counts as
//! sent when the next is fetched.

use crate::domain::calendar::LocalTime;
use crate::domain::calendar::is_weekday_for_limits;
use crate::domain::calendar::next_weekday_for_limits;
use jiff::SignedDuration;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::civil::Time;

/// The cut-off times of the municipality's post.
#[derive(Clone, Copy, Debug)]
pub struct Cutoffs<'a> {
    /// Local times of day, the earliest first.
    pub times: &'a [Time],
    /// The municipality's days.
    pub local_time: &'a LocalTime,
}

impl Cutoffs<'_> {
    /// When a letter that was put into the folder at an instant counts as sent: at once where it makes the day's post or no cut-off is known, else at
    /// the first cut-off of the next working day.
    pub fn counts_at(&self, placed_at: Timestamp) -> Timestamp {
        let day = self.local_time.day_of(placed_at);
        let Some(first) = self.times.first() else { return placed_at };
        if self.last_of(day).is_some_and(|last| placed_at <= last) {
            return placed_at;
        }
        let next = next_weekday_for_limits(day.tomorrow().unwrap_or(day));
        self.local_time.at(next, *first).map_or(Timestamp::MAX, |at| at.timestamp())
    }

    /// The last cut-off of a day; none on days without post, or where none is known.
    pub fn last_of(&self, day: Date) -> Option<Timestamp> {
        let last = self.times.last().filter(|_| is_weekday_for_limits(day))?;
        Some(self.local_time.at(day, *last)?.timestamp())
    }

    /// Whether what is put there now no longer makes the day's post.
    pub fn is_late(&self, now: Timestamp) -> bool {
        self.counts_at(now) > now
    }

    /// Whether it is time to warn of copies that wait for somebody: from so long before the last cut-off of a working day until the day's end.
    pub fn warns(&self, now: Timestamp, before: SignedDuration) -> bool {
        let last = self.last_of(self.local_time.day_of(now));
        last.is_some_and(|last| last.saturating_sub(before).is_ok_and(|from| now >= from))
    }

    /// The last cut-off as people write it, such as `14.30`.
    pub fn shown(&self) -> String {
        self.times.last().map(|time| time.strftime("%H.%M").to_string()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::Cutoffs;
    use crate::domain::calendar::LocalTime;
    use jiff::SignedDuration;
    use jiff::Timestamp;
    use jiff::civil::Time;
    use jiff::civil::time;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn with<T>(times: &[Time], ask: impl FnOnce(&Cutoffs<'_>) -> T) -> T {
        let local_time = LocalTime::named("Europe/Stockholm").unwrap();
        ask(&Cutoffs { times, local_time: &local_time })
    }

    const TWO: [Time; 2] = [time(10, 0, 0, 0), time(14, 30, 0, 0)];

    #[test]
    fn what_misses_the_last_cutoff_counts_on_the_next_working_day() {
        let cases = [
            // Tuesday: before both, between them, on the minute, after.
            ("2026-11-24T07:00:00Z", "2026-11-24T07:00:00Z"),
            ("2026-11-24T12:00:00Z", "2026-11-24T12:00:00Z"),
            ("2026-11-24T13:30:00Z", "2026-11-24T13:30:00Z"),
            ("2026-11-24T13:30:01Z", "2026-11-25T09:00:00Z"),
            ("2026-11-24T22:59:00Z", "2026-11-25T09:00:00Z"),
            // Friday afternoon, Saturday, Christmas, and the night when the clock changes.
            ("2026-11-27T15:00:00Z", "2026-11-30T09:00:00Z"),
            ("2026-11-28T08:00:00Z", "2026-11-30T09:00:00Z"),
            ("2026-12-23T14:00:00Z", "2026-12-28T09:00:00Z"),
            ("2026-12-24T08:00:00Z", "2026-12-28T09:00:00Z"),
            ("2026-10-24T23:30:00Z", "2026-10-26T09:00:00Z"),
            ("2026-03-27T15:00:00Z", "2026-03-30T08:00:00Z"),
        ];
        for (placed, counts) in cases {
            assert_eq!(with(&TWO, |it| it.counts_at(at(placed))), at(counts), "{placed}");
            assert_eq!(with(&TWO, |it| it.is_late(at(placed))), placed != counts, "{placed}");
            assert_eq!(with(&[], |it| it.counts_at(at(placed))), at(placed), "no cut-off is known");
        }
        assert_eq!(with(&TWO, |it| it.shown()), "14.30");
    }

    #[test]
    fn people_are_warned_before_the_last_cutoff_of_a_working_day() {
        for (now, warned) in [
            ("2026-11-24T12:29:59Z", false),
            ("2026-11-24T12:30:00Z", true),
            ("2026-11-24T20:00:00Z", true),
            ("2026-11-25T07:00:00Z", false),
            ("2026-11-28T13:00:00Z", false),
        ] {
            let hour = SignedDuration::from_hours(1);
            assert_eq!(with(&TWO, |it| it.warns(at(now), hour)), warned, "{now}");
            assert!(!with(&[], |it| it.warns(at(now), hour)), "no cut-off is known");
        }
    }
}
