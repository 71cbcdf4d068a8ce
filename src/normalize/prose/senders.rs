//! Who writes: what kind of sender, its name and number, whom to ask there.

use super::names::person_name;
use super::numbers;
use super::pattern::pattern;
use super::seen::Seen;
use super::seen::Sheet;
use crate::domain::notice::SenderKind;
use crate::domain::organisation_number::OrganisationNumber;

pattern!(
    COMPANY,
    r"((?:\p{Lu}[\p{L}&.'’-]*[ ]){0,4}(?:AB|HB|KB|Handelsbolag|Aktiebolag)(?:[ ]\p{Lu}[\p{L}&.-]+){0,3}|(?:Brf|BRF|Bostadsrättsföreningen|Bostadsrättsförening|HSB(?:[ ]Brf)?|Riksbyggen)[ ]\p{Lu}[\p{L}-]+(?:[ ]\p{Lu}[\p{L}-]+){0,2}(?:[ ]\d{1,3})?|Stiftelsen[ ]\p{Lu}[\p{L}-]+(?:[ ]\p{Lu}[\p{L}-]+)?|Kronofogde(?:n|myndigheten)|Hyresnämnden[ ]i[ ]\p{Lu}\p{L}+)"
);
pattern!(
    LANDLORD_LABEL,
    r"(?i)\b(?:hyresvärd(?:en|ens namn)?|fastighetsägare|föreningens namn|upplåtare|landlord|avsändare|sökande|borgenär|fordringsägare|nätägare|elhandlare)\s*(?::|\t|\n)\s*([^\n,;\d]{3,60})"
);
pattern!(
    OWN_REFERENCE,
    r"(?i)\b(?:vår(?:t)?\s+(?:ref(?:erens)?|ärende(?:nummer|nr)?|dnr|beteckning)|er referens till oss|ärende(?:nummer|nr|-?id)|diarienummer|dnr|vår ref\.?(?:nr)?|referens(?:nummer|nr)?|our reference|our ref)\.?\s*:?\s*([A-ZÅÄÖ]{0,6}[-/ ]?\d[\dA-Z]*(?:[-/:.]\d[\dA-Z]*){0,4})"
);

/// What is known of the writer.
#[derive(Clone, Debug, Default)]
pub(super) struct Sender {
    pub(super) kind: SenderKind,
    pub(super) name: Option<Seen<String>>,
    pub(super) organisation: Option<Seen<OrganisationNumber>>,
    pub(super) contact: Option<Seen<String>>,
    pub(super) phone: Option<Seen<String>>,
    pub(super) reference: Option<Seen<String>>,
    /// Who owns the home, when that is another.
    pub(super) landlord: Option<Seen<String>>,
}

/// Tells the sender from the words, the signature and the address.
pub(super) fn sender(sheets: &[Sheet], signature: &Sheet, from: Option<&str>) -> Sender {
    let domain = from.and_then(|from| from.rsplit('@').next()).unwrap_or_default().to_lowercase();
    let labelled = sheets.iter().find_map(|sheet| {
        let name = LANDLORD_LABEL.first(&sheet.text)?.get(1)?;
        let value = company_in(name.as_str()).unwrap_or_else(|| name.as_str().trim().to_owned());
        Some(Seen::on(sheet, name.start(), name.as_str(), value, 0.96))
    });
    let signed = company(signature, 0.95);
    let name = signed.clone().or_else(|| labelled.clone());
    let name = name.or_else(|| sheets.iter().find_map(|sheet| company(sheet, 0.85)));
    let words = name.as_ref().map(|name| name.value.to_lowercase()).unwrap_or_default();
    let kind = kind(&words, &domain, sheets, signature);
    let landlord = match kind {
        SenderKind::Landlord | SenderKind::TenantOwnerAssociation | SenderKind::Private => None,
        _ => labelled.filter(|other| name.as_ref().is_none_or(|name| name.value != other.value)),
    };
    let all = || std::iter::once(signature).chain(sheets);
    Sender {
        kind,
        landlord,
        organisation: all().find_map(|sheet| numbers::organisations(sheet).into_iter().next()),
        contact: contact(signature),
        phone: numbers::phones(signature).into_iter().next(),
        reference: sheets.iter().find_map(|sheet| {
            let own = OWN_REFERENCE.first(&sheet.text)?.get(1)?;
            let value = own.as_str().trim().to_owned();
            Some(Seen::on(sheet, own.start(), own.as_str(), value, 0.93))
        }),
        name,
    }
}

fn company(sheet: &Sheet, sure: f64) -> Option<Seen<String>> {
    let name = COMPANY.first(&sheet.text)?.get(1)?;
    Some(Seen::on(sheet, name.start(), name.as_str(), name.as_str().trim().to_owned(), sure))
}

fn company_in(text: &str) -> Option<String> {
    Some(COMPANY.first(text)?.get(1)?.as_str().trim().to_owned())
}

/// The first line of the signature that is a person's name.
fn contact(signature: &Sheet) -> Option<Seen<String>> {
    let mut at = 0;
    for line in signature.text.split_inclusive('\n').take(6) {
        let words = line.trim().trim_start_matches(['/', '-', ' ']);
        let words = words.split([',', '|', '/']).next().unwrap_or(words).trim();
        let plain = words.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '.' | '\''));
        if plain
            && words.split(' ').filter(|word| word.starts_with(char::is_uppercase)).count() >= 2
            && company_in(words).is_none_or(|name| name.len() <= 3)
            && let Some(name) = person_name(words)
        {
            return Some(Seen::on(signature, at, words, name, 0.9));
        }
        at += line.len();
    }
    None
}

fn kind(name: &str, domain: &str, sheets: &[Sheet], signature: &Sheet) -> SenderKind {
    let says = |words: &[&str]| {
        let signed = signature.text.to_lowercase();
        words
            .iter()
            .any(|word| name.contains(word) || domain.contains(word) || signed.contains(word))
    };
    let text = sheets.iter().map(|sheet| sheet.text.to_lowercase()).collect::<Vec<_>>().join("\n");
    let top: String = text.chars().take(300).collect();
    match () {
        () if says(&["kronofogd"]) || top.trim_start().starts_with("kronofogd") => {
            SenderKind::EnforcementAuthority
        }
        () if says(&["hyresnämnd"]) => SenderKind::RentTribunal,
        () if says(&["inkasso", "advokat", "juridik", "juristbyrå", "law"]) => SenderKind::Agent,
        () if says(&["elnät", "energi", "elhandel", "kraft ab", "elbolag"]) => {
            SenderKind::EnergyCompany
        }
        () if says(&[
            "socialtjänst",
            "socialförvaltning",
            "stadsdel",
            "budget- och skuld",
            "boendeenhet",
        ]) || domain.contains("kommun") =>
        {
            SenderKind::MunicipalDepartment
        }
        () if says(&["brf", "bostadsrättsf"]) => SenderKind::TenantOwnerAssociation,
        () if says(&[
            "fastighet",
            "bostäder",
            "bostads ab",
            "hyres",
            "bo ab",
            "hem ab",
            "förvaltning",
        ]) || !name.is_empty() =>
        {
            SenderKind::Landlord
        }
        () => SenderKind::Unknown,
    }
}
