//! Fetching: a handful at a time, within a bound of bytes, without marking anything; and what is done about a mail that does not come.

use super::door::MailboxReceipt;
use super::error::MailboxError;
use super::imap::Body;
use super::imap::Fetched;
use super::imap::ImapError;
use super::imap::Keep;
use super::keeper::Keeper;
use super::look::ASKED;
use super::pile::Facts;
use super::pile::Troubled;
use super::serve::Work;
use super::wrap::Mail;
use crate::intake::in_hand::Hold;
use crate::intake::oversize::HEADER_BYTES;
use crate::intake::oversize::Why;
use jiff::Timestamp;
use std::collections::HashMap;
use std::time::Duration;
use tokio::sync::mpsc::error::TrySendError;
use tokio::time::Instant;
use tracing::error;
use tracing::warn;

/// Most mails fetched by one command.
const BATCH: usize = 64;
/// Most bytes of them by the server's account; a single larger one is fetched alone.
const BATCH_BYTES: u64 = 8 * 1024 * 1024;
/// Most bytes kept of one answer, whatever the server's account was.
const ROOM_BYTES: u64 = 2 * BATCH_BYTES;
/// How many times more often than configured a mail is asked for when the server gives no other one either.
const WHEN_NOTHING_COMES: u32 = 3;

/// The mails asked for by one command.
type Batch = HashMap<u32, (Facts, Hold)>;

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
        // When it arrived may be what the server cannot tell of one that did not come.
        let bare = troubled.is_some();
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

    fn send(&mut self, uid: u32, mail: Mail, arrived_at: Option<Timestamp>, hold: Hold) {
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

    /// The answer was whole and these were not in it.
    async fn did_not_come(
        &mut self,
        work: &mut Work,
        left: &[u32],
        alone: bool,
    ) -> Result<(), MailboxError> {
        // Those that are gone are found missing by the next look.
        if !left.is_empty() {
            self.next_look = Instant::now();
        }
        for uid in left {
            if !alone {
                self.pile.alone.insert(*uid);
                continue;
            }
            let troubled = self.trouble(*uid, false);
            if troubled.tries >= self.mailbox.config.retry.attempts {
                self.give_to_a_person(work, *uid, troubled).await?;
            }
        }
        Ok(())
    }

    /// The connection broke before these came: perhaps because of one of them.
    fn broke_off(&mut self, left: &[u32], alone: bool) {
        for uid in left {
            let known = !self.pile.alone.insert(*uid);
            if alone && known {
                self.trouble(*uid, true);
            }
        }
    }

    fn trouble(&mut self, uid: u32, hung_up: bool) -> Troubled {
        let now = Instant::now();
        let retry = self.mailbox.config.retry;
        let troubled = self.pile.trouble(uid, now, hung_up);
        if troubled.tries == 1 {
            let door = &self.mailbox.door;
            warn!(
                door,
                uid,
                "the mail server has a mail and does not give it; it is asked again, and the others go on"
            );
        }
        let zero = Timestamp::UNIX_EPOCH;
        let next = retry.next(troubled.tries, zero).map(|at| at.duration_since(zero));
        let rest = next.unwrap_or(retry.longest);
        self.pile.rest(uid, now + Duration::try_from(rest).unwrap_or_default());
        troubled
    }

    /// Hands over the header, or what there is, so that a person looks for the mail.
    async fn give_to_a_person(
        &mut self,
        work: &mut Work,
        uid: u32,
        troubled: Troubled,
    ) -> Result<(), MailboxError> {
        let keep = Keep {
            whole_bytes: HEADER_BYTES as u64,
            head_bytes: HEADER_BYTES,
            room_bytes: ROOM_BYTES,
        };
        let attempts = self.mailbox.config.retry.attempts;
        let head = match troubled.hang_ups > attempts.saturating_add(1) {
            // Not even its header can be asked for.
            true => None,
            false => match work.session.header(uid, keep).await {
                Ok(head) => head,
                Err(ImapError::Refused { .. }) => None,
                Err(broken) => {
                    self.trouble(uid, true);
                    return Err(broken.into());
                }
            },
        };
        let others_come = self.given_at.is_some_and(|given| given > troubled.since);
        let attempts = attempts.saturating_mul(WHEN_NOTHING_COMES);
        if head.is_none() && !others_come && troubled.tries < attempts {
            // Perhaps the server gives nothing at all for now.
            return Ok(());
        }
        let Some(arrived_at) = self.still_there(work, uid).await? else {
            self.pile.take_off(uid);
            return Ok(());
        };
        let name = self.name_in_hand(uid);
        let Some(hold) = self.mailbox.in_hand.take(&name, 0) else { return Ok(()) };
        let door = &self.mailbox.door;
        error!(
            door,
            uid, "the mail server does not give a mail; a person must look at it, and it is kept"
        );
        let mail = Mail::stand_in(&head.unwrap_or_default(), Why::NotGiven, None);
        self.send(uid, mail, arrived_at, hold);
        Ok(())
    }

    /// Whether a mail is still in the folder, and when it arrived.
    async fn still_there(
        &mut self,
        work: &mut Work,
        uid: u32,
    ) -> Result<Option<Option<Timestamp>>, MailboxError> {
        let told = work.session.search(&format!("UID {uid}")).await?;
        let facts = self.pile.facts.get(&uid).copied().unwrap_or_default();
        Ok(told.contains(&uid).then_some(facts.arrived_at))
    }
}
