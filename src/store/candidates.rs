//! Earlier notices that a later one may belong to: of the same person or case, or by a reference that its sender wrote.

use crate::domain::link::FoundBy;
use crate::domain::link::Relation;
use crate::domain::notice::Notice;
use crate::domain::reference::Reference;
use crate::store::Link;
use crate::store::Store;
use crate::store::StoreError;
use crate::store::changes::changes;
use crate::store::engine::Row;
use crate::store::engine::Statement;
use crate::store::engine::same;
use crate::store::links::notice;
use crate::store::links::reference;
use crate::store::lookup;

/// Earlier notices of the same board as another one: its sender the same or not, and the first of its matter.
macro_rules! earlier {
    ($from:literal, $where:literal) => {
        same!(concat!(
            "SELECT n.reference, n.notice, CASE WHEN m.partner = p.partner OR (m.door = p.door AND m.sender = p.sender AND m.sender <> '') \
             THEN CAST(1 AS BIGINT) ELSE CAST(0 AS BIGINT) END, l.first FROM ",
            $from,
            " JOIN messages m ON m.reference = n.message JOIN notices o ON o.reference = $2 JOIN messages p ON p.reference = o.message \
             LEFT JOIN links l ON l.notice = n.reference WHERE n.reference <> o.reference AND n.board = o.board AND n.state <> 'notNotice' \
             AND (m.received_at < p.received_at OR (m.received_at = p.received_at AND m.stored_at < p.stored_at)) AND ",
            $where,
            " ORDER BY m.received_at DESC, m.stored_at DESC, n.reference LIMIT 50"
        ))
    };
}

pub(super) const BY_KEY: Statement =
    earlier!("person_keys k JOIN notices n ON n.reference = k.notice", "k.key_hash = $1");
pub(super) const BY_REFERENCE: Statement =
    earlier!("notices n", "(n.reference = $1 OR n.message = $1)");
pub(super) const BY_SENDER_REFERENCE: Statement =
    earlier!("notices n", "m.sender_reference = $1 AND m.door = p.door AND m.sender = p.sender");

/// A notice that came before, as one that it may belong to.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Its reference.
    pub reference: Reference,
    /// What it told.
    pub notice: Notice,
    /// Whether the same sender sent it, by what the door or its partner's file knows.
    pub same_sender: bool,
    /// The first of its matter, where that is another one.
    pub first: Option<Reference>,
}

impl Candidate {
    /// The link of a later notice to this one's matter.
    pub fn joined(
        &self,
        (later, notice): (&Reference, &Notice),
        (found_by, actor): (FoundBy, &str),
    ) -> Link {
        let relation = Relation::of(notice.kind, self.notice.kind);
        Link {
            first: Some(self.first.clone().unwrap_or_else(|| self.reference.clone())),
            against: Some(self.reference.clone()),
            changed: changes(&self.notice, notice),
            ..Link::new(later.clone(), relation, found_by, actor.to_owned())
        }
    }
}

/// What earlier notices are sought by.
#[derive(Clone, Copy, Debug)]
pub enum Sought<'a> {
    /// A key of a person or of a case.
    Key(&'a str),
    /// Our reference of a notice or a message.
    Reference(&'a str),
    /// The sender's own reference of a message.
    SenderReference(&'a str),
}

impl Store {
    /// Notices of the same board before another one, the latest first; fifty at most.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn candidates(
        &self,
        sought: Sought<'_>,
        than: &Reference,
    ) -> Result<Vec<Candidate>, StoreError> {
        let mut session = self.engine.reading().await?;
        let (statement, value) = match sought {
            Sought::Key(key) => (&BY_KEY, lookup::lookup_key(&mut session).await?.hash(key)),
            Sought::Reference(written) => (&BY_REFERENCE, written.to_owned()),
            Sought::SenderReference(written) => (&BY_SENDER_REFERENCE, written.to_owned()),
        };
        let rows = session.rows(statement, &[value.into(), than.as_str().into()]).await?;
        let read = |mut row: Row| -> Result<Candidate, StoreError> {
            Ok(Candidate {
                reference: reference(&row.text(0))?,
                notice: notice(&row.text(1))?,
                same_sender: row.maybe_int(2) == Some(1),
                first: row.maybe_text(3).map(|first| reference(&first)).transpose()?,
            })
        };
        // One that this version cannot read is nothing to belong to, and holds up no other.
        Ok(rows.into_iter().filter_map(|row| read(row).ok()).collect())
    }

    /// The link that a person wishes, to an earlier notice or the only one of an earlier message; `None` where there is none of that reference.
    ///
    /// # Errors
    /// When the database does not answer, or holds what this version cannot read.
    pub async fn join_by_hand(
        &self,
        (later, notice): (&Reference, &Notice),
        earlier: &Reference,
        actor: &str,
    ) -> Result<Option<Link>, StoreError> {
        let found = self.candidates(Sought::Reference(earlier.as_str()), later).await?;
        let exact = found.iter().find(|it| it.reference == *earlier);
        let one = exact.or_else(|| found.first().filter(|_| found.len() == 1));
        // Nothing belongs to what belongs to it.
        let one = one.filter(|it| it.first.as_ref() != Some(later));
        Ok(one.map(|it| it.joined((later, notice), (FoundBy::ByHand, actor))))
    }
}
