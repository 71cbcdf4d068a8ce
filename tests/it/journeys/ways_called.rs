//! What a call to Kronofogden's system is worth: it counts as told, and is not left at that where nobody fetches what it tells of; a receiver that is
//! gone is called no more.

use kvittens::clock::Clock;

use crate::support::wait;
use crate::support::webhook::Answer;
use crate::support::webhook::Receiver;

use super::place::LIMIT;
use super::place::Place;
use super::place::end;
use super::promised::handler;
use super::visitor::Visitor;
use super::ways::is_confirmed;
use super::ways::place;
use super::ways::read;
use super::ways::reader;
use super::ways::sent;
use super::ways::sent_of;
use super::ways::started;
use super::ways::unconfirmed;
use super::ways_webhook::calls;
use super::ways_webhook::section;

/// The day has a quarter of an hour left for what was called about.
async fn the_day_ends_soon(place: &Place) {
    let url = format!("sqlite:{}", place.path("kvittens.db").display());
    let pool = sqlx::SqlitePool::connect(&url).await.expect("the store");
    let change =
        "UPDATE acknowledgements SET due_at = (unixepoch() + 900) * 1000000 WHERE way = 'webhook'";
    sqlx::query(change).execute(&pool).await.expect("a change");
    pool.close().await;
}

async fn notice_says(visitor: &Visitor<'_>, reference: &str, words: &str) {
    wait::eventually(words, LIMIT, || async {
        visitor.get(&format!("/ops/notices/{reference}")).await.text.contains(words)
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_called_about_and_nobody_fetched_goes_by_the_next_way_before_the_day_ends() {
    let receiver = Receiver::open().await;
    let more = format!("feed_within = \"1s\"\n{}", section(&receiver, ""));
    let place = place(None, "[\"webhook\", \"folder\"]", &more);
    let gateway = started(&place, &[]).await;
    let (kfm, visitor) = (reader(&place).await, handler(&place).await);
    let fetched = sent(&place, &kfm).await;
    calls(&receiver, 1).await;
    is_confirmed(&place).await;
    notice_says(&visitor, &fetched, "called; not fetched yet").await;
    let today = Clock::system().now().in_tz("Europe/Stockholm").unwrap().date().to_string();
    let days = ["report", "--from", &today, "--to", &today];
    let (_, report) = place.says(&days).await;
    assert!(report.contains("1 of these not fetched yet"), "{report}");
    assert_eq!(read(&place, &kfm, "/1").await.0, 200);
    notice_says(&visitor, &fetched, "called; fetched").await;
    let (_, report) = place.says(&days).await;
    assert!(!report.contains("not fetched yet"), "{report}");
    let ignored = sent_of(&place, &kfm, "U-654321-26").await;
    calls(&receiver, 2).await;
    is_confirmed(&place).await;
    the_day_ends_soon(&place).await;
    assert_eq!(place.names("kronofogden", 3).await.len(), 3, "only the one that nobody fetched");
    is_confirmed(&place).await;
    let (_, shown) = place.says(&["show", &ignored, "--json"]).await;
    assert!(shown.contains("confirmation.notFetched"), "{shown}");
    let (_, shown) = place.says(&["show", &fetched, "--json"]).await;
    assert!(!shown.contains("confirmation.notFetched"), "{shown}");
    assert_eq!(receiver.calls().len(), 2);
    end(gateway).await;
    assert!(place.says(&["verify"]).await.0);
}

#[tokio::test]
async fn a_receiver_that_is_gone_is_called_again_only_when_a_person_or_another_address_says_so() {
    let receiver = Receiver::open().await;
    receiver.next(&[Answer::Status(410)]);
    let section = section(&receiver, "");
    let place = place(None, "[\"webhook\"]", &section);
    let gateway = started(&place, &[]).await;
    let key = place.client("kronofogden").await;
    let gone = sent(&place, &key).await;
    wait::eventually("the way is off", LIMIT, || async {
        place.says(&["way"]).await.1.contains("410")
    })
    .await;
    let later = sent_of(&place, &key, "U-654321-26").await;
    wait::eventually("it waits", LIMIT, || async { unconfirmed(&place).await.contains("wayOff") })
        .await;
    end(gateway).await;
    let gateway = started(&place, &[]).await;
    assert!(unconfirmed(&place).await.contains(&later));
    assert_eq!(receiver.calls().len(), 1, "not by another process either");
    receiver.next(&[Answer::Status(204), Answer::Status(410)]);
    assert!(place.says(&["way", "webhook", "on"]).await.0);
    let waited = calls(&receiver, 2).await;
    assert!(waited[1].body.contains(&later), "{waited:?}");
    assert!(place.says(&["retry", &gone]).await.0);
    calls(&receiver, 3).await;
    wait::eventually("the way is off again", LIMIT, || async {
        place.says(&["way"]).await.1.contains("410")
    })
    .await;
    end(gateway).await;
    let config = std::fs::read_to_string(place.workspace.config()).unwrap();
    let moved = config.replace("/hook\"", "/moved\"");
    assert_ne!(config, moved);
    std::fs::write(place.workspace.config(), moved).unwrap();
    let gateway = started(&place, &[]).await;
    let after = sent_of(&place, &key, "U-222222-26").await;
    let called = calls(&receiver, 4).await;
    assert!(called[3].body.contains(&after), "{called:?}");
    assert!(place.says(&["told", &gone, "--kronofogden", "--reason", "by telephone"]).await.0);
    is_confirmed(&place).await;
    end(gateway).await;
    assert!(place.says(&["verify"]).await.0);
}
