//! How an attempt moved a notice, as its outcome tells.

use crate::domain::delivery::DeliveryState;
use crate::domain::reference::Reference;
use jiff::Timestamp;

/// How a notice moved.
#[derive(Clone, Debug)]
pub enum NoticeStep {
    /// A case holds it.
    Delivered {
        /// The case.
        case_id: String,
    },
    /// The case of another notice of the same content holds it.
    Linked {
        /// The case.
        case_id: String,
        /// The notice that made it.
        to: Reference,
    },
    /// A case is open, something remains; the attempt goes on.
    Progress {
        /// The case.
        case_id: String,
        /// The adapter's note of what remains.
        note: String,
    },
    /// Failed for now.
    Again {
        /// When to try again.
        at: Timestamp,
        /// It may have happened: look before repeating.
        look_first: bool,
        /// Why, without personal data.
        reason: String,
        /// Through the broker: the job is published again when due, and watched until then.
        by_broker_until: Option<Timestamp>,
    },
    /// A person must act: parked, needsReview, or uncertain when in doubt.
    Person {
        /// Which of the three.
        state: DeliveryState,
        /// A stable code or a sentence without personal data.
        reason: String,
    },
}
