//! What people and senders look at: one message, lists of notices, the day's figures.

use crate::domain::reference::Reference;
use crate::store::Store;
use crate::store::StoreError;
use crate::store::blob;
use crate::store::engine::Engine;
use crate::store::engine::Session;
use crate::store::engine::Statement;
use crate::store::engine::Value;
use crate::store::engine::same;
use crate::store::looks::AcknowledgementRow;
use crate::store::looks::Counts;
use crate::store::looks::JournalRow;
use crate::store::looks::MessageRow;
use crate::store::looks::NoticeFilter;
use crate::store::looks::NoticeRow;
use crate::store::looks::acknowledgement_row;
use crate::store::looks::message_row;
use crate::store::looks::notice_row;
use crate::store::looks::open_jobs;
use jiff::Timestamp;

macro_rules! message_select {
    ($where:literal) => {
        same!(concat!(
            "SELECT m.reference, m.answer, m.partner, m.channel, m.sender_reference, m.board, m.envelope, m.stored_at, \
             m.size_bytes, m.sha256, m.format FROM messages m WHERE ",
            $where
        ))
    };
}
macro_rules! notice_select {
    ($rest:literal) => {
        same!(concat!(
            "SELECT n.reference, n.message, n.kind, n.state, n.unit, n.case_id, n.reason, n.attempts, n.updated_at, \
             n.assignment, n.notice, m.channel, m.received_at, m.stored_at, n.board FROM notices n \
             JOIN messages m ON m.reference = n.message ",
            $rest
        ))
    };
}

pub(super) const MESSAGE: Statement = message_select!(
    "m.reference = $1 OR m.reference = (SELECT message FROM notices WHERE reference = $1)"
);
pub(super) const NOTICES_OF: Statement = notice_select!("WHERE n.message = $1 ORDER BY n.ordinal");
pub(super) const NOTICES_IN_STATE: Statement =
    notice_select!("WHERE n.state = $1 ORDER BY n.updated_at DESC LIMIT $2");
pub(super) const NOTICES_OPEN: Statement = notice_select!(
    "WHERE n.state NOT IN ('delivered', 'dismissed', 'notNotice') ORDER BY n.updated_at DESC LIMIT $1"
);
pub(super) const NOTICES_RECENT: Statement =
    notice_select!("ORDER BY m.stored_at DESC, n.ordinal LIMIT $1");
pub(super) const ACKNOWLEDGEMENTS_OF: Statement = same!(
    "SELECT reference, recipient, purpose, way, version, state, due_at, sent_at, reason, attempts, evidence, created_at, promised_at, \
     (SELECT f.fetched_at FROM confirmations f WHERE purpose = 'confirmation' AND f.notice = reference \
     AND f.version = acknowledgements.version) FROM acknowledgements WHERE message = $1 ORDER BY created_at, reference, recipient, purpose, way, version"
);
pub(super) const JOURNAL_OF: Statement =
    same!("SELECT seq, entry FROM journal WHERE reference = $1 OR reference = $2 ORDER BY seq");
pub(super) const ORIGINAL: Statement =
    same!("SELECT original, sha256 FROM messages WHERE reference = $1");
pub(super) const COUNT_STATES: Statement = same!(
    "SELECT state, COUNT(*) FROM notices WHERE state NOT IN ('delivered', 'dismissed', 'notNotice') GROUP BY state"
);
pub(super) const COUNT_OPEN_ACKNOWLEDGEMENTS: Statement = same!(
    "SELECT COUNT(*), COALESCE(SUM(CASE WHEN due_at < $1 THEN 1 ELSE 0 END), 0) FROM acknowledgements \
     WHERE state IN ('pending', 'retrying', 'failed', 'bounced')"
);
pub(super) const COUNT_DAY: Statement = same!(
    "SELECT COUNT(*) FROM messages m WHERE m.stored_at >= $1 \
     AND NOT EXISTS (SELECT 1 FROM canaries c WHERE c.message = m.reference)"
);
pub(super) const COUNT_DELIVERED: Statement =
    same!("SELECT COUNT(*) FROM notices WHERE state = 'delivered' AND updated_at >= $1");
pub(super) const COUNT_JOBS: Statement = same!(
    "SELECT kind, CASE WHEN lease_until IS NOT NULL THEN 'claimed' WHEN attempt > 0 THEN 'retrying' ELSE 'ready' END, \
     COUNT(*), MIN(created_at) FROM jobs GROUP BY 1, 2"
);

