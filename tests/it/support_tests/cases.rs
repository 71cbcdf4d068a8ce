//! The stand-in for an integration platform.

use std::time::Duration;

use serde_json::Value;
use serde_json::json;

use crate::support::case_http::CaseHttp;
use crate::support::case_http::CaseOptions;
use crate::support::http_client;
use crate::support::http1::HttpFault;

fn event(reference: &str) -> Value {
    json!({
        "specversion": "1.0", "id": reference, "source": "/kvittens",
        "type": "se.kvittens.notice.registered.v1", "subject": reference, "data": { "reference": reference }
    })
}

/// Sends an event; gives the status and the id, or `None` when the connection broke.
async fn open(platform: &CaseHttp, key: &str, event: &Value) -> Option<(u16, String)> {
    let call =
        http_client().post(format!("{}/cases", platform.url())).bearer_auth(platform.token());
    let call =
        call.header("Content-Type", "application/cloudevents+json").header("Idempotency-Key", key);
    let answer =
        call.timeout(Duration::from_millis(500)).body(event.to_string()).send().await.ok()?;
    let status = answer.status().as_u16();
    let body: Value = answer.json().await.unwrap_or_default();
    Some((status, body["id"].as_str().unwrap_or_default().to_owned()))
}

async fn look_up(platform: &CaseHttp, reference: &str) -> u16 {
    let call = http_client().get(format!("{}/cases?reference={reference}", platform.url()));
    call.bearer_auth(platform.token()).send().await.expect("an answer").status().as_u16()
}

#[tokio::test]
async fn a_repeated_key_finds_its_case_or_opens_another_as_told() {
    for (deduplicates, second, cases) in [(true, (409, "CASE-1"), 1), (false, (201, "CASE-2"), 2)] {
        let platform =
            CaseHttp::start(CaseOptions { deduplicates, ..CaseOptions::default() }).await;
        let first = open(&platform, "AVH-1", &event("AVH-1")).await;
        assert_eq!(first, Some((201, "CASE-1".to_owned())));
        let (status, id) = second;
        assert_eq!(open(&platform, "AVH-1", &event("AVH-1")).await, Some((status, id.to_owned())));
        assert_eq!(platform.count(), cases);
        assert_eq!(platform.cases()[0].body["data"]["reference"], "AVH-1");
        assert_eq!(
            (look_up(&platform, "AVH-1").await, look_up(&platform, "AVH-2").await),
            (200, 404)
        );
    }
}

#[tokio::test]
async fn each_fault_stores_or_does_not_as_its_name_says() {
    let cases = [
        (HttpFault::BeforeBody(503), Some(503), 0),
        (HttpFault::Refuse(401), Some(401), 0),
        (HttpFault::ResetBeforeStoring, None, 0),
        (HttpFault::ErrorAfterStoring(500), Some(500), 1),
        (HttpFault::ResetAfterStoring, None, 1),
        (HttpFault::HangAfterStoring, None, 1),
        (HttpFault::Delay(Duration::from_millis(20)), Some(201), 1),
    ];
    for (fault, status, stored) in cases {
        let platform = CaseHttp::start(CaseOptions::default()).await;
        platform.fail_next(1, fault);
        let answer = open(&platform, "AVH-1", &event("AVH-1")).await;
        assert_eq!(answer.map(|(status, _)| status), status, "{fault:?}");
        assert_eq!(platform.count(), stored, "{fault:?}");
        assert!(
            open(&platform, "AVH-1", &event("AVH-1")).await.is_some(),
            "healed after {fault:?}"
        );
        assert_eq!(platform.count(), 1, "{fault:?}");
    }
}

#[tokio::test]
async fn what_is_no_proper_event_opens_no_case() {
    let platform = CaseHttp::start(CaseOptions::default()).await;
    let without = |member: &str| {
        let mut event = event("AVH-1");
        event[member] = Value::Null;
        event
    };
    for member in ["specversion", "id", "source", "type", "data"] {
        let answer = open(&platform, "AVH-1", &without(member)).await;
        assert_eq!(answer.map(|(status, _)| status), Some(400), "{member}");
    }
    let other_key = open(&platform, "AVH-2", &event("AVH-1")).await;
    assert_eq!(other_key.map(|(status, _)| status), Some(400));
    let url = format!("{}/cases", platform.url());
    let no_token = http_client().post(&url).json(&event("AVH-1")).send().await.expect("an answer");
    assert_eq!(no_token.status().as_u16(), 401);
    let plain_json =
        http_client().post(&url).bearer_auth(platform.token()).json(&event("AVH-1")).send().await;
    assert_eq!(plain_json.expect("an answer").status().as_u16(), 415);
    assert_eq!((platform.count(), platform.calls().len()), (0, 8));
}
