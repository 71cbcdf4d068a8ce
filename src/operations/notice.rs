//! `/ops/notices/{reference}`: one notice with both tracks, its history and where it goes. What was read of it is masked.

use crate::domain::acknowledgement::AcknowledgementState;
use crate::domain::assignment::Assignment;
use crate::domain::reference::Reference;
use crate::domain::standing::Standing;
use crate::operations::Desk;
use crate::operations::PageError;
use crate::operations::chrome::Chrome;
use crate::operations::copies;
use crate::operations::corrected;
use crate::operations::corrected::Corrected;
use crate::operations::correcting;
use crate::operations::correcting::Offer;
use crate::operations::correcting::Typed;
use crate::operations::fields;
use crate::operations::fields::Field;
use crate::operations::findings;
use crate::operations::findings::Remark;
use crate::operations::owed;
use crate::operations::owed::Owed;
use crate::operations::related::Related;
use crate::operations::rows::Sibling;
use crate::operations::rows::Status;
use crate::operations::said;
use crate::operations::sender::SenderLine;
use crate::operations::timeline;
use crate::operations::timeline::Entry;
use crate::operations::told::Copy;
use crate::operations::told::Told;
use crate::operations::told::copy_of;
use crate::operations::told::told;
use crate::operations::unmask;
use crate::operations::visit::Found;
use crate::operations::visit::Visit;
use crate::operations::words;
use crate::store::AcknowledgementRow;
use crate::store::CorrectionRow;
use crate::store::MessageRow;
use crate::store::NoticeRow;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;
use serde_json::Value;
use std::collections::BTreeSet;

