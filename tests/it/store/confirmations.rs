//! Confirmations that wait, are named, fail and are told otherwise, on both engines.

use super::make::Made;
use super::make::claim;
use super::make::record;
use super::on_both;
use jiff::Timestamp;
use kvittens::domain::acknowledgement::AcknowledgementKey;
use kvittens::domain::acknowledgement::AcknowledgementState;
use kvittens::domain::acknowledgement::Purpose;
use kvittens::domain::acknowledgement::Recipient;
use kvittens::domain::acknowledgement::Way;
use kvittens::domain::caseworker::Caseworker;
use kvittens::domain::delivery::DeliveryState;
use kvittens::domain::reference::Reference;
use kvittens::store::Action;
use kvittens::store::ActionRefused;
use kvittens::store::Again;
use kvittens::store::Confirm;
use kvittens::store::ConfirmationChange;
use kvittens::store::JobKind;
use kvittens::store::NewAcknowledgement;
use kvittens::store::Outcome;
use kvittens::store::Record;
use kvittens::store::Rendering;
use kvittens::store::Store;

const UNREAD: &str = r#"{"schemaVersion":"1.0","type":"evictionScheduled","findings":[{"code":"document.notRead","severity":"error","message":"x"}]}"#;

pub(super) fn confirmation(
    reference: &Reference,
    way: Way,
    template: &NewAcknowledgement,
) -> NewAcknowledgement {
    NewAcknowledgement {
        key: AcknowledgementKey {
            reference: reference.clone(),
            recipient: Recipient::EnforcementAuthority,
            purpose: Purpose::Confirmation,
            way,
            version: 0,
        },
        state: AcknowledgementState::Pending,
        rendering: Rendering::Text("{}".to_owned()),
        address: Some("{}".to_owned()),
        job: way != Way::Outstanding,
        ..template.clone()
    }
}

/// A message of Kronofogden's whose confirmation waits.
pub(super) fn owed(key: &str) -> Record {
    let mut made = record(&Made { key, ..Made::default() });
    let reference = made.answer.reference.clone();
    let waits = confirmation(&reference, Way::Outstanding, &made.acknowledgements[0]);
    made.acknowledgements.push(waits);
    made
}

pub(super) fn caseworker(id: &str) -> Caseworker {
    let text = |text: &str| text.to_owned();
    Caseworker {
        id: text(id),
        name: text(id),
        unit: text("u"),
        telephone: text("1"),
        because: text("onDuty"),
    }
}

fn named(record: &Record, way: Way, from: Way, id: &str) -> Action {
    let reference = &record.answer.reference;
    let acknowledgement = confirmation(reference, way, &record.acknowledgements[0]);
    let document = Rendering::Nothing;
    let confirm = Confirm { from, caseworker: caseworker(id), acknowledgement, document };
    Action::Confirmation(ConfirmationChange::Named(Box::new(confirm)))
}

fn by_person(reference: &Reference, id: &str) -> Action {
    Action::Confirmation(ConfirmationChange::ByPerson {
        reference: reference.clone(),
        actor: "cli:test".to_owned(),
        caseworker: caseworker(id),
        due_at: Timestamp::MAX,
    })
}

pub(super) async fn waiting(store: &Store) -> Vec<(String, u32, Option<String>)> {
    let all = store.awaiting_confirmations().await.unwrap();
    let told = all
        .into_iter()
        .map(|one| (one.reference.to_string(), one.version, one.caseworker.map(|it| it.id)));
    told.collect()
}

#[tokio::test]
async fn one_that_cannot_go_or_cannot_be_read_holds_up_no_other() {
    on_both(|store| async move {
        let mut references = Vec::new();
        for number in 0..403 {
            let mut made = owed(&format!("key {number}"));
            if number == 7 {
                made.notices[0].notice_json = "no notice".to_owned();
            } else {
                references.push(made.answer.reference.to_string());
            }
            store.record(made).await.unwrap();
        }
        let mut found: Vec<String> = waiting(&store).await.into_iter().map(|one| one.0).collect();
        found.sort();
        references.sort();
        assert_eq!(found, references, "each once, over all pages");
    })
    .await;
}

