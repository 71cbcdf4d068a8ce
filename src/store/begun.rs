//! Work that is stored as begun: its first attempt is committed with the message and needs no claim of its own.

use crate::domain::acknowledgement::Purpose;
use crate::store::AcknowledgementJob;
use crate::store::DeliveryJob;
use crate::store::Instance;
use crate::store::JobKind;
use crate::store::NewAcknowledgement;
use crate::store::Record;
use crate::store::Rendering;
use crate::store::jobs::instant;
use jiff::SignedDuration;
use jiff::Timestamp;

/// Jobs that are inserted as claimed.
#[derive(Clone, Debug)]
pub struct Begun {
    /// Who begins them.
    pub holder: Instance,
    /// For how long from the commit's own time; longer than any attempt can last.
    pub lease: SignedDuration,
    /// Which kinds of this message's jobs.
    pub kinds: Vec<JobKind>,
}

impl Record {
    /// Whether the commit leaves work for others to claim.
    pub(super) fn leaves_work(&self) -> bool {
        let begun = |kind: JobKind| self.begun.iter().any(|begun| begun.kinds.contains(&kind));
        // A confirmation waits for its caseworker to be named.
        let waits = |new: &NewAcknowledgement| new.key.purpose == Purpose::Confirmation;
        let told = |new: &NewAcknowledgement| {
            waits(new) || (new.job && !begun(JobKind::that_sends(&new.key)))
        };
        self.notices.iter().any(|notice| notice.job.is_some_and(|kind| !begun(kind)))
            || self.acknowledgements.iter().any(told)
    }

    /// What a look into the store would bring for an acknowledgement of this message. `None` when it is not known before the commit.
    pub fn acknowledgement_job(&self) -> Option<AcknowledgementJob> {
        let [new] = self.acknowledgements.iter().filter(|new| new.job).collect::<Vec<_>>()[..]
        else {
            return None;
        };
        let Rendering::Text(rendered) = &new.rendering else { return None };
        Some(AcknowledgementJob {
            key: new.key.clone(),
            address: new.address.clone()?,
            rendered: rendered.clone(),
            held_until: None,
            replaced: false,
            kind: self
                .notices
                .iter()
                .find(|it| it.reference == new.key.reference)
                .map(|it| it.kind),
            received_at: instant(self.envelope.received_at.as_microsecond()),
        })
    }

    /// What a look into the store would bring for the notice of this message, when it holds exactly one that moves on.
    pub fn delivery_job(&self, now: Timestamp) -> Option<DeliveryJob> {
        let [notice] = self.notices.as_slice() else { return None };
        notice.job.filter(|kind| *kind != JobKind::Read)?;
        Some(DeliveryJob {
            reference: notice.reference.clone(),
            message: self.answer.reference.clone(),
            state: notice.state.as_str().to_owned(),
            kind: notice.kind.as_str().to_owned(),
            assignment: serde_json::to_string(&notice.assignment).ok()?,
            notice: notice.notice_json.clone(),
            case_id: None,
            progress: None,
            received_at: instant(self.envelope.received_at.as_microsecond()),
            arrival_date: self.answer.arrival_date.to_string(),
            channel: self.envelope.channel.as_str().to_owned(),
            format: self.envelope.format.as_str().to_owned(),
            stored_at: instant(now.as_microsecond()),
            may_be_repeated: notice.sameness.is_some(),
        })
    }
}
