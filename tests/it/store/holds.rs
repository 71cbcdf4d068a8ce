//! Confirmations that a person holds back, on both engines: within their day, and never past it.

use super::confirmations::owed;
use super::confirmations::waiting;
use super::on_both;
use jiff::SignedDuration;
use jiff::Timestamp;
use kvittens::store::Action;
use kvittens::store::ActionRefused;
use kvittens::store::ConfirmationChange;
use kvittens::store::Hold;

/// A person may hold one to an hour of its own day; past that it is late, and no hold makes it an approved delay.
#[tokio::test]
async fn nothing_is_held_past_the_day_on_which_it_is_due() {
    on_both(|store| async move {
        let made = owed("held");
        let reference = made.answer.reference.clone();
        let due_at = made.acknowledgements.last().unwrap().due_at;
        store.record(made).await.unwrap();
        let hold = |until: Timestamp| {
            let hold = Hold { reference: reference.clone(), until, actor: "cli:test".to_owned() };
            store.act(Action::Confirmation(ConfirmationChange::Held(hold)))
        };
        let past = due_at.saturating_add(SignedDuration::from_secs(1)).unwrap();
        assert_eq!(hold(past).await.unwrap(), Err(ActionRefused::PastTheDay));
        assert_eq!(store.held_until(&reference).await.unwrap(), None);
        // Overdue already, so that no hour is left to hold it to; letting it go is always possible.
        let let_go = Timestamp::UNIX_EPOCH;
        assert_eq!(hold(let_go).await.unwrap(), Ok(()));
        assert_eq!(store.held_until(&reference).await.unwrap(), Some(let_go));
        assert_eq!(waiting(&store).await.len(), 1, "it is owed as before");
    })
    .await;
}
