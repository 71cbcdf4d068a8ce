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
mod by_hand;
mod called;
mod canaries;
mod candidates;
mod changes;
mod clients;
mod command;
mod compared;
mod config;
mod confirmations;
mod copies;
mod corrections;
mod day_reports;
mod decisions;
mod digests;
mod earlier;
mod enclosures;
mod engine;
mod error;
mod feed;
mod figures;
mod holds;
mod inserts;
mod instance;
mod jobs;
mod journal;
mod letters;
mod letters_seen;
mod links;
mod looks;
mod lookup;
mod offers;
mod orphans;
mod outcome;
mod promises;
mod proofs;
mod protections;
mod reading;
mod record;
mod repeat;
mod replaced;
mod report;
mod roster_log;
mod rows;
mod sameness;
mod sessions;
mod settle;
mod statements;
#[cfg(test)]
mod statements_tests;
mod step;
mod switches;
mod views;
mod waiting_copies;
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
pub use called::Called;
pub use canaries::CameOut;
pub use canaries::CanaryChange;
pub use candidates::Candidate;
pub use candidates::Sought;
pub use clients::ApiClient;
pub use compared::LastHeard;
pub use config::Config;
pub use confirmations::Confirm;
pub use confirmations::ConfirmationChange;
pub use copies::CopyChange;
pub use corrections::Change;
pub use corrections::Correction;
pub use corrections::CorrectionRow;
pub use corrections::changes as corrected_values;
pub use day_reports::DayMail;
pub use day_reports::DayMails;
pub use day_reports::DayReportChange;
pub use decisions::Again;
pub use digests::Waiting;
pub use earlier::Beside;
pub use earlier::Earlier;
pub use enclosures::EnclosureChange;
pub use enclosures::EnclosureJob;
pub use enclosures::NotEnclosed;
pub use error::StoreError;
pub use feed::FeedChange;
pub use feed::FeedRow;
pub use figures::Boards;
pub use figures::Place;
pub use figures::UnitQueue;
pub use figures::Watch;
pub use figures::Watched;
pub use figures::WatchedNotice;
pub use holds::Hold;
pub use instance::InstanceLock;
pub use jobs::AcknowledgementJob;
pub use jobs::Claim;
pub use jobs::ClaimedJob;
pub use jobs::DeliveryJob;
pub use jobs::JobKind;
pub use journal::Broken;
pub use journal::Verification;
pub use letters::LetterRow;
pub use letters::LetterStage;
pub use letters_seen::LetterLook;
pub use links::Link;
pub use links::LinkChange;
pub use looks::AcknowledgementRow;
pub use looks::Counts;
pub use looks::JournalRow;
pub use looks::MessageRow;
pub use looks::NoticeFilter;
pub use looks::NoticeRow;
pub use looks::OpenJobs;
pub use outcome::Outcome;
pub use promises::CopyPlace;
pub use promises::OpenCopy;
pub use promises::Owed;
pub use promises::Promises;
pub use proofs::ProofChange;
pub use proofs::SentRow;
pub use protections::Asked;
pub use protections::Protection;
pub use record::NewNotice;
pub use record::Record;
pub use record::Recorded;
pub use repeat::Repeat;
pub use roster_log::RosterChange;
pub use roster_log::RosterEntry;
pub use sameness::Owner;
pub use sessions::SessionChange;
pub use sessions::StoredSession;
pub use step::NoticeStep;
pub use switches::SwitchChange;
pub use switches::SwitchRow;
pub use waiting_copies::CopyWaiting;

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
        let rows = self.engine.reading().await?.rows(&statements::WEAK_SETTINGS, &[]).await?;
        Ok(rows.into_iter().map(|mut row| format!("{} = off", row.text(0))).collect())
    }

    /// Writes what is in hand and closes all connections.
    pub async fn close(&self) {
        self.writer.close().await;
        self.engine.close().await;
    }
}
