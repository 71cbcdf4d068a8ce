//! A municipality's profile: boards, units, rules, code names, contact. What is a city's choice stands here and nowhere else.
//!
//! A [`Profile`] has passed every check: each unit a rule names exists, each type of notice has its codes, and the default is a unit.
//! `config/malmo.toml` and `config/goteborg.toml` show every key.

use crate::domain::assignment::Priority;
use crate::domain::assignment::Routine;
use crate::domain::notice::Known;
use crate::domain::notice::NoticeType;
use crate::domain::notice::SenderKind;
use crate::domain::promise::Promises;
use crate::domain::reference::Prefix;
use crate::domain::thresholds::Thresholds;
use crate::routing::check;
use crate::routing::file;
use std::collections::BTreeMap;
use std::fmt;

/// A municipality's profile, checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// The municipality's name, as in receipts.
    pub name: String,
    /// Four digits: 1280 is Malmö, 1480 Göteborg.
    pub municipality_code: String,
    /// The letters of its references.
    pub reference_prefix: Prefix,
    /// An eviction or removal that begins within so many working days is urgent.
    pub urgent_within_days: u32,
    /// The boards, each a data controller of its own.
    pub boards: Vec<Board>,
    /// Parts of the city that have units of their own; empty when one unit serves all.
    pub districts: Vec<District>,
    /// The units.
    pub units: Vec<Unit>,
    /// The one telephone and the one mail address.
    pub contact: Contact,
    /// Choices that are no routing.
    pub policies: Policies,
    /// When what is read from free text goes on without a person; never when there is none.
    pub reading: Option<Thresholds>,
    /// Code names by type of notice: one for every type.
    pub codes: BTreeMap<NoticeType, Codes>,
    /// In order; the first that fits decides.
    pub rules: Vec<Rule>,
    /// Who is told of which notices, by when.
    pub promises: Promises,
    /// What holds when no rule fits. Its unit is a unit's id.
    pub default: Target,
}

impl Profile {
    /// Reads and checks a profile.
    ///
    /// # Errors
    /// All faults at once, each with its key. What is no TOML, or has unknown or missing keys, is told alone: nothing more can be
    /// checked then.
    pub fn parse(toml: &str) -> Result<Self, ProfileFaults> {
        check::checked(file::read(toml)?)
    }

    /// The unit with this id.
    pub fn unit(&self, id: &str) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.id == id)
    }

    /// The board with this id.
    pub fn board(&self, id: &str) -> Option<&Board> {
        self.boards.iter().find(|board| board.id == id)
    }

    /// The code names for a type of notice from a kind of sender.
    pub fn codes_for(&self, kind: NoticeType, sender: SenderKind) -> CodeNames {
        let Some(codes) = self.codes.get(&kind) else { return CodeNames::default() };
        codes.by_sender.get(&sender).unwrap_or(&codes.usual).clone()
    }

    /// The district of a postal code: the one with the longest prefix that fits.
    pub fn district_of(&self, postal_code: &str) -> Option<&District> {
        let digits: String = postal_code.chars().filter(char::is_ascii_digit).collect();
        let fit = |district: &District| {
            let fitting = district.postal_codes.iter().filter(|code| digits.starts_with(*code));
            fitting.map(String::len).max().unwrap_or(0)
        };
        self.districts.iter().filter(|d| fit(d) > 0).max_by_key(|d| fit(d))
    }

    /// The unit that a rule names: a unit by its id, else the unit of that function in the district.
    pub fn resolve(&self, name: &str, district: Option<&District>) -> Option<&Unit> {
        self.unit(name).or_else(|| {
            let district = district?;
            self.units.iter().find(|unit| {
                unit.function.as_deref() == Some(name)
                    && unit.district.as_deref() == Some(district.id.as_str())
            })
        })
    }
}

/// A board (nämnd).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Board {
    /// Lower-case letters, digits, hyphens.
    pub id: String,
    /// Its name, as in receipts.
    pub name: String,
}

/// A part of the city.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct District {
    /// Lower-case letters, digits, hyphens.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Beginnings of postal codes, one to five digits.
    pub postal_codes: Vec<String>,
}

/// A unit; its id is also the name of its queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Lower-case letters, digits, hyphens.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The id of its board.
    pub board: String,
    /// What it does, when several districts have such a unit: rules may name the function instead of the unit.
    pub function: Option<String>,
    /// The id of its district.
    pub district: Option<String>,
}

/// The one telephone and the one mail address of the municipality for all that concerns evictions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Telephone.
    pub telephone: String,
    /// Mail address.
    pub email: String,
    /// Name of the organisation in Swedish.
    pub organisation_sv: String,
    /// Name of the organisation in English.
    pub organisation_en: String,
}

/// Choices of the municipality that are no routing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Policies {
    /// Whether each adult of a household gets an entry of their own in the case system; else only the first one named does.
    pub entry_per_adult: bool,
}

/// The names of two codes in the case system.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodeNames {
    /// The intake type (aktualiseringstyp).
    pub intake_type: String,
    /// The reason (orsakskod).
    pub reason_code: String,
}

/// Code names of one type of notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Codes {
    /// As a rule.
    pub usual: CodeNames,
    /// Where the kind of sender decides.
    pub by_sender: BTreeMap<SenderKind, CodeNames>,
}

/// One rule. A condition that is empty always holds; all must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// What the rule says, for people.
    pub name: String,
    /// Types of notice.
    pub types: Vec<NoticeType>,
    /// Kinds of sender.
    pub senders: Vec<SenderKind>,
    /// Whether children are known: any of these.
    pub children: Vec<Known>,
    /// Beginnings of postal codes.
    pub postal_codes: Vec<String>,
    /// Where the notice goes.
    pub target: Target,
}

/// Where a notice goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// A unit's id, or the function of a unit in the notice's district.
    pub unit: String,
    /// Units that take part, named likewise.
    pub co_units: Vec<String>,
    /// The routine; when not given it follows from type and children.
    pub routine: Option<Routine>,
    /// Urgent for all that the rule takes; else the notice's own urgency decides.
    pub priority: Option<Priority>,
}

/// One fault of a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileFault {
    /// The key, such as `rules[3].unit`.
    pub key: String,
    /// What is wrong with it.
    pub message: String,
}

/// All faults of a profile.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct ProfileFaults(pub Vec<ProfileFault>);

impl fmt::Display for ProfileFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the profile has {} fault(s)", self.0.len())?;
        for fault in &self.0 {
            write!(f, "\n  {}: {}", fault.key, fault.message)?;
        }
        Ok(())
    }
}
