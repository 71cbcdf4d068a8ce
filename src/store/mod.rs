//! The message store: the truth about every notice, and the only SQL in the house.
//!
//! All writes of a process go through one writer with group commit ([`writer`]): one transaction stores the original bytes, the notices, the
//! journal entries and the jobs of every message that arrived while the last group was being synced. Nothing is settled with
//! its source before that commit. SQLite and PostgreSQL run the same statements ([`engine`]).

mod accounts;
mod acknowledgements;
mod actions;
mod alarms;
mod archive;
mod awaiting;
mod begun;
mod blob;
mod bounces;
mod canaries;
mod clients;
mod command;
mod compared;
mod config;
mod confirmations;
mod copies;
mod decisions;
mod digests;
mod engine;
mod figures;
mod inserts;
mod instance;
mod jobs;
mod journal;
mod looks;
mod lookup;
mod orphans;
mod outcome;
mod proofs;
mod reading;
mod record;
mod repeat;
mod rows;
mod sameness;
mod sessions;
mod statements;
#[cfg(test)]
mod statements_tests;
mod step;
mod views;
mod watched;
mod writer;

pub use accounts::AccountAction;
pub use accounts::User;
pub use acknowledgements::NewAcknowledgement;
pub use acknowledgements::Rendering;
pub use actions::Action;
pub use actions::ActionRefused;
pub use alarms::Alarm;
pub use alarms::AlarmChange;
pub use alarms::OpenForCause;
pub use archive::Behind;
pub use awaiting::Awaiting;
pub use begun::Begun;
pub use bounces::BounceReport;
pub use canaries::CameOut;
pub use canaries::CanaryChange;
pub use clients::ApiClient;
pub use compared::LastHeard;
pub use config::Config;
pub use confirmations::Confirm;
pub use confirmations::ConfirmationChange;
pub use copies::CopyChange;
pub use decisions::Again;
pub use digests::Waiting;
pub use figures::Boards;
pub use figures::Place;
pub use figures::UnitQueue;
pub use figures::Watch;
pub use figures::Watched;
pub use figures::WatchedNotice;
pub use instance::InstanceLock;
pub use jobs::AcknowledgementJob;
pub use jobs::Claim;
pub use jobs::ClaimedJob;
pub use jobs::DeliveryJob;
pub use jobs::JobKind;
pub use journal::Broken;
pub use journal::Verification;
pub use looks::AcknowledgementRow;
pub use looks::Counts;
pub use looks::JournalRow;
pub use looks::MessageRow;
pub use looks::NoticeFilter;
pub use looks::NoticeRow;
pub use looks::OpenJobs;
pub use outcome::Outcome;
pub use proofs::ProofChange;
pub use proofs::SentRow;
pub use record::NewNotice;
pub use record::Record;
pub use record::Recorded;
pub use repeat::Repeat;
pub use sameness::Owner;
pub use sessions::SessionChange;
pub use sessions::StoredSession;
pub use step::NoticeStep;

use crate::clock::Clock;
use crate::store::command::Command;
use crate::store::engine::Engine;
use crate::store::writer::Writer;
use std::sync::Arc;
use tokio::sync::Notify;

/// Who acts in this store: decides whose unfinished attempts are whose after a restart.
#[derive(Clone, Debug)]
pub struct Instance(pub String);

/// A handle to the store; cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    engine: Arc<Engine>,
    writer: Writer,
    work: Arc<Notify>,
    clock: Clock,
}

impl Store {
    /// Opens the store, brings its tables up to date and starts its writer. `create`: a missing SQLite file is made.
    pub async fn open(config: &Config, clock: Clock, create: bool) -> Result<Self, StoreError> {
        let engine = Arc::new(Engine::connect(&config.url()?, create).await?);
        engine.migrate().await?;
        lookup::ensure_lookup_key(&engine).await?;
        let work = Arc::new(Notify::new());
        let writer = Writer::start(
            Arc::clone(&engine),
            clock.clone(),
            Arc::clone(&work),
            config.inline_bytes,
        )?;
        Ok(Self { engine, writer, work, clock })
    }

    /// Stores a message with all that follows from it, in one transaction with whatever else waits.
    pub async fn record(&self, record: Record) -> Result<Recorded, StoreError> {
        self.writer.send(|reply| Command::Record(Box::new(record), reply)).await
    }

