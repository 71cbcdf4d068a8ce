//! `/ops/notices`: the list behind a number, made from the same condition as the number.

use crate::domain::delivery::DeliveryState;
use crate::operations::Desk;
use crate::operations::PageError;
use crate::operations::chrome::Asked;
use crate::operations::chrome::Chrome;
use crate::operations::rows::NoticeLine;
use crate::operations::words;
use crate::store::Watch;
use crate::store::Watched;
use askama::Template;
use axum::extract::Query;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::StatusCode;
use axum::response::Response;
use std::sync::Arc;

/// How many lines a list shows.
pub(super) const LINES: i64 = 200;

/// A message in place of a page: no such list, no such notice.
#[derive(Template)]
#[template(path = "nothing.html", config = "src/operations/templates/askama.toml")]
pub(super) struct Nothing {
    pub(super) page: Chrome,
    pub(super) text: String,
}

#[derive(Template)]
#[template(path = "list.html", config = "src/operations/templates/askama.toml")]
struct List {
    page: Chrome,
    heading: String,
    unit: Option<String>,
    count: i64,
    lines: Vec<NoticeLine>,
}

/// The list that `?state=` names.
pub(super) async fn page(
    State(desk): State<Arc<Desk>>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let now = desk.store.clock().now();
    let word = asked.state.clone().unwrap_or_default();
    let what = watched(&word);
    let unit = asked.unit.clone().filter(|id| desk.profile.units.iter().any(|unit| unit.id == *id));
    let here = match (&what, &unit) {
        (None, _) => "/ops/notices".to_owned(),
        (Some(_), None) => format!("/ops/notices?state={word}"),
        (Some(_), Some(unit)) => format!("/ops/notices?state={word}&unit={unit}"),
    };
    let page = Chrome::new(&asked, &headers, (now, &desk.local_time), here);
    let (Some(what), true) = (what, unit.is_some() == asked.unit.is_some()) else {
        let text = page.say("Den listan finns inte.", "There is no such list.").to_owned();
        return Chrome::send(StatusCode::NOT_FOUND, &Nothing { page, text });
    };
    let heading = heading(&page, &what);
    let day_start = desk.local_time.start_of(desk.local_time.day_of(now));
    let watch = Watch { what, unit: unit.clone(), day_start };
    let count = desk.store.count_watched(&watch).await?;
    let notices = desk.store.list_watched(&watch, LINES).await?;
    let lines = notices.into_iter().map(|notice| NoticeLine::of(&desk, &page, notice)).collect();
    let unit = unit.map(|id| desk.unit_name(&id));
    Chrome::send(StatusCode::OK, &List { page, heading, unit, count, lines })
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
