//! The fixed words of letters in their two languages: days and times written out, page numbers, labels.

use crate::letter::Language;
use jiff::civil::Date;
use jiff::civil::DateTime;
use jiff::civil::Weekday;

const MONTHS_SV: [&str; 12] = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
];

const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A day, such as "3 november 2026" or "3 November 2026".
pub fn day(language: Language, day: Date) -> String {
    let month = usize::from(day.month().unsigned_abs().saturating_sub(1));
    let months = match language {
        Language::Sv => MONTHS_SV,
        Language::En => MONTHS_EN,
    };
    let month = months.get(month).copied().unwrap_or_default();
    format!("{} {month} {}", day.day(), day.year())
}

/// A day with its weekday, as it stands within a sentence: "tisdagen den 24 november 2026", "Tuesday 24 November 2026".
pub fn weekday(language: Language, date: Date) -> String {
    let written = day(language, date);
    match language {
        Language::Sv => format!("{} den {written}", weekday_sv(date.weekday())),
        Language::En => format!("{} {written}", weekday_en(date.weekday())),
    }
}

/// A local time with its day: "tisdagen den 24 november 2026 kl. 09.00", "Tuesday 24 November 2026 at 09:00".
pub fn time(language: Language, at: DateTime) -> String {
    let day = weekday(language, at.date());
    match language {
        Language::Sv => format!("{day} kl.\u{a0}{:02}.{:02}", at.hour(), at.minute()),
        Language::En => format!("{day} at\u{a0}{:02}:{:02}", at.hour(), at.minute()),
    }
}

/// A page's number: "Sida 1 av 2".
pub(super) fn page_number(language: Language, page: usize, of: usize) -> String {
    match language {
        Language::Sv => format!("Sida {page} av {of}"),
        Language::En => format!("Page {page} of {of}"),
    }
}

/// What stands before our reference.
pub(super) fn our_reference(language: Language) -> &'static str {
    match language {
        Language::Sv => "Vår beteckning",
        Language::En => "Our reference",
    }
}

/// A number that must not be torn apart at a line's end, such as a telephone number.
pub(super) fn unbroken(number: &str) -> String {
    number.trim().replace(' ', "\u{a0}")
}

/// The word before a telephone number.
pub(super) fn telephone(language: Language) -> &'static str {
    match language {
        Language::Sv => "Telefon",
        Language::En => "Telephone",
    }
}

fn weekday_sv(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "måndagen",
        Weekday::Tuesday => "tisdagen",
        Weekday::Wednesday => "onsdagen",
        Weekday::Thursday => "torsdagen",
        Weekday::Friday => "fredagen",
        Weekday::Saturday => "lördagen",
        Weekday::Sunday => "söndagen",
    }
}

fn weekday_en(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

#[cfg(test)]
mod tests {
    use super::time;
    use super::weekday;
    use crate::letter::Language;
    use jiff::civil::date;

    #[test]
    fn days_and_times_are_written_out() {
        let table = [
            (
                date(2026, 11, 24).at(9, 0, 0, 0),
                "tisdagen den 24 november 2026 kl.\u{a0}09.00",
                "Tuesday 24 November 2026 at\u{a0}09:00",
            ),
            (
                date(2028, 2, 29).at(0, 5, 0, 0),
                "tisdagen den 29 februari 2028 kl.\u{a0}00.05",
                "Tuesday 29 February 2028 at\u{a0}00:05",
            ),
            (
                date(2026, 12, 27).at(23, 59, 59, 0),
                "söndagen den 27 december 2026 kl.\u{a0}23.59",
                "Sunday 27 December 2026 at\u{a0}23:59",
            ),
        ];
        for (at, swedish, english) in table {
            assert_eq!(time(Language::Sv, at), swedish);
            assert_eq!(time(Language::En, at), english);
        }
        assert_eq!(weekday(Language::Sv, date(2026, 5, 1)), "fredagen den 1 maj 2026");
    }
}
