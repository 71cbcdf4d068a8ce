//! `[acknowledge]`: from whom and by what way receipts go out by mail, and how often a failed one is tried again.
//!
//! Passwords are [`Masked`](crate::domain::masked::Masked): neither `Debug` nor an error shows them.

use crate::acknowledge::confirmation;
pub use crate::acknowledge::confirmation::config::ConfirmationWay;
pub use crate::acknowledge::confirmation::config::EnforcementAuthority;
use crate::acknowledge::header;
pub use crate::acknowledge::smtp_config::SmtpConfig;
use crate::domain::retry::RetryPolicy;
use jiff::SignedDuration;
use serde::Deserialize;
use std::path::PathBuf;

/// What stands for the random token in [`Config::bounce_address`].
pub const TOKEN: &str = "{token}";

/// How receipts go out. Without the section nothing is mailed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Who writes: `from = { address = "kvittens@example.se", name = "Exempelstads kommun" }`.
    pub from: Mailbox,
    /// Envelope sender with a random token, such as `bounce+{token}@example.se`; mail to it is read for bounces and never answered.
    pub bounce_address: Option<String>,
    /// Send with an empty envelope sender instead: then nobody sees bounces.
    pub null_return_path: bool,
    /// By what way mails go: `smtp`, `file` or `none`.
    pub transport: TransportKind,
    /// The mail server of `transport = "smtp"`.
    pub smtp: SmtpConfig,
    /// The folder of `transport = "file"`.
    pub file: FileConfig,
    /// In which languages the mails are written, one after the other.
    pub languages: Languages,
    /// When a mail or receipt file that failed for now is tried again.
    pub retry: RetryPolicy,
    /// Receipts that one address gets in answer to its mails within an hour; what is beyond is joined into one mail the same day.
    pub receipts_per_hour: u32,
    /// How long the first of these waits for others, such as `"1h"`. Before midnight nothing waits.
    pub digest_after: SignedDuration,
    /// By what ways Kronofogden's confirmations go.
    pub enforcement_authority: EnforcementAuthority,
    /// Right-hand side of the Message-IDs; the domain of `from.address` when absent.
    pub message_id_domain: Option<String>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            from: Mailbox::default(),
            bounce_address: None,
            null_return_path: false,
            transport: TransportKind::default(),
            smtp: SmtpConfig::default(),
            file: FileConfig::default(),
            languages: Languages::default(),
            retry: RetryPolicy::default(),
            receipts_per_hour: 60,
            digest_after: SignedDuration::from_hours(1),
            enforcement_authority: EnforcementAuthority::default(),
            message_id_domain: None,
        }
    }
}

/// A mail address with the name shown beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mailbox {
    /// The address.
    pub address: String,
    /// The name shown.
    #[serde(default)]
    pub name: Option<String>,
}

/// The ways by which mails can go out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TransportKind {
    /// To a mail server.
    Smtp,
    /// As `.eml` files into a folder: the demo and test runs.
    File,
    /// Not at all: a receipt that should go by mail stays outstanding and is shown so.
    #[default]
    None,
}

/// A language of the mails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Swedish.
    Sv,
    /// English.
    En,
}

/// The languages of the mails in their order.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Languages(pub Vec<Language>);

impl Default for Languages {
    fn default() -> Self {
        Self(vec![Language::Sv, Language::En])
    }
}

/// How the connection to the mail server is secured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Security {
    /// TLS from the first byte (port 465).
    Tls,
    /// STARTTLS, demanded (port 587).
    #[default]
    Starttls,
    /// In the clear: for a server on the same host.
    None,
}

/// Mails as files.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FileConfig {
    /// Folder for the `.eml` files; made when missing.
    pub dir: PathBuf,
}

/// What `check` says about a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The key, such as `acknowledge.smtp.host`.
    pub key: String,
    /// What is wrong and what to do.
    pub message: String,
    /// False for a mere notice: the program runs, and somebody should know.
    pub fatal: bool,
}

impl Config {
    /// Everything wrong or worth knowing about these keys, all at once. Opens nothing.
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Faults(Vec::new());
        self.retry_faults(&mut faults);
        confirmation::config::faults(self, &mut faults);
        if self.transport == TransportKind::None {
            return faults.0;
        }
        self.sender_faults(&mut faults);
        match self.transport {
            TransportKind::Smtp => self.smtp.faults(&mut faults),
            TransportKind::File if self.file.dir.as_os_str().is_empty() => {
                faults.fatal("file.dir", "Name the folder where mails are written as files.");
            }
            TransportKind::File | TransportKind::None => {}
        }
        faults.0
    }

    /// The right-hand side of Message-IDs.
    pub fn message_id_domain(&self) -> &str {
        match &self.message_id_domain {
            Some(domain) => domain,
            None => self.from.address.rsplit_once('@').map_or("localhost", |(_, domain)| domain),
        }
    }

    fn retry_faults(&self, faults: &mut Faults) {
        if self.retry.attempts == 0 {
            faults.fatal("retry.attempts", "At least one attempt is needed.");
        }
        if self.retry.first <= SignedDuration::ZERO || self.retry.longest < self.retry.first {
            faults.fatal("retry.first", "Must be longer than nothing and not above retry.longest.");
        }
    }

    fn sender_faults(&self, faults: &mut Faults) {
        if header::mailbox(&self.from.address).as_deref() != Some(self.from.address.as_str()) {
            faults
                .fatal("from.address", "Give one plain mail address, such as kvittens@example.se.");
        }
        if self.languages.0.is_empty() {
            faults.fatal("languages", "Name at least one of \"sv\" and \"en\".");
        }
        if header::message_id(&format!("a@{}", self.message_id_domain())).is_none() {
            faults.fatal("message_id_domain", "Must be a plain domain name.");
        }
        match (&self.bounce_address, self.null_return_path) {
            (Some(template), false) => {
                let sample = template.replacen(TOKEN, "0", 1);
                if !template.contains(TOKEN) || header::mailbox(&sample).as_ref() != Some(&sample) {
                    faults.fatal(
                        "bounce_address",
                        "Must be one mail address with {token} in it, such as bounce+{token}@example.se.",
                    );
                }
            }
            (Some(_), true) => faults.fatal(
                "null_return_path",
                "A bounce address and an empty return path exclude each other: remove one.",
            ),
            (None, true) => faults.notice(
                "null_return_path",
                "Mails leave with an empty return path: that one bounced cannot be seen.",
            ),
            (None, false) => faults.fatal(
                "bounce_address",
                "Name the address for bounces, such as bounce+{token}@example.se, or set null_return_path = true.",
            ),
        }
    }
}

/// Collects faults under `acknowledge.`.
pub(super) struct Faults(Vec<Fault>);

impl Faults {
    pub(super) fn fatal(&mut self, key: &str, message: &str) {
        self.push(key, message, true);
    }

    pub(super) fn notice(&mut self, key: &str, message: &str) {
        self.push(key, message, false);
    }

    fn push(&mut self, key: &str, message: &str, fatal: bool) {
        self.0.push(Fault {
            key: format!("acknowledge.{key}"),
            message: message.to_owned(),
            fatal,
        });
    }
}

#[cfg(test)]
#[path = "config_tests.rs"]
mod tests;
