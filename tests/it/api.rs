//! The HTTP door over real sockets: limits that act before the content is read, callers who go away, stopping in order.

use kvittens::clock::Clock;
use kvittens::domain::answer::Answer;
use kvittens::domain::digest::Digest;
use kvittens::domain::received::Received;
use kvittens::domain::reference::Prefix;
use kvittens::domain::reference::Reference;
use kvittens::http::Config as HttpConfig;
use kvittens::http::server;
use kvittens::http::urls::ApiRoot;
use kvittens::intake::IntakeAdapter;
use kvittens::intake::Receive;
use kvittens::intake::Settle;
use kvittens::intake::Settlement;
use kvittens::intake::api::Client;
use kvittens::intake::api::Clients;
use kvittens::intake::api::ClientsUnavailable;
use kvittens::intake::api::Config;
use kvittens::intake::api::adapter::ApiReceive;
use kvittens::intake::api::adapter::ApiSettle;
use kvittens::intake::api::adapter::Waiting;
use kvittens::intake::api::client::key_hash;
use kvittens::intake::api::client::new_key;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::AsyncReadExt;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

const LIMIT: Duration = Duration::from_secs(20);

const NOTICE: &str = r#"{"schemaVersion":"1.0","type":"rentArrears"}"#;

struct OneClient(Digest);

#[async_trait::async_trait]
impl Clients for OneClient {
    async fn by_key(&self, hash: &Digest) -> Result<Option<Client>, ClientsUnavailable> {
        let client = Client { name: "exempelhus".to_owned(), mail_to: None };
        Ok((*hash == self.0).then_some(client))
    }

    async fn sent(&self, _: &str, _: &Reference) -> Result<bool, ClientsUnavailable> {
        Ok(true)
    }
}

struct Door {
    address: SocketAddr,
    key: String,
    receive: ApiReceive,
    settle: ApiSettle,
    stop: CancellationToken,
    served: JoinHandle<()>,
}

impl Door {
    async fn open(config: Config) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let key = new_key().unwrap().reveal().to_owned();
        let clients = Arc::new(OneClient(key_hash(&key)));
        let root = ApiRoot::under(&format!("http://{address}"));
        let (door, router) = kvittens::intake::api::door(&config, clients, root, Clock::system());
        let (receive, settle) = door.open().await.unwrap();
        let stop = CancellationToken::new();
        let cancel = stop.clone();
        let served = tokio::spawn(async move {
            server::serve(listener, router, &HttpConfig::default(), cancel).await;
        });
        Self { address, key, receive, settle, stop, served }
    }

    fn head(&self, further: &str) -> String {
        format!(
            "POST /eviction-notices/v1/notices HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {}\r\n\
             Content-Type: application/json\r\n{further}\r\n",
            self.key
        )
    }

    fn request(&self, further: &str) -> String {
        let length = format!("Content-Length: {}\r\n{further}", NOTICE.len());
        format!("{}{NOTICE}", self.head(&length))
    }

    async fn send(&self, text: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(text.as_bytes()).await.unwrap();
        stream
    }

    async fn next(&mut self) -> (Received, Waiting) {
        tokio::time::timeout(LIMIT, self.receive.receive()).await.unwrap().unwrap()
    }

    async fn accept(&mut self, received: &Received, waiting: Waiting) {
        let answer = stored(received);
        self.settle.settle(vec![(waiting, Settlement::Accepted(answer))]).await;
    }
}

fn stored(received: &Received) -> Answer {
    Answer {
        reference: Reference::compose(&Prefix::parse("AVH").unwrap(), [1; 7]),
        received_at: received.envelope.received_at,
        arrival_date: "2026-10-12".parse().unwrap(),
        sha256: Digest::of(&received.raw),
        notices: Vec::new(),
    }
}

/// The answer's head and what of the body came with it.
async fn answer(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let count =
            tokio::time::timeout(LIMIT, stream.read(&mut piece)).await.unwrap().unwrap_or(0);
        bytes.extend_from_slice(&piece[..count]);
        let text = String::from_utf8_lossy(&bytes);
        if count == 0 || text.contains("}") {
            return text.into_owned();
        }
    }
}

