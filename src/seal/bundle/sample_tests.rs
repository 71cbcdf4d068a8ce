//! A bundle as the gateway writes one, for the tests.

use super::CHAIN;
use super::Contents;
use super::Entry;
use super::JOURNAL;
use super::Municipality;
use super::journal;
use super::journal::ChainState;
use super::journal::JournalLine;
use super::write;
use crate::domain::digest::Digest;
use crate::domain::reference::Reference;
use crate::seal::keys::KeyRing;
use crate::seal::keys::tests::at;
use crate::seal::keys::tests::ring;
use crate::seal::receipt;
use jiff::Timestamp;
use serde_json::Value;
use serde_json::json;

pub(super) const ORIGINAL_TEXT: &[u8] = b"Subject: Avh\r\n\r\nTesta Testsson, Exempelgatan 12\r\n";

/// When the sample was made.
pub(super) fn now() -> Timestamp {
    at("2026-11-22T16:53:24Z")
}

/// The message's reference.
pub(super) fn reference() -> Reference {
    Reference::parse("AVH-7K4M-2QX6").expect("a reference")
}

/// A receipt before it is sealed.
pub(super) fn plain_receipt() -> Value {
    json!({
        "reference": reference(),
        "receivedAt": "2026-10-12T12:07:31Z",
        "sha256": Digest::of(ORIGINAL_TEXT),
    })
}

/// Lines 4, 5 and 9 of a chain.
pub(super) fn lines() -> Vec<JournalLine> {
    let mut before = Digest::of(b"line 3");
    let mut lines = Vec::new();
    for (seq, event) in [(4, "message.received"), (5, "notice.read"), (9, "receipt.sent")] {
        if seq == 9 {
            before = Digest::of(b"line 8");
        }
        lines.push(line(seq, before, event));
        before = lines.last().expect("a line").hash;
    }
    lines
}

/// A line of the chain.
pub(super) fn line(seq: i64, previous: Digest, event: &str) -> JournalLine {
    let entry = json!({ "actor": "gateway", "at": "2026-10-12T12:07:31.000000Z", "detail": {}, "event": event, "reference": reference(), "seq": seq });
    let entry = entry.to_string();
    let hash = Digest::of_all([previous.as_bytes().as_slice(), entry.as_bytes()]);
    JournalLine { seq, previous, hash, entry }
}

/// Where the sample's chain stands.
pub(super) fn state() -> ChainState {
    ChainState { seq: 12, hash: Digest::of(b"line 12"), checked_at: now(), holds: true }
}

pub(super) fn entry(path: &str, bytes: impl Into<bytes::Bytes>) -> Entry {
    Entry { path: path.to_owned(), bytes: bytes.into(), what: "a part of the proof".to_owned() }
}

/// A bundle's contents.
pub(super) fn contents() -> Contents {
    contents_with(&lines(), &state(), &sealed(&plain_receipt()))
}

/// A receipt signed with the sample's ring.
pub(super) fn sealed(plain: &Value) -> Value {
    receipt::seal(plain, &ring(), now()).expect("sealed")
}

/// A bundle's contents with these lines, state and receipt.
pub(super) fn contents_with(
    lines: &[JournalLine],
    state: &ChainState,
    receipt: &Value,
) -> Contents {
    Contents {
        reference: reference(),
        notices: Vec::new(),
        municipality: Municipality {
            name: "Exempelstads kommun".to_owned(),
            code: "9999".to_owned(),
        },
        entries: vec![
            entry(JOURNAL, journal::lines(lines).expect("lines")),
            entry("original/message.eml", ORIGINAL_TEXT),
            entry("receipts/sender.json", receipt.to_string()),
            entry("receipts/sender.eml", "Subject: Kvittens\r\n\r\nAVH-7K4M-2QX6\r\n"),
            entry("notice.json", r#"{"schemaVersion":"1.0","type":"unknown"}"#),
            entry(CHAIN, journal::chain(state).expect("a state")),
        ],
    }
}

/// The bytes of a bundle signed with the sample's ring.
pub(super) fn packed(contents: &Contents) -> Vec<u8> {
    packed_by(contents, &ring())
}

/// The bytes of a bundle signed with another ring.
pub(super) fn packed_by(contents: &Contents, ring: &KeyRing) -> Vec<u8> {
    write(contents, ring, now()).expect("a bundle")
}
