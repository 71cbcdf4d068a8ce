//! `/ops/notices/{reference}`: one notice with both tracks, its history and where it goes. What was read of it is masked.

use crate::domain::assignment::Assignment;
use crate::domain::finding::Finding;
use crate::domain::reference::Reference;
use crate::operations::Desk;
use crate::operations::PageError;
use crate::operations::chrome::Chrome;
use crate::operations::fields;
use crate::operations::fields::Field;
use crate::operations::related::Related;
use crate::operations::rows::Sibling;
use crate::operations::rows::Status;
use crate::operations::sender::SenderLine;
use crate::operations::timeline;
use crate::operations::timeline::Entry;
use crate::operations::unmask;
use crate::operations::visit::Found;
use crate::operations::visit::Visit;
use crate::operations::words;
use crate::store::AcknowledgementRow;
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
    timeline: Vec<Entry>,
    original_link: Option<String>,
    told_link: Option<String>,
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
}

/// One acknowledgement.
struct Told {
    to: String,
    what: String,
    way: String,
    status: Status,
    when: String,
    reason: String,
}

/// One finding.
struct Remark {
    severity: String,
    code: String,
    path: String,
    message: String,
}

/// The page of a notice, or of a message with several.
pub(super) async fn page(
    visit: Visit,
    Path(reference): Path<String>,
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
    let single = rows.len() == 1 && complete;
    let shown = |row: &&NoticeRow| single || row.reference == known.as_str();
    let concerns = |row: &&AcknowledgementRow| {
        row.reference == message.reference || single || row.reference == known.as_str()
    };
    let original = complete && page.may_handle();
    let not_told = page.may_handle() && acknowledgements.iter().any(did_not_arrive);
    let path =
        rows.first().map_or_else(String::new, |row| format!("/ops/notices/{}", row.reference));
    let related = match rows.iter().filter(shown).collect::<Vec<_>>()[..] {
        [notice] => Related::to(&visit, &page, notice).await?,
        _ => Related::default(),
    };
    let view = Page {
        sender: SenderLine::of(&page, &desk.partners, &message),
        related,
        door: words::other(&page, &message.channel),
        board: boards(desk, rows.iter().filter(shown)),
        told_link: not_told.then(|| page.link(&format!("{path}/told"))),
        send_again_link: not_told.then(|| page.link(&format!("{path}/send-again"))),
        arrived: rows.first().map_or(message.stored_at, |row| row.received_at).to_string(),
        said: visit.asked.said.as_deref().and_then(|said| answer(&page, said)),
        notices: rows.iter().filter(shown).map(|row| one(desk, &page, row)).collect(),
        siblings: if single {
            Vec::new()
        } else {
            rows.iter().map(|row| Sibling::of(&page, row)).collect()
        },
        acknowledgements: acknowledgements
            .iter()
            .filter(concerns)
            .map(|row| told(&page, row))
            .collect(),
        timeline: history.iter().filter_map(|row| timeline::entry(&page, row)).collect(),
        original_link: original
            .then(|| page.link(&format!("/ops/notices/{}/original", message.reference))),
        reasons: unmask::reasons(&page),
        message,
        page,
    };
    Chrome::send(StatusCode::OK, &view)
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

/// The boards of the notices that are shown: a message may hold several.
fn boards<'a>(desk: &Desk, rows: impl Iterator<Item = &'a NoticeRow>) -> String {
    let names: BTreeSet<String> = rows.map(|row| desk.board_name(&row.board)).collect();
    names.into_iter().collect::<Vec<_>>().join(", ")
}

/// A receipt that failed or bounced: a person tells the sender, or has it sent again.
fn did_not_arrive(row: &AcknowledgementRow) -> bool {
    row.purpose == "receipt" && matches!(row.state.as_str(), "failed" | "bounced")
}

fn one(desk: &Desk, page: &Chrome, row: &NoticeRow) -> One {
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
        findings: remarks(page, &notice),
        fields: fields::masked(&notice),
    }
}

/// Whether a notice has this finding.
fn has(notice: &Value, code: &str) -> bool {
    let findings = notice["findings"].as_array().into_iter().flatten();
    findings.into_iter().any(|finding| finding["code"] == code)
}

/// Findings quote nothing; a path that does not lead into the notice may name what a sender wrote, and is left out.
fn remarks(page: &Chrome, notice: &Value) -> Vec<Remark> {
    let findings = notice.get("findings").cloned().unwrap_or_default();
    let findings: Vec<Finding> = serde_json::from_value(findings).unwrap_or_default();
    let severity = |finding: &Finding| serde_json::to_value(finding.severity).unwrap_or_default();
    let remark = |finding: Finding| Remark {
        severity: words::other(page, severity(&finding).as_str().unwrap_or_default()),
        path: notice.pointer(&finding.path).map(|_| finding.path.clone()).unwrap_or_default(),
        code: finding.code,
        message: finding.message,
    };
    findings.into_iter().map(remark).collect()
}

fn told(page: &Chrome, row: &AcknowledgementRow) -> Told {
    let due = page.say("senast", "due");
    Told {
        to: words::other(page, &row.recipient),
        what: words::other(page, &row.purpose),
        way: words::other(page, &row.way),
        status: Status::of(page, &row.state),
        when: match row.sent_at {
            Some(at) => page.seconds(at),
            None if row.state == "suppressed" => "–".to_owned(),
            None => format!("{due} {}", page.seconds(row.due_at)),
        },
        reason: row.reason.as_deref().map(|code| words::other(page, code)).unwrap_or_default(),
    }
}

fn answer(page: &Chrome, said: &str) -> Option<(&'static str, String)> {
    let (class, text) = match said {
        "retried" => {
            ("good", page.say("Underrättelsen är på väg igen.", "The notice is on its way again."))
        }
        "readAgain" => {
            ("good", page.say("Dokumenten läses igen.", "The documents are being read again."))
        }
        "sentAgain" => (
            "good",
            page.say("Bekräftelsen är på väg igen.", "The acknowledgement is on its way again."),
        ),
        "notCompared" => (
            "bad",
            page.say(
                "Jämför med originalet och kryssa för att det stämmer; inget gjordes.",
                "Compare with the original and tick that it is right; nothing was done.",
            ),
        ),
        "dismissed" => {
            ("good", page.say("Underrättelsen är avskriven.", "The notice is dismissed."))
        }
        "told" => (
            "good",
            page.say(
                "Det är antecknat att avsändaren fått besked.",
                "It is on record that the sender was told.",
            ),
        ),
        "refused" => (
            "bad",
            page.say(
                "Dess tillstånd tillåter inte det; inget gjordes.",
                "Its state does not allow this; nothing was done.",
            ),
        ),
        "reasonMissing" => {
            ("bad", page.say("Skriv varför; inget gjordes.", "Say why; nothing was done."))
        }
        "whyMissing" => (
            "bad",
            page.say(
                "Ange varför du behöver se uppgifterna; inget visades.",
                "Say why you need to see this; nothing was shown.",
            ),
        ),
        _ => return None,
    };
    Some((class, text.to_owned()))
}
