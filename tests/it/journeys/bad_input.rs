//! Bad requests through the HTTP door of the running program: each gets the answer the contract names, nothing of it is stored, and
//! the next good one is taken.

use std::path::Path;
use std::path::PathBuf;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering;
use std::time::Duration;

use reqwest::RequestBuilder;
use reqwest::StatusCode;
use serde_json::Value;
use serde_json::json;
use tokio::io::AsyncReadExt;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::support::gateway::Gateway;

use super::place::LIMIT;
use super::place::Place;
use super::place::ROOT;
use super::place::Wishes;
use super::place::answer;
use super::place::end;
use super::place::holds_exactly;
use super::place::rows;

const JSON: &str = "application/json";

/// More than any door takes.
const HUNDRED_MEGABYTES: u64 = 100 * 1024 * 1024;

/// Every broken document, in order.
pub(super) fn broken() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/broken");
    let entries = std::fs::read_dir(folder).expect("the broken fixtures");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut paths: Vec<_> =
        paths.filter(|path| !path.to_string_lossy().ends_with(".problem.json")).collect();
    paths.sort();
    paths
}

/// Entities that would grow to some gigabytes.
pub(super) fn laughs() -> String {
    let mut text = "<?xml version=\"1.0\"?><!DOCTYPE n [<!ENTITY a0 \"ha\">".to_owned();
    for level in 1..=10 {
        let inner = format!("&a{};", level - 1).repeat(10);
        text.push_str(&format!("<!ENTITY a{level} \"{inner}\">"));
    }
    text + "]><notice xmlns=\"urn:kvittens:notice:1\"><schemaVersion>1.0</schemaVersion>\
            <type>rentArrears</type><text>&a10;</text></notice>"
}

pub(super) fn good(text: &str) -> Vec<u8> {
    json!({ "schemaVersion": "1.0", "type": "rentArrears", "text": text }).to_string().into_bytes()
}

async fn started() -> (Place, Gateway, String) {
    let place = Place::new(&Wishes::default());
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let key = place.client("caller").await;
    (place, gateway, key)
}

/// Asks and holds the answer against what is to come; a problem must be whole.
async fn expect(request: RequestBuilder, status: u16, code: &str) -> Value {
    let (actual, body) = answer(request).await;
    assert_eq!(actual.as_u16(), status, "{code}: {body}");
    assert!(
        body["type"].as_str().unwrap_or_default().ends_with(&format!("/{code}")),
        "{code}: {body}"
    );
    assert_eq!(body["status"], status, "{body}");
    for member in ["title", "detail", "instance"] {
        assert!(!body[member].as_str().unwrap_or_default().is_empty(), "{member}: {body}");
    }
    body
}

#[tokio::test]
async fn broken_documents_are_refused_as_noted_and_nothing_of_them_is_stored() {
    let (place, gateway, key) = started().await;
    for path in broken() {
        let media_type = match path.extension().and_then(|end| end.to_str()) {
            Some("xml") => "application/xml",
            Some("csv") => "text/csv",
            _ => JSON,
        };
        let noted = std::fs::read(path.with_extension("problem.json")).expect("its problem");
        let noted: Value = serde_json::from_slice(&noted).expect("JSON");
        let code = noted["kind"].as_str().expect("a kind");
        let status = if code == "not-readable" { 400 } else { 422 };
        let body = std::fs::read(&path).expect("a fixture");
        let problem = expect(place.post(&key, media_type, body), status, code).await;
        let told = problem["violations"].as_array().cloned().unwrap_or_default();
        let told: Vec<Value> =
            told.iter().map(|one| json!({ "code": one["code"], "field": one["field"] })).collect();
        assert_eq!(Value::from(told), noted["violations"], "{path:?}");
    }
    for (media_type, body) in hostile() {
        expect(place.post(&key, media_type, body), 400, "not-readable").await;
    }
    holds_exactly(&place, 0, 0).await;
    let (status, taken) = answer(place.post(&key, JSON, good("first"))).await;
    assert_eq!(status, 202, "{taken}");
    // A NUL in a text is taken out and remarked on; the notice has arrived.
    let xml = b"<notice xmlns=\"urn:kvittens:notice:1\"><schemaVersion>1.0</schemaVersion>\
        <type>rentArrears</type><text>a\0b</text></notice>";
    let json = b"{\"schemaVersion\":\"1.0\",\"type\":\"rentArrears\",\"text\":\"c\0d\"}";
    let escaped = (JSON, good("a\u{0}b"));
    for (media_type, body) in [escaped, (JSON, json.to_vec()), ("application/xml", xml.to_vec())] {
        let (status, taken) = answer(place.post(&key, media_type, body)).await;
        assert_eq!(status, 202, "{taken}");
        let findings = taken["notices"][0]["findings"].to_string();
        assert!(findings.contains("controlCharacters"), "{taken}");
    }
    holds_exactly(&place, 4, 4).await;
    assert_eq!(rows(&place, "person_keys").await, 0);
    end(gateway).await;
}

