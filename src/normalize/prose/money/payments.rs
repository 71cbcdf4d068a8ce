//! Where a debt is to be paid: bankgiro, plusgiro and OCR, each with its check digit.

use super::super::pattern::pattern;
use super::super::seen::Seen;
use super::super::seen::Sheet;

pattern!(BANKGIRO_WORD, r"(?i)(?:^|[^\p{L}])(?:bankgiro\p{L}*|bg(?:nr|-nr)?|bankgironr)");
pattern!(PLUSGIRO_WORD, r"(?i)(?:^|[^\p{L}])(?:plusgiro\p{L}*|postgiro\p{L}*|pg(?:nr|-nr)?)");
pattern!(OCR_WORD, r"(?i)(?:^|[^\p{L}])OCR(?:-?\s?(?:nummer|nr|referens))?");
pattern!(BANKGIRO, r"(?:^|[^\d\-])(\d{3,4}\s?-\s?\d{4})(?:$|[^\d\-])");
pattern!(BANKGIRO_TIGHT, r"^\P{N}{0,4}(\d{7,8})(?:$|[^\d\-])");
pattern!(
    BANKGIRO_SPACED,
    r"^\P{N}{0,6}(\d{3,4} \d{4}|\d{2,3} \d{2} \d{3}|\d{3} \d{2} \d{2}|\d{4} \d{2} \d{2}|\d{2} \d{2} \d{3,4})(?:$|[^\d\-])"
);
pattern!(PLUSGIRO, r"(?:^|[^\d\-])(\d{1,3}(?:\s?\d{1,3}){0,5}\s?-\s?\d)(?:$|[^\d\-])");
pattern!(OCR, r"(?:^|[^\d\-])(\d(?:[\d ]{2,26})\d)(?:$|[^\d\-])");

/// So far behind its word an account may stand, in characters.
const REACH: usize = 90;

/// Where to pay.
#[derive(Clone, Debug, Default)]
pub(super) struct Accounts {
    pub(super) bankgiro: Option<Seen<String>>,
    pub(super) plusgiro: Option<Seen<String>>,
    pub(super) ocr: Option<Seen<String>>,
}

/// The accounts of a sheet.
pub(super) fn accounts(sheet: &Sheet) -> Accounts {
    let bankgiro = find(sheet, &BANKGIRO_WORD, &BANKGIRO, hyphened)
        .or_else(|| find(sheet, &BANKGIRO_WORD, &BANKGIRO_TIGHT, hyphened))
        .or_else(|| find(sheet, &BANKGIRO_WORD, &BANKGIRO_SPACED, checked));
    // The form's label names both: what stands below is a bankgiro by its shape.
    let either = || find(sheet, &PLUSGIRO_WORD, &BANKGIRO, hyphened);
    let bankgiro = bankgiro.or_else(either);
    let plusgiro = find(sheet, &PLUSGIRO_WORD, &PLUSGIRO, hyphened_late)
        .filter(|seen| bankgiro.as_ref().is_none_or(|bankgiro| bankgiro.at != seen.at));
    let ocr = find(sheet, &OCR_WORD, &OCR, digits);
    Accounts { bankgiro, plusgiro, ocr }
}

