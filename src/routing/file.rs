//! The profile as it stands in its file, before it is checked: words are text, so that all that are wrong can be told at once.

use crate::domain::thresholds::Thresholds;
use crate::routing::profile::Board;
use crate::routing::profile::District;
use crate::routing::profile::ProfileFault;
use crate::routing::profile::ProfileFaults;
use crate::routing::profile::Unit;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProfileFile {
    pub(super) name: String,
    pub(super) municipality_code: String,
    pub(super) reference_prefix: String,
    #[serde(default = "five")]
    pub(super) urgent_within_days: u32,
    #[serde(default)]
    pub(super) boards: Vec<BoardFile>,
    #[serde(default)]
    pub(super) districts: Vec<DistrictFile>,
    #[serde(default)]
    pub(super) units: Vec<UnitFile>,
    pub(super) contact: Option<ContactFile>,
    #[serde(default)]
    pub(super) texts: BTreeMap<String, TextFile>,
    #[serde(default)]
    pub(super) policies: PoliciesFile,
    pub(super) reading: Option<Thresholds>,
    #[serde(default)]
    pub(super) codes: BTreeMap<String, CodesFile>,
    #[serde(default)]
    pub(super) rules: Vec<RuleFile>,
    pub(super) acknowledge: Option<Vec<PromiseFile>>,
    pub(super) default: Option<TargetFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BoardFile {
    pub(super) id: String,
    pub(super) name: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DistrictFile {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) postal_codes: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UnitFile {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) board: String,
    pub(super) function: Option<String>,
    pub(super) district: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ContactFile {
    pub(super) telephone: String,
    pub(super) email: String,
    pub(super) organisation_sv: String,
    pub(super) organisation_en: String,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct PoliciesFile {
    pub(super) entry_per_adult: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CodesFile {
    pub(super) intake_type: String,
    pub(super) reason_code: String,
    #[serde(default)]
    pub(super) by_sender: BTreeMap<String, CodesBySenderFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CodesBySenderFile {
    pub(super) intake_type: Option<String>,
    pub(super) reason_code: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleFile {
    pub(super) name: String,
    #[serde(default)]
    pub(super) types: Vec<String>,
    #[serde(default)]
    pub(super) senders: Vec<String>,
    #[serde(default)]
    pub(super) children: Vec<String>,
    #[serde(default)]
    pub(super) postal_codes: Vec<String>,
    pub(super) unit: String,
    #[serde(default)]
    pub(super) co_units: Vec<String>,
    pub(super) routine: Option<String>,
    pub(super) priority: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PromiseFile {
    pub(super) name: String,
    #[serde(default)]
    pub(super) types: Vec<String>,
    pub(super) to: String,
    #[serde(default)]
    pub(super) ways: Vec<String>,
    pub(super) by: Option<String>,
    #[serde(default)]
    pub(super) statutory: bool,
    pub(super) text: Option<String>,
    pub(super) source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TextFile {
    pub(super) sv: String,
    pub(super) en: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TargetFile {
    pub(super) unit: String,
    #[serde(default)]
    pub(super) co_units: Vec<String>,
    pub(super) routine: Option<String>,
    pub(super) priority: Option<String>,
}

fn five() -> u32 {
    5
}

/// Reads the file's text. The message of the fault names the key and the line, and quotes nothing else.
pub(super) fn read(text: &str) -> Result<ProfileFile, ProfileFaults> {
    toml::from_str(text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let message = error.message().to_owned();
        ProfileFaults(vec![ProfileFault { key: format!("line {line}"), message }])
    })
}

impl From<BoardFile> for Board {
    fn from(file: BoardFile) -> Self {
        Self { id: file.id, name: file.name }
    }
}

impl From<DistrictFile> for District {
    fn from(file: DistrictFile) -> Self {
        Self { id: file.id, name: file.name, postal_codes: file.postal_codes }
    }
}

impl From<UnitFile> for Unit {
    fn from(file: UnitFile) -> Self {
        let UnitFile { id, name, board, function, district } = file;
        Self { id, name, board, function, district }
    }
}
