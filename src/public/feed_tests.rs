//! Asks for confirmations as Kronofogden's client does, and as others do.

use crate::acknowledge::confirmation::Confirmation;
use crate::public::RegisterUnavailable;
use crate::public::feed::Entry;
use crate::public::feed::Feed;
use crate::public::routes;
use crate::public::tests::Fixed;
use crate::public::tests::desk;
use crate::public::tests::key;
use crate::public::tests::text;
use axum::body::Body;
use axum::http::Request;
use axum::response::Response;
use serde_json::Value;
use serde_json::json;
use std::sync::Arc;
use std::sync::Mutex;
use tower::ServiceExt;

/// Three confirmations, and what was handed out to whom.
#[derive(Default)]
pub(super) struct Three {
    handed_out: Mutex<Vec<(String, i64)>>,
    /// The store is away.
    away: bool,
}

fn confirmation(number: i64) -> Confirmation {
    let text = json!({
        "schemaVersion": "1.0", "number": number, "reference": "AVH-7K4M-2QX6", "version": 0, "legalBasis": "SFS 2025:468 11:3",
        "type": "evictionScheduled", "receivedAt": "2026-10-12T08:15:30Z", "arrivalDate": "2026-10-12",
        "confirmedAt": "2026-10-12T08:15:31Z", "sameDay": true,
        "caseworker": { "name": "Anna Exempel", "unit": "Mottagningen", "telephone": "010-000 00 01" },
        "contact": { "organisation": { "sv": "a", "en": "b" }, "board": "c", "telephone": "d", "email": "e" }
    });
    serde_json::from_value(text).unwrap()
}

fn entry(number: i64) -> Entry {
    let confirmation = confirmation(number);
    let document = serde_json::to_string(&confirmation).unwrap();
    Entry { document, confirmation, fetched: number == 1 }
}

#[async_trait::async_trait]
impl Feed for Three {
    async fn may_read(&self, client: &str) -> Result<bool, RegisterUnavailable> {
        Ok(client == "exempelhus")
    }

    async fn after(&self, number: i64, limit: i64) -> Result<Vec<Entry>, RegisterUnavailable> {
        let limit = usize::try_from(limit).unwrap();
        Ok((1..=3).filter(|one| *one > number).take(limit).map(entry).collect())
    }

    async fn one(&self, number: i64) -> Result<Option<Entry>, RegisterUnavailable> {
        Ok((1..=3).contains(&number).then(|| entry(number)))
    }

    async fn hand_out(&self, client: &str, entries: &[Entry]) -> Result<(), RegisterUnavailable> {
        if self.away {
            return Err(RegisterUnavailable("away".into()));
        }
        let numbers = entries.iter().map(|entry| (client.to_owned(), entry.confirmation.number));
        self.handed_out.lock().unwrap().extend(numbers);
        Ok(())
    }
}

async fn ask(feed: &Arc<Three>, method: &str, path: &str, headers: &[(&str, &str)]) -> Response {
    let mut desk = desk(Arc::new(Fixed::nothing()));
    desk.feed = feed.clone();
    let router = crate::http::wrap::wrap(routes(desk), &crate::http::Config::default());
    let mut request = Request::builder().method(method).uri(format!("/eviction-notices/v1{path}"));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    router.oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
}

fn bearer(letter: char) -> String {
    format!("Bearer {}", key(letter))
}

fn numbers(feed: &Three) -> Vec<i64> {
    feed.handed_out.lock().unwrap().iter().map(|(_, number)| *number).collect()
}

