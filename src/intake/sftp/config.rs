//! `[[intake.sftp]]`: one partner's folder on a server that is reached by SFTP.

use crate::domain::masked::Masked;
use crate::files::sftp::HostKey;
use crate::files::sftp::Secret;
use crate::files::sftp::Server;
use serde::Deserialize;
use std::path::PathBuf;
use std::time::Duration;

/// The configuration of one folder on a server.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The partner's name, `[a-z0-9-]+`. What lies in this folder counts as sent by this partner, so only the partner may write to it.
    pub partner: String,
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
    /// See [`Config::key`].
    #[serde(default)]
    pub key_file: Option<PathBuf>,
    /// What the private key is encrypted with, or a file that holds it.
    #[serde(default)]
    pub passphrase: Option<Masked>,
    /// See [`Config::passphrase`].
    #[serde(default)]
    pub passphrase_file: Option<PathBuf>,
    /// Our password, where a key is not enough or not taken, or a file that holds it.
    #[serde(default)]
    pub password: Option<Masked>,
    /// See [`Config::password`].
    #[serde(default)]
    pub password_file: Option<PathBuf>,
    /// The partner's folder on the server. `in/`, `done/`, `failed/` and `receipts/` in it are made when missing. Default: where the login
    /// leads.
    #[serde(default = "here")]
    pub path: PathBuf,
    /// How long a file's size and time must stay unchanged before it is taken. Default `"2s"`.
    #[serde(default = "two_seconds", deserialize_with = "crate::intake::duration::deserialize")]
    pub settle_after: Duration,
    /// Pause between two looks. Default `"5s"`.
    #[serde(default = "five_seconds", deserialize_with = "crate::intake::duration::deserialize")]
    pub scan_every: Duration,
    /// Largest file taken, in bytes. Default 52428800 (50 MiB).
    #[serde(default = "fifty_mebibytes")]
    pub max_bytes: u64,
    /// The longest that one request to the server may take. Default `"30s"`.
    #[serde(default = "half_a_minute", deserialize_with = "crate::intake::duration::deserialize")]
    pub timeout: Duration,
    /// The longest that connecting and logging in may take. Default `"15s"`.
    #[serde(
        default = "a_quarter_of_a_minute",
        deserialize_with = "crate::intake::duration::deserialize"
    )]
    pub connect_timeout: Duration,
    /// Silence after which the server is asked whether it lives; after three unanswered questions we connect anew. Default `"15s"`.
    #[serde(
        default = "a_quarter_of_a_minute",
        deserialize_with = "crate::intake::duration::deserialize"
    )]
    pub keepalive: Duration,
    /// Also send receipts by mail to this address. Default: none.
    #[serde(default)]
    pub mail_to: Option<Masked>,
}

impl Config {
    /// The door's name: `sftp:<partner>`.
    pub fn door(&self) -> String {
        format!("sftp:{}", self.partner)
    }

    /// Where the receipts go, on the server.
    pub fn receipts(&self) -> PathBuf {
        super::Paths::below(&self.path).receipts
    }

