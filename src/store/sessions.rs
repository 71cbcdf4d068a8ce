//! Sessions of the people who are logged in, known by the hash of what their cookie holds: whoever reads the store can open none.

use crate::domain::digest::Digest;
use crate::store::ActionRefused;
use crate::store::Store;
use crate::store::StoreError;
use crate::store::engine::Session;
use crate::store::engine::Statement;
use crate::store::engine::same;
use jiff::Timestamp;

/// What happens to a session.
#[derive(Clone, Debug)]
pub enum SessionChange {
    /// It begins; refused as taken when there is one with this id. Sessions that have expired are swept away.
    Begin {
        /// Hash of its id.
        id_hash: Digest,
        /// Whose it is.
        user: String,
        /// What it holds, as JSON.
        data: String,
        /// When it ends unless it is kept alive.
        expires_at: Timestamp,
    },
    /// It goes on; one that was ended meanwhile stays ended.
    Keep {
        /// Hash of its id.
        id_hash: Digest,
        /// What it holds, as JSON.
        data: String,
        /// When it ends unless it is kept alive.
        expires_at: Timestamp,
    },
    /// It ends.
    End {
        /// Hash of its id.
        id_hash: Digest,
    },
}

/// A session as stored.
#[derive(Clone, Debug)]
pub struct StoredSession {
    /// What it holds, as JSON.
    pub data: String,
    /// When it ends unless it is kept alive.
    pub expires_at: Timestamp,
}

pub(super) const INSERT_SESSION: Statement = same!(
    "INSERT INTO sessions (id_hash, user_name, data, expires_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING"
);
pub(super) const KEEP_SESSION: Statement =
    same!("UPDATE sessions SET data = $2, expires_at = $3 WHERE id_hash = $1");
pub(super) const DELETE_SESSION: Statement = same!("DELETE FROM sessions WHERE id_hash = $1");
pub(super) const DELETE_SESSIONS_OF: Statement = same!("DELETE FROM sessions WHERE user_name = $1");
pub(super) const DELETE_EXPIRED_SESSIONS: Statement =
    same!("DELETE FROM sessions WHERE expires_at <= $1");
pub(super) const SESSION: Statement =
    same!("SELECT data, expires_at FROM sessions WHERE id_hash = $1 AND expires_at > $2");

impl Store {
    /// The session whose id has this hash, unless it has expired.
    pub async fn session(&self, id_hash: &Digest) -> Result<Option<StoredSession>, StoreError> {
        let now = self.clock.now().as_microsecond();
        let values = [id_hash.to_string().into(), now.into()];
        let row = self.engine.reading().await?.row(&SESSION, &values).await?;
        Ok(row.map(|mut row| StoredSession {
            data: row.text(0),
            expires_at: crate::store::jobs::instant(row.int(1)),
        }))
    }
}

/// Changes a session inside the writer's transaction.
pub(super) async fn run(
    session: &mut Session,
    change: &SessionChange,
    now: Timestamp,
) -> Result<Result<(), ActionRefused>, StoreError> {
    match change {
        SessionChange::Begin { id_hash, user, data, expires_at } => {
            session.run(&DELETE_EXPIRED_SESSIONS, &[now.as_microsecond().into()]).await?;
            let values = [
                id_hash.to_string().into(),
                user.as_str().into(),
                data.as_str().into(),
                expires_at.as_microsecond().into(),
            ];
            if session.run(&INSERT_SESSION, &values).await? == 0 {
                return Ok(Err(ActionRefused::Taken));
            }
        }
        SessionChange::Keep { id_hash, data, expires_at } => {
            let at = expires_at.as_microsecond();
            let values = [id_hash.to_string().into(), data.as_str().into(), at.into()];
            session.run(&KEEP_SESSION, &values).await?;
        }
        SessionChange::End { id_hash } => {
            session.run(&DELETE_SESSION, &[id_hash.to_string().into()]).await?;
        }
    }
    Ok(Ok(()))
}
