//! What we tell the sender, Kronofogden and the person, and by when.
//!
//! [`plan()`] says for a stored message which acknowledgements it has and renders them, so that they are stored before anything is
//! sent: a repeat sends the same bytes. The ways out are [`transport`] (mails) and [`mod@deliver`] (receipt files beside a dropped file); the
//! API's answer is a receipt in itself. Everything is due at the end of the local day of arrival, read or not.

pub mod alarm;
pub mod config;
pub mod confirmation;
pub mod day_report;
pub mod deliver;
pub mod digest;
pub mod far_folder;
mod file;
mod header;
pub mod letter_service;
mod mail;
pub mod no_mail;
pub mod plan;
pub mod print;
mod promised;
pub mod receipt;
pub mod receipt_file;
mod receipt_xml;
pub mod seal_once;
mod smtp;
mod smtp_config;
mod smtp_session;
mod smtp_words;
pub mod template;
pub mod transport;
pub mod webhook;
mod wording;
mod xml_writer;

pub use crate::acknowledge::config::Config;
pub use crate::acknowledge::deliver::deliver;
pub use crate::acknowledge::plan::plan;
pub use crate::acknowledge::transport::MailTransport;
pub use crate::acknowledge::transport::OutgoingMail;

use crate::acknowledge::receipt::ApiReceipt;
use crate::domain::acknowledgement::AcknowledgementKey;
use crate::domain::acknowledgement::AcknowledgementState;
use crate::domain::answer::Answer;
use crate::domain::calendar::LocalTime;
use crate::domain::masked::Masked;
use crate::domain::promise::Promises;
use crate::domain::received::Envelope;
use crate::domain::reference::Reference;
use crate::seal::keys::KeyRing;
use jiff::Timestamp;
use serde::Deserialize;
use serde::Serialize;
use std::fmt;
use std::sync::Arc;

/// A text in Swedish and in English.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    /// Swedish.
    pub sv: String,
    /// English.
    pub en: String,
}

/// Whom a sender asks: one telephone and one address on every receipt. The pipeline fills it from the municipality's profile.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Contact {
    /// The municipality, such as "Exempelstads kommun".
    pub organisation: Bilingual,
    /// The board (nämnd) that received the message.
    pub board: String,
    /// The one telephone number.
    pub telephone: String,
    /// The one address for mail.
    pub email: String,
}

/// What is known of a stored message when its acknowledgements are planned.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The answer it got: reference, times, notices.
    pub answer: &'a Answer,
    /// How it came and where its receipt goes.
    pub envelope: &'a Envelope,
    /// How many files came with it.
    pub attachments: usize,
    /// The sender's own reference, told back to proven senders only.
    pub sender_reference: Option<&'a Masked>,
    /// Whom to ask.
    pub contact: &'a Contact,
    /// The municipality's time zone.
    pub local_time: &'a LocalTime,
    /// A repeated drop of the same file: its rows are `duplicate`, with this reference, and only the receipt file is planned.
    pub first_reference: Option<&'a Reference>,
    /// The languages its partner's file asks for; else the configured ones.
    pub languages: Option<&'a [config::Language]>,
    /// Its partner's file asks for receipts by mail that a system can read too: the receipt as JSON in an attachment.
    pub machine_readable: bool,
    /// Its sealed receipt, which is kept with it; `None` where no keys are configured, or nothing is told by mail.
    pub seal: Option<Seal<'a>>,
    /// The sender has had its share of receipts for this hour: this one waits for a digest.
    pub deferred: bool,
    /// Who is told of which notices, by when.
    pub promises: &'a Promises,
}

/// A message's receipt, sealed once: what a mail tells of it is what is kept.
#[derive(Clone, Copy, Debug)]
pub struct Seal<'a> {
    /// The receipt, signed and with its control code.
    pub receipt: &'a ApiReceipt,
    /// With what a copy that tells less is signed.
    pub ring: &'a KeyRing,
    /// The public page where whoever holds it checks it; `None` where the gateway has no public address.
    pub check_page: Option<&'a str>,
}

/// One acknowledgement to store with the message.
#[derive(Clone, Debug)]
pub struct Planned {
    /// Which one it is. The version is 0; a repeated drop gets its number from the store.
    pub key: AcknowledgementKey,
    /// Where it begins: an API receipt is sent with the answer, a suppressed one ends here, all else is pending.
    pub state: AcknowledgementState,
    /// The last second of the day it is for: as a rule the local day of arrival.
    pub due_at: Timestamp,
    /// The hour of that day by which the profile promises it, where it does.
    pub promised_at: Option<Timestamp>,
    /// Why it is suppressed, failed or outstanding: a stable code.
    pub reason: Option<String>,
    /// Where it goes, as JSON of the way's own: [`transport::MailAddress`] or [`deliver::FilesAddress`]. Stored, secret.
    pub address: Option<String>,
    /// What is sent.
    pub rendering: Rendering,
}

/// The bytes of an acknowledgement.
#[derive(Clone)]
pub enum Rendering {
    /// Nothing is rendered: the answer itself is the receipt, or there is no way yet.
    Nothing,
    /// Ready to store and send.
    Bytes(Vec<u8>),
    /// Rendered in the storing transaction, when the running number is drawn.
    Numbered {
        /// Whose counter gives the number: the partner's name.
        counter: String,
        /// Renders the receipt with its number. Pure and quick: it runs inside the writer's transaction.
        render: Arc<dyn Fn(i64) -> Vec<u8> + Send + Sync>,
    },
}

impl fmt::Debug for Rendering {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => f.write_str("Nothing"),
            Self::Bytes(bytes) => write!(f, "Bytes({})", bytes.len()),
            Self::Numbered { counter, .. } => write!(f, "Numbered({counter})"),
        }
    }
}
