//! Whether a file is a table of somebody else's headings, or our CSV as its description has it.

use super::columns::Columns;
use super::grid::Naming;
use super::lines;
use super::turned;
use super::vocabulary;
use crate::domain::document::Cell;
use crate::domain::notice::NoticeType;
use crate::normalize::Context;
use crate::normalize::csv_words;

/// Whether a text file is a table that our CSV does not know by its own headings, but this reader does.
pub(in crate::normalize) fn is_foreign_table(text: &str, context: &Context<'_>) -> bool {
    let on = context.local_time.day_of(context.received_at);
    let parted = lines::tables(text, "body", Naming::Rows, (context.labels, on));
    parted
        .grids
        .iter()
        .map(|grid| turned::upright(grid, context.labels, on))
        .filter_map(|grid| {
            let found = Columns::find(&grid, context.labels, on)?;
            Some((grid, found))
        })
        .any(|(grid, found)| {
            let head = grid.rows.get(found.header).map(Vec::as_slice).unwrap_or_default();
            found.is_list() && is_foreign(head, &found, is_typed(&grid.rows, &found), context)
        })
}

/// Whether a header names something that our CSV would leave out, or a partner calls by one of our words something else.
fn is_foreign(head: &[Cell], found: &Columns, typed: bool, context: &Context<'_>) -> bool {
    let documented = |cell: &Cell| vocabulary::is_documented(cell.as_str());
    let renamed = |cell: &&Cell| {
        let own = context.labels.and_then(|labels| labels.field(cell.as_str()));
        let ours = vocabulary::named(cell.as_str(), None);
        documented(cell) && own.is_some_and(|own| ours.as_deref() != Some(own))
    };
    if head.iter().any(|cell| renamed(&cell)) {
        return true;
    }
    let fields =
        || head.iter().zip(&found.fields).filter_map(|(cell, field)| Some((cell, field.as_ref()?)));
    let ours = |wanted: &[&str]| {
        fields().any(|(cell, field)| {
            documented(cell) && wanted.iter().any(|wanted| field.starts_with(wanted))
        })
    };
    // Where our own columns tell the kind, in our words, and whom it is about, a column of no matter makes it no other's.
    let own = ours(&["type"]) && ours(&["persons.", "dwelling."]) && typed;
    let matters = |field: &str| !own || field != vocabulary::IGNORED;
    let foreign = fields().any(|(cell, field)| !documented(cell) && matters(field));
    // Our own dotted paths are written by systems: what they name beside them is left to our CSV.
    let dotted = head.iter().any(|cell| cell.as_str().contains('.') && documented(cell));
    foreign && !dotted
}

/// Whether the column for the kind holds nothing but our words for it.
fn is_typed(rows: &[Vec<Cell>], found: &Columns) -> bool {
    let Some(column) = found.fields.iter().position(|field| field.as_deref() == Some("type"))
    else {
        return false;
    };
    let mut cells = rows.iter().skip(found.header + 1).filter_map(|row| row.get(column));
    cells.all(|cell| {
        let text = cell.as_str().trim();
        text.is_empty()
            || csv_words::word("type", text).is_some()
            || NoticeType::parse(text).is_some()
    })
}
