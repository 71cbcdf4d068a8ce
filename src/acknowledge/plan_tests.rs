//! Tests of the plan: which acknowledgements a message has, and what they do not say.

use crate::acknowledge::Bilingual;
use crate::acknowledge::Contact;
use crate::acknowledge::Facts;
use crate::acknowledge::Planned;
use crate::acknowledge::Rendering;
use crate::acknowledge::config::Config;
use crate::acknowledge::plan;
use crate::acknowledge::receipt_file::FileReceipt;
use crate::domain::acknowledgement::AcknowledgementState;
use crate::domain::acknowledgement::Purpose;
use crate::domain::acknowledgement::Recipient;
use crate::domain::acknowledgement::Way;
use crate::domain::answer::Answer;
use crate::domain::answer::AnsweredNotice;
use crate::domain::calendar::LocalTime;
use crate::domain::digest::Digest;
use crate::domain::masked::Masked;
use crate::domain::notice::NoticeType;
use crate::domain::proof::Proof;
use crate::domain::proof::Verdict;
use crate::domain::received::Channel;
use crate::domain::received::Envelope;
use crate::domain::received::Format;
use crate::domain::received::ReplyTo;
use crate::domain::received::Sender;
use crate::domain::received::SourceKey;
use crate::domain::reference::Prefix;
use crate::domain::reference::Reference;
use jiff::Timestamp;
use jiff::civil::date;
use std::path::PathBuf;

pub(crate) fn reference(last: u8) -> Reference {
    Reference::compose(&Prefix::parse("AVH").unwrap(), [1, 2, 3, 4, 5, 6, last])
}

pub(crate) fn notice(last: u8, kind: NoticeType) -> AnsweredNotice {
    AnsweredNotice { reference: reference(last), kind, findings: Vec::new(), needs_review: false }
}

pub(crate) fn answer(notices: Vec<AnsweredNotice>) -> Answer {
    Answer {
        reference: reference(0),
        received_at: "2026-10-12T12:07:31.5Z".parse().unwrap(),
        arrival_date: date(2026, 10, 12),
        sha256: Digest::of(b"x"),
        notices,
    }
}

pub(crate) fn contact() -> Contact {
    Contact {
        organisation: Bilingual {
            sv: "Exempelstads kommun".to_owned(),
            en: "The municipality of Exempelstad".to_owned(),
        },
        board: "Socialnämnden".to_owned(),
        telephone: "040-10 00 00".to_owned(),
        email: "vrak@example.se".to_owned(),
    }
}

pub(crate) fn envelope(channel: Channel, reply_to: ReplyTo) -> Envelope {
    Envelope {
        channel,
        source_key: SourceKey { door: "d".to_owned(), sender: "s".to_owned(), key: "k".to_owned() },
        occurrence: None,
        sender: Sender { partner: Some("hyra".to_owned()), address: None, proof: Some(proven()) },
        reply_to,
        format: Format::Json,
        file_name: Some(Masked::new("Testa Testsson 850101-2390.csv")),
        continues: None,
        speaks_of: None,
        received_at: "2026-10-12T12:07:31.5Z".parse().unwrap(),
        seen_at: "2026-10-12T12:07:32Z".parse().unwrap(),
    }
}

fn proven() -> Proof {
    Proof { verdict: Verdict::Proven, ..Proof::default() }
}

fn config() -> Config {
    toml::from_str(
        "from = { address = \"kvittens@example.se\", name = \"Exempelstad\" }\n\
         bounce_address = \"bounce+{token}@example.se\"\ntransport = \"file\"\nfile.dir = \"x\"",
    )
    .unwrap()
}

fn planned(config: &Config, envelope: &Envelope, answer: &Answer) -> Vec<Planned> {
    let facts = Facts {
        answer,
        envelope,
        attachments: 1,
        sender_reference: Some(&Masked::new("4711-88")),
        contact: &contact(),
        local_time: &LocalTime::named("Europe/Stockholm").unwrap(),
        first_reference: None,
        languages: None,
        machine_readable: false,
        seal: None,
        deferred: false,
        promises: &crate::domain::promise::Promises::default(),
    };
    plan(config, &facts, Timestamp::UNIX_EPOCH)
}

/// A receipt as it is before promises are looked at.
pub(crate) fn one_receipt(facts: &Facts<'_>) -> Planned {
    let (config, now) = (config(), Timestamp::UNIX_EPOCH);
    let context = super::Context { config: &config, facts, now };
    context.receipt(Way::Mail, AcknowledgementState::Pending)
}

