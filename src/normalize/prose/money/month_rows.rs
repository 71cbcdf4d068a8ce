//! A debt listed by month in rows under headings: which column is owed, when each was due, and the rent they tell.

use super::super::seen::Seen;
use super::super::seen::Sheet;
use super::amount_words;
use super::month_headings::AMOUNT;
use super::month_headings::LEFT;
use super::month_headings::MONTH;
use super::month_words;
use crate::domain::money::Money;
use crate::normalize::period;
use crate::normalize::swedish::amounts::read_amount;
use crate::normalize::swedish::dates::read_date;
use jiff::civil::Date;

/// No debt is listed over more months than this.
const MOST: usize = 120;

/// One month's row.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// `2026-09`, with the line it stands on.
    pub(super) month: Seen<String>,
    pub(super) due: Option<Date>,
    /// What is owed for it.
    pub(super) owed: Money,
}

/// The rows of a sheet's list.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    pub(super) rows: Vec<Row>,
    /// Where the list begins and ends in the sheet.
    pub(super) span: (usize, usize),
    /// What each month costs, where all rows say the same and the column is not what is left.
    pub(super) monthly: Option<Money>,
    /// A line below says the same sum as the rows.
    pub(super) summed: bool,
}

/// The columns of a heading.
struct Heading {
    /// The places of the amounts' columns, and their names.
    amounts: Vec<(usize, String)>,
    /// Columns stand between tabs: a cell's place counts.
    tabs: bool,
}

/// The list of months in a sheet, if it has one.
pub(super) fn rows(sheet: &Sheet, on: Date) -> Rows {
    let mut found = Rows::default();
    let mut heading: Option<Heading> = None;
    let mut billed: Vec<Money> = Vec::new();
    let mut strange = 0;
    let mut at = 0;
    let piped = sheet.text.contains("| ");
    let text = if piped { sheet.text.replace('|', "\t") } else { sheet.text.clone() };
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let Some(known) = &heading else {
            heading = heading_of(line);
            if heading.is_some() {
                found.span = (start, at);
            }
            continue;
        };
        if billed.len() >= MOST {
            break;
        }
        if let Some((month, due, owed, first)) = row(line, known, on) {
            strange = 0;
            found.span.1 = at;
            billed.push(first);
            if owed.ore() > 0 {
                let month = Seen::on(sheet, start, line, month, 0.98);
                found.rows.push(Row { month, due, owed });
            }
        } else if found.rows.is_empty() && billed.is_empty() {
            heading = heading_of(line);
            found.span = (start, at);
        } else {
            strange += 1;
            let total: i64 = found.rows.iter().map(|row| row.owed.ore()).sum();
            let said =
                cells(line).iter().any(|cell| money(cell).is_some_and(|sum| sum.ore() == total));
            if said {
                (found.summed, found.span.1) = (true, at);
            }
            if strange > 3 || line.trim().is_empty() {
                break;
            }
        }
    }
    if found.rows.is_empty() && billed.is_empty() {
        return bare(sheet, &text, on);
    }
    let several = heading.is_some_and(|heading| heading.amounts.len() > 1);
    if let Some(first) = billed.first()
        && several
        && billed.iter().all(|one| one == first)
        && first.ore() > 0
    {
        found.monthly = Some(*first);
    }
    found
}

/// Lines of a month and its sum below each other, without a heading: `Januari 2026 | 5 930,00 kr`.
fn bare(sheet: &Sheet, text: &str, on: Date) -> Rows {
    let mut found = Rows::default();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if line.trim().is_empty() {
            continue;
        }
        let row =
            match cells(line).iter().filter(|cell| !cell.is_empty()).collect::<Vec<_>>().as_slice()
            {
                [month, sum] => month_in(month, on).zip(money(sum)),
                _ => None,
            };
        match row.filter(|(_, owed)| owed.ore() > 0) {
            Some((month, owed)) if found.rows.len() < MOST => {
                if found.rows.is_empty() {
                    found.span.0 = start;
                }
                found.span.1 = at;
                let month = Seen::on(sheet, start, line, month, 0.97);
                found.rows.push(Row { month, due: None, owed });
            }
            _ if found.rows.len() > 1 => break,
            _ => found = Rows::default(),
        }
    }
    if found.rows.len() > 1 { found } else { Rows::default() }
}

fn cells(line: &str) -> Vec<&str> {
    match line.contains('\t') {
        true => line.split('\t').map(str::trim).collect(),
        false => line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect(),
    }
}

fn heading_of(line: &str) -> Option<Heading> {
    if line.chars().any(|c| c.is_ascii_digit()) || line.len() > 300 {
        return None;
    }
    let names: Vec<String> = cells(line).iter().map(|cell| cell.to_lowercase()).collect();
    if names.len() < 2 {
        return None;
    }
    let plain =
        |name: &str| name.trim_end_matches([':', '.']).replace("(kr)", "").trim().to_owned();
    let month = names.iter().position(|name| MONTH.contains(&plain(name).as_str()))?;
    let amounts: Vec<(usize, String)> = names
        .iter()
        .enumerate()
        .map(|(at, name)| (at, plain(name)))
        .filter(|(at, name)| *at != month && AMOUNT.contains(&name.as_str()))
        .collect();
    (!amounts.is_empty()).then(|| Heading { amounts, tabs: line.contains('\t') })
}

