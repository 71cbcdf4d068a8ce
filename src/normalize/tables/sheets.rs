//! All tables of a message together: lists of households, sheets that belong to them by a key, forms, and tables of one household's months.

use super::super::Context;
use super::Common;
use super::columns::Columns;
use super::form;
use super::grid::Grid;
use super::household;
use super::kinds;
use super::list;
use super::once::Once;
use super::record::Place;
use super::record::Record;
use crate::domain::finding::Severity;
use crate::domain::labels::folded;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeType;
use std::collections::HashMap;

/// What the tables tell.
#[derive(Default)]
pub(super) struct Sheets {
    /// Households, one a record, with the kind that their table is of.
    pub(super) records: Vec<(Record, Option<Kind>)>,
    /// They stand under a header.
    pub(super) columnar: bool,
    /// Forms, each with its source.
    pub(super) forms: Vec<(String, Record)>,
    /// One household's months.
    pub(super) detail: Option<Record>,
    /// What stands above, below and on the tables' tabs.
    pub(super) titles: String,
    /// Where that stands.
    pub(super) source: String,
}

/// A kind and how sure it is.
pub(super) type Kind = (NoticeType, f64, Place);

impl Sheets {
    /// Reads the tables.
    pub(super) fn read(grids: &[Grid], context: &Context<'_>) -> Self {
        let mut sheets = Self::default();
        let mut loose: Vec<Record> = Vec::new();
        for grid in grids {
            let Some(columns) =
                Columns::find(grid, context.labels, context.local_time.day_of(context.received_at))
            else {
                let form = form::of_grid(grid, None, 2, context);
                sheets.forms.extend(form.map(|form| (grid.source.clone(), form)));
                continue;
            };
            let rows = list::rows(grid, &columns, context);
            let titles = titles(grid, &columns, &rows.lines);
            if columns.is_list() {
                let kind = of_table(grid, &columns, &titles);
                let (named, others): (Vec<Record>, Vec<Record>) =
                    rows.records.into_iter().partition(|it| {
                        it.any("persons.")
                            || it.any("enforcement.caseNumber")
                            || it.any("arrears.")
                            || it.kind.is_some()
                    });
                sheets.columnar |= !named.is_empty();
                sheets.records.extend(named.into_iter().map(|record| (record, kind.clone())));
                loose.extend(others);
                sheets.titles.push_str(&titles);
                sheets.titles.push('\n');
                if sheets.source.is_empty() {
                    sheets.source.clone_from(&grid.source);
                }
                continue;
            }
            let mut detail = Record::default();
            let mut records = rows.records.into_iter();
            if let Some(first) = records.next() {
                detail = first;
            }
            records.for_each(|record| joined(&mut detail, record));
            let form =
                form::of_grid(grid, Some((columns.header, last_row(grid, &columns))), 2, context);
            match form {
                Some(mut form) => {
                    detail_over(&mut form, detail);
                    form.kind = form.kind.or_else(|| of_table(grid, &columns, &titles));
                    sheets.forms.push((grid.source.clone(), form));
                }
                None if columns.monthly && detail.any("arrears.") => {
                    sheets.detail = sheets.detail.or(Some(detail))
                }
                None => {}
            }
        }
        sheets.fill_by_key(loose);
        sheets
    }

    /// Sheets that tell more of the households by their contract or object: the address beside the ledger.
    fn fill_by_key(&mut self, loose: Vec<Record>) {
        let keys = ["sender.reference", "dwelling.objectNumber", "persons.0.identity.value"];
        let mut by_key: HashMap<String, usize> = HashMap::new();
        for (at, record) in loose.iter().enumerate() {
            for key in keys.iter().filter_map(|key| record.get(key)) {
                by_key.entry(folded(key)).or_insert(at);
            }
        }
        let mut used = vec![false; loose.len()];
        for (record, _) in &mut self.records {
            let found = keys
                .iter()
                .filter_map(|key| record.get(key))
                .find_map(|key| by_key.get(&folded(key)).copied());
            let Some(more) = found.and_then(|at| loose.get(at)) else { continue };
            for told in more.values().filter(|it| {
                it.path.starts_with("dwelling.")
                    || it.path.starts_with("persons.")
                    || it.path.starts_with("children.")
            }) {
                record.put(&told.path, &told.text, &told.from, told.sure);
            }
            if let Some(slot) = found.and_then(|at| used.get_mut(at)) {
                *slot = true;
            }
        }
        // Homes that nobody's row names: notices of their own when there are no others.
        if self.records.is_empty() {
            self.columnar |= !loose.is_empty();
            self.records.extend(loose.into_iter().map(|record| (record, None)));
        }
    }

