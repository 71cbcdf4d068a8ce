//! One connection to the mail server: set up once, then mail after mail in two round trips (RFC 2920) or four.
//!
//! Only codes of the server's answers go into failures: its words quote addresses.

use crate::acknowledge::config::Security;
use crate::acknowledge::smtp_words::command_address;
use crate::acknowledge::smtp_words::evidence;
use crate::acknowledge::smtp_words::stuffed;
use crate::acknowledge::smtp_words::told;
use crate::acknowledge::transport::OutgoingMail;
use crate::domain::failure::Failure;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::authentication::Mechanism;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::client::TlsParameters;
use lettre::transport::smtp::commands::Ehlo;
use lettre::transport::smtp::commands::Rset;
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::extension::Extension;
use lettre::transport::smtp::response::Response;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// Where and how to connect.
pub(super) struct Server {
    /// Host name.
    pub(super) host: String,
    /// Port.
    pub(super) port: u16,
    /// TLS, STARTTLS or neither.
    pub(super) security: Security,
    /// Whom to trust, where there is TLS.
    pub(super) tls: Option<TlsParameters>,
    /// Log-in, where there is one.
    pub(super) credentials: Option<Credentials>,
    /// How we introduce ourselves.
    pub(super) hello: ClientId,
    /// Limit for connecting; the caller limits the whole.
    pub(super) limit: Duration,
}

/// How a delivery failed, and what that says about the connection.
pub(super) enum Trouble {
    /// The server answered no to this mail; the connection can go on after a reset.
    Refused(Failure),
    /// The server answered no, and the connection is of no further use.
    Spent(Failure),
    /// The connection broke or the server closed it, without an answer that concerns this mail.
    Lost(Failure),
}

/// A connection that is ready for mails.
pub(super) struct Session {
    connection: AsyncSmtpConnection,
    pipelining: bool,
    place: String,
}

impl Server {
    fn place(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }

    /// The server did not answer in time.
    pub(super) fn silent(&self, dotted: bool) -> Failure {
        let text = format!("the mail server {} did not answer in time", self.place());
        if dotted {
            Failure::Uncertain(format!("{text} after the mail was handed over"))
        } else {
            Failure::Transient(text)
        }
    }
}

impl Session {
    /// Connects, secures and logs in. Whatever fails is transient: no mail is concerned yet, and the configuration can be mended.
    pub(super) async fn open(server: &Server) -> Result<Self, Failure> {
        let place = server.place();
        let refused = |what: &str, error: &Error| {
            Failure::Transient(format!("{what} the mail server {place}: {}", told(error)))
        };
        let wrapper = server.tls.clone().filter(|_| server.security == Security::Tls);
        let mut connection = AsyncSmtpConnection::connect_tokio1(
            (server.host.as_str(), server.port),
            Some(server.limit),
            &server.hello,
            wrapper,
            None,
        )
        .await
        .map_err(|error| refused("cannot connect to", &error))?;
        if let (Security::Starttls, Some(tls)) = (server.security, server.tls.clone()) {
            connection.starttls(tls, &server.hello).await.map_err(|error| {
                refused("STARTTLS failed (acknowledge.smtp.security, ca_file) at", &error)
            })?;
        }
        if let Some(credentials) = &server.credentials {
            let ways = [Mechanism::Plain, Mechanism::Login];
            connection.auth(&ways, credentials).await.map_err(|error| {
                let keys = "acknowledge.smtp.username and password";
                refused(&format!("log-in failed ({keys}) at"), &error)
            })?;
        }
        let offers = connection.command(Ehlo::new(server.hello.clone())).await;
        let offers = offers.map_err(|error| refused("greeting failed at", &error))?;
        let pipelining =
            offers.message().any(|line| line.trim().eq_ignore_ascii_case("PIPELINING"));
        Ok(Self { connection, pipelining, place })
    }

