//! Tells `/readyz` how the parts are: database, queue, disk, and of each door when it last heard.

use crate::http::health::Part;
use crate::http::health::PartState;
use crate::http::health::Readiness;
use crate::queue::amqp::Publisher;
use crate::store::Config;
use crate::store::Store;

/// Below this many free bytes beside a SQLite store nothing more is taken in.
const LEAST_FREE_BYTES: u64 = 64 * 1024 * 1024;

/// Looks after the parts.
pub struct Watchman {
    /// The database.
    pub store: Store,
    /// The broker, when there is one.
    pub publisher: Option<Publisher>,
    /// Where the store lies.
    pub config: Config,
}

#[async_trait::async_trait]
impl Readiness for Watchman {
    async fn parts(&self) -> Vec<Part> {
        let database = match self.store.ping().await {
            Ok(()) => PartState::Ready,
            Err(_) => PartState::Unavailable,
        };
        let queue = match &self.publisher {
            Some(publisher) if !publisher.connected() => PartState::Degraded,
            Some(_) | None => PartState::Ready,
        };
        // A deaf door never makes the others unready.
        let troubled = crate::pulse::board().report(self.store.clock().now()).troubled();
        let doors = if troubled { PartState::Degraded } else { PartState::Ready };
        vec![
            Part { name: "database", state: database },
            Part { name: "queue", state: queue },
            Part { name: "disk", state: self.disk() },
            Part { name: "doors", state: doors },
        ]
    }

    fn detail(&self) -> Option<serde_json::Value> {
        let report = crate::pulse::board().report(self.store.clock().now());
        serde_json::to_value(report).ok()
    }
}

impl Watchman {
    fn disk(&self) -> PartState {
        let Some(folder) = self.config.folder() else { return PartState::Ready };
        match rustix::fs::statvfs(&folder) {
            Ok(disk) if disk.f_bavail.saturating_mul(disk.f_frsize) < LEAST_FREE_BYTES => {
                PartState::Unavailable
            }
            Ok(_) => PartState::Ready,
            Err(_) => PartState::Degraded,
        }
    }
}
