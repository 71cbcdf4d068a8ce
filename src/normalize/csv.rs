//! CSV notices: a header row, then one notice a row (Message Translator). `schemas/notice.v1.csv.md` is its description.
//!
//! What spreadsheets do is normal here and no finding: semicolons, decimal commas, Windows-1252, `Testsson, Testa`.

use super::Context;
use super::Input;
use super::Reading;
use super::Trouble;
use super::csv_columns::Columns;
use super::csv_row;
use super::encoding::Allowed;
use super::found;
use super::prose::Letter;
use super::tables;
use super::tables::Material;
use super::tables::Told;
use crate::domain::finding::Finding;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeType;
use crate::domain::received::Format;
use csv::ReaderBuilder;
use csv::StringRecord;

/// The header stands in one of the first rows; spreadsheets have titles above it.
const HEADER_WITHIN: usize = 10;

/// Reads one notice a row.
pub(super) fn read(input: &Input<'_>, context: &Context<'_>) -> Result<Reading, Trouble> {
    let mut decoded = super::decoded(input, Allowed::Any)?;
    // Windows-1252 is what a spreadsheet writes: nothing to remark on.
    decoded.guessed = false;
    if let Some((mut notices, left)) = foreign(&decoded.text, input.source, context) {
        if input.strict && left.iter().any(|finding| finding.code.ends_with(".tooMany")) {
            return Err(Trouble::too_many());
        }
        if !left.is_empty() {
            let mut rest = found::as_file(input.raw, Format::Csv.media_type(), context);
            rest.findings.extend(left);
            notices.push(rest);
        }
        return Ok(super::reading(notices));
    }
    let records = records(&decoded.text, context.limits.notices)?;
    let header = records.iter().take(HEADER_WITHIN).position(|row| Columns::of(row).is_header());
    let Some(header) = header else {
        return Err(Trouble::not_readable(
            "The CSV file has no header row with known columns; see schemas/notice.v1.csv.md.",
        ));
    };
    let (head, rows) = records.split_at(header + 1);
    let columns = head.last().map(Columns::of).unwrap_or_default();
    let mut found = super::Found::default();
    let mut none = true;
    for (at, row) in rows.iter().enumerate() {
        if row.iter().all(|cell| cell.trim().is_empty()) || csv_row::is_total(row) {
            continue;
        }
        found.add(csv_row::notice(&columns, row, at + 1, input, context));
        none = false;
    }
    if none {
        return Err(Trouble::not_readable("The CSV file has a header row and no row below it."));
    }
    Ok(super::reading(found.finish(&decoded)?))
}

/// A table whose headings are not those of our CSV, and that the reader of tables knows all the same.
fn foreign(text: &str, source: &str, context: &Context<'_>) -> Option<(Vec<Notice>, Vec<Finding>)> {
    if !tables::is_foreign_table(text, context) {
        return None;
    }
    let letter = Letter { text, ..Letter::default() };
    let material = Material { letter, file: true, ..Material::default() };
    let Told { notices: mut told, left, .. } = tables::read(&material, context);
    let known = told.iter().any(|notice| notice.kind != NoticeType::Unknown);
    for evidence in told.iter_mut().flat_map(|notice| notice.evidence.values_mut()) {
        if source != "body" {
            evidence.source = format!("{source}/{}", evidence.source);
        }
    }
    known.then_some((told, left))
}

fn records(text: &str, limit: usize) -> Result<Vec<StringRecord>, Trouble> {
    let (text, delimiter) = delimited(text);
    // With an odd number of quotation marks one of them opens a cell that nothing closes and that swallows the other rows.
    let quoting = text.bytes().filter(|byte| *byte == b'"').count() % 2 == 0;
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .quoting(quoting)
        .from_reader(text.as_bytes());
    let mut records = Vec::new();
    for record in reader.records() {
        let record =
            record.map_err(|_| Trouble::not_readable("The CSV file cannot be split into rows."))?;
        if records.len() > limit + HEADER_WITHIN {
            return Err(Trouble::too_many());
        }
        records.push(record);
    }
    Ok(records)
}

/// The text without Excel's `sep=` line, and what parts its cells.
fn delimited(text: &str) -> (&str, u8) {
    if let Some(rest) = text.strip_prefix("sep=")
        && let Some((sign, rest)) = rest.split_once('\n')
        && let [delimiter] = sign.trim_end_matches('\r').as_bytes()
    {
        return (rest, *delimiter);
    }
    let lines = text.lines().take(HEADER_WITHIN);
    let mut best = (b';', 0);
    for line in lines {
        for sign in [b';', b'\t', b','] {
            let count = line.bytes().filter(|byte| *byte == sign).count();
            if count > best.1 {
                best = (sign, count);
            }
        }
        // The first line with known headings decides; a comma in a title above it does not.
        if best.1 > 0 && known_headings(line, best.0) {
            return (text, best.0);
        }
    }
    (text, best.0)
}

fn known_headings(line: &str, delimiter: u8) -> bool {
    let cells: StringRecord = line.split(char::from(delimiter)).map(unquoted).collect();
    Columns::of(&cells).is_header()
}

fn unquoted(cell: &str) -> &str {
    cell.trim().trim_matches('"')
}

/// Whether the text begins with a row of our headings; used to tell our files from others.
pub(super) fn looks_like_ours(text: &str) -> bool {
    let (text, delimiter) = delimited(text);
    text.lines()
        .take(HEADER_WITHIN)
        .any(|line| line.contains(char::from(delimiter)) && known_headings(line, delimiter))
}
