//! What can go wrong between us and the server where a partner's files lie. No text here names a file.

use super::wire::Status;
use std::io;

/// Why something on a server did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum SftpError {
    /// No connection could be made.
    #[error("cannot reach the SFTP server {server}: {}", .source.kind())]
    Unreachable {
        /// Host and port.
        server: String,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// Somebody else answers, or the server has a new key. Nothing was sent to it.
    #[error(
        "the SFTP server {server} shows the host key {shown}, which is not pinned in host_keys; nothing was sent to it. \
         Ask the server's owner whether that key is theirs before you add it"
    )]
    HostKey {
        /// Host and port.
        server: String,
        /// Fingerprint and kind.
        shown: String,
    },
    /// Both sides speak, and do not come to terms.
    #[error("no secure connection with the SFTP server {server}: {source}")]
    Handshake {
        /// Host and port.
        server: String,
        /// Why.
        #[source]
        source: russh::Error,
    },
    /// Our own key, passphrase or password cannot be used.
    #[error("{0}")]
    Credentials(String),
    /// The server does not let us in.
    #[error(
        "the SFTP server {server} refuses the login of this user ({tried}); it offers: {offered}"
    )]
    Login {
        /// Host and port.
        server: String,
        /// What we tried, such as `key, password`.
        tried: String,
        /// What the server would take.
        offered: String,
    },
    /// It is an SSH server that gives no SFTP to this user.
    #[error("the server {server} lets this user in and offers it no SFTP")]
    NoSftp {
        /// Host and port.
        server: String,
    },
    /// The connection ended.
    #[error("the connection to the SFTP server was lost")]
    Lost,
    /// No answer came in time.
    #[error("the SFTP server did not answer in time")]
    Silent,
    /// An answer that cannot be understood.
    #[error("the SFTP server's answer makes no sense in version 3 of the protocol")]
    Nonsense,
    /// Another attempt failed a moment ago with this text; the next one waits its turn.
    #[error("{0}")]
    Waiting(String),
    /// There is nothing of that name.
    #[error("there is no such file or folder")]
    NotFound,
    /// We may not.
    #[error("the SFTP server denies permission")]
    Denied,
    /// The server knows no such request.
    #[error("the SFTP server cannot do that")]
    Unsupported,
    /// The server says no more than that it failed: a full disk, a quota, a taken name.
    #[error("the SFTP server reports a failure (a full disk or a quota, perhaps)")]
    Failed,
}

impl SftpError {
    pub(super) fn of(status: Status) -> Self {
        match status {
            Status::NoSuchFile => Self::NotFound,
            Status::PermissionDenied => Self::Denied,
            Status::Unsupported => Self::Unsupported,
            Status::Failure | Status::Other(_) => Self::Failed,
            Status::Ok | Status::EndOfFile => Self::Nonsense,
        }
    }

    /// Whether the connection is of no further use.
    pub(super) fn ends_connection(&self) -> bool {
        match self {
            Self::NotFound | Self::Denied | Self::Unsupported | Self::Failed => false,
            Self::Unreachable { .. }
            | Self::HostKey { .. }
            | Self::Handshake { .. }
            | Self::Credentials(_)
            | Self::Login { .. }
            | Self::NoSftp { .. }
            | Self::Lost
            | Self::Silent
            | Self::Nonsense
            | Self::Waiting(_) => true,
        }
    }

    /// Whether trying again soon is of no use, and may get us locked out.
    pub(super) fn needs_a_person(&self) -> bool {
        matches!(self, Self::HostKey { .. } | Self::Credentials(_) | Self::Login { .. })
    }

    /// The configuration key that has to do with it, below the door's section.
    pub fn key(&self) -> &'static str {
        match self {
            Self::HostKey { .. } => "host_keys",
            Self::Credentials(_) | Self::Login { .. } => "user",
            Self::NotFound | Self::Denied | Self::Unsupported | Self::Failed => "path",
            Self::Unreachable { .. }
            | Self::Handshake { .. }
            | Self::NoSftp { .. }
            | Self::Lost
            | Self::Silent
            | Self::Nonsense
            | Self::Waiting(_) => "host",
        }
    }
}

/// `NotConnected` stands for everything that is not the single file's fault.
impl From<SftpError> for io::Error {
    fn from(error: SftpError) -> Self {
        let kind = match &error {
            SftpError::NotFound => io::ErrorKind::NotFound,
            SftpError::Denied => io::ErrorKind::PermissionDenied,
            SftpError::Unsupported => io::ErrorKind::Unsupported,
            SftpError::Failed => io::ErrorKind::Other,
            SftpError::Unreachable { .. }
            | SftpError::HostKey { .. }
            | SftpError::Handshake { .. }
            | SftpError::Credentials(_)
            | SftpError::Login { .. }
            | SftpError::NoSftp { .. }
            | SftpError::Lost
            | SftpError::Silent
            | SftpError::Nonsense
            | SftpError::Waiting(_) => io::ErrorKind::NotConnected,
        };
        Self::new(kind, error)
    }
}
