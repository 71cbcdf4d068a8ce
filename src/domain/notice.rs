//! The canonical notice (Canonical Data Model): what every translator writes and everything behind it reads.
//!
//! The shape is that of `schemas/notice.v1.schema.json`. Everything but the type may be absent, and absent means not known. Values are
//! normalized; what was written stays in `evidence` and in the original.

use crate::domain::acknowledgement::words;
use crate::domain::digest::Digest;
use crate::domain::finding::Finding;
use crate::domain::masked::Masked;
use crate::domain::moment::Moment;
use crate::domain::money::Money;
use crate::domain::organisation_number::OrganisationNumber;
use crate::domain::person_id::PersonIdentity;
use jiff::civil::Date;
use serde::Deserialize;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;

/// The version of the notice's shape that this program writes.
pub const SCHEMA_VERSION: &str = "1.0";

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
}

/// One notice about one household. Its `Debug` tells the type only: a notice is personal data through and through.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Notice {
    /// Always [`SCHEMA_VERSION`] in what we write.
    pub schema_version: String,
    /// What it is about.
    #[serde(rename = "type")]
    pub kind: NoticeType,
    /// Further matters in the same notice, each with its own clock and unit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also_concerns: Vec<NoticeType>,
    /// The statute as the sender gave it, such as `JB 12:44`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_basis: Option<String>,
    /// Who sent it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sender: Option<NoticeSender>,
    /// The landlord, when the sender is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub landlord: Option<Landlord>,
    /// The persons named in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub persons: Vec<Person>,
    /// The home.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dwelling: Option<Dwelling>,
    /// The debt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrears: Option<Arrears>,
    /// The day the notice itself bears.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued_on: Option<Date>,
    /// When the tenancy was terminated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terminated_on: Option<Date>,
    /// When the tenant was served with the notice to quit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub served_on: Option<Date>,
    /// When the tenant must have moved out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub move_out_by: Option<Date>,
    /// By when a disturbance must have ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rectify_by: Option<Date>,
    /// After which day electricity is cut off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disconnect_after: Option<Date>,
    /// Disturbances and the like.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub incidents: Vec<Incident>,
    /// What Kronofogden tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enforcement: Option<Enforcement>,
    /// What is known of children.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub children: Option<Children>,
    /// The readable text of the message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Masked>,
    /// Files that came with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// An earlier notice it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relates_to: Option<RelatesTo>,
    /// What we noticed while reading.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
    /// Where each value was read: JSON Pointer to evidence.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub evidence: BTreeMap<String, Evidence>,
}

impl Notice {
    /// A notice of which nothing is known but its kind.
    pub fn of(kind: NoticeType) -> Self {
        Self {
            schema_version: SCHEMA_VERSION.to_owned(),
            kind,
            also_concerns: Vec::new(),
            legal_basis: None,
            sender: None,
            landlord: None,
            persons: Vec::new(),
            dwelling: None,
            arrears: None,
            issued_on: None,
            terminated_on: None,
            served_on: None,
            move_out_by: None,
            rectify_by: None,
            disconnect_after: None,
            incidents: Vec::new(),
            enforcement: None,
            children: None,
            text: None,
            attachments: Vec::new(),
            relates_to: None,
            findings: Vec::new(),
            evidence: BTreeMap::new(),
        }
    }

    /// Whether children are known to live there: yes, no, or not known. Whoever names a child says yes.
    pub fn children_known(&self) -> Known {
        if self.persons.iter().any(|person| person.role == Role::Child) {
            return Known::Yes;
        }
        self.children.as_ref().map_or(Known::Unknown, |children| children.known)
    }
}

impl fmt::Debug for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Notice({})", self.kind.as_str())
    }
}

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

/// How the home is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Tenure {
    /// Hyresrätt.
    Rental,
    /// Bostadsrätt.
    TenantOwned,
    /// Andrahand.
    SecondHand,
    /// Not known.
    Unknown,
}

words!(Tenure {
    Rental = "rental",
    TenantOwned = "tenantOwned",
    SecondHand = "secondHand",
    Unknown = "unknown",
});

/// The home the notice concerns.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Dwelling {
    /// Street and number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub street: Option<Masked>,
    /// c/o.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub care_of: Option<Masked>,
    /// Five digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<Masked>,
    /// Town.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<Masked>,
    /// The municipality's four-digit number of the dwelling (lägenhetsnummer).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub apartment_number: Option<Masked>,
    /// The landlord's own number of the object.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object_number: Option<Masked>,
    /// Fastighetsbeteckning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub property_designation: Option<Masked>,
    /// Number of rooms, kitchen not counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rooms: Option<u32>,
    /// How it is held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenure: Option<Tenure>,
}

/// The debt. A wrong sum can undo the landlord's case (RH 1995:34): what was written is kept beside what was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Arrears {
    /// What must be paid to recover the tenancy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount_to_recover: Option<Money>,
    /// ISO 4217; `SEK`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// The amount exactly as the sender wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_written: Option<String>,
    /// Rent or fee a month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub monthly_rent: Option<Money>,
    /// The debt by month.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub periods: Vec<ArrearsPeriod>,
    /// Where to pay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment: Option<Payment>,
}

/// One month's debt.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ArrearsPeriod {
    /// `YYYY-MM`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    /// When it should have been paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_on: Option<Date>,
    /// How much.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
}

/// Where the debt is paid.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Payment {
    /// Bankgiro.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bankgiro: Option<String>,
    /// Plusgiro.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plusgiro: Option<String>,
    /// OCR reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ocr: Option<Masked>,
}

/// A disturbance or the like.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Incident {
    /// The day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occurred_on: Option<Date>,
    /// What happened, in the sender's words. Neighbours may be named: masked (OSL 26:5).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Masked>,
}

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

/// A file that came with the notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Attachment {
    /// Its name as the sender gave it: data, never a path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Masked>,
    /// Its media type as declared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// Its size.
    pub size_bytes: u64,
    /// Its digest.
    pub sha256: Digest,
}

/// What an earlier notice is known by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RelatesTo {
    /// Our reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Kronofogden's case number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case_number: Option<Masked>,
    /// The sender's own reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sender_reference: Option<Masked>,
}

/// Where a value was read and how sure the reader is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// `body`, `subject`, `attachments/0`, `row/3`.
    pub source: String,
    /// The words it was read from.
    pub quote: Masked,
    /// 0 to 1.
    pub confidence: f64,
}
