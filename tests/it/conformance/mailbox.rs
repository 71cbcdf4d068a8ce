//! A mailbox on a mail server, as the suite knocks at it.

use super::LIMIT;
use super::door::Door;
use super::door::Told;
use super::door::mail_with;
use super::house::House;
use super::house::MAX_BYTES;
use crate::support::imap::MailServer;
use crate::support::imap::Postman;
use crate::support::servers::Server;
use crate::support::servers::Servers;
use crate::support::wait;
use std::time::Instant;

/// Two mailboxes of one server; the notice is attached to a mail.
pub(super) struct MailboxDoor {
    server: MailServer,
    users: [String; 2],
}

impl MailboxDoor {
    pub(super) fn new(servers: &Servers) -> Self {
        let server = servers.mail();
        Self { users: [server.new_user(), server.new_user()], server }
    }

    async fn deliver(&self, user: &str, name: &str, bytes: &[u8]) {
        let mut postman = Postman::log_in(&self.server, user).await;
        postman.deliver("INBOX", "", "", mail_with(name, bytes).as_bytes()).await;
    }

    async fn offer_to(&self, user: &str, name: &str, bytes: &[u8]) -> Told {
        self.deliver(user, name, bytes).await;
        let mut postman = Postman::log_in(&self.server, user).await;
        let id = format!("{name}@example.org");
        let postman = tokio::sync::Mutex::new(&mut postman);
        let lies = async |folder: &str| {
            let lying = postman.lock().await.lying(folder).await;
            lying.iter().any(|lying| lying.message_id == id)
        };
        wait::eventually("the mail leaves the inbox", LIMIT, || async { !lies("INBOX").await })
            .await;
        let accepted = lies("Kvittens.Done").await || lies("Kvittens.Failed").await;
        Told { accepted, reference: None, text: format!("moved: {accepted}") }
    }
}

#[async_trait::async_trait]
impl Door for MailboxDoor {
    fn name(&self) -> &'static str {
        "mailbox"
    }

    fn intake(&self) -> String {
        let mailbox = |(name, user): (&str, &String)| {
            let keys = self.server.keys(user).trim().replace('\n', ", ");
            format!("{{ name = \"{name}\", {keys}, max_bytes = {MAX_BYTES} }}")
        };
        let mailboxes: Vec<_> = ["one", "two"].into_iter().zip(&self.users).map(mailbox).collect();
        format!("mailbox = [ {} ]", mailboxes.join(", "))
    }

    async fn offer(&self, _house: &House, name: &str, bytes: &[u8]) -> Told {
        self.offer_to(&self.users[0], name, bytes).await
    }

    async fn offer_without_waiting(&self, _house: &House, name: &str, bytes: &[u8]) {
        self.deliver(&self.users[0], name, bytes).await;
    }

    async fn offer_again(&self, house: &House, name: &str, bytes: &[u8]) -> Told {
        self.offer(house, name, bytes).await
    }

    async fn offer_as_another(&self, _house: &House, name: &str, bytes: &[u8]) -> Told {
        self.offer_to(&self.users[1], name, bytes).await
    }

    async fn check_oversize(&self, house: &House, told: &Told) {
        assert!(told.accepted, "{}", told.text);
        assert_eq!(house.states().await, ["needsReview"]);
        let out = house.path("mail-out");
        wait::eventually("it is acknowledged", LIMIT, || async {
            std::fs::read_dir(&out).is_ok_and(|entries| entries.count() == 1)
        })
        .await;
    }
}

/// Told, not judged: the figures of a build for tests on a busy machine mean little by themselves.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_mails_are_taken_in_beside_a_bare_fetch_of_the_same() {
    const MAILS: usize = 1_000;
    let Some(servers) = Servers::shared(&[Server::Imap]).await else { return };
    let door = MailboxDoor::new(&servers);
    let mut postman = Postman::log_in(&door.server, &door.users[0]).await;
    for number in 0..MAILS {
        let name = format!("mail-{number}");
        let mail = mail_with(&name, &super::house::notice(&name));
        postman.deliver("INBOX", "", "", mail.as_bytes()).await;
    }
    let began = Instant::now();
    postman.ask("SELECT INBOX").await;
    let fetched = postman.ask("UID FETCH 1:* (UID BODY.PEEK[])").await;
    assert_eq!(fetched.len(), MAILS);
    let bare = began.elapsed().as_secs_f64();
    postman.ask("UNSELECT").await;
    let began = Instant::now();
    let house = House::open(&door.intake()).await;
    let postman = tokio::sync::Mutex::new(postman);
    let empty = async || {
        postman.lock().await.ask("STATUS INBOX (MESSAGES)").await[0].ends_with("(MESSAGES 0)")
    };
    wait::eventually("all are moved", LIMIT, || async { empty().await }).await;
    let taken = began.elapsed().as_secs_f64();
    let rate = |seconds: f64| MAILS as f64 / seconds;
    println!(
        "mailbox: {:.0} mails a second read, stored and answered; a bare fetch: {:.0}; {:.2} of it",
        rate(taken),
        rate(bare),
        bare / taken
    );
    assert_eq!(house.messages().await, MAILS);
    house.close().await;
}
