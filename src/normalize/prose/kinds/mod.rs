//! Which kind of notice a text is: statute before form title, that before subject and wording. Signs of two kinds leave it to a person.

mod abroad;
mod clause;
#[cfg(test)]
mod enforcer_tests;
mod enforcers;
mod everyday;
mod explained;
mod guard_words;
mod guards;
#[cfg(test)]
mod landlord_tests;
mod landlords;
#[cfg(test)]
mod other_tests;
mod outcome;
mod said;
mod second;
mod settled;
mod signs;
mod squeezed;
mod tallies;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod wording_tests;

use super::days::Day;
use super::days::Meaning;
use super::pattern::Pattern;
use super::seen::Seen;
use super::seen::Sheet;
use crate::domain::notice::EnforcementOutcome;
use crate::domain::notice::NoticeType;
use crate::domain::notice::SenderKind;
use enforcers as kfm;
use guards::Guard;
use jiff::civil::Date;
use landlords as own;
use outcome::Event;
use said::Said;
use tallies::Tally;
use tallies::add;

/// What was made of the signs.
#[derive(Clone, Debug)]
pub(super) struct Kind {
    pub(super) kind: Option<Seen<NoticeType>>,
    pub(super) also: Vec<NoticeType>,
    pub(super) outcome: Option<EnforcementOutcome>,
}

/// What else is known of the letter.
#[derive(Clone, Copy, Debug)]
pub(super) struct Case {
    /// Who writes.
    pub(super) sender: SenderKind,
    /// The year it was written in.
    pub(super) year: i16,
    /// A time to come at which something is said to happen.
    pub(super) starts: bool,
    /// The same, or a time of day to come whatever it is for.
    pub(super) ahead: bool,
    /// A time of day to come.
    pub(super) clock: bool,
    /// A time that is said to hold no longer.
    pub(super) gone: bool,
}

impl Case {
    /// What a letter that came that day tells by its days.
    pub(super) fn of(sender: SenderKind, on: Date, days: &[Seen<Day>]) -> Self {
        let past = |day: &Seen<Day>| day.value.meaning == Meaning::NoLonger;
        let gone: Vec<Date> =
            days.iter().filter(|day| past(day)).map(|day| day.value.date).collect();
        let ahead = |day: &&Seen<Day>| day.value.date >= on && !gone.contains(&day.value.date);
        let starts = |day: &Seen<Day>| day.value.meaning == Meaning::Starts;
        let timed = |day: &Seen<Day>| {
            let open =
                matches!(day.value.meaning, Meaning::Other | Meaning::Incident | Meaning::MoveOut);
            day.value.time.is_some() && open && day.value.date > on
        };
        Self {
            sender,
            year: on.year(),
            starts: days.iter().filter(ahead).any(starts),
            ahead: days.iter().filter(ahead).any(|day| starts(day) || timed(day)),
            clock: days
                .iter()
                .filter(ahead)
                .any(|day| (starts(day) || timed(day)) && day.value.time.is_some()),
            gone: !gone.is_empty(),
        }
    }

    fn official(&self) -> bool {
        self.sender == SenderKind::EnforcementAuthority
    }
}

/// Tells the kind of what is said; `fill`: also where only the learned weights tell it.
pub(super) fn kind(sheets: &[Sheet], case: &Case, fill: bool) -> Kind {
    let said = Said::of(sheets, case.year);
    second::weighed(by_signs(&said, case), &said, case, fill)
}

