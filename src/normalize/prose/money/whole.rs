//! The sum of the months against what was taken for the whole debt: of a cell that tells both, the first amount is a month's; what is more may be
//! its fees.

use super::super::Letter;
use super::super::heard;
use super::super::seen::Seen;
use super::super::seen::Sheet;
use super::super::seen::before;
use super::amount_words;
use super::sums::Sum;
use crate::domain::money::Money;
use crate::domain::notice::Notice;

/// Words before a sum of several.
const TOTAL: [&str; 7] =
    ["summa", "tillhopa", "total", "sammanlag", "tillsammans", "att betala", "inalles"];
/// How often the sum of all months, where it stands in the message, is what must be paid.
const SURE: f64 = 0.96;

/// Words for what is owed beyond the months.
const FEES: [&str; 4] = ["ränt", "kostnad", "påminnelseavgift", "inkassoavgift"];

/// Whether the words before the whole say that interest or fees are in it, which nobody has counted apart: `med ränta och kostnader blir det …`.
pub(super) fn with_fees(sheets: &[Sheet], total: &Seen<Sum>, months: i64) -> bool {
    let more = total.value.amount.ore() - months;
    let sheet = sheets.iter().find(|sheet| sheet.number == total.sheet);
    let before = sheet.map(|sheet| before(&sheet.text, total.at, 60)).unwrap_or_default();
    let sentence = before.rsplit(". ").next().unwrap_or_default();
    let counted = sentence.contains(|c: char| c.is_ascii_digit());
    more > 0 && more <= months / 4 && !counted && FEES.iter().any(|word| sentence.contains(word))
}

/// Puts the sum of the months in the place of a single month's amount, where that sum stands in the message.
pub(in crate::normalize) fn settle(letter: &Letter<'_>, notice: &mut Notice) {
    let Some(arrears) = notice.arrears.as_mut() else { return };
    let count = arrears.periods.len();
    let months: Vec<i64> =
        arrears.periods.iter().filter_map(|month| Some(month.amount?.ore())).collect();
    let told = arrears.amount_to_recover.map(Money::ore);
    // Of months told without their amounts, all alike.
    let (whole, alike) = match (months.len() == count, told) {
        (true, _) => (months.iter().sum::<i64>(), false),
        (false, Some(told)) if months.iter().all(|month| *month == told) => {
            (told.saturating_mul(i64::try_from(count).unwrap_or(1)), true)
        }
        (false, _) => return,
    };
    let month = alike || told.is_none_or(|told| months.contains(&told));
    if count < 2 || !month || told == Some(whole) {
        return;
    }
    let heard = heard(letter);
    let found = heard.sheets.iter().find_map(|sheet| {
        let amounts = amount_words::amounts(&sheet.text);
        let called = |at: usize| {
            let before = before(&sheet.text, at, 30);
            TOTAL.iter().any(|word| before.contains(word))
        };
        let is_sum =
            |one: &amount_words::Written| one.money.ore() == whole && (!alike || called(one.at));
        let sum = amounts.into_iter().find(is_sum)?;
        let quote = sheet.text.get(sum.at..sum.end)?;
        Some(Seen::on(sheet, sum.at, quote, sum.money, SURE))
    });
    let Some(found) = found else { return };
    notice.evidence.insert("/arrears/amountToRecover".to_owned(), found.evidence());
    arrears.as_written = Some(found.quote.clone());
    arrears.currency.get_or_insert_with(|| "SEK".to_owned());
    arrears.amount_to_recover = Some(found.value);
}
