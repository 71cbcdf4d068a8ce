//! Which acknowledgements a stored message has, rendered and ready to store in the transaction that stores the message.
//!
//! One receipt to the sender by each way its door and configuration name, whether or not anyone could read the message; one
//! confirmation to Kronofogden, and for evictions a copy to the person, for each notice whose kind demands it (SFS 2025:468 11:3); a letter that offers help where the profile says so.

use crate::acknowledge::Facts;
use crate::acknowledge::Planned;
use crate::acknowledge::Rendering;
use crate::acknowledge::config::Config;
use crate::acknowledge::config::TOKEN;
use crate::acknowledge::config::TransportKind;
use crate::acknowledge::deliver::FilesAddress;
use crate::acknowledge::digest::WAITS;
use crate::acknowledge::header;
use crate::acknowledge::mail;
use crate::acknowledge::mail::Automatic;
use crate::acknowledge::promised;
use crate::acknowledge::receipt::ApiReceipt;
use crate::acknowledge::receipt_file::FileReceipt;
use crate::acknowledge::seal_once;
use crate::acknowledge::transport::MailAddress;
use crate::acknowledge::wording;
use crate::domain::acknowledgement::AcknowledgementKey;
use crate::domain::acknowledgement::AcknowledgementState;
use crate::domain::acknowledgement::Purpose;
use crate::domain::acknowledgement::Recipient;
use crate::domain::acknowledgement::Way;
use crate::domain::masked::Masked;
use crate::domain::received::ReplyTo;
use crate::domain::reference::Reference;
use jiff::Timestamp;
use std::sync::Arc;

/// Reason: the return address is none that mail can be sent to.
const BAD_ADDRESS: &str = "badReturnAddress";
/// Reason: the return address is our own; answering it would go in a circle.
const OURSELVES: &str = "ourselves";
/// Reason: no mail transport is configured.
const NO_TRANSPORT: &str = "noMailTransport";
/// Reason: the receipts folder's path is not UTF-8.
const BAD_FOLDER: &str = "badReceiptsFolder";

/// The acknowledgements of a stored message. `now` becomes the date of its mails.
pub fn plan(config: &Config, facts: &Facts<'_>, now: Timestamp) -> Vec<Planned> {
    let context = Context { config, facts, now };
    let mut planned = Vec::with_capacity(2);
    if facts.first_reference.is_some() {
        // A repeated drop: it has its acknowledgements, and gets one more receipt file that says so.
        planned.extend(context.receipt_file());
        return planned;
    }
    match &facts.envelope.reply_to {
        ReplyTo::Api { mail_to } => {
            planned.push(context.receipt(Way::Api, AcknowledgementState::Sent));
            planned.extend(mail_to.as_ref().map(|to| context.mail(to, None, &[])));
        }
        ReplyTo::Mail { to, in_reply_to, references } => {
            planned.push(context.mail(to, in_reply_to.as_deref(), references));
        }
        ReplyTo::Files { mail_to, .. } | ReplyTo::Sftp { mail_to, .. } => {
            planned.extend(context.receipt_file());
            planned.extend(mail_to.as_ref().map(|to| context.mail(to, None, &[])));
        }
        ReplyTo::Suppressed { reason } => {
            planned.push(Planned {
                reason: Some(reason.clone()),
                ..context.receipt(Way::Mail, AcknowledgementState::Suppressed)
            });
        }
    }
    promised::receipts(facts, &mut planned);
    context.by_notice(&mut planned);
    planned
}

struct Context<'a> {
    config: &'a Config,
    facts: &'a Facts<'a>,
    now: Timestamp,
}

