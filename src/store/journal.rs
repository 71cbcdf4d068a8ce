//! Message History: one append-only chain over everything that happened to every notice.
//!
//! Each entry is stored as canonical JSON text (RFC 8785) with `hash = SHA-256(previous hash ‖ entry)`. Details hold codes and references,
//! never personal data, so the chain still verifies after a purge. A transaction locks the head last, appends all its entries and commits;
//! the head is never cached, so several gateways take turns once a group.

use crate::domain::digest::Digest;
use crate::domain::reference::Reference;
use crate::store::Store;
use crate::store::StoreError;
use crate::store::engine::Session;
use crate::store::inserts;
use crate::store::statements as sql;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value as Json;

/// What happened, before it has its place in the chain.
#[derive(Debug)]
pub(super) struct Line {
    /// The message's or notice's reference; empty for what concerns the whole store.
    pub(super) reference: String,
    /// When.
    pub(super) at: Timestamp,
    /// Who: `gateway`, `cli:<user>`, later a person's account.
    pub(super) actor: String,
    /// Stable word, such as `message.received`.
    pub(super) event: &'static str,
    /// Codes, references and digests.
    pub(super) detail: Json,
}

impl Line {
    /// Something the gateway itself did.
    pub(super) fn gateway(
        reference: &Reference,
        at: Timestamp,
        event: &'static str,
        detail: Json,
    ) -> Self {
        Self { reference: reference.to_string(), at, actor: "gateway".to_owned(), event, detail }
    }

    fn text(&self, seq: i64) -> Result<String, StoreError> {
        let entry = Entry {
            actor: &self.actor,
            at: format_args!("{:.6}", self.at),
            detail: &self.detail,
            event: self.event,
            reference: &self.reference,
            seq,
        };
        serde_json::to_string(&entry).map_err(|_| StoreError::Corrupt("journal entry"))
    }
}

/// A line as its entry's text: the members in the order of RFC 8785.
#[derive(Serialize)]
struct Entry<'a> {
    actor: &'a str,
    at: std::fmt::Arguments<'a>,
    detail: &'a Json,
    event: &'a str,
    reference: &'a str,
    seq: i64,
}

/// Appends entries to the chain: the last thing a transaction does.
pub(super) async fn append(session: &mut Session, lines: Vec<Line>) -> Result<(), StoreError> {
    if lines.is_empty() {
        return Ok(());
    }
    let count = i64::try_from(lines.len()).unwrap_or(i64::MAX);
    let head = session.row(&sql::LOCK_JOURNAL_HEAD, &[count.into()]).await?;
    let mut head = head.ok_or(StoreError::Corrupt("journal head"))?;
    let mut seq = head.int(0) - count;
    let mut hash = Digest::from_hex(&head.text(1)).ok_or(StoreError::Corrupt("journal head"))?;
    let mut rows = Vec::with_capacity(lines.len());
    for line in lines {
        seq += 1;
        let entry = line.text(seq)?;
        hash = chain(&hash, &entry);
        rows.push(vec![seq.into(), line.reference.into(), entry.into(), hash.to_string().into()]);
    }
    session.insert(&inserts::JOURNAL, rows).await?;
    session.run(&sql::MOVE_JOURNAL_HEAD, &[hash.to_string().into()]).await?;
    Ok(())
}

fn chain(previous: &Digest, entry: &str) -> Digest {
    Digest::of_all([previous.as_bytes().as_slice(), entry.as_bytes()])
}

/// What `verify` found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verification {
    /// Entries read.
    pub entries: i64,
    /// Everything that is not as it must be.
    pub broken: Vec<Broken>,
}

/// One thing that is not as it must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Broken {
    /// The chain does not hold from this entry on.
    Chain {
        /// The entry's number.
        seq: i64,
    },
    /// The head does not stand on the last entry.
    Head,
    /// A message or notice that breaks the promise named.
    Promise {
        /// Its reference.
        reference: String,
        /// Which promise, in one sentence.
        promise: &'static str,
    },
}

impl Store {
    /// Checks the chain, and that no notice lacks an owner, an acknowledgement state or an outcome.
    pub async fn verify(&self) -> Result<Verification, StoreError> {
        let mut session = self.engine.reading().await?;
        let mut found = Verification::default();
        let mut hash = Digest::from_bytes(&[0; 32]).ok_or(StoreError::Corrupt("journal"))?;
        loop {
            let rows = session.rows(&sql::READ_JOURNAL, &[found.entries.into()]).await?;
            if rows.is_empty() {
                break;
            }
            for mut row in rows {
                let (seq, entry, stored) = (row.int(0), row.text(1), row.text(2));
                hash = chain(&hash, &entry);
                found.entries += 1;
                if seq != found.entries || hash.to_string() != stored {
                    found.broken.push(Broken::Chain { seq });
                    return Ok(found);
                }
            }
        }
        let head = session.row(&sql::READ_JOURNAL_HEAD, &[]).await?;
        let holds = head.is_some_and(|mut head| {
            head.int(0) >= found.entries
                && (head.int(0) > found.entries || head.text(1) == hash.to_string())
        });
        if !holds {
            found.broken.push(Broken::Head);
        }
        for (statement, promise) in sql::PROMISES {
            for mut row in session.rows(statement, &[]).await? {
                found.broken.push(Broken::Promise { reference: row.text(0), promise });
            }
        }
        Ok(found)
    }
}
