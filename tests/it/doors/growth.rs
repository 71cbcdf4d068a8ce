//! Files that change after they were read, and folders that cannot be used for a while.

use super::Bench;
use super::DAY;
use super::answer;
use super::config;
use super::names;
use super::patient_folder;
use super::quick_folder;
use super::reference;
use super::rename_into;
use kvittens::intake::Settlement;
use kvittens::intake::folder::FolderDoor;
use std::fs::File;
use std::io::Write;
use std::time::Duration;
use std::time::UNIX_EPOCH;

fn append(path: std::path::PathBuf, text: &str) {
    File::options().append(true).open(path).unwrap().write_all(text.as_bytes()).unwrap();
}

#[tokio::test]
async fn a_file_that_grew_before_it_was_settled_comes_again_as_a_supplement_of_the_first() {
    let mut bench = quick_folder().await;
    std::fs::write(bench.path("in/a.csv"), "1\n").unwrap();
    let (first, receipt) = bench.next().await;
    assert_eq!(first.envelope.continues, None);
    append(bench.path("in/a.csv"), "2\n");
    bench.settle(receipt, Settlement::Accepted(answer(1))).await;
    assert!(bench.path("in/a.csv").exists());
    let (second, receipt) = bench.next().await;
    assert_eq!(
        (&second.raw[..], &second.envelope.continues),
        (&b"1\n2\n"[..], &Some(reference(1)))
    );
    // Released: the memory of the first stays.
    bench.settle(receipt, Settlement::Released).await;
    let (second, receipt) = bench.next().await;
    assert_eq!(second.envelope.continues, Some(reference(1)));
    append(bench.path("in/a.csv"), "3\n");
    bench.settle(receipt, Settlement::Accepted(answer(2))).await;
    let (third, receipt) = bench.next().await;
    assert_eq!(third.envelope.continues, Some(reference(1)), "the first, not the one between");
    bench.settle(receipt, Settlement::Accepted(answer(3))).await;
    assert_eq!(names(bench.path("done").join(DAY)), ["a.csv"]);
}

#[tokio::test]
async fn a_file_that_grows_after_it_was_put_away_is_brought_back() {
    let mut bench = quick_folder().await;
    std::fs::write(bench.path("in/a.csv"), "1\n").unwrap();
    let mut writer = File::options().append(true).open(bench.path("in/a.csv")).unwrap();
    bench.accept().await;
    writer.write_all(b"2\n").unwrap();
    drop(writer);
    let (again, receipt) = bench.next().await;
    assert_eq!((&again.raw[..], &again.envelope.continues), (&b"1\n2\n"[..], &Some(reference(1))));
    bench.settle(receipt, Settlement::Accepted(answer(2))).await;
    assert_eq!(names(bench.path("done").join(DAY)), ["a.csv"]);
}

#[tokio::test]
async fn a_file_that_we_brought_back_ourselves_is_not_complete_by_that() {
    let mut bench = patient_folder().await;
    bench.go_on().await;
    rename_into(bench.dir.path(), "in", "a.csv", "1\n");
    let mut writer = File::options().append(true).open(bench.path("in/a.csv")).unwrap();
    bench.accept().await;
    writer.write_all(b"2\n").unwrap();
    bench.until(|bench| bench.path("in/a.csv").exists()).await;
    bench.go_on().await;
    assert!(bench.got.is_empty(), "it may still be written to");
}

