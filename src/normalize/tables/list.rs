//! The rows of a table as records: totals and examples left out, rows of one household put together, cells that are merged filled down.

use super::super::Context;
use super::cells;
use super::columns::Columns;
use super::grid::Grid;
use super::record::Place;
use super::record::Record;
use super::tell::plain;
use super::tell::tell;
use super::vocabulary::BALANCE;
use super::vocabulary::CHARGED;
use super::vocabulary::CLOCK;
use super::vocabulary::PAID;
use crate::domain::document::Cell;
use crate::domain::finding::Severity;
use crate::domain::labels::folded;
use crate::domain::money::Money;
use std::collections::HashMap;

/// The month's amount.
const AMOUNT: &str = "arrears.periods.0.amount";
/// The sum to pay.
const SUM: &str = "arrears.amountToRecover";

/// What the rows below a header tell.
#[derive(Default)]
pub(super) struct Rows {
    /// One a household, in the order they came.
    pub(super) records: Vec<Record>,
    /// Lines beside the table: what stands alone in its row.
    pub(super) lines: Vec<String>,
    /// A total that does not fit what it sums up.
    pub(super) mismatch: bool,
}

/// Reads the rows below a header.
pub(super) fn rows(grid: &Grid, columns: &Columns, context: &Context<'_>) -> Rows {
    let mut read = Rows::default();
    let mut sums = Sums::default();
    let mut known: HashMap<String, usize> = HashMap::new();
    for row in columns.header + 1..grid.rows.len() {
        let cells: Vec<(usize, &Cell)> = grid.filled(row).collect();
        let whole = grid.rows.get(row).map(Vec::as_slice).unwrap_or_default();
        if cells.is_empty() || columns.is_repeated(whole) || is_example(&cells) {
            continue;
        }
        if is_total(&cells) {
            sums.check(&cells, &mut read);
            continue;
        }
        let record = record(grid, columns, row, context);
        if cells.len() == 1 && !record.any("persons.0.identity") && columns.fields.len() > 1 {
            read.lines.push(cells[0].1.as_str().to_owned());
            continue;
        }
        sums.add(&record);
        place(&mut read, &mut known, columns, record);
        if read.records.len() > context.limits.notices {
            break;
        }
    }
    read.records.iter_mut().for_each(|record| settle(record, columns));
    if read.mismatch {
        for record in &mut read.records {
            record.findings.push((
                Severity::Error,
                "arrears",
                "contradiction",
                "/arrears/amountToRecover".to_owned(),
            ));
            record.doubt("arrears.", 0.94);
        }
    }
    read.records.retain(Record::names_somebody_or_owes);
    read
}

impl Record {
    fn names_somebody_or_owes(&self) -> bool {
        self.names_somebody() || self.any("arrears.")
    }
}

/// One row.
fn record(grid: &Grid, columns: &Columns, row: usize, context: &Context<'_>) -> Record {
    let mut record = Record::default();
    for (column, cell) in grid.filled(row) {
        let from = Place { source: grid.place(row, column), quote: cell.as_str().to_owned() };
        let Some(Some(field)) = columns.fields.get(column) else {
            if columns.headings.get(column).is_some_and(|heading| !heading.is_empty()) {
                record.findings.push((
                    Severity::Info,
                    "columns",
                    "unknownColumn",
                    format!("/columns/{}", column + 1),
                ));
            }
            continue;
        };
        if field == super::vocabulary::IGNORED {
            continue;
        }
        let heading = grid
            .rows
            .get(columns.header)
            .and_then(|head| head.get(column))
            .map_or("", Cell::as_str);
        record.cells += 1;
        if !tell(&mut record, field, heading, cell, &from, context) {
            not_read(&mut record, field);
        }
    }
    tidy(&mut record, columns, context);
    record
}

/// A value that was given and not understood: a person must look where it matters.
fn not_read(record: &mut Record, field: &str) {
    let (value, path) = match field {
        "arrears.amountToRecover" | AMOUNT => ("arrears", "/arrears/amountToRecover"),
        "dwelling.street" => ("dwelling", "/dwelling/street"),
        "enforcement.startsAt" => ("enforcement", "/enforcement/startsAt"),
        _ => return,
    };
    record.findings.push((Severity::Error, value, "uncertain", path.to_owned()));
}

