//! Where a webhook goes, and how long its receiver may take: a section of the configuration.

use crate::acknowledge::webhook::address;
use crate::domain::digest::Digest;
use serde::Deserialize;
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;
use url::Host;
use url::Url;

/// A receiver of webhooks. `Debug` shows the host only: a path may hold a secret.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where the calls go: `https`.
    pub url: Url,
    /// Take a receiver whose address is private, of this machine or of the local link; and, on this machine, one without TLS.
    #[serde(default)]
    pub allow_private: bool,
    /// The authority to trust besides the usual ones.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
    /// The longest that one call may take in all. Default `"15s"`.
    #[serde(
        default = "a_quarter_of_a_minute",
        with = "jiff::fmt::serde::unsigned_duration::friendly::compact::required"
    )]
    pub timeout: Duration,
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("host", &self.url.host_str())
            .field("allow_private", &self.allow_private)
            .field("ca_file", &self.ca_file)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

impl Config {
    /// Tells one receiver from another without its address, which may be secret.
    pub fn fingerprint(&self) -> String {
        let digest = Digest::of(self.url.as_str().as_bytes()).to_string();
        digest.chars().take(12).collect()
    }

    /// All faults, each with its key and what is wrong with it.
    pub fn faults(&self) -> Vec<(&'static str, &'static str)> {
        let literal = address::literal(&self.url);
        let local = literal.is_some_and(|ip| ip.is_loopback())
            || self.url.host() == Some(Host::Domain("localhost"));
        let clear = self.url.scheme() == "http" && self.allow_private && local;
        let named = !self.url.username().is_empty() || self.url.password().is_some();
        let span = self.timeout.is_zero() || self.timeout > Duration::from_secs(60);
        [
            (
                self.url.scheme() != "https" && !clear,
                "url",
                "must be https (http only to this machine itself, with allow_private = true)",
            ),
            (self.url.host().is_none(), "url", "must name a host"),
            (named, "url", "must hold no user name and no password"),
            (
                literal.is_some_and(|ip| !address::may_be_called(ip, self.allow_private)),
                "url",
                "is a private address, or one of this machine; set allow_private = true if that is meant",
            ),
            (span, "timeout", "must be longer than nothing and at most \"60s\""),
        ]
        .into_iter()
        .filter_map(|(wrong, key, what)| wrong.then_some((key, what)))
        .collect()
    }
}

fn a_quarter_of_a_minute() -> Duration {
    Duration::from_secs(15)
}

#[cfg(test)]
mod tests {
    use super::Config;

    fn faults(text: &str) -> Vec<&'static str> {
        let config: Config = toml::from_str(text).unwrap();
        config.faults().into_iter().map(|(key, _)| key).collect()
    }

    #[test]
    fn a_receiver_is_public_and_spoken_to_in_secret_unless_it_is_allowed_otherwise() {
        for (text, expected) in [
            ("url = 'https://kfm.example/hook'", &[][..]),
            ("url = 'https://203.1.112.7/hook'", &[]),
            ("url = 'http://kfm.example/hook'", &["url"]),
            ("url = 'http://kfm.example/hook'\nallow_private = true", &["url"]),
            ("url = 'ftp://kfm.example/hook'", &["url"]),
            ("url = 'https://u:p@kfm.example/hook'", &["url"]),
            ("url = 'https://127.0.0.1/hook'", &["url"]),
            ("url = 'https://0x7f.1/hook'", &["url"]),
            ("url = 'https://[::ffff:10.0.0.1]/hook'", &["url"]),
            ("url = 'https://169.254.169.254/latest'", &["url"]),
            ("url = 'https://10.1.2.3/hook'\nallow_private = true", &[]),
            ("url = 'http://127.0.0.1:8080/hook'\nallow_private = true", &[]),
            ("url = 'http://10.1.2.3/hook'\nallow_private = true", &["url"]),
            ("url = 'https://kfm.example/hook'\ntimeout = '2m'", &["timeout"]),
        ] {
            assert_eq!(faults(text), expected, "{text}");
        }
    }

    #[test]
    fn what_may_be_secret_in_an_address_is_not_shown() {
        let config: Config = toml::from_str("url = 'https://kfm.example/SECRET'").unwrap();
        assert!(!format!("{config:?}").contains("SECRET"));
    }
}
