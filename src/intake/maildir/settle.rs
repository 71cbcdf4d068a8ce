//! After the commit: the mail moves from `new/` to `cur/` and is flagged as seen, if it is still the mail that was read.

use super::Mailbox;
use super::receive::MaildirReceipt;
use crate::files::folder::Folder;
use crate::files::name::numbered;
use crate::files::name::with_suffix;
use crate::intake::Settlement;
use std::ffi::OsStr;
use std::ffi::OsString;
use std::io;
use std::os::unix::ffi::OsStrExt;
use tokio::time::Instant;
use tracing::debug;
use tracing::error;

/// How many mails of one name `cur/` takes.
const NUMBERS: u32 = 1_000;

/// The flags a mail gets.
#[derive(Clone, Copy)]
pub(super) struct Aim {
    flags: &'static str,
}

impl Mailbox {
    /// See [`crate::intake::Settle::settle`]. A released mail is merely let go.
    pub(super) fn settle_all(&self, round: Vec<(MaildirReceipt, Settlement)>, now: Instant) {
        let aimed = round.into_iter().filter_map(|(receipt, settlement)| {
            let flags = match settlement {
                Settlement::Accepted(_) | Settlement::Duplicate { .. } if receipt.oversize => "FS",
                Settlement::Accepted(_) | Settlement::Duplicate { .. } => "S",
                Settlement::Refused(problem) => {
                    let (door, code) = (&self.door, problem.kind.as_str());
                    error!(door, code, "a mail was refused; it is kept in cur/ with the flag F");
                    "F"
                }
                Settlement::Released => return None,
            };
            Some(((receipt, Aim { flags }), 0))
        });
        self.settle_each(aimed.collect(), now);
    }

    /// Tries again what could not be moved.
    pub(super) fn settle_again(&self, now: Instant) {
        let due = self.memory().unsettled.due(now);
        self.settle_each(due, now);
    }

    fn settle_each(&self, round: Vec<((MaildirReceipt, Aim), u32)>, now: Instant) {
        if round.is_empty() {
            return;
        }
        let opened = Folder::open(&self.new).and_then(|new| Ok((new, Folder::open(&self.cur)?)));
        let mut settled = Vec::with_capacity(round.len());
        for ((receipt, aim), tries) in round {
            let moved = match &opened {
                Ok((new, cur)) => move_seen(new, cur, &receipt, aim),
                Err(failed) => Err(failed.kind().into()),
            };
            match moved {
                Ok(()) => settled.push(receipt),
                Err(failed) => {
                    let mut memory = self.memory();
                    memory.settling.failed(&failed);
                    receipt.hold.park();
                    memory.unsettled.keep((receipt, aim), tries + 1, now);
                }
            }
        }
        let door = &self.door;
        // The new names first: after a power cut a mail has two names or one, never none.
        let synced = opened.and_then(|(new, cur)| cur.sync().and_then(|()| new.sync()));
        if let Err(failed) = synced {
            error!(door, error = %failed, "cannot sync a mail folder; after a crash its mails are found again");
        }
        if !settled.is_empty() {
            self.memory().settling.worked();
        }
        let count = settled.len();
        debug!(door, count, "mails were marked as seen");
        // Only now may their names be offered again.
        drop(settled);
    }
}

fn move_seen(new: &Folder, cur: &Folder, receipt: &MaildirReceipt, aim: Aim) -> io::Result<()> {
    match new.look(&receipt.name)? {
        // Another program took it, or the file changed: then what is there now is read again.
        None => return Ok(()),
        Some(entry) if entry.identity != receipt.identity => return Ok(()),
        Some(_) => {}
    }
    for number in 1..NUMBERS {
        let name = settled_name(&receipt.name, number, aim.flags);
        if new.move_exactly(&receipt.name, cur, &name)? {
            return Ok(());
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// A mail's unique name without its flags.
pub(super) fn base_name(name: &OsStr) -> &OsStr {
    split(name).0
}

/// Base name and flags (`:2,` and letters; <https://cr.yp.to/proto/maildir.html>).
fn split(name: &OsStr) -> (&OsStr, &[u8]) {
    let bytes = name.as_bytes();
    match bytes.windows(3).rposition(|three| three == b":2,") {
        Some(at) if at > 0 && bytes[at + 3..].iter().all(u8::is_ascii_alphabetic) => {
            (OsStr::from_bytes(&bytes[..at]), &bytes[at + 3..])
        }
        Some(_) | None => (name, &[]),
    }
}

/// The name in `cur/`: flags that were there stay, in the order of the alphabet.
fn settled_name(name: &OsStr, number: u32, flags: &str) -> OsString {
    let (base, before) = split(name);
    let mut all: Vec<u8> = before.iter().copied().chain(flags.bytes()).collect();
    all.sort_unstable();
    all.dedup();
    with_suffix(&numbered(base, number), &format!(":2,{}", String::from_utf8_lossy(&all)))
}

#[cfg(test)]
mod tests {
    use super::base_name;
    use super::settled_name;
    use std::ffi::OsStr;

    #[test]
    fn flags_are_added_in_order_and_odd_names_survive() {
        for (name, number, flags, expected) in [
            ("17.M1P2.host", 1, "S", "17.M1P2.host:2,S"),
            ("17.M1P2.host,S=10:2,", 1, "FS", "17.M1P2.host,S=10:2,FS"),
            ("17.M1P2.host:2,RF", 1, "S", "17.M1P2.host:2,FRS"),
            ("17.M1P2.host", 2, "S", "17.M1P2.host.2:2,S"),
            ("a:2,b c", 1, "S", "a:2,b c:2,S"),
            (":2,S", 1, "S", ":2,S:2,S"),
        ] {
            assert_eq!(settled_name(OsStr::new(name), number, flags), expected, "{name}");
        }
        assert_eq!(settled_name(OsStr::new(&"x".repeat(255)), 1, "S").len(), 255);
        assert_eq!(base_name(OsStr::new("17.M1P2.host:2,S")), "17.M1P2.host");
    }
}
