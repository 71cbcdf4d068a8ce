//! The doors: channel adapters through which messages come in.
//!
//! A door hands over a message together with the means to settle it with its channel. It settles nothing before the message is
//! committed and synced: a mail keeps its place in `new/`, a file in `in/`, a request waits. Every door passes the intake
//! conformance suite (`tests/it/conformance`).

pub mod api;
pub mod dropped;
pub mod folder;
pub mod mailbox;
pub mod maildir;
pub mod sftp;

mod duration;
mod in_hand;
mod looks;
mod mail_envelope;
mod oversize;
mod passed_over;
mod polled;
mod trouble;
mod watch;

use crate::domain::answer::Answer;
use crate::domain::answer::Problem;
use crate::domain::received::Received;
use std::future::Future;

/// How a message is settled with its channel.
#[derive(Clone, Debug)]
pub enum Settlement {
    /// Committed for the first time.
    Accepted(Answer),
    /// Committed before: the first one's answer. `redelivered` tells an interrupted settling (the same file or mail found again)
    /// from a message that was sent once more.
    Duplicate {
        /// The first answer.
        answer: Answer,
        /// The same occurrence came again after a crash.
        redelivered: bool,
    },
    /// Nothing was stored; the sender is told why. Only doors that answer at once (the API) see this for content.
    Refused(Problem),
    /// Nothing was stored because of us (store down, shutting down): the message stays with its channel and comes again.
    Released,
}

/// A configured door.
pub trait IntakeAdapter: Send + 'static {
    /// What this channel needs to settle: a path, a waiting request.
    type Receipt: Send + 'static;
    /// The half that brings messages.
    type Receive: Receive<Receipt = Self::Receipt> + 'static;
    /// The half that settles them.
    type Settle: Settle<Receipt = Self::Receipt> + 'static;

    /// The door's name as in [`crate::domain::received::SourceKey::door`].
    fn door(&self) -> String;

    /// Two halves that run side by side, so that waiting for the next message never holds up settling the last. Fails when the
    /// channel cannot be used at all (folder missing, no permission); what fails later is retried inside.
    fn open(
        self,
    ) -> impl Future<Output = Result<(Self::Receive, Self::Settle), IntakeError>> + Send;
}

/// The half that brings messages.
pub trait Receive: Send {
    /// See [`IntakeAdapter::Receipt`].
    type Receipt: Send + 'static;

    /// The next message, or `None` when the door is closed for good. Cancel safe: a message not settled comes again, after a
    /// restart at the latest. While a message is unsettled it is not offered again.
    fn receive(&mut self) -> impl Future<Output = Option<(Received, Self::Receipt)>> + Send;
}

/// The half that settles.
pub trait Settle: Send {
    /// See [`IntakeAdapter::Receipt`].
    type Receipt: Send + 'static;

    /// Settles messages with their channel, after the commit. Idempotent; what cannot be settled now (disk full, folder gone) is
    /// logged and found again, since the store recognises it.
    fn settle(
        &mut self,
        settlements: Vec<(Self::Receipt, Settlement)>,
    ) -> impl Future<Output = ()> + Send;
}

/// Why a door could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// A folder of the door cannot be used.
    #[error("cannot use the {what} of door {door}")]
    Folder {
        /// The door's name.
        door: String,
        /// Which folder, such as `in folder`.
        what: &'static str,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A file that a key of the door names cannot be used.
    #[error("cannot use the {key} of door {door}")]
    Setting {
        /// The door's name.
        door: String,
        /// The key, such as `ca_file`.
        key: &'static str,
        /// Why.
        #[source]
        source: std::io::Error,
    },
}
