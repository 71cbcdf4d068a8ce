//! When a duty holds: hours of the local day, days of the week, which weeks.

use jiff::civil::Date;
use jiff::civil::Time;
use jiff::civil::Weekday;
use std::fmt;

/// Minutes of a day, as a clock counts them.
const DAY: u16 = 24 * 60;

/// Hours of one local day, from the first minute to before the last, as a clock on the wall shows them: also on the days when the
/// clock is changed. At most `00:00`–`24:00`; never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hours {
    from: u16,
    to: u16,
}

impl Hours {
    /// In minutes after midnight. `None` when it would end before it begins, or after midnight.
    pub fn new(from: u16, to: u16) -> Option<Self> {
        (from < to && to <= DAY).then_some(Self { from, to })
    }

    /// The first minute, after midnight.
    pub fn from(self) -> u16 {
        self.from
    }

    /// The minute after the last one; 1440 is midnight.
    pub fn to(self) -> u16 {
        self.to
    }

    /// Whether the minute after midnight is within.
    pub fn hold(self, minute: u16) -> bool {
        (self.from..self.to).contains(&minute)
    }
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}–{}", clock(self.from), clock(self.to))
    }
}

/// The minute of the day that a clock on the wall shows.
pub(super) fn minute_of(time: Time) -> u16 {
    let part = |value: i8| u16::from(value.unsigned_abs());
    part(time.hour()) * 60 + part(time.minute())
}

/// A minute of the day as `08:30`; the end of the day is `24:00`.
pub(super) fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// The minute of the day that is written as `08:30`, `8.30`, `08:30:00` or `24:00`.
pub(super) fn minute_written(text: &str) -> Option<u16> {
    let mut parts = text.trim().split([':', '.']);
    let mut part = |digits: std::ops::RangeInclusive<usize>| {
        let part = parts.next()?;
        let is_number = digits.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| part.parse::<u16>().ok())?
    };
    let (hour, minute) = (part(1..=2)?, part(2..=2)?);
    if parts.next().is_some_and(|seconds| seconds != "00") || parts.next().is_some() {
        return None;
    }
    let whole = hour * 60 + minute;
    (minute < 60 && whole <= DAY).then_some(whole)
}

/// Days of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Weekdays([bool; 7]);

/// The words of the file, Monday first: English and Swedish.
const WORDS: [(&str, &str, Weekday); 7] = [
    ("mon", "mån", Weekday::Monday),
    ("tue", "tis", Weekday::Tuesday),
    ("wed", "ons", Weekday::Wednesday),
    ("thu", "tor", Weekday::Thursday),
    ("fri", "fre", Weekday::Friday),
    ("sat", "lör", Weekday::Saturday),
    ("sun", "sön", Weekday::Sunday),
];

impl Weekdays {
    /// Monday to Friday.
    pub const WORKING: Self = Self([true, true, true, true, true, false, false]);

    /// These days; the order does not matter.
    pub fn of(days: impl IntoIterator<Item = Weekday>) -> Self {
        let mut weekdays = Self([false; 7]);
        for day in days {
            if let Some(holds) = weekdays.0.get_mut(place(day)) {
                *holds = true;
            }
        }
        weekdays
    }

    /// Whether the day is one of them.
    pub fn hold(self, day: Weekday) -> bool {
        self.0.get(place(day)).copied().unwrap_or(false)
    }

    /// The days, Monday first.
    pub fn days(self) -> Vec<Weekday> {
        WORDS.iter().map(|(_, _, day)| *day).filter(|day| self.hold(*day)).collect()
    }

    /// The words of the file, Monday first.
    pub(super) fn words(self) -> Vec<&'static str> {
        WORDS.iter().filter(|(_, _, day)| self.hold(*day)).map(|(word, _, _)| *word).collect()
    }

    /// The day that a word of the file names, in either language.
    pub(super) fn word(text: &str) -> Option<Weekday> {
        let text = text.trim().to_lowercase();
        let found = WORDS.iter().find(|(english, swedish, _)| text == *english || text == *swedish);
        found.map(|(_, _, day)| *day)
    }
}

fn place(day: Weekday) -> usize {
    usize::from(day.to_monday_zero_offset().unsigned_abs())
}

/// In which weeks a duty holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Weeks {
    /// In every week.
    All,
    /// In weeks with an odd number (ISO 8601). Week 53 and the week 1 after it are both odd.
    Odd,
    /// In weeks with an even number.
    Even,
    /// In every so many-th week, counted from the week of the duty's first day, which is one of them. From 2 to 52.
    Every(u8),
}

impl Weeks {
    /// Whether they hold on a day; `first` is the duty's first day.
    pub(super) fn hold(self, day: Date, first: Option<Date>) -> bool {
        match self {
            Self::All => true,
            Self::Odd => day.iso_week_date().week() % 2 == 1,
            Self::Even => day.iso_week_date().week() % 2 == 0,
            Self::Every(weeks) => first.is_none_or(|first| {
                let weekday = first.weekday().to_monday_zero_offset();
                let days = (day - first).get_days() + i32::from(weekday);
                days.div_euclid(7).rem_euclid(i32::from(weeks.max(1))) == 0
            }),
        }
    }
}
