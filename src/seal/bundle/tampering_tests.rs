//! Whatever is done to a bundle after it was made is detected.

use super::Limits;
use super::Report;
use super::archive;
use super::archive::Stored;
use super::report::Fault;
use super::sample::contents;
use super::sample::now;
use super::sample::packed;
use super::verify;
use crate::seal::canonical;
use crate::seal::jwk::JwkSet;
use crate::seal::jws;
use crate::seal::jws::Purpose;
use crate::seal::keys::tests::ring;
use proptest::prelude::any;
use proptest::prop_assert;
use proptest::proptest;
use proptest::sample::Index;
use serde_json::Value;

fn check(bytes: &[u8], trusted: Option<&JwkSet>) -> Report {
    verify(bytes, trusted, &Limits::default())
}

/// The faults found by the municipality's keys; by the keys inside, some must be found as well.
fn faults(bytes: &[u8]) -> Vec<Fault> {
    assert!(!check(bytes, None).is_unaltered(), "by the keys inside");
    let report = check(bytes, Some(&ring().jwk_set()));
    assert!(!report.is_proven());
    assert_eq!(
        report.lines().last().map(String::as_str),
        Some("NOT PROVEN. Do not rely on this file.")
    );
    report.faults
}

/// The bundle repacked after its entries were changed.
fn repacked(change: impl FnOnce(&mut Vec<Stored<'_>>)) -> Vec<u8> {
    let bytes = packed(&contents());
    let mut entries = archive::read(&bytes, 100).expect("entries");
    change(&mut entries);
    archive::write(&entries).expect("a file")
}

fn count() -> usize {
    archive::read(&packed(&contents()), 100).expect("entries").len()
}

#[test]
fn every_flipped_byte_is_detected_wherever_it_stands() {
    let bytes = packed(&contents());
    let keys = ring().jwk_set();
    let mut altered = bytes.clone();
    for place in 0..bytes.len() {
        altered[place] ^= 1 << (place % 8);
        assert!(!check(&altered, Some(&keys)).is_proven(), "byte {place} of {}", bytes.len());
        altered[place] = bytes[place];
    }
    assert!(check(&altered, Some(&keys)).is_proven());
}

#[test]
fn every_cut_and_every_addition_at_either_end_is_detected() {
    let bytes = packed(&contents());
    for end in (0..bytes.len()).step_by(7).chain([bytes.len() - 1]) {
        assert!(!faults(&bytes[..end]).is_empty(), "cut at {end}");
    }
    assert_eq!(faults(&[bytes.as_slice(), b"\n"].concat()), [Fault::Layout]);
    assert_eq!(faults(&[b"\n", bytes.as_slice()].concat()), [Fault::Unreadable(1)]);
    assert_eq!(faults(&[bytes.as_slice(), bytes.as_slice()].concat()), [Fault::Layout]);
}

#[test]
fn every_dropped_entry_is_detected() {
    for at in 0..count() {
        let mut name = String::new();
        let bytes = repacked(|entries| name = entries.remove(at).name.to_owned());
        let found = faults(&bytes);
        let expected = if at == 0 { Fault::Manifest } else { Fault::Missing(name.clone()) };
        assert!(found.contains(&expected), "{name}: {found:?}");
    }
}

#[test]
fn every_renamed_entry_is_detected() {
    for at in 0..count() {
        let found = faults(&repacked(|entries| entries[at].name = "notice2.json"));
        let expected =
            if at == 0 { Fault::Manifest } else { Fault::Extra("notice2.json".to_owned()) };
        assert!(found.contains(&expected), "{at}: {found:?}");
    }
}

#[test]
fn every_added_or_repeated_entry_is_detected() {
    let hostile =
        ["more.txt", "../../etc/passwd", "/etc/passwd", "C:\\x", "a\u{1b}[2J", "original/"];
    for name in hostile {
        for at in 0..=count() {
            let bytes = repacked(|entries| entries.insert(at, Stored { name, data: b"more" }));
            let found = faults(&bytes);
            let shown = if name == "more.txt" { name } else { "a file with an unsafe name" };
            assert_eq!(found, [Fault::Extra(shown.to_owned())], "{name:?} at {at}");
        }
    }
    for at in 0..count() {
        let bytes = repacked(|entries| entries.push(entries[at]));
        assert!(matches!(faults(&bytes)[..], [Fault::Extra(_)]), "{at}");
        let forged = Stored { name: "notice.json", data: b"{}" };
        let found = faults(&repacked(|entries| entries.insert(at, forged)));
        assert!(found.contains(&Fault::Extra("notice.json".to_owned())), "{at}: {found:?}");
    }
}

#[test]
fn every_change_of_order_is_detected() {
    for at in 1..count() {
        assert_eq!(faults(&repacked(|entries| entries.swap(at - 1, at))), [Fault::Order], "{at}");
    }
}

#[test]
fn every_exchanged_content_is_detected() {
    for at in 0..count() {
        let found = faults(&repacked(|entries| entries[at].data = b"{}"));
        assert!(!found.is_empty(), "{at}");
    }
    let bytes = repacked(|entries| {
        let (one, other) = (entries[4].data, entries[5].data);
        (entries[4].data, entries[5].data) = (other, one);
    });
    let altered = |fault: &&Fault| matches!(fault, Fault::Altered(_));
    assert_eq!(faults(&bytes).iter().filter(altered).count(), 2);
}

#[test]
fn content_of_the_same_length_is_told_by_its_digest() {
    for at in 2..count() {
        let mut other = Vec::new();
        let bytes = packed(&contents());
        let mut entries = archive::read(&bytes, 100).expect("entries");
        other.extend_from_slice(entries[at].data);
        let last = other.len() - 2;
        other[last] ^= 1;
        let path = entries[at].name.to_owned();
        entries[at].data = &other;
        let found = faults(&archive::write(&entries).expect("a file"));
        assert!(found.contains(&Fault::Altered(path)), "{at}: {found:?}");
    }
}

#[test]
fn the_list_in_another_spelling_is_no_list_although_its_signature_fits() {
    let bytes = packed(&contents());
    let mut entries = archive::read(&bytes, 100).expect("entries");
    let value: Value = serde_json::from_slice(entries[0].data).expect("a list");
    let text = serde_json::to_vec_pretty(&value).expect("a text");
    entries[0].data = &text;
    assert_eq!(faults(&archive::write(&entries).expect("a file")), [Fault::Manifest]);
}

/// A bundle whose list was changed and signed anew with the right key, as a faulty or hostile writer could.
fn signed_anew(change: impl FnOnce(&mut Value)) -> Vec<u8> {
    let bytes = packed(&contents());
    let mut entries = archive::read(&bytes, 100).expect("entries");
    let mut value: Value = serde_json::from_slice(entries[0].data).expect("a list");
    change(&mut value);
    let signature = jws::sign(&value, Purpose::Bundle, &ring(), now()).expect("a signature");
    let text = canonical::bytes(&value).expect("a form");
    let paths: Vec<String> =
        value["entries"].as_array().expect("a list").iter().map(path).collect();
    let mut listed =
        vec![("manifest.json", text.as_slice()), ("manifest.jws", signature.as_bytes())];
    listed.extend(
        paths.iter().zip(entries.drain(2..)).map(|(path, entry)| (path.as_str(), entry.data)),
    );
    let stored: Vec<_> = listed.iter().map(|(name, data)| Stored { name, data }).collect();
    archive::write(&stored).expect("a file")
}

fn path(listed: &Value) -> String {
    listed["path"].as_str().expect("a path").to_owned()
}

#[test]
fn a_list_that_could_lead_out_of_the_folder_is_refused_although_it_is_signed() {
    assert!(check(&signed_anew(|_| ()), Some(&ring().jwk_set())).is_proven());
    for (at, name) in [
        (6, "receipts/../../x"),
        (6, "receipts/.x"),
        (6, "receipts/x."),
        (6, "zz\\x"),
        (6, "original/message.eml"),
        (6, "zz/\u{1b}[2J"),
        (6, "a.json"),
        (0, "keys2.json"),
        (1, "KEYS.JSON"),
    ] {
        let bytes = signed_anew(|list| list["entries"][at]["path"] = name.into());
        assert_eq!(faults(&bytes), [Fault::Manifest], "{name:?}");
    }
    let bytes = signed_anew(|list| list["format"] = "kvittens-bundle-2".into());
    assert_eq!(faults(&bytes), [Fault::Manifest]);
    let bytes = signed_anew(|list| list["more"] = true.into());
    assert_eq!(faults(&bytes), [Fault::Manifest]);
}

proptest! {
    #[test]
    fn no_random_change_goes_unseen(places in proptest::collection::vec((any::<Index>(), 1_u8..=255), 1..4)) {
        let bytes = packed(&contents());
        let mut altered = bytes.clone();
        for (place, mask) in places {
            altered[place.index(bytes.len())] ^= mask;
        }
        prop_assert!(altered == bytes || !check(&altered, None).is_unaltered());
    }

    #[test]
    fn no_bytes_make_the_check_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(!check(&bytes, None).is_unaltered());
    }
}
