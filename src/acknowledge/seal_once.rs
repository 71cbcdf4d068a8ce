//! The receipt of a message that is told by mail: sealed once, when the message is committed, so that the code in the mail, the file attached to it
//! and the receipt that is kept as proof are of one piece.

use crate::acknowledge::Contact;
use crate::acknowledge::config::Config;
use crate::acknowledge::config::TransportKind;
use crate::acknowledge::receipt::ApiReceipt;
use crate::acknowledge::wording;
use crate::domain::answer::Answer;
use crate::domain::masked::Masked;
use crate::domain::received::Channel;
use crate::domain::received::Envelope;
use crate::domain::received::ReplyTo;
use crate::seal::keys::KeyRing;
use jiff::Timestamp;

/// The facts of a message that its receipt may tell.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// How it came and where its receipt goes.
    pub envelope: &'a Envelope,
    /// The answer it got.
    pub answer: &'a Answer,
    /// The sender's own reference.
    pub sender_reference: Option<&'a Masked>,
    /// The case number that the sender gave, when the message is one notice.
    pub case_number: Option<&'a Masked>,
    /// Whom to ask.
    pub contact: &'a Contact,
}

/// The sealed receipt of a message that is told by mail; `None` where none goes by mail, or no key is in force.
///
/// Who came by mail can fetch nothing: its receipt tells what an open mail may. Others fetch it themselves, and get all of it.
pub fn sealed(
    config: &Config,
    facts: &Facts<'_>,
    ring: &KeyRing,
    now: Timestamp,
) -> Option<ApiReceipt> {
    if config.transport == TransportKind::None || !goes_by_mail(&facts.envelope.reply_to) {
        return None;
    }
    let shown = shown_reference(facts.envelope, facts.sender_reference);
    let shown = shown.map(|theirs| Masked::new(theirs.to_owned()));
    let (theirs, number) = match facts.envelope.channel {
        Channel::Maildir | Channel::Mailbox => (shown.as_ref(), None),
        Channel::Api | Channel::Folder | Channel::Sftp => {
            (facts.sender_reference, facts.case_number)
        }
    };
    ApiReceipt::of(facts.answer, theirs, number, facts.contact).sealed(ring, now).ok()
}

fn goes_by_mail(reply_to: &ReplyTo) -> bool {
    match reply_to {
        ReplyTo::Mail { .. } => true,
        ReplyTo::Api { mail_to } => mail_to.is_some(),
        ReplyTo::Files { mail_to, .. } | ReplyTo::Sftp { mail_to, .. } => mail_to.is_some(),
        ReplyTo::Suppressed { .. } => false,
    }
}

/// API clients and partners' folders are known by their key and their folder; a mail when it is a partner's and its domain vouches.
pub(super) fn is_proven(envelope: &Envelope) -> bool {
    match envelope.channel {
        Channel::Api | Channel::Folder | Channel::Sftp => true,
        Channel::Maildir | Channel::Mailbox => {
            envelope.sender.partner.is_some() && envelope.sender.proven()
        }
    }
}

/// The sender's own reference as far as a mail to it may show it.
pub(super) fn shown_reference<'a>(
    envelope: &Envelope,
    theirs: Option<&'a Masked>,
) -> Option<&'a str> {
    let theirs = theirs.filter(|_| is_proven(envelope))?;
    wording::showable_reference(theirs.reveal())
}
