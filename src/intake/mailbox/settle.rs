//! After the commit: mails are moved or flagged, by number and never by "whatever is marked", so that nobody else's mail is touched.

use super::config::After;
use super::door::MailboxReceipt;
use super::error::MailboxError;
use super::imap::ImapError;
use super::keeper::Keeper;
use super::serve::Work;
use crate::intake::Settlement;
use crate::intake::in_hand::Hold;
use crate::intake::trouble::pause;
use std::time::Duration;
use tokio::time::Instant;
use tracing::debug;
use tracing::error;

/// How many of the mails that did not let themselves be settled are tried again before anything else is done.
const ONE_BY_ONE: usize = 16;

/// Where a mail goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aim {
    /// It is stored.
    Done,
    /// Only a stand-in for it is stored.
    Failed,
}

/// A stored mail that is to be settled with the server.
pub(super) struct Owed {
    uid: u32,
    aim: Aim,
    tries: u32,
    /// It lies in the other folder already, on a server that cannot move: what was refused came after.
    copied: bool,
    pub(super) due: Instant,
    /// Keeps it from being offered again before.
    _hold: Hold,
}

impl Keeper {
    /// Takes in one settlement.
    pub(super) fn settle_by(&mut self, receipt: MailboxReceipt, settlement: Settlement) {
        if receipt.uid_validity != self.uid_validity {
            // It has another number now, or it will be told under which one when we are connected again.
            return;
        }
        let MailboxReceipt { uid, failed, hold, .. } = receipt;
        let aim = match settlement {
            Settlement::Accepted(_) | Settlement::Duplicate { .. } if failed => Aim::Failed,
            Settlement::Accepted(_) | Settlement::Duplicate { .. } => Aim::Done,
            Settlement::Refused(problem) => {
                let (door, code) = (&self.mailbox.door, problem.kind.as_str());
                error!(door, code, "a mail was refused; it is kept and flagged");
                Aim::Failed
            }
            Settlement::Released => {
                self.released = self.released.saturating_add(1);
                let rest = pause(Duration::from_millis(500), self.released.div_ceil(32));
                self.not_before = Instant::now() + rest;
                self.next_look = self.next_look.min(self.not_before);
                return;
            }
        };
        self.released = 0;
        self.owe(uid, aim, hold);
    }

    /// A mail that was stored before and not settled.
    pub(super) fn owe_again(&mut self, uid: u32, aim: Aim) {
        let name = self.name_in_hand(uid);
        // Without room now, it is found again by the next look.
        if let Some(hold) = self.mailbox.in_hand.take(&name, 0) {
            self.owe(uid, aim, hold);
        }
        self.pile.take_off(uid);
    }

    fn owe(&mut self, uid: u32, aim: Aim, hold: Hold) {
        hold.park();
        let due = Instant::now();
        self.owed.push(Owed { uid, aim, tries: 0, copied: false, due, _hold: hold });
    }

    /// Settles what is due: what was not tried before together, the rest one by one and only some of it, so that neither one mail nor many
    /// hold up the others, or those that lie in the folder.
    pub(super) async fn settle_owed(&mut self, work: &mut Work) -> Result<(), MailboxError> {
        let now = Instant::now();
        for aim in [Aim::Done, Aim::Failed] {
            let fresh = |owed: &mut Owed| owed.due <= now && owed.tries == 0 && owed.aim == aim;
            let fresh: Vec<Owed> = self.owed.extract_if(.., fresh).collect();
            if !fresh.is_empty() {
                self.settle_these(work, aim, fresh).await?;
            }
        }
        for _ in 0..ONE_BY_ONE {
            let tried = self.owed.iter().position(|owed| owed.due <= now && owed.tries > 0);
            let Some(tried) = tried.map(|at| self.owed.remove(at)) else { break };
            self.settle_these(work, tried.aim, vec![tried]).await?;
        }
        Ok(())
    }

    async fn settle_these(
        &mut self,
        work: &mut Work,
        aim: Aim,
        mut owed: Vec<Owed>,
    ) -> Result<(), MailboxError> {
        let why = match self.settle_with_server(work, aim, &mut owed).await {
            Ok(still_listed) => {
                self.settling.worked();
                for Owed { uid, .. } in &owed {
                    self.pile.take_off(*uid);
                    if still_listed {
                        self.pile.settled.insert(*uid);
                    }
                }
                let (door, count) = (&self.mailbox.door, owed.len());
                debug!(door, count, "mails were settled");
                // Only now may they be offered again: they are let go with the end of this.
                return Ok(());
            }
            Err(why) => why,
        };
        let refused = why.leaves_connection();
        let (now, many) = (Instant::now(), owed.len() > 1);
        for owed in &mut owed {
            owed.tries = owed.tries.saturating_add(1);
            owed.due = now
                + match (many, refused) {
                    // Each on its own before the pauses begin.
                    (true, _) => Duration::ZERO,
                    (false, true) => pause(Duration::from_secs(1), owed.tries),
                    // What breaks the connection costs the others time: up to a quarter of an hour between two tries.
                    (false, false) => Duration::from_secs(1 << owed.tries.min(10)),
                };
        }
        if refused || owed.iter().all(|owed| owed.tries > 1) {
            self.settling.failed(&why);
        }
        self.owed.extend(owed);
        if refused { Ok(()) } else { Err(why.into()) }
    }

    /// Moves or flags. Answers whether the server goes on listing them where we look.
    async fn settle_with_server(
        &mut self,
        work: &mut Work,
        aim: Aim,
        owed: &mut [Owed],
    ) -> Result<bool, ImapError> {
        let uids: &[u32] = &owed.iter().map(|owed| owed.uid).collect::<Vec<_>>();
        let config = &self.mailbox.config;
        let session = &mut work.session;
        if config.after == After::Flag {
            let flags: &[&str] = match aim {
                Aim::Done => &[&config.flag],
                Aim::Failed => &[&config.flag, "\\Flagged"],
            };
            session.flag(uids, flags).await?;
            return Ok(!work.folders.keyword_lasts);
        }
        let folder = match aim {
            Aim::Done => &work.folders.done,
            Aim::Failed => {
                session.flag(uids, &["\\Flagged"]).await?;
                &work.folders.failed
            }
        };
        if session.can("MOVE") {
            session.move_to(uids, folder).await?;
            return Ok(false);
        }
        let uncopied = owed.iter().filter(|owed| !owed.copied).map(|owed| owed.uid);
        session.copy_to(&uncopied.collect::<Vec<_>>(), folder).await?;
        owed.iter_mut().for_each(|owed| owed.copied = true);
        session.flag(uids, &["\\Deleted"]).await?;
        if session.can("UIDPLUS") {
            session.expunge(uids).await?;
            return Ok(false);
        }
        // A plain EXPUNGE would take away what others have marked: it stays, marked, until somebody clears the folder.
        Ok(true)
    }
}
