//! Confirmations to Kronofogden that wait for a caseworker or for another way: they are outstanding from the commit of their notice on, and each is
//! named, rendered and given its job in one transaction.

use crate::domain::acknowledgement::AcknowledgementState;
use crate::domain::acknowledgement::Way;
use crate::domain::caseworker::Caseworker;
use crate::domain::notice::Notice;
use crate::domain::reference::Reference;
use crate::store::Store;
use crate::store::StoreError;
use crate::store::acknowledgements;
use crate::store::acknowledgements::NewAcknowledgement;
use crate::store::actions::ActionRefused;
use crate::store::actions::by;
use crate::store::engine::Row;
use crate::store::engine::Session;
use crate::store::engine::Statement;
use crate::store::engine::same;
use crate::store::jobs;
use crate::store::jobs::instant;
use crate::store::journal::Line;
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::json;

macro_rules! awaiting {
    ($where:literal) => {
        same!(concat!(
            "SELECT a.reference, a.version, a.way, a.due_at, a.reason, n.notice, n.unit, n.board, m.received_at, m.arrival_date, \
             c.caseworker, a.state FROM acknowledgements a JOIN notices n ON n.reference = a.reference \
             JOIN messages m ON m.reference = a.message \
             LEFT JOIN caseworkers c ON c.notice = a.reference AND c.version = a.version WHERE a.purpose = 'confirmation' AND ",
            $where,
            " ORDER BY a.due_at, a.reference, a.version LIMIT $1"
        ))
    };
}

/// Nobody is named yet, or what was tried has failed for good.
pub(super) const AWAITING: Statement = awaiting!(
    "a.state IN ('pending', 'failed', 'bounced') AND (a.way = 'outstanding' OR a.state <> 'pending')"
);
/// Whatever Kronofogden has not got.
pub(super) const UNCONFIRMED: Statement =
    awaiting!("a.state IN ('pending', 'retrying', 'failed', 'bounced')");
pub(super) const TAKE_AWAITING: Statement = same!(
    "DELETE FROM acknowledgements WHERE reference = $1 AND purpose = 'confirmation' AND way = $2 AND version = $3 \
     AND state IN ('pending', 'failed', 'bounced') RETURNING message"
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
    "SELECT version, message, way FROM acknowledgements WHERE reference = $1 AND purpose = 'confirmation' ORDER BY version DESC LIMIT 1"
);
pub(super) const INSERT_OUTSTANDING: Statement = same!(
    "INSERT INTO acknowledgements (reference, recipient, purpose, way, version, message, state, due_at, created_at) \
     VALUES ($1, 'enforcementAuthority', 'confirmation', 'outstanding', $2, $3, 'pending', $4, $5)"
);
pub(super) const NAMED_LAST: Statement =
    same!("SELECT caseworker FROM caseworkers WHERE notice = $1 ORDER BY version DESC LIMIT 1");

/// A confirmation that waits.
pub struct Awaiting {
    /// The notice's reference.
    pub reference: Reference,
    /// The how-manieth confirmation.
    pub version: u32,
    /// `outstanding`, or the way that failed.
    pub way: Way,
    /// How far it has come.
    pub state: AcknowledgementState,
    /// By when.
    pub due_at: Timestamp,
    /// Why it waits: a stable code.
    pub reason: Option<String>,
    /// The notice.
    pub notice: Notice,
    /// The id of its unit.
    pub unit: String,
    /// The id of its board.
    pub board: String,
    /// When its message arrived.
    pub received_at: Timestamp,
    /// The local day of that.
    pub arrival_date: Date,
    /// Who was named already, by a person or for the way that failed.
    pub caseworker: Option<Caseworker>,
}

/// A confirmation that is named and rendered.
#[derive(Clone, Debug)]
pub struct Confirm {
    /// The way that it waited by.
    pub from: Way,
    /// Who is named.
    pub caseworker: Caseworker,
    /// What is sent.
    pub acknowledgement: NewAcknowledgement,
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
}

impl Store {
    /// Confirmations that wait, the most pressing first.
    ///
    /// # Errors
    /// When the database does not answer, or holds what this version cannot read.
    pub async fn awaiting_confirmations(&self, limit: i64) -> Result<Vec<Awaiting>, StoreError> {
        let rows = self.engine.reading().await?.rows(&AWAITING, &[limit.into()]).await?;
        rows.into_iter().map(awaiting).collect()
    }

    /// Confirmations that Kronofogden has not got, the most pressing first.
    ///
    /// # Errors
    /// When the database does not answer, or holds what this version cannot read.
    pub async fn unconfirmed(&self) -> Result<Vec<Awaiting>, StoreError> {
        let all = i64::from(u32::MAX);
        let rows = self.engine.reading().await?.rows(&UNCONFIRMED, &[all.into()]).await?;
        rows.into_iter().map(awaiting).collect()
    }

    /// Who was named last for a notice.
    ///
    /// # Errors
    /// When the database does not answer, or holds what this version cannot read.
    pub async fn caseworker_of(
        &self,
        notice: &Reference,
    ) -> Result<Option<Caseworker>, StoreError> {
        let values = [notice.as_str().into()];
        let row = self.engine.reading().await?.row(&NAMED_LAST, &values).await?;
        row.map(|mut row| caseworker(&row.text(0))).transpose()
    }
}

fn awaiting(mut row: Row) -> Result<Awaiting, StoreError> {
    let named = row.maybe_text(10).map(|text| caseworker(&text)).transpose()?;
    Ok(Awaiting {
        reference: Reference::parse(&row.text(0)).ok_or(StoreError::Corrupt("reference"))?,
        version: u32::try_from(row.int(1)).unwrap_or(u32::MAX),
        way: Way::parse(&row.text(2)).ok_or(StoreError::Corrupt("way"))?,
        state: AcknowledgementState::parse(&row.text(11)).ok_or(StoreError::Corrupt("state"))?,
        due_at: instant(row.int(3)),
        reason: row.maybe_text(4),
        notice: serde_json::from_str(&row.text(5)).map_err(|_| StoreError::Corrupt("notice"))?,
        unit: row.text(6),
        board: row.text(7),
        received_at: instant(row.int(8)),
        arrival_date: row.text(9).parse().map_err(|_| StoreError::Corrupt("arrival date"))?,
        caseworker: named,
    })
}

fn caseworker(text: &str) -> Result<Caseworker, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Corrupt("caseworker"))
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
    let values = [reference.into(), confirm.from.as_str().into(), version.into()];
    let Some(mut row) = session.row(&TAKE_AWAITING, &values).await? else {
        return Ok(Err(ActionRefused::Unknown));
    };
    let message = Reference::parse(&row.text(0)).ok_or(StoreError::Corrupt("reference"))?;
    name(session, (reference, version), &confirm.caseworker, now).await?;
    let mut work = Vec::new();
    let new = [(&message, &confirm.acknowledgement, None)];
    acknowledgements::insert(session, &new, now, &mut work).await?;
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
    let waits = Way::parse(&last.text(2)) == Some(Way::Outstanding);
    let version = if waits { last.int(0) } else { last.int(0) + 1 };
    if !waits {
        let (message, due_at, at) = (last.text(1), due_at.as_microsecond(), now.as_microsecond());
        let values = [notice.into(), version.into(), message.into(), due_at.into(), at.into()];
        session.run(&INSERT_OUTSTANDING, &values).await?;
    }
    name(session, (notice, version), caseworker, now).await?;
    let detail = json!({ "caseworker": caseworker.id, "version": version });
    lines.push(by(actor, notice, now, "person.named", detail));
    Ok(Ok(()))
}
