//! A bundle that holds, whom it is believed from, and contents that contradict each other although their signature fits.

use super::BundleError;
use super::Limits;
use super::Remark;
use super::Report;
use super::report::Fault;
use super::report::Signer;
use super::sample;
use super::sample::contents;
use super::sample::contents_with;
use super::sample::entry;
use super::sample::packed;
use super::sample::packed_by;
use super::sample::plain_receipt;
use super::sample::sealed;
use super::verify;
use super::write;
use crate::domain::digest::Digest;
use crate::domain::reference::Reference;
use crate::seal::jwk::JwkSet;
use crate::seal::jws::Refusal;
use crate::seal::jws::SignError;
use crate::seal::keys::KeyError;
use crate::seal::keys::KeyRing;
use crate::seal::keys::generate;
use crate::seal::keys::tests::RFC_KEY;
use crate::seal::keys::tests::at;
use crate::seal::keys::tests::ring;
use serde_json::json;

fn check(bytes: &[u8]) -> Report {
    verify(bytes, Some(&ring().jwk_set()), &Limits::default())
}

fn other_ring() -> KeyRing {
    let key = generate(at("2026-01-01T00:00:00Z")).expect("a key");
    KeyRing::parse([key.reveal()]).expect("a ring")
}

#[test]
fn a_bundle_holds_and_says_what_is_in_it() {
    let report = check(&packed(&contents()));
    assert!(report.is_proven(), "{:?}", report.lines());
    assert_eq!((report.receipts, report.journal_lines), (1, 3));
    let lines = report.lines();
    for expected in [
        "Bundle of AVH-7K4M-2QX6, made 2026-11-22T16:53:24Z in the name of Exempelstads kommun (9999).",
        "Signed receipts that hold: 1.",
    ] {
        assert!(lines.iter().any(|line| line == expected), "{lines:#?}");
    }
    assert!(lines.last().is_some_and(|line| line.starts_with("PROVEN. Signed 2026-11-22")));
    assert!(report.remarks.is_empty());
}

#[test]
fn the_same_contents_in_any_order_give_the_same_bytes() {
    let mut turned = contents();
    turned.entries.reverse();
    assert_eq!(packed(&turned), packed(&contents()));
}

#[test]
fn the_keys_inside_tell_that_nothing_was_altered_but_not_by_whom_it_was_made() {
    let forged = packed_by(
        &contents_with(&sample::lines(), &sample::state(), &receipt_by(&other_ring())),
        &ring(),
    );
    assert!(!check(&forged).is_unaltered(), "a receipt by another key");
    let report = verify(&packed(&contents()), None, &Limits::default());
    assert!(report.is_unaltered() && !report.is_proven());
    assert!(matches!(report.signer, Signer::OnlyInside(_)));
    let last = report.lines().pop().expect("a line");
    assert!(last.starts_with("UNALTERED, BUT NOT PROVEN WHO MADE IT."), "{last}");
}

fn receipt_by(ring: &KeyRing) -> serde_json::Value {
    crate::seal::receipt::seal(&plain_receipt(), ring, sample::now()).expect("sealed")
}

#[test]
fn a_bundle_by_a_key_that_is_not_trusted_is_refused_by_name() {
    let ring = other_ring();
    let kid = ring.current(sample::now()).expect("a key").kid().to_owned();
    let forged = contents_with(&sample::lines(), &sample::state(), &receipt_by(&ring));
    let bytes = packed_by(&forged, &ring);
    assert!(verify(&bytes, None, &Limits::default()).is_unaltered());
    let faults = check(&bytes).faults;
    assert!(faults.contains(&Fault::NotTrusted(kid)), "{faults:?}");
    assert!(faults.iter().any(|fault| matches!(fault, Fault::Receipt { .. })), "{faults:?}");
    let none = verify(&bytes, Some(&JwkSet::default()), &Limits::default());
    assert!(!none.is_unaltered());
}

