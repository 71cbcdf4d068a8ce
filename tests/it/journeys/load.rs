//! Senders who do not stop: notices through all doors, each with a mark of its own, whatever happens to the gateway.

use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering;
use std::time::Duration;

use serde_json::Value;
use serde_json::json;
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;
use tokio_util::task::TaskTracker;

use crate::support::ports::random_name;
use crate::support::sftp::FarFolder;
use crate::support::workspace::Workspace;

use super::post::Mailbox;
use super::post::Post;

/// How many requests may be under way; while the gateway is down for long, no more are begun.
const CALLERS: usize = 128;

/// The official test numbers of adults; the stand-in for Lifecare knows them all.
pub(super) const ADULTS: [&str; 7] = [
    "198501012382",
    "198501012390",
    "199001022384",
    "197801022398",
    "197904842395",
    "197906812388",
    "197910792386",
];

/// Kinds with reasons of their own in the case system; the last one is confirmed to Kronofogden.
const KINDS: [&str; 5] =
    ["rentArrears", "rentDisturbance", "unlawfulSublet", "electricityDebt", "removalScheduled"];

/// The door, and what its sender does when no answer comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Door {
    /// Sends again with the same key until it is told 202.
    ApiUntilAnswered,
    /// Sends once; without an answer it gives up.
    ApiOnce,
    /// Drops a file.
    Folder,
    /// Drops a file on the partner's server.
    Sftp,
    /// Sends a mail.
    Maildir,
    /// Sends a mail to a mailbox on a mail server, again until that has it.
    Mailbox,
}

impl Door {
    /// Whether files come through it.
    pub(super) fn is_file(self) -> bool {
        matches!(self, Self::Folder | Self::Sftp)
    }
}

/// One notice offered.
#[derive(Clone, Debug)]
pub(super) struct Offer {
    /// In the notice's `sender.reference`, and nowhere else.
    pub(super) mark: String,
    /// Where it was offered.
    pub(super) door: Door,
    /// The reference in the answer 202 of the API.
    pub(super) answered: Option<String>,
    /// Any other final answer of the API.
    pub(super) refused: Option<String>,
}

/// What the senders share.
struct Senders {
    run: String,
    client: reqwest::Client,
    url: String,
    key: String,
    offers: Mutex<Vec<Offer>>,
    replayed: AtomicU64,
    stopped: AtomicBool,
}

/// The senders at work.
pub(super) struct Load {
    senders: Arc<Senders>,
    callers: TaskTracker,
    offering: JoinHandle<()>,
}

impl Load {
    /// Begins: every `pace` one notice by each kind of sender. Files and mails are from `days` different days.
    pub(super) fn start(
        workspace: Arc<Workspace>,
        key: String,
        (pace, days): (Duration, usize),
        (far, mailbox): (Option<Arc<FarFolder>>, Option<&Mailbox>),
    ) -> Self {
        let senders = Arc::new(Senders {
            run: random_name(),
            client: crate::support::http_client(),
            url: workspace.url("/eviction-notices/v1/notices"),
            key,
            offers: Mutex::default(),
            replayed: AtomicU64::new(0),
            stopped: AtomicBool::new(false),
        });
        let callers = TaskTracker::new();
        let post = mailbox.map(|mailbox| mailbox.post(&callers));
        let offering =
            offer(workspace, far, Arc::clone(&senders), callers.clone(), (pace, days, post));
        Self { offering: tokio::spawn(offering), senders, callers }
    }

    /// Begins nothing new; callers who repeat go on.
    pub(super) async fn stop(&mut self) {
        self.senders.stopped.store(true, Ordering::SeqCst);
        (&mut self.offering).await.expect("the senders run to their end");
        self.callers.close();
    }

    /// Waits until every caller has an answer or has given up.
    pub(super) async fn finished(&self) {
        self.callers.wait().await;
    }

    /// Everything offered so far.
    pub(super) fn offers(&self) -> Vec<Offer> {
        self.senders.offers.lock().unwrap().clone()
    }

    /// How many notices have been answered with 202 so far.
    pub(super) fn answered(&self) -> usize {
        let offers = self.senders.offers.lock().unwrap();
        offers.iter().filter(|offer| offer.answered.is_some()).count()
    }

    /// How many answers bore `Idempotency-Replayed`.
    pub(super) fn replayed(&self) -> u64 {
        self.senders.replayed.load(Ordering::SeqCst)
    }

    /// Whether this is a mark of this load, offered or not.
    pub(super) fn mark_in(&self, text: &str) -> Option<String> {
        let begins = format!("{}-", self.senders.run);
        let at = text.find(&begins)?;
        text.get(at..at + begins.len() + 6).map(str::to_owned)
    }
}

