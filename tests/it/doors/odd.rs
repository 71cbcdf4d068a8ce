//! What no careful sender puts into a drop folder.

use super::DAY;
use super::names;
use super::quick_folder;
use rustix::fs::CWD;
use rustix::fs::Mode;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::fs::symlink;

#[tokio::test]
async fn links_pipes_and_files_beyond_the_limit_go_to_failed_and_the_rest_goes_on() {
    let mut bench = quick_folder().await;
    std::fs::write(bench.path("secret"), "do not read").unwrap();
    symlink(bench.path("secret"), bench.path("in/link.xml")).unwrap();
    symlink(bench.path("nowhere"), bench.path("in/dangling.xml")).unwrap();
    rustix::fs::mkfifoat(CWD, bench.path("in/pipe.xml"), Mode::from_raw_mode(0o600)).unwrap();
    std::fs::write(bench.path("in/large.xml"), vec![b'x'; 100_001]).unwrap();
    std::fs::write(bench.path("in/limit.xml"), vec![b'x'; 100_000]).unwrap();
    assert_eq!(bench.accept().await.raw.len(), 100_000);
    bench.until(|bench| names(bench.path("failed")).len() == 8).await;
    assert!(bench.got.is_empty() && names(bench.path("in")).is_empty());
    for (name, code) in [
        ("link.xml", "not-a-file"),
        ("dangling.xml", "not-a-file"),
        ("pipe.xml", "not-a-file"),
        ("large.xml", "too-large"),
    ] {
        let reason = bench.path(format!("failed/{name}.reason.txt"));
        assert!(std::fs::read_to_string(reason).unwrap().contains(code), "{name}");
        assert!(std::fs::symlink_metadata(bench.path("failed").join(name)).is_ok(), "{name}");
    }
    assert_eq!(std::fs::read_to_string(bench.path("secret")).unwrap(), "do not read");
}

#[tokio::test]
async fn nothing_in_failed_is_replaced_not_even_by_a_reason() {
    let mut bench = quick_folder().await;
    std::fs::write(bench.path("failed/a.reason.txt"), "somebody's").unwrap();
    std::fs::write(bench.path("failed/a.2"), "somebody's").unwrap();
    symlink("nowhere", bench.path("in/a")).unwrap();
    bench.until(|bench| names(bench.path("in")).is_empty()).await;
    let expected = ["a.2", "a.3", "a.3.reason.txt", "a.reason.txt"];
    assert_eq!(names(bench.path("failed")), expected);
    assert_eq!(std::fs::read(bench.path("failed/a.reason.txt")).unwrap(), b"somebody's");
}

#[tokio::test]
async fn odd_names_are_only_names() {
    let mut bench = quick_folder().await;
    let long = "å".repeat(127);
    let odd: [&[u8]; 9] = [
        b"..xml.xml",
        b"x\\..\\etc\\passwd",
        b"%2e%2e%2fpasswd",
        b"new\nline",
        b"not \xff\xfe utf-8",
        b"-rf",
        b" ",
        b"a.xml;$(reboot)",
        long.as_bytes(),
    ];
    for name in odd {
        std::fs::write(bench.path("in").join(OsStr::from_bytes(name)), name).unwrap();
    }
    // Only the first begins with a dot.
    for _ in 1..odd.len() {
        bench.accept().await;
    }
    let done = bench.path("done").join(DAY);
    assert_eq!(std::fs::read_dir(&done).unwrap().count(), odd.len() - 1);
    for name in &odd[1..] {
        assert_eq!(std::fs::read(done.join(OsStr::from_bytes(name))).unwrap(), *name);
    }
    assert_eq!(names(bench.path("in")), ["..xml.xml"]);
}

#[tokio::test]
async fn a_name_as_long_as_the_disk_allows_keeps_its_number_and_its_reason() {
    let mut bench = quick_folder().await;
    let long = "x".repeat(255);
    for text in ["1", "2"] {
        std::fs::write(bench.path("in").join(&long), text).unwrap();
        bench.accept().await;
    }
    assert_eq!(names(bench.path("done").join(DAY)).len(), 2);
    symlink("nowhere", bench.path("in").join(&long)).unwrap();
    bench.until(|bench| names(bench.path("failed")).len() == 2).await;
    assert!(names(bench.path("failed")).iter().any(|name| name.ends_with(".reason.txt")));
}

#[tokio::test]
async fn folders_and_names_of_somebody_still_writing_are_left_alone_and_an_empty_file_is_taken() {
    let mut bench = quick_folder().await;
    std::fs::create_dir(bench.path("in/folder.xml")).unwrap();
    std::fs::write(bench.path("in/folder.xml/a.xml"), "inside").unwrap();
    for name in [".hidden", "a.tmp", "a.part", "a.filepart"] {
        std::fs::write(bench.path("in").join(name), "half").unwrap();
    }
    std::fs::write(bench.path("in/z empty"), "").unwrap();
    assert!(bench.accept().await.raw.is_empty());
    std::fs::rename(bench.path("in/a.part"), bench.path("in/a.xml")).unwrap();
    assert_eq!(bench.accept().await.envelope.file_name.unwrap().reveal(), "a.xml");
    assert_eq!(names(bench.path("in")), [".hidden", "a.filepart", "a.tmp", "folder.xml"]);
    assert!(names(bench.path("failed")).is_empty());
}

#[tokio::test]
async fn a_file_we_may_not_read_goes_to_failed() {
    let mut bench = quick_folder().await;
    let path = bench.path("in/locked");
    std::fs::write(&path, "x").unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::read(&path).is_ok() {
        eprintln!("skipped: this user may read everything");
        return;
    }
    bench.until(|bench| names(bench.path("failed")) == ["locked", "locked.reason.txt"]).await;
}
