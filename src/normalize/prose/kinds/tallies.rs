//! How much speaks for each kind, and where most of it stands.

use super::Case;
use super::enforcers as kfm;
use super::everyday;
use super::guards::Guard;
use super::landlords as own;
use super::said::Place;
use super::said::Said;
use super::said::Weight;
use super::settled;
use super::signs;
use crate::domain::notice::NoticeType;
use crate::domain::notice::SenderKind;
use crate::normalize::prose::pattern::Pattern;

/// A sign that tells of a time weighs no more than this where no time is told; so does what others than a tribunal say of one.
const TIMELESS: i32 = 6;

/// How much speaks for a kind, and where most of it stands.
#[derive(Clone, Copy)]
pub(super) struct Tally {
    pub(super) kind: NoticeType,
    pub(super) best: i32,
    pub(super) others: i32,
    pub(super) place: Place,
}

impl Tally {
    /// The best sign counts whole, the others a third.
    pub(super) fn sum(&self) -> i32 {
        self.best + self.others / 3
    }

    /// Whether its best sign names what the letter is about.
    pub(super) fn in_heading(&self) -> bool {
        self.place.more == Weight::Heading
    }
}

/// The signs of a letter, by kind.
pub(super) fn tallies(said: &Said<'_>, case: &Case) -> Vec<Tally> {
    let mut tallies = Vec::new();
    for sign in signs::SIGNS {
        if sign.with.is_some_and(|with| !said.any(with)) {
            continue;
        }
        // Who lets with leave does no wrong.
        let allowed = std::ptr::eq(sign.pattern, &raw const everyday::LETS_ON)
            && said.any(&everyday::WITH_LEAVE);
        if allowed {
            continue;
        }
        if let Some(place) = said.find(sign.pattern, sign.guard) {
            let timeless = sign.kind == NoticeType::EvictionScheduled && !case.ahead;
            let foreign = sign.kind == NoticeType::RentTribunalDispute
                && case.sender != SenderKind::RentTribunal
                && place.more != Weight::Heading
                && !said.any(&own::TRIBUNAL_LAW);
            let weight = if timeless || foreign { sign.weight.min(TIMELESS) } else { sign.weight };
            add(&mut tallies, sign.kind, weight, place);
        }
    }
    for (sender, kind, pattern, weight) in OF_SENDERS {
        let told = *kind != NoticeType::EvictionScheduled || case.clock;
        if *sender == case.sender
            && told
            && let Some(place) = said.find(pattern, Guard::Condition)
        {
            add(&mut tallies, *kind, *weight, place);
        }
    }
    tallies
}

/// What a sender of one business means by words that others use of other things.
static OF_SENDERS: &[(SenderKind, NoticeType, &Pattern, i32)] = &[
    (SenderKind::EnforcementAuthority, NoticeType::EvictionScheduled, &kfm::EVICTION, 8),
    (SenderKind::EnforcementAuthority, NoticeType::EvictionApplication, &kfm::ASKED_FOR, 5),
    (SenderKind::EnergyCompany, NoticeType::ElectricityDebt, &everyday::DEBT, 8),
    (SenderKind::RentTribunal, NoticeType::RentTribunalDispute, &everyday::TENANCY, 9),
    (SenderKind::RentTribunal, NoticeType::Withdrawal, &settled::STRUCK_OUT, 12),
    (SenderKind::TenantOwnerAssociation, NoticeType::TenantOwnedArrears, &everyday::UNPAID, 5),
];

/// Puts tallies of one kind together.
pub(super) fn join(tallies: &mut Vec<Tally>) {
    let apart = std::mem::take(tallies);
    for tally in apart {
        match tallies.iter_mut().find(|other| other.kind == tally.kind) {
            Some(other) if other.best >= tally.best => other.others += tally.sum(),
            Some(other) => *other = Tally { others: tally.others + other.sum(), ..tally },
            None => tallies.push(tally),
        }
    }
}

/// Adds a sign.
pub(super) fn add(tallies: &mut Vec<Tally>, kind: NoticeType, weight: i32, place: Place) {
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
