//! How far a notice has come on its way into the case system.

use crate::domain::acknowledgement::words;
use serde::Deserialize;
use serde::Serialize;

/// The delivery states of the outward contract. Ends: delivered, dismissed, notNotice. A person owns needsReview, parked, and
/// uncertain when in doubt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum DeliveryState {
    /// Committed, being read.
    Reading,
    /// A person must read or complete it.
    NeedsReview,
    /// On its way to the case system.
    Queued,
    /// Failed for now; will be tried again.
    Retrying,
    /// An attempt ended without an answer: it is looked up before anything is repeated.
    Uncertain,
    /// A person decides.
    Parked,
    /// In the case system, with its case id.
    Delivered,
    /// Set aside by a person, with a reason.
    Dismissed,
    /// Automatic mail, newsletters: kept and listed, no case.
    NotNotice,
}

words!(DeliveryState {
    Reading = "reading",
    NeedsReview = "needsReview",
    Queued = "queued",
    Retrying = "retrying",
    Uncertain = "uncertain",
    Parked = "parked",
    Delivered = "delivered",
    Dismissed = "dismissed",
    NotNotice = "notNotice",
});

impl DeliveryState {
    /// Whether nothing more happens by itself or by a person.
    pub fn is_end(self) -> bool {
        matches!(self, Self::Delivered | Self::Dismissed | Self::NotNotice)
    }
}
