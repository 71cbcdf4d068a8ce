//! A confirmation to Kronofogden as a page shows it: when it is due, why it waits, what to do next, and who may be named.

use crate::domain::acknowledgement::AcknowledgementState;
use crate::domain::notice::Notice;
use crate::domain::reference::Reference;
use crate::domain::standing::DRY_RUN;
use crate::domain::standing::HELD;
use crate::domain::standing::WAY_OFF;
use crate::operations::chrome::Chrome;
use crate::operations::roster::bounds;
use crate::operations::rows::Status;
use crate::operations::visit::Visit;
use crate::operations::words;
use crate::store::AcknowledgementRow;
use crate::store::Awaiting;
use jiff::Timestamp;

/// What stands for a value that is not shown.
const HIDDEN: &str = "•••";

/// What is known of one confirmation.
pub(super) struct Facts<'a> {
    pub(super) reference: &'a Reference,
    pub(super) notice: &'a Notice,
    pub(super) unit: &'a str,
    pub(super) received_at: Timestamp,
    pub(super) due_at: Timestamp,
    pub(super) state: AcknowledgementState,
    pub(super) reason: Option<&'a str>,
    /// The name of who is named, if somebody is.
    pub(super) named: Option<&'a str>,
}

/// One line of the list, and the part of a notice's page about Kronofogden.
#[derive(Clone, Debug)]
pub(super) struct Owed {
    pub(super) reference: String,
    pub(super) link: String,
    pub(super) arrived: String,
    pub(super) arrived_iso: String,
    pub(super) due: String,
    pub(super) due_iso: String,
    /// The day it was due has passed.
    pub(super) late: bool,
    pub(super) number: String,
    pub(super) starts: String,
    pub(super) unit: String,
    pub(super) status: Status,
    pub(super) why: String,
    pub(super) next: String,
    pub(super) named: Option<String>,
    /// Whether Kronofogden has not got it.
    pub(super) open: bool,
    /// Forms, for those who may use them.
    pub(super) forms: Option<Forms>,
}

/// Where the forms of one confirmation lead.
#[derive(Clone, Debug)]
pub(super) struct Forms {
    pub(super) name_link: String,
    pub(super) told_link: String,
    /// Ids and names of those who can be named.
    pub(super) persons: Vec<(String, String)>,
    /// To which page they come back.
    pub(super) back: &'static str,
}

impl Owed {
    /// A confirmation in words; `bare` shows Kronofogden's number of the case.
    pub(super) fn of(visit: &Visit, page: &Chrome, facts: &Facts<'_>, bare: bool) -> Self {
        let enforcement = facts.notice.enforcement.as_ref();
        let number = enforcement.and_then(|it| it.case_number.as_ref());
        let number = number.map(|number| if bare { number.reveal() } else { HIDDEN }.to_owned());
        let open = is_open(facts.state);
        Self {
            reference: facts.reference.to_string(),
            link: page.link(&format!("/ops/notices/{}", facts.reference)),
            arrived: page.clock(facts.received_at),
            arrived_iso: facts.received_at.to_string(),
            due: page.clock(facts.due_at),
            due_iso: facts.due_at.to_string(),
            late: open && page.now() > facts.due_at,
            number: number.unwrap_or_else(|| "–".to_owned()),
            starts: enforcement
                .and_then(|it| it.starts_at)
                .map_or_else(|| "–".to_owned(), |at| starts(page, &at.to_string())),
            unit: visit.desk.unit_name(facts.unit),
            status: Status::of(page, facts.state.as_str()),
            why: facts.reason.map(|code| words::other(page, code)).unwrap_or_default(),
            next: if open { next(page, facts.state, facts.reason) } else { String::new() },
            named: facts.named.map(str::to_owned).filter(|_| page.may_handle()),
            open,
            forms: None,
        }
    }

    /// The line of one that waits.
    pub(super) fn waiting(visit: &Visit, page: &Chrome, row: &Awaiting, bare: bool) -> Self {
        let facts = Facts {
            reference: &row.reference,
            notice: &row.notice,
            unit: &row.unit,
            received_at: row.received_at,
            due_at: row.due_at,
            state: row.state,
            reason: row.why(page.now()),
            named: row.caseworker.as_ref().map(|named| named.name.as_str()),
        };
        Self::of(visit, page, &facts, bare)
    }

