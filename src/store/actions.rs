//! What people and the command line do to what is stored; each is journalled with who did it.

use crate::domain::digest::Digest;
use crate::domain::masked::Masked;
use crate::domain::reference::Reference;
use crate::store::Instance;
use crate::store::Store;
use crate::store::StoreError;
use crate::store::engine::Engine;
use crate::store::engine::Session;
use crate::store::engine::Statement;
use crate::store::engine::same;
use crate::store::jobs;
use crate::store::jobs::JobKind;
use crate::store::journal::Line;
use crate::store::statements as sql;
use jiff::Timestamp;
use serde_json::json;

/// Something done on purpose.
#[derive(Clone, Debug)]
pub enum Action {
    /// Give back what an earlier process of this name held: its attempts count as interrupted.
    Recover(Instance),
    /// Give back leases that ran out.
    ExpireLeases,
    /// Try a notice again, and its message's failed acknowledgements.
    Retry {
        /// Which notice.
        reference: Reference,
        /// Who.
        actor: String,
        /// The job that moves it: by broker or directly.
        job: JobKind,
        /// Whether to look for an earlier case first.
        look_first: bool,
    },
    /// Set a notice aside.
    Dismiss {
        /// Which notice.
        reference: Reference,
        /// Who.
        actor: String,
        /// Why; kept with the notice.
        reason: String,
    },
    /// The broker gave a notice up: a person decides.
    Park {
        /// Which notice.
        reference: Reference,
        /// Why, a stable code.
        reason: String,
    },
    /// Register an API client.
    AddClient {
        /// Its name: `[a-z0-9-]`.
        name: String,
        /// SHA-256 of its key.
        key_hash: Digest,
        /// Also send it receipts by mail.
        mail_to: Option<Masked>,
        /// Who.
        actor: String,
    },
    /// End an API client's access.
    RevokeClient {
        /// Its name.
        name: String,
        /// Who.
        actor: String,
    },
}

/// Why an action was not done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ActionRefused {
    /// There is no such notice or client.
    #[error("there is no such reference or name")]
    Unknown,
    /// Its state does not allow it.
    #[error("its state is {0}, which does not allow this")]
    State(String),
    /// The name is taken.
    #[error("the name is taken")]
    Taken,
}

/// An API client as stored.
#[derive(Clone, Debug)]
pub struct ApiClient {
    /// Its name.
    pub name: String,
    /// Also send it receipts by mail.
    pub mail_to: Option<Masked>,
    /// When it was registered.
    pub created_at: Timestamp,
    /// When its access ended.
    pub revoked_at: Option<Timestamp>,
}

pub(super) const NOTICE_STATE: Statement =
    same!("SELECT state, priority, message FROM notices WHERE reference = $1");
pub(super) const SET_NOTICE_STATE: Statement =
    same!("UPDATE notices SET state = $2, reason = $3, updated_at = $4 WHERE reference = $1");
pub(super) const DELETE_NOTICE_JOBS: Statement =
    same!("DELETE FROM jobs WHERE subject = $1 AND kind IN ('deliver', 'publish')");
pub(super) const SET_INTERRUPTED: Statement = same!(
    "UPDATE jobs SET interrupted = $2, due_at = $3 WHERE subject = $1 AND kind IN ('deliver', 'publish') AND lease_until IS NULL"
);
pub(super) const INSERT_INTERRUPTED: Statement = same!(
    "INSERT INTO jobs (kind, subject, priority, due_at, created_at, interrupted) VALUES ($1, $2, $3, $4, $4, $5) \
     ON CONFLICT (kind, subject) DO UPDATE SET due_at = excluded.due_at, interrupted = excluded.interrupted \
     WHERE jobs.lease_until IS NULL"
);
pub(super) const FAILED_ACKNOWLEDGEMENTS: Statement = same!(
    "UPDATE acknowledgements SET state = 'pending', reason = NULL WHERE message = $1 AND state = 'failed' \
     RETURNING reference || '/' || recipient || '/' || purpose || '/' || way || '/' || CAST(version AS TEXT)"
);
pub(super) const INSERT_CLIENT: Statement = same!(
    "INSERT INTO api_clients (name, key_hash, mail_to, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING"
);
pub(super) const REVOKE_CLIENT: Statement =
    same!("UPDATE api_clients SET revoked_at = $2 WHERE name = $1 AND revoked_at IS NULL");
