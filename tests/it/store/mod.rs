//! The store's conformance suite: every promise on SQLite and on PostgreSQL.

mod accounts;
mod alarms;
mod canaries;
mod confirmations;
mod corrections;
mod day_reports;
mod enclosures;
mod feed;
mod holds;
mod links;
mod make;
mod orphans;
mod promised;
mod proofs;
mod reading;
mod report;
mod report_place;
mod work;

use crate::support::servers::Server;
use crate::support::servers::Servers;
use kvittens::clock::Clock;
use kvittens::domain::received::Channel;
use kvittens::store::Broken;
use kvittens::store::Config;
use kvittens::store::Recorded;
use kvittens::store::Repeat;
use kvittens::store::Store;
use make::Made;
use make::record;
use std::future::Future;

/// Opens a store on each engine and runs the same test on both.
async fn on_both<F: Future<Output = ()>>(test: impl Fn(Store) -> F) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}/kvittens.db", folder.path().display());
    on(url, &test).await;
    if let Some(servers) = Servers::shared(&[Server::Postgres]).await {
        let database = servers.database().await;
        on(database.url.clone(), &test).await;
    }
}

async fn on<F: Future<Output = ()>>(url: String, test: &impl Fn(Store) -> F) {
    let config = Config { url, inline_bytes: 1000, ..Config::default() };
    let store = Store::open(&config, Clock::system(), true).await.unwrap();
    test(store.clone()).await;
    store.close().await;
}

#[tokio::test]
async fn a_message_is_stored_once_and_its_repeat_gets_the_first_answer() {
    on_both(|store| async move {
        let first = record(&Made { key: "k1", ..Made::default() });
        let answer = first.answer.clone();
        assert!(matches!(store.record(first).await.unwrap(), Recorded::New));
        let again = record(&Made { key: "k1", ..Made::default() });
        let Recorded::Duplicate { answer: told, redelivered: false } =
            store.record(again).await.unwrap()
        else {
            panic!("a repeat is a duplicate");
        };
        assert_eq!(told, answer);
        let other = record(&Made { key: "k1", sender: "another-landlord", ..Made::default() });
        assert!(matches!(store.record(other).await.unwrap(), Recorded::New));
        assert_eq!(store.verify().await.unwrap().broken, []);
    })
    .await;
}

#[tokio::test]
async fn of_fifty_at_once_with_one_key_one_is_new() {
    on_both(|store| async move {
        let offered =
            (0..50).map(|_| store.record(record(&Made { key: "same", ..Made::default() })));
        let results = futures::future::join_all(offered).await;
        let new = results.iter().filter(|result| matches!(result, Ok(Recorded::New))).count();
        assert_eq!(new, 1);
        assert!(results.iter().all(Result::is_ok));
    })
    .await;
}

#[tokio::test]
async fn an_interrupted_delivery_is_told_from_a_repeated_one() {
    on_both(|store| async move {
        let made = |occurrence| Made { key: "f", occurrence: Some(occurrence), ..Made::folder() };
        assert!(matches!(store.record(record(&made("inode-1"))).await.unwrap(), Recorded::New));
        let again = store.record(record(&made("inode-1"))).await.unwrap();
        assert!(matches!(again, Recorded::Duplicate { redelivered: true, .. }));
        let dropped_again = store.record(record(&made("inode-2"))).await.unwrap();
        let Recorded::Duplicate { answer, redelivered: false } = dropped_again else {
            panic!("another delivery of the same bytes is a repeat");
        };
        for _ in 0..2 {
            let repeated = record(&made("inode-2"));
            let repeat = Repeat {
                source_key: repeated.envelope.source_key.clone(),
                occurrence: "inode-2".to_owned(),
                reference: answer.reference.clone(),
                acknowledgements: make::receipts(&answer.reference, Channel::Folder),
            };
            store.repeat(repeat).await.unwrap();
        }
        let told = store.acknowledgements_of(answer.reference.as_str()).await.unwrap();
        let versions: Vec<i64> = told.iter().map(|row| row.version).collect();
        assert_eq!(versions, [0, 1], "the repeat has one receipt, however often it is noted");
    })
    .await;
}

