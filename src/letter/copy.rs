//! The copy that the person concerned gets of our confirmation to Kronofogden (SFS 2025:468 11 kap. 3 §), from facts to letter.
//!
//! It tells what was confirmed, who the caseworker is and what the person can do; nothing that a landlord wrote, no other person, no
//! children. Its text is the profile's, else the built-in one. Whether it may be sent at all (identity, address, protection) is
//! decided before; nothing is decided here.

use crate::domain::calendar::LocalTime;
use crate::domain::masked::Masked;
use crate::domain::reference::Reference;
use crate::letter::Block;
use crate::letter::Language;
use crate::letter::Letter;
use crate::letter::Part;
use crate::letter::Row;
use crate::letter::placeholder::Placeholder;
use crate::letter::template;
use crate::letter::template::Templates;
use crate::letter::words;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::civil::DateTime;

/// Everything that a copy may tell.
#[derive(Clone, Debug)]
pub struct CopyFacts {
    /// The person's name, for the address only.
    pub name: Masked,
    /// The postal address, line by line. Empty: the letter is handed over in person, and shows the name alone.
    pub address: Vec<Masked>,
    /// Kronofogden's case number (målnummer), as in our confirmation.
    pub case_number: Option<Masked>,
    /// When the eviction is to be, local time; none when the notice could not be read so far.
    pub scheduled: Option<DateTime>,
    /// Where, only when the confirmation says so.
    pub place: Option<Masked>,
    /// When Kronofogden's notice reached us.
    pub received_at: Timestamp,
    /// The day on which we confirmed it to Kronofogden; also the letter's date.
    pub confirmed_on: Date,
    /// Who is responsible.
    pub caseworker: Caseworker,
    /// What we call the matter.
    pub our_reference: Reference,
    /// Who writes.
    pub municipality: Municipality,
    /// In which languages, in this order; the first is the document's. Empty means Swedish.
    pub languages: Vec<Language>,
    /// What has changed since an earlier copy.
    pub change: Option<Change>,
}

/// The responsible caseworker.
#[derive(Clone, Debug)]
pub struct Caseworker {
    /// Name.
    pub name: Masked,
    /// Unit.
    pub unit: String,
    /// Telephone.
    pub telephone: Masked,
}

/// Who writes.
#[derive(Clone, Debug)]
pub struct Municipality {
    /// Its name in Swedish, such as "Exempelstads kommun".
    pub name_sv: String,
    /// Its name in English.
    pub name_en: String,
    /// Its own telephone.
    pub telephone: String,
    /// Its address on the web, if it should be told.
    pub web: Option<String>,
}

/// What a later copy changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Kronofogden has set another time.
    NewTime,
    /// Another caseworker is responsible.
    NewCaseworker,
    /// Something else in it was corrected.
    Corrected,
}

/// The copy as a letter. Set it by [`crate::letter::render`].
pub fn copy(facts: &CopyFacts, templates: &Templates, local_time: &LocalTime) -> Letter {
    let languages = match facts.languages.as_slice() {
        [] => &[Language::Sv][..],
        some => some,
    };
    let first = languages.first().copied().unwrap_or(Language::Sv);
    let mut parts: Vec<Part> =
        languages.iter().map(|language| part(facts, templates, *language, local_time)).collect();
    if let [main, others @ ..] = parts.as_mut_slice() {
        for other in others {
            main.body.insert(0, Block::Aside(other.language, also_in(other.language).to_owned()));
        }
    }
    Letter {
        sender: vec![
            facts.municipality.name(first).to_owned(),
            facts.caseworker.unit.clone(),
            format!("{} {}", words::telephone(first), facts.municipality.telephone),
        ],
        recipient: recipient(facts, first),
        date: facts.confirmed_on,
        our_reference: facts.our_reference.as_str().to_owned(),
        parts,
    }
}

fn recipient(facts: &CopyFacts, language: Language) -> Vec<Masked> {
    let mut lines = vec![facts.name.clone()];
    if facts.address.iter().all(Masked::is_empty) {
        lines.push(Masked::from(match language {
            Language::Sv => "Lämnas över personligen",
            Language::En => "To be handed over in person",
        }));
    } else {
        lines.extend(facts.address.iter().cloned());
    }
    lines.retain(|line| !line.is_empty());
    lines
}

fn part(
    facts: &CopyFacts,
    templates: &Templates,
    language: Language,
    local_time: &LocalTime,
) -> Part {
    let text = match language {
        Language::Sv => &templates.sv,
        Language::En => &templates.en,
    };
    let received = words::time(language, local_time.datetime_of(facts.received_at));
    let rows = rows(facts, language, &received);
    let value = |placeholder| value(facts, language, &received, placeholder);
    let mut part = template::fill(text, language, &rows, value);
    if let Some(change) = facts.change {
        part.body.insert(0, Block::Paragraph(changed(language, change).to_owned()));
    }
    part
}

