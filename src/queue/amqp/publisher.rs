//! The way onto the queue: a batch of notices, persistent, mandatory and confirmed (Guaranteed Delivery).
//!
//! A publication counts as done only when the broker has confirmed it and has not sent it back. Whatever else happens is
//! transient: the notice stays in the store's outbox, and a repeat is harmless because the store recognises its reference.

use crate::domain::failure::Failure;
use crate::queue::Publication;
use crate::queue::amqp::event;
use crate::queue::amqp::link::Link;
use crate::queue::amqp::link::Shared;
use crate::queue::amqp::link::State;
use futures::future::join_all;
use lapin::Channel;
use lapin::Confirmation;
use lapin::PublisherConfirm;
use lapin::message::BasicReturnMessage;
use lapin::options::BasicPublishOptions;
use lapin::options::ExchangeDeclareOptions;
use lapin::types::FieldTable;
use std::collections::HashSet;
use std::sync::Arc;
use tokio::time::Instant;
use tokio::time::timeout;
use tokio::time::timeout_at;

/// Publishes notices. Clones share the connection.
#[derive(Clone)]
pub struct Publisher {
    shared: Arc<Shared>,
}

impl Publisher {
    pub(super) fn new(shared: Arc<Shared>) -> Self {
        Self { shared }
    }

    /// Publishes a batch, all in flight at once, and waits for the broker's confirmations up to `confirm_timeout`.
    /// Outcomes stand in the batch's order; every failure is [`Failure::Transient`]. May be called side by side.
    pub async fn publish(&self, batch: Vec<Publication>) -> Vec<Result<(), Failure>> {
        if batch.is_empty() {
            return Vec::new();
        }
        let _in_hand = self.shared.in_hand.token();
        let deadline = Instant::now() + self.shared.config.confirm_timeout;
        match self.open(deadline).await {
            Ok((link, channel)) => self.send_all(&link, channel, &batch, deadline).await,
            Err(failure) => vec![Err(failure); batch.len()],
        }
    }

    /// Whether publishing has a chance just now.
    pub fn connected(&self) -> bool {
        self.shared.link().is_ok()
    }

    /// Whether the broker answers and every queue stands as configured. Waits for the first attempt, never for a later one.
    /// [`Failure::Permanent`] when a person must act, such as a queue declared with other settings.
    pub async fn probe(&self) -> Result<(), Failure> {
        let limit = self.shared.config.confirm_timeout * 2;
        let mut state = self.shared.state.subscribe();
        let begun = timeout(limit, state.wait_for(|state| !matches!(state, State::Starting)));
        drop(begun.await);
        let link = self.shared.link()?;
        drop(timeout(limit, link.tried()).await);
        let outcomes: Vec<_> = link.declared.borrow().values().cloned().collect();
        let failures = outcomes.into_iter().flatten().filter_map(Result::err);
        let (permanent, transient): (Vec<_>, Vec<_>) =
            failures.partition(|failure| matches!(failure, Failure::Permanent(_)));
        if let Some(first) = permanent.into_iter().chain(transient).next() {
            return Err(first);
        }
        match timeout(limit, look(&link, &self.shared.config.exchange)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => {
                Err(Failure::Transient(format!("the broker does not answer as it should: {error}")))
            }
            Err(_) => Err(Failure::Transient("the broker does not answer in time".to_owned())),
        }
    }

    /// Waits until the connection is closed after the cancellation, with what was in hand finished or given up.
    pub async fn closed(&self) {
        let mut state = self.shared.state.subscribe();
        // Cannot fail: the sender is in `self`.
        drop(state.wait_for(|state| matches!(state, State::Closed)).await);
    }

    async fn open(&self, deadline: Instant) -> Result<(Arc<Link>, Channel), Failure> {
        let link = self.shared.link()?;
        if link.connection.status().blocked() {
            let reason = "the broker takes no messages now: it is short of memory or disk";
            return Err(Failure::Transient(reason.to_owned()));
        }
        match timeout_at(deadline, link.channel()).await {
            Ok(Ok(channel)) => Ok((link, channel)),
            Ok(Err(error)) => Err(lost(&error)),
            Err(_) => Err(late()),
        }
    }

