//! What a notice is about, by the statute that it rests on.

use crate::domain::acknowledgement::words;
use serde::Deserialize;
use serde::Serialize;

/// What a notice is about, by the statute that it rests on.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    utoipa::ToSchema,
)]
#[serde(rename_all = "camelCase")]
pub enum NoticeType {
    /// Rent is late and the tenant has notice to quit (JB 12:44).
    RentArrears,
    /// The tenant was told to stop disturbances or neglect (JB 12:25 a).
    RentDisturbance,
    /// Copy of a termination for especially serious disturbance (JB 12:42).
    RentTerminationCopy,
    /// A tenant-owner's fee is late (BRL 7:23).
    TenantOwnedArrears,
    /// Disturbance in a tenant-owned home (BRL 7:9).
    TenantOwnedDisturbance,
    /// Copy of a termination of a tenant-owner's right (BRL 7:20).
    TenantOwnedTerminationCopy,
    /// The home is let on without leave.
    UnlawfulSublet,
    /// Electricity is unpaid and may be cut off (ellagen 1997:857).
    ElectricityDebt,
    /// A renewal dispute at the rent tribunal (SFS 1973:188 13 b §).
    RentTribunalDispute,
    /// Application to Kronofogden for eviction (UF 16:2).
    EvictionApplication,
    /// The time of an eviction is set, or set anew (UF 16:2): confirmed to Kronofogden the same day.
    EvictionScheduled,
    /// Application for removal (SFS 1991:1339 9 §).
    RemovalApplication,
    /// The time of a removal (UF 16:7 a): confirmed to Kronofogden the same day.
    RemovalScheduled,
    /// An eviction is postponed, cancelled or withdrawn.
    EvictionChanged,
    /// An eviction was carried out.
    EvictionExecuted,
    /// Concern for a child (SoL 19:1).
    ChildConcern,
    /// Adds to an earlier notice.
    Supplement,
    /// Takes an earlier notice back, such as "the debt is paid".
    Withdrawal,
    /// Cannot be told; a person reads it.
    Unknown,
}

words!(NoticeType {
    RentArrears = "rentArrears",
    RentDisturbance = "rentDisturbance",
    RentTerminationCopy = "rentTerminationCopy",
    TenantOwnedArrears = "tenantOwnedArrears",
    TenantOwnedDisturbance = "tenantOwnedDisturbance",
    TenantOwnedTerminationCopy = "tenantOwnedTerminationCopy",
    UnlawfulSublet = "unlawfulSublet",
    ElectricityDebt = "electricityDebt",
    RentTribunalDispute = "rentTribunalDispute",
    EvictionApplication = "evictionApplication",
    EvictionScheduled = "evictionScheduled",
    RemovalApplication = "removalApplication",
    RemovalScheduled = "removalScheduled",
    EvictionChanged = "evictionChanged",
    EvictionExecuted = "evictionExecuted",
    ChildConcern = "childConcern",
    Supplement = "supplement",
    Withdrawal = "withdrawal",
    Unknown = "unknown",
});

impl NoticeType {
    /// Whether Kronofogden must have a confirmation the same day that names the caseworker (SFS 2025:468 11:3).
    pub fn demands_confirmation(self) -> bool {
        matches!(self, Self::EvictionScheduled | Self::RemovalScheduled)
    }

    /// Whether a copy of that confirmation goes to the person: for evictions, not for removals (SFS 2025:468 11:3).
    pub fn demands_copy_to_person(self) -> bool {
        matches!(self, Self::EvictionScheduled)
    }

    /// Whether a landlord or a tenant-owner association says by it that a tenancy may end: where the municipality so decides, the person is sent a letter
    /// that offers help.
    pub fn may_bring_offer(self) -> bool {
        matches!(
            self,
            Self::RentArrears
                | Self::RentDisturbance
                | Self::RentTerminationCopy
                | Self::TenantOwnedArrears
                | Self::TenantOwnedDisturbance
                | Self::TenantOwnedTerminationCopy
                | Self::UnlawfulSublet
        )
    }
}
