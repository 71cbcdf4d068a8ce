//! Whether notices can come in, through the running program: deaf doors, canaries, silent partners, and counts that do not agree.

use std::time::Duration;

use reqwest::StatusCode;
use serde_json::Value;

use crate::support::gateway::Gateway;
use crate::support::gateway::status_of;
use crate::support::smtp::SmtpOptions;
use crate::support::smtp::SmtpSink;
use crate::support::wait;

use super::place::LIMIT;
use super::place::Place;
use super::place::Wishes;
use super::place::answer;
use super::place::end;
use super::place::names;
use super::visitor::Visitor;

const CANARY: &str = "[operations.canary]\nevery = \"2s\"\nwithin = \"20s\"\n";
const DAY: Duration = Duration::from_secs(86_400);

async fn detail(place: &Place) -> Value {
    let (status, body) = answer(place.http.get(place.workspace.url("/readyz"))).await;
    assert_eq!(status, StatusCode::OK, "no door makes the gateway unready: {body}");
    body["detail"].clone()
}

async fn door(place: &Place, name: &str) -> Value {
    let detail = detail(place).await;
    let doors = detail["doors"].as_array().cloned().unwrap_or_default();
    doors.into_iter().find(|door| door["name"] == name).unwrap_or_default()
}

/// Waits until a door is as it should be.
async fn until_door(place: &Place, name: &str, what: &str, is: impl Fn(&Value) -> bool) {
    wait::eventually(&format!("{name}: {what}"), LIMIT, || async { is(&door(place, name).await) })
        .await;
}

async fn metric(place: &Place, line: &str) -> bool {
    let text = place.http.get(place.workspace.url("/metrics")).send().await.unwrap();
    text.text().await.unwrap().lines().any(|found| found.starts_with(line))
}

/// How many notices are canaries; those and the others.
async fn canaries(place: &Place) -> (Vec<Value>, Vec<Value>) {
    let all = place.notices().await.into_iter();
    all.partition(|one| one["reason"] == "canary" && one["state"] == "notNotice")
}

#[tokio::test]
async fn canaries_come_out_of_every_door_acknowledged_and_reach_no_case() {
    let place = Place::new(&Wishes { more: CANARY.to_owned(), ..Wishes::default() });
    let gateway = Gateway::start(&place.workspace, &[]).await;
    for name in ["folder:landlord", "maildir:mail", "api"] {
        let came = |door: &Value| {
            door["canary"]["lastSuccessAt"].is_string() && door["canary"]["failingSince"].is_null()
        };
        until_door(&place, name, "its canary came out", came).await;
        let line = format!("kvittens_canary_last_success_timestamp_seconds{{door=\"{name}\"}}");
        assert!(metric(&place, &line).await, "{line}");
    }
    let receipts = place.names("drop/landlord/receipts", 1).await;
    assert!(receipts.iter().any(|name| name.starts_with("kvittens-canary-")), "{receipts:?}");
    assert_eq!(names(&place.path("mail-out")), Vec::<String>::new(), "ourselves are not answered");
    let (ours, others) = canaries(&place).await;
    assert!(ours.len() >= 3 && others.is_empty(), "{others:?}");
    assert_eq!(names(&place.path("cases")), Vec::<String>::new());
    assert!(!metric(&place, "kvittens_notices_received_total").await, "counted as no notice");
    let visitor = Visitor::with_account(&place, "anna", &["--role", "view"]).await;
    let front = visitor.get("/ops/?lang=en").await.text;
    let none = "<span class=\"number\">0</span> <span class=\"what\">received today";
    assert!(front.contains(none) && front.contains("folder landlord"), "{front}");
    assert!(front.contains("No notice has come in yet"), "{front}");
    let (well, said) = place.says(&["check"]).await;
    assert!(well && said.contains("ok     running door folder:landlord"), "{said}");
    let (well, said) = place.says(&["verify"]).await;
    assert!(well, "{said}");
    end(gateway).await;
}

