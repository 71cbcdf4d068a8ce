//! A folder on the far side: listing it, and moving a notice's file on without replacing another.

use super::client::Client;
use super::entry::entry;
use super::entry::identity;
use super::entry::is_name;
use super::entry::kind;
use super::error::SftpError;
use super::link::Link;
use super::list;
use super::read;
use super::write;
use crate::domain::digest::Digest;
use crate::files::disk::Files;
use crate::files::identity::Entry;
use crate::files::identity::FileIdentity;
use crate::files::identity::Kind;
use crate::files::read::ReadError;
use std::ffi::OsStr;
use std::io;
use std::os::unix::ffi::OsStrExt as _;

/// A folder on a server, known by its path: the protocol cannot hold one open against exchange.
pub struct SftpFolder {
    link: Link,
    path: Vec<u8>,
}

impl SftpFolder {
    pub(super) fn open(link: &Link, path: &[u8]) -> Result<Self, SftpError> {
        let attributes = link.run(async |session| session.client.look(path).await)?;
        match kind(attributes) {
            Kind::Folder => Ok(Self { link: link.clone(), path: path.to_owned() }),
            Kind::File | Kind::Link | Kind::Special => Err(SftpError::NotFound),
        }
    }

    pub(super) fn open_or_create(link: &Link, path: &[u8]) -> Result<Self, SftpError> {
        match Self::open(link, path) {
            Err(SftpError::NotFound) => {
                // Whether it is there now is what counts: another may have been quicker.
                let made = link.run(async |session| session.client.make_folder(path).await);
                Self::open(link, path).map_err(|missing| made.err().unwrap_or(missing))
            }
            opened => opened,
        }
    }

    /// The path of a file in here. A name that would lead elsewhere names nothing.
    fn path_of(&self, name: &OsStr) -> Result<Vec<u8>, SftpError> {
        let name = name.as_bytes();
        if !is_name(name) {
            return Err(SftpError::NotFound);
        }
        let mut path = self.path.clone();
        if !path.ends_with(b"/") {
            path.push(b'/');
        }
        path.extend(name);
        Ok(path)
    }

    /// Answers whether the file has its new name; `false` when that is taken.
    fn rename(&self, from: &[u8], to: &[u8]) -> Result<bool, SftpError> {
        self.link.run(async |session| {
            let client = &session.client;
            // Some servers replace against the protocol: so the name is looked at first. Only we write to the folders we move to.
            if stands(client, to).await? {
                return Ok(false);
            }
            match client.rename(from, to).await {
                Ok(()) => Ok(true),
                // Version 3 has no word for "taken".
                Err(SftpError::Failed) if stands(client, to).await? => Ok(false),
                Err(error) => Err(error),
            }
        })
    }

    /// Where a server moves by giving the new name and taking the old one, it may have died in between: then the file bears both names, and
    /// the old one is taken. Otherwise the name is another's, and the answer is `false`.
    fn finish_half_move(&self, from: &[u8], to: &[u8]) -> Result<bool, SftpError> {
        let alike = self.link.run(async |session| {
            let (old, new) = (session.client.look(from).await?, session.client.look(to).await?);
            Ok(kind(old) == Kind::File && old == new)
        })?;
        // As little as two files of the same size and second have in common, it is not enough to take one away.
        if !alike || !same_content(&self.link, from, to) {
            return Ok(false);
        }
        self.link.run(async |session| session.client.remove(from).await)?;
        Ok(true)
    }
}

impl Files for SftpFolder {
    /// One server counts as one file system; where that is wrong, moves fail and are told.
    fn device(&self) -> io::Result<u64> {
        Ok(0)
    }

    /// The protocol cannot ask.
    fn check_permission(&self) -> io::Result<()> {
        Ok(())
    }

    fn open_or_create_in(&self, name: &OsStr) -> io::Result<Self> {
        Ok(Self::open_or_create(&self.link, &self.path_of(name)?)?)
    }

