//! Claims, outcomes and people's actions, on both engines.

use super::make;
use super::make::Made;
use super::make::claim;
use super::make::claim_all;
use super::make::record;
use super::on_both;
use jiff::SignedDuration;
use jiff::Timestamp;
use kvittens::domain::delivery::DeliveryState;
use kvittens::domain::digest::Digest;
use kvittens::domain::reference::Reference;
use kvittens::store::Action;
use kvittens::store::ActionRefused;
use kvittens::store::Again;
use kvittens::store::Begun;
use kvittens::store::Instance;
use kvittens::store::JobKind;
use kvittens::store::NoticeStep;
use kvittens::store::Outcome;
use kvittens::store::Store;
use std::collections::HashSet;

async fn store_one(store: &Store, key: &str) -> Reference {
    let made = record(&Made { key, ..Made::default() });
    let reference = made.answer.reference.clone();
    store.record(made).await.unwrap();
    reference
}

async fn state(store: &Store, reference: &Reference) -> String {
    store.notices_of(reference.as_str()).await.unwrap()[0].state.clone()
}

async fn finish(store: &Store, reference: &Reference, step: NoticeStep) {
    let outcome = Outcome::Notice { reference: reference.clone(), attempt: 1, step };
    store.finish(vec![outcome]).await.unwrap();
}

#[tokio::test]
async fn eight_workers_claim_every_job_exactly_once() {
    on_both(|store| async move {
        for n in 0..120 {
            store_one(&store, &format!("key-{n}")).await;
        }
        let workers = (0..8).map(|worker| {
            let store = store.clone();
            async move {
                let mut taken = Vec::new();
                loop {
                    let holder = format!("worker-{worker}");
                    let jobs = store.claim(claim(JobKind::Deliver, &holder, 7)).await.unwrap();
                    if jobs.is_empty() {
                        return taken;
                    }
                    taken.extend(jobs.into_iter().map(|job| job.subject));
                }
            }
        });
        let taken: Vec<String> = futures::future::join_all(workers).await.concat();
        assert_eq!(taken.len(), 120);
        assert_eq!(taken.iter().collect::<HashSet<_>>().len(), 120);
    })
    .await;
}

#[tokio::test]
async fn an_attempt_without_an_outcome_comes_back_as_interrupted() {
    on_both(|store| async move {
        store_one(&store, "key").await;
        let first = claim_all(&store, JobKind::Deliver).await;
        assert!(!first[0].interrupted && first[0].attempt == 1);
        assert!(claim_all(&store, JobKind::Deliver).await.is_empty(), "it is held");
        store.act(Action::Recover(Instance("another".to_owned()))).await.unwrap().unwrap();
        assert!(
            claim_all(&store, JobKind::Deliver).await.is_empty(),
            "it is not another's to give"
        );
        store.act(Action::Recover(Instance("test".to_owned()))).await.unwrap().unwrap();
        let second = claim_all(&store, JobKind::Deliver).await;
        assert!(second[0].interrupted && second[0].attempt == 2);
    })
    .await;
}

#[tokio::test]
async fn what_is_begun_with_its_message_is_claimed_by_the_commit_itself() {
    on_both(|store| async move {
        let mut made = record(&Made::default());
        let holder = Instance("test".to_owned());
        let (lease, kinds) = (SignedDuration::from_mins(2), vec![JobKind::Deliver]);
        made.begun = Some(Begun { holder: holder.clone(), lease, kinds });
        let told = made.delivery_job(store.clock().now()).unwrap();
        let reference = made.answer.reference.clone();
        store.record(made).await.unwrap();
        let looked = store.delivery_jobs(&[reference.to_string()]).await.unwrap().remove(0);
        let same = kvittens::store::DeliveryJob { stored_at: looked.stored_at, ..told };
        assert_eq!(format!("{same:?}"), format!("{looked:?}"), "what a look would bring");
        assert!(claim_all(&store, JobKind::Deliver).await.is_empty(), "it is held");
        store.act(Action::Recover(holder)).await.unwrap().unwrap();
        let second = claim_all(&store, JobKind::Deliver).await;
        assert!(second[0].interrupted && second[0].attempt == 2);
    })
    .await;
}

