//! Holds the checked-in document against the code, and the document against what Digg's profile asks.

use crate::public::openapi::document;
use serde_json::Value;
use std::path::PathBuf;

const REGENERATE: &str =
    "run `cargo test --lib write_the_openapi_document -- --ignored` and look at the difference";

fn checked_in() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("schemas/openapi.json")
}

fn generated() -> String {
    format!("{}\n", document().to_pretty_json().unwrap())
}

fn operations() -> Vec<(String, Value)> {
    let document: Value = serde_json::from_str(&generated()).unwrap();
    let paths = document["paths"].as_object().unwrap().clone();
    paths
        .into_iter()
        .flat_map(|(path, item)| {
            let item = item.as_object().unwrap().clone();
            item.into_iter().map(move |(method, operation)| (format!("{method} {path}"), operation))
        })
        .collect()
}

#[test]
fn the_checked_in_document_is_the_generated_one() {
    let text = std::fs::read_to_string(checked_in()).unwrap_or_default();
    assert!(text == generated(), "schemas/openapi.json differs: {REGENERATE}");
}

#[test]
#[ignore = "writes schemas/openapi.json"]
fn write_the_openapi_document() {
    std::fs::write(checked_in(), generated()).unwrap();
}

#[test]
fn it_names_version_contact_and_licence() {
    let document: Value = serde_json::from_str(&generated()).unwrap();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    assert_eq!(document["info"]["license"]["identifier"], "EUPL-1.2");
    assert!(document["info"]["contact"]["name"].as_str().is_some_and(|name| !name.is_empty()));
    assert_eq!(document["servers"][0]["url"], "/eviction-notices/v1");
    let paths: Vec<String> = operations().into_iter().map(|(name, _)| name).collect();
    assert_eq!(
        paths,
        [
            "get /api-info",
            "get /confirmations",
            "get /confirmations/{number}",
            "get /keys",
            "post /notices",
            "get /notices/{reference}",
            "get /notices/{reference}/receipt",
            "post /notices/{reference}/supplements",
            "post /notices/{reference}/withdrawals",
            "get /openapi.json",
            "get /problems/{code}",
            "get /receipts/verify"
        ]
    );
}

#[test]
fn every_call_and_answer_is_described_in_swedish_and_english() {
    let swedish =
        |text: &str| text.contains(['å', 'ä', 'ö', 'Å', 'Ä', 'Ö']) || text.contains(" är ");
    for (name, operation) in operations() {
        let summary = operation["summary"].as_str().unwrap();
        assert!(summary.matches('.').count() >= 2, "{name}: two languages in the summary");
        let description = operation["description"].as_str().unwrap();
        assert!(description.contains("\n\n") && swedish(description), "{name}");
        for (status, response) in operation["responses"].as_object().unwrap() {
            let text = response["description"].as_str().unwrap();
            assert!(text.matches(". ").count() >= 1, "{name} {status}: {text}");
        }
    }
}

#[test]
fn every_request_and_every_answer_has_an_example() {
    for (name, operation) in operations() {
        let mut contents = Vec::new();
        if let Some(content) = operation["requestBody"]["content"].as_object() {
            contents.extend(content.iter());
            assert_eq!(content.len(), 7, "{name}");
        }
        for response in operation["responses"].as_object().unwrap().values() {
            contents.extend(response["content"].as_object().unwrap().iter());
        }
        for (media_type, content) in contents {
            let examples = content["examples"].as_object();
            let values = examples.into_iter().flatten().filter(|(_, one)| !one["value"].is_null());
            assert!(values.count() > 0, "{name}: {media_type} has no example");
        }
    }
}

#[test]
fn every_status_of_the_contract_stands_at_the_door() {
    let door = operations().into_iter().find(|(name, _)| name == "post /notices").unwrap().1;
    let answers = door["responses"].as_object().unwrap();
    let known: Vec<&str> = answers.keys().map(String::as_str).collect();
    assert_eq!(
        known,
        ["202", "400", "401", "408", "409", "413", "415", "422", "429", "500", "503"]
    );
}

#[test]
fn every_member_and_schema_is_described() {
    let document: Value = serde_json::from_str(&generated()).unwrap();
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        assert!(schema["description"].is_string(), "{name}");
        for (member, property) in schema["properties"].as_object().into_iter().flatten() {
            let described = property["description"].is_string() || property["oneOf"].is_array();
            assert!(described, "{name}.{member}");
            // The members of keys are named by their standards.
            let ours = name != "Revocation";
            assert!(!ours || !member.contains(['_', '-']), "{name}.{member} is not camelCase");
        }
    }
}