/// What no parser may spend its strength on.
fn hostile() -> Vec<(&'static str, Vec<u8>)> {
    let nested = |open: &str, close: &str| {
        format!("{}{}", open.repeat(200_000), close.repeat(200_000)).into_bytes()
    };
    let long = format!("<n xmlns=\"urn:kvittens:notice:1\" {}/>", "a='1' ".repeat(100_000));
    vec![
        ("application/xml", laughs().into_bytes()),
        ("application/xml", nested("<n>", "</n>")),
        ("application/xml", long.into_bytes()),
        (JSON, nested("[", "]")),
        (JSON, nested("{\"a\":", "}")),
        (JSON, b"\0\0\0\0".to_vec()),
        (JSON, vec![0xff; 4096]),
        (JSON, Vec::new()),
        ("text/csv", Vec::new()),
        ("application/xml", Vec::new()),
    ]
}

#[tokio::test]
async fn wrong_callers_keys_and_formats_get_the_answer_that_tells_no_more_than_it_must() {
    let (place, gateway, key) = started().await;
    let other = place.client("other").await;
    let wrong = format!("kv_{}", "A".repeat(43));
    for bad in ["", "x", wrong.as_str()] {
        expect(place.post(bad, JSON, good("x")), 401, "unauthorized").await;
    }
    let url = place.workspace.url(&format!("{ROOT}/notices"));
    let bare = place.http.post(&url).header("content-type", JSON).body(good("x"));
    expect(bare, 401, "unauthorized").await;
    for media_type in ["application/zip", "multipart/mixed; boundary=x", "text/html", "*/*", ""] {
        expect(place.post(&key, media_type, good("x")), 415, "unsupported-format").await;
    }
    let packed = place.post(&key, JSON, good("x")).header("content-encoding", "gzip");
    expect(packed, 415, "unsupported-format").await;
    for bad in ["a b", "", &"k".repeat(256), "h\u{e4}j"] {
        let request = place.post(&key, JSON, good("x")).header("idempotency-key", bad);
        expect(request, 400, "invalid-header").await;
    }
    let keyed = |text: &str| place.post(&key, JSON, good(text)).header("idempotency-key", "one");
    let (status, first) = answer(keyed("one")).await;
    assert_eq!(status, 202);
    expect(keyed("two"), 422, "key-reused").await;
    let (status, again) = answer(keyed("one")).await;
    assert_eq!((status, &again), (StatusCode::ACCEPTED, &first));
    let own = place.post(&other, JSON, good("two")).header("idempotency-key", "one");
    assert_eq!(answer(own).await.0, 202, "another client's keys are its own");
    let reference = first["reference"].as_str().expect("a reference");
    let ask = |key: &str, path: &str| {
        place.http.get(place.workspace.url(&format!("{ROOT}/notices/{path}"))).bearer_auth(key)
    };
    assert_eq!(answer(ask(&key, reference)).await.0, 200);
    let mut told = Vec::new();
    for path in [reference, "AVH-0000-0000", "AVH-7K4M-2QX6", "..%2f..%2fetc", "198501012390"] {
        for end in ["", "/receipt"] {
            let mut problem = expect(ask(&other, &format!("{path}{end}")), 404, "not-found").await;
            problem["instance"] = Value::Null;
            told.push(problem);
        }
    }
    told.dedup();
    assert_eq!(told.len(), 1, "another's reference and none at all look alike: {told:#?}");
    expect(ask(&wrong, reference), 401, "unauthorized").await;
    holds_exactly(&place, 2, 2).await;
    end(gateway).await;
}

