//! One cell or one filled-in line, put into the record as its heading or label says.

use super::super::Context;
use super::super::swedish::times::read_moment;
use super::super::values::yes_or_no;
use super::cells;
use super::cells::Giro;
use super::kinds;
use super::months;
use super::names;
use super::record::Place;
use super::record::Record;
use super::tell_home::home;
use super::tell_person::person;
use super::vocabulary::BALANCE;
use super::vocabulary::BIRTH_YEARS;
use super::vocabulary::CHARGED;
use super::vocabulary::CHILDREN;
use super::vocabulary::CLOCK;
use super::vocabulary::MONTH;
use super::vocabulary::PAID;
use super::vocabulary::REMARK;
use super::vocabulary::STATUS;
use crate::domain::document::Cell;
use crate::domain::money::Money;
use crate::domain::notice::NoticeType;
use crate::domain::organisation_number::OrganisationNumber;
use jiff::civil::Date;

/// How sure a value is that stands in the place made for it.
pub(super) const SURE: f64 = 0.98;

/// A value that had to be mended.
pub(super) const MENDED: f64 = 0.96;

/// A value of which something is odd.
pub(super) const ODD: f64 = 0.8;

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
    if text.is_empty()
        || matches!(
            text,
            "-" | "--"
                | "–"
                | "saknas"
                | "Saknas"
                | "uppgift saknas"
                | "UPPGIFT SAKNAS"
                | "N/A"
                | "n/a"
        )
    {
        return text.is_empty();
    }
    if let Some((number, member)) = person_of(field) {
        return person(record, number, member, (heading, cell), from, context);
    }
    match field {
        "type" => kind(record, text, from),
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
        | BALANCE => amount(record, field, text, from, on),
        "arrears.payment.bankgiro" => pay(record, text, Some(Giro::Bank), from),
        "arrears.payment.plusgiro" => pay(record, text, Some(Giro::Plus), from),
        "arrears.payment.ocr" => {
            let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
            let fits = digits.len() >= 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
            put_if(record, field, fits.then_some(digits), from, SURE)
        }
        field if field.starts_with(MONTH) => month(record, field, text, from),
        field if is_day(field) => day(record, field, cell, from, on),
        "landlord.name" | "sender.name" | "sender.contactName" => {
            let name = text.split([',', '\n', ';']).next().unwrap_or(text);
            let inner = text.split([',', ' ', '(', ')', '\n']).map(OrganisationNumber::read);
            if let (Some((Some(number), None)), Some(head)) = (
                inner.into_iter().find(|(number, fault)| number.is_some() && fault.is_none()),
                field.strip_suffix(".name"),
            ) {
                record.put(&format!("{head}.organisationNumber"), number.reveal(), from, MENDED);
            }
            let name =
                name.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | ' ' | '('));
            put_if(
                record,
                field,
                Some(names::ordinary_company(name)).filter(|name| name.len() > 1),
                from,
                SURE,
            )
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
            let fits = read_moment(text, context.local_time).is_some();
            if fits {
                record.put(field, text, from, SURE);
                return true;
            }
            day(record, field, cell, from, on)
        }
        "enforcement.outcome" => {
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
        CLOCK => put_if(record, CLOCK, Some(text.to_owned()), from, SURE),
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

pub(super) fn put_if(
    record: &mut Record,
    field: &str,
    value: Option<String>,
    from: &Place,
    sure: f64,
) -> bool {
    if let Some(value) = &value {
        record.put(field, value, from, sure);
    }
    value.is_some()
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

fn kind(record: &mut Record, text: &str, from: &Place) -> bool {
    let read = kinds::of_words(text);
    match read {
        Some((kind, sure)) => {
            record.kind = Some((kind, sure, from.clone()));
            if matches!(kind, NoticeType::EvictionChanged | NoticeType::EvictionExecuted)
                && let Some(outcome) = kinds::outcome(text)
            {
                record.put("enforcement.outcome", outcome, from, SURE);
            }
        }
        None => record.remarks.push((text.to_owned(), from.clone())),
    }
    read.is_some()
}

fn months(record: &mut Record, text: &str, from: &Place, on: Date) -> bool {
    let read = months::read(text, on);
    for (at, (month, sure)) in read.iter().enumerate() {
        record.put(&format!("arrears.periods.{at}.period"), month, from, *sure);
    }
    record.periods = record.periods.max(read.len());
    !read.is_empty()
}

fn amount(record: &mut Record, field: &str, text: &str, from: &Place, on: Date) -> bool {
    let by_month = if field.starts_with('~') { Vec::new() } else { months::with_amounts(text, on) };
    if !by_month.is_empty() && record.periods == 0 {
        for (at, (month, amount)) in by_month.iter().enumerate() {
            record.put(&format!("arrears.periods.{at}.period"), month, from, MENDED);
            record.put(&format!("arrears.periods.{at}.amount"), &plain(*amount), from, MENDED);
        }
        record.periods = by_month.len();
        return true;
    }
    let Some(amount) = cells::amount(text) else { return false };
    // Nothing owed is no debt; what is paid and what is left may well be nothing.
    if amount.ore() == 0 && !field.starts_with('~') {
        return true;
    }
    let sure = if months::amounts_in(text) > 1 { 0.9 } else { SURE };
    record.put(field, &plain(amount), from, sure);
    true
}

/// What is owed for the month that the heading names.
fn month(record: &mut Record, field: &str, text: &str, from: &Place) -> bool {
    let Some(amount) = cells::amount(text) else { return false };
    let Some(month) = field.strip_prefix(MONTH).filter(|_| amount.ore() > 0) else { return true };
    let at = record.periods;
    record.put(&format!("arrears.periods.{at}.period"), month, from, MENDED);
    record.put(&format!("arrears.periods.{at}.amount"), &plain(amount), from, MENDED);
    record.periods = at + 1;
    true
}

/// An amount in the schema's spelling.
pub(super) fn plain(amount: Money) -> String {
    serde_json::to_value(amount)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}

fn pay(record: &mut Record, text: &str, said: Option<Giro>, from: &Place) -> bool {
    match cells::account(text, said) {
        Some((Giro::Bank, number)) => record.put("arrears.payment.bankgiro", &number, from, SURE),
        Some((Giro::Plus, number)) => record.put("arrears.payment.plusgiro", &number, from, SURE),
        None => return false,
    }
    true
}

pub(super) fn children(record: &mut Record, text: &str, from: &Place) -> bool {
    let lower = text.to_lowercase();
    let digits: String = lower
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(char::is_ascii_digit)
        .collect();
    let first: String = lower.chars().take_while(|c| c.is_alphabetic()).collect();
    let known = match yes_or_no(&first) {
        Some(true) => Some("yes"),
        Some(false) => Some("no"),
        None if matches!(first.as_str(), "inga" | "ingen" | "none") => Some("no"),
        None if first == "barn" && digits.is_empty() => Some("yes"),
        None if lower.starts_with('?')
            || lower.contains("okän")
            || lower.contains("vet ej")
            || lower.contains("oklart") =>
        {
            Some("unknown")
        }
        None => None,
    };
    if let Some(known) = known {
        record.put("children.known", known, from, SURE);
    }
    let count = Some(digits)
        .filter(|digits| !digits.is_empty() && digits.len() < 3 && !lower.contains("år"));
    if count.as_deref() == Some("0") && known.is_none() {
        record.put("children.known", "no", from, SURE);
        return true;
    }
    put_if(record, "children.count", count.filter(|count| count != "0"), from, SURE)
        || known.is_some()
}

pub(super) fn day(record: &mut Record, field: &str, cell: &Cell, from: &Place, on: Date) -> bool {
    let text = cell.as_str().trim();
    let read = match cell {
        Cell::Date(date) => date.get(..10).and_then(|day| day.parse().ok()).map(|day| (day, SURE)),
        Cell::Number(number) => {
            cells::serial_day(number, on).map(|day| (day, 0.97)).or_else(|| cells::day(number, on))
        }
        Cell::Text(_) | Cell::Empty | Cell::Time(_) | Cell::Flag(_) => cells::day(text, on),
    };
    let read = read.or_else(|| {
        let end = text.find([',', ';', '('])?;
        cells::day(&text[..end], on)
    });
    put_if(
        record,
        field,
        read.map(|(day, _)| day.to_string()),
        from,
        read.map_or(0.0, |(_, sure)| sure),
    )
}