    /// The notices of the lists.
    pub(super) fn notices(&mut self, common: &Common<'_>, context: &Context<'_>) -> Vec<Notice> {
        let once = Once::of(self, common, context);
        std::mem::take(&mut self.records)
            .into_iter()
            .take(context.limits.notices)
            .filter_map(|(record, kind)| once.notice(record, kind, context))
            .collect()
    }
}

/// The months of a table in the record of the household that it belongs to.
pub(super) fn detail_over(form: &mut Record, detail: Record) {
    if form.periods <= detail.periods {
        let own: Vec<String> = form
            .values()
            .filter(|it| it.path.starts_with("arrears.periods."))
            .map(|it| it.path.clone())
            .collect();
        own.iter().for_each(|path| {
            form.take(path);
        });
        form.periods = 0;
    }
    let sum = "arrears.amountToRecover";
    let (own, months) = (form.told(sum).cloned(), detail.told(sum).cloned());
    if let (Some(own), Some(months)) = (own, months)
        && own.text != months.text
        && form.periods == 0
    {
        form.findings.push((
            Severity::Error,
            "arrears",
            "contradiction",
            "/arrears/amountToRecover".to_owned(),
        ));
        form.doubt(sum, 0.9);
    }
    joined(form, detail);
}

fn joined(into: &mut Record, record: Record) {
    let settled = record.settled;
    household::join(into, record);
    into.settled &= settled;
}

/// The row behind the last of a table under a header.
fn last_row(grid: &Grid, columns: &Columns) -> usize {
    let wide = |row: usize| grid.filled(row).count() >= 2;
    let mut row = columns.header + 1;
    // Its first column holds months as long as the table lasts.
    while row < grid.rows.len() && wide(row) {
        let first = grid.filled(row).next().map(|(column, _)| column);
        let label = first == Some(0)
            && grid.rows[row]
                .first()
                .is_some_and(|cell| super::vocabulary::named(cell.as_str(), None).is_some());
        if label {
            break;
        }
        row += 1;
    }
    row
}

/// What stands above the header, beside the rows and on the tab.
fn titles(grid: &Grid, columns: &Columns, lines: &[String]) -> String {
    let mut text = String::new();
    for row in 0..columns.header {
        let cells: Vec<&str> = grid.filled(row).map(|(_, cell)| cell.as_str()).collect();
        if !cells.is_empty() {
            text.push_str(&cells.join(", "));
            text.push('\n');
        }
    }
    for line in lines.iter().take(20) {
        text.push_str(line);
        text.push('\n');
    }
    text
}

/// The kind of a table: by its tab, its titles, its columns.
fn of_table(grid: &Grid, columns: &Columns, titles: &str) -> Option<Kind> {
    let from =
        |quote: &str| Place { source: grid.place(columns.header, 0), quote: quote.to_owned() };
    let lines = titles.lines().filter(|line| line.len() < 200);
    let named = std::iter::once(grid.name.as_str()).chain(lines).find_map(|line| {
        let (kind, sure) = kinds::of_words(line)?;
        Some((kind, sure.min(0.97), from(line)))
    });
    named.or_else(|| {
        let (kind, sure) = kinds::of_columns(columns)?;
        let head: Vec<&str> = grid.filled(columns.header).map(|(_, cell)| cell.as_str()).collect();
        Some((kind, sure, from(&head.join("; "))))
    })
}
