//! Message History: one append-only chain over everything that happened to every notice.
//!
//! Each entry is stored as canonical JSON text (RFC 8785) with `hash = SHA-256(previous hash ‖ entry)`. Details hold codes and references,
//! never personal data, so the chain still verifies after a purge. A transaction locks the head last, appends all its entries and commits;
//! the head is never cached, so several gateways take turns once a group.

use crate::domain::digest::Digest;
use crate::domain::reference::Reference;
use crate::seal::bundle::journal::ChainState;
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
        let walked = walk(&mut session).await?;
        let ends_early = matches!(walked.broken, Some(Broken::Chain { .. }));
        let mut found =
            Verification { entries: walked.entries, broken: walked.broken.into_iter().collect() };
        if ends_early {
            return Ok(found);
        }
        for (statement, promise) in sql::PROMISES {
            for mut row in session.rows(statement, &[]).await? {
                found.broken.push(Broken::Promise { reference: row.text(0), promise });
            }
        }
        Ok(found)
    }

    /// Where the journal stands, and whether its whole chain holds.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn chain(&self) -> Result<ChainState, StoreError> {
        let mut session = self.engine.reading().await?;
        let walked = walk(&mut session).await?;
        Ok(ChainState {
            seq: walked.entries,
            hash: walked.hash,
            checked_at: self.clock.now(),
            holds: walked.broken.is_none(),
        })
    }
}

/// How far the chain was walked.
struct Walked {
    entries: i64,
    hash: Digest,
    broken: Option<Broken>,
}

/// From the first entry to the last, or to the first at which the chain does not hold.
async fn walk(session: &mut Session) -> Result<Walked, StoreError> {
    let hash = Digest::from_bytes(&[0; 32]).ok_or(StoreError::Corrupt("journal"))?;
    let mut walked = Walked { entries: 0, hash, broken: None };
    loop {
        let rows = session.rows(&sql::READ_JOURNAL, &[walked.entries.into()]).await?;
        if rows.is_empty() {
            break;
        }
        for mut row in rows {
            let (seq, entry, stored) = (row.int(0), row.text(1), row.text(2));
            walked.hash = chain(&walked.hash, &entry);
            walked.entries += 1;
            if seq != walked.entries || walked.hash.to_string() != stored {
                walked.broken = Some(Broken::Chain { seq });
                return Ok(walked);
            }
        }
    }
    let head = session.row(&sql::READ_JOURNAL_HEAD, &[]).await?;
    let holds = head.is_some_and(|mut head| {
        head.int(0) >= walked.entries
            && (head.int(0) > walked.entries || head.text(1) == walked.hash.to_string())
    });
    walked.broken = (!holds).then_some(Broken::Head);
    Ok(walked)
}
