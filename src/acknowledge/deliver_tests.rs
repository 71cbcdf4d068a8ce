//! Tests of receipt files on disk: names that stay inside the folder, nothing replaced, repeats that change nothing.

use super::FarFolders;
use super::Turns;
use super::safe_name;
use crate::acknowledge::Facts;
use crate::acknowledge::plan::tests::answer;
use crate::acknowledge::plan::tests::contact;
use crate::acknowledge::plan::tests::envelope;
use crate::acknowledge::plan::tests::notice;
use crate::acknowledge::receipt_file::FileReceipt;
use crate::domain::calendar::LocalTime;
use crate::domain::digest::Digest;
use crate::domain::failure::Failure;
use crate::domain::notice::NoticeType;
use crate::domain::received::Channel;
use crate::domain::received::ReplyTo;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering;

fn receipt(number: i64) -> Vec<u8> {
    let facts = Facts {
        answer: &answer(vec![notice(1, NoticeType::RentArrears)]),
        envelope: &envelope(Channel::Folder, ReplyTo::Api { mail_to: None }),
        attachments: 0,
        sender_reference: None,
        contact: &contact(),
        local_time: &LocalTime::named("Europe/Stockholm").unwrap(),
        first_reference: None,
        languages: None,
        machine_readable: false,
        seal: None,
        deferred: false,
        promises: &crate::domain::promise::Promises::default(),
    };
    FileReceipt::of(&facts).numbered_json(number)
}

fn deliver(address: &str, bytes: &[u8]) -> Result<String, Failure> {
    super::deliver(address, bytes, 1, &FarFolders::default())
}

fn address(folder: &Path, name: &str) -> String {
    serde_json::json!({ "folder": folder, "fileName": name }).to_string()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_receipt_is_two_files_and_a_repeat_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let address = address(dir.path(), "oktober.csv");
    for _ in 0..3 {
        assert_eq!(deliver(&address, &receipt(1)).unwrap(), "1");
        assert_eq!(names(dir.path()), ["oktober.csv.kvittens.json", "oktober.csv.kvittens.xml"]);
    }
    assert_eq!(fs::read(dir.path().join("oktober.csv.kvittens.json")).unwrap(), receipt(1));
    // A crash between the two files: the second is added.
    fs::remove_file(dir.path().join("oktober.csv.kvittens.xml")).unwrap();
    assert_eq!(deliver(&address, &receipt(1)).unwrap(), "1");
    assert_eq!(names(dir.path()).len(), 2);
}

#[test]
fn a_taken_name_gets_the_next_number_for_both_files() {
    let dir = tempfile::tempdir().unwrap();
    let address = address(dir.path(), "a.csv");
    for number in 1..=3 {
        let receipt = receipt(number);
        assert_eq!(deliver(&address, &receipt).unwrap(), number.to_string());
        assert_eq!(deliver(&address, &receipt).unwrap(), number.to_string());
    }
    assert_eq!(
        names(dir.path()),
        [
            "a.csv.2.kvittens.json",
            "a.csv.2.kvittens.xml",
            "a.csv.3.kvittens.json",
            "a.csv.3.kvittens.xml",
            "a.csv.kvittens.json",
            "a.csv.kvittens.xml",
        ]
    );
    // Only the XML name is taken, by a link that must be neither followed nor replaced.
    let target = dir.path().join("target");
    fs::write(&target, "keep").unwrap();
    std::os::unix::fs::symlink(&target, dir.path().join("b.csv.kvittens.xml")).unwrap();
    let address = self::address(dir.path(), "b.csv");
    assert_eq!(deliver(&address, &receipt(4)).unwrap(), "2");
    assert_eq!(fs::read_to_string(target).unwrap(), "keep");
    assert!(!dir.path().join("b.csv.kvittens.json").exists());
}

