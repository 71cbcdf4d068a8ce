//! `kind = "lifecare"`: one entry for each notice, whatever breaks between the calls.

use std::sync::Arc;

use kvittens::case_system::CaseSystem;
use kvittens::case_system::Found;
use kvittens::case_system::HandOver;

use super::SECOND_TENANT;
use super::TENANT;
use super::adapter;
use super::class_of;
use super::done;
use super::hand_over;
use super::needs_person;
use super::opened;
use super::progress;
use super::says_nothing_personal;
use super::walk;
use crate::support::http1::HttpFault;
use crate::support::lifecare::BASE_PATH;
use crate::support::lifecare::Lifecare;
use crate::support::lifecare::LifecareOptions;
use crate::support::lifecare::Operation;
use crate::support::lifecare::Person;
use crate::support::prism;
use crate::support::prism::Prism;
use crate::support::servers::Server;
use crate::support::servers::Servers;

const REFERENCE: &str = "AVH-7K4M-2QX6";
const ADULT: &str = "198501012390";

pub(super) fn at(url: &str, more: &str) -> Arc<dyn CaseSystem> {
    // Prism prepares itself at the first call of each kind, which takes seconds on a busy machine.
    let timeout = if url.ends_with(BASE_PATH) { "1s" } else { "20s" };
    adapter(&format!(
        "kind = \"lifecare\"\nurl = \"{url}\"\ndomain = \"test-domain\"\nkey = \"test-licence\"\napi_key = \"test-api-key\"\n\
         from_who = \"Hyresvärd\"\norganisation = \"Ekonomiskt bistånd\"\nattachment_type = \"Inkommen handling\"\n\
         attachment_sender_type = \"Annan\"\ntimeout = \"{timeout}\"\norganisation_by_unit = {{ vuxen = \"Vuxenenheten\" }}\n{more}"
    ))
}

async fn system() -> Lifecare {
    Lifecare::start(LifecareOptions::default()).await
}

/// Prism before the system where it is to be had; else the system itself.
pub(super) async fn judged(lifecare: &Lifecare) -> (Option<(Servers, Prism)>, String) {
    let Some(servers) = Servers::shared(&[Server::Prism]).await else {
        return (None, lifecare.url());
    };
    let Some(description) = prism::lifecare_description() else { return (None, lifecare.url()) };
    let prism = Prism::start(&servers.prism(), &description, &lifecare.url()).await;
    let url = prism.url();
    (Some((servers, prism)), url)
}

fn one() -> HandOver {
    hand_over(REFERENCE, &[TENANT])
}

fn creations(lifecare: &Lifecare) -> usize {
    lifecare.calls().iter().filter(|call| call.operation == Some(Operation::Create)).count()
}

#[tokio::test]
async fn a_notice_becomes_an_entry_with_its_original_and_a_summary() {
    let lifecare = system().await;
    let (_prism, url) = judged(&lifecare).await;
    let adapter = at(&url, "");
    let mut hand_over = one();
    assert_eq!(adapter.find(&hand_over).await, Ok(Found::Nothing));
    let steps = walk(adapter.as_ref(), &mut hand_over).await;
    let expected = [
        opened("98765", "attach:original,summary"),
        opened("98765", "attach:summary"),
        done("98765"),
    ];
    assert_eq!(steps, expected);
    let entries = lifecare.actualisations();
    let [entry] = entries.as_slice() else { panic!("{} entries", entries.len()) };
    assert_eq!((entry.person_id.as_str(), entry.date.as_str()), (ADULT, "2026-10-12T00:00:00"));
    assert_eq!(entry.kind, "Underrättelse");
    assert_eq!(entry.reason, "Obetalda hyresskulder/obetalda hyror");
    assert_eq!(
        (entry.from_who.as_str(), entry.organisation.as_str()),
        ("Hyresvärd", "Vuxenenheten")
    );
    assert_eq!(entry.request_id.as_deref(), Some("AVH-7K4M-2QX6-p1"));
    let [original, summary] = entry.attachments.as_slice() else { panic!("attachments") };
    assert_eq!(original.title, "Original [ref AVH-7K4M-2QX6]");
    assert_eq!((original.document_type.as_str(), original.sender_type.as_str()), ("61", "73"));
    assert_eq!(original.media_type, "message/rfc822");
    assert_eq!(original.content, b"Subject: hej\r\n\r\nhemlig");
    assert_eq!(summary.title, "Sammanfattning [ref AVH-7K4M-2QX6]");
    assert_eq!(summary.sender_name, "Fastighets AB Exempelhus");
    assert!(String::from_utf8_lossy(&summary.content).contains("Namn: Testa Testsson"));
    hand_over.progress = None;
    assert_eq!(adapter.find(&hand_over).await, Ok(Found::Case { case_id: "98765".to_owned() }));
    assert_eq!(adapter.step(&hand_over).await, Ok(done("98765")), "a repeat opens nothing");
    assert_eq!(creations(&lifecare), 1);
    assert_eq!(adapter.probe().await, Ok(()));
}

