//! A table that stands on its side: what is asked stands in the first column, and each further column is a household.

use super::grid::Grid;
use super::grid::Naming;
use super::inferred_shapes::is_identity;
use super::rows::split;
use super::vocabulary;
use crate::domain::document::Cell;
use crate::domain::labels::Labels;
use jiff::civil::Date;
use std::borrow::Cow;

/// So many labels make the first column a header.
const LABELS: usize = 4;

/// A form has no more lines.
const ROWS_MAX: usize = 60;

/// Columns beyond these are no households side by side.
const COLUMNS_MAX: usize = 200;

/// The table with its columns as rows where it stands on its side, else as it is.
pub(super) fn upright<'g>(grid: &'g Grid, labels: Option<&Labels>, on: Date) -> Cow<'g, Grid> {
    let width = grid.rows.iter().map(Vec::len).max().unwrap_or(0);
    if !(3..=COLUMNS_MAX).contains(&width) || !on_its_side(grid, labels, on) {
        return Cow::Borrowed(grid);
    }
    let column = |at: usize| {
        let cell = |row: &Vec<Cell>| row.get(at).cloned().unwrap_or(Cell::Empty);
        grid.rows.iter().map(cell).collect::<Vec<Cell>>()
    };
    let rows = (0..width).map(column).collect();
    Cow::Owned(Grid { rows, turned: !grid.turned, ..grid.clone() })
}

/// What parts the cells of lines that stand on their side.
pub(super) fn sign(lines: &[&str], labels: Option<&Labels>, on: Date) -> Option<Option<char>> {
    let first = lines.first()?;
    let parts = |sign: char| {
        let width = split(first, sign).len();
        let rows: Vec<Vec<Cell>> = lines
            .iter()
            .take(ROWS_MAX)
            .map(|line| split(line, sign))
            .take_while(|cells| cells.len() == width)
            .map(|cells| cells.iter().map(|cell| Cell::text(cell)).collect())
            .collect();
        (width >= 3).then_some(rows)
    };
    let sign = [';', '\t', '|'].into_iter().find(|sign| {
        first.contains(*sign)
            && parts(*sign).is_some_and(|rows| {
                let grid = Grid {
                    name: String::new(),
                    source: String::new(),
                    naming: Naming::Text,
                    rows,
                    turned: false,
                };
                on_its_side(&grid, labels, on)
            })
    });
    sign.map(Some)
}

/// Labels in the first column, and in one row the numbers of several people who are not said to live together.
fn on_its_side(grid: &Grid, labels: Option<&Labels>, on: Date) -> bool {
    let first = grid.rows.iter().filter_map(|row| row.first());
    let named = first.filter(
        |cell| matches!(cell, Cell::Text(text) if vocabulary::named(text, labels).is_some()),
    );
    if named.count() < LABELS {
        return false;
    }
    let numbers = |row: &Vec<Cell>| {
        row.iter().skip(1).filter(|cell| is_identity(cell.as_str().trim(), on)).count()
    };
    let told = |row: &Vec<Cell>| row.iter().skip(1).filter(|cell| **cell != Cell::Empty).count();
    grid.rows.iter().filter(|row| numbers(row) > 1).count() == 1
        && grid.rows.iter().filter(|row| told(row) > 1).count() >= LABELS
}
