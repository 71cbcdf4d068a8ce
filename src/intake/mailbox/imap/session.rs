//! A session with a mail server: one command at a time, each with its end in sight.

use super::ImapError;
use super::Keep;
use super::response::Code;
use super::response::Response;
use super::response::Status;
use super::wire::Wire;
use std::collections::HashSet;

/// One connection, logged in or on the way there.
pub(in crate::intake::mailbox) struct Session {
    pub(super) wire: Wire,
    pub(super) capabilities: HashSet<String>,
    commands: u64,
    /// The server told of mails added or taken away since this was last asked.
    news: bool,
    /// Why the server says that it will hang up.
    parting: Option<Option<String>>,
    idling: Option<String>,
}

impl Session {
    pub(super) fn new(wire: Wire) -> Self {
        Self {
            wire,
            capabilities: HashSet::new(),
            commands: 0,
            news: false,
            parting: None,
            idling: None,
        }
    }

    /// Whether the server can do something, such as `MOVE`.
    pub(in crate::intake::mailbox) fn can(&self, what: &str) -> bool {
        self.capabilities.contains(what)
    }

    /// Whether mails were added or taken away since the last time this was asked.
    pub(in crate::intake::mailbox) fn take_news(&mut self) -> bool {
        std::mem::take(&mut self.news)
    }

    /// Says good-bye; that the server hangs up is what was asked for.
    pub(in crate::intake::mailbox) async fn log_out(mut self) {
        drop(self.ask("the log-out", "LOGOUT", |_| {}).await);
    }

    /// Begins to wait for news (RFC 2177).
    pub(in crate::intake::mailbox) async fn begin_idle(&mut self) -> Result<(), ImapError> {
        let tag = self.send("IDLE").await?;
        loop {
            match self.hear(&mut Keep::little()).await? {
                Response::Continue => break,
                Response::Done { tag: of, code, .. } if of == tag => {
                    let code = code.and_then(|code| code.shown());
                    return Err(ImapError::Refused { what: "to tell of news", code });
                }
                _ => {}
            }
        }
        self.idling = Some(tag);
        Ok(())
    }

    /// Waits, without limit, until the server says something. Cancel safe.
    pub(in crate::intake::mailbox) async fn stirred(&mut self) -> Result<(), ImapError> {
        self.wire.readable().await
    }

    /// Hears what the server says while we wait.
    pub(in crate::intake::mailbox) async fn listen(&mut self) -> Result<(), ImapError> {
        self.wire.begin();
        self.hear(&mut Keep::little()).await.map(drop)
    }

    /// Ends the wait for news.
    pub(in crate::intake::mailbox) async fn end_idle(&mut self) -> Result<(), ImapError> {
        let Some(tag) = self.idling.take() else { return Ok(()) };
        self.wire.begin();
        self.wire.write(b"DONE\r\n").await?;
        self.finish(&tag, "to wait for news", &mut Keep::little(), |_| {}).await.map(drop)
    }

    pub(super) async fn ask(
        &mut self,
        what: &'static str,
        command: &str,
        each: impl FnMut(Response),
    ) -> Result<Option<Code>, ImapError> {
        self.ask_keeping(what, command, &mut Keep::little(), each).await
    }

    pub(super) async fn ask_keeping(
        &mut self,
        what: &'static str,
        command: &str,
        keep: &mut Keep,
        each: impl FnMut(Response),
    ) -> Result<Option<Code>, ImapError> {
        let tag = self.send(command).await?;
        self.finish(&tag, what, keep, each).await
    }

    pub(super) async fn send(&mut self, command: &str) -> Result<String, ImapError> {
        self.commands += 1;
        let tag = format!("k{}", self.commands);
        self.wire.begin();
        self.wire.write(format!("{tag} {command}\r\n").as_bytes()).await?;
        Ok(tag)
    }

    /// Hears everything up to a command's end.
    pub(super) async fn finish(
        &mut self,
        tag: &str,
        what: &'static str,
        keep: &mut Keep,
        mut each: impl FnMut(Response),
    ) -> Result<Option<Code>, ImapError> {
        loop {
            match self.hear(keep).await? {
                Response::Done { tag: of, status, code } if of == tag => {
                    if status == Status::Ok {
                        return Ok(code);
                    }
                    return Err(ImapError::Refused { what, code: code.and_then(|c| c.shown()) });
                }
                response => each(response),
            }
        }
    }

    /// Hears one response and notes what it says about the session as such.
    pub(super) async fn hear(&mut self, keep: &mut Keep) -> Result<Response, ImapError> {
        let pieces = match self.wire.read(keep).await {
            Ok(pieces) => pieces,
            Err(ImapError::Ended(None)) => {
                return Err(ImapError::Ended(self.parting.take().flatten()));
            }
            Err(other) => return Err(other),
        };
        let response = Response::read(pieces);
        match &response {
            Response::Changed => self.news = true,
            Response::Status { status: Status::Bye, code } => {
                self.parting = Some(code.as_ref().and_then(Code::shown));
            }
            Response::Capability(all) => self.capabilities = all.iter().cloned().collect(),
            Response::Status { code: Some(code), .. } | Response::Done { code: Some(code), .. }
                if code.name == "CAPABILITY" =>
            {
                self.capabilities = code.words().iter().map(|w| w.to_ascii_uppercase()).collect();
            }
            _ => {}
        }
        Ok(response)
    }
}
