//! Mail servers with odd habits: what is wrong with one mail, or with the server, costs no other mail.

use super::mailbox::Memory;
use super::mailbox::PAUSES;
use super::mailbox::open;
use super::mailbox::open_with;
use crate::support::imap_fake::Habit;
use crate::support::imap_fake::ImapFake;
use crate::support::imap_fake::World;
use crate::support::wait;
use kvittens::domain::received::ReplyTo;
use kvittens::intake::Settlement;
use kvittens::intake::mailbox;
use std::sync::Arc;
use std::time::Duration;

pub(super) const FIRST: &str =
    "From: Testa <testa@hyra.example>\r\nMessage-ID: <1@hyra.example>\r\n\r\none\r\n";
const SECOND: &str =
    "From: Testa <testa@hyra.example>\r\nMessage-ID: <2@hyra.example>\r\n\r\ntwo\r\n";
const THIRD: &str =
    "From: Testa <testa@hyra.example>\r\nMessage-ID: <3@hyra.example>\r\n\r\nthree\r\n";
pub(super) const THREE: [(u32, &str); 3] = [(4, FIRST), (5, SECOND), (4_294_967_290, THIRD)];

pub(super) fn keys(fake: &ImapFake) -> String {
    format!(
        "host = \"127.0.0.1\"\nport = {}\nsecurity = \"none\"\nusername = \"a\"\npassword = \"b\"\n",
        fake.stage.port()
    )
}

#[tokio::test]
async fn a_mail_that_the_server_does_not_give_holds_up_no_other_and_goes_to_a_person() {
    for habit in [Habit::Nil, Habit::Empty, Habit::Mute, Habit::No] {
        let fake = ImapFake::start(&THREE);
        fake.with(|world| world.habits.insert(5, habit));
        let mut bench = open(&keys(&fake), &Arc::default()).await;
        let (first, second, third) =
            (bench.accept().await, bench.accept().await, bench.accept().await);
        assert_eq!((first.raw, second.raw), (FIRST.into(), THIRD.into()), "{habit:?}");
        let raw = String::from_utf8(third.raw.to_vec()).unwrap();
        assert!(raw.starts_with("From: Testa") && raw.contains("cannot give"), "{habit:?}: {raw}");
        assert!(matches!(third.envelope.reply_to, ReplyTo::Mail { .. }), "its sender is answered");
        fake.with(|world| {
            let moved = |uid, folder: &str| world.moved.contains(&(uid, folder.to_owned()));
            assert!(moved(4, "Kvittens/Done") && moved(5, "Kvittens/Failed"), "{:?}", world.moved);
            assert_eq!(world.flags[&5], ["\\Flagged"]);
            assert!(!world.flags.contains_key(&4));
            let marks = world.heard.iter().find(|heard| heard.contains("BODY["));
            assert_eq!(marks, None, "every body is asked for by BODY.PEEK");
        });
    }
}

#[tokio::test]
async fn a_mail_at_which_the_server_hangs_up_is_found_out_and_set_aside() {
    for mends in [true, false] {
        let fake = ImapFake::start(&THREE);
        fake.with(|world| {
            world.habits.insert(5, Habit::HangUp);
            world.gives_headers = mends;
        });
        let mut bench = open(&keys(&fake), &Arc::default()).await;
        assert_eq!(bench.accept().await.raw, FIRST);
        assert_eq!(bench.accept().await.raw, THIRD);
        if mends {
            fake.with(|world| world.habits.clear());
            assert_eq!(bench.accept().await.raw, SECOND, "a server that mends is believed");
            continue;
        }
        bench.until(|bench| !bench.got.is_empty()).await;
        let raw = String::from_utf8(bench.accept().await.raw.to_vec()).unwrap();
        assert!(raw.contains("cannot give"), "{raw}");
        fake.with(|world| assert!(world.moved.contains(&(5, "Kvittens/Failed".to_owned()))));
    }
}

