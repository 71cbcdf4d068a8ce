//! The copy to the person, through the running gateway: it leaves by itself only when every gate is open, never to a wrong or a protected person.

use std::os::unix::fs::PermissionsExt as _;

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
use super::place::names;

/// The folder of the print drop.
pub(super) const PRINT: &str = "brev";
/// Of the way to Kronofogden.
const FOLDER: &str = "kronofogden";
/// The register of protected persons.
pub(super) const REGISTER: &str = "skyddade.csv";

/// Him, her, and somebody whom the register names.
pub(crate) const HIM: &str = "198501012390";
pub(super) const HER: &str = "199001022384";
const PROTECTED: &str = "197801022398";

/// Everybody is on duty all day, every day.
const ROSTER: &str = r#"
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

/// A notice of the time of an eviction, as Kronofogden's system would send it.
pub(crate) fn notice(person: &str) -> Value {
    json!({
        "schemaVersion": "1.0", "type": "evictionScheduled",
        "sender": { "kind": "enforcementAuthority", "name": "Kronofogden" },
        "persons": [ { "role": "tenant", "name": "Testa Testsson",
            "identity": { "kind": "personalIdentityNumber", "value": person } } ],
        "dwelling": { "street": "Exempelgatan 12", "postalCode": "21432", "city": "Malmö" },
        "enforcement": { "caseNumber": "U-123456-26", "startsAt": "2026-12-24T09:00:00+01:00" }
    })
}

/// A place where Kronofogden is a partner, somebody is on duty, and a register tells who is protected. `letter`: keys of `[letter]`.
pub(super) fn place(letter: &str, more: &str, smtp_port: Option<u16>) -> Place {
    let place = Place::new(&Wishes::default());
    for folder in [FOLDER, PRINT, "partners"] {
        std::fs::create_dir_all(place.path(folder)).unwrap();
    }
    let partner = |id: &str, kind: &str| {
        let file = place.path("partners").join(format!("{id}.toml"));
        std::fs::write(file, format!("name = \"{id}\"\nkind = \"{kind}\"\n")).unwrap();
    };
    partner("kronofogden", "enforcementAuthority");
    partner("landlord", "landlord");
    register(&place, &[PROTECTED]);
    std::fs::write(place.path("roster.toml"), ROSTER).unwrap();
    let shown = |part: &str| place.path(part).display().to_string();
    let more = format!(
        "[acknowledge.enforcement_authority]\nways = [\"folder\"]\nfolder = {:?}\n[roster]\nfile = {:?}\n\
         [letter]\nprotection = [\"register\"]\nregister = {:?}\nprint_folder = {:?}\n{letter}\n{more}",
        shown(FOLDER),
        shown("roster.toml"),
        shown(REGISTER),
        shown(PRINT),
    );
    let partners = format!("proof = false\ndir = {:?}", shown("partners"));
    place.rewrite(&Wishes { partners, more, smtp_port, ..Wishes::default() });
    place
}

/// Writes the register as whoever exports it should.
pub(super) fn register(place: &Place, numbers: &[&str]) {
    let (path, new) = (place.path(REGISTER), place.path("register.new"));
    std::fs::write(&new, numbers.join("\n")).unwrap();
    std::fs::set_permissions(&new, std::fs::Permissions::from_mode(0o640)).unwrap();
    std::fs::rename(&new, &path).unwrap();
}

/// Sends a notice as a client; gives its reference.
pub(super) async fn sent(place: &Place, key: &str, notice: &Value) -> String {
    let body = notice.to_string().into_bytes();
    let (status, told) = answer(place.post(key, "application/json", body)).await;
    assert_eq!(status, 202, "{told}");
    told["reference"].as_str().unwrap_or_default().to_owned()
}

/// What `kvittens copies` says of a notice, once it says this.
pub(super) async fn waits(place: &Place, reference: &str, reason: &str) -> Value {
    wait::until(&format!("{reference} waits: {reason}"), LIMIT, || async {
        let (_, said) = place.says(&["copies", "--json"]).await;
        let lines = said.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        let mut ours = lines.filter(|line| line["reference"] == reference);
        ours.find(|line| line["reason"].as_str().is_some_and(|told| told.contains(reason)))
    })
    .await
}

