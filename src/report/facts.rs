//! What the report is made from: one message that arrived, its notices, how each recipient was told, and what of its history explains a delay.

use crate::domain::acknowledgement::AcknowledgementState;
use crate::domain::acknowledgement::Purpose;
use crate::domain::acknowledgement::Recipient;
use crate::domain::acknowledgement::Way;
use crate::domain::copy_reason::PART;
use jiff::Timestamp;
use jiff::civil::Date;

/// A message with everything that the report asks about it.
#[derive(Clone, Debug)]
pub struct Arrived {
    /// Its reference.
    pub reference: String,
    /// The local day it arrived.
    pub arrival_date: Date,
    /// The sort of door.
    pub channel: String,
    /// When a door first looked at it.
    pub seen_at: Timestamp,
    /// When it was committed.
    pub stored_at: Timestamp,
    /// Its notices, those of other boards left out.
    pub notices: Vec<ArrivedNotice>,
    /// Who was told, or is to be.
    pub told: Vec<Told>,
    /// What explains a delay.
    pub history: Vec<Event>,
}

/// One notice of a message.
#[derive(Clone, Debug)]
pub struct ArrivedNotice {
    /// Its reference.
    pub reference: String,
    /// Its board's id.
    pub board: String,
    /// Its unit's id.
    pub unit: String,
    /// Its kind's stable word.
    pub kind: String,
    /// The stable word of its sender's sort.
    pub sender_kind: String,
    /// Whether it was judged to be no notice.
    pub not_notice: bool,
    /// Whether the gateway sent it to itself.
    pub canary: bool,
}

/// One acknowledgement.
#[derive(Clone, Debug)]
pub struct Told {
    /// Of the message for receipts, of the notice for the rest.
    pub reference: String,
    /// To whom.
    pub recipient: Recipient,
    /// For what.
    pub purpose: Purpose,
    /// By which way.
    pub way: Way,
    /// How far it has come.
    pub state: AcknowledgementState,
    /// By when: the end of a day.
    pub due_at: Timestamp,
    /// By what hour of that day it was promised, where one was.
    pub promised_at: Option<Timestamp>,
    /// When Kronofogden's client fetched it, whichever way it went.
    pub fetched_at: Option<Timestamp>,
    /// When it was planned or, where it had to wait for a name or an approval, when it had that.
    pub created_at: Timestamp,
    /// When the other side took it.
    pub sent_at: Option<Timestamp>,
    /// Why it stands where it stands.
    pub reason: Option<String>,
}

/// A line of the history.
#[derive(Clone, Debug)]
pub struct Event {
    /// About which message or notice.
    pub reference: String,
    /// What happened, the journal's word.
    pub event: String,
    /// When.
    pub at: Timestamp,
    /// About which sort of acknowledgement, when about one.
    pub purpose: Option<Purpose>,
    /// Why, a stable code.
    pub reason: Option<String>,
}

/// Reason of a receipt whose sender a person told another way.
pub const TOLD_BY_PERSON: &str = "toldByPerson";

impl Told {
    /// Whether it still has to go out.
    pub fn is_open(&self) -> bool {
        match self.state {
            AcknowledgementState::Pending
            | AcknowledgementState::Retrying
            | AcknowledgementState::Bounced
            | AcknowledgementState::Failed => true,
            AcknowledgementState::Sent | AcknowledgementState::Suppressed => false,
        }
    }

    /// Whether nothing is sent, on purpose.
    pub fn is_not_owed(&self) -> bool {
        self.state == AcknowledgementState::Suppressed && !self.told_by_person()
    }

    /// Whether it was told by a call that names no caseworker, and nobody has fetched what that told of.
    pub fn is_called_only(&self) -> bool {
        let called = self.way == Way::Webhook && self.purpose == Purpose::Confirmation;
        called && self.state == AcknowledgementState::Sent && self.fetched_at.is_none()
    }

    /// When its recipient knew: taken by the other side and not come back, or told by a person. A part of a copy is no copy.
    pub fn reached_at(&self) -> Option<Timestamp> {
        let part = self.reason.as_deref() == Some(PART);
        let sent = self.state == AcknowledgementState::Sent && !part;
        let reached = sent || self.told_by_person();
        self.sent_at.filter(|_| reached)
    }

    fn told_by_person(&self) -> bool {
        self.state == AcknowledgementState::Suppressed
            && self.reason.as_deref() == Some(TOLD_BY_PERSON)
    }
}
