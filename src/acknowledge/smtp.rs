//! Mails to a mail server (RFC 5321): a bounded set of kept connections, one time limit for a mail as a whole.
//!
//! Failures are classified here, once. Until the final dot is written the mail certainly did not go out: transient, or permanent
//! where the server said 5xx to this mail. From the dot on, silence or a lost connection is uncertain. lettre's own pool asks NOOP before
//! each mail, cannot tell before from after, and waits without end for a silent server; so the connections are kept here.

use crate::acknowledge::config::Security;
use crate::acknowledge::config::SmtpConfig;
use crate::acknowledge::smtp_session::Server;
use crate::acknowledge::smtp_session::Session;
use crate::acknowledge::smtp_session::Trouble;
use crate::acknowledge::transport::MailTransport;
use crate::acknowledge::transport::OutgoingMail;
use crate::acknowledge::transport::TransportError;
use crate::domain::failure::Failure;
use async_trait::async_trait;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::Certificate;
use lettre::transport::smtp::client::CertificateStore;
use lettre::transport::smtp::client::TlsParameters;
use lettre::transport::smtp::extension::ClientId;
use std::fs;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::Instant;
use tokio::time::timeout;

/// A connection idle for longer is not used again: servers hang up on idle clients.
const LONGEST_IDLE: Duration = Duration::from_secs(60);

/// Sends mails by SMTP.
pub(super) struct SmtpTransport {
    server: Server,
    limit: Duration,
    free: Semaphore,
    idle: Mutex<Vec<(Session, Instant)>>,
}

impl SmtpTransport {
    /// Reads certificates and password; connects when the first mail is sent.
    pub(super) fn open(config: &SmtpConfig) -> Result<Self, TransportError> {
        Ok(Self {
            server: Server {
                host: config.host.clone(),
                port: config.port,
                security: config.security,
                tls: tls(config)?,
                credentials: credentials(config)?,
                hello: config.hello_name.clone().map(ClientId::Domain).unwrap_or_default(),
                limit: config.timeout(),
            },
            limit: config.timeout(),
            free: Semaphore::new(usize::try_from(config.connections.max(1)).unwrap_or(1)),
            idle: Mutex::new(Vec::new()),
        })
    }

    async fn attempt(&self, mail: &OutgoingMail, dotted: &AtomicBool) -> Result<String, Failure> {
        while let Some(mut session) = self.take() {
            match session.deliver(mail, dotted).await {
                Err(Trouble::Lost(_)) if !dotted.load(Ordering::Relaxed) => {
                    // The server hung up while the connection was idle: the next one, or a new one.
                }
                outcome => return self.settle(session, outcome).await,
            }
        }
        let mut session = Session::open(&self.server).await?;
        let outcome = session.deliver(mail, dotted).await;
        self.settle(session, outcome).await
    }

    /// Keeps the connection where it can be used again.
    async fn settle(
        &self,
        mut session: Session,
        outcome: Result<String, Trouble>,
    ) -> Result<String, Failure> {
        match outcome {
            Ok(reply) => {
                self.keep(session);
                Ok(reply)
            }
            Err(Trouble::Refused(failure)) => {
                if session.reset().await {
                    self.keep(session);
                }
                Err(failure)
            }
            Err(Trouble::Spent(failure) | Trouble::Lost(failure)) => Err(failure),
        }
    }

    fn take(&self) -> Option<Session> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.retain(|(_, since)| since.elapsed() < LONGEST_IDLE);
        idle.pop().map(|(session, _)| session)
    }

    fn keep(&self, session: Session) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.push((session, Instant::now()));
    }
}

#[async_trait]
impl MailTransport for SmtpTransport {
    async fn send(&self, mail: &OutgoingMail) -> Result<String, Failure> {
        let Ok(_permit) = self.free.acquire().await else {
            return Err(Failure::Transient("the mail connections are closed".to_owned()));
        };
        let dotted = AtomicBool::new(false);
        match timeout(self.limit, self.attempt(mail, &dotted)).await {
            Ok(outcome) => outcome,
            Err(_) => Err(self.server.silent(dotted.load(Ordering::Relaxed))),
        }
    }

    async fn probe(&self) -> Result<(), Failure> {
        match timeout(self.limit, Session::open(&self.server)).await {
            Ok(Ok(session)) => {
                self.keep(session);
                Ok(())
            }
            Ok(Err(failure)) => Err(failure),
            Err(_) => Err(self.server.silent(false)),
        }
    }
}

fn tls(config: &SmtpConfig) -> Result<Option<TlsParameters>, TransportError> {
    if config.security == Security::None {
        return Ok(None);
    }
    let mut builder = TlsParameters::builder(config.host.clone());
    if let Some(path) = &config.ca_file {
        let key = "acknowledge.smtp.ca_file";
        let pem = fs::read(path).map_err(|source| TransportError::File {
            key,
            path: path.clone(),
            source,
        })?;
        let authority =
            Certificate::from_pem(&pem).map_err(|source| TransportError::Tls { key, source })?;
        builder = builder.certificate_store(CertificateStore::None).add_root_certificate(authority);
    }
    let built = builder.build();
    let key = "acknowledge.smtp.security";
    built.map(Some).map_err(|source| TransportError::Tls { key, source })
}

fn credentials(config: &SmtpConfig) -> Result<Option<Credentials>, TransportError> {
    let Some(username) = &config.username else { return Ok(None) };
    let password = match (&config.password, &config.password_file) {
        (Some(password), _) => password.reveal().to_owned(),
        (None, Some(path)) => fs::read_to_string(path)
            .map(|text| text.trim_end_matches(['\r', '\n']).to_owned())
            .map_err(|source| TransportError::File {
                key: "acknowledge.smtp.password_file",
                path: path.clone(),
                source,
            })?,
        (None, None) => String::new(),
    };
    Ok(Some(Credentials::new(username.clone(), password)))
}