/// Waits until nothing is owed to anybody.
pub(super) async fn nothing_owed(place: &Place) {
    wait::eventually("every copy is sent", LIMIT, || async {
        place.says(&["copies"]).await.1.contains("No copy is owed")
    })
    .await;
}

pub(super) async fn whole(place: &Place) {
    let (well, said) = place.says(&["verify"]).await;
    assert!(well, "{said}");
}

#[tokio::test]
async fn what_kronofogden_sends_and_nobody_doubts_leaves_by_itself_once() {
    let place = place("", "", None);
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let key = place.client("kronofogden").await;
    let reference = sent(&place, &key, &notice(HIM)).await;
    let files = place.names(PRINT, 2).await;
    assert_eq!(files, [format!("kopia-{reference}.1.pdf"), format!("kopia-{reference}.csv")]);
    nothing_owed(&place).await;
    let (_, shown) = place.says(&["show", &reference, "--json"]).await;
    for event in ["protection.asked", "copy.released", "register=notProtected"] {
        assert!(shown.contains(event), "{event}: {shown}");
    }
    assert!(!shown.contains(HIM), "{shown}");
    end(gateway).await;
    assert_eq!(names(&place.path(PRINT)).len(), 2);
    whole(&place).await;
}

#[tokio::test]
async fn a_forged_a_misread_and_a_protected_one_get_no_letter_by_themselves() {
    let place = place("", "", None);
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let kronofogden = place.client("kronofogden").await;
    let landlord = place.client("landlord").await;
    let stranger = place.client("stranger").await;
    let changed = |path: &str, value: Value| {
        let mut notice = notice(HIM);
        *notice.pointer_mut(path).unwrap() = value;
        notice
    };
    let misread = changed("/persons/0/identity/value", json!("198501012391"));
    let child = changed("/persons/0/identity/value", json!("201601022385"));
    let at_anothers = changed(
        "/dwelling",
        json!({ "street": "Exempelgatan 12", "careOf": "Annan Person", "postalCode": "21432", "city": "Malmö" }),
    );
    let hinted = changed("/persons/0", {
        let mut person = notice(HIM)["persons"][0].clone();
        person["protectedIdentity"] = true.into();
        person
    });
    let cases = [
        ("a landlord writes as Kronofogden", &landlord, notice(HIM), "sender"),
        ("a stranger writes as Kronofogden", &stranger, notice(HER), "sender"),
        ("a digit was misread", &kronofogden, misread, "identity"),
        ("the tenant is a child", &kronofogden, child, "identity"),
        ("at somebody else's door", &kronofogden, at_anothers, "address"),
        ("no address", &kronofogden, changed("/dwelling", json!({})), "address"),
        ("the register names the person", &kronofogden, notice(PROTECTED), "protected"),
        ("the notice says so", &kronofogden, hinted, "protected"),
    ];
    let mut references = Vec::new();
    for (what, key, notice, reason) in &cases {
        let reference = sent(&place, key, notice).await;
        let told = waits(&place, &reference, reason).await;
        assert!(!told.to_string().contains("Exempelgatan"), "{what}: {told}");
        references.push((reference, *reason == "protected"));
    }
    let (_, listed) = place.says(&["copies", "--protected", "--json"]).await;
    assert_eq!(listed.lines().count(), 2, "{listed}");
    for (reference, protected) in &references {
        assert_eq!(listed.contains(reference.as_str()), *protected, "{reference}: {listed}");
        if *protected {
            let (well, said) = place.says(&["copy", reference, "--approve"]).await;
            assert!(!well && said.contains("protected identity"), "{said}");
            let (well, said) = place.says(&["copy", reference, "--sent", "by hand"]).await;
            assert!(well, "{said}");
        }
    }
    assert!(names(&place.path(PRINT)).is_empty(), "nothing has left");
    // A person who has made sure lets the first one go.
    let (well, said) = place.says(&["copy", &references[0].0, "--approve"]).await;
    assert!(well && said.contains("the print folder"), "{said}");
    place.names(PRINT, 2).await;
    end(gateway).await;
    whole(&place).await;
}

