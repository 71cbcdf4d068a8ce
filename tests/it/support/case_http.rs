//! A stand-in for a municipality's integration platform: opens a case for each CloudEvent, with or without
//! noticing that it had seen the key before.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::Mutex;
use std::time::Duration;
use std::time::Instant;

use serde_json::Value;
use serde_json::json;

use super::faults::Faults;
use super::http1;
use super::http1::Answers;
use super::http1::Head;
use super::http1::HttpFault;
use super::http1::Reply;
use super::http1::Request;
use super::stage::Stage;
use super::wait;

/// How the platform behaves.
#[derive(Clone, Debug)]
pub(crate) struct CaseOptions {
    /// The bearer token it asks for.
    pub(crate) token: String,
    /// A repeated key gets 409 and the first case's id; otherwise it opens another case.
    pub(crate) deduplicates: bool,
}

impl Default for CaseOptions {
    fn default() -> Self {
        Self { token: "case-token".to_owned(), deduplicates: true }
    }
}

/// One opened case.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    /// `CASE-1`, `CASE-2`, …
    pub(crate) id: String,
    /// The event's subject.
    pub(crate) reference: String,
    /// The `Idempotency-Key`.
    pub(crate) key: String,
    /// The whole event.
    pub(crate) body: Value,
    /// When it was opened.
    pub(crate) at: Instant,
}

/// One call, good or bad.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    /// `POST` or `GET`.
    pub(crate) method: String,
    /// Path without the query.
    pub(crate) path: String,
    /// The `Idempotency-Key` or the reference asked for.
    pub(crate) key: String,
    /// The status answered; `None` when no answer was given.
    pub(crate) status: Option<u16>,
    /// When it was answered.
    pub(crate) at: Instant,
}

#[derive(Default)]
struct Records {
    cases: Vec<Case>,
    by_key: HashMap<String, usize>,
    by_reference: HashMap<String, usize>,
    calls: Vec<Call>,
}

struct Platform {
    options: CaseOptions,
    records: Mutex<Records>,
    posts: Faults,
    lookups: Faults,
}

/// The running platform; stopped when dropped.
pub(crate) struct CaseHttp {
    platform: Arc<Platform>,
    stage: Stage,
}

impl CaseHttp {
    /// Starts it on a free port of 127.0.0.1.
    pub(crate) async fn start(options: CaseOptions) -> Self {
        let platform = Arc::new(Platform {
            options,
            records: Mutex::default(),
            posts: Faults::default(),
            lookups: Faults::default(),
        });
        let shared = Arc::clone(&platform);
        let stage = Stage::open(move |listener| http1::serve(listener, Arc::clone(&shared)));
        Self { platform, stage }
    }

    /// Its address without a slash at the end; cases are at `/cases` under it.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.stage.port())
    }

    /// The token to configure.
    pub(crate) fn token(&self) -> &str {
        &self.platform.options.token
    }

    /// Every case so far, in order.
    pub(crate) fn cases(&self) -> Vec<Case> {
        self.platform.records.lock().unwrap().cases.clone()
    }

    /// How many cases so far.
    pub(crate) fn count(&self) -> usize {
        self.platform.records.lock().unwrap().cases.len()
    }

    /// Every call so far, except those answered before their body was read.
    pub(crate) fn calls(&self) -> Vec<Call> {
        self.platform.records.lock().unwrap().calls.clone()
    }

    /// Waits until at least `count` cases are open, and gives them.
    pub(crate) async fn wait_for(&self, count: usize, limit: Duration) -> Vec<Case> {
        let what = format!("{count} cases at the platform");
        wait::eventually(&what, limit, || async { self.count() >= count }).await;
        self.cases()
    }

    /// Lets the next `n` attempts to open a case fail so.
    pub(crate) fn fail_next(&self, n: usize, fault: HttpFault) {
        self.platform.posts.add(n, fault);
    }

    /// Lets the next `n` look-ups fail so.
    pub(crate) fn fail_lookups(&self, n: usize, fault: HttpFault) {
        self.platform.lookups.add(n, fault);
    }

    /// Forgets the faults that have not happened yet.
    pub(crate) fn heal(&self) {
        self.platform.posts.clear();
        self.platform.lookups.clear();
    }

    /// Stops listening and cuts all connections; cases are kept.
    pub(crate) fn stop(&mut self) {
        self.stage.stop();
    }

    /// Listens again on the same port.
    pub(crate) fn restart(&mut self) {
        self.stage.stop();
        self.stage.start();
    }
}

