//! The series of confirmations, on both engines: numbers without holes, one document for each, and fetched is told.

use std::sync::Arc;

use super::confirmations::caseworker;
use super::confirmations::confirmation;
use super::confirmations::owed;
use super::make::claim;
use super::on_both;
use kvittens::domain::acknowledgement::AcknowledgementKey;
use kvittens::domain::acknowledgement::Way;
use kvittens::domain::reference::Reference;
use kvittens::store::Action;
use kvittens::store::ActionRefused;
use kvittens::store::Confirm;
use kvittens::store::ConfirmationChange;
use kvittens::store::FeedChange;
use kvittens::store::Hold;
use kvittens::store::JobKind;
use kvittens::store::NewAcknowledgement;
use kvittens::store::Outcome;
use kvittens::store::Rendering;
use kvittens::store::Store;

fn numbered(text: &'static str) -> Rendering {
    let render = move |number| format!("{text} {number}");
    Rendering::Numbered { counter: "confirmations".to_owned(), render: Arc::new(render) }
}

/// What is decided about a confirmation: by this way, written now or before.
pub(super) fn named(
    (reference, template): (&Reference, &NewAcknowledgement),
    (way, from): (Way, Way),
    document: Rendering,
) -> Action {
    let mut acknowledgement = confirmation(reference, way, template);
    acknowledgement.rendering = match document {
        // What stands in the series has its number.
        Rendering::Nothing => Rendering::Text("sent 1".to_owned()),
        Rendering::Text(_) | Rendering::Numbered { .. } => numbered("sent"),
    };
    acknowledgement.job = way != Way::Feed;
    let confirm = Confirm { from, caseworker: caseworker("roster"), acknowledgement, document };
    Action::Confirmation(ConfirmationChange::Named(Box::new(confirm)))
}

/// A notice whose confirmation is on its way.
pub(super) async fn on_its_way(
    store: &Store,
    key: &str,
    way: Way,
) -> (Reference, NewAcknowledgement) {
    let made = owed(key);
    let (reference, template) = (made.answer.reference.clone(), made.acknowledgements[0].clone());
    store.record(made).await.unwrap();
    let decided = named((&reference, &template), (way, Way::Outstanding), numbered("written"));
    store.act(decided.clone()).await.unwrap().unwrap();
    let again = store.act(decided).await.unwrap();
    assert_eq!(again, Err(ActionRefused::Unknown), "another process was quicker");
    (reference, template)
}

async fn series(store: &Store) -> Vec<(i64, String, bool)> {
    let rows = store.confirmations_after(0, 100).await.unwrap();
    rows.into_iter().map(|row| (row.number, row.document, row.fetched_at.is_some())).collect()
}

async fn fetch(store: &Store, numbers: &[i64]) {
    let change = FeedChange::Fetched { client: "kfm".to_owned(), numbers: numbers.to_vec() };
    store.act(Action::Feed(change)).await.unwrap().unwrap();
}

async fn state(store: &Store, reference: &Reference) -> (String, Option<String>) {
    let rows = store.acknowledgements_of(reference.as_str()).await.unwrap();
    let found: Vec<_> = rows.into_iter().filter(|row| row.purpose == "confirmation").collect();
    assert_eq!(found.len(), 1);
    (found[0].state.clone(), found[0].evidence.clone())
}

pub(super) fn key(
    reference: &Reference,
    way: Way,
    template: &NewAcknowledgement,
) -> AcknowledgementKey {
    confirmation(reference, way, template).key
}