#[tokio::test]
async fn a_mailbox_with_an_address_gets_its_canary_by_mail() {
    let sink = SmtpSink::start(SmtpOptions::default()).await;
    let place = Place::new(&Wishes {
        smtp_port: Some(sink.port()),
        maildir: "own_addresses = [\"avh@kommun.example\"]".to_owned(),
        more: format!("{CANARY}doors = [\"maildir:mail\"]\n"),
        ..Wishes::default()
    });
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let mail = sink.wait_for(1, LIMIT).await.remove(0);
    assert_eq!(mail.envelope_to, ["avh@kommun.example"]);
    assert!(door(&place, "maildir:mail").await["canary"].is_null(), "it is under way");
    // The mail server brings it.
    place.workspace.deliver_mail("1", &mail.data);
    let came = |door: &Value| door["canary"]["lastSuccessAt"].is_string();
    until_door(&place, "maildir:mail", "its canary came out", came).await;
    let (ours, others) = canaries(&place).await;
    assert!(!ours.is_empty() && others.is_empty(), "{others:?}");
    assert!(door(&place, "api").await["canary"].is_null(), "not asked for");
    let answered = sink.mails().iter().any(|mail| mail.header("In-Reply-To").is_some());
    assert!(!answered, "a canary is not answered");
    end(gateway).await;
}

