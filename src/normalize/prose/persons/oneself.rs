//! Who writes of themselves or of their grown child: `jag heter Testa Testsson, 850101-2390, och ska vräkas`, `min son Provo Ek, 780102-2398`.

use super::super::identities::Identity;
use super::super::pattern::pattern;
use super::super::seen::Seen;
use super::super::seen::near_end;
use super::Found;
use super::Page;
use super::is_child;
use crate::domain::notice::Role;
use jiff::civil::Date;

pattern!(
    OWN_TROUBLE,
    r"(?i)\b(?:jag|vi|mig|oss)\b[^.\n]{0,60}\b(?:vräk\p{L}*|avhys\p{L}*|uppsag\p{L}*|blir av med)|\b(?:vräk\p{L}*|avhys\p{L}*|kasta(?:r|s)? ut|slänga ut|slänger ut)[^.\n]{0,30}\b(?:jag|vi|mig|oss)\b"
);

pattern!(HEIR, r"(?i)\b(?:son|dotter|barnbarn|brorson|brorsdotter|syster|bror)(?:en|n|et)? $");
pattern!(ESTATE, r"(?i)\bdödsbo(?:et|ets|delägar\p{L}*)?\b");

/// A number of somebody who is not of the household, as far as a word beside it tells, with the name.
pub(super) type OfAnother = (Option<String>, Seen<Identity>);

/// So sure is it at most: a person compares.
const ONESELF: f64 = 0.85;

/// Who lives in a dead parent's home has no contract: `dödsboet efter Algot Ek … bor sonen Jimmy Ek kvar`.
pub(super) fn heirs(pages: &[Page<'_>], found: &mut [Found]) {
    for person in found.iter_mut().filter(|person| person.role == Role::Tenant) {
        let Some(name) = person.name.as_ref() else { continue };
        let page = pages.iter().find(|page| page.sheet.number == name.sheet);
        let Some(page) = page.filter(|page| ESTATE.is_in(&page.text)) else { continue };
        if HEIR.is_in(near_end(page.text.get(..name.at).unwrap_or_default())) {
            person.role = Role::Occupant;
        }
    }
}

/// Where nobody else is told of with a number: the writer's own, who tells that it is they who must leave, or the grown child's.
pub(super) fn put(pages: &[Page<'_>], found: &mut Vec<Found>, others: &[OfAnother], on: Date) {
    let adult = |person: &&mut Found| person.role != Role::Child;
    if found.iter_mut().filter(adult).any(|person| person.identity.is_some()) {
        return;
    }
    let grown = |person: &&mut Found| {
        let number = person.identity.as_ref();
        person.role == Role::Child && number.is_some_and(|number| !is_child(number, on))
    };
    if let Some(person) = found.iter_mut().find(grown) {
        person.role = Role::Tenant;
        return;
    }
    let [(Some(name), identity)] = others else { return };
    let troubled = pages.iter().any(|page| OWN_TROUBLE.is_in(&page.text));
    if !troubled || found.iter().any(|person| person.role != Role::Child) {
        return;
    }
    let identity = identity.clone().at_most(ONESELF);
    let name = identity.clone().map(|_| name.clone());
    let person =
        Found { name: Some(name), identity: Some(identity), born_on: None, role: Role::Tenant };
    found.insert(0, person);
}
