//! Hands a notice to a municipality's integration platform: one CloudEvent posted, one id back.
//!
//! The reference travels as `Idempotency-Key`. A 2xx with an id is a case; 409 says that the case is already there. A 2xx without an id
//! was probably taken but proves no case: it is uncertain, to be looked up, or repeated under the same key where there is no look-up.

use crate::case_system::CaseSystem;
use crate::case_system::Found;
use crate::case_system::HandOver;
use crate::case_system::OpenCase;
use crate::case_system::Step;
use crate::case_system::config::HttpConfig;
use crate::case_system::connection;
use crate::case_system::connection::Effect;
use crate::case_system::connection::Peer;
use crate::case_system::connection::Way;
use crate::case_system::enclosed;
use crate::case_system::enclosure::Enclosed;
use crate::case_system::enclosure::Enclosure;
use crate::case_system::open::CaseSystemError;
use crate::case_system::open::Faults;
use crate::domain::failure::Failure;
use crate::domain::reference::Reference;
use jiff::civil::Date;
use reqwest::Client;
use reqwest::StatusCode;
use reqwest::header::AUTHORIZATION;
use reqwest::header::CONTENT_TYPE;
use reqwest::header::HeaderMap;
use reqwest::header::HeaderValue;
use reqwest::header::LOCATION;
use serde_json::Value;
use url::Url;

const PEER: Peer = Peer { name: "The case system", secret: "case_system.token" };
const EVENT_TYPE: &str = "se.kvittens.notice.registered.v1";
const REFERENCE_MARK: &str = "{reference}";
const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// The adapter for `kind = "http"`.
#[derive(Debug)]
pub struct Http {
    client: Client,
    url: Url,
    look_up: Option<String>,
    open_case: Option<Url>,
    enclosures: Option<Url>,
    id_pointer: String,
    source_json: String,
}

impl Http {
    /// Checks the keys and builds the client; sends nothing.
    pub fn open(config: &HttpConfig) -> Result<Self, CaseSystemError> {
        let mut faults = Faults::default();
        connection::check_url(&mut faults, "url", &config.url, config.allow_plain_http);
        if let Some(look_up) = &config.look_up {
            check_look_up(&mut faults, look_up, config.allow_plain_http);
        }
        for (key, url) in [("open_case", &config.open_case), ("enclosures", &config.enclosures)] {
            if let Some(url) = url {
                connection::check_url(&mut faults, key, url, config.allow_plain_http);
            }
        }
        if !config.id_pointer.is_empty() && !config.id_pointer.starts_with('/') {
            faults.add("id_pointer", "is no JSON Pointer: it begins with /");
        }
        let mut headers = HeaderMap::new();
        let token = faults.secret("token", config.token.as_ref(), config.token_file.as_deref());
        if let Some(token) = token {
            match HeaderValue::from_str(&format!("Bearer {}", token.reveal())) {
                Ok(mut value) => {
                    value.set_sensitive(true);
                    headers.insert(AUTHORIZATION, value);
                }
                Err(_) => faults.add("token", "holds characters that no header can carry"),
            }
        }
        let way = Way {
            ca_file: config.ca_file.as_deref(),
            timeout: config.timeout,
            connect_timeout: config.connect_timeout,
            connections: config.connections,
            headers,
        };
        Ok(Self {
            client: connection::client(faults, way)?,
            url: config.url.clone(),
            look_up: config.look_up.clone(),
            open_case: config.open_case.clone(),
            enclosures: config.enclosures.clone(),
            id_pointer: config.id_pointer.clone(),
            source_json: Value::from(config.source.as_str()).to_string(),
        })
    }

    /// The CloudEvent in structured content mode. Composed as text: what is inside is JSON already.
    fn event(&self, hand_over: &HandOver) -> String {
        format!(
            r#"{{"specversion":"1.0","id":"{reference}","source":{source},"type":"{EVENT_TYPE}","subject":"{reference}","time":"{time}","datacontenttype":"application/json","data":{data}}}"#,
            reference = hand_over.reference,
            source = self.source_json,
            time = hand_over.received_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            data = hand_over.event_data(),
        )
    }

    async fn already_there(&self, hand_over: &HandOver, body: &[u8]) -> Result<String, Failure> {
        if let Some(case_id) = self.id_in(body) {
            return Ok(case_id);
        }
        match self.find(hand_over).await? {
            Found::Case { case_id } => Ok(case_id),
            Found::Nothing | Found::Begun(_) | Found::InDoubt(_) | Found::KeyDecides => {
                Ok(hand_over.reference.to_string())
            }
        }
    }

    fn id_in(&self, body: &[u8]) -> Option<String> {
        let answer: Value = serde_json::from_slice(body).ok()?;
        let id = match answer.pointer(&self.id_pointer)? {
            Value::String(id) => id.trim().to_owned(),
            Value::Number(id) => id.to_string(),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
        };
        usable(&id).then_some(id)
    }
}

/// An id is stored and shown: it must be short and plain.
fn usable(id: &str) -> bool {
    !id.is_empty() && id.len() <= 200 && !id.chars().any(char::is_control)
}

/// The last segment of `Location`'s path.
fn id_in_location(headers: &HeaderMap) -> Option<String> {
    let location = headers.get(LOCATION)?.to_str().ok()?;
    let path = location.split(['?', '#']).next()?.trim_end_matches('/');
    let id = path.rsplit('/').next()?;
    (usable(id) && path.contains('/')).then(|| id.to_owned())
}

