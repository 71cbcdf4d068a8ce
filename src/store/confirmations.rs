//! Confirmations to Kronofogden that wait for a caseworker or for another way: they are outstanding from the commit of their notice on, and each is
//! named, rendered and given its job in one transaction.

use crate::domain::acknowledgement::AcknowledgementKey;
use crate::domain::acknowledgement::Way;
use crate::domain::caseworker::Caseworker;
use crate::domain::reference::Reference;
use crate::store::StoreError;
use crate::store::acknowledgements;
use crate::store::acknowledgements::NewAcknowledgement;
use crate::store::acknowledgements::Rendering;
use crate::store::actions::ActionRefused;
use crate::store::actions::by;
use crate::store::awaiting::caseworker;
use crate::store::by_hand;
use crate::store::called;
use crate::store::engine::Session;
use crate::store::engine::Statement;
use crate::store::engine::same;
use crate::store::feed;
use crate::store::holds;
use crate::store::holds::Hold;
use crate::store::jobs;
use crate::store::journal::Line;
use crate::store::replaced;
use jiff::Timestamp;
use serde_json::json;

pub(super) const TAKE_AWAITING: Statement = same!(
    "DELETE FROM acknowledgements WHERE reference = $1 AND purpose = 'confirmation' AND way = $2 AND version = $3 \
     AND state IN ('pending', 'failed', 'bounced') \
     RETURNING message, due_at, COALESCE(owed_at, created_at), promised_at"
);
pub(super) const NAME: Statement = same!(
    "INSERT INTO caseworkers (notice, version, caseworker, named_at) VALUES ($1, $2, $3, $4) \
     ON CONFLICT (notice, version) DO UPDATE SET caseworker = excluded.caseworker, named_at = excluded.named_at"
);
pub(super) const SAY_WHY: Statement = same!(
    "UPDATE acknowledgements SET reason = $3 WHERE reference = $1 AND purpose = 'confirmation' AND way = 'outstanding' AND version = $2 \
     AND COALESCE(reason, '') <> $3 RETURNING reference"
);
pub(super) const LAST_CONFIRMATION: Statement = same!(
    "SELECT version, message, way, state FROM acknowledgements WHERE reference = $1 AND purpose = 'confirmation' ORDER BY version DESC LIMIT 1"
);
pub(super) const INSERT_OUTSTANDING: Statement = same!(
    "INSERT INTO acknowledgements (reference, recipient, purpose, way, version, message, state, due_at, created_at, owed_at) \
     VALUES ($1, 'enforcementAuthority', 'confirmation', 'outstanding', $2, $3, 'pending', $4, $5, $6)"
);

pub(super) const NAMED: Statement =
    same!("SELECT caseworker FROM caseworkers WHERE notice = $1 AND version = $2");
pub(super) const CONFIRMED_BY_HAND: Statement = same!(
    "UPDATE acknowledgements SET state = 'sent', sent_at = $2, reason = 'byHand', evidence = COALESCE(evidence, '') || $3 \
     WHERE reference = $1 AND purpose = 'confirmation' AND state IN ('pending', 'retrying', 'failed', 'bounced') \
     RETURNING reference || '/' || recipient || '/' || purpose || '/' || way || '/' || CAST(version AS TEXT)"
);

/// A confirmation that is named and rendered.
#[derive(Clone, Debug)]
pub struct Confirm {
    /// The way that it waited by.
    pub from: Way,
    /// Who is named.
    pub caseworker: Caseworker,
    /// What is sent.
    pub acknowledgement: NewAcknowledgement,
    /// It itself under its running number, where it is not in the series yet.
    pub document: Rendering,
}

/// What happens to a confirmation.
#[derive(Clone, Debug)]
pub enum ConfirmationChange {
    /// One that waited is named and rendered.
    Named(Box<Confirm>),
    /// Why one cannot go yet.
    Waits {
        /// The notice.
        reference: Reference,
        /// The how-manieth confirmation.
        version: u32,
        /// Why, a stable code.
        reason: String,
    },
    /// A person names the responsible caseworker; where another was confirmed already, a new confirmation goes out.
    ByPerson {
        /// The notice.
        reference: Reference,
        /// Who names.
        actor: String,
        /// Who is named.
        caseworker: Caseworker,
        /// When a new confirmation is due.
        due_at: Timestamp,
    },
    /// Kronofogden's system was called and has not fetched it in time: it goes by the next way.
    NotFetched(AcknowledgementKey),
    /// A person holds what is open back, or lets it go.
    Held(Hold),
    /// A person has told Kronofogden another way, and says how.
    ByHand {
        /// The notice.
        reference: Reference,
        /// Who.
        actor: String,
        /// How; kept with the confirmation.
        how: String,
    },
}

