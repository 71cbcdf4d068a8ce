//! Kronofogden and the rent tribunals by what stands above or below their letters.

use super::super::pattern::pattern;
use super::super::seen::Seen;
use super::super::seen::Sheet;
use super::From;
use super::companies;

pattern!(
    AUTHORITY,
    r"(?i)^\s*(?:(kronofogde(?:n|myndigheten))|(hyresnämnden i \p{L}+)((?-i:[ ]\p{Lu}[\p{L}-]+)[ \t\r\n]*$)?)|\bringde\s*:[^\n]{0,60}(kronofogden)"
);

pattern!(
    TRIBUNAL,
    r"(?i)\b(?:hyres- och arrendenämnden|hyresnämnden) i (\p{L}+(?:(?-i:[ ]\p{Lu}\p{Ll}+)$)?)"
);
pattern!(
    TRIBUNAL_LINE,
    r"(?im)^[ \t]*(?:hyres- och arrendenämnden|hyresnämnden) i (\p{L}+(?:(?-i:[ ]\p{Lu}[\p{L}-]+))?)[ \t]*$"
);

/// The authority that a letter bears above it, or a tribunal that signs it.
pub(super) fn heading(sheets: &[Sheet], from: From<'_>) -> Option<Seen<String>> {
    sheets.iter().find_map(authority).or_else(|| tribunal(sheets, from))
}

/// A tribunal that writes its name below the letter or in its address.
fn tribunal(sheets: &[Sheet], from: From<'_>) -> Option<Seen<String>> {
    let written = from.name.is_some_and(|name| TRIBUNAL.is_in(name));
    let body = sheets.iter().find(|sheet| sheet.source == "body");
    let below = body.and_then(|sheet| {
        let found = TRIBUNAL_LINE.all(&sheet.text).filter_map(|found| found.get(1)).last()?;
        let value = format!("Hyresnämnden i {}", companies::ordinary(found.as_str()));
        Some(Seen::on(sheet, found.start(), found.as_str(), value, 0.97))
    });
    below.filter(|_| written).or_else(|| {
        let name = from.name?;
        let place = TRIBUNAL.first(name)?.get(1)?;
        let sheet = Sheet::new(usize::MAX, "from".to_owned(), name.to_owned());
        let value = format!("Hyresnämnden i {}", place.as_str());
        Some(Seen::on(&sheet, 0, name, value, 0.96))
    })
}

/// Kronofogden or a tribunal, by the first lines of a letter.
fn authority(sheet: &Sheet) -> Option<Seen<String>> {
    if sheet.source == "subject" {
        return None;
    }
    let mut at = 0;
    for line in sheet.text.split_inclusive('\n').take(6) {
        if let Some(found) = AUTHORITY.first(line)
            && let Some(name) = found.get(1).or(found.get(2)).or(found.get(4))
            && !line.trim_end().ends_with('.')
        {
            let value = match found.get(2) {
                // `Hyresnämnden i Södra Provby`, where the line ends with it.
                Some(tribunal) => {
                    let second = found.get(3).map_or("", |second| second.as_str().trim_end());
                    format!("{}{second}", tribunal.as_str())
                }
                None if name.as_str().to_lowercase().ends_with("myndigheten") => {
                    "Kronofogdemyndigheten".to_owned()
                }
                None => "Kronofogden".to_owned(),
            };
            return Some(Seen::on(sheet, at + name.start(), name.as_str(), value, 0.99));
        }
        at += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::From;
    use super::heading;
    use crate::normalize::prose::seen::Sheet;

    #[test]
    fn an_authority_bears_its_name_above_its_letters() {
        for (text, name) in [
            ("KRONOFOGDEN\nBeslut", Some("Kronofogden")),
            ("Kronofogdemyndigheten\nBeslut", Some("Kronofogdemyndigheten")),
            ("Hyresnämnden i Södra Provby\nBox 12", Some("Hyresnämnden i Södra Provby")),
            ("Hyresnämnden i Provby Underrättelse i ärende", Some("Hyresnämnden i Provby")),
            ("Hyresvärden har ringt Kronofogden.", None),
        ] {
            let told = heading(&[Sheet::body(text)], From::default()).map(|seen| seen.value);
            assert_eq!(told.as_deref(), name, "{text}");
        }
    }
}
