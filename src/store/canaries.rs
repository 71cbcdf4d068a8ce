//! Canaries: messages that the gateway sends to itself. The store knows each by the digest of its one-time token, from before it is sent.
//!
//! The first message that bears a token through the door it was made for claims it; every other message with it, and every message with a token
//! that nobody knows, is an ordinary notice. The same message found again after a crash claims it again.

use crate::domain::digest::Digest;
use crate::domain::reference::Reference;
use crate::store::Store;
use crate::store::StoreError;
use crate::store::actions::ActionRefused;
use crate::store::engine::Session;
use crate::store::engine::Statement;
use crate::store::engine::same;
use crate::store::jobs::instant;
use jiff::SignedDuration;
use jiff::Timestamp;

/// What becomes of a canary.
#[derive(Clone, Debug)]
pub enum CanaryChange {
    /// One is about to be sent.
    Sent {
        /// SHA-256 of its token.
        token: Digest,
        /// Through which door.
        door: String,
    },
    /// A message bears a token; refused when it is none of ours, another door's, or another message's.
    Came {
        /// SHA-256 of the token.
        token: Digest,
        /// By which door the message came.
        door: String,
        /// Digest of the message's source key.
        claimant: Digest,
    },
    /// The key with which this gateway sends its own to the API, from now on. It is held in memory only.
    Key {
        /// The client's name, which no person can give.
        name: String,
        /// SHA-256 of the key.
        key_hash: Digest,
    },
}

/// A canary that came out: stored, and acknowledged in every way that was due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CameOut {
    /// From sending to the last acknowledgement.
    pub took: SignedDuration,
}

/// How long canaries are remembered: longer than any of the day's figures looks back.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 8);

pub(super) const INSERT_CANARY: Statement =
    same!("INSERT INTO canaries (token, door, sent_at) VALUES ($1, $2, $3)");
pub(super) const FORGET_CANARIES: Statement = same!("DELETE FROM canaries WHERE sent_at < $1");
pub(super) const CLAIM_CANARY: Statement = same!(
    "UPDATE canaries SET claimant = $3, came_at = COALESCE(came_at, $4) \
     WHERE token = $1 AND door = $2 AND (claimant IS NULL OR claimant = $3)"
);
pub(super) const NAME_CANARY: Statement =
    same!("UPDATE canaries SET message = $2 WHERE token = $1");
pub(super) const CANARY_STATE: Statement = same!(
    "SELECT COUNT(*), COALESCE(SUM(CASE WHEN a.state IN ('sent', 'suppressed') THEN 1 ELSE 0 END), 0), \
     MAX(COALESCE(a.sent_at, c.came_at)), MIN(c.sent_at) FROM canaries c \
     JOIN acknowledgements a ON a.message = c.message AND a.purpose = 'receipt' WHERE c.token = $1"
);
pub(super) const SET_CANARY_KEY: Statement = same!(
    "INSERT INTO api_clients (name, key_hash, created_at) VALUES ($1, $2, $3) \
     ON CONFLICT (name) DO UPDATE SET key_hash = excluded.key_hash, revoked_at = NULL"
);

/// Makes the change inside the writer's transaction.
pub(super) async fn run(
    session: &mut Session,
    change: &CanaryChange,
    now: Timestamp,
) -> Result<Result<(), ActionRefused>, StoreError> {
    let at = now.as_microsecond();
    match change {
        CanaryChange::Sent { token, door } => {
            let old = now.checked_sub(KEPT).unwrap_or(Timestamp::MIN).as_microsecond();
            session.run(&FORGET_CANARIES, &[old.into()]).await?;
            let values = [token.to_string().into(), door.as_str().into(), at.into()];
            session.run(&INSERT_CANARY, &values).await?;
        }
        CanaryChange::Came { token, door, claimant } => {
            let values = [
                token.to_string().into(),
                door.as_str().into(),
                claimant.to_string().into(),
                at.into(),
            ];
            if session.run(&CLAIM_CANARY, &values).await? == 0 {
                return Ok(Err(ActionRefused::Unknown));
            }
        }
        CanaryChange::Key { name, key_hash } => {
            let values = [name.as_str().into(), key_hash.to_string().into(), at.into()];
            session.run(&SET_CANARY_KEY, &values).await?;
        }
    }
    Ok(Ok(()))
}

/// Notes which message a canary became, in the transaction that stores it.
pub(super) async fn name(
    session: &mut Session,
    token: &Digest,
    message: &Reference,
) -> Result<(), StoreError> {
    let values = [token.to_string().into(), message.as_str().into()];
    session.run(&NAME_CANARY, &values).await.map(drop)
}

impl Store {
    /// Whether a canary is stored and acknowledged.
    pub async fn canary(&self, token: &Digest) -> Result<Option<CameOut>, StoreError> {
        let row =
            self.engine.reading().await?.row(&CANARY_STATE, &[token.to_string().into()]).await?;
        Ok(row.and_then(|row| {
            let (due, done) = (row.int(0), row.int(1));
            let (out_at, sent_at) = (row.maybe_int(2)?, row.maybe_int(3)?);
            let took = instant(out_at).duration_since(instant(sent_at));
            (due > 0 && due == done).then_some(CameOut { took })
        }))
    }
}
