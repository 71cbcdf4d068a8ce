//! The households that a message has told of, found again in its other texts by number, by name, by home.

use super::super::prose::pattern::pattern;
use super::key::Key;
use crate::domain::notice::Notice;
use crate::domain::person_id::PersonIdentity;
use crate::domain::person_id::PersonIdentityKind;
use jiff::civil::Date;
use std::collections::HashMap;
use std::collections::HashSet;

pattern!(
    NUMBER,
    r"(?:^|[^\d\-])((?:(?:18|19|20)\d{2}|\d{2})[01]\d[0-9]\d[ ]?[-+]?[ ]?\d{4})(?:$|[^\d\-])"
);

/// The households that were told of.
pub(super) struct Known {
    keys: Vec<Key>,
    numbers: HashMap<String, usize>,
    /// Two words of a name.
    names: HashMap<(String, String), usize>,
}

impl Known {
    /// Those of these notices.
    pub(super) fn of(notices: &[Notice]) -> Self {
        let mut known = Self {
            keys: notices.iter().map(Key::of).collect(),
            numbers: HashMap::new(),
            names: HashMap::new(),
        };
        for (at, notice) in notices.iter().enumerate() {
            for person in &notice.persons {
                if let Some(number) =
                    person.identity.as_ref().and_then(|it| tail(it.value.reveal()))
                {
                    known.numbers.entry(number).or_insert(at);
                }
                let name = person.name.as_ref().map(|it| it.reveal().to_lowercase());
                let words: Vec<String> = words(&name.unwrap_or_default());
                if let (Some(first), Some(last)) = (words.first(), words.last())
                    && words.len() > 1
                {
                    known.names.entry((first.clone(), last.clone())).or_insert(at);
                }
            }
        }
        known
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.keys.len()
    }

    /// The notice that a text is about. Where it names nobody, the street of one of them will do: it is nobody else's by what is said.
    pub(super) fn of_key(&self, key: &Key) -> Option<usize> {
        let same = self.keys.iter().position(|known| known.fits(key));
        let street = || self.keys.iter().position(|known| known.shares_street(key));
        same.or_else(|| key.is_empty().then(street).flatten())
    }

    /// The notices of whose people a text speaks by name or number.
    pub(super) fn spoken_of(&self, text: &str) -> Vec<usize> {
        let mut found: HashSet<usize> = HashSet::new();
        found.extend(numbers(text).filter_map(|number| self.numbers.get(&number)));
        let words = words(&text.to_lowercase());
        // The family name stands behind the given name, with at most one other between them; or before it.
        for pair in words.windows(3) {
            let [one, two, three] = pair else { continue };
            for (first, last) in [(one, two), (one, three), (two, one), (two, three), (three, two)]
            {
                found.extend(self.names.get(&(first.clone(), last.clone())));
            }
        }
        if let [one, two] = words.as_slice() {
            found.extend(self.names.get(&(one.clone(), two.clone())));
        }
        let mut found: Vec<usize> = found.into_iter().collect();
        found.sort_unstable();
        found
    }

    /// Whether there is an identity number in a text that is nobody's of these.
    pub(super) fn unknown_number(&self, text: &str, on: Date) -> bool {
        numbers(text).any(|number| !self.numbers.contains_key(&number) && is_right(&number, on))
    }
}

/// The identity numbers in a text whose check holds, without century and sign.
pub(super) fn right_numbers(text: &str, on: Date) -> HashSet<String> {
    numbers(text).filter(|number| is_right(number, on)).collect()
}

fn is_right(number: &str, on: Date) -> bool {
    let (identity, fault) = PersonIdentity::read(number, on);
    fault.is_none() && identity.kind != PersonIdentityKind::Other
}

/// The identity numbers in a text, without century and sign.
fn numbers(text: &str) -> impl Iterator<Item = String> {
    NUMBER.all(text).filter_map(|fit| tail(fit.get(1)?.as_str()))
}

/// The last ten digits of a number.
fn tail(number: &str) -> Option<String> {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    digits.get(digits.len().checked_sub(10)?..).map(str::to_owned)
}

fn words(lower: &str) -> Vec<String> {
    lower
        .split(|c: char| !c.is_alphabetic() && c != '-')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}
