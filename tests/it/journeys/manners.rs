//! Manners towards other mail systems, through the running program: circles end, reports mark what they speak of, floods become a digest, and
//! partners are known by their files and by what vouches for their mail.

use std::path::Path;

use mail_parser::MessageParser;
use serde_json::Value;

use crate::sender_proof::Signer;
use crate::support::gateway::Gateway;
use crate::support::name_server::NameServer;
use crate::support::smtp::Mail;
use crate::support::smtp::SmtpOptions;
use crate::support::smtp::SmtpSink;
use crate::support::wait;

use super::place::LIMIT;
use super::place::Place;
use super::place::Wishes;
use super::place::end;
use super::visitor::Visitor;

fn letter(from: &str, id: &str, more: &str) -> String {
    format!(
        "From: {from}\r\nTo: kvittens@example.org\r\nSubject: Obetald hyra\r\nMessage-ID: <{id}@hyra.example>\r\n\
         Date: Mon, 2 Nov 2026 08:59:00 +0100\r\n{more}\r\nHyran för oktober är inte betald.\r\n"
    )
}

/// The reference in a receipt's subject.
fn reference_of(receipt: &Mail) -> String {
    let subject = receipt.header("Subject").expect("a subject");
    subject.rsplit(' ').next().unwrap_or_default().to_owned()
}

/// The JSON that a receipt brings for the sender's system.
fn document_of(receipt: &Mail) -> Value {
    let mail = MessageParser::default().parse(&receipt.data[..]).expect("a mail");
    let attached = mail.attachments().next().expect("an attachment");
    serde_json::from_slice(attached.contents()).expect("JSON")
}

async fn the_pages_say(visitor: &Visitor<'_>, receipt: &Mail, words: [&str; 3]) {
    let path = format!("/ops/notices/{}?lang=en", reference_of(receipt));
    let page = visitor.get(&path).await.text;
    assert!(words.iter().all(|word| page.contains(word)), "{words:?}\n{page}");
}

async fn shown(place: &Place, reference: &str) -> Value {
    let (well, said) = place.says(&["show", reference, "--json"]).await;
    assert!(well, "{said}");
    serde_json::from_str(&said).expect("JSON")
}

async fn taken(place: &Place, count: usize) {
    wait::eventually("the mails are taken", LIMIT, || async {
        place.notices().await.len() >= count
    })
    .await;
}

