//! For the people who watch: pages, actions, figures.

use axum::Router;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use axum::response::Response;

/// `/ops/` outside the demo: closed until accounts are built.
pub fn closed() -> Router {
    Router::new()
        .route("/ops/", axum::routing::get(no_accounts))
        .route("/ops/{*rest}", axum::routing::get(no_accounts))
}

async fn no_accounts() -> Response {
    let text = "The operations pages need accounts, which are not built yet in this version. Use the commands \
                `kvittens notices`, `show`, `retry` and `dismiss` on the server.\n\nDriftsidorna kräver konton, som inte \
                finns i den här versionen ännu. Använd kommandona på servern.\n";
    (StatusCode::FORBIDDEN, text).into_response()
}
