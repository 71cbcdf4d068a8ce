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
        hold.park();
        self.owed.push(Owed { uid, aim, tries: 0, due: Instant::now(), _hold: hold });
    }

    /// A mail that was stored before and not settled.
    pub(super) fn owe_again(&mut self, uid: u32, aim: Aim) {
        let name = self.name_in_hand(uid);
        // Without room now, it is found again by the next look.
        if let Some(hold) = self.mailbox.in_hand.take(&name, 0) {
            hold.park();
            self.owed.push(Owed { uid, aim, tries: 0, due: Instant::now(), _hold: hold });
        }
        self.pile.take_off(uid);
    }

    /// Settles what is due. What the server refuses is tried again later, one by one, so that one mail never holds up the others.
    pub(super) async fn settle_owed(&mut self, work: &mut Work) -> Result<(), MailboxError> {
        let now = Instant::now();
        for aim in [Aim::Done, Aim::Failed] {
            let due: Vec<Owed> =
                self.owed.extract_if(.., |owed| owed.due <= now && owed.aim == aim).collect();
            let (fresh, tried): (Vec<_>, Vec<_>) =
                due.into_iter().partition(|owed| owed.tries == 0);
            if !fresh.is_empty() {
                self.settle_these(work, aim, fresh).await?;
            }
            for owed in tried {
                self.settle_these(work, aim, vec![owed]).await?;
            }
        }
        Ok(())
    }

    async fn settle_these(
        &mut self,
        work: &mut Work,
        aim: Aim,
        owed: Vec<Owed>,
    ) -> Result<(), MailboxError> {
        let uids: Vec<u32> = owed.iter().map(|owed| owed.uid).collect();
        match self.settle_with_server(work, aim, &uids).await {
            Ok(still_listed) => {
                self.settling.worked();
                for uid in &uids {
                    self.pile.take_off(*uid);
                    if still_listed {
                        self.pile.settled.insert(*uid);
                    }
                }
                let (door, count) = (&self.mailbox.door, uids.len());
                debug!(door, count, "mails were settled");
                // Only now may they be offered again.
                drop(owed);
                Ok(())
            }
            Err(refused) if refused.leaves_connection() => {
                self.settling.failed(&refused);
                let now = Instant::now();
                // Many at once: each on its own before the pauses begin.
                let many = owed.len() > 1;
                self.owed.extend(owed.into_iter().map(|mut owed| {
                    owed.tries = owed.tries.saturating_add(1);
                    let rest = pause(Duration::from_secs(1), owed.tries);
                    owed.due = if many { now } else { now + rest };
                    owed
                }));
                Ok(())
            }
            Err(broken) => {
                self.owed.extend(owed);
                Err(broken.into())
            }
        }
    }

    /// Moves or flags. Answers whether the server goes on listing them where we look.
    async fn settle_with_server(
        &mut self,
        work: &mut Work,
        aim: Aim,
        uids: &[u32],
    ) -> Result<bool, ImapError> {
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
        session.copy_to(uids, folder).await?;
        session.flag(uids, &["\\Deleted"]).await?;
        if session.can("UIDPLUS") {
            session.expunge(uids).await?;
            return Ok(false);
        }
        // A plain EXPUNGE would take away what others have marked: it stays, marked, until somebody clears the folder.
        Ok(true)
    }
}