#[tokio::test]
async fn only_the_guilty_one_of_a_group_gets_the_error() {
    on_both(|store| async move {
        let taken = record(&Made { key: "first", ..Made::default() });
        let reference = taken.notices[0].reference.clone();
        store.record(taken).await.unwrap();
        let offered = (0..20).map(|n| {
            let key = format!("key-{n}");
            let mut made = record(&Made { key: &key, ..Made::default() });
            if n == 7 {
                made.notices[0].reference = reference.clone();
            }
            store.record(made)
        });
        let results = futures::future::join_all(offered).await;
        for (n, result) in results.iter().enumerate() {
            assert_eq!(result.is_ok(), n != 7, "{n}: {result:?}");
        }
        let error = results[7].as_ref().unwrap_err().to_string();
        assert!(!error.contains(reference.as_str()), "an error text quotes no value: {error}");
        assert_eq!(store.verify().await.unwrap().broken, []);
    })
    .await;
}

#[tokio::test]
async fn receipts_are_numbered_without_gaps() {
    on_both(|store| async move {
        let offered = (0..40).map(|n| {
            let key = format!("key-{}", n / 2);
            store.record(record(&Made { key: &key, ..Made::folder() }))
        });
        futures::future::join_all(offered).await;
        let mut numbers = Vec::new();
        for job in make::claim_all(&store, kvittens::store::JobKind::Acknowledge).await {
            let read = store.acknowledgement_jobs(&[job.subject]).await.unwrap();
            numbers.push(read[0].rendered.trim_start_matches("receipt ").parse::<i64>().unwrap());
        }
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=20).collect::<Vec<_>>());
    })
    .await;
}

#[tokio::test]
async fn originals_come_back_byte_for_byte_in_their_row_and_from_the_claim_check() {
    on_both(|store| async move {
        for size in [0usize, 1, 999, 1000, 1001, 3 * 1024 * 1024 + 17] {
            let key = format!("size-{size}");
            let mut made = record(&Made { key: &key, ..Made::default() });
            let bytes: Vec<u8> = (0..size).map(|n| (n % 251) as u8).collect();
            made.original = bytes.clone().into();
            made.answer.sha256 = kvittens::domain::digest::Digest::of(&bytes);
            let reference = made.answer.reference.clone();
            store.record(made).await.unwrap();
            let read = store.original(reference.as_str()).await.unwrap().unwrap();
            assert_eq!(read.len(), size);
            assert!(read == bytes, "{size} bytes come back unchanged");
        }
    })
    .await;
}

#[tokio::test]
async fn verify_finds_a_changed_entry_and_a_notice_without_its_job() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kvittens.db");
    let url = format!("sqlite:{}", path.display());
    let config = Config { url, ..Config::default() };
    let store = Store::open(&config, Clock::system(), true).await.unwrap();
    for n in 0..5 {
        let key = format!("key-{n}");
        store.record(record(&Made { key: &key, ..Made::default() })).await.unwrap();
    }
    assert_eq!(store.verify().await.unwrap().broken, []);
    store.close().await;
    tamper(&path, "DELETE FROM jobs WHERE kind = 'deliver'").await;
    let store = Store::open(&config, Clock::system(), false).await.unwrap();
    let broken = store.verify().await.unwrap().broken;
    assert_eq!(broken.iter().filter(|it| matches!(it, Broken::Promise { .. })).count(), 5);
    store.close().await;
    tamper(&path, "UPDATE journal SET entry = replace(entry, 'api', 'apu') WHERE seq = 3").await;
    let store = Store::open(&config, Clock::system(), false).await.unwrap();
    assert_eq!(store.verify().await.unwrap().broken, [Broken::Chain { seq: 3 }]);
    store.close().await;
}

async fn tamper(path: &std::path::Path, sql: &'static str) {
    use sqlx::ConnectOptions as _;
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path);
    let mut connection = options.connect().await.unwrap();
    let changed = sqlx::query(sql).execute(&mut connection).await.unwrap();
    assert!(changed.rows_affected() > 0);
}
