//! What publisher, consumer and supervisor share: the connection of the moment, and how it is with each queue.

use crate::domain::failure::Failure;
use crate::queue::amqp::config::Config;
use crate::queue::amqp::topology::Queue;
use lapin::Channel;
use lapin::Connection;
use lapin::options::ConfirmSelectOptions;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::Instant;
use tokio_util::task::TaskTracker;

/// Lives as long as the gateway; outlives connections.
pub(super) struct Shared {
    pub(super) config: Config,
    pub(super) queues: Vec<Queue>,
    pub(super) state: watch::Sender<State>,
    /// When a publication last found no queue: routes are declared again.
    pub(super) unrouted: watch::Sender<Option<Instant>>,
    /// Set by the first call of `receive`: a process that only publishes holds no messages back from those who consume.
    pub(super) wanted: watch::Sender<bool>,
    /// Publications without their confirmation and received messages not settled; shutdown waits for them.
    pub(super) in_hand: TaskTracker,
}

/// How it is with the connection.
#[derive(Clone)]
pub(super) enum State {
    /// The first attempt is under way.
    Starting,
    /// Connected.
    Up(Arc<Link>),
    /// Not connected, and why; the supervisor tries again.
    Down(String),
    /// Told to stop.
    Closed,
}

/// One connection.
pub(super) struct Link {
    pub(super) connection: Connection,
    /// Channels in confirm mode on which nothing is under way.
    idle: Mutex<Vec<Channel>>,
    /// By queue name: not yet tried, or how its declaration went.
    pub(super) declared: watch::Sender<BTreeMap<String, Option<Result<(), Failure>>>>,
}

impl Shared {
    /// Lets routes be declared again, once a second at most.
    pub(super) fn note_unrouted(&self) {
        self.unrouted.send_if_modified(|last| {
            let due = last.is_none_or(|last| last.elapsed() >= Duration::from_secs(1));
            if due {
                *last = Some(Instant::now());
            }
            due
        });
    }

    /// The connection of the moment, or why there is none.
    pub(super) fn link(&self) -> Result<Arc<Link>, Failure> {
        match &*self.state.borrow() {
            State::Up(link) if link.connection.status().connected() => Ok(Arc::clone(link)),
            State::Up(_) => Err(transient("the connection to the broker has just been lost")),
            State::Starting => Err(transient("the broker has not answered yet")),
            State::Down(reason) => Err(transient(reason)),
            State::Closed => Err(transient("the queue is closed")),
        }
    }
}

impl Link {
    pub(super) fn new(connection: Connection, queues: &[Queue]) -> Self {
        let untried = queues.iter().map(|queue| (queue.name.clone(), None)).collect();
        Self { connection, idle: Mutex::new(Vec::new()), declared: watch::Sender::new(untried) }
    }

    /// A channel in confirm mode that nobody else uses. A batch owns its channel: the library pairs a returned message with
    /// whichever confirmation comes next, so that only the whole of a channel's batch tells which publication was returned.
    pub(super) async fn channel(&self) -> Result<Channel, lapin::Error> {
        while let Some(channel) = self.idle().pop() {
            if channel.status().connected() {
                return Ok(channel);
            }
        }
        let channel = self.connection.create_channel().await?;
        channel.confirm_select(ConfirmSelectOptions::default()).await?;
        Ok(channel)
    }

    /// Takes back a channel on which everything was confirmed or refused.
    pub(super) fn give_back(&self, channel: Channel) {
        self.idle().push(channel);
    }

    /// Notes how a queue's declaration went; true when that is news.
    pub(super) fn note(&self, queue: &str, outcome: Result<(), Failure>) -> bool {
        self.declared.send_if_modified(|declared| {
            let outcome = Some(outcome);
            let news = declared.get(queue) != Some(&outcome);
            if news {
                declared.insert(queue.to_owned(), outcome);
            }
            news
        })
    }

    /// Waits until every queue has been tried once.
    pub(super) async fn tried(&self) {
        let mut declared = self.declared.subscribe();
        // Cannot fail: the sender is in `self`.
        drop(declared.wait_for(|queues| queues.values().all(Option::is_some)).await);
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Channel>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn transient(reason: &str) -> Failure {
    Failure::Transient(reason.to_owned())
}
