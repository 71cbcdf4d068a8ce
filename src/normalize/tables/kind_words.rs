//! A few words that may name a kind of notice: whole words, what is denied among them, and the statutes that they name.

use super::super::prose::pattern::pattern;
use crate::domain::labels::folded;

pattern!(ARREARS_RENT, r"(?i)\b12[ ]*(?::|\.|kap\.?)[ ]*44\b");
pattern!(ARREARS_OWNED, r"(?i)\b7[ ]*(?::|\.|kap\.?)[ ]*23\b");
pattern!(DISTURBANCE_RENT, r"(?i)\b12[ ]*(?::|\.|kap\.?)[ ]*25\b");
pattern!(DISTURBANCE_OWNED, r"(?i)\b7[ ]*(?::|\.|kap\.?)[ ]*9\b(?:[ ]*§)?[ ]*(?:brl|bostadsr)");
pattern!(DAY, r"\b\d{4}-\d\d(?:-\d\d)?\b|\b\d{1,2}[./:]\d\d(?:[./]\d{2,4})?\b(?:[ ]*(?:kl|-))?");

/// A few words, folded one by one, and the statutes among them.
pub(super) struct Words {
    pub(super) words: Vec<String>,
    /// All in one.
    pub(super) whole: String,
    pub(super) arrears: bool,
    pub(super) owned_arrears: bool,
    pub(super) disturbance: bool,
    pub(super) owned_disturbance: bool,
}

impl Words {
    pub(super) fn of(text: &str) -> Self {
        let words: Vec<String> = text
            .split(|c: char| !c.is_alphanumeric())
            .map(folded)
            .filter(|word| !word.is_empty())
            .collect();
        // `12-25` of a day is no statute.
        let without_days = without(text);
        Self {
            whole: words.concat(),
            words,
            arrears: ARREARS_RENT.is_in(&without_days),
            owned_arrears: ARREARS_OWNED.is_in(&without_days),
            disturbance: DISTURBANCE_RENT.is_in(&without_days),
            owned_disturbance: DISTURBANCE_OWNED.is_in(&without_days),
        }
    }

    /// How many of them are words and no figures.
    pub(super) fn letters(&self) -> usize {
        let figures = |word: &&String| word.bytes().all(|byte| byte.is_ascii_digit());
        self.words.len() - self.words.iter().filter(figures).count()
    }

    /// Whether a word begins with one of these.
    pub(super) fn begin(&self, list: &[&str]) -> bool {
        self.words.iter().any(|word| list.iter().any(|start| word.starts_with(start)))
    }

    /// Whether these words follow each other.
    pub(super) fn follow(&self, list: &[&str]) -> bool {
        list.iter().any(|wanted| {
            let wanted: Vec<&str> = wanted.split(' ').collect();
            self.words.windows(wanted.len()).any(|words| words == wanted.as_slice())
        })
    }

    /// Whether one of these is said, and not denied within three words before it: `ej ännu helt betald`.
    pub(super) fn affirm(&self, list: &[&str]) -> bool {
        self.words.iter().enumerate().any(|(at, word)| {
            let before = self.words.get(at.saturating_sub(3)..at).unwrap_or_default();
            list.iter().any(|start| word.starts_with(start))
                && !before.iter().any(|word| DENIALS.contains(&word.as_str()))
        })
    }

    /// Whether they speak of a tenant-owned home.
    pub(super) fn owned(&self) -> bool {
        self.owned_arrears
            || self.owned_disturbance
            || self.begin(&[
                "brf",
                "bostadsratt",
                "arsavgift",
                "manadsavgift",
                "medlem",
                "tenantowned",
            ])
            || matches!(self.whole.as_str(), "brl" | "avgift" | "avgifter")
            || self.follow(&[
                "obetald avgift",
                "obetalda avgifter",
                "tenant owned",
                "forfallen avgift",
                "forsummad avgift",
            ])
    }
}

/// A text without its days, whose figures are no statute's.
fn without(text: &str) -> String {
    let mut rest = String::with_capacity(text.len());
    let mut from = 0;
    for fit in DAY.all(text).filter_map(|fit| fit.get(0)) {
        let statute = matches!(
            fit.as_str().trim(),
            "12:44" | "7:23" | "12:25" | "7:9" | "7.23" | "12.44" | "12.25"
        );
        if !statute {
            rest.push_str(text.get(from..fit.start()).unwrap_or_default());
            from = fit.end();
        }
    }
    rest.push_str(text.get(from..).unwrap_or_default());
    rest
}

/// What is denied is not so.
const DENIALS: &[&str] = &[
    "ej", "inte", "icke", "aldrig", "utan", "not", "never", "annu", "ingen", "inga", "del",
    "delvis",
];
