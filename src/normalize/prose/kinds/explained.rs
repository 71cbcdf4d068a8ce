//! What a letter only cites: the later event tells what it is about, the earlier is its story; a debt that is paid takes back no disturbance.

use super::Case;
use super::guards::Guard;
use super::is_arrears;
use super::landlords as own;
use super::said::Said;
use super::settled;
use super::tallies::Tally;
use crate::domain::notice::NoticeType;
use crate::domain::notice::SenderKind;

/// What explains another kind's signs away: its kind, from which weight, and the kinds whose words it cites, up to which weight.
pub(super) struct Explains {
    pub(super) kind: NoticeType,
    pub(super) from: i32,
    pub(super) others: &'static [NoticeType],
    pub(super) up_to: i32,
}

const ALL: i32 = i32::MAX;

/// What landlords, associations and energy companies tell of first.
const FIRST: &[NoticeType] = &[
    NoticeType::RentArrears,
    NoticeType::RentDisturbance,
    NoticeType::RentTerminationCopy,
    NoticeType::TenantOwnedArrears,
    NoticeType::TenantOwnedDisturbance,
    NoticeType::TenantOwnedTerminationCopy,
    NoticeType::UnlawfulSublet,
    NoticeType::ElectricityDebt,
    NoticeType::RentTribunalDispute,
];
const ARREARS: &[NoticeType] = &[NoticeType::RentArrears, NoticeType::TenantOwnedArrears];
const DISTURBANCES: &[NoticeType] =
    &[NoticeType::RentDisturbance, NoticeType::TenantOwnedDisturbance];
const WHAT_FOLLOWS: &[NoticeType] = &[NoticeType::Withdrawal, NoticeType::Supplement];

macro_rules! explains {
    ($kind:ident, $from:literal, $others:expr, $up_to:expr) => {
        Explains { kind: NoticeType::$kind, from: $from, others: $others, up_to: $up_to }
    };
}

/// What cites what, the later event first.
pub(super) static EXPLAINED: &[Explains] = &[
    explains!(
        EvictionExecuted,
        10,
        &[
            NoticeType::EvictionScheduled,
            NoticeType::EvictionApplication,
            NoticeType::EvictionChanged
        ],
        ALL
    ),
    explains!(EvictionExecuted, 10, FIRST, 11),
    explains!(EvictionExecuted, 10, WHAT_FOLLOWS, 11),
    explains!(
        EvictionChanged,
        10,
        &[NoticeType::EvictionScheduled, NoticeType::EvictionApplication],
        ALL
    ),
    explains!(EvictionChanged, 10, FIRST, 11),
    explains!(EvictionChanged, 10, WHAT_FOLLOWS, ALL),
    explains!(EvictionScheduled, 8, &[NoticeType::EvictionApplication], ALL),
    explains!(EvictionScheduled, 8, FIRST, 11),
    explains!(EvictionScheduled, 8, &[NoticeType::Supplement], 10),
    explains!(Withdrawal, 10, FIRST, 11),
    explains!(Withdrawal, 10, &[NoticeType::EvictionApplication], ALL),
    explains!(Withdrawal, 10, &[NoticeType::Supplement], 10),
    explains!(Supplement, 11, FIRST, ALL),
    explains!(Supplement, 8, FIRST, 9),
    explains!(Supplement, 11, &[NoticeType::Withdrawal], 9),
    explains!(EvictionApplication, 8, FIRST, 11),
    explains!(EvictionApplication, 8, &[NoticeType::Supplement], 10),
    explains!(RentTribunalDispute, 10, FIRST, ALL),
    explains!(ElectricityDebt, 8, ARREARS, 11),
    explains!(ElectricityDebt, 8, WHAT_FOLLOWS, 6),
    explains!(RentTerminationCopy, 7, DISTURBANCES, ALL),
    explains!(TenantOwnedTerminationCopy, 7, DISTURBANCES, ALL),
    explains!(RentTerminationCopy, 9, ARREARS, 7),
    explains!(TenantOwnedTerminationCopy, 9, ARREARS, 7),
    explains!(UnlawfulSublet, 10, DISTURBANCES, 11),
    explains!(UnlawfulSublet, 10, ARREARS, 6),
    explains!(UnlawfulSublet, 10, WHAT_FOLLOWS, 10),
    explains!(RentArrears, 10, DISTURBANCES, 10),
    explains!(TenantOwnedArrears, 10, DISTURBANCES, 10),
    explains!(RentArrears, 7, WHAT_FOLLOWS, 6),
    explains!(TenantOwnedArrears, 7, WHAT_FOLLOWS, 6),
    explains!(RentDisturbance, 6, WHAT_FOLLOWS, 6),
    explains!(TenantOwnedDisturbance, 6, WHAT_FOLLOWS, 6),
    explains!(RentDisturbance, 10, ARREARS, 6),
    explains!(TenantOwnedDisturbance, 10, ARREARS, 6),
    explains!(TenantOwnedArrears, 12, &[NoticeType::RentArrears], 11),
    explains!(RentArrears, 12, &[NoticeType::TenantOwnedArrears], 11),
];

