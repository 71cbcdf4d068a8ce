//! Rows of a list that say of themselves that they are no notice: struck out, paid and taken off, told before, only there for order's sake. And the
//! total below a list that has no word for it.

use super::cells;
use super::grid::Grid;
use super::record::Record;
use crate::domain::document::Cell;
use crate::domain::labels::folded;
use std::collections::HashMap;

/// Words with which a row takes itself off the list, at the start of a part of its remark.
const OFF: &[&str] = &[
    "stryks",
    "struken",
    "struket",
    "stryk denna",
    "ska strykas",
    "kan strykas",
    "utgar",
    "utgatt",
    "ej aktuell",
    "inte aktuell",
    "ej langre aktuell",
    "inte langre aktuell",
    "ska inte med",
    "ska ej med",
    "ska inte vara med",
    "ska bort",
    "tas bort",
    "borttagen",
    "redan meddela",
    "redan underratta",
    "redan anmal",
    "redan skicka",
    "redan inskicka",
    "tidigare meddela",
    "tidigare underratta",
    "tidigare anmal",
    "tidigare skicka",
    "bortse",
    "hoppa over",
    "disregard",
    "already notified",
    "already reported",
    "already sent",
    "to be removed",
    "struck out",
];

/// The same where nothing else is said in that part.
const ALONE: &[&str] = &[
    "inget meddelande",
    "inget meddelande nu",
    "inget meddelande just nu",
    "inget meddelande behovs",
    "inget meddelande denna gang",
    "ingen underrattelse",
    "ingen underrattelse nu",
    "ingen underrattelse behovs",
    "ej ny",
    "inte ny",
    "inte med",
    "ej med",
    "no notice",
    "not applicable",
];

/// Whether a row says that it does not count.
pub(super) fn says_so(record: &Record) -> bool {
    record.remarks.iter().any(|(text, _)| {
        text.split([',', ';', '.', '\n', '(', ')', '!']).flat_map(|part| part.split(" - ")).any(
            |part| {
                let words: Vec<String> = part
                    .split(|c: char| !c.is_alphanumeric())
                    .map(folded)
                    .filter(|word| !word.is_empty())
                    .collect();
                let part = words.join(" ");
                ALONE.contains(&part.as_str()) || OFF.iter().any(|off| part.starts_with(off))
            },
        )
    })
}

/// What has been summed up of each column.
#[derive(Default)]
pub(super) struct Columns {
    sums: HashMap<usize, i64>,
    rows: usize,
}

impl Columns {
    /// Adds a row.
    pub(super) fn add(&mut self, grid: &Grid, row: usize) {
        self.rows += 1;
        for (column, ore) in amounts(grid, row) {
            if let Some(ore) = ore {
                let sum = self.sums.entry(column).or_default();
                *sum = sum.saturating_add(ore);
            }
        }
    }

    /// Whether a row is the total of those above: nothing but figures, of which most are the sum of their column.
    pub(super) fn sums_up(&self, grid: &Grid, row: usize) -> bool {
        let figures: Vec<(usize, Option<i64>)> = amounts(grid, row).collect();
        let whole = !figures.is_empty() && figures.iter().all(|(_, ore)| ore.is_some());
        let right = figures
            .iter()
            .filter(|(column, ore)| ore.is_some() && self.sums.get(column) == ore.as_ref())
            .count();
        self.rows > 0 && whole && right > 0 && right * 2 >= figures.len()
    }
}

/// The cells of a row that hold anything, as amounts where they are such.
fn amounts(grid: &Grid, row: usize) -> impl Iterator<Item = (usize, Option<i64>)> {
    grid.filled(row).map(|(column, cell)| {
        let amount = match cell {
            Cell::Number(_) => cells::amount(cell.as_str()),
            Cell::Text(text) => {
                let words = text.chars().filter(|c| c.is_alphabetic()).count();
                let plain = words == 0 || (words <= 3 && folded(text).ends_with("kr"));
                let day = text.matches(['-', '/']).count() > 1;
                cells::amount(text).filter(|_| plain && !day)
            }
            Cell::Empty | Cell::Date(_) | Cell::Time(_) | Cell::Flag(_) => None,
        };
        (column, amount.map(crate::domain::money::Money::ore))
    })
}

#[cfg(test)]
mod tests {
    use super::says_so;
    use crate::normalize::tables::record::Place;
    use crate::normalize::tables::record::Record;

    #[test]
    fn a_row_takes_itself_off_the_list_in_plain_words() {
        for (text, off) in [
            ("BETALT 11/11 - stryks", true),
            ("Avflyttad 31/12, utgår", true),
            ("redan meddelad 12/11, ej ny", true),
            ("Avbetalningsplan, inget meddelande just nu", true),
            ("BETALD 3/11 - ej aktuell", true),
            ("Ränta utgår med 8 %", false),
            ("sambon står inte med på kontraktet", false),
            ("inget meddelande skickat tidigare", false),
            ("okt också sen men betald", false),
            ("betalar brukar komma sent", false),
            ("ny hyresgäst", false),
            ("två barn", false),
        ] {
            let mut record = Record::default();
            record.remarks.push((text.to_owned(), Place::default()));
            assert_eq!(says_so(&record), off, "{text}");
        }
    }
}