#[tokio::test]
async fn a_register_that_cannot_be_trusted_lets_nothing_leave_and_is_in_use_again_when_it_can() {
    let place = place("", "", None);
    std::fs::remove_file(place.path(REGISTER)).unwrap();
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let key = place.client("kronofogden").await;
    let reference = sent(&place, &key, &notice(HIM)).await;
    waits(&place, &reference, "gate:protection").await;
    let (well, said) = place.says(&["check"]).await;
    assert!(!well && said.contains("letter.register"), "{said}");
    register(&place, &[PROTECTED]);
    nothing_owed(&place).await;
    assert_eq!(place.names(PRINT, 2).await.len(), 2);
    end(gateway).await;
    whole(&place).await;
}

#[tokio::test]
async fn a_new_caseworker_brings_no_second_letter_unless_the_municipality_wants_it() {
    for (on_change, letters) in [("false", 2), ("true", 4)] {
        let place = place(&format!("on_change = {on_change}"), "", None);
        let gateway = Gateway::start(&place.workspace, &[]).await;
        let key = place.client("kronofogden").await;
        let reference = sent(&place, &key, &notice(HIM)).await;
        place.names(PRINT, 2).await;
        nothing_owed(&place).await;
        let arguments =
            ["name", &reference, "--caseworker", "Bo Exempel", "--telephone", "040-00 00 02"];
        let (well, said) = place.says(&arguments).await;
        assert!(well, "{said}");
        place.names(FOLDER, 6).await;
        place.names(PRINT, letters).await;
        nothing_owed(&place).await;
        // A new time of the eviction is a notice of its own, and has its own letter.
        let mut anew = notice(HIM);
        anew["enforcement"]["startsAt"] = json!("2027-01-14T09:00:00+01:00");
        let other = format!("kopia-{}.csv", sent(&place, &key, &anew).await);
        wait::eventually("the letter of the new time", LIMIT, || async {
            names(&place.path(PRINT)).contains(&other)
        })
        .await;
        nothing_owed(&place).await;
        let second = format!("kopia-{reference}.v1.1.pdf");
        let files = names(&place.path(PRINT));
        assert_eq!(files.contains(&second), on_change == "true", "{files:?}");
        end(gateway).await;
        assert_eq!(names(&place.path(PRINT)).len(), letters + 2);
        whole(&place).await;
    }
}

#[tokio::test]
async fn staff_of_its_own_are_told_of_a_protected_person_and_nobody_of_who_it_is() {
    let sink = SmtpSink::start(SmtpOptions::default()).await;
    let alarms = "[alarms]\nmail = [\"jour@kommun.example\"]\nprotected_mail = [\"skyddade@kommun.example\"]\n";
    let place = place("", alarms, Some(sink.port()));
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let key = place.client("kronofogden").await;
    let reference = sent(&place, &key, &notice(PROTECTED)).await;
    waits(&place, &reference, "protected").await;
    let told = wait::until("an alarm", LIMIT, || async {
        let mut mails = sink.mails().into_iter();
        mails.find(|mail| String::from_utf8_lossy(&mail.data).contains("protected identity"))
    })
    .await;
    assert_eq!(told.envelope_to, ["skyddade@kommun.example"]);
    let text = String::from_utf8_lossy(&told.data).into_owned();
    assert!(!text.contains("Testsson") && !text.contains(&reference), "{text}");
    let how = ["copy", &reference, "--sent", "by Skatteverket's forwarding"];
    assert!(place.says(&how).await.0);
    wait::eventually("its end", LIMIT, || async {
        let to_them = sink.mails().into_iter();
        let theirs = to_them.filter(|mail| mail.envelope_to == ["skyddade@kommun.example"]);
        theirs.count() == 2
    })
    .await;
    end(gateway).await;
    assert!(!gateway_log(&place).contains(PROTECTED));
    whole(&place).await;
}

fn gateway_log(place: &Place) -> String {
    let read = |name: &str| std::fs::read_to_string(place.path(name)).unwrap_or_default();
    read("stdout.log") + &read("stderr.log")
}
