//! Knocks at the door as clients do, with a pipeline that answers as told.

use super::client::key_hash;
use super::*;
use crate::domain::answer;
use crate::domain::answer::Answer;
use crate::domain::answer::AnsweredNotice;
use crate::domain::answer::ProblemKind;
use crate::domain::digest::Digest;
use crate::domain::finding::Finding;
use crate::domain::masked::Masked;
use crate::domain::notice::NoticeType;
use crate::domain::received::Format;
use crate::domain::received::Received;
use crate::domain::received::ReplyTo;
use crate::domain::reference::Prefix;
use crate::domain::reference::Reference;
use crate::intake::IntakeAdapter;
use crate::intake::Receive;
use crate::intake::Settle;
use crate::intake::Settlement;
use crate::intake::api::adapter::ApiReceive;
use crate::intake::api::adapter::ApiSettle;
use axum::body::Body;
use axum::http::Request;
use axum::response::Response;
use serde_json::Value;
use tower::ServiceExt;

mod refusals;
mod settlements;

fn key(letter: char) -> String {
    format!("kv_{}", letter.to_string().repeat(43))
}

struct Known;

#[async_trait::async_trait]
impl Clients for Known {
    async fn by_key(&self, hash: &Digest) -> Result<Option<Client>, ClientsUnavailable> {
        if *hash == key_hash(&key('z')) {
            return Err(ClientsUnavailable("gone".into()));
        }
        let known = (*hash == key_hash(&key('a'))).then(|| Client {
            name: "exempelhus".to_owned(),
            mail_to: Some(Masked::new("post@exempelhus.example")),
        });
        Ok(known)
    }

    async fn sent(&self, client: &str, reference: &Reference) -> Result<bool, ClientsUnavailable> {
        Ok(client == "exempelhus" && reference.as_str().starts_with("AVH-"))
    }
}

fn clock() -> Clock {
    Clock::fixed("2026-10-12T08:15:30.123456Z".parse().unwrap())
}

async fn open(config: &Config) -> (Router, ApiReceive, ApiSettle) {
    let root = ApiRoot::under("https://socialtjanst.example/");
    let (door, router) = door(config, Arc::new(Known), root, clock());
    let (receive, settle) = door.open().await.unwrap();
    (crate::http::wrap::wrap(router, &crate::http::Config::default()), receive, settle)
}

fn stored(raw: &[u8]) -> Answer {
    let reference = Reference::compose(&Prefix::parse("AVH").unwrap(), [1; 7]);
    let notice = AnsweredNotice {
        reference: reference.clone(),
        kind: NoticeType::RentArrears,
        findings: vec![Finding::warning("personIdentity.checkDigit", "/persons/0/identity", "So.")],
        needs_review: true,
    };
    Answer {
        reference,
        received_at: "2026-10-12T08:15:30.999Z".parse().unwrap(),
        arrival_date: "2026-10-12".parse().unwrap(),
        sha256: Digest::of(raw),
        notices: vec![notice],
    }
}

/// A door whose pipeline settles everything in one way.
async fn settling(
    config: Config,
    how: impl Fn(&Received) -> Settlement + Send + 'static,
) -> Router {
    let (router, mut receive, mut settle) = open(&config).await;
    tokio::spawn(async move {
        while let Some((received, waiting)) = receive.receive().await {
            let settlement = how(&received);
            settle.settle(vec![(waiting, settlement)]).await;
        }
    });
    router
}

async fn accepting() -> Router {
    settling(Config::default(), |received| Settlement::Accepted(stored(&received.raw))).await
}

fn post(headers: &[(&str, &str)], body: impl Into<Body>) -> Request<Body> {
    let mut request = Request::post("/eviction-notices/v1/notices");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(body.into()).unwrap()
}

fn good(further: &[(&str, &str)]) -> Request<Body> {
    let bearer = format!("Bearer {}", key('a'));
    let mut headers = vec![("authorization", bearer.as_str())];
    if !further.iter().any(|(name, _)| *name == "content-type") {
        headers.push(("content-type", "application/json"));
    }
    headers.extend(further);
    post(&headers, r#"{"schemaVersion":"1.0","type":"rentArrears"}"#)
}

async fn json(response: Response) -> Value {
    let bytes = axum::body::to_bytes(response.into_body(), 1_000_000).await.unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

/// A problem with all five members, `violations`, and what its status asks for.
async fn problem(response: Response, status: u16, code: &str) -> Value {
    assert_eq!(response.status().as_u16(), status, "{code}");
    let headers = response.headers().clone();
    assert_eq!(headers["content-type"], "application/problem+json");
    if matches!(status, 409 | 429 | 503) {
        let seconds: u32 = headers["retry-after"].to_str().unwrap().parse().unwrap();
        assert!(seconds > 0);
    }
    assert_eq!(headers.contains_key("www-authenticate"), status == 401);
    assert_eq!(headers.contains_key("accept-post"), status == 415 && code != "refused");
    let body = json(response).await;
    for member in ["type", "title", "detail", "instance"] {
        assert!(body[member].as_str().is_some_and(|text| !text.is_empty()), "{member}");
    }
    assert_eq!(body["status"], status);
    assert!(body["violations"].is_array());
    if code != "refused" {
        assert!(body["type"].as_str().unwrap().ends_with(&format!("/problems/{code}")));
    }
    body
}
