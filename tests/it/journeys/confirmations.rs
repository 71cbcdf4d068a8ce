//! Kronofogden is told the same day who is responsible: named from the roster or by a person, by folder or mail, once, however often the gateway dies.

use serde_json::Value;
use serde_json::json;

use crate::support::gateway::Gateway;
use crate::support::smtp::SmtpOptions;
use crate::support::smtp::SmtpSink;
use crate::support::wait;

use super::place::LIMIT;
use super::place::Place;
use super::place::Wishes;
use super::place::answer;
use super::place::end;

/// A notice of the time of an eviction, as Kronofogden's system would send it.
pub(super) fn notice() -> Vec<u8> {
    json!({
        "schemaVersion": "1.0", "type": "evictionScheduled",
        "sender": { "kind": "enforcementAuthority", "name": "Kronofogden" },
        "persons": [ { "role": "tenant", "name": "Testa Testsson",
            "identity": { "kind": "personalIdentityNumber", "value": "198501012390" } } ],
        "dwelling": { "street": "Exempelgatan 12", "postalCode": "21432", "city": "Malmö" },
        "enforcement": { "caseNumber": "U-123456-26", "startsAt": "2026-12-24T09:00:00+01:00" }
    })
    .to_string()
    .into_bytes()
}

pub(super) const FOLDER: &str = "kronofogden";
const PRINT: &str = "brev";
/// The list to print.
pub(super) const LIST: &str = "lista.html";

/// A place with ways to Kronofogden, and a duty roster where there is a text for one.
pub(super) fn place(sink: Option<&SmtpSink>, ways: &str, roster: Option<&str>) -> Place {
    let place = Place::new(&Wishes::default());
    for folder in [FOLDER, PRINT] {
        std::fs::create_dir_all(place.path(folder)).unwrap();
    }
    let shown = |part: &str| place.path(part).display().to_string();
    let mut more = format!(
        "[acknowledge.enforcement_authority]\nways = {ways}\nfolder = {:?}\nmail = \"avhysning@kronofogden.example\"\nlist = {:?}\n\
         [letter]\nprint_folder = {:?}\nlanguages = [\"sv\", \"en\"]\n",
        shown(FOLDER),
        shown(LIST),
        shown(PRINT)
    );
    if let Some(text) = roster {
        std::fs::write(place.path("roster.toml"), text).unwrap();
        more += &format!("[roster]\nfile = {:?}\nlook_every = \"100ms\"\n", shown("roster.toml"));
    }
    place.rewrite(&Wishes { smtp_port: sink.map(SmtpSink::port), more, ..Wishes::default() });
    place
}

pub(super) async fn sent(place: &Place) -> String {
    let key = place.client("kronofogden").await;
    let (status, told) = answer(place.post(&key, "application/json", notice())).await;
    assert_eq!(status, 202, "{told}");
    told["reference"].as_str().unwrap_or_default().to_owned()
}

pub(super) async fn confirmation(place: &Place, number: u32) -> Value {
    let name = format!("bekraftelse-{number:08}.json");
    wait::until("a confirmation in the folder", LIMIT, || async {
        let text = std::fs::read(place.path(FOLDER).join(&name)).ok()?;
        serde_json::from_slice(&text).ok()
    })
    .await
}

pub(super) async fn waits(place: &Place, reference: &str, why: &str) {
    wait::eventually("it says why it waits", LIMIT, || async {
        let (_, said) = place.says(&["unconfirmed"]).await;
        said.contains(reference) && said.contains(why) && said.contains("U-123456-26")
    })
    .await;
}

pub(super) async fn name(place: &Place, reference: &str, caseworker: &str) {
    let arguments = ["name", reference, "--caseworker", caseworker, "--telephone", "040-00 00 01"];
    let (well, said) = place.says(&arguments).await;
    assert!(well, "{said}");
}

