//! Who writes: what kind of sender, its name and number, whom to ask there, and whose home it is when that is another.

mod companies;
mod references;
mod sort;

use super::names::person_name;
use super::numbers;
use super::own_words::Author;
use super::pattern::pattern;
use super::seen::Seen;
use super::seen::Sheet;
use super::seen::before;
use crate::domain::notice::NoticeType;
use crate::domain::notice::SenderKind;
use crate::domain::organisation_number::OrganisationNumber;

pattern!(
    OWNER_LABEL,
    r"(?im)^[ \t\d.]*(?:hyresvärd(?:en|ens namn)?|fastighetsägare|(?:bostadsrätts)?förening(?:en|ens namn)?|upplåtare|landlord|avsändare|sökande|borgenär|fordringsägare|uppdragsgivare|klient|huvudman)\b[^\n:=\t]{0,45}(?:[:=\t]|\n)\s*([^\n\t]{3,80})"
);
pattern!(
    AUTHORITY,
    r"(?i)^\s*(?:(kronofogde(?:n|myndigheten))|(hyresnämnden i \p{L}+))|\bringde\s*:[^\n]{0,60}(kronofogden)"
);

/// The address a mail came from, and the name that goes with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct From<'a> {
    pub(super) address: Option<&'a str>,
    pub(super) name: Option<&'a str>,
}

impl<'a> From<'a> {
    /// What a municipality passes on was written by another.
    pub(super) fn written_by(self, author: Option<&'a Author>) -> Self {
        let Some(author) = author else { return self };
        let Some(address) = author.address.as_deref() else { return self };
        match sort::is_municipal(domain(self.address)) && !sort::is_municipal(domain(Some(address)))
        {
            true => Self { address: Some(address), name: Some(author.name.as_str()) },
            false => self,
        }
    }
}

fn domain(address: Option<&str>) -> &str {
    address.and_then(|address| address.rsplit('@').next()).unwrap_or_default()
}

/// What is known of the writer.
#[derive(Clone, Debug, Default)]
pub(super) struct Sender {
    pub(super) kind: SenderKind,
    pub(super) name: Option<Seen<String>>,
    pub(super) organisation: Option<Seen<OrganisationNumber>>,
    pub(super) contact: Option<Seen<String>>,
    pub(super) phone: Option<Seen<String>>,
    pub(super) reference: Option<Seen<String>>,
    /// Something tells who it is.
    pub(super) told: bool,
    /// Who owns the home, when that is another.
    pub(super) landlord: Option<Seen<String>>,
    /// Its number.
    pub(super) landlord_organisation: Option<Seen<OrganisationNumber>>,
}

impl Sender {
    /// Its kind in the light of the notice's.
    pub(super) fn kind_for(&self, notice: NoticeType) -> SenderKind {
        let association = self.name.as_ref().is_some_and(|name| is_association(&name.value));
        // A file without any word of who sent it is nobody's.
        if !self.told {
            return self.kind;
        }
        sort::fit(self.kind, notice, self.name.is_some() && !association)
    }
}

fn is_association(name: &str) -> bool {
    let name = name.to_lowercase();
    name.contains("brf") || name.contains("bostadsrättsf")
}

/// Tells the sender from the words, the signature and the address.
pub(super) fn sender(sheets: &[Sheet], signature: &Sheet, from: From<'_>) -> Sender {
    let domain = domain(from.address).to_lowercase();
    let labelled = sheets.iter().find_map(owner);
    let (name, own_form) = match name(sheets, signature, from, &domain) {
        Some(name) => (Some(name), false),
        None => (labelled.clone(), true),
    };
    let person = from.name.unwrap_or_default();
    let words = name.as_ref().map(|name| name.value.clone()).unwrap_or_default();
    let is_person = own_form && !words.is_empty() && companies::on_line(&words, false).is_none();
    let clues = sort::Clues {
        name: &words,
        signed: &format!("{}\n{person}", signature.text),
        domain: &domain,
        person,
        association: !is_association(&words) && sheets.iter().any(speaks_of_association),
    };
    let kind = match is_person && person_name(&words).is_some() {
        true => SenderKind::Private,
        false => sort::kind(&clues),
    };
    let name =
        name.or_else(|| (kind == SenderKind::Private).then(|| private(from, signature)).flatten());
    let own = matches!(
        kind,
        SenderKind::Landlord | SenderKind::TenantOwnerAssociation | SenderKind::Private
    );
    let landlord =
        labelled.filter(|other| !own && name.as_ref().is_none_or(|name| name.value != other.value));
    let (organisation, landlord_organisation) =
        numbers_of(sheets, signature, kind, landlord.as_ref());
    let reference = references::reference(sheets, kind);
    Sender {
        kind,
        told: from.address.is_some() || name.is_some() || reference.is_some(),
        organisation,
        landlord_organisation,
        landlord,
        contact: contact(signature),
        phone: numbers::phones(signature).into_iter().next(),
        reference,
        name,
    }
}