#[tokio::test]
async fn the_day_a_mail_arrived_outlasts_a_short_refusal_to_tell_it() {
    for refusals in 1..=4 {
        let fake = ImapFake::start(&THREE);
        fake.with(|world| {
            world.undated.insert(5, Habit::No);
            world.dated_after = refusals;
        });
        let mut bench = open(&keys(&fake), &Arc::default()).await;
        for _ in 0..3 {
            let told = bench.accept().await.envelope.received_at.to_string();
            assert_eq!(told, "2026-11-20T09:00:00Z", "after {refusals} refusals");
        }
        fake.with(|world| assert!(world.undated.is_empty(), "{refusals} refusals were met"));
    }
}

#[tokio::test]
async fn a_mail_of_which_the_server_tells_nothing_is_taken_with_all_others() {
    for habit in [Habit::No, Habit::HangUp] {
        let fake = ImapFake::start(&THREE);
        fake.with(|world| world.undated.insert(5, habit));
        let mut bench = open(&keys(&fake), &Arc::default()).await;
        let mut raws = Vec::new();
        for _ in 0..3 {
            raws.push(bench.accept().await.raw);
        }
        raws.sort();
        assert_eq!(raws, [FIRST, SECOND, THIRD], "{habit:?}");
    }
}

#[tokio::test]
async fn a_server_that_refuses_to_tell_of_news_is_looked_into_at_once() {
    let fake = ImapFake::start(&[]);
    fake.with(|world| world.refuses_idle = true);
    let patient = PAUSES.replace("idle_for = \"2s\"", "idle_for = \"20m\"");
    let mut bench = open_with(&patient, &keys(&fake), &Arc::default()).await;
    let refused = |world: &mut World| world.heard.iter().any(|heard| heard == "IDLE");
    wait::eventually("it was refused", super::LIMIT, || async { fake.with(refused) }).await;
    fake.with(|world| world.mails.insert(1, FIRST.into()));
    assert_eq!(bench.accept().await.raw, FIRST);
}

#[tokio::test]
async fn a_server_that_gives_nothing_at_all_is_waited_for_and_no_mail_set_aside() {
    let fake = ImapFake::start(&THREE[..1]);
    fake.with(|world| {
        world.habits.insert(4, Habit::No);
        world.gives_headers = true;
    });
    fake.with(|world| world.gives_headers = false);
    let mut bench = open(&keys(&fake), &Arc::default()).await;
    // It mends between two looks: not after the mail was refused and before its header is asked for.
    let mends = |world: &mut World| {
        let between = world.heard.last().is_some_and(|last| !last.contains("BODY.PEEK[]"));
        let now = asked(&world.heard) > 4 && between;
        if now {
            world.habits.clear();
        }
        now
    };
    bench.until(|_| fake.with(mends)).await;
    assert!(bench.got.is_empty());
    assert_eq!(bench.accept().await.raw, FIRST);
}

fn asked(heard: &[String]) -> usize {
    heard.iter().filter(|command| command.contains("BODY.PEEK[]")).count()
}

#[tokio::test]
async fn sizes_that_are_guessed_do_no_harm() {
    let large = format!("{FIRST}{}", "x".repeat(20_000));
    let fake = ImapFake::start(&[(1, FIRST), (2, &large), (3, SECOND)]);
    // The small one is said to be large, the large one small.
    fake.with(|world| world.sizes.extend([(1, 5_000_000), (2, 10), (3, 0)]));
    let mut bench = open(&keys(&fake), &Arc::default()).await;
    let mut raws = Vec::new();
    for _ in 0..3 {
        raws.push(bench.accept().await.raw);
    }
    raws.sort();
    assert!(raws.contains(&FIRST.into()) && raws.contains(&SECOND.into()));
    assert!(raws.iter().any(|raw| raw.ends_with(b"the original is kept in the mail folder]\r\n")));
    fake.with(|world| assert!(world.moved.contains(&(2, "Kvittens/Failed".to_owned()))));
}