/// The first number of a shape that stands behind its word.
fn find(
    sheet: &Sheet,
    word: &'static super::super::pattern::Pattern,
    shape: &'static super::super::pattern::Pattern,
    spell: fn(&str) -> Option<String>,
) -> Option<Seen<String>> {
    for fit in word.all(&sheet.text).take(20) {
        let Some(end) = fit.get(0).map(|fit| fit.end()) else { continue };
        let behind = sheet.text.get(end..).unwrap_or_default();
        let length = behind.char_indices().nth(REACH).map_or(behind.len(), |(at, _)| at);
        // Below its label, but not further down than an empty line and one more.
        let lines: usize = behind.split_inclusive('\n').take(3).map(str::len).sum();
        // In a table's head the account stands in its own column, which is not known here.
        let head = sheet.text.get(..end).unwrap_or_default();
        let line = head.rfind('\n').map_or(0, |at| at + 1);
        let first = behind.find('\n').unwrap_or(behind.len());
        let tabs = head[line..].matches('\t').count() + behind[..first].matches('\t').count();
        let reach = if tabs > 3 { first } else { length.min(lines) };
        let near = &behind[..reach.min(length)];
        // Figures with `kr` behind them are an amount.
        let is_sum = |end: usize| {
            let tail = near.get(end..).unwrap_or_default().trim_start();
            let tail: String = tail.chars().take(3).collect::<String>().to_lowercase();
            tail.starts_with("kr") || tail.starts_with("sek") || tail.starts_with(":-")
        };
        let number = shape.all(near).take(5).filter_map(|fit| fit.get(1));
        let Some(number) = number.into_iter().find(|it| !is_sum(it.end())) else { continue };
        let Some(value) = spell(number.as_str()) else { continue };
        let sure = if checks(&value) { 0.985 } else { 0.85 };
        return Some(Seen::on(sheet, end + number.start(), number.as_str(), value, sure));
    }
    None
}

fn digits(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    (4..=25).contains(&digits.len()).then_some(digits)
}

/// `991-2346`, `5050-1234`.
fn hyphened(text: &str) -> Option<String> {
    let digits = digits(text)?;
    let split = digits.len().checked_sub(4).filter(|front| (3..=4).contains(front))?;
    Some(format!("{}-{}", &digits[..split], &digits[split..]))
}

/// `991 23 46`, where the check digit fits: figures in groups may be anything.
fn checked(text: &str) -> Option<String> {
    hyphened(text).filter(|number| checks(number))
}

/// `410077-2`.
fn hyphened_late(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let split = digits.len().checked_sub(1).filter(|front| (1..=7).contains(front))?;
    Some(format!("{}-{}", &digits[..split], &digits[split..]))
}

/// Whether the last digit is what the others make it (modulus 10), as for bankgiro, plusgiro and OCR.
fn checks(number: &str) -> bool {
    let digits = number.chars().rev().filter_map(|c| c.to_digit(10));
    let sum: u32 = digits
        .enumerate()
        .map(|(at, digit)| match at % 2 {
            0 => digit,
            _ => digit * 2 / 10 + digit * 2 % 10,
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::accounts;
    use crate::normalize::prose::seen::Sheet;

    #[test]
    fn accounts_are_read_as_people_write_them() {
        for (text, bankgiro, plusgiro, ocr) in [
            ("Bankgiro 991-2346, OCR 202503104723.", Some("991-2346"), None, Some("202503104723")),
            ("bg 991-2312", Some("991-2312"), None, None),
            ("Bg: 9912346", Some("991-2346"), None, None),
            ("till bankgiro 991 23 46.", Some("991-2346"), None, None),
            ("BG 991 2346", Some("991-2346"), None, None),
            ("bankgiro, ring 040 62 804", None, None, None),
            (
                "Bankgiro / OCR\t991-2304 / 703155001182",
                Some("991-2304"),
                None,
                Some("703155001182"),
            ),
            ("Bankgiro, OCR\n996-0154, 30001127", Some("996-0154"), None, Some("30001127")),
            ("5. Plusgiro- eller bankgirokonto\n505-0109\n", Some("505-0109"), None, None),
            ("PG 41 00 77-2", None, Some("410077-2"), None),
            ("plusgiro 591 12-3", None, Some("59112-3"), None),
            ("OCR 4470011026 3\n\n2026-10-09", None, None, Some("44700110263")),
            ("tel 040-628 04 10, 850101-2390", None, None, None),
        ] {
            let found = accounts(&Sheet::body(text));
            let value = |seen: Option<super::Seen<String>>| seen.map(|seen| seen.value);
            let found = (value(found.bankgiro), value(found.plusgiro), value(found.ocr));
            let owned = |text: Option<&str>| text.map(str::to_owned);
            assert_eq!(found, (owned(bankgiro), owned(plusgiro), owned(ocr)), "{text}");
        }
    }
}
