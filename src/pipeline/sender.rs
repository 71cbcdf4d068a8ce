//! Who sent a message, as far as it can be told: the partner's file, what vouches for a mail, and what follows for answer and reading.
//!
//! Nobody is turned away here. A sender without a file is unknown and gets reference and arrival time; a mail that its domain disowns is
//! kept, answered as if from a stranger, and given to a person.

use crate::acknowledge::config::Language;
use crate::domain::finding::Finding;
use crate::domain::labels::Labels;
use crate::domain::masked::Masked;
use crate::domain::proof::Verdict;
use crate::domain::received::Channel;
use crate::domain::received::Envelope;
use crate::domain::received::Format;
use crate::domain::received::Received;
use crate::domain::received::ReplyTo;
use crate::mail::mail_headers;
use crate::normalize::Disposition;
use crate::normalize::Reading;
use crate::partners::Partner;
use crate::partners::Partners;
use crate::partners::partner::AgreedFormat;
use crate::partners::partner::Demand;
use crate::partners::partner::ReceiptForm;
use crate::partners::partner::ReceiptLanguage;
use crate::pipeline::Shared;
use jiff::Timestamp;
use std::sync::Arc;

/// What is known of a message's sender.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    /// Its partner, once the door or the proof vouches for it.
    partner: Option<Arc<Partner>>,
    /// What a person or the sender is told about it.
    findings: Vec<Finding>,
    /// A person looks before anything goes on.
    review: bool,
    /// A person looks even at what seems to be no notice.
    rescue: bool,
    /// Its receipt waits for a digest.
    deferred: bool,
    /// The address whose share of receipts it has taken from.
    share: Option<Masked>,
}

/// Completes the envelope with what is known of its sender: partner, proof, and where its receipt goes.
pub(super) async fn recognise(shared: &Shared, received: &mut Received) -> Known {
    let directory = shared.partners.now();
    let envelope = &mut received.envelope;
    let mut known = Known::default();
    match envelope.channel {
        Channel::Api => {
            let client = envelope.sender.partner.as_deref();
            known.partner = client.and_then(|name| directory.by_client(name)).cloned();
            known.agreed(envelope);
        }
        Channel::Folder | Channel::Sftp => {
            let id = envelope.sender.partner.as_deref();
            known.partner = id.and_then(|id| directory.partner(id)).cloned();
            known.agreed(envelope);
        }
        Channel::Maildir | Channel::Mailbox => {
            if let Some(prover) = &shared.prover {
                envelope.sender.proof = Some(prover.prove(&received.raw).await);
            }
            let address = envelope.sender.address.as_ref();
            let claimed = address.and_then(|from| directory.by_address(from.reveal()));
            known.weigh(claimed, envelope);
            known.answer(envelope, &received.raw);
        }
    }
    known
}

/// What was known of a stored message's sender, by the envelope that was kept and the partners' files of now.
pub(super) fn known_again(partners: &Partners, envelope: &Envelope) -> Known {
    let directory = partners.now();
    let mut known = Known::default();
    if envelope.channel.is_mail() {
        let address = envelope.sender.address.as_ref();
        let claimed = address.and_then(|from| directory.by_address(from.reveal()));
        known.weigh(claimed, &mut envelope.clone());
        return known;
    }
    let id = envelope.sender.partner.as_deref();
    known.partner = match envelope.channel {
        Channel::Api => id.and_then(|id| directory.by_client(id)).cloned(),
        Channel::Folder | Channel::Sftp | Channel::Maildir | Channel::Mailbox => {
            id.and_then(|id| directory.partner(id)).cloned()
        }
    };
    known.agreed(envelope);
    known
}

/// How a sender writes, as its partner's file tells.
#[derive(Clone, Debug)]
pub(super) struct Manner(Option<Arc<Partner>>);

impl Manner {
    /// Whether its automatic mail is a notice.
    pub(super) fn robot(&self) -> bool {
        self.0.as_ref().is_some_and(|partner| partner.mail.automatic)
    }

    /// What it calls its columns and lines.
    pub(super) fn labels(&self) -> Option<&Labels> {
        self.0.as_ref().map(|partner| &partner.labels).filter(|labels| !labels.is_empty())
    }
}

impl Known {
    /// How it writes.
    pub(super) fn manner(&self) -> Manner {
        Manner(self.partner.clone())
    }

    /// In which languages it is answered, where its file says.
    pub(super) fn languages(&self) -> Option<Vec<Language>> {
        let languages = &self.partner.as_ref()?.receipts.languages;
        let own = languages.iter().map(|language| match language {
            ReceiptLanguage::Sv => Language::Sv,
            ReceiptLanguage::En => Language::En,
        });
        (!languages.is_empty()).then(|| own.collect())
    }

    /// Whether its system reads its receipts.
    pub(super) fn reads_by_machine(&self) -> bool {
        self.partner.as_ref().is_some_and(|partner| partner.receipts.form == ReceiptForm::Json)
    }

    /// Whether its receipt waits for a digest.
    pub(super) fn deferred(&self) -> bool {
        self.deferred
    }

