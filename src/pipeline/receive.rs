//! From a door into the store: read, route, plan the acknowledgement, commit, settle.
//!
//! Reading never delays a commit's meaning: whatever cannot be read is stored, acknowledged and given to a person. Only the API refuses, and
//! only what the contract names; then nothing is stored.

use crate::acknowledge::Facts;
use crate::domain::acknowledgement::Way;
use crate::domain::answer::Answer;
use crate::domain::answer::Problem;
use crate::domain::answer::ProblemKind;
use crate::domain::digest::Digest;
use crate::domain::received::Channel;
use crate::domain::received::Received;
use crate::intake::IntakeAdapter;
use crate::intake::IntakeError;
use crate::intake::Receive as _;
use crate::intake::Settle as _;
use crate::intake::Settlement;
use crate::normalize::Reading;
use crate::pipeline::Shared;
use crate::pipeline::alive;
use crate::pipeline::compose::compose;
use crate::pipeline::compose::planned_acknowledgement;
use crate::pipeline::direct;
use crate::pipeline::manners;
use crate::pipeline::reader;
use crate::pipeline::reading;
use crate::pipeline::sender;
use crate::pipeline::sender::Known;
use crate::pipeline::suspicion;
use crate::store::BounceReport;
use crate::store::Recorded;
use crate::store::Repeat;
use crate::telemetry;
use jiff::civil::Date;
use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// How many messages of one door may be between receipt and settlement.
const IN_HAND: usize = 512;

/// How often a reference is drawn again before we give the message back to its door.
const DRAWS: usize = 8;

/// Runs one door until told to stop: stops receiving, finishes what is in hand, settles it, closes.
pub async fn run<A: IntakeAdapter>(
    adapter: A,
    shared: Shared,
    stop: CancellationToken,
) -> Result<(), IntakeError> {
    let door = adapter.door();
    let (mut receive, mut settle) = adapter.open().await?;
    let (settled, mut to_settle) = mpsc::channel(IN_HAND);
    let settling = tokio::spawn(async move {
        let mut batch = Vec::new();
        while to_settle.recv_many(&mut batch, IN_HAND).await > 0 {
            alive::count(&door, batch.iter().filter_map(|(_, settlement)| first_taken(settlement)));
            settle.settle(std::mem::take(&mut batch)).await;
        }
    });
    let places = Arc::new(Semaphore::new(IN_HAND));
    let in_hand = TaskTracker::new();
    while let Ok(place) = Arc::clone(&places).acquire_owned().await {
        let next = tokio::select! {
            biased;
            () = stop.cancelled() => None,
            next = receive.receive() => next,
        };
        let Some((received, receipt)) = next else { break };
        let (shared, settled) = (shared.clone(), settled.clone());
        in_hand.spawn(async move {
            let settlement = take(&shared, received).await;
            telemetry::kill_point("after_commit_before_settle");
            drop(settled.send((receipt, settlement)).await);
            drop(place);
        });
    }
    in_hand.close();
    in_hand.wait().await;
    drop(settled);
    drop(settling.await);
    Ok(())
}

/// The day on which a message arrived that is settled for the first time.
fn first_taken(settlement: &Settlement) -> Option<&Date> {
    match settlement {
        Settlement::Accepted(answer) => Some(&answer.arrival_date),
        Settlement::Duplicate { .. } | Settlement::Refused(_) | Settlement::Released => None,
    }
}

/// Takes one message: stored and answered, recognised, refused, or given back.
pub async fn take(shared: &Shared, mut received: Received) -> Settlement {
    let sha256 = Digest::of(&received.raw);
    let canary = match alive::claimed(shared, &mut received).await {
        Ok(canary) => canary,
        Err(error) => {
            tracing::error!(%error, "could not tell whether a message is a canary; it stays with its door");
            return Settlement::Released;
        }
    };
    let understood = match canary {
        Some(_) => Ok(Understood::of_a_canary()),
        None => understand(shared, &mut received).await,
    };
    let understood = match understood {
        Ok(understood) => understood,
        Err(problem) => return Settlement::Refused(problem),
    };
    let settlement = store(shared, received, sha256, &understood, canary).await;
    if !matches!(settlement, Settlement::Accepted(_)) {
        understood.known.no_receipt(shared);
    }
    settlement
}

