//! The names under which the store knows a mail: RFC 5092's, with whose mailbox it is and when the mail arrived there.
//!
//! Folder, UIDVALIDITY and UID alone name neither. Another account, another server and a server restored from its backup give the same numbers
//! to other mails, and a mail held for one that is stored would be put away unread. A name that does not fit costs one more fetch
//! and a duplicate's answer.

use super::Config;
use super::keeper::Keeper;
use crate::domain::digest::Digest;
use jiff::Timestamp;
use std::ffi::OsString;

/// So many digits of its digest tell one account from another.
const ACCOUNT_DIGITS: usize = 16;

/// What of a mail was stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it.
    Whole,
    /// Its header at most: a stand-in.
    Header,
}

/// A short digest of host and user name: tells whose mailbox it is, and names nobody.
pub(super) fn account(config: &Config) -> String {
    let whose = format!("{}\n{}", config.host, config.username).to_lowercase();
    let mut digits = Digest::of(whose.as_bytes()).to_string();
    digits.truncate(ACCOUNT_DIGITS);
    digits
}

impl Keeper {
    /// The name under which a mail is known to the store; `arrived_at` is its INTERNALDATE.
    pub(super) fn occurrence(&self, uid: u32, arrived_at: Option<Timestamp>, part: Part) -> String {
        let (folder, validity, account) = (&self.folder, self.uid_validity, &self.mailbox.account);
        let at = arrived_at.map(|at| format!(";AT={}", at.as_second())).unwrap_or_default();
        let section = match part {
            Part::Whole => "",
            Part::Header => "/;SECTION=HEADER",
        };
        format!("{folder};UIDVALIDITY={validity};OF={account}{at}/;UID={uid}{section}")
    }

    /// The name under which a mail is in hand: what of it will be stored is not known yet.
    pub(super) fn name_in_hand(&self, uid: u32) -> OsString {
        format!("{};UIDVALIDITY={}/;UID={uid}", self.folder, self.uid_validity).into()
    }

    pub(super) fn in_hand(&self, uid: u32) -> bool {
        self.mailbox.in_hand.holds(&self.name_in_hand(uid))
    }
}

#[cfg(test)]
mod tests {
    use super::Config;
    use super::account;

    #[test]
    fn an_account_is_its_host_and_user_whatever_their_case() {
        let of = |host: &str, username: &str| {
            let keys = format!("name = \"a\"\nhost = \"{host}\"\nusername = \"{username}\"\n");
            account(&toml::from_str::<Config>(&keys).unwrap())
        };
        let one = of("imap.kommun.example", "avhysning@kommun.example");
        assert_eq!(one, of("IMAP.kommun.example", "Avhysning@kommun.example"));
        assert_ne!(one, of("imap2.kommun.example", "avhysning@kommun.example"));
        assert_ne!(one, of("imap.kommun.example", "vraek@kommun.example"));
        assert!(one.len() == 16 && !one.contains("kommun"));
    }
}