/// The writer's own name: an authority's heading, the signature, the end of the text, the address's name, a letterhead, the text.
fn name(sheets: &[Sheet], signature: &Sheet, from: From<'_>, domain: &str) -> Option<Seen<String>> {
    let municipal = sort::is_municipal(domain);
    let documents = || sheets.iter().filter(|sheet| sheet.source.starts_with("attachments"));
    let body = || sheets.iter().filter(|sheet| sheet.source == "body");
    if !municipal && let Some(name) = sheets.iter().find_map(authority) {
        return Some(name);
    }
    let by_name = || {
        let name = from.name?;
        let name = companies::within(name)
            .map(|(_, name)| name)
            .or_else(|| companies::on_line(name, municipal))?;
        let sheet =
            Sheet { number: sheets.len() + 1, source: "from".to_owned(), text: name.to_owned() };
        Some(Seen::on(&sheet, 0, name, proper(name), 0.96))
    };
    let signed = on_lines(signature, &signature.text, 0, municipal, 0.97);
    let signed = signed.or_else(|| body().find_map(|sheet| at_end(sheet, municipal)));
    let known = signed.or_else(by_name);
    let known = known.map(|name| fuller(name, sheets));
    known
        .or_else(|| documents().find_map(|sheet| at_top(sheet, municipal)))
        .or_else(|| documents().find_map(|sheet| at_end(sheet, municipal)))
        .or_else(|| body().find_map(|sheet| at_top(sheet, municipal)))
        .or_else(|| sheets.iter().filter(|_| !municipal).find_map(spoken_of))
}

/// Words that stand for an office and not for the firm.
const OFFICES: &[&str] = &[
    "hyra",
    "hyresadministration",
    "hyresadministrationen",
    "kundkredit",
    "kundtjänst",
    "ekonomi",
    "faktura",
    "registrator",
    "ordförande",
    "kassör",
    "kassören",
    "styrelsen",
    "info",
    "kontoret",
    "uthyrning",
    "uthyrningen",
    "störning",
    "kredit",
    "inkasso@",
];

/// The name as it stands in full elsewhere: a firm goes by its short name in its address.
fn fuller(name: Seen<String>, sheets: &[Sheet]) -> Seen<String> {
    if name.source != "from" {
        return name;
    }
    let words =
        name.value.split(' ').filter(|word| !OFFICES.contains(&word.to_lowercase().as_str()));
    let short = words.collect::<Vec<_>>().join(" ");
    if short.is_empty() {
        return name;
    }
    let start = format!("{} ", short.to_lowercase());
    let full = sheets.iter().find_map(|sheet| {
        let mut all = companies::all_within(&sheet.text);
        all.find(|(_, full)| full.to_lowercase().starts_with(&start))
            .map(|(at, full)| Seen::on(sheet, at, full, proper(full), 0.96))
    });
    full.unwrap_or_else(|| name.map(|_| short))
}

/// Kronofogden or a tribunal, by the first lines of a letter.
fn authority(sheet: &Sheet) -> Option<Seen<String>> {
    if sheet.source == "subject" {
        return None;
    }
    let mut at = 0;
    for line in sheet.text.split_inclusive('\n').take(6) {
        if let Some(found) = AUTHORITY.first(line)
            && let Some(name) = found.get(1).or(found.get(2)).or(found.get(3))
            && !line.trim_end().ends_with('.')
        {
            let value = match found.get(2) {
                Some(tribunal) => tribunal.as_str().to_owned(),
                None => "Kronofogden".to_owned(),
            };
            return Some(Seen::on(sheet, at + name.start(), name.as_str(), value, 0.99));
        }
        at += line.len();
    }
    None
}

fn on_lines(
    sheet: &Sheet,
    text: &str,
    start: usize,
    municipal: bool,
    sure: f64,
) -> Option<Seen<String>> {
    let mut at = start;
    for line in text.split_inclusive('\n').take(12) {
        if let Some(name) = companies::on_line(line.trim(), municipal) {
            let within = line.find(name).unwrap_or(0);
            return Some(Seen::on(sheet, at + within, name, proper(name), sure));
        }
        at += line.len();
    }
    None
}

/// One name for Kronofogden, ordinary case for others.
fn proper(name: &str) -> String {
    let lower = name.to_lowercase();
    if lower.starts_with("kronofogd") {
        return "Kronofogden".to_owned();
    }
    companies::ordinary(name)
}

/// The last lines of an unsigned letter.
fn at_end(sheet: &Sheet, municipal: bool) -> Option<Seen<String>> {
    let text = sheet.text.trim_end();
    let start = text.rmatch_indices('\n').nth(3).map_or(0, |(at, _)| at + 1);
    on_lines(sheet, text.get(start..)?, start, municipal, 0.93)
}

