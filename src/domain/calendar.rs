//! Swedish days: local arrival days, end of the day, public holidays (SFS 1989:253), periods in weeks (SFS 1930:173).

use jiff::Timestamp;
use jiff::civil::Date;
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
    /// The last whole second of a local day (`23:59:59` as a rule): when what is due that day is due.
    pub fn end_of(&self, day: Date) -> Timestamp {
        day.at(23, 59, 59, 0)
            .to_zoned(self.zone.clone())
            .map(|zoned| zoned.timestamp())
            .unwrap_or(Timestamp::MAX)
    }
    /// Hours and minutes of an instant as `14.07`.
    pub fn clock_of(&self, at: Timestamp) -> String {
        at.to_zoned(self.zone.clone()).strftime("%H.%M").to_string()
    }
}