#[tokio::test]
async fn a_message_with_any_other_mark_is_an_ordinary_notice() {
    let place = Place::new(&Wishes {
        more: format!("{CANARY}doors = [\"maildir:mail\"]\n"),
        ..Wishes::default()
    });
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let key = place.client("landlord").await;
    let forged = format!("kvittens-canary-{}", "0123456789abcdef".repeat(2));
    let request = format!(r#"{{"schemaVersion":"1.0","type":"unknown","text":"{forged}"}}"#);
    let (status, told) = answer(place.post(&key, "application/json", request)).await;
    assert_eq!(status, 202, "{told}");
    place.workspace.drop_file("prov.txt", forged.as_bytes());
    let mail = |id: &str, mark: &str| {
        format!(
            "From: anna@hyra.example\r\nMessage-ID: <{id}@hyra.example>\r\nSubject: Hyra\r\n\r\n{mark}\r\n"
        )
    };
    place.workspace.deliver_mail("forged", mail("1", &forged).as_bytes());
    // A mark that was ours, and has been used.
    let used = wait::until("a canary's mail has been taken", LIMIT, || async {
        let name =
            names(&place.path("maildir/cur")).into_iter().find(|name| name.contains("canary"))?;
        let text = std::fs::read_to_string(place.path("maildir/cur").join(name)).ok()?;
        let at = text.find("kvittens-canary-")?;
        text.get(at..at + forged.len()).map(str::to_owned)
    })
    .await;
    until_door(&place, "maildir:mail", "its canary came out", |door| {
        door["canary"]["lastSuccessAt"].is_string()
    })
    .await;
    place.workspace.deliver_mail("again", mail("2", &used).as_bytes());
    wait::eventually("four ordinary notices", LIMIT, || async {
        canaries(&place).await.1.len() == 4
    })
    .await;
    let (_, others) = canaries(&place).await;
    assert!(others.iter().all(|one| one["state"] != "notNotice"), "{others:?}");
    assert_eq!(place.names("mail-out", 2).await.len(), 2, "their senders are answered");
    end(gateway).await;
}

#[tokio::test]
async fn a_canary_that_does_not_come_out_raises_the_alarm_until_one_does() {
    let more = "deaf_after = \"1h\"\n[operations.canary]\nevery = \"1s\"\nwithin = \"1s\"\ndoors = [\"folder:landlord\"]\n";
    let place = Place::new(&Wishes {
        // Every file is too large and is put aside: the door hears, and nothing comes out.
        folder: "max_bytes = 1".to_owned(),
        more: more.to_owned(),
        ..Wishes::default()
    });
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let failing = |door: &Value| door["canary"]["failingSince"].is_string();
    until_door(&place, "folder:landlord", "its canary fails", failing).await;
    assert_eq!(door(&place, "folder:landlord").await["hearing"], "hears");
    assert!(metric(&place, "kvittens_canary_failing{door=\"folder:landlord\"} 1").await);
    let (well, said) = place.says(&["check"]).await;
    assert!(!well && said.contains("its canary has not come out since"), "{said}");
    let told = gateway.stderr().matches("a canary did not come out in time").count();
    assert_eq!(told, 1, "told once");
    end(gateway).await;
}

#[tokio::test]
async fn a_deaf_door_is_shown_within_its_limit_and_again_when_it_hears() {
    let more = "deaf_after = \"2s\"\n".to_owned();
    let place = Place::new(&Wishes { more, ..Wishes::default() });
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let port = place.workspace.http_port;
    for (name, folder) in [("folder:landlord", "drop/landlord/in"), ("maildir:mail", "maildir/new")]
    {
        until_door(&place, name, "hears", |door| door["hearing"] == "hears").await;
        let (here, away) = (place.path(folder), place.path("away"));
        std::fs::rename(&here, &away).unwrap();
        let deaf = |door: &Value| door["hearing"] == "deaf" && door["lastFailure"].is_string();
        until_door(&place, name, "is deaf", deaf).await;
        assert_eq!(status_of(port, "/readyz").await, Some(200));
        assert_eq!(door(&place, "api").await["hearing"], "hears", "the others go on");
        let line = format!("kvittens_door_deaf{{door=\"{name}\"}} 1");
        wait::eventually("the metric", LIMIT, || async { metric(&place, &line).await }).await;
        let (well, said) = place.says(&["check", "--json"]).await;
        assert!(!well && said.contains("it is deaf: cannot look into the folder"), "{said}");
        std::fs::rename(&away, &here).unwrap();
        until_door(&place, name, "hears again", |door| door["hearing"] == "hears").await;
    }
    let log = gateway.stderr();
    let told = |what: &str| log.matches(what).count();
    assert_eq!((told("a door is deaf"), told("a door that was deaf hears again")), (2, 2), "{log}");
    end(gateway).await;
}

#[tokio::test]
async fn a_partner_silent_for_longer_than_its_file_says_is_named_until_it_sends() {
    let place = Place::new(&Wishes::default());
    let partners = place.path("partners");
    std::fs::create_dir(&partners).unwrap();
    let file = "name = \"Hyresvärden\"\nkind = \"landlord\"\n[limits]\nsilent_days = 2\n";
    std::fs::write(partners.join("landlord.toml"), file).unwrap();
    let partners = format!("proof = false\ndir = \"{}\"", partners.display());
    let more = "compare_every = \"1s\"\n".to_owned();
    place.rewrite(&Wishes { partners, more, ..Wishes::default() });
    let gateway = Gateway::start(&place.workspace, &[]).await;
    place.workspace.drop_file_of(3 * DAY, "old.txt", b"old");
    wait::eventually("the partner is named as silent", LIMIT, || async {
        detail(&place).await["silentPartners"][0]["partner"] == "landlord"
    })
    .await;
    assert!(metric(&place, "kvittens_partner_silent{partner=\"landlord\"} 1").await);
    let visitor = Visitor::with_account(&place, "anna", &["--role", "view"]).await;
    let front = visitor.get("/ops/?lang=sv").await.text;
    assert!(
        front.contains("Tysta längre än vanligt") && front.contains("landlord: senast"),
        "{front}"
    );
    place.workspace.drop_file("new.txt", b"new");
    wait::eventually("the partner is heard", LIMIT, || async {
        detail(&place).await["silentPartners"].as_array().is_some_and(Vec::is_empty)
    })
    .await;
    end(gateway).await;
}

#[tokio::test]
async fn a_file_taken_from_a_days_folder_is_found_by_the_count() {
    let more = "compare_every = \"1s\"\n".to_owned();
    let place = Place::new(&Wishes { more, ..Wishes::default() });
    let gateway = Gateway::start(&place.workspace, &[]).await;
    for name in ["a.txt", "b.txt", "c.txt"] {
        place.workspace.drop_file_of(DAY, name, name.as_bytes());
    }
    // The same bytes once more are a file more and no message more.
    place.names("drop/landlord/done", 3).await;
    place.workspace.drop_file_of(DAY, "d.txt", b"a.txt");
    let counts = |door: &Value| {
        let count = &door["comparison"];
        (count["door"].as_i64(), count["store"].as_i64())
    };
    let agree = |door: &Value| counts(door) == (Some(4), Some(4));
    until_door(&place, "folder:landlord", "four and four", agree).await;
    let lying = names(&place.path("drop/landlord/done"));
    std::fs::remove_file(place.path("drop/landlord/done").join(&lying[0])).unwrap();
    let differ = |door: &Value| counts(door) == (Some(3), Some(4));
    until_door(&place, "folder:landlord", "one is missing", differ).await;
    assert!(metric(&place, "kvittens_door_difference{door=\"folder:landlord\"} -1").await);
    let log = gateway.stderr();
    assert_eq!(log.matches("a door's own count of a day is not the store's").count(), 1, "{log}");
    let visitor = Visitor::with_account(&place, "anna", &["--role", "handle"]).await;
    let front = visitor.get("/ops/?lang=en").await.text;
    assert!(front.contains("the door counts 3, the store has 4"), "{front}");
    end(gateway).await;
}
