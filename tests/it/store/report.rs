//! The day's report from the store, on both engines: a made-up year with known misses and both clock changes, held against the front page's numbers.

use super::report_place::Place;
use super::report_place::answered;
use super::report_place::at;
use super::report_place::day;
use super::report_place::mailed;
use super::report_place::on_both;
use super::report_place::owed;
use super::report_place::set_aside;
use super::report_place::suppress;
use kvittens::domain::acknowledgement::Purpose;
use kvittens::domain::reference::Reference;
use kvittens::report::Report;
use kvittens::store::Action;
use kvittens::store::Boards;
use kvittens::store::BounceReport;
use kvittens::store::ConfirmationChange;
use kvittens::store::Watch;
use kvittens::store::Watched;

/// Who was missed, why, and whether it went out at last.
fn misses(report: &Report) -> Vec<(String, &'static str, &'static str)> {
    let told = |miss: &kvittens::report::Miss| {
        let went = if miss.sent_at.is_some() { "late" } else { "missing" };
        (format!("{} {}", miss.reference, miss.recipient), miss.cause.as_str(), went)
    };
    let mut all: Vec<_> = report.misses.iter().map(told).collect();
    all.sort();
    all
}

/// A known miss: notice and recipient, why, and whether it went out at last.
type Known = (String, &'static str, &'static str);

fn known(reference: &Reference, recipient: &str, cause: &'static str, went: &'static str) -> Known {
    (format!("{reference} {recipient}"), cause, went)
}

/// Both clock changes: 25 October has 25 hours and ends at 23:00 UTC, 29 March has 23 and ends at 22:00 UTC.
async fn clock_changes(place: &Place) -> Vec<Known> {
    place.put(answered(place, "second hour", "2026-10-25T00:30:00Z")).await;
    let last = place.put(mailed(place, "last", "2026-10-25T12:00:00Z")).await;
    place.mail("2026-10-25T22:59:59.9Z", &last, "sent").await;
    let autumn = place.put(mailed(place, "autumn", "2026-10-24T22:00:00Z")).await;
    place.mail("2026-10-25T23:00:00Z", &autumn, "sent").await;
    let spring = place.put(mailed(place, "spring", "2026-03-28T23:00:00Z")).await;
    place.mail("2026-03-29T22:00:00Z", &spring, "sent").await;
    [&autumn, &spring].map(|late| known(late, "sender", "sentLate", "late")).to_vec()
}

/// First seen after midnight, and Kronofogden's notice that nobody could be named for.
async fn seen_later_and_unnamed(place: &Place) -> Vec<Known> {
    let mut seen = answered(place, "seen", "2026-10-12T21:58:00Z");
    seen.envelope.seen_at = at("2026-10-12T22:03:00Z");
    let seen = place.put(seen).await;
    let unnamed = place.put(owed(place, "unnamed", "2026-10-13T08:00:00Z")).await;
    let (reference, reason) = (unnamed.clone(), "noCaseworker".to_owned());
    let waits = ConfirmationChange::Waits { reference, version: 0, reason };
    place.act("2026-10-13T08:00:01Z", Action::Confirmation(waits)).await;
    vec![
        known(&seen, "sender", "firstSeenLater", "late"),
        known(&unnamed, "enforcementAuthority", "noCaseworker", "missing"),
        known(&unnamed, "person", "waitsForApproval", "missing"),
    ]
}

/// A way that failed over midnight, a mail that came back, and a sender whom a person told the next day.
async fn ways_that_failed(place: &Place) -> Vec<Known> {
    let failed = place.put(mailed(place, "failed", "2026-10-14T08:00:00Z")).await;
    place.mail("2026-10-14T08:00:02Z", &failed, "again").await;
    place.mail("2026-10-15T08:00:00Z", &failed, "sent").await;
    let bounced = place.put(mailed(place, "bounced", "2026-10-15T08:00:00Z")).await;
    place.mail("2026-10-15T08:00:02Z", &bounced, "sent").await;
    let mut notification = answered(place, "notification", "2026-10-15T09:00:00Z");
    let tokens = vec!["bounced".to_owned()];
    notification.bounce =
        Some(BounceReport { tokens, outcome: "failed", status: Some("5.1.1".to_owned()) });
    set_aside(&mut notification, "deliveryStatus");
    place.put(notification).await;
    let told = place.put(mailed(place, "told", "2026-10-17T10:00:00Z")).await;
    place.mail("2026-10-17T10:00:02Z", &told, "failed").await;
    let by_hand = Action::Told {
        reference: told.clone(),
        actor: "cli:test".to_owned(),
        reason: "by telephone".to_owned(),
    };
    place.act("2026-10-18T10:00:00Z", by_hand).await;
    vec![
        known(&failed, "sender", "wayFailed", "late"),
        known(&bounced, "sender", "bounced", "missing"),
        known(&told, "sender", "wayFailed", "late"),
    ]
}

