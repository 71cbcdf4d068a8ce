//! Listens, serves, and stops in order: no new connections, answers for the requests in hand, then closes.
//!
//! A caller that reads or writes slowly holds its own connection only: headers have a time limit, connections are counted, and
//! what has not ended [`GRACE`] after the signal to stop is cut off.

use crate::http::config::Config;
use crate::http::wrap::wrap;
use axum::Router;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use hyper_util::rt::TokioTimer;
use hyper_util::service::TowerToHyperService;
use std::net::IpAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::net::TcpStream;
use tokio::sync::OwnedSemaphorePermit;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceExt as _;

/// How long requests in hand may take after the signal to stop.
pub const GRACE: Duration = Duration::from_secs(8);

/// How long a caller may take to send a request's headers, and how long an idle connection is kept.
const HEADER_TIMEOUT: Duration = Duration::from_secs(30);

/// The most bytes of headers.
const HEADER_BYTES: usize = 32 * 1024;

/// The pause after a failed accept: out of file descriptors.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Who is at the other end of the connection: a caller, or the proxy in front of us. An extension of every request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer(pub IpAddr);

/// Serves until cancelled; returns when every connection is closed, [`GRACE`] after the signal at the latest.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    config: &Config,
    cancel: CancellationToken,
) {
    let router = wrap(router, config);
    let places = Arc::new(Semaphore::new(config.max_connections));
    let connections = TaskTracker::new();
    let cut = CancellationToken::new();
    while let Some((stream, peer, place)) = next(&listener, &places, &cancel).await {
        let served = connection(stream, peer, router.clone(), place, cancel.clone());
        let cut = cut.clone();
        connections.spawn(async move { cut.run_until_cancelled(served).await });
    }
    drop(listener);
    connections.close();
    if tokio::time::timeout(GRACE, connections.wait()).await.is_err() {
        tracing::warn!(connections = connections.len(), "cut off connections that did not end");
        cut.cancel();
        connections.wait().await;
    }
}

/// The next connection with its place, or `None` when we stop.
async fn next(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
    cancel: &CancellationToken,
) -> Option<(TcpStream, Peer, OwnedSemaphorePermit)> {
    let place = cancel.run_until_cancelled(places.clone().acquire_owned()).await?.ok()?;
    loop {
        match cancel.run_until_cancelled(listener.accept()).await? {
            Ok((stream, peer)) => return Some((stream, Peer(peer.ip().to_canonical()), place)),
            Err(error) => {
                tracing::warn!(kind = ?error.kind(), "could not accept a connection");
                cancel.run_until_cancelled(tokio::time::sleep(ACCEPT_PAUSE)).await?;
            }
        }
    }
}

async fn connection(
    stream: TcpStream,
    peer: Peer,
    router: Router,
    _place: OwnedSemaphorePermit,
    cancel: CancellationToken,
) {
    if stream.set_nodelay(true).is_err() {
        return;
    }
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(HEADER_TIMEOUT);
    builder.max_header_size(HEADER_BYTES);
    let known = router.map_request(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(peer);
        request
    });
    let service = TowerToHyperService::new(known);
    let mut served = pin!(builder.serve_connection(TokioIo::new(stream), service));
    let ended = tokio::select! {
        ended = served.as_mut() => ended,
        () = cancel.cancelled() => {
            served.as_mut().graceful_shutdown();
            served.await
        }
    };
    if ended.is_err() {
        tracing::debug!("a connection ended early");
    }
}

#[cfg(test)]
mod tests {
    use super::serve;
    use crate::http::config::Config;
    use axum::Router;
    use axum::routing::get;
    use std::net::SocketAddr;
    use std::sync::Arc;
    use std::time::Duration;
    use tokio::io::AsyncReadExt;
    use tokio::io::AsyncWriteExt;
    use tokio::net::TcpListener;
    use tokio::net::TcpStream;
    use tokio::sync::Notify;
    use tokio::task::JoinHandle;
    use tokio_util::sync::CancellationToken;

    const LIMIT: Duration = Duration::from_secs(20);

    async fn start(
        router: Router,
        config: Config,
    ) -> (SocketAddr, CancellationToken, JoinHandle<()>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let cancel = CancellationToken::new();
        let stop = cancel.clone();
        let task = tokio::spawn(async move { serve(listener, router, &config, stop).await });
        (address, cancel, task)
    }

    async fn send(address: SocketAddr, text: &str) -> TcpStream {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(text.as_bytes()).await.unwrap();
        stream
    }

    async fn all(mut stream: TcpStream) -> String {
        let mut text = String::new();
        tokio::time::timeout(LIMIT, stream.read_to_string(&mut text)).await.unwrap().unwrap();
        text
    }

    #[tokio::test]
    async fn a_request_in_hand_gets_its_answer_after_the_signal_to_stop() {
        let (inside, go) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let (entered, gate) = (inside.clone(), go.clone());
        let router = Router::new().route(
            "/waits",
            get(async move || {
                entered.notify_one();
                gate.notified().await;
                "done"
            }),
        );
        let (address, cancel, task) = start(router, Config::default()).await;
        let waiting = send(address, "GET /waits HTTP/1.1\r\nHost: a\r\n\r\n").await;
        inside.notified().await;
        cancel.cancel();
        go.notify_one();
        let answer = all(waiting).await;
        assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("done"), "{answer}");
        tokio::time::timeout(LIMIT, task).await.unwrap().unwrap();
        assert!(TcpStream::connect(address).await.is_err());
    }

    #[tokio::test]
    async fn a_slow_caller_does_not_hold_up_the_end() {
        let (address, cancel, task) = start(Router::new(), Config::default()).await;
        let slow = send(address, "GET / HTTP/1.1\r\nHo").await;
        let probe = send(address, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await;
        assert!(all(probe).await.starts_with("HTTP/1.1 404"));
        cancel.cancel();
        tokio::time::timeout(Duration::from_secs(10), task).await.unwrap().unwrap();
        drop(slow);
    }

    #[tokio::test]
    async fn a_caller_beyond_the_limit_waits_until_a_place_is_free() {
        let config = Config { max_connections: 1, ..Config::default() };
        let (address, cancel, task) = start(Router::new(), config).await;
        let first = TcpStream::connect(address).await.unwrap();
        let second = send(address, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await;
        drop(first);
        assert!(all(second).await.starts_with("HTTP/1.1 404"));
        cancel.cancel();
        tokio::time::timeout(LIMIT, task).await.unwrap().unwrap();
    }
}
