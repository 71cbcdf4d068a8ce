//! Who it is that asks: sessions, passwords, and what guesses cost. A session ends by leaving, idling, its greatest age, another password,
//! or when its account is disabled: the account is looked at on every request.

use crate::domain::masked::Masked;
use crate::http::attempts::Attempt;
use crate::http::attempts::Attempts;
use crate::http::caller;
use crate::operations::Desk;
use crate::operations::PageError;
use crate::operations::password;
use crate::operations::roles::Person;
use crate::operations::sessions::ENTERED;
use crate::store::AccountAction;
use crate::store::Action;
use crate::store::User;
use axum::http::HeaderMap;
use jiff::SignedDuration;
use jiff::Timestamp;
use serde::Deserialize;
use serde::Serialize;
use std::net::IpAddr;
use std::net::Ipv4Addr;
use std::sync::Arc;
use tokio::sync::Semaphore;
use tower_sessions::Session;

/// How many passwords are compared at once: each takes 19 MiB and a core for a while.
const COMPARED_AT_ONCE: usize = 2;

/// A session in use is noted this often at most.
const NOTED_EVERY: SignedDuration = SignedDuration::from_secs(30);

/// The rules of the door.
#[derive(Debug)]
pub(super) struct Gate {
    pub(super) desk: Arc<Desk>,
    /// A session unused for so long ends.
    idle: SignedDuration,
    /// A session this old ends.
    life: SignedDuration,
    /// Whose word about the address of a caller is taken.
    proxies: Vec<IpAddr>,
    attempts: Attempts,
    comparing: Semaphore,
}

/// Stands for the address of a session that is there already.
const NOWHERE: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);

/// What a session holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Entered {
    user: String,
    began_at: Timestamp,
    used_at: Timestamp,
    password_set_at: Timestamp,
}

impl Gate {
    /// A door with these rules.
    pub(super) fn new(
        desk: Arc<Desk>,
        (idle, life): (SignedDuration, SignedDuration),
        proxies: Vec<IpAddr>,
    ) -> Self {
        let comparing = Semaphore::new(COMPARED_AT_ONCE);
        Self { desk, idle, life, proxies, attempts: Attempts::default(), comparing }
    }

    /// Who has this session; one that is over is ended.
    pub(super) async fn person(&self, session: &Session) -> Result<Option<Person>, PageError> {
        let Some(mut entered) = session.get::<Entered>(ENTERED).await? else { return Ok(None) };
        let now = self.desk.store.clock().now();
        let user = self.desk.store.user(&entered.user).await?;
        let holds = |user: &User| {
            user.disabled_at.is_none()
                && user.password_set_at == entered.password_set_at
                && now.duration_since(entered.began_at) < self.life
                && now.duration_since(entered.used_at) < self.idle
        };
        let Some(user) = user.filter(holds) else {
            session.flush().await?;
            return Ok(None);
        };
        if now.duration_since(entered.used_at) >= NOTED_EVERY.min(self.idle / 4) {
            entered.used_at = now;
            session.insert(ENTERED, &entered).await?;
        }
        Ok(Some(Person::of(&user)))
    }

    /// The account of a name with its password; the same work is done when there is none.
    pub(super) async fn account(
        &self,
        name: &str,
        typed: Masked,
    ) -> Result<Option<User>, PageError> {
        let user = self.desk.store.user(name).await?.filter(|user| user.disabled_at.is_none());
        let hash = user.as_ref().map(|user| user.password.clone());
        let fits = self.fits(typed, hash).await;
        Ok(user.filter(|_| fits))
    }

    async fn fits(&self, typed: Masked, hash: Option<Masked>) -> bool {
        let long = typed.reveal().len() > password::LONGEST * 4;
        let typed = if long { Masked::default() } else { typed };
        let _permit = self.comparing.acquire().await;
        password::fits(typed, hash).await
    }

    /// Begins an attempt to log in, or tells how many seconds to wait.
    pub(super) fn attempt(&self, name: &str, address: IpAddr) -> Result<Attempt, i64> {
        self.attempts.begin(name, address, self.desk.store.clock().now())
    }

    /// Lets somebody in whose password was right: into the journal first, then a session of its own.
    pub(super) async fn let_in(
        &self,
        session: &Session,
        user: User,
        attempt: &Attempt,
    ) -> Result<(), PageError> {
        let now = self.desk.store.clock().now();
        self.attempts.good(attempt, now);
        let (name, actor) = (user.name.clone(), Person::of(&user).actor());
        let action = AccountAction::LoggedIn { name };
        drop(self.desk.store.act(Action::Account { actor, action }).await?);
        session.cycle_id().await?;
        let entered = Entered {
            user: user.name,
            began_at: now,
            used_at: now,
            password_set_at: user.password_set_at,
        };
        session.insert(ENTERED, &entered).await?;
        Ok(())
    }

    /// Whether this is the password in use of somebody who is logged in. Guesses cost as much as at the door; `None`: later.
    pub(super) async fn knows_password(
        &self,
        name: &str,
        typed: Masked,
    ) -> Result<Option<bool>, PageError> {
        let now = self.desk.store.clock().now();
        let Ok(attempt) = self.attempts.begin(name, NOWHERE, now) else { return Ok(None) };
        let user = self.desk.store.user(name).await?;
        let fits = self.fits(typed, user.map(|user| user.password)).await;
        if fits {
            self.attempts.good(&attempt, now);
        }
        Ok(Some(fits))
    }

    /// The caller's address: what a trusted proxy tells, or the peer's own.
    pub(super) fn caller(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        caller::address(&self.proxies, peer, headers)
    }
}
