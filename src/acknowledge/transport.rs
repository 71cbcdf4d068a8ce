//! The ways a mail goes out: a mail server or, for the demo, files.
//!
//! A mail is sent from its stored bytes and address only, so that every repeat is the same mail with the same Message-ID: what failed
//! as uncertain may be sent again (at least once), and the recipient's mail program shows it as one.

use crate::acknowledge::config::Config;
use crate::acknowledge::config::TransportKind;
use crate::acknowledge::file::FileTransport;
use crate::acknowledge::smtp::SmtpTransport;
use crate::domain::failure::Failure;
use async_trait::async_trait;
use bytes::Bytes;
use serde::Deserialize;
use serde::Serialize;
use std::fmt;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use thiserror::Error;

/// Something that takes mails on their way.
#[async_trait]
pub trait MailTransport: Send + Sync {
    /// Hands over one mail and returns what to keep as evidence: the server's answer to the mail, or the file. Dropping the future
    /// leaves it open whether the mail went out. [`Failure::Uncertain`]: it may have gone out; the same bytes may be sent again.
    async fn send(&self, mail: &OutgoingMail) -> Result<String, Failure>;

    /// Whether mails could be handed over now: connects and logs in, sends nothing. For `check` and readiness.
    async fn probe(&self) -> Result<(), Failure>;
}

/// Where a mail goes: stored as JSON beside its bytes, and secret.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MailAddress {
    /// Envelope sender, where bounces go; none by configuration only.
    #[serde(default)]
    pub from: Option<String>,
    /// Envelope recipient.
    pub to: String,
    /// The random token inside `from`, by which a bounce finds its acknowledgement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
}

/// A rendered mail with its envelope. `Debug` shows its size only.
#[derive(Clone)]
pub struct OutgoingMail {
    /// Envelope sender; an empty one when `None`.
    pub from: Option<String>,
    /// Envelope recipient.
    pub to: String,
    /// The mail.
    pub bytes: Bytes,
}

impl OutgoingMail {
    /// From what was stored. Permanent when the address is not one of ours.
    pub fn from_stored(address_json: &str, bytes: impl Into<Bytes>) -> Result<Self, Failure> {
        let Ok(address) = serde_json::from_str::<MailAddress>(address_json) else {
            return Err(Failure::Permanent("the stored mail address cannot be read".to_owned()));
        };
        Ok(Self { from: address.from, to: address.to, bytes: bytes.into() })
    }
}

impl fmt::Debug for OutgoingMail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OutgoingMail({} bytes)", self.bytes.len())
    }
}

/// Why a transport could not be set up. Nothing is connected yet: these are faults of the configuration.
#[derive(Debug, Error)]
pub enum TransportError {
    /// A file that a key names cannot be read.
    #[error("cannot read the file that {key} names, {}", path.display())]
    File {
        /// The configuration key.
        key: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The authorities' certificates cannot be used.
    #[error("cannot use the certificates for the mail server ({key})")]
    Tls {
        /// The configuration key.
        key: &'static str,
        /// Why.
        #[source]
        source: lettre::transport::smtp::Error,
    },
}

/// The configured transport; `None` where none is configured. Reads certificates and passwords, connects nowhere. Needs a Tokio runtime only when sending.
pub fn open(config: &Config) -> Result<Option<Arc<dyn MailTransport>>, TransportError> {
    Ok(match config.transport {
        TransportKind::Smtp => Some(Arc::new(SmtpTransport::open(&config.smtp)?)),
        TransportKind::File => Some(Arc::new(FileTransport::open(&config.file)?)),
        TransportKind::None => None,
    })
}

#[cfg(test)]
mod tests {
    use super::OutgoingMail;
    use bytes::Bytes;

    #[test]
    fn a_stored_address_is_read_and_never_shown() {
        let json = r#"{"from":"bounce+1@example.se","to":"hyra@example.com","token":"1"}"#;
        let mail = OutgoingMail::from_stored(json, Bytes::from_static(b"x")).unwrap();
        assert_eq!(
            (mail.from.as_deref(), mail.to.as_str()),
            (Some("bounce+1@example.se"), "hyra@example.com")
        );
        assert_eq!(format!("{mail:?}"), "OutgoingMail(1 bytes)");
        let null = OutgoingMail::from_stored(r#"{"from":null,"to":"a@b.se"}"#, Bytes::new());
        assert_eq!(null.unwrap().from, None);
        let wrong = OutgoingMail::from_stored("{\"to\":1}", Bytes::new()).unwrap_err();
        assert_eq!(wrong.class(), "permanent");
    }
}