#[tokio::test]
async fn a_restart_between_the_entry_and_its_documents_opens_no_second_entry() {
    for lists_attachments in [true, false] {
        let lifecare =
            Lifecare::start(LifecareOptions { lists_attachments, ..Default::default() }).await;
        let (_prism, url) = judged(&lifecare).await;
        assert!(at(&url, "").step(&one()).await.is_ok(), "the entry");
        let mut hand_over = one();
        let after = at(&url, "");
        let begun = progress("98765", "attach:original,summary");
        assert_eq!(after.find(&hand_over).await, Ok(Found::Begun(begun.clone())));
        hand_over.progress = Some(begun);
        // And once more with one document attached but its outcome lost.
        assert_eq!(after.step(&hand_over).await, Ok(opened("98765", "attach:summary")));
        let begun = progress("98765", "attach:summary");
        assert_eq!(at(&url, "").find(&hand_over).await, Ok(Found::Begun(begun.clone())));
        hand_over.progress = Some(begun);
        assert_eq!(walk(after.as_ref(), &mut hand_over).await, [done("98765")]);
        let entries = lifecare.actualisations();
        assert_eq!((entries.len(), entries[0].attachments.len()), (1, 2));
    }
}

#[tokio::test]
async fn what_ended_without_an_answer_is_found_or_certainly_absent() {
    let table = [
        (HttpFault::ResetAfterStoring, "uncertain", true),
        (HttpFault::HangAfterStoring, "uncertain", true),
        (HttpFault::ErrorAfterStoring(500), "uncertain", true),
        (HttpFault::ErrorAfterStoring(503), "uncertain", true),
        (HttpFault::ErrorAfterStoring(200), "uncertain", true),
        (HttpFault::ResetBeforeStoring, "uncertain", false),
        (HttpFault::BeforeBody(503), "uncertain", false),
        (HttpFault::Refuse(429), "transient", false),
        (HttpFault::Refuse(401), "transient", false),
        (HttpFault::Refuse(400), "permanent", false),
    ];
    for (fault, class, stored) in table {
        let lifecare = system().await;
        let adapter = at(&lifecare.url(), "");
        let mut hand_over = one();
        lifecare.fail_next(Operation::Create, 1, fault);
        assert_eq!(class_of(adapter.step(&hand_over).await), class, "{fault:?}");
        let begun = progress("98765", "attach:original,summary");
        let expected = if stored { Found::Begun(begun.clone()) } else { Found::Nothing };
        assert_eq!(adapter.find(&hand_over).await, Ok(expected), "{fault:?}");
        hand_over.progress = stored.then_some(begun);
        let steps = walk(adapter.as_ref(), &mut hand_over).await;
        assert_eq!(steps.last(), Some(&done("98765")), "{fault:?}");
        let entries = lifecare.actualisations();
        assert_eq!((entries.len(), entries[0].attachments.len()), (1, 2), "{fault:?}");
    }
}

