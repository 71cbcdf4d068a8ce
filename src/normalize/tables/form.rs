//! Forms: a sheet or a table with labels to the left of what is filled in, and a document's filled-in fields.

use super::super::Context;
use super::cards;
use super::form_lines::of_the_next;
use super::grid::Grid;
use super::inferred;
use super::record::Place;
use super::record::Record;
use super::tell::tell;
use super::vocabulary;
use crate::domain::document::Cell;

/// A table as a form: labels to the left of what is filled in, at least `least` of them.
pub(super) fn of_grid(
    grid: &Grid,
    skip: Option<(usize, usize)>,
    least: usize,
    context: &Context<'_>,
) -> Option<Record> {
    let mut record = Record::default();
    let (mut labels, mut theirs) = (0, false);
    for row in 0..grid.rows.len().min(500) {
        if skip.is_some_and(|(from, to)| (from..to).contains(&row)) {
            continue;
        }
        let cells: Vec<(usize, &Cell)> = grid.filled(row).collect();
        let Some((_, label)) = cells.first() else { continue };
        if cells.len() < 2 {
            theirs = cards::is_writers(cards::without_number(label.as_str()))
                || named(label, context).is_some_and(|field| cards::is_senders(&field));
            continue;
        }
        // What stands below the heading `Hyresvärd` is the landlord's.
        let writers = |field: String| cards::is_anybodys(&field) || field.starts_with("sender.");
        theirs &= named(label, context).is_none_or(writers);
        if theirs {
            continue;
        }
        // `Namn | Testa | Pnr | 850101-2390`: labels in every other column.
        let mut at = 0;
        while let (Some((_, label)), Some((column, value))) = (cells.get(at), cells.get(at + 1)) {
            let Some(field) = named(label, context) else { break };
            let field = of_the_next(&record, field);
            let again = field == "persons.0.name" && record.only_people();
            let field = match again {
                true => format!("persons.{}.name", record.free_person()),
                false => field,
            };
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
    if labels >= least {
        unforeseen(grid, skip, &mut record, context);
        day_with_hour(grid, &mut record, context);
    }
    super::row::put_names_together(&mut record);
    (labels >= least).then_some(record)
}

/// Labels that nobody foresaw, beside those that make it a form: by what stands beside them, where nothing else told it.
fn unforeseen(
    grid: &Grid,
    skip: Option<(usize, usize)>,
    record: &mut Record,
    context: &Context<'_>,
) {
    let on = context.local_time.day_of(context.received_at);
    for row in 0..grid.rows.len().min(500) {
        let skipped = skip.is_some_and(|(from, to)| (from..to).contains(&row));
        let cells: Vec<(usize, &Cell)> = grid.filled(row).collect();
        let [(_, label), (column, value)] = cells.as_slice() else { continue };
        if skipped || named(label, context).is_some() {
            continue;
        }
        let field = inferred::field(label.as_str(), value.as_str(), on);
        if let Some(field) = field.filter(|field| record.get(field).is_none()) {
            let from = Place { source: grid.place(row, *column), quote: value.as_str().to_owned() };
            tell(record, &field, label.as_str(), value, &from, context);
        }
    }
}

/// `Dag | torsdag 2026-12-03` above `Klockslag | 09.30`: the day of the hour.
fn day_with_hour(grid: &Grid, record: &mut Record, context: &Context<'_>) {
    let Some(clock) = record.take(vocabulary::CLOCK) else { return };
    let day = (0..grid.rows.len().min(500)).find_map(|row| {
        let cells: Vec<(usize, &Cell)> = grid.filled(row).collect();
        let [(_, label), (column, value)] = cells.as_slice() else { return None };
        let label = crate::domain::labels::folded(label.as_str());
        let fits = matches!(label.as_str(), "dag" | "datum" | "day" | "date");
        fits.then(|| Place { source: grid.place(row, *column), quote: value.as_str().to_owned() })
    });
    if let Some(from) = day {
        let both = format!("{} kl. {}", from.quote, clock.text);
        let cell = Cell::text(&both);
        tell(record, "enforcement.startsAt", "", &cell, &from, context);
    }
}

fn named(cell: &Cell, context: &Context<'_>) -> Option<String> {
    match cell {
        Cell::Text(text) => {
            let on = context.local_time.day_of(context.received_at);
            let text = cards::without_number(text);
            let named = vocabulary::named(text, context.labels)
                .or_else(|| super::columns::month_named(text, on));
            named.filter(|field| field != vocabulary::IGNORED)
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
    let on = context.local_time.day_of(context.received_at);
    for field in fields {
        let value = super::super::prose::mended(&field.value);
        if super::form_debts::months(&mut record, &field.label, &value, source, on) {
            continue;
        }
        let Some(named) = vocabulary::named(&field.label, context.labels) else { continue };
        // A box tells by its state; one without a tick tells nothing.
        if matches!(value.as_str(), "Off" | "Yes" | "On") {
            continue;
        }
        let from = Place { source: source.to_owned(), quote: value.clone() };
        tell(&mut record, &named, &field.label, &Cell::text(&value), &from, context);
    }
    super::row::put_names_together(&mut record);
    record
}
