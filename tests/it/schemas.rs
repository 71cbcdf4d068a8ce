//! Types, JSON Schema, XSD and CSV page held against each other on every fixture.
//!
//! Fixtures: `notices/<name>.<format>` is read at a strict door and must give `<name>.expected.json`; one name in two formats
//! must give the same. Names that begin with `odd-` are taken although they do not follow the schema. `broken/<name>` must be
//! refused with `<name>.problem.json` and, at a lenient door, still give notices.
//! `cargo test --test it schemas -- --ignored` writes the expectations anew, to be read before they are committed.

use jsonschema::Validator;
use kvittens::domain::answer::Problem;
use kvittens::domain::calendar::LocalTime;
use kvittens::domain::notice::Notice;
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
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// The fixtures of a folder, without the expectations beside them.
fn fixtures(folder: &str) -> Vec<PathBuf> {
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

fn name_of(path: &Path) -> String {
    path.file_name().expect("a name").to_string_lossy().into_owned()
}

fn extension(path: &Path) -> &str {
    path.extension().and_then(|extension| extension.to_str()).unwrap_or_default()
}

fn format_of(path: &Path) -> Format {
    match extension(path) {
        "json" => Format::Json,
        "xml" => Format::Xml,
        "csv" => Format::Csv,
        "eml" => Format::Mail,
        other => panic!("no fixtures of kind {other}"),
    }
}

fn with_context<T>(read: impl FnOnce(&Context<'_>) -> T) -> T {
    let local_time = LocalTime::named("Europe/Stockholm").expect("a time zone");
    let received_at = "2026-10-14T08:00:00Z".parse().expect("a time");
    let limits = Limits::default();
    read(&Context { received_at, local_time: &local_time, limits, partner: None })
}

fn read(path: &Path) -> Result<Reading, Problem> {
    let raw = std::fs::read(path).expect("a fixture");
    with_context(|context| normalize::read(format_of(path), &raw, context))
}

fn read_leniently(path: &Path) -> Reading {
    let raw = std::fs::read(path).expect("a fixture");
    with_context(|context| normalize::read_leniently(format_of(path), &raw, context))
}

fn as_json(reading: &Reading) -> Value {
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

fn problem_json(problem: &Problem) -> Value {
    let violations: Vec<Value> = problem
        .violations
        .iter()
        .map(|violation| json!({ "field": violation.field, "code": violation.code }))
        .collect();
    json!({ "kind": problem.kind.as_str(), "violations": violations })
}

fn expectation(path: &Path, kind: &str) -> PathBuf {
    path.with_extension(format!("{kind}.json"))
}

fn stored(path: &Path) -> Value {
    let text = std::fs::read(path).unwrap_or_else(|_| panic!("{} is missing", path.display()));
    serde_json::from_slice(&text).expect("an expectation is JSON")
}

fn json_schema() -> Validator {
    let schema = stored(&root().join("schemas/notice.v1.schema.json"));
    jsonschema::options().should_validate_formats(true).build(&schema).expect("a JSON Schema")
}

/// Validates files against the XSD; gives those that are not valid.
fn invalid_by_xsd(files: &[PathBuf]) -> Vec<String> {
    let output = Command::new("xmllint")
        .args(["--noout", "--nonet", "--schema"])
        .arg(root().join("schemas/notice.v1.xsd"))
        .args(files)
        .output()
        .expect("xmllint is needed for this test: install the package libxml2-utils");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    files
        .iter()
        .filter(|file| !said.contains(&format!("{} validates", file.display())))
        .map(|file| format!("{}\n{said}", file.display()))
        .collect()
}

#[test]
fn every_fixture_is_read_as_the_notice_beside_it() {
    let fixtures = fixtures("notices");
    assert!(fixtures.len() >= 25, "{} fixtures", fixtures.len());
    let mut wrong = Vec::new();
    for path in fixtures {
        let reading = read(&path).unwrap_or_else(|problem| {
            panic!("{} is refused: {:?}", name_of(&path), problem_json(&problem))
        });
        let (actual, expected) = (as_json(&reading), stored(&expectation(&path, "expected")));
        if actual != expected {
            wrong.push(format!("{}: {actual:#}\ninstead of {expected:#}", name_of(&path)));
        }
        let raw = std::fs::read(&path).expect("a fixture");
        assert_eq!(normalize::detect(&raw, None), format_of(&path), "{}", name_of(&path));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn every_broken_fixture_is_refused_as_noted_and_still_taken_by_lenient_doors() {
    let mut wrong = Vec::new();
    for path in fixtures("broken") {
        let name = name_of(&path);
        let Err(problem) = read(&path) else { panic!("{name} is not refused") };
        let (actual, expected) = (problem_json(&problem), stored(&expectation(&path, "problem")));
        if actual != expected {
            wrong.push(format!("{name}: {actual:#}\ninstead of {expected:#}"));
        }
        let reading = read_leniently(&path);
        assert!(!reading.notices.is_empty(), "{name}");
        let review = |read: &normalize::ReadNotice| read.disposition == Disposition::NeedsReview;
        assert!(reading.notices.iter().any(review), "{name}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn what_is_read_follows_the_json_schema_and_survives_a_round_trip() {
    let schema = json_schema();
    for path in fixtures("notices").into_iter().chain(fixtures("broken")) {
        for read in read_leniently(&path).notices {
            let value = serde_json::to_value(&read.notice).expect("a notice is JSON");
            for fault in schema.iter_errors(&value) {
                panic!("{} at {}", name_of(&path), fault.instance_path());
            }
            let back: Notice = serde_json::from_value(value).expect("what we wrote");
            assert!(back == read.notice, "{}", name_of(&path));
        }
    }
}

#[test]
fn json_fixtures_follow_the_json_schema() {
    let schema = json_schema();
    for path in fixtures("notices").into_iter().filter(|path| extension(path) == "json") {
        let raw = std::fs::read(&path).expect("a fixture");
        let raw = raw.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&raw);
        let value: Value = serde_json::from_slice(raw).expect("JSON");
        let notices = match value {
            Value::Array(notices) => notices,
            one => vec![one],
        };
        let valid = notices.iter().all(|notice| schema.is_valid(notice));
        let odd = name_of(&path).starts_with("odd-");
        assert!(valid || odd, "{} does not follow the schema", name_of(&path));
    }
}

#[test]
fn xml_fixtures_follow_the_xsd() {
    let xml = fixtures("notices").into_iter().filter(|path| extension(path) == "xml");
    let (odd, regular): (Vec<PathBuf>, Vec<PathBuf>) =
        xml.partition(|path| name_of(path).starts_with("odd-"));
    assert_eq!(invalid_by_xsd(&regular), Vec::<String>::new());
    assert_eq!(invalid_by_xsd(&odd).len(), odd.len());
}

#[test]
fn a_notice_written_as_xml_follows_the_xsd_and_reads_back_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut written = Vec::new();
    for path in fixtures("notices").into_iter().chain(fixtures("broken")) {
        for (at, read) in read_leniently(&path).notices.into_iter().enumerate() {
            let text = normalize::xml::write(&read.notice);
            let file = folder.path().join(format!("{}.{at}.xml", name_of(&path)));
            std::fs::write(&file, &text).expect("a file");
            let back = with_context(|context| {
                normalize::read(Format::Xml, text.as_bytes(), context).expect("our own XML")
            });
            let back = back.notices.into_iter().next().expect("a notice").notice;
            let (back, notice) = (json!(back), json!(read.notice));
            assert_eq!(back, notice, "{} as XML", name_of(&path));
            written.push(file);
        }
    }
    assert_eq!(invalid_by_xsd(&written), Vec::<String>::new());
}

#[test]
fn known_bad_instances_fail_both_schemas() {
    let schema = json_schema();
    let folder = tempfile::tempdir().expect("a folder");
    let bad = [
        (json!({ "type": "rentArrears" }), "<type>rentArrears</type>"),
        (json!({ "schemaVersion": "1.0" }), "<schemaVersion>1.0</schemaVersion>"),
        (json!({ "schemaVersion": "1.0", "type": "rent" }), "VERSION<type>rent</type>"),
        (
            json!({ "schemaVersion": "2.0", "type": "unknown" }),
            "<schemaVersion>2.0</schemaVersion><type>unknown</type>",
        ),
        (
            json!({ "schemaVersion": "1.0", "type": "unknown", "colour": "blue" }),
            "VERSIONKIND<colour>blue</colour>",
        ),
        (
            json!({ "schemaVersion": "1.0", "type": "unknown", "issuedOn": "10/10 2026" }),
            "VERSIONKIND<issuedOn>10/10 2026</issuedOn>",
        ),
        (
            json!({ "schemaVersion": "1.0", "type": "unknown", "arrears": { "amountToRecover": "17 824" } }),
            "VERSIONKIND<arrears><amountToRecover>17 824</amountToRecover></arrears>",
        ),
        (
            json!({ "schemaVersion": "1.0", "type": "unknown", "persons": [{ "role": "neighbour" }] }),
            "VERSIONKIND<persons><person><role>neighbour</role></person></persons>",
        ),
        (
            json!({ "schemaVersion": "1.0", "type": "unknown", "enforcement": { "startsAt": "2026-11-24 09:00" } }),
            "VERSIONKIND<enforcement><startsAt>2026-11-24 09:00</startsAt></enforcement>",
        ),
        (
            json!({ "schemaVersion": "1.0", "type": "unknown", "attachments": [{ "sha256": "00" }] }),
            "VERSIONKIND<attachments><attachment><sha256>00</sha256></attachment></attachments>",
        ),
    ];
    let mut files = Vec::new();
    for (at, (value, elements)) in bad.iter().enumerate() {
        assert!(!schema.is_valid(value), "{value}");
        let elements = elements
            .replace("VERSION", "<schemaVersion>1.0</schemaVersion>")
            .replace("KIND", "<type>unknown</type>");
        let file = folder.path().join(format!("{at}.xml"));
        std::fs::write(
            &file,
            format!("<notice xmlns=\"{}\">{elements}</notice>", normalize::xml::NAMESPACE),
        )
        .expect("a file");
        files.push(file);
    }
    assert_eq!(invalid_by_xsd(&files).len(), files.len());
}

#[test]
#[ignore = "writes the expectations anew; read them before committing"]
fn write_expectations() {
    for path in fixtures("notices") {
        match read(&path) {
            Ok(reading) => write(&expectation(&path, "expected"), &as_json(&reading)),
            Err(problem) => panic!("{}: {:?}", name_of(&path), problem_json(&problem)),
        }
    }
    for path in fixtures("broken") {
        match read(&path) {
            Err(problem) => write(&expectation(&path, "problem"), &problem_json(&problem)),
            Ok(reading) => panic!("{} is not refused: {:?}", name_of(&path), as_json(&reading)),
        }
    }
}

fn write(path: &Path, value: &Value) {
    std::fs::write(path, format!("{value:#}\n")).expect("an expectation");
}
