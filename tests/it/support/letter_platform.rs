//! A stand-in for a municipality's messaging platform: the messaging service, the party service and the token server behind one address. It
//! recognises no repeat, keeps every letter, and delivers as it is told to.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::Mutex;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
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

/// The municipality that it serves.
const MUNICIPALITY: &str = "1280";
/// Who may fetch tokens.
pub(crate) const CLIENT: (&str, &str) = ("kvittens", "letter-secret");

/// What becomes of a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// Into the digital mailbox.
    Digital,
    /// No mailbox: on paper.
    Paper,
    /// Neither.
    Fails,
    /// Nobody knows.
    Waits,
}

/// One letter that was taken.
#[derive(Clone, Debug)]
pub(crate) struct PostedLetter {
    pub(crate) message: String,
    pub(crate) party: String,
    pub(crate) body: Value,
    fate: Fate,
}

impl PostedLetter {
    /// The PDF.
    pub(crate) fn pdf(&self) -> Vec<u8> {
        STANDARD.decode(self.body["attachments"][0]["content"].as_str().unwrap()).unwrap()
    }

    fn deliveries(&self) -> Value {
        let one = |kind: &str, status: &str| json!({ "deliveryId": self.message, "messageType": kind, "status": status });
        match self.fate {
            Fate::Digital => json!([one("DIGITAL_MAIL", "SENT")]),
            Fate::Paper => json!([one("DIGITAL_MAIL", "NOT_SENT"), one("SNAIL_MAIL", "SENT")]),
            Fate::Fails => json!([one("DIGITAL_MAIL", "FAILED"), one("SNAIL_MAIL", "FAILED")]),
            Fate::Waits => json!([one("DIGITAL_MAIL", "PENDING")]),
        }
    }
}

#[derive(Default)]
struct Records {
    parties: HashMap<String, String>,
    letters: Vec<PostedLetter>,
    token: u32,
    calls: Vec<(String, String)>,
}

struct Platform {
    records: Mutex<Records>,
    fate: Mutex<Fate>,
    posts: Faults,
    looks: Faults,
}

/// The running platform; stopped when dropped.
pub(crate) struct LetterPlatform {
    platform: Arc<Platform>,
    stage: Stage,
}

impl LetterPlatform {
    /// Starts it on a free port of 127.0.0.1. It knows the persons by these numbers.
    pub(crate) async fn start(persons: &[&str]) -> Self {
        let parties =
            persons.iter().enumerate().map(|(at, person)| ((*person).to_owned(), id(1, at)));
        let records = Records { parties: parties.collect(), token: 1, ..Records::default() };
        let platform = Arc::new(Platform {
            records: Mutex::new(records),
            fate: Mutex::new(Fate::Digital),
            posts: Faults::default(),
            looks: Faults::default(),
        });
        let shared = Arc::clone(&platform);
        let stage = Stage::open(move |listener| http1::serve(listener, Arc::clone(&shared)));
        Self { platform, stage }
    }

    /// Its address without a slash at the end: `/messaging`, `/party` and `/token` lie below it.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.stage.port())
    }

    /// The token that it takes now.
    pub(crate) fn token(&self) -> String {
        token(self.platform.records.lock().unwrap().token)
    }

    /// Lets no token of before count any more.
    pub(crate) fn end_tokens(&self) {
        self.platform.records.lock().unwrap().token += 1;
    }

    /// What becomes of letters that are posted from now on.
    pub(crate) fn deliver(&self, fate: Fate) {
        *self.platform.fate.lock().unwrap() = fate;
    }

    /// What becomes of all letters that were posted.
    pub(crate) fn end_all(&self, fate: Fate) {
        self.platform.records.lock().unwrap().letters.iter_mut().for_each(|it| it.fate = fate);
    }

    /// Every letter that was taken, in order.
    pub(crate) fn letters(&self) -> Vec<PostedLetter> {
        self.platform.records.lock().unwrap().letters.clone()
    }

    /// How often a kind of call came: `letter`, `status`, `history`, `party` or `token`.
    pub(crate) fn calls(&self, kind: &str) -> usize {
        self.platform.records.lock().unwrap().calls.iter().filter(|(of, _)| of == kind).count()
    }

    /// Waits until at least `count` letters were taken, and gives them.
    pub(crate) async fn wait_for(&self, count: usize, limit: Duration) -> Vec<PostedLetter> {
        let what = format!("{count} letters at the platform");
        wait::eventually(&what, limit, || async { self.letters().len() >= count }).await;
        self.letters()
    }

    /// Lets the next `n` letters fail so.
    pub(crate) fn fail_posts(&self, n: usize, fault: HttpFault) {
        self.platform.posts.add(n, fault);
    }

    /// Lets the next `n` looks at what a person was sent fail so.
    pub(crate) fn fail_looks(&self, n: usize, fault: HttpFault) {
        self.platform.looks.add(n, fault);
    }

    /// Stops listening; what was posted is kept.
    pub(crate) fn stop(&mut self) {
        self.stage.stop();
    }

    /// Listens again on the same port.
    pub(crate) fn restart(&mut self) {
        self.stage.stop();
        self.stage.start();
    }
}

