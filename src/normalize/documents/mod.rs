//! Readers of documents: PDF, Word, Excel, and zip archives of them. Total, but not to be trusted with memory and time: they are
//! called in the sandbox's child process only.
//!
//! What they write is plain: text in composed letters (NFC) with line breaks, table cells kept apart by tabs. Text that was garbled before it
//! came here is left as it came.

mod archive;
mod docx;
mod docx_field;
mod docx_run;
pub(super) mod package;
mod pdf;
mod pdf_columns;
mod pdf_form;
mod pdf_layout;
mod pdf_table;
mod xlsx;
mod xlsx_cell;

#[cfg(test)]
mod hostile_tests;
#[cfg(test)]
mod tests;

use super::build::shorten;
use super::fields::clean;
use crate::domain::document::Answer;
use crate::domain::document::Cell;
use crate::domain::document::Content;
use crate::domain::document::Document;
use crate::domain::document::Field;
use crate::domain::document::Refusal;
use crate::domain::document::Table;
use crate::domain::received::Format;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::is_nfc;

/// So much text is kept of one document.
const TEXT_BYTES: usize = 1024 * 1024;
/// So many cells are kept of one document, over all its tables.
const CELLS_MAX: usize = 200_000;
/// So much is kept of one cell, one field, one name.
const CELL_BYTES: usize = 32 * 1024;
/// So many fields are kept.
const FIELDS_MAX: usize = 2_000;

/// What a reader returns.
type Read = Result<Document, Refusal>;

/// Reads a document of a format that was told from its bytes; of an archive all entries, or one of them. For the child process.
pub fn parse(format: Format, raw: &[u8], entry: Option<usize>) -> Answer {
    let read = match format {
        Format::Pdf => pdf::read(raw),
        Format::Docx => docx::read(raw),
        Format::Xlsx => xlsx::read(raw),
        Format::Zip => archive::read(raw, entry),
        Format::Json | Format::Xml | Format::Csv | Format::Mail | Format::Other => {
            Err(Refusal::NotReadable)
        }
    };
    match read {
        Ok(mut document) => {
            tidy(&mut document);
            Answer::Read(Box::new(document))
        }
        Err(refusal) => Answer::Refused(refusal),
    }
}

/// Composed letters, no control characters, bounded sizes: in everything a document says.
fn tidy(document: &mut Document) {
    let text = neat(&document.text);
    let (kept, mut cut) = shorten(text.trim(), TEXT_BYTES);
    document.text = kept.to_owned();
    let mut cells = 0;
    for table in &mut document.tables {
        cut |= tidy_table(table, &mut cells);
    }
    document.tables.retain(|table| !table.rows.is_empty());
    cut |= document.fields.len() > FIELDS_MAX;
    document.fields.truncate(FIELDS_MAX);
    for Field { label, value } in &mut document.fields {
        cut |= tidy_text(label) | tidy_text(value);
    }
    for entry in &mut document.entries {
        tidy_text(&mut entry.name);
        match &mut entry.content {
            Content::Document(inner) => tidy(inner),
            Content::Skipped(_) => {}
        }
    }
    if cut {
        document.remark("shortened");
    }
}

/// Returns whether something was left out.
fn tidy_table(table: &mut Table, cells: &mut usize) -> bool {
    let mut cut = tidy_text(&mut table.name);
    let mut kept = 0;
    for row in &mut table.rows {
        *cells += row.len();
        if *cells > CELLS_MAX {
            cut = true;
            break;
        }
        kept += 1;
        for cell in row {
            if let Cell::Text(text) = cell {
                cut |= tidy_text(text);
            }
        }
    }
    table.rows.truncate(kept);
    cut
}

fn tidy_text(text: &mut String) -> bool {
    let neat = neat(text);
    let (kept, cut) = shorten(&neat, CELL_BYTES);
    *text = kept.to_owned();
    cut
}

fn neat(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{b}', '\u{c}'], "\n");
    let (text, _) = clean(&text);
    if is_nfc(&text) { text } else { text.nfc().collect() }
}

/// The rows of a table as text: cells kept apart by tabs, line breaks within a cell made spaces.
fn rows_as_text(rows: &[Vec<Cell>]) -> String {
    let mut text = String::new();
    for row in rows {
        if text.len() > TEXT_BYTES {
            break;
        }
        let filled = row.iter().rposition(|cell| *cell != Cell::Empty).map_or(0, |last| last + 1);
        for (at, cell) in row.iter().take(filled).enumerate() {
            if at > 0 {
                text.push('\t');
            }
            text.extend(cell.as_str().chars().map(|c| if "\n\r\t".contains(c) { ' ' } else { c }));
        }
        text.push('\n');
    }
    text
}
