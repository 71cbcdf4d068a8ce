//! Keeps one folder: connects and connects again, ever more seldom, for as long as the door is open.

use super::door::Mailbox;
use super::door::MailboxReceipt;
use super::door::Round;
use super::error::MailboxError;
use super::look::ASKED;
use super::pile::Pile;
use super::settle::Owed;
use crate::domain::received::Received;
use crate::intake::trouble::Trouble;
use futures::FutureExt as _;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::sync::oneshot;
use tokio::time::Instant;
use tracing::error;

/// First and longest pause between two connections.
const PAUSES: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(60));
/// First and longest pause after a refused log-in: accounts are locked after a few wrong passwords.
const REFUSED_PAUSES: (Duration, Duration) = (Duration::from_secs(30), Duration::from_secs(900));

/// The task that keeps one folder.
pub(super) struct Keeper {
    pub(super) mailbox: Arc<Mailbox>,
    /// The folder's place among the door's, and its name as the configuration has it.
    pub(super) place: usize,
    pub(super) folder: String,
    pub(super) arrivals: mpsc::Sender<(Received, MailboxReceipt)>,
    pub(super) rounds: mpsc::UnboundedReceiver<Round>,
    /// The numbering under which the pile's and the owed mails are known.
    pub(super) uid_validity: u32,
    pub(super) pile: Pile,
    pub(super) owed: Vec<Owed>,
    /// Who waits for what is owed to have been tried.
    pub(super) waiting: Vec<oneshot::Sender<()>>,
    /// The door was closed behind us: nobody settles any more.
    pub(super) closed: bool,
    /// Handed over and not settled yet.
    pub(super) on_the_way: usize,
    /// Nothing is handed over before: the store was not there.
    pub(super) not_before: Instant,
    /// How often in a row the store was not there.
    pub(super) released: u32,
    pub(super) next_look: Instant,
    /// The next look comes of the server's word, not of ours.
    pub(super) told: bool,
    /// About how many mails the server is asked at once: fewer after it refused.
    pub(super) asked_at_once: usize,
    /// When a mail was last given by the server.
    pub(super) given_at: Option<Instant>,
    /// Whether the server's pushes work.
    pub(super) idle_works: bool,
    pub(super) rests: Rests,
    pub(super) using: Trouble,
    pub(super) settling: Trouble,
    pub(super) asking: Trouble,
}

/// Failures in a row, those of the network and refused log-ins each for themselves: a password that is wrong once after a night without a
/// network is the first wrong one, and a break of the network after a refusal the first break.
#[derive(Debug, Default)]
pub(super) struct Rests {
    pub(super) failures: u32,
    pub(super) refusals: u32,
}

impl Rests {
    /// How long to rest after one more.
    fn next(&mut self, refused: bool) -> Duration {
        let (count, (first, longest)) = match refused {
            true => (&mut self.refusals, REFUSED_PAUSES),
            false => (&mut self.failures, PAUSES),
        };
        *count = count.saturating_add(1);
        first.saturating_mul(2_u32.saturating_pow((*count).min(16) - 1)).min(longest)
    }
}

/// Why a session ended in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// The door is closed.
    Closed,
    /// Its token is about to end: another session follows at once.
    Renew,
}

impl Keeper {
    pub(super) fn new(
        mailbox: Arc<Mailbox>,
        (place, folder): (usize, String),
        arrivals: mpsc::Sender<(Received, MailboxReceipt)>,
        rounds: mpsc::UnboundedReceiver<Round>,
    ) -> Self {
        let now = Instant::now();
        let trouble = |what| Trouble::new(&mailbox.door, what).at(place + 1, &mailbox.deaf);
        Self {
            using: trouble("use the mailbox").looking(),
            settling: trouble("move or flag stored mails"),
            asking: trouble("ask the store for the mails"),
            mailbox,
            place,
            folder,
            arrivals,
            rounds,
            uid_validity: 0,
            pile: Pile::default(),
            owed: Vec::new(),
            waiting: Vec::new(),
            closed: false,
            on_the_way: 0,
            not_before: now,
            released: 0,
            next_look: now,
            told: false,
            asked_at_once: ASKED,
            given_at: None,
            idle_works: true,
            rests: Rests::default(),
        }
    }

    /// Keeps the folder until the door is closed. A fault of our own ends no more than a session: a door that is open and deaf
    /// is the worst of all.
    pub(super) async fn run(mut self) {
        while !self.closed {
            let ended = AssertUnwindSafe(self.session()).catch_unwind().await;
            match ended {
                Ok(Ok(Ended::Closed)) => return,
                Ok(Ok(Ended::Renew)) => {}
                Ok(Err(why)) => {
                    self.using.failed(&why);
                    let rest = self.rests.next(why.is_refused_login());
                    self.pause(rest).await;
                }
                Err(_) => {
                    let (door, place) = (&self.mailbox.door, self.place + 1);
                    error!(
                        door,
                        place,
                        "reading a mailbox stopped by a fault of the program; it begins again"
                    );
                    let rest = self.rests.next(false);
                    self.pause(rest).await;
                }
            }
        }
    }

    async fn session(&mut self) -> Result<Ended, MailboxError> {
        let mailbox = Arc::clone(&self.mailbox);
        let connecting = mailbox.access.session();
        tokio::pin!(connecting);
        let (session, renew_at) = loop {
            tokio::select! {
                connected = &mut connecting => break connected?,
                round = self.rounds.recv() => self.accept_while_away(round),
            }
            if self.closed {
                return Ok(Ended::Closed);
            }
        };
        self.rests.refusals = 0;
        self.serve(session, renew_at).await
    }

    /// Waits before the next connection, with some chance in it: not all clients of a server that comes back begin at once.
    async fn pause(&mut self, pause: Duration) {
        self.waiting.clear();
        let pause = pause.mul_f64(0.5 + rand::random::<f64>() / 2.0);
        let until = Instant::now() + pause;
        while !self.closed && Instant::now() < until {
            tokio::select! {
                () = tokio::time::sleep_until(until) => {}
                round = self.rounds.recv() => self.accept_while_away(round),
            }
        }
    }

    /// Nobody is kept waiting for a server that is not there.
    fn accept_while_away(&mut self, round: Option<Round>) {
        self.accept(round);
        self.waiting.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::Rests;

    #[test]
    fn a_wrong_password_rests_longer_and_is_counted_apart() {
        let mut rests = Rests::default();
        let seconds =
            [false, false, true, false, true, true].map(|refused| rests.next(refused).as_secs());
        assert_eq!(seconds, [1, 2, 30, 4, 60, 120]);
        let longest = (0..90).map(|_| rests.next(true).as_secs()).max();
        assert_eq!((longest, rests.next(false).as_secs()), (Some(900), 8));
    }
}
