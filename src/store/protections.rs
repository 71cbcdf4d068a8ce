//! What the named sources answered about protected identity, notice by notice: whoever is protected is in the restricted list until a source says
//! otherwise.

use crate::domain::acknowledgement::words;
use crate::domain::notice::Notice;
use crate::domain::reference::Reference;
use crate::store::Store;
use crate::store::StoreError;
use crate::store::engine::Session;
use crate::store::engine::Statement;
use crate::store::engine::same;
use crate::store::journal::Line;
use jiff::Timestamp;
use serde_json::json;

pub(super) const PROTECTION_OF: Statement =
    same!("SELECT answer, sources FROM protections WHERE notice = $1");
pub(super) const NOTICE_OF: Statement = same!("SELECT notice FROM notices WHERE reference = $1");
pub(super) const KEEP_PROTECTION: Statement = same!(
    "INSERT INTO protections (notice, answer, sources, asked_at) VALUES ($1, $2, $3, $4) ON CONFLICT (notice) DO UPDATE SET \
     answer = excluded.answer, sources = excluded.sources, asked_at = excluded.asked_at"
);

/// Whether somebody in a notice has a protected identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protection {
    /// Somebody has: a source, or the notice itself, says so.
    Protected,
    /// Every named source was asked about every respondent, and says no.
    NotProtected,
    /// Nobody could be asked, or one did not answer.
    Unknown,
}

words!(Protection {
    Protected = "protected",
    NotProtected = "notProtected",
    Unknown = "unknown",
});

/// What was answered, and by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// What it comes to.
    pub answer: Protection,
    /// Who was asked, with each one's answer: `register=notProtected caseSystem=unknown`. No personal data.
    pub sources: String,
}

impl Store {
    /// What was answered last about those in a notice; `None` when nobody was asked yet.
    ///
    /// # Errors
    /// When the database does not answer, or holds what this version cannot read.
    pub async fn protection_of(&self, notice: &Reference) -> Result<Option<Asked>, StoreError> {
        let values = [notice.as_str().into()];
        let row = self.engine.reading().await?.row(&PROTECTION_OF, &values).await?;
        let asked = row.map(|mut row| {
            let answer =
                Protection::parse(&row.text(0)).ok_or(StoreError::Corrupt("protection"))?;
            Ok(Asked { answer, sources: row.text(1) })
        });
        asked.transpose()
    }

    /// A notice as it was read last: whom the named sources are asked about.
    ///
    /// # Errors
    /// When the database does not answer, or holds what this version cannot read.
    pub async fn notice_of(&self, reference: &Reference) -> Result<Option<Notice>, StoreError> {
        let values = [reference.as_str().into()];
        let row = self.engine.reading().await?.row(&NOTICE_OF, &values).await?;
        let read = row.map(|mut row| serde_json::from_str(&row.text(0)));
        read.transpose().map_err(|_| StoreError::Corrupt("notice"))
    }
}

/// Whether the last answer was that somebody in a notice is protected: then no letter is taken, whoever made it.
pub(super) async fn says_protected(
    session: &mut Session,
    notice: &Reference,
) -> Result<bool, StoreError> {
    let row = session.row(&PROTECTION_OF, &[notice.as_str().into()]).await?;
    Ok(row.is_some_and(|mut row| row.text(0) == Protection::Protected.as_str()))
}

/// Keeps an answer; the history tells of it when it is another than before.
pub(super) async fn keep(
    session: &mut Session,
    (notice, asked): (&Reference, &Asked),
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<(), StoreError> {
    let (answer, sources) = (asked.answer.as_str(), asked.sources.as_str());
    let before = session.row(&PROTECTION_OF, &[notice.as_str().into()]).await?;
    let known = before.map(|mut row| (row.text(0), row.text(1)));
    let values =
        [notice.as_str().into(), answer.into(), sources.into(), now.as_microsecond().into()];
    session.run(&KEEP_PROTECTION, &values).await?;
    if known != Some((answer.to_owned(), sources.to_owned())) {
        let detail = json!({ "answer": answer, "sources": sources });
        lines.push(Line::gateway(notice, now, "protection.asked", detail));
    }
    Ok(())
}
