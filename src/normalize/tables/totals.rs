//! Rows of a table that are no household: its totals, held against the rows that they sum up, and the example of how to fill it in.

use super::cells;
use super::record::Record;
use super::row::AMOUNT;
use super::row::SUM;
use super::row::amount_of;
use crate::domain::document::Cell;
use crate::domain::money::Money;

/// Words for a total.
const TOTALS: &[&str] = &[
    "summa",
    "totalt",
    "totalsumma",
    "slutsumma",
    "total",
    "delsumma",
    "sum",
    "subtotal",
    "att betala",
    "varav",
    "grand total",
    "summering",
    "totalbelopp",
    "antal",
];

/// The same behind what they sum up: `Område Öst totalt`.
const BEHIND: &[&str] = &[" summa", " totalt", " totalsumma", " delsumma"];

/// Whether a row is a total: the word for one and figures, and neither a person nor a home nor a contract.
pub(super) fn is_total(cells: &[(usize, &Cell)], record: &Record) -> bool {
    // Whoever has a number of their own, a contract or an object is no sum, whatever is said of them.
    let somebody = ["persons.0.identity.value", "sender.reference", "dwelling.objectNumber"];
    if somebody.iter().filter_map(|path| record.get(path)).any(|text| !sums(text)) {
        return false;
    }
    let mut words = cells.iter().filter(|(_, cell)| is_words(cell));
    let first = words.next();
    words.next().is_none() && first.is_some_and(|(_, cell)| sums(cell.as_str()))
}

/// Whether a cell leads with the word for a total: `Summa att betala`, `Total (SEK)`; a tenant of such a name has another before it.
fn sums(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower.split(|c: char| !c.is_alphabetic() && c != ' ').map(str::trim).any(|part| {
        TOTALS.iter().any(|word| part == *word || part.starts_with(&format!("{word} ")))
            || BEHIND.iter().any(|word| part.ends_with(word))
    })
}

fn is_words(cell: &Cell) -> bool {
    let text = cell.as_str();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let money = ["kr", "sek", "kronor"].iter().any(|unit| text.to_lowercase().contains(unit));
    matches!(cell, Cell::Text(_)) && letters > 0 && !(money && letters <= 6)
}

/// A row that shows how to fill in the others.
pub(super) fn is_example(cells: &[(usize, &Cell)]) -> bool {
    cells.iter().any(|(_, cell)| {
        let text = cell.as_str().to_lowercase();
        let mask: String = text.chars().filter(|c| c.is_alphabetic()).collect();
        [
            "ååååmmdd",
            "ååmmdd",
            "yyyymmdd",
            "yymmdd",
            "förnamnefternamn",
            "efternamnförnamn",
            "namnnamnsson",
        ]
        .iter()
        .any(|word| mask.starts_with(word))
    })
}

/// Running totals, held against the table's own. `None`: beyond what can be counted.
pub(super) struct Sums {
    group: Option<i64>,
    all: Option<i64>,
}

impl Sums {
    pub(super) fn new() -> Self {
        Self { group: Some(0), all: Some(0) }
    }

    /// Adds a row.
    pub(super) fn add(&mut self, record: &Record) {
        let money = |path: &str| record.get(path).and_then(Money::parse).map(Money::ore);
        let months = || (0..record.periods).filter_map(|at| money(&amount_of(at)));
        let amount = match money(&amount_of(1)) {
            Some(_) => money(SUM).unwrap_or_else(|| months().sum()),
            None => money(AMOUNT).or_else(|| money(SUM)).unwrap_or(0),
        };
        let more = |sum: Option<i64>| sum.and_then(|sum| sum.checked_add(amount));
        (self.group, self.all) = (more(self.group), more(self.all));
    }

    /// Whether a total differs from its rows. Any figure that is the sum of its rows will do: totals of what was billed and paid stand beside it.
    pub(super) fn differs(&mut self, cells: &[(usize, &Cell)]) -> bool {
        let figures: Vec<i64> = cells
            .iter()
            .filter_map(|(_, cell)| cells::amount(cell.as_str()))
            .map(Money::ore)
            .collect();
        let fits = figures.iter().any(|at| Some(*at) == self.group || Some(*at) == self.all);
        self.group = Some(0);
        !figures.is_empty() && !fits && self.all.is_none_or(|all| all > 0)
    }
}
