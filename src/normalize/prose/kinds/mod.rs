//! Which kind of notice a text is: statute before form title, that before subject and wording. Signs of two kinds leave it to a person.

mod abroad;
mod enforcers;

mod guards;
mod landlords;
mod outcome;
mod said;
mod settled;
mod signs;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod wording_tests;

use super::pattern::Pattern;
use super::seen::Seen;
use super::seen::Sheet;
use crate::domain::notice::EnforcementOutcome;
use crate::domain::notice::NoticeType;
use enforcers as kfm;
use guards::Guard;
use landlords as own;
use outcome::Event;
use said::Place;
use said::Said;

/// What was made of the signs.
#[derive(Clone, Debug)]
pub(super) struct Kind {
    pub(super) kind: Option<Seen<NoticeType>>,
    pub(super) also: Vec<NoticeType>,
    pub(super) outcome: Option<EnforcementOutcome>,
}

/// How much speaks for a kind, and where most of it stands.
#[derive(Clone, Copy)]
struct Tally {
    kind: NoticeType,
    best: i32,
    others: i32,
    place: Place,
}

impl Tally {
    fn sum(&self) -> i32 {
        self.best + self.others / 3
    }
}

/// Tells the kind of what is said. `official`: the sender is Kronofogden.
pub(super) fn kind(sheets: &[Sheet], official: bool) -> Kind {
    let said = Said::of(sheets);
    let mut tallies = tallies(&said);
    let event = outcome::event(&said, official);
    if let Some(event) = &event {
        add(&mut tallies, event.kind, event.weight, event.place);
    }
    if !official && said.any(&kfm::EVICTION) {
        own_application_taken_back(&said, &mut tallies);
    }
    for tally in &mut tallies {
        tally.kind = fitting(tally.kind, &said);
    }
    leave_out(&mut tallies, &said);
    let concern = concern(&mut tallies);
    explain(&mut tallies);
    tallies.sort_by_key(|tally| -tally.sum());
    let mut tallies = tallies.into_iter();
    let first = tallies.next().filter(|first| first.sum() >= signs::LEAST);
    let Some(first) = first else {
        return Kind { kind: None, also: Vec::new(), outcome: None };
    };
    let second = tallies.next().map_or(0, |tally| tally.sum());
    let sure = sure(&first, second);
    let kind = in_place(first.kind, &said);
    let outcome = outcome_of(kind, event);
    let also = if concern && kind != NoticeType::ChildConcern {
        vec![NoticeType::ChildConcern]
    } else {
        Vec::new()
    };
    Kind { kind: said.seen(first.place, kind, sure), also, outcome }
}

fn tallies(said: &Said<'_>) -> Vec<Tally> {
    let mut tallies = Vec::new();
    for sign in signs::SIGNS {
        if sign.with.is_some_and(|with| !said.any(with)) {
            continue;
        }
        if let Some(place) = said.find(sign.pattern, sign.guard) {
            add(&mut tallies, sign.kind, sign.weight, place);
        }
    }
    tallies
}

fn add(tallies: &mut Vec<Tally>, kind: NoticeType, weight: i32, place: Place) {
    let weight = place.more.of(weight);
    match tallies.iter_mut().find(|tally| tally.kind == kind) {
        Some(tally) if tally.best >= weight => tally.others += weight,
        Some(tally) => {
            tally.others += tally.best;
            (tally.best, tally.place) = (weight, place);
        }
        None => tallies.push(Tally { kind, best: weight, others: 0, place }),
    }
}

/// A landlord who takes an application for eviction back, takes the matter back.
fn own_application_taken_back(said: &Said<'_>, tallies: &mut Vec<Tally>) {
    if said.any(&kfm::CANCELLED) {
        return;
    }
    if let Some(place) = said.find(&kfm::OWN_WITHDRAWN, Guard::Denial) {
        add(tallies, NoticeType::Withdrawal, 12, place);
    }
}

