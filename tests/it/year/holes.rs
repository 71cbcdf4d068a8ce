//! With a hole in the roster: told of ahead, an alarm by 15:00, the named version the moment somebody is entered, and what is late says so.

use jiff::SignedDuration;
use jiff::civil::Date;
use kvittens::domain::acknowledgement::Way;
use serde_json::Value;
use serde_json::json;

use super::FULL;
use super::Place;
use crate::support::simulated::LIMIT;
use crate::support::wait;

/// Without a deputy, and with nobody for three weeks from Monday 6 November on.
fn with_a_hole() -> String {
    let away = ["aa01", "bb02"].map(|id| {
        format!("[[absences]]\nperson = \"{id}\"\nfirst = \"2028-11-06\"\nlast = \"2028-11-26\"\n")
    });
    FULL.replace("deputy = \"bb02\"\n", "") + &away.concat()
}

/// A removal: nobody gets a copy.
fn notice(number: usize) -> Value {
    json!({
        "schemaVersion": "1.0", "type": "removalScheduled", "sender": { "kind": "enforcementAuthority" },
        "enforcement": { "caseNumber": format!("U-{number:06}-28"), "startsAt": "2029-02-01T09:00:00+01:00" }
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hole_is_warned_of_ahead_and_what_falls_into_it_goes_the_moment_somebody_is_entered() {
    let place = Place::open("2028-10-20T08:00:00Z".parse().unwrap(), &with_a_hole()).await;
    let (gateway, store) = (&place.gateway, place.gateway.running.store.clone());
    let alarm = |cause: &'static str, level: i64| {
        let place = &place;
        wait::eventually(cause, LIMIT, move || async move {
            let said = place.alarmed(cause);
            said.last().is_some_and(|call| call.payload()["data"]["level"] == level)
        })
    };
    // Two weeks before the first day on which nobody could be named, no one is told: who comes in after hours on Friday 3 November names whoever is there
    // next, which would be the 27th.
    let friday = Date::constant(2028, 10, 20);
    gateway.send(gateway.at(friday, 13, 0), &place.key, &notice(1)).await;
    place.confirmation(1).await;
    gateway.nothing_owed().await;
    assert!(place.alarms.calls().is_empty(), "{:?}", place.alarms.calls());
    gateway.clock.set(gateway.at(Date::constant(2028, 10, 26), 10, 0));
    alarm("roster.holes", 2).await;
    let day = Date::constant(2028, 11, 7);
    let reference = gateway.send(gateway.at(day, 9, 0), &place.key, &notice(2)).await;
    wait::eventually("it says that nobody can be named", LIMIT, || async {
        let waiting = store.unconfirmed().await.unwrap();
        waiting.iter().any(|one| {
            one.reference.as_str() == reference
                && one.way == Way::Outstanding
                && one.reason.as_deref() == Some("noCaseworker")
        })
    })
    .await;
    gateway.clock.set(gateway.at(day, 9, 30));
    alarm("confirmation.noCaseworker", 1).await;
    gateway.clock.set(gateway.at(day, 15, 0));
    alarm("confirmation.noCaseworker", 2).await;
    // The same evening somebody comes in.
    gateway.clock.set(gateway.at(day, 21, 0));
    alarm("confirmation.noCaseworker", 3).await;
    let extra = "[[extra]]\nunit = \"boende-mottagning\"\nperson = \"cc03\"\ndate = \"2028-11-07\"\nfrom = \"20:00\"\nto = \"22:00\"\n";
    let third = "[[persons]]\nid = \"cc03\"\nname = \"Cecilia Exempel\"\ntelephone = \"040-00 00 03\"\nmail = \"c@kommun.example\"\n";
    place.write_roster(&(with_a_hole() + third + extra));
    let told = place.confirmation(2).await;
    assert_eq!(
        (&told["caseworker"]["name"], &told["sameDay"]),
        (&"Cecilia Exempel".into(), &true.into())
    );
    alarm("confirmation.noCaseworker", 0).await;
    // Another that nobody saw to until the next day is late, and says so.
    let late = gateway.send(gateway.at(day, 23, 0), &place.key, &notice(3)).await;
    gateway.clock.set(gateway.at(day, 23, 0) + SignedDuration::from_hours(2));
    alarm("confirmation.noCaseworker", 1_000).await;
    place.write_roster(FULL);
    let told = place.confirmation(3).await;
    assert_eq!((&told["reference"], &told["sameDay"]), (&late.as_str().into(), &false.into()));
    wait::eventually("the alarms end", LIMIT, || async {
        store.alarms().await.unwrap().is_empty()
    })
    .await;
    each_step_was_told_once(&place).await;
    place.gateway.end().await;
}

/// One call when a trouble began, one each time it grew, one when it ended.
async fn each_step_was_told_once(place: &Place) {
    let steps = |cause: &str| -> Vec<(Option<String>, i64)> {
        let said = place.alarmed(cause);
        let said = said.iter().map(|call| call.payload()["data"].clone());
        said.map(|data| (data["day"].as_str().map(str::to_owned), data["level"].as_i64().unwrap()))
            .collect()
    };
    let day = Some("2028-11-07".to_owned());
    let expected = [1, 2, 3, 0, 1_000, 0].map(|level| (day.clone(), level));
    wait::eventually("what was told", LIMIT, || async {
        steps("confirmation.noCaseworker").len() >= expected.len()
    })
    .await;
    assert_eq!(steps("confirmation.noCaseworker"), expected);
    let roster: Vec<i64> = steps("roster.holes").into_iter().map(|(_, level)| level).collect();
    assert_eq!((roster.first(), roster.last()), (Some(&2), Some(&0)), "{roster:?}");
    assert!(roster.windows(2).all(|two| two[0] != two[1]), "{roster:?}");
}
