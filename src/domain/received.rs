//! A message as it came through a door, before anyone has read it (Envelope Wrapper).
//!
//! A message is a mail, a file or a request. Its bytes are the evidence: they are stored exactly as they came, and everything
//! we know about how they came stands in the [`Envelope`] around them.

use crate::domain::masked::Masked;
use crate::domain::proof::Proof;
use crate::domain::proof::Verdict;
use crate::domain::reference::Reference;
use bytes::Bytes;
use jiff::Timestamp;
use serde::Deserialize;
use serde::Serialize;
use std::fmt;

/// One message: the envelope we put around it and the bytes as they came.
#[derive(Clone, Debug)]
pub struct Received {
    /// How, when and from whom it came.
    pub envelope: Envelope,
    /// The bytes, unchanged. Doors refuse above their limit before reading on, so this is bounded.
    pub raw: Bytes,
}

/// Everything known about how a message came.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Envelope {
    /// The kind of door.
    pub channel: Channel,
    /// What makes two deliveries the same message.
    pub source_key: SourceKey,
    /// What makes two deliveries the same *delivery*: a file's inode and time, a mail file's unique name. A message that comes again
    /// with the same occurrence was interrupted between commit and settling; with another one it was sent again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occurrence: Option<String>,
    /// Who sent it, as far as the door can prove.
    pub sender: Sender,
    /// Where its receipt goes.
    pub reply_to: ReplyTo,
    /// What the bytes are said or seen to be.
    pub format: Format,
    /// The file's name where there is one. Senders put names of persons there: masked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_name: Option<Masked>,
    /// An earlier message that this one continues: a file that grew after it was taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub continues: Option<Reference>,
    /// An earlier notice or message of the same sender's that this one adds to or takes back, by the address it was sent to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaks_of: Option<SpeaksOf>,
    /// When it reached the municipality (förvaltningslagen 22 §), which is not when we looked.
    pub received_at: Timestamp,
    /// When this gateway first saw it.
    pub seen_at: Timestamp,
}

/// Which earlier notice a message was sent about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SpeaksOf {
    /// The earlier one: a notice, or the message that held it.
    pub reference: Reference,
    /// Whether it takes it back; else it adds to it.
    pub withdraws: bool,
}

/// The kinds of door. The word is stable: metrics, reports and the queue's body use it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Channel {
    /// HTTP API.
    Api,
    /// Drop folder on a local or mounted disk.
    Folder,
    /// Mail in a Maildir.
    Maildir,
    /// Drop folder on a server that is reached by SFTP.
    Sftp,
    /// Mail in a mailbox on a mail server (IMAP).
    Mailbox,
}

impl Channel {
    /// The stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Folder => "folder",
            Self::Maildir => "maildir",
            Self::Sftp => "sftp",
            Self::Mailbox => "mailbox",
        }
    }
}

impl Channel {
    /// Whether mails come through doors of this kind.
    pub fn is_mail(self) -> bool {
        match self {
            Self::Maildir | Self::Mailbox => true,
            Self::Api | Self::Folder | Self::Sftp => false,
        }
    }
}

impl fmt::Display for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The Idempotent Receiver's key: the same door, the same proven sender, the same key mean the same message.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SourceKey {
    /// The configured door, such as `api` or `folder:demo`.
    pub door: String,
    /// The proven sender: an API client, a partner's folder. Empty where nothing is proven; then the key alone decides.
    pub sender: String,
    /// Idempotency-Key, Message-ID with digest, or digest alone, each with its own prefix.
    pub key: String,
}

impl fmt::Debug for SourceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SourceKey({})", self.door)
    }
}

/// Who sent a message.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Sender {
    /// The partner or API client that the door knows it as; `None` for an unknown sender.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner: Option<String>,
    /// The address it wrote from. What vouches for it stands in `proof`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Masked>,
    /// What vouches for the author's domain of a mail; `None` where the door knows its senders, or nobody asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<Proof>,
}

impl Sender {
    /// Whether the author's domain vouches for a mail.
    pub fn proven(&self) -> bool {
        self.proof.is_some_and(|proof| proof.verdict == Verdict::Proven)
    }
}

/// Return Address: where the receipt goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "way")]
pub enum ReplyTo {
    /// The answer to the request is the receipt; `mail_to` adds a mail where the client's registration says so.
    #[serde(rename_all = "camelCase")]
    Api {
        /// Also send a receipt by mail to this address, with the sender's own reference in it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        mail_to: Option<Masked>,
    },
    /// A mail.
    #[serde(rename_all = "camelCase")]
    Mail {
        /// Where it goes.
        to: Masked,
        /// The Message-ID it answers (without angle brackets).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        in_reply_to: Option<String>,
        /// The References of the mail it answers, oldest first (without angle brackets).
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        references: Vec<String>,
    },
    /// Receipt files in a folder.
    #[serde(rename_all = "camelCase")]
    Files {
        /// The partner's receipts folder.
        folder: std::path::PathBuf,
        /// The partner, whose receipts are numbered.
        partner: String,
        /// Also send a receipt by mail to this address.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        mail_to: Option<Masked>,
    },
    /// Receipt files on the server that the file came from.
    #[serde(rename_all = "camelCase")]
    Sftp {
        /// The configured door: it knows the server, the login and the folder.
        door: String,
        /// The partner, whose receipts are numbered.
        partner: String,
        /// Also send a receipt by mail to this address.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        mail_to: Option<Masked>,
    },
    /// No answer is sent: automatic mail, bounces, ourselves. The reason is recorded and shown.
    #[serde(rename_all = "camelCase")]
    Suppressed {
        /// Stable code, such as `autoSubmitted` or `nullReturnPath`.
        reason: String,
    },
}

/// What the bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Format {
    /// JSON notices (schemas/notice.v1.schema.json).
    Json,
    /// XML notices (schemas/notice.v1.xsd).
    Xml,
    /// One notice a row.
    Csv,
    /// RFC 5322 mail.
    Mail,
    /// Portable Document Format.
    Pdf,
    /// A letter of Word's kind.
    Docx,
    /// A workbook of Excel's kind.
    Xlsx,
    /// A zip archive of documents.
    Zip,
    /// Something else: kept, acknowledged, read by a person.
    Other,
}

impl Format {
    /// The formats that are read in a process of their own.
    pub const DOCUMENTS: [Self; 4] = [Self::Pdf, Self::Docx, Self::Xlsx, Self::Zip];

    /// The stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Xml => "xml",
            Self::Csv => "csv",
            Self::Mail => "mail",
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Zip => "zip",
            Self::Other => "other",
        }
    }

    /// The media type under which the original is handed on.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Xml => "application/xml",
            Self::Csv => "text/csv",
            Self::Mail => "message/rfc822",
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Zip => "application/zip",
            Self::Other => "application/octet-stream",
        }
    }
}