#[test]
fn a_key_withdrawn_later_is_told_and_one_withdrawn_before_is_refused() {
    let withdrawn = |when: &str| {
        let document = format!("{RFC_KEY}revoked_at = \"{when}\"\n");
        KeyRing::parse([document.as_str()]).expect("a ring").jwk_set()
    };
    let bytes = packed(&contents());
    let later = verify(&bytes, Some(&withdrawn("2027-01-01T00:00:00Z")), &Limits::default());
    assert!(later.is_proven());
    let told = |remark: &&Remark| matches!(remark, Remark::KeyRevoked { .. });
    assert_eq!(later.remarks.iter().filter(told).count(), 2, "list and receipt");
    let before = verify(&bytes, Some(&withdrawn("2026-11-01T00:00:00Z")), &Limits::default());
    assert!(before.faults.contains(&Fault::Signature(Refusal::KeyNotInForce)));
}

#[test]
fn lines_of_the_journal_that_contradict_themselves_are_found() {
    let good = sample::lines();
    let state = sample::state();
    let with = |lines: &[super::journal::JournalLine], state: &super::journal::ChainState| {
        check(&packed(&contents_with(lines, state, &sealed(&plain_receipt())))).faults
    };
    let mut hash = good.clone();
    hash[1].hash = Digest::of(b"other");
    assert_eq!(with(&hash, &state), [Fault::JournalHash(2)]);
    let mut text = good.clone();
    text[2].entry = text[2].entry.replace("receipt.sent", "receipt.held");
    assert_eq!(with(&text, &state), [Fault::JournalHash(3)]);
    let mut number = good.clone();
    number[2].seq = 10;
    assert_eq!(with(&number, &state), [Fault::JournalForeign(3)]);
    let mut apart = good.clone();
    apart[1] = sample::line(5, Digest::of(b"other"), "notice.read");
    assert_eq!(with(&apart, &state), [Fault::JournalOrder(2)]);
    let turned: Vec<_> = [1, 0, 2].map(|at| good[at].clone()).to_vec();
    assert_eq!(with(&turned, &state), [Fault::JournalOrder(2)]);
    let first = [sample::line(1, Digest::of(b"none"), "message.received")];
    assert_eq!(with(&first, &state), [Fault::JournalOrder(1)]);
    let early = super::journal::ChainState { seq: 8, ..state.clone() };
    assert_eq!(with(&good, &early), [Fault::Chain]);
    let other = super::journal::ChainState { seq: 9, ..state.clone() };
    assert_eq!(with(&good, &other), [Fault::Chain]);
    let head = super::journal::ChainState { seq: 9, hash: good[2].hash, ..state.clone() };
    assert_eq!(with(&good, &head), []);
    let broken = super::journal::ChainState { holds: false, ..state };
    assert_eq!(with(&good, &broken), [Fault::ChainBroken]);
}

#[test]
fn lines_about_another_notice_are_found_unless_it_came_in_the_same_message() {
    let other = Reference::parse("AVH-0000-0000").expect("a reference");
    let mut foreign = sample::line(9, Digest::of(b"line 8"), "notice.read");
    foreign.entry = foreign.entry.replace("AVH-7K4M-2QX6", other.as_str());
    let pieces = [foreign.previous.as_bytes().as_slice(), foreign.entry.as_bytes()];
    foreign.hash = Digest::of_all(pieces);
    let mut contents = contents_with(&[foreign], &sample::state(), &sealed(&plain_receipt()));
    assert_eq!(check(&packed(&contents)).faults, [Fault::JournalForeign(1)]);
    contents.notices.push(other);
    assert!(check(&packed(&contents)).is_proven());
}

#[test]
fn unreadable_lines_and_half_a_journal_are_found() {
    for (path, bytes, fault) in [
        (super::JOURNAL, "{}\n", Fault::JournalLine(1)),
        (super::JOURNAL, "\n", Fault::JournalLine(1)),
        (super::CHAIN, "{}", Fault::Chain),
    ] {
        let mut contents = contents();
        contents.entries.retain(|entry| entry.path != path);
        assert_eq!(check(&packed(&contents)).faults, [Fault::Chain], "without {path}");
        contents.entries.push(entry(path, bytes));
        assert_eq!(check(&packed(&contents)).faults, [fault], "{path}");
    }
}

