//! One cell of a workbook as a person sees it: serial numbers as dates, whole numbers without a point, digits in the groups of their format.

use crate::domain::document::Cell;
use calamine::DataRef;
use calamine::ExcelDateTime;

/// Above this, a float no longer holds every whole number.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// What is seen of a value with this number format.
pub(super) fn seen(value: &DataRef<'_>, format: &str) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::String(text) => Cell::text(text),
        DataRef::SharedString(text) => Cell::text(text),
        DataRef::Int(number) => grouped(&number.to_string(), format)
            .map_or_else(|| Cell::Number(number.to_string()), Cell::Text),
        DataRef::Float(number) => {
            let plain = number_as_text(*number);
            grouped(&plain, format).map_or(Cell::Number(plain), Cell::Text)
        }
        DataRef::Bool(flag) => Cell::Flag(*flag),
        DataRef::DateTime(moment) => date(moment),
        DataRef::DateTimeIso(text) => Cell::Date(text.replace('T', " ")),
        DataRef::DurationIso(text) => Cell::Time(text.clone()),
        DataRef::Error(error) => Cell::Text(error.to_string()),
    }
}

/// Fifteen digits are what spreadsheets show and what they compute with.
fn number_as_text(number: f64) -> String {
    if number == 0.0 {
        return "0".to_owned();
    }
    if number.fract() == 0.0 && number.abs() < EXACT {
        return format!("{number:.0}");
    }
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    rounded.to_string()
}

fn date(moment: &ExcelDateTime) -> Cell {
    let serial = moment.as_f64();
    if moment.is_duration() || (0.0..1.0).contains(&serial) {
        let seconds = (serial * 86_400.0).round();
        if !(0.0..1e9).contains(&seconds) {
            return Cell::Number(number_as_text(serial));
        }
        let seconds = seconds as u64;
        let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        let short = format!("{hours:02}:{minutes:02}");
        return Cell::Time(if rest == 0 { short } else { format!("{short}:{rest:02}") });
    }
    // Serial numbers of days end with the year 9999.
    if !(0.0..2_958_466.0).contains(&serial) {
        return Cell::Number(number_as_text(serial));
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let on = format!("{year:04}-{month:02}-{day:02}");
    Cell::Date(match (hour, minute, second) {
        (0, 0, 0) => on,
        (_, _, 0) => format!("{on} {hour:02}:{minute:02}"),
        _ => format!("{on} {hour:02}:{minute:02}:{second:02}"),
    })
}

/// Digits in the groups that a format such as `000000-0000` or `000\ 00` gives them; `None` for all other formats.
fn grouped(plain: &str, format: &str) -> Option<String> {
    let pattern = literal(format.split(';').next()?)?;
    let places = pattern.chars().filter(|c| matches!(c, '0' | '#')).count();
    let padded = pattern.chars().filter(|c| *c == '0').count() == places && places >= 2;
    let hyphened = pattern.contains('-') && places >= 6;
    if !(padded || hyphened) || !plain.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut digits = plain.chars().rev();
    let mut out: Vec<char> = Vec::new();
    for place in pattern.chars().rev() {
        match place {
            '0' => out.push(digits.next().unwrap_or('0')),
            '#' => out.extend(digits.next()),
            other => out.push(other),
        }
    }
    // Digits beyond the pattern stand before it.
    out.extend(digits);
    let text: String = out.into_iter().rev().collect();
    Some(text.trim_start_matches(['-', ' ']).to_owned())
}

/// The pattern without its escapes; `None` where it holds more than places for digits, hyphens and spaces.
fn literal(format: &str) -> Option<String> {
    let mut pattern = String::new();
    for next in format.chars() {
        match next {
            '\\' | '"' => {}
            '0' | '#' | '-' | ' ' | '+' => pattern.push(next),
            '\u{a0}' => pattern.push(' '),
            _ => return None,
        }
    }
    Some(pattern)
}

#[cfg(test)]
mod tests {
    use super::grouped;
    use super::number_as_text;
    use super::seen;
    use crate::domain::document::Cell;
    use calamine::DataRef;
    use calamine::ExcelDateTime;
    use calamine::ExcelDateTimeType;

    #[test]
    fn numbers_are_written_as_they_are_seen() {
        let cases = [
            (198_501_012_390.0, "198501012390"),
            (0.0, "0"),
            (-0.0, "0"),
            (-12.0, "-12"),
            (-0.5, "-0.5"),
            (0.1 + 0.2, "0.3"),
            (8912.5, "8912.5"),
            (1e300, &format!("1{}", "0".repeat(300))),
        ];
        for (number, text) in cases {
            assert_eq!(number_as_text(number), text);
        }
    }

    #[test]
    fn digits_stand_in_the_groups_of_their_format() {
        let cases = [
            ("8501012390", "000000\\-0000", Some("850101-2390")),
            ("198501012390", "########\\-####", Some("19850101-2390")),
            ("21400", "000\\ 00", Some("214 00")),
            ("1102", "0000", Some("1102")),
            ("102", "0000", Some("0102")),
            ("8501012390", "General", None),
            ("12450", "#,##0", None),
            ("12450", "#\\ ##0", None),
            ("12450.5", "0.00", None),
            ("17", "0", None),
        ];
        for (plain, format, text) in cases {
            assert_eq!(grouped(plain, format).as_deref(), text, "{format}");
        }
    }

    #[test]
    fn serial_numbers_become_days_and_times() {
        let serial = |value, kind| {
            let moment = ExcelDateTime::new(value, kind, false);
            seen(&DataRef::DateTime(moment), "")
        };
        let day = ExcelDateTimeType::DateTime;
        assert_eq!(serial(46_084.0, day), Cell::Date("2026-03-03".to_owned()));
        assert_eq!(serial(46_084.427_083_333, day), Cell::Date("2026-03-03 10:15".to_owned()));
        assert_eq!(serial(0.427_083_333, day), Cell::Time("10:15".to_owned()));
        assert_eq!(serial(1.5, ExcelDateTimeType::TimeDelta), Cell::Time("36:00".to_owned()));
        assert_eq!(serial(1e12, day), Cell::Number("1000000000000".to_owned()));
        assert_eq!(serial(f64::NAN, day), Cell::Number("NaN".to_owned()));
    }
}