#[derive(Template)]
#[template(path = "notice.html", config = "src/operations/templates/askama.toml")]
struct Page {
    page: Chrome,
    message: MessageRow,
    door: String,
    sender: SenderLine,
    related: Related,
    board: String,
    arrived: String,
    said: Option<(&'static str, String)>,
    notices: Vec<One>,
    siblings: Vec<Sibling>,
    acknowledgements: Vec<Told>,
    owed: Option<Owed>,
    copy: Option<Copy>,
    timeline: Vec<Entry>,
    original_link: Option<String>,
    told_link: Option<String>,
    case_by_hand: bool,
    corrected: Vec<Corrected>,
    send_again_link: Option<String>,
    reasons: Vec<(&'static str, String)>,
}

/// One notice of the message, whole.
struct One {
    reference: String,
    kind: String,
    status: Status,
    unit: String,
    co_units: String,
    assignment: Option<Assignment>,
    routine: String,
    priority: String,
    case_id: Option<String>,
    reason: Option<String>,
    attempts: i64,
    moved: String,
    retry_link: Option<String>,
    dismiss_link: Option<String>,
    unmask_link: Option<String>,
    as_it_is: bool,
    to_compare: bool,
    unread: bool,
    findings: Vec<Remark>,
    fields: Vec<Field>,
    correct: Option<Offer>,
    corrected_open: bool,
}

/// The page of a notice, or of a message with several.
pub(super) async fn page(
    visit: Visit,
    Path(reference): Path<String>,
) -> Result<Response, PageError> {
    show(visit, reference, Typed::default()).await
}

/// The page, with what was typed for a correction.
pub(super) async fn show(
    visit: Visit,
    reference: String,
    typed: Typed,
) -> Result<Response, PageError> {
    let found = match Reference::parse(&reference) {
        Some(known) => visit.message(&known).await?.map(|found| (known, found)),
        None => None,
    };
    let Some((known, Found { message, notices: rows, complete })) = found else {
        return visit.no_such_notice();
    };
    let page = visit.page(format!("/ops/notices/{known}"));
    let desk = &visit.desk;
    let acknowledgements = desk.store.acknowledgements_of(&message.reference).await?;
    let history = desk.store.history_of(known.as_str(), &message.reference).await?;
    let corrections = desk.store.corrections_of(&known).await?;
    let single = rows.len() == 1 && complete;
    let shown = |row: &&NoticeRow| single || row.reference == known.as_str();
    let concerns = |row: &&AcknowledgementRow| {
        row.reference == message.reference || single || row.reference == known.as_str()
    };
    let original = complete && page.may_handle();
    let not_told = page.may_handle() && acknowledgements.iter().any(did_not_arrive);
    let path =
        rows.first().map_or_else(String::new, |row| format!("/ops/notices/{}", row.reference));
    let named = rows.iter().find(|row| row.reference == known.as_str());
    let owed = owed_of(&visit, &page, (&known, named), &acknowledgements).await?;
    let related = related_to(&visit, &page, rows.iter().filter(shown).collect()).await?;
    let hidden = unmask::is_restricted(&visit, &rows.iter().collect::<Vec<_>>()).await?;
    let view = Page {
        sender: SenderLine::of(&page, &desk.partners, &message),
        related,
        owed,
        copy: copies::latest(&acknowledgements, &known)
            .map(|row| copy_of(&page, &known, (row, hidden))),
        door: words::other(&page, &message.channel),
        board: boards(desk, rows.iter().filter(shown)),
        told_link: not_told.then(|| page.link(&format!("{path}/told"))),
        send_again_link: not_told.then(|| page.link(&format!("{path}/send-again"))),
        arrived: rows.first().map_or(message.stored_at, |row| row.received_at).to_string(),
        said: what_is_said(&visit, &page, &typed),
        notices: rows
            .iter()
            .filter(shown)
            .map(|row| one(desk, &page, row, (single || named.is_some(), hidden, &typed)))
            .collect(),
        siblings: rows.iter().filter(|_| !single).map(|row| Sibling::of(&page, row)).collect(),
        acknowledgements: acknowledgements
            .iter()
            .filter(concerns)
            .map(|row| told(&page, row))
            .collect(),
        timeline: history.iter().filter_map(|row| timeline::entry(&page, row)).collect(),
        original_link: original
            .then(|| page.link(&format!("/ops/notices/{}/original", message.reference))),
        reasons: unmask::reasons(&page),
        case_by_hand: corrections.iter().any(CorrectionRow::is_for_hands),
        corrected: named.map(|row| corrected::list(&page, &corrections, row)).unwrap_or_default(),
        message,
        page,
    };
    Chrome::send(typed.said.map_or(StatusCode::OK, |(status, _)| status), &view)
}

/// What belongs to the one notice that is shown; of several shown together, nothing.
async fn related_to(
    visit: &Visit,
    page: &Chrome,
    shown: Vec<&NoticeRow>,
) -> Result<Related, PageError> {
    match shown[..] {
        [notice] => Related::to(visit, page, notice).await,
        _ => Ok(Related::default()),
    }
}

/// What came of a correction that was typed, or of what was done before.
fn what_is_said(visit: &Visit, page: &Chrome, typed: &Typed) -> Option<(&'static str, String)> {
    let corrected = typed.said.map(|(_, said)| said);
    said::of_notice(page, corrected.or(visit.asked.said.as_deref())?)
}

impl Page {
    /// What the page is called: the notice's reference, or the message's.
    fn reference(&self) -> &str {
        self.notices.first().map_or(&self.message.reference, |notice| &notice.reference)
    }

    fn arrived_words(&self) -> String {
        self.arrived.parse().map(|at: Timestamp| self.page.seconds(at)).unwrap_or_default()
    }
}

/// The latest confirmation to Kronofogden.
async fn owed_of(
    visit: &Visit,
    page: &Chrome,
    (known, row): (&Reference, Option<&NoticeRow>),
    all: &[AcknowledgementRow],
) -> Result<Option<Owed>, PageError> {
    let Some(row) = row else { return Ok(None) };
    let mine = all.iter().filter(|ack| ack.reference == known.as_str());
    let mine = mine.filter(|ack| ack.purpose == "confirmation");
    let Some(last) = mine.max_by_key(|ack| ack.version) else { return Ok(None) };
    let (state, notice) =
        (AcknowledgementState::parse(&last.state), serde_json::from_str(&row.notice));
    let (Some(state), Ok(notice)) = (state, notice) else { return Ok(None) };
    let store = &visit.desk.store;
    let named = store.caseworker_of(known).await?;
    let standing = Standing {
        state,
        reason: last.reason.as_deref(),
        held_until: store.held_until(known).await?,
        switch: store.switch_of(&last.way).await?,
    };
    let facts = owed::Facts {
        reference: known,
        notice: &notice,
        unit: &row.unit,
        received_at: row.received_at,
        due_at: last.due_at,
        state,
        reason: standing.why(page.now()),
        named: named.as_ref().map(|named| named.name.as_str()),
    };
    Ok(Some(Owed::of(visit, page, &facts, false).with_forms(visit, page, "notice")))
}

/// The boards of the notices that are shown: a message may hold several.
fn boards<'a>(desk: &Desk, rows: impl Iterator<Item = &'a NoticeRow>) -> String {
    let names: BTreeSet<String> = rows.map(|row| desk.board_name(&row.board)).collect();
    names.into_iter().collect::<Vec<_>>().join(", ")
}

/// A receipt that failed or bounced: a person tells the sender, or has it sent again.
fn did_not_arrive(row: &AcknowledgementRow) -> bool {
    row.purpose == "receipt" && matches!(row.state.as_str(), "failed" | "bounced")
}

fn one(
    desk: &Desk,
    page: &Chrome,
    row: &NoticeRow,
    (known, hidden, typed): (bool, bool, &Typed),
) -> One {
    let notice: Value = serde_json::from_str(&row.notice).unwrap_or_default();
    let assignment: Option<Assignment> = serde_json::from_str(&row.assignment).ok();
    let word = |code: Option<&str>| code.map(|code| words::other(page, code)).unwrap_or_default();
    let co_units = assignment.iter().flat_map(|assignment| &assignment.co_units);
    let act = |verb: &str, states: &[&str]| {
        let path = format!("/ops/notices/{}/{verb}", row.reference);
        let may = page.may_handle() && states.contains(&row.state.as_str());
        may.then(|| page.link(&path))
    };
    let unmask = page.link(&format!("/ops/notices/{}/unmask", row.reference));
    One {
        reference: row.reference.clone(),
        kind: words::kind(page, &row.kind),
        status: Status::of(page, &row.state),
        unit: desk.unit_name(&row.unit),
        co_units: co_units.map(|id| desk.unit_name(id)).collect::<Vec<_>>().join(", "),
        routine: word(assignment.as_ref().map(|assignment| assignment.routine.as_str())),
        priority: word(assignment.as_ref().map(|assignment| assignment.priority.as_str())),
        assignment,
        case_id: row.case_id.clone(),
        reason: row.reason.as_deref().map(|code| words::other(page, code)),
        attempts: row.attempts,
        moved: page.seconds(row.updated_at),
        retry_link: act("retry", &["parked", "retrying", "uncertain", "needsReview", "notNotice"])
            .filter(|_| row.reason.as_deref() != Some("canary")),
        dismiss_link: act("dismiss", &["parked", "retrying", "uncertain", "needsReview", "queued"]),
        unmask_link: page.may_handle().then_some(unmask),
        as_it_is: matches!(row.state.as_str(), "needsReview" | "notNotice"),
        to_compare: row.state == "needsReview",
        unread: row.state == "needsReview" && has(&notice, "document.notRead"),
        findings: findings::remarks(page, &notice),
        fields: fields::masked(&notice),
        correct: correcting::offer(page, row, typed)
            .filter(|_| known && page.may_handle() && !hidden),
        corrected_open: typed.said.is_some(),
    }
}

/// Whether a notice has this finding.
fn has(notice: &Value, code: &str) -> bool {
    let findings = notice["findings"].as_array().into_iter().flatten();
    findings.into_iter().any(|finding| finding["code"] == code)
}
