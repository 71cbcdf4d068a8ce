//! Persons, organisations and what belongs to a home: numbers are normalized and kept even when they look wrong.

use super::fields::Fields;
use super::fields::Style;
use super::fields::Word;
use super::node::Members;
use crate::domain::finding::Severity;
use crate::domain::masked::Masked;
use crate::domain::notice::Person;
use crate::domain::notice::Role;
use crate::domain::organisation_number::OrganisationNumber;
use crate::domain::organisation_number::OrganisationNumberFault;
use crate::domain::person_id::PersonIdentity;
use crate::domain::person_id::PersonIdentityFault;
use crate::domain::person_id::PersonIdentityKind;

/// One person.
pub(super) fn person(fields: &mut Fields<'_>, members: &mut Members<'_>) -> Person {
    Person {
        role: role(fields, members),
        name: name(fields, members),
        identity: identity(fields, members),
        born_on: fields.day(members, "bornOn"),
        protected_identity: fields.flag(members, "protectedIdentity"),
        phone: fields.masked(members, "phone"),
        email: fields.masked(members, "email"),
        served_on: fields.day(members, "servedOn"),
    }
}

/// Most notices name the tenant and say no role. A role we do not know makes nobody a tenant, and a person looks at it.
fn role(fields: &mut Fields<'_>, members: &mut Members<'_>) -> Role {
    match fields.word(members, "role", Role::parse) {
        Word::Absent => Role::Tenant,
        Word::Known(role) => role,
        Word::Unknown => {
            if let Some(finding) = fields.findings.last_mut() {
                finding.severity = Severity::Error;
            }
            Role::Occupant
        }
    }
}

/// A name; spreadsheets write `Testsson, Testa`.
fn name(fields: &mut Fields<'_>, members: &mut Members<'_>) -> Option<Masked> {
    let written = fields.text(members, "name")?;
    let turned = (fields.style == Style::Sheet).then(|| given_name_first(&written)).flatten();
    let Some(turned) = turned else { return Some(Masked::new(written.into_owned())) };
    fields.within("name", |fields| fields.keep(&written, 1.0));
    Some(Masked::new(turned))
}

/// `Testsson, Testa` as `Testa Testsson`; `None` where there is not exactly one comma between two names.
fn given_name_first(written: &str) -> Option<String> {
    let (family, given) = written.split_once(',')?;
    let (family, given) = (family.trim(), given.trim());
    let plausible = !family.is_empty() && !given.is_empty() && !given.contains(',');
    plausible.then(|| format!("{given} {family}"))
}

fn identity(fields: &mut Fields<'_>, members: &mut Members<'_>) -> Option<PersonIdentity> {
    fields.object(members, "identity", |fields, members| {
        let said = fields.word(members, "kind", PersonIdentityKind::parse).known();
        let written = fields.text(members, "value")?;
        if said == Some(PersonIdentityKind::Other) {
            // A number of the sender's own: it may look like anything.
            let value = Masked::new(written.into_owned());
            return Some(PersonIdentity { kind: PersonIdentityKind::Other, value });
        }
        let (identity, fault) = PersonIdentity::read(&written, fields.on);
        if identity.value.reveal() != written {
            fields.within("value", |fields| fields.keep(&written, 1.0));
        }
        match fault {
            Some(fault) => fields.remark(Severity::Warning, "personIdentity", fault_word(fault)),
            None if said.is_some_and(|said| said != identity.kind) => {
                fields.remark(Severity::Info, "personIdentity", "kindDiffers");
            }
            None => {}
        }
        Some(identity)
    })?
}

fn fault_word(fault: PersonIdentityFault) -> &'static str {
    match fault {
        PersonIdentityFault::Shape => "shape",
        PersonIdentityFault::CheckDigit => "checkDigit",
        PersonIdentityFault::Date => "date",
    }
}

/// An organisation number; one without the right shape is no number and stays as evidence only.
pub(super) fn organisation_number(
    fields: &mut Fields<'_>,
    members: &mut Members<'_>,
) -> Option<OrganisationNumber> {
    let written = fields.text(members, "organisationNumber")?;
    let (number, fault) = OrganisationNumber::read(&written);
    fields.within("organisationNumber", |fields| {
        if number.as_ref().is_none_or(|number| number.reveal() != written) {
            fields.keep(&written, 1.0);
        }
        match fault {
            Some(OrganisationNumberFault::Shape) => {
                fields.remark(Severity::Warning, "organisationNumber", "shape");
            }
            Some(OrganisationNumberFault::CheckDigit) => {
                fields.remark(Severity::Warning, "organisationNumber", "checkDigit");
            }
            None => {}
        }
    });
    number
}

/// Five digits; what is not stays as it was written.
pub(super) fn postal_code(fields: &mut Fields<'_>, members: &mut Members<'_>) -> Option<Masked> {
    changed(fields, members, "postalCode", |written, _| {
        let digits: String = written.chars().filter(|c| !c.is_whitespace()).collect();
        let plain = digits.trim_start_matches("SE-").trim_start_matches("S-");
        (plain.len() == 5 && plain.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| plain.to_owned())
    })
}

/// Four digits. Spreadsheets drop a leading zero, and people write `lgh` before it.
pub(super) fn apartment_number(
    fields: &mut Fields<'_>,
    members: &mut Members<'_>,
) -> Option<Masked> {
    changed(fields, members, "apartmentNumber", |written, style| {
        let lower = written.to_lowercase();
        let digits = lower.trim_start_matches("lägenhet").trim_start_matches("lgh");
        let digits = digits.trim_start_matches('.').trim();
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        match (digits.len(), style) {
            (3, Style::Sheet) => Some(format!("0{digits}")),
            _ => Some(digits.to_owned()),
        }
    })
}

fn changed(
    fields: &mut Fields<'_>,
    members: &mut Members<'_>,
    name: &str,
    normal: impl Fn(&str, Style) -> Option<String>,
) -> Option<Masked> {
    let written = fields.text(members, name)?;
    let Some(value) = normal(&written, fields.style) else {
        return Some(Masked::new(written.into_owned()));
    };
    if value != written {
        fields.within(name, |fields| fields.keep(&written, 1.0));
    }
    Some(Masked::new(value))
}
