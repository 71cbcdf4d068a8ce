//! The tables of an HTML mail, cell by cell. Only the innermost ones are data; those around them are the mail's layout. One walk over the tags,
//! whatever they are worth.

use super::cards;
use super::grid::Grid;
use super::grid::Naming;
use crate::domain::document::Cell;

/// So much HTML is looked through.
const HTML_BYTES: usize = 512 * 1024;
/// Tables, and rows of each, that are kept.
const TABLES_MAX: usize = 100;
const ROWS_MAX: usize = 10_000;
/// Tables within tables.
const NESTED_MAX: usize = 40;
/// Where an older mail begins.
const QUOTED: &[&str] = &[
    "<blockquote",
    "gmail_quote",
    "divrplyfwdmsg",
    "-----ursprungligt meddelande",
    "-----original message",
    "border-top:solid #e1e1e1",
    "border-top:solid #b5c4df",
    "yahoo_quoted",
    "moz-cite-prefix",
];

/// A table that is open.
#[derive(Default)]
struct Open {
    rows: Vec<Vec<Cell>>,
    row: Vec<Cell>,
    cell: Option<String>,
    nested: bool,
    /// There are more rows than are kept.
    cut: bool,
}

impl Open {
    fn close_cell(&mut self) {
        if let Some(cell) = self.cell.take() {
            let text = super::super::prose::mended(&cell);
            let text = text
                .lines()
                .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
                .filter(|line| !line.is_empty())
                .collect::<Vec<_>>()
                .join("\n");
            self.row.push(Cell::text(&text));
        }
    }

    fn close_row(&mut self) {
        self.close_cell();
        self.cut |= !self.row.is_empty() && self.rows.len() >= ROWS_MAX;
        if !self.row.is_empty() && self.rows.len() < ROWS_MAX {
            self.rows.push(std::mem::take(&mut self.row));
        }
        self.row.clear();
    }
}

/// The tables of a mail.
pub(super) struct Found {
    pub(super) grids: Vec<Grid>,
    /// There is more than was looked at.
    pub(super) cut: bool,
}

/// The tables of what is said now; with `forwarded`, also of the mail that is passed on.
pub(super) fn tables(html: &str, source: &str, forwarded: bool) -> Found {
    let (start, cut) = super::super::build::shorten(html, HTML_BYTES);
    let lower = start.to_ascii_lowercase();
    let end = QUOTED
        .iter()
        .filter_map(|mark| lower.find(mark))
        .min()
        .filter(|_| !forwarded)
        .unwrap_or(start.len());
    // What is cut off behind the mark of an older mail is not missed.
    let cut = cut && end == start.len();
    let mut walk = Walk { source, cut, ..Walk::default() };
    for (at, piece) in start.get(..end).unwrap_or_default().split('<').enumerate() {
        let (tag, text) = match piece.split_once('>') {
            Some((tag, text)) if at > 0 => (tag, text),
            Some(_) | None if at == 0 => ("", piece),
            Some(_) | None => continue,
        };
        walk.tag(tag);
        walk.text(text);
    }
    // A table that nothing closes ends with the text.
    while !walk.stack.is_empty() {
        walk.close_table();
    }
    Found { grids: walk.found, cut: walk.cut }
}

/// The walk over the tags.
#[derive(Default)]
struct Walk<'a> {
    source: &'a str,
    /// The tables that are open, the innermost last.
    stack: Vec<Open>,
    found: Vec<Grid>,
    /// What stands here nobody sees.
    hidden: bool,
    /// There is more than is kept.
    cut: bool,
}

