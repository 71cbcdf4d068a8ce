//! Bad files through the drop folder of the running program: content is never a reason to refuse one, and what cannot be taken at all
//! goes to `failed/` with a reason that a person understands.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::File;
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::time::Duration;

use rustix::fs::CWD;
use rustix::fs::Mode;
use serde_json::Value;

use crate::support::gateway::Gateway;

use super::bad_input::broken;
use super::bad_input::good;
use super::bad_input::laughs;
use super::place::Place;
use super::place::Wishes;
use super::place::end;
use super::place::holds_exactly;
use super::place::names;

const IN: &str = "drop/landlord/in";
const FAILED: &str = "drop/landlord/failed";
const RECEIPTS: &str = "drop/landlord/receipts";

async fn started() -> (Place, Gateway) {
    let folder = "settle_after = \"600ms\"".to_owned();
    let place = Place::new(&Wishes { folder, ..Wishes::default() });
    let gateway = Gateway::start(&place.workspace, &[]).await;
    (place, gateway)
}

/// The rows of every JSON receipt, by the file's own name.
fn receipts(place: &Place) -> BTreeMap<String, Vec<Value>> {
    let folder = place.path(RECEIPTS);
    let receipts = names(&folder).into_iter().filter(|name| name.ends_with(".json"));
    let read = receipts.map(|name| {
        let bytes = std::fs::read(folder.join(&name)).expect("a receipt");
        let receipt: Value = serde_json::from_slice(&bytes).expect("JSON");
        let file = receipt["fileName"].as_str().expect("a file name").to_owned();
        (file, receipt["rows"].as_array().expect("rows").clone())
    });
    read.collect()
}

#[tokio::test]
async fn a_file_is_never_refused_for_its_content() {
    let (place, gateway) = started().await;
    let mut files: Vec<(String, Vec<u8>)> = broken()
        .iter()
        .map(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            (name, std::fs::read(path).expect("a fixture"))
        })
        .collect();
    let nested = format!("{}{}", "<n>".repeat(100_000), "</n>".repeat(100_000));
    files.extend([
        ("laughs.xml".to_owned(), laughs().into_bytes()),
        ("nested.xml".to_owned(), nested.into_bytes()),
        ("nuls.json".to_owned(), vec![0; 5000]),
        ("noise.csv".to_owned(), (0..=255).cycle().take(100_000).collect()),
        ("noise.pdf".to_owned(), b"%PDF-1.7\n\0\xff\xfe".to_vec()),
        ("bomb.zip".to_owned(), b"PK\x03\x04\0\0\0\0".to_vec()),
        ("nul.csv".to_owned(), b"type;text\r\nrentArrears;a\0b\r\n".to_vec()),
    ]);
    // Two empty files are one message.
    files.retain(|(name, bytes)| !bytes.is_empty() || name == "empty.json");
    for (name, bytes) in &files {
        place.workspace.drop_file(name, bytes);
    }
    place.names(RECEIPTS, 2 * files.len()).await;
    let done = place.names("drop/landlord/done", files.len()).await;
    assert_eq!(done.len(), files.len(), "{done:?}");
    assert!(names(&place.path(IN)).is_empty() && names(&place.path(FAILED)).is_empty());
    let receipts = receipts(&place);
    let mut rows_in_all = 0;
    for (name, bytes) in &files {
        let kept = done.iter().find(|path| path.ends_with(&format!("/{name}"))).expect("in done/");
        let kept = std::fs::read(place.path("drop/landlord/done").join(kept)).expect("a file");
        assert!(kept == *bytes, "{name} is kept as it came");
        let rows = receipts.get(name).unwrap_or_else(|| panic!("no receipt for {name}"));
        rows_in_all += rows.len();
        for row in rows {
            let status = row["status"].as_str().unwrap_or_default();
            let known = ["accepted", "needsReview", "unreadable"].contains(&status);
            assert!(known && row["reference"].is_string(), "{name}: {row}");
            let told = row["findings"].as_array().is_some_and(|findings| !findings.is_empty());
            assert!(status == "accepted" || told, "{name}: {row}");
        }
    }
    for (name, expected) in [
        ("laughs.xml", "unreadable"),
        ("truncated.json", "unreadable"),
        ("nuls.json", "unreadable"),
    ] {
        assert_eq!(receipts[name][0]["status"], expected, "{name}");
    }
    let stored = i64::try_from(files.len()).expect("a count");
    holds_exactly(&place, stored, i64::try_from(rows_in_all).expect("a count")).await;
    end(gateway).await;
}

