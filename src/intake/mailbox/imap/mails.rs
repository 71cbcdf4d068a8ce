//! What is done with the mails of a folder. Sets of UIDs are cut so that no command is too long.

use super::Body;
use super::Fetched;
use super::ImapError;
use super::Keep;
use super::Session;
use super::command::line;
use super::command::quoted;
use super::response::Response;
use super::response::Status;
use super::uid_set::sets;

/// What is asked about a mail before it is fetched.
const FACTS: &str = "(UID FLAGS RFC822.SIZE INTERNALDATE)";

/// A folder that was opened.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::intake::mailbox) struct Selected {
    /// UIDVALIDITY; `None` when the server's UIDs mean nothing beyond this session.
    pub(in crate::intake::mailbox) uid_validity: Option<u32>,
    /// We may look and not touch.
    pub(in crate::intake::mailbox) read_only: bool,
    /// The flags that last; `\*` stands for any keyword. `None`: not told, so all.
    pub(in crate::intake::mailbox) lasting_flags: Option<Vec<String>>,
}

impl Session {
    /// Opens a folder.
    pub(in crate::intake::mailbox) async fn select(
        &mut self,
        folder: &str,
    ) -> Result<Selected, ImapError> {
        let mut selected = Selected::default();
        let mut sticky = true;
        let command = line(&["SELECT", &quoted(folder)]);
        let done = self.ask("to open the folder", &command, |response| {
            if let Response::Status { status: Status::Ok | Status::No, code: Some(code) } = response
            {
                match code.name.as_str() {
                    "UIDVALIDITY" => selected.uid_validity = code.value.parse().ok(),
                    "UIDNOTSTICKY" => sticky = false,
                    "PERMANENTFLAGS" => selected.lasting_flags = Some(code.words()),
                    _ => {}
                }
            }
        });
        let code = done.await?;
        selected.read_only = code.is_some_and(|code| code.name == "READ-ONLY");
        selected.uid_validity = selected.uid_validity.filter(|validity| sticky && *validity != 0);
        Ok(selected)
    }

    /// The UIDs of the mails that meet a criterion.
    pub(in crate::intake::mailbox) async fn search(
        &mut self,
        criterion: &str,
    ) -> Result<Vec<u32>, ImapError> {
        let mut found = Vec::new();
        self.ask("the search", &line(&["UID", "SEARCH", criterion]), |response| {
            if let Response::Search(uids) = response {
                found.extend(uids);
            }
        })
        .await?;
        Ok(found)
    }

    /// Size, time of arrival and flags of mails; nothing of those that are gone. `each` sees every answer as it comes, also when the command
    /// fails later.
    pub(in crate::intake::mailbox) async fn facts(
        &mut self,
        uids: &[u32],
        mut each: impl FnMut(Fetched),
    ) -> Result<(), ImapError> {
        for (set, _) in sets(uids) {
            self.fetch(&set, FACTS, &mut Keep::little(), &mut each).await?;
        }
        Ok(())
    }

    /// The mails' bytes, which marks none of them as read; with them their times of arrival unless they are asked for `bare`. `each` sees
    /// every answer as it comes, also when the command fails later.
    pub(in crate::intake::mailbox) async fn mails(
        &mut self,
        uids: &[u32],
        bare: bool,
        mut keep: Keep,
        mut each: impl FnMut(Fetched),
    ) -> Result<(), ImapError> {
        let items = if bare { "(UID BODY.PEEK[])" } else { "(UID INTERNALDATE BODY.PEEK[])" };
        for (set, _) in sets(uids) {
            self.fetch(&set, items, &mut keep, &mut each).await?;
        }
        Ok(())
    }

    /// A mail's header only; `None` when the server does not give it.
    pub(in crate::intake::mailbox) async fn header(
        &mut self,
        uid: u32,
        mut keep: Keep,
    ) -> Result<Option<Vec<u8>>, ImapError> {
        let mut header = None;
        self.fetch(&uid.to_string(), "(UID BODY.PEEK[HEADER])", &mut keep, |fetched| {
            if fetched.uid == Some(uid) {
                header = match fetched.body {
                    Some(Body::Whole(bytes) | Body::Long { head: bytes, .. }) => Some(bytes),
                    Some(Body::Skipped { .. } | Body::Nil) | None => None,
                };
            }
        })
        .await?;
        Ok(header.filter(|bytes| !bytes.is_empty()))
    }