    /// One mail. Sets `dotted` just before the first byte of the mail itself leaves.
    pub(super) async fn deliver(
        &mut self,
        mail: &OutgoingMail,
        dotted: &AtomicBool,
    ) -> Result<String, Trouble> {
        let body = stuffed(&mail.bytes).map_err(Trouble::Refused)?;
        let from = command_address(mail.from.as_deref()).map_err(Trouble::Refused)?;
        let to = command_address(Some(&mail.to)).map_err(Trouble::Refused)?;
        let eight_bit = match body.is_ascii() {
            true => "",
            false if self.offers_eight_bit() => " BODY=8BITMIME",
            false => {
                let text = "the mail is not ASCII and the server takes nothing else";
                return Err(Trouble::Refused(Failure::Permanent(text.to_owned())));
            }
        };
        let mail_from = format!("MAIL FROM:<{from}>{eight_bit}\r\n");
        let rcpt_to = format!("RCPT TO:<{to}>\r\n");
        self.announce(&mail_from, &rcpt_to).await?;
        dotted.store(true, Ordering::Relaxed);
        match self.connection.command(body).await {
            Ok(response) => Ok(evidence(&response)),
            Err(error) if error.status().is_some() => Err(self.answered_no("the mail", &error)),
            Err(error) => Err(Trouble::Lost(Failure::Uncertain(format!(
                "the connection to the mail server {} was lost after the mail was handed over: {}",
                self.place,
                told(&error)
            )))),
        }
    }

    /// Forgets a refused mail; false when the connection is of no further use.
    pub(super) async fn reset(&mut self) -> bool {
        self.connection.command(Rset).await.is_ok()
    }

    fn offers_eight_bit(&self) -> bool {
        self.connection.server_info().supports_feature(Extension::EightBitMime)
    }

    /// MAIL, RCPT and DATA: together where the server allows it, else one by one.
    async fn announce(&mut self, mail_from: &str, rcpt_to: &str) -> Result<(), Trouble> {
        if !self.pipelining {
            let answer = self.connection.command(mail_from).await;
            self.agreed("the sender address", answer)?;
            let answer = self.connection.command(rcpt_to).await;
            self.agreed("the recipient", answer)?;
            let answer = self.connection.command("DATA\r\n").await;
            return self.agreed("the mail", answer);
        }
        let sender = self.connection.command(format!("{mail_from}{rcpt_to}DATA\r\n")).await;
        let sender = self.agreed("the sender address", sender);
        if let Err(Trouble::Lost(_)) = sender {
            return sender;
        }
        let answer = self.connection.read_response().await;
        let recipient = self.agreed("the recipient", answer);
        if let Err(Trouble::Lost(_)) = recipient {
            return recipient;
        }
        let answer = self.connection.read_response().await;
        let data = self.agreed("the mail", answer);
        match (sender.and(recipient), data) {
            (Ok(()), data) => data,
            (refused, Err(_)) => refused,
            // The server waits for a mail that it has no recipient for: hang up instead.
            (
                Err(Trouble::Refused(failure) | Trouble::Spent(failure) | Trouble::Lost(failure)),
                Ok(()),
            ) => Err(Trouble::Spent(failure)),
        }
    }

    fn agreed(&self, what: &str, answer: Result<Response, Error>) -> Result<(), Trouble> {
        match answer {
            Ok(_) => Ok(()),
            Err(error) if error.status().is_some() => Err(self.answered_no(what, &error)),
            Err(error) => Err(Trouble::Lost(Failure::Transient(format!(
                "the connection to the mail server {} was lost: {}",
                self.place,
                told(&error)
            )))),
        }
    }

    fn answered_no(&self, what: &str, error: &Error) -> Trouble {
        let code = error.status().map_or(0, u16::from);
        let text = format!("the mail server {} refused {what}: {}", self.place, told(error));
        match code {
            // 421: the server closes the connection.
            421 => Trouble::Lost(Failure::Transient(text)),
            530 | 535 => Trouble::Spent(Failure::Transient(format!(
                "{text} (acknowledge.smtp.username and password)"
            ))),
            500.. => Trouble::Refused(Failure::Permanent(text)),
            _ => Trouble::Refused(Failure::Transient(text)),
        }
    }
}
