//! The rows of a table as records: totals and examples left out, the months, tenants and disturbances of one household put together. A row that
//! is nobody's is told of, never dropped.

use super::super::Context;
use super::super::remarks;
use super::columns::Columns;
use super::day_heading::DayHeading;
use super::filling::is_head;
use super::grid::Grid;
use super::household::add_person;
use super::household::is_co_tenant;
use super::household::join;
use super::household::key;
use super::left_out;
use super::nobody;
use super::record::Place;
use super::record::Record;
use super::row::AMOUNT;
use super::row::settle;
use super::row::tidy;
use super::tell::tell;
use super::totals::Sums;
use super::totals::is_example;
use super::totals::is_total;
use crate::domain::document::Cell;
use crate::domain::finding::Finding;
use crate::domain::finding::Severity;
use std::collections::HashMap;

/// So many unknown columns of a row are remarked on, and so many places that became no notice.
const UNKNOWN_MAX: usize = 50;
const LEFT_MAX: usize = 100;

/// What the rows below a header tell.
#[derive(Default)]
pub(super) struct Rows {
    /// One a household, in the order they came.
    pub(super) records: Vec<Record>,
    /// Lines beside the table: what stands alone in its row.
    pub(super) lines: Vec<String>,
    /// Rows that became nobody's, and those beyond the limit.
    pub(super) left: Vec<Finding>,
    /// A total that does not fit what it sums up.
    mismatch: bool,
}

impl Rows {
    /// Where a total does not fit what it sums up, nobody knows which of them is wrong.
    fn doubt_sums(&mut self) {
        let path = || "/arrears/amountToRecover".to_owned();
        for record in self.records.iter_mut().filter(|_| self.mismatch) {
            record.findings.push((Severity::Error, "arrears", "contradiction", path()));
            record.doubt("arrears.", 0.94);
        }
    }

    fn leave(&mut self, fault: &str, place: &str) {
        leave(&mut self.left, "row", fault, place);
    }
}

/// Notes that something became no notice: once for each place.
pub(super) fn leave(left: &mut Vec<Finding>, value: &str, fault: &str, place: &str) {
    let path = if place.starts_with('/') { place.to_owned() } else { format!("/{place}") };
    let finding = remarks::finding(Severity::Error, value, fault, &path);
    if left.len() < LEFT_MAX && !left.contains(&finding) {
        left.push(finding);
    }
}

/// Reads the rows below a header.
pub(super) fn rows(grid: &Grid, columns: &Columns, context: &Context<'_>) -> Rows {
    let mut read = Rows::default();
    let mut sums = Sums::new();
    let mut columns_of = left_out::Columns::default();
    let mut heads = 0;
    let mut off: Vec<String> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut day = DayHeading::default();
    for row in columns.header + 1..grid.rows.len() {
        let cells: Vec<(usize, &Cell)> = grid.filled(row).collect();
        let whole = grid.rows.get(row).map(Vec::as_slice).unwrap_or_default();
        if cells.is_empty() || columns.is_repeated(whole) || is_example(&cells) {
            continue;
        }
        let record = record(grid, columns, row, &day, context);
        if !record.named && !record.homed && columns_of.sums_up(grid, row) {
            continue;
        }
        columns_of.add(grid, row);
        if is_total(&cells, &record) {
            read.mismatch |= sums.differs(&cells);
            continue;
        }
        if let [(column, cell)] = cells.as_slice()
            && columns.fields.len() > 1
            && !(columns.is_person(*column) && is_lone_person(cell.as_str(), &record))
        {
            day.see(cell.as_str(), grid.place(row, *column), context);
            read.lines.push(cell.as_str().to_owned());
            continue;
        }
        if read.records.len() >= context.limits.notices {
            read.leave("tooMany", &grid.place(row, 0));
            break;
        }
        sums.add(&record);
        if columns.is_list() && record.names_somebody() && left_out::says_so(&record) {
            off.push(grid.place(row, 0));
            continue;
        }
        // `Datum  Målnummer` above a letter: its head is no list of one.
        let lone = grid.rows.len() <= columns.header + 2;
        if !record.says_anything() || (lone && record.is_letters_head()) {
            if !is_letters_head(&record, &mut heads) {
                read.leave("leftOver", &grid.place(row, 0));
            }
            continue;
        }
        place(&mut read, &mut known, columns, record);
    }
    read.records.iter_mut().for_each(|record| settle(record, columns));
    taken_off(&mut read, &off, &grid.place(columns.header, 0));
    read.doubt_sums();
    read
}

impl Record {
    /// Whether there is a notice in it: somebody, a home, a case, a debt.
    fn says_anything(&self) -> bool {
        self.names_somebody() || self.any("arrears.") || self.any("incidents.") || self.settled
    }
}

impl Record {
    /// Whether it tells a letter's own day and case, and nothing of anybody.
    fn is_letters_head(&self) -> bool {
        self.any("issuedOn") && self.values().all(|it| is_head(&it.path, &it.text))
    }
}

