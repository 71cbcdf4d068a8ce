//! The canonical notice (Canonical Data Model): what every translator writes and everything behind it reads.
//!
//! The shape is that of `schemas/notice.v1.schema.json`. Everything but the type may be absent, and absent means not known. Values are
//! normalized; what was written stays in `evidence` and in the original.

mod enforcement;
mod kind;
mod matter;
mod parties;

pub use enforcement::Enforcement;
pub use enforcement::EnforcementOutcome;
pub use enforcement::Officer;
pub use kind::NoticeType;
pub use matter::Arrears;
pub use matter::ArrearsPeriod;
pub use matter::Dwelling;
pub use matter::Incident;
pub use matter::Payment;
pub use matter::Tenure;
pub use parties::Children;
pub use parties::Known;
pub use parties::Landlord;
pub use parties::NoticeSender;
pub use parties::Person;
pub use parties::Role;
pub use parties::SenderKind;

use crate::domain::digest::Digest;
use crate::domain::finding::Finding;
use crate::domain::masked::Masked;
use jiff::civil::Date;
use serde::Deserialize;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;

/// The version of the notice's shape that this program writes.
pub const SCHEMA_VERSION: &str = "1.0";

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
    /// Whether a reader found anything in it: the kind, or values that a person need not look for again.
    pub fn is_told(&self) -> bool {
        self.kind != NoticeType::Unknown || !self.evidence.is_empty()
    }

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