impl Context<'_> {
    /// What Kronofogden and the person must have, and what the profile sends the person besides: outstanding until it is known by which way.
    fn by_notice(&self, planned: &mut Vec<Planned>) {
        for notice in &self.facts.answer.notices {
            for (recipient, purpose) in [
                (Recipient::EnforcementAuthority, Purpose::Confirmation),
                (Recipient::Person, Purpose::to_person(notice.kind)),
            ] {
                let Some(promise) = self.facts.promises.to(recipient, notice.kind) else {
                    continue;
                };
                let key = key(&notice.reference, recipient, purpose, Way::Outstanding);
                let received_at = self.facts.answer.received_at;
                planned.push(Planned {
                    promised_at: promise.hour(received_at, self.facts.local_time),
                    ..self.planned(key, AcknowledgementState::Pending)
                });
            }
        }
    }

    fn receipt(&self, way: Way, state: AcknowledgementState) -> Planned {
        let reference = &self.facts.answer.reference;
        self.planned(key(reference, Recipient::Sender, Purpose::Receipt, way), state)
    }

    fn planned(&self, key: AcknowledgementKey, state: AcknowledgementState) -> Planned {
        Planned {
            key,
            state,
            due_at: self.facts.local_time.end_of(self.facts.answer.arrival_date),
            promised_at: None,
            reason: None,
            address: None,
            rendering: Rendering::Nothing,
        }
    }

    /// The receipt beside a dropped file; none for what is no file.
    fn receipt_file(&self) -> Option<Planned> {
        let (folder, door, partner) = match &self.facts.envelope.reply_to {
            ReplyTo::Files { folder, partner, .. } => (Some(folder), None, partner),
            ReplyTo::Sftp { door, partner, .. } => (None, Some(door), partner),
            ReplyTo::Api { .. } | ReplyTo::Mail { .. } | ReplyTo::Suppressed { .. } => return None,
        };
        let receipt = FileReceipt::of(self.facts);
        let file_name = match receipt.file_name.is_empty() {
            true => self.facts.answer.reference.to_string(),
            false => receipt.file_name.clone(),
        };
        let address = FilesAddress { folder: folder.cloned(), door: door.cloned(), file_name };
        let Ok(address) = serde_json::to_string(&address) else {
            return Some(self.given_up(Way::Files, AcknowledgementState::Failed, BAD_FOLDER));
        };
        Some(Planned {
            address: Some(address),
            rendering: Rendering::Numbered {
                counter: partner.clone(),
                render: Arc::new(move |number| receipt.numbered_json(number)),
            },
            ..self.receipt(Way::Files, AcknowledgementState::Pending)
        })
    }

    fn mail(&self, to: &Masked, in_reply_to: Option<&str>, references: &[String]) -> Planned {
        let Some(to) = header::mailbox(to.reveal()) else {
            return self.given_up(Way::Mail, AcknowledgementState::Failed, BAD_ADDRESS);
        };
        if self.config.transport == TransportKind::None {
            // Pending without a way: it is shown, and overdue at midnight.
            return self.given_up(Way::Outstanding, AcknowledgementState::Pending, NO_TRANSPORT);
        }
        if to.eq_ignore_ascii_case(&self.config.from.address) {
            return self.given_up(Way::Mail, AcknowledgementState::Suppressed, OURSELVES);
        }
        let planned = self.receipt(Way::Mail, AcknowledgementState::Pending);
        let Some(address) = mail_address(self.config, to.clone()) else {
            return self.given_up(Way::Mail, AcknowledgementState::Failed, BAD_ADDRESS);
        };
        if self.facts.deferred {
            let (address, reason) = (Some(address), Some(WAITS.to_owned()));
            return Planned { address, reason, ..planned };
        }
        let bytes = self.render_mail(&planned.key, &to, in_reply_to, references);
        Planned { address: Some(address), rendering: Rendering::Bytes(bytes), ..planned }
    }

    fn given_up(&self, way: Way, state: AcknowledgementState, reason: &str) -> Planned {
        Planned { reason: Some(reason.to_owned()), ..self.receipt(way, state) }
    }

    fn render_mail(
        &self,
        key: &AcknowledgementKey,
        to: &str,
        in_reply_to: Option<&str>,
        references: &[String],
    ) -> Vec<u8> {
        let facts = self.facts;
        let day = facts.answer.arrival_date.to_string();
        let clock = facts.local_time.clock_of(facts.answer.received_at);
        let seen = facts.local_time.day_of(facts.envelope.seen_at);
        let seen_later = (seen > facts.answer.arrival_date).then(|| seen.to_string());
        let proven = seal_once::is_proven(facts.envelope);
        let theirs = seal_once::shown_reference(facts.envelope, facts.sender_reference);
        let code = facts.seal.and_then(|seal| seal.receipt.written_code());
        let reference = key.reference.as_str();
        let document = self.document(reference, theirs);
        let text = wording::text(
            &wording::Receipt {
                reference,
                arrived: (&day, &clock),
                seen_later: seen_later.as_deref(),
                proven,
                attachments: facts.attachments,
                sender_reference: theirs,
                control_code: code.as_deref(),
                check_page: facts.seal.and_then(|seal| seal.check_page),
                contact: facts.contact,
            },
            facts.languages.unwrap_or(&self.config.languages.0),
            facts.promises.text_to_senders(),
        );
        let message_id = format!(
            "{reference}.{}.{}.{}@{}",
            key.recipient.as_str(),
            key.purpose.as_str(),
            key.version,
            self.config.message_id_domain()
        );
        mail::compose(&mail::Letter {
            from: &self.config.from,
            to,
            subject: &wording::subject(reference),
            message_id: &message_id,
            in_reply_to,
            references,
            automatic: match &facts.envelope.reply_to {
                ReplyTo::Mail { .. } => Automatic::Replied,
                ReplyTo::Api { .. }
                | ReplyTo::Files { .. }
                | ReplyTo::Sftp { .. }
                | ReplyTo::Suppressed { .. } => Automatic::Generated,
            },
            date: self.now,
            text: &text,
            document: document.as_ref().map(|(name, json)| (name.as_str(), json.as_slice())),
        })
    }

    /// The receipt for a system: what the text says, and nothing that an open mail must not show.
    fn document(&self, reference: &str, theirs: Option<&str>) -> Option<(String, Vec<u8>)> {
        let facts = self.facts;
        let theirs = theirs.map(|theirs| Masked::new(theirs.to_owned()));
        let receipt = facts
            .machine_readable
            .then(|| ApiReceipt::of(facts.answer, theirs.as_ref(), None, facts.contact))?;
        // Without a key in force it goes out unsealed, as the gateway's log says: it must go the same day.
        let receipt = match facts.seal {
            Some(seal) if seal.receipt.tells_what(&receipt) => seal.receipt.clone(),
            Some(seal) => receipt.sealed(seal.ring, self.now).unwrap_or(receipt),
            None => receipt,
        };
        let json = serde_json::to_vec_pretty(&receipt).ok()?;
        Some((format!("{reference}.kvittens.json"), json))
    }
}

/// Where a mail goes, as it is stored: with the address for bounces and its token, none where the configuration wants an empty return path.
pub(super) fn mail_address(config: &Config, to: String) -> Option<String> {
    let (from, token) = match &config.bounce_address {
        _ if config.null_return_path => (None, None),
        Some(template) => {
            let token = hex::encode(rand::random::<[u8; 12]>());
            (Some(template.replacen(TOKEN, &token, 1)), Some(token))
        }
        None => (Some(config.from.address.clone()), None),
    };
    serde_json::to_string(&MailAddress { from, to, token }).ok()
}

fn key(
    reference: &Reference,
    recipient: Recipient,
    purpose: Purpose,
    way: Way,
) -> AcknowledgementKey {
    AcknowledgementKey { reference: reference.clone(), recipient, purpose, way, version: 0 }
}

#[cfg(test)]
#[path = "plan_tests.rs"]
pub(crate) mod tests;
