//! The calls of the contract that are not built yet: they say so (501) and pretend nothing.

use crate::http::problem::Problem;
use crate::http::problem_type::ProblemType;
use crate::http::urls::ROOT;
use axum::Router;
use axum::routing::get;
use axum::routing::post;

/// The routes that answer 501.
pub fn routes() -> Router {
    let mut router = Router::new().route(&format!("{ROOT}/batches"), post(not_built));
    for path in ["/batches/{id}", "/events"] {
        router = router.route(&format!("{ROOT}{path}"), get(not_built));
    }
    router
}

async fn not_built() -> Problem {
    Problem::new(ProblemType::NotBuilt)
}
