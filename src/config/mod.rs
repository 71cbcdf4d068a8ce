//! The configuration: one TOML file, composed of the stages' own sections, with overrides from the environment.
//!
//! `config/kvittens.toml` documents every key. A key that nobody knows is a fault, so that a misspelt one is never silently ignored; `check` tells all
//! faults at once, each with its key.

#[cfg(test)]
mod documented_tests;
mod offers;
mod overlay;
mod sections;
mod texts;

pub use sections::CaseSystemSection;
pub use sections::Intake;
pub use sections::Municipality;
pub use sections::Operations;
pub use sections::Queue;

use crate::domain::acknowledgement::Recipient;
use crate::domain::acknowledgement::Way;
use crate::domain::calendar::LocalTime;
use crate::domain::notice::NoticeType;
use crate::domain::reference::Prefix;
use crate::partners::Partners;
use crate::roster::book::Book;
use crate::routing::profile::Profile;
use serde::Deserialize;
use std::path::Path;
use std::path::PathBuf;

/// The whole configuration.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Whose gateway it is.
    #[serde(default)]
    pub municipality: Municipality,
    /// Where the truth is kept.
    #[serde(default)]
    pub store: crate::store::Config,
    /// Between the store and the case system's side.
    #[serde(default)]
    pub queue: Queue,
    /// The HTTP server.
    #[serde(default)]
    pub http: crate::http::Config,
    /// The doors.
    #[serde(default)]
    pub intake: Intake,
    /// How senders are told.
    pub acknowledge: crate::acknowledge::config::Config,
    /// The way out.
    pub case_system: CaseSystemSection,
    /// What senders may ask.
    #[serde(default)]
    pub public: crate::public::Config,
    /// How the program runs.
    #[serde(default)]
    pub operations: Operations,
    /// What it tells of itself.
    #[serde(default)]
    pub telemetry: crate::telemetry::Config,
    /// What a process that reads a document may use.
    #[serde(default)]
    pub sandbox: crate::sandbox::Config,
    /// What looks for malware.
    #[serde(default)]
    pub malware: crate::malware::Config,
    /// Who may send what by which door.
    #[serde(default)]
    pub partners: crate::partners::Config,
    /// Whom to warn of what is not acknowledged.
    #[serde(default)]
    pub alarms: crate::pipeline::alarms::Config,
    /// When the day before is reported, and to whom.
    #[serde(default)]
    pub report: crate::pipeline::morning::Config,
    /// How letters to persons are made.
    #[serde(default)]
    pub letter: crate::pipeline::letters::Config,
    /// With what receipts are signed and coded.
    #[serde(default)]
    pub seal: crate::seal::chest::Config,
    /// Who is on duty.
    #[serde(default)]
    pub roster: crate::roster::book::Config,
    /// Known, not built yet.
    #[serde(default)]
    retention: Option<toml::Table>,
}

/// One fault: a key and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The key, such as `http.listen`; empty for the file as a whole.
    pub key: String,
    /// What is wrong and what to do.
    pub message: String,
}

impl Fault {
    fn new(key: impl Into<String>, message: impl Into<String>) -> Self {
        Self { key: key.into(), message: message.into() }
    }
}

/// Why there is no configuration to work with.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// No file was named and none stands at the usual places.
    #[error(
        "no configuration: name one with --config FILE, or put kvittens.toml here or in /etc/kvittens/"
    )]
    NotFound,
    /// The file cannot be read.
    #[error("cannot read the configuration {0}")]
    Read(PathBuf, #[source] std::io::Error),
    /// The file is not what it should be.
    #[error("the configuration {path} has faults:\n{}", list(.faults))]
    Faults {
        /// Which file.
        path: PathBuf,
        /// All of them.
        faults: Vec<Fault>,
    },
}

fn list(faults: &[Fault]) -> String {
    let line = |fault: &Fault| match fault.key.is_empty() {
        true => format!("  {}", fault.message),
        false => format!("  {}: {}", fault.key, fault.message),
    };
    faults.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// What the configuration comes to: itself, the profile it names, and what follows from both.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// Where it was read from.
    pub path: PathBuf,
    /// The configuration.
    pub config: Config,
    /// The municipality's profile.
    pub profile: Profile,
    /// Its days.
    pub local_time: LocalTime,
    /// The letters of its references.
    pub prefix: Prefix,
    /// Its partners.
    pub partners: Partners,
    /// Who is on duty.
    pub roster: Book,
    /// What is odd but no reason to refuse.
    pub warnings: Vec<Fault>,
}

impl Loaded {
    /// Where small things of this machine outlast the process: beside a SQLite store, else where systemd says (`StateDirectory=`), else nowhere.
    #[expect(clippy::disallowed_methods, reason = "this room reads the environment")]
    pub fn state_folder(&self) -> Option<PathBuf> {
        self.config.store.folder().or_else(|| {
            let folders = std::env::var("STATE_DIRECTORY").ok()?;
            folders.split(':').next().filter(|first| !first.is_empty()).map(PathBuf::from)
        })
    }
}

