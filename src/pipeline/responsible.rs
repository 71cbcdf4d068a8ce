//! Who is named as responsible: the caseworker of the person's open case where the case system tells, else whoever is on duty.
//!
//! Asking never holds a confirmation up: a case system that does not answer in time is left alone for a while, and whoever is on duty is named.

use crate::case_system::CaseSystem;
use crate::case_system::OpenCase;
use crate::clock::Clock;
use crate::domain::caseworker::Caseworker;
use crate::domain::failure::Failure;
use crate::domain::notice::Notice;
use crate::domain::reference::Reference;
use crate::pipeline::letters::gates;
use jiff::SignedDuration;
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::Duration;

/// Who is named for a unit at an instant: the duty roster of the moment.
pub type OnDuty = Arc<dyn Fn(&str, Timestamp) -> Option<Caseworker> + Send + Sync>;

/// Whom a confirmation for a unit names when this is the person's open case; `None` where that one is away on the day, or cannot be called.
pub type OfOpenCase = Arc<dyn Fn(&OpenCase, &str, Date) -> Option<Caseworker> + Send + Sync>;

/// So long the case system may take over one notice: others that wait to be named stand behind it, and each is due.
const PATIENCE: Duration = Duration::from_secs(3);

/// After an answer that failed, or that named nobody, so long it is not asked again.
const QUIET: SignedDuration = SignedDuration::from_mins(1);

/// How sure a number must have been read for its case to be asked for, where the municipality demands nothing.
const SURE: f64 = 0.95;

/// Asks who is responsible.
pub struct Responsible {
    on_duty: OnDuty,
    asking: Option<(Arc<dyn CaseSystem>, OfOpenCase)>,
    clock: Clock,
    quiet: Mutex<Quiet>,
}

/// When not to ask.
#[derive(Default)]
struct Quiet {
    all_until: Option<Timestamp>,
    of: HashMap<Reference, Timestamp>,
}

/// For whom somebody is named.
#[derive(Clone, Copy)]
pub struct Concerned<'a> {
    /// The notice's reference.
    pub reference: &'a Reference,
    /// The notice.
    pub notice: &'a Notice,
    /// The id of its unit.
    pub unit: &'a str,
    /// The local day of now.
    pub on: Date,
    /// How sure a number must have been read, as the municipality demands it.
    pub least: Option<f64>,
}

impl Responsible {
    /// By the roster, and the case system where it is to be asked.
    pub fn new(
        on_duty: OnDuty,
        asking: Option<(Arc<dyn CaseSystem>, OfOpenCase)>,
        clock: Clock,
    ) -> Self {
        Self { on_duty, asking, clock, quiet: Mutex::default() }
    }

    /// Who is named; `None` when there is nobody.
    pub async fn named(&self, concerned: Concerned<'_>) -> Option<Caseworker> {
        let of_case = self.of_open_case(concerned).await;
        of_case.or_else(|| self.on_duty(concerned.unit))
    }

    /// Who is on duty, whatever case is open.
    pub fn on_duty(&self, unit: &str) -> Option<Caseworker> {
        (self.on_duty)(unit, self.clock.now())
    }

    async fn of_open_case(&self, concerned: Concerned<'_>) -> Option<Caseworker> {
        let (case_system, of_open_case) = self.asking.as_ref()?;
        if self.is_quiet(concerned.reference) {
            return None;
        }
        let asked = ask(&**case_system, of_open_case, concerned);
        match tokio::time::timeout(PATIENCE, asked).await {
            Ok(Ok(Some(named))) => Some(named),
            Ok(Ok(None)) => self.remember(concerned.reference),
            Ok(Err(failure)) => self.rest(&failure.to_string()),
            Err(_) => self.rest("no answer in time"),
        }
    }

    fn is_quiet(&self, reference: &Reference) -> bool {
        let now = self.clock.now();
        let quiet = self.quiet.lock().unwrap_or_else(PoisonError::into_inner);
        quiet.all_until.is_some_and(|until| now < until)
            || quiet.of.get(reference).is_some_and(|until| now < *until)
    }

    fn rest(&self, why: &str) -> Option<Caseworker> {
        tracing::warn!(
            why,
            "the case system does not tell who is responsible for an open case; whoever is on duty is named"
        );
        let until = self.clock.now().saturating_add(QUIET).ok();
        self.quiet.lock().unwrap_or_else(PoisonError::into_inner).all_until = until;
        None
    }

    /// Nobody was named: while the confirmation waits, it is not asked for at every look.
    fn remember(&self, reference: &Reference) -> Option<Caseworker> {
        let now = self.clock.now();
        let mut quiet = self.quiet.lock().unwrap_or_else(PoisonError::into_inner);
        quiet.of.retain(|_, until| now < *until);
        if let Ok(until) = now.saturating_add(QUIET) {
            quiet.of.insert(reference.clone(), until);
        }
        None
    }
}

/// The first respondent's open case whose caseworker can be named.
async fn ask(
    case_system: &dyn CaseSystem,
    of_open_case: &OfOpenCase,
    concerned: Concerned<'_>,
) -> Result<Option<Caseworker>, Failure> {
    for number in numbers(concerned.notice, concerned.least.unwrap_or(SURE)) {
        let case = case_system.open_case(&number, concerned.on).await?;
        let named = case.and_then(|case| of_open_case(&case, concerned.unit, concerned.on));
        if named.is_some() {
            return Ok(named);
        }
    }
    Ok(None)
}

/// The numbers of the respondents, each told field by field or read surely: a misread one would ask for somebody else's case.
fn numbers(notice: &Notice, least: f64) -> Vec<String> {
    let respondents = notice.persons.iter().enumerate().filter(|(_, it)| gates::is_respondent(it));
    let sure = respondents.filter(|(at, _)| {
        let read = notice.evidence.get(&format!("/persons/{at}/identity/value"));
        read.is_none_or(|evidence| evidence.confidence >= least)
    });
    let numbers = sure.filter_map(|(_, person)| person.identity.as_ref()?.digits12());
    numbers.map(str::to_owned).collect()
}

#[cfg(test)]
#[path = "responsible_tests.rs"]
mod tests;
