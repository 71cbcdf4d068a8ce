//! How far each letter of a copy has come: its intent is committed before it is posted, what came of it after. A process that dies between the two
//! leaves a letter that is looked for before it is posted again.

use crate::domain::acknowledgement::AcknowledgementKey;
use crate::domain::acknowledgement::Way;
use crate::domain::acknowledgement::words;
use crate::domain::reference::Reference;
use crate::store::Store;
use crate::store::StoreError;
use crate::store::engine::Row;
use crate::store::engine::Session;
use crate::store::engine::Statement;
use crate::store::engine::same;
use crate::store::jobs::instant;
use crate::store::journal::Line;
use jiff::Timestamp;
use serde_json::json;
use std::collections::BTreeMap;

pub(super) const LETTERS_OF: Statement = same!(
    "SELECT ordinal, stage, party, message, note, tries, since FROM letters WHERE subject = $1 ORDER BY ordinal"
);
pub(super) const KEEP_LETTER: Statement = same!(
    "INSERT INTO letters (subject, ordinal, stage, party, message, note, tries, since) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
     ON CONFLICT (subject, ordinal) DO UPDATE SET stage = excluded.stage, party = excluded.party, message = excluded.message, \
     note = excluded.note, tries = excluded.tries, since = excluded.since"
);

/// The letters of a copy that were delivered by ways which could not deliver all.
pub(super) const SERVED: Statement = same!(
    "SELECT a.way, a.rendered, l.ordinal FROM acknowledgements a JOIN letters l ON l.subject = a.reference || '/' || a.recipient || '/' || \
     a.purpose || '/' || a.way || '/' || CAST(a.version AS TEXT) WHERE a.reference = $1 AND a.version = $2 AND a.purpose IN ('copy', 'offer') \
     AND a.state = 'sent' AND a.reason = 'partOfCopy' AND l.stage = 'sent' ORDER BY a.way, l.ordinal"
);

/// How far one letter has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterStage {
    /// Not posted, certainly; it will be.
    Waiting,
    /// About to be posted. Without what follows, it may have been.
    Begun,
    /// The service has taken it.
    Taken,
    /// The service has delivered it.
    Sent,
    /// It will not be delivered this way.
    Failed,
    /// It lies in the print folder, too late for today's post.
    Placed,
}

words!(LetterStage {
    Waiting = "waiting",
    Begun = "begun",
    Taken = "taken",
    Sent = "sent",
    Failed = "failed",
    Placed = "placed",
});

impl LetterStage {
    /// Whether it has begun to leave and its end is not known: it is followed up, whatever was switched or learnt since.
    pub fn is_under_way(self) -> bool {
        match self {
            Self::Begun | Self::Taken | Self::Placed => true,
            Self::Waiting | Self::Sent | Self::Failed => false,
        }
    }
}

/// One letter on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterRow {
    /// How far it has come.
    pub stage: LetterStage,
    /// By what id the service knows the person.
    pub party: Option<String>,
    /// The service's id of the message.
    pub message: Option<String>,
    /// The service's words, or why it failed; no personal data.
    pub note: Option<String>,
    /// How often it was tried.
    pub tries: u32,
    /// Since when it is so far.
    pub since: Timestamp,
}

impl Store {
    /// How far the letters of a copy have come, by their place in it; none for those of which nothing was begun.
    ///
    /// # Errors
    /// When the database does not answer, or holds what this version cannot read.
    pub async fn letters_of(
        &self,
        key: &AcknowledgementKey,
    ) -> Result<BTreeMap<usize, LetterRow>, StoreError> {
        let values = [key.subject().into()];
        let rows = self.engine.reading().await?.rows(&LETTERS_OF, &values).await?;
        rows.into_iter().map(letter).collect()
    }
}

impl Store {
    /// The letters of a copy that were delivered by ways which could not deliver all of them: by which way, the letters that were to go that way as they
    /// are stored, and its place among them.
    ///
    /// # Errors
    /// When the database does not answer, or holds what this version cannot read.
    pub async fn letters_served(
        &self,
        reference: &Reference,
        version: u32,
    ) -> Result<Vec<(Way, String, usize)>, StoreError> {
        let values = [reference.as_str().into(), i64::from(version).into()];
        let rows = self.engine.reading().await?.rows(&SERVED, &values).await?;
        let served = rows.into_iter().map(|mut row| {
            let way = Way::parse(&row.text(0)).ok_or(StoreError::Corrupt("way"))?;
            let place = usize::try_from(row.int(2)).map_err(|_| StoreError::Corrupt("letter"))?;
            Ok((way, row.maybe_text(1).unwrap_or_default(), place))
        });
        served.collect()
    }
}

fn letter(mut row: Row) -> Result<(usize, LetterRow), StoreError> {
    let ordinal = usize::try_from(row.int(0)).map_err(|_| StoreError::Corrupt("letter"))?;
    let letter = LetterRow {
        stage: LetterStage::parse(&row.text(1)).ok_or(StoreError::Corrupt("letter"))?,
        party: row.maybe_text(2),
        message: row.maybe_text(3),
        note: row.maybe_text(4),
        tries: u32::try_from(row.int(5)).unwrap_or(u32::MAX),
        since: instant(row.int(6)),
    };
    Ok((ordinal, letter))
}

/// Keeps how far a letter has come; the history tells of each stage once.
pub(super) async fn keep(
    session: &mut Session,
    (key, ordinal, letter): (&AcknowledgementKey, usize, &LetterRow),
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<(), StoreError> {
    let place = i64::try_from(ordinal).unwrap_or(i64::MAX);
    let values = [
        key.subject().into(),
        place.into(),
        letter.stage.as_str().into(),
        letter.party.clone().into(),
        letter.message.clone().into(),
        letter.note.clone().into(),
        i64::from(letter.tries).into(),
        letter.since.as_microsecond().into(),
    ];
    session.run(&KEEP_LETTER, &values).await?;
    let detail = json!({
        "key": key.subject(), "letter": ordinal + 1, "message": letter.message, "note": letter.note,
        "stage": letter.stage.as_str(), "try": letter.tries,
    });
    lines.push(Line::gateway(&key.reference, now, "letter.moved", detail));
    Ok(())
}