/// The kind that the signs tell, and the most that it may be sure.
fn by_signs(said: &Said<'_>, case: &Case) -> (Kind, f64) {
    let mut tallies = tallies::tallies(said, case);
    let event = outcome::event(said, case);
    let mut most = 1.0_f64;
    if let Some(event) = &event {
        add(&mut tallies, event.kind, event.weight, event.place);
        most = most.min(event.most);
    }
    if !case.official() && said.any(&kfm::EVICTION) {
        own_application_taken_back(said, &mut tallies);
    }
    for tally in &mut tallies {
        tally.kind = fitting(tally.kind, said, case);
    }
    if case.sender == SenderKind::RentTribunal {
        // A tribunal tells of disputes; whatever these are about is theirs.
        for tally in tallies.iter_mut().filter(|tally| explained::is_first(tally.kind)) {
            tally.kind = NoticeType::RentTribunalDispute;
        }
    }
    tallies::join(&mut tallies);
    leave_out(&mut tallies, said);
    if case.official() {
        // What Kronofogden takes back is no notice of its own.
        tallies.retain(|tally| tally.kind != NoticeType::Withdrawal);
        // An hour that was wrong and is set right is a time that holds.
        if case.clock && tallies.iter().any(|it| it.kind == NoticeType::EvictionScheduled) {
            tallies.retain(|tally| tally.kind != NoticeType::Supplement);
        }
    }
    let concern = concern(&mut tallies, said, case);
    most = most.min(explained::explain(&mut tallies, said, case));
    tallies.sort_by_key(|tally| -tally.sum());
    let mut tallies = tallies.into_iter();
    let first = tallies.next().filter(|first| first.sum() >= signs::LEAST);
    let Some(first) = first else {
        return (Kind { kind: None, also: Vec::new(), outcome: None }, 1.0);
    };
    let second = tallies.next().map_or(0, |tally| tally.sum());
    // An application that names a time to come, or a time that is nowhere named.
    let timeless = first.kind == NoticeType::EvictionScheduled && !case.ahead;
    if timeless || (first.kind == NoticeType::EvictionApplication && case.starts) {
        most = most.min(0.9);
    }
    if is_arrears(first.kind) && said.any(&own::PREMISES) {
        most = most.min(0.85);
    }
    // A form that prints the statutes of all its matters, and no tick that was read.
    let laws: [&Pattern; 5] = [&own::JB_44, &own::JB_25A, &own::BRL_23, &own::BRL_9, &own::BRL_20];
    let printed = laws.iter().filter(|pattern| said.any(pattern)).count() > 2;
    let most = if printed { most.min(0.85) } else { most };
    let sure = sure(&first, second).min(most);
    let kind = in_place(first.kind, said);
    let outcome = outcome_of(kind, event);
    let also = if concern && kind != NoticeType::ChildConcern {
        vec![NoticeType::ChildConcern]
    } else {
        Vec::new()
    };
    (Kind { kind: said.seen(first.place, kind, sure), also, outcome }, most)
}

/// A landlord who takes an application for eviction back, takes the matter back.
fn own_application_taken_back(said: &Said<'_>, tallies: &mut Vec<Tally>) {
    let off = said.find(&kfm::CANCELLED, Guard::Event);
    if off.or_else(|| said.find(&kfm::NOT_DONE, Guard::Absence)).is_some() {
        return;
    }
    if let Some(place) = said.find(&kfm::OWN_WITHDRAWN, Guard::Event) {
        add(tallies, NoticeType::Withdrawal, 12, place);
    }
}

/// The same matter in a tenant-owned home.
fn fitting(kind: NoticeType, said: &Said<'_>, case: &Case) -> NoticeType {
    let association = case.sender == SenderKind::TenantOwnerAssociation;
    let owned = || (association || said.any(&own::OWNED)) && !said.any(&own::RENTED);
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
    if said.any(&own::GENERAL) && !said.is_anchored() {
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

/// A debt of rent or of a fee.
fn is_arrears(kind: NoticeType) -> bool {
    matches!(kind, NoticeType::RentArrears | NoticeType::TenantOwnedArrears)
}

/// Whether a concern for a child is told; beside another matter it is the second one, unless the heading names it.
fn concern(tallies: &mut Vec<Tally>, said: &Said<'_>, case: &Case) -> bool {
    let Some(at) = tallies.iter().position(|tally| tally.kind == NoticeType::ChildConcern) else {
        return false;
    };
    // Who is worried for a child may add that the rent is paid.
    let worried = tallies.get(at).is_some_and(|tally| tally.best >= 9);
    let paid = worried && said.find(&settled::TAKEN_BACK, Guard::Denial).is_none();
    let settled = tallies.iter().any(|tally| tally.kind == NoticeType::Withdrawal);
    // A time that others have heard of is the ground of their worry.
    let heard = |kind| !case.official() && worried && kind == NoticeType::EvictionScheduled;
    let other = |tally: &Tally| {
        tally.kind != NoticeType::ChildConcern
            && !heard(tally.kind)
            && !(paid && tally.kind == NoticeType::Withdrawal)
            && tally.sum() >= if paid && settled { 9 } else { 6 }
    };
    let told = tallies.iter().any(other);
    // Kronofogden tells of its own case first.
    let told_first = case.official() && told && !said.any(&kfm::UNCHANGED);
    let named = tallies.get(at).is_some_and(|tally| tally.best >= 12) && !told_first;
    match (named, told) {
        (true, _) => {
            let unchanged = case.official();
            tallies.retain(|tally| {
                tally.kind == NoticeType::ChildConcern || (tally.best >= 12 && !unchanged)
            });
        }
        (false, true) => {
            tallies.remove(at);
        }
        (false, false) => tallies.retain(|tally| !heard(tally.kind)),
    }
    true
}

/// How often such a sum and such a lead are right.
fn sure(first: &Tally, second: i32) -> f64 {
    match (first.sum(), first.sum() - second) {
        (12.., 6..) => 0.99,
        (9.., 5..) => 0.97,
        (8.., 6..) => 0.96,
        (7.., 4..) | (6.., 6..) => 0.95,
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