impl Answers for Platform {
    fn before_body(&self, head: &Head) -> Option<u16> {
        if head.method == "POST" { self.posts.before_body() } else { self.lookups.before_body() }
    }

    fn answer(&self, request: Request) -> Reply {
        let head = request.head.clone();
        let reply = match (head.method.as_str(), head.path.as_str()) {
            _ if !self.is_authorised(&head) => problem(401, "no or wrong bearer token"),
            ("POST", "/cases") => self.posts.spoil(|| self.open(&request)),
            ("GET", "/cases") => self.lookups.spoil(|| self.look_up(&head)),
            (_, "/cases") => problem(405, "only POST and GET"),
            _ => problem(404, "no such resource"),
        };
        let key = head.header("idempotency-key").or(head.query("reference")).unwrap_or_default().to_owned();
        let Head { method, path, .. } = head;
        let call = Call { method, path, key, status: reply.status(), at: Instant::now() };
        self.records.lock().unwrap().calls.push(call);
        reply
    }
}

impl Platform {
    fn is_authorised(&self, head: &Head) -> bool {
        let given = head.header("authorization").and_then(|value| value.strip_prefix("Bearer "));
        given == Some(self.options.token.as_str())
    }

    fn open(&self, request: &Request) -> Reply {
        let media_type = request.head.header("content-type").unwrap_or_default();
        if media_type.split(';').next() != Some("application/cloudevents+json") {
            return problem(415, "send application/cloudevents+json");
        }
        let Ok(body) = serde_json::from_slice::<Value>(&request.body) else {
            return problem(400, "the body is no JSON");
        };
        if let Some(missing) = missing_attribute(&body) {
            return problem(400, &format!("the event lacks {missing}"));
        }
        let reference = text(&body, "subject").to_owned();
        let key = request.head.header("idempotency-key").unwrap_or_default().to_owned();
        if !key.starts_with(&reference) {
            return problem(400, "Idempotency-Key does not name the event's subject");
        }
        let mut records = self.records.lock().unwrap();
        if let Some(first) = records.by_key.get(&key).filter(|_| self.options.deduplicates) {
            return Reply::Json(409, Some(json!({ "id": records.cases[*first].id })));
        }
        let index = records.cases.len();
        let id = format!("CASE-{}", index + 1);
        records.by_key.entry(key.clone()).or_insert(index);
        records.by_reference.entry(reference.clone()).or_insert(index);
        records.cases.push(Case { id: id.clone(), reference, key, body, at: Instant::now() });
        Reply::Json(201, Some(json!({ "id": id })))
    }

    fn look_up(&self, head: &Head) -> Reply {
        let records = self.records.lock().unwrap();
        let found = head.query("reference").and_then(|reference| records.by_reference.get(reference));
        match found {
            Some(index) => Reply::Json(200, Some(json!({ "id": records.cases[*index].id }))),
            None => problem(404, "no case with this reference"),
        }
    }
}

/// The first attribute that CloudEvents 1.0 demands, or our contract, and the event has not.
fn missing_attribute(event: &Value) -> Option<&'static str> {
    let demanded = ["id", "source", "type", "subject"];
    if text(event, "specversion") != "1.0" {
        return Some("specversion 1.0");
    }
    if let Some(name) = demanded.into_iter().find(|name| text(event, name).is_empty()) {
        return Some(name);
    }
    (!event["data"].is_object()).then_some("data")
}

fn text<'v>(value: &'v Value, member: &str) -> &'v str {
    value[member].as_str().unwrap_or_default()
}

fn problem(status: u16, detail: &str) -> Reply {
    Reply::Json(status, Some(json!({ "status": status, "detail": detail })))
}
