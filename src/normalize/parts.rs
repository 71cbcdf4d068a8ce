//! The parts of a notice: who sent it, whom it concerns, the home, the debt, what Kronofogden tells.

use super::fields::Fields;
use super::fields::Style;
use super::fields::Word;
use super::node::Members;
use super::people;
use crate::domain::finding::Severity;
use crate::domain::notice::Arrears;
use crate::domain::notice::ArrearsPeriod;
use crate::domain::notice::Children;
use crate::domain::notice::Dwelling;
use crate::domain::notice::Enforcement;
use crate::domain::notice::EnforcementOutcome;
use crate::domain::notice::Incident;
use crate::domain::notice::Known;
use crate::domain::notice::Landlord;
use crate::domain::notice::NoticeSender;
use crate::domain::notice::Officer;
use crate::domain::notice::Payment;
use crate::domain::notice::Person;
use crate::domain::notice::SenderKind;
use crate::domain::notice::Tenure;

/// Who sent it.
pub(super) fn sender(fields: &mut Fields<'_>, members: &mut Members<'_>) -> Option<NoticeSender> {
    let sender = fields.object(members, "sender", |fields, members| NoticeSender {
        kind: fields.word(members, "kind", SenderKind::parse).known().unwrap_or_default(),
        name: fields.masked(members, "name"),
        organisation_number: people::organisation_number(fields, members),
        contact_name: fields.masked(members, "contactName"),
        email: fields.masked(members, "email"),
        phone: fields.masked(members, "phone"),
        reference: fields.masked(members, "reference"),
    });
    sender.filter(|value| *value != NoticeSender::default())
}

/// The landlord, when another sent it.
pub(super) fn landlord(fields: &mut Fields<'_>, members: &mut Members<'_>) -> Option<Landlord> {
    let landlord = fields.object(members, "landlord", |fields, members| Landlord {
        name: fields.masked(members, "name"),
        organisation_number: people::organisation_number(fields, members),
    });
    landlord.filter(|value| *value != Landlord::default())
}

/// Those it concerns.
pub(super) fn persons(fields: &mut Fields<'_>, members: &mut Members<'_>) -> Vec<Person> {
    fields.objects(members, ("persons", "person"), |fields, members| {
        let person = people::person(fields, members);
        (person != Person::default()).then_some(person)
    })
}

/// The home.
pub(super) fn dwelling(fields: &mut Fields<'_>, members: &mut Members<'_>) -> Option<Dwelling> {
    let dwelling = fields.object(members, "dwelling", |fields, members| Dwelling {
        street: fields.masked(members, "street"),
        care_of: fields.masked(members, "careOf"),
        postal_code: people::postal_code(fields, members),
        city: fields.masked(members, "city"),
        apartment_number: people::apartment_number(fields, members),
        object_number: fields.masked(members, "objectNumber"),
        property_designation: fields.masked(members, "propertyDesignation"),
        rooms: fields.count(members, "rooms"),
        tenure: match fields.word(members, "tenure", Tenure::parse) {
            Word::Absent => None,
            Word::Known(tenure) => Some(tenure),
            Word::Unknown => Some(Tenure::Unknown),
        },
    });
    dwelling.filter(|value| *value != Dwelling::default())
}

/// The debt. An amount that had to be converted stays as it was written, too.
pub(super) fn arrears(fields: &mut Fields<'_>, members: &mut Members<'_>) -> Option<Arrears> {
    let arrears = fields.object(members, "arrears", |fields, members| {
        let as_written = fields.plain(members, "asWritten");
        let amount_to_recover = fields.amount(members, "amountToRecover");
        let quoted = fields.quoted("amountToRecover");
        Arrears {
            amount_to_recover,
            currency: currency(fields, members),
            as_written: as_written.or(quoted),
            monthly_rent: fields.amount(members, "monthlyRent"),
            periods: periods(fields, members),
            payment: payment(fields, members),
        }
    });
    arrears.filter(|value| *value != Arrears::default())
}

fn currency(fields: &mut Fields<'_>, members: &mut Members<'_>) -> Option<String> {
    let text = fields.text(members, "currency")?;
    if text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return Some(text.to_ascii_uppercase());
    }
    fields.within("currency", |fields| {
        fields.keep(&text, 1.0);
        fields.remark(Severity::Warning, "currency", "notACurrency");
    });
    None
}

