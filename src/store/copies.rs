//! The copy of a confirmation that goes to the person whom an eviction concerns: outstanding until its letters pass the gates or a person approves
//! them, or puts on record how it was sent. A way that has failed for good is followed by the next with the same letters.

use crate::domain::acknowledgement::AcknowledgementKey;
use crate::domain::acknowledgement::Purpose;
use crate::domain::acknowledgement::Way;
use crate::domain::reference::Reference;
use crate::store::StoreError;
use crate::store::acknowledgements;
use crate::store::acknowledgements::NewAcknowledgement;
use crate::store::actions::ActionRefused;
use crate::store::actions::by;
use crate::store::by_hand;
use crate::store::engine::Session;
use crate::store::engine::Statement;
use crate::store::engine::same;
use crate::store::jobs;
use crate::store::journal::Line;
use crate::store::letters;
use crate::store::letters::LetterRow;
use crate::store::offers;
use crate::store::protections;
use crate::store::protections::Asked;
use jiff::Timestamp;
use serde_json::json;

pub(super) const TAKE_COPY: Statement = same!(
    "DELETE FROM acknowledgements WHERE reference = $1 AND purpose IN ('copy', 'offer') AND way = 'outstanding' AND state = 'pending' \
     RETURNING message, version, due_at, COALESCE(owed_at, created_at), promised_at"
);
pub(super) const COPY_WAITS: Statement = same!(
    "UPDATE acknowledgements SET reason = $3 WHERE reference = $1 AND purpose IN ('copy', 'offer') AND way = 'outstanding' AND version = $2 \
     AND COALESCE(reason, '') <> $3 RETURNING purpose"
);
pub(super) const TAKE_FAILED_COPY: Statement = same!(
    "DELETE FROM acknowledgements WHERE reference = $1 AND purpose IN ('copy', 'offer') AND way = $2 AND version = $3 \
     AND state IN ('failed', 'bounced') RETURNING message, due_at, COALESCE(owed_at, created_at), promised_at"
);
/// A person has it sent anew that no way could deliver.
pub(super) const TAKE_GIVEN_UP: Statement = same!(
    "DELETE FROM acknowledgements WHERE reference = $1 AND purpose IN ('copy', 'offer') AND state IN ('failed', 'bounced') \
     RETURNING message, version, due_at, COALESCE(owed_at, created_at), promised_at"
);
/// Some of its letters were delivered: it stays as the proof of them.
pub(super) const KEEP_PART_OF_COPY: Statement = same!(
    "UPDATE acknowledgements SET state = 'sent', sent_at = $4, reason = 'partOfCopy', evidence = COALESCE(evidence, '') || $5 \
     WHERE reference = $1 AND purpose IN ('copy', 'offer') AND way = $2 AND version = $3 AND state IN ('failed', 'bounced') \
     RETURNING message, due_at, COALESCE(owed_at, created_at), promised_at"
);
pub(super) const INSERT_COPY_ANEW: Statement = same!(
    "INSERT INTO acknowledgements (reference, recipient, purpose, way, version, message, state, due_at, created_at) \
     SELECT n.reference, 'person', 'copy', 'outstanding', CAST($2 AS BIGINT), n.message, 'pending', CAST($3 AS BIGINT), \
     CAST($4 AS BIGINT) FROM notices n WHERE n.reference = $1 ON CONFLICT DO NOTHING"
);

/// What happens to a copy.
#[derive(Clone, Debug)]
pub enum CopyChange {
    /// A person has approved its letters: they are on their way. Version and due time are those of the one that waited.
    Approved {
        /// Who.
        actor: String,
        /// The letters.
        letters: Box<NewAcknowledgement>,
    },
    /// Its letters have passed the gates: they are on their way.
    Released(Box<NewAcknowledgement>),
    /// Why it cannot go yet.
    Waits {
        /// The notice.
        reference: Reference,
        /// The how-manieth copy.
        version: u32,
        /// Why, a stable code.
        reason: String,
    },
    /// What the named sources answered about protected identity.
    Asked {
        /// The notice.
        reference: Reference,
        /// What they answered.
        asked: Asked,
    },
    /// A way has failed for good: what was not delivered goes another way, or waits for a person again.
    Another {
        /// What failed.
        from: AcknowledgementKey,
        /// What is put on record of the letters that were delivered all the same; none when none was.
        delivered: Option<String>,
        /// What takes its place.
        next: Box<NewAcknowledgement>,
    },
    /// The confirmation changed after the copy had gone, and the municipality tells the person.
    Anew {
        /// The notice.
        reference: Reference,
        /// The how-manieth confirmation it is a copy of.
        version: u32,
        /// When it is due.
        due_at: Timestamp,
    },
    /// One of its letters has come further.
    Letter {
        /// The copy.
        key: AcknowledgementKey,
        /// The letter's place in it.
        ordinal: usize,
        /// How far.
        letter: LetterRow,
    },
    /// A person has sent it, and says how.
    ByHand {
        /// The notice.
        reference: Reference,
        /// Who.
        actor: String,
        /// How; kept with the copy.
        how: String,
    },
    /// An offer of help is not sent.
    NotSent {
        /// The notice.
        reference: Reference,
        /// Who says so; nobody where the reason for it is gone.
        actor: Option<String>,
        /// Why: a stable code, or a person's words.
        reason: String,
    },
}

