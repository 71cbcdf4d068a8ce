//! What Kronofogden tells about its own case.

use crate::domain::acknowledgement::words;
use crate::domain::masked::Masked;
use crate::domain::moment::Moment;
use jiff::civil::Date;
use serde::Deserialize;
use serde::Serialize;

/// How a scheduled eviction ended or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum EnforcementOutcome {
    /// Put off (anstånd, uppskov).
    Postponed,
    /// Called off (inställd).
    Cancelled,
    /// The applicant took the application back (återkallad).
    Withdrawn,
    /// Carried out (verkställd).
    Executed,
}

words!(EnforcementOutcome {
    Postponed = "postponed",
    Cancelled = "cancelled",
    Withdrawn = "withdrawn",
    Executed = "executed",
});

/// What Kronofogden tells about its case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Enforcement {
    /// Målnummer, such as `U-123456-26`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case_number: Option<Masked>,
    /// Day of the application.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub applied_on: Option<Date>,
    /// When the eviction or removal begins; a bare day when no time is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts_at: Option<Moment>,
    /// The earlier time that no longer holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_longer_at: Option<Moment>,
    /// When it was carried out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub executed_at: Option<Moment>,
    /// How it ended or changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<EnforcementOutcome>,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Masked>,
    /// Who handles it at Kronofogden.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub officer: Option<Officer>,
}

/// The officer at Kronofogden.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Officer {
    /// Name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Masked>,
    /// Telephone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Masked>,
}
