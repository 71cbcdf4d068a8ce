//! No bytes stop a reader, and every reading holds a notice.

use super::Context;
use super::Disposition;
use super::Limits;
use super::detect;
use super::read;
use super::read_leniently;
use super::xml;
use crate::domain::answer::ProblemKind;
use crate::domain::calendar::LocalTime;
use crate::domain::notice::NoticeType;
use crate::domain::received::Format;
use proptest::prelude::ProptestConfig;
use proptest::prelude::any;
use proptest::prop_assert;
use proptest::prop_assert_eq;
use proptest::proptest;
use std::path::Path;

const FORMATS: [Format; 9] = [
    Format::Json,
    Format::Xml,
    Format::Csv,
    Format::Mail,
    Format::Pdf,
    Format::Docx,
    Format::Xlsx,
    Format::Zip,
    Format::Other,
];

fn sweden() -> LocalTime {
    LocalTime::named("Europe/Stockholm").expect("the zone")
}

fn context(local_time: &LocalTime) -> Context<'_> {
    let received_at = "2026-10-14T08:00:00Z".parse().expect("a time");
    let limits = Limits { notices: 100, depth: 16, parts: 20, text_bytes: 4096 };
    Context {
        received_at,
        local_time,
        limits,
        robot: false,
        documents: None,
        labels: None,
        thresholds: None,
    }
}

/// What must hold of every reading, whatever came.
fn check(format: Format, raw: &[u8]) {
    let sweden = sweden();
    let context = context(&sweden);
    let reading = read_leniently(format, raw, &context);
    assert!(!reading.notices.is_empty());
    for read in &reading.notices {
        let unknown = read.notice.kind == NoticeType::Unknown;
        assert!(!unknown || read.disposition != Disposition::Register);
        let text = read.notice.text.as_ref().map_or("", |text| text.reveal());
        assert!(text.len() <= 4096 && !text.contains('\0'));
        assert!(read.notice.findings.len() <= 400);
    }
    if let Some(read) = reading.notices.first() {
        let back = read_leniently(Format::Xml, xml::write(&read.notice).as_bytes(), &context);
        assert_eq!(
            serde_json::to_value(&read.notice).expect("a notice is JSON"),
            serde_json::to_value(&back.notices.first().expect("a notice").notice)
                .expect("a notice is JSON"),
        );
    }
    if let Ok(strict) = read(format, raw, &context) {
        assert!(!strict.notices.is_empty());
    }
    detect(raw, None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_bytes_stop_a_reader(raw in proptest::collection::vec(any::<u8>(), 0..300)) {
        for format in FORMATS {
            check(format, &raw);
        }
    }

    #[test]
    fn no_text_stops_a_reader(raw in "[\\PC\n\t{}\\[\\]\":,;<>/&#a-z0-9-]{0,200}") {
        for format in FORMATS {
            check(format, raw.as_bytes());
        }
    }

    #[test]
    fn no_change_to_a_fixture_stops_a_reader(
        which in any::<proptest::sample::Index>(),
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..6),
        cut in any::<proptest::sample::Index>(),
    ) {
        let fixtures = fixtures();
        let (format, mut raw) = fixtures.get(which.index(fixtures.len())).cloned().expect("one");
        for (at, byte) in changes {
            let at = at.index(raw.len());
            raw[at] = byte;
        }
        check(format, &raw);
        raw.truncate(cut.index(raw.len()));
        check(format, &raw);
    }

    #[test]
    fn a_canonical_amount_and_day_are_read_without_a_remark(
        kronor in 0_u32..1_000_000, ore in 0_u8..100, day in 1_u8..29,
    ) {
        let raw = format!(
            r#"{{"schemaVersion":"1.0","type":"rentArrears","issuedOn":"2026-10-{day:02}",
               "arrears":{{"amountToRecover":"{kronor}.{ore:02}"}}}}"#
        );
        let sweden = sweden();
        let reading = read(Format::Json, raw.as_bytes(), &context(&sweden)).expect("a notice");
        let notice = &reading.notices[0].notice;
        prop_assert!(notice.findings.is_empty() && notice.evidence.is_empty());
        let arrears = notice.arrears.as_ref().expect("arrears");
        let expected = i64::from(kronor) * 100 + i64::from(ore);
        prop_assert_eq!(arrears.amount_to_recover.map(|amount| amount.ore()), Some(expected));
    }
}

