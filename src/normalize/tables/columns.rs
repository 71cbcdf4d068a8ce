//! The header of a table: the row whose cells name what stands below them, found under titles, repeated, in two rows or one.

use super::columns_inferred;
use super::grid::Grid;
use super::months;
use super::row::AMOUNT;
use super::row::SUM;
use super::vocabulary;
use super::vocabulary::BALANCE;
use super::vocabulary::CHARGED;
use super::vocabulary::CLOCK;
use super::vocabulary::MONTH;
use super::vocabulary::PAID;
use super::vocabulary::REMARK;
use crate::domain::document::Cell;
use crate::domain::labels::Labels;
use crate::domain::labels::folded;
use jiff::civil::Date;
use std::collections::HashMap;

/// A header stands among the first rows; spreadsheets have titles above it.
const HEADER_WITHIN: usize = 30;
const PERIOD: &str = "arrears.periods.0.period";
const DUE: &str = "arrears.periods.0.dueOn";
const STARTS: &str = "enforcement.startsAt";
const RENT: &str = "arrears.monthlyRent";

/// Headings of what happened on a day.
const EVENTS: &[&str] = &["handelse", "event", "storning", "anmalan", "anteckning", "noter"];

/// The columns of a table.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    /// The row of the header.
    pub(super) header: usize,
    /// What each column holds; `None` where its heading says nothing to us.
    pub(super) fields: Vec<Option<String>>,
    /// The headings, folded.
    pub(super) headings: Vec<String>,
    /// A row is a month, or has one.
    pub(super) monthly: bool,
    /// A row is a disturbance.
    pub(super) incidents: bool,
}

impl Columns {
    /// The header of a table, if it has one with rows below it.
    pub(super) fn find(grid: &Grid, labels: Option<&Labels>, on: Date) -> Option<Self> {
        let rows = grid.rows.len().min(HEADER_WITHIN);
        let mut known = Known { labels, on, words: HashMap::new() };
        for row in 0..rows {
            let Some(columns) = known.header(grid, row) else { continue };
            // The names of groups may stand above their members: the lower row names more.
            let below = known.header(grid, row + 1);
            let lower = below.filter(|below| {
                below.known() > columns.known() && !grid.rows[row + 1].iter().any(has_digit)
            });
            let mut columns = lower.unwrap_or(columns);
            let below = grid.rows.get(columns.header + 1..).unwrap_or_default();
            columns_inferred::by_contents(below, &mut columns, known.on);
            return Some(columns.settled());
        }
        None
    }

    /// How many columns are known.
    pub(super) fn known(&self) -> usize {
        self.fields.iter().filter(|field| field.is_some()).count()
    }

    /// What the column of a field is called, without its marks.
    pub(super) fn heading_of(&self, field: &str) -> Option<&str> {
        let at = self.fields.iter().position(|known| known.as_deref() == Some(field))?;
        self.headings.get(at).map(String::as_str)
    }

    /// Whether a column holds this field, or one below it.
    pub(super) fn has(&self, field: &str) -> bool {
        self.fields.iter().flatten().any(|known| known.starts_with(field))
    }

    /// Whether its rows are about somebody or some home.
    pub(super) fn is_list(&self) -> bool {
        self.has("persons.") || self.has("dwelling.street") || self.has("enforcement.caseNumber")
    }

    /// Whether a column is for persons.
    pub(super) fn is_person(&self, column: usize) -> bool {
        let field = self.fields.get(column).and_then(Option::as_ref);
        field.is_some_and(|field| field.starts_with("persons."))
    }

    /// Whether a row repeats the header.
    pub(super) fn is_repeated(&self, row: &[Cell]) -> bool {
        let mut same = 0;
        for (at, cell) in row.iter().enumerate() {
            let text = folded(cell.as_str());
            if text.is_empty() {
                continue;
            }
            if self.headings.get(at) != Some(&text) {
                return false;
            }
            same += 1;
        }
        same >= 2
    }

    /// Whether a heading has this word in it.
    pub(super) fn says(&self, word: &str) -> bool {
        self.headings.iter().any(|heading| heading.contains(word))
    }

    /// Settles what depends on the other columns: amounts of months, days of disturbances, the second person of a kind.
    fn settled(mut self) -> Self {
        self.own_words();
        self.monthly = self.has(PERIOD) || self.has(DUE);
        let by_month = self.has(MONTH);
        self.incidents = self.has("incidents.");
        let left = self.has(BALANCE) || self.has(PAID);
        let own_amount = self.has(AMOUNT);
        let ledger = self.has(PERIOD) && left;
        for field in self.fields.iter_mut().flatten() {
            match field.as_str() {
                // Beside its months the sum is the sum.
                SUM if by_month => {}
                SUM if self.monthly && left => *field = CHARGED.to_owned(),
                SUM if self.monthly && !own_amount => *field = AMOUNT.to_owned(),
                RENT | AMOUNT if ledger => *field = CHARGED.to_owned(),
                "issuedOn" if self.incidents => *field = "incidents.0.occurredOn".to_owned(),
                _ => {}
            }
        }
        self.number_persons();
        self
    }

