//! Personnummer and samordningsnummer in every spelling that people, systems and scanners give them, and never an account, a case or a firm.

use super::pattern::pattern;
use super::seen::Seen;
use super::seen::Sheet;
use super::seen::near_end;
use crate::domain::person_id::PersonIdentity;
use crate::domain::person_id::PersonIdentityFault;
use crate::domain::person_id::PersonIdentityKind;
use jiff::civil::Date;

pattern!(
    NUMBER,
    r"(?:^[,.:;]?|[^\p{L}\d\-/+:.,]|[^\d][,.:]|[\p{L}]:)((?:(?:18|19|20)[ ]?)?\d{2}[ .-]?(?:0[0-9]|1[0-2])[ .-]?(?:0[1-9]|[1-9]\d)(?:[ ]?[-+][ ]?|[ ]{0,2})(?:\d{3}[ ]?\d|\d\d[ ]\d\d))(?:$|[^\d\p{L}\-/]|[-/][^\d]|[.:][^\d])"
);
pattern!(
    SCANNED,
    r"(?:^|[^\p{L}\d\-])((?:[1Il]9|2[0OoQ])?[\dOolIQ]{6}[-+][\dOolIQ]{4})(?:$|[^\p{L}\d\-])"
);
// `850101 (4 sista 2382)`.
pattern!(
    LAST_FOUR,
    r"(?i)(?:^|[^\d-])((?:19|20)?\d{6}|(?:19|20)\d\d-\d\d-\d\d)[ ,;(-]{1,4}(?:född )?(?:(?:de |med |och )*(?:fyra|4) sista(?: siffrorna)?|(?:de |med |och )*sista (?:fyra|4)(?: siffrorna)?|last (?:four|4)(?: digits)?)[ :=]{0,3}(?:är |is )?(\d{4})(?:$|\D)"
);
// `personnumret slutar på 2390 och börjar 850101`, `850101 … slutar på 2390`.
pattern!(
    ENDS_FIRST,
    r"(?i)(?:slutar (?:på|med)|sista fyra(?: siffrorna)?(?: är)?|ends (?:in|with))[ :]{1,2}(\d{4})[^\d\n]{1,40}(?:börjar|inleds|född|starts|begins)[^\d\n]{0,15}((?:19|20)?\d{6})(?:\D|$)"
);
// `850101.2390`.
pattern!(DOTTED, r"(?:^|[^\d.,-])((?:19|20)?\d{6})[.–−‐](\d{4})(?:$|[^\d.,-]|[.,](?:\s|$))");
// `pnr850101-2382`.
pattern!(
    GLUED,
    r"(?i)(?:^|[^\p{L}])(?:pnr|persnr|pers\.?nr|personnr|personnummer|nr|p)\.?((?:19|20)?\d{6}-?\d{4})(?:$|[^\d-])"
);
pattern!(
    NAMED,
    r"(?i)(?:person-?\s?(?:nummer|nr)|personnumret|pers\.?\s?-?nr|\bp\.?-?nr|pnr|personbeteckning|samordn|född|föd\.|\bf\.|\bid\b|id-?n|identity|personal n|ssn|\bcpr|svarande|hyresg|medlem|\bborn)[^\n]{0,24}$"
);
pattern!(
    NOT_A_PERSON,
    r"(?i)\b(?:org(?:anisations)?\.?\s?-?\s?(?:nummer|nr|no)?\.?|bankgiro\p{L}*|bg|plusgiro\p{L}*|pg|postgiro|ocr\p{L}*|swish|iban|konto\p{L}*|tel\p{L}*|tfn|mobil\p{L}*|phone|fax|faktura\p{L}*|avi\p{L}*|invoice\p{L}*|kund-?\s?(?:nr|nummer|id)|customer (?:no|number)|referens\p{L}*|ref|ärende\p{L}*|dnr|diarie\p{L}*|mål\p{L}*|avtal\p{L}*|kontrakts?(?:nr|nummer)|anläggnings?\p{L}*|mätar\p{L}*|objekt\p{L}*|reg\.? no|vat|momsreg\p{L}*)(?:\s*\([^)]{0,20}\))?[ .:#=\t]*$"
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
    while let Some(number) =
        sheet.text.get(from..).and_then(|rest| NUMBER.first(rest)).and_then(|fit| fit.get(1))
        && found.len() < MOST
    {
        let at = from + number.start();
        from += number.end();
        found.extend(read(sheet, at, number.as_str(), on));
    }
    let scanned = SCANNED.all(&sheet.text).filter_map(|fit| fit.get(1)).take(MOST);
    for number in scanned.filter(|number| number.as_str().contains(|c: char| c.is_alphabetic())) {
        found.extend(mended(sheet, number.start(), number.as_str(), on));
    }
    for fit in LAST_FOUR.all(&sheet.text).take(MOST) {
        let (Some(day), Some(last)) = (fit.get(1), fit.get(2)) else { continue };
        let written = format!("{}-{}", day.as_str().replace('-', ""), last.as_str());
        found.extend(parted(sheet, (day.start(), last.end()), &written, on));
    }
    for fit in ENDS_FIRST.all(&sheet.text).take(MOST) {
        let (Some(last), Some(day)) = (fit.get(1), fit.get(2)) else { continue };
        let written = format!("{}-{}", day.as_str(), last.as_str());
        found.extend(parted(sheet, (last.start(), day.end()), &written, on));
    }
    for fit in DOTTED.all(&sheet.text).take(MOST) {
        let (Some(day), Some(last)) = (fit.get(1), fit.get(2)) else { continue };
        let written = format!("{}-{}", day.as_str(), last.as_str());
        found.extend(parted(sheet, (day.start(), last.end()), &written, on));
    }
    for number in GLUED.all(&sheet.text).filter_map(|fit| fit.get(1)).take(MOST) {
        found.extend(parted(sheet, (number.start(), number.end()), number.as_str(), on));
    }
    found.sort_by_key(|seen| seen.at);
    found.dedup_by_key(|seen| seen.at);
    found
}

