//! The debt a letter tells of: the sum to pay, its months, the rent, and where to pay.

use super::super::days::Day;
use super::super::draft::Draft;
use super::super::seen::Seen;
use super::super::seen::Sheet;
use super::super::weigh::Words;
use super::instalments;
use super::instalments::Instalment;
use super::month_rows;
use super::payments;
use super::payments::Accounts;
use super::sums;
use super::sums::Meaning;
use super::sums::Sum;
use crate::domain::masked::Masked;
use crate::domain::money::Money;
use crate::domain::notice::Arrears;
use crate::domain::notice::ArrearsPeriod;
use crate::domain::notice::NoticeType;
use crate::domain::notice::Payment;

/// What is told of a debt, before it is weighed.
pub(super) struct Told {
    pub(super) sums: Vec<Seen<Sum>>,
    pub(super) rows: month_rows::Rows,
}

impl Told {
    fn of(words: &Words<'_>) -> Self {
        let mut told = Self { sums: Vec::new(), rows: month_rows::Rows::default() };
        for sheet in words.sheets {
            let rows = month_rows::rows(sheet, words.on);
            let (from, to) = rows.span;
            let listed = !rows.rows.is_empty();
            let sums = sums::sums(sheet, words.on);
            let inside = |sum: &Seen<Sum>| listed && (from..to).contains(&sum.at);
            // What the list itself says is told by its rows; a fee among them stays a fee.
            told.sums.extend(
                sums.into_iter().filter(|sum| !inside(sum) || sum.value.meaning == Meaning::Other),
            );
            if listed && told.rows.rows.is_empty() {
                told.rows = rows;
            }
        }
        told
    }

    fn of_meaning(&self, meaning: Meaning) -> impl Iterator<Item = &Seen<Sum>> {
        self.sums.iter().filter(move |sum| sum.value.meaning == meaning)
    }

    /// The rent or fee of a month.
    pub(super) fn rent(&self) -> Option<Seen<Money>> {
        let times = self.sums.iter().find(|sum| matches!(sum.value.meaning, Meaning::Times(_)));
        let found = self.of_meaning(Meaning::Monthly).next().or(times);
        let found = found.map(|sum| sum.clone().map(|sum| sum.amount));
        let several = self
            .of_meaning(Meaning::Monthly)
            .any(|sum| found.as_ref().is_some_and(|found| found.value != sum.value.amount));
        let found = found.map(|mut seen| {
            if several {
                seen.confidence = seen.confidence.min(0.85);
            }
            seen
        });
        let listed = || {
            let first = self.rows.rows.first()?;
            let monthly = self.rows.monthly?;
            let mut seen = first.month.clone().map(|_| monthly);
            seen.confidence = 0.93;
            Some(seen)
        };
        found.or_else(listed)
    }

    /// The plainest sum to pay, before it is checked.
    fn stated(&self) -> Option<(Seen<Sum>, u8)> {
        let rank = |sum: &Seen<Sum>| match sum.value.meaning {
            Meaning::Recover(rank) => rank,
            Meaning::Sum => 1,
            Meaning::Monthly | Meaning::Times(_) | Meaning::Period | Meaning::Other => 0,
        };
        let best = self.sums.iter().map(rank).max().filter(|best| *best > 0)?;
        let of_best: Vec<&Seen<Sum>> = self.sums.iter().filter(|sum| rank(sum) == best).collect();
        let largest = of_best.iter().max_by_key(|sum| sum.value.amount.ore())?;
        let mut chosen = (*largest).clone();
        let ore = |sum: &Seen<Sum>| sum.value.amount.ore();
        let others: i64 = of_best.iter().map(|sum| ore(sum)).sum::<i64>() - ore(&chosen);
        let agree = of_best.iter().all(|sum| ore(sum) == ore(&chosen));
        if !agree && others != ore(&chosen) {
            chosen.confidence = chosen.confidence.min(0.85);
        }
        Some((chosen, best))
    }
}

