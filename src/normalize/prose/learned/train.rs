//! Makes the files of weights from the labelled messages. Run by hand after these have changed: `cargo test --lib write_what_is_learned -- --ignored`.

use super::lessons;
use super::weights::Lesson;
use super::weights::Trained;
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
use std::path::Path;
use std::path::PathBuf;

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
    for style in inside(&fixtures.join("reading")) {
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