fn look_up_url(template: &str, reference: &Reference) -> String {
    template.replace(REFERENCE_MARK, reference.as_str())
}

fn check_look_up(faults: &mut Faults, template: &str, allow_plain_http: bool) {
    if !template.contains(REFERENCE_MARK) {
        faults.add("look_up", "lacks {reference}");
    }
    match Url::parse(&template.replace(REFERENCE_MARK, "AVH-0000-0000")) {
        Ok(url) => connection::check_url(faults, "look_up", &url, allow_plain_http),
        Err(error) => faults.add("look_up", error.to_string()),
    }
}

#[async_trait::async_trait]
impl CaseSystem for Http {
    fn target(&self) -> &'static str {
        "http"
    }

    async fn step(&self, hand_over: &HandOver) -> Result<Step, Failure> {
        let doing = "the hand-over";
        let answer = self
            .client
            .post(self.url.clone())
            .header(CONTENT_TYPE, HeaderValue::from_static("application/cloudevents+json"))
            .header(IDEMPOTENCY_KEY, hand_over.reference.as_str())
            .body(self.event(hand_over))
            .send()
            .await
            .map_err(|error| PEER.unanswered(doing, Effect::Writes, &error))?;
        let status = answer.status();
        if status == StatusCode::CONFLICT {
            let body = connection::body(answer).await.unwrap_or_default();
            let case_id = self.already_there(hand_over, &body).await?;
            return Ok(Step::Done { case_id });
        }
        if !status.is_success() {
            return Err(PEER.refused(doing, Effect::Writes, status));
        }
        let location = id_in_location(answer.headers());
        let body = connection::body(answer).await.unwrap_or_default();
        match self.id_in(&body).or(location) {
            Some(case_id) => Ok(Step::Done { case_id }),
            None => {
                Err(PEER.unsure(doing, Effect::Writes, "taken, but answered without a case's id"))
            }
        }
    }

    async fn find(&self, hand_over: &HandOver) -> Result<Found, Failure> {
        let Some(template) = &self.look_up else { return Ok(Found::KeyDecides) };
        let doing = "the look-up";
        let answer = self
            .client
            .get(look_up_url(template, &hand_over.reference))
            .send()
            .await
            .map_err(|error| PEER.unanswered(doing, Effect::Reads, &error))?;
        let status = answer.status();
        if status == StatusCode::NOT_FOUND {
            return Ok(Found::Nothing);
        }
        if !status.is_success() {
            return Err(PEER.refused(doing, Effect::Reads, status));
        }
        let Some(body) = connection::body(answer).await else {
            return Err(PEER.unsure(doing, Effect::Reads, "the answer broke off"));
        };
        Ok(match self.id_in(&body) {
            Some(case_id) => Found::Case { case_id },
            None => Found::InDoubt("the look-up found something without a case's id".to_owned()),
        })
    }

    /// The receiver must recognise the key: what ended without an answer is posted again.
    async fn enclose(&self, enclosure: &Enclosure) -> Result<Enclosed, Failure> {
        let Some(url) = &self.enclosures else { return Ok(Enclosed::NotTaken) };
        let doing = "putting what was sent with its case";
        let answer = self
            .client
            .post(url.clone())
            .header(CONTENT_TYPE, HeaderValue::from_static("application/cloudevents+json"))
            .header(IDEMPOTENCY_KEY, enclosure.key.subject())
            .body(enclosed::event(enclosure, &self.source_json))
            .send()
            .await
            .map_err(|error| PEER.unanswered(doing, Effect::Writes, &error))?;
        match answer.status() {
            StatusCode::CONFLICT => Ok(Enclosed::Taken),
            status if status.is_success() => Ok(Enclosed::Taken),
            status => Err(PEER.refused(doing, Effect::Writes, status)),
        }
    }

    async fn open_case(&self, number: &str, on: Date) -> Result<Option<OpenCase>, Failure> {
        let Some(url) = &self.open_case else { return Ok(None) };
        let doing = "asking for the open case";
        let asked = serde_json::json!({ "identity": number, "on": on });
        let sent = self.client.post(url.clone()).json(&asked).send().await;
        let answer = sent.map_err(|error| PEER.unanswered(doing, Effect::Reads, &error))?;
        match answer.status() {
            StatusCode::NOT_FOUND | StatusCode::NO_CONTENT => return Ok(None),
            status if !status.is_success() => {
                return Err(PEER.refused(doing, Effect::Reads, status));
            }
            _ => {}
        }
        let body = connection::body(answer).await;
        let case = body.and_then(|body| serde_json::from_slice::<OpenCase>(&body).ok());
        match case {
            Some(case) if usable(case.name.trim()) => Ok(Some(case)),
            Some(_) | None => {
                Err(PEER.unsure(doing, Effect::Reads, "the answer names no caseworker"))
            }
        }
    }

    /// Any answer but a closed door or a server's fault shows that somebody listens there.
    async fn probe(&self) -> Result<(), Failure> {
        let doing = "the probe";
        let answer = self
            .client
            .head(self.url.clone())
            .send()
            .await
            .map_err(|error| PEER.unanswered(doing, Effect::Reads, &error))?;
        let status = answer.status();
        let closed = matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN);
        if closed || status.is_redirection() || status.is_server_error() {
            return Err(PEER.refused(doing, Effect::Reads, status));
        }
        Ok(())
    }
}

#[cfg(test)]
#[path = "http_tests.rs"]
mod tests;
