//! A debt taken apart: each month with its amount and the day it was due, from lists, sentences or labels.

use super::super::days::Day;
use super::super::days::Meaning;
use super::super::days::day_words;
use super::super::seen::Seen;
use super::super::weigh::Words;
use super::super::words::flow;
use super::debts::Told;
use super::month_words;
use super::sums;
use super::sums::Sum;
use crate::domain::money::Money;
use jiff::civil::Date;

/// A debt has no more parts than this.
const MOST: usize = 60;

/// One part of a debt.
#[derive(Clone, Debug, Default)]
pub(super) struct Instalment {
    pub(super) month: Option<Seen<String>>,
    pub(super) amount: Option<Seen<Money>>,
    pub(super) due: Option<Seen<Date>>,
}

impl Instalment {
    /// Its amount in öre.
    pub(super) fn ore(&self) -> Option<i64> {
        self.amount.as_ref().map(|seen| seen.value.ore())
    }
}

/// The parts in the order of their months, or of the days they were due.
pub(super) fn instalments(
    words: &Words<'_>,
    told: &Told,
    total: Option<Money>,
    days: &[Seen<Day>],
) -> Vec<Instalment> {
    let mut parts = of_rows(told);
    if parts.is_empty() {
        parts = of_months(words, told);
    }
    let due: Vec<&Seen<Day>> =
        days.iter().filter(|day| day.value.meaning == Meaning::Due).collect();
    let due = once(due);
    if parts.is_empty() {
        parts = of_days(told, total, &due);
    } else {
        pair(words, &mut parts, &due);
    }
    parts.truncate(MOST);
    parts
}

/// Days that are told more than once count once.
fn once(days: Vec<&Seen<Day>>) -> Vec<&Seen<Day>> {
    let mut found: Vec<&Seen<Day>> = Vec::new();
    for day in days {
        if !found.iter().any(|known| known.value.date == day.value.date) {
            found.push(day);
        }
    }
    found
}

fn of_rows(told: &Told) -> Vec<Instalment> {
    let part = |row: &super::month_rows::Row| Instalment {
        month: Some(row.month.clone()),
        amount: Some(row.month.clone().map(|_| row.owed)),
        due: row.due.map(|due| row.month.clone().map(|_| due)),
    };
    told.rows.rows.iter().map(part).collect()
}

/// A part for every month that is said to be owed, with its amount where one stands with it alone.
fn of_months(words: &Words<'_>, told: &Told) -> Vec<Instalment> {
    let mut parts: Vec<Instalment> = Vec::new();
    for sheet in words.sheets {
        let flow = flow::flow(&sheet.text);
        let written = day_words::days(&flow, words.on);
        for months in month_words::months(&flow, &written, words.on) {
            for month in &months.list {
                let known = |part: &Instalment| {
                    part.month.as_ref().is_some_and(|known| known.value == *month)
                };
                if parts.iter().any(known) || parts.len() >= MOST {
                    continue;
                }
                let quote = flow.get(months.at..months.end).unwrap_or_default();
                let sure = if months.quarter { 0.93 } else { 0.96 };
                let seen = Seen::on(sheet, months.at, quote, month.clone(), sure);
                let amount = amount_of(told, month);
                parts.push(Instalment { month: Some(seen), amount, due: None });
            }
        }
    }
    parts.sort_by_key(key);
    parts
}

fn key(part: &Instalment) -> Option<String> {
    part.month.as_ref().map(|seen| seen.value.clone())
}

fn amount_of(told: &Told, month: &str) -> Option<Seen<Money>> {
    let own = |sum: &&Seen<Sum>| {
        sum.value.meaning == sums::Meaning::Period
            && sum.value.months.iter().any(|own| own == month)
    };
    told.sums.iter().find(own).map(|sum| sum.clone().map(|sum| sum.amount))
}