async fn offer(
    workspace: Arc<Workspace>,
    far: Option<Arc<FarFolder>>,
    senders: Arc<Senders>,
    callers: TaskTracker,
    (pace, days, post): (Duration, usize, Option<Post>),
) {
    let age = |at: usize| {
        let days = at / (ADULTS.len() * KINDS.len()) % days;
        Duration::from_hours(24 * days as u64)
    };
    let places = Arc::new(Semaphore::new(CALLERS));
    let mut ticks = tokio::time::interval(pace);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);
    let mut number = 0usize;
    while !senders.stopped.load(Ordering::SeqCst) {
        ticks.tick().await;
        for door in [Door::ApiUntilAnswered, Door::ApiOnce] {
            let Ok(place) = Arc::clone(&places).try_acquire_owned() else { continue };
            let (senders, (at, mark)) = (Arc::clone(&senders), senders.begin(door, &mut number));
            callers.spawn(async move {
                senders.call(at, &mark, notice(&mark, at)).await;
                drop(place);
            });
        }
        let (at, mark) = senders.begin(Door::Folder, &mut number);
        let (name, content) = (format!("{mark}.json"), notice(&mark, at).to_string());
        workspace.drop_file_of(age(at), &name, content.as_bytes());
        if let Some(far) = &far {
            let (at, mark) = senders.begin(Door::Sftp, &mut number);
            far.drop_file(format!("{mark}.json"), notice(&mark, at).to_string());
        }
        let (at, mark) = senders.begin(Door::Maildir, &mut number);
        let content = mail(&mark, &notice(&mark, at));
        workspace.deliver_mail_of(age(at), &mark, content.as_bytes());
        if let Some(post) = &post {
            let (at, mark) = senders.begin(Door::Mailbox, &mut number);
            post.send(age(at), mail(&mark, &notice(&mark, at)));
        }
    }
}

impl Senders {
    /// A new notice's place and mark.
    fn begin(&self, door: Door, number: &mut usize) -> (usize, String) {
        *number += 1;
        let mark = format!("{}-{number:06}", self.run);
        let mut offers = self.offers.lock().unwrap();
        offers.push(Offer { mark: mark.clone(), door, answered: None, refused: None });
        (offers.len() - 1, mark)
    }

    async fn call(&self, at: usize, mark: &str, notice: Value) {
        let once = self.offers.lock().unwrap()[at].door == Door::ApiOnce;
        loop {
            let asked = self.ask(mark, &notice).await;
            match asked {
                // Not a byte was offered: nobody listens.
                Err(error) if error.is_connect() => {}
                Err(_) if once => return,
                Err(_) => {}
                Ok((202, body, replayed)) => {
                    self.replayed.fetch_add(u64::from(replayed), Ordering::SeqCst);
                    let reference = body["reference"].as_str().map(str::to_owned);
                    let mut offers = self.offers.lock().unwrap();
                    let none = "202 without a reference".to_owned();
                    offers[at].refused = reference.is_none().then_some(none);
                    offers[at].answered = reference;
                    return;
                }
                Ok((409 | 429 | 503, ..)) if once => return,
                Ok((409 | 429 | 503, ..)) => {}
                Ok((status, ..)) => {
                    self.offers.lock().unwrap()[at].refused = Some(format!("status {status}"));
                    return;
                }
            }
            // A caller's own pause before it tries again.
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    async fn ask(&self, mark: &str, notice: &Value) -> Result<(u16, Value, bool), reqwest::Error> {
        let request = self.client.post(&self.url).bearer_auth(&self.key);
        let answer = request.header("Idempotency-Key", mark).json(notice).send().await?;
        let status = answer.status().as_u16();
        let replayed = answer.headers().contains_key("idempotency-replayed");
        let body = answer.bytes().await?;
        Ok((status, serde_json::from_slice(&body).unwrap_or_default(), replayed))
    }
}

/// A notice that bears the mark. Persons and kinds go round, so that every pair comes as seldom as can be.
fn notice(mark: &str, at: usize) -> Value {
    let adult = ADULTS[at % ADULTS.len()];
    let kind = KINDS[(at / ADULTS.len()) % KINDS.len()];
    // Numbers whose day is above 60 are coordination numbers.
    let coordinated = adult[6..8] > *"60";
    let identity = if coordinated { "coordinationNumber" } else { "personalIdentityNumber" };
    json!({
        "schemaVersion": "1.0", "type": kind,
        "sender": { "kind": "landlord", "name": "Fastighets AB Exempelhus", "reference": mark },
        "persons": [{ "role": "tenant", "name": "Testa Testsson", "identity": { "kind": identity, "value": adult } }],
        "dwelling": { "street": "Exempelgatan 12", "postalCode": "21400", "city": "Malmö" },
        "arrears": { "amountToRecover": format!("{}.00", 5_000 + at) },
        "enforcement": { "caseNumber": format!("U-{at}-26"), "startsAt": "2030-02-01T09:00:00+01:00" }
    })
}

fn mail(mark: &str, notice: &Value) -> String {
    let id = message_id(mark);
    format!(
        "From: <forvaltning@hyra.example>\r\nTo: <mottagning@kommun.example>\r\nSubject: En anmodan\r\n\
         Message-ID: {id}\r\nDate: Mon, 5 Oct 2026 10:00:00 +0200\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=\"part\"\r\n\r\n--part\r\nContent-Type: text/plain\r\n\r\nSe bilagan.\r\n\
         --part\r\nContent-Type: application/json; name=\"notice.json\"\r\nContent-Transfer-Encoding: 8bit\r\n\
         Content-Disposition: attachment; filename=\"notice.json\"\r\n\r\n{notice}\r\n--part--\r\n"
    )
}

/// The Message-ID of the mail that brings a notice.
pub(super) fn message_id(mark: &str) -> String {
    format!("<{mark}@hyra.example>")
}
