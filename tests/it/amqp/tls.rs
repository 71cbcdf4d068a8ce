//! The broker behind TLS with an authority of its own: reached with that authority named, and not without.

use std::time::Duration;

use kvittens::queue::amqp::BrokerUrl;
use kvittens::queue::amqp::Config;
use kvittens::queue::amqp::start;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;

use super::parts::Party;
use super::parts::drain;
use super::parts::names;
use super::parts::notices;
use crate::support::certificates::Certificates;
use crate::support::servers::Server;
use crate::support::servers::Servers;
use crate::support::stage::Stage;

/// Ends TLS in front of the real broker, as its own listener or a proxy would.
fn front(certificates: &Certificates, broker: &url::Url) -> Stage {
    let acceptor = TlsAcceptor::from(certificates.server.clone());
    let behind = broker.port().expect("the broker's port");
    Stage::open(move |listener| {
        let acceptor = acceptor.clone();
        async move {
            while let Ok((stream, _)) = listener.accept().await {
                let acceptor = acceptor.clone();
                tokio::spawn(async move {
                    let mut outer = acceptor.accept(stream).await?;
                    let mut inner = TcpStream::connect(("127.0.0.1", behind)).await?;
                    tokio::io::copy_bidirectional(&mut outer, &mut inner).await.map(drop)
                });
            }
        }
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn amqps_is_trusted_by_the_named_authority_only() {
    let Some(servers) = Servers::shared(&[Server::Amqp]).await else { return };
    let broker = servers.broker();
    let plain = url::Url::parse(&broker.url).unwrap();
    let certificates = Certificates::new();
    let stage = front(&certificates, &plain);
    let folder = tempfile::tempdir().unwrap();
    let ca_file = folder.path().join("ca.pem");
    std::fs::write(&ca_file, &certificates.ca_pem).unwrap();
    let (user, password) = (plain.username(), plain.password().unwrap_or_default());
    let url = format!("amqps://{user}:{password}@localhost:{}/%2f", stage.port());

    let named = |config: Config| Config {
        url: BrokerUrl::new(&url),
        ca_file: Some(ca_file.clone()),
        ..config
    };
    let mut party = Party::begin(servers.broker(), &["norr"], named).await;
    let batch = notices("norr", 20);
    assert_eq!(party.publish(&batch).await, names(&batch));
    assert_eq!(drain(&mut party.consumer, 20).await, names(&batch));
    party.stop().await;

    let cancel = CancellationToken::new();
    let without = Config { url: BrokerUrl::new(&url), ..super::parts::config(&broker) };
    let (publisher, _consumer) = start(without, vec!["norr".to_owned()], cancel.clone());
    let probed = timeout(Duration::from_secs(5), publisher.probe()).await;
    assert!(!matches!(probed, Ok(Ok(_))), "an unknown authority is not trusted");
    cancel.cancel();
}
