//! For the people who watch: pages, actions, figures.
//!
//! Nothing personal is shown unless a person asks for it with a reason, which is journalled first; no address of a page holds more than a
//! reference. Nothing below `/ops/` is answered without a log-in but the door and its colours; what an account may do is decided here, on
//! every request, by its roles and boards. The demo's pages are open, and listen on this machine alone.

pub mod accounts;
mod act;
mod chrome;
mod confirming;
mod copies;
mod copy;
mod corrected;
pub mod correcting;
mod doors;
mod fields;
mod findings;
mod found;
mod front;
mod gate;
mod guard;
pub mod letters;
mod list;
mod login;
mod matter;
mod not_sent;
mod notice;
mod owed;
mod own;
pub mod password;
mod promised;
mod protected;
mod related;
mod report;
mod report_lines;
pub mod roles;
mod roster;
mod rows;
mod said;
mod sender;
mod sessions;
mod timeline;
mod told;
mod unconfirmed;
mod unmask;
mod visit;
mod words;

use crate::domain::calendar::LocalTime;
use crate::operations::chrome::Asked;
use crate::operations::chrome::Chrome;
use crate::operations::correcting::Corrections;
use crate::operations::found::Findings;
use crate::operations::gate::Gate;
use crate::operations::guard::Names;
use crate::operations::letters::Letters;
use crate::operations::roles::Person;
use crate::operations::roles::Right;
use crate::operations::sessions::StoredSessions;
use crate::operations::visit::needs;
use crate::partners::Partners;
use crate::roster::book::Book;
use crate::routing::profile::Profile;
use crate::store::JobKind;
use crate::store::Store;
use crate::store::StoreError;
use axum::Extension;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::HeaderMap;
use axum::http::StatusCode;
use axum::http::header;
use axum::middleware::from_fn_with_state;
use axum::response::IntoResponse;
use axum::response::Redirect;
use axum::response::Response;
use axum::routing::any;
use axum::routing::get;
use axum::routing::post;
use jiff::SignedDuration;
use std::net::IpAddr;
use std::sync::Arc;
use tower_sessions::Expiry;
use tower_sessions::SessionManagerLayer;
use tower_sessions::cookie::SameSite;
use tower_sessions::cookie::time::Duration;
use url::Url;

/// The most bytes of a form.
const FORM_BYTES: usize = 16 * 1024;

/// What the pages work with.
#[derive(Clone, Debug)]
pub struct Desk {
    /// What is looked at and acted on.
    pub store: Store,
    /// The municipality's boards and units.
    pub profile: Profile,
    /// Who is known to send.
    pub partners: Partners,
    /// Its days.
    pub local_time: LocalTime,
    /// The job that moves a notice that is tried again.
    pub job: JobKind,
    /// Who is on duty.
    pub roster: Book,
    /// Who writes letters to persons.
    pub letters: Arc<dyn Letters>,
    /// Who corrects what was read.
    pub corrections: Arc<dyn Corrections>,
}

impl Desk {
    fn unit_name(&self, id: &str) -> String {
        let unit = self.profile.units.iter().find(|unit| unit.id == id);
        unit.map_or_else(|| id.to_owned(), |unit| unit.name.clone())
    }

    fn board_name(&self, id: &str) -> String {
        self.profile.board(id).map_or_else(|| id.to_owned(), |board| board.name.clone())
    }

    fn page(&self, asked: &Asked, headers: &HeaderMap, here: impl Into<String>) -> Chrome {
        Chrome::new(asked, headers, (self.store.clock().now(), &self.local_time), here)
    }
}

/// The rules of the log-in.
#[derive(Clone, Debug)]
pub struct Rules {
    /// How the pages are reached from outside, or the address listened on.
    pub public_url: Option<Url>,
    /// A session unused for so long ends.
    pub idle: SignedDuration,
    /// A session this old ends.
    pub life: SignedDuration,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub proxies: Vec<IpAddr>,
}

/// The pages for those who log in.
pub fn pages(desk: Desk, rules: Rules) -> Router {
    password::warm_up();
    let desk = Arc::new(desk);
    let names = Arc::new(Names::new(rules.public_url));
    let idle = Duration::seconds(rules.idle.as_secs());
    let sessions = SessionManagerLayer::new(StoredSessions(desk.store.clone()))
        .with_name("kvittens_ops")
        .with_path("/ops")
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_secure(names.secure())
        .with_expiry(Expiry::OnInactivity(idle));
    let life = (rules.idle, rules.life);
    let gate = Arc::new(Gate::new(Arc::clone(&desk), life, rules.proxies));
    let inside = rooms(desk)
        .merge(Router::new().route("/ops/logout", post(login::leave)).with_state(Arc::clone(&gate)))
        .layer(from_fn_with_state(Arc::clone(&gate), login::admit));
    Router::new()
        .route("/ops/login", get(login::page).post(login::enter))
        .with_state(gate)
        .merge(inside)
        .layer(sessions)
        .merge(Router::new().route("/ops/style.css", get(style)))
        .layer(DefaultBodyLimit::max(FORM_BYTES))
        .layer(from_fn_with_state(names, guard::attend))
}

