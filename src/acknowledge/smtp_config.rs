//! `[acknowledge.smtp]`: the mail server that receipts leave by.

use crate::acknowledge::config::Faults;
use crate::acknowledge::config::Security;
use crate::domain::masked::Masked;
use jiff::SignedDuration;
use serde::Deserialize;
use std::path::PathBuf;
use std::time::Duration;

/// The mail server.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SmtpConfig {
    /// Host name; its certificate must bear it.
    pub host: String,
    /// Port.
    pub port: u16,
    /// How the connection is secured.
    pub security: Security,
    /// User name, where the server asks for one.
    pub username: Option<String>,
    /// Password.
    pub password: Option<Masked>,
    /// File that holds the password (`password_file`; a line break at its end is not part of it).
    pub password_file: Option<PathBuf>,
    /// PEM file of the authority to trust instead of the system's.
    pub ca_file: Option<PathBuf>,
    /// How long one mail may take in all, connecting included, such as `"30s"`.
    pub timeout: SignedDuration,
    /// How many connections are kept and used side by side.
    pub connections: u32,
    /// The name we greet with; this host's when absent.
    pub hello_name: Option<String>,
}

impl Default for SmtpConfig {
    fn default() -> Self {
        Self {
            host: String::new(),
            port: 587,
            security: Security::default(),
            username: None,
            password: None,
            password_file: None,
            ca_file: None,
            timeout: SignedDuration::from_secs(30),
            connections: 8,
            hello_name: None,
        }
    }
}

impl SmtpConfig {
    /// The time limit of one mail.
    pub fn timeout(&self) -> Duration {
        Duration::try_from(self.timeout).unwrap_or(Duration::from_secs(30))
    }
}

impl SmtpConfig {
    /// Every fault.
    pub(super) fn faults(&self, faults: &mut Faults) {
        if self.host.is_empty() {
            faults.fatal("smtp.host", "Name the mail server.");
        }
        if self.port == 0 {
            faults.fatal("smtp.port", "Must not be 0.");
        }
        if self.connections == 0 {
            faults.fatal("smtp.connections", "At least one connection is needed.");
        }
        if self.timeout <= SignedDuration::ZERO {
            faults.fatal("smtp.timeout", "Must be longer than nothing, such as \"30s\".");
        }
        if self.password.is_some() && self.password_file.is_some() {
            faults.fatal("smtp.password_file", "Give the password or its file, not both.");
        }
        let secret = self.password.is_some() || self.password_file.is_some();
        if secret != self.username.is_some() {
            faults.fatal("smtp.username", "User name and password go together.");
        }
        if secret && self.security == Security::None {
            faults.notice("smtp.security", "The password is sent to the mail server in the clear.");
        }
        if self.ca_file.is_some() && self.security == Security::None {
            faults.notice("smtp.ca_file", "Not used without tls or starttls.");
        }
    }
}
