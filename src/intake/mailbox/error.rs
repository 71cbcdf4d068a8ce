//! Why a mailbox cannot be used for now.

use super::imap::ImapError;
use super::oauth::TokenError;

/// What ends a session, or keeps one from beginning.
#[derive(Debug, thiserror::Error)]
pub(super) enum MailboxError {
    /// The mail server.
    #[error(transparent)]
    Imap(#[from] ImapError),
    /// The token server.
    #[error(transparent)]
    Token(#[from] TokenError),
    /// We may look and not touch.
    #[error("the folder may only be read: mails in it cannot be settled")]
    ReadOnly,
}

impl MailboxError {
    /// Whether trying again soon may do harm: accounts are locked after a few wrong passwords.
    pub(super) fn is_refused_login(&self) -> bool {
        match self {
            Self::Imap(ImapError::LogIn(_)) | Self::Token(TokenError::Refused { .. }) => true,
            Self::Imap(_)
            | Self::Token(TokenError::Unreachable(_) | TokenError::Garbled)
            | Self::ReadOnly => false,
        }
    }
}
