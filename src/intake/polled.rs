//! The receiving half of a door that is a folder: look, take the oldest, hand over, wait.
//!
//! Cancel safe at every point: what was read for a call that went away is handed over at the next. Looking is bounded to a twentieth
//! of the time, whatever lies in the folder, and never re-reads what is in hand.

use super::in_hand::Hold;
use super::in_hand::InHand;
use super::trouble::Trouble;
use super::trouble::pause;
use super::watch::Watch;
use crate::domain::received::Received;
use crate::files::identity::Entry;
use std::collections::BTreeMap;
use std::collections::VecDeque;
use std::ffi::OsString;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// Most messages read in one go.
const BATCH: usize = 32;

/// A folder that messages come from. Both methods block and may be called again at any time for the same files.
pub(super) trait Source: Send + Sync + 'static {
    /// What settling needs; it keeps the [`Hold`].
    type Receipt: Send + 'static;

    /// What is ready to be taken: of everything there (`whole`), or only of what the system told since.
    fn look(&self, now: Instant, whole: bool) -> io::Result<Look>;

    /// Reads several; what is not to be handed over now is left out.
    fn take_all(&self, batch: Vec<(Entry, Hold)>) -> Vec<(Received, Self::Receipt)>;

    /// The folder's watch, where the system can tell of one.
    fn watch(&self) -> Option<&Watch>;

    /// The pause between two looks.
    fn scan_every(&self) -> Duration;
}

async fn woken(watch: Option<&Watch>) {
    match watch {
        Some(watch) => watch.woken().await,
        None => std::future::pending().await,
    }
}

/// What a look found.
#[derive(Default)]
pub(super) struct Look {
    /// Ready to be taken, in no order; may contain what is in hand.
    pub(super) ready: Vec<Entry>,
    /// When the next one becomes ready, if nothing changes.
    pub(super) next: Option<Instant>,
}

/// The loop around a [`Source`].
pub(super) struct Polled<S: Source> {
    source: Arc<S>,
    in_hand: InHand,
    cancel: CancellationToken,
    /// Oldest first.
    waiting: BTreeMap<(i128, OsString), Entry>,
    taken: VecDeque<(Received, S::Receipt)>,
    work: Option<Work<S::Receipt>>,
    next_look: Instant,
    trouble: Trouble,
}

/// The blocking work in progress.
enum Work<R> {
    Look { looking: JoinHandle<io::Result<Look>>, begun: Instant, whole: bool },
    Take { taking: JoinHandle<Vec<(Received, R)>>, tried: Vec<(i128, OsString)> },
}

impl<S: Source> Polled<S> {
    pub(super) fn new(source: Arc<S>, door: &str, cancel: CancellationToken) -> Self {
        Self {
            source,
            in_hand: InHand::default(),
            cancel,
            waiting: BTreeMap::new(),
            taken: VecDeque::new(),
            work: None,
            next_look: Instant::now(),
            trouble: Trouble::new(door, "look into the folder"),
        }
    }

    /// See [`super::Receive::receive`]. Work that was begun for a call that went away goes on for the next one, so that a caller who
    /// interrupts all the time still gets on.
    pub(super) async fn receive(&mut self) -> Option<(Received, S::Receipt)> {
        let cancel = self.cancel.clone();
        loop {
            if cancel.is_cancelled() {
                return None;
            }
            if let Some(next) = self.taken.pop_front() {
                return Some(next);
            }
            if self.work.is_some() {
                tokio::select! {
                    () = cancel.cancelled() => return None,
                    () = self.finish() => continue,
                }
            }
            if Instant::now() >= self.next_look {
                self.begin_look(true);
                continue;
            }
            if self.begin_taking() {
                continue;
            }
            tokio::select! {
                () = cancel.cancelled() => return None,
                () = self.in_hand.freed(), if !self.waiting.is_empty() => {}
                () = woken(self.source.watch()) => self.begin_look(false),
                () = tokio::time::sleep_until(self.next_look) => {}
            }
        }
    }

    fn begin_look(&mut self, whole: bool) {
        let source = Arc::clone(&self.source);
        let begun = Instant::now();
        let looking = tokio::task::spawn_blocking(move || source.look(begun, whole));
        self.work = Some(Work::Look { looking, begun, whole });
    }

    /// Begins to read the oldest that there is room for. Answers whether there was any.
    fn begin_taking(&mut self) -> bool {
        let mut batch = Vec::new();
        let mut tried = Vec::new();
        for (key, entry) in &self.waiting {
            if batch.len() == BATCH {
                break;
            }
            match self.in_hand.take(&entry.name, entry.identity.size_bytes) {
                Some(hold) => {
                    batch.push((entry.clone(), hold));
                    tried.push(key.clone());
                }
                None if self.in_hand.holds(&entry.name) => {}
                None => break,
            }
        }
        if batch.is_empty() {
            return false;
        }
        let source = Arc::clone(&self.source);
        let taking = tokio::task::spawn_blocking(move || source.take_all(batch));
        self.work = Some(Work::Take { taking, tried });
        true
    }

    /// Waits for the work in progress. Cancel safe: until it is done it stays in progress.
    async fn finish(&mut self) {
        match &mut self.work {
            Some(Work::Look { looking, begun, whole }) => {
                let (begun, whole) = (*begun, *whole);
                let looked = looking.await.map_err(io::Error::other).and_then(|looked| looked);
                self.work = None;
                self.note(looked, begun, whole);
            }
            Some(Work::Take { taking, tried }) => {
                let taken = taking.await;
                for key in tried {
                    self.waiting.remove(key);
                }
                self.work = None;
                // A panic in there loses nothing: the next look finds the files again.
                self.taken.extend(taken.unwrap_or_default());
            }
            None => {}
        }
    }

    fn note(&mut self, looked: io::Result<Look>, begun: Instant, whole: bool) {
        let ended = Instant::now();
        let found = match looked {
            Ok(found) => found,
            Err(failed) => {
                let failures = self.trouble.failed(&failed);
                self.next_look = ended + pause(self.source.scan_every(), failures);
                return;
            }
        };
        self.trouble.worked();
        if whole {
            self.waiting.clear();
            let rest = (ended - begun).saturating_mul(20);
            let next = ended + self.source.scan_every().max(rest);
            self.next_look = found.next.map_or(next, |due| next.min(due.max(ended + rest)));
        }
        let ready = found.ready.into_iter();
        self.waiting
            .extend(ready.map(|entry| ((entry.identity.modified_ns, entry.name.clone()), entry)));
    }
}
