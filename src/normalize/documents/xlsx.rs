//! Workbooks: every sheet as a table of what a person sees. Read cell by cell, so that a sheet may be as long as it likes.

use super::CELLS_MAX;
use super::Read;
use super::package;
use super::rows_as_text;
use super::xlsx_cell;
use crate::domain::document::Cell;
use crate::domain::document::Document;
use crate::domain::document::DocumentKind;
use crate::domain::document::Refusal;
use crate::domain::document::Table;
use calamine::Reader as _;
use calamine::Sheet;
use calamine::SheetType;
use calamine::SheetVisible;
use calamine::Xlsx;
use calamine::XlsxError;
use std::io::Cursor;

/// Sheets that are read.
const SHEETS_MAX: usize = 100;
/// Rows that are kept of a sheet.
const ROWS_MAX: u32 = 20_000;
/// Columns that are kept of a sheet.
const COLUMNS_MAX: u32 = 512;

/// Reads a workbook.
pub(super) fn read(raw: &[u8]) -> Read {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(raw)).map_err(|error| match error {
        XlsxError::Password => Refusal::Encrypted,
        _ => package::refusal_of_compound(raw),
    })?;
    let mut document = Document::of(DocumentKind::Xlsx);
    let sheets: Vec<Sheet> = workbook.sheets_metadata().to_vec();
    if sheets.is_empty() {
        return Err(Refusal::NotReadable);
    }
    if sheets.len() > SHEETS_MAX {
        document.remark("shortened");
    }
    let several = sheets.len() > 1;
    let mut left = CELLS_MAX;
    for sheet in sheets.iter().take(SHEETS_MAX) {
        let (rows, end) = rows(&mut workbook, sheet, &mut left);
        match end {
            End::Whole => {}
            End::Cut => document.remark("shortened"),
            End::Damaged => document.remark("damaged"),
        }
        if rows.is_empty() {
            continue;
        }
        if sheet.visible != SheetVisible::Visible {
            document.remark("hiddenSheet");
        }
        if several {
            document.text.push_str(&sheet.name);
            document.text.push('\n');
        }
        document.text.push_str(&rows_as_text(&rows));
        document.text.push('\n');
        document.tables.push(Table { name: sheet.name.clone(), rows });
    }
    // A workbook without any cell may hold a picture of what it should say.
    if document.tables.is_empty() {
        return Err(Refusal::NotReadable);
    }
    Ok(document)
}

/// How the reading of a sheet ended.
enum End {
    Whole,
    Cut,
    Damaged,
}

/// The rows of a sheet as they are numbered in it; the empty ones at its end are none.
fn rows(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    sheet: &Sheet,
    left: &mut usize,
) -> (Vec<Vec<Cell>>, End) {
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let Ok(mut cells) = workbook.worksheet_cells_reader(&sheet.name) else {
        // Charts are sheets without cells.
        let has_cells = matches!(sheet.typ, SheetType::WorkSheet);
        return (rows, if has_cells { End::Damaged } else { End::Whole });
    };
    let mut end = End::Whole;
    loop {
        let (cell, style) = match cells.next_cell_with_style_id() {
            Ok(Some(found)) => found,
            Ok(None) => return (rows, end),
            Err(_) => return (rows, End::Damaged),
        };
        let (row, column) = cell.get_position();
        let format = cells.styles().get(style).and_then(|style| style.number_format.as_ref());
        let code = format.map_or("", |format| format.format_code.as_str());
        let value = xlsx_cell::seen(cell.get_value(), code);
        if value == Cell::Empty {
            continue;
        }
        let (at, column_at) = (row as usize, column as usize);
        let width = rows.get(at).map_or(0, Vec::len);
        let more = (column_at + 1).saturating_sub(width);
        if row >= ROWS_MAX || more > *left {
            return (rows, End::Cut);
        }
        if column >= COLUMNS_MAX {
            end = End::Cut;
            continue;
        }
        *left -= more;
        if rows.len() <= at {
            rows.resize_with(at + 1, Vec::new);
        }
        let Some(cells) = rows.get_mut(at) else { return (rows, End::Damaged) };
        if cells.len() <= column_at {
            cells.resize(column_at + 1, Cell::Empty);
        }
        if let Some(place) = cells.get_mut(column_at) {
            *place = value;
        }
    }
}
