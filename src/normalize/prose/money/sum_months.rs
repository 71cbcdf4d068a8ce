//! Which months an amount is told of: those right before it in its sentence, or right behind it.

use super::super::words::flow;
use super::amount_words::Written;
use super::month_words::Months;

/// The months that stand with an amount: right before it, or right behind where none stands before.
pub(super) fn month_of<'a>(
    flow: &str,
    months: &'a [Months],
    one: &Written,
    last: usize,
    next: usize,
) -> Option<&'a Months> {
    let close = |from: usize, to: usize, most: usize| {
        let between = flow.get(from..to).unwrap_or("\n");
        !between.contains('\n') && between.chars().count() <= most
    };
    let start = flow::sentence_start(flow, one.at);
    let front =
        months.iter().rev().find(|month| month.end <= one.at && month.at >= last.max(start));
    let front = front.filter(|month| close(month.end, one.at, 64));
    let behind = || {
        let next = months.iter().find(|month| month.at >= one.end && month.end <= next)?;
        let between = flow.get(one.end..next.at).unwrap_or("\n").to_lowercase();
        let words = [
            "för", "avser", "avseende", "hyra", "avgift", "for", "hyran", "rent", "of", "husleje",
            "(", ",", "",
        ];
        let mut left =
            between.split_whitespace().map(|word| word.trim_matches([',', '(', ')', ':']));
        (!between.contains('\n') && left.all(|word| words.contains(&word))).then_some(next)
    };
    front.or_else(behind)
}

/// Whether only signs stand between a month and an amount.
pub(super) fn beside(flow: &str, months: &Months, one: &Written) -> bool {
    let between = flow.get(months.end..one.at).or_else(|| flow.get(one.end..months.at));
    between.is_some_and(|text| !text.chars().any(char::is_alphanumeric))
}