/// Parts that are told by the days they were due: each with the amount that stands with it.
fn of_days(told: &Told, total: Option<Money>, due: &[&Seen<Day>]) -> Vec<Instalment> {
    let Some(total) = total.filter(|_| !due.is_empty()) else { return Vec::new() };
    let part = |day: &Seen<Day>, amount| Instalment {
        month: None,
        amount,
        due: Some(day.clone().map(|day| day.date)),
    };
    if let [day] = due {
        let whole = told.sums.iter().find(|sum| sum.value.amount == total);
        let amount = whole.map(|sum| sum.clone().map(|sum| sum.amount));
        return vec![part(day, amount)];
    }
    let smaller = |sum: &&Seen<Sum>| {
        let paid = matches!(sum.value.meaning, sums::Meaning::Other | sums::Meaning::Monthly);
        sum.value.amount < total && !paid
    };
    let amounts: Vec<&Seen<Sum>> = told.sums.iter().filter(smaller).collect();
    let sum: i64 = amounts.iter().map(|sum| sum.value.amount.ore()).sum();
    let fits = amounts.len() == due.len() && sum == total.ore();
    let amount = |at: usize| -> Option<Seen<Money>> {
        let sum = amounts.get(at).filter(|_| fits)?;
        Some((*sum).clone().map(|sum| sum.amount))
    };
    due.iter().enumerate().map(|(at, day)| part(day, amount(at))).collect()
}

/// Gives each month the day it was due: the one that stands with it, or, as many as there are months, in their order.
fn pair(words: &Words<'_>, parts: &mut [Instalment], due: &[&Seen<Day>]) {
    let open = parts.iter().filter(|part| part.due.is_none()).count();
    if open == 0 || due.is_empty() {
        return;
    }
    let mut sorted: Vec<&Seen<Day>> = due.to_vec();
    sorted.sort_by_key(|day| day.value.date);
    if sorted.len() == open {
        let free = parts.iter_mut().filter(|part| part.due.is_none());
        for (part, day) in free.zip(&sorted) {
            if plausible(part, day.value.date) {
                part.due = Some((*day).clone().map(|day| day.date));
            }
        }
        return;
    }
    // One day for a whole quarter; else the day that stands right behind its month.
    let quarter =
        parts.iter().all(|part| part.month.as_ref().is_some_and(|month| month.confidence < 0.95));
    for part in parts.iter_mut() {
        let Some(month) = part.month.clone() else { continue };
        let near = sorted.iter().find(|day| {
            let beside = day.sheet == month.sheet && day.at > month.at && day.at - month.at < 90;
            (beside || (quarter && sorted.len() == 1))
                && plausible_any(&month.value, day.value.date, quarter)
        });
        part.due = near.map(|day| (*day).clone().map(|day| day.date));
    }
    let _ = words;
}

/// Rent falls due in its month or the month before.
fn plausible(part: &Instalment, due: Date) -> bool {
    part.month.as_ref().is_none_or(|month| plausible_any(&month.value, due, false))
}

fn plausible_any(month: &str, due: Date, quarter: bool) -> bool {
    let Ok(first) = format!("{month}-01").parse::<Date>() else { return false };
    let days = due.duration_since(first).as_hours() / 24;
    (if quarter { -100 } else { -36 }..=62).contains(&days)
}

/// Gives months without an amount what the rent or the whole sum tells of them.
pub(super) fn complete(
    parts: &mut [Instalment],
    told: &Told,
    total: Option<Money>,
    rent: Option<&Seen<Money>>,
) {
    if parts.iter().any(|part| part.amount.is_some()) {
        return;
    }
    let count = i64::try_from(parts.len()).unwrap_or(i64::MAX);
    if let (Some(rent), Some(total)) = (rent, total)
        && rent.value.ore().checked_mul(count) == Some(total.ore())
    {
        for part in parts.iter_mut() {
            // The sum bears it out.
            part.amount = Some(rent.clone().at_least(0.96));
        }
        return;
    }
    // What is unpaid of a month is its rent, where no sum is told.
    if let (Some(rent), None) = (rent, total) {
        let sure = if count == 1 { 0.955 } else { 0.9 };
        for part in parts.iter_mut() {
            part.amount = Some(rent.clone().at_most(sure));
        }
        return;
    }
    if let ([part], Some(total)) = (parts, total) {
        let fees = told.sums.iter().filter(|sum| sum.value.meaning == sums::Meaning::Other);
        let fees: Vec<i64> = fees.map(|sum| sum.value.amount.ore()).collect();
        let principal = |sum: &&Seen<Sum>| {
            let rest = total.ore() - sum.value.amount.ore();
            sum.value.meaning != sums::Meaning::Other
                && rest > 0
                && (rest == fees.iter().sum::<i64>() || fees.contains(&rest))
        };
        let whole = told.sums.iter().find(|sum| sum.value.amount == total);
        // What the fees leave of it is the month's.
        let own = told.sums.iter().find(principal).or(whole);
        part.amount = own.map(|sum| {
            let amount = sum.clone().map(|sum| sum.amount);
            amount.at_most(if fees.is_empty() || sum.value.amount < total { 0.93 } else { 0.8 })
        });
    }
}
