//! Messages that are stored before their documents are read, and what they turn out to say, on both engines.

use super::make::Made;
use super::make::claim_all;
use super::make::receipts;
use super::make::record;
use super::on_both;
use jiff::SignedDuration;
use kvittens::domain::acknowledgement::AcknowledgementKey;
use kvittens::domain::acknowledgement::Purpose;
use kvittens::domain::acknowledgement::Recipient;
use kvittens::domain::acknowledgement::Way;
use kvittens::domain::delivery::DeliveryState;
use kvittens::domain::notice::NoticeType;
use kvittens::domain::received::Channel;
use kvittens::domain::reference::Reference;
use kvittens::store::Action;
use kvittens::store::JobKind;
use kvittens::store::NewAcknowledgement;
use kvittens::store::Record;
use kvittens::store::Store;

/// Stores a dropped file that is still to be read; its receipt file waits for so long.
async fn store_unread(store: &Store, wait: SignedDuration) -> Reference {
    let mut made = record(&Made { key: "unread", ..Made::folder() });
    made.notices[0].state = DeliveryState::Reading;
    made.notices[0].kind = NoticeType::Unknown;
    made.notices[0].job = Some(JobKind::Read);
    made.notices[0].sameness = None;
    made.acknowledgements[0].wait = wait;
    let reference = made.answer.reference.clone();
    store.record(made).await.unwrap();
    reference
}

/// What it says: two notices, the second under a reference of its own, and a confirmation of the first.
fn said(reference: &Reference) -> Record {
    let mut said = record(&Made { key: "unread", ..Made::folder() });
    let mut second = record(&Made::default()).notices.remove(0);
    said.answer.reference = reference.clone();
    said.notices[0].reference = reference.clone();
    second.state = DeliveryState::NeedsReview;
    second.reason = Some("reading".to_owned());
    second.job = None;
    said.notices.push(second);
    said.acknowledgements = receipts(reference, Channel::Folder);
    let key = AcknowledgementKey {
        reference: reference.clone(),
        recipient: Recipient::EnforcementAuthority,
        purpose: Purpose::Confirmation,
        way: Way::Outstanding,
        version: 0,
    };
    let confirmation = NewAcknowledgement { key, job: false, ..said.acknowledgements[0].clone() };
    said.acknowledgements.push(confirmation);
    said
}

#[tokio::test]
async fn what_a_message_says_takes_the_place_of_what_stood_for_it() {
    on_both(|store| async move {
        let reference = store_unread(&store, SignedDuration::from_secs(600)).await;
        assert!(claim_all(&store, JobKind::Deliver).await.is_empty(), "nothing goes on unread");
        assert_eq!(claim_all(&store, JobKind::Read).await[0].subject, reference.as_str());
        assert!(claim_all(&store, JobKind::Acknowledge).await.is_empty(), "the receipt waits");
        assert!(store.found(said(&reference)).await.unwrap());
        let notices = store.notices_of(reference.as_str()).await.unwrap();
        let told: Vec<_> =
            notices.iter().map(|one| (one.kind.as_str(), one.state.as_str())).collect();
        assert_eq!(told, [("rentArrears", "queued"), ("rentArrears", "needsReview")]);
        assert_eq!(notices[0].reference, reference.as_str(), "the reference that was told stays");
        assert_eq!(claim_all(&store, JobKind::Deliver).await.len(), 1);
        // The one receipt, under its number; and a confirmation that nobody sends yet.
        assert_eq!(claim_all(&store, JobKind::Acknowledge).await.len(), 1);
        let told = store.acknowledgements_of(reference.as_str()).await.unwrap();
        assert_eq!(told.iter().filter(|row| row.way == "files").count(), 1);
        assert_eq!(told.iter().filter(|row| row.purpose == "confirmation").count(), 1);
        assert!(!store.found(said(&reference)).await.unwrap(), "it is told once");
        assert_eq!(store.notices_of(reference.as_str()).await.unwrap().len(), 2);
        assert!(store.verify().await.unwrap().broken.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_receipt_file_that_was_begun_is_followed_by_another() {
    on_both(|store| async move {
        let reference = store_unread(&store, SignedDuration::ZERO).await;
        let first = claim_all(&store, JobKind::Acknowledge).await;
        assert_eq!(first.len(), 1);
        assert!(store.found(said(&reference)).await.unwrap());
        let second = claim_all(&store, JobKind::Acknowledge).await;
        assert_eq!(second.len(), 1);
        assert!(second[0].subject.ends_with("/files/1"), "{}", second[0].subject);
        let subjects = [first[0].subject.clone(), second[0].subject.clone()];
        let sent = store.acknowledgement_jobs(&subjects).await.unwrap();
        let mut sent: Vec<&str> = sent.iter().map(|job| job.rendered.as_str()).collect();
        sent.sort_unstable();
        assert_eq!(sent, ["receipt 1", "receipt 2"], "numbered without a gap");
    })
    .await;
}

#[tokio::test]
async fn what_a_person_set_aside_meanwhile_stays_aside() {
    on_both(|store| async move {
        let reference = store_unread(&store, SignedDuration::ZERO).await;
        let (actor, reason) = ("anna".to_owned(), "sent twice".to_owned());
        let aside = Action::Dismiss { reference: reference.clone(), actor, reason };
        store.act(aside).await.unwrap().unwrap();
        assert!(!store.found(said(&reference)).await.unwrap());
        let notices = store.notices_of(reference.as_str()).await.unwrap();
        assert_eq!((notices.len(), notices[0].state.as_str()), (1, "dismissed"));
        assert!(claim_all(&store, JobKind::Read).await.is_empty());
        assert!(claim_all(&store, JobKind::Deliver).await.is_empty());
    })
    .await;
}
