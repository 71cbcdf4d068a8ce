//! What stands in plain text as a table or a form: rows with `;`, `|`, tabs or wide gaps between their cells, and lines of label and value.

use super::super::prose::pattern::pattern;
use super::cells;
use super::grid::Grid;
use super::grid::Naming;
use super::inferred;
use super::list::leave;
use super::nobody;
use super::rows;
use super::rows::split;
use super::rows::wide;
use super::turned;
use super::vocabulary;
use crate::domain::finding::Finding;
use crate::domain::labels::Labels;
use jiff::civil::Date;
use std::borrow::Cow;

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
    /// Lines of a file that belong to a table by what stands in them, and fit into none.
    pub(super) left: Vec<Finding>,
}

/// Takes the tables out of a text. A table begins with a line that names what stands in the lines below it.
pub(super) fn tables(
    text: &str,
    source: &str,
    naming: Naming,
    (labels, on): (Option<&Labels>, Date),
) -> Parted {
    let lines: Vec<&str> = text.lines().collect();
    let mut parted = Parted { rest: String::new(), grids: Vec::new(), left: Vec::new() };
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let sign = sign_of(line, labels)
            .or_else(|| sign_by_rows(&lines[at..], labels, on))
            .or_else(|| turned::sign(&lines[at..], labels, on));
        let rows = sign.map(|sign| (sign, rows::rows(&lines[at..], sign, naming, labels)));
        let rows =
            rows.filter(|(_, rows)| rows.table.iter().filter(|row| !row.is_empty()).count() >= 2);
        let Some((_, rows)) = rows else {
            parted.rest.push_str(line);
            parted.rest.push('\n');
            at += 1;
            continue;
        };
        for (number, odd) in &rows.odd {
            parted.rest.push_str(odd);
            parted.rest.push('\n');
            if naming == Naming::Rows && tells(odd) {
                let prefix = if source == "body" { String::new() } else { format!("{source}/") };
                leave(
                    &mut parted.left,
                    "row",
                    "leftOver",
                    &format!("{prefix}row/{}", at + number + 1),
                );
            }
        }
        let mut all = vec![Vec::new(); if naming == Naming::Rows { at } else { 0 }];
        all.extend(rows.table);
        parted.grids.push(Grid {
            turned: false,
            name: String::new(),
            source: source.to_owned(),
            naming,
            rows: all,
        });
        at += rows.taken.max(1);
    }
    parted
}

/// Whether a line that is no row tells of somebody: a number of ten digits, or a name.
fn tells(line: &str) -> bool {
    let digits = line.chars().filter(char::is_ascii_digit).count();
    digits >= 10
        || line.split([';', '\t', '|']).any(|cell| nobody::is_person(cell.trim_matches('"')))
}

/// What parts the cells of a line that names columns: a sign, or wide gaps.
pub(super) fn sign_of(line: &str, labels: Option<&Labels>) -> Option<Option<char>> {
    let sign = [';', '\t', '|', ','].into_iter().find(|sign| is_header(line, Some(*sign), labels));
    sign.map(Some).or_else(|| is_header(line, None, labels).then_some(None))
}

