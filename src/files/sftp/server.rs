//! A server where a partner's files lie: where it is, how we know that it is the right one, and who we are to it.

use super::error::SftpError;
use crate::domain::masked::Masked;
use russh::keys::HashAlg;
use russh::keys::PrivateKey;
use russh::keys::PublicKey;
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

/// A server and a login.
#[derive(Clone, Debug)]
pub struct Server {
    /// Name or address.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// Who we are there.
    pub user: String,
    /// The server's keys; one of them must be shown.
    pub host_keys: Vec<HostKey>,
    /// Our private key, in OpenSSH's, PEM's or PuTTY's form.
    pub key: Option<Secret>,
    /// What the private key is encrypted with.
    pub passphrase: Option<Secret>,
    /// Our password, tried when the key alone is not enough.
    pub password: Option<Secret>,
    /// The longest that one request may take.
    pub timeout: Duration,
    /// The longest that connecting and logging in may take.
    pub connect_timeout: Duration,
    /// Silence after which the server is asked whether it lives; three unanswered questions end the connection.
    pub keepalive: Duration,
}

impl Server {
    /// Host and port, for texts.
    pub(super) fn name(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }

    /// Reads our private key.
    pub(super) fn private_key(&self) -> Result<Option<PrivateKey>, SftpError> {
        let Some(key) = &self.key else { return Ok(None) };
        let text = key.read("private key")?;
        let passphrase = self.passphrase.as_ref().map(|secret| secret.read("passphrase"));
        let passphrase = passphrase.transpose()?;
        let decoded = russh::keys::decode_secret_key(&text, passphrase.as_deref());
        decoded.map(Some).map_err(|error| {
            SftpError::Credentials(match (error, passphrase) {
                (russh::keys::Error::KeyIsEncrypted, None) => {
                    "the private key is encrypted; give its passphrase".to_owned()
                }
                (_, Some(_)) => {
                    "the private key cannot be read: a wrong passphrase, or no private key"
                        .to_owned()
                }
                (_, None) => "the private key cannot be read: it is none that we know".to_owned(),
            })
        })
    }
}

/// A secret, given as such or in a file that is read anew each time it is needed.
#[derive(Clone, Debug)]
pub enum Secret {
    /// The secret itself.
    Text(Masked),
    /// Where it stands; a line break at its end is not part of it.
    File(PathBuf),
}

impl Secret {
    /// The secret of two keys `x` and `x_file`.
    pub fn of(text: Option<&Masked>, file: Option<&PathBuf>) -> Option<Self> {
        text.cloned().map(Self::Text).or_else(|| file.cloned().map(Self::File))
    }

    pub(super) fn read(&self, what: &str) -> Result<String, SftpError> {
        match self {
            Self::Text(text) => Ok(text.reveal().to_owned()),
            Self::File(path) => match std::fs::read_to_string(path) {
                Ok(text) => Ok(text.trim_end_matches(['\r', '\n']).to_owned()),
                Err(error) => Err(SftpError::Credentials(format!(
                    "cannot read the file of our {what}: {}",
                    error.kind()
                ))),
            },
        }
    }
}

/// A pinned key of a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HostKey {
    /// The key itself.
    Key(Box<PublicKey>),
    /// Its SHA-256 fingerprint as OpenSSH writes it, `SHA256:…`.
    Fingerprint(String),
}

impl HostKey {
    /// Reads a fingerprint, a line of a `.pub` file, or a line of `known_hosts`. A marked line (`@revoked`, `@cert-authority`) pins no key.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(digest) = text.strip_prefix("SHA256:") {
            let digest = digest.trim_end_matches('=');
            let plain = |c: char| c.is_ascii_alphanumeric() || c == '+' || c == '/';
            let whole = digest.len() == 43 && digest.chars().all(plain);
            return whole.then(|| Self::Fingerprint(format!("SHA256:{digest}")));
        }
        if text.starts_with('@') {
            return None;
        }
        // Kind and key stand first or after the host, whose own name may begin like a kind.
        let words: Vec<&str> = text.split_whitespace().take(3).collect();
        let mut pairs = words.windows(2).map(|pair| pair.join(" "));
        let key = pairs.find_map(|pair| PublicKey::from_openssh(&pair).ok())?;
        Some(Self::Key(Box::new(key)))
    }

    /// Whether this is the key that the server shows.
    pub(super) fn is(&self, shown: &PublicKey) -> bool {
        match self {
            Self::Key(key) => key.key_data() == shown.key_data(),
            Self::Fingerprint(fingerprint) => *fingerprint == self::fingerprint(shown),
        }
    }
}

pub(super) fn fingerprint(key: &PublicKey) -> String {
    key.fingerprint(HashAlg::Sha256).to_string()
}

impl fmt::Display for HostKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(key) => f.write_str(&fingerprint(key)),
            Self::Fingerprint(fingerprint) => f.write_str(fingerprint),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::HostKey;
    use super::Secret;

    const LINE: &str =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILM+rvN+ot98qgEN796jTiQfZfG1KaT0PtFDJ/XFSqti";

    #[test]
    fn a_host_key_is_read_in_every_form_that_tools_print() {
        let key = HostKey::parse(LINE).unwrap();
        for text in [
            format!("{LINE} root@example"),
            format!("sftp.example.org,192.0.2.1 {LINE}"),
            format!("[sftp.example.org]:2222 {LINE} a comment\n"),
            format!("ssh-1.example.org {LINE}"),
            format!("sk-files.example.org,ecdsa-sha2.example.org {LINE} root@example"),
        ] {
            assert_eq!(HostKey::parse(&text).as_ref(), Some(&key), "{text}");
        }
        let HostKey::Key(shown) = &key else { panic!("a key") };
        let by_fingerprint = HostKey::parse(&format!("{key}=")).unwrap();
        assert!(by_fingerprint.is(shown) && key.is(shown));
        assert!(!HostKey::parse(&format!("SHA256:{}", "A".repeat(43))).unwrap().is(shown));
    }

    #[test]
    fn what_is_no_host_key_is_told_and_not_taken() {
        let half = &LINE[..40];
        for text in ["", "SHA256:", "SHA256:abc", "MD5:00:11", "ssh-ed25519", "yes", half] {
            assert_eq!(HostKey::parse(text), None, "{text}");
        }
        // A key that must not be trusted, and one that signs the keys of hosts and is none.
        for mark in ["@revoked *", "@revoked", "@cert-authority *.example.org"] {
            assert_eq!(HostKey::parse(&format!("{mark} {LINE}")), None, "{mark}");
        }
    }

    #[test]
    fn a_secret_file_loses_its_line_break_and_its_absence_is_told_without_its_name() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("secret-of-someone");
        let absent = Secret::File(path.clone()).read("password").unwrap_err().to_string();
        assert!(absent.contains("password") && !absent.contains("someone"), "{absent}");
        std::fs::write(&path, " pass word \r\n").unwrap();
        assert_eq!(Secret::File(path).read("password").unwrap(), " pass word ");
    }
}
