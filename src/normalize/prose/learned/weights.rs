//! Learns from lessons how much each word speaks for each class, and writes it as the files that the reader weighs by.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::HashMap;
use std::fmt::Write as _;

/// A word is learned when so many senders use it.
const STYLES: usize = 4;
const ROUNDS: usize = 25;

/// One lesson: who taught it, its words, and its classes.
pub(super) struct Lesson {
    pub(super) style: String,
    pub(super) words: BTreeSet<String>,
    pub(super) classes: BTreeSet<String>,
}

/// Weights while they are learned.
pub(super) struct Trained {
    classes: Vec<String>,
    words: Vec<String>,
    weights: Vec<f64>,
}

impl Trained {
    /// Learns from lessons; `one`: each has exactly one class.
    pub(super) fn of<'a>(lessons: impl Iterator<Item = &'a Lesson>, one: bool) -> Self {
        let lessons: Vec<&Lesson> = lessons.collect();
        let mut users: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for lesson in &lessons {
            for word in &lesson.words {
                users.entry(word).or_default().insert(&lesson.style);
            }
        }
        let words: Vec<String> = users
            .iter()
            .filter(|(word, styles)| styles.len() >= STYLES && !invented(word))
            .map(|(word, _)| (*word).to_owned())
            .collect();
        let places: HashMap<&str, usize> =
            words.iter().enumerate().map(|(at, word)| (word.as_str(), at)).collect();
        let classes: BTreeSet<&String> =
            lessons.iter().flat_map(|lesson| &lesson.classes).collect();
        let classes: Vec<String> = classes.into_iter().cloned().collect();
        let data: Vec<(Vec<usize>, Vec<bool>)> = lessons
            .iter()
            .map(|lesson| {
                let known = lesson.words.iter().filter_map(|word| places.get(word.as_str()));
                let is = classes.iter().map(|class| lesson.classes.contains(class));
                (known.copied().collect(), is.collect())
            })
            .collect();
        let weights = learn(&data, words.len(), one);
        Self { classes, words, weights }
    }

    /// The file.
    pub(super) fn written(&self) -> String {
        let count = self.classes.len();
        let mut text = self.classes.join("\t");
        text.push('\n');
        for (at, weights) in self.weights.chunks(count).enumerate() {
            let word = self.words.get(at).map_or("", String::as_str);
            let hundredths: Vec<(usize, i64)> = weights
                .iter()
                .map(|weight| (weight * 100.0).round() as i64)
                .enumerate()
                .filter(|(_, weight)| weight.abs() > 12 || word.is_empty())
                .collect();
            if hundredths.is_empty() {
                continue;
            }
            text.push_str(word);
            for (class, weight) in hundredths {
                write!(text, "\t{class} {weight}").unwrap();
            }
            text.push('\n');
        }
        text
    }
}

/// Words of invented names stand in every fixture and in no letter.
fn invented(word: &str) -> bool {
    let signs = ["fikti", "pahit", "lats", "exemp", "test", "prov", "hitte", "uppdik", "avh"];
    word.split(' ').any(|word| signs.iter().any(|sign| word.starts_with(sign)))
        && !["avhysni", "provnin", "provnings"].iter().any(|real| word.contains(real))
}

/// A logistic regression, by steps that grow smaller where many were taken; `one`: of classes that shut each other out.
fn learn(data: &[(Vec<usize>, Vec<bool>)], words: usize, one: bool) -> Vec<f64> {
    let classes = data.first().map_or(0, |(_, is)| is.len());
    let mut weights = vec![0.0_f64; (words + 1) * classes];
    let mut steps = vec![1e-6_f64; weights.len()];
    for _ in 0..ROUNDS {
        for (known, is) in data {
            let share = 1.0 / (known.len().max(1) as f64).sqrt();
            let mut sums: Vec<f64> = weights[words * classes..].to_vec();
            for word in known {
                for (at, sum) in sums.iter_mut().enumerate() {
                    *sum += weights[word * classes + at] * share;
                }
            }
            let most = sums.iter().copied().fold(f64::MIN, f64::max);
            let all: f64 = sums.iter().map(|sum| (sum - most).exp()).sum();
            for at in 0..classes {
                let likely = match one {
                    true => (sums[at] - most).exp() / all,
                    false => 1.0 / (1.0 + (-sums[at]).exp()),
                };
                let wrong = likely - f64::from(u8::from(is[at]));
                for word in known {
                    let place = word * classes + at;
                    let slope = wrong * share + 1e-4 * weights[place];
                    steps[place] += slope * slope;
                    weights[place] -= 0.3 * slope / steps[place].sqrt();
                }
                let place = words * classes + at;
                steps[place] += wrong * wrong;
                weights[place] -= 0.05 * wrong / steps[place].sqrt();
            }
        }
    }
    weights
}
