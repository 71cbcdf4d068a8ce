//! The ordinary ways of a dropped file.

use super::Bench;
use super::DAY;
use super::LIMIT;
use super::answer;
use super::folder_with;
use super::names;
use super::patient_folder;
use super::quick_folder;
use super::rename_into;
use kvittens::domain::answer::Problem;
use kvittens::domain::answer::ProblemKind;
use kvittens::domain::received::Channel;
use kvittens::domain::received::Format;
use kvittens::domain::received::ReplyTo;
use kvittens::intake::Receive;
use kvittens::intake::Settlement;
use std::fs::File;
use std::time::Duration;
use std::time::UNIX_EPOCH;
use tokio::time::timeout;

#[tokio::test]
async fn a_file_is_taken_and_moved_to_its_day_after_the_commit_and_not_before() {
    let mut bench = quick_folder().await;
    std::fs::write(bench.path("in/a.xml"), "<notice/>").unwrap();
    let (received, receipt) = bench.next().await;
    assert!(bench.path("in/a.xml").exists());
    let envelope = &received.envelope;
    assert_eq!(&received.raw[..], b"<notice/>");
    assert_eq!((envelope.channel, envelope.format), (Channel::Folder, Format::Xml));
    assert_eq!((&*envelope.source_key.door, &*envelope.source_key.sender), ("folder:demo", "demo"));
    assert!(envelope.source_key.key.starts_with("sha256:"));
    assert_eq!(envelope.file_name.as_ref().unwrap().reveal(), "a.xml");
    assert_eq!(envelope.sender.partner.as_deref(), Some("demo"));
    let files = ReplyTo::Files {
        folder: bench.path("receipts"),
        partner: "demo".to_owned(),
        mail_to: None,
    };
    assert_eq!(envelope.reply_to, files);
    bench.settle(receipt, Settlement::Accepted(answer(1))).await;
    assert!(!bench.path("in/a.xml").exists());
    assert_eq!(std::fs::read(bench.path("done").join(DAY).join("a.xml")).unwrap(), b"<notice/>");
}

#[tokio::test]
async fn a_file_renamed_into_place_is_taken_at_once_and_one_being_written_is_not() {
    let mut bench = patient_folder().await;
    std::fs::write(bench.path("in/slow.xml"), "half").unwrap();
    // Until the door has looked for the first time it cannot know what was renamed.
    bench.go_on().await;
    assert!(bench.got.is_empty());
    for number in 0..10 {
        rename_into(bench.dir.path(), "in", format!("{number}.xml"), "whole");
    }
    bench.until(|bench| bench.got.len() == 10).await;
    assert!(bench.got.iter().all(|(received, _)| &received.raw[..] == b"whole"));
    assert!(bench.path("in/slow.xml").exists());
}

#[tokio::test]
async fn a_slow_writer_is_waited_for() {
    let dir = tempfile::tempdir().unwrap();
    let mut bench = Bench::open(dir, folder_with(Duration::from_millis(1500))).await;
    let mut written = String::new();
    let deadline = std::time::Instant::now() + Duration::from_secs(2);
    while std::time::Instant::now() < deadline {
        written.push('x');
        std::fs::write(bench.path("in/slow.csv"), &written).unwrap();
        let early = timeout(Duration::from_millis(50), bench.receive.receive()).await;
        assert!(early.is_err(), "taken while being written");
    }
    assert_eq!(bench.accept().await.raw, written);
}

#[tokio::test]
async fn the_oldest_comes_first_and_arrival_is_the_last_change_but_never_in_the_future() {
    let mut bench = quick_folder().await;
    for (name, seconds) in [("b", 2_000), ("c", 4_000_000_000), ("a", 3_000)] {
        let path = bench.path("in").join(name);
        std::fs::write(&path, name).unwrap();
        let time = UNIX_EPOCH + Duration::from_secs(seconds);
        File::options().append(true).open(&path).unwrap().set_modified(time).unwrap();
    }
    bench.until(|bench| bench.got.len() == 3).await;
    let envelopes: Vec<_> = bench.got.iter().map(|(received, _)| &received.envelope).collect();
    let arrived = |number: usize| envelopes[number].received_at.as_second();
    assert_eq!((arrived(0), arrived(1)), (2_000, 3_000));
    assert_eq!(envelopes[2].received_at, envelopes[2].seen_at);
}

