//! What many labelled letters taught about words: how much each speaks for a kind of notice, a kind of sender or a meaning of a day. It fills in where no rule speaks,
//! and agrees or disagrees with the rules: what two that know nothing of each other say alike is surer than what one says.
//!
//! The weights stand in files beside this one, written by `write_what_is_learned` from `tests/fixtures/reading`: words that several senders use, never a name.

pub(super) mod features;
#[cfg(test)]
pub(super) mod lessons;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod train;
#[cfg(test)]
mod weights;

use std::collections::BTreeSet;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A text with fewer words that are known than this is about nothing.
const LEAST: usize = 8;

/// How much each word speaks for each class, in hundredths.
pub(super) struct Model {
    classes: Vec<&'static str>,
    bias: Vec<f64>,
    weights: HashMap<&'static str, Vec<(usize, f64)>>,
}

/// The words of kinds of notices.
pub(super) static KINDS: LazyLock<Model> = LazyLock::new(|| Model::of(include_str!("kinds.tsv")));
/// The words of kinds of senders.
pub(super) static SENDERS: LazyLock<Model> =
    LazyLock::new(|| Model::of(include_str!("senders.tsv")));
/// The words around days.
pub(super) static DAYS: LazyLock<Model> = LazyLock::new(|| Model::of(include_str!("days.tsv")));

impl Model {
    /// Reads a file of weights; a line that is none is passed over.
    fn of(text: &'static str) -> Self {
        let mut lines = text.lines();
        let classes: Vec<&str> =
            lines.next().unwrap_or_default().split('\t').filter(|word| !word.is_empty()).collect();
        let mut bias = vec![0.0; classes.len()];
        let mut weights = HashMap::new();
        for line in lines {
            let mut cells = line.split('\t');
            let word = cells.next().unwrap_or_default();
            let pairs: Vec<(usize, f64)> = cells
                .filter_map(|cell| {
                    let (class, weight) = cell.split_once(' ')?;
                    let class = class.parse().ok().filter(|class| *class < classes.len())?;
                    Some((class, weight.parse::<f64>().ok()? / 100.0))
                })
                .collect();
            if word.is_empty() {
                for (class, weight) in pairs {
                    if let Some(of) = bias.get_mut(class) {
                        *of = weight;
                    }
                }
            } else {
                weights.insert(word, pairs);
            }
        }
        Self { classes, bias, weights }
    }

    /// How much speaks for each class.
    fn sums(&self, features: &BTreeSet<String>) -> Vec<f64> {
        let known: Vec<_> =
            features.iter().filter_map(|word| self.weights.get(word.as_str())).collect();
        let share = 1.0 / (known.len().max(1) as f64).sqrt();
        let mut sums = self.bias.clone();
        for (class, weight) in known.into_iter().flatten() {
            if let Some(sum) = sums.get_mut(*class) {
                *sum += weight * share;
            }
        }
        sums
    }

    /// The likeliest class of those of which a text has exactly one, and how likely; of a text without words that are known nothing is said.
    pub(super) fn one(&self, features: &BTreeSet<String>) -> Option<(&'static str, f64)> {
        let is_word = |word: &&String| !word.contains(['#', '=']);
        let known = features.iter().filter(is_word);
        let known = known.filter(|word| self.weights.contains_key(word.as_str()));
        if known.take(LEAST).count() < LEAST {
            return None;
        }
        let sums = self.sums(features);
        let (at, best) = sums.iter().enumerate().max_by(|one, other| one.1.total_cmp(other.1))?;
        let all: f64 = sums.iter().map(|sum| (sum - best).exp()).sum();
        Some((self.classes.get(at)?, 1.0 / all))
    }

    /// How likely each class is where a thing may have several, or none.
    pub(super) fn each(&self, features: &BTreeSet<String>) -> Vec<(&'static str, f64)> {
        let likely = |sum: f64| 1.0 / (1.0 + (-sum).exp());
        self.classes.iter().copied().zip(self.sums(features).into_iter().map(likely)).collect()
    }
}
