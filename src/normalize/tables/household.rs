//! Rows of one household put together: its months, its disturbances, its second tenant.

use super::nobody;
use super::record::Record;
use crate::domain::labels::folded;

/// So many people of one household are taken; a list of more names no household.
const PERSONS_MAX: usize = 10;

/// Where a home or a contract stands in a record.
const HOME: &[&str] =
    &["dwelling.objectNumber", "dwelling.street", "dwelling.apartmentNumber", "sender.reference"];

/// Whose row it is: the person and the home. Empty where both are kept from view, or not told.
pub(super) fn key(record: &Record) -> String {
    let get = |path: &str| record.get(path).filter(|text| !is_masked_text(path, text));
    let get = |path: &str| get(path).map(folded).unwrap_or_default();
    let person = match get("persons.0.identity.value") {
        number if number.is_empty() => get("persons.0.name"),
        number => number,
    };
    let home = match (get("dwelling.objectNumber"), get("sender.reference")) {
        (object, _) if !object.is_empty() => object,
        (_, reference) if !reference.is_empty() => reference,
        _ => format!("{}{}", get("dwelling.street"), get("dwelling.apartmentNumber")),
    };
    if person.is_empty() && home.is_empty() { String::new() } else { format!("{person}/{home}") }
}

fn is_masked_text(path: &str, text: &str) -> bool {
    matches!(path, "persons.0.name" | "dwelling.street") && nobody::is_masked(text)
}

/// Whether a row names one more person of the household above: its home is left blank below one that is told, or is the same contract, object or
/// apartment; and it tells nothing else of its own. A street alone is no home, and two rows without any are two households.
pub(super) fn is_co_tenant(last: &Record, record: &Record) -> bool {
    let person = record.any("persons.0.name") || record.any("persons.0.identity");
    let kind = |record: &Record| record.kind.as_ref().map(|it| it.0);
    let number = |record: &Record| record.get("persons.0.identity.value").map(str::to_owned);
    if !person
        || record.cells < 2
        || (record.kind.is_some() && kind(record) != kind(last))
        || (number(record).is_some() && number(record) == number(last))
        || (record.get("persons.0.name").is_some()
            && record.get("persons.0.name") == last.get("persons.0.name"))
    {
        return false;
    }
    let told = |path: &&&str| record.get(path).is_some();
    let marked = HOME.iter().filter(told).count();
    let blank = marked == 0 && !record.homed && HOME.iter().any(|path| last.get(path).is_some());
    let same = HOME.iter().filter(told).all(|path| record.get(path) == last.get(path))
        && HOME.iter().filter(told).any(|path| *path != "dwelling.street");
    let beside = |path: &str| {
        path.starts_with("persons.") || path.starts_with("dwelling.") || path == "sender.reference"
    };
    let mut others = record.values().filter(|it| !beside(&it.path));
    let role = record.get("persons.0.role").is_some_and(|role| role == "coTenant");
    // What it tells beside is nothing, or what the row above tells.
    let nothing = others.all(|it| last.get(&it.path) == Some(it.text.as_str()));
    let joins = (blank || same) && (nothing || (role && same));
    joins && (1..PERSONS_MAX).contains(&last.free_person())
}

pub(super) fn add_person(into: &mut Record, record: &Record) {
    let at = into.free_person();
    let persons: Vec<_> =
        record.values().filter(|it| it.path.starts_with("persons.")).cloned().collect();
    for told in persons {
        let rest = told.path.trim_start_matches("persons.");
        let Some((number, member)) = rest.split_once('.') else { continue };
        let number = number.parse::<usize>().unwrap_or(0) + at;
        into.put(&format!("persons.{number}.{member}"), &told.text, &told.from, told.sure);
    }
}

/// Adds a row's month or disturbance to the household's record.
pub(super) fn join(into: &mut Record, record: Record) {
    let (periods, incidents) = (into.periods, into.incidents);
    // A month that is paid stays out; the first of the household may be one.
    if into.settled && !record.settled {
        let month: Vec<String> = into
            .values()
            .filter(|it| it.path.starts_with("arrears.periods."))
            .map(|it| it.path.clone())
            .collect();
        month.iter().for_each(|path| {
            into.take(path);
        });
        into.periods = 0;
        into.settled = false;
    }
    let periods = if into.periods == 0 { 0 } else { periods };
    let moved = |path: &str, list: &str, by: usize| -> Option<String> {
        let (number, member) = path.strip_prefix(list)?.split_once('.')?;
        Some(format!("{list}{}.{member}", number.parse::<usize>().ok()? + by))
    };
    for told in record.values() {
        if told.path.starts_with("arrears.periods.") && record.settled {
            continue;
        }
        let path = moved(&told.path, "arrears.periods.", periods)
            .or_else(|| moved(&told.path, "incidents.", incidents));
        into.put(path.as_deref().unwrap_or(&told.path), &told.text, &told.from, told.sure);
    }
    if !record.settled {
        into.periods = periods + record.periods;
    }
    into.incidents = incidents + record.incidents;
    into.remarks.extend(record.remarks);
    for finding in record.findings {
        if !into.findings.contains(&finding) {
            into.findings.push(finding);
        }
    }
}