#[tokio::test]
async fn a_hundred_megabytes_announced_are_refused_before_a_byte_of_them_is_sent() {
    let door = Door::open(Config::default()).await;
    let head = door.head("Content-Length: 104857600\r\n");
    let mut stream = door.send(&head).await;
    let text = answer(&mut stream).await;
    assert!(text.starts_with("HTTP/1.1 413"), "{text}");
    assert!(text.contains("application/problem+json") && text.contains("/problems/too-large"));
}

#[tokio::test]
async fn a_hundred_megabytes_unannounced_are_refused_at_the_limit() {
    let door = Door::open(Config::default()).await;
    let stream = door.send(&door.head("Transfer-Encoding: chunked\r\n")).await;
    let (mut reading, mut writing) = stream.into_split();
    let sending = tokio::spawn(async move {
        let chunk = [b"10000\r\n".as_slice(), &[b' '; 65_536], b"\r\n"].concat();
        let mut sent = 0;
        while sent < 1600 && writing.write_all(&chunk).await.is_ok() {
            sent += 1;
        }
        sent
    });
    let mut head = [0; 12];
    tokio::time::timeout(LIMIT, reading.read_exact(&mut head)).await.unwrap().unwrap();
    assert_eq!(&head, b"HTTP/1.1 413");
    drop(reading);
    let sent = tokio::time::timeout(LIMIT, sending).await.unwrap().unwrap();
    assert!(sent < 1600, "all of it was read");
}

#[tokio::test]
async fn a_notice_whose_sender_hung_up_is_settled_and_its_key_is_free_afterwards() {
    let mut door = Door::open(Config::default()).await;
    let request = door.request("Idempotency-Key: 4711\r\n");
    let gone = door.send(&request).await;
    let (received, waiting) = door.next().await;
    drop(gone);
    let mut early = door.send(&request).await;
    let text = answer(&mut early).await;
    assert!(text.starts_with("HTTP/1.1 409") && text.to_lowercase().contains("retry-after"));
    door.accept(&received, waiting).await;

    let mut again = door.send(&request).await;
    let (received, waiting) = door.next().await;
    let answered = Settlement::Duplicate { answer: stored(&received), redelivered: false };
    door.settle.settle(vec![(waiting, answered)]).await;
    let text = answer(&mut again).await;
    assert!(text.starts_with("HTTP/1.1 202") && text.contains("idempotency-replayed: true"));
}

#[tokio::test]
async fn stopping_answers_the_waiting_and_takes_nothing_new() {
    let mut door = Door::open(Config::default()).await;
    let mut waiting_caller = door.send(&door.request("")).await;
    let (received, waiting) = door.next().await;
    door.stop.cancel();
    door.accept(&received, waiting).await;
    let text = answer(&mut waiting_caller).await;
    assert!(text.starts_with("HTTP/1.1 202"), "{text}");
    tokio::time::timeout(LIMIT, &mut door.served).await.unwrap().unwrap();
    assert!(TcpStream::connect(door.address).await.is_err());
    let ended = tokio::time::timeout(LIMIT, door.receive.receive()).await.unwrap();
    assert!(ended.is_none(), "the door ends with its server");
}

#[tokio::test]
async fn many_callers_at_once_each_get_their_own_answer() {
    let mut door = Door::open(Config::default()).await;
    let mut callers = Vec::new();
    for number in 0..100 {
        let request = door.request(&format!("Idempotency-Key: k{number}\r\n"));
        callers.push(door.send(&request).await);
    }
    let mut keys = std::collections::BTreeSet::new();
    for _ in 0..100 {
        let (received, waiting) = door.next().await;
        keys.insert(received.envelope.source_key.key.clone());
        door.accept(&received, waiting).await;
    }
    assert_eq!(keys.len(), 100);
    for mut caller in callers {
        assert!(answer(&mut caller).await.starts_with("HTTP/1.1 202"));
    }
}
