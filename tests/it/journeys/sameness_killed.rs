//! Two senders tell of the same household at the same moment, and the gateway dies under them again and again: each has its own reference, and
//! there is one case.

use serde_json::Value;

use crate::support::case_http::CaseHttp;
use crate::support::case_http::CaseOptions;
use crate::support::gateway::Gateway;
use crate::support::wait;

use super::dice::Dice;
use super::place::LIMIT;
use super::place::Place;
use super::place::Wishes;
use super::place::end;
use super::sameness::notice_of;

const KILLS: usize = 12;

/// Both senders of one notice, and the references they were given.
type Pair = [String; 2];

/// Sends one notice by both senders at once, over and over with the same keys until both are answered.
async fn offer(place: &Place, keys: &[String; 2], number: usize) -> Pair {
    let (first, second) =
        tokio::join!(accepted(place, &keys[0], number), accepted(place, &keys[1], number));
    [first, second]
}

async fn accepted(place: &Place, key: &str, number: usize) -> String {
    let body = notice_of("Hyresvärden", "2026-10-10", &format!("{number}.00"));
    let what = format!("an answer to notice {number}");
    wait::until(&what, LIMIT, || async {
        let request = place.post(key, "application/json", body.clone());
        let answer = request.header("idempotency-key", format!("n-{number}")).send().await;
        let told: Value = answer.ok()?.json().await.ok()?;
        told["reference"].as_str().map(str::to_owned)
    })
    .await
}

#[tokio::test]
async fn equal_notices_make_one_case_however_often_the_gateway_is_killed() {
    // Another case for each call: only the gateway's own knowledge keeps it at one.
    let options = CaseOptions { deduplicates: false, ..CaseOptions::default() };
    let platform = CaseHttp::start(options).await;
    let wishes = Wishes {
        platform: Some((platform.url(), platform.token().to_owned())),
        ..Wishes::default()
    };
    let place = Place::new(&wishes);
    end(Gateway::start(&place.workspace, &[]).await).await;
    let keys = [place.client("landlord").await, place.client("agent").await];
    let mut answered: Vec<Pair> = Vec::new();
    let (mut dice, seed) = Dice::thrown();
    let points = ["after_intent", "after_send_before_outcome", "after_commit_before_settle"];
    for number in 0..KILLS {
        let told = format!("{}:{}", points[number % points.len()], 1 + dice.below(9));
        let mut gateway =
            Gateway::start_unready(&place.workspace, &[("KVITTENS_TEST_KILL", &told)]).await;
        let on_and_on = async {
            loop {
                let pair = offer(&place, &keys, answered.len() + 1).await;
                answered.push(pair);
            }
        };
        tokio::select! {
            _ended = gateway.wait_exit() => {}
            () = on_and_on => {}
        }
    }
    let gateway = Gateway::start(&place.workspace, &[]).await;
    wait::eventually("every notice is in a case", LIMIT, || async {
        place.notices().await.iter().all(|notice| notice["state"] == "delivered")
    })
    .await;
    let notices = place.notices().await;
    let case_of = |reference: &str| {
        let found = notices.iter().find(|notice| notice["reference"] == reference);
        found.and_then(|notice| notice["caseId"].as_str()).unwrap_or_default().to_owned()
    };
    assert!(answered.len() >= KILLS / 2, "only {} pairs (seed {seed})", answered.len());
    for [first, second] in &answered {
        assert_ne!(first, second, "each has its own reference (seed {seed})");
        assert_eq!(case_of(first), case_of(second), "{first} and {second} (seed {seed})");
    }
    // The last pair may have been stored by one sender alone, or by none that was told so.
    let mut contents: Vec<String> = platform
        .cases()
        .iter()
        .map(|case| case.body["data"]["notice"]["arrears"].to_string())
        .collect();
    let all = contents.len();
    contents.sort_unstable();
    contents.dedup();
    assert_eq!(contents.len(), all, "two cases of one notice (seed {seed})");
    assert!((answered.len()..=answered.len() + 1).contains(&all), "{all} cases (seed {seed})");
    let (well, said) = place.says(&["verify"]).await;
    assert!(well, "{said}");
    end(gateway).await;
}