#[tokio::test]
async fn a_hundred_megabytes_are_refused_before_they_are_read() {
    let (place, gateway, key) = started().await;
    let head = |length: &str| {
        format!(
            "POST {ROOT}/notices HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {key}\r\n\
             Content-Type: application/json\r\n{length}\r\n\r\n"
        )
    };
    let announced = head(&format!("Content-Length: {HUNDRED_MEGABYTES}"));
    let (answer, written) = flood(&place, &announced, b"[\"aaaaaaaaaaaaaaaa").await;
    assert!(answer.starts_with("HTTP/1.1 413 ") && answer.contains("/too-large"), "{answer}");
    assert!(
        written < 4 * 1024 * 1024,
        "{written} bytes were taken of what was announced as too much"
    );
    let piece = format!("10000\r\n{}\r\n", "a".repeat(0x10000));
    let (answer, written) =
        flood(&place, &head("Transfer-Encoding: chunked"), piece.as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 413 ") && answer.contains("/too-large"), "{answer}");
    assert!(written < HUNDRED_MEGABYTES / 4, "{written} bytes were taken without a word");
    let (status, _) = super::place::answer(place.post(&key, JSON, good("after"))).await;
    assert_eq!(status, 202);
    // A caller that goes away in the middle leaves nothing.
    let mut gone =
        TcpStream::connect(("127.0.0.1", place.workspace.http_port)).await.expect("a way in");
    gone.write_all(head("Content-Length: 1000").as_bytes()).await.expect("a head");
    gone.write_all(&good("half")[..20]).await.expect("half a body");
    drop(gone);
    holds_exactly(&place, 1, 1).await;
    end(gateway).await;
}

/// Writes a head and then the same piece again and again until an answer comes or the connection breaks; gives the answer and how much
/// the other side let us write.
async fn flood(place: &Place, head: &str, piece: &[u8]) -> (String, u64) {
    let stream =
        TcpStream::connect(("127.0.0.1", place.workspace.http_port)).await.expect("a way in");
    let (mut from, mut to) = stream.into_split();
    to.write_all(head.as_bytes()).await.expect("a head");
    let written = AtomicU64::new(0);
    let writing = async {
        while written.load(Ordering::Relaxed) < HUNDRED_MEGABYTES
            && to.write_all(piece).await.is_ok()
        {
            written.fetch_add(piece.len() as u64, Ordering::Relaxed);
            tokio::task::yield_now().await;
        }
    };
    let reading = async {
        let mut answer = Vec::new();
        let mut part = [0; 4096];
        while !String::from_utf8_lossy(&answer).contains("instance") {
            match from.read(&mut part).await {
                Ok(read) if read > 0 => answer.extend_from_slice(&part[..read]),
                Ok(_) | Err(_) => break,
            }
        }
        String::from_utf8_lossy(&answer).into_owned()
    };
    let both = async {
        let (mut reading, mut writing) = (std::pin::pin!(reading), std::pin::pin!(writing));
        tokio::select! {
            answer = &mut reading => {
                // What still goes after the answer shows whether anybody reads on.
                tokio::time::timeout(Duration::from_millis(300), &mut writing).await.ok();
                answer
            }
            () = &mut writing => reading.await,
        }
    };
    let answer = tokio::time::timeout(LIMIT, both).await.expect("an answer in time");
    (answer, written.load(Ordering::Relaxed))
}
