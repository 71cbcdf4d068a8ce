//! Numbers that name somebody or something, wherever they stand in a text: organisations, cases at Kronofogden, accounts, telephones.

use super::pattern::pattern;
use super::seen::Seen;
use super::seen::Sheet;
use crate::domain::organisation_number::OrganisationNumber;

pattern!(ORGANISATION, r"(?:^|[^\d\-])((?:16)?\d{6}-?\d{4})(?:$|[^\d\-])");
pattern!(CASE, r"(?i)\b([UE]\s?-\s?\d{2,7}\s?-\s?\d{2,4})\b");
pattern!(
    COURT_CASE,
    r"(?i)(?:ärende(?:nummer|nr)?|mål(?:nummer|nr)?|dnr)\.?\s*:?\s*((?:\d{2,6}-\d{2,4})|(?:[A-ZÅÄÖ]{1,3}\s?\d{1,6}[-/]\d{2,4}))"
);
pattern!(BANKGIRO, r"(?i)(?:bankgiro|bg)(?:nummer|nr|konto)?\.?\s*:?\s*(\d{3,4}-?\d{4})\b");
pattern!(
    PLUSGIRO,
    r"(?i)(?:plusgiro|postgiro|pg)(?:nummer|nr|konto)?\.?\s*:?\s*(\d{1,7}(?: \d{2})*-\d)\b"
);
pattern!(OCR, r"(?i)\bOCR(?:-?(?:nummer|nr|referens))?\.?\s*:?\s*(\d[\d ]{3,24}\d)\b");
pattern!(
    PHONE,
    r"(?:^|[^\d\-])((?:\+46\s?(?:\(0\))?\s?|0)\d{1,3}\s?[-–/ ]\s?\d{2,3}(?:\s?\d{2,3}){1,3})(?:$|[^\d\-])"
);

/// Every organisationsnummer whose check digit holds.
pub(super) fn organisations(sheet: &Sheet) -> Vec<Seen<OrganisationNumber>> {
    let all = ORGANISATION.all(&sheet.text).filter_map(|fit| {
        let number = fit.get(1)?;
        let digits: String = number.as_str().chars().filter(char::is_ascii_digit).collect();
        let third = digits.get(digits.len() - 8..digits.len() - 7)?;
        let (Some(read), None) = OrganisationNumber::read(number.as_str()) else { return None };
        // The third digit of a company's number is two or more; a person's firm has the person's number.
        (third >= "2").then(|| Seen::on(sheet, number.start(), number.as_str(), read, 0.98))
    });
    all.collect()
}

/// Kronofogden's målnummer.
pub(super) fn cases(sheet: &Sheet) -> Vec<Seen<String>> {
    let plain = |text: &str| -> String {
        text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_uppercase()
    };
    let own = CASE.all(&sheet.text).filter_map(|fit| {
        let number = fit.get(1)?;
        Some(Seen::on(sheet, number.start(), number.as_str(), plain(number.as_str()), 0.99))
    });
    own.collect()
}

/// A case number of a court or the rent tribunal.
pub(super) fn court_case(sheet: &Sheet) -> Option<Seen<String>> {
    let number = COURT_CASE.first(&sheet.text)?.get(1)?;
    Some(Seen::on(sheet, number.start(), number.as_str(), number.as_str().to_owned(), 0.9))
}

/// Where to pay.
#[derive(Clone, Debug, Default)]
pub(super) struct Accounts {
    pub(super) bankgiro: Option<Seen<String>>,
    pub(super) plusgiro: Option<Seen<String>>,
    pub(super) ocr: Option<Seen<String>>,
}

/// The accounts of a sheet.
pub(super) fn accounts(sheet: &Sheet) -> Accounts {
    let first = |pattern: &super::pattern::Pattern| {
        let number = pattern.first(&sheet.text)?.get(1)?;
        let value = number.as_str().trim().to_owned();
        Some(Seen::on(sheet, number.start(), number.as_str(), value, 0.98))
    };
    let digits = |text: String| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let hyphened = |text: String| {
        let digits = digits(text);
        match digits.len() {
            7 | 8 => format!("{}-{}", &digits[..digits.len() - 4], &digits[digits.len() - 4..]),
            _ => digits,
        }
    };
    Accounts {
        bankgiro: first(&BANKGIRO).map(|seen| seen.map(hyphened)),
        plusgiro: first(&PLUSGIRO),
        ocr: first(&OCR).map(|seen| seen.map(digits)),
    }
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
    use super::accounts;
    use super::cases;
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
        assert_eq!(cases(&sheet)[0].value, "U-123456-26");
        let accounts = accounts(&sheet);
        assert_eq!(accounts.bankgiro.unwrap().value, "991-2346");
        assert_eq!(accounts.ocr.unwrap().value, "202503104723");
    }
}