/// Puts together what stands in several cells of the row.
fn tidy(record: &mut Record, columns: &Columns, context: &Context<'_>) {
    for at in 0..3 {
        let (given, family) =
            (format!("persons.{at}.givenName"), format!("persons.{at}.familyName"));
        let parts = [record.take(&given), record.take(&family)];
        let words: Vec<&str> = parts.iter().flatten().map(|told| told.text.as_str()).collect();
        let name = words.join(" ");
        if let Some(told) = parts.iter().flatten().next() {
            record.put(
                &format!("persons.{at}.name"),
                &name,
                &told.from.clone(),
                if words.len() == 2 { 0.98 } else { 0.9 },
            );
        }
    }
    if let Some(number) = record.take("dwelling.streetNumber")
        && let Some(street) = record.take("dwelling.street")
    {
        let both = match street.text.chars().any(|c| c.is_ascii_digit()) {
            true => street.text.clone(),
            false => format!("{} {}", street.text, number.text),
        };
        record.put("dwelling.street", &both, &street.from, street.sure);
    }
    if let Some(clock) = record.take(CLOCK)
        && let Some(day) = record.take("enforcement.startsAt").or_else(|| record.take("issuedOn"))
    {
        let both = format!("{} kl. {}", day.text, clock.text);
        let read = super::super::swedish::times::read_moment(&both, context.local_time).is_some();
        record.put(
            "enforcement.startsAt",
            if read { &both } else { &day.text },
            &day.from,
            day.sure,
        );
    }
    owed(record, columns);
    remarks(record, context);
    if record.any("incidents.0.") {
        record.incidents = 1;
    }
    if record.periods == 0 && record.any("arrears.periods.0.") {
        record.periods = 1;
    }
}

/// What is left of a month, or of the whole.
fn owed(record: &mut Record, columns: &Columns) {
    let money = |record: &Record, path: &str| record.get(path).and_then(Money::parse);
    let (charged, paid, left) =
        (money(record, CHARGED), money(record, PAID), money(record, BALANCE));
    let rest = left.or_else(|| Some(Money::from_ore(charged?.ore() - paid?.ore())));
    let place =
        [BALANCE, CHARGED].iter().find_map(|path| record.told(path)).map(|told| told.from.clone());
    let place = place.unwrap_or_default();
    if let (Some(charged), Some(paid), Some(left)) = (charged, paid, left)
        && charged.ore() - paid.ore() != left.ore()
    {
        record.findings.push((
            Severity::Warning,
            "arrears",
            "contradiction",
            "/arrears".to_owned(),
        ));
    }
    match rest {
        Some(rest) if columns.monthly && columns.has("arrears.periods.0.period") => {
            record.settled = rest.ore() <= 0;
            if let Some(charged) = record.take(CHARGED) {
                record.put("arrears.monthlyRent", &charged.text, &charged.from, 0.95);
            }
            if rest.ore() > 0 {
                record.put(AMOUNT, &plain(rest), &place, 0.98);
            }
        }
        Some(rest) if rest.ore() > 0 => {
            record.put(if columns.monthly { AMOUNT } else { SUM }, &plain(rest), &place, 0.97)
        }
        Some(_) | None => {}
    }
    for path in [CHARGED, PAID, BALANCE] {
        record.take(path);
    }
    // One amount for several months is the whole debt.
    if record.periods > 1
        && let Some(amount) = record.take(AMOUNT)
    {
        record.put(SUM, &amount.text, &amount.from, amount.sure);
    }
}

/// What remarks tell beside their words: days, protected data.
fn remarks(record: &mut Record, context: &Context<'_>) {
    let on = context.local_time.day_of(context.received_at);
    for (text, from) in record.remarks.clone() {
        let lower = text.to_lowercase();
        if ["skyddad", "sekretessmark", "protected"].iter().any(|word| lower.contains(word)) {
            record.put("persons.0.protectedIdentity", "true", &from, 0.93);
        }
        for (words, path) in [
            (&["uppsagd", "uppsagt", "uppsägning", "sades upp", "terminated"][..], "terminatedOn"),
            (&["delgiv", "delgav", "served"][..], "servedOn"),
            (&["rättelse senast", "rättas senast"][..], "rectifyBy"),
            (&["avflytt", "flytta senast"][..], "moveOutBy"),
        ] {
            let Some(at) = words.iter().find_map(|word| lower.find(word).map(|at| at + word.len()))
            else {
                continue;
            };
            if let Some((day, sure)) =
                super::lines::first_day(lower.get(at..).unwrap_or_default(), on)
            {
                record.put(path, &day.to_string(), &from, sure.min(0.95));
            }
        }
        if record.kind.is_none()
            && let Some((kind, sure)) = super::kinds::of_words(&text).filter(|(kind, _)| {
                matches!(
                    kind,
                    crate::domain::notice::NoticeType::Supplement
                        | crate::domain::notice::NoticeType::Withdrawal
                )
            })
        {
            record.kind = Some((kind, sure.min(0.93), from));
        }
    }
}

