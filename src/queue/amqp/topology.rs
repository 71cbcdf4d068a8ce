//! What must stand on the broker before a notice can pass: the exchange, a queue per unit, and the queue of what was parked.
//!
//! A unit's queue refuses when it is full instead of dropping, and parks at least once what was handed out too often
//! (Dead Letter Channel). Quorum queues drop such a message when nothing takes it, so the parked queue is always declared.

use crate::domain::failure::Failure;
use crate::queue::amqp::config::Config;
use crate::queue::amqp::consumer::Origin;
use lapin::Channel;
use lapin::Error;
use lapin::ErrorKind;
use lapin::ExchangeKind;
use lapin::options::ExchangeDeclareOptions;
use lapin::options::QueueBindOptions;
use lapin::options::QueueDeclareOptions;
use lapin::protocol::AMQPErrorKind;
use lapin::protocol::AMQPSoftError;
use lapin::types::AMQPValue;
use lapin::types::FieldTable;

/// Newer brokers give every quorum queue a delivery limit of 20 and drop what passes it. Nothing stands behind the parked queue.
const PARKED_DELIVERY_LIMIT: i64 = 1_000_000;

/// One queue of ours.
#[derive(Clone, Debug)]
pub(super) struct Queue {
    /// What the broker calls it.
    pub(super) name: String,
    /// Whose it is.
    pub(super) origin: Origin,
}

/// All queues; the parked one first, because the others point at it.
pub(super) fn queues(config: &Config, units: &[String]) -> Vec<Queue> {
    let parked = Queue { name: config.parked_queue.clone(), origin: Origin::Parked };
    let of_units = units
        .iter()
        .map(|unit| Queue { name: config.queue_of(unit), origin: Origin::Unit(unit.clone()) });
    std::iter::once(parked).chain(of_units).collect()
}

/// Declares the exchange, and the queue with its binding. Harmless when they are there. A refusal closes the channel.
pub(super) async fn declare(
    channel: &Channel,
    config: &Config,
    queue: &Queue,
) -> Result<(), Failure> {
    let exchange = config.exchange.as_str();
    let durable = ExchangeDeclareOptions { durable: true, ..Default::default() };
    channel
        .exchange_declare(exchange.into(), ExchangeKind::Topic, durable, FieldTable::default())
        .await
        .map_err(|error| classify("exchange", exchange, &error))?;
    let name = queue.name.as_str();
    let refused = |error: Error| classify("queue", name, &error);
    channel
        .queue_declare(name.into(), QueueDeclareOptions::durable(), arguments(config, queue))
        .await
        .map_err(refused)?;
    if let Origin::Unit(unit) = &queue.origin {
        let key = format!("{unit}.*");
        channel
            .queue_bind(
                name.into(),
                exchange.into(),
                key.into(),
                QueueBindOptions::default(),
                FieldTable::default(),
            )
            .await
            .map_err(refused)?;
    }
    Ok(())
}

fn arguments(config: &Config, queue: &Queue) -> FieldTable {
    let text = |value: &str| AMQPValue::LongString(value.into());
    let mut arguments = FieldTable::default();
    let mut set = |name: &str, value: AMQPValue| {
        arguments.insert(name.into(), value);
    };
    set("x-queue-type", text("quorum"));
    match &queue.origin {
        Origin::Parked => {
            set("x-delivery-limit", AMQPValue::LongLongInt(PARKED_DELIVERY_LIMIT));
        }
        Origin::Unit(_) => {
            set("x-max-length", AMQPValue::LongLongInt(i64::from(config.max_length)));
            set("x-overflow", text("reject-publish"));
            set("x-delivery-limit", AMQPValue::LongLongInt(i64::from(config.delivery_limit)));
            set("x-dead-letter-exchange", text(""));
            set("x-dead-letter-routing-key", text(&config.parked_queue));
            set("x-dead-letter-strategy", text("at-least-once"));
        }
    }
    arguments
}

/// A queue that stands there with other settings stays as it is until a person acts; everything else may pass by itself.
fn classify(what: &str, name: &str, error: &Error) -> Failure {
    if let ErrorKind::ProtocolError(refusal) = error.kind()
        && matches!(refusal.kind(), AMQPErrorKind::Soft(AMQPSoftError::PRECONDITIONFAILED))
    {
        return Failure::Permanent(format!(
            "{what} {name} stands on the broker with other settings than ours ({}): set the configuration back, or let \
             the {what} run empty and delete it; it is then declared anew by itself",
            refusal.get_message()
        ));
    }
    Failure::Transient(format!("{what} {name} could not be declared: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_queue_refuses_and_the_parked_one_never_drops() {
        let config = Config { max_length: 7, delivery_limit: 3, ..Config::default() };
        let queues = queues(&config, &["norr".to_owned()]);
        assert_eq!(queues[0].name, "kvittens.parked");
        assert_eq!(queues[1].name, "kvittens.case.norr");
        let of_unit = arguments(&config, &queues[1]);
        for (name, value) in [
            ("x-overflow", AMQPValue::LongString("reject-publish".into())),
            ("x-max-length", AMQPValue::LongLongInt(7)),
            ("x-delivery-limit", AMQPValue::LongLongInt(3)),
            ("x-dead-letter-routing-key", AMQPValue::LongString("kvittens.parked".into())),
        ] {
            assert_eq!(of_unit.inner().get(name), Some(&value), "{name}");
        }
        assert!(!arguments(&config, &queues[0]).contains_key("x-max-length"));
    }
}
