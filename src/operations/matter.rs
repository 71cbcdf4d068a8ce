//! Where a notice belongs: the earlier one that it supplements, takes back or gives a new time, what it tells otherwise, and what came later. A person puts
//! it right.

use crate::domain::link::FoundBy;
use crate::domain::link::Relation;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeType;
use crate::domain::reference::Reference;
use crate::operations::PageError;
use crate::operations::act;
use crate::operations::chrome::Chrome;
use crate::operations::visit::Visit;
use crate::store::Action;
use crate::store::ActionRefused;
use crate::store::Link;
use crate::store::LinkChange;
use crate::store::NoticeRow;
use axum::extract::Form;
use axum::extract::Path;
use axum::response::Response;
use serde::Deserialize;

/// What a notice's page shows of its matter.
#[derive(Clone, Debug, Default)]
pub(super) struct Matter {
    /// Whether there is anything to show or to do.
    pub(super) shown: bool,
    /// The first notice of the matter.
    pub(super) earlier: Option<Joined>,
    /// What came later.
    pub(super) later: Vec<Joined>,
    /// Where a person says that it belongs elsewhere.
    pub(super) form: Option<String>,
}

/// Another notice of the matter.
#[derive(Clone, Debug)]
pub(super) struct Joined {
    pub(super) reference: String,
    pub(super) link: String,
    pub(super) relation: &'static str,
    pub(super) found_by: &'static str,
    pub(super) case_id: Option<String>,
    /// The fields that the later one tells otherwise or anew, by their paths.
    pub(super) changed: Vec<String>,
}

/// Where a person says that it belongs.
#[derive(Deserialize)]
pub(super) struct Wish {
    #[serde(default)]
    earlier: String,
}

impl Matter {
    /// What is known of this notice's matter, as far as the visitor may see it.
    pub(super) async fn of(
        visit: &Visit,
        page: &Chrome,
        row: &NoticeRow,
    ) -> Result<Self, PageError> {
        let Some(reference) = Reference::parse(&row.reference) else { return Ok(Self::default()) };
        let store = &visit.desk.store;
        let link = store.link_of(&reference).await?;
        let first = link.as_ref().and_then(|link| link.first.clone());
        let earlier = match (&first, &link) {
            (Some(first), Some(link)) if sees(visit, first).await? => {
                Some(joined(page, first, link))
            }
            _ => None,
        };
        let mut later = Vec::new();
        for link in store.linked_to(&reference).await? {
            if sees(visit, &link.notice).await? {
                later.push(joined(page, &link.notice, &link));
            }
        }
        let path = format!("/ops/notices/{reference}/belongs-to");
        let form = page.may_handle().then(|| page.link(&path));
        let shown = earlier.is_some() || !later.is_empty() || form.is_some();
        Ok(Self { shown, earlier, later, form })
    }
}

async fn sees(visit: &Visit, reference: &Reference) -> Result<bool, PageError> {
    Ok(visit.message(reference).await?.is_some())
}

fn joined(page: &Chrome, other: &Reference, link: &Link) -> Joined {
    Joined {
        reference: other.to_string(),
        link: page.link(&format!("/ops/notices/{other}")),
        relation: relation(page, &link.relation),
        found_by: found_by(page, &link.found_by),
        case_id: link.first_case.clone(),
        changed: link.changed.iter().map(|path| path.trim_start_matches('/').to_owned()).collect(),
    }
}

fn relation(page: &Chrome, word: &str) -> &'static str {
    match Relation::parse(word) {
        Some(Relation::Supplement) => page.say("Komplettering av", "Supplement to"),
        Some(Relation::Withdrawal) => page.say("Återkallelse av", "Withdrawal of"),
        Some(Relation::NewTime) => page.say("Ny tid, ersätter den i", "New time, in place of"),
        Some(Relation::NextStep) => page.say("Nästa steg efter", "Next step after"),
        Some(Relation::Changed) => page.say("Ändring av", "Change of"),
        Some(Relation::Executed) => page.say("Genomförd efter", "Carried out after"),
        Some(Relation::Continues) | None => page.say("Fortsättning på", "Continuation of"),
    }
}

fn found_by(page: &Chrome, word: &str) -> &'static str {
    match FoundBy::parse(word) {
        Some(FoundBy::Reference) => {
            page.say("Avsändaren angav vår referens.", "Its sender gave our reference.")
        }
        Some(FoundBy::CaseNumber) => {
            page.say("Samma mål hos Kronofogden.", "The same case at Kronofogden.")
        }
        Some(FoundBy::SenderReference) => {
            page.say("Avsändarens egen referens.", "The sender's own reference.")
        }
        Some(FoundBy::Person) => page.say(
            "Samma avsändare har skrivit om samma person i en sak. Stäm av.",
            "The same sender has written of the same person in one matter. Check it.",
        ),
        Some(FoundBy::ByHand) => page.say("En person har sagt det.", "A person said so."),
        Some(FoundBy::Nothing) | None => "",
    }
}

/// Puts on record where a person says that a notice belongs.
pub(super) async fn link(
    visit: Visit,
    Path(reference): Path<String>,
    Form(wish): Form<Wish>,
) -> Result<Response, PageError> {
    let later = match Reference::parse(&reference) {
        Some(known) => row_of(&visit, &known).await?.map(|row| (known, row)),
        None => None,
    };
    let Some((later, row)) = later else { return visit.no_such_notice() };
    let notice: Notice = serde_json::from_str(&row.notice)
        .unwrap_or_else(|_unreadable| Notice::of(NoticeType::Unknown));
    let actor = visit.person.actor();
    let link = match wish.earlier.trim() {
        "" => {
            let relation = Relation::of(notice.kind, NoticeType::Unknown);
            Some(Link::new(later.clone(), relation, FoundBy::ByHand, actor))
        }
        written => earlier(&visit, (&later, &notice), written, &actor).await?,
    };
    let Some(link) = link else { return Ok(act::back(&visit, later.as_str(), "noSuchEarlier")) };
    let change = LinkChange::ByHand(Box::new(link));
    let said = match visit.desk.store.act(Action::Link(change)).await? {
        Ok(()) => "linked",
        Err(ActionRefused::Unknown) => "noSuchEarlier",
        Err(_refused) => "refused",
    };
    Ok(act::back(&visit, later.as_str(), said))
}

/// The link to an earlier notice that the visitor may see; `None` where there is none of that reference.
async fn earlier(
    visit: &Visit,
    (later, notice): (&Reference, &Notice),
    written: &str,
    actor: &str,
) -> Result<Option<Link>, PageError> {
    let Some(written) = Reference::parse(written) else { return Ok(None) };
    if !sees(visit, &written).await? {
        return Ok(None);
    }
    Ok(visit.desk.store.join_by_hand((later, notice), &written, actor).await?)
}

async fn row_of(visit: &Visit, reference: &Reference) -> Result<Option<NoticeRow>, PageError> {
    let found = visit.message(reference).await?;
    let rows = found.into_iter().flat_map(|found| found.notices);
    Ok(rows.into_iter().find(|row| row.reference == reference.as_str()))
}
