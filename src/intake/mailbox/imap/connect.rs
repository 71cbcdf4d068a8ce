//! From a host's name to a session that is logged in.

use super::ImapError;
use super::Keep;
use super::Login;
use super::Session;
use super::response::Response;
use super::response::Status;
use super::tls;
use super::wire::Stream;
use super::wire::Wire;
use rustls::ClientConfig;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::timeout;

/// A mail server and how it is reached.
pub(in crate::intake::mailbox) struct Server {
    pub(in crate::intake::mailbox) host: String,
    pub(in crate::intake::mailbox) port: u16,
    /// TLS from the first byte, or after STARTTLS; `None`: in the clear.
    pub(in crate::intake::mailbox) tls: Option<(Begin, Arc<ClientConfig>)>,
    /// The longest silence.
    pub(in crate::intake::mailbox) patience: Duration,
}

/// When TLS begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::intake::mailbox) enum Begin {
    /// With the first byte.
    AtOnce,
    /// After STARTTLS, without which nothing more is said.
    AfterStartTls,
}

impl Server {
    /// Connects and logs in.
    pub(in crate::intake::mailbox) async fn session(
        &self,
        login: &Login,
    ) -> Result<Session, ImapError> {
        let mut session = match timeout(self.patience, self.connect()).await {
            Ok(connected) => connected?,
            Err(_) => return Err(ImapError::Silent),
        };
        if greeting(&mut session).await? == Status::PreAuth {
            // Such a server knows us by other means; STARTTLS is then forbidden (RFC 9051 section 7.1.4).
            return match &self.tls {
                Some((Begin::AfterStartTls, _)) => {
                    Err(ImapError::Unable("begins without TLS and does not let us begin it"))
                }
                Some((Begin::AtOnce, _)) | None => Ok(session),
            };
        }
        if let Some((Begin::AfterStartTls, config)) = &self.tls {
            session = self.start_tls(session, config).await?;
        }
        if session.capabilities.is_empty() {
            session.ask("its capabilities", "CAPABILITY", |_| {}).await?;
        }
        login.begin(&mut session).await?;
        // They differ before and after the log-in, and not every server says so by itself.
        session.capabilities.clear();
        session.ask("its capabilities", "CAPABILITY", |_| {}).await?;
        Ok(session)
    }

    async fn connect(&self) -> Result<Session, ImapError> {
        let tcp = TcpStream::connect((self.host.as_str(), self.port));
        let tcp = tcp.await.map_err(ImapError::Connect)?;
        tcp.set_nodelay(true).map_err(ImapError::Connect)?;
        let mut stream: Box<dyn Stream> = Box::new(tcp);
        if let Some((Begin::AtOnce, config)) = &self.tls {
            stream = tls::begin(config, &self.host, stream).await?;
        }
        Ok(Session::new(Wire::new(stream, self.patience)))
    }

    async fn start_tls(
        &self,
        mut session: Session,
        config: &Arc<ClientConfig>,
    ) -> Result<Session, ImapError> {
        session.ask("STARTTLS", "STARTTLS", |_| {}).await?;
        // What came before TLS began may be anybody's (RFC 2595 section 3.1): forgotten, and more than that: refused.
        if !session.wire.nothing_ahead() {
            return Err(ImapError::Garbled("words between STARTTLS and TLS"));
        }
        let begun = tls::begin(config, &self.host, session.wire.into_inner());
        match timeout(self.patience, begun).await {
            Ok(stream) => Ok(Session::new(Wire::new(stream?, self.patience))),
            Err(_) => Err(ImapError::Silent),
        }
    }
}

async fn greeting(session: &mut Session) -> Result<Status, ImapError> {
    session.wire.begin();
    match session.hear(&mut Keep::little()).await? {
        Response::Status { status: status @ (Status::Ok | Status::PreAuth), .. } => Ok(status),
        Response::Status { status: Status::Bye, code } => {
            Err(ImapError::Ended(code.and_then(|code| code.shown())))
        }
        _ => Err(ImapError::Garbled("no greeting")),
    }
}