#[tokio::test]
async fn whom_a_person_names_meanwhile_is_named() {
    on_both(|store| async move {
        let made = owed("key");
        let reference = made.answer.reference.clone();
        let decided = named(&made, Way::Folder, Way::Outstanding, "roster");
        store.record(made).await.unwrap();
        store.act(by_person(&reference, "person")).await.unwrap().unwrap();
        assert_eq!(store.act(decided).await.unwrap(), Err(ActionRefused::Unknown));
        assert_eq!(waiting(&store).await, [(reference.to_string(), 0, Some("person".to_owned()))]);
    })
    .await;
}

#[tokio::test]
async fn a_new_name_takes_the_place_of_what_failed_and_is_owed_since_then() {
    on_both(|store| async move {
        let made = owed("key");
        let (reference, due_at) = (made.answer.reference.clone(), made.acknowledgements[1].due_at);
        let decided = named(&made, Way::Mail, Way::Outstanding, "roster");
        let key = confirmation(&reference, Way::Mail, &made.acknowledgements[0]).key;
        store.record(made).await.unwrap();
        store.act(decided).await.unwrap().unwrap();
        let failed = Outcome::SendFailed { key, attempt: 1, reason: "no".to_owned() };
        store.finish(vec![failed]).await.unwrap();
        store.act(by_person(&reference, "person")).await.unwrap().unwrap();
        let owed = store.unconfirmed().await.unwrap();
        let told: Vec<_> = owed.iter().map(|one| (one.version, one.way, one.due_at)).collect();
        let seconds = |at: Timestamp| at.as_second();
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!(
            (told[0].0, told[0].1, seconds(told[0].2)),
            (1, Way::Outstanding, seconds(due_at))
        );
        assert!(store.verify().await.unwrap().broken.is_empty());
    })
    .await;
}

/// Versions and ways of a notice's confirmations that are open.
async fn open(store: &Store) -> Vec<(u32, Way)> {
    let open = store.unconfirmed().await.unwrap();
    open.iter().map(|one| (one.version, one.way)).collect()
}

async fn history(store: &Store, reference: &Reference) -> String {
    let rows = store.history_of(reference.as_str(), reference.as_str()).await.unwrap();
    rows.into_iter().map(|row| row.entry).collect()
}

#[tokio::test]
async fn what_a_person_told_while_nobody_was_named_is_told_and_a_new_name_goes_after_it() {
    on_both(|store| async move {
        let made = owed("key");
        let reference = made.answer.reference.clone();
        store.record(made).await.unwrap();
        let how = "by telephone".to_owned();
        let (actor, told) = ("cli:test".to_owned(), reference.clone());
        let by_hand = ConfirmationChange::ByHand { reference: told, actor, how };
        store.act(Action::Confirmation(by_hand)).await.unwrap().unwrap();
        assert!(waiting(&store).await.is_empty());
        store.act(by_person(&reference, "person")).await.unwrap().unwrap();
        assert_eq!(waiting(&store).await, [(reference.to_string(), 1, Some("person".to_owned()))]);
        assert!(store.verify().await.unwrap().broken.is_empty());
    })
    .await;
}

