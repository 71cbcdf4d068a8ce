//! Why a mailbox cannot be used for now.

use super::imap::ImapError;
use crate::http::oauth::TokenError;

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
            Self::Imap(ImapError::LogIn(_)) => true,
            // Asked too often, too slowly, or broken itself: such a server has not judged who we are.
            Self::Token(TokenError::Refused { status, .. }) => {
                (400..500).contains(status) && ![408, 425, 429].contains(status)
            }
            Self::Imap(_)
            | Self::Token(TokenError::Unreachable(_) | TokenError::Garbled)
            | Self::ReadOnly => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::MailboxError;
    use super::TokenError;

    #[test]
    fn a_token_server_that_is_busy_or_broken_has_refused_nobody() {
        for (status, refused) in
            [(400, true), (401, true), (429, false), (500, false), (503, false)]
        {
            let error = MailboxError::Token(TokenError::Refused { status, code: None });
            assert_eq!(error.is_refused_login(), refused, "{status}");
        }
    }
}
