//! Outages: what was confirmed is received whatever happens to the connection, the queue or the broker, and soon after.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;
use std::time::Duration;
use std::time::Instant;

use kvittens::domain::failure::Failure;
use kvittens::queue::amqp::Config;
use kvittens::queue::amqp::Publisher;
use lapin::options::QueueDeleteOptions;
use lapin::types::FieldTable;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::LIMIT;
use super::parts::Party;
use super::parts::confirmed;
use super::parts::drain;
use super::parts::names;
use super::parts::notices;
use super::parts::until_connected;
use crate::support::relay::Relay;
use crate::support::relay::Way;
use crate::support::servers::Broker;
use crate::support::servers::Server;
use crate::support::servers::Servers;
use crate::support::wait;

/// Publishing without end until told to stop.
struct Load {
    count: Arc<AtomicUsize>,
    stop: CancellationToken,
    /// Gives what was confirmed.
    task: JoinHandle<BTreeSet<String>>,
}

impl Load {
    /// Waits until so many more have been confirmed.
    async fn goes_on(&self, more: usize) {
        let goal = self.count.load(Ordering::Relaxed) + more;
        let what = format!("{more} more are confirmed");
        wait::eventually(&what, LIMIT, || async { self.count.load(Ordering::Relaxed) >= goal })
            .await;
    }

    async fn end(self) -> BTreeSet<String> {
        self.stop.cancel();
        self.task.await.expect("publishing")
    }
}

fn load(publisher: &Publisher) -> Load {
    let (publisher, stop) = (publisher.clone(), CancellationToken::new());
    let (count, stopped) = (Arc::new(AtomicUsize::new(0)), stop.clone());
    let confirmations = Arc::clone(&count);
    let task = tokio::spawn(async move {
        let mut all = BTreeSet::new();
        while !stopped.is_cancelled() {
            let batch = notices("norr", 64);
            let took = confirmed(&publisher, &batch).await;
            if took.is_empty() {
                tokio::task::yield_now().await;
                until_connected(&publisher, true).await;
            }
            confirmations.fetch_add(took.len(), Ordering::Relaxed);
            all.extend(took);
        }
        all
    });
    Load { count, stop, task }
}

