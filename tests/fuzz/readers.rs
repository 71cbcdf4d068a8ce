//! The readers alone, without the gateway around them: what is fuzzed is built in minutes.

#![allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    reason = "the program uses what is not used here"
)]

#[path = "../../src/domain/mod.rs"]
pub mod domain;
#[path = "../../src/mail/mod.rs"]
pub mod mail;
#[path = "../../src/normalize/mod.rs"]
pub mod normalize;

use domain::calendar::LocalTime;
use domain::document::Answer;
use domain::document::Documents;
use domain::document::Outcome;
use domain::received::Format;
use normalize::Context;
use normalize::Limits;
use std::sync::Once;

/// The program catches what panics in a library that reads foreign bytes (mail-parser asserts in builds like this one); only what nobody catches is
/// a find. libFuzzer's own hook would end the run at the panic itself.
fn caught_panics_are_no_finds() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| std::panic::set_hook(Box::new(|_| {})));
}

/// Reads bytes as this format, with what their documents said; there is always a notice, and what is answered can be written as XML.
pub fn read(format: Format, raw: &[u8], documents: Option<&Documents>) {
    caught_panics_are_no_finds();
    let Some(local_time) = LocalTime::named("Europe/Stockholm") else { return };
    let context = Context {
        received_at: jiff::Timestamp::UNIX_EPOCH,
        local_time: &local_time,
        limits: Limits::default(),
        robot: false,
        documents,
        labels: None,
        thresholds: None,
    };
    let reading = normalize::read_leniently(format, raw, &context);
    assert!(!reading.notices.is_empty());
    for read in reading.notices.iter().take(3) {
        let text = normalize::xml::write(&read.notice);
        assert!(normalize::read(Format::Xml, text.as_bytes(), &context).is_ok());
    }
}

/// Takes a document apart as the child process does, and reads what it says.
pub fn document(format: Format, raw: &[u8]) {
    caught_panics_are_no_finds();
    let outcome = match normalize::documents::parse(format, raw, None) {
        Answer::Read(document) => Outcome::Done(document),
        Answer::Refused(refusal) => Outcome::Refused(refusal),
    };
    read(format, raw, Some(&Documents { read: vec![(0, outcome)] }));
}