#[tokio::test]
async fn what_cannot_be_taken_goes_to_failed_with_its_reason_and_odd_names_are_only_names() {
    let (place, gateway) = started().await;
    let folder = place.path(IN);
    std::fs::write(place.path("secret.json"), good("not for you")).expect("a file outside");
    symlink(place.path("secret.json"), folder.join("link.json")).expect("a link");
    symlink("../../../../../etc/passwd", folder.join("up.json")).expect("a link");
    rustix::fs::mkfifoat(CWD, folder.join("pipe.json"), Mode::from_raw_mode(0o600))
        .expect("a pipe");
    let large = File::create(place.path("large")).expect("a file");
    large.set_len(100 * 1024 * 1024).expect("100 MB of nothing");
    std::fs::rename(place.path("large"), folder.join("large.json")).expect("a large file");
    let odd: [&[u8]; 6] = [
        b"..\\..\\etc\\passwd.json",
        b"%2e%2e%2f%2e%2e%2fpasswd.json",
        b"new\nline.json",
        b"-rf.json",
        b"not \xff\xfe utf-8.json",
        b"a.json;$(touch pwned).json",
    ];
    for (number, name) in odd.iter().enumerate() {
        std::fs::write(place.path("waiting"), good(&number.to_string())).expect("a file");
        std::fs::rename(place.path("waiting"), folder.join(OsStr::from_bytes(name)))
            .expect("renamed");
    }
    let failed = place.names(FAILED, 8).await;
    for (name, code, said) in [
        ("link.json", "not-a-file", "en länk eller en specialfil"),
        ("up.json", "not-a-file", "an ordinary file"),
        ("pipe.json", "not-a-file", "Lägg själva filen"),
        ("large.json", "too-large", "52428800 bytes"),
    ] {
        let reason = place.path(FAILED).join(format!("{name}.reason.txt"));
        let reason = std::fs::read_to_string(reason).expect("a reason");
        assert!(reason.contains(code) && reason.contains(said), "{name}: {reason}");
        assert!(failed.contains(&name.to_owned()), "{name} is kept: {failed:?}");
    }
    place.names(RECEIPTS, 2 * odd.len()).await;
    place.names("drop/landlord/done", odd.len()).await;
    assert!(names(&folder).is_empty(), "{:?}", names(&folder));
    let outside = names(&place.path("."));
    let escaped = outside.iter().filter(|path| path.contains("passwd") || path.contains("pwned"));
    assert!(
        escaped.clone().all(|path| path.starts_with("drop/landlord/")),
        "{:?}",
        escaped.collect::<Vec<_>>()
    );
    assert!(Path::new("/etc/passwd").exists() && place.path("secret.json").exists());
    holds_exactly(&place, 6, 6).await;
    end(gateway).await;
}

#[tokio::test]
async fn a_file_still_being_written_is_taken_once_and_whole() {
    let (place, gateway) = started().await;
    let path = place.path(IN).join("slow.csv");
    let mut file = File::create(&path).expect("a file");
    let mut whole = b"type;text\r\n".to_vec();
    file.write_all(&whole).expect("a header");
    for row in 0..10 {
        // The pace of the writer is the matter of this test.
        tokio::time::sleep(Duration::from_millis(250)).await;
        assert!(path.exists(), "taken away after {row} rows");
        let line = format!("rentArrears;rad {row}\r\n").into_bytes();
        file.write_all(&line).expect("a row");
        whole.extend(line);
    }
    drop(file);
    place.names(RECEIPTS, 2).await;
    let done = place.names("drop/landlord/done", 1).await;
    let kept = std::fs::read(place.path("drop/landlord/done").join(&done[0])).expect("a file");
    assert!(kept == whole, "the whole file");
    assert_eq!(receipts(&place)["slow.csv"].len(), 10);
    holds_exactly(&place, 1, 10).await;
    end(gateway).await;
}
