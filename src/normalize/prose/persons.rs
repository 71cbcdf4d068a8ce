//! Who the notice is about: names beside identity numbers and behind the words for a tenant, in both orders of name.

use super::names::person_name;
use super::numbers::Identity;
use super::pattern::pattern;
use super::seen::Seen;
use super::seen::Sheet;
use super::seen::before;
use super::seen::last_cue;
use crate::domain::notice::Role;

pattern!(
    LABELLED,
    r"(?i)\b(hyresgäst(?:en|er|erna|ens)?(?:\s*\d)?(?:s? namn)?|medhyresgäst(?:en)?|andrahandshyresgäst(?:en)?|svarande(?:n)?|gäldenär(?:en)?|bostadsrättshavare(?:n)?|medlem(?:men)?|abonnent(?:en)?|kund(?:en)?|boende|namn|tenant|debtor|respondent|berörd person|avser|gäller|inneboende|kontraktsinnehavare)(?:\s*\([^)]{0,20}\))?\s*(?::|\bär\b|\bheter\b|-|\t|\n)?\s*((?-i:(?:\p{Lu}[\p{L}'’-]+|af|av|von|de|la|el|al|bin|der|van)(?:,?[ ](?:\p{Lu}[\p{L}'’-]+|af|av|von|de|la|el|al|bin|der|van)){1,4}))"
);
pattern!(
    NAME_BEFORE,
    r"((?:\p{Lu}[\p{L}'’-]+|af|av|von|de|la|el|al|bin|der|van)(?:,?[ ](?:\p{Lu}[\p{L}'’-]+|af|av|von|de|la|el|al|bin|der|van)){1,4})[ ,;:(\t\n]*(?i:(?:med )?(?:person|pers\.?|p)[\p{L}.-]*(?:\s?nr\.?|\s?nummer)?[ :.]*|född[ :]*|f\.[ ]*|samordningsnummer[ :]*|id[ :]*)?[(\t ]*$"
);

/// A person as a text tells of one.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) name: Option<Seen<String>>,
    pub(super) identity: Option<Seen<Identity>>,
    pub(super) role: Role,
}

const ROLES: &[(&str, Option<Role>)] = &[
    ("medhyresgäst", Some(Role::CoTenant)),
    ("andrahandshyresgäst", Some(Role::Occupant)),
    ("inneboende", Some(Role::Occupant)),
    ("sambo", Some(Role::CoTenant)),
    ("maka", Some(Role::CoTenant)),
    ("make", Some(Role::CoTenant)),
    ("barn", Some(Role::Child)),
    ("barnet", Some(Role::Child)),
    ("dotter", Some(Role::Child)),
    ("son ", Some(Role::Child)),
    ("god man", Some(Role::Representative)),
    ("förvaltare (fb)", Some(Role::Representative)),
    ("hyresgäst", Some(Role::Tenant)),
    ("svarande", Some(Role::Tenant)),
    ("bostadsrättshavare", Some(Role::Tenant)),
    ("medlem", Some(Role::Tenant)),
    ("kund", Some(Role::Tenant)),
    ("tenant", Some(Role::Tenant)),
    ("hyresvärd", None),
    ("handläggare", None),
    ("sökande", None),
    ("kontaktperson", None),
    ("ombud", None),
];