#[test]
fn receipts_of_others_for_others_or_without_signature_are_found() {
    let path = || "receipts/sender.json".to_owned();
    let mut another = plain_receipt();
    another["reference"] = json!("AVH-0000-0000");
    let mut content = plain_receipt();
    content["sha256"] = json!(Digest::of(b"other"));
    let mut altered = sealed(&plain_receipt());
    altered["receivedAt"] = json!("2026-10-11T12:07:31Z");
    for (receipt, fault) in [
        (sealed(&another), Fault::ReceiptOfAnother(path())),
        (sealed(&content), Fault::ReceiptContent(path())),
        (altered, Fault::Receipt { path: path(), refusal: Refusal::Altered }),
        (plain_receipt(), Fault::Receipt { path: path(), refusal: Refusal::Missing }),
    ] {
        let contents = contents_with(&sample::lines(), &sample::state(), &receipt);
        assert_eq!(check(&packed(&contents)).faults, [fault]);
    }
    let mut doubled = contents();
    let text = sealed(&plain_receipt()).to_string();
    doubled.entries.retain(|entry| entry.path != path());
    doubled.entries.push(entry(&path(), text.replacen('{', r#"{"reference":"X","#, 1)));
    let refusal = Refusal::NotCanonical;
    assert_eq!(check(&packed(&doubled)).faults, [Fault::Receipt { path: path(), refusal }]);
}

#[test]
fn what_is_not_in_a_bundle_is_told() {
    let mut bare = contents();
    bare.entries.retain(|entry| entry.path == "notice.json");
    let report = check(&packed(&bare));
    assert!(report.is_proven());
    assert_eq!(report.remarks, [Remark::NoOriginal, Remark::NoJournal, Remark::NoReceipt]);
}

#[test]
fn paths_that_lead_out_or_collide_are_not_written() {
    let long = "a".repeat(181);
    for path in [
        "",
        "/a",
        "a/",
        "a//b",
        "../a",
        "a/../b",
        ".",
        ".a",
        "a.",
        "a\\b",
        "a b",
        "å",
        "C:a",
        "a\n",
        "manifest.json",
        "Manifest.JWS",
        "keys.json",
        &long,
    ] {
        let mut contents = contents();
        contents.entries.insert(0, entry(path, "x"));
        let found = write(&contents, &ring(), sample::now());
        assert_eq!(found, Err(BundleError::Path(1)), "{path:?}");
    }
    let mut twice = contents();
    twice.entries.push(entry("NOTICE.json", "x"));
    assert_eq!(write(&twice, &ring(), sample::now()), Err(BundleError::Twice(7)));
    let early = write(&contents(), &ring(), at("2025-01-01T00:00:00Z"));
    assert_eq!(early, Err(BundleError::Sign(SignError::Key(KeyError::NoneInForce))));
}

#[test]
fn limits_bound_what_is_read() {
    let bytes = packed(&contents());
    for limits in [
        Limits { bytes_max: bytes.len() as u64 - 1, ..Limits::default() },
        Limits { entries_max: 8, ..Limits::default() },
    ] {
        let report = verify(&bytes, None, &limits);
        assert_eq!(report.faults, [Fault::TooLarge], "{limits:?}");
    }
    let exact = Limits { bytes_max: bytes.len() as u64, entries_max: 9 };
    assert!(verify(&bytes, None, &exact).is_unaltered());
}

#[test]
fn debug_shows_no_content_and_a_name_shows_no_letters_that_a_terminal_obeys() {
    let shown = format!("{:?}", contents());
    assert!(!shown.contains("Testa") && shown.contains("original/message.eml"), "{shown}");
    let mut hostile = contents();
    hostile.municipality.name = "A\u{1b}[2J\u{202e}B".to_owned();
    let lines = check(&packed(&hostile)).lines().join("\n");
    assert!(lines.contains("in the name of A[2JB (9999)"), "{lines}");
}
