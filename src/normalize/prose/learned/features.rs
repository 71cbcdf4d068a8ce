//! A text as the learned weights know it: its words without endings, two that follow each other, and figures as nothing but their length.

use crate::normalize::prose::words::fold::Folded;
use std::collections::BTreeSet;

/// So many letters of a word tell what it is about; the rest is its ending.
const STEM: usize = 7;
/// No letter tells more than so many words.
const MOST: usize = 4_000;

/// The words of folded texts and their pairs.
pub(in crate::normalize::prose) fn of_texts<'a>(
    texts: impl Iterator<Item = &'a str>,
) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for text in texts {
        let words: Vec<String> = words(text).take(MOST).collect();
        found.extend(words.windows(2).map(|pair| pair.join(" ")));
        found.extend(words);
    }
    found
}

/// The words of a folded text, shortened.
pub(in crate::normalize::prose) fn words(text: &str) -> impl Iterator<Item = String> {
    let split = |c: char| !(c.is_alphanumeric() || c == '§');
    text.split(split).filter(|word| !word.is_empty()).map(|word| {
        match word.contains(|c: char| c.is_ascii_digit()) {
            true => format!("#{}", word.chars().count().min(6)),
            false => word.chars().take(STEM).collect(),
        }
    })
}

/// Words with a mark before each that tells where they stand: `n:hamnkon`, and the end of long ones, which tells what a compound is: `n~kontoret`.
pub(in crate::normalize::prose) fn marked(into: &mut BTreeSet<String>, mark: &str, text: &str) {
    let plain = Folded::of(text).text;
    for word in words(&plain).take(MOST) {
        into.insert(format!("{mark}:{word}"));
    }
    for word in plain.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > STEM) {
        let skipped = word.chars().count().saturating_sub(6);
        into.insert(format!("{mark}~{}", word.chars().skip(skipped).collect::<String>()));
    }
}

/// The words on either side of a value, the nearest told apart.
pub(in crate::normalize::prose) fn around(
    into: &mut BTreeSet<String>,
    mark: &str,
    words: &[String],
) {
    for (at, word) in words.iter().enumerate() {
        into.insert(format!("{mark}:{word}"));
        if at < 2 {
            into.insert(format!("{mark}{at}:{word}"));
        }
    }
    for pair in words.windows(2) {
        into.insert(format!("{mark}:{}", pair.join(" ")));
    }
}
