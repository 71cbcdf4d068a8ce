//! The mailbox as a door of the kill test: who delivers to it, and what lies in it.

use std::time::Duration;

use jiff::SignedDuration;
use kvittens::clock::Clock;
use tokio::sync::mpsc;
use tokio_util::task::TaskTracker;

use crate::support::imap::MailServer;
use crate::support::imap::Postman;
use crate::support::servers::Servers;

/// A mailbox on the tests' own mail server.
pub(super) struct Mailbox {
    server: MailServer,
    user: String,
}

impl Mailbox {
    pub(super) fn new(servers: &Servers) -> Self {
        let server = servers.mail();
        Self { user: server.new_user(), server }
    }

    /// Its section in the configuration, with short pauses.
    pub(super) fn section(&self) -> String {
        let keys = self.server.keys(&self.user);
        format!("[[intake.mailbox]]\nname = \"mail\"\n{keys}idle_for = \"3s\"\ntimeout = \"2s\"\n")
    }

    /// How many mails lie in the inbox, and the Message-IDs of those that were moved out of it; `None` while the server is away.
    pub(super) async fn look(&self) -> Option<(usize, Vec<String>)> {
        let looking = async {
            let mut postman = Postman::try_log_in(&self.server, &self.user).await.ok()?;
            let left = postman.lying("INBOX").await.len();
            let done = postman.lying("Kvittens.Done").await;
            Some((left, done.into_iter().map(|lying| lying.message_id).collect()))
        };
        tokio::time::timeout(Duration::from_secs(20), looking).await.ok()?
    }

    /// Begins to deliver what is sent, whatever happens to the mail server.
    pub(super) fn post(&self, callers: &TaskTracker) -> Post {
        let (to, mails) = mpsc::unbounded_channel();
        callers.spawn(deliver(self.server.clone(), self.user.clone(), mails));
        Post(to)
    }
}

/// Where mails are put in.
pub(super) struct Post(mpsc::UnboundedSender<(String, String)>);

impl Post {
    /// A mail that reached the mail server so long ago.
    pub(super) fn send(&self, age: Duration, mail: String) {
        let age = SignedDuration::try_from(age).expect("an age");
        let at = (Clock::system().now() - age).strftime("%d-%b-%Y %H:%M:%S +0000").to_string();
        self.0.send((at, mail)).expect("the postman is there");
    }
}

/// One after the other, each until the server has it: after a cut it may have it twice, as with any mail.
async fn deliver(
    server: MailServer,
    user: String,
    mut mails: mpsc::UnboundedReceiver<(String, String)>,
) {
    let mut postman = None;
    while let Some((at, mail)) = mails.recv().await {
        let mut delivered = false;
        while !delivered {
            let attempt = async {
                let mut here = match postman.take() {
                    Some(here) => here,
                    None => Postman::try_log_in(&server, &user).await?,
                };
                here.try_deliver("INBOX", "", &at, mail.as_bytes()).await?;
                Ok::<_, std::io::Error>(here)
            };
            match tokio::time::timeout(Duration::from_secs(3), attempt).await {
                Ok(Ok(here)) => {
                    postman = Some(here);
                    delivered = true;
                }
                // A sender's own pause before it tries again.
                Ok(Err(_)) | Err(_) => tokio::time::sleep(Duration::from_millis(200)).await,
            }
        }
    }
}
