//! Rows of one household put together: its months, its disturbances, its second tenant.

use super::record::Record;
use crate::domain::labels::folded;

/// Whose row it is: the person and the home.
pub(super) fn key(record: &Record) -> String {
    let get = |path: &str| record.get(path).map(folded).unwrap_or_default();
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

/// Whether a row names one more person of the household above: the same home, or none, and nothing else of its own.
pub(super) fn is_co_tenant(last: &Record, record: &Record) -> bool {
    let person = record.any("persons.0.name") || record.any("persons.0.identity");
    if !person
        || !last.any("persons.0.")
        || record.kind.as_ref().map(|it| it.0) != last.kind.as_ref().map(|it| it.0)
            && record.kind.is_some()
    {
        return false;
    }
    if record.get("persons.0.identity.value").is_some()
        && record.get("persons.0.identity.value") == last.get("persons.0.identity.value")
    {
        return false;
    }
    let same = |path: &str| record.get(path).is_none() || record.get(path) == last.get(path);
    let told = |path: &str| record.get(path).is_some();
    let home = [
        "dwelling.objectNumber",
        "dwelling.street",
        "dwelling.apartmentNumber",
        "sender.reference",
    ];
    let own = record.values().any(|value| {
        !value.path.starts_with("persons.")
            && !value.path.starts_with("dwelling.")
            && value.path != "sender.reference"
    });
    let sameness = home.iter().all(|path| same(path));
    let marked = home.iter().any(|path| told(path));
    let role = record.get("persons.0.role").is_some_and(|role| role == "coTenant");
    sameness
        && (!own
            || role
            || (marked
                && record.any("arrears.")
                && record
                    .values()
                    .filter(|it| !it.path.starts_with("persons."))
                    .all(|it| last.get(&it.path) == Some(it.text.as_str()))
                && (told("dwelling.apartmentNumber")
                    || told("dwelling.objectNumber")
                    || told("sender.reference"))))
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