#[test]
fn a_hostile_file_name_stays_inside_the_folder() {
    let long = "å".repeat(200);
    for name in ["../../evil", "/etc/passwd", "a\\b", ".hidden", "..", "", "a\0b\n", &long] {
        let safe = safe_name(name);
        assert!(!safe.starts_with('.') && !safe.is_empty() && safe.len() <= 200, "{safe}");
        assert!(!safe.contains(['/', '\\', '\0', '\n']), "{safe}");
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("receipts");
        fs::create_dir(&folder).unwrap();
        assert_eq!(deliver(&address(&folder, name), &receipt(1)).unwrap(), "1");
        assert_eq!(names(&folder).len(), 2);
        assert_eq!(names(dir.path()), ["receipts"]);
    }
    assert_ne!(safe_name(&format!("{long}1")), safe_name(&format!("{long}2")));
}

#[test]
fn failures_are_classified_and_quote_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let missing = dir.path().join("missing");
    let failure = deliver(&address(&missing, "Testa Testsson.csv"), &receipt(1)).unwrap_err();
    assert_eq!(failure.class(), "transient");
    assert!(!failure.reason().contains("Testa"), "{failure}");
    assert_eq!(deliver("{}", &receipt(1)).unwrap_err().class(), "permanent");
    let nowhere = r#"{"fileName":"a"}"#;
    assert_eq!(deliver(nowhere, &receipt(1)).unwrap_err().class(), "permanent");
    let elsewhere = r#"{"door":"sftp:demo","fileName":"a"}"#;
    assert_eq!(deliver(elsewhere, &receipt(1)).unwrap_err().class(), "transient");
    assert_eq!(deliver(&address(dir.path(), "a"), b"{").unwrap_err().class(), "permanent");
}

#[test]
fn receipts_of_one_name_take_turns_and_nobody_waits_for_one() {
    let turns = Turns::default();
    let (writing, placed) = (AtomicU32::new(0), AtomicU32::new(0));
    let place = |first: u32| {
        assert_eq!(writing.fetch_add(1, Ordering::SeqCst), 0, "two at once");
        std::thread::yield_now();
        writing.fetch_sub(1, Ordering::SeqCst);
        placed.fetch_add(1, Ordering::SeqCst);
        Ok(first + 1)
    };
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| (0..100).for_each(|_| drop(turns.take(A, (some("x"), 1), place))));
        }
    });
    let last = placed.load(Ordering::SeqCst) + 1;
    assert_eq!(turns.take(A, (some("y"), 1), Ok).unwrap(), last, "one number a turn");
    // Whoever finds the turn taken is told so at once; another name is free.
    let beside = turns.take(A, (some("y"), 1), |_| {
        let refused = turns.take(A, (some("z"), 1), Ok).unwrap_err();
        assert!(refused.to_string().contains("another receipt"), "{refused}");
        turns.take(("sftp:demo", "b"), (some("z"), 1), Ok)
    });
    assert_eq!(beside.unwrap(), 1);
}

#[test]
fn a_repeat_begins_where_its_receipt_may_lie() {
    let turns = Turns::default();
    let refuse = |first: u32| Err(io::Error::other(first.to_string()));
    let first = |receipt, attempt| turns.take(A, (some(receipt), attempt), Ok).unwrap();
    turns.take(A, (some("old"), 1), |_| Ok(700)).unwrap();
    assert_eq!(first("tried by another process", 2), 1);
    assert_eq!(turns.take(A, (some("failed"), 1), refuse).unwrap_err().to_string(), "700");
    turns.take(A, (some("newer"), 1), |_| Ok(800)).unwrap();
    assert_eq!(first("failed", 2), 700, "it may lie where it was tried");
    turns
        .take(A, (some("newest"), 1), |first| {
            turns.take(A, (some("no turn"), 1), Ok).unwrap_err();
            Ok(first + 100)
        })
        .unwrap();
    assert_eq!(first("no turn", 2), 900, "it lies nowhere yet");
}

/// A file name at a door.
const A: (&str, &str) = ("sftp:demo", "a");

fn some(receipt: &str) -> Digest {
    Digest::of(receipt.as_bytes())
}
