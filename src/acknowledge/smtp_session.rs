//! One connection to the mail server: set up once, then mail after mail in two round trips (RFC 2920) or four.
//!
//! Only codes of the server's answers go into failures: its words quote addresses.

use crate::acknowledge::config::Security;
use crate::acknowledge::transport::OutgoingMail;
use crate::domain::failure::Failure;
use lettre::Address;
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
use std::error::Error as _;
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

/// The body as it travels (RFC 5321 4.5.2): a dot doubled at the beginning of each line that has one, and the final dot. Bare line
/// breaks are refused: servers disagree about them, which is how mails are smuggled.
fn stuffed(bytes: &[u8]) -> Result<String, Failure> {
    let fault = |what: &str| Failure::Permanent(format!("the stored mail {what}"));
    let Ok(text) = std::str::from_utf8(bytes) else { return Err(fault("is not UTF-8")) };
    let mut body = String::with_capacity(text.len() + 64);
    for line in text.split_inclusive("\r\n") {
        let content = line.strip_suffix("\r\n").unwrap_or(line);
        if content.contains(['\r', '\n']) {
            return Err(fault("has bare line breaks"));
        }
        if content.starts_with('.') {
            body.push('.');
        }
        body.push_str(content);
        body.push_str("\r\n");
    }
    body.push_str(".\r\n");
    Ok(body)
}

/// An address as it may stand in a command; nothing for the empty return path.
fn command_address(address: Option<&str>) -> Result<String, Failure> {
    let Some(address) = address else { return Ok(String::new()) };
    match address.parse::<Address>() {
        Ok(parsed) if address.is_ascii() => Ok(parsed.to_string()),
        Ok(_) | Err(_) => Err(Failure::Permanent("the stored address is not one".to_owned())),
    }
}

/// What the server said to an accepted mail, mostly its queue's name for it. Kept as evidence unless it quotes an address.
fn evidence(response: &Response) -> String {
    let words = response.first_line().unwrap_or_default();
    let harmless = |c: char| c.is_ascii_graphic() || c == ' ';
    let words = match words.len() <= 200 && words.chars().all(harmless) && !words.contains('@') {
        true => words,
        false => "",
    };
    format!("{} {words}", response.code()).trim_end().to_owned()
}

/// An error in words that quote nobody: the code of an answer, or what happened to the connection.
fn told(error: &Error) -> String {
    if let Some(code) = error.status() {
        let words = error.source().map(ToString::to_string).unwrap_or_default();
        return match enhanced_code(&words) {
            Some(enhanced) => format!("{code} {enhanced}"),
            None => code.to_string(),
        };
    }
    if error.is_response() {
        return "its answer was cut off or is no SMTP".to_owned();
    }
    error.to_string()
}

/// The enhanced status code (RFC 3463) at the beginning of an answer's words, such as `5.1.1`.
fn enhanced_code(words: &str) -> Option<&str> {
    let word = words.split_whitespace().next()?;
    let mut parts = word.split('.');
    let number = |part: Option<&str>| {
        part.is_some_and(|digits| {
            (1..=3).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    let three = number(parts.next()) && number(parts.next()) && number(parts.next());
    (three && parts.next().is_none()).then_some(word)
}

#[cfg(test)]
mod tests {
    use super::command_address;
    use super::enhanced_code;
    use super::stuffed;

    #[test]
    fn a_body_gets_its_dots_doubled_and_ends_with_one() {
        for (mail, expected) in [
            ("a\r\n\r\nb\r\n", "a\r\n\r\nb\r\n.\r\n"),
            (".\r\n..x\r\n", "..\r\n...x\r\n.\r\n"),
            ("no end", "no end\r\n.\r\n"),
        ] {
            assert_eq!(stuffed(mail.as_bytes()).unwrap(), expected);
        }
        for smuggled in ["a\n.\nMAIL", "a\r.\rb\r\n", "a\n"] {
            assert_eq!(stuffed(smuggled.as_bytes()).unwrap_err().class(), "permanent");
        }
    }

    #[test]
    fn an_address_cannot_carry_a_second_command() {
        assert_eq!(command_address(Some("hyra@example.se")).unwrap(), "hyra@example.se");
        assert_eq!(command_address(None).unwrap(), "");
        for evil in ["a@b.se>\r\nDATA", "a@b.se\r\n", "", "ä@b.se"] {
            assert!(command_address(Some(evil)).is_err(), "{evil:?}");
        }
    }

    #[test]
    fn only_codes_are_taken_from_an_answer() {
        assert_eq!(enhanced_code("5.1.1 <testa@example.se> unknown"), Some("5.1.1"));
        for words in ["Testa Testsson", "", "5.1", "5.1.1.1", "a.b.c"] {
            assert_eq!(enhanced_code(words), None, "{words}");
        }
    }
}
