//! What was sent and belongs with its case, on both engines: planned once when both are there, and not at all when it came back.

use super::corrections::correct;
use super::corrections::kept;
use super::feed::key;
use super::feed::named;
use super::feed::on_its_way;
use super::make::claim;
use super::on_both;
use kvittens::domain::acknowledgement::AcknowledgementKey;
use kvittens::domain::acknowledgement::Way;
use kvittens::domain::enclosure::EnclosureKey;
use kvittens::domain::reference::Reference;
use kvittens::store::Action;
use kvittens::store::ConfirmationChange;
use kvittens::store::EnclosureChange;
use kvittens::store::JobKind;
use kvittens::store::NoticeStep;
use kvittens::store::Outcome;
use kvittens::store::Rendering;
use kvittens::store::Store;

async fn sent(store: &Store, key: &AcknowledgementKey) {
    assert_eq!(store.claim(claim(JobKind::Confirm, "gateway", 10)).await.unwrap().len(), 1);
    let evidence = "250 taken".to_owned();
    let sent = Outcome::Sent { key: key.clone(), attempt: 1, evidence };
    store.finish(vec![sent]).await.unwrap();
}

async fn delivered(store: &Store, reference: &Reference) {
    let step = NoticeStep::Delivered { case_id: "CASE-1".to_owned() };
    let delivered = Outcome::Notice { reference: reference.clone(), attempt: 1, step };
    store.finish(vec![delivered]).await.unwrap();
}

/// What is planned now, claimed.
async fn planned(store: &Store) -> Vec<String> {
    store.plan_enclosures().await.unwrap();
    let jobs = store.claim(claim(JobKind::Enclose, "gateway", 10)).await.unwrap();
    jobs.into_iter().map(|job| job.subject).collect()
}

async fn change(store: &Store, change: EnclosureChange) {
    store.act(Action::Enclosure(change)).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_correction_made_after_the_hand_over_belongs_with_the_case_and_an_earlier_one_does_not() {
    on_both(|store| async move {
        let reference = kept(&store, "read wrong").await;
        correct(&store, &reference, None, &[("dwelling/city", "Malmö")]).await.unwrap();
        delivered(&store, &reference).await;
        assert!(planned(&store).await.is_empty(), "the case was made of what it says");
        correct(&store, &reference, None, &[("dwelling/city", "Trelleborg")]).await.unwrap();
        let key = EnclosureKey::Corrected { reference: reference.clone(), version: 2 };
        assert_eq!(planned(&store).await, [key.subject()]);
        assert!(planned(&store).await.is_empty(), "once");
        let state = || async { store.corrections_of(&reference).await.unwrap()[1].clone() };
        assert!(state().await.is_after_hand_over() && !state().await.is_for_hands());
        // This case system takes no corrections: a person puts the case right.
        change(&store, EnclosureChange::Done { key: key.clone(), taken: false }).await;
        let listed = store.not_enclosed().await.unwrap();
        assert_eq!((listed.len(), listed[0].purpose.as_str()), (1, "correction"));
        assert!(state().await.is_for_hands());
        let (of, actor) = (reference.clone(), "test".to_owned());
        change(&store, EnclosureChange::Retried { reference: of.clone(), actor: actor.clone() })
            .await;
        assert_eq!(planned(&store).await, [key.subject()]);
        change(&store, EnclosureChange::Failed { key }).await;
        change(&store, EnclosureChange::ByHand { reference: of, actor }).await;
        assert!(store.not_enclosed().await.unwrap().is_empty());
        assert!(planned(&store).await.is_empty() && !state().await.is_for_hands());
        assert!(store.verify().await.unwrap().broken.is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_came_back_is_not_enclosed_and_what_was_sent_after_it_is_once() {
    on_both(|store| async move {
        let (reference, template) = on_its_way(&store, "a", Way::Webhook).await;
        let call = key(&reference, Way::Webhook, &template);
        delivered(&store, &reference).await;
        assert!(planned(&store).await.is_empty(), "nothing is sent yet");
        sent(&store, &call).await;
        assert_eq!(planned(&store).await, [call.subject()]);
        let found = store.enclosure_jobs(&[call.subject()]).await.unwrap();
        assert_eq!(found[0].document.as_deref(), Some("written 1"));
        // Nobody fetched what the call told of, before it is enclosed.
        let vain = Action::Confirmation(ConfirmationChange::NotFetched(call.clone()));
        store.act(vain).await.unwrap().unwrap();
        assert!(store.enclosure_jobs(&[call.subject()]).await.unwrap().is_empty());
        change(&store, EnclosureChange::Gone { subject: call.subject() }).await;
        assert!(planned(&store).await.is_empty());
        let again = named((&reference, &template), (Way::Mail, Way::Webhook), Rendering::Nothing);
        store.act(again).await.unwrap().unwrap();
        let mail = key(&reference, Way::Mail, &template);
        sent(&store, &mail).await;
        assert_eq!(planned(&store).await, [mail.subject()]);
        change(&store, EnclosureChange::Failed { key: EnclosureKey::Sent(mail.clone()) }).await;
        assert!(planned(&store).await.is_empty(), "a person sees to it");
        let listed = store.not_enclosed().await.unwrap();
        assert_eq!((&listed[0].reference, listed[0].case_id.as_str()), (&reference, "CASE-1"));
        let actor = "test".to_owned();
        change(&store, EnclosureChange::Retried { reference: reference.clone(), actor }).await;
        assert_eq!(planned(&store).await, [mail.subject()]);
        change(&store, EnclosureChange::Done { key: EnclosureKey::Sent(mail), taken: true }).await;
        assert!(planned(&store).await.is_empty());
        assert!(store.not_enclosed().await.unwrap().is_empty());
        assert!(store.verify().await.unwrap().broken.is_empty());
    })
    .await;
}
