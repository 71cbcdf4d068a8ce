//! Mail in a mailbox on a real mail server.

use super::Bench;
use super::answer;
use super::clock;
use crate::support::imap::Lying;
use crate::support::imap::MailServer;
use crate::support::imap::Postman;
use crate::support::servers::Server;
use crate::support::servers::Servers;
use crate::support::wait;
use kvittens::domain::received::Channel;
use kvittens::domain::received::ReplyTo;
use kvittens::intake::Settlement;
use kvittens::intake::mailbox;
use kvittens::intake::mailbox::MailboxDoor;
use kvittens::intake::mailbox::Taken;
use kvittens::intake::mailbox::TakenUnavailable;
use std::collections::HashSet;
use std::sync::Arc;
use std::sync::Mutex;

const NOVEMBER: &str = "20-Nov-2026 10:00:00 +0100";

/// What the pipeline has committed.
#[derive(Default)]
pub(super) struct Memory(pub(super) Mutex<HashSet<String>>);

#[async_trait::async_trait]
impl Taken for Memory {
    async fn taken(
        &self,
        _door: &str,
        occurrences: &[String],
    ) -> Result<HashSet<String>, TakenUnavailable> {
        let known = self.0.lock().unwrap();
        Ok(occurrences.iter().filter(|one| known.contains(*one)).cloned().collect())
    }
}

impl Memory {
    pub(super) fn remember(&self, occurrence: Option<&String>) {
        self.0.lock().unwrap().extend(occurrence.cloned());
    }
}

/// What makes a door quick.
pub(super) const PAUSES: &str = "name = \"notices\"\nmax_bytes = 10000\npoll_every = \"200ms\"\nidle_for = \"2s\"\n\
    timeout = \"2s\"\nretry = { first = \"50ms\", longest = \"100ms\", attempts = 3 }\n";

/// A door with short pauses, at a server in the clear.
pub(super) async fn open(keys: &str, memory: &Arc<Memory>) -> Bench<MailboxDoor> {
    open_with(PAUSES, keys, memory).await
}

/// A door with other pauses.
pub(super) async fn open_with(
    pauses: &str,
    keys: &str,
    memory: &Arc<Memory>,
) -> Bench<MailboxDoor> {
    let config: mailbox::Config = toml::from_str(&format!("{pauses}{keys}")).unwrap();
    assert_eq!(config.faults(), []);
    let memory = Arc::clone(memory) as Arc<dyn Taken>;
    let dir = tempfile::tempdir().unwrap();
    Bench::open(dir, |_, cancel| MailboxDoor::new(config, memory, clock(), cancel)).await
}

pub(super) fn mail(number: u32) -> String {
    format!(
        "Received: from a by b\r\nFrom: Testa <testa@hyra.example>\r\nMessage-ID: <{number}@hyra.example>\r\n\
         Subject: x\r\n\r\ntext {number}\r\n"
    )
}

/// The Message-IDs that lie in a folder, once there are so many.
pub(super) async fn ids(postman: &mut Postman, folder: &str, count: usize) -> Vec<String> {
    let mut ids = Vec::new();
    for _ in 0..400 {
        ids = postman.lying(folder).await.into_iter().map(|lying| lying.message_id).collect();
        if ids.len() == count {
            break;
        }
        wait::stays(std::time::Duration::from_millis(20), || async { true }).await;
    }
    ids.sort();
    assert_eq!(ids.len(), count, "{folder}: {ids:?}");
    ids
}

pub(super) async fn begin() -> Option<(Servers, MailServer, String, Postman)> {
    let servers = Servers::shared(&[Server::Imap]).await?;
    let server = servers.mail();
    let user = server.new_user();
    let postman = Postman::log_in(&server, &user).await;
    Some((servers, server, user, postman))
}

