//! Numbers that name somebody, wherever they stand in a text: organisations, telephones.

use super::pattern::pattern;
use super::seen::Seen;
use super::seen::Sheet;
use super::seen::near_end;
use crate::domain::organisation_number::OrganisationNumber;

pattern!(ORGANISATION, r"(?:^|[^\d\-])((?:16)?\d{6}-?\d{4})(?:$|[^\d\-])");
// `orgnr 556900 0002`, `momsreg.nr SE556900000201`.
pattern!(
    SPELT,
    r"(?i)(?:org(?:anisations?)?\.? ?-?(?:nummer|nr|no)?|company (?:no|number)|reg\. ?(?:no|nr))\.?[ :=\t]{0,3}((?:16)?\d{6}[ .–]\d{4})(?:$|[^\d\-])|(?:^|[^\p{L}\d])SE ?((?:\d{6}-?\d{4}))[ ]?01(?:$|\D)"
);
pattern!(
    PHONE,
    r"(?:^|[^\d\-])((?:\+46\s?(?:\(0\))?\s?|0)\d{1,3}\s?[-–/ ]\s?\d{2,3}(?:\s?\d{2,3}){1,3})(?:$|[^\d\-])"
);

/// Labels of other numbers.
const OTHERS: &[&str] = &["ocr", "ocr-nr", "ocr nr", "ocr-nummer", "fakturanr", "fakturanummer"];

/// Every organisationsnummer whose check digit holds.
pub(super) fn organisations(sheet: &Sheet) -> Vec<Seen<OrganisationNumber>> {
    let spelt = SPELT.all(&sheet.text);
    let all = ORGANISATION.all(&sheet.text).chain(spelt).filter_map(|fit| {
        let number = fit.get(1).or_else(|| fit.get(2))?;
        let digits: String = number.as_str().chars().filter(char::is_ascii_digit).collect();
        let third = digits.get(digits.len() - 8..digits.len() - 7)?;
        let (Some(read), None) = OrganisationNumber::read(&digits) else { return None };
        // `OCR` at the end of a line, and the number below it.
        let head = near_end(sheet.text.get(..number.start()).unwrap_or_default());
        let label = head.trim_end_matches([' ', '\n', '\t', ':', '.']).to_lowercase();
        if OTHERS.iter().any(|word| label.ends_with(word)) {
            return None;
        }
        // The third digit of a company's number is two or more; a person's firm has the person's number.
        (third >= "2").then(|| Seen::on(sheet, number.start(), number.as_str(), read, 0.98))
    });
    all.collect()
}

/// Telephones in the order they stand.
pub(super) fn phones(sheet: &Sheet) -> Vec<Seen<String>> {
    let all = PHONE.all(&sheet.text).filter_map(|fit| {
        let number = fit.get(1)?;
        let digits = number.as_str().chars().filter(char::is_ascii_digit).count();
        let value = number.as_str().trim().to_owned();
        (8..=13)
            .contains(&digits)
            .then(|| Seen::on(sheet, number.start(), number.as_str(), value, 0.9))
    });
    all.collect()
}

#[cfg(test)]
mod tests {
    use super::organisations;
    use crate::normalize::prose::seen::Sheet;

    fn sheet(text: &str) -> Sheet {
        Sheet::body(text)
    }

    #[test]
    fn other_numbers_are_told_apart() {
        let text = "Org.nr 556900-0002. Mål U-123456-26. Bankgiro 991-2346, OCR 202503104723.";
        let sheet = sheet(text);
        assert_eq!(organisations(&sheet)[0].value.reveal(), "5569000002");
    }
}
