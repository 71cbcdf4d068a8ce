//! The confirmation to Kronofogden that a notice of the time of an eviction or removal was received, naming the responsible caseworker
//! (SFS 2025:468 11 kap. 3 §): due the same day, never suppressed.
//!
//! One model, [`Confirmation`], written as JSON, XML and fixed text for Kronofogden's system (into a folder here ([`mod@folder`]) or on a server
//! ([`crate::acknowledge::far_folder`]), or fetched from our API), and as a mail for people ([`words`]). It tells what the ordinance asks for and nothing else of the person
//! (OSL 10:28). Each is written once, under a running number: whichever ways it goes, it says the same.

pub mod config;
pub mod event;
pub mod folder;
pub mod paper;
mod plan;
mod text;
mod words;
mod xml;

pub use plan::Drawn;
pub use plan::Facts;
pub use plan::plan;

use crate::acknowledge::Contact;
use crate::acknowledge::receipt_file::whole_seconds;
use crate::domain::notice::NoticeType;
use crate::domain::reference::Reference;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use serde::Serialize;
use std::fmt;

/// The version of the confirmation's shape.
pub const SCHEMA_VERSION: &str = "1.0";

/// The statute.
pub const LEGAL_BASIS: &str = "SFS 2025:468 11:3";

/// A confirmation to Kronofogden. En bekräftelse till Kronofogden.
// `Debug` shows the reference only.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Confirmation {
    /// Always `1.0`. Alltid `1.0`.
    pub schema_version: String,
    /// Running number of all confirmations to Kronofogden, from 1, without holes: one that is missing went another way, or is lost. Löpnummer.
    pub number: i64,
    /// What we call the notice. Vår beteckning.
    #[schema(value_type = String)]
    pub reference: Reference,
    /// 0 for the first; a higher one takes the place of those before it, such as when the caseworker changed. En högre ersätter tidigare.
    pub version: u32,
    /// Always `SFS 2025:468 11:3`. Alltid `SFS 2025:468 11:3`.
    pub legal_basis: String,
    /// `evictionScheduled` or `removalScheduled`. Avhysning eller avlägsnande.
    #[serde(rename = "type")]
    #[schema(value_type = String)]
    pub kind: NoticeType,
    /// Kronofogden's own case number, where the notice told it. Målnumret.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(required = false)]
    pub case_number: Option<String>,
    /// The time that the notice told: a day, or an instant with its offset. Tiden enligt underrättelsen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(required = false)]
    pub starts_at: Option<String>,
    /// The notice of the same case whose time this one takes the place of, where we have one. Den underrättelse vars tid den ersätter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(required = false)]
    pub replaces: Option<Replaced>,
    /// When the notice arrived: UTC, whole seconds. När underrättelsen kom in.
    #[schema(value_type = String, format = DateTime)]
    pub received_at: Timestamp,
    /// The local day of that. Den dag då den kom in.
    #[schema(value_type = String, format = Date)]
    pub arrival_date: Date,
    /// When this was written: UTC, whole seconds. När bekräftelsen skrevs.
    #[schema(value_type = String, format = DateTime)]
    pub confirmed_at: Timestamp,
    /// Whether that is the same local day. Om det var samma dag.
    pub same_day: bool,
    /// The responsible caseworker. Ansvarig handläggare.
    pub caseworker: Named,
    /// Whom to ask. Kontaktuppgifter.
    pub contact: Contact,
}

/// The earlier notice of the same case, or this one as it was told before a person corrected it: then the reference is its own. Den tidigare underrättelsen i samma mål.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Replaced {
    /// What we called it. Vår beteckning på den.
    #[schema(value_type = String)]
    pub reference: Reference,
    /// The case number that was told for it, where it was read wrong and a person corrected it. Målnumret som angavs, om det rättats.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(required = false)]
    pub case_number: Option<String>,
    /// The time that it told. Tiden enligt den.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(required = false)]
    pub starts_at: Option<String>,
}

/// The responsible caseworker as Kronofogden is told. Ansvarig handläggare.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = Caseworker)]
#[serde(rename_all = "camelCase")]
pub struct Named {
    /// Name. Namn.
    pub name: String,
    /// Unit. Enhet.
    pub unit: String,
    /// Telephone. Telefon.
    pub telephone: String,
}

impl fmt::Debug for Confirmation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Confirmation({}, {})", self.reference, self.version)
    }
}

impl Confirmation {
    /// The confirmation of what is known, with number 0: the number is drawn when it is stored.
    fn of(facts: &Facts<'_>, now: Timestamp) -> Self {
        let enforcement = facts.notice.enforcement.as_ref();
        let case_number = enforcement.and_then(|it| it.case_number.as_ref());
        let caseworker = facts.caseworker;
        Self {
            schema_version: SCHEMA_VERSION.to_owned(),
            number: 0,
            reference: facts.reference.clone(),
            version: facts.version,
            legal_basis: LEGAL_BASIS.to_owned(),
            kind: facts.notice.kind,
            case_number: case_number.map(|number| number.reveal().to_owned()),
            starts_at: enforcement.and_then(|it| it.starts_at).map(|at| at.to_string()),
            replaces: facts.replaces.cloned(),
            received_at: whole_seconds(facts.received_at),
            arrival_date: facts.arrival_date,
            confirmed_at: whole_seconds(now),
            same_day: facts.local_time.day_of(now) == facts.arrival_date,
            caseworker: Named {
                name: caseworker.name.clone(),
                unit: caseworker.unit.clone(),
                telephone: caseworker.telephone.clone(),
            },
            contact: facts.contact.clone(),
        }
    }

    /// As XML (`schemas/confirmation.v1.xsd`).
    pub fn as_xml(&self) -> String {
        xml::render(self)
    }

    /// As records of fixed text (`schemas/confirmation.v1.txt.md`).
    pub fn as_fixed_text(&self) -> String {
        text::render(self)
    }

    /// As JSON (`schemas/confirmation.v1.schema.json`) with this running number.
    fn numbered_json(&self, number: i64) -> Vec<u8> {
        let numbered = Self { number, ..self.clone() };
        let mut bytes = serde_json::to_vec_pretty(&numbered).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }
}

#[cfg(test)]
mod confirmation_tests;
