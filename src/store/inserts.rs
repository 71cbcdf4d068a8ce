//! What is inserted in numbers: the tables that a new message leaves rows in. A test prepares each on both engines.

use crate::store::engine::Insert;
use crate::store::engine::Kind;

pub(super) const MESSAGES: Insert = Insert {
    table: "messages",
    columns: &[
        ("reference", Kind::Text),
        ("door", Kind::Text),
        ("sender", Kind::Text),
        ("source_key", Kind::Text),
        ("channel", Kind::Text),
        ("format", Kind::Text),
        ("partner", Kind::Text),
        ("board", Kind::Text),
        ("received_at", Kind::Int),
        ("seen_at", Kind::Int),
        ("stored_at", Kind::Int),
        ("arrival_date", Kind::Text),
        ("size_bytes", Kind::Int),
        ("sha256", Kind::Text),
        ("original", Kind::Bytes),
        ("envelope", Kind::Text),
        ("answer", Kind::Text),
        ("sender_reference", Kind::Text),
    ],
    tail: "ON CONFLICT DO NOTHING RETURNING reference",
};

pub(super) const OCCURRENCES: Insert = Insert {
    table: "occurrences",
    columns: &[("door", Kind::Text), ("occurrence", Kind::Text), ("reference", Kind::Text)],
    tail: "ON CONFLICT DO NOTHING RETURNING reference",
};

pub(super) const NOTICES: Insert = Insert {
    table: "notices",
    columns: &[
        ("reference", Kind::Text),
        ("message", Kind::Text),
        ("ordinal", Kind::Int),
        ("board", Kind::Text),
        ("kind", Kind::Text),
        ("state", Kind::Text),
        ("unit", Kind::Text),
        ("priority", Kind::Int),
        ("arrival_date", Kind::Text),
        ("assignment", Kind::Text),
        ("notice", Kind::Text),
        ("reason", Kind::Text),
        ("updated_at", Kind::Int),
    ],
    tail: "",
};

pub(super) const PERSON_KEYS: Insert = Insert {
    table: "person_keys",
    columns: &[("key_hash", Kind::Text), ("notice", Kind::Text)],
    tail: "ON CONFLICT DO NOTHING",
};

pub(super) const NOTICE_CONTENTS: Insert = Insert {
    table: "notice_contents",
    columns: &[("notice", Kind::Text), ("content_key", Kind::Text)],
    tail: "ON CONFLICT DO NOTHING",
};

pub(super) const CONTENT_OWNERS: Insert = Insert {
    table: "content_owners",
    columns: &[("board", Kind::Text), ("content_key", Kind::Text), ("notice", Kind::Text)],
    tail: "ON CONFLICT DO NOTHING",
};

pub(super) const ACKNOWLEDGEMENTS: Insert = Insert {
    table: "acknowledgements",
    columns: &[
        ("reference", Kind::Text),
        ("recipient", Kind::Text),
        ("purpose", Kind::Text),
        ("way", Kind::Text),
        ("version", Kind::Int),
        ("message", Kind::Text),
        ("state", Kind::Text),
        ("due_at", Kind::Int),
        ("created_at", Kind::Int),
        ("sent_at", Kind::Int),
        ("reason", Kind::Text),
        ("address", Kind::Text),
        ("rendered", Kind::Text),
        ("number", Kind::Int),
        ("promised_at", Kind::Int),
        ("owed_at", Kind::Int),
    ],
    tail: "",
};

pub(super) const JOBS: Insert = Insert {
    table: "jobs",
    columns: &[
        ("kind", Kind::Text),
        ("subject", Kind::Text),
        ("priority", Kind::Int),
        ("due_at", Kind::Int),
        ("created_at", Kind::Int),
        ("attempt", Kind::Int),
        ("holder", Kind::Text),
        ("lease_until", Kind::Int),
    ],
    tail: "ON CONFLICT DO NOTHING",
};

pub(super) const JOURNAL: Insert = Insert {
    table: "journal",
    columns: &[
        ("seq", Kind::Int),
        ("reference", Kind::Text),
        ("entry", Kind::Text),
        ("hash", Kind::Text),
    ],
    tail: "",
};

/// All of them.
#[cfg(test)]
pub(super) const ALL: [&Insert; 9] = [
    &MESSAGES,
    &OCCURRENCES,
    &NOTICES,
    &PERSON_KEYS,
    &NOTICE_CONTENTS,
    &CONTENT_OWNERS,
    &ACKNOWLEDGEMENTS,
    &JOBS,
    &JOURNAL,
];
