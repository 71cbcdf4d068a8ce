//! Everything the door refuses, each with its status and form.

use super::*;
use bytes::Bytes;
use std::convert::Infallible;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;
use std::time::Duration;

#[tokio::test]
async fn no_key_or_a_wrong_one_is_a_401_that_tells_nothing() {
    let unknown = format!("Bearer {}", key('b'));
    let basic = format!("Basic {}", key('a'));
    for authorization in ["", "Bearer", "Bearer kv_short", &unknown, &basic, &key('a')] {
        let mut headers = vec![("content-type", "application/json")];
        if !authorization.is_empty() {
            headers.push(("authorization", authorization));
        }
        let response = accepting().await.oneshot(post(&headers, "{}")).await.unwrap();
        problem(response, 401, "unauthorized").await;
    }
}

#[tokio::test]
async fn a_store_that_does_not_know_its_clients_is_a_503() {
    let bearer = format!("Bearer {}", key('z'));
    let request = post(&[("authorization", &bearer), ("content-type", "text/csv")], "type");
    let response = accepting().await.oneshot(request).await.unwrap();
    problem(response, 503, "unavailable").await;
}

#[tokio::test]
async fn data_and_documents_come_in_and_nothing_else() {
    let cases = [
        ("application/json; charset=ISO-8859-1", Some(Format::Json)),
        ("APPLICATION/XML", Some(Format::Xml)),
        ("text/xml;charset=\"utf-8\"", Some(Format::Xml)),
        ("text/csv; header=present", Some(Format::Csv)),
        (Format::Xlsx.media_type(), Some(Format::Xlsx)),
        (Format::Docx.media_type(), Some(Format::Docx)),
        ("application/pdf", Some(Format::Pdf)),
        ("multipart/form-data; boundary=x", Some(Format::Mail)),
        ("application/zip", None),
        ("multipart/mixed; boundary=x", None),
        ("text/plain", None),
        ("", None),
    ];
    for (content_type, expected) in cases {
        let (seen, mut format) = tokio::sync::mpsc::unbounded_channel();
        let router = settling(Config::default(), move |received| {
            seen.send(received.envelope.format).unwrap();
            Settlement::Accepted(stored(&received.raw))
        });
        let request = good(&[("content-type", content_type)]);
        let response = router.await.oneshot(request).await.unwrap();
        match expected {
            Some(expected) => {
                assert_eq!(response.status(), 202, "{content_type}");
                assert_eq!(format.recv().await, Some(expected));
            }
            None => drop(problem(response, 415, "unsupported-format").await),
        }
    }
    let zipped = good(&[("content-encoding", "gzip")]);
    let response = accepting().await.oneshot(zipped).await.unwrap();
    problem(response, 415, "unsupported-format").await;
}

#[tokio::test]
async fn a_key_is_visible_ascii_of_at_most_255_characters_and_comes_once() {
    let (longest, longer) = ("k".repeat(255), "k".repeat(256));
    let cases: &[(&[&str], u16)] = &[
        (&["a"], 202),
        (&[&longest], 202),
        (&[&longer], 400),
        (&[""], 400),
        (&["a b"], 400),
        (&["nyckel-å"], 400),
        (&["a", "b"], 400),
    ];
    for (keys, status) in cases {
        let headers: Vec<_> = keys.iter().map(|key| ("idempotency-key", *key)).collect();
        let response = accepting().await.oneshot(good(&headers)).await.unwrap();
        match status {
            400 => drop(problem(response, 400, "invalid-header").await),
            _ => assert_eq!(response.status().as_u16(), *status),
        }
    }
}

