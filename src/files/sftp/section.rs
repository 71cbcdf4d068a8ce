//! A folder on a server as a section of the configuration names it: where it is, which keys the server must show, and who we are there.

use super::HostKey;
use super::Secret;
use super::Server;
use crate::domain::masked::Masked;
use serde::Deserialize;
use std::path::PathBuf;
use std::time::Duration;

/// The section.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// The server's name or address.
    pub host: String,
    /// Default 22.
    #[serde(default = "ssh")]
    pub port: u16,
    /// Who we are on the server.
    pub user: String,
    /// The server's keys, at least one: fingerprints (`SHA256:…`), or lines as in `ssh_host_ed25519_key.pub` or `known_hosts`.
    pub host_keys: Vec<String>,
    /// Our private key (ed25519, ECDSA or RSA) as text, or a file that holds it.
    #[serde(default)]
    pub key: Option<Masked>,
    /// See [`Section::key`].
    #[serde(default)]
    pub key_file: Option<PathBuf>,
    /// What the private key is encrypted with, or a file that holds it.
    #[serde(default)]
    pub passphrase: Option<Masked>,
    /// See [`Section::passphrase`].
    #[serde(default)]
    pub passphrase_file: Option<PathBuf>,
    /// Our password, where a key is not enough or not taken, or a file that holds it.
    #[serde(default)]
    pub password: Option<Masked>,
    /// See [`Section::password`].
    #[serde(default)]
    pub password_file: Option<PathBuf>,
    /// The folder on the server, which must be there. Default: where the login leads.
    #[serde(default = "here")]
    pub path: PathBuf,
    /// The longest that one request to the server may take. Default `"30s"`.
    #[serde(
        default = "half_a_minute",
        with = "jiff::fmt::serde::unsigned_duration::friendly::compact::required"
    )]
    pub timeout: Duration,
    /// The longest that connecting and logging in may take. Default `"15s"`.
    #[serde(
        default = "a_quarter_of_a_minute",
        with = "jiff::fmt::serde::unsigned_duration::friendly::compact::required"
    )]
    pub connect_timeout: Duration,
    /// Silence after which the server is asked whether it lives; after three unanswered questions we connect anew. Default `"15s"`.
    #[serde(
        default = "a_quarter_of_a_minute",
        with = "jiff::fmt::serde::unsigned_duration::friendly::compact::required"
    )]
    pub keepalive: Duration,
}

impl Section {
    /// The server and our login there. Host keys that cannot be read are left out: see [`Section::faults`].
    pub fn server(&self) -> Server {
        Server {
            host: self.host.clone(),
            port: self.port,
            user: self.user.clone(),
            host_keys: self.host_keys.iter().filter_map(|text| HostKey::parse(text)).collect(),
            key: Secret::of(self.key.as_ref(), self.key_file.as_ref()),
            passphrase: Secret::of(self.passphrase.as_ref(), self.passphrase_file.as_ref()),
            password: Secret::of(self.password.as_ref(), self.password_file.as_ref()),
            timeout: self.timeout,
            connect_timeout: self.connect_timeout,
            keepalive: self.keepalive,
        }
    }

    /// All faults, each with its key and what is wrong with it.
    pub fn faults(&self) -> Vec<(&'static str, &'static str)> {
        let bad_key = self.host_keys.iter().any(|text| HostKey::parse(text).is_none());
        let has_key = self.key.is_some() || self.key_file.is_some();
        let has_password = self.password.is_some() || self.password_file.is_some();
        let has_passphrase = self.passphrase.is_some() || self.passphrase_file.is_some();
        let not_both = "give the secret or its file, not both";
        // An attempt must end within the lease of its job.
        let span = |span: Duration| span.is_zero() || span > Duration::from_secs(60);
        let spans = "must be longer than nothing and at most \"60s\"";
        [
            (self.host.is_empty(), "host", "must name a server"),
            (self.port == 0, "port", "must be at least 1"),
            (self.user.is_empty(), "user", "must name a user"),
            (
                self.host_keys.is_empty(),
                "host_keys",
                "must pin at least one key of the server; ask its owner for it",
            ),
            (
                bad_key,
                "host_keys",
                "must be SHA256:… or a line as in known_hosts or a .pub file, without a mark such as @revoked",
            ),
            (!has_key && !has_password, "key_file", "give a private key or a password"),
            (self.key.is_some() && self.key_file.is_some(), "key", not_both),
            (self.passphrase.is_some() && self.passphrase_file.is_some(), "passphrase", not_both),
            (self.password.is_some() && self.password_file.is_some(), "password", not_both),
            (has_passphrase && !has_key, "passphrase", "belongs to a private key; there is none"),
            (
                self.path.as_os_str().is_empty(),
                "path",
                "must name a folder; \".\" is where the login leads",
            ),
            (span(self.timeout), "timeout", spans),
            (span(self.connect_timeout), "connect_timeout", spans),
            (span(self.keepalive), "keepalive", spans),
        ]
        .into_iter()
        .filter_map(|(wrong, key, what)| wrong.then_some((key, what)))
        .collect()
    }
}

fn ssh() -> u16 {
    22
}

fn here() -> PathBuf {
    PathBuf::from(".")
}

fn a_quarter_of_a_minute() -> Duration {
    Duration::from_secs(15)
}

fn half_a_minute() -> Duration {
    Duration::from_secs(30)
}

#[cfg(test)]
mod tests {
    use super::Section;

    const FEW: &str = "host = 'sftp.example.org'\nuser = 'kvittens'\nkey_file = '/k'\n\
                       host_keys = ['SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU']";

    #[test]
    fn four_keys_are_enough_and_no_secret_is_shown() {
        let section: Section = toml::from_str(FEW).unwrap();
        assert!(section.faults().is_empty(), "{:?}", section.faults());
        assert_eq!((section.port, section.server().host_keys.len()), (22, 1));
        let secrets = "key = 'SECRET'\npassphrase = 'SECRET'\npassword = 'SECRET'";
        let text = format!("{}\n{secrets}", FEW.replace("key_file = '/k'", ""));
        let section: Section = toml::from_str(&text).unwrap();
        assert!(!format!("{section:?} {:?}", section.server()).contains("SECRET"));
    }

    #[test]
    fn wrong_values_are_told_with_their_keys() {
        for (key, wrong) in [
            ("host", "host = ''"),
            ("port", "port = 0"),
            ("user", "user = ''"),
            ("host_keys", "host_keys = []"),
            ("host_keys", "host_keys = ['SHA256:short']"),
            ("key", "key = 'x'"),
            ("passphrase", "passphrase = 'x'\npassphrase_file = '/p'"),
            ("password", "password = 'x'\npassword_file = '/p'"),
            ("path", "path = ''"),
            ("timeout", "timeout = '0s'"),
            ("connect_timeout", "connect_timeout = '2m'"),
            ("keepalive", "keepalive = '0s'"),
        ] {
            let mut table: toml::Table = FEW.parse().unwrap();
            table.extend(wrong.parse::<toml::Table>().unwrap());
            let section: Section = table.try_into().unwrap();
            let keys: Vec<_> = section.faults().into_iter().map(|(key, _)| key).collect();
            assert_eq!(keys, [key], "{wrong}");
        }
    }
}
