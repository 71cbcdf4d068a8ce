//! The confirmation to Kronofogden that a notice of the time of an eviction or removal was received, naming the responsible caseworker
//! (SFS 2025:468 11 kap. 3 §): due the same day, never suppressed.
//!
//! One model, [`Confirmation`], written as JSON, XML and fixed text for Kronofogden's system ([`mod@folder`]), and as a mail for people ([`words`]). It
//! tells what the ordinance asks for and nothing else of the person (OSL 10:28).

pub mod folder;
mod text;
mod words;
mod xml;

use crate::acknowledge::Contact;
use crate::acknowledge::Planned;
use crate::acknowledge::Rendering;
use crate::acknowledge::config::Config;
use crate::acknowledge::config::ConfirmationWay;
use crate::acknowledge::confirmation::folder::FolderAddress;
use crate::acknowledge::mail;
use crate::acknowledge::mail::Automatic;
use crate::acknowledge::plan::mail_address;
use crate::acknowledge::receipt_file::whole_seconds;
use crate::domain::acknowledgement::AcknowledgementKey;
use crate::domain::acknowledgement::AcknowledgementState;
use crate::domain::acknowledgement::Purpose;
use crate::domain::acknowledgement::Recipient;
use crate::domain::acknowledgement::Way;
use crate::domain::calendar::LocalTime;
use crate::domain::caseworker::Caseworker;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeType;
use crate::domain::reference::Reference;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use serde::Serialize;
use std::fmt;
use std::sync::Arc;

/// The version of the confirmation's shape.
pub const SCHEMA_VERSION: &str = "1.0";

/// The statute.
pub const LEGAL_BASIS: &str = "SFS 2025:468 11:3";

/// Whose running number it bears.
const COUNTER: &str = "confirmations";

/// A confirmation. `Debug` shows the reference only.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Confirmation {
    /// Always [`SCHEMA_VERSION`].
    pub schema_version: String,
    /// Running number of all confirmations to Kronofogden, from 1: one that is missing went another way, or is lost.
    pub number: i64,
    /// What we call the notice.
    pub reference: Reference,
    /// 0 for the first; a higher one takes the place of those before it, such as when the caseworker changed.
    pub version: u32,
    /// Always [`LEGAL_BASIS`].
    pub legal_basis: String,
    /// `evictionScheduled` or `removalScheduled`.
    #[serde(rename = "type")]
    pub kind: NoticeType,
    /// Kronofogden's own case number (målnummer), where the notice told it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case_number: Option<String>,
    /// The time that the notice told: a day, or an instant with its offset.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts_at: Option<String>,
    /// When the notice arrived: UTC, whole seconds.
    pub received_at: Timestamp,
    /// The local day of that.
    pub arrival_date: Date,
    /// When this was written: UTC, whole seconds.
    pub confirmed_at: Timestamp,
    /// Whether that is the same local day.
    pub same_day: bool,
    /// The responsible caseworker.
    pub caseworker: Named,
    /// Whom to ask.
    pub contact: Contact,
}

/// The responsible caseworker as Kronofogden is told.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Named {
    /// Name.
    pub name: String,
    /// Unit.
    pub unit: String,
    /// Telephone.
    pub telephone: String,
}

impl fmt::Debug for Confirmation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Confirmation({}, {})", self.reference, self.version)
    }
}

/// What is known when a confirmation is written.
#[derive(Clone, Copy)]
pub struct Facts<'a> {
    /// What we call the notice.
    pub reference: &'a Reference,
    /// The how-manieth confirmation of it.
    pub version: u32,
    /// The notice.
    pub notice: &'a Notice,
    /// When it arrived.
    pub received_at: Timestamp,
    /// The local day of that.
    pub arrival_date: Date,
    /// Who is named.
    pub caseworker: &'a Caseworker,
    /// Whom to ask.
    pub contact: &'a Contact,
    /// The municipality's time.
    pub local_time: &'a LocalTime,
}

/// The confirmation by one of the configured ways, rendered and ready to store; `None` where that way is not configured. `now` becomes its date.
pub fn plan(
    config: &Config,
    facts: &Facts<'_>,
    way: ConfirmationWay,
    now: Timestamp,
) -> Option<Planned> {
    let confirmation = Confirmation::of(facts, now);
    let authority = &config.enforcement_authority;
    let key = |way| AcknowledgementKey {
        reference: facts.reference.clone(),
        recipient: Recipient::EnforcementAuthority,
        purpose: Purpose::Confirmation,
        way,
        version: facts.version,
    };
    let (key, address, rendering) = match way {
        ConfirmationWay::Folder => {
            let address = FolderAddress { folder: authority.folder.clone()? };
            let render = move |number| confirmation.numbered_json(number);
            let counter = COUNTER.to_owned();
            let rendering = Rendering::Numbered { counter, render: Arc::new(render) };
            (key(Way::Folder), serde_json::to_string(&address).ok()?, rendering)
        }
        ConfirmationWay::Mail => {
            let to = authority.mail.clone()?;
            let key = key(Way::Mail);
            let bytes = as_mail(config, facts, &confirmation, (&key, &to), now);
            (key, mail_address(config, to)?, Rendering::Bytes(bytes))
        }
    };
    Some(Planned {
        key,
        state: AcknowledgementState::Pending,
        due_at: facts.local_time.end_of(facts.arrival_date),
        reason: None,
        address: Some(address),
        rendering,
    })
}

/// A new message to the agreed address, never an answer to one that a header names.
fn as_mail(
    config: &Config,
    facts: &Facts<'_>,
    confirmation: &Confirmation,
    (key, to): (&AcknowledgementKey, &str),
    now: Timestamp,
) -> Vec<u8> {
    let (reference, domain) = (key.reference.as_str(), config.message_id_domain());
    let message_id = format!(
        "{reference}.{}.{}.{}@{domain}",
        key.recipient.as_str(),
        key.purpose.as_str(),
        key.version
    );
    mail::compose(&mail::Letter {
        from: &config.from,
        to,
        subject: &format!("Bekraftelse {reference}"),
        message_id: &message_id,
        in_reply_to: None,
        references: &[],
        automatic: Automatic::Generated,
        date: now,
        text: &words::text(confirmation, facts.local_time),
        document: None,
    })
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
