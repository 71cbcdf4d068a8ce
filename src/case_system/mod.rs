//! The way out: channel adapters to the municipality's case system.
//!
//! No case system we know takes a create call twice without opening two cases. So an attempt is committed before the first byte
//! leaves, and what ended without an answer is looked up before anything is repeated; in doubt a person decides.

pub mod config;
pub mod corrected;
pub mod enclosure;
pub mod http;
pub mod lifecare;
pub mod memory;
pub mod open;

mod connection;
mod enclosed;
mod page;
#[cfg(test)]
mod sample;
mod summary;
#[cfg(test)]
mod summary_tests;

use crate::case_system::enclosure::Enclosed;
use crate::case_system::enclosure::Enclosure;
use crate::domain::assignment::Assignment;
use crate::domain::failure::Failure;
use crate::domain::notice::Notice;
use crate::domain::received::Channel;
use crate::domain::received::Format;
use crate::domain::reference::Reference;
use bytes::Bytes;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use serde::Serialize;
use std::fmt;

/// One notice on its way into the case system.
#[derive(Clone, Debug)]
pub struct HandOver {
    /// The notice's reference: idempotency key and what is searched for.
    pub reference: Reference,
    /// When it reached the municipality.
    pub received_at: Timestamp,
    /// The local day of that instant; the case's date.
    pub arrival_date: Date,
    /// The door it came through.
    pub channel: Channel,
    /// Where it goes.
    pub assignment: Assignment,
    /// The canonical notice as stored JSON.
    pub notice_json: String,
    /// The original message; present when the adapter asks for it ([`CaseSystem::wants_original`]) and the message holds this notice
    /// alone. A message about several households must not land whole in one person's file, so it is `None` then.
    pub original: Option<Original>,
    /// 1 for the first attempt.
    pub attempt: u32,
    /// What an earlier step of this adapter left to remember ([`Step::Opened`]).
    pub progress: Option<Progress>,
    /// The earlier notice it belongs to.
    pub belongs_to: Option<BelongsTo>,
}

/// What an earlier notice is to one that is handed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BelongsTo {
    /// The first of the matter.
    #[serde(rename = "reference")]
    pub first: Reference,
    /// Its case, where it has one by now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case_id: Option<String>,
    /// What this one is to it, in the words of [`crate::domain::link::Relation`].
    pub relation: String,
    /// The paths in this one that differ.
    pub changed: Vec<String>,
}

/// What an earlier, committed step reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The case that was opened.
    pub case_id: String,
    /// The adapter's own note of what remains; no personal data.
    pub note: String,
}

/// The message as it came.
#[derive(Clone, Debug)]
pub struct Original {
    /// What it is.
    pub format: Format,
    /// Its bytes.
    pub bytes: Bytes,
}

impl HandOver {
    /// The canonical notice.
    pub fn notice(&self) -> Result<Notice, Failure> {
        serde_json::from_str(&self.notice_json)
            .map_err(|_| Failure::Permanent("the stored notice cannot be read back".to_owned()))
    }

    /// The `data` of the CloudEvent that tells of this notice, as JSON text (contract section 10).
    pub fn event_data(&self) -> String {
        let assignment = serde_json::to_string(&self.assignment).unwrap_or_default();
        let belongs_to = self.belongs_to.as_ref().and_then(|it| serde_json::to_string(it).ok());
        let belongs_to = belongs_to.map(|it| format!(r#""belongsTo":{it},"#)).unwrap_or_default();
        format!(
            r#"{{"reference":"{}","receivedAt":"{}","arrivalDate":"{}","channel":"{}","assignment":{},{belongs_to}"notice":{}}}"#,
            self.reference,
            self.received_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            self.arrival_date,
            self.channel,
            assignment,
            self.notice_json,
        )
    }
}

/// What one step reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A case is open but something remains (an attachment): committed, then the next step is asked for.
    Opened(Progress),
    /// All is in the case system.
    Done {
        /// The case.
        case_id: String,
    },
    /// The case system cannot take it as it is (no identity number, protected person): a person places it.
    NeedsPerson {
        /// Stable code, such as `lifecare.noIdentity`.
        reason: String,
    },
}

/// What looking found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// Certainly not there: it may be created.
    Nothing,
    /// Ours, complete.
    Case {
        /// The case.
        case_id: String,
    },
    /// Ours, but something remains.
    Begun(Progress),
    /// Something similar that may be ours: a person decides. The text is for operators, without personal data.
    InDoubt(String),
    /// This system cannot be searched; repeating is harmless because it recognises our key.
    KeyDecides,
}

/// The responsible caseworker of a person's open case, as far as the case system tells. `Debug` shows nothing of it.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct OpenCase {
    /// Name, or the signature by which the duty roster knows the person.
    pub name: String,
    /// Telephone at work.
    #[serde(default)]
    pub telephone: Option<String>,
    /// The name of the unit.
    #[serde(default)]
    pub unit: Option<String>,
}

impl fmt::Debug for OpenCase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OpenCase(***)")
    }
}

/// A case system.
#[async_trait::async_trait]
pub trait CaseSystem: Send + Sync {
    /// The target as journal and metrics name it, such as `http` or `lifecare`.
    fn target(&self) -> &'static str;

    /// Whether [`HandOver::original`] must be filled in.
    fn wants_original(&self) -> bool {
        false
    }

    /// Takes the next step for a notice. Called after the attempt is committed. A failure is classified here and nowhere else:
    /// after the request's first byte left, anything but a clear refusal is [`Failure::Uncertain`].
    async fn step(&self, hand_over: &HandOver) -> Result<Step, Failure>;

    /// Looks for a case that an earlier attempt may have opened. Called before an uncertain attempt is repeated.
    async fn find(&self, hand_over: &HandOver) -> Result<Found, Failure>;

    /// Puts what was sent about a notice with its case. Called after the attempt is committed; a later attempt looks for what an earlier one has put there.
    async fn enclose(&self, _enclosure: &Enclosure) -> Result<Enclosed, Failure> {
        Ok(Enclosed::NotTaken)
    }

    /// Whether the case system's own person of this number (twelve digits) has a mark of protected identity. `None`: it does not know the person, or
    /// tells no such thing. Asked before a letter is made; changes nothing.
    async fn protects(&self, _number: &str) -> Result<Option<bool>, Failure> {
        Ok(None)
    }

    /// Who is responsible for the open case of the person with this number (twelve digits) on a local day. `None`: no case is open, or the system tells
    /// no such thing. Asked before a confirmation names somebody; changes nothing.
    async fn open_case(&self, _number: &str, _on: Date) -> Result<Option<OpenCase>, Failure> {
        Ok(None)
    }

    /// Whether the system can be reached and its code lists hold the names that the profile uses; for `check` and after outages.
    async fn probe(&self) -> Result<(), Failure>;
}