/// Puts a record where it belongs: behind the others, or into the one of its household.
fn place(read: &mut Rows, known: &mut HashMap<String, usize>, columns: &Columns, record: Record) {
    let alone = !record.any("persons.")
        && !record.any("dwelling.")
        && !record.any("sender.reference")
        && !record.any("enforcement.caseNumber");
    let own = record.any("arrears.") || record.any("incidents.") || record.settled;
    if alone
        && own
        && let Some(last) = read.records.last_mut()
    {
        // Merged cells, or a list that names the household once.
        join(last, record);
        return;
    }
    if let Some(last) = read.records.last_mut()
        && is_co_tenant(last, &record)
    {
        add_person(last, &record);
        return;
    }
    let key = key(&record);
    if let (Some(at), true) = (known.get(&key), columns.monthly || columns.incidents)
        && let Some(first) = read.records.get_mut(*at)
        && first.kind.as_ref().map(|it| it.0) == record.kind.as_ref().map(|it| it.0)
    {
        join(first, record);
        return;
    }
    if !key.is_empty() {
        known.insert(key, read.records.len());
    }
    read.records.push(record);
}

/// Whose row it is: the person and the home.
fn key(record: &Record) -> String {
    let get = |path: &str| record.get(path).map(folded).unwrap_or_default();
    let person = match get("persons.0.identity.value") {
        number if number.is_empty() => get("persons.0.name"),
        number => number,
    };
    let home = match (get("dwelling.objectNumber"), get("sender.reference")) {
        (object, _) if !object.is_empty() => object,
        (_, reference) if !reference.is_empty() => reference,
        _ => format!("{}{}", get("dwelling.street"), get("dwelling.apartmentNumber")),
    };
    if person.is_empty() && home.is_empty() { String::new() } else { format!("{person}/{home}") }
}

/// Whether a row names one more person of the household above: the same home, or none, and nothing else of its own.
fn is_co_tenant(last: &Record, record: &Record) -> bool {
    let person = record.any("persons.0.name") || record.any("persons.0.identity");
    if !person
        || !last.any("persons.0.")
        || record.kind.as_ref().map(|it| it.0) != last.kind.as_ref().map(|it| it.0)
            && record.kind.is_some()
    {
        return false;
    }
    if record.get("persons.0.identity.value").is_some()
        && record.get("persons.0.identity.value") == last.get("persons.0.identity.value")
    {
        return false;
    }
    let same = |path: &str| record.get(path).is_none() || record.get(path) == last.get(path);
    let told = |path: &str| record.get(path).is_some();
    let home = [
        "dwelling.objectNumber",
        "dwelling.street",
        "dwelling.apartmentNumber",
        "sender.reference",
    ];
    let own = record.values().any(|value| {
        !value.path.starts_with("persons.")
            && !value.path.starts_with("dwelling.")
            && value.path != "sender.reference"
    });
    let sameness = home.iter().all(|path| same(path));
    let marked = home.iter().any(|path| told(path));
    let role = record.get("persons.0.role").is_some_and(|role| role == "coTenant");
    sameness
        && (!own
            || role
            || (marked
                && record.any("arrears.")
                && record
                    .values()
                    .filter(|it| !it.path.starts_with("persons."))
                    .all(|it| last.get(&it.path) == Some(it.text.as_str()))
                && (told("dwelling.apartmentNumber")
                    || told("dwelling.objectNumber")
                    || told("sender.reference"))))
}

fn add_person(into: &mut Record, record: &Record) {
    let at = into.free_person();
    let persons: Vec<_> =
        record.values().filter(|it| it.path.starts_with("persons.")).cloned().collect();
    for told in persons {
        let rest = told.path.trim_start_matches("persons.");
        let Some((number, member)) = rest.split_once('.') else { continue };
        let number = number.parse::<usize>().unwrap_or(0) + at;
        into.put(&format!("persons.{number}.{member}"), &told.text, &told.from, told.sure);
    }
}

