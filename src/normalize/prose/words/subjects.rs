//! Whom and which home a text is about, as far as it takes to tell whether an older mail below it is about the same.

use super::super::homes;
use super::super::names;
use super::super::pattern::pattern;
use super::super::persons;

pattern!(IDENTITY, r"\b(?:19|20)?(\d{6})\s?[-+ ]?\s?(\d{4})\b");

/// Further in a text is about nobody new.
const MOST_BYTES: usize = 20_000;

/// Whom a text names.
pub(in crate::normalize::prose) struct Subjects {
    numbers: Vec<String>,
    /// Those it says that it is about.
    about: Vec<String>,
    /// Everybody it names.
    names: Vec<String>,
    /// The streets it gives as somebody's home.
    homes: Vec<String>,
    /// Every street it names.
    streets: Vec<String>,
}

/// How two texts' subjects go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::normalize::prose) enum Likeness {
    /// The text above names nobody and no home.
    Silent,
    Same,
    /// It cannot be told.
    Unsure,
    Another,
}

impl Subjects {
    /// Those of a text.
    pub(in crate::normalize::prose) fn of(text: &str) -> Self {
        let (text, _) = crate::normalize::build::shorten(text, MOST_BYTES);
        let numbers = IDENTITY
            .all(text)
            .take(50)
            .filter_map(|fit| Some([fit.get(1)?.as_str(), fit.get(2)?.as_str()].concat()));
        let (about, names) = persons::named(text);
        let numbers = numbers.collect();
        let (homes, streets) = homes::streets_of(text);
        Self { numbers, about, names, homes, streets }
    }

    /// Whether what stands below a text is about the same as the text.
    pub(in crate::normalize::prose) fn likeness(&self, below: &Self) -> Likeness {
        let silent = self.numbers.is_empty() && self.about.is_empty() && self.streets.is_empty();
        if silent {
            return Likeness::Silent;
        }
        let told = [
            shared(&self.numbers, &below.numbers, |one, other| one == other),
            shared(&self.about, &below.names, names::same),
            shared(&self.homes, &below.streets, |one, other| one == other),
        ];
        let street = shared(&self.streets, &below.homes, |one, other| one == other);
        match () {
            () if told.contains(&Some(true)) || street == Some(true) => Likeness::Same,
            () if told.contains(&Some(false)) => Likeness::Another,
            () => Likeness::Unsure,
        }
    }
}

/// Whether two lists have anything in common; `None` when one is empty.
fn shared(one: &[String], other: &[String], same: impl Fn(&str, &str) -> bool) -> Option<bool> {
    (!one.is_empty() && !other.is_empty())
        .then(|| one.iter().any(|one| other.iter().any(|other| same(one, other))))
}
