//! The queue on RabbitMQ, held against a real broker: what was confirmed arrives, what was refused is said to be refused.

#[cfg(test)]
mod faults;
#[cfg(test)]
mod outages;
#[cfg(test)]
mod parts;
#[cfg(test)]
mod tls;

use std::collections::BTreeSet;
use std::time::Duration;

use kvittens::domain::failure::Failure;
use kvittens::queue::amqp::Body;
use kvittens::queue::amqp::Config;
use kvittens::queue::amqp::Origin;
use kvittens::queue::amqp::TYPE;
use lapin::options::BasicGetOptions;
use lapin::types::AMQPValue;

use crate::support::servers::Server;
use crate::support::servers::Servers;
use crate::support::wait;
use parts::Party;
use parts::drain;
use parts::names;
use parts::notices;

/// Those for whom the first test consumes.
const UNITS: [&str; 2] = ["norr", "soder"];

/// Long enough on a busy machine; nothing waits for it when all is well.
const LIMIT: Duration = Duration::from_secs(60);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_confirmed_is_received_and_settled_once() {
    let Some(servers) = Servers::shared(&[Server::Amqp]).await else { return };
    let broker = servers.broker();
    let mut party = Party::begin(broker.clone(), &UNITS, |config| config).await;
    let mut batch = notices("norr", 300);
    batch.extend(notices("soder", 200));
    assert_eq!(party.publish(&batch).await, names(&batch), "all confirmed");
    let mut seen = BTreeSet::new();
    for _ in 0..batch.len() {
        let message = party.receive().await;
        let unit = batch.iter().find(|one| one.reference == message.reference).map(|one| &one.unit);
        assert_eq!(Some(&message.origin), unit.cloned().map(Origin::Unit).as_ref());
        assert!(!message.again);
        assert!(seen.insert(message.reference.to_string()), "received twice");
        message.acknowledge().await;
    }
    assert_eq!(seen, names(&batch));
    party.stop().await;
    // A broker that is busy with a queue loses what was settled in a connection's last moment (seen with RabbitMQ 3.10): that
    // comes once more, and bears the mark of it.
    for _ in 0..5 {
        let left = party.ready("norr").await + party.ready("soder").await;
        if left == 0 {
            return;
        }
        let mut next = Party::begin(broker.clone(), &UNITS, |config| config).await;
        for _ in 0..left {
            let message = next.receive().await;
            assert!(message.again && seen.contains(message.reference.as_str()));
            message.acknowledge().await;
        }
        next.stop().await;
    }
    panic!("what was settled comes again and again");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn exactly_what_no_queue_takes_is_said_to_be_refused() {
    let Some(servers) = Servers::shared(&[Server::Amqp]).await else { return };
    let mut party = Party::begin(servers.broker(), &["norr"], |config| config).await;
    for _ in 0..5 {
        let mut batch = notices("norr", 300);
        for lost in batch.iter_mut().step_by(7) {
            lost.unit = "nowhere".to_owned();
        }
        let outcomes = party.publisher.publish(batch.clone()).await;
        for (notice, outcome) in batch.iter().zip(&outcomes) {
            match outcome {
                Ok(()) => assert_eq!(notice.unit, "norr"),
                Err(Failure::Transient(reason)) => {
                    assert_eq!(notice.unit, "nowhere");
                    assert!(reason.contains("nowhere"), "{reason}");
                }
                Err(other) => panic!("{other}"),
            }
        }
        let routed = batch.iter().filter(|one| one.unit == "norr").cloned().collect::<Vec<_>>();
        assert_eq!(drain(&mut party.consumer, routed.len()).await, names(&routed));
    }
    party.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_queue_refuses_until_somebody_consumes() {
    let Some(servers) = Servers::shared(&[Server::Amqp]).await else { return };
    let limit = |config| Config { max_length: 20, ..config };
    let mut party = Party::begin(servers.broker(), &["norr"], limit).await;
    let mut confirmed = BTreeSet::new();
    let mut refused = 0;
    for _ in 0..10 {
        let batch = notices("norr", 20);
        let accepted = party.publish(&batch).await;
        refused += batch.len() - accepted.len();
        confirmed.extend(accepted);
    }
    // A quorum queue notices its length a little late, so that it may hold somewhat more.
    assert!(refused >= 100, "refused {refused} of 200");
    assert!(confirmed.len() >= 20, "confirmed {}", confirmed.len());
    let held: BTreeSet<_> = drain(&mut party.consumer, confirmed.len()).await;
    assert_eq!(held, confirmed, "what was refused is not in the queue, what was confirmed is");
    let more = notices("norr", 5);
    wait::eventually("the queue takes messages again", LIMIT, || async {
        !party.publish(&more[..1]).await.is_empty()
    })
    .await;
    party.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_handed_out_too_often_arrives_parked() {
    let Some(servers) = Servers::shared(&[Server::Amqp]).await else { return };
    let limit = |config| Config { delivery_limit: 2, ..config };
    let mut party = Party::begin(servers.broker(), &["norr"], limit).await;
    let batch = notices("norr", 1);
    assert_eq!(party.publish(&batch).await.len(), 1);
    // A limit of two lets it be handed out three times.
    party.hand_back("norr", 3).await;
    let message = party.receive().await;
    assert_eq!(message.origin, Origin::Parked);
    assert_eq!(message.reference, batch[0].reference);
    message.acknowledge().await;
    party.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_settled_comes_again() {
    let Some(servers) = Servers::shared(&[Server::Amqp]).await else { return };
    let broker = servers.broker();
    let mut party = Party::begin(broker.clone(), &["norr"], |config| config).await;
    let batch = notices("norr", 3);
    assert_eq!(party.publish(&batch).await.len(), 3);
    let held = party.receive().await;
    let dropped = party.receive().await;
    party.receive().await.acknowledge().await;
    let name = dropped.reference.clone();
    drop(dropped);
    let again = party.receive().await;
    assert_eq!((&again.reference, again.again), (&name, true), "the dropped one comes again");
    again.acknowledge().await;
    // Whoever stops with a message in hand leaves it to the next.
    let name = held.reference.clone();
    party.cancel.cancel();
    assert!(party.consumer.receive().await.is_none(), "nothing after the cancellation");
    drop(held);
    party.publisher.closed().await;
    let mut next = Party::begin(broker, &["norr"], |config| config).await;
    let again = next.receive().await;
    assert_eq!((&again.reference, again.again), (&name, true));
    // Settling after the cancellation still counts: shutdown waits for it.
    next.cancel.cancel();
    again.acknowledge().await;
    next.publisher.closed().await;
    next.until_empty("norr").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_is_a_cloud_event_in_binary_mode() {
    let Some(servers) = Servers::shared(&[Server::Amqp]).await else { return };
    for (body, source) in [(Body::Event, "/kvittens/malmo"), (Body::Reference, "/kvittens")] {
        let form = |config| Config { body, source: source.to_owned(), ..config };
        let party = Party::begin(servers.broker(), &["norr"], form).await;
        let batch = notices("norr", 1);
        assert_eq!(party.publish(&batch).await.len(), 1);
        let reference = batch[0].reference.to_string();
        let queue = party.queue("norr");
        let channel = party.raw.create_channel().await.unwrap();
        let got = channel.basic_get(queue.as_str().into(), BasicGetOptions::default());
        let message = got.await.unwrap().expect("a message").delivery;
        assert_eq!(message.routing_key.as_str(), "norr.rentArrears");
        let properties = &message.properties;
        assert_eq!(properties.message_id().as_ref().unwrap().as_str(), reference);
        assert_eq!(properties.content_type().as_ref().unwrap().as_str(), "application/json");
        assert_eq!(*properties.delivery_mode(), Some(2), "persistent");
        let headers = properties.headers().as_ref().unwrap().inner();
        for (name, value) in [
            ("cloudEvents_specversion", "1.0"),
            ("cloudEvents_type", TYPE),
            ("cloudEvents_source", source),
            ("cloudEvents_id", &reference),
            ("cloudEvents_subject", &reference),
            ("cloudEvents_time", "2026-10-12T08:15:30Z"),
        ] {
            let expected = AMQPValue::LongString(value.into());
            assert_eq!(headers.get(name), Some(&expected), "{name}");
        }
        let expected = match body {
            Body::Event => String::from_utf8(batch[0].data.to_vec()).unwrap(),
            Body::Reference => format!(r#"{{"reference":"{reference}"}}"#),
        };
        assert_eq!(String::from_utf8(message.data).unwrap(), expected);
        party.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_that_only_publishes_holds_nothing_back() {
    let Some(servers) = Servers::shared(&[Server::Amqp]).await else { return };
    let party = Party::begin(servers.broker(), &["norr"], |config| config).await;
    let batch = notices("norr", 10);
    assert_eq!(party.publish(&batch).await.len(), 10);
    assert_eq!(party.ready("norr").await, 10);
    party.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn publishing_and_settling_keep_pace_with_a_flood() {
    let Some(servers) = Servers::shared(&[Server::Amqp]).await else { return };
    let mut party = Party::begin(servers.broker(), &["norr"], |config| config).await;
    let batches: Vec<_> = (0..20).map(|_| notices("norr", 256)).collect();
    let count = batches.len() * 256;
    let begun = std::time::Instant::now();
    for batch in &batches {
        assert_eq!(party.publish(batch).await.len(), batch.len());
    }
    let published = begun.elapsed();
    let begun = std::time::Instant::now();
    assert_eq!(drain(&mut party.consumer, count).await.len(), count);
    let rate = |span: Duration| count as f64 / span.as_secs_f64();
    let settled = rate(begun.elapsed());
    println!("confirmed {:.0}/s with 256 in flight, settled {settled:.0}/s", rate(published));
    party.stop().await;
}