fn by_mail() -> ReplyTo {
    ReplyTo::Mail {
        to: Masked::new("hyra@example.com"),
        in_reply_to: Some("1@example.com".to_owned()),
        references: Vec::new(),
    }
}

fn files(mail_to: Option<&str>) -> ReplyTo {
    ReplyTo::Files {
        folder: PathBuf::from("/srv/hyra/receipts"),
        partner: "hyra".to_owned(),
        mail_to: mail_to.map(Masked::new),
    }
}

fn mail_of(planned: &Planned) -> String {
    let Rendering::Bytes(bytes) = &planned.rendering else { panic!("{planned:?}") };
    let parsed = mail_parser::MessageParser::default().parse(bytes).unwrap();
    let head = String::from_utf8(bytes.clone()).unwrap();
    let head = head.split("\r\n\r\n").next().unwrap().to_owned();
    format!("{head}\n{}", parsed.body_text(0).unwrap().replace("\r\n", "\n"))
}

#[test]
fn each_way_has_its_receipts_due_at_the_end_of_the_arrival_day() {
    let to = || Some(Masked::new("hyra@example.com"));
    let suppressed = ReplyTo::Suppressed { reason: "autoSubmitted".to_owned() };
    let table = [
        (ReplyTo::Api { mail_to: None }, vec![(Way::Api, "sent")]),
        (ReplyTo::Api { mail_to: to() }, vec![(Way::Api, "sent"), (Way::Mail, "pending")]),
        (by_mail(), vec![(Way::Mail, "pending")]),
        (files(None), vec![(Way::Files, "pending")]),
        (files(Some("hyra@example.com")), vec![(Way::Files, "pending"), (Way::Mail, "pending")]),
        (suppressed, vec![(Way::Mail, "suppressed")]),
    ];
    for (reply_to, expected) in table {
        let envelope = envelope(Channel::Folder, reply_to);
        for notices in [vec![], vec![notice(1, NoticeType::RentArrears)]] {
            let planned = planned(&config(), &envelope, &answer(notices));
            let found: Vec<_> = planned.iter().map(|p| (p.key.way, p.state.as_str())).collect();
            assert_eq!(found, expected);
            for one in &planned {
                assert_eq!(one.due_at.to_string(), "2026-10-12T21:59:59Z");
                assert_eq!(one.key.reference, reference(0));
                assert_eq!(one.key.purpose, Purpose::Receipt);
            }
        }
    }
}

#[test]
fn a_scheduled_eviction_shows_its_confirmation_and_copy_as_outstanding() {
    let notices = vec![
        notice(1, NoticeType::EvictionScheduled),
        notice(2, NoticeType::RemovalScheduled),
        notice(3, NoticeType::RentArrears),
    ];
    let suppressed = ReplyTo::Suppressed { reason: "autoSubmitted".to_owned() };
    for reply_to in [ReplyTo::Api { mail_to: None }, suppressed] {
        let planned =
            planned(&config(), &envelope(Channel::Api, reply_to), &answer(notices.clone()));
        let found: Vec<_> = planned[1..]
            .iter()
            .map(|p| (p.key.reference.clone(), p.key.recipient, p.key.purpose))
            .collect();
        assert_eq!(
            found,
            [
                (reference(1), Recipient::EnforcementAuthority, Purpose::Confirmation),
                (reference(1), Recipient::Person, Purpose::Copy),
                (reference(2), Recipient::EnforcementAuthority, Purpose::Confirmation),
            ]
        );
        for one in &planned[1..] {
            assert_eq!(one.key.way, Way::Outstanding);
            assert_eq!(one.state, AcknowledgementState::Pending);
            assert_eq!(one.due_at.to_string(), "2026-10-12T21:59:59Z");
        }
    }
}

