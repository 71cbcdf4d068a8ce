//! Days as people in Sweden write them: `2026-10-12`, `12/10 2026`, `den 12:e oktober 2026`, `261012`.

use jiff::civil::Date;
use jiff::civil::Weekday;

/// Longer texts are no days.
const MAX_CHARS: usize = 64;

/// Two digits of a year up to this one mean 20xx, above it 19xx.
const PIVOT: i16 = 69;

/// Years outside these are slips of the pen.
const YEARS: std::ops::RangeInclusive<i16> = 1850..=2199;

const MONTHS: [&str; 12] = [
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

/// Reads one day that fills the whole text; a time of day behind it is left aside. `None` when it is no day, lacks the year, or
/// can be read in two ways (`12-10-26`). Serial numbers of spreadsheets are not read here.
pub fn read_date(text: &str) -> Option<Date> {
    split_time(text).and_then(|(day, _)| read_day(&day))
}

/// The day's part of a text in lower case with plain spaces and hyphens, and the time of day's part when there is one.
pub(super) fn split_time(text: &str) -> Option<(String, Option<String>)> {
    if text.chars().count() > MAX_CHARS {
        return None;
    }
    let plain: String = text.chars().flat_map(plain).collect();
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let parts = |at: usize, skip: usize| {
        let time = plain[at + skip..].trim_start_matches(['.', ' ']).to_owned();
        let day = plain[..at].trim_end_matches([' ', ',']).to_owned();
        Some((day, Some(time)))
    };
    // `kl.` and `klockan`
    if let Some(at) = plain.find(" klockan ") {
        return parts(at, " klockan ".len());
    }
    if let Some(at) = plain.find(" kl") {
        return parts(at, " kl".len());
    }
    // `2026-10-12T09:00` and `2026-10-12 09:00`: behind ten characters that begin with a year.
    let starts_with_year = plain.bytes().take(4).filter(u8::is_ascii_digit).count() == 4;
    match plain.as_bytes().get(10) {
        Some(b't' | b' ') if starts_with_year && plain.is_char_boundary(10) => {
            let clock = &plain[11..];
            let fits =
                |c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | '+' | '-' | 'z' | ' ');
            let is_clock =
                clock.starts_with(|c: char| c.is_ascii_digit()) && clock.chars().all(fits);
            if is_clock { parts(10, 1) } else { None }
        }
        _ => Some((plain, None)),
    }
}

/// Lower case; one hyphen for all that look like it.
fn plain(c: char) -> impl Iterator<Item = char> {
    let c = match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        c => c,
    };
    c.to_lowercase()
}

pub(super) fn read_day(plain: &str) -> Option<Date> {
    let text = without_weekday(plain);
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return compact(text);
    }
    if text.chars().any(char::is_alphabetic) { with_month_name(text) } else { numeric(text) }
}

/// The weekday that a word in small letters names: `tisdag`, `tisdagen`, `tis`, `tors`.
pub(in crate::normalize) fn weekday(word: &str) -> Option<Weekday> {
    let names =
        ["måndagen", "tisdagen", "onsdagen", "torsdagen", "fredagen", "lördagen", "söndagen"];
    let at = names.iter().position(|name| name.starts_with(word))?;
    let long = word.chars().count() >= 3;
    long.then(|| Weekday::from_monday_zero_offset(i8::try_from(at).ok()?).ok()).flatten()
}

/// Without `tisdagen den`, `tis`, `d.` in front and a full stop behind.
fn without_weekday(text: &str) -> &str {
    let mut text = text.trim_end_matches(['.', ',']);
    if let Some((first, rest)) = text.split_once(' ') {
        let is_weekday = weekday(first.trim_end_matches(['.', ','])).is_some();
        if is_weekday {
            text = rest;
        }
    }
    ["den ", "d. ", "d.", "d "].into_iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text)
}

/// `20261012` and `261012`.
fn compact(digits: &str) -> Option<Date> {
    match digits.len() {
        8 => day_of(&digits[..4], &digits[4..6], &digits[6..]),
        6 => day_of(&digits[..2], &digits[2..4], &digits[4..]),
        _ => None,
    }
}

/// `2026-10-12`, `2026/10/12`, `12/10 2026`, `12/10-26`, `12.10.2026`.
fn numeric(text: &str) -> Option<Date> {
    let is_separator = |c: char| matches!(c, '-' | '/' | '.' | ' ');
    if !text.chars().all(|c| c.is_ascii_digit() || is_separator(c)) {
        return None;
    }
    let parts: Vec<&str> = text.split(is_separator).filter(|part| !part.is_empty()).collect();
    let [first, second, third] = parts.as_slice() else { return None };
    let separator = text.chars().find(|c| is_separator(*c))?;
    match (first.len(), third.len()) {
        (4, 1 | 2) => day_of(first, second, third),
        (1 | 2, 4) => day_of(third, second, first),
        // With hyphens, two digits may be the year at either end: only a number that is no day tells.
        (2, 2) if separator == '-' => {
            let is_year = first.parse::<u8>().is_ok_and(|number| number > 31);
            if is_year { day_of(first, second, third) } else { None }
        }
        (1 | 2, 2) if matches!(separator, '/' | '.') => day_of(third, second, first),
        _ => None,
    }
}