/// The debt, where the kind is about one.
pub(in crate::normalize::prose) fn put_arrears(
    draft: &mut Draft,
    words: &Words<'_>,
    days: &[Seen<Day>],
) {
    let owes = matches!(
        draft.notice.kind,
        NoticeType::RentArrears
            | NoticeType::TenantOwnedArrears
            | NoticeType::ElectricityDebt
            | NoticeType::EvictionApplication
    );
    let kind = draft.notice.kind;
    let adds = kind == NoticeType::Supplement;
    // A landlord who tells of a set eviction may say what is owed by then, and a tribunal what the dispute is about.
    let beside = matches!(kind, NoticeType::EvictionScheduled | NoticeType::RentTribunalDispute);
    let demanded = kind == NoticeType::Unknown && words.sheets.iter().any(demands);
    if !owes && !adds && !beside && !demanded {
        return;
    }
    let mut told = Told::of(words);
    // What a supplement adds is told by the month; its total is the whole debt's, earlier months included.
    let added = if adds { instalments::instalments(words, &told, None, days) } else { Vec::new() };
    if adds || beside {
        told.rows = month_rows::Rows::default();
        // `Flyttad från 13.15 till 9.00` tells no sum.
        let large = |sum: &Sum| adds || sum.amount.ore() >= 50_000;
        let disputed = kind == NoticeType::RentTribunalDispute;
        told.sums.retain(|sum| match sum.value.meaning {
            Meaning::Recover(4..) => large(&sum.value),
            Meaning::Period => disputed,
            _ => false,
        });
    }
    let stated = told.stated();
    let total = stated.as_ref().map(|(sum, _)| sum.value.amount);
    let only = matches!(kind, NoticeType::EvictionApplication | NoticeType::EvictionScheduled);
    let mut parts = match only || adds {
        true => Vec::new(),
        false => instalments::instalments(words, &told, total, days),
    };
    let rent = told.rent();
    instalments::complete(&mut parts, &told, total, rent.as_ref());
    let mut arrears = Arrears::default();
    let whole = weighed(draft, (&told, words.sheets), stated, &parts);
    parts.extend(added);
    if let Some(total) = whole {
        arrears.as_written = Some(total.value.written.clone());
        let amount = total.map(|sum| sum.amount);
        arrears.amount_to_recover = Some(draft.take("/arrears/amountToRecover", amount));
        arrears.currency = Some("SEK".to_owned());
    }
    arrears.monthly_rent = draft.maybe("/arrears/monthlyRent", rent);
    let put = |(at, part)| put_part(draft, at, part);
    arrears.periods = parts.into_iter().enumerate().map(put).collect();
    let unpaid = kind != NoticeType::EvictionApplication && !beside;
    arrears.payment = if unpaid { payment(draft, words) } else { None };
    if arrears != Arrears::default() {
        draft.notice.arrears = Some(arrears);
    }
}

/// Whether it is a debt collector's letter, which tells of no termination.
fn demands(sheet: &Sheet) -> bool {
    sheet.text.to_lowercase().contains("inkasso")
}

fn put_part(draft: &mut Draft, at: usize, mut part: Instalment) -> ArrearsPeriod {
    let path = format!("/arrears/periods/{at}");
    // A month without an amount or a day may be told of for another reason.
    if let Some(month) = part.month.as_mut().filter(|_| part.amount.is_none() && part.due.is_none())
    {
        month.confidence = month.confidence.min(0.94);
    }
    // A small sum of no month is a fee.
    if let Some(sum) = part.amount.as_mut().filter(|sum| sum.value.ore() < 30_000) {
        sum.confidence = sum.confidence.min(0.9);
    }
    ArrearsPeriod {
        period: draft.maybe(&format!("{path}/period"), part.month),
        due_on: draft.maybe(&format!("{path}/dueOn"), part.due),
        amount: draft.maybe(&format!("{path}/amount"), part.amount),
    }
}

