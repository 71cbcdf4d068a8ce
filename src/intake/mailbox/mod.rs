//! IMAP: a mailbox on a mail server. A mail stays in its folder until it is committed; then it is moved to another folder, or flagged.
//!
//! What is still to be taken is never ours to remember. A folder's mails are known by UID and UIDVALIDITY, which every committed message
//! bears as its occurrence, with whose mailbox it is and when the mail arrived there (`INBOX;UIDVALIDITY=17;OF=4f…;AT=1795165200/;UID=4711`):
//! before a mail is fetched, the store is asked through [`Taken`] whether that one is committed, and if so it is merely settled again. So a crash between commit and settling costs no second download, no watermark can run
//! ahead of what was stored, and a server that numbers its mails anew (another UIDVALIDITY) only makes us read them again: the store knows them by Message-ID and
//! digest, and each gets its first answer. Flags that people set hide nothing from us: a mail that somebody opened is taken like any other.
//!
//! One task keeps each folder (`keeper`): it connects, settles, looks, fetches and waits, all on one connection. A server that falls silent is
//! noticed by the time limit of every command, while waiting by asking anew before `idle_for` is over. A mail that the server has and does
//! not give is asked for again by `retry`, alone; then its header, or what there is, goes to a person, and the others never wait for it.

pub mod config;

mod door;
mod error;
mod imap;
mod keeper;
mod look;
mod occurrence;
mod pile;
mod probe;
mod serve;
mod settle;
mod take;
mod withheld;
mod wrap;

pub use config::Config;
pub use door::MailboxDoor;
pub use door::MailboxReceipt;
pub use door::MailboxReceive;
pub use door::MailboxSettle;
pub use probe::Problem;
pub use probe::probe;

use std::collections::HashSet;

/// What the door asks of the store.
#[async_trait::async_trait]
pub trait Taken: Send + Sync + 'static {
    /// Which of these occurrences of a door are committed.
    async fn taken(
        &self,
        door: &str,
        occurrences: &[String],
    ) -> Result<HashSet<String>, TakenUnavailable>;
}

/// The store could not be asked.
#[derive(Debug, thiserror::Error)]
#[error("cannot ask the store which mails it has")]
pub struct TakenUnavailable(#[source] pub Box<dyn std::error::Error + Send + Sync>);
