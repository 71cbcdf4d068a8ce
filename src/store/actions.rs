//! What people and the command line do to what is stored; each is journalled with who did it.

use crate::domain::digest::Digest;
use crate::domain::masked::Masked;
use crate::domain::reference::Reference;
use crate::store::Instance;
use crate::store::StoreError;
use crate::store::accounts;
use crate::store::accounts::AccountAction;
use crate::store::acknowledgements::NewAcknowledgement;
use crate::store::canaries;
use crate::store::clients;
use crate::store::digests;
use crate::store::engine::Session;
use crate::store::engine::Statement;
use crate::store::engine::same;
use crate::store::jobs;
use crate::store::jobs::JobKind;
use crate::store::journal::Line;
use crate::store::orphans;
use crate::store::sessions;
use crate::store::sessions::SessionChange;
use crate::store::statements as sql;
use jiff::Timestamp;
use serde_json::json;
use std::path::PathBuf;

/// Something done on purpose.
#[derive(Clone, Debug)]
pub enum Action {
    /// Give back what an earlier process of this name held: its attempts count as interrupted.
    Recover(Instance),
    /// Give back leases that ran out.
    ExpireLeases,
    /// Remove files of the claim check that no message speaks of.
    RemoveOrphans {
        /// The claim check's folder.
        folder: PathBuf,
        /// The files' names.
        names: Vec<String>,
    },
    /// Send waiting receipts as one mail.
    Digest {
        /// The mail.
        digest: Box<NewAcknowledgement>,
        /// The messages whose receipts it holds.
        messages: Vec<Reference>,
    },
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
    /// Something done to an account or by one.
    Account {
        /// Who.
        actor: String,
        /// What.
        action: AccountAction,
    },
    /// A session begins, goes on or ends.
    Session(SessionChange),
    /// Something about a canary.
    Canary(canaries::CanaryChange),
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
        Action::RemoveOrphans { folder, names } => {
            orphans::remove(session, folder, names, now).await?;
        }
        Action::Digest { digest, messages } => {
            return digests::compose(session, digest, messages, now, lines).await;
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
            if session.run(&clients::INSERT_CLIENT, &values).await? == 0 {
                return Ok(Err(ActionRefused::Taken));
            }
            lines.push(by(actor, "", now, "client.added", json!({ "client": name })));
        }
        Action::RevokeClient { name, actor } => {
            let values = [name.as_str().into(), now.as_microsecond().into()];
            if session.run(&clients::REVOKE_CLIENT, &values).await? == 0 {
                return Ok(Err(ActionRefused::Unknown));
            }
            lines.push(by(actor, "", now, "client.revoked", json!({ "client": name })));
        }
        Action::Account { actor, action } => {
            return accounts::run(session, actor, action, now, lines).await;
        }
        Action::Session(change) => return sessions::run(session, change, now).await,
        Action::Canary(change) => return canaries::run(session, change, now).await,
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
        resent.push(jobs::NewJob {
            kind: JobKind::Acknowledge,
            subject,
            priority: 0,
            due_at: now,
            begun: None,
        });
    }
    jobs::insert(session, &resent, now).await?;
    let moves = matches!(state.as_str(), "parked" | "retrying" | "uncertain" | "needsReview");
    if !moves && resent.is_empty() {
        return Ok(Err(ActionRefused::State(state)));
    }
    let at = now.as_microsecond();
    if moves {
        let queued = [reference.as_str().into(), "queued".into(), None::<i64>.into(), at.into()];
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
