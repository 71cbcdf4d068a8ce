//! How a canary gets to its door: as a partner's file, a mail or a request would.

use crate::acknowledge::OutgoingMail;
use crate::domain::failure::Failure;
use crate::domain::masked::Masked;
use crate::files::folder::Folder;
use crate::files::put::IfTaken;
use crate::pipeline::alive::Watching;
use crate::pipeline::alive::mark::Token;
use jiff::Timestamp;
use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::path::PathBuf;

/// A way to a door.
#[derive(Clone, Debug)]
pub enum Way {
    /// A file written into this folder and then named.
    Folder(PathBuf),
    /// A mail written into `tmp/` of this Maildir and moved to `new/`: for a mailbox whose address we do not know.
    Maildir(PathBuf),
    /// A mail to this address, by the mail server that acknowledgements go by.
    Mail(Masked),
    /// A request to this URL, with this key.
    Api {
        /// Where notices are posted.
        url: String,
        /// The key, held in memory only.
        key: Masked,
    },
}

/// Why a canary could not be sent.
#[derive(Debug, thiserror::Error)]
pub(super) enum SendError {
    #[error("the folder cannot be written")]
    Folder(#[from] io::Error),
    #[error("the mail was not taken")]
    Mail(#[from] Failure),
    #[error("no mail transport is configured")]
    NoTransport,
    #[error("the request was not answered")]
    Request(#[from] reqwest::Error),
    #[error("the request was answered with {0}")]
    Answer(u16),
}

impl Way {
    /// Sends a canary; answers where its file lies, when it is one.
    pub(super) async fn send(
        &self,
        watching: &Watching,
        token: &Token,
        now: Timestamp,
    ) -> Result<Option<PathBuf>, SendError> {
        let name = format!("kvittens-canary-{}", hex::encode(rand::random::<[u8; 6]>()));
        let date = jiff::fmt::rfc2822::to_string(&now.to_zoned(jiff::tz::TimeZone::UTC))
            .unwrap_or_default();
        let mail = |to: &str| token.mail(&watching.from, to, &date);
        match self {
            Self::Folder(folder) => {
                let (folder, name) = (folder.clone(), OsString::from(format!("{name}.txt")));
                let (at, text) = (folder.join(&name), token.file());
                on_disk(move || {
                    Folder::open(&folder)?.put(&name, text.as_bytes(), IfTaken::Refuse).map(drop)
                })
                .await?;
                Ok(Some(at))
            }
            Self::Maildir(folder) => {
                let name = format!("{}.{name}", now.as_second());
                let (folder, at) = (folder.clone(), folder.join("new").join(&name));
                let text = mail(&watching.from);
                on_disk(move || deliver(&folder, &OsString::from(name), text.as_bytes())).await?;
                Ok(Some(at))
            }
            Self::Mail(to) => {
                let transport = watching.transport.as_ref().ok_or(SendError::NoTransport)?;
                let (from, to) = (Some(watching.from.clone()), to.reveal().to_owned());
                let bytes = mail(&to).into_bytes().into();
                transport.send(&OutgoingMail { from, to, bytes }).await?;
                Ok(None)
            }
            Self::Api { url, key } => {
                let request = watching.http.post(url).bearer_auth(key.reveal());
                let request = request.header("content-type", "application/json");
                let answer = request.body(token.request()).send().await;
                match answer.map_err(reqwest::Error::without_url)?.status().as_u16() {
                    202 => Ok(None),
                    other => Err(SendError::Answer(other)),
                }
            }
        }
    }
}

async fn on_disk(work: impl FnOnce() -> io::Result<()> + Send + 'static) -> Result<(), SendError> {
    let done = tokio::task::spawn_blocking(work).await;
    Ok(done.unwrap_or_else(|died| Err(io::Error::other(died)))?)
}

/// As a mail server delivers into a Maildir.
fn deliver(maildir: &Path, name: &OsString, bytes: &[u8]) -> io::Result<()> {
    let (tmp, new) = (Folder::open(&maildir.join("tmp"))?, Folder::open(&maildir.join("new"))?);
    let written = tmp.put(name, bytes, IfTaken::Refuse)?;
    match tmp.move_exactly(&written, &new, name)? {
        true => new.sync(),
        false => Err(io::ErrorKind::AlreadyExists.into()),
    }
}
