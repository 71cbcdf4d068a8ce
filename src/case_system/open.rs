//! Opens the case system that the configuration names. Nothing is sent yet; files that hold secrets and certificates are read.

use crate::case_system::CaseSystem;
use crate::case_system::config::Config;
use crate::case_system::http::Http;
use crate::case_system::lifecare::Lifecare;
use crate::case_system::memory::Memory;
use crate::domain::masked::Masked;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

/// Why the case system could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum CaseSystemError {
    /// The kind is known but this program does not hold it yet.
    #[error("case_system.kind = \"{0}\" is not built yet; use memory, http or lifecare")]
    NotBuilt(&'static str),
    /// Keys with faults, all of them.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Faults(Vec<Fault>),
    /// The HTTP client could not be built.
    #[error("the case system's HTTP client could not be built")]
    Client(#[source] reqwest::Error),
}

/// One key of the configuration and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The key, such as `case_system.token_file`.
    pub key: String,
    /// What is wrong, without the value where that is secret.
    pub problem: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.key, self.problem)
    }
}

/// Opens the adapter. Needs rustls' process-wide provider to be installed.
pub fn open(config: &Config) -> Result<Arc<dyn CaseSystem>, CaseSystemError> {
    match config {
        Config::Memory(config) => Ok(Arc::new(Memory::open(config))),
        Config::Http(config) => Ok(Arc::new(Http::open(config)?)),
        Config::Lifecare(config) => Ok(Arc::new(Lifecare::open(config)?)),
        Config::Casepacket => Err(CaseSystemError::NotBuilt("casepacket")),
        Config::Errand => Err(CaseSystemError::NotBuilt("errand")),
        Config::Robot => Err(CaseSystemError::NotBuilt("robot")),
    }
}

/// Gathers the faults of one section, so that they are told together.
#[derive(Debug, Default)]
pub(in crate::case_system) struct Faults(Vec<Fault>);

impl Faults {
    /// Notes a fault of `case_system.<key>`.
    pub(in crate::case_system) fn add(&mut self, key: &str, problem: impl Into<String>) {
        self.0.push(Fault { key: format!("case_system.{key}"), problem: problem.into() });
    }

    /// A secret from its key or from the file beside it; `None` when neither is given or one is at fault.
    pub(in crate::case_system) fn secret(
        &mut self,
        key: &str,
        value: Option<&Masked>,
        file: Option<&Path>,
    ) -> Option<Masked> {
        let found = match (value, file) {
            (Some(_), Some(_)) => {
                self.add(key, format!("give {key} or {key}_file, not both"));
                return None;
            }
            (Some(value), None) => value.clone(),
            (None, Some(file)) => Masked::new(self.read(&format!("{key}_file"), file)?.trim()),
            (None, None) => return None,
        };
        if found.is_empty() || found.reveal().chars().any(char::is_control) {
            self.add(key, "is empty or holds control characters");
            return None;
        }
        Some(found)
    }

    /// The text of a file that a key names.
    pub(in crate::case_system) fn read(&mut self, key: &str, file: &Path) -> Option<String> {
        match std::fs::read_to_string(file) {
            Ok(text) => Some(text),
            Err(error) => {
                self.add(key, format!("{}: {error}", file.display()));
                None
            }
        }
    }

    /// The faults as an error, if there are any.
    pub(in crate::case_system) fn check(self) -> Result<(), CaseSystemError> {
        if self.0.is_empty() { Ok(()) } else { Err(CaseSystemError::Faults(self.0)) }
    }
}

#[cfg(test)]
mod tests {
    use super::CaseSystemError;
    use super::open;

    fn fault(text: &str) -> CaseSystemError {
        match open(&toml::from_str(text).expect("configuration")) {
            Ok(_) => panic!("opened: {text}"),
            Err(error) => error,
        }
    }

    #[test]
    fn kinds_that_are_not_built_say_so() {
        for kind in ["casepacket", "errand", "robot"] {
            let error = fault(&format!("kind = \"{kind}\"")).to_string();
            assert!(error.contains(kind) && error.contains("not built yet"), "{error}");
        }
    }

    #[test]
    fn all_faults_are_told_at_once_with_their_keys() {
        let error = fault(
            "kind = \"http\"\nurl = \"http://elsewhere.example/\"\ntoken_file = \"/nonexistent\"\n\
             look_up = \"https://x.example/cases\"\nid_pointer = \"id\"\ntimeout = \"0s\"",
        )
        .to_string();
        for key in ["url", "token_file", "look_up", "id_pointer", "timeout"] {
            assert!(error.contains(&format!("case_system.{key}: ")), "{key} in {error}");
        }
    }

    #[test]
    fn a_secret_is_given_once() {
        let text =
            "kind = \"http\"\nurl = \"https://x.example/\"\ntoken = \"a\"\ntoken_file = \"b\"";
        assert!(fault(text).to_string().contains("not both"));
    }
}