fn periods(fields: &mut Fields<'_>, members: &mut Members<'_>) -> Vec<ArrearsPeriod> {
    fields.objects(members, ("periods", "period"), |fields, members| {
        let period = ArrearsPeriod {
            period: fields.month(members, "period"),
            due_on: fields.day(members, "dueOn"),
            amount: fields.amount(members, "amount"),
        };
        (period != ArrearsPeriod::default()).then_some(period)
    })
}

fn payment(fields: &mut Fields<'_>, members: &mut Members<'_>) -> Option<Payment> {
    let payment = fields.object(members, "payment", |fields, members| Payment {
        bankgiro: fields.plain(members, "bankgiro"),
        plusgiro: fields.plain(members, "plusgiro"),
        ocr: fields.masked(members, "ocr"),
    });
    payment.filter(|value| *value != Payment::default())
}

/// Disturbances and the like.
pub(super) fn incidents(fields: &mut Fields<'_>, members: &mut Members<'_>) -> Vec<Incident> {
    fields.objects(members, ("incidents", "incident"), |fields, members| {
        let incident = Incident {
            occurred_on: fields.day(members, "occurredOn"),
            description: fields.masked(members, "description"),
        };
        (incident != Incident::default()).then_some(incident)
    })
}

/// What Kronofogden tells.
pub(super) fn enforcement(
    fields: &mut Fields<'_>,
    members: &mut Members<'_>,
) -> Option<Enforcement> {
    let enforcement = fields.object(members, "enforcement", |fields, members| Enforcement {
        case_number: fields.masked(members, "caseNumber"),
        applied_on: fields.day(members, "appliedOn"),
        starts_at: fields.moment(members, "startsAt"),
        no_longer_at: fields.moment(members, "noLongerAt"),
        executed_at: fields.moment(members, "executedAt"),
        outcome: fields.word(members, "outcome", EnforcementOutcome::parse).known(),
        place: fields.masked(members, "place"),
        officer: officer(fields, members),
    });
    enforcement.filter(|value| *value != Enforcement::default())
}

fn officer(fields: &mut Fields<'_>, members: &mut Members<'_>) -> Option<Officer> {
    let officer = fields.object(members, "officer", |fields, members| Officer {
        name: fields.masked(members, "name"),
        phone: fields.masked(members, "phone"),
    });
    officer.filter(|value| *value != Officer::default())
}

/// What is known of children. Whoever gives a number or years of birth says whether there are any; a contradiction is unknown.
pub(super) fn children(fields: &mut Fields<'_>, members: &mut Members<'_>) -> Option<Children> {
    let children = fields.object(members, "children", |fields, members| {
        let said = fields.word(members, "known", known_word(fields.style)).known();
        let count = fields.count(members, "count");
        let birth_years = birth_years(fields, members);
        let some = !birth_years.is_empty() || count.is_some_and(|count| count > 0);
        let known = match said {
            Some(Known::No) if some => {
                fields.remark(Severity::Warning, "children", "contradiction");
                Known::Unknown
            }
            Some(Known::Yes) if count == Some(0) => {
                fields.remark(Severity::Warning, "children", "contradiction");
                Known::Unknown
            }
            Some(known) => known,
            None if some => Known::Yes,
            None if count == Some(0) => Known::No,
            None => Known::Unknown,
        };
        Children { known, count, birth_years }
    });
    children.filter(|value| *value != Children::default())
}

fn known_word(style: Style) -> impl Fn(&str) -> Option<Known> {
    move |word| match (Known::parse(word), style) {
        (Some(known), _) => Some(known),
        (None, Style::Sheet) => {
            let yes = super::values::yes_or_no(word)?;
            Some(if yes { Known::Yes } else { Known::No })
        }
        (None, Style::Typed | Style::Tagged) => None,
    }
}

fn birth_years(fields: &mut Fields<'_>, members: &mut Members<'_>) -> Vec<i16> {
    let mut years = Vec::new();
    for item in fields.items(members, "birthYears", "year") {
        let at = years.len().to_string();
        let year = fields.within("birthYears", |fields| {
            fields.within(&at, |fields| {
                let number = fields.number_of(item, "birthYears")?;
                let year = i16::try_from(number).ok().filter(|year| (1900..=2999).contains(year));
                if year.is_none() {
                    fields.remark(Severity::Warning, "birthYears", "notANumber");
                }
                year
            })
        });
        years.extend(year);
    }
    years
}
