//! The debt a letter tells of: the sum to pay, its months, the rent, and where to pay.

use super::days::Day;
use super::days::Meaning;
use super::draft::Draft;
use super::numbers;
use super::numbers::Accounts;
use super::seen::Seen;
use super::sums;
use super::sums::Sum;
use super::weigh::Words;
use crate::domain::masked::Masked;
use crate::domain::notice::Arrears;
use crate::domain::notice::ArrearsPeriod;
use crate::domain::notice::NoticeType;
use crate::domain::notice::Payment;

/// The debt, where the kind is about one.
pub(super) fn put_arrears(draft: &mut Draft, words: &Words<'_>, days: &[Seen<Day>]) {
    let owes = matches!(
        draft.notice.kind,
        NoticeType::RentArrears
            | NoticeType::TenantOwnedArrears
            | NoticeType::ElectricityDebt
            | NoticeType::EvictionApplication
    );
    if !owes {
        return;
    }
    let seen: Vec<Seen<Sum>> =
        words.sheets.iter().flat_map(|sheet| sums::sums(sheet, words.on)).collect();
    let of = |meaning: sums::Meaning| seen.iter().filter(move |sum| sum.value.meaning == meaning);
    let periods = periods(draft, &seen, days);
    let mut arrears = Arrears { periods, ..Arrears::default() };
    let recover = of(sums::Meaning::Recover).max_by_key(|sum| sum.value.amount.ore());
    let single = of(sums::Meaning::Sum).max_by_key(|sum| sum.value.amount.ore());
    let months: i64 =
        arrears.periods.iter().filter_map(|period| period.amount).map(|amount| amount.ore()).sum();
    if let Some(sum) = recover.or(single) {
        let amount = sum.value.amount;
        if months > 0 && arrears.periods.len() > 1 && amount.ore() < months {
            draft.remark("arrears", "contradiction", "/arrears/amountToRecover");
        }
        arrears.as_written = Some(sum.value.written.clone());
        arrears.amount_to_recover =
            Some(draft.take("/arrears/amountToRecover", sum.clone().map(|sum| sum.amount)));
        arrears.currency = Some("SEK".to_owned());
    }
    if let Some(rent) = of(sums::Meaning::Monthly).next() {
        arrears.monthly_rent =
            Some(draft.take("/arrears/monthlyRent", rent.clone().map(|sum| sum.amount)));
    }
    arrears.payment = payment(draft, words);
    if arrears != Arrears::default() {
        draft.notice.arrears = Some(arrears);
    }
}

/// The debt by month, with the day it was due where that stands behind the amount.
fn periods(draft: &mut Draft, seen: &[Seen<Sum>], days: &[Seen<Day>]) -> Vec<ArrearsPeriod> {
    let mut periods: Vec<ArrearsPeriod> = Vec::new();
    for sum in seen.iter().filter(|sum| sum.value.meaning == sums::Meaning::Period) {
        let Some(month) = sum.value.period.clone() else { continue };
        if periods.iter().any(|known| known.period.as_deref() == Some(month.as_str())) {
            continue;
        }
        let due = days.iter().find(|day| {
            let near = day.at > sum.at && day.at < sum.at + sum.quote.len() + 40;
            near && day.sheet == sum.sheet && day.value.meaning == Meaning::Due
        });
        let path = format!("/arrears/periods/{}", periods.len());
        let amount = draft.take(&format!("{path}/amount"), sum.clone().map(|sum| sum.amount));
        let due_on = draft.maybe(&format!("{path}/dueOn"), due.cloned()).map(|day| day.date);
        periods.push(ArrearsPeriod { period: Some(month), due_on, amount: Some(amount) });
    }
    periods
}

fn payment(draft: &mut Draft, words: &Words<'_>) -> Option<Payment> {
    let all = words.sheets.iter().chain(std::iter::once(words.signature)).map(numbers::accounts);
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
