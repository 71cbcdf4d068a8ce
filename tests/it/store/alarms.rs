//! What people were told of troubles, and who takes no more calls about them, on both engines.

use kvittens::store::Action;
use kvittens::store::AlarmChange;

use super::on_both;

const CAUSE: &str = "copy.notSent 2026-11-24";

fn raised(level: i64) -> AlarmChange {
    AlarmChange::Raised { cause: CAUSE.to_owned(), level }
}

#[tokio::test]
async fn each_channel_is_told_for_itself_and_a_person_brings_back_whoever_is_gone() {
    on_both(|store| async move {
        let act = async |change| store.act(Action::Alarm(change)).await.unwrap().unwrap();
        let levels = async |by_webhook: bool| -> Vec<i64> {
            let told =
                if by_webhook { store.alarms_by_webhook().await } else { store.alarms().await };
            let told = told.unwrap().into_iter().filter(|alarm| alarm.cause == CAUSE);
            told.map(|alarm| alarm.level).collect()
        };
        let gone = async |fingerprint: &str| -> bool {
            let told = store.alarms_by_webhook().await.unwrap();
            told.iter().any(|alarm| alarm.says_gone(fingerprint))
        };
        act(raised(1)).await;
        act(raised(1).by_webhook()).await;
        act(raised(2).by_webhook()).await;
        for fingerprint in ["first", "second"] {
            act(AlarmChange::gone(fingerprint)).await;
            assert!(gone(fingerprint).await);
        }
        assert_eq!((levels(false).await, levels(true).await), (vec![1], vec![2]));
        assert_eq!(store.alarms().await.unwrap().len(), 1, "who is gone is no trouble of its own");
        act(AlarmChange::Revived { actor: "somebody".to_owned() }).await;
        assert!(!gone("first").await && !gone("second").await);
        assert_eq!((levels(false).await, levels(true).await), (vec![1], vec![2]));
        let ended = || AlarmChange::Ended { cause: CAUSE.to_owned() };
        act(ended().by_webhook()).await;
        assert_eq!((levels(false).await, levels(true).await), (vec![1], vec![]));
        act(ended()).await;
        assert_eq!(levels(false).await, Vec::<i64>::new());
        assert_eq!(store.verify().await.unwrap().broken, []);
    })
    .await;
}
