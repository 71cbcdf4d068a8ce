//! The sender's own reference: the number of its case, contract or customer, never ours.

use super::super::pattern::pattern;
use super::super::seen::Seen;
use super::super::seen::Sheet;
use super::super::seen::before;
use crate::domain::notice::SenderKind;

pattern!(
    LABELLED,
    r"(?i)\b(?:vår(?:t|a)?\s+(?:ref(?:erens)?|ärende(?:nummer|nr)?|dnr|diarienr|beteckning|aktnr)|(?:\p{L}*ärende|ärende|arende)(?:nummer|nr|-?id)?|aktnr|aktnummer|akt|diarienummer|diarienr|dnr|ref|referens(?:nummer|nr)?|kund(?:nummer|nr|-?id)|avtal(?:snummer|snr|s-?id)?|kontrakt(?:snummer|snr|s-?id)?|our (?:reference|ref|case)|case (?:no|number)|customer (?:no|number)|reference)\b[.*]*[ \t:=#|│*]*\n?[ \t|│*]*(?:nr\.?[ ]?)?([A-ZÅÄÖ]{0,6}[-/ ]?\d[\dA-Z]*(?:[-/:.][\dA-Z]+){0,5})"
);
pattern!(
    IN_SUBJECT,
    r"(?:^|[\s(,/\[]|#\s?)([A-ZÅÄÖ]{2,5}\d{0,3}(?:-[A-ZÅÄÖ\d]{2,6}){0,2}-\d{3,8}|[A-ZÅÄÖ]{1,5}-?\d{2}-\d{2,6}|[A-ZÅÄÖ]{1,4}-\d{3,8}|\d{2,4}-\d{3,5}|\d{6,9}|\d{3,5}-\d{2}(?:-\d+)*)(?:$|[\s),/:\]])"
);
pattern!(TICKET, r"(?:\[#?|#|\(#)([A-ZÅÄÖ]{0,5}-?\d{3,10}(?:-\d+)*)(?:$|[\s\]),:])");
// `ett tillägg i BO 2026/44`
pattern!(ADDED, r"\b[Tt]illägg (?:i|till) ([A-ZÅÄÖ]{1,5}[ -]?\d{2,4}[-/]\d{1,6})\b");
pattern!(DAY, r"^\d{1,2}/\d{1,2}[- /](?:20)?\d\d$|^\d{1,2}\.\d{1,2}\.(?:20)?\d\d$");
pattern!(COURT, r"\b((?:FT|ÖÄ|PMT|T|Ä|B|K|M) \d{1,6}-\d{2})(?:$|[^\d-])");
pattern!(TRIBUNAL, r"\b((?:[A-ZÅÄÖ] )?\d{3,5}-\d{2})\b");
pattern!(CASE, r"(?i)^U-?\d|^AVH-|^\d{4}-\d\d-\d\d$|^(?:19|20)?\d{6}-?\d{4}$");