#[tokio::test]
async fn a_confirmation_waits_for_a_name_and_goes_the_moment_somebody_is_entered() {
    let place = place(None, "[\"folder\"]", None);
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let reference = sent(&place).await;
    waits(&place, &reference, "noCaseworker").await;
    name(&place, &reference, "Anna Exempel").await;
    let first = confirmation(&place, 1).await;
    assert_eq!(first["reference"], reference.as_str());
    assert_eq!(
        (&first["caseworker"]["name"], &first["caseNumber"], &first["version"]),
        (&"Anna Exempel".into(), &"U-123456-26".into(), &0.into())
    );
    assert_eq!(first["sameDay"], true, "{first}");
    assert!(!first.to_string().contains("Testsson"), "{first}");
    // It lies in the folder a moment before that is on record.
    wait::eventually("nothing is owed", LIMIT, || async {
        place.says(&["unconfirmed"]).await.1.contains("every notice")
    })
    .await;
    name(&place, &reference, "Bo Exempel").await;
    let second = confirmation(&place, 2).await;
    assert_eq!(
        (&second["caseworker"]["name"], &second["version"]),
        (&"Bo Exempel".into(), &1.into()),
        "a change of caseworker is told"
    );
    end(gateway).await;
    let (well, said) = place.says(&["verify"]).await;
    assert!(well, "{said}");
    let (_, shown) = place.says(&["show", &reference, "--json"]).await;
    for event in
        ["confirmation.waits", "person.named", "confirmation.named", "acknowledgement.sent"]
    {
        assert!(shown.contains(event), "{event}: {shown}");
    }
    assert!(!shown.contains("Anna Exempel"), "the history holds no name: {shown}");
}

#[tokio::test]
async fn a_way_that_fails_for_good_is_followed_by_the_next_one() {
    let sink = SmtpSink::start(SmtpOptions::default()).await;
    let place = place(Some(&sink), "[\"folder\", \"mail\"]", None);
    let gateway = Gateway::start(&place.workspace, &[]).await;
    // Another file bears the number: that way is closed for this confirmation.
    std::fs::write(place.path(FOLDER).join("bekraftelse-00000001.txt"), "other").unwrap();
    let reference = sent(&place).await;
    waits(&place, &reference, "noCaseworker").await;
    name(&place, &reference, "Anna Exempel").await;
    let mail = sink.wait_for(1, LIMIT).await.remove(0);
    assert_eq!(mail.envelope_to, ["avhysning@kronofogden.example"]);
    let text = String::from_utf8_lossy(&mail.data).into_owned();
    assert!(text.contains("Anna Exempel") && !text.contains("Testsson"), "{text}");
    wait::eventually("it is confirmed", LIMIT, || async {
        place.says(&["unconfirmed"]).await.1.contains("every notice")
    })
    .await;
    end(gateway).await;
    assert!(place.says(&["verify"]).await.0);
}

#[tokio::test]
async fn killed_between_naming_and_sending_it_is_told_once_and_with_one_name() {
    let place = place(None, "[\"folder\"]", None);
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let reference = sent(&place).await;
    waits(&place, &reference, "noCaseworker").await;
    end(gateway).await;
    name(&place, &reference, "Anna Exempel").await;
    for point in ["after_naming_before_commit:1", "after_send_before_outcome:1"] {
        let mut gateway =
            Gateway::start_unready(&place.workspace, &[("KVITTENS_TEST_KILL", point)]).await;
        assert!(!gateway.wait_exit().await.success(), "{point}");
    }
    let gateway = Gateway::start(&place.workspace, &[]).await;
    assert_eq!(confirmation(&place, 1).await["caseworker"]["name"], "Anna Exempel");
    wait::eventually("it is confirmed", LIMIT, || async {
        place.says(&["unconfirmed"]).await.1.contains("every notice")
    })
    .await;
    end(gateway).await;
    assert_eq!(place.names(FOLDER, 3).await.len(), 3, "one confirmation in its three forms");
    assert!(place.says(&["verify"]).await.0);
}

/// Everybody is on duty all day, every day.
pub(crate) const ROSTER: &str = r#"
[[persons]]
id = "aa01"
name = "Anna Exempel"
telephone = "040-00 00 01"
mail = "anna@kommun.example"

[[units]]
id = "boende-mottagning"
telephone = "040-00 00 10"

[[duties]]
unit = "boende-mottagning"
person = "aa01"
weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
from = "00:00"
to = "24:00"
holidays = true
"#;

