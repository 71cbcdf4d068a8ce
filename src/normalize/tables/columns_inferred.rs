//! Columns whose headings are months in figures, or words that nobody foresaw: what stands below them tells what they are.

use super::columns::Columns;
use super::columns::has_digit;
use super::inferred;
use super::inferred_shapes::is_street;
use super::months;
use super::tree;
use super::vocabulary::CLOCK;
use super::vocabulary::MONTH;
use crate::domain::document::Cell;
use jiff::civil::Date;

const PERIOD: &str = "arrears.periods.0.period";

/// So many rows tell what stands in a column.
const INFERRED_FROM: usize = 20;

/// `2026-09 | 2026-10`: months by their figures, where several stand side by side, or the first days of months as a spreadsheet has them.
pub(super) fn months(cells: &[Cell], columns: &mut Columns, on: Date) {
    let month = |cell: &Cell| match cell {
        Cell::Text(text) if text.trim().len() == 7 => {
            let read = months::read(text, on);
            read.first().filter(|_| read.len() == 1).map(|(month, _)| month.clone())
        }
        Cell::Date(day) if day.get(8..10) == Some("01") => day.get(..7).map(str::to_owned),
        _ => None,
    };
    let found: Vec<Option<String>> = cells.iter().map(month).collect();
    if found.iter().flatten().count() < 2 || columns.known() == 0 {
        return;
    }
    for (field, month) in columns.fields.iter_mut().zip(found) {
        if let (None, Some(month)) = (&field, month) {
            *field = Some(format!("{MONTH}{month}"));
        }
    }
}

/// Columns whose heading nobody foresaw, by what stands below it.
pub(super) fn infer(cells: &[Cell], below: &[Vec<Cell>], columns: &mut Columns, on: Date) {
    let filled = |row: &[Cell]| row.iter().filter(|cell| **cell != Cell::Empty).count();
    // Two cells in a row are a label and its value.
    let rows = below.iter().take(INFERRED_FROM).filter(|row| filled(row) >= 3).count();
    let figures = |cell: &Cell| matches!(cell, Cell::Number(_)) || long_number(cell);
    if filled(cells) < 3 || rows == 0 || cells.iter().any(figures) {
        return;
    }
    let named = columns.has("persons.0.name") || columns.has("persons.0.familyName");
    let mut found: Vec<(usize, String)> = Vec::new();
    for (at, cell) in cells.iter().enumerate() {
        let heading = cell.as_str().trim();
        let open = columns.fields.get(at).is_some_and(Option::is_none);
        if heading.is_empty() || has_digit(cell) || !open {
            continue;
        }
        let column = below.iter().take(INFERRED_FROM).filter_map(|row| row.get(at));
        let values: Vec<&str> =
            column.map(|cell| cell.as_str().trim()).filter(|text| !text.is_empty()).collect();
        let field = inferred::column(heading, &values, on)
            .or_else(|| contents(heading, &values, columns, on).map(str::to_owned));
        let field = field.filter(|field| !(named && field == "persons.0.name"));
        let new =
            |field: &String| !columns.has(field) && !found.iter().any(|(_, other)| other == field);
        found.extend(field.filter(new).map(|field| (at, field)));
    }
    // One row below may be anything, unless somebody's number stands in it.
    let numbered = found.iter().any(|(_, field)| field.ends_with("identity.value"));
    if rows < 2 && !numbered {
        return;
    }
    for (at, field) in found {
        if let Some(place) = columns.fields.get_mut(at) {
            *place = Some(field);
        }
    }
}

/// What a heading names that may be two things, by what stands below it: `Kund` with numbers, `Plats` with streets.
pub(super) fn by_contents(below: &[Vec<Cell>], columns: &mut Columns, on: Date) {
    for at in 0..columns.fields.len() {
        let Some(field) = columns.fields.get(at).cloned().flatten() else { continue };
        let texts: Vec<&str> = below
            .iter()
            .take(INFERRED_FROM)
            .filter_map(|row| row.get(at))
            .map(|cell| cell.as_str().trim())
            .filter(|text| !text.is_empty() && !text.starts_with(['-', '=']))
            .filter(|text| !["summa", "totalt", "total"].contains(&text.to_lowercase().as_str()))
            .collect();
        let all = |fits: &dyn Fn(&str) -> bool| {
            !texts.is_empty()
                && texts.iter().filter(|text| fits(text)).count() * 5 >= texts.len() * 4
        };
        let number = |text: &str| {
            let figures = text.bytes().filter(u8::is_ascii_digit).count();
            (3..10).contains(&figures)
                && text.chars().filter(|c| c.is_alphabetic()).count() < 4
                && !text.contains(' ')
        };
        let better = match field.as_str() {
            "persons.0.name" if all(&number) => "sender.reference",
            "enforcement.place" if all(&is_street) => "dwelling.street",
            // `Avser | Hyra 2026-09`
            "type" if all(&|text: &str| !months::read(text, on).is_empty()) => PERIOD,
            _ => continue,
        };
        if !columns.has(better)
            && let Some(place) = columns.fields.get_mut(at)
        {
            *place = Some(better.to_owned());
        }
    }
}

/// What nothing but the values below a heading tells: hours, moments, months, streets.
fn contents(heading: &str, values: &[&str], columns: &Columns, on: Date) -> Option<&'static str> {
    let most = |fits: &dyn Fn(&str) -> bool| {
        !values.is_empty()
            && values.iter().filter(|value| fits(value)).count() * 5 >= values.len() * 4
    };
    let folded = crate::domain::labels::folded(heading);
    let says = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    let case = columns.has("enforcement.caseNumber");
    if case && most(&|value| value.contains([':', '.']) && tree::is_clock(value)) {
        return Some(CLOCK);
    }
    let moment = |value: &str| tree::is_moment(value, on) || super::kinds::outcome(value).is_some();
    if case && most(&moment) && values.iter().any(|value| tree::is_moment(value, on)) {
        let old = says(&["gallde", "tidigare", "gammal", "forra", "forut", "old", "previous"]);
        return Some(if old { "enforcement.noLongerAt" } else { "enforcement.startsAt" });
    }
    let debts = columns.has("arrears.") || columns.has("~");
    if debts && most(&|value| tree::is_month(value, on)) {
        return Some(PERIOD);
    }
    let owed = says(&["obetal", "manad", "man", "avser", "hyror"]);
    let listed = |value: &str| {
        value.starts_with(char::is_alphabetic) && !super::months::read(value, on).is_empty()
    };
    if debts && owed && most(&listed) {
        return Some(PERIOD);
    }
    let homed = columns.has("dwelling.city") || columns.has("dwelling.postalCode");
    let theirs = says(&["kontrakt", "objekt", "avtal", "vard", "agare", "sokande", "ref"]);
    (homed && !theirs && !columns.has("dwelling.street") && most(&tree::is_home))
        .then_some("dwelling.street")
}

fn long_number(cell: &Cell) -> bool {
    cell.as_str().bytes().filter(u8::is_ascii_digit).count() >= 8
}