#[tokio::test]
async fn a_file_that_was_only_touched_is_put_away_and_one_exchanged_is_a_message_of_its_own() {
    let mut bench = quick_folder().await;
    for name in ["a", "b", "c"] {
        std::fs::write(bench.path("in").join(name), format!("first {name}")).unwrap();
    }
    bench.until(|bench| bench.got.len() == 3).await;
    let touched = File::options().append(true).open(bench.path("in/a")).unwrap();
    touched.set_modified(UNIX_EPOCH + Duration::from_secs(9)).unwrap();
    std::fs::rename(bench.path("in/b"), bench.path("b elsewhere")).unwrap();
    std::fs::write(bench.path("in/b"), "second b").unwrap();
    std::fs::write(bench.path("in/c"), "other c, longer").unwrap();
    for (_, receipt) in std::mem::take(&mut bench.got) {
        bench.settle(receipt, Settlement::Accepted(answer(1))).await;
    }
    assert_eq!(names(bench.path("done").join(DAY)), ["a"]);
    bench.until(|bench| bench.got.len() == 2).await;
    assert!(bench.got.iter().all(|(received, _)| received.envelope.continues.is_none()));
}

#[tokio::test]
async fn a_file_taken_away_after_it_was_read_is_settled_in_peace() {
    let mut bench = quick_folder().await;
    std::fs::write(bench.path("in/a"), "x").unwrap();
    let (_, receipt) = bench.next().await;
    std::fs::remove_file(bench.path("in/a")).unwrap();
    bench.settle(receipt, Settlement::Accepted(answer(1))).await;
    std::fs::write(bench.path("in/a"), "y").unwrap();
    assert_eq!(bench.accept().await.raw, "y");
}

#[tokio::test]
async fn what_cannot_be_put_away_is_not_offered_again_and_moves_when_it_can() {
    let mut bench = quick_folder().await;
    std::fs::remove_dir(bench.path("done")).unwrap();
    std::fs::write(bench.path("in/a"), "x").unwrap();
    let (_, receipt) = bench.next().await;
    bench.settle(receipt, Settlement::Accepted(answer(1))).await;
    std::fs::write(bench.path("in/b"), "y").unwrap();
    let (other, receipt) = bench.next().await;
    assert_eq!(other.raw, "y", "the others go on");
    std::fs::create_dir(bench.path("done")).unwrap();
    bench.settle(receipt, Settlement::Accepted(answer(2))).await;
    bench.until(|bench| names(bench.path("done").join(DAY)) == ["a", "b"]).await;
    assert!(bench.got.is_empty());
}

#[tokio::test]
async fn a_folder_that_goes_away_and_comes_back_is_read_again() {
    let mut bench = quick_folder().await;
    std::fs::write(bench.path("in/a"), "x").unwrap();
    bench.accept().await;
    std::fs::rename(bench.path("in"), bench.path("away")).unwrap();
    bench.go_on().await;
    std::fs::create_dir(bench.path("new")).unwrap();
    std::fs::write(bench.path("new/b"), "y").unwrap();
    std::fs::rename(bench.path("new"), bench.path("in")).unwrap();
    assert_eq!(bench.accept().await.raw, "y");
}

#[tokio::test]
async fn a_door_whose_folders_are_links_does_not_open() {
    use kvittens::clock::Clock;
    use kvittens::intake::IntakeAdapter;
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("elsewhere")).unwrap();
    std::os::unix::fs::symlink(dir.path().join("elsewhere"), dir.path().join("done")).unwrap();
    let config = config(dir.path(), Duration::ZERO);
    let door = FolderDoor::new(config, super::detect, Clock::system(), Default::default());
    let refused = door.open().await.err().unwrap().to_string();
    assert_eq!(refused, "cannot use the done folder of door folder:demo");
}

#[tokio::test]
async fn several_looks_do_not_read_again_what_is_in_hand() {
    let mut bench: Bench<FolderDoor> = quick_folder().await;
    std::fs::write(bench.path("in/a"), "x").unwrap();
    let held = bench.next().await;
    for name in ["b", "c", "d"] {
        std::fs::write(bench.path("in").join(name), name).unwrap();
        assert_eq!(bench.accept().await.raw, name);
    }
    bench.settle(held.1, Settlement::Accepted(answer(1))).await;
    assert_eq!(names(bench.path("in")), [""; 0]);
}
