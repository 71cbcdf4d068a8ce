//! Each way in which a child can end is told apart; no child outlives the one who waits for it, and no more run than may.

use super::fixture;
use super::read;
use super::sandbox;
use crate::support::wait::eventually;
use crate::support::wait::until;
use bytes::Bytes;
use kvittens::domain::document::Outcome;
use kvittens::domain::document::Refusal;
use kvittens::domain::received::Format;
use kvittens::sandbox::Config;
use kvittens::sandbox::Sandbox;
use kvittens::sandbox::SandboxError;
use std::path::Path;
use std::time::Duration;
use std::time::Instant;
use tempfile::TempDir;

/// A child that is no reader but this script. Written by a process of its own: a file that this one still had open for writing, in
/// another test's child too, could not be started.
fn script(folder: &Path, text: &str, config: Config) -> Sandbox {
    let path = folder.join("child");
    let lines = format!("#!/bin/sh\n{text}\n");
    let written = std::process::Command::new("/bin/sh")
        .args(["-c", "printf %s \"$1\" > \"$2\" && chmod 700 \"$2\"", "sh", &lines])
        .arg(&path)
        .status();
    assert!(written.expect("a shell").success());
    Sandbox::of(path, config)
}

#[tokio::test]
async fn what_people_send_is_read_in_a_process_of_its_own() {
    let sandbox = sandbox(Config::default());
    let cases = [
        ("letter.pdf", Format::Pdf, None),
        ("form.pdf", Format::Pdf, None),
        ("encrypted-without-password.pdf", Format::Pdf, None),
        ("letter.docx", Format::Docx, None),
        ("rents.xlsx", Format::Xlsx, None),
        ("archive.zip", Format::Zip, None),
        ("encrypted.pdf", Format::Pdf, Some(Refusal::Encrypted)),
        ("encrypted.docx", Format::Docx, Some(Refusal::Encrypted)),
        ("scanned.pdf", Format::Pdf, Some(Refusal::Scanned)),
        ("letter.docx", Format::Pdf, Some(Refusal::NotReadable)),
    ];
    for (name, format, refused) in cases {
        match (read(&sandbox, format, &fixture(name)).await, refused) {
            (Outcome::Done(document), None) => {
                let text = format!("{}{:?}", document.text, document.entries);
                assert!(!text.is_empty(), "{name}");
            }
            (Outcome::Refused(is), Some(should)) => assert_eq!(is, should, "{name}"),
            (outcome, _) => panic!("{name}: {outcome:?}"),
        }
    }
}

#[tokio::test]
async fn every_end_of_a_child_is_told_apart() {
    let folder = TempDir::new().expect("a folder");
    let config = Config { wall_seconds: 1, answer_bytes: 100_000, ..Config::default() };
    let answer = "printf '\\n\\036kvittens-answer\\n'";
    let cases = [
        (
            format!("cat >/dev/null; {answer}; printf '{{\"refused\":\"scanned\"}}'"),
            Outcome::Refused(Refusal::Scanned),
        ),
        (
            format!("echo noise; {answer}; printf '{{\"refused\":\"encrypted\"}}'"),
            Outcome::Refused(Refusal::Encrypted),
        ),
        (format!("{answer}; printf '{{\"refused\":\"scan'"), Outcome::Crashed),
        (format!("{answer}; printf '{{\"refused\":\"scanned\"}}'; exit 1"), Outcome::Crashed),
        ("exit 0".to_owned(), Outcome::Crashed),
        ("kill -SEGV $$".to_owned(), Outcome::Crashed),
        ("kill -ABRT $$".to_owned(), Outcome::Crashed),
        (
            "echo 'memory allocation of 17 bytes failed' >&2; kill -ABRT $$".to_owned(),
            Outcome::TooMuch,
        ),
        ("kill -KILL $$".to_owned(), Outcome::TooMuch),
        ("kill -XCPU $$".to_owned(), Outcome::TimedOut),
        ("exec sleep 60".to_owned(), Outcome::TimedOut),
        ("exec sleep 60 >/dev/null 2>&1".to_owned(), Outcome::TimedOut),
        ("exec cat /dev/zero".to_owned(), Outcome::TooMuch),
        ("exec cat /dev/zero >&2".to_owned(), Outcome::Crashed),
    ];
    for (text, outcome) in cases {
        let sandbox = script(folder.path(), &text, config.clone());
        let began = Instant::now();
        let is = read(&sandbox, Format::Pdf, &Bytes::from(vec![0; 3_000_000])).await;
        assert_eq!(is, outcome, "{text}");
        assert!(began.elapsed() < Duration::from_secs(10), "{text}: {:?}", began.elapsed());
    }
}

#[tokio::test]
async fn a_fault_of_this_machine_is_no_fault_of_the_document() {
    let folder = TempDir::new().expect("a folder");
    let absent = Sandbox::of(folder.path().join("absent"), Config::default());
    let raw = Bytes::from_static(b"%PDF-1.7");
    assert!(matches!(absent.read(Format::Pdf, &raw).await, Err(SandboxError::Start(_))));
    let other =
        script(folder.path(), "echo 'unrecognized subcommand' >&2; exit 2", Config::default());
    assert!(matches!(other.read(Format::Pdf, &raw).await, Err(SandboxError::NotAReader)));
}

#[tokio::test]
async fn a_child_nobody_waits_for_is_killed() {
    let folder = TempDir::new().expect("a folder");
    let place = folder.path().join("pid");
    let text = format!("echo $$ > {}; exec sleep 600", place.display());
    let sandbox = script(folder.path(), &text, Config { wall_seconds: 600, ..Config::default() });
    let raw = Bytes::from_static(b"x");
    let reading = tokio::spawn(async move { sandbox.read(Format::Pdf, &raw).await });
    let limit = Duration::from_secs(20);
    let pid: u32 = until("the child's number", limit, async || {
        std::fs::read_to_string(&place).ok()?.trim().parse().ok()
    })
    .await;
    reading.abort();
    let gone = || async { !Path::new(&format!("/proc/{pid}/status")).exists() };
    eventually("the child is gone", limit, gone).await;
}

#[tokio::test]
async fn no_more_children_run_than_may() {
    let folder = TempDir::new().expect("a folder");
    let log = folder.path().join("log");
    let text = format!("echo in >> {0}; sleep 0.2; echo out >> {0}", log.display());
    let sandbox = script(folder.path(), &text, Config { concurrency: 1, ..Config::default() });
    let raw = Bytes::from_static(b"x");
    let all = (0..4).map(|_| sandbox.read(Format::Pdf, &raw));
    futures::future::join_all(all).await;
    assert_eq!(std::fs::read_to_string(log).expect("a log"), "in\nout\n".repeat(4));
}
