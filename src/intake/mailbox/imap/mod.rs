//! IMAP4rev1 (RFC 3501) as far as a mailbox of notices needs it: log in, list, fetch without marking, mark or move, wait for news.
//!
//! Written for servers as they are. What is not understood is skipped, not fatal; a mail's length is known before its bytes are kept,
//! so that no server can make us hold more than we asked for; no wait is without an end; and no word of a server's free text ever
//! reaches a log, since servers quote addresses and subjects there. Only the codes in square brackets are told.

mod command;
mod connect;
mod fetched;
mod login;
mod mails;
mod response;
mod session;
mod tls;
mod token;
mod uid_set;
mod utf7;
mod wire;

pub(super) use connect::Begin;
pub(super) use connect::Server;
pub(super) use fetched::Body;
pub(super) use fetched::Fetched;
pub(super) use login::Login;
pub(super) use mails::Selected;
pub(super) use session::Session;
pub(super) use tls::trust;
pub(super) use utf7::encode as folder_name;
pub(super) use wire::Keep;

use std::io;

/// Why talking to a mail server failed. No text here holds what the server wrote, but for its response codes.
#[derive(Debug, thiserror::Error)]
pub(super) enum ImapError {
    /// No connection came about.
    #[error("cannot connect to the mail server: {0}")]
    Connect(#[source] io::Error),
    /// The server's certificate is not trusted, or it does not speak TLS.
    #[error("no TLS connection to the mail server: {0}")]
    Tls(#[source] io::Error),
    /// Nothing came in time.
    #[error("the mail server did not answer in time")]
    Silent,
    /// The connection broke.
    #[error("the connection to the mail server broke: {0}")]
    Broken(#[source] io::Error),
    /// The server hung up, with its reason where it gave one.
    #[error("the mail server ended the connection{}", told(.0))]
    Ended(Option<String>),
    /// The server said NO or BAD.
    #[error("the mail server refused {what}{}", told(.code))]
    Refused {
        /// The command.
        what: &'static str,
        /// The response code, such as `TRYCREATE`.
        code: Option<String>,
    },
    /// User name, password or token were not accepted.
    #[error("the mail server refused the log-in{}", told(.0))]
    LogIn(Option<String>),
    /// The server cannot do what we need.
    #[error("the mail server {0}")]
    Unable(&'static str),
    /// The server does not keep to the protocol.
    #[error("the mail server does not speak IMAP as expected: {0}")]
    Garbled(&'static str),
}

impl ImapError {
    /// Whether the connection can go on being used.
    pub(super) fn leaves_connection(&self) -> bool {
        match self {
            Self::Refused { .. } | Self::Unable(_) => true,
            Self::Connect(_)
            | Self::Tls(_)
            | Self::Silent
            | Self::Broken(_)
            | Self::Ended(_)
            | Self::LogIn(_)
            | Self::Garbled(_) => false,
        }
    }
}

fn told(code: &Option<String>) -> String {
    code.as_ref().map(|code| format!(" ({code})")).unwrap_or_default()
}
