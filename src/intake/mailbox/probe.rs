//! `kvittens check`: opens the mailbox as the door would, and tells what is wrong with its key.

use super::Config;
use super::config::After;
use super::door::Access;
use super::error::MailboxError;
use super::imap::ImapError;
use super::imap::Session;
use super::look::on_the_wire;
use crate::http::oauth::TokenError;

/// What is wrong with a mailbox.
#[derive(Debug, thiserror::Error)]
#[error("{text}")]
pub struct Problem {
    /// The key to mend, such as `password_file`.
    pub key: &'static str,
    /// What is wrong.
    pub text: String,
}

impl Problem {
    fn new(key: &'static str, text: impl ToString) -> Self {
        Self { key, text: text.to_string() }
    }
}

/// Connects, logs in, opens every folder, and makes those that mails are moved to.
pub async fn probe(config: &Config) -> Result<(), Problem> {
    let access = Access::open(config).map_err(|(key, why)| Problem::new(key, why))?;
    let (mut session, _) =
        access.session().await.map_err(|why| Problem::new(key_of(config, &why), why))?;
    let checked = folders(config, &mut session).await;
    session.log_out().await;
    checked
}

async fn folders(config: &Config, session: &mut Session) -> Result<(), Problem> {
    let separator = session.separator().await.map_err(|why| Problem::new("host", why))?;
    if config.after == After::Move {
        for (key, folder) in
            [("done_folder", &config.done_folder), ("failed_folder", &config.failed_folder)]
        {
            let name = on_the_wire(folder, separator);
            if session.has(&name).await.is_err() {
                session.create(&name).await.map_err(|why| Problem::new(key, why))?;
            }
        }
    }
    for folder in &config.folders {
        let name = on_the_wire(folder, separator);
        let selected = session.select(&name).await.map_err(|why| Problem::new("folders", why))?;
        if selected.read_only {
            return Err(Problem::new("folders", MailboxError::ReadOnly));
        }
    }
    Ok(())
}

/// Which key to mend.
fn key_of(config: &Config, why: &MailboxError) -> &'static str {
    let secret = match (&config.oauth, &config.password_file) {
        (Some(_), _) => "oauth",
        (None, Some(_)) => "password_file",
        (None, None) => "password",
    };
    match why {
        MailboxError::Imap(ImapError::LogIn(_)) => secret,
        MailboxError::Imap(ImapError::Tls(_)) => "ca_file",
        MailboxError::Imap(ImapError::Unable(_)) => "security",
        MailboxError::Imap(
            ImapError::Connect(_)
            | ImapError::Silent
            | ImapError::Broken(_)
            | ImapError::Ended(_)
            | ImapError::Refused { .. }
            | ImapError::Garbled(_),
        ) => "host",
        MailboxError::Token(TokenError::Refused { .. }) => "oauth",
        MailboxError::Token(TokenError::Unreachable(_) | TokenError::Garbled) => "oauth.token_url",
        MailboxError::ReadOnly => "folders",
    }
}
