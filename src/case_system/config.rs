//! What the operator writes in `[case_system]`: which case system a notice ends up in, and how it is reached.

use crate::case_system::lifecare::config::LifecareConfig;
use crate::domain::masked::Masked;
use jiff::SignedDuration;
use serde::Deserialize;
use std::path::PathBuf;
use url::Url;

/// The section `[case_system]`; `kind` says which adapter the other keys belong to.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Config {
    /// `kind = "memory"`: the program keeps the cases itself; for the demo and for tests.
    Memory(MemoryConfig),
    /// `kind = "http"`: an integration platform that takes CloudEvents.
    Http(Box<HttpConfig>),
    /// `kind = "lifecare"`: Tietoevry Lifecare FamilyCare.
    Lifecare(Box<LifecareConfig>),
    /// `kind = "casepacket"`: files for a system without an interface. Not built yet.
    Casepacket,
    /// `kind = "errand"`: Sundsvall's errand services. Not built yet.
    Errand,
    /// `kind = "robot"`: a robot's work queue. Not built yet.
    Robot,
}

/// Keys of `kind = "memory"`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MemoryConfig {
    /// Folder in which every case is written as `<reference>.json`, so that cases outlive a restart. Made when missing.
    /// Without it only references are kept, in memory.
    #[serde(default)]
    pub folder: Option<PathBuf>,
}

/// Keys of `kind = "http"`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HttpConfig {
    /// Where each notice is posted as a CloudEvent (`application/cloudevents+json`). `https`, or `http` to this machine.
    pub url: Url,
    /// Bearer token. Without it (and without `token_file`) no `Authorization` is sent.
    #[serde(default)]
    pub token: Option<Masked>,
    /// File whose content is the bearer token.
    #[serde(default)]
    pub token_file: Option<PathBuf>,
    /// PEM file with certificate authorities to trust besides the system's.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
    /// Accept `http://` to another machine: notices then travel in clear text. Default false.
    #[serde(default)]
    pub allow_plain_http: bool,
    /// How long one call may take in all. Default `"30s"`.
    #[serde(default = "default_timeout")]
    pub timeout: SignedDuration,
    /// How long opening a connection may take. Default `"5s"`.
    #[serde(default = "default_connect_timeout")]
    pub connect_timeout: SignedDuration,
    /// Idle connections kept open. Default 64.
    #[serde(default = "default_connections")]
    pub connections: usize,
    /// JSON Pointer (RFC 6901) to the case's id in an answer. Default `"/id"`.
    #[serde(default = "default_id_pointer")]
    pub id_pointer: String,
    /// Address that tells the case of a reference, with `{reference}` in it: 200 with an id, or 404. Without it an attempt that ended
    /// without an answer is repeated, and the receiver must recognise the `Idempotency-Key`.
    #[serde(default)]
    pub look_up: Option<String>,
    /// Where what was sent about a notice is posted, as a CloudEvent of its own type with `Idempotency-Key`. Without it it is kept here alone.
    #[serde(default)]
    pub enclosures: Option<Url>,
    /// Where it is asked who is responsible for a person's open case: `{"identity": "…", "on": "…"}` is posted (never put into an address); 200 with
    /// `name`, and `telephone` and `unit` where they are known, or 404. Without it nobody is asked.
    #[serde(default)]
    pub open_case: Option<Url>,
    /// The event's `source` (a URI reference). Default `"urn:kvittens"`.
    #[serde(default = "default_source")]
    pub source: String,
}

pub(in crate::case_system) fn default_timeout() -> SignedDuration {
    SignedDuration::from_secs(30)
}

pub(in crate::case_system) fn default_connect_timeout() -> SignedDuration {
    SignedDuration::from_secs(5)
}

pub(in crate::case_system) fn default_connections() -> usize {
    64
}

fn default_id_pointer() -> String {
    "/id".to_owned()
}

fn default_source() -> String {
    "urn:kvittens".to_owned()
}

#[cfg(test)]
mod tests {
    use super::Config;

    #[test]
    fn the_kind_decides_which_keys_are_known() {
        let cases = [
            ("kind = \"memory\"\nfolder = \"cases\"", true),
            ("kind = \"memory\"\nurl = \"http://127.0.0.1/\"", false),
            ("kind = \"http\"\nurl = \"https://x.example/in\"\ntimeout = \"10s\"", true),
            ("kind = \"http\"", false),
            ("kind = \"http\"\nurl = \"https://x.example/in\"\nextra = 1", false),
            ("kind = \"robot\"\nurl = \"https://x.example/\"", true),
            ("kind = \"treserva\"", false),
            ("folder = \"cases\"", false),
        ];
        for (text, good) in cases {
            assert_eq!(toml::from_str::<Config>(text).is_ok(), good, "{text}");
        }
    }

    #[test]
    fn durations_are_written_as_people_write_them() {
        let text = "kind = \"http\"\nurl = \"https://x.example/\"\ntimeout = \"1m 30s\"";
        let Ok(Config::Http(config)) = toml::from_str(text) else { panic!("not read") };
        assert_eq!(config.timeout.as_secs(), 90);
        assert_eq!(config.connect_timeout.as_secs(), 5);
    }

    #[test]
    fn secrets_are_not_printed() {
        let text = "kind = \"http\"\nurl = \"https://x.example/\"\ntoken = \"hemligt\"";
        let config: Config = toml::from_str(text).expect("read");
        let shown = format!("{config:?}");
        assert!(shown.contains("***") && !shown.contains("hemligt"), "{shown}");
    }
}
