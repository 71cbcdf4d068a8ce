//! Whose home it is when another writes, and which organisation number is whose.

use super::super::numbers;
use super::super::pattern::pattern;
use super::super::seen::Seen;
use super::super::seen::Sheet;
use super::super::seen::near_end;
use super::companies;
use super::is_association;
use super::naming::proper;
use crate::domain::notice::SenderKind;
use crate::domain::organisation_number::OrganisationNumber;

pattern!(
    OWNER_LABEL,
    r"(?im)^[ \t\d.]*(?:hyresvärd(?:en|ens namn)?|fastighetsägare|(?:bostadsrätts)?förening(?:en|ens namn)?|upplåtare|landlord|avsändare|sökande|borgenär|fordringsägare|uppdragsgivare|klient|huvudman)\b[^\n:=\t]{0,45}(?:[:=\t]|\n|[ ]är[ ])\s*([^\n\t]{3,80})"
);

pattern!(
    FOR_OWNER,
    r"(?i)\b(?:on behalf of (?:the |our )?(?:owners?|landlord|client)|(?:sköter|hanterar|har hand om) [^.\n]{3,60} åt (?-i:\p{Lu})|(?:skriver|agerar|företräder|sker) på\s+uppdrag av (?-i:\p{Lu})|som (?:är )?boutredningsman|är boutredningsman|på uppdrag av (?:hyresvärden|fastighetsägaren|ägaren|vår (?:kund|uppdragsgivare|huvudman|klient))|för (?:hyresvärdens|fastighetsägarens|ägarens|vår (?:klients|huvudmans|uppdragsgivares)) räkning)\b"
);
pattern!(
    FIELD,
    r"(?i)^\s*(?:(?:för- och efter|firma)?namn|name|firma|företag(?:snamn)?)\s*[:*]?\s*$"
);
pattern!(
    NO_OWNER,
    r"(?i)^\s*(?:org(?:anisations)?\.? ?-?(?:nummer|nr)|(?:post|gatu|besöks)?adress|telefon|tel|e-?post|kontaktperson|personnummer|person-?/org)"
);
pattern!(STREET, r"(?i)^[\p{L} .'-]{2,40}\b\d{1,4}\b|\d{3} ?\d\d\b");

/// Whether a firm writes for a home's owner: it says so, or names another firm as the owner.
pub(super) fn is_for_owner(sheets: &[Sheet], name: &str, owner: Option<&Seen<String>>) -> bool {
    let first = |name: &str| name.split(' ').next().unwrap_or_default().to_lowercase();
    let other = owner.map(|owner| owner.value.to_lowercase()).filter(|owner| {
        let named = companies::within(owner.as_str()).is_some() || owner.ends_with(" ab");
        let own = name.to_lowercase();
        named && !own.contains(&first(owner)) && !owner.contains(&first(&own))
    });
    other.is_some() || sheets.iter().any(|sheet| FOR_OWNER.is_in(&sheet.text))
}

/// Who is named as the home's owner.
pub(super) fn owner(sheet: &Sheet) -> Option<Seen<String>> {
    OWNER_LABEL.all(&sheet.text).take(20).find_map(|found| {
        let mut cell = found.get(1)?;
        // Two columns: below the heads stand the names.
        if cell.as_str().to_lowercase().starts_with("svarande") {
            let below = sheet.text.get(cell.end()..)?.trim_start();
            let first = below.split(['\n', '\t']).next()?;
            let at = sheet.text.len() - below.len();
            return owner_name(first).map(|name| Seen::on(sheet, at, first, name, 0.96));
        }
        if cell.as_str().trim().is_empty() {
            cell = found.get(0)?;
        }
        // `2. Hyresvärd`, `Namn`, and on the third line who it is.
        if FIELD.is_in(cell.as_str()) {
            let below = sheet.text.get(cell.end()..)?;
            let first =
                below.trim_start_matches([':', '\t', ' ', '\n']).split(['\n', '\t']).next()?;
            let at = sheet.text.len() - below.trim_start_matches([':', '\t', ' ', '\n']).len();
            return owner_name(first).map(|name| Seen::on(sheet, at, first, name, 0.96));
        }
        let name = owner_name(cell.as_str())?;
        Some(Seen::on(sheet, cell.start(), cell.as_str(), name, 0.96))
    })
}

