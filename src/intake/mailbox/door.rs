//! The door's two halves, and what they share with the tasks that keep its folders.

use super::Config;
use super::Taken;
use super::config::Security;
use super::error::MailboxError;
use super::imap::Begin;
use super::imap::Login;
use super::imap::Server;
use super::imap::Session;
use super::imap::trust;
use super::keeper::Keeper;
use super::occurrence::account;
use crate::clock::Clock;
use crate::domain::masked::Masked;
use crate::domain::received::Received;
use crate::http::oauth::Tokens;
use crate::http::oauth::secret;
use crate::intake::IntakeAdapter;
use crate::intake::IntakeError;
use crate::intake::Receive;
use crate::intake::Settle;
use crate::intake::Settlement;
use crate::intake::in_hand::Hold;
use crate::intake::in_hand::InHand;
use crate::intake::trouble::DeafPlaces;
use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::sync::oneshot;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// How long an orderly stop waits for a mail server: what is not settled then is settled after the next start.
const PARTING: Duration = Duration::from_secs(5);

/// Most messages between a door and the pipeline; as many as may be in hand.
const ARRIVALS: usize = 512;

/// One mailbox.
pub struct MailboxDoor {
    config: Config,
    taken: Arc<dyn Taken>,
    clock: Clock,
    cancel: CancellationToken,
}

impl MailboxDoor {
    /// A door that closes when `cancel` is cancelled.
    pub fn new(
        config: Config,
        taken: Arc<dyn Taken>,
        clock: Clock,
        cancel: CancellationToken,
    ) -> Self {
        Self { config, taken, clock, cancel }
    }
}

impl IntakeAdapter for MailboxDoor {
    type Receipt = MailboxReceipt;
    type Receive = MailboxReceive;
    type Settle = MailboxSettle;

    fn door(&self) -> String {
        self.config.door()
    }

    /// Fails for files that cannot be read only: a server that is away is tried until it is there.
    async fn open(self) -> Result<(MailboxReceive, MailboxSettle), IntakeError> {
        let Self { config, taken, clock, cancel } = self;
        let door = config.door();
        let access = Access::open(&config).map_err(|(key, source)| IntakeError::Setting {
            door: door.clone(),
            key,
            source,
        })?;
        let folders = config.folders.clone();
        let in_hand = InHand::default();
        let mailbox = Arc::new(Mailbox {
            door,
            account: account(&config),
            config,
            access,
            taken,
            clock,
            cancel: cancel.clone(),
            in_hand,
            deaf: DeafPlaces::default(),
        });
        let (handing_over, arrivals) = mpsc::channel(ARRIVALS);
        let mut rounds = Vec::with_capacity(folders.len());
        for (place, folder) in folders.into_iter().enumerate() {
            let (order, orders) = mpsc::unbounded_channel();
            rounds.push(order);
            let mailbox = Arc::clone(&mailbox);
            let keeper = Keeper::new(mailbox, (place, folder), handing_over.clone(), orders);
            tokio::spawn(keeper.run());
        }
        let receive = MailboxReceive { arrivals, cancel: cancel.clone() };
        Ok((receive, MailboxSettle { rounds, cancel }))
    }
}

/// What all keepers of a mailbox share.
pub(super) struct Mailbox {
    pub(super) door: String,
    /// Whose mailbox it is, in the names of its mails.
    pub(super) account: String,
    pub(super) config: Config,
    pub(super) access: Access,
    pub(super) taken: Arc<dyn Taken>,
    pub(super) clock: Clock,
    pub(super) cancel: CancellationToken,
    pub(super) in_hand: InHand,
    pub(super) deaf: DeafPlaces,
}

/// The way into the mailbox.
pub(super) struct Access {
    server: Server,
    credentials: Credentials,
}

enum Credentials {
    Password { username: Masked, password: Masked },
    Tokens { username: Masked, tokens: Box<Tokens> },
}

