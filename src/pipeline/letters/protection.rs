//! Who is asked whether an identity is protected (skyddade personuppgifter), before a letter is made. A source answers about one number; what
//! it cannot answer is unknown, and then a person decides.

use crate::case_system::CaseSystem;
use crate::clock::Clock;
use crate::domain::notice::Notice;
use crate::domain::person_id::PersonIdentity;
use crate::domain::protection;
use crate::pipeline::letters::config::Config;
use crate::pipeline::letters::config::SourceName;
use crate::pipeline::letters::gates;
use crate::pipeline::letters::register::RegisterFile;
use crate::store::Asked;
use crate::store::Protection;
use std::sync::Arc;

/// A place that knows whose identity is protected.
#[async_trait::async_trait]
pub trait ProtectionSource: Send + Sync {
    /// What the history calls it.
    fn name(&self) -> &'static str;

    /// Whether this person is protected. What went wrong is told in the log, without the number; the answer is unknown then.
    async fn ask(&self, identity: &PersonIdentity) -> Protection;
}

/// Nobody can be asked.
pub struct NoSource;

#[async_trait::async_trait]
impl ProtectionSource for NoSource {
    fn name(&self) -> &'static str {
        "none"
    }

    async fn ask(&self, _identity: &PersonIdentity) -> Protection {
        Protection::Unknown
    }
}

/// The case system's person.
pub struct CaseSystemSource(pub Arc<dyn CaseSystem>);

#[async_trait::async_trait]
impl ProtectionSource for CaseSystemSource {
    fn name(&self) -> &'static str {
        "caseSystem"
    }

    async fn ask(&self, identity: &PersonIdentity) -> Protection {
        let Some(number) = identity.digits12() else { return Protection::Unknown };
        match self.0.protects(number).await {
            Ok(Some(true)) => Protection::Protected,
            Ok(Some(false)) => Protection::NotProtected,
            Ok(None) => Protection::Unknown,
            Err(failure) => {
                tracing::warn!(%failure, "the case system could not be asked about protected identity");
                Protection::Unknown
            }
        }
    }
}

/// All sources of a municipality.
#[derive(Clone)]
pub struct Sources(Arc<[Box<dyn ProtectionSource>]>);

impl Sources {
    /// Those of the configuration; without any, one that never knows.
    pub fn of(config: &Config, case_system: &Arc<dyn CaseSystem>, clock: &Clock) -> Self {
        let mut sources: Vec<Box<dyn ProtectionSource>> = Vec::new();
        for name in &config.protection {
            match (name, &config.register) {
                (SourceName::Register, Some(path)) => {
                    let register = RegisterFile::new(path.clone(), config.register_max_age, clock);
                    sources.push(Box::new(register));
                }
                (SourceName::Register, None) => sources.push(Box::new(NoSource)),
                (SourceName::CaseSystem, _) => {
                    sources.push(Box::new(CaseSystemSource(Arc::clone(case_system))));
                }
            }
        }
        Self::from(sources)
    }

    /// Asks every source about everybody in a notice. Protected when one says so of anybody, children and others in the home included; not protected
    /// only when all say so of every respondent.
    pub async fn ask(&self, notice: &Notice) -> Asked {
        if protection::is_hinted_at(notice) {
            let sources = "notice=protected".to_owned();
            return Asked { answer: Protection::Protected, sources };
        }
        let mut answers = Vec::with_capacity(self.0.len());
        for source in self.0.iter() {
            answers.push((source.name(), of_all(source.as_ref(), notice).await));
        }
        let answer = match () {
            () if answers.iter().any(|(_, it)| *it == Protection::Protected) => {
                Protection::Protected
            }
            () if answers.iter().all(|(_, it)| *it == Protection::NotProtected) => {
                Protection::NotProtected
            }
            () => Protection::Unknown,
        };
        let told: Vec<String> =
            answers.iter().map(|(name, answer)| format!("{name}={}", answer.as_str())).collect();
        Asked { answer, sources: told.join(" ") }
    }
}

impl From<Vec<Box<dyn ProtectionSource>>> for Sources {
    fn from(mut sources: Vec<Box<dyn ProtectionSource>>) -> Self {
        if sources.is_empty() {
            sources.push(Box::new(NoSource));
        }
        Self(sources.into())
    }
}

/// What one source comes to about everybody in a notice.
async fn of_all(source: &dyn ProtectionSource, notice: &Notice) -> Protection {
    let mut known = notice.persons.iter().any(gates::is_respondent);
    for person in &notice.persons {
        let answer = match &person.identity {
            Some(identity) => source.ask(identity).await,
            None => Protection::Unknown,
        };
        match answer {
            Protection::Protected => return Protection::Protected,
            Protection::Unknown if gates::is_respondent(person) => known = false,
            Protection::Unknown | Protection::NotProtected => {}
        }
    }
    if known { Protection::NotProtected } else { Protection::Unknown }
}
