//! One notice through many doors: of the notices that are one, the first that was committed on its way owns their content and makes the case. The
//! unique key decides, so two gateways agree; the others take the owner's case, or wait for it.

use crate::domain::delivery::DeliveryState;
use crate::domain::reference::Reference;
use crate::store::Action;
use crate::store::Store;
use crate::store::StoreError;
use crate::store::engine::Session;
use crate::store::engine::Statement;
use crate::store::engine::same;

/// The notice that owns the content of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// Its reference.
    pub reference: Reference,
    /// Where it stands.
    pub state: Option<DeliveryState>,
    /// The case that holds it.
    pub case_id: Option<String>,
    /// Something will move it without a person.
    pub moves: bool,
}

pub(super) const OWNER: Statement = same!(
    "SELECT f.reference, f.state, f.case_id, CASE WHEN EXISTS \
     (SELECT 1 FROM jobs j WHERE j.subject = f.reference AND j.kind IN ('deliver', 'publish')) THEN CAST(1 AS BIGINT) \
     ELSE CAST(0 AS BIGINT) END FROM notice_contents c JOIN notices n ON n.reference = c.notice \
     JOIN content_owners o ON o.board = n.board AND o.content_key = c.content_key JOIN notices f ON f.reference = o.notice \
     WHERE c.notice = $1"
);
/// The content is this notice's when nobody owns it, or when its owner ended without a case.
pub(super) const OWN: Statement = same!(
    "INSERT INTO content_owners (board, content_key, notice) SELECT n.board, c.content_key, c.notice FROM notice_contents c \
     JOIN notices n ON n.reference = c.notice WHERE c.notice = $1 \
     ON CONFLICT (board, content_key) DO UPDATE SET notice = excluded.notice WHERE content_owners.notice IN \
     (SELECT f.reference FROM notices f WHERE f.reference = content_owners.notice AND f.state IN ('dismissed', 'notNotice'))"
);
pub(super) const SAME_NOTICES: Statement = same!(
    "SELECT d.notice FROM notice_contents c JOIN notice_contents d ON d.content_key = c.content_key AND d.notice <> c.notice \
     JOIN notices n ON n.reference = c.notice JOIN notices f ON f.reference = d.notice AND f.board = n.board \
     WHERE c.notice = $1 ORDER BY d.notice LIMIT 50"
);

impl Store {
    /// The notice that owns this one's content, when that is another. Content that nobody owns any more becomes this one's.
    pub async fn other_owner(&self, reference: &Reference) -> Result<Option<Owner>, StoreError> {
        let owner = self.owner(reference).await?;
        let gone = |owner: &Owner| {
            matches!(owner.state, Some(DeliveryState::Dismissed | DeliveryState::NotNotice))
        };
        let other = |owner: &Owner| owner.reference != *reference;
        if owner.as_ref().is_some_and(|owner| !gone(owner) || !other(owner)) {
            return Ok(owner.filter(other));
        }
        drop(self.act(Action::Own(reference.clone())).await?);
        Ok(self.owner(reference).await?.filter(other))
    }

    async fn owner(&self, reference: &Reference) -> Result<Option<Owner>, StoreError> {
        let mut session = self.engine.reading().await?;
        let row = session.row(&OWNER, &[reference.as_str().into()]).await?;
        Ok(row.and_then(|mut row| {
            Some(Owner {
                reference: Reference::parse(&row.text(0))?,
                state: DeliveryState::parse(&row.text(1)),
                case_id: row.maybe_text(2),
                moves: row.int(3) == 1,
            })
        }))
    }

    /// The references of all notices that are one with this one.
    pub async fn same_notices(&self, reference: &str) -> Result<Vec<String>, StoreError> {
        let mut session = self.engine.reading().await?;
        let rows = session.rows(&SAME_NOTICES, &[reference.into()]).await?;
        Ok(rows.into_iter().map(|mut row| row.text(0)).collect())
    }
}

/// Makes a notice the owner of its content when nobody owns it.
pub(super) async fn own(session: &mut Session, reference: &Reference) -> Result<(), StoreError> {
    session.run(&OWN, &[reference.as_str().into()]).await.map(drop)
}
