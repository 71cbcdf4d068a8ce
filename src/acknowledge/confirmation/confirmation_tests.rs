//! Tests of the confirmation: its schemas, its places, its words, and that it is written once.

use super::Confirmation;
use super::Drawn;
use super::Facts;
use super::event;
use super::folder;
use super::folder::FolderAddress;
use super::plan;
use super::text;
use super::words;
use super::xml;
use crate::acknowledge::Rendering;
use crate::acknowledge::config::Config;
use crate::acknowledge::config::ConfirmationWay;
use crate::acknowledge::config::EnforcementAuthority;
use crate::acknowledge::plan::tests::contact;
use crate::domain::calendar::LocalTime;
use crate::domain::caseworker::Caseworker;
use crate::domain::masked::Masked;
use crate::domain::notice::Enforcement;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeType;
use crate::domain::notice::Person;
use crate::domain::notice::Role;
use crate::domain::reference::Reference;
use crate::http::urls::ApiRoot;
use jiff::Timestamp;
use serde_json::Value;
use std::path::Path;
use std::process::Command;

fn config(folder: &Path) -> Config {
    let authority = EnforcementAuthority {
        ways: vec![ConfirmationWay::Folder, ConfirmationWay::Mail],
        folder: Some(folder.to_owned()),
        mail: Some("avhysning@kronofogden.example".to_owned()),
        webhook: toml::from_str("url = 'https://kronofogden.example/hook'").ok(),
        ..EnforcementAuthority::default()
    };
    Config {
        enforcement_authority: authority,
        from: crate::acknowledge::config::Mailbox {
            address: "kvittens@example.se".to_owned(),
            name: None,
        },
        null_return_path: true,
        ..Config::default()
    }
}

fn notice() -> Notice {
    let mut notice = Notice::of(NoticeType::EvictionScheduled);
    notice.persons.push(Person {
        role: Role::Tenant,
        name: Some(Masked::new("Testa Testsson")),
        ..Person::default()
    });
    notice.enforcement = Some(Enforcement {
        case_number: Some(Masked::new("U-123456-26")),
        starts_at: crate::domain::moment::Moment::parse("2026-11-24T09:00:00+01:00"),
        ..Enforcement::default()
    });
    notice
}

fn caseworker() -> Caseworker {
    Caseworker {
        id: "anna".to_owned(),
        name: "Anna Handläggare & Söner".to_owned(),
        unit: "Mottagningen".to_owned(),
        telephone: "040-00 00 01".to_owned(),
        because: "onDuty".to_owned(),
    }
}

fn drawn(way: ConfirmationWay, now: &str, folder: &Path, written: Option<&str>) -> Drawn {
    drawn_for((0, "2026-11-03T22:59:59Z"), way, now, folder, written)
}

/// The how-manieth, due then.
fn drawn_for(
    (version, due_at): (u32, &str),
    way: ConfirmationWay,
    now: &str,
    folder: &Path,
    written: Option<&str>,
) -> Drawn {
    let (reference, contact) = (Reference::parse("AVH-7K4M-2QX6").unwrap(), contact());
    let local_time = LocalTime::named("Europe/Stockholm").unwrap();
    let received_at: Timestamp = "2026-11-03T09:22:31.5Z".parse().unwrap();
    let facts = Facts {
        reference: &reference,
        version,
        notice: &notice(),
        received_at,
        arrival_date: local_time.day_of(received_at),
        due_at: due_at.parse().unwrap(),
        caseworker: &caseworker(),
        contact: &contact,
        local_time: &local_time,
        root: &ApiRoot::under("https://socialtjanst.example"),
        replaces: None,
        text: None,
        written,
    };
    let drawn = plan(&config(folder), &facts, way, now.parse().unwrap()).unwrap();
    assert_eq!(drawn.planned.due_at, facts.due_at);
    drawn
}

#[test]
fn one_that_names_another_on_a_later_day_is_due_that_day_and_is_not_called_late() {
    for (due_at, late) in [("2026-11-05T22:59:59Z", false), ("2026-11-03T22:59:59Z", true)] {
        let (way, now) = (ConfirmationWay::Mail, "2026-11-05T10:00:00Z");
        let mail = bytes(drawn_for((1, due_at), way, now, Path::new("/x"), None).planned.rendering);
        let mail = mail_parser::MessageParser::default().parse(&mail).unwrap();
        let body = mail.body_text(0).unwrap();
        assert!(body.contains("ersätter den tidigare"), "{body}");
        assert_eq!(body.contains("efter dagen"), late, "{body}");
    }
}