#[tokio::test]
async fn a_server_that_hangs_up_stops_in_mid_answer_or_greets_with_bye_is_tried_again() {
    for habit in [Habit::HangUpOnce, Habit::Stop] {
        let fake = ImapFake::start(&THREE);
        fake.with(|world| world.habits.insert(4, habit));
        let mut bench = open(&keys(&fake), &Arc::default()).await;
        bench.until(|_| fake.with(|world| world.connections > 1)).await;
        fake.with(|world| {
            world.habits.clear();
            world.silent = false;
        });
        for _ in 0..3 {
            bench.accept().await;
        }
        fake.with(|world| assert_eq!(world.moved.len(), 3, "{habit:?}"));
    }
    let fake = ImapFake::start(&THREE[..1]);
    fake.with(|world| world.greeting = "* BYE [UNAVAILABLE] too many connections");
    let mut bench = open(&keys(&fake), &Arc::default()).await;
    bench.until(|_| fake.with(|world| world.connections > 1)).await;
    fake.with(|world| world.greeting = "* OK ready");
    assert_eq!(bench.accept().await.raw, FIRST);
}

#[tokio::test]
async fn another_mail_under_a_number_that_was_taken_is_taken_too() {
    let memory: Arc<Memory> = Arc::default();
    let fake = ImapFake::start(&THREE[..1]);
    let mut bench = open(&keys(&fake), &memory).await;
    memory.remember(bench.accept().await.envelope.occurrence.as_ref());
    drop(bench);
    let other_account = ("20-Nov-2026 10:00:00 +0100", "username = \"c\"");
    let restored_server = ("21-Nov-2026 08:00:00 +0100", "username = \"a\"");
    for (arrived, username) in [other_account, restored_server] {
        fake.with(|world| {
            world.mails.insert(4, SECOND.into());
            world.arrived = arrived;
        });
        let keys = keys(&fake).replace("username = \"a\"", username);
        let mut bench = open(&keys, &memory).await;
        assert_eq!(bench.accept().await.raw, SECOND, "{username}, {arrived}");
    }
}

#[tokio::test]
async fn numbers_given_anew_lose_and_double_nothing() {
    let fake = ImapFake::start(&THREE[..2]);
    let mut bench = open(&keys(&fake), &Arc::default()).await;
    let (first, receipt) = bench.next().await;
    let (second, other) = bench.next().await;
    fake.with(|world| {
        world.uid_validity = 8;
        world.mails = [(1, SECOND.into()), (2, FIRST.into())].into();
        world.silent = true;
    });
    // What was settled under the old numbers must not touch the mails that bear them now.
    bench.settle(receipt, Settlement::Accepted(super::answer(1))).await;
    bench.settle(other, Settlement::Accepted(super::answer(2))).await;
    fake.with(|world| world.silent = false);
    let mut keys: Vec<_> = [bench.accept().await, bench.accept().await]
        .into_iter()
        .map(|it| it.envelope.source_key)
        .collect();
    let mut before = vec![first.envelope.source_key, second.envelope.source_key];
    let order = |key: &kvittens::domain::received::SourceKey| key.key.clone();
    keys.sort_by_key(order);
    before.sort_by_key(order);
    assert_eq!(keys, before, "the store knows them again");
    wait::eventually("both are settled under their new numbers", super::LIMIT, || async {
        fake.with(|world| world.moved.len() == 2 && world.moved.iter().all(|(uid, _)| *uid < 3))
    })
    .await;
}

#[tokio::test]
async fn a_refused_log_in_is_not_tried_again_at_once_and_tells_no_text_of_the_server() {
    let fake = ImapFake::start(&THREE);
    fake.with(|world| world.refuses = Some("[AUTHENTICATIONFAILED] testa@hyra.example may not"));
    let bench = open(&keys(&fake), &Arc::default()).await;
    wait::eventually("a try", super::LIMIT, || async { fake.with(|world| world.connections == 1) })
        .await;
    let quiet = || async { fake.with(|world| world.connections == 1) };
    assert!(
        wait::stays(Duration::from_secs(3), quiet).await,
        "accounts are locked after a few tries"
    );
    drop(bench);
    let config: mailbox::Config =
        toml::from_str(&format!("name = \"a\"\n{}", keys(&fake))).unwrap();
    let problem = mailbox::probe(&config).await.unwrap_err();
    assert_eq!(problem.text, "the mail server refused the log-in (AUTHENTICATIONFAILED)");
    fake.with(|world| world.refuses = Some("[UNAVAILABLE] later"));
    let problem = mailbox::probe(&config).await.unwrap_err();
    assert_eq!(
        (problem.key, problem.text.as_str()),
        ("host", "the mail server ended the connection (UNAVAILABLE)")
    );
}
