//! Numbers that name somebody or something, wherever they stand in a text: persons, organisations, telephones.

use super::pattern::pattern;
use super::seen::Seen;
use super::seen::Sheet;
use super::seen::before;
use super::seen::last_cue;
use crate::domain::organisation_number::OrganisationNumber;
use crate::domain::person_id::PersonIdentity;
use crate::domain::person_id::PersonIdentityFault;
use crate::domain::person_id::PersonIdentityKind;
use jiff::civil::Date;

pattern!(
    IDENTITY,
    r"(?:^|[^\d\-/+:.])((?:19|20|18)?\d{2}[ ]?(?:0[1-9]|1[0-2])[ ]?(?:0[1-9]|[1-9]\d)[ ]?[-+]?[ ]?\d{4})(?:$|[^\d\-/])"
);
pattern!(ORGANISATION, r"(?:^|[^\d\-])((?:16)?\d{6}-?\d{4})(?:$|[^\d\-])");
pattern!(
    PHONE,
    r"(?:^|[^\d\-])((?:\+46\s?(?:\(0\))?\s?|0)\d{1,3}\s?[-–/ ]\s?\d{2,3}(?:\s?\d{2,3}){1,3})(?:$|[^\d\-])"
);

/// No letter names more persons than this.
const MOST: usize = 100;

/// A person's number with what its check found.
#[derive(Clone, Debug)]
pub(super) struct Identity {
    pub(super) identity: PersonIdentity,
    pub(super) fault: Option<PersonIdentityFault>,
}

/// Every personnummer and samordningsnummer. Digits of that shape that fail a check count only where a word says what they are.
pub(super) fn identities(sheet: &Sheet, on: Date) -> Vec<Seen<Identity>> {
    let mut found: Vec<Seen<Identity>> = Vec::new();
    let mut from = 0;
    // Numbers side by side share the sign between them.
    while let Some(fit) = sheet.text.get(from..).and_then(|rest| IDENTITY.first(rest))
        && found.len() < MOST
    {
        let Some(number) = fit.get(1) else { break };
        let at = from + number.start();
        from += number.end();
        let compact: String = number.as_str().chars().filter(|c| *c != ' ').collect();
        let (identity, fault) = PersonIdentity::read(&compact, on);
        if identity.kind == PersonIdentityKind::Other {
            continue;
        }
        let cue = before(&sheet.text, at, 40);
        let named = [
            "pers", "pnr", "p.nr", "p-nr", "född", "f.", "samordn", "id-n", "svarande", "hyresg",
            "ssn", "identity",
        ];
        let is_named = named.iter().any(|word| cue.contains(word));
        let organisation = last_cue(
            &cue,
            &[
                ("org", true),
                ("pers", false),
                ("pnr", false),
                ("bankgiro", true),
                ("ocr", true),
                ("tel", true),
                ("faktura", true),
                ("kund", true),
            ],
        );
        if matches!(organisation, Some((_, true))) {
            continue;
        }
        let confidence = match (fault, is_named, compact.len()) {
            (None, true, _) => 0.995,
            (None, false, 12..) => 0.99,
            (None, false, _) => 0.97,
            (Some(_), true, _) => 0.6,
            (Some(_), false, _) => continue,
        };
        found.push(Seen::on(sheet, at, number.as_str(), Identity { identity, fault }, confidence));
    }
    found
}

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
    use super::identities;
    use super::organisations;
    use crate::normalize::prose::seen::Sheet;

    fn sheet(text: &str) -> Sheet {
        Sheet::body(text)
    }

    #[test]
    fn persons_numbers_are_found_in_every_spelling() {
        let on = "2026-11-03".parse().unwrap();
        for (text, expected) in [
            ("Testa Testsson, 850101-2390, Exempelgatan 12", vec!["198501012390"]),
            ("pnr 19850101-2390 och 19900102 2384", vec!["198501012390", "199001022384"]),
            ("198501012390,199001022384", vec!["198501012390", "199001022384"]),
            ("850101 2390", vec!["198501012390"]),
            ("Personnr: 200101+1564", vec!["192001011564"]),
            ("Org.nr 556900-0002, OCR 8501012390", vec![]),
            ("tel 040-000 00 00, ärende 88123", vec![]),
        ] {
            let found: Vec<String> = identities(&sheet(text), on)
                .into_iter()
                .filter_map(|seen| seen.value.identity.digits12().map(str::to_owned))
                .collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn other_numbers_are_told_apart() {
        let text = "Org.nr 556900-0002. Mål U-123456-26. Bankgiro 991-2346, OCR 202503104723.";
        let sheet = sheet(text);
        assert_eq!(organisations(&sheet)[0].value.reveal(), "5569000002");
        assert!(identities(&sheet, "2026-11-03".parse().unwrap()).is_empty());
    }
}