fn id(kind: u8, at: usize) -> String {
    format!("{kind:08}-0000-4000-8000-{at:012}")
}

fn token(number: u32) -> String {
    format!("letter-token-{number}")
}

impl Answers for Platform {
    fn before_body(&self, head: &Head) -> Option<u16> {
        if head.path.ends_with("/letter") { self.posts.before_body() } else { None }
    }

    fn answer(&self, request: Request) -> Reply {
        let head = request.head.clone();
        let parts: Vec<&str> = head.path.trim_matches('/').split('/').collect();
        let call = (head.method.as_str(), parts.as_slice());
        let kind = match call {
            ("POST", ["token"]) => "token",
            ("POST", ["messaging", MUNICIPALITY, "letter"]) => "letter",
            ("GET", ["messaging", MUNICIPALITY, "status", "messages", _]) => "status",
            ("GET", ["messaging", MUNICIPALITY, "conversation-history", _]) => "history",
            ("GET", ["party", MUNICIPALITY, "PRIVATE", _, "partyId"]) => "party",
            _ => "unknown",
        };
        self.records.lock().unwrap().calls.push((kind.to_owned(), head.path.clone()));
        if kind == "token" {
            return self.grant(&head);
        }
        if !self.is_authorised(&head) {
            return problem(401, "no or wrong bearer token");
        }
        let last = |back: usize| parts[parts.len() - 1 - back];
        match kind {
            "letter" => self.posts.spoil(|| self.take(&request)),
            "status" => self.status(last(0)),
            "history" => self.looks.spoil(|| self.history(last(0))),
            "party" => self.party(last(1)),
            _ => problem(404, "no such resource"),
        }
    }
}

impl Platform {
    fn grant(&self, head: &Head) -> Reply {
        let expected = format!("Basic {}", STANDARD.encode(format!("{}:{}", CLIENT.0, CLIENT.1)));
        if head.header("authorization") != Some(expected.as_str()) {
            return Reply::Json(401, Some(json!({ "error": "invalid_client" })));
        }
        let token = token(self.records.lock().unwrap().token);
        Reply::Json(
            200,
            Some(json!({ "access_token": token, "expires_in": 3600, "token_type": "Bearer" })),
        )
    }

    fn is_authorised(&self, head: &Head) -> bool {
        let given = head.header("authorization").and_then(|value| value.strip_prefix("Bearer "));
        given == Some(token(self.records.lock().unwrap().token).as_str())
    }

    fn take(&self, request: &Request) -> Reply {
        let Ok(body) = serde_json::from_slice::<Value>(&request.body) else {
            return problem(400, "the body is no JSON");
        };
        let mut records = self.records.lock().unwrap();
        let party = body["party"]["partyIds"][0].as_str().unwrap_or_default().to_owned();
        if !records.parties.values().any(|known| *known == party) {
            return problem(400, "no such party");
        }
        if body["subject"].as_str().is_none_or(str::is_empty)
            || body["department"].as_str().is_none()
        {
            return problem(400, "subject and department are needed");
        }
        let message = id(2, records.letters.len());
        let fate = *self.fate.lock().unwrap();
        records.letters.push(PostedLetter { message: message.clone(), party, body, fate });
        let deliveries =
            json!([{ "deliveryId": message, "messageType": "LETTER", "status": "PENDING" }]);
        let messages = json!([{ "messageId": message, "deliveries": deliveries }]);
        Reply::Json(
            201,
            Some(json!({ "batchId": id(3, records.letters.len()), "messages": messages })),
        )
    }

    fn status(&self, message: &str) -> Reply {
        let records = self.records.lock().unwrap();
        match records.letters.iter().find(|letter| letter.message == message) {
            Some(letter) => Reply::Json(
                200,
                Some(json!({ "messageId": message, "deliveries": letter.deliveries() })),
            ),
            None => problem(404, "no such message"),
        }
    }

    fn history(&self, party: &str) -> Reply {
        let records = self.records.lock().unwrap();
        let theirs = records.letters.iter().filter(|letter| letter.party == party);
        let entries = theirs.flat_map(|letter| {
            let deliveries = letter.deliveries().as_array().cloned().unwrap_or_default();
            deliveries.into_iter().map(|delivery| {
                json!({ "content": letter.body, "messageType": delivery["messageType"], "status": delivery["status"],
                        "timestamp": "2026-11-03T10:22:00Z" })
            })
        });
        Reply::Json(200, Some(entries.collect()))
    }

    fn party(&self, person: &str) -> Reply {
        match self.records.lock().unwrap().parties.get(person) {
            Some(party) => Reply::Text(200, "text/plain", party.clone()),
            None => problem(404, "no such person"),
        }
    }
}

fn problem(status: u16, detail: &str) -> Reply {
    Reply::Text(status, "application/problem+json", json!({ "detail": detail }).to_string())
}
