//! What the operator writes in `[case_system]` for Lifecare: how it is reached and the names of the municipality's own code lists.

use crate::case_system::config::default_connect_timeout;
use crate::case_system::config::default_connections;
use crate::case_system::config::default_timeout;
use crate::domain::masked::Masked;
use crate::domain::notice::SenderKind;
use jiff::SignedDuration;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::collections::HashMap;
use std::path::PathBuf;
use url::Url;

/// Keys of `kind = "lifecare"`. All names are those of Lifecare's own code lists; a name it does not know stops the hand-over.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LifecareConfig {
    /// Base address including the API's folder, such as `https://lifecare.example/WESE.FC.Api.FC`.
    pub url: Url,
    /// The domain id that every call carries.
    pub domain: String,
    /// The licence key that every call carries. Required, here or as `key_file`.
    #[serde(default)]
    pub key: Option<Masked>,
    /// File whose content is the licence key.
    #[serde(default)]
    pub key_file: Option<PathBuf>,
    /// Sent as `X-API-Key` where a gateway in front of Lifecare asks for it.
    #[serde(default)]
    pub api_key: Option<Masked>,
    /// File whose content is the `X-API-Key`.
    #[serde(default)]
    pub api_key_file: Option<PathBuf>,
    /// PEM file with certificate authorities to trust besides the system's.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
    /// Accept `http://` to another machine: personal data and keys then travel in clear text. Default false.
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
    /// How long code lists that were read are used again. Default `"5m"`; `"0s"` reads them for every notice.
    #[serde(default = "default_codes_for")]
    pub codes_for: SignedDuration,
    /// Name of who it comes from (`FromWho`), for senders without a name of their own below.
    pub from_who: String,
    /// The same by kind of sender: `landlord = "Hyresvärd"`, `enforcementAuthority = "Kronofogden"`.
    #[serde(default)]
    pub from_who_by_sender: HashMap<SenderKind, String>,
    /// Name of the organisation that gets it, for units without a name of their own below.
    pub organisation: String,
    /// The same by unit: `vuxen = "Vuxenenheten"`.
    #[serde(default)]
    pub organisation_by_unit: BTreeMap<String, String>,
    /// Name of the specification (`SpecifyTypes`), for intake types that demand one.
    #[serde(default)]
    pub specify: Option<String>,
    /// Name of the working status, for intake types that have one.
    #[serde(default)]
    pub working_status: Option<String>,
    /// Name of the attachments' document type.
    pub attachment_type: String,
    /// Name of the attachments' sender type, within that document type.
    pub attachment_sender_type: String,
    /// What happens to a person whom Lifecare does not know. Default `"person"`: somebody places the notice.
    #[serde(default)]
    pub unknown_person: UnknownPerson,
    /// Whether each adult of the household gets an entry. Default false: only the first tenant.
    #[serde(default)]
    pub each_adult: bool,
    /// Investigations and services of these types only count as an open case whose caseworker is named to Kronofogden. Empty: all do.
    #[serde(default)]
    pub open_case_types: Vec<String>,
    /// A test person known to Lifecare (twelve digits), by which `check` reads the code lists. Without it `check` only sees whether
    /// Lifecare answers and accepts the key.
    #[serde(default)]
    pub check_person: Option<Masked>,
    /// File whose content is that test person's number.
    #[serde(default)]
    pub check_person_file: Option<PathBuf>,
    /// Intake types with their reasons that `check` looks for: `"Underrättelse" = ["Obetalda hyresskulder"]`.
    #[serde(default)]
    pub expected_codes: BTreeMap<String, Vec<String>>,
}

/// What happens to a person whom Lifecare does not know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum UnknownPerson {
    /// Somebody places the notice by hand.
    #[default]
    Person,
}

fn default_codes_for() -> SignedDuration {
    SignedDuration::from_mins(5)
}
