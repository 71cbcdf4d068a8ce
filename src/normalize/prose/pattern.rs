//! Patterns of what people write, compiled once, and quick on Swedish text.
//!
//! The expressions' fast engine gives up where a word's edge (`\b`) meets a letter beyond ASCII, and a text with `å` in it is then gone through
//! ten to a hundred times slower. So each pattern has a loose twin without edges, which fits wherever the pattern itself does, and more: where the
//! twin fits nowhere, nor does the pattern, and where it first fits, the pattern's search begins.

use regex::Captures;
use regex::Match;
use regex::Regex;
use std::sync::LazyLock;

/// A regular expression. One that does not compile finds nothing, and fails every test that runs it.
pub(in crate::normalize) struct Pattern {
    exact: LazyLock<Option<Regex>>,
    /// The same without the edges of words, if there are any.
    loose: LazyLock<Option<Regex>>,
}

impl Pattern {
    /// The pattern made by `exact` and its twin; [`pattern!`] is the way to it.
    pub(in crate::normalize) const fn new(
        exact: fn() -> Option<Regex>,
        loose: fn() -> Option<Regex>,
    ) -> Self {
        Self { exact: LazyLock::new(exact), loose: LazyLock::new(loose) }
    }

    /// Every place where it fits, from left to right.
    pub(in crate::normalize) fn all<'t>(
        &'static self,
        text: &'t str,
    ) -> impl Iterator<Item = Captures<'t>> {
        let mut from = Walk::default();
        std::iter::from_fn(move || {
            loop {
                let found = self.captures_at(text, from.at?)?;
                if from.passes(text, found.get(0)?) {
                    return Some(found);
                }
            }
        })
    }

    /// The first place where it fits.
    pub(in crate::normalize) fn first<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.captures_at(text, 0)
    }

    /// Where it fits, from left to right: quicker where no group is wanted.
    pub(super) fn places(&'static self, text: &str) -> impl Iterator<Item = (usize, usize)> {
        let mut from = Walk::default();
        std::iter::from_fn(move || {
            loop {
                let start = self.may_begin(text, from.at?)?;
                let found = self.exact.as_ref()?.find_at(text, start)?;
                if from.passes(text, found) {
                    return Some((found.start(), found.end()));
                }
            }
        })
    }

    /// Whether it fits anywhere.
    pub(in crate::normalize) fn is_in(&self, text: &str) -> bool {
        self.may_begin(text, 0).is_some_and(|start| {
            self.exact.as_ref().is_some_and(|exact| exact.is_match_at(text, start))
        })
    }

    fn captures_at<'t>(&self, text: &'t str, at: usize) -> Option<Captures<'t>> {
        let start = self.may_begin(text, at)?;
        self.exact.as_ref()?.captures_at(text, start)
    }

    /// From where on it is worth a search; nowhere in most texts.
    /// Whether the text is plain ASCII is not asked: that would go through the whole of it for every place.
    fn may_begin(&self, text: &str, at: usize) -> Option<usize> {
        match self.loose.as_ref() {
            Some(loose) => loose.find_at(text, at).map(|found| found.start()),
            None => Some(at),
        }
    }
}

/// Where the search for the next place begins, as the expressions' own iterators go on.
struct Walk {
    at: Option<usize>,
    last_end: Option<usize>,
}

impl Default for Walk {
    fn default() -> Self {
        Self { at: Some(0), last_end: None }
    }
}

impl Walk {
    /// Goes past a place; `false` for an empty one that touches the last.
    fn passes(&mut self, text: &str, found: Match<'_>) -> bool {
        if found.is_empty() && self.last_end == Some(found.end()) {
            let next = text.get(found.end()..).and_then(|rest| rest.chars().next());
            self.at = next.map(|c| found.end() + c.len_utf8());
            return false;
        }
        self.at = Some(found.end());
        self.last_end = self.at;
        true
    }
}

/// Compiles a pattern.
pub(in crate::normalize) fn compiled(text: &str) -> Option<Regex> {
    let made = Regex::new(text);
    debug_assert!(made.is_ok(), "{made:?}");
    made.ok()
}

/// Compiles its twin, if it has edges of words.
pub(in crate::normalize) fn loosened(text: &str) -> Option<Regex> {
    let mut loose = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match (letter, letter == '\\') {
            (_, true) => match letters.next() {
                Some('b') => {}
                Some(other) => loose.extend(['\\', other]),
                None => return None,
            },
            (plain, false) => loose.push(plain),
        }
    }
    (loose.len() < text.len()).then(|| compiled(&loose)).flatten()
}

/// Declares a pattern: `pattern!(NAME, r"…")`.
macro_rules! pattern {
    ($name:ident, $text:expr) => {
        pub(super) static $name: crate::normalize::prose::pattern::Pattern =
            crate::normalize::prose::pattern::Pattern::new(
                || crate::normalize::prose::pattern::compiled($text),
                || crate::normalize::prose::pattern::loosened($text),
            );
    };
}

pub(in crate::normalize) use pattern;

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::path::PathBuf;

    /// An edge that is repeated, negated or in a class would leave its sign behind in the loose twin.
    #[test]
    fn no_pattern_holds_an_edge_that_the_twin_would_strip_wrongly() {
        let edge = r"\b";
        let mut wrong: Vec<String> =
            ["?", "*", "+", "{"].iter().map(|sign| format!("{edge}{sign}")).collect();
        wrong.extend([r"\B".to_owned(), format!("[{edge}"), format!("[^{edge}")]);
        let here = Path::new(file!()).parent().and_then(Path::parent).unwrap();
        let mut folders = vec![here.to_owned()];
        let mut seen = 0;
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).unwrap().flatten() {
                let path: PathBuf = entry.path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                if path.extension().is_none_or(|end| end != "rs")
                    || path.ends_with("prose/pattern.rs")
                {
                    continue;
                }
                let text = std::fs::read_to_string(&path).unwrap();
                seen += text.matches("pattern!(").count();
                for sign in &wrong {
                    assert!(!text.contains(sign.as_str()), "{sign} in {}", path.display());
                }
            }
        }
        assert!(seen > 50, "{seen}");
    }
}
