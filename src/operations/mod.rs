//! For the people who watch: pages, actions, figures.
//!
//! Nothing personal is shown: names, numbers and addresses are masked, and no address of a page holds more than a reference. Until
//! accounts are built the pages are open in the demo only, which listens on this machine alone.

mod act;
mod chrome;
mod fields;
mod front;
mod guard;
mod list;
mod notice;
mod rows;
mod words;

use crate::domain::calendar::LocalTime;
use crate::routing::profile::Profile;
use crate::store::JobKind;
use crate::store::Store;
use crate::store::StoreError;
use axum::Router;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Response;
use axum::routing::get;
use axum::routing::post;
use std::sync::Arc;

/// What the pages work with.
#[derive(Clone, Debug)]
pub struct Desk {
    /// What is looked at and acted on.
    pub store: Store,
    /// The municipality's boards and units.
    pub profile: Profile,
    /// Its days.
    pub local_time: LocalTime,
    /// The job that moves a notice that is tried again.
    pub job: JobKind,
    /// Who acts, as the journal says it.
    pub actor: String,
}

impl Desk {
    fn unit_name(&self, id: &str) -> String {
        let unit = self.profile.units.iter().find(|unit| unit.id == id);
        unit.map_or_else(|| id.to_owned(), |unit| unit.name.clone())
    }

    fn board_name(&self, id: &str) -> String {
        self.profile.board(id).map_or_else(|| id.to_owned(), |board| board.name.clone())
    }
}

/// `/ops/` outside the demo: closed until accounts are built.
pub fn closed() -> Router {
    Router::new().route("/ops/", get(no_accounts)).route("/ops/{*rest}", get(no_accounts))
}

/// The pages without a login, for callers on this machine only.
pub fn demo_pages(desk: Desk) -> Router {
    Router::new()
        .route("/ops/", get(front::page))
        .route("/ops/notices", get(list::page))
        .route("/ops/notices/{reference}", get(notice::page))
        .route("/ops/notices/{reference}/retry", post(act::retry))
        .route("/ops/notices/{reference}/dismiss", post(act::dismiss))
        .route("/ops/search", post(act::search))
        .route("/ops/style.css", get(style))
        .layer(axum::middleware::from_fn(guard::attend))
        .with_state(Arc::new(desk))
}

async fn style() -> Response {
    let css = include_str!("templates/style.css");
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], css).into_response()
}

async fn no_accounts() -> Response {
    let text = "The operations pages need accounts, which are not built yet in this version. Use the commands \
                `kvittens notices`, `show`, `retry` and `dismiss` on the server.\n\nDriftsidorna kräver konton, som inte \
                finns i den här versionen ännu. Använd kommandona på servern.\n";
    (StatusCode::FORBIDDEN, text).into_response()
}

/// Why a page could not be made.
#[derive(Debug, thiserror::Error)]
enum PageError {
    #[error("cannot read what the page shows")]
    Store(#[from] StoreError),
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
