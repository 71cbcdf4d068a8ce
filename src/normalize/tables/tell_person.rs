//! The person that cells and lines tell of: names in both orders, numbers that a spreadsheet has mended, several persons in one cell.

use super::super::Context;
use super::super::values::yes_or_no;
use super::names;
use super::nobody;
use super::record::Place;
use super::record::Record;
use super::tell_value::MENDED;
use super::tell_value::ODD;
use super::tell_value::SURE;
use super::tell_value::children;
use super::tell_value::day;
use super::tell_value::put_if;
use crate::domain::document::Cell;
use crate::domain::finding::Severity;
use crate::domain::person_id::PersonIdentity;
use crate::domain::person_id::PersonIdentityFault;
use crate::domain::person_id::PersonIdentityKind;
use jiff::civil::Date;

/// What stands above what is told of whom: `Part | Uppgift`.
const HEADINGS: &[&str] = &[
    "uppgift",
    "uppgifter",
    "namn",
    "varde",
    "innehall",
    "information",
    "value",
    "values",
    "details",
    "data",
    "beskrivning",
    "svar",
    "answer",
];

pub(super) fn person(
    record: &mut Record,
    number: usize,
    member: &str,
    (heading, cell): (&str, &Cell),
    from: &Place,
    context: &Context<'_>,
) -> bool {
    let text = cell.as_str().trim();
    let on = context.local_time.day_of(context.received_at);
    let path = format!("persons.{number}.{member}");
    match member {
        "name" => names(record, number, heading, text, from, on),
        "identity.value" => {
            let inner = names::people(text, false);
            // `850101-2390, 780102-2398` below one heading.
            let mut numbers = inner.iter().filter_map(|person| person.number.as_deref());
            match (numbers.next(), cell) {
                (Some(first), Cell::Text(_)) => {
                    let mut right = identity(record, &path, first, from, on, SURE);
                    for (at, other) in (number + 1..).zip(numbers) {
                        right |= identity(
                            record,
                            &format!("persons.{at}.identity.value"),
                            other,
                            from,
                            on,
                            MENDED,
                        );
                    }
                    right
                }
                (_, cell) => identity(record, &path, &digits_of(cell), from, on, MENDED),
            }
        }
        "bornOn" | "servedOn" => day(record, &path, cell, from, on),
        "protectedIdentity" => {
            put_if(record, &path, yes_or_no(text).map(|flag| flag.to_string()), from, SURE)
        }
        "role" => put_if(
            record,
            &path,
            super::super::csv_words::word(&path, text).map(str::to_owned),
            from,
            SURE,
        ),
        "givenName" | "familyName" => {
            put_if(record, &path, Some(names::ordinary(text, true)), from, SURE)
        }
        _ => put_if(record, &path, Some(text.to_owned()), from, SURE),
    }
}

pub(super) fn names(
    record: &mut Record,
    number: usize,
    heading: &str,
    text: &str,
    from: &Place,
    on: Date,
) -> bool {
    if nobody::is_protected(text) && !text.chars().any(|c| c.is_ascii_digit()) {
        // `Skyddad identitet` is nobody's name.
        record.put(&format!("persons.{number}.protectedIdentity"), "true", from, MENDED);
        return true;
    }
    // Tags are made by other programs: `GaldenarNamn`.
    let tag = heading.contains("Namn") && !heading.contains([' ', '_']);
    let heading = crate::domain::labels::folded(heading);
    // Collectors' systems write the family name first and no comma.
    let family_first = (heading.starts_with("gald") || heading.starts_with("efternamn"))
        && !text.contains(',')
        && !tag;
    let lower = text.to_lowercase();
    if let Some(told) = lower
        .split(['(', ')'])
        .nth(1)
        .filter(|told| told.contains("barn") && !told.contains("personnummer"))
    {
        children(record, told, from);
    }
    let said = crate::domain::labels::folded(text);
    if super::vocabulary::named(text, None).is_some() || HEADINGS.contains(&said.as_str()) {
        // A label, not what stands beside it.
        return false;
    }
    if nobody::is_vacant(text) {
        record.remarks.push(("ej aktuell".to_owned(), from.clone()));
        return true;
    }
    if heading == "namn" && nobody::is_company(text) && !nobody::is_person(text) {
        // `Namn` below `Hyresvärd` in a form, whose heading was not seen.
        record.put("landlord.name", &names::ordinary_company(text), from, 0.93);
        return true;
    }
    let people = names::people(text, family_first);
    let several = people.len() > 1;
    for (at, person) in (number..).zip(&people) {
        if let Some(name) = &person.name {
            let turned = text.split([',', ';', '(']).next().unwrap_or(text).trim();
            let turned = person.name.is_some() && names::is_turned(turned) && !text.contains(',');
            let sure = if names::is_odd(name) {
                ODD
            } else if family_first || turned {
                0.93
            } else if several {
                MENDED
            } else {
                SURE
            };
            record.put(&format!("persons.{at}.name"), name, from, sure);
        }
        if let Some(number) = &person.number {
            identity(record, &format!("persons.{at}.identity.value"), number, from, on, SURE);
        }
    }
    !people.is_empty()
}

/// The digits of a number cell: a spreadsheet drops the zeros it begins with.
fn digits_of(cell: &Cell) -> String {
    let text = cell.as_str().trim();
    match cell {
        Cell::Number(number)
            if number.bytes().all(|byte| byte.is_ascii_digit())
                && (7..10).contains(&number.len()) =>
        {
            format!("{number:0>10}")
        }
        Cell::Number(_)
        | Cell::Text(_)
        | Cell::Empty
        | Cell::Date(_)
        | Cell::Time(_)
        | Cell::Flag(_) => text.to_owned(),
    }
}

pub(super) fn identity(
    record: &mut Record,
    path: &str,
    text: &str,
    from: &Place,
    on: Date,
    sure: f64,
) -> bool {
    let (identity, fault) = PersonIdentity::read(text, on);
    let pointer = format!("/{}", path.replace('.', "/"));
    let mut note = |severity, fault| {
        record.findings.push((severity, "personIdentity", fault, pointer.clone()))
    };
    let sure = match fault {
        None if identity.kind == PersonIdentityKind::Other => ODD,
        None => sure,
        Some(PersonIdentityFault::Shape) => {
            note(Severity::Error, "shape");
            return false;
        }
        Some(PersonIdentityFault::CheckDigit) => {
            note(Severity::Error, "checkDigit");
            0.5
        }
        Some(PersonIdentityFault::Date) => {
            note(Severity::Error, "date");
            0.5
        }
    };
    record.put(path, identity.value.reveal(), from, sure);
    true
}