/// A row's month, its due day, what is owed and the first of its amounts.
fn row(line: &str, heading: &Heading, on: Date) -> Option<(String, Option<Date>, Money, Money)> {
    let cells = cells(line);
    let month = cells.iter().find_map(|cell| month_in(cell, on))?;
    let due =
        cells.iter().find_map(|cell| read_date(cell).filter(|_| month_in(cell, on).is_none()));
    let amounts: Vec<Option<Money>> = match heading.tabs && line.contains('\t') {
        true => {
            let at = |(at, _): &(usize, String)| cells.get(*at).and_then(|cell| money(cell));
            heading.amounts.iter().map(at).collect()
        }
        false => cells
            .iter()
            .filter(|cell| month_in(cell, on).is_none() && read_date(cell).is_none())
            .filter(|cell| cell.len() != 8 || cell.contains([',', ' ', '.']))
            .map(|cell| money(cell))
            .filter(Option::is_some)
            .collect(),
    };
    let left = heading.amounts.iter().position(|(_, name)| LEFT.contains(&name.as_str()));
    let first = amounts.iter().flatten().next().copied()?;
    let owed = match left {
        Some(left) => amounts.get(left).copied().flatten()?,
        None if heading.amounts.len() == 1 => first,
        // Billed and paid: what is left is the difference.
        None => {
            let paid = heading
                .amounts
                .iter()
                .position(|(_, name)| name.contains("betalt") || name == "paid")?;
            let paid = amounts.get(paid).copied().flatten()?;
            Money::from_ore(first.ore().checked_sub(paid.ore())?)
        }
    };
    Some((month, due, owed, first))
}

fn month_in(cell: &str, on: Date) -> Option<String> {
    if cell.len() > 24 || read_date(cell).is_some() {
        return None;
    }
    if let Some(month) = period::read(cell) {
        return Some(month);
    }
    let text = format!("hyra {cell} ");
    let found = month_words::months(&text, &[], on);
    match found.as_slice() {
        [one] if one.list.len() == 1 => one.list.first().cloned(),
        _ => None,
    }
}

fn money(cell: &str) -> Option<Money> {
    let cell = cell.trim();
    // `4470011026` is a payment's number.
    let number = cell.len() > 7 && cell.bytes().all(|byte| byte.is_ascii_digit());
    if let Some(money) = read_amount(cell).filter(|_| !number) {
        return Some(money);
    }
    match amount_words::amounts(cell).as_slice() {
        [one] if one.at == 0 && one.end == cell.len() && !number => Some(one.money),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::rows;
    use crate::normalize::prose::seen::Sheet;

    #[test]
    fn a_list_by_month_tells_what_is_left() {
        let on = "2026-11-03".parse().unwrap();
        for text in [
            "Avi   Avser     Förfallodag   Belopp\n26091104  2026-10  2026-09-30   8 240,00\n26101107  2026-11  2026-10-30  8 240,00\n       Summa  16 480,00\n",
            "Månad\tFörfallodag\tBelopp\tBetalt\tKvar\n2026-09\t2026-08-31\t9800\t9800\t0\n2026-10\t2026-09-30\t9800\t1560\t8240\nnov 2026\t2026-10-30\t9800\t1560\t8240\nSumma\t\t29400\t12920\t16480",
        ] {
            let found = rows(&Sheet::body(text), on);
            let list: Vec<(String, String, String)> = found
                .rows
                .iter()
                .map(|row| {
                    let due = row.due.map(|due| due.to_string()).unwrap_or_default();
                    (row.month.value.clone(), due, row.owed.to_string())
                })
                .collect();
            let row =
                |month: &str, due: &str| (month.to_owned(), due.to_owned(), "8240.00".to_owned());
            assert_eq!(
                list,
                [row("2026-10", "2026-09-30"), row("2026-11", "2026-10-30")],
                "{text}"
            );
            assert!(found.summed, "{text}");
        }
        assert!(rows(&Sheet::body("Hej, hyran för oktober saknas."), on).rows.is_empty());
    }

    #[test]
    fn months_with_their_sums_are_a_list_without_a_heading() {
        let on = "2026-03-20".parse().unwrap();
        let text = "Hyran har inte kommit in:\n\nJanuari 2026\t5 930,00 kr\nFebruari 2026\t5 930,00 kr\nRänta\t214,00 kr\n";
        let found = rows(&Sheet::body(text), on);
        let list: Vec<&str> = found.rows.iter().map(|row| row.month.value.as_str()).collect();
        assert_eq!(list, ["2026-01", "2026-02"]);
        let one = rows(&Sheet::body("Januari 2026\t5 930,00 kr\nRänta\t214,00 kr\n"), on);
        assert!(one.rows.is_empty(), "one line is no list");
    }
}
