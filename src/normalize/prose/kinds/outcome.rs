//! What became of an eviction that was told before: put off, called off, withdrawn or carried out.

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
}

/// Tells it. `official`: Kronofogden writes; what landlords take back is their own notice.
pub(super) fn event(said: &Said<'_>, official: bool) -> Option<Event> {
    if let Some(place) = said.find(&kfm::EXECUTED, Guard::Denial) {
        let outcome = Some(EnforcementOutcome::Executed);
        return Some(Event { kind: NoticeType::EvictionExecuted, outcome, place, weight: 14 });
    }
    if !said.any(&kfm::EVICTION) {
        return None;
    }
    let cancelled = said.find(&kfm::CANCELLED, Guard::Condition);
    let at_kfm = official || cancelled.is_some() || said.any(&kfm::CASE) || said.any(&kfm::PUT_OFF);
    let postponed = said.find(&kfm::POSTPONED, Guard::Condition).filter(|_| at_kfm);
    let withdrawn = said.find(&kfm::WITHDRAWN, Guard::Condition);
    let withdrawn = withdrawn.filter(|_| official || cancelled.is_some());
    let outcome = match (&withdrawn, &postponed, &cancelled) {
        (Some(_), _, _) => EnforcementOutcome::Withdrawn,
        (None, Some(_), _) => EnforcementOutcome::Postponed,
        (None, None, Some(_)) => EnforcementOutcome::Cancelled,
        (None, None, None) => return None,
    };
    let place = cancelled.or(withdrawn).or(postponed)?;
    // A change that names the new time is a time like any other.
    let new_time = said.find(&kfm::NEW_TIME, Guard::Denial);
    if outcome != EnforcementOutcome::Withdrawn
        && let Some(place) = new_time
    {
        let kind = NoticeType::EvictionScheduled;
        return Some(Event { kind, outcome: None, place, weight: 13 });
    }
    let kind = NoticeType::EvictionChanged;
    Some(Event { kind, outcome: Some(outcome), place, weight: 13 })
}
