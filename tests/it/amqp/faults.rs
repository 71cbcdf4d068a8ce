//! Faults that a person has to mend, and messages that are not ours: told clearly, and no hindrance to anything else.

use kvittens::domain::failure::Failure;
use kvittens::queue::amqp::BrokerUrl;
use kvittens::queue::amqp::Config;
use lapin::BasicProperties;
use lapin::Connection;
use lapin::ConnectionProperties;
use lapin::options::BasicPublishOptions;
use lapin::options::ConfirmSelectOptions;
use lapin::options::QueueDeclareOptions;
use lapin::options::QueueDeleteOptions;
use lapin::types::FieldTable;

use super::LIMIT;
use super::parts::Party;
use super::parts::drain;
use super::parts::names;
use super::parts::notices;
use crate::support::servers::Broker;
use crate::support::servers::Server;
use crate::support::servers::Servers;
use crate::support::wait;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_queue_with_other_settings_is_named_and_holds_up_no_other() {
    let Some(servers) = Servers::shared(&[Server::Amqp]).await else { return };
    let broker = servers.broker();
    let raw = Connection::connect(&broker.url, ConnectionProperties::default()).await.unwrap();
    let channel = raw.create_channel().await.unwrap();
    let name = format!("{}.case.soder", broker.prefix);
    let durable = QueueDeclareOptions::durable();
    channel.queue_declare(name.as_str().into(), durable, FieldTable::default()).await.unwrap();
    let mut party = Party::begin_unready(broker, &["norr", "soder"], |config| config).await;
    let failure = party.publisher.probe().await.unwrap_err();
    assert!(matches!(failure, Failure::Permanent(_)), "{failure}");
    assert!(failure.reason().contains(&name) && failure.reason().contains("delete"), "{failure}");
    let batch = notices("norr", 20);
    assert_eq!(party.publish(&batch).await, names(&batch));
    assert_eq!(drain(&mut party.consumer, 20).await, names(&batch));
    // Once it is gone it is declared anew by itself.
    channel.queue_delete(name.as_str().into(), QueueDeleteOptions::default()).await.unwrap();
    wait::eventually("the queue is declared", LIMIT, || async {
        party.publisher.probe().await.is_ok()
    })
    .await;
    let batch = notices("soder", 5);
    assert_eq!(party.publish(&batch).await, names(&batch));
    assert_eq!(drain(&mut party.consumer, 5).await, names(&batch));
    party.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_that_is_not_ours_is_put_aside() {
    let Some(servers) = Servers::shared(&[Server::Amqp]).await else { return };
    let mut party = Party::begin(servers.broker(), &["norr"], |config| config).await;
    let channel = party.raw.create_channel().await.unwrap();
    channel.confirm_select(ConfirmSelectOptions::default()).await.unwrap();
    let queue = party.queue("norr");
    for properties in [
        BasicProperties::default(),
        BasicProperties::default().with_message_id("".into()),
        BasicProperties::default().with_message_id("order 66".into()),
    ] {
        let to = queue.as_str().into();
        let options = BasicPublishOptions::default();
        let sent = channel.basic_publish("".into(), to, options, b"\xff\x00", properties).await;
        assert!(sent.unwrap().await.unwrap().is_ack());
    }
    let batch = notices("norr", 1);
    assert_eq!(party.publish(&batch).await, names(&batch));
    let message = party.receive().await;
    assert_eq!(message.reference, batch[0].reference, "the first that arrives is ours");
    message.acknowledge().await;
    party.stop().await;
    party.until_empty("norr").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broker_that_cannot_be_used_is_told_without_the_password() {
    let Some(servers) = Servers::shared(&[Server::Amqp]).await else { return };
    let Broker { url, prefix } = servers.broker();
    let mut wrong = url::Url::parse(&url).unwrap();
    wrong.set_password(Some("hemligt")).unwrap();
    let deaf = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let silent = format!("amqp://kvittens:hemligt@{}", deaf.local_addr().unwrap());
    for url in [wrong.as_str(), "amqp://kvittens:hemligt@127.0.0.1:1", &silent] {
        let broker = Broker { url: servers.broker().url, prefix: prefix.clone() };
        let short = std::time::Duration::from_secs(2);
        let change = |config| Config { url: BrokerUrl::new(url), confirm_timeout: short, ..config };
        let mut party = Party::begin_unready(broker, &["norr"], change).await;
        let failure = party.publisher.probe().await.unwrap_err();
        assert!(matches!(failure, Failure::Transient(_)), "{failure}");
        assert!(!failure.reason().contains("hemligt"), "{failure}");
        assert!(!party.publisher.connected());
        let batch = notices("norr", 3);
        let outcomes = party.publisher.publish(batch).await;
        assert_eq!(outcomes.len(), 3);
        assert!(outcomes.iter().all(|outcome| matches!(outcome, Err(Failure::Transient(_)))));
        party.stop().await;
        assert!(party.consumer.receive().await.is_none());
    }
}
