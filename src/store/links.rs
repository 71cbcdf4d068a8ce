//! Which earlier notice a later one belongs to: found once by the gateway, put right by people.

use crate::domain::link::FoundBy;
use crate::domain::link::Relation;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeType;
use crate::domain::reference::Reference;
use crate::store::Store;
use crate::store::StoreError;
use crate::store::actions::ActionRefused;
use crate::store::actions::by;
use crate::store::changes::changes;
use crate::store::engine::Row;
use crate::store::engine::Session;
use crate::store::engine::Statement;
use crate::store::engine::same;
use crate::store::jobs;
use crate::store::jobs::JobKind;
use crate::store::jobs::instant;
use crate::store::journal::Line;
use jiff::Timestamp;
use serde_json::json;

/// So many are looked at together.
const PAGE: i64 = 100;

/// Notices that speak of an earlier one and for which nobody has looked yet.
pub(super) const UNLINKED: Statement = same!(
    "SELECT n.reference, n.notice FROM notices n WHERE n.updated_at >= $1 AND n.state NOT IN ('reading', 'notNotice', 'dismissed') \
     AND (n.kind IN ('supplement', 'withdrawal', 'evictionScheduled', 'removalScheduled', 'evictionChanged', 'evictionExecuted') \
     OR n.notice LIKE '%\"relatesTo\":{%') AND NOT EXISTS (SELECT 1 FROM links l WHERE l.notice = n.reference) \
     ORDER BY n.updated_at, n.reference LIMIT $2"
);

pub(super) const LINK: Statement = same!(
    "INSERT INTO links (notice, first, against, relation, found_by, changed, actor, at) SELECT CAST($1 AS TEXT), CAST($2 AS TEXT), \
     CAST($3 AS TEXT), CAST($4 AS TEXT), CAST($5 AS TEXT), CAST($6 AS TEXT), CAST($7 AS TEXT), CAST($8 AS BIGINT) \
     WHERE EXISTS (SELECT 1 FROM notices WHERE reference = $1) ON CONFLICT DO NOTHING"
);
/// With a first notice that waits for a person itself, so does what came later.
pub(super) const GO_ALONG: Statement = same!(
    "UPDATE notices SET state = 'queued', reason = NULL, updated_at = $3 WHERE reference = $1 AND state = 'needsReview' \
     AND EXISTS (SELECT 1 FROM notices first WHERE first.reference = $2 AND first.state IN ('queued', 'retrying', 'uncertain', 'parked', 'delivered')) \
     RETURNING priority"
);
pub(super) const UNLINK: Statement = same!("DELETE FROM links WHERE notice = $1");
/// What was looked for in vain is looked for again.
pub(super) const LOOK_AGAIN: Statement =
    same!("DELETE FROM links WHERE notice = $1 AND first IS NULL AND found_by = 'nothing'");
/// The links of a notice, and those of later ones that were seen against it, with both texts as they stand.
pub(super) const COMPARED_WITH: Statement = same!(
    "SELECT l.notice, earlier.notice, later.notice FROM links l JOIN notices earlier ON earlier.reference = COALESCE(l.against, l.first) \
     JOIN notices later ON later.reference = l.notice WHERE l.first IS NOT NULL AND (l.notice = $1 OR COALESCE(l.against, l.first) = $1)"
);
pub(super) const COMPARED: Statement = same!("UPDATE links SET changed = $2 WHERE notice = $1");
pub(super) const FOLLOW: Statement = same!("UPDATE links SET first = $2 WHERE first = $1");
pub(super) const LINK_OF: Statement = same!(
    "SELECT l.notice, l.first, l.against, l.relation, l.found_by, l.changed, l.actor, l.at, n.case_id FROM links l \
     JOIN notices n ON n.reference = l.first WHERE l.notice = $1"
);
pub(super) const LINKED_TO: Statement = same!(
    "SELECT l.notice, l.first, l.against, l.relation, l.found_by, l.changed, l.actor, l.at, n.case_id FROM links l \
     JOIN notices n ON n.reference = l.first WHERE l.first = $1 ORDER BY l.at, l.notice LIMIT 100"
);

/// That a notice belongs to an earlier one.
#[derive(Clone, Debug)]
pub struct Link {
    /// The later one.
    pub notice: Reference,
    /// The first of the matter; `None`: it was looked for, and there is none.
    pub first: Option<Reference>,
    /// The latest of the matter before it: what the changes are seen against.
    pub against: Option<Reference>,
    /// The first one's case, where it has one by now.
    pub first_case: Option<String>,
    /// What it is to the first: the word of a [`Relation`].
    pub relation: String,
    /// What told: the word of a [`FoundBy`].
    pub found_by: String,
    /// The paths in the later one that differ.
    pub changed: Vec<String>,
    /// Who linked it.
    pub actor: String,
    /// When.
    pub at: Timestamp,
}

impl Link {
    /// A link to be kept; the store fills in when.
    pub fn new(notice: Reference, relation: Relation, found_by: FoundBy, actor: String) -> Self {
        Self {
            notice,
            first: None,
            against: None,
            first_case: None,
            relation: relation.as_str().to_owned(),
            found_by: found_by.as_str().to_owned(),
            changed: Vec::new(),
            actor,
            at: Timestamp::default(),
        }
    }
}

/// What happens to links.
#[derive(Clone, Debug)]
pub enum LinkChange {
    /// The gateway looked: kept unless somebody was quicker. With a job, a notice that only waited for this goes on by it, if its first has.
    Found(Box<Link>, Option<JobKind>),
    /// A person says where it belongs, or that it belongs nowhere.
    ByHand(Box<Link>),
}