/// The table of what was confirmed; what is not known has no row.
fn rows(facts: &CopyFacts, language: Language, received: &str) -> Vec<Row> {
    let labels = match language {
        Language::Sv => Labels {
            case_number: "Målnummer",
            scheduled: "Tid för avhysningen",
            place: "Plats",
            received: "Meddelandet kom till oss",
            caseworker: "Ansvarig handläggare",
            unit: "Enhet",
            telephone: "Telefon",
            reference: "Vår beteckning",
        },
        Language::En => Labels {
            case_number: "Case number",
            scheduled: "Time of the eviction",
            place: "Place",
            received: "The notice reached us",
            caseworker: "Responsible caseworker",
            unit: "Unit",
            telephone: "Telephone",
            reference: "Our reference",
        },
    };
    let shown = |text: &Option<Masked>| text.as_ref().map(|text| text.reveal().to_owned());
    let all = [
        (labels.case_number, shown(&facts.case_number)),
        (labels.scheduled, facts.scheduled.map(|at| words::time(language, at))),
        (labels.place, shown(&facts.place)),
        (labels.received, Some(received.to_owned())),
        (labels.caseworker, Some(facts.caseworker.name.reveal().to_owned())),
        (labels.unit, Some(facts.caseworker.unit.clone())),
        (labels.telephone, Some(words::unbroken(facts.caseworker.telephone.reveal()))),
        (labels.reference, Some(facts.our_reference.as_str().to_owned())),
    ];
    let known = all.into_iter().filter_map(|(label, value)| Some((label, value?)));
    let told = known.filter(|(_, value)| !value.trim().is_empty());
    told.map(|(label, value)| Row { label: label.to_owned(), value }).collect()
}

struct Labels {
    case_number: &'static str,
    scheduled: &'static str,
    place: &'static str,
    received: &'static str,
    caseworker: &'static str,
    unit: &'static str,
    telephone: &'static str,
    reference: &'static str,
}

fn value(
    facts: &CopyFacts,
    language: Language,
    received: &str,
    placeholder: Placeholder,
) -> String {
    let unknown = || {
        let words = match language {
            Language::Sv => "(uppgift saknas)",
            Language::En => "(not known)",
        };
        words.to_owned()
    };
    let municipality = &facts.municipality;
    match placeholder {
        Placeholder::Facts => String::new(),
        Placeholder::Caseworker => facts.caseworker.name.reveal().to_owned(),
        Placeholder::Unit => facts.caseworker.unit.clone(),
        Placeholder::Telephone => words::unbroken(facts.caseworker.telephone.reveal()),
        Placeholder::Scheduled => {
            facts.scheduled.map_or_else(unknown, |at| words::time(language, at))
        }
        Placeholder::Received => received.to_owned(),
        Placeholder::Confirmed => words::weekday(language, facts.confirmed_on),
        Placeholder::CaseNumber => {
            facts.case_number.as_ref().map_or_else(unknown, |number| number.reveal().to_owned())
        }
        Placeholder::Reference => facts.our_reference.as_str().to_owned(),
        Placeholder::Municipality => municipality.name(language).to_owned(),
        Placeholder::Contact => {
            let number = words::unbroken(&municipality.telephone);
            let telephone = format!("{} {number}", words::telephone(language).to_lowercase());
            match &municipality.web {
                Some(web) => format!("{telephone}, {web}"),
                None => telephone,
            }
        }
    }
}

impl Municipality {
    fn name(&self, language: Language) -> &str {
        match language {
            Language::Sv => &self.name_sv,
            Language::En => &self.name_en,
        }
    }
}

fn also_in(language: Language) -> &'static str {
    match language {
        Language::Sv => "Det här brevet finns också på svenska, på en egen sida längre fram.",
        Language::En => "This letter is also in English, on a page of its own further on.",
    }
}

fn changed(language: Language, change: Change) -> &'static str {
    match (language, change) {
        (Language::Sv, Change::NewTime) => {
            "Det här brevet ersätter ett tidigare brev från oss: Kronofogden har ändrat tiden."
        }
        (Language::Sv, Change::NewCaseworker) => {
            "Det här brevet ersätter ett tidigare brev från oss: du har fått en ny handläggare."
        }
        (Language::Sv, Change::Corrected) => {
            "Det här brevet ersätter ett tidigare brev från oss, där en uppgift var fel eller saknades."
        }
        (Language::En, Change::NewTime) => {
            "This letter replaces an earlier one from us: Kronofogden has changed the time."
        }
        (Language::En, Change::NewCaseworker) => {
            "This letter replaces an earlier one from us: you have a new caseworker."
        }
        (Language::En, Change::Corrected) => {
            "This letter replaces an earlier one from us, in which something was wrong or missing."
        }
    }
}

#[cfg(test)]
#[path = "tests/copy_tests.rs"]
mod tests;
