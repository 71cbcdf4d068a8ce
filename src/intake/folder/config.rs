//! `[[intake.folder]]`: one partner's drop folder.

use crate::domain::masked::Masked;
use serde::Deserialize;
use std::path::PathBuf;
use std::time::Duration;

/// The configuration of one drop folder.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The partner's name, `[a-z0-9-]+`. What lies in this folder counts as sent by this partner, so only the partner may write to it.
    pub partner: String,
    /// The partner's folder. `in/`, `done/`, `failed/` and `receipts/` in it are made when missing; all on one file system.
    pub path: PathBuf,
    /// How long a file must stay unchanged before it is taken, unless it was renamed into place. Default `"2s"`.
    #[serde(default = "two_seconds", deserialize_with = "crate::intake::duration::deserialize")]
    pub settle_after: Duration,
    /// Pause between two looks, beside the system's events. Default `"1s"`.
    #[serde(default = "one_second", deserialize_with = "crate::intake::duration::deserialize")]
    pub scan_every: Duration,
    /// Largest file taken, in bytes. Default 52428800 (50 MiB).
    #[serde(default = "fifty_mebibytes")]
    pub max_bytes: u64,
    /// Also send receipts by mail to this address. Default: none.
    #[serde(default)]
    pub mail_to: Option<Masked>,
}

impl Config {
    /// A folder with all defaults.
    pub fn new(partner: impl Into<String>, path: impl Into<PathBuf>) -> Self {
        Self {
            partner: partner.into(),
            path: path.into(),
            settle_after: two_seconds(),
            scan_every: one_second(),
            max_bytes: fifty_mebibytes(),
            mail_to: None,
        }
    }

    /// The door's name: `folder:<partner>`.
    pub fn door(&self) -> String {
        format!("folder:{}", self.partner)
    }

    /// All faults, each with its key and what is wrong with it.
    pub fn faults(&self) -> Vec<(&'static str, &'static str)> {
        let name = self.partner.as_bytes();
        let plain = |c: &u8| c.is_ascii_lowercase() || c.is_ascii_digit() || *c == b'-';
        let mail_to = self.mail_to.as_ref().map(Masked::reveal);
        [
            (name.is_empty() || !name.iter().all(plain), "partner", "only a-z, 0-9 and hyphen"),
            (self.path.as_os_str().is_empty(), "path", "must name a folder"),
            (self.scan_every.is_zero(), "scan_every", "must be longer than nothing"),
            (self.max_bytes == 0, "max_bytes", "must be at least 1"),
            (mail_to.is_some_and(|to| !to.contains('@')), "mail_to", "is not a mail address"),
        ]
        .into_iter()
        .filter_map(|(wrong, key, what)| wrong.then_some((key, what)))
        .collect()
    }
}

fn two_seconds() -> Duration {
    Duration::from_secs(2)
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
    use std::time::Duration;

    #[test]
    fn two_keys_are_enough_and_the_rest_has_defaults() {
        let config: Config = toml::from_str("partner = 'demo'\npath = '/srv/drop/demo'").unwrap();
        assert_eq!(config.settle_after, Duration::from_secs(2));
        assert_eq!(config.scan_every, Duration::from_secs(1));
        assert_eq!(config.max_bytes, 52_428_800);
        assert!(config.faults().is_empty());
        assert_eq!(config.door(), "folder:demo");
    }

    #[test]
    fn wrong_values_are_told_with_their_keys() {
        for (text, key) in [
            ("settle_after = 'soon'", "duration"),
            ("settle_after = '-1s'", "duration"),
            ("colour = 1", "colour"),
        ] {
            let text = format!("partner = 'demo'\npath = 'x'\n{text}");
            let fault = toml::from_str::<Config>(&text).unwrap_err().to_string();
            assert!(fault.contains(key), "{fault}");
        }
        let mut config = Config::new("De mo", "");
        config.max_bytes = 0;
        config.scan_every = Duration::ZERO;
        config.mail_to = Some("nobody".into());
        let keys: Vec<_> = config.faults().into_iter().map(|(key, _)| key).collect();
        assert_eq!(keys, ["partner", "path", "scan_every", "max_bytes", "mail_to"]);
    }
}
