//! What a reading asked of the learned weights, kept while they are made: the same words that are weighed are learned from.

use jiff::civil::Date;
use std::cell::RefCell;
use std::collections::BTreeSet;

/// What was asked: of which file, with which words, of which day.
pub(super) struct Asked {
    pub(super) of: &'static str,
    pub(super) words: BTreeSet<String>,
    pub(super) day: Option<Date>,
}

thread_local! {
    static ASKED: RefCell<Vec<Asked>> = const { RefCell::new(Vec::new()) };
}

/// Keeps what was asked.
pub(in crate::normalize::prose) fn asked(
    of: &'static str,
    words: &BTreeSet<String>,
    day: Option<Date>,
) {
    ASKED.with_borrow_mut(|kept| kept.push(Asked { of, words: words.clone(), day }));
}

/// What was asked since the last time.
pub(super) fn all() -> Vec<Asked> {
    ASKED.with_borrow_mut(std::mem::take)
}
