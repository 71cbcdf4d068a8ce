//! One cell or one filled-in line, put into the record as its heading or label says.

use super::super::Context;
use super::super::swedish::times::read_moment;
use super::cells::Giro;
use super::counted::COUNT;
use super::kinds;
use super::record::Place;
use super::record::Record;
use super::tell_home::home;
use super::tell_person::person;
use super::tell_value::MENDED;
use super::tell_value::ODD;
use super::tell_value::SURE;
use super::tell_value::amount;
use super::tell_value::children;
use super::tell_value::company;
use super::tell_value::day;
use super::tell_value::kind;
use super::tell_value::month;
use super::tell_value::months;
use super::tell_value::ocr;
use super::tell_value::pay;
use super::tell_value::put_if;
use super::vocabulary::BALANCE;
use super::vocabulary::BIRTH_YEARS;
use super::vocabulary::CHARGED;
use super::vocabulary::CHILDREN;
use super::vocabulary::CLOCK;
use super::vocabulary::FOR_US;
use super::vocabulary::MONTH;
use super::vocabulary::PAID;
use super::vocabulary::REMARK;
use super::vocabulary::STATUS;
use crate::domain::document::Cell;
use crate::domain::labels::folded;
use crate::domain::notice::NoticeType;
use crate::domain::organisation_number::OrganisationNumber;

/// Headings of what may be the kind, or else a reason or a month in the sender's own words.
const LOOSELY: &[&str] = &["avser", "galler", "orsak", "grund", "reason", "kod", "matter"];

/// What is written where nothing is known.
const NOTHING: &[&str] =
    &["-", "--", "–", "saknas", "Saknas", "uppgift saknas", "UPPGIFT SAKNAS", "N/A", "n/a"];

/// Puts what a cell tells into the record. `false` when it tells nothing of the kind that its heading names.
pub(super) fn tell(
    record: &mut Record,
    field: &str,
    heading: &str,
    cell: &Cell,
    from: &Place,
    context: &Context<'_>,
) -> bool {
    let text = cell.as_str().trim();
    let on = context.local_time.day_of(context.received_at);
    if text.is_empty() || NOTHING.contains(&text) {
        return text.is_empty();
    }
    if let Some((number, member)) = person_of(field) {
        return person(record, number, member, (heading, cell), from, context);
    }
    match field {
        "type" => {
            let heading = folded(heading);
            let loose = LOOSELY.iter().any(|word| heading.starts_with(word));
            let known = kind(record, text, from);
            // `Avser: oktober` names the month.
            let month = !known && loose && months(record, text, from, on);
            record.odd_kind |= !known && !loose;
            known || month
        }
        "dwelling.street"
        | "dwelling.city"
        | "dwelling.postalCode"
        | "dwelling.apartmentNumber"
        | "dwelling.rooms"
        | "dwelling.streetNumber" => home(record, field, cell, from),
        "arrears.periods.0.period" => months(record, text, from, on),
        "arrears.amountToRecover"
        | "arrears.monthlyRent"
        | "arrears.periods.0.amount"
        | CHARGED
        | PAID
        | BALANCE => {
            // `Obetalt: december, januari och februari` names the months.
            let digits = text.bytes().any(|byte| byte.is_ascii_digit());
            let named = !digits && record.periods == 0 && months(record, text, from, on);
            named || amount(record, field, text, from, on)
        }
        "arrears.payment.bankgiro" => pay(record, text, Some(Giro::Bank), from),
        "arrears.payment.plusgiro" => pay(record, text, Some(Giro::Plus), from),
        "arrears.payment.ocr" => ocr(record, field, text, from),
        field if field.starts_with(MONTH) => month(record, field, text, from),
        field if is_day(field) => day(record, field, cell, from, on),
        "landlord.name" | "sender.name" | "sender.contactName" => {
            company(record, field, text, from)
        }
        "dwelling.tenure" => {
            let word = super::super::csv_words::word(field, text);
            put_if(record, field, word.map(str::to_owned), from, SURE)
        }
        field => tell_rest(record, field, cell, from, context),
    }
}