#[test]
fn a_mail_has_a_bounce_address_with_its_own_token_and_a_message_id_of_its_reference() {
    let envelope = envelope(Channel::Maildir, by_mail());
    let answer = answer(vec![notice(0, NoticeType::Unknown)]);
    let tokens: Vec<String> = (0..2)
        .map(|_| {
            let planned = planned(&config(), &envelope, &answer);
            let address: serde_json::Value =
                serde_json::from_str(planned[0].address.as_deref().unwrap()).unwrap();
            let token = address["token"].as_str().unwrap().to_owned();
            assert_eq!(address["from"], format!("bounce+{token}@example.se"));
            assert_eq!(address["to"], "hyra@example.com");
            let mail = mail_of(&planned[0]);
            let id = format!("Message-ID: <{}.sender.receipt.0@example.se>", reference(0));
            assert!(mail.contains(&id), "{mail}");
            assert!(mail.contains("In-Reply-To: <1@example.com>"), "{mail}");
            assert!(mail.contains("Auto-Submitted: auto-replied"), "{mail}");
            assert!(mail.contains("Kom fram: 2026-10-12 kl. 14.07"), "{mail}");
            assert!(mail.contains("Er referens: 4711-88"), "{mail}");
            assert!(!mail.contains("Vi såg det först"), "{mail}");
            token
        })
        .collect();
    assert_ne!(tokens[0], tokens[1]);
    let mut null = config();
    null.null_return_path = true;
    let address = planned(&null, &envelope, &answer)[0].address.clone().unwrap();
    assert_eq!(address, "{\"from\":null,\"to\":\"hyra@example.com\"}");
}

#[test]
fn what_was_seen_after_its_day_says_so_and_an_unknown_sender_is_told_less() {
    let mut late = envelope(Channel::Maildir, by_mail());
    late.seen_at = "2026-10-12T22:00:00Z".parse().unwrap();
    let strangers = [(None, Some(proven())), (Some("hyra".to_owned()), None)];
    for (partner, proof) in strangers {
        late.sender = Sender { partner, address: None, proof };
        let mail = mail_of(&planned(&config(), &late, &answer(vec![]))[0]);
        assert!(mail.contains("Vi såg det först 2026-10-13"), "{mail}");
        assert!(!mail.contains("4711-88") && !mail.contains("Antal bilagor"), "{mail}");
    }
}

#[test]
fn a_mail_that_cannot_be_sent_is_shown_and_one_to_ourselves_is_not_sent() {
    let to = |address: &str| {
        let to = Masked::new(address);
        let reply_to = ReplyTo::Mail { to, in_reply_to: None, references: Vec::new() };
        envelope(Channel::Maildir, reply_to)
    };
    let answer = answer(vec![]);
    let none = Config::default();
    for (config, address, way, state, reason) in [
        (&config(), "a@b.se\r\nBcc: c@d.se", Way::Mail, "failed", "badReturnAddress"),
        (&config(), "Kvittens@example.se", Way::Mail, "suppressed", "ourselves"),
        (&none, "a@b.se", Way::Outstanding, "pending", "noMailTransport"),
    ] {
        let planned = planned(config, &to(address), &answer);
        let one = &planned[0];
        assert_eq!((one.key.way, one.state.as_str()), (way, state));
        assert_eq!(one.reason.as_deref(), Some(reason));
        assert!(matches!(one.rendering, Rendering::Nothing));
    }
}

#[test]
fn a_receipt_file_is_rendered_with_its_number_and_a_repeated_drop_names_the_first() {
    let envelope = envelope(Channel::Folder, files(Some("hyra@example.com")));
    let answer = answer(vec![notice(1, NoticeType::EvictionScheduled)]);
    let first = reference(9);
    let facts = Facts {
        answer: &answer,
        envelope: &envelope,
        attachments: 0,
        sender_reference: None,
        contact: &contact(),
        local_time: &LocalTime::named("Europe/Stockholm").unwrap(),
        first_reference: Some(&first),
        languages: None,
        machine_readable: false,
        seal: None,
        deferred: false,
        promises: &crate::domain::promise::Promises::default(),
    };
    let repeated = plan(&config(), &facts, Timestamp::UNIX_EPOCH);
    assert_eq!(repeated.len(), 1, "no second mail, no second confirmation");
    let Rendering::Numbered { counter, render } = &repeated[0].rendering else { panic!() };
    assert_eq!(counter, "hyra");
    let receipt: FileReceipt = serde_json::from_slice(&render(7)).unwrap();
    assert_eq!((receipt.number, &receipt.reference), (7, &first));
    assert_eq!(receipt.rows[0].status.as_str(), "duplicate");
    assert_eq!(receipt.rows[0].reference, first);
    assert_eq!(receipt.received_at.to_string(), "2026-10-12T12:07:31Z");
}
