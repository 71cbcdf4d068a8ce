//! The oracle on what was told: receipt files by their numbers, and Kronofogden's confirmations, which no kill may lose.

use std::collections::HashSet;

use super::oracle::Acknowledgement;
use super::oracle::Verdict;
use super::oracle::World;

/// Where Kronofogden reads.
pub(super) const AUTHORITY: &str = "avhysning@kronofogden.example";

/// Whether a mail is a confirmation to Kronofogden.
pub(super) fn is_statutory(mail: &Acknowledgement) -> bool {
    mail.recipient == AUTHORITY
}

/// Each notice of a time for a removal is confirmed, whoever was killed; none that nobody sent, and none about another kind.
pub(super) fn judge_confirmations(world: &World, verdict: &mut Verdict) {
    let confirmations = world.acknowledgements.iter().filter(|mail| is_statutory(mail));
    let told: HashSet<&str> =
        confirmations.filter(|mail| mail.taken).map(|mail| mail.reference.as_str()).collect();
    let demands = world.shown.iter().filter(|shown| shown.kind == "removalScheduled");
    let demanded: HashSet<&str> = demands.map(|shown| shown.reference.as_str()).collect();
    for reference in demanded.difference(&told) {
        verdict.wrong.push(format!("{reference} was not confirmed to Kronofogden"));
    }
    for reference in told.difference(&demanded) {
        verdict.wrong.push(format!("{reference} was confirmed, which nothing demanded"));
    }
}

/// Running numbers without gaps, each receipt in both forms.
pub(super) fn judge_receipts(world: &World, verdict: &mut Verdict) {
    let mut numbers: Vec<i64> = world.receipts.iter().map(|receipt| receipt.number).collect();
    numbers.sort_unstable();
    let expected = 1..=i64::try_from(numbers.len()).unwrap_or(i64::MAX);
    if !numbers.iter().copied().eq(expected) {
        verdict.wrong.push(format!("the receipts' numbers have gaps or repeats: {numbers:?}"));
    }
    let offered: HashSet<&str> = world.offers.iter().map(|offer| offer.mark.as_str()).collect();
    for receipt in &world.receipts {
        if !offered.contains(receipt.mark.as_str()) {
            verdict.wrong.push(format!("a receipt for {}, which nobody offered", receipt.mark));
        }
        if !receipt.has_xml {
            verdict.wrong.push(format!("receipt {} has no XML form", receipt.number));
        }
    }
}
