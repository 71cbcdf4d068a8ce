//! Search: a reference leads to its notice; a person's number, compared by its keyed hash, leads to an address that tells nothing and
//! holds for a few minutes, for the one who searched.

use crate::domain::masked::Masked;
use crate::domain::person_id::PersonIdentity;
use crate::domain::reference::Reference;
use crate::operations::PageError;
use crate::operations::chrome::Chrome;
use crate::operations::list::Nothing;
use crate::operations::rows::Sibling;
use crate::operations::visit::Visit;
use crate::store::AccountAction;
use crate::store::Action;
use askama::Template;
use axum::Extension;
use axum::extract::Form;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use axum::response::Redirect;
use axum::response::Response;
use jiff::SignedDuration;
use jiff::Timestamp;
use serde::Deserialize;
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;

/// How long an address of findings holds, and how many are held.
const HOLDS: SignedDuration = SignedDuration::from_mins(10);
const MOST: usize = 500;

/// What was searched for.
#[derive(Deserialize)]
pub(super) struct Search {
    #[serde(default)]
    terms: Masked,
}

/// What searches by number found, in this process alone.
#[derive(Debug, Default)]
pub(super) struct Findings(Mutex<VecDeque<Finding>>);

#[derive(Clone, Debug)]
struct Finding {
    token: String,
    actor: String,
    until: Timestamp,
    references: Vec<String>,
}

#[derive(Template)]
#[template(path = "found.html", config = "src/operations/templates/askama.toml")]
struct Page {
    page: Chrome,
    count: usize,
    notices: Vec<Sibling>,
}

/// Leads to what was searched for. What was typed goes nowhere: only a reference that exists, or a drawn word, comes into an address.
pub(super) async fn search(
    visit: Visit,
    Extension(findings): Extension<Arc<Findings>>,
    Form(search): Form<Search>,
) -> Result<Response, PageError> {
    let page = visit.page("/ops/");
    let terms = search.terms.reveal();
    if let Some(reference) = Reference::parse(terms) {
        if visit.message(&reference).await?.is_some() {
            let link = page.link(&format!("/ops/notices/{reference}"));
            return Ok(Redirect::to(&link).into_response());
        }
        let text = page.say(
            "Det finns ingen underrättelse med den referensen.",
            "There is no notice with this reference.",
        );
        let text = text.to_owned();
        return Nothing::send(StatusCode::NOT_FOUND, page, text);
    }
    let today = visit.desk.local_time.day_of(visit.now());
    let (identity, fault) = PersonIdentity::read(terms, today);
    let (Some(digits), None) = (identity.digits12(), fault) else {
        let text = page.say(
            "Det där är varken en referens, ett personnummer eller ett samordningsnummer. Kontrollera att alla tecken är rätt.",
            "This is neither a reference nor a personal identity number or coordination number. Check for a mistyped character.",
        );
        let text = text.to_owned();
        return Nothing::send(StatusCode::NOT_FOUND, page, text);
    };
    let references = visit.desk.store.by_identity(digits, visit.person.boards()).await?;
    let action = AccountAction::Search { by: "personIdentity", found: references.len() };
    let actor = visit.person.actor();
    drop(visit.desk.store.act(Action::Account { actor: actor.clone(), action }).await?);
    let token = uuid::Uuid::new_v4().simple().to_string();
    let link = page.link(&format!("/ops/found/{token}"));
    let now = visit.now();
    let until = now.saturating_add(HOLDS).unwrap_or(now);
    findings.keep(Finding { token, actor, until, references }, now);
    Ok(Redirect::to(&link).into_response())
}

/// What a search by number found.
pub(super) async fn page(
    visit: Visit,
    Extension(findings): Extension<Arc<Findings>>,
    Path(token): Path<String>,
) -> Result<Response, PageError> {
    let Some(finding) = findings.of(&token, &visit.person.actor(), visit.now()) else {
        let page = visit.page("/ops/");
        let text = page
            .say("Sökningen gäller inte längre. Sök igen.", "This search is over. Search again.");
        let text = text.to_owned();
        return Nothing::send(StatusCode::NOT_FOUND, page, text);
    };
    let page = visit.page(format!("/ops/found/{}", finding.token));
    let mut notices = Vec::new();
    for reference in finding.references.iter().filter_map(|text| Reference::parse(text)) {
        let found = visit.message(&reference).await?;
        let rows = found.into_iter().flat_map(|found| found.notices);
        let row = rows.filter(|row| row.reference == reference.as_str());
        notices.extend(row.map(|row| Sibling::of(&page, &row)));
    }
    let count = notices.len();
    Chrome::send(StatusCode::OK, &Page { page, count, notices })
}

impl Findings {
    fn keep(&self, finding: Finding, now: Timestamp) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.retain(|old| old.until > now);
        if held.len() >= MOST {
            held.pop_front();
        }
        held.push_back(finding);
    }

    fn of(&self, token: &str, actor: &str, now: Timestamp) -> Option<Finding> {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mine = |finding: &&Finding| {
            finding.token == token && finding.actor == actor && finding.until > now
        };
        held.iter().find(mine).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::Finding;
    use super::Findings;
    use jiff::Timestamp;

    #[test]
    fn an_address_of_findings_holds_for_its_own_person_and_a_while() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let finding = Finding {
            token: "t".to_owned(),
            actor: "user:anna".to_owned(),
            until: at(600),
            references: vec!["AVH-7K4M-2QX6".to_owned()],
        };
        let findings = Findings::default();
        findings.keep(finding, at(0));
        assert!(findings.of("t", "user:anna", at(599)).is_some());
        assert!(findings.of("t", "user:anna", at(600)).is_none());
        assert!(findings.of("t", "user:bo", at(1)).is_none());
        assert!(findings.of("u", "user:anna", at(1)).is_none());
    }
}