fn owner_name(cell: &str) -> Option<String> {
    let first = cell.split([',', '|', '(']).next().unwrap_or(cell).trim();
    let name = companies::within(cell).map(|(_, name)| name);
    let name = name.or_else(|| companies::on_line(cell.trim(), false)).unwrap_or(first);
    let digits = name.chars().filter(char::is_ascii_digit).count();
    let plain = name.chars().count() >= 3 && digits < 6 && name.starts_with(char::is_uppercase);
    let words = plain && !name.contains(':') && name.split(' ').count() <= 6;
    let street = STREET.is_in(name) && companies::on_line(name, false).is_none();
    (words && !street && !NO_OWNER.is_in(name) && !FIELD.is_in(name)).then(|| proper(name.trim()))
}

pub(super) fn speaks_of_association(sheet: &Sheet) -> bool {
    companies::all_within(&sheet.text).any(|(_, name)| is_association(name))
}

/// Whose number each is: the one beside the owner's name is the owner's; authorities give no other.
pub(super) fn numbers_of(
    sheets: &[Sheet],
    signature: &Sheet,
    (kind, name): (SenderKind, &str),
    landlord: Option<&Seen<String>>,
) -> (Option<Seen<OrganisationNumber>>, Option<Seen<OrganisationNumber>>) {
    let (mut own, mut owners) = (None, None);
    let authority = matches!(
        kind,
        SenderKind::EnforcementAuthority
            | SenderKind::RentTribunal
            | SenderKind::MunicipalDepartment
    );
    for sheet in std::iter::once(signature).chain(sheets) {
        for seen in numbers::organisations(sheet).into_iter().take(20) {
            let (line, above) = lines_at(&sheet.text, seen.at);
            let (line, above) = (line.to_lowercase(), above.to_lowercase());
            let below = landlord.is_some_and(|name| above.contains(&name.value.to_lowercase()));
            let beside = below && !line.contains(&name.to_lowercase())
                || landlord.is_some_and(|name| line.contains(&name.value.to_lowercase()));
            let labelled = line.starts_with("uppdragsgivare") || line.starts_with("sökande");
            let other =
                matches!(kind, SenderKind::Agent | SenderKind::EnergyCompany | SenderKind::Unknown);
            let another = other && is_anothers(&sheet.text, seen.at, name);
            // Numbers of associations begin so, and no manager's does.
            let members = ["769", "716"].iter().any(|start| seen.value.reveal().starts_with(start));
            let another = another || (kind == SenderKind::Agent && members && landlord.is_some());
            let of_owner = authority || beside || another || (labelled && landlord.is_some());
            let slot = if of_owner { &mut owners } else { &mut own };
            if slot.is_none() {
                *slot = Some(seen);
            }
        }
    }
    (own, owners)
}

/// The firm named right before a number is not the writer.
fn is_anothers(text: &str, at: usize, name: &str) -> bool {
    let before = near_end(text.get(..at).unwrap_or_default());
    let before = before.rsplit(['\n', ';']).next().unwrap_or_default();
    let nearest = companies::all_within(before).last().map(|(_, named)| named.to_lowercase());
    nearest.is_some_and(|named| !named.contains(&name.to_lowercase()))
}

/// The line of a place, and the three above it.
fn lines_at(text: &str, at: usize) -> (&str, &str) {
    let head = text.get(..at).unwrap_or_default();
    let start = head.rfind('\n').map_or(0, |at| at + 1);
    let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    // Between a name and its number a form has a label.
    let head = near_end(text.get(..start).unwrap_or_default());
    let above = head.rmatch_indices('\n').nth(3).map_or(0, |(at, _)| at + 1);
    (line, head.get(above..).unwrap_or_default())
}
