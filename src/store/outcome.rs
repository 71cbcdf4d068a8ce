//! What became of attempts: to send an acknowledgement, to hand a notice over, to read a message.

use crate::domain::acknowledgement::AcknowledgementKey;
use crate::domain::reference::Reference;
use crate::store::jobs::JobKind;
use crate::store::step::NoticeStep;
use jiff::Timestamp;

/// What became of one attempt.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// An acknowledgement was taken by the recipient's side.
    Sent {
        /// Which one.
        key: AcknowledgementKey,
        /// How many attempts it took.
        attempt: u32,
        /// The other side's words (an SMTP reply, a file's name); kept with the acknowledgement, not in the journal.
        evidence: String,
    },
    /// An acknowledgement failed for now.
    SendAgain {
        /// Which one.
        key: AcknowledgementKey,
        /// Which attempt failed.
        attempt: u32,
        /// When to try again.
        at: Timestamp,
        /// Why, without personal data.
        reason: String,
    },
    /// A person holds an acknowledgement back, or its way out: nothing was attempted.
    HeldBack {
        /// Which one.
        key: AcknowledgementKey,
        /// Which attempt it would have been.
        attempt: u32,
        /// When to look again.
        at: Timestamp,
        /// Why, a stable code.
        reason: &'static str,
    },
    /// An acknowledgement was given up; a person must act.
    SendFailed {
        /// Which one.
        key: AcknowledgementKey,
        /// Which attempt failed.
        attempt: u32,
        /// Why, without personal data.
        reason: String,
    },
    /// A notice moved; what follows says how.
    Notice {
        /// Which one.
        reference: Reference,
        /// How many attempts so far.
        attempt: u32,
        /// Where it stands now.
        step: NoticeStep,
    },
    /// The broker confirmed a notice: it is watched until somebody consumed it.
    Published {
        /// Which one.
        reference: Reference,
        /// When to publish again if nobody took it.
        watch_until: Timestamp,
    },
    /// The broker did not take a notice; or nobody took it from the broker.
    PublishAgain {
        /// Which one.
        reference: Reference,
        /// When.
        at: Timestamp,
        /// Nobody took it from the broker: its watch is set anew until this instant.
        unconsumed_until: Option<Timestamp>,
        /// An earlier attempt to hand it over may have happened.
        look_first: bool,
    },
    /// The documents of a message could not be read for now.
    ReadAgain {
        /// The notice that stands for the message.
        reference: Reference,
        /// When to try again.
        at: Timestamp,
    },
    /// A claimed job that was not begun after all: the claim does not count as an attempt.
    GivenBack {
        /// Its kind.
        kind: JobKind,
        /// Its subject.
        subject: String,
    },
    /// A job turned out to be settled already.
    Superfluous {
        /// Its kind.
        kind: JobKind,
        /// Its subject.
        subject: String,
    },
}

impl Outcome {
    /// Whether it leaves work that is due at once.
    pub(super) fn makes_work(&self) -> bool {
        matches!(self, Self::PublishAgain { .. } | Self::GivenBack { .. })
    }
}
