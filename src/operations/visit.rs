//! One request of one person: what every page and action begins with.

use crate::domain::reference::Reference;
use crate::operations::Desk;
use crate::operations::PageError;
use crate::operations::chrome::Asked;
use crate::operations::chrome::Chrome;
use crate::operations::list::Nothing;
use crate::operations::roles::Person;
use crate::operations::roles::Right;
use crate::store::MessageRow;
use crate::store::NoticeRow;
use axum::extract::FromRequestParts;
use axum::extract::Query;
use axum::extract::Request;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::IntoResponse as _;
use axum::response::Response;
use jiff::Timestamp;
use std::sync::Arc;

/// Who asks, in which language, and for what; taken from a request that was let in.
pub(super) struct Visit {
    pub(super) desk: Arc<Desk>,
    pub(super) person: Person,
    pub(super) asked: Asked,
    headers: HeaderMap,
}

impl Visit {
    /// The frame of a page at `here` (path and query without `lang`).
    pub(super) fn page(&self, here: impl Into<String>) -> Chrome {
        self.desk.page(&self.asked, &self.headers, here).of(self.person.clone())
    }

    /// Now.
    pub(super) fn now(&self) -> Timestamp {
        self.desk.store.clock().now()
    }

    /// The message with this reference and those of its notices that the person may see; `None` when there is none of them. A
    /// reference of another board's is as unknown as one that was never drawn.
    pub(super) async fn message(&self, reference: &Reference) -> Result<Option<Found>, PageError> {
        let Some(message) = self.desk.store.message(reference).await? else { return Ok(None) };
        let all = self.desk.store.notices_of(&message.reference).await?;
        let whole = all.len();
        let mine = |row: &NoticeRow| self.person.boards().hold(&row.board);
        let notices: Vec<NoticeRow> = all.into_iter().filter(mine).collect();
        let named = reference.as_str() == message.reference
            || notices.iter().any(|row| row.reference == reference.as_str());
        let complete = notices.len() == whole;
        Ok((named && !notices.is_empty()).then_some(Found { message, notices, complete }))
    }

    /// The notice with this reference, if the person may see it; a message of several has no notice of its own name.
    pub(super) async fn notice(
        &self,
        text: &str,
    ) -> Result<Option<(Reference, NoticeRow)>, PageError> {
        let Some(known) = Reference::parse(text) else { return Ok(None) };
        let found = self.message(&known).await?;
        let mut rows = found.into_iter().flat_map(|found| found.notices);
        let row = rows.find(|row| row.reference == known.as_str());
        Ok(row.map(|row| (known, row)))
    }

    /// The page that says that there is no such notice.
    pub(super) fn no_such_notice(&self) -> Result<Response, PageError> {
        let page = self.page("/ops/");
        let text =
            page.say("Den underrättelsen finns inte.", "There is no such notice.").to_owned();
        Nothing::send(StatusCode::NOT_FOUND, page, text)
    }
}

/// A message as one person sees it.
pub(super) struct Found {
    pub(super) message: MessageRow,
    /// Those of its notices that the person may see, in their order; at least one.
    pub(super) notices: Vec<NoticeRow>,
    /// Whether these are all it holds: only then may the person see the original.
    pub(super) complete: bool,
}

impl FromRequestParts<Arc<Desk>> for Visit {
    type Rejection = Response;

    async fn from_request_parts(
        parts: &mut Parts,
        desk: &Arc<Desk>,
    ) -> Result<Self, Self::Rejection> {
        let Some(person) = parts.extensions.get::<Person>().cloned() else {
            return Err(StatusCode::FORBIDDEN.into_response());
        };
        let asked = Query::<Asked>::try_from_uri(&parts.uri).map(|Query(asked)| asked);
        Ok(Self {
            desk: Arc::clone(desk),
            person,
            asked: asked.unwrap_or_default(),
            headers: parts.headers.clone(),
        })
    }
}

/// Lets through only those whose roles give a right.
pub(super) async fn needs(
    State((desk, right)): State<(Arc<Desk>, Right)>,
    request: Request,
    next: Next,
) -> Response {
    let (mut parts, body) = request.into_parts();
    let visit = match Visit::from_request_parts(&mut parts, &desk).await {
        Ok(visit) => visit,
        Err(refused) => return refused,
    };
    if visit.person.may(right) {
        return next.run(Request::from_parts(parts, body)).await;
    }
    let page = visit.page("/ops/");
    let text = page.say(
        "Ditt konto har inte den rollen som det kräver.",
        "Your account lacks the role that this needs.",
    );
    let text = text.to_owned();
    Nothing::send(StatusCode::FORBIDDEN, page, text).unwrap_or_else(PageError::into_response)
}

/// What is answered where nothing is.
pub(super) async fn nowhere(visit: Visit) -> Result<Response, PageError> {
    let page = visit.page("/ops/");
    let text = page.say("Den sidan finns inte.", "There is no such page.").to_owned();
    Nothing::send(StatusCode::NOT_FOUND, page, text)
}