    async fn send_all(
        &self,
        link: &Link,
        channel: Channel,
        batch: &[Publication],
        deadline: Instant,
    ) -> Vec<Result<(), Failure>> {
        let sending = join_all(batch.iter().map(|publication| self.send(&channel, publication)));
        let Ok(sent) = timeout_at(deadline, sending).await else {
            return vec![Err(late()); batch.len()];
        };
        let mut returned = Returned::default();
        let mut outcomes = Vec::with_capacity(batch.len());
        let mut settled = true;
        for (publication, sent) in batch.iter().zip(sent) {
            let confirmation = match sent {
                Ok(confirm) => timeout_at(deadline, confirm).await,
                Err(error) => Ok(Err(error)),
            };
            settled &= matches!(confirmation, Ok(Ok(_)));
            outcomes.push(match confirmation {
                Ok(Ok(confirmation)) => judge(confirmation, publication, &mut returned),
                Ok(Err(error)) => Err(lost(&error)),
                Err(_) => Err(late()),
            });
        }
        // A channel with anything still under way is dropped, and so closed.
        if settled {
            link.give_back(channel);
        }
        if returned.any() {
            self.shared.note_unrouted();
            for (publication, outcome) in batch.iter().zip(&mut outcomes) {
                if outcome.is_ok() && returned.holds(publication) {
                    *outcome = Err(Failure::Transient(format!(
                        "no queue on the broker takes what is routed to unit {}",
                        publication.unit
                    )));
                }
            }
        }
        outcomes
    }

    async fn send(
        &self,
        channel: &Channel,
        publication: &Publication,
    ) -> Result<PublisherConfirm, lapin::Error> {
        let config = &self.shared.config;
        channel
            .basic_publish(
                config.exchange.as_str().into(),
                event::routing_key(publication).into(),
                BasicPublishOptions { mandatory: true, immediate: false },
                &event::body(config, publication),
                event::properties(config, publication),
            )
            .await
    }
}

/// What came back because no queue takes it.
#[derive(Default)]
struct Returned {
    references: HashSet<String>,
    /// One without a message id came back: any of the batch may be it.
    unknown: bool,
}

impl Returned {
    fn add(&mut self, message: &BasicReturnMessage) {
        match message.properties.message_id() {
            Some(id) => drop(self.references.insert(id.to_string())),
            None => self.unknown = true,
        }
    }

    fn any(&self) -> bool {
        self.unknown || !self.references.is_empty()
    }

    fn holds(&self, publication: &Publication) -> bool {
        self.unknown || self.references.contains(publication.reference.as_str())
    }
}

fn judge(
    confirmation: Confirmation,
    publication: &Publication,
    returned: &mut Returned,
) -> Result<(), Failure> {
    let (confirmed, message) = match confirmation {
        Confirmation::Ack(message) => (true, message),
        Confirmation::Nack(message) => (false, message),
        Confirmation::NotRequested => (false, None),
    };
    if let Some(message) = message {
        returned.add(&message);
    }
    if confirmed {
        return Ok(());
    }
    Err(Failure::Transient(format!(
        "the broker refused it: the queue of unit {} is full or has no leader",
        publication.unit
    )))
}

async fn look(link: &Link, exchange: &str) -> Result<(), lapin::Error> {
    let channel = link.connection.create_channel().await?;
    let passive = ExchangeDeclareOptions { passive: true, durable: true, ..Default::default() };
    let kind = lapin::ExchangeKind::Topic;
    channel.exchange_declare(exchange.into(), kind, passive, FieldTable::default()).await?;
    channel.close(200, "looked".into()).await
}

fn lost(error: &lapin::Error) -> Failure {
    Failure::Transient(format!("the broker went away before it confirmed: {error}"))
}

fn late() -> Failure {
    Failure::Transient("the broker did not confirm in time".to_owned())
}
