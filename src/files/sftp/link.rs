//! The way to one server, kept open: connects when it is needed, again after it broke, and ever more seldom while it cannot.
//!
//! Files are handled on threads that may wait; this is where such a thread waits for the network. Nothing here is repeated by itself: who asked
//! is told that the connection broke, looks how things stand, and decides.

use super::connect::Session;
use super::connect::connect;
use super::error::SftpError;
use super::server::Server;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// The longest pause between two tries to connect.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// The pause after the server refused us: servers lock out those who knock too often.
const REFUSED_PAUSE: Duration = Duration::from_secs(300);
/// Half-written files of ours that are remembered for removal.
const LEFTOVERS: usize = 256;

/// The way to one server. Clones share it.
#[derive(Clone)]
pub struct Link(Arc<Shared>);

struct Shared {
    server: Server,
    runtime: Handle,
    state: tokio::sync::Mutex<State>,
    leftovers: Mutex<Vec<Vec<u8>>>,
    closed: CancellationToken,
}

#[derive(Default)]
struct State {
    session: Option<Arc<Session>>,
    failures: u32,
    /// Not before then, and what went wrong the last time.
    pause: Option<(Instant, String)>,
}

impl Link {
    /// A way that is not yet open. Must be made within the runtime that carries it.
    pub fn new(server: Server) -> Self {
        Self(Arc::new(Shared {
            server,
            runtime: Handle::current(),
            state: tokio::sync::Mutex::default(),
            leftovers: Mutex::default(),
            closed: CancellationToken::new(),
        }))
    }

    /// Ends the connection for good, and every wait for it: what is under way counts as lost.
    pub(super) fn close(&self) {
        self.0.closed.cancel();
    }

    /// Does something over the connection. Blocks: never call it from an async task.
    pub(super) fn run<T>(
        &self,
        work: impl AsyncFnOnce(&Session) -> Result<T, SftpError>,
    ) -> Result<T, SftpError> {
        let closed = self.0.closed.clone();
        self.0.runtime.block_on(async {
            match closed.run_until_cancelled(self.work(work)).await {
                Some(done) => done,
                None => Err(SftpError::Lost),
            }
        })
    }

    async fn work<T>(
        &self,
        work: impl AsyncFnOnce(&Session) -> Result<T, SftpError>,
    ) -> Result<T, SftpError> {
        let session = self.session().await?;
        let done = work(&session).await;
        if done.as_ref().is_err_and(SftpError::ends_connection) {
            self.forget(&session).await;
        }
        done
    }

    /// Remembers a half-written file that could not be removed; it is when there is a connection again.
    pub(super) fn left_over(&self, path: Vec<u8>) {
        let mut leftovers = self.0.leftovers.lock().unwrap_or_else(PoisonError::into_inner);
        if leftovers.len() < LEFTOVERS {
            leftovers.push(path);
        }
    }

    async fn session(&self) -> Result<Arc<Session>, SftpError> {
        let mut state = self.0.state.lock().await;
        if let Some(session) = &state.session {
            if !session.client.has_ended() {
                return Ok(Arc::clone(session));
            }
            state.session = None;
        }
        if let Some((until, why)) = &state.pause
            && Instant::now() < *until
        {
            return Err(SftpError::Waiting(why.clone()));
        }
        match connect(&self.0.server).await {
            Ok(session) => {
                let session = Arc::new(session);
                *state = State { session: Some(Arc::clone(&session)), ..State::default() };
                self.remove_leftovers(&session).await;
                Ok(session)
            }
            Err(error) => {
                state.failures = state.failures.saturating_add(1);
                let pause = match error.needs_a_person() {
                    true => REFUSED_PAUSE,
                    false => pause(state.failures),
                };
                state.pause = Some((Instant::now() + pause, error.to_string()));
                Err(error)
            }
        }
    }

    async fn remove_leftovers(&self, session: &Session) {
        let leftovers = {
            let mut kept = self.0.leftovers.lock().unwrap_or_else(PoisonError::into_inner);
            std::mem::take(&mut *kept)
        };
        for path in leftovers {
            // It has a name that nobody reads; if it stays, it stays.
            session.client.remove(&path).await.ok();
        }
    }

    async fn forget(&self, session: &Arc<Session>) {
        let mut state = self.0.state.lock().await;
        if state.session.as_ref().is_some_and(|current| Arc::ptr_eq(current, session)) {
            state.session = None;
        }
    }
}

/// Half a second, then twice as long each time.
fn pause(failures: u32) -> Duration {
    let doublings = failures.saturating_sub(1).min(16);
    Duration::from_millis(500).saturating_mul(1 << doublings).min(LONGEST_PAUSE)
}

#[cfg(test)]
mod tests {
    use super::LONGEST_PAUSE;
    use super::pause;

    #[test]
    fn pauses_between_tries_grow_up_to_the_longest() {
        let pauses: Vec<_> = (1..9).map(|failures| pause(failures).as_millis()).collect();
        assert_eq!(pauses, [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
        assert_eq!(pause(u32::MAX), LONGEST_PAUSE);
    }
}