    /// Takes its share of the hour's receipts to an address; without any left, its receipt waits for a digest.
    pub(super) fn take_share(&mut self, shared: &Shared, to: &Masked, now: Timestamp) {
        let own = self.partner.as_ref().and_then(|partner| partner.limits.receipts_per_hour);
        let per_hour = own.unwrap_or(shared.acknowledge.receipts_per_hour);
        self.deferred = shared.caps.over(to.reveal(), per_hour, now);
        self.share = (!self.deferred).then(|| to.clone());
    }

    /// Gives its share back: nothing was stored that a receipt would tell of.
    pub(super) fn no_receipt(&self, shared: &Shared) {
        if let Some(to) = &self.share {
            shared.caps.give_back(to.reveal());
        }
    }

    /// It reports on another mail: no notice, whoever seems to send it.
    pub(super) fn is_report(&mut self) {
        self.rescue = false;
    }

    /// Something a person must look at.
    pub(super) fn note(&mut self, finding: Finding) {
        self.findings.push(finding);
        self.review = true;
    }

    /// Puts what was noticed about the sender beside each notice.
    pub(super) fn remark(&self, reading: &mut Reading) {
        for read in &mut reading.notices {
            read.notice.findings.extend(self.findings.iter().cloned());
            let no_notice = matches!(read.disposition, Disposition::NotNotice { .. });
            if self.rescue || (self.review && !no_notice) {
                read.disposition = Disposition::NeedsReview;
            }
        }
    }

    /// A mail counts as a partner's when the proof that its file demands is there and mail is agreed with it.
    fn weigh(&mut self, claimed: Option<&Arc<Partner>>, envelope: &mut Envelope) {
        let verdict = envelope.sender.proof.map(|proof| proof.verdict).unwrap_or_default();
        if verdict == Verdict::Forged {
            self.review = true;
            self.findings.push(Finding::warning(
                "sender.forged",
                "/sender",
                "The domain that the mail names as its own says that such a mail is not from there.",
            ));
            return;
        }
        let Some(partner) = claimed else { return };
        if !partner.may_use(envelope.channel) {
            self.findings.push(Finding::info(
                "sender.doorNotAgreed",
                "/sender",
                "The partner does not send by mail; the sender is taken as unknown.",
            ));
            return;
        }
        if partner.mail.proof == Demand::Required && verdict != Verdict::Proven {
            // Its robot's mail would be no notice without the proof: a person must see it.
            self.rescue = partner.mail.automatic;
            self.findings.push(Finding::info(
                "sender.unproven",
                "/sender",
                "The mail bears a partner's address, and nothing proves that it is from there.",
            ));
            return;
        }
        envelope.sender.partner = Some(partner.id.clone());
        self.partner = Some(Arc::clone(partner));
    }

    /// Its file may say that its system sends as a machine, and where its receipts go.
    fn answer(&self, envelope: &mut Envelope, raw: &[u8]) {
        let Some(partner) = &self.partner else { return };
        let wanted = partner.receipts.to.clone();
        match &mut envelope.reply_to {
            ReplyTo::Mail { to, .. } => {
                if let Some(wanted) = wanted {
                    *to = wanted;
                }
            }
            ReplyTo::Suppressed { reason } if partner.mail.automatic && of_a_system(reason) => {
                let headers = mail_headers(raw);
                let from = headers.reply_target().cloned();
                if let Some(to) = wanted.or(from) {
                    let mut references = headers.references;
                    references.extend(headers.message_id.clone());
                    envelope.reply_to =
                        ReplyTo::Mail { to, in_reply_to: headers.message_id, references };
                }
            }
            ReplyTo::Suppressed { .. }
            | ReplyTo::Api { .. }
            | ReplyTo::Files { .. }
            | ReplyTo::Sftp { .. } => {}
        }
    }

    /// What the door knows is compared with what was agreed; nothing is refused for it.
    fn agreed(&mut self, envelope: &Envelope) {
        let Some(partner) = &self.partner else { return };
        if !partner.may_use(envelope.channel) {
            self.review = true;
            self.findings.push(Finding::warning(
                "sender.doorNotAgreed",
                "/sender",
                "The partner's file does not name this way of sending; a person looks.",
            ));
        }
        let format = match envelope.format {
            Format::Json => AgreedFormat::Json,
            Format::Xml => AgreedFormat::Xml,
            Format::Csv => AgreedFormat::Csv,
            Format::Mail
            | Format::Pdf
            | Format::Docx
            | Format::Xlsx
            | Format::Zip
            | Format::Other => AgreedFormat::Text,
        };
        if partner.formats.as_ref().is_some_and(|formats| !formats.contains(&format)) {
            self.review = true;
            self.findings.push(Finding::warning(
                "sender.formatNotAgreed",
                "",
                "The partner's file does not name this format; a person looks.",
            ));
        }
    }
}

/// Whether a property system can send such mail. Reports on other mail and our own mail are never a system's notices.
fn of_a_system(reason: &str) -> bool {
    matches!(reason, "autoSubmitted" | "bulk" | "mailingList" | "nullReturnPath")
}
