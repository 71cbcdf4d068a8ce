//! The rows of a table in plain text, from the line that names its columns on. A line that is no row does not end the table as long as rows follow:
//! the name of a part of the list, a remark, an empty line.

use super::grid::Naming;
use super::lines::sign_of;
use crate::domain::document::Cell;
use crate::domain::labels::Labels;
use csv::ReaderBuilder;

/// In a letter the text goes on behind so many lines that are no rows; a file is a table to its end.
const ODD_MAX: usize = 3;

/// Empty lines in a row within a table of a letter.
const BLANK_MAX: usize = 2;

/// Rows, and the lines between them that are none.
#[derive(Default)]
pub(super) struct Rows {
    /// In a file a row stands at its line, and the others are empty.
    pub(super) table: Vec<Vec<Cell>>,
    /// Lines between them, by their number from the header on.
    pub(super) odd: Vec<(usize, String)>,
    /// How many lines they take.
    pub(super) taken: usize,
}

/// The rows of a table whose header is the first line.
pub(super) fn rows(
    lines: &[&str],
    sign: Option<char>,
    naming: Naming,
    labels: Option<&Labels>,
) -> Rows {
    match sign {
        Some(sign) if naming == Naming::Rows && sign != '|' => of_file(lines, sign, labels),
        Some(_) | None => of_text(lines, sign, naming, labels),
    }
}

/// The rows of a file: what stands in quotation marks may go on over several lines.
fn of_file(lines: &[&str], sign: char, labels: Option<&Labels>) -> Rows {
    let mut rows = Rows::default();
    // Another header begins another table.
    let next = lines.iter().skip(1).position(|line| sign_of(line, labels).is_some());
    let header = lines.first().map(|line| split(line, sign)).unwrap_or_default();
    let repeated = |line: &str| split(line, sign) == header;
    let end = match next.map(|at| at + 1) {
        Some(at) if !lines.get(at).is_some_and(|line| repeated(line)) => at,
        Some(_) | None => lines.len(),
    };
    let text = lines[..end].join("\n");
    let quoting = text.bytes().filter(|byte| *byte == b'"').count() % 2 == 0;
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(u8::try_from(sign).unwrap_or(b';'))
        .quoting(quoting)
        .from_reader(text.as_bytes());
    for record in reader.records().map_while(Result::ok) {
        let line = record.position().map_or(0, |at| at.line().saturating_sub(1));
        let line = usize::try_from(line).unwrap_or(usize::MAX);
        let filled = record.iter().filter(|cell| !cell.trim().is_empty()).count();
        let ruled = record.iter().all(is_rule);
        if filled < 2 {
            let words: Vec<&str> = record.iter().filter(|cell| !cell.trim().is_empty()).collect();
            let alone = record.len() < 2 || header.len() < 2;
            if alone && !words.is_empty() && !ruled {
                rows.odd.push((line, words.join(" ")));
                continue;
            }
        }
        if ruled || line >= lines.len() {
            continue;
        }
        rows.table.resize(line.max(rows.table.len()), Vec::new());
        rows.table.push(record.iter().map(|cell| Cell::text(cell.trim())).collect());
    }
    rows.taken = end;
    rows
}

fn is_rule(cell: &str) -> bool {
    let cell = cell.trim();
    cell.chars().all(|c| matches!(c, '-' | '=' | '+' | '|' | ' ' | ':' | '_'))
}

