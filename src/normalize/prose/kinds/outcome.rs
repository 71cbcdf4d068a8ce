//! What became of an eviction that was told before: put off, called off, withdrawn or carried out.

use super::Case;
use super::enforcers as kfm;
use super::guards::Guard;
use super::said::Place;
use super::said::Said;
use crate::domain::notice::EnforcementOutcome;
use crate::domain::notice::NoticeType;

/// What happened to it.
pub(super) struct Event {
    /// A change, or a new time.
    pub(super) kind: NoticeType,
    /// What became of it.
    pub(super) outcome: Option<EnforcementOutcome>,
    /// Where that is said.
    pub(super) place: Place,
    /// How much that says.
    pub(super) weight: i32,
    /// No kind is surer than this beside it.
    pub(super) most: f64,
}

/// Tells it. What landlords take back is their own notice, what Kronofogden tells is the eviction's end.
pub(super) fn event(said: &Said<'_>, case: &Case) -> Option<Event> {
    let done = said.find(&kfm::EXECUTED, Guard::Done);
    let done = done.or_else(|| said.find(&kfm::OPENED, Guard::Done).filter(|_| case.official()));
    if let Some(place) = done {
        let kind = NoticeType::EvictionExecuted;
        // A time to come, or a debt of somebody else's letter, speaks against it.
        let most = if case.ahead { 0.9 } else { 1.0 };
        let outcome = Some(EnforcementOutcome::Executed);
        return Some(Event { kind, outcome, place, weight: 14, most });
    }
    if !case.official() && !said.any(&kfm::EVICTION) && !said.any(&kfm::CASE) {
        return None;
    }
    let cancelled = said
        .find(&kfm::CANCELLED, Guard::Event)
        .or_else(|| said.find(&kfm::NOT_DONE, Guard::Absence))
        .or_else(|| said.find(&kfm::NO_VISIT, Guard::Absence).filter(|_| case.official()));
    let told = case.official() || cancelled.is_some();
    let at_kfm = told || said.any(&kfm::CASE) || said.any(&kfm::PUT_OFF);
    let postponed = said.find(&kfm::POSTPONED, Guard::Event).filter(|_| at_kfm);
    let withdrawn = said.find(&kfm::WITHDRAWN, Guard::Event).filter(|_| told);
    let outcome = match (&withdrawn, &postponed, &cancelled) {
        (Some(_), _, _) => EnforcementOutcome::Withdrawn,
        (None, Some(_), _) => EnforcementOutcome::Postponed,
        (None, None, Some(_)) => EnforcementOutcome::Cancelled,
        (None, None, None) => return None,
    };
    let place = cancelled.or(withdrawn).or(postponed)?;
    // A change that names the new time is a time like any other.
    if outcome != EnforcementOutcome::Withdrawn
        && case.ahead
        && let Some(place) = said.find(&kfm::NEW_TIME, Guard::Title)
    {
        let kind = NoticeType::EvictionScheduled;
        return Some(Event { kind, outcome: None, place, weight: 13, most: 1.0 });
    }
    // One time gone and another that stands: moved, or told of both.
    if outcome != EnforcementOutcome::Withdrawn && case.starts && case.gone {
        let kind = NoticeType::EvictionScheduled;
        return Some(Event { kind, outcome: None, place, weight: 13, most: 0.9 });
    }
    let kind = NoticeType::EvictionChanged;
    let most = if case.starts { 0.8 } else { 1.0 };
    Some(Event { kind, outcome: Some(outcome), place, weight: 13, most })
}
