//! The receiving half of a door that is a folder: look, take the oldest, hand over, wait.
//!
//! Cancel safe at every point: what was read for a call that went away is let go and read again. Looking is bounded to a twentieth
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

    /// Reads one; `None` when it is not to be handed over now.
    fn take(&self, entry: &Entry, hold: Hold) -> Option<(Received, Self::Receipt)>;

    /// The folder's watch.
    fn watch(&self) -> &Watch;

    /// The pause between two looks.
    fn scan_every(&self) -> Duration;
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
    next_look: Instant,
    trouble: Trouble,
}

impl<S: Source> Polled<S> {
    pub(super) fn new(source: Arc<S>, door: &str, cancel: CancellationToken) -> Self {
        Self {
            source,
            in_hand: InHand::default(),
            cancel,
            waiting: BTreeMap::new(),
            taken: VecDeque::new(),
            next_look: Instant::now(),
            trouble: Trouble::new(door, "look into the folder"),
        }
    }

    /// See [`super::Receive::receive`].
    pub(super) async fn receive(&mut self) -> Option<(Received, S::Receipt)> {
        loop {
            if self.cancel.is_cancelled() {
                return None;
            }
            if let Some(next) = self.taken.pop_front() {
                return Some(next);
            }
            if Instant::now() >= self.next_look {
                self.look(true).await;
            }
            if self.take_some().await {
                continue;
            }
            let (source, in_hand) = (Arc::clone(&self.source), self.in_hand.clone());
            tokio::select! {
                () = self.cancel.cancelled() => return None,
                () = in_hand.freed(), if !self.waiting.is_empty() => {}
                () = source.watch().woken() => self.look(false).await,
                () = tokio::time::sleep_until(self.next_look) => {}
            }
        }
    }

    async fn look(&mut self, whole: bool) {
        let source = Arc::clone(&self.source);
        let begun = Instant::now();
        let looked = tokio::task::spawn_blocking(move || source.look(begun, whole)).await;
        let ended = Instant::now();
        match looked.map_err(io::Error::other).and_then(|looked| looked) {
            Ok(found) => {
                self.trouble.worked();
                if whole {
                    self.waiting.clear();
                    let rest = (ended - begun).saturating_mul(20);
                    self.next_look = ended + self.source.scan_every().max(rest);
                    self.next_look = found
                        .next
                        .map_or(self.next_look, |due| self.next_look.min(due.max(ended + rest)));
                }
                let ready = found.ready.into_iter();
                self.waiting.extend(
                    ready.map(|entry| ((entry.identity.modified_ns, entry.name.clone()), entry)),
                );
            }
            Err(failed) => {
                let failures = self.trouble.failed(&failed);
                self.next_look = ended + pause(self.source.scan_every(), failures);
            }
        }
    }

    /// Reads the oldest that there is room for. Answers whether anything was tried.
    async fn take_some(&mut self) -> bool {
        let mut batch = Vec::new();
        for (key, entry) in &self.waiting {
            if batch.len() == BATCH {
                break;
            }
            match self.in_hand.take(&entry.name, entry.identity.size_bytes) {
                Some(hold) => batch.push((key.clone(), entry.clone(), hold)),
                None if self.in_hand.holds(&entry.name) => {}
                None => break,
            }
        }
        if batch.is_empty() {
            return false;
        }
        let source = Arc::clone(&self.source);
        let tried: Vec<_> = batch.iter().map(|(key, _, _)| key.clone()).collect();
        let taking = tokio::task::spawn_blocking(move || {
            let each = batch.into_iter();
            each.filter_map(|(_, entry, hold)| source.take(&entry, hold)).collect::<Vec<_>>()
        });
        if let Ok(taken) = taking.await {
            self.taken.extend(taken);
        }
        for key in tried {
            self.waiting.remove(&key);
        }
        true
    }
}