/// The head of a letter stands once: its day and its case. Who sends it or is the landlord may stand in any row.
fn is_letters_head(record: &Record, heads: &mut usize) -> bool {
    let party = |path: &str| path.starts_with("landlord.") || path.starts_with("sender.");
    if record.values().next().is_some() && record.values().all(|it| party(&it.path)) {
        return true;
    }
    *heads += 1;
    *heads == 1 && record.values().all(|it| is_head(&it.path, &it.text))
}

/// Notes the rows that took themselves off the list. Where none is left, a person looks.
fn taken_off(read: &mut Rows, off: &[String], header: &str) {
    if !off.is_empty() && read.records.is_empty() {
        read.leave("leftOver", header);
    }
    for record in &mut read.records {
        for place in off.iter().take(LEFT_MAX) {
            record.findings.push((Severity::Warning, "row", "leftOut", format!("/{place}")));
        }
    }
}

/// Whether what stands alone in a row is a person: a name, or a number with no more than a name.
fn is_lone_person(text: &str, record: &Record) -> bool {
    let numbered = record.any("persons.0.identity");
    nobody::is_person(text)
        || (numbered && record.get("persons.0.name").is_none_or(nobody::is_person))
}

/// One row.
fn record(
    grid: &Grid,
    columns: &Columns,
    row: usize,
    day: &DayHeading,
    context: &Context<'_>,
) -> Record {
    let mut record = Record::default();
    for (column, cell) in grid.filled(row) {
        let from = Place { source: grid.place(row, column), quote: cell.as_str().to_owned() };
        let Some(Some(field)) = columns.fields.get(column) else {
            let headed = columns.headings.get(column).is_some_and(|heading| !heading.is_empty());
            if headed && record.findings.len() < UNKNOWN_MAX {
                record.findings.push((
                    Severity::Info,
                    "columns",
                    "unknownColumn",
                    format!("/columns/{}", column + 1),
                ));
            }
            continue;
        };
        if field == super::vocabulary::IGNORED {
            continue;
        }
        let heading = grid
            .rows
            .get(columns.header)
            .and_then(|head| head.get(column))
            .map_or("", Cell::as_str);
        record.cells += 1;
        if !is_ditto(cell.as_str()) {
            record.named |= field.starts_with("persons.");
            record.homed |= field.starts_with("dwelling.")
                || matches!(field.as_str(), "sender.reference" | "enforcement.caseNumber");
        }
        if is_ditto(cell.as_str()) {
            continue;
        }
        if !tell(&mut record, field, heading, cell, &from, context) {
            not_read(&mut record, field);
        }
    }
    day.put(&mut record);
    tidy(&mut record, columns, context);
    record
}

/// `d:o`, `-"-`: as above.
fn is_ditto(text: &str) -> bool {
    matches!(
        text.trim(),
        "\"" | "''"
            | "-\"-"
            | "- \" -"
            | "d:o"
            | "D:o"
            | "do"
            | "do."
            | "-”-"
            | "”"
            | "〃"
            | "—\"—"
            | "–\"–"
    )
}

/// A value that was given and not understood: a person must look where it matters.
fn not_read(record: &mut Record, field: &str) {
    let (value, path) = match field {
        "arrears.amountToRecover" | AMOUNT => ("arrears", "/arrears/amountToRecover"),
        "dwelling.street" => ("dwelling", "/dwelling/street"),
        "enforcement.startsAt" => ("enforcement", "/enforcement/startsAt"),
        _ => return,
    };
    record.findings.push((Severity::Error, value, "uncertain", path.to_owned()));
}

/// Puts a record where it belongs: behind the others, or into the one of its household.
fn place(read: &mut Rows, known: &mut HashMap<String, usize>, columns: &Columns, record: Record) {
    // Nothing stands in its cells for a person or a home: what was not understood there is somebody else all the same.
    let alone = !record.named
        && !record.homed
        && !record.any("persons.")
        && !record.any("dwelling.")
        && !record.any("sender.reference")
        && !record.any("enforcement.caseNumber");
    let own = record.any("arrears.") || record.any("incidents.") || record.settled;
    if alone
        && own
        && let Some(last) = read.records.last_mut()
    {
        // Merged cells, or a list that names the household once.
        join(last, record);
        return;
    }
    if let Some(last) = read.records.last_mut()
        && is_co_tenant(last, &record)
    {
        add_person(last, &record);
        return;
    }
    let key = key(&record);
    if let (Some(at), true) = (known.get(&key), columns.monthly || columns.incidents)
        && let Some(first) = read.records.get_mut(*at)
        && first.kind.as_ref().map(|it| it.0) == record.kind.as_ref().map(|it| it.0)
    {
        join(first, record);
        return;
    }
    if !key.is_empty() {
        known.insert(key, read.records.len());
    }
    read.records.push(record);
}