impl Access {
    /// Reads the files that the configuration names. Fails with the key of one that cannot be used.
    pub(super) fn open(config: &Config) -> Result<Self, (&'static str, io::Error)> {
        let begin = match config.security {
            Security::Tls => Some(Begin::AtOnce),
            Security::Starttls => Some(Begin::AfterStartTls),
            Security::None => None,
        };
        let tls = match begin {
            Some(begin) => {
                let trusted = trust(config.ca_file.as_deref());
                Some((begin, trusted.map_err(|failed| ("ca_file", failed))?))
            }
            None => None,
        };
        let username = Masked::new(config.username.clone());
        let credentials = match &config.oauth {
            Some(oauth) => {
                let tokens = Box::new(Tokens::open(oauth, config.timeout)?);
                Credentials::Tokens { username, tokens }
            }
            None => {
                let password = secret(&config.password, config.password_file.as_deref());
                let password = password.map_err(|failed| ("password_file", failed))?;
                Credentials::Password { username, password: password.unwrap_or_default() }
            }
        };
        let host = config.host.trim_matches(['[', ']']).to_owned();
        let server = Server { host, port: config.port, tls, patience: config.timeout };
        Ok(Self { server, credentials })
    }

    /// A session, and when it should be exchanged for one with a newer token.
    pub(super) async fn session(&self) -> Result<(Session, Option<Instant>), MailboxError> {
        match &self.credentials {
            Credentials::Password { username, password } => {
                let (username, password) = (username.clone(), password.clone());
                let session = self.server.session(&Login::Password { username, password }).await?;
                Ok((session, None))
            }
            Credentials::Tokens { username, tokens } => {
                let (token, until) = tokens.token().await?;
                let login = Login::Token { username: username.clone(), token };
                let session = self.server.session(&login).await.map_err(MailboxError::from);
                if session.as_ref().is_err_and(MailboxError::is_refused_login) {
                    tokens.forget().await;
                }
                Ok((session?, Some(until)))
            }
        }
    }
}

/// What settling a mail needs. Dropping it lets the mail come again.
pub struct MailboxReceipt {
    /// Which of the door's folders.
    pub(super) place: usize,
    pub(super) uid_validity: u32,
    pub(super) uid: u32,
    /// Only a stand-in for it was handed over.
    pub(super) failed: bool,
    pub(super) hold: Hold,
}

impl fmt::Debug for MailboxReceipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MailboxReceipt({}, {}/{})", self.place, self.uid_validity, self.uid)
    }
}

/// Settlements of one folder, and whom to tell when they were tried.
pub(super) struct Round {
    pub(super) settlements: Vec<(MailboxReceipt, Settlement)>,
    pub(super) tried: oneshot::Sender<()>,
}

/// Brings the mails of one mailbox, oldest first in each folder.
pub struct MailboxReceive {
    arrivals: mpsc::Receiver<(Received, MailboxReceipt)>,
    cancel: CancellationToken,
}

impl Receive for MailboxReceive {
    type Receipt = MailboxReceipt;

    async fn receive(&mut self) -> Option<(Received, MailboxReceipt)> {
        tokio::select! {
            biased;
            () = self.cancel.cancelled() => None,
            arrived = self.arrivals.recv() => arrived,
        }
    }
}

/// Moves or flags the mails of one mailbox after the commit.
pub struct MailboxSettle {
    rounds: Vec<mpsc::UnboundedSender<Round>>,
    cancel: CancellationToken,
}

impl Settle for MailboxSettle {
    type Receipt = MailboxReceipt;

    /// Returns when the server was asked, or is known to be away; what it did not do is asked again.
    async fn settle(&mut self, settlements: Vec<(MailboxReceipt, Settlement)>) {
        let mut of_folder: Vec<Vec<_>> = self.rounds.iter().map(|_| Vec::new()).collect();
        for settlement in settlements {
            if let Some(those) = of_folder.get_mut(settlement.0.place) {
                those.push(settlement);
            }
        }
        let mut waiting = Vec::new();
        for (round, settlements) in self.rounds.iter().zip(of_folder) {
            let (tried, done) = oneshot::channel();
            if !settlements.is_empty() && round.send(Round { settlements, tried }).is_ok() {
                waiting.push(done);
            }
        }
        let parting = async {
            self.cancel.cancelled().await;
            tokio::time::sleep(PARTING).await;
        };
        tokio::select! {
            _all = futures::future::join_all(waiting) => {}
            () = parting => {}
        }
    }
}