#[tokio::test]
async fn what_was_claimed_and_not_begun_is_as_it_was_before_the_claim() {
    on_both(|store| async move {
        let made = record(&Made::default());
        let subject = made.answer.reference.to_string();
        store.record(made).await.unwrap();
        let first = claim_all(&store, JobKind::Deliver).await;
        assert_eq!((first.len(), first[0].attempt), (1, 1));
        let back = Outcome::GivenBack { kind: JobKind::Deliver, subject };
        store.finish(vec![back.clone()]).await.unwrap();
        let second = claim_all(&store, JobKind::Deliver).await;
        assert_eq!((second[0].attempt, second[0].interrupted), (1, false));
        // Once more for a job that is not claimed: nothing happens.
        store.finish(vec![back.clone()]).await.unwrap();
        store.finish(vec![back]).await.unwrap();
        assert_eq!(claim_all(&store, JobKind::Deliver).await[0].attempt, 1);
    })
    .await;
}

#[tokio::test]
async fn a_lease_that_ran_out_is_given_back_as_interrupted() {
    on_both(|store| async move {
        store_one(&store, "key").await;
        let mut short = claim(JobKind::Deliver, "test", 1);
        short.lease = SignedDuration::from_secs(-1);
        assert_eq!(store.claim(short).await.unwrap().len(), 1);
        store.act(Action::ExpireLeases).await.unwrap().unwrap();
        assert!(claim_all(&store, JobKind::Deliver).await[0].interrupted);
    })
    .await;
}

#[tokio::test]
async fn every_outcome_moves_the_notice_and_its_job() {
    on_both(|store| async move {
        let again = |look_first| NoticeStep::Again {
            at: Timestamp::UNIX_EPOCH,
            look_first,
            reason: "transient: refused".to_owned(),
            by_broker_until: None,
        };
        let person = |state| NoticeStep::Person { state, reason: "lifecare.noIdentity".to_owned() };
        let delivered = NoticeStep::Delivered { case_id: "CASE-1".to_owned() };
        let opened = NoticeStep::Progress { case_id: "7".to_owned(), note: "attach".to_owned() };
        let table = [
            (delivered, "delivered", 0, false),
            (again(false), "retrying", 1, false),
            (again(true), "uncertain", 1, true),
            (person(DeliveryState::Parked), "parked", 0, false),
            (person(DeliveryState::NeedsReview), "needsReview", 0, false),
            (person(DeliveryState::Uncertain), "uncertain", 0, false),
            (opened, "queued", 0, false),
        ];
        for (at, (step, expected, jobs, interrupted)) in table.into_iter().enumerate() {
            let reference = store_one(&store, &format!("key-{at}")).await;
            claim_all(&store, JobKind::Deliver).await;
            let keeps_going = matches!(step, NoticeStep::Progress { .. });
            finish(&store, &reference, step).await;
            assert_eq!(state(&store, &reference).await, expected);
            let due: Vec<_> = claim_all(&store, JobKind::Deliver).await;
            let due: Vec<_> = due.iter().filter(|job| job.subject == reference.as_str()).collect();
            assert_eq!(due.len(), jobs, "{expected}");
            assert!(due.iter().all(|job| job.interrupted == interrupted), "{expected}");
            let read = store.delivery_jobs(&[reference.to_string()]).await.unwrap();
            assert_eq!(read[0].progress.is_some(), keeps_going);
        }
        assert_eq!(store.verify().await.unwrap().broken, []);
    })
    .await;
}

#[tokio::test]
async fn what_is_delivered_stays_delivered() {
    on_both(|store| async move {
        let reference = store_one(&store, "key").await;
        finish(&store, &reference, NoticeStep::Delivered { case_id: "CASE-1".to_owned() }).await;
        let parked = NoticeStep::Person { state: DeliveryState::Parked, reason: "late".to_owned() };
        finish(&store, &reference, parked).await;
        assert_eq!(state(&store, &reference).await, "delivered");
        let dismiss = Action::Dismiss {
            reference: reference.clone(),
            actor: "cli:test".to_owned(),
            reason: "mistake".to_owned(),
        };
        let refused = store.act(dismiss).await.unwrap();
        assert_eq!(refused, Err(ActionRefused::State("delivered".to_owned())));
    })
    .await;
}

