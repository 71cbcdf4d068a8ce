//! `/ops/notices/{reference}/copy`: the copy of a confirmation for the person whom an eviction concerns. Looking at the letter and approving it are two
//! steps, and what is approved is what was looked at; or it is put on record how the copy was sent otherwise.
//!
//! Each look is journalled before the letter is shown. An approval says that identity and address are right and where protection was asked; that is
//! journalled before the letters are on their way.

use crate::domain::reference::Reference;
use crate::operations::PageError;
use crate::operations::act;
use crate::operations::chrome::Chrome;
use crate::operations::copies;
use crate::operations::letters::Draft;
use crate::operations::letters::NoLetter;
use crate::operations::letters::NotApproved;
use crate::operations::protected;
use crate::operations::rows::Status;
use crate::operations::said;
use crate::operations::unmask;
use crate::operations::unmask::Asking;
use crate::operations::visit::Visit;
use crate::operations::words;
use crate::store::AcknowledgementRow;
use crate::store::Action;
use crate::store::CopyChange;
use crate::store::LetterLook;
use askama::Template;
use axum::extract::Form;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::IntoResponse as _;
use axum::response::Redirect;
use axum::response::Response;
use serde::Deserialize;

/// Where protection was asked: code, Swedish, English.
const SOURCES: [(&str, &str, &str); 3] = [
    ("register", "Folkbokföringen (Navet eller motsvarande)", "The population register"),
    ("caseSystem", "Verksamhetssystemet", "The case system"),
    ("taxAgency", "Skatteverket, per telefon", "Skatteverket, by telephone"),
];

