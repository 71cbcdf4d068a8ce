//! Organisationsnummer (SFS 1974:174): ten digits, the last a check digit. A sole trader's is a personnummer, so it is masked.

use crate::domain::masked::Masked;
use crate::domain::person_id::luhn_holds;
use serde::Deserialize;
use serde::Serialize;

/// Ten digits as `5569000002`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OrganisationNumber(Masked);

/// What is odd about a number that is kept all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrganisationNumberFault {
    /// Not ten (or twelve with prefix 16) digits: no value.
    Shape,
    /// The check digit is wrong.
    CheckDigit,
}

impl OrganisationNumber {
    /// Reads any usual spelling: ten digits with or without hyphen and spaces, twelve with the prefix 16 (or a sole trader's century),
    /// a VAT number (`SE…01`). A value with a wrong check digit is kept beside its fault.
    pub fn read(text: &str) -> (Option<Self>, Option<OrganisationNumberFault>) {
        let Some(digits) = ten_digits(text) else {
            return (None, Some(OrganisationNumberFault::Shape));
        };
        let fault = (!luhn_holds(&digits)).then_some(OrganisationNumberFault::CheckDigit);
        (Some(Self(Masked::new(digits))), fault)
    }

    /// The ten digits.
    pub fn reveal(&self) -> &str {
        self.0.reveal()
    }
}

fn ten_digits(text: &str) -> Option<String> {
    let compact: String = text
        .chars()
        .filter(|c| {
            !c.is_whitespace() && !matches!(c, '-' | '+' | '\u{2010}'..='\u{2015}' | '\u{2212}')
        })
        .map(|c| c.to_ascii_uppercase())
        .collect();
    let (digits, is_vat_number) = match compact.strip_prefix("SE") {
        Some(rest) => (rest, true),
        None => (compact.as_str(), false),
    };
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let ten = match (digits.len(), is_vat_number) {
        (10, false) => digits,
        (12, true) => digits.strip_suffix("01")?,
        (12, false) => {
            let (prefix, ten) = digits.split_at(2);
            matches!(prefix, "16" | "18" | "19" | "20").then_some(ten)?
        }
        _ => return None,
    };
    Some(ten.to_owned())
}

#[cfg(test)]
mod tests {
    use super::OrganisationNumber;
    use super::OrganisationNumberFault;
    use proptest::prelude::any;
    use proptest::prop_assert_eq;
    use proptest::proptest;

    #[test]
    fn usual_spellings_are_one_number() {
        for text in [
            "5569000002",
            "556900-0002",
            " 556900 0002 ",
            "16556900-0002",
            "165569000002",
            "SE556900000201",
            "se 556900-0002 01",
            "556900\u{2013}0002",
        ] {
            let (number, fault) = OrganisationNumber::read(text);
            assert_eq!(
                number.as_ref().map(OrganisationNumber::reveal),
                Some("5569000002"),
                "{text}"
            );
            assert_eq!(fault, None, "{text}");
        }
        for text in ["769600-0004", "716400-0007", "850101-2390", "198501012390"] {
            assert_eq!(OrganisationNumber::read(text).1, None, "{text}");
        }
    }

    #[test]
    fn a_wrong_check_digit_is_a_fault_and_the_number_is_kept() {
        let (number, fault) = OrganisationNumber::read("556900-0003");
        assert_eq!(number.as_ref().map(OrganisationNumber::reveal), Some("5569000003"));
        assert_eq!(fault, Some(OrganisationNumberFault::CheckDigit));
    }

    #[test]
    fn what_is_no_number_has_no_value() {
        for text in [
            "",
            "556900",
            "55690000021",
            "SE5569000002",
            "175569000002",
            "5569OOOO02",
            "٥٥٦٩٠٠٠٠٠٢",
        ] {
            let (number, fault) = OrganisationNumber::read(text);
            assert_eq!((number, fault), (None, Some(OrganisationNumberFault::Shape)), "{text}");
        }
    }

    #[test]
    fn debug_shows_nothing() {
        let (number, _) = OrganisationNumber::read("850101-2390");
        assert!(!format!("{number:?}").contains("8501"));
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in any::<String>()) {
            let (number, fault) = OrganisationNumber::read(&text);
            prop_assert_eq!(number.is_none(), fault == Some(OrganisationNumberFault::Shape));
        }

        #[test]
        fn a_changed_digit_is_a_fault(place in 0_usize..10, add in 1_u8..10) {
            let mut digits = *b"5569000002";
            digits[place] = b'0' + (digits[place] - b'0' + add) % 10;
            let text = String::from_utf8_lossy(&digits).into_owned();
            prop_assert_eq!(OrganisationNumber::read(&text).1, Some(OrganisationNumberFault::CheckDigit));
        }
    }
}
