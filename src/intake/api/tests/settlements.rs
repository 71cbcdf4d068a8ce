//! What callers get for a message that was stored, and what becomes of callers who do not wait.

use super::*;
use std::io::Write;
use std::sync::Mutex;
use std::time::Duration;

#[tokio::test]
async fn a_stored_message_is_answered_with_its_receipt() {
    let response = accepting().await.oneshot(good(&[])).await.unwrap();
    assert_eq!(response.status(), 202);
    let location = response.headers()["location"].to_str().unwrap().to_owned();
    assert!(!response.headers().contains_key("idempotency-replayed"));
    let body = json(response).await;
    let reference = body["reference"].as_str().unwrap();
    let status = format!("https://socialtjanst.example/eviction-notices/v1/notices/{reference}");
    assert_eq!(location, status);
    assert_eq!(body["status"], status);
    assert_eq!(body["receipt"], format!("{status}/receipt"));
    assert_eq!(body["receivedAt"], "2026-10-12T08:15:30Z");
    assert_eq!(body["arrivalDate"], "2026-10-12");
    assert_eq!(body["sha256"].as_str().unwrap().len(), 64);
    assert!(body.get("duplicate").is_none());
    let expected = serde_json::json!([{ "reference": reference, "type": "rentArrears", "findings": [{
        "code": "personIdentity.checkDigit", "severity": "warning",
        "path": "/persons/0/identity", "message": "So." }] }]);
    assert_eq!(body["notices"], expected);
}

#[tokio::test]
async fn the_envelope_tells_who_when_and_under_which_key() {
    let (router, mut receive, _settle) = open(&Config::default()).await;
    let cases = [
        (
            None,
            format!("sha256:{}", Digest::of(br#"{"schemaVersion":"1.0","type":"rentArrears"}"#)),
        ),
        (Some("2026-4711"), "key:2026-4711".to_owned()),
    ];
    for (key, expected) in cases {
        let headers: Vec<_> = key.iter().map(|key| ("idempotency-key", *key)).collect();
        let request = tokio::spawn(router.clone().oneshot(good(&headers)));
        let (received, _waiting) = receive.receive().await.unwrap();
        let envelope = received.envelope;
        assert_eq!(envelope.source_key.key, expected);
        assert_eq!(envelope.source_key.door, "api");
        assert_eq!(envelope.source_key.sender, "exempelhus");
        assert_eq!(envelope.sender.partner.as_deref(), Some("exempelhus"));
        assert_eq!((envelope.received_at, envelope.seen_at), (clock().now(), clock().now()));
        let mail_to = Some(Masked::new("post@exempelhus.example"));
        assert_eq!(envelope.reply_to, ReplyTo::Api { mail_to });
        request.abort();
    }
}

#[tokio::test]
async fn a_repeat_gets_the_first_answer_and_is_told_so() {
    let first = json(accepting().await.oneshot(good(&[])).await.unwrap()).await;
    let again = || {
        settling(Config::default(), |received| Settlement::Duplicate {
            answer: stored(&received.raw),
            redelivered: false,
        })
    };
    let keyed = again().await.oneshot(good(&[("idempotency-key", "k")])).await.unwrap();
    assert_eq!(keyed.status(), 202);
    assert_eq!(keyed.headers()["idempotency-replayed"], "true");
    assert_eq!(json(keyed).await, first);

    let keyless = again().await.oneshot(good(&[])).await.unwrap();
    assert_eq!(keyless.status(), 202);
    assert!(!keyless.headers().contains_key("idempotency-replayed"));
    let mut body = json(keyless).await;
    assert_eq!(body.as_object_mut().unwrap().remove("duplicate"), Some(Value::Bool(true)));
    assert_eq!(body, first);
}

#[tokio::test]
async fn a_key_in_hand_is_a_409_until_its_message_is_settled() {
    let (router, mut receive, mut settle) = open(&Config::default()).await;
    let keyed = || good(&[("idempotency-key", "k")]);
    let first = tokio::spawn(router.clone().oneshot(keyed()));
    let (received, waiting) = receive.receive().await.unwrap();
    problem(router.clone().oneshot(keyed()).await.unwrap(), 409, "still-running").await;
    settle.settle(vec![(waiting, Settlement::Accepted(stored(&received.raw)))]).await;
    assert_eq!(first.await.unwrap().unwrap().status(), 202);

    let second = tokio::spawn(router.clone().oneshot(keyed()));
    let (_, waiting) = receive.receive().await.unwrap();
    drop(waiting);
    problem(second.await.unwrap().unwrap(), 503, "unavailable").await;
}

#[tokio::test]
async fn a_caller_who_goes_away_changes_nothing() {
    let (router, mut receive, mut settle) = open(&Config::default()).await;
    let keyed = || good(&[("idempotency-key", "k")]);
    let mut request = Box::pin(router.clone().oneshot(keyed()));
    let (received, waiting) = tokio::select! {
        _ = &mut request => panic!("answered before it was settled"),
        message = receive.receive() => message.unwrap(),
    };
    drop(request);
    problem(router.clone().oneshot(keyed()).await.unwrap(), 409, "still-running").await;
    settle.settle(vec![(waiting, Settlement::Accepted(stored(&received.raw)))]).await;

    let again = tokio::spawn(router.clone().oneshot(keyed()));
    let (_, waiting) = receive.receive().await.unwrap();
    let answer = stored(&received.raw);
    settle.settle(vec![(waiting, Settlement::Duplicate { answer, redelivered: false })]).await;
    let again = again.await.unwrap().unwrap();
    assert_eq!(again.headers()["idempotency-replayed"], "true");
}

#[tokio::test]
async fn the_door_ends_when_the_server_is_gone_and_waiting_callers_are_answered_first() {
    let (router, mut receive, mut settle) = open(&Config::default()).await;
    let waiting = tokio::spawn(router.oneshot(good(&[])));
    let (received, receipt) = receive.receive().await.unwrap();
    settle.settle(vec![(receipt, Settlement::Accepted(stored(&received.raw)))]).await;
    assert_eq!(waiting.await.unwrap().unwrap().status(), 202);
    let ended = tokio::time::timeout(Duration::from_secs(10), receive.receive()).await;
    assert!(ended.unwrap().is_none());
}

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn neither_keys_nor_what_callers_write_reach_the_log() {
    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || writer.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let planted = [
        ("idempotency-key", "Testa-Testsson-850101-2390"),
        ("x-request-id", "00000000-0000-0000-0000-198501012390"),
        ("user-agent", "Exempelgatan"),
    ];
    accepting().await.oneshot(good(&planted)).await.unwrap();
    let mut failing = good(&planted);
    *failing.uri_mut() = "/eviction-notices/v1/notices?name=Testsson".parse().unwrap();
    let released = settling(Config::default(), |_| Settlement::Released).await;
    released.clone().oneshot(failing).await.unwrap();
    let mut unknown = good(&planted);
    *unknown.uri_mut() = "/Testsson/198501012390".parse().unwrap();
    released.oneshot(unknown).await.unwrap();
    let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    assert!(text.contains("request_id") && text.contains("/eviction-notices/v1/notices"));
    for secret in ["kv_", "Testsson", "850101", "2390", "Exempelgatan", "exempelhus.example"] {
        assert!(!text.contains(secret), "{secret} in the log");
    }
}
