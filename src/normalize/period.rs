//! The month a debt is for, as `2026-09`, from the ways in which landlords write it.

use super::swedish::dates::read_date;

/// The Swedish months by their first three letters.
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"];

/// Whether it is spelt `2026-09`.
pub(super) fn canonical(text: &str) -> bool {
    let mut parts = text.split('-');
    let (Some(year), Some(month), None) = (parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    compose(year, month).is_some_and(|read| read == text)
}

/// Reads `202609`, `2026/09`, `09/2026`, `september 2026`, `sept 2026`, and a whole day as its month.
pub(super) fn read(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    if text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return compose(text.get(..4)?, text.get(4..)?);
    }
    let parts: Vec<&str> =
        text.split(['-', '/', '.', ' ', '\u{a0}']).filter(|part| !part.is_empty()).collect();
    let month = match parts.as_slice() {
        [a, b] if a.len() == 4 && number(a) => compose(a, &named(b)?),
        [a, b] if b.len() == 4 && number(b) => compose(b, &named(a)?),
        _ => None,
    };
    month.or_else(|| read_date(&text).map(|day| format!("{:04}-{:02}", day.year(), day.month())))
}

/// The number of a month given by number or name.
fn named(word: &str) -> Option<String> {
    if number(word) {
        return Some(word.to_owned());
    }
    let at = MONTHS.iter().position(|month| word.starts_with(month))?;
    Some((at + 1).to_string())
}

fn number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn compose(year: &str, month: &str) -> Option<String> {
    let year: u16 = year.parse().ok().filter(|year| (1900..=2999).contains(year))?;
    let month: u8 = month.parse().ok().filter(|month| (1..=12).contains(month))?;
    Some(format!("{year:04}-{month:02}"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn months_are_read_as_people_write_them() {
        for text in ["202609", "2026/09", "09/2026", "september 2026", "Sept. 2026", "2026 9"] {
            assert_eq!(super::read(text).as_deref(), Some("2026-09"), "{text}");
        }
        for text in ["", "2026-13", "hösten 2026", "september"] {
            assert_eq!(super::read(text), None, "{text}");
        }
        assert!(super::canonical("2026-09"));
        assert!(!super::canonical("2026-9"));
    }
}
