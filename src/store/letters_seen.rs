//! Which letters somebody has looked at before approving them. The look is journalled like every look at what is masked; the digest tells whether what
//! would go out is what was seen.

use crate::domain::digest::Digest;
use crate::domain::masked::Masked;
use crate::domain::reference::Reference;
use crate::store::Store;
use crate::store::StoreError;
use crate::store::accounts;
use crate::store::accounts::AccountAction;
use crate::store::actions::ActionRefused;
use crate::store::actions::by;
use crate::store::engine::Session;
use crate::store::engine::Statement;
use crate::store::engine::same;
use crate::store::journal::Line;
use jiff::Timestamp;
use serde_json::json;

pub(super) const SEE_LETTER: Statement = same!(
    "INSERT INTO letters_seen (reference, actor, digest, at) VALUES ($1, $2, $3, $4) \
     ON CONFLICT (reference, actor, digest) DO UPDATE SET at = excluded.at"
);
pub(super) const LETTERS_SEEN: Statement =
    same!("SELECT digest FROM letters_seen WHERE reference = $1 AND actor = $2");

/// What somebody does with a letter before it may leave.
#[derive(Clone, Debug)]
pub enum LetterLook {
    /// Looks at it.
    Seen {
        /// The notice.
        reference: Reference,
        /// Who.
        actor: String,
        /// Of the PDF's bytes.
        digest: Digest,
        /// Why, a stable code.
        why: String,
        /// Why, in the person's own words; may be empty.
        words: Masked,
    },
    /// Says that identity and address are right and that protection was asked of a source.
    Checked {
        /// The notice.
        reference: Reference,
        /// Who.
        actor: String,
        /// Where protection was asked, a stable code.
        asked: String,
    },
}

impl Store {
    /// The digests of a notice's letters that somebody has looked at.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn letters_seen(
        &self,
        reference: &Reference,
        actor: &str,
    ) -> Result<Vec<String>, StoreError> {
        let values = [reference.as_str().into(), actor.into()];
        let rows = self.engine.reading().await?.rows(&LETTERS_SEEN, &values).await?;
        Ok(rows.into_iter().map(|mut row| row.text(0)).collect())
    }
}

/// Runs a look inside the writer's transaction.
pub(super) async fn run(
    session: &mut Session,
    look: &LetterLook,
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<Result<(), ActionRefused>, StoreError> {
    match look {
        LetterLook::Seen { reference, actor, digest, why, words } => {
            let values = [
                reference.as_str().into(),
                actor.as_str().into(),
                digest.to_string().into(),
                now.as_microsecond().into(),
            ];
            session.run(&SEE_LETTER, &values).await?;
            let action = AccountAction::Look {
                reference: reference.clone(),
                what: "letter",
                why: why.clone(),
                words: words.clone(),
            };
            accounts::run(session, actor, &action, now, lines).await
        }
        LetterLook::Checked { reference, actor, asked } => {
            let detail = json!({ "address": true, "identity": true, "protectionAsked": asked });
            lines.push(by(actor, reference.as_str(), now, "person.checkedCopy", detail));
            Ok(Ok(()))
        }
    }
}
