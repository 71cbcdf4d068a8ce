//! The outbox: work that a commit left to do, claimed in batches.
//!
//! Claiming commits the attempt before its first byte leaves. A claimed job whose process died comes back marked as interrupted: whoever
//! gets it looks before repeating. A job's subject is a natural key, so the same work can never be queued twice.

use crate::domain::acknowledgement::AcknowledgementKey;
use crate::domain::acknowledgement::Purpose;
use crate::domain::notice::NoticeType;
use crate::domain::reference::Reference;
use crate::store::Begun;
use crate::store::Instance;
use crate::store::Store;
use crate::store::StoreError;
use crate::store::engine::Row;
use crate::store::engine::Session;
use crate::store::inserts;
use crate::store::rows::rows_json;
use crate::store::statements as sql;
use jiff::SignedDuration;
use jiff::Timestamp;

/// What kinds of work there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JobKind {
    /// Send an acknowledgement.
    Acknowledge,
    /// Send a confirmation that a statute demands: never behind an ordinary acknowledgement.
    Confirm,
    /// Send the letters of a confirmation's copy, and follow them up: never in the way of a confirmation.
    Letter,
    /// Read the documents of a message.
    Read,
    /// Publish a notice to the broker.
    Publish,
    /// Hand a notice to the case system: with the embedded queue the job is the queued message.
    Deliver,
    /// Put what was sent about a notice with its case.
    Enclose,
}

impl JobKind {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Read,
        Self::Acknowledge,
        Self::Confirm,
        Self::Letter,
        Self::Publish,
        Self::Deliver,
        Self::Enclose,
    ];

    /// The kind of job that sends an acknowledgement.
    pub fn that_sends(key: &AcknowledgementKey) -> Self {
        match key.purpose {
            Purpose::Receipt => Self::Acknowledge,
            Purpose::Confirmation => Self::Confirm,
            Purpose::Copy | Purpose::Offer => Self::Letter,
        }
    }

    /// The stable word of table and metrics.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Acknowledge => "acknowledge",
            Self::Confirm => "confirm",
            Self::Letter => "letter",
            Self::Read => "read",
            Self::Publish => "publish",
            Self::Deliver => "deliver",
            Self::Enclose => "enclose",
        }
    }
}

/// A job to insert; one that exists is left as it is.
#[derive(Debug)]
pub(super) struct NewJob {
    pub(super) kind: JobKind,
    pub(super) subject: String,
    pub(super) priority: i64,
    pub(super) due_at: Timestamp,
    /// Inserted as claimed where it names this kind.
    pub(super) begun: Option<Begun>,
}

/// Which jobs are asked for.
#[derive(Clone, Debug)]
pub struct Claim {
    /// What kind of work.
    pub kind: JobKind,
    /// Who takes it.
    pub holder: Instance,
    /// For how long; longer than any attempt can last.
    pub lease: SignedDuration,
    /// How many at most.
    pub limit: u32,
    /// Only these subjects (what a broker delivered), due or not; `None`: whatever is due.
    pub only: Option<Vec<Reference>>,
}

/// A job that is ours until the lease ends.
#[derive(Clone, Debug)]
pub struct ClaimedJob {
    /// The natural key: a notice's reference, or the subject of an acknowledgement.
    pub subject: String,
    /// 1 for the first attempt.
    pub attempt: u32,
    /// An earlier attempt ended without an outcome: it may have happened.
    pub interrupted: bool,
    /// When the work was put in place.
    pub created_at: Timestamp,
}

/// An acknowledgement to send.
#[derive(Clone, Debug)]
pub struct AcknowledgementJob {
    /// Which one.
    pub key: AcknowledgementKey,
    /// Where it goes: the way's own JSON.
    pub address: String,
    /// What is sent.
    pub rendered: String,
    /// When the message reached the municipality.
    pub received_at: Timestamp,
    /// The type of the notice that it is about, where it is about one.
    pub kind: Option<NoticeType>,
    /// Until when a person holds it back.
    pub held_until: Option<Timestamp>,
    /// Whether a later confirmation takes its place: it goes no more.
    pub replaced: bool,
}

/// A notice to hand over.
#[derive(Clone, Debug)]
pub struct DeliveryJob {
    /// Its reference.
    pub reference: Reference,
    /// The message's reference.
    pub message: Reference,
    /// Its delivery state, in the contract's words.
    pub state: String,
    /// Its kind's stable word.
    pub kind: String,
    /// Where it goes, as JSON.
    pub assignment: String,
    /// The canonical notice, as JSON.
    pub notice: String,
    /// A case that an earlier step opened.
    pub case_id: Option<String>,
    /// What that step left to do.
    pub progress: Option<String>,
    /// When the message reached the municipality.
    pub received_at: Timestamp,
    /// The local day of that.
    pub arrival_date: String,
    /// The door's stable word.
    pub channel: String,
    /// What the original is.
    pub format: String,
    /// When the message was committed.
    pub stored_at: Timestamp,
    /// Whether another notice can be one with it.
    pub may_be_repeated: bool,
}

