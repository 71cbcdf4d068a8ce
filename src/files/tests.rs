//! What the disk does to a notice's file, tried on a real disk.

use super::folder::Folder;
use super::identity::Kind;
use super::put::IfTaken;
use super::read::ReadError;
use crate::domain::digest::Digest;
use rustix::fs::CWD;
use rustix::fs::Mode;
use std::ffi::OsStr;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;

fn name(text: &str) -> &OsStr {
    OsStr::new(text)
}

#[test]
fn a_file_is_read_up_to_the_limit_and_refused_above_it() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("ten"), [7; 10]).unwrap();
    std::fs::write(dir.path().join("none"), []).unwrap();
    let folder = Folder::open(dir.path()).unwrap();
    assert_eq!(folder.read(name("ten"), 10).unwrap().0, vec![7; 10]);
    assert!(matches!(folder.read(name("ten"), 9), Err(ReadError::TooLarge)));
    assert!(folder.read(name("none"), 0).unwrap().0.is_empty());
    assert!(matches!(folder.read(name("absent"), 9), Err(ReadError::Gone)));
}

#[test]
fn neither_link_nor_pipe_nor_folder_is_read_and_none_of_them_hangs() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("real"), "x").unwrap();
    symlink(dir.path().join("real"), dir.path().join("link")).unwrap();
    std::fs::create_dir(dir.path().join("folder.xml")).unwrap();
    rustix::fs::mkfifoat(CWD, dir.path().join("pipe"), Mode::from_raw_mode(0o600)).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(dir.path().join("socket")).unwrap();
    let folder = Folder::open(dir.path()).unwrap();
    for (what, kind) in [
        ("link", Kind::Link),
        ("pipe", Kind::Special),
        ("socket", Kind::Special),
        ("folder.xml", Kind::Folder),
    ] {
        assert!(matches!(folder.read(name(what), 9), Err(ReadError::NotAFile)), "{what}");
        assert_eq!(folder.look(name(what)).unwrap().unwrap().kind, kind, "{what}");
    }
    assert_eq!(folder.list(|_| true).unwrap().len(), 5);
}

#[test]
fn a_linked_folder_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("real")).unwrap();
    symlink(dir.path().join("real"), dir.path().join("in")).unwrap();
    assert!(Folder::open(&dir.path().join("in")).is_err());
    let root = Folder::open(dir.path()).unwrap();
    assert!(root.open_or_create_in(name("in")).is_err());
    assert!(root.open_or_create_in(name("done")).is_ok());
}

#[test]
fn the_digest_of_a_large_file_is_taken_in_pieces() {
    let dir = tempfile::tempdir().unwrap();
    let bytes: Vec<u8> = (0..200_000u32).map(|n| (n % 251) as u8).collect();
    std::fs::write(dir.path().join("large"), &bytes).unwrap();
    let head = Folder::open(dir.path()).unwrap().read_head(name("large"), 100_000).unwrap();
    assert_eq!(head.sha256, Digest::of(&bytes));
    assert_eq!(head.bytes, bytes[..100_000]);
    assert_eq!(head.identity.size_bytes, 200_000);
}

#[test]
fn a_move_numbers_a_taken_name_and_replaces_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let [from, to] = ["from", "to"].map(|sub| dir.path().join(sub));
    let [source, target] = [&from, &to].map(|path| Folder::open_or_create(path).unwrap());
    for (text, got) in [("1", "a"), ("2", "a.2"), ("3", "a.3")] {
        std::fs::write(from.join("a"), text).unwrap();
        assert_eq!(source.move_to(name("a"), &target, name("a")).unwrap(), got);
        assert_eq!(std::fs::read_to_string(to.join(got)).unwrap(), text);
    }
    let gone = source.move_to(name("a"), &target, name("a")).unwrap_err();
    assert_eq!(gone.kind(), io::ErrorKind::NotFound);
    let odd = OsStr::from_bytes(b"\xff\n..");
    std::fs::write(from.join(odd), "odd").unwrap();
    assert_eq!(source.move_to(odd, &target, odd).unwrap(), odd);
}

#[test]
fn where_rename_cannot_promise_it_link_and_unlink_do_and_finish_what_was_interrupted() {
    let dir = tempfile::tempdir().unwrap();
    let [from, to] = ["from", "to"].map(|sub| dir.path().join(sub));
    let [source, target] = [&from, &to].map(|path| Folder::open_or_create(path).unwrap());
    std::fs::write(from.join("a"), "1").unwrap();
    assert!(source.link_then_unlink(name("a"), &target, name("a")).unwrap());
    std::fs::write(from.join("a"), "2").unwrap();
    assert!(!source.link_then_unlink(name("a"), &target, name("a")).unwrap());
    assert_eq!(std::fs::read_to_string(to.join("a")).unwrap(), "1");
    std::fs::hard_link(from.join("a"), to.join("b")).unwrap();
    assert!(source.move_exactly(name("a"), &target, name("b")).unwrap());
    assert!(!from.join("a").exists());
    assert!(target.move_exactly(name("b"), &target, name("b")).unwrap());
    assert_eq!(std::fs::read_to_string(to.join("b")).unwrap(), "2");
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let dir = tempfile::tempdir().unwrap();
    let folder = Folder::open(dir.path()).unwrap();
    assert_eq!(folder.put(name("r"), b"1", IfTaken::Refuse).unwrap(), "r");
    let taken = folder.put(name("r"), b"2", IfTaken::Refuse).unwrap_err();
    assert_eq!(taken.kind(), io::ErrorKind::AlreadyExists);
    assert_eq!(folder.put(name("r"), b"3", IfTaken::Number).unwrap(), "r.2");
    assert_eq!(folder.put(name("r"), b"4", IfTaken::Replace).unwrap(), "r");
    assert_eq!(std::fs::read_to_string(dir.path().join("r")).unwrap(), "4");
    assert!(folder.put(name("no/such"), b"5", IfTaken::Refuse).is_err());
    let long = "x".repeat(255);
    assert_eq!(folder.put(name(&long), b"6", IfTaken::Number).unwrap(), long.as_str());
    assert_eq!(folder.put(name(&long), b"7", IfTaken::Number).unwrap().len(), 255);
    assert_eq!(folder.list(|_| true).unwrap().len(), 4, "no temporary file is left");
}

#[test]
fn the_last_change_never_lies_in_the_future() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("a"), "x").unwrap();
    let folder = Folder::open(dir.path()).unwrap();
    let identity = folder.look(name("a")).unwrap().unwrap().identity;
    let long_ago = jiff::Timestamp::UNIX_EPOCH;
    assert_eq!(identity.modified_at(long_ago), long_ago);
    assert!(identity.modified_at(jiff::Timestamp::MAX) < jiff::Timestamp::MAX);
    let other = identity.occurrence(name("b"));
    assert!(identity.occurrence(name("a")) != other && !other.contains("b\0"));
}
