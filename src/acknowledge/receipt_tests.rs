//! Tests of the receipt that a sender fetches: its schema, and its text.

use super::ApiReceipt;
use crate::acknowledge::Contact;
use crate::acknowledge::Facts;
use crate::acknowledge::Rendering;
use crate::acknowledge::Seal;
use crate::acknowledge::config::Config;
use crate::acknowledge::plan::plan;
use crate::acknowledge::plan::tests::answer;
use crate::acknowledge::plan::tests::contact;
use crate::acknowledge::plan::tests::envelope;
use crate::acknowledge::plan::tests::notice;
use crate::acknowledge::plan::tests::reference;
use crate::acknowledge::seal_once;
use crate::domain::answer::Answer;
use crate::domain::calendar::LocalTime;
use crate::domain::masked::Masked;
use crate::domain::notice::NoticeType;
use crate::domain::received::Channel;
use crate::domain::received::Envelope;
use crate::domain::received::ReplyTo;
use crate::seal;
use crate::seal::keys::KeyRing;
use crate::seal::keys::generate;
use jiff::Timestamp;
use std::fs;
use std::path::Path;

const CHECK_PAGE: &str = "https://socialtjanst.example/kvitto";

fn local_time() -> LocalTime {
    LocalTime::named("Europe/Stockholm").unwrap()
}

fn now() -> Timestamp {
    "2026-10-12T12:08:00Z".parse().unwrap()
}

fn ring() -> KeyRing {
    KeyRing::parse([generate(now()).unwrap().reveal()]).unwrap()
}

#[test]
fn the_json_form_follows_its_schema_in_whole_seconds() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/receipt.v1.schema.json");
    let schema = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let answer = answer(vec![notice(1, NoticeType::RentArrears)]);
    let (theirs, number) = (Masked::new("4711-88"), Masked::new("U-123456-26"));
    let plain = ApiReceipt::of(&answer, Some(&theirs), Some(&number), &contact());
    for receipt in [
        plain.sealed(&ring(), now()).unwrap(),
        plain,
        ApiReceipt::of(&answer, None, Some(&Masked::default()), &contact()),
    ] {
        let value = serde_json::to_value(&receipt).unwrap();
        let errors: Vec<_> = schema.iter_errors(&value).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}");
        assert_eq!(value["receivedAt"], "2026-10-12T12:07:31Z");
        assert_eq!(value["arrivalDate"], "2026-10-12");
        assert_eq!(value["notices"][0]["reference"], reference(1).as_str());
        assert_eq!(value.get("caseNumber").is_some(), receipt.case_number.is_some());
    }
}

#[test]
fn the_text_form_says_the_same_in_swedish_and_english() {
    let answer = answer(vec![notice(1, NoticeType::RentArrears)]);
    let theirs = Masked::new("4711\r\nKom fram: 2020-01-01");
    let receipt = ApiReceipt::of(&answer, Some(&theirs), None, &contact());
    let text = receipt.text(&local_time(), CHECK_PAGE);
    for line in [
        "Mottagare: Exempelstads kommun, Socialnämnden",
        "Kom fram: 2026-10-12 kl. 14.07",
        "Er referens: 4711  Kom fram: 2020-01-01",
        "Frågor: 040-10 00 00, vrak@example.se",
        "Arrived: 2026-10-12 at 14:07",
    ] {
        assert!(text.lines().any(|found| found == line), "{line}\n{text}");
    }
    assert!(!text.contains("Målnummer") && !text.contains("Kontrollkod"));
}

#[test]
fn a_sealed_receipt_is_read_back_whole_and_its_text_bears_the_control_code() {
    let answer = answer(vec![notice(1, NoticeType::RentArrears)]);
    let (theirs, ring) = (Masked::new("4711-88"), ring());
    let plain = ApiReceipt::of(&answer, Some(&theirs), None, &contact());
    let sealed = plain.sealed(&ring, now()).unwrap();
    let text = serde_json::to_string(&sealed).unwrap();
    let value = seal::canonical::parse(text.as_bytes()).unwrap();
    assert!(seal::receipt::verify(&value, &ring.jwk_set()).is_ok());
    assert!(seal::receipt::has_right_code(&value, &ring));
    let read: ApiReceipt = serde_json::from_str(&text).unwrap();
    assert_eq!(read, sealed);
    assert_eq!(sealed.sealed(&ring, now()).unwrap(), sealed, "sealed again: the same");
    let code = sealed.control_code.as_ref().unwrap().reveal().to_owned();
    let text = sealed.text(&local_time(), CHECK_PAGE);
    for label in ["Kontrollkod", "Control code"] {
        assert!(text.contains(&format!("{label}: {}-{}\n", &code[..5], &code[5..])), "{text}");
    }
    assert_eq!(text.matches(CHECK_PAGE).count(), 2);
    assert!(!format!("{sealed:?}").contains(&code), "whoever has the code may ask");
    let empty = KeyRing::default();
    assert!(plain.sealed(&empty, now()).is_err());
}

