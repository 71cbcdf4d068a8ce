//! A publisher and a consumer of ours on one broker, with a plain connection beside them to look at what they did.

use std::collections::BTreeSet;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering;

use bytes::Bytes;
use futures::StreamExt;
use kvittens::domain::reference::Prefix;
use kvittens::domain::reference::Reference;
use kvittens::queue::Publication;
use kvittens::queue::amqp::BrokerUrl;
use kvittens::queue::amqp::Config;
use kvittens::queue::amqp::Consumed;
use kvittens::queue::amqp::Consumer;
use kvittens::queue::amqp::Publisher;
use kvittens::queue::amqp::start;
use lapin::Connection;
use lapin::ConnectionProperties;
use lapin::options::BasicConsumeOptions;
use lapin::options::BasicNackOptions;
use lapin::options::QueueDeclareOptions;
use lapin::types::FieldTable;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use super::LIMIT;
use crate::support::servers::Broker;
use crate::support::wait;

/// One gateway's share of the queue.
pub(super) struct Party {
    pub(super) publisher: Publisher,
    pub(super) consumer: Consumer,
    pub(super) cancel: CancellationToken,
    /// A connection of the test's own.
    pub(super) raw: Connection,
    prefix: String,
}

/// The configuration that a test's broker asks for.
pub(super) fn config(broker: &Broker) -> Config {
    let prefix = &broker.prefix;
    Config {
        url: BrokerUrl::new(&broker.url),
        exchange: format!("{prefix}.notices"),
        queue_prefix: format!("{prefix}.case."),
        parked_queue: format!("{prefix}.parked"),
        ..Config::default()
    }
}

impl Party {
    /// Starts one and waits until it is connected with all its queues.
    pub(super) async fn begin(
        broker: Broker,
        units: &[&str],
        change: impl FnOnce(Config) -> Config,
    ) -> Self {
        let party = Self::begin_unready(broker, units, change).await;
        party.publisher.probe().await.expect("the broker stands ready");
        party
    }

    /// The same without waiting.
    pub(super) async fn begin_unready(
        broker: Broker,
        units: &[&str],
        change: impl FnOnce(Config) -> Config,
    ) -> Self {
        let raw = Connection::connect(&broker.url, ConnectionProperties::default()).await.unwrap();
        let cancel = CancellationToken::new();
        let units = units.iter().map(|unit| (*unit).to_owned()).collect();
        let (publisher, consumer) = start(change(config(&broker)), units, cancel.clone());
        Self { publisher, consumer, cancel, raw, prefix: broker.prefix }
    }

    /// Publishes and gives the references that were confirmed.
    pub(super) async fn publish(&self, batch: &[Publication]) -> BTreeSet<String> {
        confirmed(&self.publisher, batch).await
    }

    /// The next message, soon.
    pub(super) async fn receive(&mut self) -> Consumed {
        let next = timeout(LIMIT, self.consumer.receive()).await;
        next.expect("a message in time").expect("not cancelled")
    }

    /// A unit's queue.
    pub(super) fn queue(&self, unit: &str) -> String {
        format!("{}.case.{unit}", self.prefix)
    }

    /// How many messages a unit's queue holds that nobody has been handed.
    pub(super) async fn ready(&self, unit: &str) -> u32 {
        let queue = self.queue(unit);
        let channel = self.raw.create_channel().await.unwrap();
        let look = QueueDeclareOptions::durable().passive();
        let found = channel.queue_declare(queue.as_str().into(), look, FieldTable::default());
        found.await.unwrap().message_count()
    }

    /// Waits until a unit's queue holds nothing.
    pub(super) async fn until_empty(&self, unit: &str) {
        let what = format!("nothing is left in {unit}");
        wait::eventually(&what, LIMIT, || async { self.ready(unit).await == 0 }).await;
    }

    /// Takes a message from a unit's queue as somebody else would and hands it back, so many times.
    pub(super) async fn hand_back(&self, unit: &str, times: usize) {
        let channel = self.raw.create_channel().await.unwrap();
        let queue = self.queue(unit);
        let options = BasicConsumeOptions::default();
        let consuming =
            channel.basic_consume(queue.as_str().into(), "".into(), options, FieldTable::default());
        let mut consumer = consuming.await.unwrap();
        for _ in 0..times {
            let next = timeout(LIMIT, consumer.next()).await.expect("a message in time");
            let message = next.expect("still consuming").unwrap();
            message.nack(BasicNackOptions { requeue: true, multiple: false }).await.unwrap();
        }
        channel.close(200, "done".into()).await.unwrap();
    }

    /// Stops and waits until it has stopped.
    pub(super) async fn stop(&self) {
        self.cancel.cancel();
        timeout(LIMIT, self.publisher.closed()).await.expect("stops in time");
    }
}

/// Publishes and gives the references that were confirmed.
pub(super) async fn confirmed(publisher: &Publisher, batch: &[Publication]) -> BTreeSet<String> {
    let outcomes = publisher.publish(batch.to_vec()).await;
    assert_eq!(outcomes.len(), batch.len());
    let confirmed = batch.iter().zip(outcomes).filter(|(_, outcome)| outcome.is_ok());
    confirmed.map(|(notice, _)| notice.reference.to_string()).collect()
}

/// Receives and settles until `count` different references have come.
pub(super) async fn drain(consumer: &mut Consumer, count: usize) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    while seen.len() < count {
        let next = timeout(LIMIT, consumer.receive()).await;
        let message = next.expect("a message in time").expect("not cancelled");
        seen.insert(message.reference.to_string());
        message.acknowledge().await;
    }
    seen
}

/// So many notices for a unit, with references of their own.
pub(super) fn notices(unit: &str, count: usize) -> Vec<Publication> {
    (0..count).map(|_| notice(unit)).collect()
}

fn notice(unit: &str) -> Publication {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let digits = std::array::from_fn(|place| (number >> (5 * (6 - place)) & 31) as u8);
    let reference = Reference::compose(&Prefix::parse("AVH").expect("a prefix"), digits);
    let data = format!(r#"{{"reference":"{reference}","channel":"api","notice":{{}}}}"#);
    Publication {
        reference,
        unit: unit.to_owned(),
        kind: "rentArrears",
        registered_at: "2026-10-12T08:15:30Z".parse().expect("an instant"),
        data: Bytes::from(data),
    }
}

/// Their references.
pub(super) fn names(batch: &[Publication]) -> BTreeSet<String> {
    batch.iter().map(|notice| notice.reference.to_string()).collect()
}

/// Waits until publishing has a chance, or has none.
pub(super) async fn until_connected(publisher: &Publisher, connected: bool) {
    let what = if connected { "connected again" } else { "seen that the broker is gone" };
    wait::eventually(what, LIMIT, || async { publisher.connected() == connected }).await;
}
