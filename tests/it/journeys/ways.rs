//! Confirmations reach Kronofogden on a server of its own or by its own client, once, in one wording, however often the gateway dies.

use reqwest::StatusCode;
use serde_json::Value;

use crate::support::gateway::Gateway;
use crate::support::servers::Server;
use crate::support::servers::Servers;
use crate::support::sftp;
use crate::support::sftp::FarFolder;
use crate::support::smtp::SmtpOptions;
use crate::support::smtp::SmtpSink;
use crate::support::wait;

use super::confirmations::ROSTER;
use super::confirmations::notice;
use super::place::LIMIT;
use super::place::Place;
use super::place::ROOT;
use super::place::Wishes;
use super::place::answer;
use super::place::end;

/// A place where somebody is always on duty, with these ways; `more` goes on in `[acknowledge.enforcement_authority]`.
pub(super) fn place(sink: Option<&SmtpSink>, ways: &str, more: &str) -> Place {
    let place = Place::new(&Wishes::default());
    std::fs::create_dir_all(place.path("kronofogden")).unwrap();
    std::fs::write(place.path("roster.toml"), ROSTER).unwrap();
    // The gateway runs in its workspace.
    let more = format!(
        "[seal]\nkeys = \"keys\"\n[roster]\nfile = \"roster.toml\"\n[acknowledge.enforcement_authority]\nways = {ways}\n\
         folder = \"kronofogden\"\nmail = \"avhysning@kronofogden.example\"\n{more}\n"
    );
    place.rewrite(&Wishes { smtp_port: sink.map(SmtpSink::port), more, ..Wishes::default() });
    place
}

/// A gateway with a key to sign with.
pub(super) async fn started(place: &Place, environment: &[(&str, &str)]) -> Gateway {
    if !place.path("keys").exists() {
        let (well, said) = place.says(&["key", "rotate"]).await;
        assert!(well, "{said}");
    }
    Gateway::start(&place.workspace, environment).await
}

pub(super) async fn sent(place: &Place, key: &str) -> String {
    sent_of(place, key, "U-123456-26").await
}

/// A notice with this case number of Kronofogden's.
pub(super) async fn sent_of(place: &Place, key: &str, number: &str) -> String {
    let text = String::from_utf8(notice()).unwrap().replace("U-123456-26", number);
    let (status, told) = answer(place.post(key, "application/json", text)).await;
    assert_eq!(status, 202, "{told}");
    told["reference"].as_str().unwrap_or_default().to_owned()
}

pub(super) async fn unconfirmed(place: &Place) -> String {
    place.says(&["unconfirmed"]).await.1
}

pub(super) async fn is_confirmed(place: &Place) {
    wait::eventually("it is confirmed", LIMIT, || async {
        unconfirmed(place).await.contains("every notice")
    })
    .await;
}

