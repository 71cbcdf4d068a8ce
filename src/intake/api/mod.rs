//! The HTTP door: a request waits while its message is committed, and its answer is the receipt (Channel Adapter).
//!
//! Nothing is read before the key is known; nothing is taken beyond the limits; nothing is parsed here at all. The bytes go on as
//! they came, and the request is answered when the pipeline settles it. A caller who goes away changes nothing: the message and
//! its settling belong to the door ([`adapter::Waiting`]), not to the connection.

pub mod accepted;
pub mod adapter;
pub mod client;
pub mod config;
mod form;
pub mod later;
pub mod limits;
pub mod post;
pub mod request;

#[cfg(test)]
mod tests;

pub use client::Client;
pub use client::Clients;
pub use client::ClientsUnavailable;
pub use config::Config;

use crate::clock::Clock;
use crate::http::urls::ApiRoot;
use crate::http::urls::ROOT;
use crate::intake::api::adapter::ApiDoor;
use crate::intake::api::limits::Limits;
use crate::intake::api::post::Desk;
use axum::Router;
use axum::routing::post;
use std::sync::Arc;
use tokio::sync::mpsc;

/// The door's name in [`crate::domain::received::SourceKey`].
pub const DOOR: &str = "api";

/// Opens the door: the half for the pipeline and the half for the server. The adapter ends when every clone of the router is gone.
pub fn door(
    config: &Config,
    clients: Arc<dyn Clients>,
    root: ApiRoot,
    clock: Clock,
) -> (ApiDoor, Router) {
    // As many as there are places: whoever holds a place finds room, so handing over never waits.
    let (sender, receiver) = mpsc::channel(config.max_concurrent.max(1));
    let limits = Limits::new(config);
    let desk = Desk { config: config.clone(), clients, root, clock, limits, sender };
    let router = Router::new()
        .route(&format!("{ROOT}/notices"), post(post::post_notices))
        .route(&format!("{ROOT}/notices/{{reference}}/supplements"), post(later::post_supplement))
        .route(&format!("{ROOT}/notices/{{reference}}/withdrawals"), post(later::post_withdrawal))
        .with_state(Arc::new(desk));
    (ApiDoor::new(receiver), router)
}
