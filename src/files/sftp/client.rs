//! Requests and answers over one connection: many may be under way, each has its time, and the end of the connection ends them all.

use super::asked::Asked;
use super::asked::Waiting;
use super::asked::refused;
use super::error::SftpError;
use super::wire::Answer;
use super::wire::Attributes;
use super::wire::Reply;
use super::wire::Request;
use super::wire::Status;
use super::wire::kind;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::AsyncRead;
use tokio::io::AsyncReadExt as _;
use tokio::io::AsyncWrite;
use tokio::io::AsyncWriteExt as _;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// The longest answer that is read: a folder's page of names. OpenSSH's are a sixteenth of it.
const LONGEST: u32 = 4 * 1024 * 1024;

const READ: u32 = 0x1;
const WRITE: u32 = 0x2;
const CREATE: u32 = 0x8;
const EXCLUSIVE: u32 = 0x20;

/// Makes a file's bytes last on the server's disk.
const FSYNC: &[u8] = b"fsync@openssh.com";

/// One connection's requests.
pub(super) struct Client {
    requests: mpsc::UnboundedSender<Vec<u8>>,
    waiting: Arc<Waiting>,
    timeout: Duration,
    has_fsync: bool,
    tasks: [JoinHandle<()>; 2],
}

impl Drop for Client {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

impl Client {
    /// Agrees on the version and begins.
    pub(super) async fn begin<S>(stream: S, timeout: Duration) -> Result<Self, SftpError>
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let (mut from, mut to) = tokio::io::split(stream);
        let greeting = Request::new(kind::INIT, 3).finish();
        let greet = async {
            to.write_all(&greeting).await.map_err(|_| SftpError::Lost)?;
            packet(&mut from).await
        };
        let answer =
            tokio::time::timeout(timeout, greet).await.map_err(|_| SftpError::Silent)??;
        let has_fsync = offers_fsync(&answer).ok_or(SftpError::Nonsense)?;
        let waiting = Arc::<Waiting>::default();
        let (requests, mut queue) = mpsc::unbounded_channel::<Vec<u8>>();
        let places = Arc::clone(&waiting);
        let writing = tokio::spawn(async move {
            while let Some(request) = queue.recv().await {
                if to.write_all(&request).await.is_err() {
                    break;
                }
                if queue.is_empty() && to.flush().await.is_err() {
                    break;
                }
            }
            places.end();
        });
        let places = Arc::clone(&waiting);
        let reading = tokio::spawn(async move {
            while let Ok(body) = packet(&mut from).await {
                let Some((number, reply)) = Answer::of(&body).reply() else { break };
                places.answer(number, reply);
            }
            places.end();
        });
        Ok(Self { requests, waiting, timeout, has_fsync, tasks: [writing, reading] })
    }

    /// Whether the connection has ended.
    pub(super) fn has_ended(&self) -> bool {
        self.waiting.has_ended()
    }

    /// Sends a request.
    fn ask(&self, kind: u8, fill: impl FnOnce(Request) -> Request) -> Asked {
        let asked = Asked::new(&self.waiting, self.timeout);
        // Where the connection has ended, nobody takes it, and the answer's sender is gone.
        self.requests.send(fill(Request::new(kind, asked.number())).finish()).ok();
        asked
    }

    /// What stands under a path, of a link the link itself.
    pub(super) async fn look(&self, path: &[u8]) -> Result<Attributes, SftpError> {
        self.ask(kind::LSTAT, |r| r.bytes(path)).attributes().await
    }

    /// What an opened file is.
    pub(super) async fn look_at(&self, handle: &[u8]) -> Result<Attributes, SftpError> {
        self.ask(kind::FSTAT, |r| r.bytes(handle)).attributes().await
    }

    pub(super) async fn open_to_read(&self, path: &[u8]) -> Result<Vec<u8>, SftpError> {
        self.ask(kind::OPEN, |r| r.bytes(path).number(READ).number(0)).handle().await
    }

