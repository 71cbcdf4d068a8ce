//! One SMTP conversation: RFC 5321 with STARTTLS, AUTH PLAIN and LOGIN, and commands sent ahead (pipelining).

use std::io::Error;
use std::io::Result;
use std::time::Instant;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tokio::io::AsyncBufReadExt;
use tokio::io::AsyncRead;
use tokio::io::AsyncWrite;
use tokio::io::AsyncWriteExt;
use tokio::io::BufStream;
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;

use super::smtp::Fault;
use super::smtp::Mail;
use super::smtp::State;

/// Speaks with one client until it leaves.
pub(super) async fn converse(stream: TcpStream, state: &State) -> Result<()> {
    if state.next_connection_is_silent() {
        return std::future::pending().await;
    }
    if let Some(certificates) = &state.options.implicit_tls {
        let stream = TlsAcceptor::from(certificates.server.clone()).accept(stream).await?;
        let mut session = Session::new(stream, state, true);
        session.say("220 sink.example ESMTP").await?;
        return session.run().await.map(drop);
    }
    let mut session = Session::new(stream, state, false);
    session.say("220 sink.example ESMTP").await?;
    if session.run().await? == Left::ForTls
        && let Some(certificates) = &state.options.starttls
    {
        // What the client sent ahead in plain text is dropped with the buffer.
        let stream = session.wire.into_inner();
        let stream = TlsAcceptor::from(certificates.server.clone()).accept(stream).await?;
        Session::new(stream, state, true).run().await?;
    }
    Ok(())
}

#[derive(PartialEq)]
enum Left {
    Quit,
    ForTls,
}

struct Session<'s, S> {
    wire: BufStream<S>,
    state: &'s State,
    encrypted: bool,
    logged_in: bool,
    transaction: Option<Transaction>,
}

struct Transaction {
    from: String,
    to: Vec<String>,
    fault: Option<Fault>,
}

impl<'s, S: AsyncRead + AsyncWrite + Unpin> Session<'s, S> {
    fn new(stream: S, state: &'s State, encrypted: bool) -> Self {
        Self { wire: BufStream::new(stream), state, encrypted, logged_in: false, transaction: None }
    }

    async fn run(&mut self) -> Result<Left> {
        loop {
            let line = self.line().await?;
            let (verb, rest) = line.split_once(' ').unwrap_or((line.as_str(), ""));
            match verb.to_ascii_uppercase().as_str() {
                "EHLO" => self.greet().await?,
                "HELO" | "NOOP" => self.say("250 OK").await?,
                "STARTTLS" if self.state.options.starttls.is_some() && !self.encrypted => {
                    self.say("220 Go ahead").await?;
                    return Ok(Left::ForTls);
                }
                "AUTH" => self.log_in(rest).await?,
                "MAIL" => self.mail(rest).await?,
                "RCPT" => self.recipient(rest).await?,
                "DATA" => self.data().await?,
                "RSET" => {
                    self.transaction = None;
                    self.say("250 OK").await?;
                }
                "QUIT" => {
                    self.say("221 Bye").await?;
                    return Ok(Left::Quit);
                }
                _ => self.say("502 Not known here").await?,
            }
        }
    }

    async fn greet(&mut self) -> Result<()> {
        self.transaction = None;
        let mut offers = vec!["PIPELINING", "8BITMIME", "SMTPUTF8"];
        if self.state.options.starttls.is_some() && !self.encrypted {
            offers.push("STARTTLS");
        }
        if self.state.options.login.is_some() {
            offers.push("AUTH PLAIN LOGIN");
        }
        let offers: String = offers.iter().map(|offer| format!("250-{offer}\r\n")).collect();
        self.say(&format!("250-sink.example\r\n{offers}250 SIZE 104857600")).await
    }

    async fn log_in(&mut self, rest: &str) -> Result<()> {
        let mut words = rest.split(' ');
        let given = match words.next().unwrap_or_default().to_ascii_uppercase().as_str() {
            "PLAIN" => {
                let answer = match words.next() {
                    Some(initial) => initial.to_owned(),
                    None => self.ask("334 ").await?,
                };
                let parts = decode(&answer);
                let mut parts = parts.split('\0').skip(1).map(str::to_owned);
                (parts.next().unwrap_or_default(), parts.next().unwrap_or_default())
            }
            "LOGIN" => {
                let user = match words.next() {
                    Some(initial) => initial.to_owned(),
                    None => self.ask("334 VXNlcm5hbWU6").await?,
                };
                let password = self.ask("334 UGFzc3dvcmQ6").await?;
                (decode(&user), decode(&password))
            }
            _ => return self.say("504 Not offered").await,
        };
        self.logged_in = self.state.options.login.as_ref() == Some(&given);
        let answer = if self.logged_in { "235 Welcome" } else { "535 Wrong user or password" };
        self.say(answer).await
    }