    /// The server and our login there. Host keys that cannot be read are left out: see [`Config::faults`].
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
        let name = self.partner.as_bytes();
        let plain = |c: &u8| c.is_ascii_lowercase() || c.is_ascii_digit() || *c == b'-';
        let mail_to = self.mail_to.as_ref().map(Masked::reveal);
        let bad_key = self.host_keys.iter().any(|text| HostKey::parse(text).is_none());
        let has_key = self.key.is_some() || self.key_file.is_some();
        let has_password = self.password.is_some() || self.password_file.is_some();
        let has_passphrase = self.passphrase.is_some() || self.passphrase_file.is_some();
        let not_both = "give the secret or its file, not both";
        let longer = "must be longer than nothing";
        [
            (name.is_empty() || !name.iter().all(plain), "partner", "only a-z, 0-9 and hyphen"),
            (self.host.is_empty(), "host", "must name a server"),
            (self.port == 0, "port", "must be at least 1"),
            (self.user.is_empty(), "user", "must name a user"),
            (
                self.host_keys.is_empty(),
                "host_keys",
                "must pin at least one key of the server; ask its owner for it (ssh-keyscan shows what to compare with)",
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
            (self.path.as_os_str().is_empty(), "path", "must name a folder; \".\" is where the login leads"),
            (self.scan_every.is_zero(), "scan_every", longer),
            (self.timeout.is_zero(), "timeout", longer),
            (self.connect_timeout.is_zero(), "connect_timeout", longer),
            (self.keepalive.is_zero(), "keepalive", longer),
            (self.max_bytes == 0, "max_bytes", "must be at least 1"),
            (mail_to.is_some_and(|to| !to.contains('@')), "mail_to", "is not a mail address"),
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

fn two_seconds() -> Duration {
    Duration::from_secs(2)
}

fn five_seconds() -> Duration {
    Duration::from_secs(5)
}

fn a_quarter_of_a_minute() -> Duration {
    Duration::from_secs(15)
}

fn half_a_minute() -> Duration {
    Duration::from_secs(30)
}

fn fifty_mebibytes() -> u64 {
    50 * 1024 * 1024
}

#[cfg(test)]
mod tests {
    use super::Config;
    use std::time::Duration;

    const FEW: &str = "partner = 'demo'\nhost = 'sftp.example.org'\nuser = 'kvittens'\nkey_file = '/k'\n\
                       host_keys = ['SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU']";

    #[test]
    fn five_keys_are_enough_and_the_rest_has_defaults() {
        let config: Config = toml::from_str(FEW).unwrap();
        assert!(config.faults().is_empty(), "{:?}", config.faults());
        assert_eq!((config.port, config.settle_after), (22, Duration::from_secs(2)));
        assert_eq!(config.door(), "sftp:demo");
        assert_eq!(config.receipts().to_str(), Some("./receipts"));
        assert_eq!(config.server().host_keys.len(), 1);
    }

    #[test]
    fn wrong_values_are_told_with_their_keys() {
        for (key, wrong) in [
            ("partner", "partner = 'De mo'"),
            ("host", "host = ''"),
            ("port", "port = 0"),
            ("user", "user = ''"),
            ("host_keys", "host_keys = []"),
            ("host_keys", "host_keys = ['SHA256:short']"),
            ("key", "key = 'x'"),
            ("passphrase", "passphrase = 'x'\npassphrase_file = '/p'"),
            ("password", "password = 'x'\npassword_file = '/p'"),
            ("path", "path = ''"),
            ("scan_every", "scan_every = '0s'"),
            ("timeout", "timeout = '0s'"),
            ("connect_timeout", "connect_timeout = '0s'"),
            ("keepalive", "keepalive = '0s'"),
            ("max_bytes", "max_bytes = 0"),
            ("mail_to", "mail_to = 'nobody'"),
        ] {
            let mut table: toml::Table = FEW.parse().unwrap();
            table.extend(wrong.parse::<toml::Table>().unwrap());
            let config: Config = table.try_into().unwrap();
            let keys: Vec<_> = config.faults().into_iter().map(|(key, _)| key).collect();
            assert_eq!(keys, [key], "{wrong}");
        }
        let none = FEW.replace("key_file", "passphrase_file");
        let config: Config = toml::from_str(&none).unwrap();
        let keys: Vec<_> = config.faults().into_iter().map(|(key, _)| key).collect();
        assert_eq!(keys, ["key_file", "passphrase"]);
    }

    #[test]
    fn no_secret_is_shown() {
        let secrets = "key = 'SECRET'\npassphrase = 'SECRET'\npassword = 'SECRET'";
        let text = format!("{}\n{secrets}", FEW.replace("key_file = '/k'", ""));
        let config: Config = toml::from_str(&text).unwrap();
        assert!(!format!("{config:?} {:?}", config.server()).contains("SECRET"));
    }
}
