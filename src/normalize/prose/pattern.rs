//! Patterns of what people write, compiled once.

use regex::Captures;
use regex::Regex;
use std::sync::LazyLock;

/// A regular expression. One that does not compile finds nothing, and fails every test that runs it.
pub(in crate::normalize) struct Pattern(LazyLock<Option<Regex>>);

impl Pattern {
    /// The pattern made by `make`; [`pattern!`] is the way to it.
    pub(in crate::normalize) const fn new(make: fn() -> Option<Regex>) -> Self {
        Self(LazyLock::new(make))
    }

    /// Every place where it fits, from left to right.
    pub(in crate::normalize) fn all<'t>(
        &'static self,
        text: &'t str,
    ) -> impl Iterator<Item = Captures<'t>> {
        self.0.as_ref().into_iter().flat_map(move |regex| regex.captures_iter(text))
    }

    /// The first place where it fits.
    pub(in crate::normalize) fn first<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.0.as_ref().and_then(|regex| regex.captures(text))
    }

    /// Where it fits, from left to right: quicker where no group is wanted.
    pub(super) fn places(&'static self, text: &str) -> impl Iterator<Item = (usize, usize)> {
        let found = self.0.as_ref().into_iter().flat_map(move |regex| regex.find_iter(text));
        found.map(|found| (found.start(), found.end()))
    }

    /// Whether it fits anywhere.
    pub(in crate::normalize) fn is_in(&self, text: &str) -> bool {
        self.0.as_ref().is_some_and(|regex| regex.is_match(text))
    }
}

/// Declares a pattern: `pattern!(NAME, r"…")`.
macro_rules! pattern {
    ($name:ident, $text:expr) => {
        pub(super) static $name: crate::normalize::prose::pattern::Pattern =
            crate::normalize::prose::pattern::Pattern::new(|| {
                let made = regex::Regex::new($text);
                debug_assert!(made.is_ok(), "{made:?}");
                made.ok()
            });
    };
}

pub(in crate::normalize) use pattern;
