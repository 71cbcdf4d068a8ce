//! Rows that a printed page breaks over several lines, as the rows they were: what stands below an empty first cell goes on.

use super::grid::Grid;
use crate::domain::document::Cell;

/// The table with each row in one.
pub(super) fn whole(mut grid: Grid) -> Grid {
    let width = grid.rows.iter().map(Vec::len).max().unwrap_or(0);
    let first = |row: &Vec<Cell>| row.first().is_some_and(|cell| *cell != Cell::Empty);
    let begun = grid.rows.iter().filter(|row| first(row)).count();
    if width < 3 || begun < 2 || begun == grid.rows.len() {
        return grid;
    }
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for row in std::mem::take(&mut grid.rows) {
        let goes_on = !first(&row)
            && rows.len() > 1
            && rows.last().is_some_and(|above| first(above) && fewer(&row, above));
        match rows.last_mut().filter(|_| goes_on) {
            Some(above) => join(above, &row),
            None => rows.push(row),
        }
    }
    grid.rows = rows;
    grid
}

/// Whether a row has something only where the one above has, too, and not everywhere.
fn fewer(row: &[Cell], above: &[Cell]) -> bool {
    let told = |row: &[Cell]| row.iter().filter(|cell| **cell != Cell::Empty).count();
    let fits = row.iter().enumerate().all(|(at, cell)| {
        *cell == Cell::Empty || above.get(at).is_some_and(|over| *over != Cell::Empty)
    });
    fits && told(row) > 0 && told(row) < told(above)
}

fn join(above: &mut [Cell], row: &[Cell]) {
    for (over, cell) in above.iter_mut().zip(row) {
        if *cell != Cell::Empty {
            *over = Cell::text(&format!("{} {}", over.as_str().trim(), cell.as_str().trim()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::grid::Grid;
    use super::super::grid::Naming;
    use super::whole;
    use crate::domain::document::Cell;

    #[test]
    fn a_row_goes_on_below_its_empty_first_cell() {
        let row = |cells: [&str; 3]| cells.map(Cell::text).to_vec();
        let grid = Grid {
            name: String::new(),
            source: String::new(),
            naming: Naming::Text,
            rows: vec![
                row(["Mål", "Svarande", "Ställe"]),
                row(["U-1-26", "Testa Ek", "Provgatan 1,"]),
                row(["", "850101-2390", "214 00 Malmö"]),
                row(["U-2-26", "Låtsa Ek", "Provgatan 2"]),
            ],
            turned: false,
        };
        let rows = whole(grid).rows;
        assert_eq!(rows.len(), 3);
        assert_eq!(rows[1][1].as_str(), "Testa Ek 850101-2390");
        assert_eq!(rows[1][2].as_str(), "Provgatan 1, 214 00 Malmö");
    }
}