    /// In a table of months `Avser` names the month; in one of events beside days, the event is what happened.
    fn own_words(&mut self) {
        let months = self.has(DUE) && !self.has(PERIOD) && !self.is_list();
        let debts = self.has("arrears.") || self.has(BALANCE) || self.has(CHARGED);
        let hours = self.has(CLOCK) && !self.has(STARTS);
        let evictions = hours && (self.has("enforcement.caseNumber") || self.has("persons."));
        let events = self.has("issuedOn") && !self.is_list() && !debts && !self.has("incidents.");
        for (field, heading) in self.fields.iter_mut().zip(&self.headings) {
            match field.as_deref() {
                // `Dag | Kl` beside the case: when it is.
                None | Some("issuedOn")
                    if evictions && ["dag", "datum", "day", "date"].contains(&heading.as_str()) =>
                {
                    *field = Some(STARTS.to_owned());
                }
                Some("type")
                    if months && ["avser", "galler", "hyraavser"].contains(&heading.as_str()) =>
                {
                    *field = Some(PERIOD.to_owned());
                }
                Some(REMARK) if events && EVENTS.iter().any(|word| heading.starts_with(word)) => {
                    *field = Some("incidents.0.description".to_owned());
                }
                Some(_) | None => {}
            }
        }
    }

    /// A second column of the same kind is the next person's.
    fn number_persons(&mut self) {
        let mut seen: Vec<String> = Vec::new();
        for field in &mut self.fields {
            let Some(name) = field.clone() else { continue };
            // Two columns of remarks are both read.
            if name.starts_with('~') || !seen.contains(&name) {
                seen.push(name);
                continue;
            }
            let next = name.strip_prefix("persons.").and_then(|rest| rest.split_once('.'));
            let next = next.and_then(|(_, member)| {
                let free = |at: &u32| !seen.contains(&format!("persons.{at}.{member}"));
                (0..10).find(free).map(|at| format!("persons.{at}.{member}"))
            });
            seen.extend(next.clone());
            *field = next;
        }
    }
}

/// What headings mean, each looked up once.
struct Known<'a> {
    labels: Option<&'a Labels>,
    on: Date,
    words: HashMap<String, Option<String>>,
}

impl Known<'_> {
    fn named(&mut self, heading: &str) -> Option<String> {
        if let Some(known) = self.words.get(heading) {
            return known.clone();
        }
        let named = vocabulary::named(heading, self.labels).or_else(|| month(heading, self.on));
        self.words.insert(heading.to_owned(), named.clone());
        named
    }

    /// The row as a header: two columns that we know, and no fewer than half of those that have a name.
    fn header(&mut self, grid: &Grid, row: usize) -> Option<Columns> {
        let cells = grid.rows.get(row)?;
        let mut columns = Columns { header: row, ..Columns::default() };
        let mut filled = 0;
        for cell in cells {
            let text = cell.as_str().trim();
            let is_text = matches!(cell, Cell::Text(_)) && text.chars().count() <= 60;
            filled += usize::from(!text.is_empty());
            let named = if is_text { self.named(text) } else { None };
            columns.fields.push(named);
            columns.headings.push(folded(text));
        }
        let below = grid.rows.get(row + 1..).unwrap_or_default();
        columns_inferred::months(cells, &mut columns, self.on);
        let foreseen = columns.known() > 0;
        if foreseen || columns.headings.iter().filter(|it| !it.is_empty()).count() > 3 {
            columns_inferred::infer(cells, below, &mut columns, self.on);
        }
        // Without a word that we know only people's numbers make it a list.
        if !foreseen && !columns.has("persons.0.identity") {
            return None;
        }
        let known = columns.known();
        let told =
            below.iter().any(|row| row.iter().filter(|cell| **cell != Cell::Empty).count() >= 2);
        // `Hyresgäst: | Testa Testsson` is a line of a form, not a header.
        let labels = cells.iter().filter(|cell| cell.as_str().trim_end().ends_with(':')).count();
        let header = known >= 2 && known * 2 >= filled && labels == 0 && told;
        (header && !self.is_form(&columns, below)).then_some(columns)
    }

    /// `Hyresgäst | Testa Testsson | Pnr | 850101-2390`: labels in every other column, and labels below them.
    fn is_form(&mut self, columns: &Columns, below: &[Vec<Cell>]) -> bool {
        let told = |(at, field): (usize, &Option<String>)| (at % 2 == 0) == field.is_some();
        let every_other = columns.fields.len() >= 4 && columns.fields.iter().enumerate().all(told);
        let mut rows = below.iter().filter_map(|row| row.first()).take(HEADER_WITHIN);
        every_other
            && rows.any(|cell| matches!(cell, Cell::Text(text) if self.named(text).is_some()))
    }
}

/// `Hyra nov`, `Skuld oktober 2026`, `sept`: what is owed for that month.
fn month(heading: &str, on: Date) -> Option<String> {
    let lower = heading.to_lowercase();
    let month = OWED.iter().find_map(|word| lower.strip_prefix(word)).unwrap_or(&lower);
    let letters = month.trim().chars().next().is_some_and(char::is_alphabetic);
    let months = if letters { months::read(month, on) } else { Vec::new() };
    match months.as_slice() {
        [(month, _)] => Some(format!("{MONTH}{month}")),
        _ => None,
    }
}

/// The same of a form's label, which says that it is owed: `Avgift nov`.
pub(super) fn month_named(label: &str, on: Date) -> Option<String> {
    let label = label.trim().trim_end_matches(':');
    let lower = label.to_lowercase();
    let owed = OWED.iter().any(|word| lower.starts_with(word));
    (owed && label.chars().count() <= 40).then(|| month(label, on)).flatten()
}

/// Words before the month for what is owed.
const OWED: &[&str] = &[
    "obetald hyra",
    "obetald avgift",
    "obetald",
    "hyra",
    "avgift",
    "årsavgift",
    "månadsavgift",
    "skuld",
    "belopp",
    "obetalt",
    "rent",
];

pub(super) fn has_digit(cell: &Cell) -> bool {
    cell.as_str().bytes().any(|byte| byte.is_ascii_digit())
}
