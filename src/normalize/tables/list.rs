//! The rows of a table as records: totals and examples left out, rows of one household put together, cells that are merged filled down.

use super::super::Context;
use super::cells;
use super::columns::Columns;
use super::grid::Grid;
use super::household::add_person;
use super::household::is_co_tenant;
use super::household::join;
use super::household::key;
use super::record::Place;
use super::record::Record;
use super::row::AMOUNT;
use super::row::SUM;
use super::row::settle;
use super::row::tidy;
use super::tell::tell;
use crate::domain::document::Cell;
use crate::domain::finding::Severity;
use crate::domain::money::Money;
use std::collections::HashMap;

/// What the rows below a header tell.
#[derive(Default)]
pub(super) struct Rows {
    /// One a household, in the order they came.
    pub(super) records: Vec<Record>,
    /// Lines beside the table: what stands alone in its row.
    pub(super) lines: Vec<String>,
    /// A total that does not fit what it sums up.
    pub(super) mismatch: bool,
}

/// Reads the rows below a header.
pub(super) fn rows(grid: &Grid, columns: &Columns, context: &Context<'_>) -> Rows {
    let mut read = Rows::default();
    let mut sums = Sums::default();
    let mut known: HashMap<String, usize> = HashMap::new();
    for row in columns.header + 1..grid.rows.len() {
        let cells: Vec<(usize, &Cell)> = grid.filled(row).collect();
        let whole = grid.rows.get(row).map(Vec::as_slice).unwrap_or_default();
        if cells.is_empty() || columns.is_repeated(whole) || is_example(&cells) {
            continue;
        }
        if is_total(&cells) {
            sums.check(&cells, &mut read);
            continue;
        }
        let record = record(grid, columns, row, context);
        if cells.len() == 1 && !record.any("persons.0.identity") && columns.fields.len() > 1 {
            read.lines.push(cells[0].1.as_str().to_owned());
            continue;
        }
        sums.add(&record);
        place(&mut read, &mut known, columns, record);
        if read.records.len() > context.limits.notices {
            break;
        }
    }
    read.records.iter_mut().for_each(|record| settle(record, columns));
    if read.mismatch {
        for record in &mut read.records {
            record.findings.push((
                Severity::Error,
                "arrears",
                "contradiction",
                "/arrears/amountToRecover".to_owned(),
            ));
            record.doubt("arrears.", 0.94);
        }
    }
    read.records.retain(Record::names_somebody_or_owes);
    read
}

impl Record {
    fn names_somebody_or_owes(&self) -> bool {
        self.names_somebody() || self.any("arrears.")
    }
}

/// One row.
fn record(grid: &Grid, columns: &Columns, row: usize, context: &Context<'_>) -> Record {
    let mut record = Record::default();
    for (column, cell) in grid.filled(row) {
        let from = Place { source: grid.place(row, column), quote: cell.as_str().to_owned() };
        let Some(Some(field)) = columns.fields.get(column) else {
            if columns.headings.get(column).is_some_and(|heading| !heading.is_empty()) {
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
        if !tell(&mut record, field, heading, cell, &from, context) {
            not_read(&mut record, field);
        }
    }
    tidy(&mut record, columns, context);
    record
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
    let alone = !record.any("persons.")
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

/// The word for a total, and figures.
fn is_total(cells: &[(usize, &Cell)]) -> bool {
    let words: Vec<String> = cells
        .iter()
        .filter(|(_, cell)| is_words(cell))
        .map(|(_, cell)| cell.as_str().to_lowercase())
        .collect();
    let sums = |text: &String| {
        let says = [
            "summa",
            "totalt",
            "totalsumma",
            "total",
            "delsumma",
            "sum",
            "subtotal",
            "att betala",
            "varav",
        ];
        text.split(|c: char| !c.is_alphabetic() && c != ' ').map(str::trim).any(|part| {
            says.contains(&part)
                || says.iter().any(|word| {
                    part.ends_with(&format!(" {word}")) || part.starts_with(&format!("{word} "))
                })
        })
    };
    words.len() <= 1 && words.first().is_some_and(sums)
}

fn is_words(cell: &Cell) -> bool {
    let text = cell.as_str();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let money = ["kr", "sek", "kronor"].iter().any(|unit| text.to_lowercase().contains(unit));
    matches!(cell, Cell::Text(_)) && letters > 0 && !(money && letters <= 6)
}

/// A row that shows how to fill in the others.
fn is_example(cells: &[(usize, &Cell)]) -> bool {
    cells.iter().any(|(_, cell)| {
        let text = cell.as_str().to_lowercase();
        let mask: String = text.chars().filter(|c| c.is_alphabetic()).collect();
        [
            "ååååmmdd",
            "ååmmdd",
            "yyyymmdd",
            "yymmdd",
            "förnamnefternamn",
            "efternamnförnamn",
            "namnnamnsson",
        ]
        .iter()
        .any(|word| mask.starts_with(word))
    })
}

/// Running totals, held against the table's own.
#[derive(Default)]
struct Sums {
    group: i64,
    all: i64,
}

impl Sums {
    fn add(&mut self, record: &Record) {
        let money = |path: &str| record.get(path).and_then(Money::parse).map(Money::ore);
        let amount = money(AMOUNT).or_else(|| money(SUM)).unwrap_or(0);
        self.group += amount;
        self.all += amount;
    }

    /// Any figure of the row that is the sum of its rows will do: totals of what was billed and paid stand beside it.
    fn check(&mut self, cells: &[(usize, &Cell)], read: &mut Rows) {
        let figures: Vec<i64> = cells
            .iter()
            .filter_map(|(_, cell)| cells::amount(cell.as_str()))
            .map(Money::ore)
            .collect();
        let fits = figures.iter().any(|figure| *figure == self.group || *figure == self.all);
        read.mismatch |= !figures.is_empty() && !fits && self.all > 0;
        self.group = 0;
    }
}
