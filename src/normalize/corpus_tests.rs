//! Every odd mail of `tests/fixtures/mails` becomes what is written beside it: kind, answer, disposition, notices, bounce.

use super::Context;
use super::Disposition;
use super::Limits;
use super::Reading;
use super::read_leniently;
use crate::domain::calendar::LocalTime;
use crate::domain::received::Format;
use crate::domain::received::ReplyTo;
use crate::mail::bounce;
use crate::mail::mail_headers;
use crate::mail::reply_to;
use serde::Deserialize;
use std::path::PathBuf;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    #[expect(dead_code, reason = "for the reader")]
    why: String,
    kind: String,
    answer: bool,
    disposition: String,
    notices: usize,
    #[serde(default)]
    to: Option<String>,
    #[serde(default)]
    types: Option<Vec<String>>,
    #[serde(default)]
    text: Vec<String>,
    #[serde(default)]
    attachments: Vec<String>,
    #[serde(default)]
    bounce: Option<ExpectedBounce>,
    #[serde(default)]
    #[expect(dead_code, reason = "for the reader")]
    warns: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedBounce {
    status: String,
    token: Option<String>,
}

#[test]
fn every_odd_mail_becomes_what_is_written_beside_it() {
    let mails = mails();
    assert!(mails.len() >= 150, "{}", mails.len());
    let mut faults = Vec::new();
    for path in &mails {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let raw = std::fs::read(path).unwrap();
        let beside = path.with_extension("expected.json");
        let expected: Expected = serde_json::from_slice(&std::fs::read(beside).unwrap()).unwrap();
        let mut differs = differences(&raw, &expected);
        faults.extend(differs.drain(..).map(|what| format!("{name}: {what}")));
    }
    assert!(faults.is_empty(), "{} differences\n{}", faults.len(), faults.join("\n"));
}

fn mails() -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/mails");
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut mails: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|kind| kind == "eml")).collect();
    mails.sort();
    mails
}

fn differences(raw: &[u8], expected: &Expected) -> Vec<String> {
    let mut differs = Vec::new();
    let mut compare = |what: &str, is: String, should: String| {
        if is != should {
            differs.push(format!("{what} is {is}, not {should}"));
        }
    };
    let headers = mail_headers(raw);
    let own = ["avhysning@kommun.example".to_owned()];
    let answer = reply_to(&headers, &own);
    let to = match &answer {
        ReplyTo::Mail { to, .. } => Some(to.reveal().to_owned()),
        ReplyTo::Suppressed { .. }
        | ReplyTo::Api { .. }
        | ReplyTo::Files { .. }
        | ReplyTo::Sftp { .. } => None,
    };
    compare("answer", to.is_some().to_string(), expected.answer.to_string());
    if expected.answer
        && let Some(should) = &expected.to
    {
        compare("to", to.unwrap_or_default().to_lowercase(), should.to_lowercase());
    }
    let reading = read(raw);
    compare("notices", reading.notices.len().to_string(), expected.notices.to_string());
    for read in &reading.notices {
        let word = match read.disposition {
            Disposition::Register => "register",
            Disposition::NeedsReview => "needsReview",
            Disposition::NotNotice { .. } => "notNotice",
        };
        compare("disposition", word.to_owned(), expected.disposition.clone());
    }
    if let Some(types) = &expected.types {
        let is: Vec<&str> = reading.notices.iter().map(|read| read.notice.kind.as_str()).collect();
        compare("types", is.join(" "), types.join(" "));
    }
    let report = bounce(raw);
    compare("bounce", report.is_some().to_string(), (expected.kind == "bounce").to_string());
    if let (Some(report), Some(should)) = (report, &expected.bounce) {
        compare("status", report.outcome.as_str().to_owned(), should.status.clone());
        let found = should.token.as_ref().is_none_or(|token| report.tokens.contains(token));
        compare("token found", found.to_string(), "true".to_owned());
    }
    differs.extend(missing(&reading, expected));
    differs
}

/// Pieces of text and names of attachments that should stand in a notice and do not.
fn missing(reading: &Reading, expected: &Expected) -> Vec<String> {
    let notices = || reading.notices.iter().map(|read| &read.notice);
    let texts: Vec<&str> =
        notices().filter_map(|notice| notice.text.as_ref()).map(|text| text.reveal()).collect();
    let names: Vec<&str> = notices()
        .flat_map(|notice| &notice.attachments)
        .filter_map(|attachment| attachment.name.as_ref())
        .map(|name| name.reveal())
        .collect();
    let lost = |what: &str, wanted: &[String], found: &[&str], whole: bool| -> Vec<String> {
        let stands = |piece: &&String| match whole {
            true => found.contains(&piece.as_str()),
            false => found.iter().any(|text| text.contains(piece.as_str())),
        };
        wanted
            .iter()
            .filter(|piece| !stands(piece))
            .map(|piece| format!("{what} {piece:?} is missing"))
            .collect()
    };
    let mut all = lost("text", &expected.text, &texts, false);
    all.extend(lost("attachment", &expected.attachments, &names, true));
    all
}

fn read(raw: &[u8]) -> Reading {
    let local_time = LocalTime::named("Europe/Stockholm").unwrap();
    let received_at = "2026-11-16T08:14:10Z".parse().unwrap();
    let context = Context {
        received_at,
        local_time: &local_time,
        limits: Limits::default(),
        robot: false,
        documents: None,
        labels: None,
        thresholds: None,
    };
    read_leniently(Format::Mail, raw, &context)
}