/// Small fixtures of every format; the deeply nested ones would only show that depth is bounded.
fn fixtures() -> Vec<(Format, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let folders = ["notices", "broken"].map(|folder| root.join(folder));
    let mut found = Vec::new();
    for entry in folders.iter().flat_map(|folder| std::fs::read_dir(folder).expect("a folder")) {
        let path = entry.expect("a fixture").path();
        let format = match path.extension().and_then(|extension| extension.to_str()) {
            Some("json") => Format::Json,
            Some("xml") => Format::Xml,
            Some("csv") => Format::Csv,
            Some("eml") => Format::Mail,
            _ => continue,
        };
        let raw = std::fs::read(&path).expect("a fixture");
        if !raw.is_empty() && raw.len() < 20_000 {
            found.push((format, raw));
        }
    }
    found.sort_by(|one, other| one.1.cmp(&other.1));
    found
}

#[test]
fn more_than_the_limits_allow_goes_to_a_person() {
    let sweden = sweden();
    let context = context(&sweden);
    let one = r#"{"schemaVersion":"1.0","type":"rentArrears"}"#;
    let many = format!("[{}]", vec![one; 101].join(","));
    let problem = read(Format::Json, many.as_bytes(), &context).expect_err("too many");
    assert_eq!(problem.kind, ProblemKind::TooLarge);
    let reading = read_leniently(Format::Json, many.as_bytes(), &context);
    assert_eq!(reading.notices.len(), 1);
    assert_eq!(reading.notices[0].disposition, Disposition::NeedsReview);
    assert_eq!(reading.notices[0].notice.findings.last().expect("one").code, "message.tooLarge");
    let rows = format!("Lgh;Belopp\n{}", "1102;100\n".repeat(200));
    let problem = read(Format::Csv, rows.as_bytes(), &context).expect_err("too many");
    assert_eq!(problem.kind, ProblemKind::TooLarge);
}

#[test]
fn nothing_that_was_written_shows_in_a_refusal_or_a_finding() {
    let sweden = sweden();
    let context = context(&sweden);
    let planted = ["850101-2390", "198501012390", "Testsson", "Exempelgatan"];
    let values = "Testa Testsson 850101-2390 Exempelgatan 12";
    let bad = [
        (Format::Json, format!(r#"{{"{values}":"{values}"}}"#)),
        (
            Format::Json,
            format!(r#"{{"type":"{values}","schemaVersion":"{values}","issuedOn":"{values}"}}"#),
        ),
        (Format::Json, format!("{{{values}")),
        (Format::Json, format!(r#""{values}""#)),
        (Format::Xml, format!("<notice><type>{values}</type><persons>{values}</persons></notice>")),
        (Format::Xml, format!("<{values}>")),
        (Format::Xml, format!("<notice>&{values};</notice>")),
        (Format::Csv, format!("{values};{values}\n")),
        (Format::Csv, format!("Lgh;Belopp;{values}\n{values};{values};{values}\n")),
        (Format::Mail, format!("Subject: {values}\n\n{values}")),
    ];
    for (format, raw) in bad {
        let mut said = String::new();
        match read(format, raw.as_bytes(), &context) {
            Ok(reading) => said.push_str(&format!("{:?}", reading.notices[0].notice.findings)),
            Err(problem) => said.push_str(&format!("{problem:?}")),
        }
        let lenient = read_leniently(format, raw.as_bytes(), &context);
        said.push_str(&format!("{:?} {lenient:?}", lenient.notices[0].notice.findings));
        assert!(planted.iter().all(|word| !said.contains(word)), "{format:?} {said}");
    }
}
