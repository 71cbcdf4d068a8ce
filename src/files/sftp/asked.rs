//! A question to a server and the wait for its answer: each has its time, and the end of the connection ends them all.

use super::error::SftpError;
use super::wire::Attributes;
use super::wire::Reply;
use super::wire::Status;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::Instant;

/// Who waits for which answer.
#[derive(Default)]
pub(super) struct Waiting(Mutex<Places>);

#[derive(Default)]
struct Places {
    /// `None` when the connection has ended.
    replies: HashMap<u32, oneshot::Sender<Reply>>,
    next: u32,
    ended: bool,
}

impl Waiting {
    fn lock(&self) -> MutexGuard<'_, Places> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Hands an answer to who waits for it; nobody does any more for one that came too late.
    pub(super) fn answer(&self, number: u32, reply: Reply) {
        let asked = self.lock().replies.remove(&number);
        asked.map(|asked| asked.send(reply).ok());
    }

    pub(super) fn has_ended(&self) -> bool {
        self.lock().ended
    }

    /// The connection has ended, and every wait with it.
    pub(super) fn end(&self) {
        let mut places = self.lock();
        places.ended = true;
        places.replies.clear();
    }
}

/// A request that was sent.
pub(super) struct Asked {
    number: u32,
    answer: oneshot::Receiver<Reply>,
    deadline: Instant,
    waiting: Arc<Waiting>,
}

impl Asked {
    /// Takes the next number; the request is still to be sent.
    pub(super) fn new(waiting: &Arc<Waiting>, timeout: Duration) -> Self {
        let (answered, answer) = oneshot::channel();
        let mut places = waiting.lock();
        places.next = places.next.wrapping_add(1);
        let number = places.next;
        if !places.ended {
            places.replies.insert(number, answered);
        }
        drop(places);
        let deadline = Instant::now() + timeout;
        Self { number, answer, deadline, waiting: Arc::clone(waiting) }
    }

    pub(super) fn number(&self) -> u32 {
        self.number
    }

    pub(super) async fn reply(self) -> Result<Reply, SftpError> {
        match tokio::time::timeout_at(self.deadline, self.answer).await {
            Ok(Ok(reply)) => Ok(reply),
            Ok(Err(_)) => Err(SftpError::Lost),
            Err(_) => {
                self.waiting.lock().replies.remove(&self.number);
                Err(SftpError::Silent)
            }
        }
    }

    pub(super) async fn done(self) -> Result<(), SftpError> {
        match self.reply().await? {
            Reply::Status(Status::Ok) => Ok(()),
            other => Err(refused(other)),
        }
    }

    pub(super) async fn handle(self) -> Result<Vec<u8>, SftpError> {
        match self.reply().await? {
            Reply::Handle(handle) => Ok(handle),
            other => Err(refused(other)),
        }
    }

    pub(super) async fn attributes(self) -> Result<Attributes, SftpError> {
        match self.reply().await? {
            Reply::Attributes(attributes) => Ok(attributes),
            other => Err(refused(other)),
        }
    }

    /// The bytes that were asked for, or the first of them; `None` at the file's end.
    pub(super) async fn bytes(self) -> Result<Option<Vec<u8>>, SftpError> {
        match self.reply().await? {
            Reply::Data(bytes) if bytes.is_empty() => Err(SftpError::Nonsense),
            Reply::Data(bytes) => Ok(Some(bytes)),
            Reply::Status(Status::EndOfFile) => Ok(None),
            other => Err(refused(other)),
        }
    }
}

pub(super) fn refused(reply: Reply) -> SftpError {
    match reply {
        Reply::Status(status) => SftpError::of(status),
        Reply::Handle(_) | Reply::Data(_) | Reply::Names(_) | Reply::Attributes(_) => {
            SftpError::Nonsense
        }
    }
}