    async fn fetch(
        &mut self,
        set: &str,
        items: &str,
        keep: &mut Keep,
        mut each: impl FnMut(Fetched),
    ) -> Result<(), ImapError> {
        let command = line(&["UID", "FETCH", set, items]);
        let take = |response| {
            if let Response::Fetch(fetched) = response {
                each(fetched);
            }
        };
        self.ask_keeping("to give mails", &command, keep, take).await.map(drop)
    }

    /// Sets flags on mails; those that are gone are no error.
    pub(in crate::intake::mailbox) async fn flag(
        &mut self,
        uids: &[u32],
        flags: &[&str],
    ) -> Result<(), ImapError> {
        let flags = format!("({})", flags.join(" "));
        for (set, _) in sets(uids) {
            let command = line(&["UID", "STORE", &set, "+FLAGS.SILENT", &flags]);
            self.ask("to flag mails", &command, |_| {}).await?;
        }
        Ok(())
    }

    /// Moves mails to another folder (RFC 6851); those that are gone are no error.
    pub(in crate::intake::mailbox) async fn move_to(
        &mut self,
        uids: &[u32],
        folder: &str,
    ) -> Result<(), ImapError> {
        self.file("MOVE", "to move mails", uids, folder).await
    }

    /// Copies mails to another folder.
    pub(in crate::intake::mailbox) async fn copy_to(
        &mut self,
        uids: &[u32],
        folder: &str,
    ) -> Result<(), ImapError> {
        self.file("COPY", "to copy mails", uids, folder).await
    }

    async fn file(
        &mut self,
        verb: &str,
        what: &'static str,
        uids: &[u32],
        folder: &str,
    ) -> Result<(), ImapError> {
        for (set, _) in sets(uids) {
            let command = line(&["UID", verb, &set, &quoted(folder)]);
            match self.ask(what, &command, |_| {}).await {
                Err(ImapError::Refused { code: Some(code), .. }) if code == "TRYCREATE" => {
                    self.create(folder).await?;
                    self.ask(what, &command, |_| {}).await?;
                }
                done => drop(done?),
            }
        }
        Ok(())
    }

    /// Takes away mails that are marked as deleted, and of these only the named ones (RFC 4315).
    pub(in crate::intake::mailbox) async fn expunge(
        &mut self,
        uids: &[u32],
    ) -> Result<(), ImapError> {
        for (set, _) in sets(uids) {
            self.ask("to remove mails", &line(&["UID", "EXPUNGE", &set]), |_| {}).await?;
        }
        Ok(())
    }

    /// Makes a folder; that it is there is no error.
    pub(in crate::intake::mailbox) async fn create(
        &mut self,
        folder: &str,
    ) -> Result<(), ImapError> {
        match self.ask("to make the folder", &line(&["CREATE", &quoted(folder)]), |_| {}).await {
            Err(ImapError::Refused { code: Some(code), .. }) if code == "ALREADYEXISTS" => Ok(()),
            done => done.map(drop),
        }
    }

    /// Whether a folder is there and may be used.
    pub(in crate::intake::mailbox) async fn has(&mut self, folder: &str) -> Result<(), ImapError> {
        let command = line(&["STATUS", &quoted(folder), "(MESSAGES)"]);
        self.ask("the folder", &command, |_| {}).await.map(drop)
    }

    /// The character between a folder and the folders in it.
    pub(in crate::intake::mailbox) async fn separator(
        &mut self,
    ) -> Result<Option<char>, ImapError> {
        let mut found = None;
        self.ask("to name its separator", "LIST \"\" \"\"", |response| {
            if let Response::List { separator } = response {
                found = separator;
            }
        })
        .await?;
        Ok(found)
    }
}