    /// The same with its forms, for those who may use them.
    pub(super) fn with_forms(mut self, visit: &Visit, page: &Chrome, back: &'static str) -> Self {
        self.forms = page.may_handle().then(|| Forms {
            name_link: page.link(&format!("/ops/notices/{}/name", self.reference)),
            told_link: page.link(&format!("/ops/notices/{}/confirmed", self.reference)),
            persons: bounds::persons(visit),
            back,
        });
        self
    }
}

/// Whether Kronofogden has not got it.
fn is_open(state: AcknowledgementState) -> bool {
    match state {
        AcknowledgementState::Pending
        | AcknowledgementState::Retrying
        | AcknowledgementState::Failed
        | AcknowledgementState::Bounced => true,
        AcknowledgementState::Sent | AcknowledgementState::Suppressed => false,
    }
}

/// What came of a call to Kronofogden's system that it answered: the call itself names no caseworker.
pub(super) fn called(page: &Chrome, row: &AcknowledgementRow) -> Option<String> {
    let called = row.purpose == "confirmation" && row.way == "webhook" && row.state == "sent";
    called.then(|| match row.fetched_at {
        Some(at) => {
            format!("{} {}", page.say("anropad; hämtad", "called; fetched"), page.seconds(at))
        }
        None => page.say("anropad; inte hämtad än", "called; not fetched yet").to_owned(),
    })
}

/// When the eviction begins, as the wall clock shows it: local day and time, or the day alone.
fn starts(page: &Chrome, written: &str) -> String {
    written.parse::<Timestamp>().map_or_else(|_| written.to_owned(), |at| page.minutes(at))
}

/// What a person does now.
fn next(page: &Chrome, state: AcknowledgementState, reason: Option<&str>) -> String {
    let (swedish, english) = match (reason, state) {
        (Some("noCaseworker"), _) => (
            "Ange en handläggare, eller fyll i jourlistan: den går då av sig själv.",
            "Name a caseworker, or fill the roster: it then goes by itself.",
        ),
        (Some("noWay"), _) => (
            "Bekräfta på annat sätt i dag och anteckna hur; kvittens check säger vad som är fel med vägen.",
            "Confirm another way today and put on record how; kvittens check tells what is wrong with the way.",
        ),
        (Some(HELD), _) => (
            "En person håller den till en bestämd tid i dag; då går den av sig själv. Släpp den tidigare: kvittens hold NUMMER --release.",
            "A person holds it until a set hour of today; it then goes by itself. Let it go sooner: kvittens hold REFERENCE --release.",
        ),
        (Some(WAY_OFF), _) => (
            "Vägen är avstängd. Slå på den (kvittens way): då går den av sig själv. Annars: bekräfta på annat sätt i dag och anteckna hur.",
            "Its way is off. Turn it on (kvittens way): it then goes by itself. Else: confirm another way today and put on record how.",
        ),
        (Some(DRY_RUN), _) => (
            "Vägen provkörs: ingenting är skickat. Slå på den (kvittens way) och skicka igen (kvittens retry --acknowledgements), eller bekräfta på annat sätt i dag och anteckna hur.",
            "Its way is in a dry run: nothing was sent. Turn it on (kvittens way) and send it again (kvittens retry --acknowledgements), or confirm another way today and put on record how.",
        ),
        (_, AcknowledgementState::Failed | AcknowledgementState::Bounced) => (
            "Vägen har misslyckats. Bekräfta på annat sätt i dag och anteckna hur.",
            "The way has failed. Confirm another way today and put on record how.",
        ),
        (_, AcknowledgementState::Retrying) => (
            "Försöks igen av sig själv. Går den inte i tid: bekräfta på annat sätt och anteckna hur.",
            "It is tried again by itself. If it does not go in time: confirm another way and put on record how.",
        ),
        (
            _,
            AcknowledgementState::Pending
            | AcknowledgementState::Sent
            | AcknowledgementState::Suppressed,
        ) => ("Den är på väg.", "It is on its way."),
    };
    page.say(swedish, english).to_owned()
}