#[test]
fn the_attachment_of_a_receipt_by_mail_is_sealed_and_goes_unsealed_rather_than_not_at_all() {
    let config = toml::from_str(
        "from = { address = \"kvittens@example.se\" }\ntransport = \"file\"\nfile.dir = \"x\"",
    )
    .unwrap();
    let mail_to = Some(Masked::new("hyra@example.com"));
    let envelope = envelope(Channel::Api, ReplyTo::Api { mail_to });
    let answer = answer(vec![notice(1, NoticeType::RentArrears)]);
    let (ring, empty) = (ring(), KeyRing::default());
    let attached = |ring: Option<&KeyRing>| {
        let contact = contact();
        let told = of(&envelope, &answer, &contact);
        let sealed = ring.and_then(|ring| seal_once::sealed(&config, &told, ring, now()));
        let seal = sealed.as_ref().zip(ring);
        let seal = seal.map(|(receipt, ring)| Seal { receipt, ring, check_page: Some(CHECK_PAGE) });
        let facts = Facts {
            answer: &answer,
            envelope: &envelope,
            attachments: 0,
            sender_reference: None,
            contact: &contact,
            local_time: &local_time(),
            first_reference: None,
            languages: None,
            machine_readable: true,
            seal,
            deferred: false,
            promises: &crate::domain::promise::Promises::default(),
        };
        let planned = plan(&config, &facts, now()).pop().unwrap();
        let Rendering::Bytes(bytes) = planned.rendering else { panic!("a mail") };
        let mail = mail_parser::MessageParser::default().parse(&bytes).unwrap();
        let document = mail.attachments().next().unwrap().contents().to_vec();
        let document = seal::canonical::parse(&document).unwrap();
        if let Some(sealed) = &sealed {
            assert_eq!(document, serde_json::to_value(sealed).unwrap(), "what is kept is attached");
            let code = sealed.written_code().unwrap();
            let text = mail.body_text(0).unwrap();
            assert_eq!(text.matches(&code).count(), 2, "{text}");
            assert_eq!(text.matches(CHECK_PAGE).count(), 2, "{text}");
        }
        document
    };
    let sealed = attached(Some(&ring));
    assert!(seal::receipt::verify(&sealed, &ring.jwk_set()).is_ok(), "{sealed}");
    assert!(seal::receipt::has_right_code(&sealed, &ring));
    for ring in [None, Some(&empty)] {
        let plain = attached(ring);
        assert_eq!(plain["sha256"], sealed["sha256"]);
        assert!(plain.get("signature").is_none() && plain.get("controlCode").is_none());
    }
}

fn of<'a>(
    envelope: &'a Envelope,
    answer: &'a Answer,
    contact: &'a Contact,
) -> seal_once::Facts<'a> {
    seal_once::Facts { envelope, answer, sender_reference: None, case_number: None, contact }
}

#[test]
fn what_is_sealed_for_a_mail_tells_what_its_sender_may_read_and_nothing_is_sealed_for_no_mail() {
    let config: Config = toml::from_str(
        "from = { address = \"kvittens@example.se\" }\ntransport = \"file\"\nfile.dir = \"x\"",
    )
    .unwrap();
    let (ring, contact) = (ring(), contact());
    let answer = answer(vec![notice(1, NoticeType::EvictionScheduled)]);
    let (theirs, number) = (Masked::new("4711-88"), Masked::new("U-123456-26"));
    let sealed = |envelope: &Envelope| {
        let facts = seal_once::Facts {
            sender_reference: Some(&theirs),
            case_number: Some(&number),
            ..of(envelope, &answer, &contact)
        };
        seal_once::sealed(&config, &facts, &ring, now())
    };
    let mail = || ReplyTo::Mail {
        to: Masked::new("hyra@example.com"),
        in_reply_to: None,
        references: Vec::new(),
    };
    let proven = sealed(&envelope(Channel::Mailbox, mail())).unwrap();
    assert_eq!((proven.sender_reference.as_ref(), proven.case_number), (Some(&theirs), None));
    let mut unknown = envelope(Channel::Mailbox, mail());
    unknown.sender.proof = None;
    assert_eq!(sealed(&unknown).unwrap().sender_reference, None);
    let by_api = |mail_to| envelope(Channel::Api, ReplyTo::Api { mail_to });
    let told = sealed(&by_api(Some(Masked::new("hyra@example.com")))).unwrap();
    assert_eq!(
        (told.sender_reference, told.case_number),
        (Some(theirs.clone()), Some(number.clone()))
    );
    assert!(sealed(&by_api(None)).is_none(), "it is sealed when it is fetched");
    let suppressed = ReplyTo::Suppressed { reason: "autoSubmitted".to_owned() };
    assert!(sealed(&envelope(Channel::Mailbox, suppressed)).is_none());
}
