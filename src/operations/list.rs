//! `/ops/notices`: the list behind a number, made from the same condition as the number.

use crate::domain::delivery::DeliveryState;
use crate::domain::reference::Reference;
use crate::operations::Desk;
use crate::operations::PageError;
use crate::operations::chrome::Chrome;
use crate::operations::rows::NoticeLine;
use crate::operations::visit::Visit;
use crate::operations::words;
use crate::routing::profile::Unit;
use crate::store::Place;
use crate::store::Watch;
use crate::store::Watched;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

/// How many lines a list shows on one page.
pub(super) const LINES: i64 = 100;

/// The doors that a list can be narrowed to.
const DOORS: [&str; 5] = ["api", "folder", "maildir", "mailbox", "sftp"];

/// The lists that stand beside the states.
const LISTS: [&str; 6] =
    ["all", "receivedToday", "acknowledgedToday", "unacknowledged", "outstanding", "notHandedOver"];

/// A message in place of a page: no such list, no such notice.
#[derive(Template)]
#[template(path = "nothing.html", config = "src/operations/templates/askama.toml")]
pub(super) struct Nothing {
    page: Chrome,
    heading: String,
    text: String,
}

impl Nothing {
    /// Sends such a message.
    pub(super) fn send(
        status: StatusCode,
        page: Chrome,
        text: String,
    ) -> Result<Response, PageError> {
        let heading = match status {
            StatusCode::FORBIDDEN => page.say("Inte för ditt konto", "Not for your account"),
            _ => page.say("Finns inte", "Not found"),
        };
        let heading = heading.to_owned();
        Chrome::send(status, &Self { page, heading, text })
    }
}

/// One choice of a filter.
struct Choice {
    value: String,
    words: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "list.html", config = "src/operations/templates/askama.toml")]
struct List {
    page: Chrome,
    heading: String,
    narrowed: String,
    count: i64,
    lines: Vec<NoticeLine>,
    states: Vec<Choice>,
    units: Vec<Choice>,
    doors: Vec<Choice>,
    first: Option<String>,
    older: Option<String>,
}

/// What of a list's address is meant.
struct Meant {
    what: Watched,
    unit: Option<String>,
    channel: Option<String>,
    after: Option<Reference>,
}

/// The list that `?state=` names, narrowed by unit and door, from the newest or on from a notice.
pub(super) async fn page(visit: Visit) -> Result<Response, PageError> {
    let (desk, asked) = (&visit.desk, &visit.asked);
    let Some(meant) = meant(&visit) else { return no_such_list(&visit) };
    let start = match &meant.after {
        Some(after) => desk.store.place_behind(after, visit.person.boards()).await?,
        None => Some(Place::start()),
    };
    let Some(start) = start else { return no_such_list(&visit) };
    let word = asked.state.as_deref().filter(|word| !word.is_empty()).unwrap_or("all");
    let (unit, channel) = (meant.unit.as_deref(), meant.channel.as_deref());
    let here = |after: Option<&str>| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("state", word);
        query.extend_pairs(unit.map(|unit| ("unit", unit)));
        query.extend_pairs(channel.map(|channel| ("channel", channel)));
        query.extend_pairs(after.map(|after| ("after", after)));
        format!("/ops/notices?{}", query.finish())
    };
    let page = visit.page(here(meant.after.as_ref().map(Reference::as_str)));
    let day_start = desk.local_time.start_of(desk.local_time.day_of(visit.now()));
    let mut watch = Watch::new(meant.what.clone(), visit.person.boards().clone(), day_start);
    watch.unit = meant.unit.clone();
    watch.channel = meant.channel.clone();
    let count = desk.store.count_watched(&watch).await?;
    let mut notices = desk.store.list_watched(&watch, &start, LINES + 1).await?;
    let more = notices.len() > usize::try_from(LINES).unwrap_or(usize::MAX);
    notices.truncate(usize::try_from(LINES).unwrap_or(usize::MAX));
    let last = notices.last().map(|notice| notice.reference.clone()).filter(|_| more);
    let list = List {
        heading: heading(&page, &meant.what),
        narrowed: narrowed(desk, &page, &meant),
        count,
        states: states(&page, word),
        units: units(&visit, unit),
        doors: doors(&page, channel),
        first: meant.after.is_some().then(|| page.link(&here(None))),
        older: last.map(|last| page.link(&here(Some(&last)))),
        lines: notices.into_iter().map(|notice| NoticeLine::of(desk, &page, notice)).collect(),
        page,
    };
    Chrome::send(StatusCode::OK, &list)
}