fn bytes(rendering: Rendering) -> Vec<u8> {
    match rendering {
        Rendering::Numbered { render, .. } => render(17),
        Rendering::Bytes(bytes) => bytes,
        Rendering::Nothing => Vec::new(),
    }
}

fn told(way: ConfirmationWay, now: &str, folder: &Path) -> (String, Vec<u8>) {
    let planned = drawn(way, now, folder, None).planned;
    (planned.address.unwrap(), bytes(planned.rendering))
}

#[test]
fn whichever_way_it_goes_later_it_is_the_one_that_was_written_first() {
    let nowhere = Path::new("/x");
    let first = drawn(ConfirmationWay::Feed, "2026-11-03T10:00:00Z", nowhere, None);
    let document = String::from_utf8(bytes(first.document)).unwrap();
    for way in [ConfirmationWay::Folder, ConfirmationWay::Feed] {
        let later = drawn(way, "2026-11-05T10:00:00Z", nowhere, Some(&document));
        assert!(matches!(later.document, Rendering::Nothing), "it stands in the series");
        let Rendering::Bytes(same) = later.planned.rendering else { panic!("{way:?}") };
        assert_eq!(String::from_utf8(same).unwrap(), document);
    }
    let later = drawn(ConfirmationWay::Mail, "2026-11-05T10:00:00Z", nowhere, Some(&document));
    let mail = bytes(later.planned.rendering);
    let mail = mail_parser::MessageParser::default().parse(&mail).unwrap();
    let body = mail.body_text(0).unwrap();
    assert!(body.contains("Löpnummer: 17") && body.contains("efter dagen"), "{body}");
}

#[test]
fn a_call_tells_where_to_fetch_it_and_nothing_of_what_it_says() {
    let nowhere = Path::new("/x");
    let (_, payload) = told(ConfirmationWay::Webhook, "2026-11-03T10:00:00Z", nowhere);
    let payload: Value = serde_json::from_slice(&payload).unwrap();
    let expected = serde_json::json!({
        "type": "kvittens.confirmation.v1", "timestamp": "2026-11-03T10:00:00Z",
        "data": { "number": 17, "reference": "AVH-7K4M-2QX6", "version": 0,
            "url": "https://socialtjanst.example/eviction-notices/v1/confirmations/17" }
    });
    assert_eq!(payload, expected);
    let key = drawn(ConfirmationWay::Webhook, "2026-11-03T10:00:00Z", nowhere, None).planned.key;
    assert_eq!(event::id(&key), "confirmation-AVH-7K4M-2QX6-0");
}

fn schemas() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas")
}

#[test]
fn the_machine_answer_fits_its_schemas_and_tells_no_person() {
    let (_, json) = told(ConfirmationWay::Folder, "2026-11-03T10:00:00Z", Path::new("/x"));
    let value: Value = serde_json::from_slice(&json).unwrap();
    let schema = std::fs::read(schemas().join("confirmation.v1.schema.json")).unwrap();
    let schema: Value = serde_json::from_slice(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    assert!(validator.is_valid(&value), "{value}");
    assert_eq!((&value["number"], &value["sameDay"]), (&17.into(), &true.into()));
    assert_eq!(value["caseworker"]["name"], "Anna Handläggare & Söner");
    let mut corrected = value.clone();
    corrected["replaces"] =
        serde_json::json!({ "reference": "AVH-7K4M-2QX6", "caseNumber": "U-654321-26" });
    assert!(validator.is_valid(&corrected), "{corrected}");
    let mut wrong = value.clone();
    wrong["caseworker"]["name"] = "".into();
    assert!(!validator.is_valid(&wrong), "a confirmation names somebody");
    let mut confirmation: Confirmation = serde_json::from_slice(&json).unwrap();
    confirmation.replaces = serde_json::from_value(corrected["replaces"].clone()).unwrap();
    let xml = xml::render(&confirmation);
    for form in [&xml, &text::render(&confirmation), &String::from_utf8(json).unwrap()] {
        assert!(form.contains("U-123456-26") && !form.contains("Testsson"), "{form}");
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("c.xml");
    std::fs::write(&file, &xml).unwrap();
    let mut check = Command::new("xmllint");
    check.args(["--noout", "--schema"]).arg(schemas().join("confirmation.v1.xsd")).arg(&file);
    match check.output() {
        Ok(output) => {
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr))
        }
        Err(_) => eprintln!("skipped: xmllint is not here"),
    }
}

