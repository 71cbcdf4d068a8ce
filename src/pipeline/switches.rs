//! What the ways out are set to, as this process knows it: looked up before anything is sent, and each second.

use crate::domain::acknowledgement::AcknowledgementKey;
use crate::domain::acknowledgement::Way;
use crate::domain::standing::DRY_RUN;
use crate::domain::standing::WAY_OFF;
use crate::domain::switch::Switch;
use crate::store::Action;
use crate::store::Outcome;
use crate::store::Store;
use crate::store::StoreError;
use crate::telemetry;
use jiff::SignedDuration;
use jiff::Timestamp;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::PoisonError;
use std::sync::RwLock;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Between two looks.
const PAUSE: Duration = Duration::from_secs(1);

/// Before what waits for a way that is off is looked at again; switching it on calls sooner.
const LOOK_AGAIN: SignedDuration = SignedDuration::from_mins(1);

/// The switches; cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Switches(Arc<RwLock<HashMap<Way, Switch>>>);

impl FromIterator<(Way, Switch)> for Switches {
    fn from_iter<I: IntoIterator<Item = (Way, Switch)>>(set: I) -> Self {
        Self(Arc::new(RwLock::new(set.into_iter().collect())))
    }
}

impl Switches {
    /// The switches as they are stored.
    ///
    /// # Errors
    /// When the store does not answer: what is switched off must not be sent because nobody knew.
    pub async fn open(store: &Store) -> Result<Self, StoreError> {
        let switches = Self::default();
        switches.look(store).await?;
        Ok(switches)
    }

    /// The switches as they are stored at the moment, for a single look.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn now(store: &Store) -> Result<Self, StoreError> {
        let rows = store.switches().await?;
        Ok(Self::from_iter(rows.into_iter().map(|row| (row.way, row.switch))))
    }

    /// What a way is set to.
    pub fn of(&self, way: Way) -> Switch {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        way.switched_as().and_then(|way| known.get(&way).copied()).unwrap_or_default()
    }

    /// Sets it for this process; it is stored by whoever sets it.
    pub(super) fn set(&self, way: Way, to: Switch) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(way, to);
    }

    /// What becomes of an acknowledgement whose way a person has switched off, or set to a dry run: nothing is sent. `another`: it can take another way.
    pub(super) fn held_back(
        &self,
        key: &AcknowledgementKey,
        attempt: u32,
        another: bool,
        now: Timestamp,
    ) -> Option<Outcome> {
        let key = key.clone();
        let failed =
            |key, reason: &str| Outcome::SendFailed { key, attempt, reason: reason.to_owned() };
        match self.of(key.way) {
            Switch::On => None,
            Switch::DryRun => Some(failed(key, DRY_RUN)),
            Switch::Off if another => Some(failed(key, WAY_OFF)),
            Switch::Off => {
                let at = now.saturating_add(LOOK_AGAIN).unwrap_or(now);
                Some(Outcome::HeldBack { key, attempt, at, reason: WAY_OFF })
            }
        }
    }

    /// Looks each second until told to stop; while the store does not answer, what was known last holds.
    pub async fn follow(self, store: Store, stop: CancellationToken) {
        while stop.run_until_cancelled(tokio::time::sleep(PAUSE)).await.is_some() {
            let looked = async {
                if self.look(&store).await? {
                    drop(store.act(Action::WakeHeldBack).await?);
                }
                Ok::<_, StoreError>(())
            };
            if let Err(error) = looked.await {
                tracing::error!(%error, "could not look what the ways out are set to");
            }
        }
    }

    /// Whether one was switched on.
    async fn look(&self, store: &Store) -> Result<bool, StoreError> {
        let rows = store.switches().await?;
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let mut on_again = false;
        for row in rows {
            let held_back = f64::from(u8::from(row.switch != Switch::On));
            metrics::gauge!(telemetry::WAY_HELD_BACK, "way" => row.way.as_str()).set(held_back);
            let before = known.insert(row.way, row.switch).unwrap_or_default();
            if before != row.switch {
                let (way, to) = (row.way.as_str(), row.switch.as_str());
                tracing::warn!(way, to, "a way out was switched");
                on_again |= row.switch == Switch::On;
            }
        }
        Ok(on_again)
    }
}
