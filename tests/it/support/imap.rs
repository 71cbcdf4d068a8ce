//! Dovecot as the tests know it, and a client of their own with which senders and people use it.

use std::path::PathBuf;

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kvittens::clock::Clock;
use serde_json::json;
use tokio::io::AsyncBufReadExt;
use tokio::io::AsyncReadExt;
use tokio::io::AsyncWriteExt;
use tokio::io::BufReader;
use tokio::net::TcpStream;

use super::ports::random_name;

/// Where Dovecot listens. Every user exists and has the same password.
#[derive(Clone, Debug)]
pub(crate) struct MailServer {
    /// Plain text, and STARTTLS.
    pub(crate) port: u16,
    /// TLS.
    pub(crate) tls_port: u16,
    /// Everybody's.
    pub(crate) password: String,
    /// The authority of its certificate.
    pub(crate) ca_file: PathBuf,
    key: String,
}

impl MailServer {
    pub(super) fn in_folder(folder: &str) -> Self {
        let read = |name: &str| {
            let path = PathBuf::from(folder).join(name);
            std::fs::read_to_string(path).expect("a file of the mail server").trim().to_owned()
        };
        Self {
            port: read("port").parse().expect("a port"),
            tls_port: read("tls-port").parse().expect("a port"),
            password: read("password"),
            ca_file: PathBuf::from(folder).join("ca.pem"),
            key: read("key"),
        }
    }

    /// A user with an empty mailbox.
    pub(crate) fn new_user(&self) -> String {
        format!("u{}", random_name())
    }

    /// A token that the server accepts for a user, for an hour.
    pub(crate) fn token(&self, user: &str) -> String {
        let now = Clock::system().now().as_second();
        let part = |value: serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let head = part(json!({ "alg": "HS256", "typ": "JWT" }));
        let claims = json!({ "sub": user, "iat": now - 5, "nbf": now - 5, "exp": now + 3600, "iss": "tests" });
        let signed = format!("{head}.{}", part(claims));
        let key = hmac::Key::new(hmac::HMAC_SHA256, self.key.as_bytes());
        let signature = URL_SAFE_NO_PAD.encode(hmac::sign(&key, signed.as_bytes()));
        format!("{signed}.{signature}")
    }

    /// Keys of `[[intake.mailbox]]` for a user, in the clear: the fastest way.
    pub(crate) fn keys(&self, user: &str) -> String {
        format!(
            "host = \"127.0.0.1\"\nport = {}\nsecurity = \"none\"\nusername = \"{user}\"\npassword = \"{}\"\n",
            self.port, self.password
        )
    }
}

/// A client that delivers mails and looks into folders, as senders and people do.
pub(crate) struct Postman {
    stream: BufReader<TcpStream>,
    commands: usize,
}

/// A mail as it lies in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Lying {
    pub(crate) uid: u32,
    /// In capitals, in order.
    pub(crate) flags: Vec<String>,
    /// Without angle brackets.
    pub(crate) message_id: String,
}

impl Postman {
    pub(crate) async fn log_in(server: &MailServer, user: &str) -> Self {
        Self::try_log_in(server, user).await.expect("the mail server lets us in")
    }

    pub(crate) async fn try_log_in(server: &MailServer, user: &str) -> std::io::Result<Self> {
        let stream = BufReader::new(TcpStream::connect(("127.0.0.1", server.port)).await?);
        let mut postman = Self { stream, commands: 0 };
        postman.line().await?;
        postman.try_ask(&format!("LOGIN {user} {}", server.password)).await?;
        Ok(postman)
    }

    /// Runs a command; every answer, literals included.
    pub(crate) async fn ask(&mut self, command: &str) -> Vec<String> {
        self.try_ask(command).await.unwrap_or_else(|why| panic!("{command}: {why}"))
    }

    async fn try_ask(&mut self, command: &str) -> std::io::Result<Vec<String>> {
        self.commands += 1;
        let tag = format!("p{}", self.commands);
        self.stream.write_all(format!("{tag} {command}\r\n").as_bytes()).await?;
        self.answers(&tag).await
    }

    async fn answers(&mut self, tag: &str) -> std::io::Result<Vec<String>> {
        let mut answers = Vec::new();
        loop {
            let line = self.line().await?;
            if let Some(status) = line.strip_prefix(&format!("{tag} ")) {
                return match status.starts_with("OK") {
                    true => Ok(answers),
                    false => Err(std::io::Error::other(line)),
                };
            }
            answers.push(line);
        }
    }

    /// Delivers a mail, as if it had arrived at the given time (`01-Nov-2026 10:00:00 +0100`).
    pub(crate) async fn deliver(&mut self, folder: &str, flags: &str, at: &str, mail: &[u8]) {
        self.try_deliver(folder, flags, at, mail).await.expect("the mail is delivered");
    }

    pub(crate) async fn try_deliver(
        &mut self,
        folder: &str,
        flags: &str,
        at: &str,
        mail: &[u8],
    ) -> std::io::Result<()> {
        self.commands += 1;
        let tag = format!("p{}", self.commands);
        let at = if at.is_empty() { String::new() } else { format!(" \"{at}\"") };
        let head = format!("{tag} APPEND \"{folder}\" ({flags}){at} {{{}+}}\r\n", mail.len());
        self.stream.write_all(head.as_bytes()).await?;
        self.stream.write_all(mail).await?;
        self.stream.write_all(b"\r\n").await?;
        self.answers(&tag).await.map(drop)
    }

    /// What lies in a folder; nothing when there is no such folder.
    pub(crate) async fn lying(&mut self, folder: &str) -> Vec<Lying> {
        if self.try_ask(&format!("EXAMINE \"{folder}\"")).await.is_err() {
            return Vec::new();
        }
        let items = "(UID FLAGS BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])";
        let answers = self.ask(&format!("UID FETCH 1:* {items}")).await;
        self.try_ask("UNSELECT").await.ok();
        answers.iter().filter_map(|answer| lying(answer)).collect()
    }

    /// A line with its literals.
    async fn line(&mut self) -> std::io::Result<String> {
        let mut line = Vec::new();
        loop {
            if self.stream.read_until(b'\n', &mut line).await? == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
            let text = String::from_utf8_lossy(&line).into_owned();
            let length = text.trim_end().strip_suffix('}').and_then(|it| it.rsplit_once('{'));
            let Some(length) = length.and_then(|(_, digits)| digits.parse::<usize>().ok()) else {
                return Ok(text.trim_end().to_owned());
            };
            let mut literal = vec![0; length];
            self.stream.read_exact(&mut literal).await?;
            line.extend_from_slice(&literal);
        }
    }
}

fn lying(answer: &str) -> Option<Lying> {
    let word_after = |name: &str| answer.split(name).nth(1);
    let uid = word_after("UID ")?.split([' ', ')']).next()?.parse().ok()?;
    let flags = word_after("FLAGS (")?.split(')').next()?;
    let mut flags: Vec<String> = flags.split_whitespace().map(str::to_uppercase).collect();
    flags.retain(|flag| flag != "\\RECENT");
    flags.sort();
    let id = answer.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    Some(Lying { uid, flags, message_id: id.map(|(id, _)| id.to_owned()).unwrap_or_default() })
}
