//! The zip layout: readable by another program's reader, and exact to the byte.

use super::Stored;
use super::Unreadable;
use super::checksum;
use super::is_exactly;
use super::read;
use super::write;
use crate::domain::digest::Digest;
use std::io::Cursor;
use std::io::Read as _;
use zip::CompressionMethod;
use zip::ZipArchive;

const ENTRIES: [Stored<'static>; 3] = [
    Stored { name: "a.json", data: b"{}" },
    Stored { name: "receipts/b.txt", data: b"" },
    Stored { name: "original/c.bin", data: &[0, 255, 80, 75, 1, 2, 80, 75, 3, 4] },
];

#[test]
fn the_checksum_is_that_of_zip_files() {
    assert_eq!(checksum(b""), 0);
    assert_eq!(checksum(b"123456789"), 0xcbf4_3926);
}

#[test]
fn another_reader_finds_every_entry_with_its_content() {
    let bytes = write(&ENTRIES).expect("a file");
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("a zip file");
    assert_eq!(zip.len(), ENTRIES.len());
    for (at, entry) in ENTRIES.iter().enumerate() {
        let mut file = zip.by_index(at).expect("an entry");
        assert_eq!(file.name().expect("a name"), entry.name);
        assert_eq!(file.compression(), CompressionMethod::Stored);
        assert_eq!(file.unix_mode(), Some(0o100_600));
        let mut data = Vec::new();
        file.read_to_end(&mut data).expect("the content with its checksum");
        assert_eq!(data, entry.data, "{}", entry.name);
    }
}

#[test]
fn the_layout_does_not_change_from_version_to_version() {
    let bytes = write(&ENTRIES).expect("a file");
    assert_eq!(
        Digest::of(&bytes).to_string(),
        "b9c39006d8601d6fcab899889d3b79ae27310d0f969a3ace3ec4ac5088b0ddb7"
    );
}

#[test]
fn what_was_written_is_read_back_and_nothing_else_is_exact() {
    let bytes = write(&ENTRIES).expect("a file");
    let found = read(&bytes, 3).expect("entries");
    let pairs = |entries: &[Stored<'_>]| -> Vec<(String, Vec<u8>)> {
        entries.iter().map(|entry| (entry.name.to_owned(), entry.data.to_vec())).collect()
    };
    assert_eq!(pairs(&found), pairs(&ENTRIES));
    assert!(is_exactly(&bytes, &found));
    for place in 0..bytes.len() {
        for bit in 0..8 {
            let mut altered = bytes.clone();
            altered[place] ^= 1 << bit;
            let exact = read(&altered, 3).is_ok_and(|found| {
                is_exactly(&altered, &found) && pairs(&found) == pairs(&ENTRIES)
            });
            assert!(!exact, "byte {place}, bit {bit}");
        }
        let cut = &bytes[..place];
        assert!(!read(cut, 3).is_ok_and(|found| is_exactly(cut, &found)), "cut at {place}");
    }
    let longer = [bytes.as_slice(), &[0]].concat();
    assert!(!is_exactly(&longer, &found));
}

#[test]
fn more_entries_than_allowed_and_files_of_other_kinds_are_told() {
    let bytes = write(&ENTRIES).expect("a file");
    assert_eq!(read(&bytes, 2).err(), Some(Unreadable::TooMany));
    assert_eq!(read(b"%PDF-1.7", 9).err(), Some(Unreadable::At(1)));
    assert_eq!(read(b"", 9).err(), Some(Unreadable::At(1)));
    assert_eq!(read(&bytes[..40], 9).err(), Some(Unreadable::At(2)));
    let empty = write(&[]).expect("a file");
    assert_eq!(read(&empty, 9).err(), Some(Unreadable::At(1)));
}

#[test]
fn what_the_plain_format_cannot_hold_is_not_written() {
    let many = vec![Stored { name: "a", data: b"" }; usize::from(u16::MAX)];
    assert!(write(&many).is_none());
    let name = "a".repeat(usize::from(u16::MAX) + 1);
    assert!(write(&[Stored { name: &name, data: b"" }]).is_none());
}