/// Finds and loads the configuration: the named file, else `KVITTENS_CONFIG`, `./kvittens.toml`, `/etc/kvittens/kvittens.toml`.
pub fn load(named: Option<&Path>) -> Result<Loaded, ConfigError> {
    let path = find(named)?;
    let text =
        std::fs::read_to_string(&path).map_err(|error| ConfigError::Read(path.clone(), error))?;
    let parsed = overlay::parse(&text, overlay::from_environment());
    let config =
        parsed.map_err(|fault| ConfigError::Faults { path: path.clone(), faults: vec![fault] })?;
    resolve(path, config)
}

#[expect(clippy::disallowed_methods, reason = "this room reads the environment")]
fn find(named: Option<&Path>) -> Result<PathBuf, ConfigError> {
    if let Some(path) = named {
        return Ok(path.to_owned());
    }
    if let Ok(path) = std::env::var("KVITTENS_CONFIG") {
        return Ok(PathBuf::from(path));
    }
    ["kvittens.toml", "/etc/kvittens/kvittens.toml"]
        .into_iter()
        .map(PathBuf::from)
        .find(|path| path.exists())
        .ok_or(ConfigError::NotFound)
}

/// Who acts at the shell, as the journal names them.
#[expect(clippy::disallowed_methods, reason = "this room reads the environment")]
pub fn actor() -> String {
    let name = std::env::var("SUDO_USER").or_else(|_| std::env::var("USER"));
    format!("cli:{}", name.unwrap_or_else(|_| "unknown".to_owned()))
}

fn resolve(path: PathBuf, mut config: Config) -> Result<Loaded, ConfigError> {
    let (mut faults, mut warnings) = config.faults();
    let local_time = LocalTime::named(&config.municipality.time_zone);
    if local_time.is_none() {
        faults.push(Fault::new("municipality.time_zone", "there is no such time zone"));
    }
    let profile = match profile(&config.municipality.profile) {
        Ok(profile) => Some(profile),
        Err(found) => {
            faults.extend(found);
            None
        }
    };
    faults.extend(profile.iter().flat_map(|profile| unconfigured_ways(&config, profile)));
    faults.extend(profile.iter().flat_map(texts::faults));
    let copied = NoticeType::EvictionScheduled;
    let promised = profile.as_ref().and_then(|it| it.promises.to(Recipient::Person, copied));
    config.letter.text = promised.and_then(|promise| promise.text.clone());
    config.letter.offers = profile.as_ref().map(offers::texts).unwrap_or_default();
    warnings.extend(profile.iter().flat_map(|profile| offers::implied(&config, profile)));
    let partners = match partners(&config) {
        Ok(partners) => Some(partners),
        Err(found) => {
            faults.extend(found);
            None
        }
    };
    let roster = match roster(&config, profile.as_ref()) {
        Ok(roster) => roster,
        Err(fault) => {
            faults.push(fault);
            Book::default()
        }
    };
    let prefix = profile.as_ref().map(|profile| profile.reference_prefix.clone());
    match (faults.is_empty(), local_time, profile, prefix, partners) {
        (true, Some(local_time), Some(profile), Some(prefix), Some(partners)) => {
            Ok(Loaded { path, config, profile, local_time, prefix, partners, roster, warnings })
        }
        _ => Err(ConfigError::Faults { path, faults }),
    }
}

/// Ways to Kronofogden that the profile promises and nobody has configured.
fn unconfigured_ways(config: &Config, profile: &Profile) -> Vec<Fault> {
    let configured = &config.acknowledge.enforcement_authority.ways;
    let to_kronofogden =
        profile.promises.0.iter().filter(|it| it.to == Recipient::EnforcementAuthority);
    let promised = to_kronofogden.flat_map(|promise| &promise.ways);
    let missing = promised.filter(|way| configured.iter().all(|it| it.way() != **way));
    let told = |way: &Way| {
        let message = format!("the profile promises the way `{}`: configure it", way.as_str());
        Fault::new("acknowledge.enforcement_authority.ways", message)
    };
    missing.map(told).collect()
}

/// The duty roster; an empty one without a file.
fn roster(config: &Config, profile: Option<&Profile>) -> Result<Book, Fault> {
    let units = profile.iter().flat_map(|profile| &profile.units);
    let units = units.map(|unit| unit.id.clone()).collect();
    Book::open(&config.roster, units)
        .map_err(|error| Fault::new("roster.file", format!("{:#}", anyhow::Error::from(error))))
}

/// The partners of the folder; none without one.
fn partners(config: &Config) -> Result<Partners, Vec<Fault>> {
    let Some(folder) = &config.partners.dir else { return Ok(Partners::default()) };
    Partners::open(folder).map_err(|faults| {
        faults.iter().map(|fault| Fault::new("partners.dir", fault.to_string())).collect()
    })
}

/// A built-in profile by its name, or one from a file.
///
/// # Errors
/// What is wrong with it; the key is the configuration's.
pub fn profile(name: &str) -> Result<Profile, Vec<Fault>> {
    let key = "municipality.profile";
    let text = match name {
        "malmo" => include_str!("../../config/malmo.toml").to_owned(),
        "goteborg" => include_str!("../../config/goteborg.toml").to_owned(),
        path => std::fs::read_to_string(path).map_err(|_| {
            vec![Fault::new(key, "neither malmo, goteborg nor a file that can be read")]
        })?,
    };
    Profile::parse(&text).map_err(|faults| vec![Fault::new(key, faults.to_string())])
}
