//! Types, JSON Schema, XSD and CSV page held against each other on every fixture.
//!
//! Fixtures: `notices/<name>.<format>` is read at a strict door and must give `<name>.expected.json`; one name in two formats
//! must give the same. Names that begin with `odd-` are taken although they do not follow the schema. `broken/<name>` must be
//! refused with `<name>.problem.json` and, at a lenient door, still give notices.
//! `cargo test --test it schemas -- --ignored` writes the expectations anew, to be read before they are committed.

mod fixtures;

use fixtures::as_json;
use fixtures::expectation;
use fixtures::extension;
use fixtures::fixtures;
use fixtures::format_of;
use fixtures::name_of;
use fixtures::problem_json;
use fixtures::read;
use fixtures::read_leniently;
use fixtures::root;
use fixtures::stored;
use fixtures::with_context;
use jsonschema::Validator;
use kvittens::domain::notice::Notice;
use kvittens::domain::received::Format;
use kvittens::normalize;
use serde_json::Value;
use serde_json::json;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

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
        // A folder takes JSON in another encoding; nothing else that is broken goes on by itself and unremarked.
        let told = |read: &normalize::ReadNotice| !read.notice.findings.is_empty();
        assert!(name == "utf-16.json" || reading.notices.iter().any(told), "{name}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn what_is_read_follows_the_json_schema_and_survives_a_round_trip() {
    let schema = json_schema();
    for path in fixtures("notices").into_iter().chain(fixtures("broken")) {
        for read in read_leniently(&path).notices {
            let value = serde_json::to_value(&read.notice).expect("a notice is JSON");
            let faults = schema.iter_errors(&value).map(|fault| fault.instance_path().to_string());
            assert_eq!(faults.collect::<Vec<_>>(), Vec::<String>::new(), "{}", name_of(&path));
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
