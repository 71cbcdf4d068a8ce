//! The lines that an HTML mail becomes: words put together, and its tables row by row, labels beside their values.

use super::cards;

/// Lines that are kept.
const LINES_MAX: usize = 20_000;

/// Lines as they are made.
#[derive(Default)]
pub(super) struct Out {
    pub(super) lines: Vec<String>,
    pub(super) line: String,
    /// Levels of quotation, shown at the start of each line.
    pub(super) quoted: usize,
    /// A term stands on the line, and its value comes.
    pub(super) term: bool,
}

impl Out {
    pub(super) fn text(&mut self, text: &str) {
        for (at, word) in text.split_whitespace().enumerate() {
            let apart = at > 0 || text.starts_with(char::is_whitespace);
            if apart && !self.line.is_empty() && !self.line.ends_with([' ', '\t']) {
                self.line.push(' ');
            }
            self.line.push_str(word);
        }
        if text.ends_with(char::is_whitespace)
            && !self.line.is_empty()
            && !self.line.ends_with([' ', '\t'])
        {
            self.line.push(' ');
        }
    }

    /// Ends the line, if anything stands on it.
    pub(super) fn end(&mut self) {
        if !self.line.trim().is_empty() {
            self.push();
        }
        self.line.clear();
        self.term = false;
    }

    fn push(&mut self) {
        let line = std::mem::take(&mut self.line);
        let marks = "> ".repeat(self.quoted.min(5));
        if self.lines.len() < LINES_MAX {
            self.lines.push(format!("{marks}{}", line.trim_end_matches(' ')));
        }
    }

    /// An empty line, unless there is one.
    pub(super) fn part(&mut self) {
        self.end();
        if self.lines.last().is_some_and(|line| !line.is_empty()) {
            self.push();
        }
    }

    pub(super) fn add(&mut self, lines: Vec<String>) {
        self.end();
        for line in lines {
            self.line = line;
            self.push();
        }
    }
}

/// A cell that is open or read.
#[derive(Default)]
pub(super) struct Cell {
    pub(super) out: Out,
    /// A table stands in it.
    pub(super) nested: bool,
}

/// A table that is open.
#[derive(Default)]
pub(super) struct Open {
    rows: Vec<Vec<Cell>>,
    row: Vec<Cell>,
    pub(super) cell: Option<Cell>,
}

impl Open {
    pub(super) fn close_cell(&mut self) {
        if let Some(mut cell) = self.cell.take() {
            cell.out.end();
            if !cell.nested {
                cell.out.lines.retain(|line| !line.trim().is_empty());
            }
            self.row.push(cell);
        }
    }

    pub(super) fn close_row(&mut self) {
        self.close_cell();
        if !self.row.is_empty() {
            self.rows.push(std::mem::take(&mut self.row));
        }
    }

    /// The table line by line, and whether it told in cards.
    pub(super) fn lines(self) -> (Vec<String>, bool) {
        let nested = self.rows.iter().flatten().any(|cell| cell.nested);
        if !nested {
            let texts: cards::Rows = self
                .rows
                .iter()
                .map(|row| row.iter().map(|cell| cell.out.lines.clone()).collect())
                .collect();
            if let Some(pairs) = cards::pairs(&texts) {
                let line = |(label, value): (String, String)| match label.is_empty() {
                    true => value,
                    false => format!("{label}\t{value}"),
                };
                return (pairs.into_iter().flatten().map(line).collect(), true);
            }
        }
        (self.rows.into_iter().flat_map(row_lines).collect(), false)
    }
}

/// A row of a table: its cells below each other where it only lays out, label beside value where it tells so, else behind tabs.
fn row_lines(row: Vec<Cell>) -> Vec<String> {
    let filled = row.iter().filter(|cell| !cell.out.lines.is_empty()).count();
    if filled <= 1 || row.iter().any(|cell| cell.nested) {
        let mut lines: Vec<String> = row.into_iter().flat_map(|cell| cell.out.lines).collect();
        if lines.is_empty() {
            lines.push(String::new());
        }
        return lines;
    }
    let texts: Vec<String> = row.into_iter().map(|cell| cell.out.lines.join(", ")).collect();
    let label = |text: &String| cards::is_label(text) || text.ends_with(':');
    let paired = texts.len().is_multiple_of(2)
        && texts.chunks(2).all(|pair| matches!(pair, [one, two] if (label(one) && !label(two)) || (one.is_empty() && two.is_empty())));
    if paired {
        let told = texts.chunks(2).filter(|pair| !pair[0].is_empty());
        return told.map(|pair| pair.join("\t")).collect();
    }
    vec![texts.join("\t").trim_end().to_owned()]
}
