//! Forms: a sheet or a table with labels to the left, lines of label and value, and the statutory forms with their numbered questions, whose
//! answers stand behind or below them (SFS 1978:314, SFS 2003:37).

use super::super::Context;
use super::cells;
use super::grid::Grid;
use super::lines;
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

/// Lines of label and value in a text; `None` where there are too few to be a form.
pub(super) fn of_lines(
    text: &str,
    source: &str,
    context: &Context<'_>,
) -> Option<(Record, String)> {
    let mut rest = String::with_capacity(text.len());
    let mut record = Record::default();
    let (mut labels, mut strict_labels) = (0, 0);
    let on = context.local_time.day_of(context.received_at);
    for line in text.lines() {
        let Some((label, value, strict)) = lines::pair(line) else {
            rest.push_str(line);
            rest.push('\n');
            continue;
        };
        if strict && debt(&mut record, &label, &value, source, on, context) {
            strict_labels += 1;
            continue;
        }
        let Some(field) =
            vocabulary::named(&label, context.labels).filter(|field| field != vocabulary::IGNORED)
        else {
            if !strict {
                rest.push_str(line);
                rest.push('\n');
            }
            continue;
        };
        if value.is_empty() {
            strict_labels += usize::from(strict);
            continue;
        }
        let from = Place { source: source.to_owned(), quote: format!("{label}: {value}") };
        let told = tell(&mut record, &field, &label, &Cell::text(&value), &from, context);
        labels += usize::from(told);
        strict_labels += usize::from(strict);
    }
    if record.periods == 0 && record.any("arrears.periods.0.") {
        record.periods = 1;
    }
    // Colons stand in letters, too: those go the way of free text, which knows whose an address is.
    (strict_labels >= 4 && labels >= 3).then_some((record, rest))
}

/// `SKULD_1=20260831;202609;7915,00`: a month with its day and its amount.
fn debt(
    record: &mut Record,
    label: &str,
    value: &str,
    source: &str,
    on: Date,
    context: &Context<'_>,
) -> bool {
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
    let _ = context;
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
