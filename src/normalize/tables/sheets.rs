//! All tables of a message together: lists of households, sheets that belong to them by a key, forms, and tables of one household's months.

use super::super::Context;
use super::columns::Columns;
use super::filling;
use super::form;
use super::grid::Grid;
use super::household;
use super::kinds;
use super::list;
use super::list::leave;
use super::once::Common;
use super::once::Once;
use super::record::Place;
use super::record::Record;
use super::turned;
use crate::domain::finding::Finding;
use crate::domain::finding::Severity;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeType;

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
    /// The sources whose tables are lists.
    pub(super) lists: Vec<String>,
    /// What stands in tables and is no part of one, each with its source.
    pub(super) beside: Vec<(String, String)>,
    /// Rows that became nobody's.
    pub(super) left: Vec<Finding>,
}

/// A kind and how sure it is.
pub(super) type Kind = (NoticeType, f64, Place);

impl Sheets {
    /// Reads the tables.
    pub(super) fn read(grids: &[Grid], context: &Context<'_>) -> Self {
        let mut sheets = Self::default();
        let mut loose: Vec<Record> = Vec::new();
        for grid in grids {
            let on = context.local_time.day_of(context.received_at);
            let grid = turned::upright(grid, context.labels, on);
            let grid = grid.as_ref();
            match Columns::find(grid, context.labels, on) {
                Some(columns) => sheets.table(grid, &columns, &mut loose, context),
                None => match form::of_grid(grid, None, 2, context) {
                    Some(form) => sheets.forms.push((grid.source.clone(), form)),
                    None => sheets.beside.push((grid.source.clone(), words(grid))),
                },
            }
        }
        let mut left = filling::fill_by_key(&mut sheets.records, &loose);
        sheets.left.append(&mut left);
        // Homes that nobody's row names: notices of their own when there are no others.
        if sheets.records.is_empty() {
            sheets.columnar |= !loose.is_empty();
            sheets.records.extend(loose.into_iter().map(|record| (record, None)));
        }
        sheets
    }

    /// A table under a header: a list, or the months of one household.
    fn table(
        &mut self,
        grid: &Grid,
        columns: &Columns,
        loose: &mut Vec<Record>,
        context: &Context<'_>,
    ) {
        let mut rows = list::rows(grid, columns, context);
        let titles = titles(grid, columns, &rows.lines);
        self.left.append(&mut rows.left);
        if columns.is_list() || several(&rows.records) {
            let kind = of_table(grid, columns, &titles);
            let (named, others): (Vec<Record>, Vec<Record>) =
                rows.records.into_iter().partition(|it| {
                    it.any("persons.")
                        || it.any("enforcement.caseNumber")
                        || it.any("arrears.")
                        || it.kind.is_some()
                });
            self.columnar |= !named.is_empty();
            self.records.extend(named.into_iter().map(|record| (record, kind.clone())));
            loose.extend(others);
            self.titles.push_str(&titles);
            self.titles.push('\n');
            if self.source.is_empty() {
                self.source.clone_from(&grid.source);
            }
            self.lists.push(grid.source.clone());
            self.beside.push((grid.source.clone(), rows.lines.join("\n")));
            return;
        }
        let mut records = rows.records.into_iter();
        let mut detail = records.next().unwrap_or_default();
        records.for_each(|record| joined(&mut detail, record));
        let last = last_row(grid, columns, context);
        match form::of_grid(grid, Some((columns.header, last)), 2, context) {
            Some(mut form) => {
                detail_over(&mut form, detail);
                form.kind = form.kind.or_else(|| of_table(grid, columns, &titles));
                self.forms.push((grid.source.clone(), form));
            }
            None if (columns.monthly && detail.any("arrears.")) || detail.any("incidents.") => {
                match self.detail {
                    // Whose months the second table holds, nothing tells.
                    Some(_) => leave(&mut self.left, "arrears", "leftOver", &grid.source),
                    None => self.detail = Some(detail),
                }
            }
            None => {}
        }
    }

    /// The notices of the lists; none where nothing tells the kind of any.
    pub(super) fn notices(&mut self, common: &Common<'_>, context: &Context<'_>) -> Vec<Notice> {
        let once = Once::of(self, common, context);
        let records = std::mem::take(&mut self.records);
        if records.len() > context.limits.notices {
            leave(&mut self.left, "row", "tooMany", &self.source);
        }
        let records = records.into_iter().take(context.limits.notices);
        let notices: Vec<Notice> =
            records.map(|(record, kind)| once.notice(record, kind, context)).collect();
        let known = notices.iter().any(|notice| notice.kind != NoticeType::Unknown);
        if known { notices } else { Vec::new() }
    }
}

/// Whether rows without a person are about more than one contract or object.
fn several(records: &[Record]) -> bool {
    let mut keys = records.iter().map(household::key).filter(|key| !key.is_empty());
    keys.next().is_some_and(|first| keys.any(|key| key != first))
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
fn last_row(grid: &Grid, columns: &Columns, context: &Context<'_>) -> usize {
    let wide = |row: usize| grid.filled(row).count() >= 2;
    let mut row = columns.header + 1;
    // Its first column holds months as long as the table lasts.
    while row < grid.rows.len() && wide(row) {
        let first = grid.filled(row).next().map(|(column, _)| column);
        let label = first == Some(0)
            && grid.rows[row].first().is_some_and(|cell| {
                super::vocabulary::named(cell.as_str(), context.labels).is_some()
            });
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

/// What stands in a table that is neither a list nor a form, a line for each row.
fn words(grid: &Grid) -> String {
    let mut text = String::new();
    for row in 0..grid.rows.len() {
        let cells: Vec<&str> = grid.filled(row).map(|(_, cell)| cell.as_str()).collect();
        if !cells.is_empty() && text.len() < WORDS_BYTES {
            text.push_str(&cells.join(" "));
            text.push('\n');
        }
    }
    text
}

/// So much of a table's words is looked at.
const WORDS_BYTES: usize = 100_000;

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