#[tokio::test]
async fn a_mail_stays_where_it_is_until_the_commit_and_is_then_moved() {
    let Some((_servers, server, user, mut postman)) = begin().await else { return };
    postman.deliver("INBOX", "\\Seen", NOVEMBER, mail(1).as_bytes()).await;
    let memory = Arc::default();
    let mut bench = open(&server.keys(&user), &memory).await;
    let (received, receipt) = bench.next().await;
    let envelope = &received.envelope;
    assert_eq!(envelope.channel, Channel::Mailbox);
    assert_eq!(received.raw, mail(1), "exactly as it came, though somebody had opened it");
    assert_eq!(envelope.source_key.door, "mailbox:notices");
    assert!(envelope.source_key.key.starts_with("mid:1@hyra.example:"));
    assert_eq!(envelope.received_at.to_string(), "2026-11-20T09:00:00Z");
    assert!(
        matches!(&envelope.reply_to, ReplyTo::Mail { to, .. } if to.reveal() == "testa@hyra.example")
    );
    let occurrence = envelope.occurrence.clone().unwrap();
    assert!(occurrence.starts_with("INBOX;UIDVALIDITY=") && occurrence.ends_with("/;UID=1"));
    bench.settle(receipt, Settlement::Released).await;
    let (again, receipt) = bench.next().await;
    assert_eq!(again.envelope.occurrence, Some(occurrence));
    assert_eq!(ids(&mut postman, "INBOX", 1).await, ["1@hyra.example"]);
    bench.settle(receipt, Settlement::Accepted(answer(1))).await;
    assert!(postman.lying("INBOX").await.is_empty());
    let done = postman.lying("Kvittens.Done").await;
    assert_eq!(done[0].flags, ["\\SEEN"]);
    // Told at once by the server, not found by a look.
    postman.deliver("INBOX", "", "", mail(2).as_bytes()).await;
    let second = bench.accept().await;
    assert_eq!(second.raw, mail(2));
    postman.deliver("INBOX", "\\Flagged \\Answered", NOVEMBER, mail(3).as_bytes()).await;
    assert_eq!(bench.accept().await.raw, mail(3));
    assert_eq!(ids(&mut postman, "Kvittens.Done", 3).await.len(), 3);
    let unseen = postman.lying("Kvittens.Done").await.remove(1);
    assert_eq!(unseen.flags, [""; 0], "fetching marks nothing");
}

#[tokio::test]
async fn a_mail_may_stay_and_bear_a_flag_instead() {
    let Some((_servers, server, user, mut postman)) = begin().await else { return };
    for (number, flag) in [(1, "kvittens"), (2, "\\Seen")] {
        let keys = format!("{}after = \"flag\"\nflag = '{flag}'\n", server.keys(&user));
        postman.deliver("INBOX", "\\Seen", "", mail(number).as_bytes()).await;
        let memory: Arc<Memory> = Arc::default();
        let known = postman.lying("INBOX").await;
        let mut bench = open(&keys, &memory).await;
        loop {
            let received = bench.accept().await;
            memory.remember(received.envelope.occurrence.as_ref());
            if received.raw == mail(number) {
                break;
            }
        }
        bench.go_on().await;
        assert!(bench.got.is_empty(), "taken once");
        let lying = postman.lying("INBOX").await;
        assert_eq!(lying.len(), known.len());
        assert!(lying.iter().all(|it| it.flags.contains(&flag.to_uppercase())), "{lying:?}");
        drop(bench);
        let mut again = open(&keys, &memory).await;
        again.go_on().await;
        assert!(again.got.is_empty(), "nor after a restart");
    }
}

#[tokio::test]
async fn a_server_that_can_do_little_is_looked_into_and_nobody_elses_mail_is_removed() {
    let Some((_servers, server, user, mut postman)) = begin().await else { return };
    let keys = server.keys(&user).replace("127.0.0.1", "127.0.0.2");
    postman.deliver("INBOX", "", "", mail(1).as_bytes()).await;
    let memory: Arc<Memory> = Arc::default();
    let mut bench = open(&keys, &memory).await;
    memory.remember(bench.accept().await.envelope.occurrence.as_ref());
    postman.deliver("INBOX", "\\Deleted", "", mail(2).as_bytes()).await;
    let second = bench.accept().await;
    assert_eq!(
        second.raw,
        mail(2),
        "somebody marked it before it was taken: it is taken all the same"
    );
    memory.remember(second.envelope.occurrence.as_ref());
    assert_eq!(ids(&mut postman, "Kvittens.Done", 2).await.len(), 2);
    let marked = |lying: &Lying| lying.flags.contains(&"\\DELETED".to_owned());
    let lying = postman.lying("INBOX").await;
    assert!(lying.len() == 2 && lying.iter().all(marked), "{lying:?}");
    drop(bench);
    let mut again = open(&keys, &memory).await;
    again.go_on().await;
    again.go_on().await;
    assert!(again.got.is_empty());
    assert_eq!(ids(&mut postman, "Kvittens.Done", 2).await.len(), 2, "not copied twice");
}

#[tokio::test]
async fn what_was_committed_before_a_crash_is_settled_without_being_fetched_again() {
    let Some((_servers, server, user, mut postman)) = begin().await else { return };
    let memory: Arc<Memory> = Arc::default();
    for number in 1..=40 {
        postman.deliver("INBOX", "", "", mail(number).as_bytes()).await;
    }
    let mut bench = open(&server.keys(&user), &memory).await;
    for _ in 0..30 {
        let (received, receipt) = bench.next().await;
        memory.remember(received.envelope.occurrence.as_ref());
        std::mem::forget(receipt);
    }
    drop(bench);
    let mut again = open(&server.keys(&user), &memory).await;
    for _ in 0..10 {
        let received = again.accept().await;
        memory.remember(received.envelope.occurrence.as_ref());
    }
    assert_eq!(ids(&mut postman, "Kvittens.Done", 40).await.len(), 40);
    again.go_on().await;
    assert!(again.got.is_empty());
}

