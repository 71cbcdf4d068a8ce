//! With a full roster: nothing late, nothing unnamed, no alarm, one copy for each person.

use jiff::Timestamp;
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde_json::Value;
use serde_json::json;

use super::FULL;
use super::Place;
use super::export_register;
use crate::support::simulated::LIMIT;
use crate::support::wait;

/// Days with more than one notice: at their edges, and at the hour that the clock change leaves out or repeats.
const ODD: [&str; 7] = [
    "2028-01-01",
    "2028-02-29",
    "2028-03-26",
    "2028-06-23",
    "2028-10-29",
    "2028-12-24",
    "2028-12-31",
];

/// Of an eviction, from a home of its own, the person gets a copy; of a removal nobody. Every third notice tells of an eviction, and all on odd days: a
/// copy is looked at each second of the machine's clock.
fn is_eviction(number: usize, day: Date) -> bool {
    number.is_multiple_of(3) || ODD.contains(&day.to_string().as_str())
}

fn notice(number: usize, day: Date) -> Value {
    let kind = if is_eviction(number, day) { "evictionScheduled" } else { "removalScheduled" };
    json!({
        "schemaVersion": "1.0", "type": kind,
        "sender": { "kind": "enforcementAuthority", "name": "Kronofogden" },
        "persons": [ { "role": "tenant", "name": "Testa Testsson",
            "identity": { "kind": "personalIdentityNumber", "value": "198501012390" } } ],
        "dwelling": { "street": format!("Exempelgatan {number}"), "postalCode": "21432", "city": "Malmö" },
        "enforcement": { "caseNumber": format!("U-{number:06}-28"), "startsAt": "2029-02-01T09:00:00+01:00" }
    })
}

fn times(day: Date) -> Vec<(i8, i8)> {
    let mut times = vec![(i8::try_from(day.day_of_year() % 24).unwrap(), 17)];
    if ODD.contains(&day.to_string().as_str()) {
        times.extend([(0, 0), (2, 30), (12, 0), (23, 59)]);
        times.sort_unstable();
    }
    times
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_a_full_roster_nothing_is_late_nothing_unnamed_and_nobody_is_alarmed_in_a_year() {
    let place = Place::open("2027-12-31T22:00:00Z".parse().unwrap(), FULL).await;
    let (mut number, mut copies) = (0, Vec::new());
    let first = Date::constant(2028, 1, 1);
    for day in first.series(1.day()).take_while(|day| day.year() == 2028) {
        export_register(&place.gateway.path("skyddade.csv"), place.gateway.at(day, 0, 0));
        for (hour, minute) in times(day) {
            number += 1;
            let reference = one_notice(&place, number, day, (hour, minute)).await;
            if is_eviction(number, day) {
                copies.push(reference);
            }
        }
        // The last second of the day: whatever is open now is late.
        place.gateway.clock.set(last_second(&place, day));
        place.gateway.nothing_owed().await;
    }
    assert!(number > 366 && copies.len() > 140, "{number} {}", copies.len());
    copies_lie_in_the_print_drop(&place, &copies);
    nobody_was_alarmed(&place).await;
    place.gateway.end().await;
}

/// Confirmed the same day by the name of somebody who is there; gives its reference.
async fn one_notice(place: &Place, number: usize, day: Date, (hour, minute): (i8, i8)) -> String {
    let at = place.gateway.at(day, hour, minute);
    let reference = place.gateway.send(at, &place.key, &notice(number, day)).await;
    let told = place.confirmation(number).await;
    assert_eq!(told["reference"], reference.as_str(), "{day} {hour}:{minute}");
    // It lies in the folder a moment before that is on record: the clock waits for it.
    place.gateway.nothing_owed().await;
    assert_eq!((&told["sameDay"], &told["arrivalDate"]), (&true.into(), &day.to_string().into()));
    let name = told["caseworker"]["name"].as_str().unwrap_or_default();
    let away = day.month() == 7 && day.day() < 31;
    assert!(name == "Bo Exempel" || (name == "Anna Exempel" && !away), "{day} {name}");
    reference
}

fn last_second(place: &Place, day: Date) -> Timestamp {
    place.gateway.at(day, 23, 59) + 59.seconds()
}

/// One letter and its address list for each eviction, and nothing else.
fn copies_lie_in_the_print_drop(place: &Place, references: &[String]) {
    let folder = std::fs::read_dir(place.gateway.path("brev")).unwrap();
    let mut found: Vec<String> =
        folder.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    found.sort();
    let both = |one: &String| [format!("kopia-{one}.1.pdf"), format!("kopia-{one}.csv")];
    let mut expected: Vec<String> = references.iter().flat_map(both).collect();
    expected.sort();
    assert_eq!(found, expected);
}

/// Neither by mail nor by a call, all year; and what tells of alarms was not deaf: it tells of a hole that is made now.
async fn nobody_was_alarmed(place: &Place) {
    let calls = place.alarms.calls();
    assert!(calls.is_empty(), "{calls:?}");
    let mails = |place: &Place| std::fs::read_dir(place.gateway.path("mail-out")).unwrap().count();
    assert_eq!(mails(place), 0, "receipts and confirmations go other ways");
    assert_eq!(place.gateway.running.store.alarms().await.unwrap(), []);
    place
        .write_roster(&FULL.replace("unit = \"ekonomiskt-bistand\"", "unit = \"barn-och-familj\""));
    wait::eventually("an alarm by both ways", LIMIT, || async {
        place.alarmed("roster.holes").len() == 1 && mails(place) == 1
    })
    .await;
}
