//! Canaries are known once, for one door and one message; and what the store counts of a door and hears of a sender, on both engines.

use super::make::Made;
use super::make::record;
use super::on_both;
use jiff::Timestamp;
use kvittens::domain::digest::Digest;
use kvittens::domain::received::Channel;
use kvittens::store::Action;
use kvittens::store::CanaryChange;
use kvittens::store::Store;

async fn act(store: &Store, change: CanaryChange) -> bool {
    store.act(Action::Canary(change)).await.unwrap().is_ok()
}

async fn comes(store: &Store, token: &str, door: &str, claimant: &str) -> bool {
    let (token, claimant) = (Digest::of(token.as_bytes()), Digest::of(claimant.as_bytes()));
    act(store, CanaryChange::Came { token, door: door.to_owned(), claimant }).await
}

#[tokio::test]
async fn a_canary_is_one_messages_at_one_door_and_comes_out_when_it_is_acknowledged() {
    on_both(|store| async move {
        let token = Digest::of(b"one");
        assert!(act(&store, CanaryChange::Sent { token, door: "api".to_owned() }).await);
        assert!(!comes(&store, "two", "api", "a").await, "a token that nobody knows");
        assert!(!comes(&store, "one", "folder:demo", "a").await, "another door's");
        assert!(comes(&store, "one", "api", "a").await);
        assert!(comes(&store, "one", "api", "a").await, "the same message after a crash");
        assert!(!comes(&store, "one", "api", "b").await, "used once");
        assert_eq!(store.canary(&token).await.unwrap(), None, "not stored yet");
        let before = store.counts(Timestamp::UNIX_EPOCH).await.unwrap().received_today;
        let made = record(&Made { key: "canary", ..Made::default() });
        store.record(kvittens::store::Record { canary: Some(token), ..made }).await.unwrap();
        let came = store.canary(&token).await.unwrap().expect("its receipt is sent");
        assert!(!came.took.is_negative());
        let after = store.counts(Timestamp::UNIX_EPOCH).await.unwrap().received_today;
        assert_eq!(before, after, "not among the day's");

        let waits = Digest::of(b"waits");
        assert!(act(&store, CanaryChange::Sent { token: waits, door: "folder".to_owned() }).await);
        let made = record(&Made { key: "waits", occurrence: Some("1"), ..Made::folder() });
        store.record(kvittens::store::Record { canary: Some(waits), ..made }).await.unwrap();
        assert_eq!(store.canary(&waits).await.unwrap(), None, "its receipt is not written yet");
    })
    .await;
}

#[tokio::test]
async fn a_new_key_takes_the_place_of_the_gateways_old_one() {
    on_both(|store| async move {
        let name = || "canary:gateway".to_owned();
        for key in [b"old", b"new"] {
            let key_hash = Digest::of(key);
            assert!(act(&store, CanaryChange::Key { name: name(), key_hash }).await);
        }
        assert!(store.client_by_key(&Digest::of(b"old")).await.unwrap().is_none());
        assert_eq!(store.client_by_key(&Digest::of(b"new")).await.unwrap().unwrap().name, name());
    })
    .await;
}

#[tokio::test]
async fn a_doors_day_and_a_senders_last_message_are_counted() {
    on_both(|store| async move {
        assert_eq!(store.first_stored_at().await.unwrap(), None);
        let (day, start) = (jiff::civil::date(2027, 1, 15), Timestamp::UNIX_EPOCH);
        for key in ["a", "b"] {
            let made = record(&Made { key, occurrence: Some(key), ..Made::folder() });
            store.record(made).await.unwrap();
        }
        let mut grown = record(&Made { key: "c", occurrence: Some("c"), ..Made::folder() });
        grown.envelope.continues = Some(grown.answer.reference.clone());
        store.record(grown).await.unwrap();
        let mut of_nobody = record(&Made { key: "d", ..Made::default() });
        of_nobody.envelope.sender.partner = None;
        store.record(of_nobody).await.unwrap();
        assert_eq!(store.day_of_door("folder", day, start).await.unwrap(), 3);
        assert_eq!(store.files_of_door("folder", day, start).await.unwrap(), 2);
        assert_eq!(store.files_of_door("folder", day.tomorrow().unwrap(), start).await.unwrap(), 0);
        let heard = store.last_heard(start).await.unwrap();
        let [only] = heard.as_slice() else { panic!("{heard:?}") };
        assert_eq!(
            (only.channel.as_str(), only.sender.as_str()),
            (Channel::Folder.as_str(), "landlord")
        );
        assert_eq!(store.last_heard(Timestamp::MAX).await.unwrap(), []);
        assert!(store.first_stored_at().await.unwrap().is_some());
    })
    .await;
}