#[tokio::test]
async fn a_document_whose_outcome_is_lost_is_not_attached_twice() {
    let lifecare = system().await;
    let adapter = at(&lifecare.url(), "");
    let mut hand_over = one();
    hand_over.progress = Some(progress("98765", "attach:original,summary"));
    adapter.step(&one()).await.expect("the entry");
    lifecare.fail_next(Operation::Attach, 1, HttpFault::ResetAfterStoring);
    assert_eq!(class_of(adapter.step(&hand_over).await), "uncertain");
    let begun = progress("98765", "attach:summary");
    assert_eq!(adapter.find(&hand_over).await, Ok(Found::Begun(begun.clone())));
    hand_over.progress = Some(begun);
    lifecare.fail_next(Operation::Attach, 1, HttpFault::HangAfterStoring);
    assert_eq!(class_of(adapter.step(&hand_over).await), "uncertain");
    let complete = Found::Case { case_id: "98765".to_owned() };
    assert_eq!(adapter.find(&hand_over).await, Ok(complete));
    assert_eq!(lifecare.actualisations()[0].attachments.len(), 2);
}

#[tokio::test]
async fn a_similar_entry_without_our_mark_is_a_persons_question() {
    let lifecare = system().await;
    let (_prism, url) = judged(&lifecare).await;
    lifecare.add_actualisation(ADULT, "2026-10-12T00:00:00");
    let adapter = at(&url, "");
    let mut alike = one();
    alike.assignment.intake_type = "Anmälan".to_owned();
    alike.assignment.reason_code = "Elskulder".to_owned();
    let Ok(Found::InDoubt(text)) = adapter.find(&alike).await else { panic!("not in doubt") };
    says_nothing_personal(&text);
    assert_eq!(adapter.step(&alike).await, Ok(needs_person("lifecare.similarEntry")));
    assert_eq!(creations(&lifecare), 0);
    // Of another reason it is another matter, and an entry that bears another reference is another notice's.
    let steps = walk(adapter.as_ref(), &mut one()).await;
    assert_eq!(steps.last(), Some(&done("98766")));
    let steps = walk(adapter.as_ref(), &mut hand_over("AVH-0000-0000", &[TENANT])).await;
    assert_eq!(steps.last(), Some(&done("98767")));
}

#[tokio::test]
async fn each_adult_gets_an_entry_where_the_municipality_wants_it() {
    let lifecare = system().await;
    let adapter = at(&lifecare.url(), "each_adult = true");
    let mut hand_over = hand_over(REFERENCE, &[TENANT, SECOND_TENANT]);
    let first = adapter.step(&hand_over).await;
    assert_eq!(first, Ok(opened("98765", "attach:original,summary")));
    hand_over.progress = Some(progress("98765", "next"));
    lifecare.fail_next(Operation::Create, 1, HttpFault::ResetAfterStoring);
    assert_eq!(class_of(adapter.step(&hand_over).await), "uncertain");
    let begun = progress("98765,98766", "attach:original,summary");
    assert_eq!(adapter.find(&hand_over).await, Ok(Found::Begun(begun.clone())));
    hand_over.progress = Some(begun);
    let steps = walk(adapter.as_ref(), &mut hand_over).await;
    assert_eq!(steps.last(), Some(&done("98765,98766")));
    let entries = lifecare.actualisations();
    let persons: Vec<_> = entries.iter().map(|entry| entry.person_id.as_str()).collect();
    assert_eq!(persons, [ADULT, "199001022384"]);
    assert_eq!(entries[1].request_id.as_deref(), Some("AVH-7K4M-2QX6-p2"));
}

