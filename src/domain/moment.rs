//! A time that may be no more than a day: Kronofogden sometimes names the hour of an eviction and sometimes only the day.

use crate::domain::calendar::LocalTime;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::civil::Time;
use jiff::fmt::temporal::Pieces;
use jiff::fmt::temporal::PiecesOffset;
use jiff::tz::Offset;
use serde::Deserialize;
use serde::Deserializer;
use serde::Serialize;
use serde::Serializer;
use std::fmt;

/// A day, or an instant with the offset it was given in. Written as `2026-11-24` or `2026-11-24T09:00:00+01:00`; an offset of
/// nought is written `Z`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// Only the day is known.
    Day(Date),
    /// The instant is known.
    Instant {
        /// When.
        at: Timestamp,
        /// The offset from UTC that the sender gave, whole minutes: it says which local time was meant.
        offset: Offset,
    },
}

impl Moment {
    /// Reads `2026-11-24` or RFC 3339 with an offset. A time without an offset is `None`: see [`Moment::read`].
    pub fn parse(text: &str) -> Option<Self> {
        match Parts::read(text)? {
            Parts { date, time: None, offset: None } => Some(Self::Day(date)),
            Parts { date, time: Some(time), offset: Some(offset) } => {
                let at = offset.to_timestamp(date.to_datetime(time)).ok()?;
                Some(Self::Instant { at, offset })
            }
            Parts { .. } => None,
        }
    }

    /// Like [`Moment::parse`], and takes a time without an offset (`2026-11-24T09:00`, `2026-11-24 09:00`) as local time.
    pub fn read(text: &str, local: &LocalTime) -> Option<Self> {
        match Parts::read(text.trim())? {
            Parts { date, time: Some(time), offset: None } => Self::local(date, time, local),
            Parts { .. } => Self::parse(text.trim()),
        }
    }

    /// A local time of day. Of a time that the clock change repeats, the first; one that it skips is moved past the gap.
    pub fn local(date: Date, time: Time, local: &LocalTime) -> Option<Self> {
        let zoned = local.at(date, time)?;
        Some(Self::Instant { at: zoned.timestamp(), offset: zoned.offset() })
    }

    /// The local day.
    pub fn day(&self, local: &LocalTime) -> Date {
        match self {
            Self::Day(day) => *day,
            Self::Instant { at, .. } => local.day_of(*at),
        }
    }

    /// The day as the sender wrote it, by the sender's own offset.
    pub fn written_day(&self) -> Date {
        match self {
            Self::Day(day) => *day,
            Self::Instant { at, offset } => offset.to_datetime(*at).date(),
        }
    }

    /// The instant, when it is known.
    pub fn instant(&self) -> Option<Timestamp> {
        match self {
            Self::Day(_) => None,
            Self::Instant { at, .. } => Some(*at),
        }
    }
}

/// What stands in the text, before it is decided whether that is enough.
struct Parts {
    date: Date,
    time: Option<Time>,
    offset: Option<Offset>,
}

impl Parts {
    fn read(text: &str) -> Option<Self> {
        let pieces = Pieces::parse(text).ok()?;
        if pieces.time_zone_annotation().is_some() || !(1..=9999).contains(&pieces.date().year()) {
            return None;
        }
        let offset = match pieces.offset() {
            None => None,
            Some(PiecesOffset::Zulu) => Some(Offset::UTC),
            Some(PiecesOffset::Numeric(numeric)) => Some(numeric.offset()),
            Some(_) => return None,
        };
        if offset.is_some_and(|offset| offset.seconds() % 60 != 0) {
            return None;
        }
        Some(Self { date: pieces.date(), time: pieces.time(), offset })
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{day}"),
            Self::Instant { at, offset } if *offset == Offset::UTC => write!(f, "{at}"),
            Self::Instant { at, offset } => write!(f, "{}", at.display_with_offset(*offset)),
        }
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not a day or a time"))
    }
}

#[cfg(test)]
mod tests {
    use super::Moment;
    use crate::domain::calendar::LocalTime;
    use jiff::civil::date;
    use proptest::prelude::any;
    use proptest::prop_assert_eq;
    use proptest::proptest;

    fn sweden() -> LocalTime {
        LocalTime::named("Europe/Stockholm").expect("the zone")
    }

    #[test]
    fn a_day_and_an_instant_are_written_as_they_were_read() {
        for text in [
            "2026-11-24",
            "2026-11-24T09:00:00+01:00",
            "2026-11-24T09:00:00-03:30",
            "2026-11-24T08:00:00Z",
            "2026-11-24T08:00:00.25Z",
        ] {
            let moment = Moment::parse(text).expect(text);
            assert_eq!(moment.to_string(), text);
            let json = serde_json::to_string(&moment).expect("json");
            assert_eq!(json, format!("\"{text}\""));
            assert_eq!(serde_json::from_str::<Moment>(&json).expect("moment"), moment);
        }
        let zero = Moment::parse("2026-11-24T08:00:00+00:00").map(|moment| moment.to_string());
        assert_eq!(zero.as_deref(), Some("2026-11-24T08:00:00Z"));
    }

    #[test]
    fn what_is_neither_is_none() {
        for text in [
            "",
            "2026-13-01",
            "2026-02-30",
            "2026-11-24T09:00",
            "2026-11-24T25:00:00Z",
            "2026-11-24T09:00:00+01:00[Europe/Stockholm]",
            "24 november",
            "2026-11-24T09:00:00+01:00:30",
            "-002026-11-24",
        ] {
            assert_eq!(Moment::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_time_without_an_offset_is_local_time() {
        let table = [
            ("2026-11-24T09:00", "2026-11-24T09:00:00+01:00"),
            ("2026-07-24 09:00:30", "2026-07-24T09:00:30+02:00"),
            ("2026-10-25T02:30", "2026-10-25T02:30:00+02:00"),
            ("2026-03-29T02:30", "2026-03-29T03:30:00+02:00"),
            ("2026-11-24", "2026-11-24"),
            (" 2026-11-24T09:00:00Z ", "2026-11-24T09:00:00Z"),
        ];
        for (text, expected) in table {
            let moment = Moment::read(text, &sweden()).expect(text);
            assert_eq!(moment.to_string(), expected);
        }
    }

    #[test]
    fn the_day_is_that_of_the_municipality() {
        let late = Moment::parse("2026-07-01T22:30:00Z").expect("a moment");
        assert_eq!(late.day(&sweden()), date(2026, 7, 2));
        assert_eq!(late.written_day(), date(2026, 7, 1));
        assert_eq!(Moment::Day(date(2026, 7, 1)).day(&sweden()), date(2026, 7, 1));
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in any::<String>()) {
            let _read = Moment::read(&text, &sweden());
        }

        #[test]
        fn what_is_written_is_read_back(second in 0_i64..4_000_000_000, minutes in -840_i32..=840) {
            let at = jiff::Timestamp::from_second(second).expect("a time");
            let offset = jiff::tz::Offset::from_seconds(minutes * 60).expect("an offset");
            let moment = Moment::Instant { at, offset };
            prop_assert_eq!(Moment::parse(&moment.to_string()), Some(moment));
        }
    }
}