/// The fields of which each is read in its own way, and those that are taken as they stand.
fn tell_rest(
    record: &mut Record,
    field: &str,
    cell: &Cell,
    from: &Place,
    context: &Context<'_>,
) -> bool {
    let text = cell.as_str().trim();
    let on = context.local_time.day_of(context.received_at);
    match field {
        "enforcement.startsAt" | "enforcement.noLongerAt" | "enforcement.executedAt" => {
            // `2026-12-10 kl. 10.00, gäller inte längre`
            let head = text.split([',', ';', '(']).next().unwrap_or(text).trim();
            let told = [text, head];
            let fit = told.iter().find(|text| read_moment(text, context.local_time).is_some());
            if let Some(text) = fit {
                record.put(field, text, from, SURE);
                return true;
            }
            if day(record, field, cell, from, on) {
                return true;
            }
            // `Gäller nu: INSTÄLLD`
            let called_off = kinds::outcome(text).filter(|_| text.split(' ').count() <= 4);
            if called_off.is_some() {
                record.kind = Some((NoticeType::EvictionChanged, 0.96, from.clone()));
            }
            put_if(record, "enforcement.outcome", called_off.map(str::to_owned), from, SURE)
        }
        "enforcement.outcome" => {
            executed(record, text, from, context);
            put_if(record, field, kinds::outcome(text).map(str::to_owned), from, SURE)
        }
        "sender.organisationNumber" | "landlord.organisationNumber" => {
            let (number, fault) = OrganisationNumber::read(text);
            let sure = if fault.is_some() { ODD } else { SURE };
            put_if(record, field, number.map(|number| number.reveal().to_owned()), from, sure)
        }
        "children.count" => {
            let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
            put_if(
                record,
                field,
                Some(digits).filter(|digits| !digits.is_empty() && digits.len() < 3),
                from,
                SURE,
            )
        }
        CHILDREN => children(record, text, from),
        BIRTH_YEARS => {
            let years = text.split(|c: char| !c.is_ascii_digit()).filter(|year| year.len() == 4);
            years.enumerate().fold(false, |_, (at, year)| {
                record.put(&format!("children.birthYears.{at}"), year, from, MENDED);
                true
            })
        }
        // `Kontrakt: genomgång` is of a sort; a number has figures.
        "sender.reference" if !text.bytes().any(|byte| byte.is_ascii_digit()) => {
            record.remarks.push((text.to_owned(), from.clone()));
            true
        }
        // `Objekt: Provgatan 12, 214 00 Malmö` is where it lies.
        "dwelling.objectNumber" if is_address(text) => home(record, "dwelling.street", cell, from),
        // `NL-204-1303 (2 rooms and kitchen)`
        "dwelling.objectNumber" => {
            let own = text.split(['(', ',']).next().unwrap_or(text).trim();
            put_if(record, field, Some(own.to_owned()).filter(|own| !own.is_empty()), from, SURE)
        }
        field => tell_of_row(record, field, text, from),
    }
}

/// `Verkställd 8 december 2026 kl. 09:25. Två barn i bostaden`: when it was.
fn executed(record: &mut Record, text: &str, from: &Place, context: &Context<'_>) {
    let (Some("executed"), Some((_, behind))) = (kinds::outcome(text), text.split_once(' ')) else {
        return;
    };
    let ends =
        behind.char_indices().filter(|(_, c)| matches!(c, '.' | ',' | ';')).map(|(at, _)| at);
    let moments = ends.chain([behind.len()]).filter_map(|end| {
        let head = behind.get(..end)?.trim_start_matches("den ");
        read_moment(head, context.local_time).map(|_| head)
    });
    if let Some(moment) = moments.max_by_key(|moment| moment.len()) {
        record.put("enforcement.executedAt", moment, from, MENDED);
    }
    if record.kind.is_none() {
        record.kind = Some((NoticeType::EvictionExecuted, 0.96, from.clone()));
    }
    record.remarks.push((text.to_owned(), from.clone()));
}

/// What a row says of itself, and what is taken as it stands.
fn tell_of_row(record: &mut Record, field: &str, text: &str, from: &Place) -> bool {
    match field {
        FOR_US => {
            let for_us = super::super::values::yes_or_no(text);
            if for_us == Some(false) {
                record.remarks.push(("utgår".to_owned(), from.clone()));
            }
            for_us.is_some()
        }
        // `Lagrum: JB 12:44` tells what it is about.
        "legalBasis" => {
            if record.kind.is_none()
                && let Some((told, sure)) = kinds::of_words(text)
            {
                record.kind = Some((told, sure, from.clone()));
            }
            put_if(record, field, Some(text.to_owned()), from, SURE)
        }
        CLOCK | COUNT => put_if(record, field, Some(text.to_owned()), from, SURE),
        STATUS => {
            if record.kind.is_none() {
                kind(record, text, from);
            }
            record.remarks.push((text.to_owned(), from.clone()));
            true
        }
        REMARK | "text" => {
            record.remarks.push((text.to_owned(), from.clone()));
            true
        }
        field => put_if(record, field, Some(text.to_owned()), from, SURE),
    }
}

/// Whether what should be a number is a street with its town, or a street by its name.
fn is_address(text: &str) -> bool {
    let read = super::cells::address(text);
    let Some(street) = read.street else { return false };
    let first = street.split(' ').next().unwrap_or_default().to_lowercase();
    let ends = ["gatan", "vägen", "gränd", "torget", "allén", "stigen", "backen", "plan"];
    read.postal_code.is_some() || ends.iter().any(|end| first.ends_with(end) && first != *end)
}

fn is_day(field: &str) -> bool {
    matches!(
        field,
        "issuedOn"
            | "terminatedOn"
            | "servedOn"
            | "moveOutBy"
            | "rectifyBy"
            | "disconnectAfter"
            | "arrears.periods.0.dueOn"
            | "incidents.0.occurredOn"
            | "enforcement.appliedOn"
    )
}

/// The number and the member of `persons.1.name`.
fn person_of(field: &str) -> Option<(usize, &str)> {
    let (number, member) = field.strip_prefix("persons.")?.split_once('.')?;
    Some((number.parse().ok()?, member))
}
