//! `[[intake.mailbox]]`: one mailbox on a mail server.

use crate::domain::masked::Masked;
use crate::domain::retry::RetryPolicy;
use crate::http::oauth;
use crate::http::peer::is_this_machine;
use jiff::SignedDuration;
use serde::Deserialize;
use std::path::PathBuf;
use std::time::Duration;

/// Servers may hang up on who is idle for half an hour (RFC 2177).
const LONGEST_IDLE: Duration = Duration::from_secs(29 * 60);

/// The configuration of one mailbox.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The mailbox's name, `[a-z0-9-]+`.
    pub name: String,
    /// The mail server; its certificate must bear this name.
    pub host: String,
    /// Its port. Default 993; with `starttls` usually 143.
    #[serde(default = "port")]
    pub port: u16,
    /// How the connection is secured. Default `tls`.
    #[serde(default)]
    pub security: Security,
    /// PEM file of the authority to trust instead of the system's.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
    /// User name; with `oauth` the mailbox's address.
    pub username: String,
    /// Password.
    #[serde(default)]
    pub password: Option<Masked>,
    /// File that holds the password; a line break at its end is not part of it.
    #[serde(default)]
    pub password_file: Option<PathBuf>,
    /// Access tokens instead of a password.
    #[serde(default)]
    pub oauth: Option<oauth::Config>,
    /// The folders that are read. Default `["INBOX"]`.
    #[serde(default = "inbox")]
    pub folders: Vec<String>,
    /// What becomes of a mail that is stored. Default `move`.
    #[serde(default)]
    pub after: After,
    /// With `move`: where stored mails go; made when missing. `/` stands for a folder in a folder.
    #[serde(default = "done_folder")]
    pub done_folder: String,
    /// With `move`: where mails go that could not be stored whole; made when missing.
    #[serde(default = "failed_folder")]
    pub failed_folder: String,
    /// With `flag`: the keyword or `\Seen` that stored mails get.
    #[serde(default = "flag")]
    pub flag: String,
    /// Largest mail stored whole, in bytes. Default 52428800 (50 MiB). Of a larger one the header is taken and the mail kept.
    #[serde(default = "fifty_mebibytes")]
    pub max_bytes: u64,
    /// Whether the server may tell of new mails (IDLE) where it can. Default true.
    #[serde(default = "yes")]
    pub idle: bool,
    /// How long its silence is believed before we look ourselves. Default `"4m"`.
    #[serde(default = "four_minutes", deserialize_with = "crate::intake::duration::deserialize")]
    pub idle_for: Duration,
    /// Pause between two looks at a server that does not tell. Default `"30s"`.
    #[serde(default = "half_a_minute", deserialize_with = "crate::intake::duration::deserialize")]
    pub poll_every: Duration,
    /// The longest silence in answer to a command. Default `"30s"`.
    #[serde(default = "half_a_minute", deserialize_with = "crate::intake::duration::deserialize")]
    pub timeout: Duration,
    /// When a mail that the server has and does not give is asked for again, before it is given to a person.
    #[serde(default = "retry")]
    pub retry: RetryPolicy,
    /// Our own addresses: mail from them is never answered. Default: none.
    #[serde(default)]
    pub own_addresses: Vec<String>,
    /// Our own receiving hosts, names or patterns such as `*.example.org`, or the addresses that they have to each other: the outermost of them tells
    /// when a mail arrived. Default: none.
    #[serde(default)]
    pub trusted_hosts: Vec<String>,
}

/// How the connection is secured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Security {
    /// TLS from the first byte.
    #[default]
    Tls,
    /// STARTTLS, demanded.
    Starttls,
    /// In the clear: only to this same machine.
    None,
}

/// What becomes of a mail that is stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum After {
    /// It goes to another folder.
    #[default]
    Move,
    /// It stays and gets a flag.
    Flag,
}

impl Config {
    /// The door's name: `mailbox:<name>`.
    pub fn door(&self) -> String {
        format!("mailbox:{}", self.name)
    }

    /// Whether both read the same folder: each would take every mail in it for its own.
    pub fn overlaps(&self, other: &Self) -> bool {
        let same = |a: &str, b: &str| a.eq_ignore_ascii_case(b);
        let shared = |folder: &String| other.folders.iter().any(|theirs| same(theirs, folder));
        same(&self.host, &other.host)
            && same(&self.username, &other.username)
            && self.folders.iter().any(shared)
    }

