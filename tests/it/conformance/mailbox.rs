//! A mailbox on a mail server, as the suite knocks at it.

use super::LIMIT;
use super::door::Door;
use super::door::Told;
use super::door::mail_with;
use super::house::House;
use super::house::MAX_BYTES;
use crate::support::imap::MailServer;
use crate::support::imap::Postman;
use crate::support::servers::Servers;
use crate::support::wait;

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
