//! A text as the learned weights know it: its words without endings, two that follow each other, and figures as nothing but their length.

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