#[tokio::test]
async fn they_come_in_order_with_where_to_go_on_and_what_is_new_is_kept() {
    let (feed, key) = (Arc::<Three>::default(), bearer('a'));
    let headers = [("authorization", key.as_str())];
    let answer = ask(&feed, "GET", "/confirmations?limit=2", &headers).await;
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let told: Value = serde_json::from_str(&text(answer).await).unwrap();
    let seen: Vec<i64> = told["confirmations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["number"].as_i64().unwrap())
        .collect();
    assert_eq!((seen, &told["more"]), (vec![1, 2], &true.into()));
    assert_eq!(
        told["next"],
        "https://socialtjanst.example/eviction-notices/v1/confirmations?after=2&limit=2"
    );
    assert_eq!(numbers(&feed), [2], "the first was fetched before");
    let answer = ask(&feed, "GET", "/confirmations?after=3", &headers).await;
    let told: Value = serde_json::from_str(&text(answer).await).unwrap();
    assert_eq!((&told["confirmations"], &told["more"]), (&json!([]), &false.into()));
    assert!(told["next"].as_str().unwrap().ends_with("?after=3&limit=20"), "{told}");
}

#[tokio::test]
async fn one_comes_in_three_forms() {
    let (feed, key) = (Arc::<Three>::default(), bearer('a'));
    for (accept, media_type, sign) in [
        ("application/json", "application/json", "\"number\":3"),
        ("application/xml", "application/xml; charset=utf-8", "<number>3</number>"),
        ("text/plain", "text/plain; charset=utf-8", "00KVITTENS1.0 00000003\r\n"),
        ("*/*", "application/json", "\"number\":3"),
    ] {
        let headers = [("authorization", key.as_str()), ("accept", accept)];
        let answer = ask(&feed, "GET", "/confirmations/3", &headers).await;
        assert_eq!(answer.headers()["content-type"], media_type, "{accept}");
        let told = text(answer).await;
        assert!(told.contains(sign), "{accept}: {told}");
    }
    assert_eq!(numbers(&feed), [3, 3, 3, 3]);
}

#[tokio::test]
async fn what_is_not_handed_out_is_not_kept_as_fetched() {
    let (feed, ours, theirs) = (Arc::<Three>::default(), bearer('a'), bearer('b'));
    let cases = [
        ("HEAD", "/confirmations/3", Some(&ours), "*/*", 200),
        ("HEAD", "/confirmations", Some(&ours), "*/*", 200),
        ("GET", "/confirmations/3", Some(&ours), "application/pdf", 406),
        ("GET", "/confirmations/4", Some(&ours), "*/*", 404),
        ("GET", "/confirmations/x", Some(&ours), "*/*", 404),
        ("GET", "/confirmations/3", Some(&theirs), "*/*", 404),
        ("GET", "/confirmations", Some(&theirs), "*/*", 404),
        ("GET", "/confirmations", None, "*/*", 401),
        ("GET", "/confirmations?after=-1", Some(&ours), "*/*", 400),
        ("GET", "/confirmations?after=x&limit=0", Some(&ours), "*/*", 400),
        ("GET", "/confirmations?limit=201", Some(&ours), "*/*", 400),
        ("GET", "/confirmations?after=99999999999999999999", Some(&ours), "*/*", 400),
        ("POST", "/confirmations", Some(&ours), "*/*", 405),
    ];
    for (method, path, key, accept, status) in cases {
        let mut headers = vec![("accept", accept)];
        headers.extend(key.map(|key| ("authorization", key.as_str())));
        let answer = ask(&feed, method, path, &headers).await;
        assert_eq!(answer.status(), status, "{method} {path}");
        if status >= 400 {
            assert_eq!(answer.headers()["content-type"], "application/problem+json", "{path}");
        }
    }
    assert_eq!(numbers(&feed), [] as [i64; 0]);
    let headers = [("authorization", ours.as_str())];
    let answer = ask(&feed, "GET", "/confirmations?after=x&limit=0", &headers).await;
    let told: Value = serde_json::from_str(&text(answer).await).unwrap();
    assert_eq!(
        (&told["violations"][0]["field"], &told["violations"][1]["field"]),
        (&"after".into(), &"limit".into())
    );
}

#[tokio::test]
async fn nothing_is_handed_out_that_cannot_be_kept_as_fetched() {
    let feed = Arc::new(Three { away: true, ..Three::default() });
    let key = bearer('a');
    let headers = [("authorization", key.as_str())];
    for path in ["/confirmations", "/confirmations/2"] {
        let answer = ask(&feed, "GET", path, &headers).await;
        assert_eq!(answer.status(), 503, "{path}");
        assert!(answer.headers().contains_key("retry-after"));
        assert!(!text(answer).await.contains("Anna"), "{path}");
    }
}