impl Store {
    /// The message with this reference, or the one that holds the notice with it.
    pub async fn message(&self, reference: &Reference) -> Result<Option<MessageRow>, StoreError> {
        let mut session = self.engine.reading().await?;
        let row = session.row(&MESSAGE, &[reference.as_str().into()]).await?;
        Ok(row.map(message_row))
    }

    /// The notices of a message, in their order.
    pub async fn notices_of(&self, message: &str) -> Result<Vec<NoticeRow>, StoreError> {
        let mut session = self.engine.reading().await?;
        let rows = session.rows(&NOTICES_OF, &[message.into()]).await?;
        Ok(rows.into_iter().map(notice_row).collect())
    }

    /// A list of notices, newest first.
    pub async fn notices(
        &self,
        filter: &NoticeFilter,
        limit: i64,
    ) -> Result<Vec<NoticeRow>, StoreError> {
        let mut session = self.engine.reading().await?;
        let rows = match filter {
            NoticeFilter::Recent => session.rows(&NOTICES_RECENT, &[limit.into()]).await?,
            NoticeFilter::Open => session.rows(&NOTICES_OPEN, &[limit.into()]).await?,
            NoticeFilter::State(state) => {
                session.rows(&NOTICES_IN_STATE, &[state.as_str().into(), limit.into()]).await?
            }
        };
        Ok(rows.into_iter().map(notice_row).collect())
    }

    /// The acknowledgements of a message and its notices.
    pub async fn acknowledgements_of(
        &self,
        message: &str,
    ) -> Result<Vec<AcknowledgementRow>, StoreError> {
        let mut session = self.engine.reading().await?;
        let rows = session.rows(&ACKNOWLEDGEMENTS_OF, &[message.into()]).await?;
        Ok(rows.into_iter().map(acknowledgement_row).collect())
    }

    /// The history of a notice and its message.
    pub async fn history_of(
        &self,
        notice: &str,
        message: &str,
    ) -> Result<Vec<JournalRow>, StoreError> {
        let mut session = self.engine.reading().await?;
        let rows = session.rows(&JOURNAL_OF, &[notice.into(), message.into()]).await?;
        Ok(rows
            .into_iter()
            .map(|mut row| JournalRow { seq: row.int(0), entry: row.text(1) })
            .collect())
    }

    /// The bytes of a message as they came.
    pub async fn original(&self, message: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let mut session = self.engine.reading().await?;
        let Some(mut row) = session.row(&ORIGINAL, &[message.into()]).await? else {
            return Ok(None);
        };
        if let Some(inline) = row.maybe_bytes(0) {
            return Ok(Some(inline));
        }
        let sha256 = row.text(1);
        match (self.engine.as_ref(), &mut session) {
            (Engine::Sqlite { blobs, .. }, _) => blob::read_file(blobs.clone(), &sha256).await,
            (Engine::Postgres(_), session) => read(session, &sha256).await,
        }
        .map(Some)
    }

    /// The figures of now; `day_start` is the local day's first instant.
    pub async fn counts(&self, day_start: Timestamp) -> Result<Counts, StoreError> {
        let mut session = self.engine.reading().await?;
        let since: [Value; 1] = [day_start.as_microsecond().into()];
        let now = self.clock.now().as_microsecond();
        let pending = session.row(&COUNT_OPEN_ACKNOWLEDGEMENTS, &[now.into()]).await?;
        let received = session.row(&COUNT_DAY, &since).await?;
        let delivered = session.row(&COUNT_DELIVERED, &since).await?;
        let states = session.rows(&COUNT_STATES, &[]).await?;
        let jobs = session.rows(&COUNT_JOBS, &[]).await?;
        Ok(Counts {
            states: states.into_iter().map(|mut row| (row.text(0), row.int(1))).collect(),
            acknowledgements_pending: pending.as_ref().map_or(0, |row| row.int(0)),
            acknowledgements_overdue: pending.as_ref().map_or(0, |row| row.int(1)),
            received_today: received.map_or(0, |row| row.int(0)),
            delivered_today: delivered.map_or(0, |row| row.int(0)),
            jobs: jobs.into_iter().map(open_jobs).collect(),
        })
    }
}

async fn read(session: &mut Session, sha256: &str) -> Result<Vec<u8>, StoreError> {
    blob::read_pieces(session, sha256).await
}