/// Runs a change inside the writer's transaction.
pub(super) async fn run(
    session: &mut Session,
    change: &CopyChange,
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<Result<(), ActionRefused>, StoreError> {
    match change {
        CopyChange::Approved { actor, letters } => {
            let who = (Some(actor.as_str()), "person.approvedCopy");
            release(session, who, letters, now, lines).await
        }
        CopyChange::Released(letters) => {
            let offer = letters.key.purpose == Purpose::Offer;
            let event = if offer { "offer.released" } else { "copy.released" };
            release(session, (None, event), letters, now, lines).await
        }
        CopyChange::Waits { reference, version, reason } => {
            waits(session, (reference, *version, reason), now, lines).await.map(Ok)
        }
        CopyChange::Asked { reference, asked } => {
            protections::keep(session, (reference, asked), now, lines).await.map(Ok)
        }
        CopyChange::Another { from, delivered, next } => {
            another(session, (from, delivered.as_deref(), next), now, lines).await
        }
        CopyChange::Anew { reference, version, due_at } => {
            anew(session, (reference, *version, *due_at), now, lines).await
        }
        CopyChange::Letter { key, ordinal, letter } => {
            letters::keep(session, (key, *ordinal, letter), now, lines).await.map(Ok)
        }
        CopyChange::ByHand { reference, actor, how } => {
            by_hand::run(session, (reference, actor, how), now, lines).await
        }
        CopyChange::NotSent { reference, actor, reason } => {
            offers::not_sent(session, (reference, actor.as_deref(), reason), now, lines).await
        }
    }
}

/// The letters of a copy that waited are on their way. Its due time stays.
async fn release(
    session: &mut Session,
    (actor, event): (Option<&str>, &'static str),
    letters: &NewAcknowledgement,
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<Result<(), ActionRefused>, StoreError> {
    let reference = &letters.key.reference;
    if protections::says_protected(session, reference).await? {
        return Ok(Err(ActionRefused::State("that of a protected person's".to_owned())));
    }
    let values = [reference.as_str().into()];
    let taken = match (session.row(&TAKE_COPY, &values).await?, actor) {
        (None, Some(_)) => session.row(&TAKE_GIVEN_UP, &values).await?,
        (taken, _) => taken,
    };
    let Some(mut row) = taken else {
        return Ok(Err(ActionRefused::State("without a copy that waits".to_owned())));
    };
    let message = Reference::parse(&row.text(0)).ok_or(StoreError::Corrupt("reference"))?;
    let version = u32::try_from(row.int(1)).unwrap_or(0).max(letters.key.version);
    let new = NewAcknowledgement {
        key: AcknowledgementKey { version, ..letters.key.clone() },
        ..letters.clone().in_place_of(&row, 2)
    };
    insert(session, (&message, &new), now).await?;
    let detail = json!({ "key": new.key.subject() });
    lines.push(match actor {
        Some(actor) => by(actor, reference.as_str(), now, event, detail),
        None => Line::gateway(reference, now, event, detail),
    });
    Ok(Ok(()))
}

async fn insert(
    session: &mut Session,
    (message, new): (&Reference, &NewAcknowledgement),
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut work = Vec::new();
    acknowledgements::insert(session, &[(message, new, None)], now, &mut work).await?;
    jobs::insert(session, &work, now).await
}

/// Why a copy cannot go yet; told once.
async fn waits(
    session: &mut Session,
    (reference, version, reason): (&Reference, u32, &str),
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<(), StoreError> {
    let values = [reference.as_str().into(), i64::from(version).into(), reason.into()];
    if let Some(mut row) = session.row(&COPY_WAITS, &values).await? {
        let detail = json!({ "reason": reason, "version": version });
        let offer = row.text(0) == Purpose::Offer.as_str();
        let event = if offer { "offer.waits" } else { "copy.waits" };
        lines.push(Line::gateway(reference, now, event, detail));
    }
    Ok(())
}

/// What a failed way left goes another way, due when it was. Another process may have been quicker: then nothing is done.
async fn another(
    session: &mut Session,
    (from, delivered, next): (&AcknowledgementKey, Option<&str>, &NewAcknowledgement),
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<Result<(), ActionRefused>, StoreError> {
    let version = i64::from(from.version);
    let named = [from.reference.as_str().into(), from.way.as_str().into(), version.into()];
    let row = match delivered {
        Some(evidence) => {
            let mut values = named.to_vec();
            values.extend([now.as_microsecond().into(), evidence.into()]);
            session.row(&KEEP_PART_OF_COPY, &values).await?
        }
        None => session.row(&TAKE_FAILED_COPY, &named).await?,
    };
    let Some(mut row) = row else { return Ok(Err(ActionRefused::Unknown)) };
    let message = Reference::parse(&row.text(0)).ok_or(StoreError::Corrupt("reference"))?;
    let new = next.clone().in_place_of(&row, 1);
    insert(session, (&message, &new), now).await?;
    let detail = json!({
        "delivered": delivered.is_some(), "from": from.subject(), "key": new.key.subject(), "reason": new.reason,
    });
    let event = match (new.key.way, new.key.purpose) {
        (Way::Outstanding, Purpose::Offer) => "offer.waits",
        (Way::Outstanding, _) => "copy.waits",
        (_, Purpose::Offer) => "offer.anotherWay",
        _ => "copy.anotherWay",
    };
    lines.push(Line::gateway(&from.reference, now, event, detail));
    Ok(Ok(()))
}

async fn anew(
    session: &mut Session,
    (reference, version, due_at): (&Reference, u32, Timestamp),
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<Result<(), ActionRefused>, StoreError> {
    let (due, at) = (due_at.as_microsecond(), now.as_microsecond());
    let values = [reference.as_str().into(), i64::from(version).into(), due.into(), at.into()];
    if session.run(&INSERT_COPY_ANEW, &values).await? == 0 {
        return Ok(Err(ActionRefused::Unknown));
    }
    lines.push(Line::gateway(reference, now, "copy.anew", json!({ "version": version })));
    Ok(Ok(()))
}
