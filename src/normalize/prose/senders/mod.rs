//! Who writes: what kind of sender, its name and number, whom to ask there, and whose home it is when that is another.

mod addressed;
mod authorities;
mod companies;
mod learned;
mod municipal;
mod naming;
mod owners;
mod people;
mod references;
mod sort;
mod told;

use super::names::person_name;
use super::numbers;
use super::seen::Seen;
use super::seen::Sheet;
use super::words::own_words::Author;
use crate::domain::notice::NoticeType;
use crate::domain::notice::SenderKind;
use crate::domain::organisation_number::OrganisationNumber;

/// The address a mail came from, and the name that goes with it.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct From<'a> {
    pub(super) address: Option<&'a str>,
    pub(super) name: Option<&'a str>,
    /// Of the house that the mail was sent to.
    pub(super) colleague: bool,
}

impl<'a> From<'a> {
    /// Whether a mail only passes on what another wrote: a municipality does, and so does whoever sends on an authority's mail.
    pub(super) fn passes_on(self, author: &Author, signature: &str) -> bool {
        let Some(address) = author.address.as_deref() else { return false };
        let (own, other) = (domain(self.address), domain(Some(address)));
        let municipal = self.colleague
            || municipal::is_municipal(own)
            || municipal::is_named_by(own, signature);
        let own_mail = own == other || municipal::is_municipal(other);
        !own_mail && (municipal || sort::is_authority(&other.to_lowercase()))
    }

    /// The one who wrote what is passed on.
    pub(super) fn written_by(self, author: Option<&'a Author>) -> Self {
        match author.and_then(|author| Some((author.address.as_deref()?, author))) {
            Some((address, author)) => {
                let colleague = self.colleague && domain(self.address) == domain(Some(address));
                Self { address: Some(address), name: Some(author.name.as_str()), colleague }
            }
            None => self,
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
    /// Whose matter it is, by its words.
    pub(super) matter: Option<SenderKind>,
    /// Its words are a tenant-owners' association's, whoever writes them.
    pub(super) owned: bool,
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
        sort::fit(self.kind, notice, self.name.is_some() && !association, self.matter)
    }
}

/// What kind of sender a firm, an association or an authority is by its name alone; `None` for what is no such name.
pub(super) fn kind_by_name(name: &str) -> Option<SenderKind> {
    companies::on_line(name, false)?;
    let clues = sort::Clues { name, ..sort::Clues::default() };
    Some(sort::kind(&clues))
}

fn is_association(name: &str) -> bool {
    let name = name.to_lowercase();
    name.contains("brf") || name.contains("bostadsrättsf")
}

/// Whether such a sender writes of homes of its own.
fn lets_its_own(kind: SenderKind) -> bool {
    matches!(kind, SenderKind::Landlord | SenderKind::TenantOwnerAssociation | SenderKind::Private)
}

/// Tells the sender from the words, the signature and the address.
pub(super) fn sender(sheets: &[Sheet], signature: &Sheet, from: From<'_>) -> Sender {
    let domain = domain(from.address).to_lowercase();
    let labelled = sheets.iter().find_map(owners::owner);
    // What a municipality passes on, or prints, was told by another.
    let municipal = from.colleague || municipal::is_municipal(&domain);
    let passed_on = from.address.is_none() || municipal || municipal::is_service(from);
    let closing = closing(sheets, signature);
    let municipal = municipal || municipal::writes(from, &domain, &closing);
    let guardian = !municipal && people::is_guardian(sheets, &closing);
    let said = if passed_on { told::told(sheets) } else { None };
    let (caller, by_whom) = said.map_or((None, None), |said| (said.name, said.kind));
    let named = || naming::name(sheets, signature, from, municipal).filter(|_| !guardian);
    // Who is said to be a landlord or a neighbour is told so; else a firm's own name comes first.
    let name = match by_whom {
        Some(_) => caller,
        None => named().or(caller),
    };
    let (name, own_form) = match name {
        Some(name) => (Some(name), false),
        None => (labelled.clone().filter(|_| !guardian), true),
    };
    let person = from.name.unwrap_or_default();
    let words = name.as_ref().map(|name| name.value.clone()).unwrap_or_default();
    let is_person = own_form && !words.is_empty() && companies::on_line(&words, false).is_none();
    let clues = sort::Clues {
        name: &words,
        signed: &format!("{closing}\n{person}"),
        domain: &domain,
        person,
        association: !is_association(&words) && sheets.iter().any(owners::speaks_of_association),
        municipal,
        house: people::has_a_house(sheets),
        for_owner: owners::is_for_owner(sheets, &words, labelled.as_ref()),
    };
    let kind = match guardian || (is_person && person_name(&words).is_some()) {
        true => SenderKind::Private,
        false => sort::kind(&clues),
    };
    let owned = kind == SenderKind::TenantOwnerAssociation;
    let learned = learned::kind(sheets, &clues, from, kind);
    let kind = by_whom.or(learned).unwrap_or(kind);
    let name = name.or_else(|| nobody_else(sheets, signature, from, (kind, closing.as_str())));
    let own = !guardian && lets_its_own(kind);
    let landlord =
        labelled.filter(|other| !own && name.as_ref().is_none_or(|name| name.value != other.value));
    let (organisation, landlord_organisation) =
        owners::numbers_of(sheets, signature, (kind, &words), landlord.as_ref());
    // A form on the web bears the municipality's own number.
    let reference = references::reference(sheets, kind).filter(|_| !municipal::is_service(from));
    Sender {
        kind,
        told: from.address.is_some() || name.is_some() || reference.is_some(),
        organisation,
        landlord_organisation,
        landlord,
        contact: contact(signature),
        phone: numbers::phones(signature).into_iter().next(),
        reference,
        matter: told::matter(sheets),
        owned,
        name,
    }
}

/// Who writes for nobody else: Kronofogden by its address, and people.
fn nobody_else(
    sheets: &[Sheet],
    signature: &Sheet,
    from: From<'_>,
    (kind, closing): (SenderKind, &str),
) -> Option<Seen<String>> {
    naming::by_domain(kind, from).or_else(|| {
        let alone = kind == SenderKind::Private
            || people::owns(closing)
            || people::speaks_for_oneself(sheets, kind);
        alone.then(|| people::person(from, signature, sheets)).flatten()
    })
}

/// What stands below the greeting, or in the last lines of a mail that ends without one.
fn closing(sheets: &[Sheet], signature: &Sheet) -> String {
    let body = sheets.iter().find(|sheet| sheet.source == "body");
    match body.filter(|_| signature.text.trim().is_empty()) {
        Some(body) => {
            let text = body.text.trim_end();
            let start = text.rmatch_indices('\n').nth(5).map_or(0, |(at, _)| at + 1);
            text.get(start..).unwrap_or_default().to_owned()
        }
        None => signature.text.clone(),
    }
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
