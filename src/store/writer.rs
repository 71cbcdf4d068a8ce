//! The one writer: every change of the process passes here, in groups that share one sync.
//!
//! Callers hand over commands and wait. Whoever arrives while one group is being synced goes together into the next. The writer owns a
//! command from then on: a caller who goes away cancels nothing. If a group fails, its members run one by one and only the guilty one gets
//! the error.

use crate::clock::Clock;
use crate::store::StoreError;
use crate::store::actions;
use crate::store::blob;
use crate::store::command::Command;
use crate::store::command::Done;
use crate::store::command::Reply;
use crate::store::command::reply;
use crate::store::engine::Engine;
use crate::store::engine::Session;
use crate::store::jobs;
use crate::store::journal;
use crate::store::journal::Line;
use crate::store::outcome::Outcome;
use crate::store::reading;
use crate::store::record;
use crate::store::record::Record;
use crate::store::repeat;
use crate::store::settle;
use jiff::Timestamp;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use tokio::sync::mpsc;
use tokio::sync::oneshot;

/// How many commands go into one transaction at most.
const GROUP: usize = 512;

/// How many commands may wait before callers do.
const WAITING: usize = 4096;

/// The callers' end.
#[derive(Clone, Debug)]
pub(super) struct Writer {
    commands: mpsc::Sender<Command>,
}

impl Writer {
    /// Starts the writer's task.
    pub(super) fn start(
        engine: Arc<Engine>,
        clock: Clock,
        work: Arc<Notify>,
        inline_bytes: usize,
    ) -> Result<Self, StoreError> {
        let (commands, waiting) = mpsc::channel(WAITING);
        let task = Task { engine, clock, work, inline_bytes, session: None };
        std::thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || on_own_thread(task.run(waiting)))
            .map_err(StoreError::Folder)?;
        Ok(Self { commands })
    }

    /// Hands over a command and waits for what it came to.
    pub(super) async fn send<T>(
        &self,
        command: impl FnOnce(Reply<T>) -> Command,
    ) -> Result<T, StoreError> {
        let (reply, answer) = oneshot::channel();
        self.commands.send(command(reply)).await.map_err(|_| StoreError::Closed)?;
        answer.await.map_err(|_| StoreError::Closed)?
    }

    /// Waits until all that was handed over before is written.
    pub(super) async fn close(&self) {
        let (reply, closed) = oneshot::channel();
        if self.commands.send(Command::Close(reply)).await.is_ok() {
            drop(closed.await);
        }
    }
}

/// The writer has a thread and a small runtime of its own: a busy gateway never holds up a commit.
fn on_own_thread(work: impl Future<Output = ()>) {
    match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime.block_on(work),
        Err(error) => tracing::error!(%error, "cannot start the store's writer"),
    }
}

struct Task {
    engine: Arc<Engine>,
    clock: Clock,
    work: Arc<Notify>,
    inline_bytes: usize,
    session: Option<Session>,
}

impl Task {
    async fn run(mut self, mut waiting: mpsc::Receiver<Command>) {
        while let Some(first) = waiting.recv().await {
            let mut group = vec![first];
            while group.len() < GROUP {
                match waiting.try_recv() {
                    Ok(command) => group.push(command),
                    Err(_) => break,
                }
            }
            if !self.write(group).await {
                return;
            }
        }
    }

    /// Writes a group; false when it was told to close.
    async fn write(&mut self, group: Vec<Command>) -> bool {
        let started = std::time::Instant::now();
        metrics::histogram!(crate::telemetry::STORE_BATCH_SIZE).record(group.len() as f64);
        let results = match self.try_write(&group).await {
            Ok(done) => done.into_iter().map(Ok).collect(),
            Err(error) if group.len() == 1 => vec![Err(error)],
            Err(_) => self.one_by_one(&group).await,
        };
        metrics::histogram!(crate::telemetry::STORE_COMMIT_SECONDS)
            .record(started.elapsed().as_secs_f64());
        let mut open = true;
        let mut news = false;
        for (command, result) in group.into_iter().zip(results) {
            news |= matches!(command, Command::Repeat(..) | Command::Act(..) | Command::Found(..));
            news |= matches!(&command, Command::Record(record, _) if record.leaves_work());
            news |= matches!(&command, Command::Finish(outcomes, _)
                if outcomes.iter().any(Outcome::makes_work));
            open &= !matches!(command, Command::Close(_));
            reply(command, result);
        }
        if news {
            self.work.notify_waiters();
        }
        open
    }

