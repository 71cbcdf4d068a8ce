//! `[[intake.maildir]]`: one mailbox on a local or mounted disk.

use serde::Deserialize;
use std::path::PathBuf;
use std::time::Duration;

/// The configuration of one mailbox.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The mailbox's name, `[a-z0-9-]+`.
    pub name: String,
    /// The Maildir. It must exist; `new/`, `cur/` and `tmp/` in it are made when missing.
    pub path: PathBuf,
    /// Pause between two looks, beside the system's events. Default `"1s"`.
    #[serde(default = "one_second", deserialize_with = "crate::intake::duration::deserialize")]
    pub scan_every: Duration,
    /// Largest mail stored whole, in bytes. Default 52428800 (50 MiB). Of a larger one the header is taken and the mail kept.
    #[serde(default = "fifty_mebibytes")]
    pub max_bytes: u64,
    /// Our own addresses: mail from them is never answered. Default: none.
    #[serde(default)]
    pub own_addresses: Vec<String>,
    /// Our own receiving hosts, names or patterns such as `*.example.org`, or the addresses that they have to each other: the outermost of them tells
    /// when a mail arrived. Default: none.
    #[serde(default)]
    pub trusted_hosts: Vec<String>,
}

impl Config {
    /// A mailbox with all defaults.
    pub fn new(name: impl Into<String>, path: impl Into<PathBuf>) -> Self {
        Self {
            name: name.into(),
            path: path.into(),
            scan_every: one_second(),
            max_bytes: fifty_mebibytes(),
            own_addresses: Vec::new(),
            trusted_hosts: Vec::new(),
        }
    }

    /// The door's name: `maildir:<name>`.
    pub fn door(&self) -> String {
        format!("maildir:{}", self.name)
    }

    /// All faults, each with its key and what is wrong with it.
    pub fn faults(&self) -> Vec<(&'static str, &'static str)> {
        let name = self.name.as_bytes();
        let plain = |c: &u8| c.is_ascii_lowercase() || c.is_ascii_digit() || *c == b'-';
        let own = &self.own_addresses;
        [
            (name.is_empty() || !name.iter().all(plain), "name", "only a-z, 0-9 and hyphen"),
            (self.path.as_os_str().is_empty(), "path", "must name a folder"),
            (self.scan_every.is_zero(), "scan_every", "must be longer than nothing"),
            (self.max_bytes == 0, "max_bytes", "must be at least 1"),
            (
                own.iter().any(|address| !address.contains('@')),
                "own_addresses",
                "holds what is no mail address",
            ),
        ]
        .into_iter()
        .filter_map(|(wrong, key, what)| wrong.then_some((key, what)))
        .collect()
    }
}

fn one_second() -> Duration {
    Duration::from_secs(1)
}

fn fifty_mebibytes() -> u64 {
    50 * 1024 * 1024
}

#[cfg(test)]
mod tests {
    use super::Config;

    #[test]
    fn two_keys_are_enough_and_wrong_values_are_told_with_their_keys() {
        let config: Config = toml::from_str("name = 'notices'\npath = '/var/mail/x'").unwrap();
        assert!(config.faults().is_empty());
        assert_eq!(config.door(), "maildir:notices");
        assert!(toml::from_str::<Config>("name = 'a'\npath = 'b'\nfolder = 'INBOX'").is_err());
        let wrong: Config =
            toml::from_str("name = 'Å'\npath = ''\nown_addresses = ['x']\nmax_bytes = 0").unwrap();
        let keys: Vec<_> = wrong.faults().into_iter().map(|(key, _)| key).collect();
        assert_eq!(keys, ["name", "path", "max_bytes", "own_addresses"]);
    }
}