/// A client that may read confirmations.
pub(super) async fn reader(place: &Place) -> String {
    let add = ["client", "add", "kfm", "--reads", "confirmations"];
    let output = place.workspace.run(&add).await;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

pub(super) async fn read(place: &Place, key: &str, path: &str) -> (StatusCode, Value) {
    let url = place.workspace.url(&format!("{ROOT}/confirmations{path}"));
    answer(place.http.get(url).bearer_auth(key)).await
}

/// Waits until the series holds so many.
async fn series(place: &Place, count: i64) {
    wait::eventually("they are written", LIMIT, || async {
        super::place::rows(place, "confirmations").await == count
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_a_server_three_files_appear_once_wherever_the_gateway_dies() {
    let Some(_server) = Servers::shared(&[Server::Sftp]).await else { return };
    let far = FarFolder::new();
    let keys: String =
        far.keys("x", sftp::port()).lines().skip(1).map(|line| format!("{line}\n")).collect();
    let section = format!("[acknowledge.enforcement_authority.sftp]\n{keys}");
    let place = place(None, "[\"sftp\"]", &section);
    let gateway = started(&place, &[]).await;
    let (well, said) = place.says(&["check"]).await;
    assert!(well && said.contains("ok     acknowledge.enforcement_authority.sftp.path"), "{said}");
    let key = place.client("kronofogden").await;
    end(gateway).await;
    for point in ["between_forms:1", "between_forms:2", "after_confirming_before_outcome:1"] {
        let environment = [("KVITTENS_TEST_KILL", point)];
        let mut gateway = Gateway::start_unready(&place.workspace, &environment).await;
        if point == "between_forms:1" {
            gateway.wait_ready().await;
            sent(&place, &key).await;
        }
        assert!(!gateway.wait_exit().await.success(), "{point}");
    }
    let gateway = started(&place, &[]).await;
    is_confirmed(&place).await;
    assert_eq!(
        far.names(""),
        ["bekraftelse-00000001.json", "bekraftelse-00000001.txt", "bekraftelse-00000001.xml", "in"]
    );
    let json = std::fs::read(far.path("bekraftelse-00000001.json")).unwrap();
    let told: Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(told["caseworker"]["name"], "Anna Exempel", "{told}");
    assert!(!told.to_string().contains("Testsson"), "{told}");
    end(gateway).await;
    assert!(place.says(&["verify"]).await.0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_folder_on_a_server_that_is_not_there_is_told_and_the_next_way_is_taken() {
    let Some(_server) = Servers::shared(&[Server::Sftp]).await else { return };
    let far = FarFolder::new();
    let keys: String =
        far.keys("x", sftp::port()).lines().skip(1).map(|line| format!("{line}\n")).collect();
    let section = format!("[acknowledge.enforcement_authority.sftp]\n{keys}")
        .replace("path = \"", "path = \"gone-");
    let place = place(None, "[\"sftp\", \"folder\"]", &section);
    let gateway = started(&place, &[]).await;
    let (well, said) = place.says(&["check"]).await;
    assert!(!well && said.contains("FAULT  acknowledge.enforcement_authority.sftp.path"), "{said}");
    let key = place.client("kronofogden").await;
    sent(&place, &key).await;
    assert_eq!(place.names("kronofogden", 3).await.len(), 3);
    is_confirmed(&place).await;
    end(gateway).await;
}

#[tokio::test]
async fn what_kronofogdens_client_has_fetched_it_has_been_told() {
    let place = place(None, "[\"feed\"]", "");
    let gateway = started(&place, &[]).await;
    let nobody = "no client may: kvittens client add";
    assert!(place.says(&["check"]).await.1.contains(nobody));
    let (kfm, other) = (reader(&place).await, place.client("annan").await);
    assert!(!place.says(&["check"]).await.1.contains(nobody));
    let references = [sent(&place, &kfm).await, sent_of(&place, &kfm, "U-654321-26").await];
    series(&place, 2).await;
    let (status, _) = read(&place, &other, "?after=0").await;
    assert_eq!(status, 404, "others find nothing");
    let waits = unconfirmed(&place).await;
    assert!(references.iter().all(|reference| waits.contains(reference)), "{waits}");
    let (status, told) = read(&place, &kfm, "?after=0&limit=1").await;
    assert_eq!((status, &told["more"]), (StatusCode::OK, &true.into()), "{told}");
    let first = told["confirmations"][0].clone();
    assert_eq!(
        (&first["number"], &first["caseworker"]["name"]),
        (&1.into(), &"Anna Exempel".into())
    );
    assert!(!told.to_string().contains("Testsson"), "{told}");
    let waits = unconfirmed(&place).await;
    let (done, open) = match first["reference"] == references[0].as_str() {
        true => (&references[0], &references[1]),
        false => (&references[1], &references[0]),
    };
    assert!(!waits.contains(done.as_str()) && waits.contains(open.as_str()), "{waits}");
    let next = told["next"].as_str().unwrap();
    assert!(next.ends_with("/confirmations?after=1&limit=1"), "{next}");
    let (_, told) = answer(place.http.get(next).bearer_auth(&kfm)).await;
    assert_eq!((&told["confirmations"][0]["number"], &told["more"]), (&2.into(), &false.into()));
    is_confirmed(&place).await;
    let (_, again) = read(&place, &kfm, "/1").await;
    assert_eq!(again, first, "the same however often");
    let (_, shown) = place.says(&["show", done, "--json"]).await;
    for word in ["confirmation.fetched", "acknowledgement.sent", "\"client\":\"kfm\""] {
        assert!(shown.contains(word), "{word}: {shown}");
    }
    let (_, listed) = place.says(&["client", "list"]).await;
    assert!(
        listed.lines().any(|line| line.contains("kfm") && line.contains("confirmations")),
        "{listed}"
    );
    place.says(&["client", "revoke", "kfm"]).await;
    assert_eq!(read(&place, &kfm, "").await.0, 401);
    end(gateway).await;
    assert!(place.says(&["verify"]).await.0);
}

#[tokio::test]
async fn nothing_is_handed_out_while_the_feed_is_off() {
    let place = place(None, "[\"feed\"]", "");
    let gateway = started(&place, &[]).await;
    let kfm = reader(&place).await;
    let reference = sent(&place, &kfm).await;
    series(&place, 1).await;
    for to in ["off", "dry-run"] {
        assert!(place.says(&["way", "feed", to, "--reason", "looking first"]).await.0);
        for path in ["", "/1"] {
            let (status, told) = read(&place, &kfm, path).await;
            assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{to} {path}: {told}");
            assert!(!told.to_string().contains("Anna Exempel"), "{told}");
        }
        assert!(unconfirmed(&place).await.contains(&reference), "{to}");
    }
    assert!(place.says(&["way", "feed", "on"]).await.0);
    let (status, told) = read(&place, &kfm, "").await;
    assert_eq!((status, &told["confirmations"][0]["number"]), (StatusCode::OK, &1.into()));
    is_confirmed(&place).await;
    end(gateway).await;
}

#[tokio::test]
async fn a_client_that_got_no_answer_because_the_gateway_died_gets_the_same_when_it_asks_again() {
    let place = place(None, "[\"feed\"]", "");
    let gateway = started(&place, &[]).await;
    let kfm = reader(&place).await;
    let reference = sent(&place, &kfm).await;
    series(&place, 1).await;
    end(gateway).await;
    let kill = [("KVITTENS_TEST_KILL", "after_handing_out_before_answer:1")];
    let mut gateway = started(&place, &kill).await;
    let url = place.workspace.url(&format!("{ROOT}/confirmations"));
    assert!(place.http.get(url).bearer_auth(&kfm).send().await.is_err(), "no answer");
    assert!(!gateway.wait_exit().await.success());
    let gateway = started(&place, &[]).await;
    let (_, told) = read(&place, &kfm, "").await;
    assert_eq!(told["confirmations"][0]["reference"], reference.as_str(), "{told}");
    is_confirmed(&place).await;
    end(gateway).await;
    assert!(place.says(&["verify"]).await.0);
}

#[tokio::test]
async fn what_nobody_fetches_in_time_goes_by_the_next_way_and_says_the_same() {
    let sink = SmtpSink::start(SmtpOptions::default()).await;
    let place = place(Some(&sink), "[\"feed\", \"mail\"]", "feed_within = \"1s\"");
    let gateway = started(&place, &[]).await;
    let kfm = reader(&place).await;
    let reference = sent(&place, &kfm).await;
    let confirmed =
        |mail: &crate::support::smtp::Mail| mail.envelope_to == ["avhysning@kronofogden.example"];
    let mail =
        wait::until("the mail", LIMIT, || async { sink.mails().into_iter().find(confirmed) }).await;
    let text = String::from_utf8_lossy(&mail.data).into_owned();
    assert!(text.contains("Anna Exempel") && text.contains("pnummer: 1"), "{text}");
    is_confirmed(&place).await;
    let (_, told) = read(&place, &kfm, "/1").await;
    assert_eq!(
        (&told["reference"], &told["caseworker"]["name"]),
        (&reference.as_str().into(), &"Anna Exempel".into())
    );
    end(gateway).await;
    assert!(place.says(&["verify"]).await.0);
}