/// Whether it is what landlords, associations and energy companies tell of first.
pub(super) fn is_first(kind: NoticeType) -> bool {
    FIRST.contains(&kind)
}

/// Takes out the kinds whose words another kind cites. Gives how sure the rest may be at most.
pub(super) fn explain(tallies: &mut Vec<Tally>, said: &Said<'_>, case: &Case) -> f64 {
    let mut most = paid(tallies, said);
    most = f64::min(most, electricity(tallies, case));
    for rule in EXPLAINED {
        let holds = tallies.iter().any(|tally| tally.kind == rule.kind && tally.sum() >= rule.from);
        if holds {
            tallies.retain(|tally| {
                tally.kind == rule.kind
                    || !rule.others.contains(&tally.kind)
                    || tally.best > rule.up_to
            });
        }
    }
    most
}

/// What is paid is taken back by that, unless more is told to be unpaid behind it, or something else is the matter.
fn paid(tallies: &mut Vec<Tally>, said: &Said<'_>) -> f64 {
    let Some(at) = tallies.iter().position(|tally| tally.kind == NoticeType::Withdrawal) else {
        return 1.0;
    };
    if said.find(&settled::TAKEN_BACK, Guard::Denial).is_some() {
        // What is taken back in so many words may cite its statute.
        tallies
            .retain(|tally| tally.kind == NoticeType::Withdrawal || !FIRST.contains(&tally.kind));
        return 1.0;
    }
    // Who is worried for a child may add that the rent is paid.
    if tallies.iter().any(|tally| tally.kind == NoticeType::ChildConcern && tally.best >= 9) {
        tallies.remove(at);
        return 0.93;
    }
    let paid = said.find(&settled::SETTLED, Guard::Settled).is_some();
    let owed = tallies.iter().any(|tally| is_arrears(tally.kind) && tally.best >= 7);
    let ceased = said.find(&settled::CEASED, Guard::Settled).is_some();
    if ceased && owed && !paid {
        tallies.remove(at);
        return 0.93;
    }
    let disturbed = |tally: &Tally| DISTURBANCES.contains(&tally.kind) && tally.best >= 6;
    let over = ceased || said.find(&settled::CLOSED, Guard::Copy).is_some();
    if tallies.iter().any(disturbed) && !over {
        tallies.remove(at);
        return 0.9;
    }
    let still = said.follows(&own::STILL_UNPAID, (&settled::SETTLED, Guard::Settled));
    let still = still || said.follows(&own::RENT_LATE, (&settled::SETTLED, Guard::Settled));
    let headed = tallies.iter().any(|tally| is_arrears(tally.kind) && tally.in_heading());
    if still && tallies.iter().any(|tally| is_arrears(tally.kind)) {
        tallies.remove(at);
        return 0.9;
    }
    if headed { 0.9 } else { 1.0 }
}

/// A tenant's own bill for electricity is no debt to an energy company.
fn electricity(tallies: &mut Vec<Tally>, case: &Case) -> f64 {
    let rent = tallies.iter().any(|tally| is_arrears(tally.kind) && tally.best >= 7);
    let told = tallies.iter().any(|tally| tally.kind == NoticeType::ElectricityDebt);
    if !rent || !told || case.sender == SenderKind::EnergyCompany {
        return 1.0;
    }
    tallies.retain(|tally| tally.kind != NoticeType::ElectricityDebt);
    0.93
}
