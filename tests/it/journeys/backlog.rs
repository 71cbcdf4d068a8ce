//! More notices than memory holds, and a case system too slow for them: the outbox takes over, a stop is quick, nothing is tried in vain.

use std::collections::HashSet;
use std::time::Duration;

use futures::StreamExt;
use serde_json::Value;

use crate::support::case_http::CaseHttp;
use crate::support::case_http::CaseOptions;
use crate::support::gateway::Gateway;
use crate::support::http1::HttpFault;

use super::place::LIMIT;
use super::place::Place;
use super::place::Wishes;
use super::place::answer;
use super::place::end;

/// More than the short way from the commit to the first attempt takes.
const MANY: usize = 1200;

/// As many at once are handed over.
const AT_ONCE: usize = 2;

#[tokio::test]
async fn what_is_not_begun_at_the_stop_goes_on_after_the_start_with_no_attempt_used_up() {
    let options = CaseOptions { deduplicates: false, ..CaseOptions::default() };
    let cases = CaseHttp::start(options).await;
    cases.fail_next(10 * MANY, HttpFault::Delay(Duration::from_millis(500)));
    let place = Place::new(&Wishes {
        platform: Some((cases.url(), cases.token().to_owned())),
        more: format!("deliveries = {AT_ONCE}"),
        ..Wishes::default()
    });
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let key = place.client("caller").await;
    let posts = futures::stream::iter(0..MANY).map(|number| {
        let body = super::bad_input::good(&format!("number {number}"));
        answer(place.post(&key, "application/json", body))
    });
    let answers: Vec<_> = posts.buffer_unordered(64).collect().await;
    assert!(answers.iter().all(|(status, _)| status.as_u16() == 202));
    assert!(cases.count() < MANY / 2, "the case system is slower than the doors");
    // Working all of it off first would take minutes.
    end(gateway).await;
    assert!(in_state(&place.notices().await, "queued") >= MANY / 2);

    cases.heal();
    let gateway = Gateway::start(&place.workspace, &[]).await;
    let opened = cases.wait_for(MANY, 2 * LIMIT).await;
    let references: HashSet<_> = opened.iter().map(|case| case.reference.as_str()).collect();
    assert_eq!((references.len(), opened.len()), (MANY, MANY), "one case for each");
    end(gateway).await;
    let notices = place.notices().await;
    let once = notices.iter().filter(|notice| notice["attempts"] == 1).count();
    assert_eq!((once, in_state(&notices, "delivered")), (MANY, MANY));
}

fn in_state(notices: &[Value], state: &str) -> usize {
    notices.iter().filter(|notice| notice["state"] == state).count()
}