#[tokio::test]
async fn without_a_sound_and_open_identity_a_person_places_it() {
    let lifecare = system().await;
    let adapter = at(&lifecare.url(), "");
    let unsound = TENANT.replace("198501012390", "198501012391");
    let unknown = TENANT.replace("198501012390", "197801022398");
    lifecare.forget_person("197801022398");
    let guarded = TENANT.replace("198501012390", "199001022384");
    lifecare.add_person(Person {
        person_id: "199001022384".to_owned(),
        name: "Prova Provsson".to_owned(),
        protected: true,
    });
    let table = [
        (r#"{"role":"tenant","name":"Testa Testsson"}"#, "lifecare.noIdentity"),
        (unsound.as_str(), "lifecare.unsoundIdentity"),
        (unknown.as_str(), "lifecare.unknownPerson"),
        (guarded.as_str(), "lifecare.protectedIdentity"),
    ];
    for (person, reason) in table {
        let hand_over = hand_over(REFERENCE, &[person]);
        assert_eq!(adapter.step(&hand_over).await, Ok(needs_person(reason)));
        assert_eq!(adapter.find(&hand_over).await, Ok(Found::Nothing), "{reason}");
    }
    assert_eq!(lifecare.actualisations().len(), 0);
}

#[tokio::test]
async fn an_unknown_code_name_stops_with_that_name() {
    let lifecare = system().await;
    let adapter = at(&lifecare.url(), "");
    let mut hand_over = one();
    hand_over.assignment.reason_code = "Påhittad orsak".to_owned();
    let failure = adapter.step(&hand_over).await.expect_err("no such reason");
    assert!(failure.reason().contains("Påhittad orsak"), "{failure}");
    assert_eq!(class_of::<()>(Err(failure)), "permanent");
    assert_eq!(creations(&lifecare), 0);
}

#[tokio::test]
async fn a_wrong_key_a_closed_door_and_silence_are_waited_out() {
    let mut lifecare = system().await;
    let url = lifecare.url();
    let stranger = adapter(&format!(
        "kind = \"lifecare\"\nurl = \"{url}\"\ndomain = \"d\"\nkey = \"hemlig\"\nfrom_who = \"x\"\norganisation = \"x\"\n\
         attachment_type = \"x\"\nattachment_sender_type = \"x\""
    ));
    for outcome in [stranger.step(&one()).await.map(drop), stranger.probe().await] {
        let failure = outcome.expect_err("no entry");
        assert!(failure.reason().contains("case_system.key"), "{failure}");
        assert_eq!(class_of::<()>(Err(failure)), "transient");
    }
    let adapter = at(&url, "");
    for operation in [Operation::Person, Operation::Proposals, Operation::List, Operation::Logs] {
        for fault in
            [HttpFault::HangAfterStoring, HttpFault::Refuse(500), HttpFault::ResetBeforeStoring]
        {
            lifecare.fail_next(operation, 1, fault);
            assert_eq!(
                class_of(adapter.step(&one()).await),
                "transient",
                "{operation:?} {fault:?}"
            );
        }
    }
    lifecare.stop();
    assert_eq!(class_of(adapter.step(&one()).await), "transient");
    assert_eq!(class_of(adapter.find(&one()).await), "transient");
    assert_eq!(class_of(adapter.probe().await), "transient");
}

#[tokio::test]
async fn check_names_every_code_that_is_missing() {
    let lifecare = system().await;
    let expected = "check_person = \"198501012390\"\n[expected_codes]\n\"Underrättelse\" = [\"Elskulder\", \"Påhittad orsak\"]\n\"Påhittad typ\" = []";
    let failure = at(&lifecare.url(), expected).probe().await.expect_err("two names are missing");
    assert!(failure.reason().contains("Påhittad orsak"), "{failure}");
    assert!(failure.reason().contains("Påhittad typ"), "{failure}");
    assert!(!failure.reason().contains("Elskulder"), "{failure}");
    assert_eq!(class_of::<()>(Err(failure)), "permanent");
}
