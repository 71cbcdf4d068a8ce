//! Kronofogden's system, and a system of the municipality's own, are called with signatures that an independent implementation checks: until they
//! answer well, or say that they are gone.

use serde_json::Value;

use crate::support::gateway::Gateway;
use crate::support::servers::value;
use crate::support::wait;
use crate::support::webhook::Answer;
use crate::support::webhook::Call;
use crate::support::webhook::Receiver;

use super::place::LIMIT;
use super::place::Place;
use super::place::answer;
use super::place::end;
use super::ways::is_confirmed;
use super::ways::place;
use super::ways::read;
use super::ways::reader;
use super::ways::sent;
use super::ways::started;
use super::ways::unconfirmed;

pub(super) fn section(receiver: &Receiver, more: &str) -> String {
    format!(
        "[acknowledge.enforcement_authority.webhook]\nurl = \"http://127.0.0.1:{}/hook\"\nallow_private = true\ntimeout = \"500ms\"\n{more}",
        receiver.port
    )
}

pub(super) async fn calls(receiver: &Receiver, count: usize) -> Vec<Call> {
    wait::until("the calls", LIMIT, || async {
        let calls = receiver.calls();
        (calls.len() >= count).then_some(calls)
    })
    .await
}

/// The key that receivers are given.
async fn public_key(place: &Place) -> String {
    let (_, said) = place.says(&["key", "list", "--json"]).await;
    let told: Value = serde_json::from_str(said.lines().next().unwrap_or_default()).unwrap();
    told["webhookKey"].as_str().unwrap().to_owned()
}

/// That OpenSSL takes the call by this key, and nothing else in its place.
fn is_signed(place: &Place, call: &Call, key: &str) {
    let folder = place.path("");
    let Some(fits) = call.fits(&folder, key) else {
        assert!(value("KVITTENS_TEST_REQUIRE").is_none(), "no openssl");
        eprintln!("skipped: openssl is not there to check signatures with");
        return;
    };
    assert!(fits, "{call:?}");
    let changed = Call { body: format!("{} ", call.body), ..call.clone() };
    let renamed = Call { id: format!("{}1", call.id), ..call.clone() };
    let later = Call { timestamp: format!("{}0", call.timestamp), ..call.clone() };
    let unsigned = Call { signatures: vec![format!("v1a,{}==", "A".repeat(86))], ..call.clone() };
    for wrong in [changed, renamed, later, unsigned] {
        assert_eq!(wrong.fits(&folder, key), Some(false), "{wrong:?}");
    }
}

#[tokio::test]
async fn a_receiver_is_called_until_it_answers_well_and_fetches_what_it_is_told_of() {
    let receiver = Receiver::open().await;
    let place = place(None, "[\"webhook\"]", &section(&receiver, ""));
    let gateway = started(&place, &[]).await;
    let (well, said) = place.says(&["check"]).await;
    assert!(
        well && said.contains("ok     acknowledge.enforcement_authority.webhook.url"),
        "{said}"
    );
    let kfm = reader(&place).await;
    receiver.next(&[
        Answer::Status(500),
        Answer::Status(302),
        Answer::Reset,
        Answer::Hang,
        Answer::Status(429),
    ]);
    let reference = sent(&place, &kfm).await;
    let calls = calls(&receiver, 6).await;
    is_confirmed(&place).await;
    let first = &calls[0];
    assert!(calls.iter().all(|call| call.id == first.id && call.body == first.body), "{calls:?}");
    let payload = first.payload();
    assert_eq!(payload["type"], "kvittens.confirmation.v1");
    assert_eq!(
        (&payload["data"]["reference"], &payload["data"]["number"]),
        (&reference.as_str().into(), &1.into())
    );
    for word in ["Testsson", "Anna", "U-123456-26", "Exempelgatan"] {
        assert!(!first.body.contains(word), "{word}: {}", first.body);
    }
    let key = public_key(&place).await;
    for call in &calls {
        is_signed(&place, call, &key);
    }
    let url = payload["data"]["url"].as_str().unwrap();
    let (_, told) = answer(place.http.get(url).bearer_auth(&kfm)).await;
    assert_eq!(
        (&told["reference"], &told["caseworker"]["name"]),
        (&reference.as_str().into(), &"Anna Exempel".into())
    );
    assert_eq!(receiver.calls().len(), 6, "once it was told it is called no more");
    let log = gateway.output();
    assert!(!log.contains("/hook"), "a receiver's address may be secret: {log}");
    end(gateway).await;
    assert!(place.says(&["verify"]).await.0);
}

#[tokio::test]
async fn killed_between_the_call_and_its_outcome_it_calls_again_by_the_same_id() {
    let receiver = Receiver::open().await;
    let place = place(None, "[\"webhook\"]", &section(&receiver, ""));
    let gateway = started(&place, &[]).await;
    let key = place.client("kronofogden").await;
    end(gateway).await;
    let kill = [("KVITTENS_TEST_KILL", "after_confirming_before_outcome:1")];
    let mut gateway = started(&place, &kill).await;
    sent(&place, &key).await;
    assert!(!gateway.wait_exit().await.success());
    let gateway = started(&place, &[]).await;
    is_confirmed(&place).await;
    let calls = calls(&receiver, 2).await;
    assert_eq!(calls.len(), 2);
    assert_eq!((&calls[0].id, &calls[0].body), (&calls[1].id, &calls[1].body));
    end(gateway).await;
    assert!(place.says(&["verify"]).await.0);
}

