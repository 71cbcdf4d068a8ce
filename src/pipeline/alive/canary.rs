//! Canaries: the gateway sends itself a message through each door and waits for it to come out, acknowledged.
//!
//! What is measured is the time from sending until every receipt of the message is in its last state: a receipt file written, a request
//! answered. A canary by mail has walked the way out and the way in itself; its receipt would go to our own address and is
//! suppressed by the rule that we never answer ourselves, so its way ends when that is on record. None of them becomes a case.

use crate::pipeline::Shared;
use crate::pipeline::alive::Watched;
use crate::pipeline::alive::Watching;
use crate::pipeline::alive::Way;
use crate::pipeline::alive::mark::Token;
use crate::pulse;
use crate::pulse::Canary;
use crate::store::Action;
use crate::store::CameOut;
use crate::store::CanaryChange;
use crate::telemetry;
use jiff::SignedDuration;
use serde::Deserialize;
use std::path::PathBuf;
use std::time::Duration;
use tokio::time::Instant;

/// Between two questions whether one has come out.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// `[operations.canary]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// How often each door gets one; none is sent when absent.
    pub every: Option<SignedDuration>,
    /// How long one may take to come out.
    pub within: SignedDuration,
    /// The doors that get one, by their names; all when empty.
    pub doors: Vec<String>,
}

impl Default for Config {
    fn default() -> Self {
        Self { every: None, within: SignedDuration::from_mins(5), doors: Vec::new() }
    }
}

impl Config {
    /// Whether this door gets any.
    pub fn wants(&self, door: &str) -> bool {
        self.every.is_some() && (self.doors.is_empty() || self.doors.iter().any(|one| one == door))
    }

    /// All faults, each with its key and what is wrong with it.
    pub fn faults(&self) -> Vec<(&'static str, &'static str)> {
        let second = SignedDuration::from_secs(1);
        let every = self.every.unwrap_or(second);
        [
            (every < second, "operations.canary.every", "must be at least one second"),
            (self.within < second, "operations.canary.within", "must be at least one second"),
        ]
        .into_iter()
        .filter_map(|(wrong, key, what)| wrong.then_some((key, what)))
        .collect()
    }
}

/// A canary under way.
struct Sent {
    token: Token,
    file: Option<PathBuf>,
}

/// Sends to each door in its rhythm.
pub(super) async fn run(shared: &Shared, watching: &Watching) {
    let Some(every) = watching.canary.every else { return };
    let sending = watching.doors.iter().filter_map(|watched| {
        let way = watched.way.as_ref().filter(|_| watching.canary.wants(&watched.door))?;
        Some(rhythm(shared, watching, watched, way, every.unsigned_abs()))
    });
    futures::future::join_all(sending).await;
}

async fn rhythm(
    shared: &Shared,
    watching: &Watching,
    watched: &Watched,
    way: &Way,
    every: Duration,
) {
    let mut under_way = None;
    let mut ticks = tokio::time::interval(every);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let came = round(shared, watching, watched, way, &mut under_way).await;
        note(shared, &watched.door, came);
    }
}

/// Sends one, unless the last one's file still lies untaken, and waits for it to come out.
async fn round(
    shared: &Shared,
    watching: &Watching,
    watched: &Watched,
    way: &Way,
    under_way: &mut Option<Sent>,
) -> Option<CameOut> {
    let untaken = under_way.take().filter(|sent| sent.file.as_ref().is_some_and(|at| at.exists()));
    let sent = match untaken {
        Some(sent) => sent,
        None => send(shared, watching, watched, way).await?,
    };
    let until = Instant::now() + watching.canary.within.unsigned_abs();
    let token = sent.token.digest();
    *under_way = Some(sent);
    loop {
        match shared.store.canary(&token).await {
            Ok(Some(came)) => {
                *under_way = None;
                return Some(came);
            }
            Ok(None) => {}
            Err(error) => tracing::debug!(%error, "could not ask for a canary"),
        }
        if Instant::now() >= until {
            return None;
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

async fn send(shared: &Shared, watching: &Watching, watched: &Watched, way: &Way) -> Option<Sent> {
    let (token, door) = (Token::draw(), watched.door.clone());
    let known = CanaryChange::Sent { token: token.digest(), door: door.clone() };
    if let Err(error) = shared.store.act(Action::Canary(known)).await {
        tracing::debug!(%error, door, "could not note a canary");
        return None;
    }
    match way.send(watching, &token, shared.clock.now()).await {
        Ok(file) => Some(Sent { token, file }),
        Err(error) => {
            pulse::board().failed(&door, "send a canary");
            let error = format!("{:#}", anyhow::Error::from(error));
            tracing::debug!(door, error, "could not send a canary");
            None
        }
    }
}

/// Puts on the board what became of one; an alarm is told once when it begins and once when it ends.
fn note(shared: &Shared, door: &str, came: Option<CameOut>) {
    let now = shared.clock.now();
    let before = pulse::board().canary_of(door).unwrap_or_default();
    let canary = match came {
        Some(came) => {
            Canary { last_success_at: Some(now), took: Some(came.took), failing_since: None }
        }
        None => Canary { failing_since: before.failing_since.or(Some(now)), ..before },
    };
    let label = door.to_owned();
    if let Some(came) = came {
        metrics::gauge!(telemetry::CANARY_LAST_SUCCESS, "door" => label.clone())
            .set(now.as_second() as f64);
        metrics::gauge!(telemetry::CANARY_SECONDS, "door" => label.clone())
            .set(came.took.as_secs_f64());
    }
    metrics::gauge!(telemetry::CANARY_FAILING, "door" => label)
        .set(f64::from(u8::from(canary.failing_since.is_some())));
    match (pulse::board().canary(door, canary), canary.failing_since) {
        (true, Some(_)) => tracing::error!(
            door,
            "a canary did not come out in time: notices by this door may not come in, or are not acknowledged"
        ),
        (true, None) => tracing::info!(door, "canaries come out again"),
        (false, _) => {}
    }
}