    fn list(&self, wanted: fn(&OsStr) -> bool) -> io::Result<Vec<Entry>> {
        let listed = self.link.run(async |session| {
            let client = &session.client;
            let mut entries = Vec::new();
            for (name, attributes) in list::names(client, &self.path, wanted).await? {
                let whole = attributes.mode.is_some() && attributes.size_bytes.is_some();
                match whole {
                    true => entries.push(entry(&name, attributes)),
                    false => entries.extend(self.look_up(client, &name).await?),
                }
            }
            Ok(entries)
        });
        Ok(listed?)
    }

    fn look(&self, name: &OsStr) -> io::Result<Option<Entry>> {
        Ok(self.link.run(async |session| self.look_up(&session.client, name.as_bytes()).await)?)
    }

    fn read(&self, name: &OsStr, limit_bytes: u64) -> Result<(Vec<u8>, FileIdentity), ReadError> {
        let path = self.path_of(name).map_err(|_| ReadError::Gone)?;
        let mut whole = Vec::new();
        let mut take = |piece: &[u8]| whole.extend_from_slice(piece);
        let work = async |client: &Client| read::file(client, &path, limit_bytes, &mut take).await;
        let attributes = read::run(&self.link, work)?;
        Ok((whole, identity(name.as_bytes(), attributes)))
    }

    fn digest(&self, name: &OsStr) -> Result<Digest, ReadError> {
        let path = self.path_of(name).map_err(|_| ReadError::Gone)?;
        read::digest(&self.link, &path)
    }

    fn move_exactly(&self, name: &OsStr, target: &Self, new_name: &OsStr) -> io::Result<bool> {
        let (from, to) = (self.path_of(name)?, target.path_of(new_name)?);
        Ok(self.rename(&from, &to)? || (from != to && self.finish_half_move(&from, &to)?))
    }

    fn put_new(&self, name: &OsStr, bytes: &[u8]) -> io::Result<bool> {
        let path = self.path_of(name)?;
        let temporary = format!(".{}.tmp", uuid::Uuid::new_v4().simple());
        let temporary = self.path_of(OsStr::new(&temporary))?;
        let written =
            self.link.run(async |session| write::file(&session.client, &temporary, bytes).await);
        let named = written.and_then(|()| self.rename(&temporary, &path));
        if !matches!(named, Ok(true)) {
            // After a lost connection it may even bear its name already: then there is nothing to remove.
            let removed = self.link.run(async |session| session.client.remove(&temporary).await);
            if removed.is_err_and(|error| error.ends_connection()) {
                self.link.left_over(temporary);
            }
        }
        Ok(named?)
    }

    fn remove(&self, name: &OsStr) -> io::Result<()> {
        let path = self.path_of(name)?;
        Ok(self.link.run(async |session| session.client.remove(&path).await)?)
    }

    fn check_writing(&self, name: &OsStr) -> io::Result<()> {
        let path = self.path_of(name)?;
        Ok(self.link.run(async |session| {
            match session.client.remove(&path).await {
                // What an earlier check left.
                Ok(()) | Err(SftpError::NotFound) => {}
                Err(error) => return Err(error),
            }
            let written = write::file(&session.client, &path, b"").await;
            let removed = session.client.remove(&path).await;
            written.and(removed)
        })?)
    }

    /// The protocol cannot ask for it.
    fn sync(&self) -> io::Result<()> {
        Ok(())
    }
}

impl SftpFolder {
    async fn look_up(&self, client: &Client, name: &[u8]) -> Result<Option<Entry>, SftpError> {
        let Ok(path) = self.path_of(OsStr::from_bytes(name)) else { return Ok(None) };
        match client.look(&path).await {
            Ok(attributes) => Ok(Some(entry(name, attributes))),
            Err(SftpError::NotFound) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

fn same_content(link: &Link, one: &[u8], other: &[u8]) -> bool {
    let digests = [one, other].map(|path| read::digest(link, path));
    matches!(digests, [Ok(one), Ok(other)] if one == other)
}

/// Whether anything bears this path.
async fn stands(client: &Client, path: &[u8]) -> Result<bool, SftpError> {
    match client.look(path).await {
        Ok(_) => Ok(true),
        Err(SftpError::NotFound) => Ok(false),
        Err(error) => Err(error),
    }
}
