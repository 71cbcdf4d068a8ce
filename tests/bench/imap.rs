//! A bare client of the mail server: what delivering and fetching cost without a gateway.

use anyhow::Context as _;
use std::fmt::Write as _;
use tokio::io::AsyncReadExt as _;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

/// Mails are delivered so many at a time.
const AT_ONCE: usize = 100;

/// A connection that is logged in.
pub(crate) struct Bare {
    stream: TcpStream,
    heard: Vec<u8>,
}

impl Bare {
    /// Logs in.
    pub(crate) async fn log_in(port: u16, user: &str, password: &str) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        let mut bare = Self { stream, heard: Vec::with_capacity(1 << 20) };
        bare.ask(&format!("a LOGIN {user} {password}\r\n"), "a").await?;
        Ok(bare)
    }

    /// Puts mails into the inbox.
    pub(crate) async fn deliver(&mut self, mails: &[String]) -> anyhow::Result<()> {
        for some in mails.chunks(AT_ONCE) {
            let mut commands = String::new();
            for mail in some {
                write!(commands, "b APPEND INBOX {{{}+}}\r\n{mail}\r\n", mail.len())?;
            }
            commands.push_str("c NOOP\r\n");
            self.ask(&commands, "c").await?;
        }
        Ok(())
    }

    /// How many mails lie in the inbox.
    pub(crate) async fn lying(&mut self) -> anyhow::Result<usize> {
        let said = self.ask("d STATUS INBOX (MESSAGES)\r\n", "d").await?;
        let text = String::from_utf8_lossy(&said).into_owned();
        let number = text.split("MESSAGES ").nth(1).and_then(|rest| rest.split(')').next());
        Ok(number.context("no number of mails")?.parse()?)
    }

    /// Fetches every mail whole, with one command; how many bytes came.
    pub(crate) async fn fetch_all(&mut self) -> anyhow::Result<usize> {
        self.ask("e SELECT INBOX\r\n", "e").await?;
        Ok(self.ask("f UID FETCH 1:* (BODY.PEEK[])\r\n", "f").await?.len())
    }

    /// Everything that is said until a command is done.
    async fn ask(&mut self, command: &str, tag: &str) -> anyhow::Result<Vec<u8>> {
        self.stream.write_all(command.as_bytes()).await?;
        self.heard.clear();
        let end = format!("\r\n{tag} ");
        loop {
            if self.stream.read_buf(&mut self.heard).await? == 0 {
                anyhow::bail!("the mail server hung up");
            }
            // The last line is a greeting of capabilities at most.
            let from = self.heard.len().saturating_sub(4000);
            let last = String::from_utf8_lossy(&self.heard[from..]).into_owned();
            let done = last.rfind(&end).map(|at| &last[at + 2..]);
            let done = done.or_else(|| last.starts_with(&end[2..]).then_some(last.as_str()));
            if let Some(done) = done.filter(|done| done.ends_with("\r\n")) {
                anyhow::ensure!(done[tag.len() + 1..].starts_with("OK"), "{done}");
                return Ok(std::mem::take(&mut self.heard));
            }
        }
    }
}