/// The sum to pay, checked against its parts; where none is stated, what the parts make.
fn weighed(
    draft: &mut Draft,
    (told, sheets): (&Told, &[Sheet]),
    stated: Option<(Seen<Sum>, u8)>,
    parts: &[Instalment],
) -> Option<Seen<Sum>> {
    let amounts: Vec<i64> = parts.iter().filter_map(Instalment::ore).collect();
    let whole = !parts.is_empty() && amounts.len() == parts.len();
    let sum: i64 = amounts.iter().sum();
    let (mut total, rank) = match stated {
        Some((total, rank)) if rank > 1 || !whole => (total, rank),
        Some(_) | None => return made(told, parts, whole.then_some(sum)),
    };
    let ore = total.value.amount.ore();
    // A smaller sum that is not said to be the whole is another debt.
    if whole && rank < 5 && ore < sum {
        draft.remark("arrears", "contradiction", "/arrears/amountToRecover");
        return made(told, parts, Some(sum)).map(|mut made| {
            made.confidence = made.confidence.min(0.85);
            made
        });
    }
    let others: Vec<i64> =
        told.of_meaning(Meaning::Other).map(|sum| sum.value.amount.ore()).collect();
    if !whole && is_alone(&total, told) {
        total.confidence = total.confidence.max(0.955);
    } else if !whole {
        total.confidence = if rank >= 3 { total.confidence } else { total.confidence.min(0.9) };
    } else if ore == sum {
        total.confidence = total.confidence.max(0.97);
    } else {
        let fees: i64 = others.iter().filter(|ore| **ore > 0).sum();
        let paid: i64 = others.iter().map(|ore| ore.abs()).sum();
        // The difference stands in the letter itself, as a fee or as what was paid.
        let told_of = others.iter().any(|other| sum + other == ore)
            || told.sums.iter().any(|said| sum + said.value.amount.ore() == ore);
        let explained = told_of || ore == sum + fees || ore == sum - paid;
        let explained = explained || super::whole::with_fees(sheets, &total, sum);
        // A wrong sum can undo the landlord's case: a person sees both.
        if !explained {
            draft.remark("arrears", "contradiction", "/arrears/amountToRecover");
            total.confidence = total.confidence.min(if rank >= 6 { 0.9 } else { 0.8 });
        }
    }
    Some(total)
}

/// Whether no other sum is told than this one in kronor, and what it is so many times of.
fn is_alone(total: &Seen<Sum>, told: &Told) -> bool {
    let written = total.value.written.to_lowercase();
    let kronor = ["kr", ":-", "sek"].iter().any(|word| written.contains(word));
    let ore = total.value.amount.ore();
    let explained = |sum: &Seen<Sum>| {
        let other = sum.value.amount.ore();
        let each = !matches!(sum.value.meaning, Meaning::Other) && other > 0;
        other == ore || (each && ore % other == 0 && (2..=12).contains(&(ore / other)))
    };
    kronor && ore >= 50_000 && total.confidence >= 0.85 && told.sums.iter().all(explained)
}

/// What the parts make together, or so many months' rent.
fn made(told: &Told, parts: &[Instalment], sum: Option<i64>) -> Option<Seen<Sum>> {
    if let Some(sum) = sum {
        let first = parts.iter().find_map(|part| part.amount.clone())?;
        let sure = match (parts.len(), told.rows.summed) {
            (1, _) => 0.96,
            (_, true) => 0.98,
            (_, false) => 0.93,
        };
        let quote = first.quote.clone();
        let mut made = first.map(|_| Sum {
            amount: Money::from_ore(sum),
            meaning: Meaning::Recover(2),
            months: Vec::new(),
            written: quote,
        });
        // The letter may say the sum itself, too.
        let said = told.sums.iter().any(|said| said.value.amount.ore() == sum);
        made.confidence = match said && parts.len() > 1 {
            true => 0.97,
            false => made.confidence.min(sure),
        };
        return Some(made);
    }
    let times = told.sums.iter().find_map(|sum| match sum.value.meaning {
        Meaning::Times(count) => Some((sum, count)),
        Meaning::Recover(_)
        | Meaning::Sum
        | Meaning::Monthly
        | Meaning::Period
        | Meaning::Other => None,
    });
    if let Some((each, count)) = times {
        let ore = each.value.amount.ore().checked_mul(i64::from(count))?;
        let mut made = each.clone();
        made.value.amount = Money::from_ore(ore);
        made.confidence = 0.93;
        return Some(made);
    }
    told.stated().map(|(sum, _)| sum)
}

fn payment(draft: &mut Draft, words: &Words<'_>) -> Option<Payment> {
    let all = words.sheets.iter().chain(std::iter::once(words.signature)).map(payments::accounts);
    let found = all.reduce(|one, other| Accounts {
        bankgiro: one.bankgiro.or(other.bankgiro),
        plusgiro: one.plusgiro.or(other.plusgiro),
        ocr: one.ocr.or(other.ocr),
    })?;
    let payment = Payment {
        bankgiro: draft.maybe("/arrears/payment/bankgiro", found.bankgiro),
        plusgiro: draft.maybe("/arrears/payment/plusgiro", found.plusgiro),
        ocr: draft.maybe("/arrears/payment/ocr", found.ocr).map(Masked::new),
    };
    (payment != Payment::default()).then_some(payment)
}
