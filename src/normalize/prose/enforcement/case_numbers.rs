//! Kronofogden's målnummer, told apart from the numbers of judgments, invoices and customers.

use super::super::pattern::pattern;
use super::super::seen::Seen;
use super::super::seen::Sheet;
use super::super::seen::before;

pattern!(
    CASE,
    r"(?i)(?:^|[^\p{L}\d])([UE]\s?-?\s?\d{2,7}\s?-\s?\d{2,4}(?:\s?/\s?\d{2,4})?)(?:$|[^\d\p{L}])"
);
pattern!(
    CUED,
    r"(?i)(?:^|[^\p{L}])(?:mål|målnummer|målnr|mål-?nr|mål nr|mål nummer|case(?: no| number)?|sagsnr)\.?\s{0,2}[:.#]?\s{0,4}(\d{2,7}\s?-\s?\d{2,4}(?:/\d{2,4})?|\d{2}-\d{3,7}-\d{2})(?:$|[^\d\p{L}\-])"
);
/// What stands before the number of a judgment on which a case rests.
const TITLES: [&str; 8] = [
    "utslag",
    "dom i",
    "dom nr",
    "beslut i",
    "tingsrätt",
    "exekutionstitel",
    "hovrätt",
    "judgment",
];

/// Kronofogden's målnummer in a sheet, in the order they stand.
pub(in crate::normalize::prose) fn cases(sheet: &Sheet) -> Vec<Seen<String>> {
    let mut found: Vec<Seen<String>> = Vec::new();
    let mut add = |number: regex::Match<'_>, sure: f64| {
        let cue = before(&sheet.text, number.start(), 40);
        let value = spelt(number.as_str());
        if !TITLES.iter().any(|title| cue.contains(title)) && !is_person(&value) {
            found.push(Seen::on(sheet, number.start(), number.as_str(), value, sure));
        }
    };
    for fit in CASE.all(&sheet.text).take(100) {
        if let Some(number) = fit.get(1) {
            add(number, 0.99);
        }
    }
    for fit in CUED.all(&sheet.text).take(100) {
        if let Some(number) = fit.get(1) {
            add(number, 0.95);
        }
    }
    found.sort_by_key(|seen| seen.at);
    found
}

/// `nr e 900102-2384` is a person's number: a year of four digits begins with its century.
fn is_person(value: &str) -> bool {
    let digits = value.trim_start_matches(['U', 'E', '-']);
    digits.split_once('-').is_some_and(|(first, year)| {
        first.len() == 6 && year.len() == 4 && !year.starts_with("20") && !year.starts_with("19")
    })
}

/// `U-123456-26` and `U-118734-26/0105`, whatever spaces there are.
fn spelt(written: &str) -> String {
    let tight: String = written.chars().filter(|c| !c.is_whitespace()).collect();
    let tight = tight.to_uppercase();
    match (tight.strip_prefix('U'), tight.strip_prefix('E')) {
        (Some(rest), _) => format!("U-{}", rest.trim_start_matches('-')),
        (_, Some(rest)) => format!("E-{}", rest.trim_start_matches('-')),
        (None, None) => tight,
    }
}

#[cfg(test)]
mod tests {
    use super::cases;
    use crate::normalize::prose::seen::Sheet;

    #[test]
    fn case_numbers_are_told_apart() {
        for (text, expected) in [
            ("Målnummer U-123456-26", vec!["U-123456-26"]),
            ("Mål: U-118734-26/0105", vec!["U-118734-26/0105"]),
            ("mål nr U 123456-26,", vec!["U-123456-26"]),
            ("målnr u-204417-26.", vec!["U-204417-26"]),
            ("Mål nr 12345-26", vec!["12345-26"]),
            ("Mål: 24-7731-26", vec!["24-7731-26"]),
            ("utslag i mål 12-345671-26, 2026-09-21", vec![]),
            ("dom i mål T 1234-26", vec![]),
            ("OCR 202503104723, objekt 3304-02-0117, bg 991-2346", vec![]),
            ("hennes nr e 900102-2384", vec![]),
            ("Exekutionstitel: utslag U-99999-26", vec![]),
        ] {
            let found: Vec<String> =
                cases(&Sheet::body(text)).into_iter().map(|seen| seen.value).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