/// What is known of a message when it is committed.
struct Understood {
    reading: Reading,
    /// Its documents are read after the commit.
    waits: bool,
    known: Known,
    /// What it tells of one of our own mails.
    bounce: Option<BounceReport>,
}

impl Understood {
    fn of_a_canary() -> Self {
        Self { reading: alive::reading(), waits: false, known: Known::default(), bounce: None }
    }
}

/// Commits what was understood of a message, under references that are free.
async fn store(
    shared: &Shared,
    received: Received,
    sha256: Digest,
    understood: &Understood,
    canary: Option<Digest>,
) -> Settlement {
    for _ in 0..DRAWS {
        let Understood { reading, waits, known, bounce } = understood;
        let mut record = compose(shared, &received, sha256, (reading, known), None);
        if *waits {
            reading::wait(&mut record);
        }
        record.bounce.clone_from(bounce);
        record.canary = canary;
        let answer = record.answer.clone();
        let held = direct::hold(shared, &mut record);
        match shared.store.record(record).await {
            Ok(Recorded::New) => {
                held.begin(shared);
                count(shared, received.envelope.channel, canary.is_some());
                return Settlement::Accepted(answer);
            }
            Ok(Recorded::Duplicate { answer: first, redelivered }) => {
                return again(shared, received, sha256, first, redelivered).await;
            }
            Ok(Recorded::ReferenceTaken) => {}
            Err(error) => {
                tracing::error!(%error, channel = %received.envelope.channel, "could not store a message; it stays with its door");
                return Settlement::Released;
            }
        }
    }
    Settlement::Released
}

/// Who sent it, what it reports, and what it says.
async fn understand(shared: &Shared, received: &mut Received) -> Result<Understood, Problem> {
    let mut known = sender::recognise(shared, received).await;
    let bounce = manners::mind(shared, received, &mut known).await;
    let (mut reading, waits) = match suspicion::instead_of(shared, received).await {
        Some(unread) => (unread, false),
        None => reader::read_first(shared, received, &known).await?,
    };
    reader::note_growth(received, &mut reading);
    reader::note_earlier(received, &mut reading);
    known.remark(&mut reading);
    Ok(Understood { reading, waits, known, bounce })
}

fn count(shared: &Shared, channel: Channel, canary: bool) {
    if !canary {
        metrics::counter!(telemetry::NOTICES_RECEIVED, "channel" => channel.as_str()).increment(1);
    }
    metrics::gauge!(telemetry::INTAKE_LAST_SUCCESS, "channel" => channel.as_str())
        .set(shared.clock.now().as_second() as f64);
}

/// A message that is known: same key and other content is refused at the API; a repeated file gets a receipt of its own.
async fn again(
    shared: &Shared,
    received: Received,
    sha256: Digest,
    first: Answer,
    redelivered: bool,
) -> Settlement {
    let envelope = received.envelope;
    if envelope.channel == Channel::Api && first.sha256 != sha256 {
        return Settlement::Refused(Problem {
            kind: ProblemKind::KeyReused,
            detail: "This Idempotency-Key was used before with other content. Use a new key for a new notice."
                .to_owned(),
            violations: Vec::new(),
        });
    }
    let Some(occurrence) = envelope.occurrence.clone().filter(|_| !redelivered) else {
        return Settlement::Duplicate { answer: first, redelivered };
    };
    let contact = (shared.contacts)("");
    let facts = Facts {
        answer: &first,
        envelope: &envelope,
        attachments: 0,
        sender_reference: None,
        contact: &contact,
        local_time: &shared.local_time,
        first_reference: Some(&first.reference),
        languages: None,
        machine_readable: false,
        seal: None,
        deferred: false,
        promises: &shared.profile.promises,
    };
    let receipts = crate::acknowledge::plan(&shared.acknowledge, &facts, shared.clock.now())
        .into_iter()
        .filter(|planned| planned.key.way == Way::Files)
        .map(planned_acknowledgement)
        .collect();
    let repeat = Repeat {
        source_key: envelope.source_key,
        occurrence,
        reference: first.reference.clone(),
        acknowledgements: receipts,
    };
    match shared.store.repeat(repeat).await {
        Ok(()) => Settlement::Duplicate { answer: first, redelivered },
        Err(error) => {
            tracing::error!(%error, "could not note a repeated message; it stays with its door");
            Settlement::Released
        }
    }
}