#[tokio::test]
async fn folders_have_names_in_swedish_and_may_be_numbered_anew() {
    let Some((_servers, server, user, mut postman)) = begin().await else { return };
    let (arenden, ovrigt) = ("&AMQ-renden", "&ANY-vrigt.Vr&AOU-k");
    postman.ask(&format!("CREATE {arenden}")).await;
    postman.ask(&format!("CREATE {ovrigt}")).await;
    let keys = format!(
        "{}folders = [\"Ärenden\", \"Övrigt/Vråk\"]\ndone_folder = \"Åtgärdat\"\n",
        server.keys(&user)
    );
    let memory: Arc<Memory> = Arc::default();
    let mut bench = open(&keys, &memory).await;
    postman.deliver(arenden, "", "", mail(1).as_bytes()).await;
    let first = bench.accept().await;
    postman.deliver(ovrigt, "", "", mail(1).as_bytes()).await;
    let same = bench.accept().await;
    assert_eq!(
        first.envelope.source_key, same.envelope.source_key,
        "one mail, however often it lies there"
    );
    assert_ne!(first.envelope.occurrence, same.envelope.occurrence);
    assert_eq!(ids(&mut postman, "&AMU-tg&AOQ-rdat", 2).await.len(), 2);
    memory.remember(first.envelope.occurrence.as_ref());
    // Another folder under the same name: its numbers begin anew and mean other mails.
    postman.ask(&format!("DELETE {arenden}")).await;
    postman.ask(&format!("CREATE {arenden}")).await;
    postman.deliver(arenden, "", "", mail(2).as_bytes()).await;
    let anew = bench.accept().await;
    assert_eq!(anew.raw, mail(2));
    assert!(anew.envelope.occurrence.as_ref().unwrap().ends_with("/;UID=1"));
    assert_ne!(anew.envelope.occurrence, first.envelope.occurrence);
}

#[tokio::test]
async fn a_mail_beyond_the_limit_is_told_of_and_kept_for_a_person() {
    let Some((_servers, server, user, mut postman)) = begin().await else { return };
    let large = |body: &str| format!("{}{}", mail(1), body.repeat(30_000));
    postman.deliver("INBOX", "", "", large("x").as_bytes()).await;
    postman.deliver("INBOX", "", "", large("y").as_bytes()).await;
    postman.deliver("INBOX", "", "", mail(2).as_bytes()).await;
    let mut bench = open(&server.keys(&user), &Arc::default()).await;
    let (first, second) = (bench.accept().await, bench.accept().await);
    assert_eq!(bench.accept().await.raw, mail(2));
    let raw = String::from_utf8(first.raw.to_vec()).unwrap();
    assert!(raw.len() < 1_000 && raw.contains("message larger than the limit"), "{raw}");
    assert!(matches!(first.envelope.reply_to, ReplyTo::Mail { .. }));
    assert_ne!(first.envelope.source_key, second.envelope.source_key, "the whole mail counts");
    assert_eq!(ids(&mut postman, "Kvittens.Failed", 2).await.len(), 2);
    let kept = postman.lying("Kvittens.Failed").await;
    assert!(kept.iter().all(|lying| lying.flags == ["\\FLAGGED"]), "{kept:?}");
    assert_eq!(ids(&mut postman, "Kvittens.Done", 1).await, ["2@hyra.example"]);
}

#[tokio::test]
async fn a_mail_that_somebody_moved_meanwhile_is_no_error() {
    let Some((_servers, server, user, mut postman)) = begin().await else { return };
    postman.ask("CREATE Elsewhere").await;
    for number in 1..=3 {
        postman.deliver("INBOX", "", "", mail(number).as_bytes()).await;
    }
    let mut bench = open(&server.keys(&user), &Arc::default()).await;
    let (_, first) = bench.next().await;
    let (_, second) = bench.next().await;
    postman.ask("SELECT INBOX").await;
    postman.ask("UID MOVE 1 Elsewhere").await;
    postman.ask("UNSELECT").await;
    bench.settle(first, Settlement::Accepted(answer(1))).await;
    bench.settle(second, Settlement::Accepted(answer(2))).await;
    bench.accept().await;
    assert_eq!(ids(&mut postman, "Kvittens.Done", 2).await, ["2@hyra.example", "3@hyra.example"]);
    assert_eq!(ids(&mut postman, "Elsewhere", 1).await, ["1@hyra.example"]);
    // And back again: it is a delivery of its own, which the store will recognise.
    postman.ask("SELECT Elsewhere").await;
    postman.ask("UID MOVE 1 INBOX").await;
    assert_eq!(bench.accept().await.raw, mail(1));
}
