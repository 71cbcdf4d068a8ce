//! Days of birth that stand without the last four digits: behind a name, or behind a label where one person only can be meant.

use super::super::pattern::pattern;
use super::super::seen::Seen;
use super::Found;
use super::Page;
use crate::domain::notice::Role;
use jiff::civil::Date;

pattern!(
    BORN,
    r"(?i)(?:\b(?:född(?:\s*(?:den|datum))?|födelse(?:datum|tid|dag)|f\.|born(?: on)?|født|date of birth|dob|personnummer|pers\.?nr|pnr)\s*[:.\t=]*\s*|[,( \t])((?:18|19|20)\d\d-\d\d-\d\d|(?:(?:18|19|20)\d\d|\d\d)\d{4}-(?:[x*?_]{4}|0000)|(?:18|19|20)\d{6}|\d{1,2}(?:st|nd|rd|th|\.|:e)?\s+\p{L}{3,9}\.?\s+(?:18|19|20)\d\d)(?:$|[^\d])"
);
const WORD: &[&str] = &["föd", "f.", "born", "fød", "dob", "birth"];
const MONTHS: &[&str] =
    &["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"];

/// Puts the days of birth that are told to those without a number.
pub(super) fn put(pages: &[Page<'_>], found: &mut [Found], on: Date) {
    let adults: Vec<usize> = (0..found.len())
        .filter(|at| {
            found.get(*at).is_some_and(|it| it.identity.is_none() && it.role != Role::Child)
        })
        .collect();
    for page in pages {
        for fit in BORN.all(&page.text).take(20) {
            let (Some(whole), Some(day)) = (fit.get(0), fit.get(1)) else { continue };
            let masked = day.as_str().contains('-')
                && !day.as_str().ends_with(|c: char| c.is_ascii_digit() && c != '0');
            let lead = whole.as_str().to_lowercase();
            let said = masked || WORD.iter().any(|word| lead.starts_with(word));
            // Who rents a home was not born the other day.
            let grown = |date: &Date| date.year() + 15 <= on.year();
            let Some(date) = date(day.as_str(), on).filter(grown).filter(|_| said) else {
                continue;
            };
            let near = adults.iter().rev().find(|at| {
                let name = found.get(**at).and_then(|person| person.name.as_ref());
                name.is_some_and(|name| {
                    name.sheet == page.sheet.number
                        && name.at < whole.start()
                        && whole.start() - name.at <= name.quote.len() + 12
                })
            });
            let only = || adults.first().filter(|_| adults.len() == 1);
            let Some(at) = near.or_else(only) else { continue };
            if let Some(person) = found.get_mut(*at).filter(|it| it.born_on.is_none()) {
                person.born_on = Some(Seen::on(page.sheet, day.start(), day.as_str(), date, 0.96));
            }
        }
    }
}

fn date(text: &str, on: Date) -> Option<Date> {
    let (year, month, day): (i16, i8, i8);
    let digits: String = text
        .chars()
        .take_while(|c| c.is_ascii_digit() || *c == '-')
        .filter(char::is_ascii_digit)
        .collect();
    if text.chars().any(char::is_alphabetic) && digits.len() <= 2 {
        let mut words = text.split_whitespace();
        day = digits.parse().ok()?;
        let word: String = words.nth(1)?.to_lowercase().chars().take(3).collect();
        let word = match word.as_str() {
            "may" => "maj",
            "oct" => "okt",
            word => word,
        };
        month = i8::try_from(MONTHS.iter().position(|month| *month == word)? + 1).ok()?;
        year = words.next()?.parse().ok()?;
    } else {
        let split = match digits.len() {
            8 | 12 => 4,
            6 | 10 => 2,
            _ => return None,
        };
        let short: i16 = digits.get(..split)?.parse().ok()?;
        let century = if short > on.year() % 100 { 1900 } else { 2000 };
        year = if split == 4 { short } else { century + short };
        month = digits.get(split..split + 2)?.parse().ok()?;
        day = digits.get(split + 2..split + 4)?.parse().ok()?;
    }
    Date::new(year, month, day).ok().filter(|date| *date <= on)
}