pub(super) const CLIENT_BY_KEY: Statement = same!(
    "SELECT name, mail_to, created_at, revoked_at FROM api_clients WHERE key_hash = $1 AND revoked_at IS NULL"
);
pub(super) const LIST_CLIENTS: Statement =
    same!("SELECT name, mail_to, created_at, revoked_at FROM api_clients ORDER BY name");
pub(super) const INSERT_SECRET: Statement =
    same!("INSERT INTO secrets (name, value) VALUES ('lookup', $1) ON CONFLICT DO NOTHING");
pub(super) const READ_SECRET: Statement = same!("SELECT value FROM secrets WHERE name = 'lookup'");

/// Runs an action inside the writer's transaction.
pub(super) async fn run(
    session: &mut Session,
    action: &Action,
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<Result<(), ActionRefused>, StoreError> {
    match action {
        Action::Recover(instance) => {
            session.run(&sql::RELEASE_LEASES, &[instance.0.as_str().into()]).await?;
        }
        Action::ExpireLeases => {
            session.run(&sql::EXPIRE_LEASES, &[now.as_microsecond().into()]).await?;
        }
        Action::Retry { reference, actor, job, look_first } => {
            return retry(session, (reference, actor, *job, *look_first), now, lines).await;
        }
        Action::Dismiss { reference, actor, reason } => {
            return dismiss(session, reference, actor, reason, now, lines).await;
        }
        Action::Park { reference, reason } => {
            return park(session, reference, reason, now, lines).await;
        }
        Action::AddClient { name, key_hash, mail_to, actor } => {
            let mail_to = mail_to.as_ref().map(|to| to.reveal().to_owned());
            let at = now.as_microsecond();
            let values =
                [name.as_str().into(), key_hash.to_string().into(), mail_to.into(), at.into()];
            if session.run(&INSERT_CLIENT, &values).await? == 0 {
                return Ok(Err(ActionRefused::Taken));
            }
            lines.push(by(actor, "", now, "client.added", json!({ "client": name })));
        }
        Action::RevokeClient { name, actor } => {
            let values = [name.as_str().into(), now.as_microsecond().into()];
            if session.run(&REVOKE_CLIENT, &values).await? == 0 {
                return Ok(Err(ActionRefused::Unknown));
            }
            lines.push(by(actor, "", now, "client.revoked", json!({ "client": name })));
        }
    }
    Ok(Ok(()))
}

async fn retry(
    session: &mut Session,
    (reference, actor, job, look_first): (&Reference, &str, JobKind, bool),
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<Result<(), ActionRefused>, StoreError> {
    let Some(mut row) = session.row(&NOTICE_STATE, &[reference.as_str().into()]).await? else {
        return Ok(Err(ActionRefused::Unknown));
    };
    let (state, priority, message) = (row.text(0), row.int(1), row.text(2));
    let mut resent = Vec::new();
    for mut row in session.rows(&FAILED_ACKNOWLEDGEMENTS, &[message.into()]).await? {
        let subject = row.text(0);
        resent.push(jobs::NewJob { kind: JobKind::Acknowledge, subject, priority: 0, due_at: now });
    }
    jobs::insert(session, &resent).await?;
    let moves = matches!(state.as_str(), "parked" | "retrying" | "uncertain" | "needsReview");
    if !moves && resent.is_empty() {
        return Ok(Err(ActionRefused::State(state)));
    }
    let at = now.as_microsecond();
    if moves {
        let queued = [reference.as_str().into(), "queued".into(), None.into(), at.into()];
        session.run(&SET_NOTICE_STATE, &queued).await?;
        let look = i64::from(look_first && state != "needsReview");
        let values = [reference.as_str().into(), look.into(), at.into()];
        session.run(&SET_INTERRUPTED, &values).await?;
        for kind in [JobKind::Deliver, job] {
            let values = [
                kind.as_str().into(),
                reference.as_str().into(),
                priority.into(),
                at.into(),
                look.into(),
            ];
            session.run(&INSERT_INTERRUPTED, &values).await?;
        }
    }
    let detail =
        json!({ "acknowledgements": resent.len(), "from": state, "lookFirst": look_first });
    lines.push(by(actor, reference.as_str(), now, "person.retried", detail));
    Ok(Ok(()))
}

async fn dismiss(
    session: &mut Session,
    reference: &Reference,
    actor: &str,
    reason: &str,
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<Result<(), ActionRefused>, StoreError> {
    let Some(mut row) = session.row(&NOTICE_STATE, &[reference.as_str().into()]).await? else {
        return Ok(Err(ActionRefused::Unknown));
    };
    let state = row.text(0);
    if matches!(state.as_str(), "delivered" | "dismissed") {
        return Ok(Err(ActionRefused::State(state)));
    }
    let at = now.as_microsecond();
    let values = [reference.as_str().into(), "dismissed".into(), reason.into(), at.into()];
    session.run(&SET_NOTICE_STATE, &values).await?;
    session.run(&DELETE_NOTICE_JOBS, &[reference.as_str().into()]).await?;
    let detail = json!({ "from": state });
    lines.push(by(actor, reference.as_str(), now, "person.dismissed", detail));
    Ok(Ok(()))
}

async fn park(
    session: &mut Session,
    reference: &Reference,
    reason: &str,
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<Result<(), ActionRefused>, StoreError> {
    let Some(mut row) = session.row(&NOTICE_STATE, &[reference.as_str().into()]).await? else {
        return Ok(Err(ActionRefused::Unknown));
    };
    let state = row.text(0);
    if !matches!(state.as_str(), "queued" | "retrying" | "uncertain") {
        return Ok(Err(ActionRefused::State(state)));
    }
    let at = now.as_microsecond();
    let values = [reference.as_str().into(), "parked".into(), reason.into(), at.into()];
    session.run(&SET_NOTICE_STATE, &values).await?;
    session.run(&DELETE_NOTICE_JOBS, &[reference.as_str().into()]).await?;
    let detail = json!({ "from": state, "reason": reason });
    lines.push(Line::gateway(reference, now, "delivery.person", detail));
    Ok(Ok(()))
}

fn by(
    actor: &str,
    reference: &str,
    at: Timestamp,
    event: &'static str,
    detail: serde_json::Value,
) -> Line {
    Line { reference: reference.to_owned(), at, actor: actor.to_owned(), event, detail }
}

/// The key of the hashes by which persons are looked up.
pub(super) struct LookupKey(aws_lc_rs::hmac::Key);

impl LookupKey {
    /// HMAC-SHA-256 of an identity number, as hexadecimal digits.
    pub(super) fn hash(&self, identity: &str) -> String {
        hex::encode(aws_lc_rs::hmac::sign(&self.0, identity.as_bytes()))
    }
}

/// Reads the key in the running session.
pub(super) async fn lookup_key(session: &mut Session) -> Result<LookupKey, StoreError> {
    let row = session.row(&READ_SECRET, &[]).await?;
    let value = row.ok_or(StoreError::Corrupt("lookup key"))?.text(0);
    Ok(LookupKey(aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, value.as_bytes())))
}

/// Draws the key when the store is new.
pub(super) async fn ensure_lookup_key(engine: &Engine) -> Result<(), StoreError> {
    let mut session = engine.writing().await?;
    if session.row(&READ_SECRET, &[]).await?.is_some() {
        return Ok(());
    }
    let value = hex::encode(rand::random::<[u8; 32]>());
    session.run(&INSERT_SECRET, &[value.into()]).await.map(drop)
}

impl Store {
    /// The client whose key has this hash, unless its access ended. Asked for every request: a revoked key stops at once.
    pub async fn client_by_key(&self, key_hash: &Digest) -> Result<Option<ApiClient>, StoreError> {
        let mut session = self.engine.reading().await?;
        let row = session.row(&CLIENT_BY_KEY, &[key_hash.to_string().into()]).await?;
        Ok(row.map(client))
    }

    /// All clients.
    pub async fn clients(&self) -> Result<Vec<ApiClient>, StoreError> {
        let mut session = self.engine.reading().await?;
        Ok(session.rows(&LIST_CLIENTS, &[]).await?.into_iter().map(client).collect())
    }
}

fn client(mut row: crate::store::engine::Row) -> ApiClient {
    ApiClient {
        name: row.text(0),
        mail_to: row.maybe_text(1).map(Masked::new),
        created_at: jobs::instant(row.int(2)),
        revoked_at: row.maybe_int(3).map(jobs::instant),
    }
}