/// The first lines of a letter.
fn at_top(sheet: &Sheet, municipal: bool) -> Option<Seen<String>> {
    let end = sheet.text.match_indices('\n').nth(2).map_or(sheet.text.len(), |(at, _)| at);
    on_lines(sheet, sheet.text.get(..end)?, 0, municipal, 0.93)
}

/// A name in the text that is not said to be another's.
fn spoken_of(sheet: &Sheet) -> Option<Seen<String>> {
    let others = [
        "sökande",
        "uppdragsgivare",
        "klient",
        "ombud för",
        "hos",
        "från",
        "av",
        "motpart",
        "för",
        "hyresvärd",
        "hyresvärden",
        "fordringsägare",
        "till",
        "åt",
        "svarande",
        "borgenär",
        "ombud",
    ];
    let mut names = companies::all_within(&sheet.text);
    names.find_map(|(at, name)| {
        let before = before(&sheet.text, at, 24);
        let before = before.trim_end_matches([' ', ':', '=', '\t', '-', '(']);
        let another = others.iter().any(|word| before.ends_with(word));
        (!another).then(|| Seen::on(sheet, at, name, proper(name), 0.85))
    })
}

/// Who is named as the home's owner.
fn owner(sheet: &Sheet) -> Option<Seen<String>> {
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
        let name = owner_name(cell.as_str())?;
        Some(Seen::on(sheet, cell.start(), cell.as_str(), name, 0.96))
    })
}

fn owner_name(cell: &str) -> Option<String> {
    let first = cell.split([',', '|', '(']).next().unwrap_or(cell).trim();
    let name = companies::within(cell).map(|(_, name)| name);
    let name = name.or_else(|| companies::on_line(cell.trim(), false)).unwrap_or(first);
    let plain = name.chars().count() >= 3 && name.starts_with(char::is_uppercase);
    let words = plain && !name.contains(':') && name.split(' ').count() <= 6;
    words.then(|| proper(name.trim()))
}

fn speaks_of_association(sheet: &Sheet) -> bool {
    companies::all_within(&sheet.text).any(|(_, name)| is_association(name))
}

/// The name of a private person, given name first: a signature that ends with the first word shows it to be turned round.
fn private(from: From<'_>, signature: &Sheet) -> Option<Seen<String>> {
    let name = from.name?.trim().trim_matches(['"', '\'']);
    if !name.contains(' ') || name.contains('@') {
        return None;
    }
    let turned = match name.split_once(", ") {
        Some((last, first)) => Some(format!("{first} {last}")),
        None => name.rsplit_once(' ').and_then(|(last, first)| {
            let mut lines = signature.text.lines().map(|line| line.trim().trim_start_matches('/'));
            lines.any(|line| line == first).then(|| format!("{first} {last}"))
        }),
    };
    let value = turned.unwrap_or_else(|| name.to_owned());
    let sheet = Sheet { number: usize::MAX, source: "from".to_owned(), text: name.to_owned() };
    Some(Seen::on(&sheet, 0, name, value, 0.96))
}

/// Whose number each is: the one beside the owner's name is the owner's; authorities give no other.
fn numbers_of(
    sheets: &[Sheet],
    signature: &Sheet,
    kind: SenderKind,
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
            let line = line_at(&sheet.text, seen.at).to_lowercase();
            let beside = landlord.is_some_and(|name| line.contains(&name.value.to_lowercase()));
            let labelled = line.starts_with("uppdragsgivare") || line.starts_with("sökande");
            let of_owner = authority || beside || (labelled && landlord.is_some());
            let slot = if of_owner { &mut owners } else { &mut own };
            if slot.is_none() {
                *slot = Some(seen);
            }
        }
    }
    (own, owners)
}

fn line_at(text: &str, at: usize) -> &str {
    let start = text.get(..at).and_then(|head| head.rfind('\n')).map_or(0, |at| at + 1);
    text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default()
}

/// The first line of the signature that is a person's name.
fn contact(signature: &Sheet) -> Option<Seen<String>> {
    let mut at = 0;
    for line in signature.text.split_inclusive('\n').take(6) {
        let words = line.trim().trim_start_matches(['/', '-', ' ']);
        let words = words.split([',', '|', '/']).next().unwrap_or(words).trim();
        let plain = words.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '.' | '\''));
        let capitals = words.split(' ').filter(|word| word.starts_with(char::is_uppercase)).count();
        if plain
            && capitals >= 2
            && companies::on_line(words, true).is_none()
            && let Some(name) = person_name(words)
        {
            return Some(Seen::on(signature, at, words, name, 0.9));
        }
        at += line.len();
    }
    None
}
