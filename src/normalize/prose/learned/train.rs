//! Makes the files of weights from the labelled messages. Run by hand after these have changed: `cargo test --lib write_what_is_learned -- --ignored`.

use super::lessons;
use crate::domain::calendar::LocalTime;
use crate::domain::document::Answer;
use crate::domain::document::Documents;
use crate::domain::document::Outcome;
use crate::normalize::Context;
use crate::normalize::Limits;
use crate::normalize::detect;
use crate::normalize::documents;
use crate::normalize::documents_in;
use crate::normalize::read_leniently;
use bytes::Bytes;
use serde_json::Value;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;
use std::path::PathBuf;

/// A word is learned when so many senders use it.
const STYLES: usize = 4;
const ROUNDS: usize = 25;

/// One lesson: who taught it, its words, and its classes.
pub(super) struct Lesson {
    pub(super) style: String,
    pub(super) words: BTreeSet<String>,
    pub(super) class: String,
}

#[test]
#[ignore = "writes files of the sources"]
fn write_what_is_learned() {
    let lessons = lessons_of_kinds();
    assert!(lessons.len() > 500, "{}", lessons.len());
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/normalize/prose/learned");
    std::fs::write(folder.join("kinds.tsv"), Trained::of(lessons.iter()).written()).unwrap();
}

#[test]
#[ignore = "tells how well the kinds of senders that taught nothing are told"]
fn what_is_learned_of_others() {
    let lessons = lessons_of_kinds();
    let styles: BTreeSet<&str> = lessons.iter().map(|lesson| lesson.style.as_str()).collect();
    let styles: Vec<&str> = styles.into_iter().collect();
    let (mut right, mut all) = ([0_usize; 11], [0_usize; 11]);
    for fold in 0..10 {
        let of = |lesson: &&Lesson| styles.iter().position(|it| *it == lesson.style).unwrap_or(0);
        let text = Trained::of(lessons.iter().filter(|it| of(it) % 10 != fold)).written();
        let model = super::Model::of(text.leak());
        for lesson in lessons.iter().filter(|it| of(it) % 10 == fold) {
            let (class, likely) = model.one(&lesson.words).unwrap();
            let bucket = (likely * 10.0) as usize;
            all[bucket] += 1;
            right[bucket] += usize::from(class == lesson.class);
        }
    }
    panic!("{right:?} of {all:?}: {} of {}", right.iter().sum::<usize>(), lessons.len());
}

fn lessons_of_kinds() -> Vec<Lesson> {
    let mut found = Vec::new();
    for (style, path, label) in labelled() {
        let notices = label["notices"].as_array().cloned().unwrap_or_default();
        let mut kinds: BTreeSet<String> = notices
            .iter()
            .filter_map(|notice| notice["type"].as_str().map(str::to_owned))
            .collect();
        if kinds.is_empty() {
            kinds.insert("none".to_owned());
        }
        read(&path, &label);
        let asked = lessons::kinds();
        if kinds.len() != 1 || kinds.contains("unknown") {
            continue;
        }
        let class = kinds.pop_first().unwrap();
        let several = asked.len();
        for words in asked.into_iter().take(4) {
            // What frames a list tells little itself.
            if several == 1 || words.len() > 20 {
                found.push(Lesson { style: style.clone(), words, class: class.clone() });
            }
        }
    }
    found
}

/// Reads a message as the gateway does, but its documents in this process.
fn read(path: &Path, label: &Value) {
    let raw = Bytes::from(std::fs::read(path).unwrap());
    let local_time = LocalTime::named("Europe/Stockholm").unwrap();
    let format = detect(&raw, path.file_name().and_then(|name| name.to_str()));
    let limits = Limits::default();
    let attached = documents_in(&raw, format, &limits).into_iter().map(|one| {
        let outcome = match documents::parse(one.format, &one.raw, None) {
            Answer::Read(document) => Outcome::Done(document),
            Answer::Refused(refusal) => Outcome::Refused(refusal),
        };
        (one.attachment, outcome)
    });
    let read = Documents { read: attached.collect() };
    let context = Context {
        received_at: label["receivedAt"].as_str().unwrap().parse().unwrap(),
        local_time: &local_time,
        limits,
        robot: false,
        documents: Some(&read),
        labels: None,
        thresholds: None,
    };
    read_leniently(format, &raw, &context);
}

fn labelled() -> Vec<(String, PathBuf, Value)> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut found = Vec::new();
    let from = std::env::var("KVITTENS_LEARN_FROM").unwrap_or("reading reading-next".into());
    for style in from.split(' ').flat_map(|it| inside(&fixtures.join(it))) {
        let files = inside(&style);
        for label in files.iter().filter(|path| path.to_string_lossy().ends_with(".label.json")) {
            let name = label.file_name().unwrap().to_string_lossy().replace(".label.json", "");
            let stem = |path: &&PathBuf| path.file_stem().is_some_and(|stem| *stem == *name);
            let message = files.iter().find(stem).unwrap();
            let told = serde_json::from_slice(&std::fs::read(label).unwrap()).unwrap();
            let style = style.file_name().unwrap().to_string_lossy().into_owned();
            found.push((style, message.clone(), told));
        }
    }
    found
}

fn inside(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

/// Weights while they are learned.
struct Trained {
    classes: Vec<String>,
    words: Vec<String>,
    weights: Vec<f64>,
}

impl Trained {
    fn of<'a>(lessons: impl Iterator<Item = &'a Lesson>) -> Self {
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
        let classes: BTreeSet<&str> = lessons.iter().map(|lesson| lesson.class.as_str()).collect();
        let classes: Vec<String> = classes.into_iter().map(str::to_owned).collect();
        let data: Vec<(Vec<usize>, usize)> = lessons
            .iter()
            .map(|lesson| {
                let known = lesson.words.iter().filter_map(|word| places.get(word.as_str()));
                let class = classes.iter().position(|class| *class == lesson.class);
                (known.copied().collect(), class.unwrap())
            })
            .collect();
        let weights = learn(&data, words.len(), classes.len());
        Self { classes, words, weights }
    }

    /// The file.
    fn written(&self) -> String {
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

/// A logistic regression of many classes, by steps that grow smaller where many were taken.
fn learn(data: &[(Vec<usize>, usize)], words: usize, classes: usize) -> Vec<f64> {
    let mut weights = vec![0.0_f64; (words + 1) * classes];
    let mut steps = vec![1e-6_f64; weights.len()];
    for _ in 0..ROUNDS {
        for (known, class) in data {
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
                let wrong = (sums[at] - most).exp() / all - f64::from(u8::from(at == *class));
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