/// What parts the cells of a line of headings that nobody foresaw, by what stands in the rows below it.
fn sign_by_rows(lines: &[&str], labels: Option<&Labels>, on: Date) -> Option<Option<char>> {
    let line = lines.first().filter(|line| (12..2000).contains(&line.len()))?;
    let apart = |line: &str, sign: Option<char>| match sign {
        Some(sign) => split(line, sign),
        None => wide(line).into_iter().map(|(_, cell)| cell.to_owned()).collect(),
    };
    let ruled = |line: &&&str| line.chars().any(char::is_alphanumeric);
    [Some(';'), Some('\t'), Some('|'), Some(','), None].into_iter().find(|sign| {
        let heads = apart(line, *sign);
        let plain = |cell: &String| {
            cell.chars().count() <= 40 && cell.bytes().filter(u8::is_ascii_digit).count() < 4
        };
        if heads.len() < 4 || !heads.iter().all(plain) {
            return false;
        }
        let below: Vec<Vec<String>> = lines
            .iter()
            .skip(1)
            .take(8)
            .filter(ruled)
            .map(|line| apart(line, *sign))
            .take_while(|cells| cells.len() == heads.len())
            .collect();
        let field = |(at, head): (usize, &String)| {
            let cells = below.iter().filter_map(|row| row.get(at));
            let values: Vec<&str> =
                cells.map(|cell| cell.trim()).filter(|it| !it.is_empty()).collect();
            vocabulary::named(head, labels).or_else(|| inferred::column(head, &values, on))
        };
        let fields: Vec<String> = match below.is_empty() {
            true => Vec::new(),
            false => heads.iter().enumerate().filter_map(field).collect(),
        };
        let filled = heads.iter().filter(|head| !head.is_empty()).count();
        let whose = fields.iter().any(|field| field.contains("identity.value"));
        whose && fields.len() >= 3 && fields.len() * 2 >= filled
    })
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

/// A line `label: value`, `LABEL=value` or `label<tab>value`; and whether `=` or a tab parts them, which no letter has by chance.
pub(super) fn pair(line: &str) -> Option<(String, String, bool)> {
    let line = line.trim();
    if line.is_empty() || line.len() > 600 {
        return None;
    }
    let equals = line.find('=').filter(|at| *at > 0 && *at < 50);
    let colon = line.find(':').filter(|at| *at > 0 && *at < 60);
    let tab = line.find('\t').filter(|at| *at > 0 && *at < 90);
    let at = [equals, colon, tab].into_iter().flatten().min()?;
    let label = line[..at].trim().trim_start_matches(['-', '*', '•', '·', ' ']);
    let value = line[at + 1..].trim().trim_start_matches([':', '=', '\t']).trim();
    Some((label.to_owned(), value.to_owned(), colon.is_none_or(|colon| colon > at)))
}

/// A line of several labels, each with its value behind a tab, as so many lines: `Lgh<tab>1301<tab>Objekt<tab>2007-31`.
pub(super) fn spread(line: &str) -> Vec<Cow<'_, str>> {
    let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
    let filled = |cell: &&&str| !cell.is_empty();
    let cells: Vec<&str> = cells.iter().filter(filled).copied().collect();
    let pairs = cells.chunks(2).all(|pair| match pair {
        [label, value] => super::cards::is_label(label) && !super::cards::is_label(value),
        _ => false,
    });
    if cells.len() < 4 || !pairs {
        return vec![Cow::Borrowed(line)];
    }
    cells.chunks(2).map(|pair| Cow::Owned(pair.join("\t"))).collect()
}

#[cfg(test)]
mod tests {
    use super::Naming;
    use super::tables;

    #[test]
    fn tables_stand_out_of_a_text() {
        let on = "2026-11-16".parse().unwrap();
        for text in [
            "Hej,\n\nnamn;pnr;skuld\nTesta;1;2\nProvo;3;4\n\nHälsningar",
            "Hej,\n\n| Namn | Pnr | Skuld |\n|------|-----|-------|\n| Testa | 1 | 2 |\n| Provo | 3 | 4 |\n\nHälsningar",
            "Hej,\n\nNamn      Pnr   Skuld\nTesta     1     2\nProvo     3     4\n\nHälsningar",
            "Hej,\n\nNamn\tPnr\tSkuld\n\nTesta\t1\t2\n\nProvo\t3\t4\n\n\nHälsningar",
        ] {
            let parted = tables(text, "body", Naming::Text, (None, on));
            assert_eq!(parted.grids.len(), 1, "{text}");
            assert_eq!(parted.grids[0].rows.len(), 3, "{text}");
            assert!(parted.grids[0].rows.iter().all(|row| row.len() == 3), "{text}");
            assert!(parted.rest.contains("Hej,") && parted.rest.contains("Hälsningar"), "{text}");
            assert!(!parted.rest.contains("Testa"), "{text}");
        }
        let none = tables(
            "Hej, namn och adress\nkommer sedan, hyra också\n",
            "body",
            Naming::Text,
            (None, on),
        );
        assert!(none.grids.is_empty());
    }
}