#[tokio::test]
async fn a_call_whose_answer_is_lost_is_told_when_the_receiver_fetches_what_it_told_of() {
    let receiver = Receiver::open().await;
    receiver.always(Answer::Hang);
    let place = place(None, "[\"webhook\"]", &section(&receiver, ""));
    let gateway = started(&place, &[]).await;
    let kfm = reader(&place).await;
    let reference = sent(&place, &kfm).await;
    calls(&receiver, 1).await;
    assert!(unconfirmed(&place).await.contains(&reference));
    assert_eq!(read(&place, &kfm, "/1").await.0, 200);
    is_confirmed(&place).await;
    end(gateway).await;
    let (_, shown) = place.says(&["show", &reference, "--json"]).await;
    assert!(shown.contains("confirmation.fetched"), "{shown}");
}

#[tokio::test]
async fn a_receiver_that_is_gone_is_left_and_people_are_told_by_a_call_of_their_own() {
    let (receiver, alarms) = (Receiver::open().await, Receiver::open().await);
    receiver.always(Answer::Status(410));
    alarms.next(&[Answer::Status(503)]);
    let warned = format!(
        "[alarms]\nafter = \"1s\"\n[alarms.webhook]\nurl = \"http://127.0.0.1:{}/larm\"\nallow_private = true\n",
        alarms.port
    );
    let place = place(None, "[\"webhook\"]", &section(&receiver, &warned));
    let gateway = started(&place, &[]).await;
    let key = place.client("kronofogden").await;
    let reference = sent(&place, &key).await;
    wait::eventually("it has failed", LIMIT, || async {
        place.says(&["show", &reference, "--json"]).await.1.contains("acknowledgement.failed")
    })
    .await;
    assert!(unconfirmed(&place).await.contains(&reference));
    let public = public_key(&place).await;
    let raised = calls(&alarms, 1).await.remove(0);
    let payload = raised.payload();
    assert_eq!(payload["type"], "kvittens.alarm.v1", "{payload}");
    let data = &payload["data"];
    assert_eq!(
        (&data["cause"], &data["state"], &data["count"]),
        (&"confirmation.notSent".into(), &"raised".into(), &1.into())
    );
    assert!(
        data["nextStep"]["sv"].as_str().is_some_and(|next| next.contains("kvittens unconfirmed")),
        "{data}"
    );
    is_signed(&place, &raised, &public);
    let told = ["told", &reference, "--kronofogden", "--reason", "by telephone 14:10"];
    assert!(place.says(&told).await.0);
    is_confirmed(&place).await;
    assert_eq!(receiver.calls().len(), 1, "who is gone is called no more");
    end(gateway).await;
}

#[tokio::test]
async fn an_alarm_that_was_told_is_told_to_have_ended() {
    let alarms = Receiver::open().await;
    let warned = format!(
        "[alarms]\nafter = \"1s\"\n[alarms.webhook]\nurl = \"http://127.0.0.1:{}/larm\"\nallow_private = true\n",
        alarms.port
    );
    let place = place(None, "[\"feed\"]", &warned);
    let gateway = started(&place, &[]).await;
    let kfm = reader(&place).await;
    sent(&place, &kfm).await;
    let about = || -> Vec<Call> {
        let mut calls = alarms.calls();
        calls.retain(|call| call.payload()["data"]["cause"] == "confirmation.notSent");
        calls
    };
    wait::eventually("an alarm", LIMIT, || async { about().len() == 1 }).await;
    assert_eq!(read(&place, &kfm, "").await.0, 200);
    let ended = |call: &Call| call.payload()["data"]["state"] == "ended";
    wait::eventually("its end", LIMIT, || async { about().last().is_some_and(ended) }).await;
    let calls = about();
    assert_eq!(calls[0].payload()["data"]["state"], "raised");
    assert_ne!(calls[0].id, calls[calls.len() - 1].id);
    end(gateway).await;
}

#[tokio::test]
async fn a_private_address_is_not_called_and_the_next_way_is_taken() {
    let receiver = Receiver::open().await;
    let literal = section(&receiver, "").replace("allow_private = true", "allow_private = false");
    let place = place(None, "[\"webhook\", \"folder\"]", &literal);
    let (well, said) = place.says(&["check"]).await;
    assert!(!well && said.contains("acknowledge.enforcement_authority.webhook.url"), "{said}");
    let named = literal.replace("http://127.0.0.1", "https://localhost");
    let config = std::fs::read_to_string(place.workspace.config()).unwrap();
    std::fs::write(place.workspace.config(), config.replace(&literal, &named)).unwrap();
    let gateway: Gateway = started(&place, &[]).await;
    let (well, said) = place.says(&["check"]).await;
    assert!(
        !well && said.contains("FAULT  acknowledge.enforcement_authority.webhook.url"),
        "{said}"
    );
    let kfm = reader(&place).await;
    let reference = sent(&place, &kfm).await;
    assert_eq!(place.names("kronofogden", 3).await.len(), 3);
    is_confirmed(&place).await;
    assert!(receiver.calls().is_empty());
    assert!(gateway.output().contains("allow_private"), "{}", gateway.output());
    let file = std::fs::read(place.path("kronofogden/bekraftelse-00000001.json")).unwrap();
    let file: Value = serde_json::from_slice(&file).unwrap();
    assert_eq!(file["reference"], reference.as_str());
    assert_eq!(read(&place, &kfm, "/1").await.1, file, "one wording, whichever way");
    end(gateway).await;
}
