//! Hands a notice to Tietoevry Lifecare FamilyCare: an entry (aktualisering) for the person, with the original and a summary attached.
//!
//! Lifecare recognises nothing twice, so every step looks first and the step after each change is committed: one call that changes
//! something is one step. Order: the person, the code lists by name, a look for an existing entry, the entry, its documents.

pub mod config;

mod attachments;
mod client;
mod codes;
mod enclosed;
mod look;
mod ongoing;
mod open;
mod persons;
mod progress;
mod records;

use crate::case_system::CaseSystem;
use crate::case_system::Found;
use crate::case_system::HandOver;
use crate::case_system::OpenCase;
use crate::case_system::Step;
use crate::case_system::enclosure::Enclosed;
use crate::case_system::enclosure::Enclosure;
use crate::case_system::lifecare::attachments::Part;
use crate::case_system::lifecare::client::Calls;
use crate::case_system::lifecare::codes::Codes;
use crate::case_system::lifecare::codes::Names;
use crate::case_system::lifecare::codes::Proposals;
use crate::case_system::lifecare::config::LifecareConfig;
use crate::case_system::lifecare::config::UnknownPerson;
use crate::case_system::lifecare::look::Sight;
use crate::case_system::lifecare::persons::PersonNumber;
use crate::case_system::lifecare::progress::Reached;
use crate::case_system::lifecare::records::NewEntry;
use crate::domain::failure::Failure;
use crate::domain::notice::Notice;
use crate::domain::notice::SenderKind;
use jiff::civil::Date;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::Instant;

/// The adapter for `kind = "lifecare"`.
#[derive(Debug)]
pub struct Lifecare {
    calls: Calls,
    config: LifecareConfig,
    codes_for: Duration,
    check_person: Option<String>,
    proposals: Mutex<Option<(Instant, Arc<Proposals>)>>,
}

/// One notice with the persons who get an entry.
struct Plan<'a> {
    hand_over: &'a HandOver,
    notice: Notice,
    adults: Vec<PersonNumber>,
}

impl Lifecare {
    /// The inner error is the code of why a person must decide.
    fn plan<'a>(&self, hand_over: &'a HandOver) -> Result<Result<Plan<'a>, &'static str>, Failure> {
        let notice = hand_over.notice()?;
        let adults = persons::adults(&notice, self.config.each_adult, hand_over.arrival_date);
        Ok(adults.map(|adults| Plan { hand_over, notice, adults }))
    }

    /// Looks for, or else opens, the next person's entry.
    async fn begin(&self, plan: &Plan<'_>, mut entries: Vec<String>) -> Result<Step, Failure> {
        let ordinal = entries.len();
        let Some(person) = plan.adults.get(ordinal) else {
            return Ok(Step::Done { case_id: entries.join(",") });
        };
        let unchecked =
            if ordinal == 0 { plan.adults.as_slice() } else { std::slice::from_ref(person) };
        for person in unchecked {
            if let Some(reason) = self.objection(person).await? {
                return Ok(Step::NeedsPerson { reason: reason.to_owned() });
            }
        }
        let codes = self.codes(plan, person).await?;
        let remains = match look::look(&self.calls, plan.hand_over, person, ordinal).await? {
            Sight::Doubt(_) => {
                return Ok(Step::NeedsPerson { reason: persons::SIMILAR_ENTRY.to_owned() });
            }
            Sight::Entry { id, remains } => {
                entries.push(id);
                remains
            }
            Sight::Nothing => {
                entries.push(self.create(plan, person, ordinal, &codes).await?.to_string());
                Part::wanted(plan.hand_over)
            }
        };
        Ok(after(plan, Reached { entries, remains }))
    }

    /// Why this person's entry is not opened by a program.
    async fn objection(&self, person: &PersonNumber) -> Result<Option<&'static str>, Failure> {
        match (self.calls.person(person.reveal()).await?, self.config.unknown_person) {
            (Some(known), _) => Ok(known.is_protected().then_some(persons::PROTECTED_IDENTITY)),
            (None, UnknownPerson::Person) => Ok(Some(persons::UNKNOWN_PERSON)),
        }
    }

    async fn create(
        &self,
        plan: &Plan<'_>,
        person: &PersonNumber,
        ordinal: usize,
        codes: &Codes,
    ) -> Result<i64, Failure> {
        let entry = NewEntry {
            person_id: person.reveal(),
            date: client::day_begins(plan.hand_over.arrival_date),
            kind: codes.intake_type,
            from_who: codes.from_who,
            reason: codes.reason,
            organisation_id: codes.organisation,
            organisation_unit_id: &codes.organisation_unit,
            specifies: codes.specify,
            working_status: codes.working_status,
        };
        let request_id = look::request_id(&plan.hand_over.reference, ordinal);
        self.calls.create(&entry, &request_id).await
    }

    /// Attaches the first document that is missing.
    async fn attach(&self, plan: &Plan<'_>, mut reached: Reached) -> Result<Step, Failure> {
        let ordinal = reached.entries.len().saturating_sub(1);
        let (Some(entry), Some(person)) = (reached.entries.last(), plan.adults.get(ordinal)) else {
            return Err(Failure::Permanent("the notice's persons changed since".to_owned()));
        };
        let part = reached.remains.remove(0);
        let codes = self.codes(plan, person).await?;
        let form = attachments::form(part, plan.hand_over, &plan.notice, &codes)?;
        if let Some(form) = form {
            let id = look::attach_request_id(&plan.hand_over.reference, ordinal, part);
            self.calls.attach(entry, form, &id).await?;
        }
        Ok(after(plan, reached))
    }

    /// The ids behind this notice's names. A name missing from lists read earlier is sought once more in fresh ones.
    async fn codes(&self, plan: &Plan<'_>, person: &PersonNumber) -> Result<Codes, Failure> {
        let names = self.names(plan);
        let mut kept = self.proposals.lock().await;
        if let Some((read_at, proposals)) = kept.as_ref()
            && read_at.elapsed() < self.codes_for
            && let Ok(codes) = proposals.resolve(names)
        {
            return Ok(codes);
        }
        let proposals = Arc::new(self.calls.proposals(person.reveal()).await?);
        *kept = Some((Instant::now(), Arc::clone(&proposals)));
        drop(kept);
        proposals.resolve(names)
    }

    fn names<'a>(&'a self, plan: &'a Plan<'_>) -> Names<'a> {
        let config = &self.config;
        let assignment = &plan.hand_over.assignment;
        let sender = plan.notice.sender.as_ref().map_or(SenderKind::Unknown, |sender| sender.kind);
        Names {
            intake_type: &assignment.intake_type,
            reason: &assignment.reason_code,
            from_who: config.from_who_by_sender.get(&sender).unwrap_or(&config.from_who),
            organisation: config
                .organisation_by_unit
                .get(&assignment.unit)
                .unwrap_or(&config.organisation),
            specify: config.specify.as_deref(),
            working_status: config.working_status.as_deref(),
            attachment_type: &config.attachment_type,
            attachment_sender_type: &config.attachment_sender_type,
        }
    }

    /// Looks person by person, from where the committed progress ends.
    async fn survey(&self, plan: &Plan<'_>) -> Result<Found, Failure> {
        let (calls, hand_over) = (&self.calls, plan.hand_over);
        let committed = hand_over.progress.as_ref().map(Reached::read).transpose()?;
        let mut reached =
            committed.unwrap_or_else(|| Reached { entries: Vec::new(), remains: Vec::new() });
        if !reached.remains.is_empty() {
            let ordinal = reached.entries.len() - 1;
            let Some(person) = plan.adults.get(ordinal) else {
                return Ok(Found::InDoubt("the notice's persons changed since".to_owned()));
            };
            reached.remains = look::look_at(calls, hand_over, person, ordinal).await?;
            if !reached.remains.is_empty() {
                return Ok(Found::Begun(reached.progress()));
            }
        }
        for (ordinal, person) in plan.adults.iter().enumerate().skip(reached.entries.len()) {
            match look::look(calls, hand_over, person, ordinal).await? {
                Sight::Doubt(text) => return Ok(Found::InDoubt(text)),
                Sight::Nothing if ordinal == 0 => return Ok(Found::Nothing),
                Sight::Nothing => return Ok(Found::Begun(reached.progress())),
                Sight::Entry { id, remains } => {
                    reached.entries.push(id);
                    reached.remains = remains;
                }
            }
            if !reached.remains.is_empty() {
                return Ok(Found::Begun(reached.progress()));
            }
        }
        Ok(Found::Case { case_id: reached.case_id() })
    }
}

