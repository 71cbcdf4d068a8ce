//! Calls a receiver on this machine that answers in every way a receiver can: well, with faults, elsewhere, with far too much, or not at all.

use super::Config;
use super::Webhook;
use crate::seal::chest::Chest;
use crate::seal::keys::KeyRing;
use crate::seal::keys::generate;
use aws_lc_rs::signature::ED25519;
use aws_lc_rs::signature::UnparsedPublicKey;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use std::sync::Arc;
use std::sync::Mutex;
use tokio::io::AsyncReadExt as _;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpListener;

const NOW: &str = "2026-11-03T08:00:00.7Z";

/// What a receiver does once it has read a call.
#[derive(Clone)]
enum Answers {
    With(String),
    Endlessly,
    Never,
    Closes,
}

/// A receiver: its port, and the calls that came.
async fn receiver(answers: Answers) -> (u16, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (port, calls) =
        (listener.local_addr().unwrap().port(), Arc::<Mutex<Vec<String>>>::default());
    let kept = Arc::clone(&calls);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let (answers, kept) = (answers.clone(), Arc::clone(&kept));
            tokio::spawn(async move {
                let mut call = Vec::new();
                while !call.ends_with(b"}") {
                    let mut piece = [0; 4096];
                    match stream.read(&mut piece).await {
                        Ok(read) if read > 0 => call.extend_from_slice(&piece[..read]),
                        Ok(_) | Err(_) => return,
                    }
                }
                kept.lock().unwrap().push(String::from_utf8(call).unwrap());
                match answers {
                    Answers::With(answer) => stream.write_all(answer.as_bytes()).await.unwrap(),
                    Answers::Never => std::future::pending().await,
                    Answers::Closes => {}
                    Answers::Endlessly => {
                        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
                        stream.write_all(head.as_bytes()).await.unwrap();
                        let piece = format!("10000\r\n{}\r\n", "x".repeat(0x10000));
                        while stream.write_all(piece.as_bytes()).await.is_ok() {}
                    }
                }
            });
        }
    });
    (port, calls)
}

fn chest() -> (Chest, Vec<u8>) {
    let text = generate("2026-11-01T00:00:00Z".parse().unwrap()).unwrap();
    let ring = KeyRing::parse([text.reveal()]).unwrap();
    let public = ring.jwk_set().keys()[0].as_bytes().to_vec();
    (Chest::of(ring), public)
}

fn webhook(url: &str, allow_private: bool, chest: Chest) -> Webhook {
    drop(rustls::crypto::aws_lc_rs::default_provider().install_default());
    let text = format!("url = '{url}'\nallow_private = {allow_private}\ntimeout = '1s'");
    let config: Config = toml::from_str(&text).unwrap();
    Webhook::open(&config, chest).unwrap()
}

async fn call(port: u16) -> Result<String, crate::domain::failure::Failure> {
    let url = format!("http://127.0.0.1:{port}/hook");
    let now: Timestamp = NOW.parse().unwrap();
    webhook(&url, true, chest().0).call("confirmation-1", "{\"a\":1}".to_owned(), now).await
}

#[tokio::test]
async fn a_call_bears_its_id_its_time_and_a_signature_that_fits_it_alone() {
    let ok = "HTTP/1.1 204 No Content\r\n\r\n".to_owned();
    let (port, calls) = receiver(Answers::With(ok)).await;
    let (chest, public) = chest();
    let webhook = webhook(&format!("http://127.0.0.1:{port}/hook?a=b"), true, chest);
    let now: Timestamp = NOW.parse().unwrap();
    let told = webhook.call("confirmation-1", "{\"a\":1}".to_owned(), now).await.unwrap();
    assert_eq!(told, "webhook confirmation-1 answered with 204");
    let call = calls.lock().unwrap().remove(0);
    let header = |name: &str| -> String {
        let line = call.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")));
        line.unwrap_or_else(|| panic!("{name}: {call}")).to_owned()
    };
    assert!(call.starts_with("POST /hook?a=b HTTP/1.1\r\n"), "{call}");
    assert_eq!(
        (header("webhook-id"), header("content-type")),
        ("confirmation-1".to_owned(), "application/json".to_owned())
    );
    let seconds = now.as_second().to_string();
    assert_eq!(header("webhook-timestamp"), seconds);
    let signature = header("webhook-signature");
    let signature = STANDARD.decode(signature.strip_prefix("v1a,").unwrap()).unwrap();
    let fits = |signed: String| {
        UnparsedPublicKey::new(&ED25519, &public).verify(signed.as_bytes(), &signature).is_ok()
    };
    assert!(fits(format!("confirmation-1.{seconds}.{{\"a\":1}}")));
    assert!(!fits(format!("confirmation-1.{seconds}.{{\"a\":2}}")));
    assert!(!fits(format!("confirmation-2.{seconds}.{{\"a\":1}}")));
    assert!(!fits(format!("confirmation-1.{}.{{\"a\":1}}", now.as_second() + 1)));
}