    /// All faults, each with its key and what is wrong with it. Opens nothing.
    pub fn faults(&self) -> Vec<(&'static str, &'static str)> {
        let name = self.name.as_bytes();
        let plain = |c: &u8| c.is_ascii_lowercase() || c.is_ascii_digit() || *c == b'-';
        let zero = Duration::ZERO;
        let mut faults: Vec<_> = [
            (name.is_empty() || !name.iter().all(plain), "name", "only a-z, 0-9 and hyphen"),
            (self.host.is_empty(), "host", "must name the mail server"),
            (self.port == 0, "port", "must not be 0"),
            (
                self.security == Security::None && !is_this_machine(&self.host),
                "security",
                "\"none\" is for a server on this machine; use \"tls\" or \"starttls\"",
            ),
            (self.username.is_empty(), "username", "must name the user"),
            (self.secrets() != 1, "password_file", "give one of password, password_file and oauth"),
            (self.max_bytes == 0, "max_bytes", "must be at least 1"),
            (
                self.idle_for == zero || self.idle_for > LONGEST_IDLE,
                "idle_for",
                "must be longer than nothing and at most 29m",
            ),
            (self.poll_every == zero, "poll_every", "must be longer than nothing"),
            (self.timeout == zero, "timeout", "must be longer than nothing"),
            (
                self.retry.attempts == 0 || self.retry.first <= SignedDuration::ZERO,
                "retry",
                "needs at least one attempt and a pause longer than nothing",
            ),
            (
                self.own_addresses.iter().any(|address| !address.contains('@')),
                "own_addresses",
                "holds what is no mail address",
            ),
        ]
        .into_iter()
        .filter_map(|(wrong, key, what)| wrong.then_some((key, what)))
        .collect();
        faults.extend(self.folder_faults());
        faults.extend(self.oauth.iter().flat_map(oauth::Config::faults));
        faults
    }

    fn folder_faults(&self) -> Vec<(&'static str, &'static str)> {
        let same = |a: &str, b: &str| a == b || (a.eq_ignore_ascii_case(b) && is_inbox(a));
        let read = |other: &str| self.folders.iter().any(|folder| same(folder, other));
        let unusable = |name: &str| name.is_empty() || name.chars().any(char::is_control);
        let again = |(at, folder): (usize, &String)| {
            self.folders.iter().take(at).any(|before| same(before, folder))
        };
        let moves = self.after == After::Move;
        let done = |name: &str| moves && (unusable(name) || read(name));
        const NOT_READ: &str = "must name a folder that is not itself read";
        [
            (
                self.folders.is_empty() || self.folders.iter().any(|name| unusable(name)),
                "folders",
                "must name at least one folder",
            ),
            (self.folders.iter().enumerate().any(again), "folders", "names a folder twice"),
            (done(&self.done_folder), "done_folder", NOT_READ),
            (done(&self.failed_folder), "failed_folder", NOT_READ),
            (
                self.after == After::Flag && !is_flag(&self.flag),
                "flag",
                "must be \\Seen or a keyword of letters, digits, $, - and _",
            ),
        ]
        .into_iter()
        .filter_map(|(wrong, key, what)| wrong.then_some((key, what)))
        .collect()
    }

    fn secrets(&self) -> usize {
        usize::from(self.password.is_some())
            + usize::from(self.password_file.is_some())
            + usize::from(self.oauth.is_some())
    }
}

fn is_inbox(name: &str) -> bool {
    name.eq_ignore_ascii_case("INBOX")
}

fn is_flag(flag: &str) -> bool {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "$-_".contains(letter);
    flag == "\\Seen" || (!flag.is_empty() && flag.chars().all(plain))
}

fn port() -> u16 {
    993
}

fn inbox() -> Vec<String> {
    vec!["INBOX".to_owned()]
}

fn done_folder() -> String {
    "Kvittens/Done".to_owned()
}

fn failed_folder() -> String {
    "Kvittens/Failed".to_owned()
}

fn flag() -> String {
    "kvittens".to_owned()
}

fn fifty_mebibytes() -> u64 {
    50 * 1024 * 1024
}

fn yes() -> bool {
    true
}

fn four_minutes() -> Duration {
    Duration::from_secs(4 * 60)
}

fn half_a_minute() -> Duration {
    Duration::from_secs(30)
}

fn retry() -> RetryPolicy {
    RetryPolicy {
        first: SignedDuration::from_secs(10),
        longest: SignedDuration::from_hours(1),
        attempts: 8,
    }
}

#[cfg(test)]
#[path = "config_tests.rs"]
mod tests;