#[tokio::test]
async fn whoever_is_on_duty_is_named_at_once_and_the_copy_waits_for_somebody_who_approves_it() {
    let place = place(None, "[\"folder\"]", Some(ROSTER));
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let reference = sent(&place).await;
    let first = confirmation(&place, 1).await;
    assert_eq!(first["caseworker"]["name"], "Anna Exempel");
    assert_eq!(first["caseworker"]["unit"], "Mottagningen för avhysningsärenden");
    let look = place.path("look");
    std::fs::create_dir_all(&look).unwrap();
    let (well, said) = place.says(&["copy", &reference, "--out", look.to_str().unwrap()]).await;
    assert!(well && said.contains(".pdf"), "{said}");
    assert!(place.names(PRINT, 0).await.is_empty(), "looking sends nothing");
    let (well, said) = place.says(&["copy", &reference, "--approve"]).await;
    assert!(well, "{said}");
    let names = place.names(PRINT, 2).await;
    assert_eq!(names, [format!("kopia-{reference}.1.pdf"), format!("kopia-{reference}.csv")]);
    let list = std::fs::read_to_string(place.path(PRINT).join(&names[1])).unwrap();
    assert!(list.contains("Testa Testsson;Exempelgatan 12;214 32 Malmö"), "{list}");
    let pdf = std::fs::read(place.path(PRINT).join(&names[0])).unwrap();
    assert_eq!(
        pdf,
        std::fs::read(look.join(&names[0])).unwrap(),
        "what was looked at is what goes"
    );
    let (well, said) = place.says(&["copy", &reference, "--approve"]).await;
    assert!(!well && said.contains("without a copy that waits"), "{said}");
    end(gateway).await;
    assert!(place.says(&["verify"]).await.0);
}

#[tokio::test]
async fn no_letter_is_made_where_a_notice_hints_at_protection_and_staff_record_how_it_was_sent() {
    let place = place(None, "[\"folder\"]", Some(ROSTER));
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let mut protected: Value = serde_json::from_slice(&notice()).unwrap();
    protected["persons"][0]["protectedIdentity"] = true.into();
    let key = place.client("kronofogden").await;
    let body = protected.to_string().into_bytes();
    let (_, told) = answer(place.post(&key, "application/json", body)).await;
    let reference = told["reference"].as_str().unwrap_or_default().to_owned();
    confirmation(&place, 1).await;
    let (well, said) = place.says(&["copy", &reference, "--approve"]).await;
    assert!(!well && said.contains("protected identity"), "{said}");
    let how = ["copy", &reference, "--sent", "by Skatteverket's forwarding, 14:05"];
    let (well, said) = place.says(&how).await;
    assert!(well, "{said}");
    let (_, shown) = place.says(&["show", &reference, "--json"]).await;
    assert!(shown.contains("person.sentCopy"), "{shown}");
    assert!(place.names(PRINT, 0).await.is_empty());
    end(gateway).await;
    assert!(place.says(&["verify"]).await.0);
}

#[tokio::test]
async fn people_are_warned_by_mail_when_it_begins_and_when_it_ends() {
    let sink = SmtpSink::start(SmtpOptions::default()).await;
    let place = place(Some(&sink), "[\"folder\"]", Some(""));
    let config = place.workspace.config();
    let text = std::fs::read_to_string(&config).unwrap();
    std::fs::write(&config, text + "[alarms]\nmail = [\"jour@kommun.example\"]\nafter = \"1s\"\n")
        .unwrap();
    let gateway = Gateway::start(&place.workspace, &[]).await;
    sent(&place).await;
    let said = |mails: Vec<crate::support::smtp::Mail>| -> String {
        mails.iter().map(|mail| String::from_utf8_lossy(&mail.data).into_owned()).collect()
    };
    wait::eventually("an alarm", LIMIT, || async {
        said(sink.mails())
            .contains("Confirmations to Kronofogden wait for a responsible caseworker")
    })
    .await;
    std::fs::write(place.path("roster.toml"), ROSTER).unwrap();
    confirmation(&place, 1).await;
    wait::eventually("its end", LIMIT, || async {
        said(sink.mails()).contains("Larmet har upphort")
    })
    .await;
    let all = said(sink.mails());
    assert!(!all.contains("Testsson") && !all.contains("U-123456-26"), "{all}");
    end(gateway).await;
}

#[tokio::test]
async fn what_a_person_confirmed_otherwise_is_on_record_and_owed_no_more() {
    let place = place(None, "[\"folder\"]", None);
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let reference = sent(&place).await;
    waits(&place, &reference, "noCaseworker").await;
    let told = ["told", &reference, "--kronofogden", "--reason", "by telephone 14:10"];
    let (well, said) = place.says(&told).await;
    assert!(well, "{said}");
    let (_, said) = place.says(&["unconfirmed"]).await;
    assert!(said.contains("every notice"), "{said}");
    let (well, said) = place.says(&told).await;
    assert!(!well && said.contains("still to be told"), "{said}");
    end(gateway).await;
    assert!(place.says(&["verify"]).await.0);
}