#[tokio::test]
async fn each_answer_means_what_it_says() {
    let (elsewhere, seen) = receiver(Answers::With("HTTP/1.1 200 OK\r\n\r\n".to_owned())).await;
    let moved = format!(
        "HTTP/1.1 307 Moved\r\nLocation: http://127.0.0.1:{elsewhere}/\r\nContent-Length: 0\r\n\r\n"
    );
    let plain = |status: u16| format!("HTTP/1.1 {status} Answer\r\nContent-Length: 0\r\n\r\n");
    for (answer, class, word) in [
        (plain(410), "permanent", "410"),
        (moved, "transient", "redirect"),
        (plain(400), "transient", "400"),
        (plain(404), "transient", "404"),
        (plain(429), "transient", "429"),
        (plain(500), "transient", "500"),
        ("nonsense\r\n\r\n".to_owned(), "uncertain", "connection broke"),
    ] {
        let (port, _) = receiver(Answers::With(answer)).await;
        let failure = call(port).await.unwrap_err();
        assert_eq!(failure.class(), class, "{failure}");
        assert!(failure.reason().contains(word), "{failure}");
        assert!(!failure.reason().contains("hook?") && !failure.reason().contains("127.0.0.1"));
    }
    assert!(seen.lock().unwrap().is_empty(), "a redirect is not followed");
    let (port, _) = receiver(Answers::Never).await;
    let failure = call(port).await.unwrap_err();
    assert_eq!(
        (failure.class(), failure.reason()),
        ("uncertain", "the webhook: no answer in time")
    );
    let (port, _) = receiver(Answers::Closes).await;
    assert_eq!(call(port).await.unwrap_err().class(), "uncertain");
    let (port, _) = receiver(Answers::Endlessly).await;
    assert!(call(port).await.is_ok(), "what is answered is not read to its end");
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    assert_eq!(call(port).await.unwrap_err().class(), "transient");
}

#[tokio::test]
async fn whoever_lives_at_a_private_address_is_never_connected_to() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    for host in ["localhost", "127.0.0.1", "[::1]", "[::ffff:127.0.0.1]"] {
        let webhook = webhook(&format!("https://{host}:{port}/"), false, chest().0);
        let failure = webhook.call("a", "{}".to_owned(), NOW.parse().unwrap()).await.unwrap_err();
        assert_eq!(failure.class(), "transient", "{host}");
        assert!(failure.reason().contains("allow_private"), "{host}: {failure}");
    }
    let nobody = tokio::time::timeout(std::time::Duration::from_millis(200), listener.accept());
    assert!(nobody.await.is_err(), "nobody knocked");
    let allowed = webhook(&format!("https://localhost:{port}/"), true, chest().0);
    let knocked = tokio::join!(allowed.call("a", "{}".to_owned(), NOW.parse().unwrap()), async {
        listener.accept().await.map(drop)
    });
    assert!(knocked.1.is_ok() && knocked.0.is_err(), "allowed, and no TLS there");
}

#[tokio::test]
async fn without_a_key_in_force_nothing_is_called() {
    let (port, calls) = receiver(Answers::With("HTTP/1.1 200 OK\r\n\r\n".to_owned())).await;
    let url = format!("http://127.0.0.1:{port}/");
    for (chest, now) in [(Chest::default(), NOW), (chest().0, "2026-10-01T00:00:00Z")] {
        let webhook = webhook(&url, true, chest);
        let failure = webhook.call("a", "{}".to_owned(), now.parse().unwrap()).await.unwrap_err();
        assert!(failure.reason().contains("[seal] keys"), "{failure}");
    }
    assert!(calls.lock().unwrap().is_empty());
}
