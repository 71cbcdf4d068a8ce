//! The duty roster: who is named as responsible caseworker (ansvarig handläggare) when the case system knows none of the person's.
//!
//! Socialtjänstförordningen (SFS 2025:468) 11 kap. 3 § demands that a notice of the time of an eviction or removal is confirmed to
//! Kronofogden the same day, naming the responsible caseworker. The roster is a file that people of the municipality edit, by hand or on
//! a page (`config/roster.toml` shows every key). It tells who is named at any instant ([`Roster::named`]), and ahead of time
//! where nobody will be on duty ([`Roster::holes`]) or nobody at all could be named ([`Roster::unnamed`]). Pure: the time is an argument.

pub mod amend;
pub mod book;
mod difference;
pub mod duty;
pub mod fault;
pub mod holes;
pub mod hours;
pub mod keep;
pub mod naming;
mod read;
mod section;
mod values;
mod write;

#[cfg(test)]
mod by_hand;
#[cfg(test)]
mod holes_tests;
#[cfg(test)]
mod made_up;
#[cfg(test)]
mod naming_tests;
#[cfg(test)]
mod read_tests;
#[cfg(test)]
mod values_tests;
#[cfg(test)]
mod year_tests;

use crate::domain::caseworker::Caseworker;
use crate::domain::masked::Masked;
use crate::roster::duty::Absence;
use crate::roster::duty::Duty;
use crate::roster::duty::ExtraDuty;
use crate::roster::duty::Swap;
use crate::roster::fault::RosterFaults;
use crate::roster::fault::Trouble;
use toml::de::DeValue;

/// A duty roster. One that was parsed fits together: every id that is used is there. A page that changes one writes it with
/// [`Roster::to_toml`] and parses that text before it is kept; what does not fit together is passed over when someone must be named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roster {
    /// The id of the person who stands in for every unit, after its own deputy.
    pub deputy: Option<String>,
    /// Everyone who can be named.
    pub persons: Vec<Person>,
    /// The units.
    pub units: Vec<Desk>,
    /// Duties that recur. Their order decides between those that begin at the same time.
    pub duties: Vec<Duty>,
    /// Who is away when.
    pub absences: Vec<Absence>,
    /// Duties on one day only.
    pub extra: Vec<ExtraDuty>,
    /// Who takes over from whom on one day.
    pub swaps: Vec<Swap>,
}

/// Someone who can be named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// 1 to 64 lower-case letters a–z, digits and hyphens. It may be seen in logs, so it should not be a name: a signature will do.
    pub id: String,
    /// What a confirmation tells of them.
    pub caseworker: Official,
}

/// A person as a confirmation names them. `Debug` shows neither name nor number nor address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Official {
    /// First name and family name.
    pub name: Masked,
    /// The telephone at work, as people write it.
    pub telephone: Masked,
    /// The mail address at work.
    pub mail: Masked,
    /// What they are, in Swedish, such as `socialsekreterare`.
    pub title_sv: Option<String>,
    /// What they are, in English.
    pub title_en: Option<String>,
}

/// A unit as those who call see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Desk {
    /// The id of a unit of the municipality's profile.
    pub id: String,
    /// The telephone of the unit.
    pub telephone: String,
    /// The id of the person who stands in when nobody of the unit is there.
    pub deputy: Option<String>,
}

impl Roster {
    /// Reads and checks a roster file.
    ///
    /// # Errors
    /// All faults at once, in order of their lines, each with its key and what to do. What is no TOML is told alone.
    pub fn parse(toml: &str) -> Result<Self, RosterFaults> {
        read::read(toml, None)
    }

    /// The same, and every unit must be one of these ids, which are those of the municipality's profile.
    ///
    /// # Errors
    /// As [`Roster::parse`], and the units that the profile does not have.
    pub fn parse_for(toml: &str, units: &[&str]) -> Result<Self, RosterFaults> {
        read::read(toml, Some(units))
    }

    /// The text of the file; parsing it gives this roster again, if it fits together. Holds names and telephone numbers.
    pub fn to_toml(&self) -> String {
        write::written(self)
    }

    /// What a confirmation tells of a person as the responsible caseworker of a unit; `because` is why it is this one.
    pub fn official(
        &self,
        person: &Person,
        (unit, unit_name): (&str, &str),
        because: &str,
    ) -> Caseworker {
        let own = person.caseworker.telephone.reveal().to_owned();
        let desk = self.desk(unit).map(|desk| desk.telephone.clone());
        Caseworker {
            id: person.id.clone(),
            name: person.caseworker.name.reveal().to_owned(),
            unit: unit_name.to_owned(),
            telephone: if own.is_empty() { desk.unwrap_or_default() } else { own },
            because: because.to_owned(),
        }
    }

    /// The one person whom another system calls so: by id (a signature), or by name in either order, whatever the case of its letters.
    pub fn known_as(&self, told: &str) -> Option<&Person> {
        let told = words_of(told);
        let names = |person: &Person| {
            words_of(&person.id) == told || words_of(person.caseworker.name.reveal()) == told
        };
        let mut known = self.persons.iter().filter(|person| names(person));
        known.next().filter(|_| known.next().is_none())
    }

    /// The person with this id.
    pub fn person(&self, id: &str) -> Option<&Person> {
        self.persons.iter().find(|person| person.id == id)
    }

    /// The unit with this id.
    pub fn desk(&self, id: &str) -> Option<&Desk> {
        self.units.iter().find(|desk| desk.id == id)
    }
}

/// A name as the roster takes it: one line of at most 100 characters, without the spaces around it.
///
/// # Errors
/// What is wrong with it.
pub fn name(text: &str) -> Result<String, Trouble> {
    values::text(&DeValue::String(text.into()))
}

/// A telephone number as the roster takes it.
///
/// # Errors
/// What is wrong with it.
pub fn telephone(text: &str) -> Result<String, Trouble> {
    values::telephone(&DeValue::String(text.into()))
}

/// The words of a name in a fixed order, in small letters: `Exempel, Anna` is `Anna Exempel`.
fn words_of(name: &str) -> Vec<String> {
    let name = name.to_lowercase();
    let parts = name.split(|c: char| c == ',' || c.is_whitespace());
    let mut words: Vec<String> = parts.filter(|word| !word.is_empty()).map(str::to_owned).collect();
    words.sort_unstable();
    words
}
