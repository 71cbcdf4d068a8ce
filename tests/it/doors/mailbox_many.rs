//! Many mails in a mailbox: as many as may be in hand, in their order, each once.

use super::answer;
use super::mailbox::begin;
use super::mailbox::ids;
use super::mailbox::mail;
use super::mailbox::open;
use kvittens::intake::Settle;
use kvittens::intake::Settlement;
use std::sync::Arc;

#[tokio::test]
async fn five_hundred_mails_come_in_their_order_and_none_twice() {
    let Some((_servers, server, user, mut postman)) = begin().await else { return };
    for number in 1..=600 {
        postman.deliver("INBOX", "", "", mail(number).as_bytes()).await;
    }
    let mut bench = open(&server.keys(&user), &Arc::default()).await;
    let mut held = Vec::new();
    bench.until(|bench| bench.got.len() >= 512).await;
    bench.go_on().await;
    assert_eq!(bench.got.len(), 512, "as many as may be in hand");
    held.append(&mut bench.got);
    let mut raws: Vec<_> = held.iter().map(|(received, _)| received.raw.clone()).collect();
    let round = held.into_iter().map(|(_, receipt)| (receipt, Settlement::Accepted(answer(1))));
    bench.settle.settle(round.collect()).await;
    for _ in 512..600 {
        raws.push(bench.accept().await.raw);
    }
    let mut expected: Vec<_> = (1..=600).map(mail).collect();
    raws.sort();
    expected.sort();
    assert!(raws.iter().map(|raw| raw.as_ref()).eq(expected.iter().map(|mail| mail.as_bytes())));
    assert_eq!(ids(&mut postman, "Kvittens.Done", 600).await.len(), 600);
}
