//! Settling at mail servers with odd habits: no mail that cannot be settled costs another one anything, and none is settled twice.

use super::mailbox::Memory;
use super::mailbox::open;
use super::mailbox_odd::FIRST;
use super::mailbox_odd::THREE;
use super::mailbox_odd::keys;
use crate::support::imap_fake::Habit;
use crate::support::imap_fake::ImapFake;
use crate::support::imap_fake::World;
use crate::support::wait;
use kvittens::intake::Settle;
use kvittens::intake::Settlement;
use std::sync::Arc;

#[tokio::test]
async fn a_mail_that_cannot_be_settled_keeps_no_other_from_it_nor_from_being_taken() {
    for habit in [Habit::No, Habit::HangUp] {
        let fake = ImapFake::start(&THREE);
        fake.with(|world| world.unsettled.insert(5, habit));
        let mut bench = open(&keys(&fake), &Arc::default()).await;
        bench.until(|bench| bench.got.len() == 3).await;
        let round = std::mem::take(&mut bench.got).into_iter();
        let round = round.map(|(_, receipt)| (receipt, Settlement::Accepted(super::answer(1))));
        bench.settle.settle(round.collect()).await;
        let moved = |uid| fake.with(|world| world.moved.iter().any(|(moved, _)| *moved == uid));
        wait::eventually("the others are settled", super::LIMIT, || async {
            moved(4) && moved(4_294_967_290)
        })
        .await;
        let fourth = FIRST.replace("1@", "4@");
        fake.with(|world| world.mails.insert(6, fourth.clone().into()));
        assert_eq!(bench.accept().await.raw, fourth, "{habit:?}");
        bench.until(|_| moved(6)).await;
        assert!(!moved(5) && bench.got.is_empty(), "nor is it offered again");
        fake.with(|world| world.unsettled.clear());
        wait::eventually("it is settled at last", super::LIMIT, || async { moved(5) }).await;
    }
}

#[tokio::test]
async fn a_server_that_cannot_move_and_refuses_the_mark_gets_no_second_copy() {
    let fake = ImapFake::start(&THREE);
    fake.with(|world| {
        world.capabilities = "IMAP4rev1 AUTH=PLAIN IDLE UIDPLUS";
        world.unsettled.insert(5, Habit::No);
    });
    let mut bench = open(&keys(&fake), &Arc::default()).await;
    for _ in 0..3 {
        bench.accept().await;
    }
    let marking = |heard: &&String| heard.starts_with("UID STORE 5 +FLAGS.SILENT (\\Deleted)");
    let tries = |world: &mut World| world.heard.iter().filter(marking).count();
    wait::eventually("it was tried again", super::LIMIT, || async { fake.with(tries) > 2 }).await;
    fake.with(|world| assert_eq!(world.copied.iter().filter(|uid| **uid == 5).count(), 1));
}

#[tokio::test]
async fn what_stands_for_a_mail_that_did_not_come_is_known_as_such_after_a_crash() {
    let fake = ImapFake::start(&THREE);
    fake.with(|world| world.habits.insert(5, Habit::Nil));
    let memory: Arc<Memory> = Arc::default();
    let mut bench = open(&keys(&fake), &memory).await;
    for _ in 0..3 {
        let (received, receipt) = bench.next().await;
        memory.remember(received.envelope.occurrence.as_ref());
        std::mem::forget(receipt);
    }
    drop(bench);
    let mut again = open(&keys(&fake), &memory).await;
    again.until(|_| fake.with(|world| world.moved.len() == 3)).await;
    assert!(again.got.is_empty());
    fake.with(|world| {
        world.moved.sort();
        let folders: Vec<_> = world.moved.iter().map(|(_, folder)| folder.as_str()).collect();
        assert_eq!(folders, ["Kvittens/Done", "Kvittens/Failed", "Kvittens/Done"]);
    });
}