fn no_such_list(visit: &Visit) -> Result<Response, PageError> {
    let page = visit.page("/ops/notices");
    let text = page.say("Den listan finns inte.", "There is no such list.").to_owned();
    Nothing::send(StatusCode::NOT_FOUND, page, text)
}

/// Reads the address; `None` for anything that is no list. An empty choice of the form is none.
fn meant(visit: &Visit) -> Option<Meant> {
    let asked = &visit.asked;
    let given = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    let unit = given(&asked.unit);
    let known = |id: &String| visit.desk.profile.units.iter().any(|unit| unit.id == *id);
    let channel = given(&asked.channel);
    let after = given(&asked.after).map(|after| Reference::parse(&after));
    let fits = unit.as_ref().is_none_or(known)
        && channel.as_ref().is_none_or(|door| DOORS.contains(&door.as_str()));
    let what = watched(asked.state.as_deref().unwrap_or_default())?;
    let after = match after {
        Some(None) => return None,
        Some(after) => after,
        None => None,
    };
    fits.then_some(Meant { what, unit, channel, after })
}

fn narrowed(desk: &Desk, page: &Chrome, meant: &Meant) -> String {
    let unit = meant.unit.as_deref().map(|id| desk.unit_name(id));
    let door = meant.channel.as_deref().map(|door| words::other(page, door));
    unit.into_iter().chain(door).map(|words| format!(", {words}")).collect()
}

fn states(page: &Chrome, chosen: &str) -> Vec<Choice> {
    let states = DeliveryState::ALL.iter().map(|state| state.as_str());
    let choice = |value: &str| Choice {
        words: watched(value).map(|what| heading(page, &what)).unwrap_or_default(),
        chosen: value == chosen,
        value: value.to_owned(),
    };
    LISTS.into_iter().chain(states).map(choice).collect()
}

fn units(visit: &Visit, chosen: Option<&str>) -> Vec<Choice> {
    let mine =
        visit.desk.profile.units.iter().filter(|unit| visit.person.boards().hold(&unit.board));
    let choice = |unit: &Unit| Choice {
        words: unit.name.clone(),
        chosen: chosen == Some(unit.id.as_str()),
        value: unit.id.clone(),
    };
    mine.map(choice).collect()
}

fn doors(page: &Chrome, chosen: Option<&str>) -> Vec<Choice> {
    let choice = |door: &str| Choice {
        words: words::other(page, door),
        chosen: chosen == Some(door),
        value: door.to_owned(),
    };
    DOORS.into_iter().map(choice).collect()
}

/// What the word behind `state=` means; nothing: all.
pub(super) fn watched(word: &str) -> Option<Watched> {
    match word {
        "" | "all" => Some(Watched::All),
        "receivedToday" => Some(Watched::ReceivedToday),
        "acknowledgedToday" => Some(Watched::AcknowledgedToday),
        "unacknowledged" => Some(Watched::Unacknowledged),
        "outstanding" => Some(Watched::Outstanding),
        "notHandedOver" => Some(Watched::NotHandedOver),
        state => DeliveryState::parse(state).map(|state| Watched::State(state.as_str().to_owned())),
    }
}

fn heading(page: &Chrome, what: &Watched) -> String {
    match what {
        Watched::All => page.say("Alla underrättelser", "All notices").to_owned(),
        Watched::ReceivedToday => page.say("Inkomna i dag", "Received today").to_owned(),
        Watched::AcknowledgedToday => page
            .say("Inkomna i dag och bekräftade i tid", "Received today, acknowledged in time")
            .to_owned(),
        Watched::Unacknowledged => {
            page.say("Inte bekräftade ännu", "Not acknowledged yet").to_owned()
        }
        Watched::Outstanding => page
            .say("Lagstadgad bekräftelse återstår", "Statutory confirmation outstanding")
            .to_owned(),
        Watched::NotHandedOver => page.say("Inte överförda", "Not handed over").to_owned(),
        Watched::State(state) => {
            let (lead, words) = (page.say("Tillstånd", "State"), words::state(page, state));
            format!("{lead}: {words}")
        }
    }
}
