//! What each sign weighs, in one table: a statute or an official form's title 12, a heading's words 10, plain wording 4 to 9.
//!
//! The best sign of a kind counts whole, the others a third; 3 more in a heading or a subject. Below [`LEAST`] nothing is told.

use super::super::pattern::Pattern;
use super::abroad;
use super::enforcers as kfm;
use super::everyday as said;
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
    sign!(RentArrears, said::RECOVERY, 7, Condition),
    sign!(RentArrears, said::MONTHS_UNPAID, 6, Condition),
    sign!(RentArrears, said::LATE, 7, Condition, said::TENANCY),
    sign!(RentArrears, said::UNPAID, 5, Condition, said::TENANCY),
    sign!(RentArrears, said::ENDED_FOR_DEBT, 4, Condition, said::TENANCY),
    sign!(RentArrears, said::SUM_DUE, 4, Condition, own::TENANT_ENDED),
    sign!(RentArrears, said::OWES, 4, Condition, said::TENANCY),
    sign!(RentArrears, abroad::RENT_LATE, 7, Condition, abroad::TENANT),
    sign!(TenantOwnedArrears, own::BRL_23, 12, None),
    sign!(TenantOwnedArrears, own::FEE_FORM, 12, None),
    sign!(TenantOwnedArrears, own::FORM_3, 6, None, own::OWNED),
    sign!(TenantOwnedArrears, own::FEE_LATE, 8, Condition, own::OWNED),
    sign!(TenantOwnedArrears, own::FEE_AND_DEBT, 6, Condition, own::OWNED),
    sign!(TenantOwnedArrears, said::UNPAID, 5, Condition, own::OWNED),
    sign!(TenantOwnedArrears, said::SUM_DUE, 4, Condition, own::MEMBER_ENDED),
    sign!(TenantOwnedArrears, said::ENDED_FOR_DEBT, 4, Condition, own::OWNED),
    sign!(RentDisturbance, own::JB_25A, 12, None),
    sign!(RentDisturbance, own::NOTICE_OF_DISTURBANCE, 8, Copy),
    sign!(RentDisturbance, own::DISTURBANCE, 6, Condition),
    sign!(RentDisturbance, own::NEIGHBOURS, 4, Condition),
    sign!(RentDisturbance, said::ROWDY, 4, Condition),
    sign!(RentDisturbance, said::NEGLECT, 4, Condition),
    sign!(RentDisturbance, said::WARNED, 3, Condition),
    sign!(RentDisturbance, abroad::DISTURBANCE, 6, Condition),
    sign!(TenantOwnedDisturbance, own::BRL_9, 12, None),
    sign!(TenantOwnedDisturbance, own::FORM_4, 7, None),
    sign!(RentTerminationCopy, own::JB_42, 8, None),
    sign!(RentTerminationCopy, own::COPY, 7, Copy),
    sign!(RentTerminationCopy, own::OUTRAGE, 6, Condition, said::ENDED),
    sign!(RentTerminationCopy, said::WITHOUT_WARNING, 7, Condition, said::ENDED),
    sign!(RentTerminationCopy, own::SERIOUS, 6, Condition, own::COPY),
    sign!(TenantOwnedTerminationCopy, own::BRL_20, 12, None),
    sign!(UnlawfulSublet, own::SUBLET, 10, Condition),
    sign!(UnlawfulSublet, said::LETS_ON, 8, Condition, said::NO_LEAVE),
    sign!(UnlawfulSublet, abroad::SUBLET, 10, Condition),
    sign!(ElectricityDebt, own::ELECTRICITY, 8, None),
    sign!(ElectricityDebt, said::POWER, 7, None, said::DEBT),
    sign!(ElectricityDebt, abroad::ELECTRICITY, 8, None),
    sign!(RentTribunalDispute, own::TRIBUNAL, 12, None),
    sign!(RentTribunalDispute, own::TRIBUNAL_SAID, 3, Condition),
    sign!(EvictionApplication, kfm::APPLICATION_TITLE, 12, Future),
    sign!(EvictionApplication, kfm::APPLICATION, 8, Future),
    sign!(EvictionScheduled, kfm::SCHEDULED_TITLE, 11, Title, kfm::EVICTION),
    sign!(EvictionScheduled, kfm::SCHEDULED, 10, Condition),
    sign!(EvictionScheduled, kfm::BOOKED, 8, Condition, kfm::EVICTION),
    sign!(EvictionScheduled, kfm::NEW_TIME, 8, Title, kfm::EVICTION),
    sign!(EvictionExecuted, kfm::EXECUTED, 14, Done),
    sign!(ChildConcern, own::CHILD_CONCERN, 9, None),
    sign!(ChildConcern, said::CHILD_LAW, 12, None),
    sign!(ChildConcern, said::CHILD_IN_NEED, 6, Condition),
    sign!(Supplement, settled::SUPPLEMENT_TITLE, 11, Denial),
    sign!(Supplement, settled::SUPPLEMENT, 6, Condition),
    sign!(Supplement, settled::ANSWERED, 8, Condition),
    sign!(Supplement, settled::OUR_REFERENCE, 5, None),
    sign!(Withdrawal, settled::TAKEN_BACK, 12, Denial),
    sign!(Withdrawal, settled::SETTLED, 10, Settled),
    sign!(Withdrawal, settled::CEASED, 10, Settled),
    sign!(Withdrawal, settled::PAID, 6, Settled),
    sign!(Withdrawal, settled::CLOSED, 6, Copy),
];