#[tokio::test]
async fn a_hundred_megabytes_are_refused_without_being_read() {
    let read = Arc::new(AtomicUsize::new(0));
    let stream = |read: Arc<AtomicUsize>| {
        Body::from_stream(futures::stream::iter((0..1600).map(move |_| {
            read.fetch_add(65_536, Ordering::SeqCst);
            Ok::<_, Infallible>(Bytes::from(vec![b' '; 65_536]))
        })))
    };
    let bearer = format!("Bearer {}", key('a'));
    let mut headers = vec![("authorization", bearer.as_str()), ("content-type", "text/csv")];
    let counted = post(&headers, stream(read.clone()));
    problem(accepting().await.oneshot(counted).await.unwrap(), 413, "too-large").await;
    let limit = Config::default().max_bytes;
    assert!(read.swap(0, Ordering::SeqCst) <= limit + 2 * 65_536);

    headers.push(("content-length", "104857600"));
    let announced = post(&headers, stream(read.clone()));
    problem(accepting().await.oneshot(announced).await.unwrap(), 413, "too-large").await;
    assert_eq!(read.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_content_of_exactly_the_limit_comes_in_and_one_byte_more_does_not() {
    for (length, status) in [(2048, 202), (2049, 413)] {
        let config = Config { max_bytes: 2048, ..Config::default() };
        let router = settling(config, |received| Settlement::Accepted(stored(&received.raw))).await;
        let bearer = format!("Bearer {}", key('a'));
        let headers = [("authorization", bearer.as_str()), ("content-type", "text/csv")];
        let pieces = vec![b'x'; length].chunks(100).map(Bytes::copy_from_slice).collect::<Vec<_>>();
        let body =
            Body::from_stream(futures::stream::iter(pieces.into_iter().map(Ok::<_, Infallible>)));
        let response = router.oneshot(post(&headers, body)).await.unwrap();
        assert_eq!(response.status(), status);
        if status == 202 {
            let digest = Digest::of(&vec![b'x'; length]).to_string();
            assert_eq!(json(response).await["sha256"], digest);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_caller_that_sends_nothing_is_given_up() {
    let bearer = format!("Bearer {}", key('a'));
    let headers = [("authorization", bearer.as_str()), ("content-type", "text/csv")];
    let silent = Body::from_stream(futures::stream::pending::<Result<Bytes, Infallible>>());
    let response = accepting().await.oneshot(post(&headers, silent)).await.unwrap();
    problem(response, 408, "request-timeout").await;
}

#[tokio::test]
async fn more_than_the_rate_is_a_429_and_more_than_the_places_a_503() {
    let config = Config { requests_per_minute: 1, ..Config::default() };
    let router = settling(config, |received| Settlement::Accepted(stored(&received.raw))).await;
    assert_eq!(router.clone().oneshot(good(&[])).await.unwrap().status(), 202);
    problem(router.oneshot(good(&[])).await.unwrap(), 429, "too-many-requests").await;

    let config = Config { max_concurrent: 1, ..Config::default() };
    let (router, mut receive, _settle) = open(&config).await;
    let first = tokio::spawn(router.clone().oneshot(good(&[])));
    let waiting = receive.receive().await.unwrap();
    problem(router.clone().oneshot(good(&[])).await.unwrap(), 503, "unavailable").await;
    drop(waiting);
    problem(first.await.unwrap().unwrap(), 503, "unavailable").await;
}

#[tokio::test]
async fn a_content_that_all_requests_together_cannot_hold_is_a_503() {
    let config = Config { max_bytes: 4096, max_waiting_bytes: 4096, ..Config::default() };
    let (router, mut receive, _settle) = open(&config).await;
    let bearer = format!("Bearer {}", key('a'));
    let headers = [("authorization", bearer.as_str()), ("content-type", "text/csv")];
    let first = tokio::spawn(router.clone().oneshot(post(&headers, vec![b'x'; 3000])));
    let _held = receive.receive().await.unwrap();
    let second = router.clone().oneshot(post(&headers, vec![b'x'; 3000])).await.unwrap();
    problem(second, 503, "unavailable").await;
    first.abort();
}

#[tokio::test]
async fn every_refusal_of_the_pipeline_has_its_status() {
    let cases = [
        (ProblemKind::NotReadable, 400),
        (ProblemKind::StillRunning, 409),
        (ProblemKind::TooLarge, 413),
        (ProblemKind::UnsupportedFormat, 415),
        (ProblemKind::NotProcessable, 422),
        (ProblemKind::KeyReused, 422),
        (ProblemKind::NotAFile, 500),
    ];
    for (kind, status) in cases {
        let router = settling(Config::default(), move |_| {
            let violations = vec![answer::Violation::new("/type", "required", "It is missing.")];
            let detail = "Name the type.".to_owned();
            Settlement::Refused(answer::Problem { kind, detail, violations })
        });
        let response = router.await.oneshot(good(&[])).await.unwrap();
        let body = problem(response, status, "refused").await;
        assert_eq!(body["violations"][0]["field"], "/type");
        assert_eq!(body["detail"], "Name the type.");
    }
}

#[tokio::test]
async fn what_could_not_be_stored_is_a_503() {
    let router = settling(Config::default(), |_| Settlement::Released).await;
    problem(router.oneshot(good(&[])).await.unwrap(), 503, "unavailable").await;
    let (router, receive, _settle) = open(&Config::default()).await;
    drop(receive);
    problem(router.oneshot(good(&[])).await.unwrap(), 503, "unavailable").await;
}

#[tokio::test]
async fn other_methods_are_a_405() {
    let router = accepting().await;
    let request = Request::put("/eviction-notices/v1/notices").body(Body::empty()).unwrap();
    let response = router.oneshot(request).await.unwrap();
    assert_eq!(response.headers()["allow"], "POST");
    problem(response, 405, "method-not-allowed").await;
}

#[tokio::test]
async fn the_server_limits_are_shorter_than_the_patience_of_callers() {
    assert!(Config::default().body_timeout < Duration::from_secs(60));
}