/// A canary, and a robot that gets no receipt.
async fn nothing_owed(place: &Place) {
    let mut canary = answered(place, "canary", "2026-10-15T10:00:00Z");
    set_aside(&mut canary, "canary");
    place.put(canary).await;
    let mut robot = mailed(place, "robot", "2026-10-16T10:00:00Z");
    suppress(&mut robot, "autoSubmitted");
    place.put(robot).await;
}

#[tokio::test]
async fn each_known_miss_of_a_year_is_listed_once_with_its_cause_and_the_rest_is_in_time() {
    on_both(|place| async move {
        let mut expected = clock_changes(&place).await;
        expected.extend(seen_later_and_unnamed(&place).await);
        expected.extend(ways_that_failed(&place).await);
        nothing_owed(&place).await;
        expected.sort();
        place.clock.set(at("2026-12-01T12:00:00Z"));
        let report = place.report("2026-01-01", "2026-12-31").await;
        assert_eq!(misses(&report), expected);
        assert_eq!((report.notices, report.not_notices, report.messages), (10, 1, 10));
        assert_eq!((report.first_seen_later, report.bounces), (1, 1));
        let [sender, authority, person] = report.clocks.as_slice() else { panic!() };
        let all = sender.all;
        assert_eq!(
            (all.same_day, all.late, all.missing, all.not_owed, all.share),
            (3, 5, 1, 1, Some(33))
        );
        assert_eq!((authority.all.missing, person.all.missing), (1, 1));
        assert_eq!(report.by_sender_kind[0].code, "landlord");
        // Day by day it is the same, each notice on its day.
        let days = ["2026-03-29", "2026-10-12", "2026-10-13", "2026-10-14", "2026-10-15"];
        let mut sum = 0;
        for one in days.into_iter().chain(["2026-10-16", "2026-10-17", "2026-10-25"]) {
            sum += place.report(one, one).await.notices;
        }
        assert_eq!(sum, report.notices);
        assert_eq!(place.report("2026-10-26", "2026-12-31").await.notices, 0);
        let text = serde_json::to_string(&report).unwrap();
        assert!(!text.contains("server said") && !text.contains("telephone"), "{text}");
    })
    .await;
}

#[tokio::test]
async fn its_sums_are_those_of_the_front_page() {
    on_both(|place| async move {
        let answered = |key| answered(&place, key, "2026-10-20T08:00:00Z");
        place.put(answered("answered")).await;
        let late = place.put(mailed(&place, "late", "2026-10-20T08:10:00Z")).await;
        place.put(owed(&place, "owed", "2026-10-20T09:00:00Z")).await;
        let mut newsletter = mailed(&place, "newsletter", "2026-10-20T10:00:00Z");
        set_aside(&mut newsletter, "mailingList");
        suppress(&mut newsletter, "mailingList");
        place.put(newsletter).await;
        let start = place.sweden.start_of(day("2026-10-20"));
        let count = async |what| {
            let watch = Watch::new(what, Boards::All, start);
            u64::try_from(place.store.count_watched(&watch).await.unwrap()).unwrap()
        };
        for (now, sent) in [("2026-10-20T20:00:00Z", false), ("2026-10-20T21:59:59.5Z", true)] {
            place.clock.set(at(now));
            if sent {
                place.mail(now, &late, "sent").await;
            }
            let report = place.report("2026-10-20", "2026-10-20").await;
            let sender = report.clock(Purpose::Receipt).unwrap().all;
            assert_eq!(count(Watched::ReceivedToday).await, report.notices + report.not_notices);
            let acknowledged = count(Watched::AcknowledgedToday).await;
            // The newsletter needs none.
            assert_eq!(acknowledged, sender.same_day + sender.not_owed + report.not_notices);
            assert_eq!((sender.waiting, sender.same_day), if sent { (0, 3) } else { (1, 2) });
            let open = |statutory: bool| {
                let open = report.outstanding.iter().filter(|it| it.statutory == statutory);
                let notices: std::collections::BTreeSet<&str> =
                    open.map(|it| it.reference.as_str()).collect();
                u64::try_from(notices.len()).unwrap()
            };
            assert_eq!(count(Watched::Unacknowledged).await, open(false));
            assert_eq!(count(Watched::Outstanding).await, open(true));
            let of_door = place.store.day_of_door("api", day("2026-10-20"), start).await.unwrap();
            assert_eq!(of_door, report.messages + report.not_notices);
        }
    })
    .await;
}
