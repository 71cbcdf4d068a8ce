//! Two thousand files at once.

use super::Bench;
use super::DAY;
use super::answer;
use super::config;
use super::names;
use kvittens::clock::Clock;
use kvittens::domain::received::Format;
use kvittens::intake::Settle;
use kvittens::intake::Settlement;
use kvittens::intake::folder::FolderDoor;
use std::collections::HashSet;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;
use std::time::Duration;

const FILES: usize = 2_000;
static READ: AtomicUsize = AtomicUsize::new(0);

fn counting(_: &[u8], _: Option<&str>) -> Format {
    READ.fetch_add(1, Ordering::Relaxed);
    Format::Other
}

#[tokio::test]
async fn two_thousand_files_are_each_read_once_with_a_bound_on_what_is_in_hand() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("in")).unwrap();
    for number in 0..FILES {
        std::fs::write(dir.path().join("in").join(number.to_string()), number.to_string()).unwrap();
    }
    let mut bench = Bench::open(dir, |path, cancel| {
        FolderDoor::new(config(path, Duration::from_millis(40)), counting, Clock::system(), cancel)
    })
    .await;
    bench.until(|bench| bench.got.len() == 512).await;
    bench.go_on().await;
    assert_eq!(bench.got.len(), 512, "no more before something is settled");
    let mut keys = HashSet::new();
    while keys.len() < FILES {
        bench.until(|bench| !bench.got.is_empty()).await;
        let round: Vec<_> = std::mem::take(&mut bench.got)
            .into_iter()
            .map(|(received, receipt)| {
                assert!(keys.insert(received.envelope.source_key.key), "offered twice");
                (receipt, Settlement::Accepted(answer(1)))
            })
            .collect();
        bench.settle.settle(round).await;
    }
    assert_eq!(names(bench.path("done").join(DAY)).len(), FILES);
    assert!(names(bench.path("in")).is_empty());
    assert_eq!(READ.load(Ordering::Relaxed), FILES);
}
