//! One session on one folder: settle what is owed, look, fetch, wait for news, and again.

use super::door::Round;
use super::error::MailboxError;
use super::imap::ImapError;
use super::imap::Session;
use super::keeper::Ended;
use super::keeper::Keeper;
use super::look::Folders;
use std::time::Duration;
use tokio::time::Instant;

/// How long settlements of what was just handed over are waited for before the server is asked to tell of news.
const LINGER: Duration = Duration::from_millis(200);
/// How often room is looked for when there is none: another folder of the mailbox may have been told of it.
const ROOM_PAUSE: Duration = Duration::from_millis(250);
/// A session that lived so long was a good one.
const GOOD_SESSION: Duration = Duration::from_secs(60);

/// What a session works on.
pub(super) struct Work {
    pub(super) session: Session,
    pub(super) folders: Folders,
    /// The folder was opened just now.
    pub(super) fresh: bool,
    /// Stands for a UIDVALIDITY where the server's UIDs mean nothing beyond this session.
    own_validity: u32,
    begun: Instant,
}

impl Keeper {
    /// Works until the session breaks, must be renewed, or the door is closed.
    pub(super) async fn serve(
        &mut self,
        mut session: Session,
        renew_at: Option<Instant>,
    ) -> Result<Ended, MailboxError> {
        let folders = Folders::open(&mut session, &self.mailbox.config, &self.folder).await?;
        let (own_validity, begun) = (rand::random(), Instant::now());
        let mut work = Work { session, folders, fresh: true, own_validity, begun };
        self.begin(&work)?;
        self.next_look = begun;
        self.idle_works = true;
        loop {
            self.accept_all();
            self.settle_owed(&mut work).await?;
            // They were asked for; what was refused is asked for again later.
            self.waiting.clear();
            let stopping = self.mailbox.cancel.is_cancelled();
            if self.closed {
                work.session.log_out().await;
                return Ok(Ended::Closed);
            }
            if stopping {
                let round = self.rounds.recv().await;
                self.accept(round);
                continue;
            }
            if renew_at.is_some_and(|at| at <= Instant::now()) {
                work.session.log_out().await;
                return Ok(Ended::Renew);
            }
            if self.next_look <= Instant::now() {
                self.look(&mut work).await?;
                self.using.worked();
            }
            if self.take(&mut work).await? {
                self.using.worked();
                continue;
            }
            self.wait(&mut work, renew_at).await?;
            if work.begun.elapsed() > GOOD_SESSION {
                self.rests.failures = 0;
            }
        }
    }

    /// A folder was opened. Under another numbering, what we knew by number is void; the mails come again under their new ones.
    pub(super) fn begin(&mut self, work: &Work) -> Result<(), MailboxError> {
        let selected = &work.folders.selected;
        if selected.read_only {
            return Err(MailboxError::ReadOnly);
        }
        let validity = selected.uid_validity.unwrap_or(work.own_validity);
        if validity != self.uid_validity {
            self.uid_validity = validity;
            self.pile = super::pile::Pile::default();
            self.owed.clear();
        }
        Ok(())
    }

    /// Takes in the settlements that have come.
    fn accept_all(&mut self) {
        loop {
            match self.rounds.try_recv() {
                Ok(round) => self.accept(Some(round)),
                Err(tokio::sync::mpsc::error::TryRecvError::Empty) => return,
                Err(tokio::sync::mpsc::error::TryRecvError::Disconnected) => {
                    self.closed = true;
                    return;
                }
            }
        }
    }

    /// Takes in a round of settlements; `None` when there will be no more.
    pub(super) fn accept(&mut self, round: Option<Round>) {
        let Some(Round { settlements, tried }) = round else {
            self.closed = true;
            return;
        };
        self.on_the_way = self.on_the_way.saturating_sub(settlements.len());
        for (receipt, settlement) in settlements {
            self.settle_by(receipt, settlement);
        }
        self.waiting.push(tried);
    }

    async fn wait(
        &mut self,
        work: &mut Work,
        renew_at: Option<Instant>,
    ) -> Result<(), MailboxError> {
        if self.on_the_way > 0 {
            let linger = tokio::time::timeout(LINGER, self.rounds.recv()).await;
            if let Ok(round) = linger {
                self.accept(round);
                return Ok(());
            }
            // Whatever went astray on the way is found by a look; no need to linger for it twice.
            self.on_the_way = 0;
        }
        // What lies there could be taken by now, but for want of room.
        let crowded = !self.pile.ready(Instant::now(), 1).is_empty();
        let until = self.wake_at(crowded, renew_at);
        let idle = self.mailbox.config.idle && self.idle_works && work.session.can("IDLE");
        if idle {
            match work.session.begin_idle().await {
                Ok(()) => {}
                Err(ImapError::Refused { .. }) => {
                    self.idle_works = false;
                    // The next look was put off in the hope of being told.
                    let poll = Instant::now() + self.mailbox.config.poll_every;
                    self.next_look = self.next_look.min(poll);
                    return Ok(());
                }
                Err(other) => return Err(other.into()),
            }
        }
        let news = self.wait_until(work, (until, crowded, idle)).await?;
        if idle {
            work.session.end_idle().await?;
            self.using.worked();
        }
        if news || work.session.take_news() {
            self.told = true;
            self.next_look = Instant::now();
        }
        Ok(())
    }

    /// Waits for a settlement, room, news, the time, or the end. Answers whether there is news.
    async fn wait_until(
        &mut self,
        work: &mut Work,
        (until, crowded, idle): (Instant, bool, bool),
    ) -> Result<bool, MailboxError> {
        loop {
            tokio::select! {
                () = self.mailbox.cancel.cancelled() => return Ok(false),
                round = self.rounds.recv() => {
                    self.accept(round);
                    return Ok(false);
                }
                () = self.mailbox.in_hand.freed(), if crowded => return Ok(false),
                () = tokio::time::sleep_until(until) => return Ok(false),
                stirred = work.session.stirred(), if idle => {
                    stirred?;
                    work.session.listen().await?;
                    if work.session.take_news() {
                        return Ok(true);
                    }
                }
            }
        }
    }

    /// When something is to be done at the latest, whatever happens.
    fn wake_at(&self, crowded: bool, renew_at: Option<Instant>) -> Instant {
        let room = crowded.then(|| Instant::now() + ROOM_PAUSE);
        let store = (!self.pile.there.is_empty()).then_some(self.not_before);
        let owed = self.owed.iter().map(|owed| owed.due).min();
        let others = [room, store, owed, renew_at, self.pile.next_rested()];
        let now = Instant::now();
        let ahead = others.into_iter().flatten().filter(|at| *at > now);
        ahead.fold(self.next_look, Instant::min)
    }
}