    /// Fails when anything bears the name already, a link included. The server's own rules give the permissions.
    pub(super) async fn create(&self, path: &[u8]) -> Result<Vec<u8>, SftpError> {
        let flags = WRITE | CREATE | EXCLUSIVE;
        self.ask(kind::OPEN, |r| r.bytes(path).number(flags).number(0)).handle().await
    }

    pub(super) async fn open_folder(&self, path: &[u8]) -> Result<Vec<u8>, SftpError> {
        self.ask(kind::OPENDIR, |r| r.bytes(path)).handle().await
    }

    /// The next page of a folder; `None` at its end.
    pub(super) async fn next_names(
        &self,
        handle: &[u8],
    ) -> Result<Option<Vec<(Vec<u8>, Attributes)>>, SftpError> {
        match self.ask(kind::READDIR, |r| r.bytes(handle)).reply().await? {
            Reply::Names(names) => Ok(Some(names)),
            Reply::Status(Status::EndOfFile) => Ok(None),
            other => Err(refused(other)),
        }
    }

    /// Asks for some bytes from a place in a file, at most so many: see [`Asked::bytes`].
    pub(super) fn read(&self, handle: &[u8], from: u64, most: u32) -> Asked {
        self.ask(kind::READ, |r| r.bytes(handle).long(from).number(most))
    }

    pub(super) async fn write(
        &self,
        handle: &[u8],
        at: u64,
        bytes: &[u8],
    ) -> Result<(), SftpError> {
        self.ask(kind::WRITE, |r| r.bytes(handle).long(at).bytes(bytes)).done().await
    }

    /// Makes written bytes last, where the server can.
    pub(super) async fn sync(&self, handle: &[u8]) -> Result<(), SftpError> {
        if !self.has_fsync {
            return Ok(());
        }
        self.ask(kind::EXTENDED, |r| r.bytes(FSYNC).bytes(handle)).done().await
    }

    /// Closes what was opened for some work, whatever became of it: a server gives only so many handles. After a failure, which is the
    /// one to tell, nobody waits for the answer.
    pub(super) async fn close<T, E: From<SftpError>>(
        &self,
        handle: &[u8],
        worked: Result<T, E>,
    ) -> Result<T, E> {
        let closed = self.ask(kind::CLOSE, |r| r.bytes(handle));
        let result = worked?;
        closed.done().await?;
        Ok(result)
    }

    /// The plain rename of version 3, which must fail when the new name is taken. The extension that replaces is never asked for.
    pub(super) async fn rename(&self, from: &[u8], to: &[u8]) -> Result<(), SftpError> {
        self.ask(kind::RENAME, |r| r.bytes(from).bytes(to)).done().await
    }

    pub(super) async fn remove(&self, path: &[u8]) -> Result<(), SftpError> {
        self.ask(kind::REMOVE, |r| r.bytes(path)).done().await
    }

    pub(super) async fn make_folder(&self, path: &[u8]) -> Result<(), SftpError> {
        self.ask(kind::MKDIR, |r| r.bytes(path).number(0)).done().await
    }
}

/// Whether the server's greeting offers fsync; `None` when it speaks another version.
fn offers_fsync(greeting: &[u8]) -> Option<bool> {
    let mut answer = Answer::of(greeting);
    let version = (answer.byte()?, answer.number()?);
    if version != (kind::VERSION, 3) {
        return None;
    }
    let mut offers = false;
    while !answer.is_at_end() {
        let (name, _) = (answer.bytes()?, answer.bytes()?);
        offers |= name == FSYNC;
    }
    Some(offers)
}

async fn packet(from: &mut (impl AsyncRead + Unpin)) -> Result<Vec<u8>, SftpError> {
    let length = from.read_u32().await.map_err(|_| SftpError::Lost)?;
    if length == 0 || length > LONGEST {
        return Err(SftpError::Nonsense);
    }
    let mut body = Vec::new();
    // The buffer grows with what really comes.
    let read = from.take(length.into()).read_to_end(&mut body).await;
    match read {
        Ok(read) if read == length as usize => Ok(body),
        Ok(_) | Err(_) => Err(SftpError::Lost),
    }
}

#[cfg(test)]
#[path = "client_tests.rs"]
mod tests;