    async fn one_by_one(&mut self, group: &[Command]) -> Vec<Result<Done, StoreError>> {
        let mut results = Vec::with_capacity(group.len());
        for command in group {
            let result = self.try_write(std::slice::from_ref(command)).await;
            results.push(result.map(|mut done| done.pop().unwrap_or(Done::Nothing)));
        }
        results
    }

    /// One transaction over the whole group.
    async fn try_write(&mut self, group: &[Command]) -> Result<Vec<Done>, StoreError> {
        let mut session = match self.session.take() {
            Some(session) => session,
            None => self.engine.writing().await?,
        };
        let result = self.transaction(&mut session, group).await;
        match &result {
            Ok(_) => self.session = Some(session),
            Err(error) if error.breaks_connection() => {
                session.discard().await;
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            Err(_) => match session.rollback().await {
                Ok(()) => self.session = Some(session),
                Err(_) => session.discard().await,
            },
        }
        result
    }

    async fn transaction(
        &self,
        session: &mut Session,
        group: &[Command],
    ) -> Result<Vec<Done>, StoreError> {
        let now = self.clock.now();
        self.keep_large_originals(group).await?;
        session.begin().await?;
        let mut lines = Vec::new();
        let done = self.apply(session, group, now, &mut lines).await?;
        journal::append(session, lines).await?;
        session.commit().await?;
        Ok(done)
    }

    /// Claim check for SQLite: files, synced before the commit that speaks of them.
    async fn keep_large_originals(&self, group: &[Command]) -> Result<(), StoreError> {
        let Engine::Sqlite { blobs, .. } = self.engine.as_ref() else { return Ok(()) };
        for command in group {
            if let Command::Record(record, _) = command
                && record.original.len() > self.inline_bytes
            {
                blob::write_file(blobs.clone(), record.answer.sha256, record.original.clone())
                    .await?;
            }
        }
        Ok(())
    }

    /// Records first, then outcomes and actions, claims last: a claim sees what the same group brought.
    async fn apply(
        &self,
        session: &mut Session,
        group: &[Command],
        now: Timestamp,
        lines: &mut Vec<Line>,
    ) -> Result<Vec<Done>, StoreError> {
        let mut done: Vec<Done> = group.iter().map(|_| Done::Nothing).collect();
        let records: Vec<(usize, &Record)> = indexed(group, |command| match command {
            Command::Record(record, _) => Some(record.as_ref()),
            _ => None,
        });
        if !records.is_empty() {
            let only: Vec<&Record> = records.iter().map(|(_, record)| *record).collect();
            let results = record::insert(session, &only, now, self.inline_bytes, lines).await?;
            for ((at, _), result) in records.iter().zip(results) {
                done[*at] = Done::Recorded(result);
            }
        }
        for (_, repeat) in indexed(group, |command| match command {
            Command::Repeat(repeat, _) => Some(repeat.as_ref()),
            _ => None,
        }) {
            repeat::repeat(session, repeat, now, lines).await?;
        }
        let outcomes: Vec<&Outcome> = group
            .iter()
            .filter_map(|command| match command {
                Command::Finish(outcomes, _) => Some(outcomes.iter()),
                _ => None,
            })
            .flatten()
            .collect();
        if !outcomes.is_empty() {
            settle::commit(session, &outcomes, now, lines).await?;
        }
        for (at, command) in group.iter().enumerate() {
            match command {
                Command::Act(action, _) => {
                    done[at] = Done::Acted(actions::run(session, action, now, lines).await?);
                }
                Command::Claim(claim, _) => {
                    done[at] = Done::Claimed(jobs::claim(session, claim, now).await?);
                }
                Command::Found(record, _) => {
                    done[at] = Done::Found(reading::found(session, record, now, lines).await?);
                }
                Command::Record(..) | Command::Repeat(..) | Command::Finish(..) => {}
                Command::Close(_) => {}
            }
        }
        Ok(done)
    }
}

fn indexed<'a, T: ?Sized>(
    group: &'a [Command],
    pick: impl Fn(&'a Command) -> Option<&'a T>,
) -> Vec<(usize, &'a T)> {
    group.iter().enumerate().filter_map(|(at, command)| Some((at, pick(command)?))).collect()
}