/// The rows of a table in a text.
fn of_text(lines: &[&str], sign: Option<char>, naming: Naming, labels: Option<&Labels>) -> Rows {
    let mut rows = Rows::default();
    let Some(header) = lines.first() else { return rows };
    let starts: Vec<usize> = wide(header).iter().map(|(at, _)| *at).collect();
    let columns = sign.map_or(starts.len(), |sign| split(header, sign).len());
    let most = if naming == Naming::Rows { usize::MAX } else { ODD_MAX };
    // Lines since the last row: they belong to the table only where another row follows.
    let mut odd: Vec<(usize, String)> = Vec::new();
    let mut blank = 0;
    for (at, line) in lines.iter().enumerate() {
        if at > 0 && !odd.is_empty() && sign_of(line, labels).is_some() {
            break;
        }
        if !line.trim().is_empty() && is_rule(line) {
            if odd.is_empty() {
                rows.taken = at + 1;
            }
            continue;
        }
        let cells = match sign {
            Some(sign) if line.contains(sign) => split(line, sign),
            Some(_) => Vec::new(),
            None => aligned(line, &starts),
        };
        let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
        // Behind a line that is no row only what fills the columns is one again.
        let fits = match (odd.is_empty(), sign) {
            (true, _) => filled >= 2,
            (false, Some(_)) => cells.len() == columns && filled >= 2,
            (false, None) => wide(line).len() == columns && columns >= 3,
        };
        if !fits {
            if line.trim().is_empty() {
                blank += 1;
            } else {
                blank = 0;
                odd.push((at, (*line).to_owned()));
            }
            // Two empty lines end it, as many a mail program doubles them.
            if odd.len() > most || (naming != Naming::Rows && blank > BLANK_MAX) {
                break;
            }
            continue;
        }
        blank = 0;
        rows.odd.append(&mut odd);
        rows.taken = at + 1;
        if naming == Naming::Rows {
            rows.table.resize(at.max(rows.table.len()), Vec::new());
        }
        rows.table.push(cells.iter().map(|cell| Cell::text(cell)).collect());
    }
    rows
}

/// Cells parted by a sign; quotation marks keep it within one.
pub(super) fn split(line: &str, sign: char) -> Vec<String> {
    let mut cells = Vec::new();
    let mut cell = String::new();
    let mut quoted = false;
    let odd = line.matches('"').count() % 2 == 1;
    let line = if sign == '|' { line.trim().trim_matches('|') } else { line };
    for c in line.chars() {
        match c {
            '"' if !odd => quoted = !quoted,
            c if c == sign && !quoted => cells.push(std::mem::take(&mut cell)),
            c => cell.push(c),
        }
    }
    cells.push(cell);
    cells.into_iter().map(|cell| cell.trim().to_owned()).collect()
}

/// Cells parted by two spaces or more, with the columns at which they begin.
pub(super) fn wide(line: &str) -> Vec<(usize, &str)> {
    let mut cells = Vec::new();
    let mut start: Option<(usize, usize)> = None;
    let (mut spaces, mut column, mut end) = (0, 0, 0);
    for (at, c) in line.char_indices() {
        if c == ' ' || c == '\t' {
            spaces += if c == '\t' { 2 } else { 1 };
        } else {
            if spaces >= 2
                && let Some((from, place)) = start.take()
            {
                cells.push((place, line[from..end].trim()));
            }
            if start.is_none() {
                start = Some((at, column));
            }
            spaces = 0;
            end = at + c.len_utf8();
        }
        column += 1;
    }
    if let Some((from, place)) = start {
        cells.push((place, line[from..end].trim()));
    }
    cells
}

/// The cells of a row below headings that begin at these columns.
fn aligned(line: &str, starts: &[usize]) -> Vec<String> {
    let cells = wide(line);
    if cells.len() == starts.len() {
        return cells.into_iter().map(|(_, cell)| cell.to_owned()).collect();
    }
    let mut row = vec![String::new(); starts.len()];
    for (place, cell) in cells {
        let nearest = starts
            .iter()
            .enumerate()
            .min_by_key(|(_, start)| start.abs_diff(place))
            .map(|(at, _)| at);
        if let Some(slot) = nearest.and_then(|at| row.get_mut(at)) {
            if !slot.is_empty() {
                slot.push(' ');
            }
            slot.push_str(cell);
        }
    }
    row
}
