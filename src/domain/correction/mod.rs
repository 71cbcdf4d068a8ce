//! A person's correction of what was read of a notice: which places may be corrected, and the notice as it stands afterwards.
//!
//! A place is a JSON Pointer without its first slash. An empty text leaves a value as it is; `-` takes it away. A person behind the last is added; the
//! place of a person itself with `-` takes the person away.

mod fault;
mod person;
mod place;
mod shift;

pub use fault::Fault;
pub use fault::Trouble;

use crate::domain::acknowledgement::words;
use crate::domain::calendar::LocalTime;
use crate::domain::masked::Masked;
use crate::domain::notice::Evidence;
use crate::domain::notice::Notice;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Whose word a corrected value is.
pub const BY_PERSON: &str = "person";

/// What takes a value away.
pub const NOTHING: &str = "-";

/// The most persons of a notice.
pub const MOST_PERSONS: usize = 40;

/// The places that are corrected besides the persons.
pub const PLACES: [&str; 14] = [
    "type",
    "dwelling/street",
    "dwelling/postalCode",
    "dwelling/city",
    "dwelling/apartmentNumber",
    "arrears/amountToRecover",
    "enforcement/caseNumber",
    "enforcement/startsAt",
    "issuedOn",
    "terminatedOn",
    "children/known",
    "children/count",
    "sender/kind",
    "sender/name",
];

/// The places whose values are words of the schema, days and hours: they tell of nobody. Persons' numbers are written `*`.
const TELLS_OF_NOBODY: [&str; 6] =
    ["type", "sender/kind", "persons/*/role", "children/known", "enforcement/startsAt", "issuedOn"];

/// Whether the value at a place may be shown to whoever may see the notice, masked as it is.
pub fn tells_of_nobody(place: &str) -> bool {
    let number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let parts = place.trim_start_matches('/').split('/');
    let place: Vec<&str> = parts.map(|part| if number(part) { "*" } else { part }).collect();
    TELLS_OF_NOBODY.contains(&place.join("/").as_str())
}

/// The places of one person.
pub const OF_A_PERSON: [&str; 3] = ["role", "name", "identity/value"];

/// Why a value is corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Because {
    /// The message says it; the reader took it wrong, or did not see it.
    Misread,
    /// The message does not say it, but it is known.
    NotTold,
    /// Anything else.
    Other,
}

words!(Because { Misread = "misread", NotTold = "notTold", Other = "other" });

/// One place, and what somebody says stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Where.
    pub place: String,
    /// What.
    pub value: Masked,
}

/// What values are read against.
#[derive(Clone, Copy)]
pub struct When<'a> {
    /// The day on which the notice arrived.
    pub on: Date,
    /// The municipality's time.
    pub local_time: &'a LocalTime,
}

/// A notice as it stands after a correction.
#[derive(Clone)]
pub struct Corrected {
    /// The notice.
    pub notice: Notice,
    /// JSON Pointers of what changed.
    pub paths: Vec<String>,
}

/// Corrects a notice.
///
/// # Errors
/// Every place whose value is none that may stand there.
pub fn correct(before: &Notice, said: &[Said], when: When<'_>) -> Result<Corrected, Vec<Fault>> {
    let mut notice = before.clone();
    let (mut faults, mut removed) = (Vec::new(), BTreeSet::new());
    let mut paths = Vec::new();
    for Said { place, value } in said {
        let place = place.trim_start_matches('/');
        let text = value.reveal().trim();
        if text.is_empty() {
            continue;
        }
        let changed = match place.strip_prefix("persons/") {
            Some(rest) => person::set(&mut notice, (rest, text), when, &mut removed),
            None => place::set(&mut notice, (place, text), when),
        };
        match changed {
            Ok(true) => paths.push(format!("/{place}")),
            Ok(false) => {}
            Err(trouble) => faults.push(Fault { place: place.to_owned(), trouble }),
        }
    }
    let nameless = person::nameless(&notice, before.persons.len(), &removed);
    faults.extend(
        nameless.map(|at| Fault { place: format!("persons/{at}/name"), trouble: Trouble::Missing }),
    );
    if !faults.is_empty() {
        return Err(faults);
    }
    answer(&mut notice, &paths);
    shift::without(&mut notice, &removed);
    paths.sort();
    paths.dedup();
    Ok(Corrected { notice, paths })
}

/// What a person says has no doubt left, and needs no remark of the reader's.
fn answer(notice: &mut Notice, paths: &[String]) {
    for path in paths {
        let below = |place: &str| {
            place
                .strip_prefix(path.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let whole = path.strip_suffix("/value").unwrap_or(path);
        notice.findings.retain(|finding| !below(&finding.path) && finding.path != whole);
        notice.evidence.retain(|place, _| !below(place));
        let evidence =
            Evidence { source: BY_PERSON.to_owned(), quote: Masked::new(""), confidence: 1.0 };
        notice.evidence.insert(path.clone(), evidence);
    }
}

#[cfg(test)]
mod tests;