#[tokio::test]
async fn a_robot_that_answers_our_receipt_gets_none() {
    let sink = SmtpSink::start(SmtpOptions::default()).await;
    let place = Place::new(&Wishes { smtp_port: Some(sink.port()), ..Wishes::default() });
    let gateway = Gateway::start(&place.workspace, &[]).await;
    place.workspace.deliver_mail("1", letter("anna@hyra.example", "1", "").as_bytes());
    let receipt = sink.wait_for(1, LIMIT).await.remove(0);
    let id = receipt.header("Message-ID").expect("a Message-ID");
    let thread = format!("In-Reply-To: {id}\r\nReferences: <1@hyra.example> {id}\r\n");
    let robots = [
        ("with a header", format!("{thread}Auto-Submitted: auto-replied\r\n")),
        ("with an empty envelope sender", format!("Return-Path: <>\r\n{thread}")),
        ("with nothing but its haste", thread.clone()),
    ];
    for (n, (_, more)) in robots.iter().enumerate() {
        let name = format!("robot{n}");
        let mail = letter("anna@hyra.example", &name, more);
        place.workspace.deliver_mail(&name, mail.as_bytes());
    }
    taken(&place, 4).await;
    assert_eq!(sink.count(), 1, "{robots:?}");
    let states: Vec<String> = place
        .notices()
        .await
        .iter()
        .map(|notice| notice["state"].as_str().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(states.iter().filter(|state| *state == "notNotice").count(), 2, "{states:?}");
    assert_eq!(states.iter().filter(|state| *state == "needsReview").count(), 2, "{states:?}");
    end(gateway).await;
}

#[tokio::test]
async fn two_gateways_that_write_to_each_other_stop_at_one_mail_each() {
    let (sink_a, sink_b) = (
        SmtpSink::start(SmtpOptions::default()).await,
        SmtpSink::start(SmtpOptions::default()).await,
    );
    let place =
        |sink: &SmtpSink| Place::new(&Wishes { smtp_port: Some(sink.port()), ..Wishes::default() });
    let (a, b) = (place(&sink_a), place(&sink_b));
    let running =
        [Gateway::start(&a.workspace, &[]).await, Gateway::start(&b.workspace, &[]).await];
    a.workspace.deliver_mail("first", letter("b@other.example", "1", "").as_bytes());
    let from_a = sink_a.wait_for(1, LIMIT).await.remove(0);
    b.workspace.deliver_mail("from-a", &from_a.data);
    taken(&b, 1).await;
    wait::eventually("b has settled it", LIMIT, || async {
        b.path("maildir/new").read_dir().is_ok_and(|mut left| left.next().is_none())
    })
    .await;
    assert_eq!((sink_a.count(), sink_b.count()), (1, 0), "b answers no automatic mail");
    let notices = b.notices().await;
    assert_eq!(notices[0]["state"], "notNotice", "{notices:?}");
    for gateway in running {
        end(gateway).await;
    }
}

#[tokio::test]
async fn a_report_marks_the_receipt_it_speaks_of() {
    let sink = SmtpSink::start(SmtpOptions::default()).await;
    let place = Place::new(&Wishes { smtp_port: Some(sink.port()), ..Wishes::default() });
    let gateway = Gateway::start(&place.workspace, &[]).await;
    place.workspace.deliver_mail("1", letter("anna@hyra.example", "1", "").as_bytes());
    place.workspace.deliver_mail("2", letter("bo@hyra.example", "2", "").as_bytes());
    let receipts = sink.wait_for(2, LIMIT).await;
    let report = |receipt: &Mail, action: &str, status: &str| {
        format!(
            "Return-Path: <>\r\nFrom: MAILER-DAEMON@hyra.example\r\nTo: {}\r\nSubject: Undelivered\r\n\
             Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n\
             Reporting-MTA: dns; mx.hyra.example\r\n\r\nAction: {action}\r\nStatus: {status}\r\n--b--\r\n",
            receipt.envelope_from
        )
    };
    place.workspace.deliver_mail("report", report(&receipts[0], "failed", "5.1.1").as_bytes());
    place.workspace.deliver_mail("late", report(&receipts[1], "delayed", "4.4.1").as_bytes());
    taken(&place, 4).await;
    let bounced = shown(&place, &reference_of(&receipts[0])).await;
    assert_eq!(bounced["acknowledgements"][0]["state"], "bounced", "{bounced}");
    let told = bounced["history"].to_string();
    assert!(told.contains("acknowledgement.bounced") && told.contains("5.1.1"), "{told}");
    let late = shown(&place, &reference_of(&receipts[1])).await;
    assert_eq!(late["acknowledgements"][0]["state"], "sent", "{late}");
    assert!(late["history"].to_string().contains("acknowledgement.reported"), "{late}");
    assert_eq!(sink.count(), 2, "no report is answered");
    let (well, said) = place.says(&["verify"]).await;
    assert!(well, "{said}");
    end(gateway).await;
}

#[tokio::test]
async fn a_flood_from_one_sender_ends_in_one_digest() {
    let sink = SmtpSink::start(SmtpOptions::default()).await;
    let place = Place::new(&Wishes {
        smtp_port: Some(sink.port()),
        receipts_per_hour: Some(2),
        ..Wishes::default()
    });
    let mut gateway = Gateway::start(&place.workspace, &[]).await;
    for n in 0..6 {
        let mail = letter("anna@hyra.example", &n.to_string(), "");
        place.workspace.deliver_mail(&n.to_string(), mail.as_bytes());
    }
    place.workspace.deliver_mail("bo", letter("bo@hyra.example", "bo", "").as_bytes());
    taken(&place, 7).await;
    // Waiting receipts outlive the process.
    gateway.kill().await;
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let mails = sink.wait_for(4, LIMIT).await;
    let digest = mails
        .iter()
        .find(|mail| mail.header("Subject").is_some_and(|subject| subject == "Kvittenser 4"));
    let digest = digest.unwrap_or_else(|| panic!("a digest of four among {mails:?}"));
    assert_eq!(digest.envelope_to, ["anna@hyra.example"]);
    wait::eventually("all receipts are sent", LIMIT, || async {
        let (_, said) = place.says(&["notices", "--json"]).await;
        !said.is_empty() && all_told(&place).await
    })
    .await;
    assert_eq!(sink.count(), 4, "two to each's share, one more to another, one digest");
    let (well, said) = place.says(&["verify"]).await;
    assert!(well, "{said}");
    end(gateway).await;
}

async fn all_told(place: &Place) -> bool {
    for notice in place.notices().await {
        let reference = notice["reference"].as_str().unwrap_or_default().to_owned();
        let shown = shown(place, &reference).await;
        let told = shown["acknowledgements"].as_array().into_iter().flatten();
        if told.clone().any(|one| one["state"] != "sent") {
            return false;
        }
    }
    true
}

fn partners(folder: &Path, names: &NameServer) -> String {
    std::fs::create_dir_all(folder).expect("the partners' folder");
    let robot = "name = \"Hyressystemet\"\nkind = \"landlord\"\n[mail]\ndomains = [\"system.example\"]\nautomatic = true\n\
                 [receipts]\nto = \"kvitton@bolaget.example\"\nlanguages = [\"en\"]\nform = \"json\"\n\
                 [contact]\ntelephone = \"040-000 00 00\"\n";
    std::fs::write(folder.join("robot.toml"), robot).expect("a partner's file");
    format!(
        "dir = \"{}\"\nresolver = \"{}\"\ntrusted_hosts = [\"mx.example.org\"]\ndns_timeout = \"2s\"\nlook_every = \"100ms\"",
        folder.display(),
        names.address
    )
}

#[tokio::test]
async fn a_partner_is_known_by_its_file_and_by_proof() {
    let names = NameServer::start().await;
    let signer = Signer::of("system.example", &names);
    names.txt("_dmarc.strikt.example", "v=DMARC1; p=reject");
    let sink = SmtpSink::start(SmtpOptions::default()).await;
    let folder = tempfile::tempdir().unwrap();
    let place = Place::new(&Wishes {
        smtp_port: Some(sink.port()),
        partners: partners(folder.path(), &names),
        ..Wishes::default()
    });
    let gateway = Gateway::start(&place.workspace, &[]).await;

    let robot = "Auto-Submitted: auto-generated\r\n";
    let own = letter("robot@system.example", "1", robot);
    place.workspace.deliver_mail("proven", signer.signed(&own).as_bytes());
    let receipt = sink.wait_for(1, LIMIT).await.remove(0);
    assert_eq!(receipt.envelope_to, ["kvitton@bolaget.example"]);
    assert!(!receipt.body().contains("Kom fram"), "its file asks for English");
    let document = document_of(&receipt);
    assert_eq!(document["reference"], reference_of(&receipt).as_str(), "{document}");
    assert_eq!(document["arrivalDate"].as_str().map(str::len), Some(10), "{document}");
    let known = shown(&place, &reference_of(&receipt)).await;
    assert_eq!(known["partner"], "robot", "{known}");
    assert_eq!(known["proof"]["verdict"], "proven", "{known}");

    place.workspace.deliver_mail("unproven", letter("robot@system.example", "2", robot).as_bytes());
    let trace = "Authentication-Results: mx.example.org; spf=fail smtp.mailfrom=x@evil.example\r\n\
                 Received: from evil.example by mx.example.org; Mon, 2 Nov 2026 09:00:00 +0100\r\n";
    let forged = format!("{trace}{}", letter("chef@strikt.example", "3", ""));
    place.workspace.deliver_mail("forged", forged.as_bytes());
    let receipts = sink.wait_for(2, LIMIT).await;
    assert_eq!(receipts[1].envelope_to, ["chef@strikt.example"], "answered neutrally");
    let forged = shown(&place, &reference_of(&receipts[1])).await;
    assert_eq!(forged["proof"]["verdict"], "forged", "{forged}");
    assert_eq!(forged["partner"], Value::Null);
    let visitor = Visitor::with_account(&place, "anna", &["--role", "handle"]).await;
    let words = ["Hyressystemet", "the sender is proven", "040-000 00 00"];
    the_pages_say(&visitor, &receipt, words).await;
    let words = ["unknown sender", "this mail is forged", "SPF failed"];
    the_pages_say(&visitor, &receipts[1], words).await;
    taken(&place, 3).await;
    let states: Vec<Value> =
        place.notices().await.iter().map(|notice| notice["state"].clone()).collect();
    assert_eq!(states, ["needsReview", "needsReview", "needsReview"]);
    assert_eq!(sink.count(), 2, "a robot that nothing proves gets no receipt");

    let another = "name = \"Strikt\"\nkind = \"agent\"\n[mail]\naddresses = [\"chef@mild.example\"]\nproof = \"none\"";
    std::fs::write(folder.path().join("strikt.toml"), another).unwrap();
    let text = std::fs::read_to_string(folder.path().join("robot.toml")).unwrap();
    std::fs::write(folder.path().join("robot.toml"), text + "colour = 1\n").unwrap();
    wait::eventually("the faulty folder is refused", LIMIT, || async {
        gateway.output().contains("partners' files changed and have faults")
    })
    .await;
    let (well, said) = place.says(&["check"]).await;
    assert!(!well && said.contains("robot.toml"), "{said}");
    let front = visitor.get("/ops/?lang=en").await.text;
    assert!(front.contains("<code>robot.toml"), "{front}");
    let still = signer.signed(&letter("robot@system.example", "4", robot));
    place.workspace.deliver_mail("still", still.as_bytes());
    assert_eq!(sink.wait_for(3, LIMIT).await[2].envelope_to, ["kvitton@bolaget.example"]);
    end(gateway).await;
}