#[test]
fn the_fixed_text_has_its_fields_at_their_places() {
    let (_, json) = told(ConfirmationWay::Folder, "2026-11-03T23:30:00Z", Path::new("/x"));
    let mut confirmation: Confirmation = serde_json::from_slice(&json).unwrap();
    let corrected =
        serde_json::json!({ "reference": "AVH-7K4M-2QX6", "caseNumber": "U-654321-26" });
    confirmation.replaces = serde_json::from_value(corrected).unwrap();
    let text = text::render(&confirmation);
    let records: Vec<&str> = text.split_terminator("\r\n").collect();
    let at = |record: usize, from: usize, width: usize| -> String {
        records[record].chars().skip(from - 1).take(width).collect()
    };
    assert_eq!(records.len(), 5);
    assert_eq!(records[0], "00KVITTENS1.0 00000017");
    for (record, from, width, expected) in [
        (1, 3, 16, "AVH-7K4M-2QX6   "),
        (1, 22, 1, "A"),
        (1, 23, 20, "U-123456-26         "),
        (1, 43, 25, "2026-11-24T09:00:00+01:00"),
        (1, 68, 20, "2026-11-03T09:22:31Z"),
        (1, 88, 10, "2026-11-03"),
        (1, 118, 1, "N"),
        (2, 3, 24, "Anna Handläggare & Söner"),
        (2, 123, 20, "040-00 00 01        "),
        (3, 3, 16, "AVH-7K4M-2QX6   "),
        (3, 44, 20, "U-654321-26         "),
    ] {
        assert_eq!(at(record, from, width), expected, "{record} {from}");
    }
    assert_eq!(records[4], "99005");
}

#[test]
fn the_mail_says_what_the_ordinance_asks_for_and_nothing_of_the_person() {
    let (address, mail) = told(ConfirmationWay::Mail, "2026-11-03T10:00:00Z", Path::new("/x"));
    assert!(address.contains("avhysning@kronofogden.example"), "{address}");
    let mail = mail_parser::MessageParser::default().parse(&mail).unwrap();
    assert_eq!(mail.subject(), Some("Bekraftelse AVH-7K4M-2QX6"));
    let body = mail.body_text(0).unwrap();
    for expected in [
        "11 kap. 3 § socialtjänstförordningen",
        "tid för avhysning",
        "Ert målnummer: U-123456-26",
        "Tid enligt underrättelsen: 2026-11-24 kl. 09.00",
        "Kom fram: 2026-11-03 kl. 10.22",
        "Ansvarig handläggare: Anna Handläggare & Söner",
        "Telefon: 040-00 00 01",
    ] {
        assert!(body.contains(expected), "{expected}\n{body}");
    }
    assert!(!body.contains("Testsson") && !body.contains("efter dagen"), "{body}");
    let (_, json) = told(ConfirmationWay::Folder, "2026-11-03T23:30:00Z", Path::new("/x"));
    let late: Confirmation = serde_json::from_slice(&json).unwrap();
    let local_time = LocalTime::named("Europe/Stockholm").unwrap();
    assert!(words::text(&late, &local_time, None).contains("efter dagen"), "a late one says so");
}

#[test]
fn three_files_are_written_once_however_often() {
    let folder = tempfile::tempdir().unwrap();
    let (address, json) = told(ConfirmationWay::Folder, "2026-11-03T10:00:00Z", folder.path());
    for _ in 0..2 {
        assert_eq!(folder::deliver(&address, &json).unwrap(), "bekraftelse-00000017");
    }
    let mut names: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["json", "txt", "xml"].map(|form| format!("bekraftelse-00000017.{form}")));
    let (_, other) = told(ConfirmationWay::Folder, "2026-11-03T11:00:00Z", folder.path());
    assert_eq!(folder::deliver(&address, &other).unwrap_err().class(), "permanent");
    let gone = FolderAddress { folder: folder.path().join("no") };
    let gone = serde_json::to_string(&gone).unwrap();
    assert_eq!(folder::deliver(&gone, &json).unwrap_err().class(), "transient");
}
