//! What stands in plain text as a table or a form: rows with `;`, `|`, tabs or wide gaps between their cells, and lines of label and value.

use super::super::prose::pattern::pattern;
use super::cells;
use super::grid::Grid;
use super::grid::Naming;
use super::vocabulary;
use crate::domain::document::Cell;
use crate::domain::labels::Labels;
use jiff::civil::Date;

pattern!(
    DAY,
    r"(?i)\d{4}-\d\d-\d\d|\b20\d{6}\b|\b\d{1,2}\s?[/.]\s?\d{1,2}(?:\s?[-/. ]\s?(?:20)?\d\d\b)?|\b\d{1,2}(?::e)?\s+(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-z]*\.?(?:\s+20\d\d)?"
);

/// The first day in a few words.
pub(super) fn first_day(text: &str, on: Date) -> Option<(Date, f64)> {
    let near: String = text.chars().take(40).collect();
    let found = DAY.first(&near)?.get(0)?.as_str().trim().to_owned();
    cells::day(&found, on)
}

/// A text without its tables, and these.
pub(super) struct Parted {
    pub(super) rest: String,
    pub(super) grids: Vec<Grid>,
}

/// Takes the tables out of a text. A table begins with a line that names what stands in the lines below it.
pub(super) fn tables(text: &str, source: &str, naming: Naming, labels: Option<&Labels>) -> Parted {
    let lines: Vec<&str> = text.lines().collect();
    let mut parted = Parted { rest: String::new(), grids: Vec::new() };
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let header =
            [';', '\t', '|', ','].into_iter().find(|sign| is_header(line, Some(*sign), labels));
        let header = header.map(Some).or_else(|| is_header(line, None, labels).then_some(None));
        let Some(sign) = header else {
            parted.rest.push_str(line);
            parted.rest.push('\n');
            at += 1;
            continue;
        };
        let rows = rows(&lines[at..], sign);
        let (taken, cells) = rows;
        if cells.len() < 2 {
            parted.rest.push_str(line);
            parted.rest.push('\n');
            at += 1;
            continue;
        }
        let mut all = vec![Vec::new(); if naming == Naming::Rows { at } else { 0 }];
        all.extend(cells);
        parted.grids.push(Grid {
            name: String::new(),
            source: source.to_owned(),
            naming,
            rows: all,
        });
        at += taken;
    }
    parted
}

/// Whether a line names columns: three cells or more, nearly all of them known.
fn is_header(line: &str, sign: Option<char>, labels: Option<&Labels>) -> bool {
    if line.len() > 2000 || line.len() < 6 {
        return false;
    }
    let cells: Vec<String> = match sign {
        Some(sign) if line.contains(sign) => split(line, sign),
        Some(_) => return false,
        None => wide(line).into_iter().map(|(_, cell)| cell.to_owned()).collect(),
    };
    let filled: Vec<&String> = cells.iter().filter(|cell| !cell.trim().is_empty()).collect();
    if filled.len() < 2
        || filled.iter().any(|cell| cell.chars().count() > 40 || cell.ends_with(':'))
    {
        return false;
    }
    let known = filled.iter().filter(|cell| vocabulary::named(cell, labels).is_some()).count();
    known >= 2 && (known * 2 > filled.len() || (known >= 3 && known * 2 >= filled.len()))
}

/// The rows of a table from its header on, and how many lines they take.
fn rows(lines: &[&str], sign: Option<char>) -> (usize, Vec<Vec<Cell>>) {
    let mut read: Vec<Vec<Cell>> = Vec::new();
    let Some(header) = lines.first() else { return (0, read) };
    let starts: Vec<usize> = wide(header).iter().map(|(at, _)| *at).collect();
    let mut taken = 0;
    let mut blank = 0;
    for line in lines {
        let cells = match sign {
            Some(sign) if line.contains(sign) => split(line, sign),
            Some(_) => Vec::new(),
            None => aligned(line, &starts),
        };
        let ruled = !line.trim().is_empty()
            && line.trim().chars().all(|c| matches!(c, '-' | '=' | '+' | '|' | ' ' | ':' | '_'));
        if ruled {
            taken += 1;
            continue;
        }
        if cells.iter().filter(|cell| !cell.is_empty()).count() < 2 {
            // One empty line may stand within a table, as many a mail program doubles them.
            if line.trim().is_empty() && blank == 0 && !read.is_empty() {
                blank += 1;
                taken += 1;
                continue;
            }
            break;
        }
        blank = 0;
        taken += 1;
        read.push(cells.iter().map(|cell| Cell::text(cell)).collect());
    }
    (taken, read)
}

/// Cells parted by a sign; quotation marks keep it within one.
fn split(line: &str, sign: char) -> Vec<String> {
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
fn wide(line: &str) -> Vec<(usize, &str)> {
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

/// A line `label: value`, `LABEL=value` or `label<tab>value`; and whether `=` or a tab parts them, which no letter has by chance.
pub(super) fn pair(line: &str) -> Option<(String, String, bool)> {
    let line = line.trim();
    if line.is_empty() || line.len() > 600 {
        return None;
    }
    let equals = line.find('=').filter(|at| *at > 0 && *at < 50);
    let colon = line.find(':').filter(|at| *at > 0 && *at < 60);
    let tab = line.find('\t').filter(|at| *at > 0 && *at < 60);
    let at = [equals, colon, tab].into_iter().flatten().min()?;
    let label = line[..at].trim().trim_start_matches(['-', '*', '•', '·', ' ']);
    let value = line[at + 1..].trim().trim_start_matches([':', '=', '\t']).trim();
    Some((label.to_owned(), value.to_owned(), colon.is_none_or(|colon| colon > at)))
}

#[cfg(test)]
mod tests {
    use super::Naming;
    use super::tables;

    #[test]
    fn tables_stand_out_of_a_text() {
        for text in [
            "Hej,\n\nnamn;pnr;skuld\nTesta;1;2\nProvo;3;4\n\nHälsningar",
            "Hej,\n\n| Namn | Pnr | Skuld |\n|------|-----|-------|\n| Testa | 1 | 2 |\n| Provo | 3 | 4 |\n\nHälsningar",
            "Hej,\n\nNamn      Pnr   Skuld\nTesta     1     2\nProvo     3     4\n\nHälsningar",
            "Hej,\n\nNamn\tPnr\tSkuld\n\nTesta\t1\t2\n\nProvo\t3\t4\n\n\nHälsningar",
        ] {
            let parted = tables(text, "body", Naming::Text, None);
            assert_eq!(parted.grids.len(), 1, "{text}");
            assert_eq!(parted.grids[0].rows.len(), 3, "{text}");
            assert!(parted.grids[0].rows.iter().all(|row| row.len() == 3), "{text}");
            assert!(parted.rest.contains("Hej,") && parted.rest.contains("Hälsningar"), "{text}");
            assert!(!parted.rest.contains("Testa"), "{text}");
        }
        let none =
            tables("Hej, namn och adress\nkommer sedan, hyra också\n", "body", Naming::Text, None);
        assert!(none.grids.is_empty());
    }
}
