//! What stands in several cells of one row put together: names, streets, hours, what is left of a month; and what its remarks tell beside their words.

use super::super::Context;
use super::columns::Columns;
use super::counted::put_counted;
use super::record::Place;
use super::record::Record;
use super::tell_value::plain;
use super::vocabulary::BALANCE;
use super::vocabulary::CHARGED;
use super::vocabulary::CLOCK;
use super::vocabulary::LETTER;
use super::vocabulary::PAID;
use crate::domain::finding::Severity;
use crate::domain::money::Money;

/// The amount of the month that a row is about.
pub(super) const AMOUNT: &str = "arrears.periods.0.amount";

/// The sum to pay, until the table is seen to be by month.
pub(super) const SUM: &str = "arrears.amountToRecover";

/// Where the amount of a month stands in a record.
pub(super) fn amount_of(at: usize) -> String {
    format!("arrears.periods.{at}.amount")
}

/// A given name and a family name that stand apart become one name, before what else is called a name there.
pub(super) fn put_names_together(record: &mut Record) {
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
}

/// A street, its number and its letter, where each has a place of its own.
pub(super) fn put_street_together(record: &mut Record) {
    let number = record.take("dwelling.streetNumber");
    let letter = record.take(LETTER);
    let Some(street) = record.take("dwelling.street") else { return };
    let numbered = |text: &str| text.chars().any(|c| c.is_ascii_digit());
    let mut whole = street.text.clone();
    if let Some(number) = number.filter(|_| !numbered(&whole)) {
        whole = format!("{whole} {}", number.text);
    }
    let lone = |text: &str| text.chars().count() == 1 && text.chars().all(char::is_alphabetic);
    if let Some(letter) = letter.filter(|letter| lone(letter.text.trim()))
        && whole.ends_with(|c: char| c.is_ascii_digit())
    {
        whole = format!("{whole} {}", letter.text.trim());
    }
    // A street without a number may have it in a cell that nobody foresaw.
    let sure = if numbered(&whole) { street.sure } else { street.sure.min(NUMBERLESS) };
    record.put("dwelling.street", &whole, &street.from, sure);
}

/// So sure is a street without a number at most.
const NUMBERLESS: f64 = 0.9;

/// Puts the hour to its day.
pub(super) fn put_hour(record: &mut Record, context: &Context<'_>) {
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
}

/// Puts together what stands in several cells of the row.
pub(super) fn tidy(record: &mut Record, columns: &Columns, context: &Context<'_>) {
    put_names_together(record);
    put_street_together(record);
    put_hour(record, context);
    put_counted(record, columns);
    owed(record, columns);
    super::remarks::remarks(record, context);
    if record.any("incidents.0.") {
        record.incidents = 1;
    }
    if record.periods == 0 && record.any("arrears.periods.0.") {
        record.periods = 1;
    }
}

/// What is left of a month, or of the whole.
pub(super) fn owed(record: &mut Record, columns: &Columns) {
    let money = |record: &Record, path: &str| record.get(path).and_then(Money::parse);
    let (charged, paid, left) =
        (money(record, CHARGED), money(record, PAID), money(record, BALANCE));
    let due = charged.zip(paid).and_then(|(charged, paid)| charged.ore().checked_sub(paid.ore()));
    let rest = left.or_else(|| due.map(Money::from_ore));
    let place =
        [BALANCE, CHARGED].iter().find_map(|path| record.told(path)).map(|told| told.from.clone());
    let place = place.unwrap_or_default();
    if let (Some(_), Some(_), Some(left)) = (charged, paid, left)
        && due != Some(left.ore())
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
    // Months in columns of their own have each its amount.
    let each = (1..record.periods).any(|at| record.told(&amount_of(at)).is_some());
    if record.periods > 1
        && !each
        && let Some(amount) = record.take(AMOUNT)
    {
        record.put(SUM, &amount.text, &amount.from, amount.sure);
    }
}

/// The sum of the months where no cell gives it.
pub(super) fn settle(record: &mut Record, columns: &Columns) {
    if record.settled {
        for path in [AMOUNT, "arrears.periods.0.period", "arrears.periods.0.dueOn"] {
            record.take(path);
        }
        record.periods = 0;
    }
    of_months(record);
    let amounts: Vec<_> = (0..record.periods)
        .filter_map(|at| record.told(&format!("arrears.periods.{at}.amount")).cloned())
        .collect();
    let Some(first) = amounts.first() else { return };
    // A small sum among the months' is a fee, which may be no part of the debt.
    let fee = |told: &str| Money::parse(told).is_some_and(|sum| sum.ore() < 50_000);
    let fees = amounts.len() > 1 && amounts.iter().any(|told| fee(&told.text));
    for told in amounts.iter().filter(|told| fees && fee(&told.text)) {
        record.take(&told.path);
        record.put(&told.path, &told.text, &told.from, told.sure.min(0.9));
    }
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
    let sure = if columns.monthly && !fees { 0.96 } else { 0.9 };
    record.put(SUM, &plain(total), &from, sure);
}

/// The amounts of months that are named without one: the whole debt where it is one month's, the rent where they make up the debt together.
fn of_months(record: &mut Record) {
    let money = |path: &str| {
        record.told(path).and_then(|told| Some((Money::parse(&told.text)?, told.clone())))
    };
    let Some((sum, told)) = money(SUM) else { return };
    let months = record.periods;
    let named = |at: usize| record.get(&format!("arrears.periods.{at}.period")).is_some();
    if !(1..=24).contains(&months) || !(0..months).all(named) || record.any_amount(months) {
        return;
    }
    let rent = money("arrears.monthlyRent").map(|(rent, _)| rent);
    let each = match (months, rent) {
        (1, Some(rent)) if rent != sum => (sum, 0.93),
        (1, _) => (sum, 0.95),
        (_, Some(rent)) if rent.ore().checked_mul(months as i64) == Some(sum.ore()) => (rent, 0.93),
        _ => return,
    };
    for at in 0..months {
        record.put(&format!("arrears.periods.{at}.amount"), &plain(each.0), &told.from, each.1);
    }
}

impl Record {
    /// Whether one of the first months has an amount.
    fn any_amount(&self, months: usize) -> bool {
        (0..months).any(|at| self.get(&format!("arrears.periods.{at}.amount")).is_some())
    }
}