#[tokio::test]
async fn one_that_has_not_gone_ends_when_a_later_one_takes_its_place() {
    on_both(|store| async move {
        for leased in [false, true] {
            let made = owed(&format!("key {leased}"));
            let reference = made.answer.reference.clone();
            let due_at = made.acknowledgements[1].due_at;
            let decided = named(&made, Way::Mail, Way::Outstanding, "roster");
            let key = confirmation(&reference, Way::Mail, &made.acknowledgements[0]).key;
            store.record(made).await.unwrap();
            store.act(decided).await.unwrap().unwrap();
            if leased {
                let taken = store.claim(claim(JobKind::Confirm, "gateway", 10)).await.unwrap();
                assert_eq!(taken.len(), 1);
            }
            store.act(by_person(&reference, "person")).await.unwrap().unwrap();
            if leased {
                assert_eq!(open(&store).await.len(), 2, "it is being sent");
                let jobs = store.acknowledgement_jobs(&[key.subject()]).await.unwrap();
                assert!(jobs[0].replaced, "and is not sent again");
                let (at, reason) = (Timestamp::MAX, "later".to_owned());
                let again = Outcome::SendAgain { key: key.clone(), attempt: 1, at, reason };
                store.finish(vec![again]).await.unwrap();
            }
            assert_eq!(open(&store).await, [(1, Way::Outstanding)]);
            let owed = store.unconfirmed().await.unwrap();
            assert_eq!(owed[0].due_at.as_second(), due_at.as_second(), "due as that was");
            assert!(history(&store, &reference).await.contains("confirmation.replaced"));
            let left = store.claim(claim(JobKind::Confirm, "gateway", 10)).await.unwrap();
            assert!(left.is_empty(), "no job is left");
            assert!(store.verify().await.unwrap().broken.is_empty());
            let (actor, how) = ("cli:test".to_owned(), "by telephone".to_owned());
            let by_hand = ConfirmationChange::ByHand { reference, actor, how };
            store.act(Action::Confirmation(by_hand)).await.unwrap().unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn a_later_one_is_due_when_it_was_named_for_and_owed_since_then_by_whatever_way() {
    on_both(|store| async move {
        let made = owed("key");
        let reference = made.answer.reference.clone();
        let decided = named(&made, Way::Mail, Way::Outstanding, "roster");
        let key = confirmation(&reference, Way::Mail, &made.acknowledgements[0]).key;
        let mut later = confirmation(&reference, Way::Mail, &made.acknowledgements[0]);
        later.key.version = 1;
        store.record(made).await.unwrap();
        store.act(decided).await.unwrap().unwrap();
        let sent = Outcome::Sent { key, attempt: 1, evidence: "250".to_owned() };
        store.finish(vec![sent]).await.unwrap();
        let due_at = Timestamp::from_second(3_000_000_000).unwrap();
        store
            .act(Action::Confirmation(ConfirmationChange::ByPerson {
                reference: reference.clone(),
                actor: "cli:test".to_owned(),
                caseworker: caseworker("person"),
                due_at,
            }))
            .await
            .unwrap()
            .unwrap();
        let before = store.open_by_cause(due_at).await.unwrap();
        let confirm = Confirm {
            from: Way::Outstanding,
            caseworker: caseworker("person"),
            acknowledgement: later,
            document: Rendering::Nothing,
        };
        let decided = ConfirmationChange::Named(Box::new(confirm));
        store.act(Action::Confirmation(decided)).await.unwrap().unwrap();
        let owed = store.unconfirmed().await.unwrap();
        assert_eq!((owed[0].version, owed[0].due_at), (1, due_at));
        let after = store.open_by_cause(due_at).await.unwrap();
        assert_eq!(after[0].oldest_at, before[0].oldest_at, "it is owed since it was named");
    })
    .await;
}

#[tokio::test]
async fn a_message_that_is_read_again_owes_no_second_confirmation() {
    on_both(|store| async move {
        let mut made = owed("key");
        let reference = made.answer.reference.clone();
        made.notices[0].state = DeliveryState::NeedsReview;
        made.notices[0].job = None;
        made.notices[0].notice_json = UNREAD.to_owned();
        let decided = named(&made, Way::Folder, Way::Outstanding, "roster");
        store.record(made).await.unwrap();
        store.act(decided).await.unwrap().unwrap();
        let again = Again { job: JobKind::Deliver, look_first: true, compared: false };
        let retry =
            Action::Retry { reference: reference.clone(), actor: "cli:test".to_owned(), again };
        store.act(retry).await.unwrap().unwrap();
        let mut said = owed("key");
        said.answer.reference = reference.clone();
        said.notices[0].reference = reference.clone();
        let template = said.acknowledgements[0].clone();
        said.acknowledgements = vec![confirmation(&reference, Way::Outstanding, &template)];
        assert!(store.found(said).await.unwrap(), "it is read again");
        let told = store.acknowledgements_of(reference.as_str()).await.unwrap();
        let ways: Vec<&str> = told
            .iter()
            .filter(|row| row.purpose == "confirmation")
            .map(|row| row.way.as_str())
            .collect();
        assert_eq!(ways, ["folder"]);
        assert!(waiting(&store).await.is_empty());
        assert!(store.verify().await.unwrap().broken.is_empty());
    })
    .await;
}
