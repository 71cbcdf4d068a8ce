//! The claim check keeps what a message speaks of, however old, and sheds what a crash left.

use super::make::Made;
use super::make::record;
use bytes::Bytes;
use kvittens::clock::Clock;
use kvittens::domain::digest::Digest;
use kvittens::store::Config;
use kvittens::store::Store;
use std::fs::File;
use std::path::Path;
use std::time::Duration;
use std::time::SystemTime;

#[tokio::test]
async fn only_old_files_that_nothing_speaks_of_are_swept() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}/kvittens.db", folder.path().display());
    let config = Config { url, inline_bytes: 1000, ..Config::default() };
    let store = Store::open(&config, Clock::system(), true).await.unwrap();
    let large = Bytes::from(vec![b'x'; 5000]);
    let mut kept = record(&Made { key: "large", ..Made::default() });
    kept.answer.sha256 = Digest::of(&large);
    kept.original = large.clone();
    let reference = kept.answer.reference.clone();
    store.record(kept).await.unwrap();

    let blobs = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
    let blobs = blobs.into_iter().find(|path| path.is_dir()).unwrap();
    let digest = |text: &[u8]| Digest::of(text).to_string();
    let spoken = digest(&large);
    let (orphan, young) = (digest(b"orphan"), digest(b"young"));
    let temporary = format!(".{}.0", digest(b"temporary"));
    for name in [&orphan, &young, &temporary, &"a-file-of-a-person".to_owned()] {
        std::fs::write(blobs.join(name), b"bytes").unwrap();
    }
    for name in [&spoken, &orphan, &temporary, &"a-file-of-a-person".to_owned()] {
        age(&blobs.join(name));
    }

    store.sweep_orphans().await.unwrap();

    let mut left: Vec<String> = std::fs::read_dir(&blobs)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    left.sort();
    let mut expected = [spoken, young, "a-file-of-a-person".to_owned()];
    expected.sort();
    assert_eq!(left, expected);
    assert_eq!(store.original(reference.as_str()).await.unwrap().unwrap(), large);

    // The same bytes come once more: their file is young again until the message is stored.
    age(&blobs.join(Digest::of(&large).to_string()));
    let mut again = record(&Made { key: "large again", ..Made::default() });
    again.answer.sha256 = Digest::of(&large);
    again.original = large.clone();
    store.record(again).await.unwrap();
    let modified = blobs.join(Digest::of(&large).to_string()).metadata().unwrap().modified();
    assert!(modified.unwrap().elapsed().unwrap() < Duration::from_secs(600));
    store.close().await;
}

fn age(path: &Path) {
    let two_hours_ago = now() - Duration::from_hours(2);
    File::options().append(true).open(path).unwrap().set_modified(two_hours_ago).unwrap();
}

#[expect(clippy::disallowed_methods, reason = "a file's age is told by the machine's clock")]
fn now() -> SystemTime {
    SystemTime::now()
}
