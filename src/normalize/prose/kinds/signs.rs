//! What each sign weighs, in one table: a statute or an official form's title 12, a heading's words 10, plain wording 4 to 9.
//!
//! The best sign of a kind counts whole, the others a third; 3 more in a heading or a subject. Below [`LEAST`] nothing is told.

use super::super::pattern::Pattern;
use super::abroad;
use super::enforcers as kfm;
use super::guards::Guard;
use super::landlords as own;
use super::settled;
use crate::domain::notice::NoticeType;

/// A kind whose signs weigh less is not told.
pub(super) const LEAST: i32 = 4;

/// A sign and how much it says.
pub(super) struct Sign {
    pub(super) kind: NoticeType,
    pub(super) pattern: &'static Pattern,
    pub(super) weight: i32,
    pub(super) guard: Guard,
    /// Said elsewhere in the letter, or it says nothing.
    pub(super) with: Option<&'static Pattern>,
}

macro_rules! sign {
    ($kind:ident, $module:ident::$pattern:ident, $weight:literal, $guard:ident) => {
        Sign {
            kind: NoticeType::$kind,
            pattern: &$module::$pattern,
            weight: $weight,
            guard: Guard::$guard,
            with: None,
        }
    };
    ($kind:ident, $module:ident::$pattern:ident, $weight:literal, $guard:ident, $other:ident::$with:ident) => {
        Sign {
            kind: NoticeType::$kind,
            pattern: &$module::$pattern,
            weight: $weight,
            guard: Guard::$guard,
            with: Some(&$other::$with),
        }
    };
}

/// The signs.
pub(super) static SIGNS: &[Sign] = &[
    sign!(RentArrears, own::JB_44, 12, None),
    sign!(RentArrears, own::RENT_FORM, 12, None),
    sign!(RentArrears, own::FORM_3, 5, None, own::RENTED),
    sign!(RentArrears, own::RENT_LATE, 7, Condition),
    sign!(RentArrears, own::RENT_AND_DEBT, 5, Condition),
    sign!(RentArrears, abroad::RENT_LATE, 7, Condition, abroad::TENANT),
    sign!(TenantOwnedArrears, own::BRL_23, 12, None),
    sign!(TenantOwnedArrears, own::FEE_FORM, 12, None),
    sign!(TenantOwnedArrears, own::FORM_3, 6, None, own::OWNED),
    sign!(TenantOwnedArrears, own::FEE_LATE, 8, Condition, own::OWNED),
    sign!(TenantOwnedArrears, own::FEE_AND_DEBT, 6, Condition, own::OWNED),
    sign!(RentDisturbance, own::JB_25A, 12, None),
    sign!(RentDisturbance, own::NOTICE_OF_DISTURBANCE, 8, None),
    sign!(RentDisturbance, own::DISTURBANCE, 6, Condition),
    sign!(RentDisturbance, own::NEIGHBOURS, 4, Condition),
    sign!(RentDisturbance, abroad::DISTURBANCE, 6, Condition),
    sign!(TenantOwnedDisturbance, own::BRL_9, 12, None),
    sign!(TenantOwnedDisturbance, own::FORM_4, 7, None),
    sign!(RentTerminationCopy, own::JB_42, 8, None),
    sign!(RentTerminationCopy, own::COPY, 7, None),
    sign!(RentTerminationCopy, own::SERIOUS, 6, None, own::COPY),
    sign!(TenantOwnedTerminationCopy, own::BRL_20, 12, None),
    sign!(UnlawfulSublet, own::SUBLET, 10, Condition),
    sign!(UnlawfulSublet, abroad::SUBLET, 10, Condition),
    sign!(ElectricityDebt, own::ELECTRICITY, 8, None),
    sign!(ElectricityDebt, abroad::ELECTRICITY, 8, None),
    sign!(RentTribunalDispute, own::TRIBUNAL, 12, None),
    sign!(RentTribunalDispute, own::TRIBUNAL_SAID, 3, Condition),
    sign!(EvictionApplication, kfm::APPLICATION_TITLE, 12, Future),
    sign!(EvictionApplication, kfm::APPLICATION, 8, Future),
    sign!(EvictionScheduled, kfm::SCHEDULED_TITLE, 11, Denial, kfm::EVICTION),
    sign!(EvictionScheduled, kfm::SCHEDULED, 10, Condition),
    sign!(EvictionScheduled, kfm::BOOKED, 8, Condition, kfm::EVICTION),
    sign!(EvictionScheduled, kfm::NEW_TIME, 8, Denial, kfm::EVICTION),
    sign!(EvictionExecuted, kfm::EXECUTED, 14, Denial),
    sign!(ChildConcern, own::CHILD_CONCERN, 9, None),
    sign!(Supplement, settled::SUPPLEMENT_TITLE, 11, Denial),
    sign!(Supplement, settled::SUPPLEMENT, 6, Condition),
    sign!(Withdrawal, settled::TAKEN_BACK, 12, Denial),
    sign!(Withdrawal, settled::SETTLED, 10, Denial),
    sign!(Withdrawal, settled::PAID, 6, Denial),
    sign!(Withdrawal, settled::CLOSED, 6, Denial),
];

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
    explains!(Withdrawal, 10, FIRST, ALL),
    explains!(Withdrawal, 10, &[NoticeType::EvictionApplication], ALL),
    explains!(Withdrawal, 10, &[NoticeType::Supplement], 10),
    explains!(Supplement, 11, FIRST, ALL),
    explains!(Supplement, 11, &[NoticeType::Withdrawal], 9),
    explains!(EvictionApplication, 8, FIRST, 11),
    explains!(EvictionApplication, 8, &[NoticeType::Supplement], 10),
    explains!(RentTribunalDispute, 10, FIRST, ALL),
    explains!(ElectricityDebt, 8, ARREARS, 11),
    explains!(ElectricityDebt, 8, WHAT_FOLLOWS, 6),
    explains!(RentTerminationCopy, 7, DISTURBANCES, ALL),
    explains!(TenantOwnedTerminationCopy, 7, DISTURBANCES, ALL),
    explains!(UnlawfulSublet, 10, DISTURBANCES, 11),
    explains!(UnlawfulSublet, 10, ARREARS, 6),
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
