//! A store on a clock of its own, and messages made up for its report.

use super::make::Made;
use super::make::record;
use crate::support::servers::Server;
use crate::support::servers::Servers;
use jiff::Timestamp;
use jiff::civil::Date;
use kvittens::clock::Clock;
use kvittens::domain::acknowledgement::AcknowledgementKey;
use kvittens::domain::acknowledgement::AcknowledgementState;
use kvittens::domain::acknowledgement::Purpose;
use kvittens::domain::acknowledgement::Recipient;
use kvittens::domain::acknowledgement::Way;
use kvittens::domain::calendar::LocalTime;
use kvittens::domain::delivery::DeliveryState;
use kvittens::domain::notice::NoticeType;
use kvittens::domain::reference::Reference;
use kvittens::report::Period;
use kvittens::report::Report;
use kvittens::report::csv;
use kvittens::store::Action;
use kvittens::store::Boards;
use kvittens::store::Config;
use kvittens::store::NewAcknowledgement;
use kvittens::store::Outcome;
use kvittens::store::Record;
use kvittens::store::Rendering;
use kvittens::store::Store;
use std::future::Future;

/// A store on a clock that the test sets.
pub(super) struct Place {
    pub(super) store: Store,
    pub(super) clock: Clock,
    pub(super) sweden: LocalTime,
}

pub(super) async fn on_both<F: Future<Output = ()>>(test: impl Fn(Place) -> F) {
    let folder = tempfile::tempdir().unwrap();
    on(format!("sqlite:{}/kvittens.db", folder.path().display()), &test).await;
    if let Some(servers) = Servers::shared(&[Server::Postgres]).await {
        let database = servers.database().await;
        on(database.url.clone(), &test).await;
    }
}

async fn on<F: Future<Output = ()>>(url: String, test: &impl Fn(Place) -> F) {
    let clock = Clock::fixed(at("2026-01-01T00:00:00Z"));
    let config = Config { url, ..Config::default() };
    let store = Store::open(&config, clock.clone(), true).await.unwrap();
    let sweden = LocalTime::named("Europe/Stockholm").unwrap();
    test(Place { store: store.clone(), clock, sweden }).await;
    store.close().await;
}

pub(super) fn at(text: &str) -> Timestamp {
    text.parse().expect(text)
}

pub(super) fn day(text: &str) -> Date {
    text.parse().expect(text)
}

/// One message of one notice that arrived at an instant, told by mail, sent by nobody yet.
pub(super) fn mailed(place: &Place, key: &str, received: &str) -> Record {
    let mut made = record(&Made { key, ..Made::default() });
    let received = at(received);
    made.envelope.received_at = received;
    made.envelope.seen_at = received;
    made.answer.received_at = received;
    made.answer.arrival_date = place.sweden.day_of(received);
    made.notices[0].notice_json =
        r#"{"schemaVersion":"1.0","type":"rentArrears","sender":{"kind":"landlord"}}"#.to_owned();
    let receipt = &mut made.acknowledgements[0];
    receipt.key.way = Way::Mail;
    receipt.state = AcknowledgementState::Pending;
    receipt.due_at = place.sweden.due_same_day(received);
    receipt.address = Some(format!("{{\"to\":\"a@b.se\",\"token\":\"{key}\"}}"));
    receipt.rendering = Rendering::Text("mail".to_owned());
    receipt.job = true;
    made
}

/// The same, answered at once by the API.
pub(super) fn answered(place: &Place, key: &str, received: &str) -> Record {
    let mut made = mailed(place, key, received);
    let receipt = &mut made.acknowledgements[0];
    (receipt.key.way, receipt.state) = (Way::Api, AcknowledgementState::Sent);
    (receipt.job, receipt.address, receipt.rendering) = (false, None, Rendering::Nothing);
    made
}

/// The time of an eviction: confirmation and copy wait.
pub(super) fn owed(place: &Place, key: &str, received: &str) -> Record {
    let mut made = answered(place, key, received);
    made.notices[0].kind = NoticeType::EvictionScheduled;
    for (recipient, purpose) in [
        (Recipient::EnforcementAuthority, Purpose::Confirmation),
        (Recipient::Person, Purpose::Copy),
    ] {
        let first = &made.acknowledgements[0];
        let key =
            AcknowledgementKey { recipient, purpose, way: Way::Outstanding, ..first.key.clone() };
        let waits =
            NewAcknowledgement { key, state: AcknowledgementState::Pending, ..first.clone() };
        made.acknowledgements.push(waits);
    }
    made
}

/// It is judged to be no notice.
pub(super) fn set_aside(made: &mut Record, reason: &str) {
    let notice = &mut made.notices[0];
    (notice.state, notice.job) = (DeliveryState::NotNotice, None);
    notice.reason = Some(reason.to_owned());
}

/// Its sender gets no receipt.
pub(super) fn suppress(made: &mut Record, reason: &str) {
    let receipt = &mut made.acknowledgements[0];
    (receipt.state, receipt.job) = (AcknowledgementState::Suppressed, false);
    receipt.reason = Some(reason.to_owned());
}

impl Place {
    /// Stores a message at the instant that it was seen.
    pub(super) async fn put(&self, made: Record) -> Reference {
        self.clock.set(made.envelope.seen_at);
        let reference = made.answer.reference.clone();
        self.store.record(made).await.unwrap();
        reference
    }

    pub(super) async fn act(&self, at_: &str, action: Action) {
        self.clock.set(at(at_));
        self.store.act(action).await.unwrap().unwrap();
    }

    pub(super) async fn mail(&self, at_: &str, reference: &Reference, how: &str) {
        self.clock.set(at(at_));
        let key = AcknowledgementKey {
            reference: reference.clone(),
            recipient: Recipient::Sender,
            purpose: Purpose::Receipt,
            way: Way::Mail,
            version: 0,
        };
        let (attempt, reason) = (1, "the server said no".to_owned());
        let outcome = match how {
            "sent" => Outcome::Sent { key, attempt, evidence: "250".to_owned() },
            "again" => Outcome::SendAgain { key, attempt, at: at(at_), reason },
            _ => Outcome::SendFailed { key, attempt, reason },
        };
        self.store.finish(vec![outcome]).await.unwrap();
    }

    pub(super) async fn report(&self, from: &str, to: &str) -> Report {
        let period = Period { from: day(from), to: day(to) };
        let report = self.store.report(period, &Boards::All).await.unwrap();
        valid(&report);
        report
    }
}

/// Held against the published schema.
pub(super) fn valid(report: &Report) {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schemas/report.v1.schema.json");
    let schema: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let schema = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    let value = serde_json::to_value(report).unwrap();
    let faults: Vec<String> = schema.iter_errors(&value).map(|error| error.to_string()).collect();
    assert!(faults.is_empty(), "{faults:?}");
    let header = include_str!("../../../schemas/report.v1.csv.md");
    assert!(header.contains(&format!("`{}`", csv::HEADER.join(";"))), "the documented header");
}
