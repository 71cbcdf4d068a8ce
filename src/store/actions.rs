//! What people and the command line do to what is stored; each is journalled with who did it.

use crate::domain::digest::Digest;
use crate::domain::masked::Masked;
use crate::domain::reference::Reference;
use crate::store::Instance;
use crate::store::StoreError;
use crate::store::accounts;
use crate::store::accounts::AccountAction;
use crate::store::acknowledgements::NewAcknowledgement;
use crate::store::alarms;
use crate::store::canaries;
use crate::store::clients;
use crate::store::confirmations;
use crate::store::copies;
use crate::store::corrections;
use crate::store::day_reports;
use crate::store::decisions;
use crate::store::decisions::Again;
use crate::store::digests;
use crate::store::enclosures;
use crate::store::engine::Session;
use crate::store::feed;
use crate::store::instance;
use crate::store::journal::Line;
use crate::store::letters_seen;
use crate::store::links;
use crate::store::orphans;
use crate::store::proofs;
use crate::store::proofs::ProofChange;
use crate::store::roster_log;
use crate::store::sameness;
use crate::store::sessions;
use crate::store::statements as sql;
use crate::store::switches;
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
        /// How.
        again: Again,
    },
    /// Send the receipts of a message again that failed or bounced; its notices stay where they are.
    SendAgain {
        /// The message, or a notice of it.
        reference: Reference,
        /// Who.
        actor: String,
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
    /// Make a notice the owner of its content, when nobody is.
    Own(Reference),
    /// A person has told the sender another way what a receipt that did not arrive would have told.
    Told {
        /// The message, or a notice of it.
        reference: Reference,
        /// Who.
        actor: String,
        /// How; kept with the receipt.
        reason: String,
    },
    /// Something about a confirmation to Kronofogden.
    Confirmation(confirmations::ConfirmationChange),
    /// Something about what was sent and belongs with its case.
    Enclosure(enclosures::EnclosureChange),
    /// Something about the feed of confirmations.
    Feed(feed::FeedChange),
    /// Something about the copy to the person.
    Copy(copies::CopyChange),
    /// A person corrects what was read of a notice.
    Correct(Box<corrections::Correction>),
    /// Somebody looks at a letter before it may leave.
    Letter(letters_seen::LetterLook),
    /// Which earlier notice one belongs to.
    Link(links::LinkChange),
    /// Something about the duty roster's file.
    Roster(roster_log::RosterChange),
    /// Something about what proves a notice.
    Proof(ProofChange),
    /// What people were told of a trouble.
    Alarm(alarms::AlarmChange),
    /// A way out was switched on: what waited for that is due at once.
    WakeHeldBack,
    /// A person switches a way out.
    Switch(switches::SwitchChange),
    /// Something about a day's report.
    DayReport(day_reports::DayReportChange),
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
    Session(sessions::SessionChange),
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
    /// It waits for a person, and nobody has said that it was compared with the original.
    #[error(
        "it waits for a person: compare it with the original first, and say so with --compared; --acknowledgements sends its receipt again and leaves it there"
    )]
    NotCompared,
    /// None of its acknowledgements has failed or was held by a dry run.
    #[error("none of its acknowledgements waits to be sent again")]
    NothingFailed,
    /// The day by whose end it is due would be over.
    #[error("that is after the end of the day by which it is due")]
    PastTheDay,
    /// The name is taken.
    #[error("the name is taken")]
    Taken,
    /// It was changed since it was looked at.
    #[error("it was changed since you looked at it: look again")]
    Stale,
    /// It is being handed over at this moment.
    #[error("it is being handed over at this moment: try again in a minute")]
    InHand,
}