/// `12 okt. 2026`, `12:e oktober 2026`, `12 okt -26`.
fn with_month_name(text: &str) -> Option<Date> {
    let parts: Vec<&str> =
        text.split([' ', '-', '/', '.', ',']).filter(|part| !part.is_empty()).collect();
    let [day, month, year] = parts.as_slice() else { return None };
    let day =
        [":e", ":a", "e", "a"].into_iter().find_map(|end| day.strip_suffix(end)).unwrap_or(day);
    let month = if *month == "sept" { "september" } else { month };
    let place = MONTHS
        .iter()
        .position(|name| *name == month || (month.len() == 3 && name.starts_with(month)))?;
    day_of(year, &(place + 1).to_string(), day)
}

fn day_of(year: &str, month: &str, day: &str) -> Option<Date> {
    let number = |text: &str| -> Option<i16> {
        let fits = (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| text.parse().ok()).flatten()
    };
    let short = |text: &str| i8::try_from(number(text)?).ok();
    let year = match (year.len(), number(year)?) {
        (4, year) => year,
        (2, year) if year <= PIVOT => 2000 + year,
        (2, year) => 1900 + year,
        _ => return None,
    };
    if !YEARS.contains(&year) {
        return None;
    }
    Date::new(year, short(month)?, short(day)?).ok()
}

#[cfg(test)]
mod tests {
    use super::read_date;
    use jiff::civil::Date;
    use jiff::civil::date;
    use proptest::prelude::any;
    use proptest::prop_assert_eq;
    use proptest::proptest;

    #[test]
    fn days_are_read_as_people_write_them() {
        for text in [
            "2026-10-12",
            " 2026-10-12 ",
            "2026\u{2011}10\u{2011}12",
            "2026/10/12",
            "2026.10.12",
            "20261012",
            "12/10 2026",
            "12/10\u{a0}2026",
            "12/10-26",
            "12/10 -26",
            "12/10-2026",
            "12/10/2026",
            "12/10/26",
            "12.10.2026",
            "12.10.26",
            "12. 10. 2026",
            "12-10-2026",
            "12 okt. 2026",
            "12 Okt 2026",
            "12 oktober 2026",
            "12 OKTOBER 2026.",
            "12 okt -26",
            "12-okt-26",
            "den 12:e oktober 2026",
            "den 12 oktober 2026",
            "måndagen den 12 oktober 2026",
            "mån 12 okt 2026",
            "d. 12 oktober 2026",
            "261012",
            "2026-10-12T09:00:00+02:00",
            "2026-10-12T07:00:00Z",
            "2026-10-12 09:00",
            "2026-10-12 00:00:00.000",
            "12 oktober 2026 kl. 09.00",
            "2026-10-12 kl 9",
        ] {
            assert_eq!(read_date(text), Some(date(2026, 10, 12)), "{text}");
        }
        let others = [
            ("1 maj 2026", date(2026, 5, 1)),
            ("1:a mars 2026", date(2026, 3, 1)),
            ("3 sept 2026", date(2026, 9, 3)),
            ("1/2 2026", date(2026, 2, 1)),
            ("850101", date(1985, 1, 1)),
            ("85-01-01", date(1985, 1, 1)),
            ("2028-02-29", date(2028, 2, 29)),
        ];
        for (text, expected) in others {
            assert_eq!(read_date(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_day_or_two_is_not_read() {
        for text in [
            "",
            "12/10",
            "12 oktober",
            "2026",
            "2026-10",
            "oktober 2026",
            "2026-13-01",
            "2026-02-29",
            "2026-10-32",
            "0000-00-00",
            "00010101",
            "10/25/2026",
            "12-10-26",
            "26-10-12",
            "12 oct 2026",
            "12 m 2026",
            "46307",
            "8 912,00",
            "2026-10-12 förmiddag",
            "snarast",
            "12 oktober 2026 12",
            "٢٠٢٦-١٠-١٢",
            "2026-10-12/2026-10-13",
        ] {
            assert_eq!(read_date(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_day_is_read_back_in_every_spelling(days in 0_i64..80_000) {
            let day = date(1970, 1, 1).saturating_add(jiff::Span::new().days(days));
            let written = [
                day.to_string(),
                day.strftime("%Y%m%d").to_string(),
                day.strftime("%-d/%-m %Y").to_string(),
                day.strftime("%d.%m.%Y").to_string(),
                format!("{} {} {}", day.day(), super::MONTHS[day.month() as usize - 1], day.year()),
            ];
            for text in written {
                prop_assert_eq!(read_date(&text), Some(day), "{}", text);
            }
        }

        #[test]
        fn no_text_makes_it_panic(text in any::<String>()) {
            let _read: Option<Date> = read_date(&text);
        }

        #[test]
        fn nothing_like_a_day_makes_it_panic(text in "(den )?[0-9åä]{0,5}[-/. :e]{0,3}(okt|maj|[0-9]{0,3})[-/. ]{0,2}[0-9Tt: ö]{0,9}") {
            let _read: Option<Date> = read_date(&text);
        }
    }
}