pub(super) async fn insert(
    session: &mut Session,
    jobs: &[NewJob],
    now: Timestamp,
) -> Result<(), StoreError> {
    let row = |job: &NewJob| {
        let begun = job.begun.as_ref().filter(|begun| begun.kinds.contains(&job.kind));
        let holder = begun.map(|begun| begun.holder.0.clone());
        let until = begun.map(|begun| lease_end(now, begun.lease).as_microsecond());
        let due_at = job.due_at.as_microsecond();
        let attempt = i64::from(begun.is_some());
        vec![
            job.kind.as_str().into(),
            job.subject.as_str().into(),
            job.priority.into(),
            due_at.into(),
            due_at.into(),
            attempt.into(),
            holder.into(),
            until.into(),
        ]
    };
    session.insert(&inserts::JOBS, jobs.iter().map(row).collect()).await.map(drop)
}

pub(super) async fn claim(
    session: &mut Session,
    claim: &Claim,
    now: Timestamp,
) -> Result<Vec<ClaimedJob>, StoreError> {
    let until = lease_end(now, claim.lease);
    let mut values = vec![
        claim.kind.as_str().into(),
        now.as_microsecond().into(),
        claim.holder.0.as_str().into(),
        until.as_microsecond().into(),
    ];
    let rows = match &claim.only {
        None => {
            values.push(i64::from(claim.limit).into());
            session.rows(&sql::CLAIM_DUE, &values).await?
        }
        Some(subjects) => {
            values.push(rows_json(subjects)?.into());
            session.rows(&sql::CLAIM_NAMED, &values).await?
        }
    };
    Ok(rows.into_iter().map(claimed).collect())
}

fn lease_end(now: Timestamp, lease: SignedDuration) -> Timestamp {
    now.saturating_add(lease).unwrap_or(now)
}

fn claimed(mut row: Row) -> ClaimedJob {
    ClaimedJob {
        subject: row.text(0),
        attempt: u32::try_from(row.int(1)).unwrap_or(1),
        interrupted: row.int(2) != 0,
        created_at: instant(row.int(3)),
    }
}

/// From the microseconds that the tables hold.
pub(super) fn instant(microseconds: i64) -> Timestamp {
    Timestamp::from_microsecond(microseconds).unwrap_or(Timestamp::UNIX_EPOCH)
}

impl Store {
    /// What is needed to send these acknowledgements.
    pub async fn acknowledgement_jobs(
        &self,
        subjects: &[String],
    ) -> Result<Vec<AcknowledgementJob>, StoreError> {
        let keys: Vec<_> = subjects
            .iter()
            .filter_map(|subject| AcknowledgementKey::parse(subject))
            .map(|key| {
                let (recipient, purpose) = (key.recipient.as_str(), key.purpose.as_str());
                (key.reference, recipient, purpose, key.way.as_str(), key.version)
            })
            .collect();
        let mut session = self.engine.reading().await?;
        let rows =
            session.rows(&sql::READ_ACKNOWLEDGEMENT_JOBS, &[rows_json(&keys)?.into()]).await?;
        rows.into_iter().map(acknowledgement_job).collect()
    }

    /// What is needed to hand over these notices.
    pub async fn delivery_jobs(
        &self,
        references: &[String],
    ) -> Result<Vec<DeliveryJob>, StoreError> {
        let mut session = self.engine.reading().await?;
        let rows = session.rows(&sql::READ_DELIVERY_JOBS, &[rows_json(references)?.into()]).await?;
        rows.into_iter().map(delivery_job).collect()
    }
}

fn acknowledgement_job(mut row: Row) -> Result<AcknowledgementJob, StoreError> {
    let subject = row.text(0);
    Ok(AcknowledgementJob {
        key: AcknowledgementKey::parse(&subject)
            .ok_or(StoreError::Corrupt("acknowledgement key"))?,
        address: row.text(1),
        rendered: row.text(2),
        received_at: instant(row.int(3)),
        kind: row.maybe_text(4).and_then(|kind| NoticeType::parse(&kind)),
        held_until: row.maybe_int(5).map(instant),
        replaced: row.int(6) != 0,
    })
}

fn delivery_job(mut row: Row) -> Result<DeliveryJob, StoreError> {
    let corrupt = StoreError::Corrupt("reference");
    Ok(DeliveryJob {
        reference: Reference::parse(&row.text(0)).ok_or(corrupt)?,
        message: Reference::parse(&row.text(1)).ok_or(StoreError::Corrupt("reference"))?,
        state: row.text(2),
        kind: row.text(3),
        assignment: row.text(4),
        notice: row.text(5),
        case_id: row.maybe_text(6),
        progress: row.maybe_text(7),
        received_at: instant(row.int(8)),
        arrival_date: row.text(9),
        channel: row.text(10),
        format: row.text(11),
        stored_at: instant(row.int(12)),
        may_be_repeated: true,
    })
}
