//! The adapters to case systems against stand-ins that fail in every way: what a notice becomes there, and what is known afterwards.

mod lifecare;
mod open_case;
mod platform;

use std::sync::Arc;

use bytes::Bytes;
use jiff::Timestamp;
use jiff::civil::date;
use kvittens::case_system::CaseSystem;
use kvittens::case_system::HandOver;
use kvittens::case_system::Original;
use kvittens::case_system::Progress;
use kvittens::case_system::Step;
use kvittens::case_system::config::Config;
use kvittens::case_system::open::open;
use kvittens::domain::assignment::Assignment;
use kvittens::domain::assignment::Priority;
use kvittens::domain::assignment::Routine;
use kvittens::domain::failure::Failure;
use kvittens::domain::received::Channel;
use kvittens::domain::received::Format;
use kvittens::domain::reference::Reference;

/// Planted in every notice; no text for operators may hold any of it.
const PERSONAL: [&str; 6] =
    ["198501012390", "199001022384", "Testa", "Exempelgatan", "Exempelhus", "hemlig"];

const TENANT: &str = r#"{"role":"tenant","name":"Testa Testsson","identity":{"kind":"personalIdentityNumber","value":"198501012390"}}"#;
const SECOND_TENANT: &str = r#"{"role":"coTenant","name":"Testa Andersson","identity":{"kind":"personalIdentityNumber","value":"199001022384"}}"#;

fn adapter(text: &str) -> Arc<dyn CaseSystem> {
    // Another test may have been first; either way a provider is installed.
    rustls::crypto::aws_lc_rs::default_provider().install_default().ok();
    let config: Config = toml::from_str(text).expect("the configuration");
    open(&config).expect("the adapter")
}

fn hand_over(reference: &str, persons: &[&str]) -> HandOver {
    let notice_json = format!(
        r#"{{"schemaVersion":"1.0","type":"rentArrears","sender":{{"kind":"landlord","name":"Fastighets AB Exempelhus"}},"persons":[{}],"dwelling":{{"street":"Exempelgatan 12"}},"text":"hemlig"}}"#,
        persons.join(",")
    );
    HandOver {
        reference: Reference::parse(reference).expect("a reference"),
        received_at: "2026-10-12T08:15:00Z".parse::<Timestamp>().expect("an instant"),
        arrival_date: date(2026, 10, 12),
        channel: Channel::Api,
        assignment: Assignment {
            board: "socialnamnden".to_owned(),
            unit: "vuxen".to_owned(),
            co_units: Vec::new(),
            routine: Routine::Unknown,
            intake_type: "Underrättelse".to_owned(),
            reason_code: "Obetalda hyresskulder/obetalda hyror".to_owned(),
            priority: Priority::Normal,
        },
        notice_json,
        original: Some(Original {
            format: Format::Mail,
            bytes: Bytes::from_static(b"Subject: hej\r\n\r\nhemlig"),
        }),
        attempt: 1,
        progress: None,
        belongs_to: None,
    }
}

/// Takes steps until the last, committing progress between them as the pipeline does; gives the steps taken.
async fn walk(adapter: &dyn CaseSystem, hand_over: &mut HandOver) -> Vec<Step> {
    let mut steps = Vec::new();
    while steps.len() < 20 {
        let step = adapter.step(hand_over).await.expect("a step");
        steps.push(step.clone());
        let Step::Opened(progress) = step else { return steps };
        hand_over.progress = Some(progress);
    }
    panic!("no end: {steps:?}");
}

fn done(case_id: &str) -> Step {
    Step::Done { case_id: case_id.to_owned() }
}

fn opened(case_id: &str, note: &str) -> Step {
    Step::Opened(progress(case_id, note))
}

fn needs_person(reason: &str) -> Step {
    Step::NeedsPerson { reason: reason.to_owned() }
}

fn progress(case_id: &str, note: &str) -> Progress {
    Progress { case_id: case_id.to_owned(), note: note.to_owned() }
}

/// The failure's class, after making sure that its text tells nothing about anybody.
fn class_of<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> &'static str {
    let failure = outcome.expect_err("a failure");
    says_nothing_personal(failure.reason());
    failure.class()
}

fn says_nothing_personal(text: &str) {
    let secrets = ["test-licence", "test-domain", "test-api-key", "case-token", "http://", "?"];
    for word in PERSONAL.into_iter().chain(secrets) {
        assert!(!text.contains(word), "{word} in: {text}");
    }
}