/// Works out anew what links of a notice say changed, after a person corrected it.
pub(super) async fn compare_anew(session: &mut Session, notice: &str) -> Result<(), StoreError> {
    let corrupt = |_| StoreError::Corrupt("notice");
    for mut row in session.rows(&COMPARED_WITH, &[notice.into()]).await? {
        let earlier: Notice = serde_json::from_str(&row.text(1)).map_err(corrupt)?;
        let later: Notice = serde_json::from_str(&row.text(2)).map_err(corrupt)?;
        let changed = serde_json::to_string(&changes(&earlier, &later)).unwrap_or_default();
        session.run(&COMPARED, &[row.text(0).into(), changed.into()]).await?;
    }
    Ok(())
}

impl Store {
    /// Notices touched since then that speak of an earlier one and for which nobody has looked, with what they tell; a hundred at most. One that this
    /// version cannot read tells nothing, and holds up no other.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn unlinked(&self, since: Timestamp) -> Result<Vec<(Reference, Notice)>, StoreError> {
        let values = [since.as_microsecond().into(), PAGE.into()];
        let rows = self.engine.reading().await?.rows(&UNLINKED, &values).await?;
        rows.into_iter()
            .map(|mut row| {
                let told = notice(&row.text(1));
                let told = told.unwrap_or_else(|_unreadable| Notice::of(NoticeType::Unknown));
                Ok((reference(&row.text(0))?, told))
            })
            .collect()
    }

    /// Where a notice belongs.
    ///
    /// # Errors
    /// When the database does not answer, or holds what this version cannot read.
    pub async fn link_of(&self, notice: &Reference) -> Result<Option<Link>, StoreError> {
        let values = [notice.as_str().into()];
        let row = self.engine.reading().await?.row(&LINK_OF, &values).await?;
        row.map(link).transpose()
    }

    /// What came later to a notice, the earliest first; a hundred at most.
    ///
    /// # Errors
    /// When the database does not answer, or holds what this version cannot read.
    pub async fn linked_to(&self, first: &Reference) -> Result<Vec<Link>, StoreError> {
        let rows = self.engine.reading().await?.rows(&LINKED_TO, &[first.as_str().into()]).await?;
        rows.into_iter().map(link).collect()
    }
}

/// As it is stored.
pub(super) fn reference(text: &str) -> Result<Reference, StoreError> {
    Reference::parse(text).ok_or(StoreError::Corrupt("reference"))
}

/// As it is stored.
pub(super) fn notice(text: &str) -> Result<Notice, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Corrupt("notice"))
}

fn link(mut row: Row) -> Result<Link, StoreError> {
    let named = |text: Option<String>| text.map(|text| reference(&text)).transpose();
    Ok(Link {
        notice: reference(&row.text(0))?,
        first: named(row.maybe_text(1))?,
        against: named(row.maybe_text(2))?,
        relation: row.text(3),
        found_by: row.text(4),
        changed: serde_json::from_str(&row.text(5)).map_err(|_| StoreError::Corrupt("link"))?,
        actor: row.text(6),
        at: instant(row.int(7)),
        first_case: row.maybe_text(8),
    })
}

/// Runs a change inside the writer's transaction.
pub(super) async fn run(
    session: &mut Session,
    change: &LinkChange,
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<Result<(), ActionRefused>, StoreError> {
    let (link, by_hand, goes) = match change {
        LinkChange::Found(link, goes) => (link, false, *goes),
        LinkChange::ByHand(link) => (link, true, None),
    };
    let later = link.notice.as_str();
    if by_hand {
        session.run(&UNLINK, &[later.into()]).await?;
    }
    if keep(session, link, now).await? == 0 {
        return Ok(Err(ActionRefused::Taken));
    }
    // What belonged to this one belongs to the same matter.
    if let Some(first) = &link.first {
        session.run(&FOLLOW, &[later.into(), first.as_str().into()]).await?;
    }
    if link.first.is_some() || by_hand {
        let detail = json!({
            "first": link.first, "against": link.against, "relation": link.relation, "foundBy": link.found_by,
            "changed": link.changed.join(" "),
        });
        let event = if link.first.is_some() { "notice.linked" } else { "notice.unlinked" };
        lines.push(by(&link.actor, later, now, event, detail));
    }
    if let Some((job, first)) = goes.zip(link.first.as_ref()) {
        go_along(session, (link, first), job, now, lines).await?;
    }
    Ok(Ok(()))
}

/// A notice that only waited to be connected goes on its way.
async fn go_along(
    session: &mut Session,
    (link, first): (&Link, &Reference),
    kind: JobKind,
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<(), StoreError> {
    let later = link.notice.as_str();
    let values = [later.into(), first.as_str().into(), now.as_microsecond().into()];
    let Some(row) = session.row(&GO_ALONG, &values).await? else { return Ok(()) };
    let (subject, priority) = (later.to_owned(), row.int(0));
    let job = jobs::NewJob { kind, subject, priority, due_at: now, begun: None };
    jobs::insert(session, &[job], now).await?;
    lines.push(by(&link.actor, later, now, "notice.wentAlong", json!({ "first": first })));
    Ok(())
}

async fn keep(session: &mut Session, link: &Link, now: Timestamp) -> Result<u64, StoreError> {
    let text = |one: &Option<Reference>| one.as_ref().map(|one| one.as_str().to_owned());
    let values = [
        link.notice.as_str().into(),
        text(&link.first).into(),
        text(&link.against).into(),
        link.relation.as_str().into(),
        link.found_by.as_str().into(),
        json!(link.changed).to_string().into(),
        link.actor.as_str().into(),
        now.as_microsecond().into(),
    ];
    session.run(&LINK, &values).await
}
