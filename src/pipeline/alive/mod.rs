//! Whether notices can come in at all: each door's looks, canaries through each door, each door's count against the store's, and partners that
//! have gone silent. What is found stands on the board of [`crate::pulse`], in the metrics, and once in the log.
//!
//! Nothing here holds up a notice, and nothing here makes the gateway unready: a deaf door is shown while the others go on.

pub mod canary;
mod compare;
mod hearing;
mod mark;
mod silence;
mod way;

pub(super) use compare::count;
pub(super) use mark::claimed;
pub(super) use mark::reading;
pub use way::Way;

use crate::acknowledge::MailTransport;
use crate::pipeline::Shared;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// A door of this process.
#[derive(Clone, Debug)]
pub struct Watched {
    /// Its name.
    pub door: String,
    /// The folder in which it leaves each day's files, where it does; it is counted by these. Other doors are counted by what they settled
    /// since the process started.
    pub done: Option<PathBuf>,
    /// How a canary gets to it.
    pub way: Option<Way>,
}

/// What is watched, and how closely.
#[derive(Clone)]
pub struct Watching {
    /// The doors of this process.
    pub doors: Vec<Watched>,
    /// A door that has looked in vain for so long is deaf.
    pub deaf_after: Duration,
    /// How often counts are compared and silent partners looked for.
    pub compare_every: Duration,
    /// Canaries.
    pub canary: canary::Config,
    /// The address whose answer shows that the API hears; `None` where this process serves none.
    pub own_address: Option<String>,
    /// The way out for canaries by mail.
    pub transport: Option<Arc<dyn MailTransport>>,
    /// The address from which these come.
    pub from: String,
    /// For requests to ourselves.
    pub http: reqwest::Client,
}

/// Watches until told to stop.
pub async fn run(shared: Shared, watching: Watching, stop: CancellationToken) {
    for watched in &watching.doors {
        crate::pulse::board().expect(&watched.door);
    }
    let all = async {
        tokio::join!(
            hearing::run(&shared, &watching),
            hearing::listen(&watching),
            compare::run(&shared, &watching),
            silence::run(&shared, watching.compare_every),
            canary::run(&shared, &watching),
        )
    };
    // Whatever is under way can be dropped at any point: a canary that was sent comes in as any message does.
    stop.run_until_cancelled(all).await;
}