#[tokio::test]
async fn the_same_name_twice_is_numbered_and_the_same_bytes_twice_are_two_deliveries_of_one_key() {
    let mut bench = quick_folder().await;
    let mut envelopes = Vec::new();
    for bytes in ["one", "one", "other"] {
        std::fs::write(bench.path("in/a.xml"), bytes).unwrap();
        envelopes.push(bench.accept().await.envelope);
    }
    assert_eq!(names(bench.path("done").join(DAY)), ["a.xml", "a.xml.2", "a.xml.3"]);
    assert_eq!(std::fs::read(bench.path("done").join(DAY).join("a.xml.3")).unwrap(), b"other");
    assert_eq!(envelopes[0].source_key, envelopes[1].source_key);
    assert_ne!(envelopes[0].occurrence, envelopes[1].occurrence);
    assert_ne!(envelopes[0].source_key, envelopes[2].source_key);
}

#[tokio::test]
async fn what_is_released_or_forgotten_comes_again_with_the_same_occurrence() {
    let mut bench = quick_folder().await;
    std::fs::write(bench.path("in/a.xml"), "x").unwrap();
    let (first, receipt) = bench.next().await;
    bench.settle(receipt, Settlement::Released).await;
    let (second, receipt) = bench.next().await;
    drop(receipt);
    let (third, receipt) = bench.next().await;
    assert_eq!(first.envelope.occurrence, second.envelope.occurrence);
    assert_eq!(first.envelope.occurrence, third.envelope.occurrence);
    let redelivered = Settlement::Duplicate { answer: answer(1), redelivered: true };
    bench.settle(receipt, redelivered).await;
    assert_eq!(names(bench.path("done").join(DAY)), ["a.xml"]);
    std::fs::write(bench.path("in/a.xml"), "x").unwrap();
    let (_, receipt) = bench.next().await;
    let sent_again = Settlement::Duplicate { answer: answer(1), redelivered: false };
    bench.settle(receipt, sent_again).await;
    assert_eq!(names(bench.path("done").join(DAY)), ["a.xml", "a.xml.2"]);
}

#[tokio::test]
async fn what_the_pipeline_refuses_goes_to_failed_with_its_reason() {
    let mut bench = quick_folder().await;
    for _ in 0..2 {
        std::fs::write(bench.path("in/a.bin"), "x").unwrap();
        let (_, receipt) = bench.next().await;
        let detail = "Send XML instead.".to_owned();
        let kind = ProblemKind::UnsupportedFormat;
        let problem = Problem { kind, detail, violations: Vec::new() };
        bench.settle(receipt, Settlement::Refused(problem)).await;
    }
    let expected = ["a.bin", "a.bin.2", "a.bin.2.reason.txt", "a.bin.reason.txt"];
    assert_eq!(names(bench.path("failed")), expected);
    let reason = std::fs::read_to_string(bench.path("failed/a.bin.reason.txt")).unwrap();
    assert!(reason.contains("Send XML instead.") && reason.contains("unsupported-format"));
}

#[tokio::test]
async fn a_closed_door_gives_none_and_a_reopened_one_finds_what_was_not_settled() {
    let mut bench = quick_folder().await;
    for name in ["a", "b", "c"] {
        std::fs::write(bench.path("in").join(name), name).unwrap();
    }
    bench.until(|bench| !bench.got.is_empty()).await;
    bench.cancel.cancel();
    assert!(timeout(LIMIT, bench.receive.receive()).await.unwrap().is_none());
    assert_eq!(names(bench.path("in")), ["a", "b", "c"]);
    let dir = std::mem::replace(&mut bench.dir, tempfile::tempdir().unwrap());
    let mut again = Bench::open(dir, folder_with(Duration::from_millis(40))).await;
    again.until(|bench| bench.got.len() == 3).await;
}

#[tokio::test]
async fn closing_wakes_a_door_that_waits() {
    let mut bench = patient_folder().await;
    let cancel = bench.cancel.clone();
    let closing = async {
        tokio::task::yield_now().await;
        cancel.cancel();
    };
    let (received, ()) = tokio::join!(timeout(LIMIT, bench.receive.receive()), closing);
    assert!(received.unwrap().is_none());
}