/// Adds a row's month or disturbance to the household's record.
pub(super) fn join(into: &mut Record, record: Record) {
    let (periods, incidents) = (into.periods, into.incidents);
    // A month that is paid stays out; the first of the household may be one.
    if into.settled && !record.settled {
        let month: Vec<String> = into
            .values()
            .filter(|it| it.path.starts_with("arrears.periods."))
            .map(|it| it.path.clone())
            .collect();
        month.iter().for_each(|path| {
            into.take(path);
        });
        into.periods = 0;
        into.settled = false;
    }
    let periods = if into.periods == 0 { 0 } else { periods };
    let moved = |path: &str, list: &str, by: usize| -> Option<String> {
        let (number, member) = path.strip_prefix(list)?.split_once('.')?;
        Some(format!("{list}{}.{member}", number.parse::<usize>().ok()? + by))
    };
    for told in record.values() {
        if told.path.starts_with("arrears.periods.") && record.settled {
            continue;
        }
        let path = moved(&told.path, "arrears.periods.", periods)
            .or_else(|| moved(&told.path, "incidents.", incidents));
        into.put(path.as_deref().unwrap_or(&told.path), &told.text, &told.from, told.sure);
    }
    if !record.settled {
        into.periods = periods + record.periods;
    }
    into.incidents = incidents + record.incidents;
    into.remarks.extend(record.remarks);
    for finding in record.findings {
        if !into.findings.contains(&finding) {
            into.findings.push(finding);
        }
    }
}

/// The sum of the months where no cell gives it.
fn settle(record: &mut Record, columns: &Columns) {
    if record.settled {
        for path in [AMOUNT, "arrears.periods.0.period", "arrears.periods.0.dueOn"] {
            record.take(path);
        }
        record.periods = 0;
    }
    let amounts: Vec<_> = (0..record.periods)
        .filter_map(|at| record.told(&format!("arrears.periods.{at}.amount")).cloned())
        .collect();
    let Some(first) = amounts.first() else { return };
    if amounts.len() != record.periods || record.get(SUM).is_some() {
        return;
    }
    let total = amounts
        .iter()
        .filter_map(|told| Money::parse(&told.text))
        .try_fold(Money::from_ore(0), Money::checked_add);
    let Some(total) = total else { return };
    let quote = amounts.iter().map(|told| told.from.quote.as_str()).collect::<Vec<_>>().join(" + ");
    let from = Place { source: first.from.source.clone(), quote };
    let sure = if columns.monthly { 0.96 } else { 0.9 };
    record.put(SUM, &plain(total), &from, sure);
}

/// The word for a total, and figures.
fn is_total(cells: &[(usize, &Cell)]) -> bool {
    let words: Vec<String> = cells
        .iter()
        .filter(|(_, cell)| is_words(cell))
        .map(|(_, cell)| cell.as_str().to_lowercase())
        .collect();
    let sums = |text: &String| {
        let says = [
            "summa",
            "totalt",
            "totalsumma",
            "total",
            "delsumma",
            "sum",
            "subtotal",
            "att betala",
            "varav",
        ];
        text.split(|c: char| !c.is_alphabetic() && c != ' ').map(str::trim).any(|part| {
            says.contains(&part)
                || says.iter().any(|word| {
                    part.ends_with(&format!(" {word}")) || part.starts_with(&format!("{word} "))
                })
        })
    };
    words.len() <= 1 && words.first().is_some_and(sums)
}

fn is_words(cell: &Cell) -> bool {
    let text = cell.as_str();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let money = ["kr", "sek", "kronor"].iter().any(|unit| text.to_lowercase().contains(unit));
    matches!(cell, Cell::Text(_)) && letters > 0 && !(money && letters <= 6)
}

/// A row that shows how to fill in the others.
fn is_example(cells: &[(usize, &Cell)]) -> bool {
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

/// Running totals, held against the table's own.
#[derive(Default)]
struct Sums {
    group: i64,
    all: i64,
}

impl Sums {
    fn add(&mut self, record: &Record) {
        let money = |path: &str| record.get(path).and_then(Money::parse).map(Money::ore);
        let amount = money(AMOUNT).or_else(|| money(SUM)).unwrap_or(0);
        self.group += amount;
        self.all += amount;
    }

    /// Any figure of the row that is the sum of its rows will do: totals of what was billed and paid stand beside it.
    fn check(&mut self, cells: &[(usize, &Cell)], read: &mut Rows) {
        let figures: Vec<i64> = cells
            .iter()
            .filter_map(|(_, cell)| cells::amount(cell.as_str()))
            .map(Money::ore)
            .collect();
        let fits = figures.iter().any(|figure| *figure == self.group || *figure == self.all);
        read.mismatch |= !figures.is_empty() && !fits && self.all > 0;
        self.group = 0;
    }
}
