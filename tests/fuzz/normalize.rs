//! Any bytes in any format: the readers answer, with at least one notice, and what they answer can be written as XML.

#![no_main]

use kvittens::domain::calendar::LocalTime;
use kvittens::domain::received::Format;
use kvittens::normalize;
use kvittens::normalize::Context;
use kvittens::normalize::Limits;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|raw: &[u8]| {
    let Some(local_time) = LocalTime::named("Europe/Stockholm") else { return };
    let received_at = jiff::Timestamp::UNIX_EPOCH;
    let limits = Limits::default();
    let context = Context { received_at, local_time: &local_time, limits, robot: false, documents: None, labels: None };
    for format in [Format::Json, Format::Xml, Format::Csv, Format::Mail, Format::Other] {
        let reading = normalize::read_leniently(format, raw, &context);
        assert!(!reading.notices.is_empty());
        for read in reading.notices.iter().take(3) {
            let text = normalize::xml::write(&read.notice);
            assert!(normalize::read(Format::Xml, text.as_bytes(), &context).is_ok());
        }
    }
    normalize::detect(raw, None);
});