/// The pages without a log-in, for callers on this machine only.
pub fn demo_pages(desk: Desk) -> Router {
    rooms(Arc::new(desk))
        .layer(Extension(Person::of_the_demo()))
        .merge(Router::new().route("/ops/style.css", get(style)))
        .layer(DefaultBodyLimit::max(FORM_BYTES))
        .layer(from_fn_with_state(Arc::new(Names::default()), guard::attend))
}

/// Everything behind the door, each with the right it needs.
fn rooms(desk: Arc<Desk>) -> Router {
    let needing = |right: Right, rooms: Router<Arc<Desk>>| {
        rooms.route_layer(from_fn_with_state((Arc::clone(&desk), right), needs))
    };
    let figures = Router::new()
        .route("/ops/", get(front::page))
        .route("/ops/report", get(report::page))
        .route("/ops/report.json", get(report::json))
        .route("/ops/report.csv", get(report::csv))
        .route("/ops/report.xlsx", get(report::xlsx));
    let watch = Router::new()
        .route("/ops/notices", get(list::page))
        .route("/ops/notices/{reference}", get(notice::page))
        .route("/ops/unconfirmed", get(unconfirmed::page))
        .route("/ops/copies", get(copies::page))
        .route("/ops/offers", get(copies::offers))
        .route("/ops/search", post(found::search))
        .route("/ops/found/{token}", get(found::page));
    let handle = Router::new()
        .route("/ops/notices/{reference}/retry", post(act::retry))
        .route("/ops/notices/{reference}/send-again", post(act::send_again))
        .route("/ops/notices/{reference}/dismiss", post(act::dismiss))
        .route("/ops/notices/{reference}/correct", post(correcting::correct))
        .route("/ops/notices/{reference}/told", post(act::told))
        .route("/ops/notices/{reference}/belongs-to", post(matter::link))
        .route("/ops/notices/{reference}/name", post(confirming::name))
        .route("/ops/notices/{reference}/confirmed", post(confirming::told))
        .route("/ops/notices/{reference}/copy", get(copy::page))
        .route("/ops/notices/{reference}/copy/approve", post(copy::approve))
        .route("/ops/notices/{reference}/copy/sent", post(copy::sent))
        .route("/ops/notices/{reference}/copy/not-sent", post(not_sent::page))
        .route("/ops/notices/{reference}/copy/letter/{number}", post(copy::letter))
        .route("/ops/unconfirmed", post(unconfirmed::bare))
        .route("/ops/notices/{reference}/unmask", post(unmask::fields))
        .route("/ops/notices/{reference}/original", post(unmask::original));
    let restricted = Router::new().route("/ops/protected", get(protected::page));
    let on_duty = Router::new().route("/ops/roster", get(roster::page));
    let longer = DefaultBodyLimit::max(roster::FORM_BYTES);
    let edit_roster = Router::new().route("/ops/roster", post(roster::change).layer(longer));
    let administer = Router::new().route("/ops/accounts", get(accounts::page).post(accounts::act));
    needing(Right::Figures, figures)
        .merge(needing(Right::Watch, watch))
        .merge(needing(Right::Handle, handle))
        .merge(needing(Right::Protected, restricted))
        .merge(needing(Right::Administer, administer))
        .merge(needing(Right::Roster, on_duty))
        .merge(needing(Right::EditRoster, edit_roster))
        .route("/ops/password", get(own::page).post(own::set))
        .route("/ops", any(async || Redirect::permanent("/ops/")))
        .route("/ops/{*rest}", any(visit::nowhere))
        .layer(Extension(Arc::new(Findings::default())))
        .with_state(desk)
}

async fn style() -> Response {
    let css = include_str!("templates/style.css");
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], css).into_response()
}

/// Why a page could not be made.
#[derive(Debug, thiserror::Error)]
enum PageError {
    #[error("cannot read what the page shows, or do what was asked")]
    Store(#[from] StoreError),
    #[error("cannot read or write the session")]
    Session(#[from] tower_sessions::session::Error),
    #[error("cannot make a password")]
    Password(#[from] password::PasswordError),
    #[error("cannot write the page")]
    Template(#[from] askama::Error),
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let error: &(dyn std::error::Error + 'static) = &self;
        tracing::warn!(error, "an operations page could not be made");
        StatusCode::SERVICE_UNAVAILABLE.into_response()
    }
}