#[derive(Template)]
#[template(path = "copy.html", config = "src/operations/templates/askama.toml")]
struct Page {
    page: Chrome,
    said: Option<(&'static str, String)>,
    reference: String,
    link: String,
    base: String,
    due: String,
    late: bool,
    status: Status,
    way: String,
    open: bool,
    /// A letter that offers help: no statute asks for it.
    offer: bool,
    letters: Vec<LetterLine>,
    none: Option<String>,
    has_way: bool,
    reasons: Vec<(&'static str, String)>,
    sources: Vec<(&'static str, String)>,
}

/// One letter.
struct LetterLine {
    number: usize,
    link: String,
    /// Whether this person has seen it as it is now.
    seen: bool,
}

/// What an approval says.
#[derive(Deserialize)]
pub(super) struct Approval {
    #[serde(default)]
    identity: String,
    #[serde(default)]
    address: String,
    #[serde(default)]
    protection: String,
    #[serde(default)]
    asked: String,
}

/// How a copy was sent.
#[derive(Deserialize)]
pub(super) struct Sending {
    #[serde(default)]
    pub(super) reason: String,
}

/// The page.
pub(super) async fn page(
    visit: Visit,
    Path(reference): Path<String>,
) -> Result<Response, PageError> {
    let Some((known, row)) = visit.notice(&reference).await? else {
        return visit.no_such_notice();
    };
    if unmask::is_restricted(&visit, &[&row]).await? {
        return unmask::restricted(&visit);
    }
    if unmask::concerns_protected(&visit, &[&row]).await? {
        protected::note(&visit, &known).await?;
    }
    let all = visit.desk.store.acknowledgements_of(&row.message).await?;
    let Some(copy) = copies::latest(&all, &known) else { return visit.no_such_notice() };
    let page = visit.page(format!("/ops/notices/{known}/copy"));
    let open = matches!(copy.state.as_str(), "pending" | "retrying" | "failed" | "bounced");
    let waits = waits(copy);
    let (mut letters, mut none, mut has_way) = (Vec::new(), None, false);
    if waits {
        match draft(&visit, &known).await? {
            Ok((draft, seen)) => {
                has_way = draft.has_way;
                letters =
                    seen.into_iter().zip(1..).map(|it| letter_line(&page, &known, it)).collect();
            }
            Err(why) => none = Some(why.words(&page)),
        }
    }
    let pairs = SOURCES.iter().map(|(code, sv, en)| (*code, page.say(sv, en).to_owned()));
    let view = Page {
        said: visit.asked.said.as_deref().and_then(|said| said::of_notice(&page, said)),
        link: page.link(&format!("/ops/notices/{known}")),
        base: format!("/ops/notices/{known}/copy"),
        due: page.minutes(copy.due_at),
        late: open && page.now() > copy.due_at,
        status: Status::of(&page, &copy.state),
        way: words::other(&page, &copy.way),
        open,
        offer: copy.purpose == "offer",
        letters,
        none,
        has_way,
        reasons: unmask::reasons(&page),
        sources: pairs.collect(),
        reference: known.to_string(),
        page,
    };
    Chrome::send(StatusCode::OK, &view)
}

/// Whether a person can send it: nothing was made of it, or no way could deliver it.
fn waits(copy: &AcknowledgementRow) -> bool {
    match copy.state.as_str() {
        "failed" | "bounced" => true,
        state => state == "pending" && copy.way == "outstanding",
    }
}

fn letter_line(page: &Chrome, known: &Reference, (seen, number): (bool, usize)) -> LetterLine {
    let link = page.link(&format!("/ops/notices/{known}/copy/letter/{number}"));
    LetterLine { number, link, seen }
}

impl Page {
    /// Where a form leads.
    fn to(&self, verb: &str) -> String {
        self.page.link(&format!("{}/{verb}", self.base))
    }

    fn all_seen(&self) -> bool {
        !self.letters.is_empty() && self.letters.iter().all(|letter| letter.seen)
    }
}

/// The letters as they are now, and which of them this person has seen; or why there is none.
async fn draft(
    visit: &Visit,
    known: &Reference,
) -> Result<Result<(Draft, Vec<bool>), NoLetter>, PageError> {
    let draft = match visit.desk.letters.draft(known).await {
        Ok(draft) => draft,
        Err(NoLetter::Store(error)) => return Err(error.into()),
        Err(why) => return Ok(Err(why)),
    };
    let seen = visit.desk.store.letters_seen(known, &visit.person.actor()).await?;
    let digests = draft.digests().into_iter();
    let seen = digests.map(|digest| seen.contains(&digest.to_string())).collect();
    Ok(Ok((draft, seen)))
}

/// One letter, opened by the browser. The look is committed before anything is shown.
pub(super) async fn letter(
    visit: Visit,
    Path((reference, number)): Path<(String, usize)>,
    Form(asking): Form<Asking>,
) -> Result<Response, PageError> {
    let Some((known, row)) = visit.notice(&reference).await? else {
        return visit.no_such_notice();
    };
    if unmask::is_restricted(&visit, &[&row]).await? {
        return unmask::restricted(&visit);
    }
    let Some((why, words)) = unmask::told_why(&asking) else {
        return Ok(back(&visit, &known, "whyMissing"));
    };
    let Ok((draft, _)) = draft(&visit, &known).await? else {
        return Ok(back(&visit, &known, "refused"));
    };
    let at = number.checked_sub(1);
    let pdf = at.and_then(|at| draft.letters.get(at).cloned());
    let digest = at.and_then(|at| draft.digests().get(at).copied());
    let (Some(pdf), Some(digest)) = (pdf, digest) else { return visit.no_such_notice() };
    let (reference, actor) = (known.clone(), visit.person.actor());
    let look = LetterLook::Seen { reference, actor, digest, why, words };
    if visit.desk.store.act(Action::Letter(look)).await?.is_err() {
        return Ok(back(&visit, &known, "refused"));
    }
    Ok(shown(&known, number, pdf))
}

/// A PDF under a name of ours; nothing else may be made of it.
fn shown(known: &Reference, number: usize, pdf: Vec<u8>) -> Response {
    let name = format!("inline; filename=\"kopia-{known}.{number}.pdf\"");
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    (headers, pdf).into_response()
}

/// Sends the letters on their way: only those that this person has seen as they are.
pub(super) async fn approve(
    visit: Visit,
    Path(reference): Path<String>,
    Form(approval): Form<Approval>,
) -> Result<Response, PageError> {
    let Some((known, row)) = visit.notice(&reference).await? else {
        return visit.no_such_notice();
    };
    if unmask::is_restricted(&visit, &[&row]).await? {
        return unmask::restricted(&visit);
    }
    let checks = [&approval.identity, &approval.address, &approval.protection];
    let source = SOURCES.iter().find(|(code, _, _)| *code == approval.asked);
    let Some((asked, _, _)) = source.filter(|_| checks.iter().all(|check| *check == "yes")) else {
        return Ok(back(&visit, &known, "notChecked"));
    };
    let Ok((draft, seen)) = draft(&visit, &known).await? else {
        return Ok(back(&visit, &known, "refused"));
    };
    if seen.is_empty() || !seen.iter().all(|seen| *seen) {
        return Ok(back(&visit, &known, "notSeen"));
    }
    if !draft.has_way {
        return Ok(back(&visit, &known, "noWay"));
    }
    let (reference, actor) = (known.clone(), visit.person.actor());
    let all = visit.desk.store.acknowledgements_of(&row.message).await?;
    if copies::latest(&all, &known).is_none_or(|copy| !waits(copy)) {
        return Ok(back(&visit, &known, "refused"));
    }
    let checked =
        LetterLook::Checked { reference, actor: actor.clone(), asked: (*asked).to_owned() };
    drop(visit.desk.store.act(Action::Letter(checked)).await?);
    let said = match visit.desk.letters.approve(&known, &actor, &draft.digests()).await {
        Ok(()) => "approved",
        Err(NotApproved::NotSeen) => "notSeen",
        Err(NotApproved::NoWay) => "noWay",
        Err(NotApproved::Refused) => "refused",
        Err(NotApproved::Letter(NoLetter::Store(error))) => return Err(error.into()),
        Err(NotApproved::Letter(_)) => "refused",
    };
    Ok(back(&visit, &known, said))
}

/// Puts on record how the copy was sent otherwise.
pub(super) async fn sent(
    visit: Visit,
    Path(reference): Path<String>,
    Form(sending): Form<Sending>,
) -> Result<Response, PageError> {
    let Some((known, row)) = visit.notice(&reference).await? else {
        return visit.no_such_notice();
    };
    if unmask::is_restricted(&visit, &[&row]).await? {
        return unmask::restricted(&visit);
    }
    let how = act::reason(&sending.reason);
    if how.is_empty() {
        return Ok(back(&visit, &known, "reasonMissing"));
    }
    let (reference, actor) = (known.clone(), visit.person.actor());
    let change = CopyChange::ByHand { reference, actor, how };
    let done = visit.desk.store.act(Action::Copy(change)).await?;
    Ok(back(&visit, &known, if done.is_ok() { "copySent" } else { "refused" }))
}

pub(super) fn back(visit: &Visit, known: &Reference, said: &str) -> Response {
    let page = visit.page("/ops/");
    Redirect::to(&page.link(&format!("/ops/notices/{known}/copy?said={said}"))).into_response()
}