/// Receives and settles alongside; gives what was received, once it holds all of what is sent by `obligations`.
fn collect(
    mut consumer: kvittens::queue::amqp::Consumer,
    obligations: tokio::sync::oneshot::Receiver<BTreeSet<String>>,
) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut seen = BTreeSet::new();
        let mut obligations = obligations;
        let owed = loop {
            tokio::select! {
                owed = &mut obligations => break owed.expect("the obligations"),
                message = consumer.receive() => {
                    let message = message.expect("not cancelled");
                    seen.insert(message.reference.to_string());
                    message.acknowledge().await;
                }
            }
        };
        while !owed.is_subset(&seen) {
            let missing = owed.difference(&seen).count();
            let next = tokio::time::timeout(LIMIT, consumer.receive()).await;
            let message = next.unwrap_or_else(|_| panic!("{missing} confirmed are lost"));
            let message = message.expect("not cancelled");
            seen.insert(message.reference.to_string());
            message.acknowledge().await;
        }
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broker_restart_under_load_loses_nothing_that_was_confirmed() {
    let Some(servers) = Servers::alone(&[Server::Amqp]).await else { return };
    let roomy = |config| Config { max_length: 1_000_000, ..config };
    let party = Party::begin(servers.broker(), &["norr", "soder"], roomy).await;
    let Party { publisher, consumer, cancel, .. } = party;
    let (owe, owed) = tokio::sync::oneshot::channel();
    let receiving = collect(consumer, owed);
    let publishing = load(&publisher);
    for away in [Duration::from_secs(5), Duration::ZERO] {
        publishing.goes_on(500).await;
        servers.control_amqp(if away.is_zero() { "kill" } else { "stop" }).await;
        until_connected(&publisher, false).await;
        let begun = Instant::now();
        let outcomes = publisher.publish(notices("norr", 1)).await;
        assert!(matches!(outcomes[0], Err(Failure::Transient(_))), "{outcomes:?}");
        assert!(begun.elapsed() < Duration::from_secs(1), "fails at once while it is away");
        wait::stays(away, || async { !publisher.connected() }).await;
        servers.control_amqp("start").await;
        let up = Instant::now();
        until_connected(&publisher, true).await;
        assert!(up.elapsed() < Duration::from_secs(20), "back after {:?}", up.elapsed());
        publishing.goes_on(500).await;
    }
    let last = notices("soder", 3);
    wait::eventually("the other unit goes on too", LIMIT, || async {
        confirmed(&publisher, &last).await.len() == last.len()
    })
    .await;
    let mut all = publishing.end().await;
    all.extend(names(&last));
    println!("{} confirmed across two restarts", all.len());
    owe.send(all).expect("receiving goes on");
    receiving.await.expect("all that was confirmed was received");
    cancel.cancel();
    publisher.closed().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_cut_again_and_again_costs_only_time() {
    let Some(servers) = Servers::shared(&[Server::Amqp]).await else { return };
    let Broker { url, prefix } = servers.broker();
    let relay = Relay::open(&url).await;
    let broker = Broker { url: relay.url.clone(), prefix };
    let Party { publisher, consumer, cancel, .. } =
        Party::begin(broker, &["norr"], |config| config).await;
    let (owe, owed) = tokio::sync::oneshot::channel();
    let receiving = collect(consumer, owed);
    let publishing = load(&publisher);
    for _ in 0..3 {
        relay.set(Way::Cut);
        until_connected(&publisher, false).await;
        relay.set(Way::Open);
        until_connected(&publisher, true).await;
        publishing.goes_on(100).await;
    }
    owe.send(publishing.end().await).expect("receiving goes on");
    receiving.await.expect("all that was confirmed was received");
    cancel.cancel();
    publisher.closed().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broker_that_falls_silent_is_given_up_and_found_again() {
    let Some(servers) = Servers::shared(&[Server::Amqp]).await else { return };
    let Broker { url, prefix } = servers.broker();
    let relay = Relay::open(&url).await;
    let broker = Broker { url: relay.url.clone(), prefix };
    let quick = |config| Config {
        heartbeat: Duration::from_secs(1),
        confirm_timeout: Duration::from_secs(2),
        ..config
    };
    let mut party = Party::begin(broker, &["norr"], quick).await;
    let first = notices("norr", 2);
    assert_eq!(party.publish(&first).await.len(), 2);
    let held = party.receive().await;
    relay.set(Way::Silent);
    let begun = Instant::now();
    let outcomes = party.publisher.publish(notices("norr", 4)).await;
    assert!(outcomes.iter().all(|outcome| matches!(outcome, Err(Failure::Transient(_)))));
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    until_connected(&party.publisher, false).await;
    relay.set(Way::Open);
    until_connected(&party.publisher, true).await;
    // Settling on a connection that is gone does nothing; the message comes again.
    held.acknowledge().await;
    assert!(drain(&mut party.consumer, 2).await.is_superset(&names(&first)));
    party.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deleted_queue_or_binding_is_declared_again() {
    let Some(servers) = Servers::shared(&[Server::Amqp]).await else { return };
    let broker = servers.broker();
    let exchange = format!("{}.notices", broker.prefix);
    let mut party = Party::begin(broker.clone(), &["norr"], |config| config).await;
    let other = Party::begin(broker, &["norr"], |config| config).await;
    let first = notices("norr", 1);
    assert_eq!(party.publish(&first).await.len(), 1);
    assert_eq!(drain(&mut party.consumer, 1).await, names(&first));
    let queue = party.queue("norr");
    let channel = party.raw.create_channel().await.unwrap();
    // The last: another gateway declares the queue again before the consuming one has noticed.
    for (what, publisher) in [
        ("queue", party.publisher.clone()),
        ("binding", party.publisher.clone()),
        ("queue", other.publisher.clone()),
    ] {
        if what == "queue" {
            let delete = channel.queue_delete(queue.as_str().into(), QueueDeleteOptions::default());
            delete.await.unwrap();
        } else {
            let key = "norr.*".into();
            let (queue, exchange) = (queue.as_str().into(), exchange.as_str().into());
            channel.queue_unbind(queue, exchange, key, FieldTable::default()).await.unwrap();
        }
        let next = notices("norr", 1);
        wait::eventually("publishing goes on", LIMIT, || async {
            !confirmed(&publisher, &next).await.is_empty()
        })
        .await;
        assert_eq!(drain(&mut party.consumer, 1).await, names(&next), "after a deleted {what}");
    }
    party.stop().await;
    other.stop().await;
}
