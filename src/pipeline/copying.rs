//! The copy of the confirmation that goes to the person whom an eviction concerns (SFS 2025:468 11 kap. 3 §), and the letter that offers help where the
//! profile sends one about a landlord's notice: one letter for each respondent, none to children or others in the home.
//!
//! Here letters are written; whether one may leave is decided in [`crate::pipeline::letters`]. Where the notice hints at protection,
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
use crate::domain::copy_reason;
use crate::domain::masked::Masked;
use crate::domain::notice::Dwelling;
use crate::domain::notice::Notice;
use crate::domain::notice::Person;
use crate::domain::person_id::PersonIdentity;
use crate::domain::protection;
use crate::domain::reference::Reference;
use crate::letter;
use crate::letter::copy;
use crate::letter::copy::CopyFacts;
use crate::letter::offer;
use crate::letter::template::Templates;
use crate::pipeline::letters::Config;
use crate::pipeline::letters::LetterWay;
use crate::pipeline::letters::gates;
use crate::store::NewAcknowledgement;
use crate::store::Rendering;
use jiff::SignedDuration;
use jiff::Timestamp;
use jiff::civil::Date;
use std::path::PathBuf;

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
    /// What the letter is.
    pub purpose: Purpose,
    /// Whom the confirmation names; in an offer of help, who is to be called at the unit.
    pub caseworker: &'a Caseworker,
    /// The how-manieth confirmation that is; 0 for the first.
    pub version: u32,
    /// What has changed since an earlier copy that has gone.
    pub change: Option<copy::Change>,
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

impl Refused {
    /// The stable code under which the copy waits.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Protected => copy_reason::PROTECTED,
            Self::NoRespondent => copy_reason::NO_RESPONDENT,
            Self::NoAddress => copy_reason::NO_ADDRESS,
            Self::Letter(_) => copy_reason::UNWRITABLE,
        }
    }
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
    let respondents: Vec<&Person> =
        notice.persons.iter().filter(|it| gates::is_respondent(it)).collect();
    // Whoever is left out would go without a copy that counts as sent.
    if respondents.is_empty() || respondents.iter().any(|it| !is_named(it)) {
        return Err(Refused::NoRespondent);
    }
    let address = notice.dwelling.as_ref().and_then(address).ok_or(Refused::NoAddress)?;
    let mut letters = Vec::with_capacity(respondents.len());
    for (at, person) in respondents.into_iter().enumerate() {
        let name = person.name.clone().unwrap_or_default();
        let told = told(facts, config, (&name, &address));
        let written = written(facts, &told, config);
        let pdf = letter::render(&written)?;
        let lines = std::iter::once(&name).chain(&address).map(|line| line.reveal().to_owned());
        let about = (facts.reference, facts.purpose, facts.version);
        let file = format!("{}.{}.pdf", name_of(about), at + 1);
        let number = person.identity.as_ref().and_then(PersonIdentity::digits12);
        letters.push(print::Letter {
            person: number.map(str::to_owned),
            ..print::Letter::of(file, lines.collect(), &pdf)
        });
    }
    Ok(letters)
}

/// One letter: the copy, or an offer of help, each in its own words.
fn written(facts: &Facts<'_>, told: &CopyFacts, config: &Config) -> letter::Letter {
    if facts.purpose != Purpose::Offer {
        let texts = config.text.as_ref().map(Templates::from).unwrap_or_default();
        return copy::copy(told, &texts, facts.local_time);
    }
    let own = config.offers.iter().find(|(kind, _)| *kind == facts.notice.kind);
    let texts = own.map_or_else(offer::built_in, |(_, own)| offer::own(own));
    // Nothing that the landlord wrote goes into it, whatever a text asks for.
    let told =
        CopyFacts { case_number: None, scheduled: None, place: None, change: None, ..told.clone() };
    offer::offer(&told, &texts, facts.local_time)
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
        change: facts.change,
    }
}

/// What the files of a copy, or of an offer of help, are called, without their endings.
fn name_of((reference, purpose, version): About<'_>) -> String {
    let what = if purpose == Purpose::Offer { "brev" } else { "kopia" };
    match version {
        0 => format!("{what}-{reference}"),
        _ => format!("{what}-{reference}.v{version}"),
    }
}

/// Which letters: of what notice, a copy or an offer of help, and the how-manieth.
pub type About<'a> = (&'a Reference, Purpose, u32);

/// The letters as they are stored, to go a way. Due time and message are those of the copy that waited; `tried` are the ways that failed before.
pub fn acknowledgement(
    about: About<'_>,
    letters: &[print::Letter],
    (way, config): (LetterWay, &Config),
    tried: Vec<Way>,
) -> Option<NewAcknowledgement> {
    let address = match way {
        LetterWay::Print => {
            let far = config.print_sftp.is_some();
            let folder = config.print_folder.clone().filter(|_| !far);
            let folder = folder.or_else(|| far.then(PathBuf::new))?;
            let name = name_of(about);
            serde_json::to_string(&print::PrintAddress { folder, far, name, tried }).ok()?
        }
        LetterWay::Service => serde_json::json!({ "tried": tried }).to_string(),
    };
    Some(NewAcknowledgement {
        address: Some(address),
        rendering: Rendering::Text(serde_json::to_string(letters).ok()?),
        job: true,
        ..outstanding(about, way.way())
    })
}

/// One of which nothing is made.
pub fn outstanding((reference, purpose, version): About<'_>, way: Way) -> NewAcknowledgement {
    NewAcknowledgement {
        key: AcknowledgementKey {
            reference: reference.clone(),
            recipient: Recipient::Person,
            purpose,
            way,
            version,
        },
        state: AcknowledgementState::Pending,
        due_at: Timestamp::MAX,
        promised_at: None,
        owed_at: None,
        reason: None,
        address: None,
        rendering: Rendering::Nothing,
        job: false,
        wait: SignedDuration::ZERO,
    }
}

#[cfg(test)]
#[path = "copying_tests.rs"]
mod tests;
