//! A receiver of alarms that answers that it is gone (410) is called no more; people are told so, and one of them, or another address, brings it back.

use std::time::Duration;

use serde_json::Value;

use crate::support::wait;
use crate::support::webhook::Answer;
use crate::support::webhook::Receiver;

use super::place::LIMIT;
use super::place::Place;
use super::place::end;
use super::promised::handler;
use super::ways::place;
use super::ways::reader;
use super::ways::sent;
use super::ways::started;
use super::ways_webhook::calls;

fn warned(alarms: &Receiver) -> Place {
    let sections = format!(
        "[alarms]\nafter = \"1s\"\nlook_every = \"100ms\"\nmail = [\"larm@kommun.example\"]\n[alarms.webhook]\nurl = \"http://127.0.0.1:{}/larm\"\n\
         allow_private = true\n",
        alarms.port
    );
    place(None, "[\"feed\"]", &sections)
}

/// How many mails hold these words.
fn mails(place: &Place, words: &str) -> usize {
    let files = std::fs::read_dir(place.path("mail-out")).into_iter().flatten().flatten();
    let texts = files.filter_map(|file| std::fs::read_to_string(file.path()).ok());
    texts.filter(|text| text.replace("=\r\n", "").contains(words)).count()
}

const RAISED: &str = "kvittens way alarms on";

/// What `kvittens way` says of alarms: on or off, and why.
async fn listed(place: &Place) -> (String, String) {
    let (_, said) = place.says(&["way", "--json"]).await;
    let lines = said.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let line = lines.into_iter().find(|line| line["way"] == "alarms").unwrap();
    let text = |key: &str| line[key].as_str().unwrap_or_default().to_owned();
    (text("switch"), text("reason"))
}

#[tokio::test]
async fn it_is_called_no_more_until_a_person_says_so() {
    let alarms = Receiver::open().await;
    alarms.always(Answer::Status(410));
    let place = warned(&alarms);
    let gateway = started(&place, &[]).await;
    assert_eq!(listed(&place).await, ("on".to_owned(), String::new()));
    let kfm = reader(&place).await;
    sent(&place, &kfm).await;
    calls(&alarms, 1).await;
    wait::eventually("people are told by mail", LIMIT, || async { mails(&place, RAISED) == 1 })
        .await;
    let (switch, reason) = listed(&place).await;
    assert!(switch == "off" && reason.contains("410"), "{switch} {reason}");
    let front = handler(&place).await.get("/ops/").await.text;
    assert!(front.contains("has answered that it is gone"), "{front}");
    end(gateway).await;
    // Not after a start either, over many looks.
    let gateway = started(&place, &[]).await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(alarms.calls().len(), 1);
    alarms.always(Answer::Status(204));
    for wrong in ["off", "dry-run", "perhaps"] {
        let (well, said) = place.says(&["way", "alarms", wrong, "--reason", "a test"]).await;
        assert!(!well && said.contains("`on` only"), "{wrong}: {said}");
    }
    let (well, said) = place.says(&["way", "alarms", "on"]).await;
    assert!(well, "{said}");
    let called = calls(&alarms, 2).await;
    assert_eq!(called[1].payload()["data"]["state"], "raised");
    assert_eq!(listed(&place).await.0, "on");
    wait::eventually("its end is told by mail", LIMIT, || async {
        place.says(&["way"]).await;
        mails(&place, "Larmet har upphort") == 1
    })
    .await;
    end(gateway).await;
    let (well, _) = place.says(&["verify"]).await;
    assert!(well && mails(&place, RAISED) <= 2, "one when it begins, one when it ends");
}

#[tokio::test]
async fn another_address_is_another_receiver() {
    let alarms = Receiver::open().await;
    alarms.always(Answer::Status(410));
    let place = warned(&alarms);
    let gateway = started(&place, &[]).await;
    let kfm = reader(&place).await;
    sent(&place, &kfm).await;
    calls(&alarms, 1).await;
    wait::eventually("it is left", LIMIT, || async { listed(&place).await.0 == "off" }).await;
    end(gateway).await;
    let config = std::fs::read_to_string(place.workspace.config()).unwrap();
    std::fs::write(place.workspace.config(), config.replace("/larm\"", "/nytt\"")).unwrap();
    assert_eq!(listed(&place).await.0, "on");
    let gateway = started(&place, &[]).await;
    calls(&alarms, 2).await;
    end(gateway).await;
}
