//! Logging in: by password (PLAIN, else LOGIN) or by an access token (XOAUTH2). Neither is ever part of an error.

use super::ImapError;
use super::Keep;
use super::Session;
use super::command::line;
use super::command::quoted;
use super::response::Response;
use super::response::Status;
use crate::domain::masked::Masked;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Who we are, and how we show it.
pub(in crate::intake::mailbox) enum Login {
    /// A password.
    Password {
        /// User name.
        username: Masked,
        /// Password.
        password: Masked,
    },
    /// An access token of OAuth 2.
    Token {
        /// The mailbox's address.
        username: Masked,
        /// The token.
        token: Masked,
    },
}

impl Login {
    /// Logs a session in.
    pub(super) async fn begin(&self, session: &mut Session) -> Result<(), ImapError> {
        match self {
            Self::Password { username, password } if session.can("AUTH=PLAIN") => {
                let message = format!("\0{}\0{}", username.reveal(), password.reveal());
                authenticate(session, "PLAIN", &message).await
            }
            Self::Password { .. } if session.can("LOGINDISABLED") => {
                Err(ImapError::Unable("takes no password on this connection"))
            }
            Self::Password { username, password } => {
                let (username, password) = (quoted(username.reveal()), quoted(password.reveal()));
                let command = line(&["LOGIN", &username, &password]);
                refused(session.ask("the log-in", &command, |_| {}).await.map(drop))
            }
            Self::Token { username, token } => {
                let bearer =
                    format!("user={}\x01auth=Bearer {}\x01\x01", username.reveal(), token.reveal());
                authenticate(session, "XOAUTH2", &bearer).await
            }
        }
    }
}

/// SASL with one message of ours (RFC 4954's kin; initial response by RFC 4959 where the server takes it).
async fn authenticate(
    session: &mut Session,
    mechanism: &str,
    message: &str,
) -> Result<(), ImapError> {
    let message = STANDARD.encode(message);
    let at_once = session.can("SASL-IR");
    let command = match at_once {
        true => line(&["AUTHENTICATE", mechanism, &message]),
        false => line(&["AUTHENTICATE", mechanism]),
    };
    let tag = session.send(&command).await?;
    let mut sent = at_once;
    for _ in 0..16 {
        match session.hear(&mut Keep::little()).await? {
            Response::Continue => {
                // A second challenge tells in JSON why the token was refused; an empty line lets the server say NO.
                let answer = if sent { "" } else { message.as_str() };
                sent = true;
                session.wire.write(format!("{answer}\r\n").as_bytes()).await?;
            }
            Response::Done { tag: of, status, code } if of == tag => {
                let code = code.and_then(|code| code.shown());
                return match status {
                    Status::Ok => Ok(()),
                    Status::No | Status::Bad | Status::Bye | Status::PreAuth => {
                        refused(Err(ImapError::Refused { what: "the log-in", code }))
                    }
                };
            }
            _ => {}
        }
    }
    Err(ImapError::Garbled("no end to the log-in"))
}

/// A server that is only busy has not refused us.
fn refused(done: Result<(), ImapError>) -> Result<(), ImapError> {
    const BUSY: &[&str] = &["UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG", "CONTACTADMIN"];
    match done {
        Err(ImapError::Refused { code: Some(code), .. }) if BUSY.contains(&code.as_str()) => {
            Err(ImapError::Ended(Some(code)))
        }
        Err(ImapError::Refused { code, .. }) => Err(ImapError::LogIn(code)),
        other => other,
    }
}
