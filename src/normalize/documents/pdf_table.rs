//! Tables on a page: lines of several pieces each that stand below each other.

use crate::domain::document::Cell;
use crate::domain::document::Table;

/// Columns that a page is wide.
const COLUMNS_MAX: usize = 60;
/// A line further below than this share of its letters' height begins another table.
const FAR: f64 = 3.5;

/// What stands together on a line.
pub(super) struct Piece {
    /// Where it begins.
    pub(super) start: f64,
    /// Where it ends.
    pub(super) end: f64,
    /// What it says.
    pub(super) text: String,
}

/// One line of a page.
pub(super) struct Line {
    /// Its base line, from the top.
    pub(super) at: f64,
    /// The height of its highest letter.
    pub(super) size: f64,
    /// From left to right.
    pub(super) pieces: Vec<Piece>,
}

/// The tables among the lines of a page.
pub(super) fn tables(lines: &[&Line], page: u32) -> Vec<Table> {
    let mut tables = Vec::new();
    let mut run: Vec<&Line> = Vec::new();
    for line in lines {
        let near =
            run.last().is_none_or(|last| line.at - last.at <= last.size.max(line.size) * FAR);
        let goes_on = near && goes_on(line, &run);
        if (line.pieces.len() < 2 && !goes_on) || !near {
            tables.extend(table(&std::mem::take(&mut run), page));
        }
        if line.pieces.len() >= 2 || goes_on {
            run.push(line);
        }
    }
    tables.extend(table(&run, page));
    tables
}

/// Whether a line of one piece is a cell's that goes on: below one of the further columns of a table, at its very edge.
fn goes_on(line: &Line, run: &[&Line]) -> bool {
    let [piece] = line.pieces.as_slice() else { return false };
    let widest = run.iter().max_by_key(|line| line.pieces.len()).filter(|it| it.pieces.len() >= 3);
    let edges = widest.into_iter().flat_map(|widest| widest.pieces.iter().skip(1));
    run.len() > 1
        && edges.into_iter().any(|edge| (edge.start - piece.start).abs() < line.size * 0.3)
}

/// Two lines at least. The columns are those of the line with most pieces.
fn table(run: &[&Line], page: u32) -> Option<Table> {
    let widest = run.iter().max_by_key(|line| line.pieces.len()).filter(|_| run.len() >= 2)?;
    let mut columns: Vec<(f64, f64)> =
        widest.pieces.iter().take(COLUMNS_MAX).map(|piece| (piece.start, piece.end)).collect();
    for line in run {
        for piece in &line.pieces {
            let column = column_of(piece, &columns);
            // A column is as wide as what stands in it, as long as it keeps off its neighbours.
            let left = column.checked_sub(1).and_then(|at| columns.get(at)).map(|it| it.1);
            let right = columns.get(column + 1).map(|it| it.0);
            if let Some((start, end)) = columns.get_mut(column)
                && left.is_none_or(|left| piece.start > left)
                && right.is_none_or(|right| piece.end < right)
            {
                *start = start.min(piece.start);
                *end = end.max(piece.end);
            }
        }
    }
    let rows = run.iter().map(|line| {
        let mut cells = vec![String::new(); columns.len()];
        for piece in &line.pieces {
            if let Some(cell) = cells.get_mut(column_of(piece, &columns)) {
                if !cell.is_empty() {
                    cell.push(' ');
                }
                cell.push_str(piece.text.trim());
            }
        }
        cells.iter().map(|text| Cell::text(text)).collect()
    });
    Some(Table { name: format!("page {page}"), rows: rows.collect() })
}

/// The column that a piece lies over most, else the nearest.
fn column_of(piece: &Piece, columns: &[(f64, f64)]) -> usize {
    let fit = |(start, end): &(f64, f64)| piece.end.min(*end) - piece.start.max(*start);
    let mut best = (0, f64::NEG_INFINITY);
    for (at, column) in columns.iter().enumerate() {
        let fits = fit(column);
        if fits > best.1 {
            best = (at, fits);
        }
    }
    best.0
}
