//! What is corrected of a person whom a notice names: who it is, and that somebody is added or taken away.

use crate::domain::correction::MOST_PERSONS;
use crate::domain::correction::NOTHING;
use crate::domain::correction::Trouble;
use crate::domain::correction::When;
use crate::domain::correction::place::line;
use crate::domain::correction::place::put;
use crate::domain::notice::Notice;
use crate::domain::notice::Person;
use crate::domain::notice::Role;
use crate::domain::person_id::PersonIdentity;
use crate::domain::person_id::PersonIdentityFault;
use std::collections::BTreeSet;

/// Writes a value of a person; whether it was another before.
pub(super) fn set(
    notice: &mut Notice,
    (place, text): (&str, &str),
    when: When<'_>,
    removed: &mut BTreeSet<usize>,
) -> Result<bool, Trouble> {
    let (at, place) = place.split_once('/').unwrap_or((place, ""));
    let at: usize = at.parse().map_err(|_| Trouble::Place)?;
    if place.is_empty() {
        let known = text == NOTHING && at < notice.persons.len();
        return if known { Ok(removed.insert(at)) } else { Err(Trouble::Place) };
    }
    if at > notice.persons.len() || at >= MOST_PERSONS {
        return Err(Trouble::Place);
    }
    if at == notice.persons.len() {
        notice.persons.push(Person::default());
    }
    let person = &mut notice.persons[at];
    match place {
        "role" => {
            let role = Role::parse(text).ok_or(Trouble::Word)?;
            Ok(std::mem::replace(&mut person.role, role) != role)
        }
        "name" => put(&mut person.name, text, line),
        "identity/value" => {
            let changed = put(&mut person.identity, text, |text| identity(text, when))?;
            if changed {
                // What was told of the number before is of another one.
                person.born_on = None;
            }
            Ok(changed)
        }
        _ => Err(Trouble::Place),
    }
}

/// Those who were added without a name.
pub(super) fn nameless<'a>(
    notice: &'a Notice,
    known: usize,
    removed: &'a BTreeSet<usize>,
) -> impl Iterator<Item = usize> + 'a {
    let added = notice.persons.iter().enumerate().skip(known);
    let nameless = added.filter(|(at, person)| person.name.is_none() && !removed.contains(at));
    nameless.map(|(at, _)| at)
}

fn identity(text: &str, when: When<'_>) -> Result<PersonIdentity, Trouble> {
    let (identity, fault) = PersonIdentity::read(text, when.on);
    match fault {
        None if identity.digits12().is_some() => Ok(identity),
        None | Some(PersonIdentityFault::Shape) => Err(Trouble::Number),
        Some(PersonIdentityFault::CheckDigit) => Err(Trouble::CheckDigit),
        Some(PersonIdentityFault::Date) => Err(Trouble::BirthDay),
    }
}