/// The reference of a sender of this kind.
pub(super) fn reference(sheets: &[Sheet], kind: SenderKind) -> Option<Seen<String>> {
    if kind == SenderKind::EnforcementAuthority {
        return None;
    }
    let court = || {
        sheets.iter().find_map(|sheet| {
            let own = COURT.first(&sheet.text)?.get(1)?;
            let cue = before(&sheet.text, own.start(), 30);
            let said = ["mål", "dom", "dnr", "case"].iter().any(|word| cue.contains(word));
            let head = sheet.source == "subject" || said;
            head.then(|| Seen::on(sheet, own.start(), own.as_str(), value(own.as_str()), 0.93))
        })
    };
    let labelled = sheets.iter().find_map(|sheet| {
        let mut all = LABELLED.all(&sheet.text).take(60).filter_map(|found| {
            let (whole, own) = (found.get(0)?, found.get(1)?);
            let before = before(&sheet.text, whole.start(), 20);
            let other = ["er", "ert", "era", "your", "kfm:s", "kronofogdens"];
            let others = before.split_whitespace().last().is_some_and(|word| other.contains(&word));
            let others = others || before.contains("polis");
            // `Ärende 118 av 300` counts them.
            let behind = sheet.text.get(own.end()..).unwrap_or_default();
            let counts = [" av ", " of ", " ("].iter().any(|it| {
                let rest = behind.strip_prefix(it);
                rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
            });
            let others = others || (counts && own.len() < 4);
            // A contract's number is the home's as much as the sender's.
            let label = whole.as_str().to_lowercase();
            let contract = label.starts_with("kontrakt") || label.starts_with("avtal");
            let sure = if contract { 0.9 } else { 0.96 };
            (!others && is_reference(own.as_str())).then_some((own, sure))
        });
        let (own, sure) = all.next()?;
        Some(Seen::on(sheet, own.start(), own.as_str(), value(own.as_str()), sure))
    });
    let labelled = labelled.or_else(|| sheets.iter().find_map(added_to));
    let tribunal = || sheets.iter().find_map(of_tribunal);
    let in_subject = || {
        let sheet = sheets.iter().find(|sheet| sheet.source == "subject")?;
        // `[#884213]` is how a case system marks its mails.
        let ticket = TICKET.all(&sheet.text).filter_map(|found| found.get(1));
        let ticket = ticket.into_iter().find(|own| is_reference(own.as_str()));
        let own = IN_SUBJECT.all(&sheet.text).filter_map(|found| found.get(1));
        let own = own.into_iter().find(|own| is_reference(own.as_str()));
        let sure = if ticket.is_some() { 0.95 } else { 0.9 };
        let own = ticket.or(own)?;
        Some(Seen::on(sheet, own.start(), own.as_str(), value(own.as_str()), sure))
    };
    match kind {
        SenderKind::RentTribunal => tribunal().or(labelled),
        SenderKind::Private => labelled,
        SenderKind::Unknown => labelled.or_else(court).or_else(in_subject),
        SenderKind::Landlord
        | SenderKind::TenantOwnerAssociation
        | SenderKind::EnergyCompany
        | SenderKind::MunicipalDepartment
        | SenderKind::Agent
        | SenderKind::EnforcementAuthority => labelled.or_else(in_subject),
    }
}

/// The case to which a letter says that it adds something.
fn added_to(sheet: &Sheet) -> Option<Seen<String>> {
    let own = ADDED.first(&sheet.text)?.get(1).filter(|own| is_reference(own.as_str()))?;
    Some(Seen::on(sheet, own.start(), own.as_str(), value(own.as_str()), 0.95))
}

/// A number and a year of two digits, which is no month of a date.
fn of_tribunal(sheet: &Sheet) -> Option<Seen<String>> {
    let own = TRIBUNAL.all(&sheet.text).take(50).filter_map(|found| found.get(1)).find(|own| {
        let after = sheet.text.get(own.end()..).unwrap_or_default();
        let head = sheet.text.get(..own.start()).unwrap_or_default();
        let month = own.as_str().starts_with("20") && own.as_str().len() == 7;
        // `040-35 30 11` is a telephone.
        let phone = own.as_str().starts_with('0');
        !month && !phone && !after.starts_with('-') && !head.ends_with('-')
    })?;
    Some(Seen::on(sheet, own.start(), own.as_str(), value(own.as_str()), 0.96))
}

/// No case of Kronofogden's, none of our references, no day and no person.
fn is_reference(text: &str) -> bool {
    let text = text.trim();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    digits >= 3 && !CASE.is_in(text) && !DAY.is_in(text)
}

fn value(text: &str) -> String {
    text.trim().trim_end_matches(['.', ',', '-', ':']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::reference;
    use crate::domain::notice::SenderKind;
    use crate::normalize::prose::seen::Sheet;

    #[test]
    fn the_senders_own_number_is_told_from_others() {
        for (text, told) in [
            ("Vårt ärende FR-26-1188\nDatum 2026-10-12", Some("FR-26-1188")),
            ("Vårt ärende 26-417 TF", Some("26-417")),
            ("Avtal.............: 201-3304-02-0117", Some("201-3304-02-0117")),
            ("Er referens: AVH-9D3K-H1T6", None),
            ("ARENDENR=7004511\nTYP=X", Some("7004511")),
            ("Kundnummer\t20048811", Some("20048811")),
            ("customer no. EP-55120", Some("EP-55120")),
            ("Polisens diarienr 5000-123-26", None),
            ("Mål: U-123456-26", None),
            ("Mål: T 2231-26", None),
            ("Störningsärende  ST-26-00931", Some("ST-26-00931")),
        ] {
            let sheet = Sheet::body(text);
            let read = reference(&[sheet], SenderKind::Landlord).map(|seen| seen.value);
            assert_eq!(read.as_deref(), told, "{text}");
        }
    }
}
