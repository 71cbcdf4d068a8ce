//! A mail that the server has and does not give: asked for again at growing pauses, and handed to a person in the end, while the others go on.

use super::error::MailboxError;
use super::imap::Fetched;
use super::imap::ImapError;
use super::imap::Keep;
use super::keeper::Keeper;
use super::pile::Troubled;
use super::serve::Work;
use super::take::Batch;
use super::take::ROOM_BYTES;
use super::wrap::Mail;
use crate::intake::oversize::HEADER_BYTES;
use crate::intake::oversize::Why;
use jiff::Timestamp;
use std::time::Duration;
use tokio::time::Instant;
use tracing::error;
use tracing::warn;

/// How many times more often than configured a mail is asked for when the server gives no other one either.
const WHEN_NOTHING_COMES: u32 = 3;

impl Keeper {
    /// Asks once more when a mail arrived that is fetched without: it may have been a moment's trouble, and the day counts.
    pub(super) async fn ask_when(
        &mut self,
        work: &mut Work,
        uid: u32,
        batch: &mut Batch,
    ) -> Result<(), MailboxError> {
        let broke = self.pile.troubled(uid).is_some_and(|troubled| troubled.hang_ups > 0);
        let Some((facts, _)) = batch.get_mut(&uid).filter(|(facts, _)| facts.arrived_at.is_none())
        else {
            return Ok(());
        };
        if broke {
            return Ok(());
        }
        let mut told = None;
        let each = |fetched: Fetched| {
            told = told.or(fetched.arrived_at.filter(|_| fetched.uid == Some(uid)))
        };
        let asked = work.session.facts(&[uid], each).await;
        facts.arrived_at = told;
        match asked {
            Err(broken) if !broken.leaves_connection() => {
                self.broke_off(&[uid], true);
                Err(broken.into())
            }
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// The answer was whole and these were not in it.
    pub(super) async fn did_not_come(
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
    pub(super) fn broke_off(&mut self, left: &[u32], alone: bool) {
        for uid in left {
            let known = !self.pile.alone.insert(*uid);
            if alone && known {
                self.trouble(*uid, true);
            }
        }
    }

    pub(super) fn trouble(&mut self, uid: u32, hung_up: bool) -> Troubled {
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
    pub(super) async fn give_to_a_person(
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
