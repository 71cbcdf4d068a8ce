//! Those whom a notice names: its sender, the landlord, the household.

use crate::domain::acknowledgement::words;
use crate::domain::masked::Masked;
use crate::domain::organisation_number::OrganisationNumber;
use crate::domain::person_id::PersonIdentity;
use jiff::civil::Date;
use serde::Deserialize;
use serde::Serialize;

/// What kind of sender it is.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "camelCase")]
pub enum SenderKind {
    /// Hyresvärd.
    Landlord,
    /// Bostadsrättsförening.
    TenantOwnerAssociation,
    /// Kronofogden.
    EnforcementAuthority,
    /// Hyresnämnden.
    RentTribunal,
    /// Grid or energy company.
    EnergyCompany,
    /// Another department of the municipality.
    MunicipalDepartment,
    /// Ombud: somebody who writes for a landlord.
    Agent,
    /// A private person.
    Private,
    /// Not known.
    #[default]
    Unknown,
}

words!(SenderKind {
    Landlord = "landlord",
    TenantOwnerAssociation = "tenantOwnerAssociation",
    EnforcementAuthority = "enforcementAuthority",
    RentTribunal = "rentTribunal",
    EnergyCompany = "energyCompany",
    MunicipalDepartment = "municipalDepartment",
    Agent = "agent",
    Private = "private",
    Unknown = "unknown",
});

/// Who sent the notice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NoticeSender {
    /// What kind of sender.
    #[serde(default)]
    pub kind: SenderKind,
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Masked>,
    /// Its organisation number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation_number: Option<OrganisationNumber>,
    /// Whom to ask.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact_name: Option<Masked>,
    /// Their address for mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Masked>,
    /// Their telephone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Masked>,
    /// The sender's own reference, given back in receipts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<Masked>,
}

/// The landlord, when somebody else sent the notice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Landlord {
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Masked>,
    /// Its organisation number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation_number: Option<OrganisationNumber>,
}

/// What a person is to the home.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Role {
    /// Hyresgäst or bostadsrättshavare.
    #[default]
    Tenant,
    /// Another name on the same contract.
    CoTenant,
    /// Lives there without a contract.
    Occupant,
    /// A child of the household.
    Child,
    /// God man, förvaltare, guardian.
    Representative,
}

words!(Role {
    Tenant = "tenant",
    CoTenant = "coTenant",
    Occupant = "occupant",
    Child = "child",
    Representative = "representative",
});

/// One person named in a notice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Person {
    /// What the person is to the home.
    #[serde(default)]
    pub role: Role,
    /// Name as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Masked>,
    /// Personnummer, samordningsnummer or another id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<PersonIdentity>,
    /// Day of birth where no number is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub born_on: Option<Date>,
    /// Skyddade personuppgifter: nothing about this person is sent anywhere by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub protected_identity: Option<bool>,
    /// Telephone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Masked>,
    /// Mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Masked>,
    /// When this person was served.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub served_on: Option<Date>,
}

/// Yes, no or not known: three answers, never two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Known {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Not known.
    #[default]
    Unknown,
}

words!(Known { Yes = "yes", No = "no", Unknown = "unknown" });

/// What is known of children in the home.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Children {
    /// Whether there are any.
    #[serde(default)]
    pub known: Known,
    /// How many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// Their years of birth.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub birth_years: Vec<i16>,
}
