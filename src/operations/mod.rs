//! For the people who watch: pages, actions, figures.

use crate::domain::calendar::LocalTime;
use crate::routing::profile::Profile;
use crate::store::JobKind;
use crate::store::Store;
use axum::Router;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use axum::response::Response;

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

/// `/ops/` outside the demo: closed until accounts are built.
pub fn closed() -> Router {
    Router::new()
        .route("/ops/", axum::routing::get(no_accounts))
        .route("/ops/{*rest}", axum::routing::get(no_accounts))
}

/// The pages.
pub fn demo_pages(_desk: Desk) -> Router {
    closed()
}

async fn no_accounts() -> Response {
    let text = "The operations pages need accounts, which are not built yet in this version. Use the commands \
                `kvittens notices`, `show`, `retry` and `dismiss` on the server.\n\nDriftsidorna kräver konton, som inte \
                finns i den här versionen ännu. Använd kommandona på servern.\n";
    (StatusCode::FORBIDDEN, text).into_response()
}