/// Runs a change inside the writer's transaction.
pub(super) async fn run(
    session: &mut Session,
    change: &ConfirmationChange,
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<Result<(), ActionRefused>, StoreError> {
    match change {
        ConfirmationChange::Named(named) => confirm(session, named, now, lines).await,
        ConfirmationChange::Waits { reference, version, reason } => {
            say_why(session, (reference, *version, reason), now, lines).await.map(Ok)
        }
        ConfirmationChange::ByPerson { reference, actor, caseworker, due_at } => {
            let named = (reference, actor.as_str(), caseworker);
            name_anew(session, named, *due_at, now, lines).await
        }
        ConfirmationChange::NotFetched(key) => called::in_vain(session, key, now, lines).await,
        ConfirmationChange::Held(hold) => holds::hold(session, hold, now, lines).await,
        ConfirmationChange::ByHand { reference, actor, how } => {
            let evidence = format!("; told by a person: {how}");
            let values = [reference.as_str().into(), now.as_microsecond().into(), evidence.into()];
            let told = session.rows(&CONFIRMED_BY_HAND, &values).await?;
            by_hand::settled(session, (reference, actor, "person.confirmed"), told, now, lines)
                .await
        }
    }
}

/// What waited is on its way, with its caseworker. Another process may have been quicker: then nothing is done.
async fn confirm(
    session: &mut Session,
    confirm: &Confirm,
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<Result<(), ActionRefused>, StoreError> {
    let key = &confirm.acknowledgement.key;
    let (reference, version) = (key.reference.as_str(), i64::from(key.version));
    let mut named = session.row(&NAMED, &[reference.into(), version.into()]).await?;
    let named = named.as_mut().map(|row| caseworker(&row.text(0))).transpose()?;
    if named.is_some_and(|named| named != confirm.caseworker) {
        // A person has named somebody meanwhile: the next look finds it.
        return Ok(Err(ActionRefused::Unknown));
    }
    let values = [reference.into(), confirm.from.as_str().into(), version.into()];
    let Some(mut row) = session.row(&TAKE_AWAITING, &values).await? else {
        return Ok(Err(ActionRefused::Unknown));
    };
    let message = Reference::parse(&row.text(0)).ok_or(StoreError::Corrupt("reference"))?;
    name(session, (reference, version), &confirm.caseworker, now).await?;
    let mut work = Vec::new();
    let new = feed::write(session, confirm, now).await?.in_place_of(&row, 1);
    acknowledgements::insert(session, &[(&message, &new, None)], now, &mut work).await?;
    jobs::insert(session, &work, now).await?;
    let detail = json!({
        "because": confirm.caseworker.because, "caseworker": confirm.caseworker.id, "from": confirm.from.as_str(),
        "key": key.subject(),
    });
    lines.push(Line::gateway(&key.reference, now, "confirmation.named", detail));
    Ok(Ok(()))
}

async fn name(
    session: &mut Session,
    (notice, version): (&str, i64),
    caseworker: &Caseworker,
    now: Timestamp,
) -> Result<(), StoreError> {
    let text = serde_json::to_string(caseworker).unwrap_or_default();
    let values = [notice.into(), version.into(), text.into(), now.as_microsecond().into()];
    session.run(&NAME, &values).await.map(drop)
}

/// Why a confirmation cannot go yet; told once.
async fn say_why(
    session: &mut Session,
    (reference, version, reason): (&Reference, u32, &str),
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<(), StoreError> {
    let values = [reference.as_str().into(), i64::from(version).into(), reason.into()];
    if session.row(&SAY_WHY, &values).await?.is_some() {
        let detail = json!({ "reason": reason, "version": version });
        lines.push(Line::gateway(reference, now, "confirmation.waits", detail));
    }
    Ok(())
}

/// A person names the caseworker: of the confirmation that waits, or of a new one that takes the place of what was sent. `due_at` is that one's.
async fn name_anew(
    session: &mut Session,
    (reference, actor, caseworker): (&Reference, &str, &Caseworker),
    due_at: Timestamp,
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<Result<(), ActionRefused>, StoreError> {
    let notice = reference.as_str();
    let Some(mut last) = session.row(&LAST_CONFIRMATION, &[notice.into()]).await? else {
        return Ok(Err(ActionRefused::State("without a confirmation to Kronofogden".to_owned())));
    };
    // One that a person has told otherwise while nobody was named has gone.
    let way = Way::parse(&last.text(2));
    let waits = way == Some(Way::Outstanding) && last.text(3) == "pending";
    let version = if waits { last.int(0) } else { last.int(0) + 1 };
    if !waits {
        let (message, at) = (last.text(1), now.as_microsecond());
        let (due_at, owed_at) = replaced::owed(session, notice, (due_at, now)).await?;
        let values = [
            notice.into(),
            version.into(),
            message.into(),
            due_at.as_microsecond().into(),
            at.into(),
            owed_at.as_microsecond().into(),
        ];
        session.run(&INSERT_OUTSTANDING, &values).await?;
        replaced::end(session, reference, now, lines).await?;
    }
    name(session, (notice, version), caseworker, now).await?;
    let detail = json!({ "caseworker": caseworker.id, "version": version });
    lines.push(by(actor, notice, now, "person.named", detail));
    Ok(Ok(()))
}
