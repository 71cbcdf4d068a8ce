//! What a value looks like by itself, whatever it is called: a number of a person, a day, a sum, a name.

use super::super::cells;
use super::super::nobody;
use crate::domain::person_id::PersonIdentity;
use crate::domain::person_id::PersonIdentityKind;
use jiff::civil::Date;

/// Written where nothing is known.
const NOTHING: &[&str] = &[
    "-",
    "--",
    "–",
    "null",
    "none",
    "n/a",
    "na",
    "saknas",
    "uppgift saknas",
    "okand",
    "ej angivet",
];

/// Whether nothing is told.
pub(super) fn is_nothing(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    text.is_empty() || NOTHING.contains(&text.as_str())
}

/// A number that can only be a person's: twelve digits, or ten with their hyphen.
pub(super) fn is_identity(text: &str, on: Date) -> bool {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let plain = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '+' | ' '));
    let marked = digits.len() == 12 || (digits.len() == 10 && text.contains(['-', '+']));
    // The third digit of a company's number is two or more.
    let firm = digits.len() == 10 && digits.as_bytes().get(2).is_some_and(|digit| *digit >= b'2');
    let (identity, fault) = PersonIdentity::read(text, on);
    plain && marked && !firm && fault.is_none() && identity.kind != PersonIdentityKind::Other
}

/// A company's number with its hyphen.
pub(super) fn organisation(text: &str) -> Option<String> {
    let bare = text.trim().trim_start_matches("SE");
    let digits: String = bare.chars().filter(char::is_ascii_digit).collect();
    // `SE556900000201`, `165569000002`
    let ten = match digits.len() {
        10 => digits.as_str(),
        12 if text.starts_with("SE") => digits.get(..10)?,
        12 if digits.starts_with("16") => digits.get(2..)?,
        _ => return None,
    };
    let (number, fault) = crate::domain::organisation_number::OrganisationNumber::read(ten);
    number.filter(|_| fault.is_none()).map(|number| number.reveal().to_owned())
}

/// `20261105`, `2026-11-05`, `5/11 2026`, `2026-11-05T08:00:00`: the day, and the hour behind it.
pub(super) fn day(text: &str, on: Date) -> Option<(Date, Option<String>)> {
    let text = text.trim();
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let near = |day: &Date| (day.year() - on.year()).abs() <= 120;
    if digits && text.len() == 8 {
        let iso = format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]);
        return iso.parse::<Date>().ok().filter(near).map(|day| (day, None));
    }
    if digits && text.len() == 6 {
        let iso = format!("20{}-{}-{}", &text[..2], &text[2..4], &text[4..]);
        let day = iso.parse::<Date>().ok()?;
        return ((day.year() - on.year()).abs() <= 1).then_some((day, None));
    }
    if text.len() > 40 || !text.chars().any(|c| c.is_ascii_digit()) {
        return None;
    }
    if let (Some(head), Some(tail)) = (text.get(..10), text.get(10..))
        && let Ok(day) = head.parse::<Date>()
        && tail.starts_with(['T', ' '])
        && tail.len() >= 6
    {
        return Some((day, Some(tail[1..].trim_start_matches(['k', 'l', '.', ' ']).to_owned())));
    }
    let day = super::super::super::swedish::dates::read_date(text)?;
    near(&day).then_some((day, None))
}

/// `0930`, `09:30`, `9.30`, `kl 9`.
pub(super) fn clock(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches(['k', 'l', '.', ' ']);
    let text = text.strip_suffix(":00").filter(|head| head.contains(':')).unwrap_or(text);
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let plain = text.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.'));
    let (hour, minute) = match digits.len() {
        1 | 2 => (digits.as_str(), "00"),
        3 => digits.split_at(1),
        4 => digits.split_at(2),
        _ => return None,
    };
    let fits = hour.parse::<u8>().is_ok_and(|hour| (5..=20).contains(&hour))
        && minute.parse::<u8>().is_ok_and(|minute| minute < 60);
    (plain && fits).then(|| format!("{hour:0>2}.{minute}"))
}

/// `2026-10`, `202610`, `2610`, `oktober 2026`.
pub(super) fn month(text: &str, on: Date) -> Option<String> {
    let text = text.trim();
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let fits = |year: &str, month: &str| {
        let year: i16 = year.parse().ok()?;
        let number: i8 = month.parse().ok()?;
        let near = (year - on.year()).abs() <= 5 && (1..=12).contains(&number);
        near.then(|| format!("{year}-{number:02}"))
    };
    match text.len() {
        4 if digits => fits(&format!("20{}", &text[..2]), &text[2..]),
        6 if digits => fits(&text[..4], &text[4..]),
        7 if text.is_ascii() && text.as_bytes()[4].is_ascii_punctuation() => {
            fits(&text[..4], &text[5..])
        }
        _ if digits => None,
        _ => match super::super::months::read(text, on).as_slice() {
            [(month, _)] => Some(month.clone()),
            [] | [..] => None,
        },
    }
}

/// A number that may be a sum.
pub(super) fn is_sum(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_digit() || matches!(c, ' ' | ',' | '.' | '-' | ':' | '\u{a0}');
    let lower = text.trim().to_lowercase();
    let bare = lower.trim_end_matches("kronor").trim_end_matches("kr").trim_end_matches("sek");
    !bare.trim().is_empty()
        && bare.starts_with(|c: char| c.is_ascii_digit())
        && bare.chars().all(plain)
        && cells::amount(bare).is_some()
}

/// `U-1234-26`, `03-77120-27`
pub(super) fn is_case(text: &str) -> bool {
    let parts: Vec<&str> = text.trim().split('-').collect();
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    match parts.as_slice() {
        [first, number, year] => {
            (first.eq_ignore_ascii_case("u") || (digits(first) && first.len() == 2))
                && digits(number)
                && (3..=8).contains(&number.len())
                && digits(year)
                && year.len() == 2
        }
        _ => false,
    }
}

/// A number of somebody's own: short, with a digit, and no sum, day or serial number.
pub(super) fn is_reference(text: &str) -> bool {
    let text = text.trim();
    let length = text.chars().count();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let small = digits == length && length < 4;
    (3..=30).contains(&length)
        && digits > 0
        && !small
        && text.matches('-').count() < 4
        && text.split(' ').count() <= 2
        && !text.contains(['@', '\n', '§'])
}

/// Two to five words of letters, each with a capital.
pub(super) fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    (2..=5).contains(&words.len())
        && words.iter().any(|word| word.starts_with(char::is_uppercase))
        && words.iter().all(|word| {
            word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '.' | '’'))
        })
        && !nobody::is_company(text)
}

/// A street with its number.
pub(super) fn is_street(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let number = words.iter().skip(1).any(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    (2..=9).contains(&words.len())
        && number
        && words.first().is_some_and(|word| word.starts_with(char::is_alphabetic))
        && text.chars().count() <= 80
}

/// Whether its first word is a road by its ending.
pub(super) fn is_road(text: &str) -> bool {
    let first = text.split(' ').next().unwrap_or_default().to_lowercase();
    ["gatan", "vägen", "gränd", "torget", "allén", "stigen", "backen", "plan", "gata", "väg"]
        .iter()
        .any(|end| first.ends_with(end))
}

/// How many words there are.
pub(super) fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count()
}
