//! Fetching: a handful at a time, within a bound of bytes, without marking anything.

use super::door::MailboxReceipt;
use super::error::MailboxError;
use super::imap::Body;
use super::imap::Fetched;
use super::imap::Keep;
use super::keeper::Keeper;
use super::look::ASKED;
use super::pile::Facts;
use super::serve::Work;
use super::wrap::Mail;
use crate::intake::in_hand::Hold;
use crate::intake::oversize::HEADER_BYTES;
use crate::intake::oversize::Why;
use jiff::Timestamp;
use std::collections::HashMap;
use tokio::sync::mpsc::error::TrySendError;
use tokio::time::Instant;
use tracing::warn;

/// Most mails fetched by one command.
const BATCH: usize = 64;
/// Most bytes of them by the server's account; a single larger one is fetched alone.
const BATCH_BYTES: u64 = 8 * 1024 * 1024;
/// Most bytes kept of one answer, whatever the server's account was.
pub(super) const ROOM_BYTES: u64 = 2 * BATCH_BYTES;

/// The mails asked for by one command.
pub(super) type Batch = HashMap<u32, (Facts, Hold)>;

impl Keeper {
    /// Fetches the oldest that there is room for and hands them over. Answers whether anything was done, so that there may be more.
    pub(super) async fn take(&mut self, work: &mut Work) -> Result<bool, MailboxError> {
        let learnt = self.ask_about(work).await?;
        let mut batch = self.batch();
        if batch.is_empty() {
            return Ok(learnt || self.owed.iter().any(|owed| owed.due <= Instant::now()));
        }
        let uids: Vec<u32> = batch.keys().copied().collect();
        let max_bytes = self.mailbox.config.max_bytes;
        let alone = batch.len() == 1;
        let troubled = uids.first().filter(|_| alone).and_then(|uid| self.pile.troubled(*uid));
        if let (Some(uid), Some(troubled)) = (uids.first(), troubled)
            && troubled.hang_ups >= self.mailbox.config.retry.attempts
        {
            drop(batch);
            self.trouble(*uid, false);
            self.give_to_a_person(work, *uid, troubled).await?;
            return Ok(true);
        }
        let keep = Keep {
            whole_bytes: max_bytes,
            head_bytes: HEADER_BYTES,
            room_bytes: if alone { max_bytes.max(ROOM_BYTES) } else { ROOM_BYTES },
        };
        let mut given = Vec::new();
        // When it arrived may be what the server cannot tell of one that did not come: it is left out every other time, and asked for apart.
        let bare = troubled.is_some_and(|troubled| troubled.tries.is_multiple_of(2));
        if let (true, Some(uid)) = (bare, uids.first()) {
            self.ask_when(work, *uid, &mut batch).await?;
        }
        let fetched = work.session.mails(&uids, bare, keep, |fetched| given.push(fetched)).await;
        for fetched in given {
            self.hand_over(fetched, &mut batch);
        }
        // What is left in the batch did not come.
        let left: Vec<u32> = batch.into_keys().collect();
        match fetched {
            Ok(()) => self.did_not_come(work, &left, alone).await?,
            Err(refused) if refused.leaves_connection() => {
                self.did_not_come(work, &left, alone).await?;
            }
            Err(broken) => {
                self.broke_off(&left, alone);
                return Err(broken.into());
            }
        }
        Ok(true)
    }

    fn batch(&self) -> Batch {
        let now = Instant::now();
        let ready = if now < self.not_before { Vec::new() } else { self.pile.known(now, ASKED) };
        let max_bytes = self.mailbox.config.max_bytes;
        let mut batch = Batch::new();
        let mut bytes = 0;
        for (uid, facts) in ready {
            let size = facts.size_bytes.min(max_bytes);
            let apart = facts.size_bytes > max_bytes || self.pile.alone.contains(&uid);
            let full = batch.len() == BATCH || bytes + size > BATCH_BYTES;
            if !batch.is_empty() && (apart || full) {
                break;
            }
            let name = self.name_in_hand(uid);
            let Some(hold) = self.mailbox.in_hand.take(&name, size) else { break };
            batch.insert(uid, (facts, hold));
            bytes += size;
            if apart {
                break;
            }
        }
        batch
    }

    fn hand_over(&mut self, fetched: Fetched, batch: &mut Batch) {
        let Some(uid) = fetched.uid else { return };
        // Flags that somebody sets meanwhile are told as well, without a body.
        let Some(body) = fetched.body else { return };
        let Some((facts, hold)) = batch.remove(&uid) else { return };
        let arrived_at = fetched.arrived_at.or(facts.arrived_at);
        let mail = match body {
            // Some servers give an empty body instead of none.
            Body::Whole(bytes) if bytes.is_empty() && facts.size_bytes > 0 => {
                batch.insert(uid, (facts, hold));
                return;
            }
            Body::Whole(bytes) => Mail::whole(bytes),
            Body::Long { head, sha256 } => {
                let (door, folder_uid) = (&self.mailbox.door, uid);
                warn!(
                    door,
                    uid = folder_uid,
                    "a mail is larger than the limit; its header is taken and the mail is kept"
                );
                Mail::stand_in(&head, Why::Oversize, Some(sha256))
            }
            Body::Skipped { length_bytes } => {
                // Longer than the server said; now we know, and fetch it with fewer others.
                self.pile.facts.insert(uid, Facts { size_bytes: length_bytes, ..facts });
                return;
            }
            Body::Nil => {
                batch.insert(uid, (facts, hold));
                return;
            }
        };
        self.given_at = Some(Instant::now());
        self.rests.failures = 0;
        self.send(uid, mail, arrived_at, hold);
    }

    pub(super) fn send(&mut self, uid: u32, mail: Mail, arrived_at: Option<Timestamp>, hold: Hold) {
        hold.weighs(mail.raw.len() as u64);
        let failed = mail.stands_in;
        let received = self.wrap(uid, mail, arrived_at);
        let (place, uid_validity) = (self.place, self.uid_validity);
        let receipt = MailboxReceipt { place, uid_validity, uid, failed, hold };
        match self.arrivals.try_send((received, receipt)) {
            Ok(()) => {
                self.pile.take_off(uid);
                self.on_the_way += 1;
            }
            // It stays in the pile: what is not handed over was not taken.
            Err(TrySendError::Full(_) | TrySendError::Closed(_)) => {}
        }
    }
}
