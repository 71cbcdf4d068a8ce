//! A day alone in its row above those that tell no more than their hours, as bailiffs list a week: `TISDAG 10 NOVEMBER 2026`, then `08.30`, `13.45`.

use super::super::Context;
use super::owed::last_day;
use super::record::Place;
use super::record::Record;
use super::vocabulary::CLOCK;
use jiff::civil::Date;

const STARTS: &str = "enforcement.startsAt";

/// The last day that stood alone in its row, and where.
#[derive(Default)]
pub(super) struct DayHeading(Option<(Date, Place)>);

impl DayHeading {
    /// Looks at what stands alone in a row.
    pub(super) fn see(&mut self, text: &str, source: String, context: &Context<'_>) {
        let weekdays = ["mån", "tis", "ons", "tor", "fre", "lör", "sön"];
        let lower = text.trim().to_lowercase();
        if lower.len() > 40 || !weekdays.iter().any(|day| lower.starts_with(day)) {
            return;
        }
        let on = context.local_time.day_of(context.received_at);
        if let Some((day, _)) = last_day(&lower, on) {
            self.0 = Some((day, Place { source, quote: text.to_owned() }));
        }
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