/// The persons of these sheets, with the numbers that were found in them.
pub(super) fn persons(sheets: &[Sheet], identities: Vec<Seen<Identity>>) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for identity in identities {
        let number =
            |other: &Seen<Identity>| other.value.identity.value == identity.value.identity.value;
        if found.iter().any(|person| person.identity.as_ref().is_some_and(number)) {
            continue;
        }
        let Some(sheet) = sheets.iter().find(|sheet| sheet.number == identity.sheet) else {
            continue;
        };
        let cue = before(&sheet.text, identity.at, 90);
        let Some(role) = last_cue(&cue, ROLES).map_or(Some(Role::Tenant), |(_, role)| role) else {
            continue;
        };
        let name = name_before(sheet, identity.at);
        found.push(Found { name, identity: Some(identity), role });
    }
    for sheet in sheets {
        for fit in LABELLED.all(&sheet.text).take(100) {
            let (Some(label), Some(name)) = (fit.get(1), fit.get(2)) else { continue };
            let Some(value) = person_name(name.as_str()) else { continue };
            let known = |person: &Found| {
                person.name.as_ref().is_some_and(|other| same(&other.value, &value))
            };
            if found.iter().any(known) {
                continue;
            }
            let label = label.as_str().to_lowercase();
            if matches!(label.as_str(), "avser" | "gäller" | "namn" | "boende") && !found.is_empty()
            {
                continue;
            }
            let seen = Seen::on(sheet, name.start(), name.as_str(), value, 0.96);
            let nameless =
                found.iter_mut().find(|person| person.name.is_none() && person.role != Role::Child);
            match nameless {
                Some(person) => person.name = Some(seen),
                None => {
                    let role = match label.as_str() {
                        label if label.starts_with("medhyres") => Role::CoTenant,
                        label
                            if label.starts_with("inneboende")
                                || label.starts_with("andrahand") =>
                        {
                            Role::Occupant
                        }
                        _ if found.iter().any(|person| person.role == Role::Tenant) => {
                            Role::CoTenant
                        }
                        _ => Role::Tenant,
                    };
                    found.push(Found { name: Some(seen), identity: None, role });
                }
            }
        }
    }
    several(&mut found);
    found
}

/// Of several tenants all but the first are co-tenants.
fn several(found: &mut [Found]) {
    let mut first = true;
    for person in found.iter_mut().filter(|person| person.role == Role::Tenant) {
        if !first {
            person.role = Role::CoTenant;
        }
        first = false;
    }
}

/// The name that stands right before a number.
fn name_before(sheet: &Sheet, at: usize) -> Option<Seen<String>> {
    let head = sheet.text.get(..at)?;
    let start = head.char_indices().rev().nth(90).map_or(0, |(at, _)| at);
    let near = head.get(start..)?;
    let near = near.strip_suffix(|c: char| c == '(' || c == ' ').unwrap_or(near);
    let fit = NAME_BEFORE.first(near)?.get(1)?;
    let value = person_name(fit.as_str())?;
    Some(Seen::on(sheet, start + fit.start(), fit.as_str(), value, 0.975))
}

fn same(one: &str, other: &str) -> bool {
    let words = |text: &str| {
        let mut words: Vec<String> = text.to_lowercase().split(' ').map(str::to_owned).collect();
        words.sort();
        words
    };
    words(one) == words(other)
}

#[cfg(test)]
mod tests {
    use super::persons;
    use crate::domain::notice::Role;
    use crate::normalize::prose::numbers::identities;
    use crate::normalize::prose::seen::Sheet;

    #[test]
    fn names_stand_with_their_numbers_in_both_orders() {
        let on = "2026-11-03".parse().unwrap();
        for (text, expected) in [
            (
                "Hyresgäst: Testa Testsson, 850101-2390, Exempelgatan 12",
                vec![("Testa Testsson", true, Role::Tenant)],
            ),
            (
                "Testsson, Testa (850101-2390) och Prova af Låtsas (19900102-2384)",
                vec![
                    ("Testa Testsson", true, Role::Tenant),
                    ("Prova af Låtsas", true, Role::CoTenant),
                ],
            ),
            (
                "Hyresgästen Testa Provberg har inte betalt",
                vec![("Testa Provberg", false, Role::Tenant)],
            ),
            (
                "Svarande\nTesta von Påhitt\nPersonnummer: 850101-2390",
                vec![("Testa von Påhitt", true, Role::Tenant)],
            ),
        ] {
            let sheet = Sheet::body(text);
            let found = persons(std::slice::from_ref(&sheet), identities(&sheet, on));
            let found: Vec<_> = found
                .iter()
                .map(|person| {
                    (
                        person.name.as_ref().map_or("", |name| name.value.as_str()),
                        person.identity.is_some(),
                        person.role,
                    )
                })
                .collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