impl Walk<'_> {
    fn tag(&mut self, tag: &str) {
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_ascii_lowercase();
        match (name.as_str(), tag.starts_with('/')) {
            ("style" | "script" | "head", closing) => self.hidden = !closing,
            ("table", false) => self.open_table(),
            ("table", true) => self.close_table(),
            ("tr", _) => {
                if let Some(open) = self.stack.last_mut() {
                    open.close_row();
                }
            }
            ("td" | "th", closing) => {
                if let Some(open) = self.stack.last_mut() {
                    open.close_cell();
                    open.cell = (!closing).then(String::new);
                }
            }
            ("br" | "p" | "div" | "li", _) => {
                if let Some(cell) = self.cell() {
                    cell.push('\n');
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if !self.hidden
            && let Some(cell) = self.cell()
        {
            cell.push_str(&plain(text));
        }
    }

    /// The cell that is open.
    fn cell(&mut self) -> Option<&mut String> {
        self.stack.last_mut()?.cell.as_mut()
    }

    fn open_table(&mut self) {
        if let Some(outer) = self.stack.last_mut() {
            outer.nested = true;
        }
        if self.stack.len() < NESTED_MAX {
            self.stack.push(Open::default());
        } else {
            self.cut = true;
        }
    }

    fn close_table(&mut self) {
        let Some(mut open) = self.stack.pop() else { return };
        open.close_row();
        let data = !open.nested && open.rows.iter().any(|row| row.len() > 1);
        self.cut |= data && (open.cut || self.found.len() >= TABLES_MAX);
        if data && self.found.len() < TABLES_MAX {
            let rows = match as_form(&open.rows) {
                Some(rows) => rows,
                None => open.rows,
            };
            self.found.push(Grid {
                turned: false,
                name: String::new(),
                source: self.source.to_owned(),
                naming: Naming::Text,
                rows,
            });
        }
    }
}

/// The rows of a table of cards, each a label with its value beside it.
fn as_form(rows: &[Vec<Cell>]) -> Option<Vec<Vec<Cell>>> {
    let lines = |cell: &Cell| cell.as_str().lines().map(str::to_owned).collect();
    let rows = rows.iter().map(|row| row.iter().map(lines).collect()).collect();
    let pairs = cards::pairs(&rows)?.into_iter().flatten();
    let row = |(label, value): (String, String)| vec![Cell::text(&label), Cell::text(&value)];
    Some(pairs.map(row).collect())
}

/// Text without its character references.
pub(super) fn plain(text: &str) -> String {
    if !text.contains('&') {
        return text.replace(['\r', '\n', '\t'], " ");
    }
    let mut out = String::with_capacity(text.len());
    for (at, piece) in text.split('&').enumerate() {
        if at == 0 {
            out.push_str(piece);
            continue;
        }
        let end = piece.char_indices().take(12).find(|(_, c)| *c == ';').map(|(end, _)| end);
        match end.and_then(|end| Some((reference(&piece[..end])?, &piece[end + 1..]))) {
            Some((c, rest)) => {
                out.push(c);
                out.push_str(rest);
            }
            None => {
                out.push('&');
                out.push_str(piece);
            }
        }
    }
    out.replace(['\r', '\n', '\t'], " ")
}

fn reference(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    Some(match name {
        "aring" => 'å',
        "auml" => 'ä',
        "ouml" => 'ö',
        "Aring" => 'Å',
        "Auml" => 'Ä',
        "Ouml" => 'Ö',
        "eacute" => 'é',
        "Eacute" => 'É',
        "uuml" => 'ü',
        "aelig" => 'æ',
        "oslash" => 'ø',
        "nbsp" => ' ',
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "ndash" | "mdash" => '-',
        "sect" => '§',
        "middot" | "bull" => '·',
        "hellip" => '…',
        "rsquo" | "lsquo" => '\'',
        "ldquo" | "rdquo" | "laquo" | "raquo" => '"',
        "euro" => '€',
        "shy" => '\u{ad}',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::tables;

    #[test]
    fn innermost_tables_of_what_is_said_now_are_read() {
        let html = "<html><style>td{}</style><table><tr><td><table><tr><th>Hyresg&auml;st</th><th>Skuld</th></tr><tr><td>Testa<br>Testsson<td>8&nbsp;912 kr</table></td></tr></table><blockquote><table><tr><td>a<td>b</table></blockquote>";
        let found = tables(html, "body", false).grids;
        assert_eq!(found.len(), 1);
        let rows: Vec<Vec<&str>> = found[0]
            .rows
            .iter()
            .map(|row| row.iter().map(|cell| cell.as_str()).collect())
            .collect();
        assert_eq!(rows, [vec!["Hyresgäst", "Skuld"], vec!["Testa\nTestsson", "8 912 kr"]]);
        assert_eq!(tables(html, "body", true).grids.len(), 2);
        for hostile in [
            "<table>".repeat(5000),
            "<td>".repeat(5000),
            "<table><tr><td>&#xffffffff;&;<".repeat(500),
        ] {
            tables(&hostile, "body", false);
        }
    }
}