fn after(plan: &Plan<'_>, reached: Reached) -> Step {
    if reached.remains.is_empty() && reached.entries.len() >= plan.adults.len() {
        Step::Done { case_id: reached.case_id() }
    } else {
        Step::Opened(reached.progress())
    }
}

#[async_trait::async_trait]
impl CaseSystem for Lifecare {
    fn target(&self) -> &'static str {
        "lifecare"
    }

    fn wants_original(&self) -> bool {
        true
    }

    async fn step(&self, hand_over: &HandOver) -> Result<Step, Failure> {
        let plan = match self.plan(hand_over)? {
            Ok(plan) => plan,
            Err(reason) => return Ok(Step::NeedsPerson { reason: reason.to_owned() }),
        };
        match hand_over.progress.as_ref().map(Reached::read).transpose()? {
            None => self.begin(&plan, Vec::new()).await,
            Some(reached) if reached.remains.is_empty() => self.begin(&plan, reached.entries).await,
            Some(reached) => self.attach(&plan, reached).await,
        }
    }

    /// Needs the same `original` (there or not) as the steps, since that decides what an entry must hold.
    async fn find(&self, hand_over: &HandOver) -> Result<Found, Failure> {
        match (self.plan(hand_over)?, &hand_over.progress) {
            (Ok(plan), _) => self.survey(&plan).await,
            (Err(_), None) => Ok(Found::Nothing),
            (Err(_), Some(_)) => {
                Ok(Found::InDoubt("the notice's persons changed since".to_owned()))
            }
        }
    }

    async fn protects(&self, number: &str) -> Result<Option<bool>, Failure> {
        Ok(self.calls.person(number).await?.and_then(|known| known.protection()))
    }

    async fn enclose(&self, enclosure: &Enclosure) -> Result<Enclosed, Failure> {
        let plan = self.plan(&enclosure.hand_over)?;
        let plan = plan.map_err(|reason| Failure::Permanent(reason.to_owned()))?;
        enclosed::enclose(self, enclosure, &plan).await
    }

    async fn open_case(&self, number: &str, on: Date) -> Result<Option<OpenCase>, Failure> {
        ongoing::responsible(&self.calls, number, on, &self.config.open_case_types).await
    }

    async fn probe(&self) -> Result<(), Failure> {
        let Some(person) = &self.check_person else {
            return match self.calls.person("000000000000").await {
                Ok(_) | Err(Failure::Permanent(_)) => Ok(()),
                Err(failure @ (Failure::Transient(_) | Failure::Uncertain(_))) => Err(failure),
            };
        };
        let missing = self.calls.proposals(person).await?.missing(&self.config);
        if missing.is_empty() { Ok(()) } else { Err(Failure::Permanent(missing.join("; "))) }
    }
}
