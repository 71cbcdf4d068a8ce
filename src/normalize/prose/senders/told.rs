//! Who wrote, where the text itself says so: a caller in a note, a sender in the print of a message, a landlord in a form of the municipality's own;
//! and whose matter it is, where only the matter tells.

use super::super::names::person_name;
use super::super::pattern::pattern;
use super::super::seen::Seen;
use super::super::seen::Sheet;
use super::companies;
use super::naming::proper;
use crate::domain::notice::SenderKind;

pattern!(
    LABEL,
    r"(?im)^[ \t\d.]*(?:från(?: funktionsadress| organisation)?|avsändare|avsändande (?:organisation|myndighet)|inskickat av|inskickad av|insändare|inlämnat av|uppgiftslämnare|anmälare|inringt av|uppringd av|ringde|samtal från|telefonsamtal från|företag(?:ets namn)?|organisation|hyresvärd är(?: jag)?|jag heter|mitt namn är|undertecknad)\b[ \t]*[:.,\t]*[ \t]*([^\n\t]{2,80})"
);
pattern!(
    ROLE,
    r"(?im)^[ \t\d.]*(?:roll|jag är|anmälare|du är|namn|typ av avsändare|avsändartyp|vem är du)[ \t]*[:\t?]+[ \t]*\n?[ \t]*(hyresvärd|privat hyresvärd|fastighetsägare|bostadsrättsförening|brf|förvaltare|ombud|inkassobolag|elbolag|elnätsbolag|energibolag|granne|privatperson|anhörig|anonym)"
);
pattern!(
    CALLER_ROLE,
    r"(?i)^(hyresvärd(?:en)?|fastighetsägare(?:n)?|privat uthyrare|uthyrare|granne(?:n)?|kronofogden|ordförande(?:n)? i|kassör(?:en)? i|förvaltare(?:n)?)\b[ ,:]*"
);
pattern!(
    ASSOCIATION,
    r"(?i)\b(?:bostadsrättshavare|årsavgift|månadsavgift|föreningens medlem|vår medlem)"
);
pattern!(
    LANDLORD,
    r"(?i)\b(?:hyresgäst|andrahandshyresgäst|inneboende|tenant|hyresavtal|hyresrätt|hyreskontrakt)|\b\p{L}*hyran?\b|\brent\b"
);
pattern!(POWER, r"(?i)\b(?:elräkning|elskuld|elnät|elen\b|ström(?:men)?\b|frånkoppl|bortkoppl)");

pattern!(
    OWN_NAME,
    r"(?im)^[ \t\d.]*(?:ditt |för- och efter)?namn\b[ \t]*[:\t][ \t]*([^\n\t]{2,80})"
);

/// Somebody named as the writer, and what that makes of them.
pub(super) struct Told {
    pub(super) name: Option<Seen<String>>,
    pub(super) kind: Option<SenderKind>,
}

/// The writer that a text names.
pub(super) fn told(sheets: &[Sheet]) -> Option<Told> {
    sheets.iter().filter(|sheet| sheet.source != "subject").find_map(|sheet| {
        let place = ROLE.first(&sheet.text).and_then(|found| found.get(1));
        let role = place.and_then(|role| kind_of(role.as_str()));
        let named = LABEL.all(&sheet.text).take(20).find_map(|found| {
            let cell = found.get(1)?;
            named(sheet, cell.start(), cell.as_str())
        });
        let named = named.or_else(|| own_name(sheet, place.filter(|_| role.is_some())?.end()));
        match (role, named) {
            (None, None) => None,
            (role, Some((name, kind))) => Some(Told { name: Some(name), kind: role.or(kind) }),
            (role, None) => Some(Told { name: None, kind: role }),
        }
    })
}

/// The name that a form asks for right below what one is.
fn own_name(sheet: &Sheet, from: usize) -> Option<(Seen<String>, Option<SenderKind>)> {
    let rest = sheet.text.get(from..)?;
    let cell = OWN_NAME.first(rest)?.get(1).filter(|cell| cell.start() < 60)?;
    named(sheet, from + cell.start(), cell.as_str())
}

fn named(sheet: &Sheet, at: usize, cell: &str) -> Option<(Seen<String>, Option<SenderKind>)> {
    let role = CALLER_ROLE.first(cell).and_then(|found| found.get(0));
    let start = role.map_or(0, |found| found.end());
    let mut kind = role.and_then(|role| kind_of(role.as_str()));
    let rest = cell.get(start..)?;
    let short = rest.split([',', '(', '<', '|', ';']).next().unwrap_or(rest).trim();
    if cell.to_lowercase().contains("privat uthyrare") {
        kind = Some(SenderKind::Landlord);
    }
    let company = companies::within(short).map(|(_, name)| name);
    let company = company.or_else(|| companies::on_line(short, false));
    let value = match company {
        Some(company) => proper(company),
        None if kind == Some(SenderKind::EnforcementAuthority) => "Kronofogden".to_owned(),
        None => person_name(short).filter(|_| short.contains(' '))?,
    };
    Some((Seen::on(sheet, at + start, short, value, 0.9), kind))
}

fn kind_of(role: &str) -> Option<SenderKind> {
    let role = role.trim().to_lowercase();
    let kinds = [
        ("bostadsr", SenderKind::TenantOwnerAssociation),
        ("brf", SenderKind::TenantOwnerAssociation),
        ("ordförande", SenderKind::TenantOwnerAssociation),
        ("kassör", SenderKind::TenantOwnerAssociation),
        ("kronofogd", SenderKind::EnforcementAuthority),
        ("förvaltare", SenderKind::Agent),
        ("ombud", SenderKind::Agent),
        ("inkasso", SenderKind::Agent),
        ("el", SenderKind::EnergyCompany),
        ("energi", SenderKind::EnergyCompany),
        ("granne", SenderKind::Private),
        ("anonym", SenderKind::Private),
        ("privatperson", SenderKind::Private),
        ("anhörig", SenderKind::Private),
        ("hyresvärd", SenderKind::Landlord),
        ("privat", SenderKind::Landlord),
        ("fastighets", SenderKind::Landlord),
        ("uthyrare", SenderKind::Landlord),
    ];
    kinds.iter().find(|(word, _)| role.starts_with(word)).map(|(_, kind)| *kind)
}

/// Whose matter it is, by its words.
pub(super) fn matter(sheets: &[Sheet]) -> Option<SenderKind> {
    let any = |pattern: &super::super::pattern::Pattern| {
        sheets.iter().any(|sheet| pattern.is_in(&sheet.text))
    };
    match (any(&LANDLORD), any(&ASSOCIATION), any(&POWER)) {
        (false, true, _) => Some(SenderKind::TenantOwnerAssociation),
        (true, _, _) => Some(SenderKind::Landlord),
        (false, false, true) => Some(SenderKind::EnergyCompany),
        (false, false, false) => None,
    }
}
