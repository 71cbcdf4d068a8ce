//! What a receipt by mail says, and what it never says.

use super::config;
use super::plain;
use crate::support::smtp::SmtpOptions;
use crate::support::smtp::SmtpSink;
use kvittens::acknowledge::Bilingual;
use kvittens::acknowledge::Contact;
use kvittens::acknowledge::Facts;
use kvittens::acknowledge::Rendering;
use kvittens::acknowledge::plan;
use kvittens::acknowledge::transport;
use kvittens::acknowledge::transport::OutgoingMail;
use kvittens::domain::answer::Answer;
use kvittens::domain::answer::AnsweredNotice;
use kvittens::domain::calendar::LocalTime;
use kvittens::domain::digest::Digest;
use kvittens::domain::finding::Finding;
use kvittens::domain::masked::Masked;
use kvittens::domain::notice::NoticeType;
use kvittens::domain::proof::Proof;
use kvittens::domain::proof::Verdict;
use kvittens::domain::received::Channel;
use kvittens::domain::received::Envelope;
use kvittens::domain::received::Format;
use kvittens::domain::received::ReplyTo;
use kvittens::domain::received::Sender;
use kvittens::domain::received::SourceKey;
use kvittens::domain::reference::Prefix;
use kvittens::domain::reference::Reference;

#[tokio::test]
async fn a_receipt_bears_the_headers_of_the_contract_and_nothing_of_what_was_sent() {
    let sink = SmtpSink::start(SmtpOptions::default()).await;
    let config = config(sink.port(), plain());
    let transport = transport::open(&config).unwrap().unwrap();
    let reference = Reference::compose(&Prefix::parse("AVH").unwrap(), [1, 2, 3, 4, 5, 6, 7]);
    let (answer, envelope) = (answer(&reference), envelope());
    let facts = Facts {
        answer: &answer,
        envelope: &envelope,
        attachments: 2,
        sender_reference: Some(&Masked::new("Testa Testsson 19850101-2390")),
        contact: &Contact {
            organisation: Bilingual { sv: "Exempelstad".to_owned(), en: "Exempelstad".to_owned() },
            board: "Socialnämnden".to_owned(),
            telephone: "040-10 00 00".to_owned(),
            email: "vrak@example.se".to_owned(),
        },
        local_time: &LocalTime::named("Europe/Stockholm").unwrap(),
        first_reference: None,
        languages: None,
        machine_readable: false,
        seal: None,
        deferred: false,
        promises: &kvittens::domain::promise::Promises::default(),
    };
    let planned = plan(&config, &facts, "2026-10-12T12:08:00Z".parse().unwrap()).remove(0);
    let Rendering::Bytes(bytes) = planned.rendering else { panic!("a mail") };
    let address = planned.address.unwrap();
    let outgoing = OutgoingMail::from_stored(&address, bytes.clone()).unwrap();
    transport.send(&outgoing).await.unwrap();
    let mail = sink.mails().remove(0);
    assert_eq!(mail.data, bytes);
    assert!(
        mail.envelope_from.starts_with("bounce+") && mail.envelope_from != "bounce+@example.se"
    );
    assert_eq!(mail.envelope_to, ["hyra@example.com"]);
    for (name, value) in [
        ("To", "<hyra@example.com>".to_owned()),
        ("Subject", format!("Kvittens {reference}")),
        ("Date", "Mon, 12 Oct 2026 12:08:00 +0000".to_owned()),
        ("Message-ID", format!("<{reference}.sender.receipt.0@example.se>")),
        ("In-Reply-To", "<in@example.com>".to_owned()),
        ("References", "<first@example.com> <in@example.com>".to_owned()),
        ("Auto-Submitted", "auto-replied".to_owned()),
        ("X-Auto-Response-Suppress", "All".to_owned()),
    ] {
        assert_eq!(mail.header(name), Some(value), "{name}");
    }
    let parsed = mail_parser::MessageParser::default().parse(&bytes).unwrap();
    let text = format!("{}{}", String::from_utf8_lossy(&bytes), parsed.body_text(0).unwrap());
    assert!(text.contains("2026-10-12 kl. 14.07") && text.contains("Antal bilagor: 2"), "{text}");
    for planted in ["Testa", "Testsson", "850101", "2390", "Exempelgatan", "eviction", "avhysning"]
    {
        assert!(!text.contains(planted), "{planted}\n{text}");
    }
}

fn answer(reference: &Reference) -> Answer {
    Answer {
        reference: reference.clone(),
        received_at: "2026-10-12T12:07:31Z".parse().unwrap(),
        arrival_date: jiff::civil::date(2026, 10, 12),
        sha256: Digest::of(b"Testa Testsson 19850101-2390"),
        notices: vec![AnsweredNotice {
            reference: reference.clone(),
            kind: NoticeType::EvictionScheduled,
            findings: vec![Finding::warning("a.b", "/persons/0", "Testa 850101-2390")],
            needs_review: true,
        }],
    }
}

fn envelope() -> Envelope {
    Envelope {
        channel: Channel::Maildir,
        source_key: SourceKey {
            door: "maildir:Testa".to_owned(),
            sender: "Testsson".to_owned(),
            key: "850101-2390".to_owned(),
        },
        occurrence: Some("Exempelgatan 12".to_owned()),
        sender: Sender {
            partner: Some("hyra".to_owned()),
            address: Some(Masked::new("Testa Testsson <testa@example.com>")),
            proof: Some(Proof { verdict: Verdict::Proven, ..Proof::default() }),
        },
        reply_to: ReplyTo::Mail {
            to: Masked::new("hyra@example.com"),
            in_reply_to: Some("in@example.com".to_owned()),
            references: vec!["first@example.com".to_owned(), "Exempelgatan 12".to_owned()],
        },
        format: Format::Mail,
        file_name: Some(Masked::new("Testa Testsson, Exempelgatan 12.pdf")),
        continues: None,
        speaks_of: None,
        received_at: "2026-10-12T12:07:31Z".parse().unwrap(),
        seen_at: "2026-10-12T12:07:32Z".parse().unwrap(),
    }
}