    /// Records that a message was sent once more in a way that wants an answer of its own. Harmless to repeat.
    pub async fn repeat(&self, repeat: Repeat) -> Result<(), StoreError> {
        self.writer.send(|reply| Command::Repeat(Box::new(repeat), reply)).await
    }

    /// Takes due jobs and commits the attempt (intent before effect).
    pub async fn claim(&self, claim: Claim) -> Result<Vec<ClaimedJob>, StoreError> {
        self.writer.send(|reply| Command::Claim(claim, reply)).await
    }

    /// Commits what became of attempts.
    pub async fn finish(&self, outcomes: Vec<Outcome>) -> Result<(), StoreError> {
        if outcomes.is_empty() {
            return Ok(());
        }
        self.writer.send(|reply| Command::Finish(outcomes, reply)).await
    }

    /// What a person or the command line does; refused when the state does not allow it.
    pub async fn act(&self, action: Action) -> Result<Result<(), ActionRefused>, StoreError> {
        self.writer.send(|reply| Command::Act(Box::new(action), reply)).await
    }

    /// Called when a commit has put new work in place. A hint: a sweep is the safety net.
    pub fn calls(&self) -> Arc<Notify> {
        Arc::clone(&self.work)
    }

    /// `sqlite` or `postgres`.
    pub fn engine_name(&self) -> &'static str {
        self.engine.name()
    }

    /// The store's clock.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.engine.reading().await?.row(&statements::PING, &[]).await.map(drop)
    }

    /// Server settings under which a power cut may take back what a sender has a receipt for. None on SQLite: there they are ours to set.
    pub async fn weaknesses(&self) -> Result<Vec<String>, StoreError> {
        let mut session = self.engine.reading().await?;
        let rows = session.rows(&statements::WEAK_SETTINGS, &[]).await?;
        Ok(rows.into_iter().map(|mut row| format!("{} = off", row.text(0))).collect())
    }

    /// Writes what is in hand and closes all connections.
    pub async fn close(&self) {
        self.writer.close().await;
        self.engine.close().await;
    }
}

/// Why the store could not do something. Texts name the step, never a value: values are personal.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// `[store] url` is neither `sqlite:` nor `postgres://`.
    #[error("[store] url must begin with sqlite: or postgres://")]
    UnknownUrl,
    /// `[store] url_file` could not be read.
    #[error("cannot read [store] url_file")]
    UrlFile(#[source] std::io::Error),
    /// The folder of the SQLite file or its blobs cannot be used.
    #[error("cannot use the store's folder")]
    Folder(#[source] std::io::Error),
    /// No connection.
    #[error("cannot connect to the database")]
    Connect(#[source] sqlx::Error),
    /// The tables could not be brought up to date.
    #[error("cannot bring the database's tables up to date")]
    Migrate(#[source] sqlx::migrate::MigrateError),
    /// A statement failed. The engine's own text may quote values, so only its code is shown.
    #[error("the database refused a statement ({})", code_of(.0))]
    Statement(sqlx::Error),
    /// The claim check's file could not be written or read.
    #[error("cannot write or read an original in the claim check")]
    Blob(#[source] std::io::Error),
    /// Something stored cannot be read back.
    #[error("the stored {0} cannot be read back")]
    Corrupt(&'static str),
    /// Another process bears this instance's name.
    #[error(
        "another process runs under this [operations] instance on the same store; give each its own name"
    )]
    NameTaken,
    /// The writer has stopped: the program is shutting down.
    #[error("the store is closed")]
    Closed,
}

/// The engine's error code (SQLSTATE or SQLite's), which never quotes a value.
fn code_of(error: &sqlx::Error) -> String {
    match error.as_database_error().and_then(|error| error.code()) {
        Some(code) => format!("code {code}"),
        None => match error {
            sqlx::Error::Io(error) => format!("{}", error.kind()),
            sqlx::Error::PoolTimedOut => "no free connection".to_owned(),
            sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => "connection closed".to_owned(),
            _ => "protocol".to_owned(),
        },
    }
}

impl StoreError {
    /// Whether the connection may be unusable and a new one should be taken.
    fn breaks_connection(&self) -> bool {
        matches!(self, Self::Statement(error) if error.as_database_error().is_none())
    }
}
