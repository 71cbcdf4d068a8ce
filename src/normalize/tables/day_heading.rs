//! A day alone in its row above those that tell no more than their hours, as bailiffs list a week: `TISDAG 10 NOVEMBER 2026`, then `08.30`, `13.45`.

use super::super::Context;
use super::super::swedish::dates::weekday;
use super::owed::last_day;
use super::record::Place;
use super::record::Record;
use super::vocabulary::CLOCK;
use jiff::civil::Date;

const STARTS: &str = "enforcement.startsAt";

/// A heading is no longer than this, in bytes.
const LENGTH: usize = 40;

/// The day that stands alone in its row above, and where.
#[derive(Default)]
pub(super) struct DayHeading(Option<(Date, Place)>);

impl DayHeading {
    /// Looks at what stands alone in a row. Another heading ends the day, also one that cannot be read or whose weekday is another day's: an hour
    /// without its day goes to a person, one with a wrong day would not.
    pub(super) fn see(&mut self, text: &str, source: String, context: &Context<'_>) {
        let on = context.local_time.day_of(context.received_at);
        let lower = text.trim().to_lowercase();
        let named = lower.split([' ', ',', '.']).next().and_then(weekday);
        let day = last_day(&lower, on).map(|(day, _)| day).filter(|_| lower.len() <= LENGTH);
        let fits = day.filter(|day| named == Some(day.weekday()));
        self.0 = fits.map(|day| (day, Place { source, quote: text.to_owned() }));
    }

    /// Gives it to a row with an hour and no day.
    pub(super) fn put(&self, record: &mut Record) {
        if let Some((day, from)) = &self.0
            && record.any(CLOCK)
            && !record.any(STARTS)
        {
            record.put(STARTS, &day.to_string(), from, 0.96);
        }
    }
}
