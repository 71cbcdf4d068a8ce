//! Keeps the connection: connects, watches, and begins anew for ever, so that a broker's restart costs a notice only time.
//!
//! The library's own recovery is not used: a connection that failed is thrown away with all its channels, which makes
//! everything under way fail at once and leaves nothing half recovered.

use crate::domain::failure::Failure;
use crate::queue::amqp::config::Config;
use crate::queue::amqp::consumer::Consumed;
use crate::queue::amqp::keeper::Keeper;
use crate::queue::amqp::link::Link;
use crate::queue::amqp::link::Shared;
use crate::queue::amqp::link::State;
use async_rs::Runtime;
use async_rs::Tokio;
use futures::StreamExt;
use lapin::Connection;
use lapin::ConnectionProperties;
use lapin::Event;
use lapin::tcp::AMQPUriTcpExt;
use lapin::tcp::OwnedTLSConfig;
use lapin::uri::AMQPUri;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::Instant;
use tokio::time::interval;
use tokio::time::sleep;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tracing::subscriber::NoSubscriber;

/// The first pause after a failure; each further one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(200);
/// No pause is longer.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
/// How often the connection's state is looked at, should its event be missed.
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// How long shutdown waits for what is in hand, and then for the broker's farewell.
const FAREWELL: Duration = Duration::from_secs(5);

/// Growing pauses with a random part, so that several gateways do not return at the same instant.
pub(super) struct Pause(Duration);

impl Pause {
    pub(super) fn new() -> Self {
        Self(FIRST_PAUSE)
    }

    pub(super) fn next(&mut self) -> Duration {
        let now = self.0;
        self.0 = (now * 2).min(LONGEST_PAUSE);
        now.mul_f64(rand::random_range(0.75..1.0))
    }
}

/// Runs until the cancellation, then closes in good order.
pub(super) async fn run(
    shared: Arc<Shared>,
    messages: mpsc::Sender<Consumed>,
    cancel: CancellationToken,
) {
    let mut pause = Pause::new();
    while !cancel.is_cancelled() {
        let attempt = tokio::select! {
            () = cancel.cancelled() => break,
            attempt = connect(&shared.config) => attempt,
        };
        let reason = match attempt {
            Ok(connection) => {
                let begun = Instant::now();
                let reason = serve(&shared, connection, &messages, &cancel).await;
                if begun.elapsed() > LONGEST_PAUSE {
                    pause = Pause::new();
                }
                reason
            }
            Err(failure) => failure.reason().to_owned(),
        };
        tell_down(&shared, reason, &cancel);
        tokio::select! {
            () = cancel.cancelled() => break,
            () = sleep(pause.next()) => {}
        }
    }
    shared.state.send_replace(State::Closed);
}

/// Notes why there is no connection; logged when the connection was up until now, or never was.
fn tell_down(shared: &Shared, reason: String, cancel: &CancellationToken) {
    let broker = shared.config.url.to_string();
    let before = shared.state.send_replace(State::Down(reason.clone()));
    if cancel.is_cancelled() {
        return;
    }
    match before {
        State::Up(_) => tracing::warn!(broker, reason, "lost the connection to the broker"),
        State::Starting => tracing::warn!(broker, reason, "cannot reach the broker; trying on"),
        State::Down(_) | State::Closed => {}
    }
}

/// Serves one connection until it ends and says why.
async fn serve(
    shared: &Arc<Shared>,
    connection: Connection,
    messages: &mpsc::Sender<Consumed>,
    cancel: &CancellationToken,
) -> String {
    let mut events = Box::pin(connection.events_listener());
    let link = Arc::new(Link::new(connection, &shared.queues));
    // Dropped on return, and with it every keeper.
    let mut keepers = JoinSet::new();
    for queue in &shared.queues {
        let keeper = Keeper {
            shared: Arc::clone(shared),
            link: Arc::clone(&link),
            queue: queue.clone(),
            messages: messages.clone(),
            cancel: cancel.clone(),
        };
        keepers.spawn(keeper.run());
    }
    // Only with its queues declared is a connection of use: before that, publications would be returned.
    drop(timeout(shared.config.confirm_timeout, link.tried()).await);
    shared.state.send_replace(State::Up(Arc::clone(&link)));
    tracing::info!(broker = %shared.config.url, "connected to the broker");
    let mut look = interval(LOOK_EVERY);
    loop {
        tokio::select! {
            event = events.next() => match event {
                // A soft one ended a channel; whoever holds it knows.
                Some(Event::Error(error)) => if !error.is_amqp_soft_error() {
                    return error.to_string();
                },
                Some(Event::ConnectionBlocked(reason)) => {
                    tracing::warn!(reason, "the broker takes no messages for now");
                }
                Some(Event::ConnectionUnblocked) => tracing::info!("the broker takes messages again"),
                Some(_) => {}
                None => return "the connection was closed".to_owned(),
            },
            _ = look.tick() => if !link.connection.status().connected() {
                return "the connection was closed".to_owned();
            },
            () = cancel.cancelled() => return close(shared, &link).await,
        }
    }
}

async fn close(shared: &Shared, link: &Link) -> String {
    shared.in_hand.close();
    drop(timeout(FAREWELL, shared.in_hand.wait()).await);
    let farewell = timeout(FAREWELL, link.connection.close(200, "stopping".into()));
    if !matches!(farewell.await, Ok(Ok(()))) {
        tracing::debug!("the broker did not answer our farewell");
    }
    "stopped".to_owned()
}

/// One attempt. One that timed out leaves a waiting thread of the library behind until its socket ends; the broker's listen
/// backlog and the system's retransmission limit bound how many there can be.
async fn connect(config: &Config) -> Result<Connection, Failure> {
    let uri = config.uri()?;
    let tls = OwnedTLSConfig { identity: None, cert_chain: config.authority()? };
    let options = ConnectionProperties::default().with_connection_name("kvittens".into());
    let limit = config.confirm_timeout;
    let open = async move |uri: AMQPUri, runtime: Runtime<Tokio>| {
        silence_library_thread();
        let stream = uri.connect_with_config_async(tls.as_ref(), &runtime);
        match timeout(limit, stream).await {
            Ok(stream) => stream.map_err(lapin::Error::from),
            Err(_) => Err(std::io::Error::from(std::io::ErrorKind::TimedOut).into()),
        }
    };
    let attempt = Connection::connector(uri, Runtime::tokio_current(), open, options);
    match timeout(limit, attempt).await {
        Ok(Ok(connection)) => Ok(connection),
        Ok(Err(error)) => Err(Failure::Transient(error.to_string())),
        Err(_) => Err(Failure::Transient("the broker does not answer in time".to_owned())),
    }
}

/// The library's thread logs whole messages that come back, bodies included, and frames with the password: it is given no
/// subscriber for as long as it lives. What matters of it reaches us as errors and events.
fn silence_library_thread() {
    if std::thread::current().name() == Some("lapin-io-loop") {
        std::mem::forget(tracing::subscriber::set_default(NoSubscriber::default()));
    }
}
