//! `[partners]`: where the partners' files lie, and how a mail's author domain is asked for.

use jiff::SignedDuration;
use serde::Deserialize;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Without the section every sender is unknown, and mail is proven by its domain alone.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// The folder of the partners' files, `<id>.toml`.
    pub dir: Option<PathBuf>,
    /// How often it is looked at for changes.
    pub look_every: SignedDuration,
    /// Whether DKIM, SPF and DMARC are looked at.
    pub proof: bool,
    /// Our own receiving hosts, as they call themselves in `Authentication-Results` (RFC 8601, authserv-id). Only theirs count for SPF.
    pub trusted_hosts: Vec<String>,
    /// The name server to ask, such as `127.0.0.1:53`; the system's when absent.
    pub resolver: Option<SocketAddr>,
    /// How long one mail may wait for the name service. What is not known by then counts as unproven.
    pub dns_timeout: SignedDuration,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            dir: None,
            look_every: SignedDuration::from_secs(5),
            proof: true,
            trusted_hosts: Vec::new(),
            resolver: None,
            dns_timeout: SignedDuration::from_secs(5),
        }
    }
}

impl Config {
    /// Every fault, each with its key.
    pub fn faults(&self) -> Vec<(String, String)> {
        let mut faults = Vec::new();
        let mut fault =
            |key: &str, text: &str| faults.push((format!("partners.{key}"), text.to_owned()));
        if self.look_every <= SignedDuration::ZERO {
            fault("look_every", "must be longer than nothing, such as \"5s\"");
        }
        if self.dns_timeout <= SignedDuration::ZERO
            || self.dns_timeout > SignedDuration::from_secs(30)
        {
            fault("dns_timeout", "must lie between nothing and \"30s\": a receipt waits for it");
        }
        faults
    }
}
