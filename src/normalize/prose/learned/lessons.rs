//! What a reading asked of the learned weights, kept while they are made: the same words that are weighed are learned from.

use std::cell::RefCell;
use std::collections::BTreeSet;

thread_local! {
    static KINDS: RefCell<Vec<BTreeSet<String>>> = const { RefCell::new(Vec::new()) };
}

/// Keeps what was asked of the kinds.
pub(in crate::normalize::prose) fn asked_of_kind(features: &BTreeSet<String>) {
    KINDS.with_borrow_mut(|kept| kept.push(features.clone()));
}

/// What was asked since the last time.
pub(super) fn kinds() -> Vec<BTreeSet<String>> {
    KINDS.with_borrow_mut(std::mem::take)
}
