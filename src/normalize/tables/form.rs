//! Forms: a sheet or a table with labels to the left of what is filled in, a document's filled-in fields, and lines of label and value.

use super::super::Context;
use super::cells;
use super::grid::Grid;
use super::lines;
use super::names;
use super::nobody;
use super::record::Place;
use super::record::Record;
use super::tell::tell;
use super::tell_value::plain;
use super::vocabulary;
use crate::domain::document::Cell;
use jiff::civil::Date;

/// A table as a form: labels to the left of what is filled in, at least `least` of them.
pub(super) fn of_grid(
    grid: &Grid,
    skip: Option<(usize, usize)>,
    least: usize,
    context: &Context<'_>,
) -> Option<Record> {
    let mut record = Record::default();
    let mut labels = 0;
    for row in 0..grid.rows.len().min(500) {
        if skip.is_some_and(|(from, to)| (from..to).contains(&row)) {
            continue;
        }
        let cells: Vec<(usize, &Cell)> = grid.filled(row).collect();
        let Some((_, label)) = cells.first() else { continue };
        if cells.len() < 2 {
            continue;
        }
        // `Namn | Testa | Pnr | 850101-2390`: labels in every other column.
        let mut at = 0;
        while let (Some((_, label)), Some((column, value))) = (cells.get(at), cells.get(at + 1)) {
            let Some(field) = named(label, context) else { break };
            let from = Place { source: grid.place(row, *column), quote: value.as_str().to_owned() };
            labels += usize::from(tell(&mut record, &field, label.as_str(), value, &from, context));
            at += 2;
        }
        if at == 2
            && named(label, context).is_some_and(|field| {
                field.starts_with("dwelling.") || field.starts_with("persons.")
            })
        {
            // More of the same: a street and a town beside the apartment.
            for (column, cell) in cells.iter().skip(2) {
                let from =
                    Place { source: grid.place(row, *column), quote: cell.as_str().to_owned() };
                tell(&mut record, "dwelling.street", "", cell, &from, context);
            }
        }
    }
    (labels >= least).then_some(record)
}

fn named(cell: &Cell, context: &Context<'_>) -> Option<String> {
    match cell {
        Cell::Text(text) => {
            vocabulary::named(text, context.labels).filter(|field| field != vocabulary::IGNORED)
        }
        Cell::Empty | Cell::Number(_) | Cell::Date(_) | Cell::Time(_) | Cell::Flag(_) => None,
    }
}

/// Filled-in fields of a form whose names say what they hold.
pub(super) fn of_fields(
    fields: &[crate::domain::document::Field],
    source: &str,
    context: &Context<'_>,
) -> Record {
    let mut record = Record::default();
    for field in fields {
        let Some(named) = vocabulary::named(&field.label, context.labels) else { continue };
        let value = super::super::prose::mended(&field.value);
        // A box tells by its state; one without a tick tells nothing.
        if matches!(value.as_str(), "Off" | "Yes" | "On") {
            continue;
        }
        let from = Place { source: source.to_owned(), quote: value.clone() };
        tell(&mut record, &named, &field.label, &Cell::text(&value), &from, context);
    }
    record
}

/// The forms that lines of label and value in a text are, one for each household, and the text without them; `None` where there are too few lines
/// to be a form.
pub(super) fn of_lines(
    text: &str,
    source: &str,
    context: &Context<'_>,
) -> Option<(Vec<Record>, String)> {
    let mut rest = String::with_capacity(text.len());
    let mut records = vec![Record::default()];
    let (mut labels, mut strict_labels) = (0, 0);
    let on = context.local_time.day_of(context.received_at);
    for line in text.lines() {
        let many = records.len() >= FORMS_MAX;
        let record = records.last_mut()?;
        let Some((label, value, strict)) = lines::pair(line) else {
            rest.push_str(line);
            rest.push('\n');
            continue;
        };
        if strict && debt(record, &label, &value, source, on) {
            strict_labels += 1;
            continue;
        }
        let Some(field) =
            vocabulary::named(&label, context.labels).filter(|field| field != vocabulary::IGNORED)
        else {
            // Sentences in a box are read as such, whatever its label.
            if !strict || value.split_whitespace().count() >= 5 {
                rest.push_str(line);
                rest.push('\n');
            }
            continue;
        };
        strict_labels += usize::from(strict);
        if value.is_empty() {
            continue;
        }
        let field = of_the_last_named(record, field);
        let from = Place { source: source.to_owned(), quote: format!("{label}: {value}") };
        let put = |record: &mut Record| {
            usize::from(tell(record, &field, &label, &Cell::text(&value), &from, context))
        };
        if !many && begins_another(record, &field, &value) {
            let mut another = Record::default();
            labels += put(&mut another);
            records.push(another);
            continue;
        }
        labels += put(record);
    }
    let mut all = records.into_iter();
    let mut forms: Vec<Record> = all.next().into_iter().collect();
    // A name by itself is a contact's; a household has a number, a home or a debt as well.
    forms.extend(all.filter(|it| {
        it.any("dwelling.street") || it.any("persons.0.identity") || it.any("arrears.")
    }));
    for form in &mut forms {
        if form.periods == 0 && form.any("arrears.periods.0.") {
            form.periods = 1;
        }
    }
    // Colons stand in letters, too: those go the way of free text, which knows whose an address is.
    (strict_labels >= 4 && labels >= 3).then_some((forms, rest))
}

/// So many households' forms in one text are kept apart.
const FORMS_MAX: usize = 100;

/// A number below another tenant's name is theirs: `Medhyresgäst: Provo Ek`, and on the next line `Personnummer: …`.
fn of_the_last_named(record: &Record, field: String) -> String {
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
fn begins_another(record: &Record, field: &str, value: &str) -> bool {
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

/// `SKULD_1=20260831;202609;7915,00`: a month with its day and its amount.
fn debt(record: &mut Record, label: &str, value: &str, source: &str, on: Date) -> bool {
    let name = crate::domain::labels::folded(label);
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
    if stem == name
        || !matches!(
            stem,
            "skuld" | "fordran" | "post" | "hyra" | "avi" | "avgift" | "debt" | "rad"
        )
    {
        return false;
    }
    let parts: Vec<&str> = value.split([';', '|', '\t']).map(str::trim).collect();
    if parts.len() < 2 {
        return false;
    }
    let at = record.periods;
    let from = Place { source: source.to_owned(), quote: format!("{label}={value}") };
    for part in parts {
        let month = super::months::read(part, on);
        let path = |member: &str| format!("arrears.periods.{at}.{member}");
        if part.len() != 8
            && let [(month, sure)] = month.as_slice()
            && !part.contains(',')
        {
            record.put(&path("period"), month, &from, *sure);
        } else if let Some((day, sure)) =
            cells::day(part, on).filter(|_| !part.contains(',') && part.len() >= 8)
        {
            record.put(&path("dueOn"), &day.to_string(), &from, sure);
        } else if let Some(amount) = cells::amount(part) {
            record.put(&path("amount"), &plain(amount), &from, 0.98);
        }
    }
    record.periods = at + 1;
    true
}
