//! A table as the reader looks at it: its rows as they stand, and how one of its cells is named in evidence.

use crate::domain::document::Cell;
use crate::domain::document::Table;

/// How a cell is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Naming {
    /// By sheet and cell: `attachments/0/Blad1!C7`.
    Cells,
    /// By row: `attachments/0/row/7`.
    Rows,
    /// By the text it stands in: `body`.
    Text,
}

/// A table.
#[derive(Clone)]
pub(super) struct Grid {
    /// A sheet's name, or none.
    pub(super) name: String,
    /// `body`, `attachments/0`.
    pub(super) source: String,
    /// How its cells are named.
    pub(super) naming: Naming,
    /// Its rows.
    pub(super) rows: Vec<Vec<Cell>>,
    /// Its columns stand as rows.
    pub(super) turned: bool,
}

impl Grid {
    /// The table of a document.
    pub(super) fn of(table: &Table, source: &str, sheet: bool) -> Self {
        let naming = if sheet { Naming::Cells } else { Naming::Text };
        let name = if sheet { table.name.clone() } else { String::new() };
        let rows = table.rows.iter().map(|row| row.iter().map(clean).collect()).collect();
        Self { name, source: source.to_owned(), naming, rows, turned: false }
    }

    /// The name of a cell in evidence.
    pub(super) fn place(&self, row: usize, column: usize) -> String {
        let (row, column) = if self.turned { (column, row) } else { (row, column) };
        match self.naming {
            Naming::Cells => {
                format!("{}/{}!{}{}", self.source, self.name, letters(column), row + 1)
            }
            Naming::Rows => format!("{}row/{}", prefix(&self.source), row + 1),
            Naming::Text => self.source.clone(),
        }
    }

    /// A row's cells that hold anything: their columns and texts.
    pub(super) fn filled(&self, row: usize) -> impl Iterator<Item = (usize, &Cell)> {
        let cells = self.rows.get(row).into_iter().flatten().enumerate();
        cells.filter(|(_, cell)| !cell.as_str().trim().is_empty())
    }
}

/// A row of a message that is a table itself is named by its number alone, as rows of our CSV are.
fn prefix(source: &str) -> String {
    if source == "body" { String::new() } else { format!("{source}/") }
}

fn clean(cell: &Cell) -> Cell {
    match cell {
        Cell::Text(text) => Cell::text(&super::super::prose::mended(text)),
        Cell::Empty | Cell::Number(_) | Cell::Date(_) | Cell::Time(_) | Cell::Flag(_) => {
            cell.clone()
        }
    }
}

/// `A`, `B`, … `Z`, `AA`.
fn letters(column: usize) -> String {
    let mut column = column;
    let mut name = Vec::new();
    loop {
        name.push(char::from(b'A' + (column % 26) as u8));
        match (column / 26).checked_sub(1) {
            Some(more) => column = more,
            None => break,
        }
    }
    name.into_iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::Grid;
    use super::Naming;

    #[test]
    fn a_cell_is_named_as_the_spreadsheet_names_it() {
        let mut grid = Grid {
            name: "Blad1".into(),
            source: "attachments/0".into(),
            naming: Naming::Cells,
            rows: Vec::new(),
            turned: false,
        };
        assert_eq!(grid.place(6, 2), "attachments/0/Blad1!C7");
        assert_eq!(grid.place(0, 27), "attachments/0/Blad1!AB1");
        grid.naming = Naming::Rows;
        assert_eq!(grid.place(6, 2), "attachments/0/row/7");
        grid.source = "body".into();
        assert_eq!(grid.place(6, 2), "row/7");
    }
}
