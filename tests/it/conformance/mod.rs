//! The intake conformance suite: what every door must do, tried on each through the whole gateway.
//!
//! A new door implements [`door::Door`] and is added to [`each_door`].

mod door;
mod house;
mod mailbox;

use crate::support::servers::Server;
use crate::support::servers::Servers;
use crate::support::wait;
use door::ApiDoor;
use door::Door;
use door::FolderDoor;
use door::MaildirDoor;
use house::House;
use mailbox::MailboxDoor;
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(20);

/// Runs a test at every door, each in a house of its own.
macro_rules! each_door {
    ($(#[$doc:meta])* $name:ident, $test:ident) => {
        $(#[$doc])*
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $name() {
            $test(&ApiDoor::default()).await;
            $test(&FolderDoor::default()).await;
            $test(&MaildirDoor::default()).await;
            // The houses hold the far folders; the server must stay meanwhile.
            if let Some(_server) = Servers::shared(&[Server::Sftp]).await {
                $test(&FolderDoor::far()).await;
            }
            if let Some(servers) = Servers::shared(&[Server::Imap]).await {
                $test(&MailboxDoor::new(&servers)).await;
            }
        }
    };
}

each_door!(nothing_is_settled_before_the_commit, settle_after_commit);
each_door!(what_the_store_refused_comes_again, released_comes_again);
each_door!(a_duplicate_gets_the_first_answer, duplicates);
each_door!(garbage_gets_a_clear_answer_and_nothing_is_half_stored, garbage);
each_door!(a_stop_in_mid_message_loses_and_doubles_nothing, stop_in_mid_message);
each_door!(forty_notices_in_one_message_get_a_reference_each, forty_notices);
each_door!(what_is_too_large_is_told_and_not_lost, oversize);

async fn settle_after_commit(door: &dyn Door) {
    let house = House::open(&door.intake()).await;
    let lock = house.lock_store().await;
    let bytes = house::notice("first");
    let mut offered = door.offer(&house, "first", &bytes);
    let early = tokio::time::timeout(Duration::from_millis(400), &mut offered).await;
    assert!(early.is_err(), "{}: settled while the store was locked", door.name());
    assert_eq!(house.messages().await, 0);
    drop(lock);
    let told = offered.await;
    assert!(told.accepted, "{}: {}", door.name(), told.text);
    assert_eq!(house.messages().await, 1);
    house.close().await;
}

async fn released_comes_again(door: &dyn Door) {
    let house = House::open(&door.intake()).await;
    house.break_store().await;
    let bytes = house::notice("first");
    let mut offered = door.offer(&house, "first", &bytes);
    let early = tokio::time::timeout(Duration::from_secs(2), &mut offered).await;
    if let Ok(told) = &early {
        assert!(!told.accepted && told.text.contains("503"), "{}: {}", door.name(), told.text);
    }
    house.mend_store().await;
    let told = match early {
        // Who was told to come back comes back.
        Ok(_) => {
            drop(offered);
            door.offer(&house, "first", &bytes).await
        }
        Err(_) => offered.await,
    };
    assert!(told.accepted, "{}: {}", door.name(), told.text);
    assert_eq!(house.messages().await, 1);
    house.close().await;
}

async fn duplicates(door: &dyn Door) {
    let house = House::open(&door.intake()).await;
    let first = door.offer(&house, "one", &house::notice("one")).await;
    assert!(first.accepted, "{}: {}", door.name(), first.text);
    let again = door.offer_again(&house, "one", &house::notice("one")).await;
    assert!(again.accepted, "{}: {}", door.name(), again.text);
    assert_eq!(house.messages().await, 1, "{}", door.name());
    let reference = house.references().await.remove(0);
    for told in [&first, &again] {
        if let Some(said) = &told.reference {
            assert_eq!(said, &reference, "{}", door.name());
        }
    }
    let other = door.offer_as_another(&house, "one", &house::notice("one")).await;
    assert!(other.accepted, "{}: {}", door.name(), other.text);
    assert_ne!(other.reference.as_ref(), Some(&reference), "no sender learns of another");
    assert_eq!(house.messages().await, 2, "{}", door.name());
    house.close().await;
}

async fn garbage(door: &dyn Door) {
    let house = House::open(&door.intake()).await;
    let bytes: Vec<u8> =
        (0u32..5000).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let told = door.offer(&house, "garbage", &bytes).await;
    match door.refuses_content() {
        true => {
            assert!(!told.accepted && told.text.contains("400"), "{}: {}", door.name(), told.text);
            assert_eq!(house.messages().await, 0);
        }
        false => {
            assert!(told.accepted, "{}: {}", door.name(), told.text);
            assert_eq!(house.messages().await, 1);
            let state = house.states().await;
            assert_eq!(state, ["needsReview"], "{}", door.name());
        }
    }
    let after = door.offer(&house, "after", &house::notice("after")).await;
    assert!(after.accepted, "the door still works");
    house.close().await;
}

async fn stop_in_mid_message(door: &dyn Door) {
    let mut house = House::open(&door.intake()).await;
    for round in 0..3 {
        let offers = futures::future::join_all((0..20).map(|n| {
            let (house, name) = (&house, format!("mail-{round}-{n}"));
            async move { door.offer_without_waiting(house, &name, &house::notice(&name)).await }
        }));
        offers.await;
        house = house.reopen().await;
    }
    let (expected, house) = (door.certain(60), &house);
    wait::eventually("everything offered is stored", LIMIT, || async move {
        let stored = house.messages().await;
        assert!(stored <= 60, "{}: {stored} of 60", door.name());
        stored >= expected
    })
    .await;
    let references = house.references().await;
    let distinct: std::collections::HashSet<_> = references.iter().collect();
    assert_eq!(distinct.len(), references.len());
}

async fn forty_notices(door: &dyn Door) {
    let house = House::open(&door.intake()).await;
    let told = door.offer(&house, "forty", &house::notices(40)).await;
    assert!(told.accepted, "{}: {}", door.name(), told.text);
    assert_eq!(house.messages().await, 1);
    let references = house.references().await;
    let distinct: std::collections::HashSet<_> = references.iter().collect();
    assert_eq!(distinct.len(), 40, "{}", door.name());
    house.close().await;
}

async fn oversize(door: &dyn Door) {
    let house = House::open(&door.intake()).await;
    let told = door.offer(&house, "large", &vec![b' '; house::MAX_BYTES + 100_000]).await;
    door.check_oversize(&house, &told).await;
    let after = door.offer(&house, "after", &house::notice("after")).await;
    assert!(after.accepted, "the door still works");
    house.close().await;
}