/// The same matter in a tenant-owned home.
fn fitting(kind: NoticeType, said: &Said<'_>) -> NoticeType {
    let owned = || said.any(&own::OWNED) && !said.any(&own::RENTED);
    match kind {
        NoticeType::RentArrears if owned() => NoticeType::TenantOwnedArrears,
        NoticeType::RentDisturbance if owned() || said.any(&own::BRL_9) => {
            NoticeType::TenantOwnedDisturbance
        }
        NoticeType::RentTerminationCopy if owned() || said.any(&own::BRL_20) => {
            NoticeType::TenantOwnedTerminationCopy
        }
        other => other,
    }
}

/// A removal of people without any right is told by its own word.
fn in_place(kind: NoticeType, said: &Said<'_>) -> NoticeType {
    match kind {
        NoticeType::EvictionScheduled if said.any(&kfm::REMOVAL) => NoticeType::RemovalScheduled,
        NoticeType::EvictionApplication if said.any(&kfm::REMOVAL) => {
            NoticeType::RemovalApplication
        }
        other => other,
    }
}

/// Leaves out what is only spoken of: in a course, in statistics, in a copy of a demand, in a termination without its reason.
fn leave_out(tallies: &mut Vec<Tally>, said: &Said<'_>) {
    if said.any(&own::GENERAL) && !said.any(&own::ANCHOR) {
        tallies.clear();
    }
    let serious: [&Pattern; 4] = [&own::SERIOUS, &own::OUTRAGE, &own::JB_42, &own::BRL_20];
    let disturbed = said.any(&own::DISTURBANCE) || said.any(&own::NEIGHBOURS);
    let late = tallies.iter().any(|tally| is_arrears(tally.kind) && tally.sum() >= 7);
    let grave = serious.iter().any(|pattern| said.any(pattern));
    let copied = said.any(&own::TERMINATION) && (grave || (disturbed && !late));
    tallies.retain(|tally| copied || !is_copy(tally.kind));
    let demand = said.any(&own::COLLECTION_COPY) && said.any(&own::FOR_INFORMATION);
    if demand {
        tallies.retain(|tally| !is_arrears(tally.kind) || tally.best >= 12);
    }
}

fn is_arrears(kind: NoticeType) -> bool {
    matches!(kind, NoticeType::RentArrears | NoticeType::TenantOwnedArrears)
}

/// Whether a concern for a child is told; beside another matter it is the second one, unless the heading names it.
fn concern(tallies: &mut Vec<Tally>) -> bool {
    let Some(at) = tallies.iter().position(|tally| tally.kind == NoticeType::ChildConcern) else {
        return false;
    };
    let told =
        tallies.iter().any(|tally| tally.kind != NoticeType::ChildConcern && tally.sum() >= 6);
    let named = tallies.get(at).is_some_and(|tally| tally.best >= 12);
    match (named, told) {
        (true, _) => {
            tallies.retain(|tally| tally.kind == NoticeType::ChildConcern || tally.best >= 12)
        }
        (false, true) => {
            tallies.remove(at);
        }
        (false, false) => {}
    }
    true
}

/// Takes out the kinds whose words another kind cites.
fn explain(tallies: &mut Vec<Tally>) {
    for rule in signs::EXPLAINED {
        let holds = tallies.iter().any(|tally| tally.kind == rule.kind && tally.sum() >= rule.from);
        if holds {
            tallies.retain(|tally| {
                tally.kind == rule.kind
                    || !rule.others.contains(&tally.kind)
                    || tally.best > rule.up_to
            });
        }
    }
}

/// How often such a sum and such a lead are right.
fn sure(first: &Tally, second: i32) -> f64 {
    match (first.sum(), first.sum() - second) {
        (12.., 6..) => 0.99,
        (9.., 5..) => 0.97,
        (8.., 6..) => 0.96,
        (7.., 4..) => 0.9,
        (5.., 3..) => 0.8,
        _ => 0.6,
    }
}

fn is_copy(kind: NoticeType) -> bool {
    matches!(kind, NoticeType::RentTerminationCopy | NoticeType::TenantOwnedTerminationCopy)
}

fn outcome_of(kind: NoticeType, event: Option<Event>) -> Option<EnforcementOutcome> {
    let told = matches!(kind, NoticeType::EvictionChanged | NoticeType::EvictionExecuted);
    event.filter(|_| told)?.outcome
}