/// Runs an action inside the writer's transaction.
pub(super) async fn run(
    session: &mut Session,
    action: &Action,
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<Result<(), ActionRefused>, StoreError> {
    match action {
        Action::Recover(instance) => instance::recover(session, instance).await?,
        Action::ExpireLeases => {
            session.run(&sql::EXPIRE_LEASES, &[now.as_microsecond().into()]).await?;
        }
        Action::RemoveOrphans { folder, names } => {
            orphans::remove(session, folder, names, now).await?;
        }
        Action::Own(reference) => sameness::own(session, reference).await?,
        Action::Digest { digest, messages } => {
            return digests::compose(session, digest, messages, now, lines).await;
        }
        Action::Retry { reference, actor, again } => {
            return decisions::retry(session, (reference, actor, again), now, lines).await;
        }
        Action::SendAgain { reference, actor } => {
            return decisions::send_again(session, (reference, actor), now, lines).await;
        }
        Action::Dismiss { reference, actor, reason } => {
            return decisions::dismiss(session, (reference, actor, reason), now, lines).await;
        }
        Action::Park { reference, reason } => {
            return decisions::park(session, reference, reason, now, lines).await;
        }
        Action::Alarm(change) => alarms::keep(session, change, now, lines).await?,
        Action::WakeHeldBack => switches::wake(session, now).await?,
        Action::Switch(change) => switches::set(session, change, now, lines).await?,
        Action::Proof(change) => proofs::run(session, change, now, lines).await?,
        Action::Correct(it) => return corrections::run(session, it, now, lines).await,
        Action::Feed(change) => return feed::run(session, change, now, lines).await,
        Action::Enclosure(change) => return enclosures::run(session, change, now, lines).await,
        Action::Letter(look) => return letters_seen::run(session, look, now, lines).await,
        Action::Link(change) => return links::run(session, change, now, lines).await,
        Action::Roster(change) => return roster_log::run(session, change, now, lines).await,
        Action::Copy(change) => return copies::run(session, change, now, lines).await,
        Action::Confirmation(change) => {
            return confirmations::run(session, change, now, lines).await;
        }
        Action::Told { reference, actor, reason } => {
            return decisions::told(session, (reference, actor, reason), now, lines).await;
        }
        Action::AddClient { name, key_hash, mail_to, actor } => {
            let mail_to = mail_to.as_ref().map(|to| to.reveal().to_owned());
            return add_client(session, (name, actor), (key_hash, mail_to), now, lines).await;
        }
        Action::RevokeClient { name, actor } => {
            return revoke(session, (name, actor), now, lines).await;
        }
        Action::Account { actor, action } => {
            return accounts::run(session, actor, action, now, lines).await;
        }
        Action::Session(change) => return sessions::run(session, change, now).await,
        Action::Canary(change) => return canaries::run(session, change, now).await,
        Action::DayReport(change) => return day_reports::run(session, change, now, lines).await,
    }
    Ok(Ok(()))
}

async fn add_client(
    session: &mut Session,
    (client, actor): (&str, &str),
    (key_hash, mail_to): (&Digest, Option<String>),
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<Result<(), ActionRefused>, StoreError> {
    let at = now.as_microsecond();
    let values = [client.into(), key_hash.to_string().into(), mail_to.into(), at.into()];
    if session.run(&clients::INSERT_CLIENT, &values).await? == 0 {
        return Ok(Err(ActionRefused::Taken));
    }
    lines.push(by(actor, "", now, "client.added", json!({ "client": client })));
    Ok(Ok(()))
}

async fn revoke(
    session: &mut Session,
    (client, actor): (&str, &str),
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<Result<(), ActionRefused>, StoreError> {
    let values = [client.into(), now.as_microsecond().into()];
    if session.run(&clients::REVOKE_CLIENT, &values).await? == 0 {
        return Ok(Err(ActionRefused::Unknown));
    }
    lines.push(by(actor, "", now, "client.revoked", json!({ "client": client })));
    Ok(Ok(()))
}

/// Something a person did.
pub(super) fn by(
    actor: &str,
    reference: &str,
    at: Timestamp,
    event: &'static str,
    detail: serde_json::Value,
) -> Line {
    Line { reference: reference.to_owned(), at, actor: actor.to_owned(), event, detail }
}
