//! Whose file a notice belongs in. Nobody is guessed: without a sound number, or with protected identity, a person places it.

use crate::domain::notice::Notice;
use crate::domain::notice::Person;
use crate::domain::notice::Role;
use crate::domain::person_id::PersonIdentity;
use crate::domain::person_id::PersonIdentityKind;
use jiff::civil::Date;
use std::fmt;

/// Why a person has to place the notice.
pub(super) const NO_IDENTITY: &str = "lifecare.noIdentity";
/// The number is there but cannot be right.
pub(super) const UNSOUND_IDENTITY: &str = "lifecare.unsoundIdentity";
/// Skyddade personuppgifter, said by the notice or by Lifecare.
pub(super) const PROTECTED_IDENTITY: &str = "lifecare.protectedIdentity";
/// Lifecare does not know the number.
pub(super) const UNKNOWN_PERSON: &str = "lifecare.unknownPerson";
/// An entry like this one is there and may be ours or a colleague's.
pub(super) const SIMILAR_ENTRY: &str = "lifecare.similarEntry";

/// Twelve digits that are sent to Lifecare and shown nowhere.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct PersonNumber(String);

impl PersonNumber {
    /// The digits.
    pub(super) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PersonNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// The persons who get an entry, in the notice's order; or the code of why a person must decide.
pub(super) fn adults(
    notice: &Notice,
    each_adult: bool,
    on: Date,
) -> Result<Vec<PersonNumber>, &'static str> {
    if notice.persons.iter().any(|person| person.protected_identity == Some(true)) {
        return Err(PROTECTED_IDENTITY);
    }
    let on_contract = |person: &&Person| matches!(person.role, Role::Tenant | Role::CoTenant);
    if !each_adult {
        let first = notice.persons.iter().find(|person| person.role == Role::Tenant);
        let first = first.or_else(|| notice.persons.iter().find(on_contract));
        return Ok(vec![number(first.ok_or(NO_IDENTITY)?, on)?]);
    }
    let mut numbers = Vec::new();
    for person in notice.persons.iter().filter(on_contract) {
        let number = number(person, on)?;
        if !numbers.contains(&number) {
            numbers.push(number);
        }
    }
    if numbers.is_empty() { Err(NO_IDENTITY) } else { Ok(numbers) }
}

fn number(person: &Person, on: Date) -> Result<PersonNumber, &'static str> {
    let identity = person.identity.as_ref().ok_or(NO_IDENTITY)?;
    let value = identity.value.reveal();
    if value.is_empty() {
        return Err(NO_IDENTITY);
    }
    match identity.kind {
        PersonIdentityKind::Other => return Err(UNSOUND_IDENTITY),
        PersonIdentityKind::PersonalIdentityNumber | PersonIdentityKind::CoordinationNumber => {}
    }
    let (read, fault) = PersonIdentity::read(value, on);
    let twelve = value.len() == 12 && value.bytes().all(|byte| byte.is_ascii_digit());
    if fault.is_some() || !twelve || read.value.reveal() != value {
        return Err(UNSOUND_IDENTITY);
    }
    Ok(PersonNumber(value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::NO_IDENTITY;
    use super::PROTECTED_IDENTITY;
    use super::PersonNumber;
    use super::UNSOUND_IDENTITY;
    use super::adults;
    use crate::domain::notice::Notice;
    use jiff::civil::date;

    fn notice(persons: &str) -> Notice {
        let text =
            format!(r#"{{"schemaVersion":"1.0","type":"rentArrears","persons":[{persons}]}}"#);
        serde_json::from_str(&text).expect("notice")
    }

    fn person(role: &str, kind: &str, value: &str) -> String {
        format!(r#"{{"role":"{role}","identity":{{"kind":"{kind}","value":"{value}"}}}}"#)
    }

    #[test]
    fn the_first_tenant_is_the_one_unless_each_adult_counts() {
        let pin = "personalIdentityNumber";
        let persons = [
            person("child", pin, "201601022385"),
            person("coTenant", pin, "198501012382"),
            person("tenant", pin, "198501012390"),
            person("occupant", pin, "199001022384"),
        ]
        .join(",");
        let of = |each| adults(&notice(&persons), each, date(2026, 11, 22));
        assert_eq!(of(false), Ok(vec![PersonNumber("198501012390".to_owned())]));
        let both = ["198501012382", "198501012390"].map(|text| PersonNumber(text.to_owned()));
        assert_eq!(of(true), Ok(both.to_vec()));
    }

    #[test]
    fn nobody_is_guessed() {
        let pin = "personalIdentityNumber";
        let cases = [
            (String::new(), NO_IDENTITY),
            (r#"{"role":"tenant","name":"Testa Testsson"}"#.to_owned(), NO_IDENTITY),
            (person("child", pin, "201601022385"), NO_IDENTITY),
            (person("tenant", pin, ""), NO_IDENTITY),
            (person("tenant", "other", "T-17"), UNSOUND_IDENTITY),
            (person("tenant", pin, "198501012391"), UNSOUND_IDENTITY),
            (person("tenant", pin, "8501012390"), UNSOUND_IDENTITY),
            (r#"{"role":"child","protectedIdentity":true}"#.to_owned(), PROTECTED_IDENTITY),
        ];
        for (persons, code) in cases {
            for each in [false, true] {
                let found = adults(&notice(&persons), each, date(2026, 11, 22));
                assert_eq!(found, Err(code), "{persons}");
            }
        }
    }

    #[test]
    fn a_coordination_number_will_do() {
        let persons = person("tenant", "coordinationNumber", "197904842395");
        assert!(adults(&notice(&persons), false, date(2026, 11, 22)).is_ok());
    }
}