    async fn mail(&mut self, rest: &str) -> Result<()> {
        if self.state.options.require_tls && !self.encrypted {
            return self.say("530 Must issue a STARTTLS command first").await;
        }
        if self.state.options.login.is_some() && !self.logged_in {
            return self.say("530 Authentication required").await;
        }
        if self.transaction.is_some() {
            return self.say("503 One mail at a time").await;
        }
        let Some(from) = address(rest, "FROM:") else {
            return self.say("501 No address").await;
        };
        let fault = self.state.next_mail_fault();
        self.transaction = Some(Transaction { from, to: Vec::new(), fault });
        self.say("250 OK").await
    }

    async fn recipient(&mut self, rest: &str) -> Result<()> {
        let Some(transaction) = &mut self.transaction else {
            return self.say("503 MAIL first").await;
        };
        match (transaction.fault, address(rest, "TO:")) {
            (Some(Fault::RefuseRecipientForNow), _) => self.say("451 Not now").await,
            (Some(Fault::RefuseRecipient), _) => self.say("550 No such mailbox").await,
            (_, Some(to)) if to.contains('@') => {
                transaction.to.push(to);
                self.say("250 OK").await
            }
            _ => self.say("501 No address").await,
        }
    }

    async fn data(&mut self) -> Result<()> {
        let Some(transaction) = self.transaction.take().filter(|found| !found.to.is_empty()) else {
            return self.say("503 RCPT first").await;
        };
        self.say("354 Go on").await?;
        let data = self.until_dot().await?;
        if let Some(pace) = self.state.options.pace {
            let _turn = self.state.turn.lock().await;
            tokio::time::sleep(pace).await;
        }
        let at = Instant::now();
        if let Some(Fault::Delay(delay)) = transaction.fault {
            tokio::time::sleep(delay).await;
        }
        let fault = transaction.fault;
        let answered = matches!(fault, None | Some(Fault::Delay(_)));
        let Transaction { from, to, .. } = transaction;
        self.state.keep(Mail {
            envelope_from: from,
            envelope_to: to,
            data: data.into(),
            at,
            answered,
        });
        match fault {
            Some(Fault::RefuseAfterData) => self.say("452 No room").await,
            Some(Fault::DropAfterData) => Err(Error::other("cut as told")),
            Some(Fault::SilentAfterData) => std::future::pending().await,
            _ => self.say("250 Taken").await,
        }
    }

    /// Reads the mail up to the line with the lone dot, and undoes dot-stuffing.
    async fn until_dot(&mut self) -> Result<Vec<u8>> {
        let mut data = Vec::with_capacity(4096);
        loop {
            let start = data.len();
            if self.wire.read_until(b'\n', &mut data).await? == 0 {
                return Err(Error::other("gone in the middle of a mail"));
            }
            match &data[start..] {
                b".\r\n" => {
                    data.truncate(start);
                    return Ok(data);
                }
                [b'.', ..] => drop(data.remove(start)),
                _ => {}
            }
        }
    }

    async fn line(&mut self) -> Result<String> {
        let mut line = Vec::new();
        if self.wire.read_until(b'\n', &mut line).await? == 0 {
            return Err(Error::other("gone"));
        }
        Ok(String::from_utf8_lossy(&line).trim_end().to_owned())
    }

    async fn ask(&mut self, prompt: &str) -> Result<String> {
        self.say(prompt).await?;
        self.line().await
    }

    async fn say(&mut self, line: &str) -> Result<()> {
        self.wire.write_all(line.as_bytes()).await?;
        self.wire.write_all(b"\r\n").await?;
        self.wire.flush().await
    }
}

fn decode(text: &str) -> String {
    STANDARD
        .decode(text)
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .unwrap_or_default()
}

/// The address in `FROM:<a@b>` or `TO:<a@b>`; an empty one is the null sender.
fn address(rest: &str, key: &str) -> Option<String> {
    let head = rest.get(..key.len())?;
    let (_, tail) = rest.split_once('<')?;
    let (address, _) = tail.split_once('>')?;
    head.eq_ignore_ascii_case(key).then(|| address.to_owned())
}
