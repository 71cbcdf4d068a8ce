//! Whose a line of a form is: the tenant's named last, or that of another household, whose form it begins.

use super::names;
use super::nobody;
use super::record::Record;

/// A number below another tenant's name is theirs: `Medhyresgäst: Provo Ek`, and on the next line `Personnummer: …`.
pub(super) fn of_the_last_named(record: &Record, field: String) -> String {
    if field != "persons.0.identity.value" || record.get(&field).is_none() {
        return field;
    }
    let told = |at: usize, member: &str| record.get(&format!("persons.{at}.{member}")).is_some();
    let last = (1..9).rev().find(|at| told(*at, "name"));
    match last.filter(|at| !told(*at, "identity.value")) {
        Some(at) => format!("persons.{at}.identity.value"),
        None => field,
    }
}

/// Whether a line begins the form of another household: another tenant where one is named, another number where one is told.
pub(super) fn begins_another(record: &Record, field: &str, value: &str) -> bool {
    match field {
        "persons.0.name" => {
            let told = names::people(value, false).into_iter().find_map(|person| person.name);
            let words = |name: &str| {
                let mut words: Vec<String> =
                    name.to_lowercase().split_whitespace().map(str::to_owned).collect();
                words.sort();
                words
            };
            let new = told.filter(|name| !nobody::is_company(name) && !nobody::is_masked(name));
            let known = record.get("persons.0.name").filter(|name| !nobody::is_company(name));
            known.zip(new).is_some_and(|(known, new)| words(known) != words(&new))
        }
        "persons.0.identity.value" => {
            let digits = |text: &str| -> String {
                let digits: String = text.chars().filter(char::is_ascii_digit).collect();
                digits.get(digits.len().saturating_sub(10)..).unwrap_or_default().to_owned()
            };
            let known = record.get(field).map(digits);
            known.is_some_and(|known| digits(value).len() == 10 && known != digits(value))
        }
        _ => false,
    }
}
