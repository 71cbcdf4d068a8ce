//! The fixtures: where they are, how they are read, and how what was read is noted beside them.

use kvittens::domain::answer::Problem;
use kvittens::domain::calendar::LocalTime;
use kvittens::domain::received::Format;
use kvittens::normalize;
use kvittens::normalize::Context;
use kvittens::normalize::Disposition;
use kvittens::normalize::Limits;
use kvittens::normalize::Reading;
use serde_json::Value;
use serde_json::json;
use std::path::Path;
use std::path::PathBuf;

pub(super) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// The fixtures of a folder, without the expectations beside them.
pub(super) fn fixtures(folder: &str) -> Vec<PathBuf> {
    let folder = root().join("tests/fixtures").join(folder);
    let mut found: Vec<PathBuf> = std::fs::read_dir(&folder)
        .expect("the fixtures' folder")
        .map(|entry| entry.expect("a fixture").path())
        .filter(|path| {
            let name = name_of(path);
            !name.ends_with(".expected.json") && !name.ends_with(".problem.json")
        })
        .collect();
    found.sort();
    found
}

pub(super) fn name_of(path: &Path) -> String {
    path.file_name().expect("a name").to_string_lossy().into_owned()
}

pub(super) fn extension(path: &Path) -> &str {
    path.extension().and_then(|extension| extension.to_str()).unwrap_or_default()
}

pub(super) fn format_of(path: &Path) -> Format {
    match extension(path) {
        "json" => Format::Json,
        "xml" => Format::Xml,
        "csv" => Format::Csv,
        "eml" => Format::Mail,
        other => panic!("no fixtures of kind {other}"),
    }
}

pub(super) fn with_context<T>(read: impl FnOnce(&Context<'_>) -> T) -> T {
    let local_time = LocalTime::named("Europe/Stockholm").expect("a time zone");
    let received_at = "2026-10-14T08:00:00Z".parse().expect("a time");
    let limits = Limits::default();
    read(&Context {
        received_at,
        local_time: &local_time,
        limits,
        robot: false,
        documents: None,
        labels: None,
        thresholds: None,
    })
}

pub(super) fn read(path: &Path) -> Result<Reading, Problem> {
    let raw = std::fs::read(path).expect("a fixture");
    with_context(|context| normalize::read(format_of(path), &raw, context))
}

pub(super) fn read_leniently(path: &Path) -> Reading {
    let raw = std::fs::read(path).expect("a fixture");
    with_context(|context| normalize::read_leniently(format_of(path), &raw, context))
}

pub(super) fn as_json(reading: &Reading) -> Value {
    let notices: Vec<Value> = reading
        .notices
        .iter()
        .map(|read| {
            let disposition = match &read.disposition {
                Disposition::Register => "register".to_owned(),
                Disposition::NeedsReview => "needsReview".to_owned(),
                Disposition::NotNotice { reason } => format!("notNotice: {reason}"),
            };
            json!({ "disposition": disposition, "notice": read.notice })
        })
        .collect();
    json!({ "senderReference": reading.sender_reference, "notices": notices })
}

pub(super) fn problem_json(problem: &Problem) -> Value {
    let violations: Vec<Value> = problem
        .violations
        .iter()
        .map(|violation| json!({ "field": violation.field, "code": violation.code }))
        .collect();
    json!({ "kind": problem.kind.as_str(), "violations": violations })
}

pub(super) fn expectation(path: &Path, kind: &str) -> PathBuf {
    path.with_extension(format!("{kind}.json"))
}

pub(super) fn stored(path: &Path) -> Value {
    let text = std::fs::read(path).unwrap_or_else(|_| panic!("{} is missing", path.display()));
    serde_json::from_slice(&text).expect("an expectation is JSON")
}