#[tokio::test]
async fn published_notices_are_watched_claimed_by_name_and_published_again() {
    on_both(|store| async move {
        let mut made = record(&Made { key: "key", ..Made::default() });
        made.notices[0].job = Some(JobKind::Publish);
        let reference = made.answer.reference.clone();
        store.record(made).await.unwrap();
        assert_eq!(claim_all(&store, JobKind::Publish).await.len(), 1);
        let mut named = claim(JobKind::Deliver, "consumer", 1);
        named.only = Some(vec![reference.clone(), reference.clone()]);
        let taken = store.claim(named.clone()).await.unwrap();
        assert_eq!(taken.len(), 1, "before the publication's outcome is committed");
        let later = Timestamp::from_second(3_000_000_000).unwrap();
        let published = Outcome::Published { reference: reference.clone(), watch_until: later };
        store.finish(vec![published]).await.unwrap();
        assert!(store.claim(named.clone()).await.unwrap().is_empty(), "it is held");
        let again = NoticeStep::Again {
            at: Timestamp::UNIX_EPOCH,
            look_first: true,
            reason: "uncertain: reset".to_owned(),
            by_broker_until: Some(later),
        };
        finish(&store, &reference, again).await;
        assert!(claim_all(&store, JobKind::Deliver).await.is_empty(), "the broker brings it");
        assert_eq!(claim_all(&store, JobKind::Publish).await.len(), 1);
        assert!(store.claim(named).await.unwrap()[0].interrupted, "and it is looked up first");
        finish(&store, &reference, NoticeStep::Delivered { case_id: "C".to_owned() }).await;
        assert_eq!(store.verify().await.unwrap().broken, []);
    })
    .await;
}

#[tokio::test]
async fn people_retry_dismiss_and_the_broker_parks() {
    on_both(|store| async move {
        let reference = store_one(&store, "key").await;
        let park = Action::Park {
            reference: reference.clone(),
            reason: "broker.deliveryLimit".to_owned(),
        };
        store.act(park).await.unwrap().unwrap();
        assert_eq!(state(&store, &reference).await, "parked");
        assert!(claim_all(&store, JobKind::Deliver).await.is_empty());
        let retry = |reference: &Reference| Action::Retry {
            reference: reference.clone(),
            actor: "cli:test".to_owned(),
            again: Again { job: JobKind::Deliver, look_first: true, compared: false },
        };
        store.act(retry(&reference)).await.unwrap().unwrap();
        assert_eq!(state(&store, &reference).await, "queued");
        assert!(claim_all(&store, JobKind::Deliver).await[0].interrupted, "it looks first");
        let unknown = Reference::parse("AVH-7K4M-2QX6").unwrap();
        assert_eq!(store.act(retry(&unknown)).await.unwrap(), Err(ActionRefused::Unknown));
        let history = store.history_of(reference.as_str(), reference.as_str()).await.unwrap();
        assert!(history.iter().any(|row| row.entry.contains("cli:test")));
        assert_eq!(store.verify().await.unwrap().broken, []);
    })
    .await;
}

#[tokio::test]
async fn a_revoked_key_stops_at_once() {
    on_both(|store| async move {
        let key_hash = Digest::of(b"key");
        let add = Action::AddClient {
            name: "landlord".to_owned(),
            key_hash,
            mail_to: None,
            actor: "cli:test".to_owned(),
        };
        store.act(add.clone()).await.unwrap().unwrap();
        assert_eq!(store.act(add).await.unwrap(), Err(ActionRefused::Taken));
        assert!(store.client_by_key(&key_hash).await.unwrap().is_some());
        let revoke =
            Action::RevokeClient { name: "landlord".to_owned(), actor: "cli:test".to_owned() };
        store.act(revoke).await.unwrap().unwrap();
        assert!(store.client_by_key(&key_hash).await.unwrap().is_none());
        assert!(store.clients().await.unwrap()[0].revoked_at.is_some());
        make::claim_all(&store, JobKind::Deliver).await;
    })
    .await;
}
