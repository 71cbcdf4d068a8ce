//! The copy of the confirmation that goes to the person whom an eviction concerns (SFS 2025:468 11 kap. 3 §): one letter for each respondent, none to
//! children or others in the home.
//!
//! No letter leaves before a person has approved it: nobody can be asked yet whether an identity is protected. Where the notice hints at protection,
//! no letter is made at all, and the copy stays open with its clock until staff put on record how it was sent.

use crate::acknowledge::Contact;
use crate::acknowledge::print;
use crate::domain::acknowledgement::AcknowledgementKey;
use crate::domain::acknowledgement::AcknowledgementState;
use crate::domain::acknowledgement::Purpose;
use crate::domain::acknowledgement::Recipient;
use crate::domain::acknowledgement::Way;
use crate::domain::calendar::LocalTime;
use crate::domain::caseworker::Caseworker;
use crate::domain::masked::Masked;
use crate::domain::notice::Dwelling;
use crate::domain::notice::Notice;
use crate::domain::notice::Person;
use crate::domain::notice::Role;
use crate::domain::protection;
use crate::domain::reference::Reference;
use crate::letter;
use crate::letter::copy;
use crate::letter::copy::CopyFacts;
use crate::store::NewAcknowledgement;
use crate::store::Rendering;
use jiff::SignedDuration;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use std::path::PathBuf;

/// `[letter]`: how letters to persons are made.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// The folder from which letters are fetched to be printed and posted the same day.
    pub print_folder: Option<PathBuf>,
    /// In which languages a letter is written, each on pages of its own.
    pub languages: Vec<letter::Language>,
}

impl Default for Config {
    fn default() -> Self {
        Self { print_folder: None, languages: vec![letter::Language::Sv] }
    }
}

/// What is known when a copy is written.
pub struct Facts<'a> {
    /// What we call the notice.
    pub reference: &'a Reference,
    /// The notice.
    pub notice: &'a Notice,
    /// When it arrived.
    pub received_at: Timestamp,
    /// The local day of now.
    pub today: Date,
    /// Whom the confirmation names.
    pub caseworker: &'a Caseworker,
    /// Who writes.
    pub contact: &'a Contact,
    /// The municipality's time.
    pub local_time: &'a LocalTime,
}

/// Why there is no letter. A person sends the copy another way.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// Somebody in the notice may be protected.
    #[error(
        "the notice hints at a protected identity: no letter is made. Send the copy by Skatteverket's forwarding or by hand today, and put it on record"
    )]
    Protected,
    /// No adult respondent was read, or one without a name.
    #[error(
        "not every respondent's name was read in the notice: address the copies by hand, and put it on record"
    )]
    NoRespondent,
    /// There is no address to post to.
    #[error("no postal address was read in the notice: hand the copy over, and put it on record")]
    NoAddress,
    /// A letter cannot be set.
    #[error("the letter cannot be written: {0}")]
    Letter(#[from] letter::LetterError),
}

/// One letter for each respondent.
///
/// # Errors
/// See [`Refused`].
pub fn letters(facts: &Facts<'_>, config: &Config) -> Result<Vec<print::Letter>, Refused> {
    let notice = facts.notice;
    if protection::is_hinted_at(notice) {
        return Err(Refused::Protected);
    }
    let respondents: Vec<&Person> = notice.persons.iter().filter(|it| is_respondent(it)).collect();
    // Whoever is left out would go without a copy that counts as sent.
    if respondents.is_empty() || respondents.iter().any(|it| !is_named(it)) {
        return Err(Refused::NoRespondent);
    }
    let address = notice.dwelling.as_ref().and_then(address).ok_or(Refused::NoAddress)?;
    let mut letters = Vec::with_capacity(respondents.len());
    for (at, person) in respondents.into_iter().enumerate() {
        let name = person.name.clone().unwrap_or_default();
        let told = told(facts, config, (&name, &address));
        let written = copy::copy(&told, &copy::Templates::default(), facts.local_time);
        let pdf = letter::render(&written)?;
        let lines = std::iter::once(&name).chain(&address).map(|line| line.reveal().to_owned());
        let file = format!("kopia-{}.{}.pdf", facts.reference, at + 1);
        letters.push(print::Letter::of(file, lines.collect(), &pdf));
    }
    Ok(letters)
}

/// An adult whom the eviction is directed against.
fn is_respondent(person: &Person) -> bool {
    matches!(person.role, Role::Tenant | Role::CoTenant)
}

fn is_named(person: &Person) -> bool {
    person.name.as_ref().is_some_and(|name| !name.is_empty())
}

/// The postal address of the home, line by line.
fn address(dwelling: &Dwelling) -> Option<Vec<Masked>> {
    let (street, code) = (dwelling.street.as_ref()?, dwelling.postal_code.as_ref()?);
    let city = dwelling.city.as_ref()?;
    let door = dwelling.apartment_number.as_ref().map(|number| format!(" lgh {}", number.reveal()));
    let care_of =
        dwelling.care_of.as_ref().map(|name| Masked::new(format!("c/o {}", name.reveal())));
    let (front, back) = code.reveal().split_at_checked(3).unwrap_or((code.reveal(), ""));
    let place = format!("{front} {back} {}", city.reveal());
    let street = format!("{}{}", street.reveal(), door.unwrap_or_default());
    Some(care_of.into_iter().chain([Masked::new(street), Masked::new(place)]).collect())
}

fn told(facts: &Facts<'_>, config: &Config, (name, address): (&Masked, &[Masked])) -> CopyFacts {
    let enforcement = facts.notice.enforcement.as_ref();
    let starts_at = enforcement.and_then(|it| it.starts_at).and_then(|at| at.instant());
    let local = |at: Timestamp| {
        let day = facts.local_time.day_of(at);
        day.to_datetime(facts.local_time.time_of(at))
    };
    CopyFacts {
        name: name.clone(),
        address: address.to_vec(),
        case_number: enforcement.and_then(|it| it.case_number.clone()),
        scheduled: starts_at.map(local),
        place: None,
        received_at: facts.received_at,
        confirmed_on: facts.today,
        caseworker: copy::Caseworker {
            name: Masked::new(facts.caseworker.name.clone()),
            unit: facts.caseworker.unit.clone(),
            telephone: Masked::new(facts.caseworker.telephone.clone()),
        },
        our_reference: facts.reference.clone(),
        municipality: copy::Municipality {
            name_sv: facts.contact.organisation.sv.clone(),
            name_en: facts.contact.organisation.en.clone(),
            telephone: facts.contact.telephone.clone(),
            web: None,
        },
        languages: config.languages.clone(),
        change: None,
    }
}

/// The letters as they are stored, to be put into the print folder. Version and due time are those of the copy that waited.
pub fn acknowledgement(
    facts: &Facts<'_>,
    letters: &[print::Letter],
    folder: PathBuf,
) -> Option<NewAcknowledgement> {
    let address = print::PrintAddress { folder, name: format!("kopia-{}", facts.reference) };
    Some(NewAcknowledgement {
        key: AcknowledgementKey {
            reference: facts.reference.clone(),
            recipient: Recipient::Person,
            purpose: Purpose::Copy,
            way: Way::Print,
            version: 0,
        },
        state: AcknowledgementState::Pending,
        due_at: facts.local_time.due_same_day(facts.received_at),
        reason: None,
        address: Some(serde_json::to_string(&address).ok()?),
        rendering: Rendering::Text(serde_json::to_string(letters).ok()?),
        job: true,
        wait: SignedDuration::ZERO,
    })
}

#[cfg(test)]
#[path = "copying_tests.rs"]
mod tests;