#[tokio::test]
async fn the_series_has_no_holes_whatever_is_refused_and_whichever_way_each_goes() {
    on_both(|store| async move {
        let (reference, template) = on_its_way(&store, "a", Way::Webhook).await;
        on_its_way(&store, "b", Way::Mail).await;
        let failed = key(&reference, Way::Webhook, &template);
        let failed = Outcome::SendFailed { key: failed, attempt: 1, reason: "no".to_owned() };
        store.finish(vec![failed]).await.unwrap();
        let waits = store.awaiting_confirmations().await.unwrap();
        assert_eq!(waits[0].written.as_deref(), Some("written 1"), "it was written before");
        let next = named((&reference, &template), (Way::Mail, Way::Webhook), Rendering::Nothing);
        store.act(next).await.unwrap().unwrap();
        on_its_way(&store, "c", Way::Feed).await;
        let written = |number: i64| (number, format!("written {number}"), false);
        assert_eq!(series(&store).await, [written(1), written(2), written(3)]);
        let on = store.confirmations_after(1, 1).await.unwrap();
        assert_eq!(on.iter().map(|row| row.number).collect::<Vec<_>>(), [2]);
        assert_eq!(store.confirmation(3).await.unwrap().unwrap().document, "written 3");
        assert!(store.confirmation(4).await.unwrap().is_none());
        assert!(store.verify().await.unwrap().broken.is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_is_fetched_is_told_once_and_stays_told() {
    on_both(|store| async move {
        let (reference, template) = on_its_way(&store, "a", Way::Webhook).await;
        let taken = store.claim(claim(JobKind::Confirm, "gateway", 10)).await.unwrap();
        assert_eq!(taken.len(), 1);
        fetch(&store, &[1, 2]).await;
        let told = ("sent".to_owned(), Some("fetched by the client kfm as number 1".to_owned()));
        assert_eq!(state(&store, &reference).await, told);
        assert_eq!(series(&store).await, [(1, "written 1".to_owned(), true)]);
        // The attempt that was under way ends badly, and late.
        let key = key(&reference, Way::Webhook, &template);
        let at = "2027-01-01T00:00:00Z".parse().unwrap();
        for late in [
            Outcome::SendAgain { key: key.clone(), attempt: 1, at, reason: "late".to_owned() },
            Outcome::SendFailed { key, attempt: 1, reason: "late".to_owned() },
        ] {
            store.finish(vec![late]).await.unwrap();
            assert_eq!(state(&store, &reference).await, told);
        }
        fetch(&store, &[1]).await;
        assert_eq!(state(&store, &reference).await, told);
        assert!(store.unconfirmed().await.unwrap().is_empty());
        let again = store.claim(claim(JobKind::Confirm, "gateway", 10)).await.unwrap();
        assert!(again.is_empty(), "no job is left");
        assert!(store.verify().await.unwrap().broken.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_call_counts_and_is_not_left_at_that_where_nobody_fetches() {
    on_both(|store| async move {
        let (fetched, template) = on_its_way(&store, "a", Way::Webhook).await;
        let (ignored, _) = on_its_way(&store, "b", Way::Webhook).await;
        for reference in [&fetched, &ignored] {
            let key = key(reference, Way::Webhook, &template);
            let evidence = "answered with 204".to_owned();
            store.finish(vec![Outcome::Sent { key, attempt: 1, evidence }]).await.unwrap();
        }
        let called = || async {
            let called = store.called_only(template.due_at).await.unwrap();
            called.into_iter().map(|it| it.key.reference).collect::<Vec<_>>()
        };
        let before = jiff::Timestamp::from_second(template.due_at.as_second() - 1).unwrap();
        assert!(store.called_only(before).await.unwrap().is_empty(), "there is time");
        assert_eq!(called().await.len(), 2);
        fetch(&store, &[1]).await;
        assert_eq!(called().await, std::slice::from_ref(&ignored));
        let both = "answered with 204; fetched by the client kfm as number 1";
        let told = ("sent".to_owned(), Some(both.to_owned()));
        assert_eq!(state(&store, &fetched).await, told);
        for (reference, refused) in [(&fetched, true), (&ignored, false), (&ignored, true)] {
            let change = ConfirmationChange::NotFetched(key(reference, Way::Webhook, &template));
            let done = store.act(Action::Confirmation(change)).await.unwrap();
            assert_eq!(done.is_err(), refused);
        }
        let waits = store.awaiting_confirmations().await.unwrap();
        assert_eq!(waits.len(), 1);
        assert_eq!((&waits[0].reference, waits[0].way), (&ignored, Way::Webhook));
        assert_eq!(waits[0].written.as_deref(), Some("written 2"));
        assert!(store.verify().await.unwrap().broken.is_empty());
    })
    .await;
}

async fn hold(store: &Store, reference: &Reference, until: &str) {
    let (actor, until) = ("cli:test".to_owned(), until.parse().unwrap());
    let hold = Hold { reference: reference.clone(), until, actor };
    store.act(Action::Confirmation(ConfirmationChange::Held(hold))).await.unwrap().unwrap();
}

#[tokio::test]
async fn the_series_stops_before_what_a_person_holds_and_goes_on_without_a_hole() {
    on_both(|store| async move {
        on_its_way(&store, "a", Way::Feed).await;
        let (held, _) = on_its_way(&store, "b", Way::Feed).await;
        let (later, _) = on_its_way(&store, "c", Way::Feed).await;
        let numbers = || async {
            let rows = store.confirmations_after(0, 100).await.unwrap();
            rows.into_iter().map(|row| row.number).collect::<Vec<_>>()
        };
        assert_eq!(numbers().await, [1, 2, 3]);
        // Due in 2033, as everything that these tests make.
        hold(&store, &held, "2033-01-01T00:00:00Z").await;
        assert_eq!(numbers().await, [1], "neither it nor what comes after it");
        assert!(store.confirmations_after(2, 100).await.unwrap().is_empty());
        assert!(store.confirmation(2).await.unwrap().is_none());
        let change = FeedChange::Fetched { client: "kfm".to_owned(), numbers: vec![1, 2] };
        let refused = store.act(Action::Feed(change)).await.unwrap();
        assert_eq!(
            refused,
            Err(ActionRefused::State("held".to_owned())),
            "read before it was held"
        );
        assert_eq!(state(&store, &held).await.0, "pending");
        fetch(&store, &[1]).await;
        hold(&store, &held, "2001-01-01T00:00:00Z").await;
        assert_eq!(numbers().await, [1, 2, 3]);
        fetch(&store, &[2]).await;
        assert_eq!(state(&store, &held).await.0, "sent");
        hold(&store, &later, "2033-01-01T00:00:00Z").await;
        assert_eq!(numbers().await, [1, 2]);
        assert!(store.verify().await.unwrap().broken.is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_feed_is_for_those_who_were_allowed() {
    on_both(|store| async move {
        assert!(!store.may_read_feed("kfm").await.unwrap());
        for _ in 0..2 {
            let (client, actor) = ("kfm".to_owned(), "cli:test".to_owned());
            let change = FeedChange::Allowed { client, actor };
            store.act(Action::Feed(change)).await.unwrap().unwrap();
        }
        assert!(store.may_read_feed("kfm").await.unwrap());
        assert!(!store.may_read_feed("other").await.unwrap());
        assert_eq!(store.feed_readers().await.unwrap(), ["kfm"]);
    })
    .await;
}