/// A number that stands in two parts, or close to its label; only where its check holds.
fn parted(
    sheet: &Sheet,
    (at, end): (usize, usize),
    written: &str,
    on: Date,
) -> Option<Seen<Identity>> {
    let (identity, fault) = PersonIdentity::read(written, on);
    let holds = fault.is_none() && identity.kind != PersonIdentityKind::Other;
    let quote = sheet.text.get(at..end).filter(|_| holds)?;
    Some(Seen::on(sheet, at, quote, Identity { identity, fault }, 0.97))
}

fn read(sheet: &Sheet, at: usize, written: &str, on: Date) -> Option<Seen<Identity>> {
    let line = near_end(sheet.text.get(..at)?);
    let line = line.rsplit('\n').next().unwrap_or_default();
    let line = if line.trim().is_empty() { last_line(sheet, at) } else { line };
    if NOT_A_PERSON.is_in(line) {
        return None;
    }
    let digits = |c: &char| c.is_ascii_digit() || *c == '+';
    let signed = written.contains(['-', '+']);
    let compact: String = written.chars().filter(digits).collect();
    let (identity, fault) = PersonIdentity::read(&compact, on);
    if identity.kind == PersonIdentityKind::Other {
        return None;
    }
    let named = NAMED.is_in(line);
    let usual = signed || compact.len() >= 12;
    let confidence = match (fault, named, usual) {
        (None, true, _) => 0.995,
        (None, false, true) => 0.98,
        (None, false, false) => 0.96,
        (Some(_), true, _) => 0.6,
        (Some(_), false, _) => return None,
    };
    Some(Seen::on(sheet, at, written, Identity { identity, fault }, confidence))
}

/// Letters that a scanner took for digits, where the check digit then fits.
fn mended(sheet: &Sheet, at: usize, written: &str, on: Date) -> Option<Seen<Identity>> {
    let digit = |c: char| match c {
        'O' | 'o' | 'Q' => '0',
        'l' | 'I' => '1',
        c => c,
    };
    let compact: String = written.chars().map(digit).collect();
    let (identity, fault) = PersonIdentity::read(&compact, on);
    let holds = fault.is_none() && identity.kind != PersonIdentityKind::Other;
    holds.then(|| Seen::on(sheet, at, written, Identity { identity, fault }, 0.85))
}

/// The line above the one that a value begins.
fn last_line(sheet: &Sheet, at: usize) -> &str {
    let head = near_end(sheet.text.get(..at).unwrap_or_default()).trim_end();
    head.rsplit('\n').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::identities;
    use crate::normalize::prose::seen::Sheet;

    #[test]
    fn persons_numbers_are_found_in_every_spelling() {
        let on = "2026-11-03".parse().unwrap();
        for (text, expected) in [
            ("Testa Testsson, 850101-2390, Exempelgatan 12", vec!["198501012390"]),
            ("pnr 19850101-2390 och 19900102 2384", vec!["198501012390", "199001022384"]),
            ("198501012390,199001022384", vec!["198501012390", "199001022384"]),
            ("850101 2390", vec!["198501012390"]),
            ("Personnr: 200101+1564", vec!["192001011564"]),
            ("f. 850101 (4 sista 2390), Provgatan 2", vec!["198501012390"]),
            ("19850101, de fyra sista siffrorna är 2390", vec!["198501012390"]),
            ("pnr850101-2390", vec!["198501012390"]),
            ("född 850101 med sista fyra 2390", vec!["198501012390"]),
            ("personnumret slutar på 2390 och börjar 850101", vec!["198501012390"]),
            ("Testa Testsson, 850101.2390", vec!["198501012390"]),
            ("850101-2390, fyra sista 2390", vec!["198501012390"]),
            ("Org.nr 556900-0002, OCR 8501012390", vec![]),
            ("tel 040-000 00 00, ärende 88123", vec![]),
        ] {
            let found: Vec<String> = identities(&Sheet::body(text), on)
                .into_iter()
                .filter_map(|seen| seen.value.identity.digits12().map(str::to_owned))
                .collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
