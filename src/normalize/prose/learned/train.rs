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
struct Lesson {
    style: String,
    words: BTreeSet<String>,
    classes: BTreeSet<String>,
}

/// The lessons by the file that they make.
type Lessons = BTreeMap<&'static str, Vec<Lesson>>;

#[test]
#[ignore = "writes files of the sources"]
fn write_what_is_learned() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/normalize/prose/learned");
    for (name, lessons) in lessons() {
        assert!(lessons.len() > 500, "{name}: {}", lessons.len());
        let text = Trained::of(lessons.iter(), one_class(name)).written();
        std::fs::write(folder.join(format!("{name}.tsv")), text).unwrap();
    }
}

/// Tells, ten to a hundred in hundred, how often what is said to be so likely is so, for senders that taught nothing.
#[test]
#[ignore = "prints figures"]
fn what_is_learned_of_others() {
    for (name, lessons) in lessons() {
        let styles: BTreeSet<&str> = lessons.iter().map(|lesson| lesson.style.as_str()).collect();
        let styles: Vec<&str> = styles.into_iter().collect();
        let mut counts: BTreeMap<String, [(usize, usize); 11]> = BTreeMap::new();
        for fold in 0..5 {
            let of =
                |lesson: &&Lesson| styles.iter().position(|it| *it == lesson.style).unwrap_or(0);
            let taught = lessons.iter().filter(|it| of(it) % 5 != fold);
            let text = Trained::of(taught, one_class(name)).written();
            let model = super::Model::of(text.leak());
            for lesson in lessons.iter().filter(|it| of(it) % 5 == fold) {
                let told = match one_class(name) {
                    true => model.one(&lesson.words).into_iter().collect(),
                    false => model.each(&lesson.words),
                };
                for (class, likely) in told {
                    let counts = counts.entry(class.to_owned()).or_default();
                    let count = &mut counts[(likely * 10.0) as usize];
                    count.0 += usize::from(lesson.classes.contains(class));
                    count.1 += 1;
                }
            }
        }
        println!("{name}, {} lessons", lessons.len());
        for (class, counts) in counts {
            println!("  {class:<28} {counts:?}");
        }
    }
}

/// Whether a thing has exactly one of the classes.
fn one_class(name: &str) -> bool {
    name != "days"
}

fn lessons() -> Lessons {
    let mut found = Lessons::new();
    for (style, path, label) in labelled() {
        let notices = label["notices"].as_array().cloned().unwrap_or_default();
        read(&path, &label);
        let asked = lessons::all();
        let kinds = values(&notices, &["type"]);
        let senders = values(&notices, &["sender", "kind"]);
        let several = asked.iter().filter(|asked| asked.of == "kinds").count() > 1;
        let mut taken: BTreeMap<&str, usize> = BTreeMap::new();
        for asked in asked {
            let classes = match asked.of {
                "kinds" if kinds.is_empty() => BTreeSet::from(["none".to_owned()]),
                // What no rule calls anything, the weights shall not either.
                "kinds" if kinds.contains("unknown") && kinds.len() == 1 => {
                    BTreeSet::from(["none".to_owned()])
                }
                "kinds" => kinds.clone(),
                "senders" if notices.is_empty() => continue,
                "senders" if senders.is_empty() => BTreeSet::from(["unknown".to_owned()]),
                "senders" => senders.clone(),
                _ => asked.day.map(|day| meanings(&notices, &day.to_string())).unwrap_or_default(),
            };
            let count = taken.entry(asked.of).or_default();
            *count += 1;
            let one = one_class(asked.of);
            // What frames a list tells little itself.
            let frame = several && asked.of == "kinds" && asked.words.len() < 20;
            let unclear =
                classes.len() != 1 || (asked.of == "kinds" && classes.contains("unknown"));
            if (one && (*count > 4 || frame || unclear)) || (!one && notices.is_empty()) {
                continue;
            }
            let lesson = Lesson { style: style.clone(), words: asked.words, classes };
            found.entry(asked.of).or_default().push(lesson);
        }
    }
    found
}

/// What the notices have there.
fn values(notices: &[Value], path: &[&str]) -> BTreeSet<String> {
    let at = |notice: &Value| {
        let value = path.iter().try_fold(notice, |value, step| value.get(*step));
        value.and_then(Value::as_str).map(str::to_owned)
    };
    notices.iter().filter_map(at).collect()
}

/// What a day is in the notices.
fn meanings(notices: &[Value], day: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let own = [
        "issuedOn",
        "terminatedOn",
        "servedOn",
        "moveOutBy",
        "rectifyBy",
        "disconnectAfter",
        "startsAt",
        "noLongerAt",
        "executedAt",
        "appliedOn",
    ];
    for notice in notices {
        for (name, of) in
            own.iter().flat_map(|name| [(name, notice), (name, &notice["enforcement"])])
        {
            if of[*name].as_str().is_some_and(|value| value.starts_with(day)) {
                found.insert((*name).to_owned());
            }
        }
        let periods = notice["arrears"]["periods"].as_array();
        if periods.into_iter().flatten().any(|period| period["dueOn"] == day) {
            found.insert("dueOn".to_owned());
        }
        let persons = notice["persons"].as_array();
        if persons.into_iter().flatten().any(|person| person["servedOn"] == day) {
            found.insert("servedOn".to_owned());
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
    fn of<'a>(lessons: impl Iterator<Item = &'a Lesson>, one: bool) -> Self {
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
