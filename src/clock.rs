//! The one place that asks the time.
//!
//! Everything that needs to know when a notice came or when something is due takes a [`Clock`] or an instant as an argument, so that
//! midnight, the clock change and a leap day can be tried in a test.

use jiff::Timestamp;
use std::sync::Arc;
use std::sync::Mutex;

/// Tells the time, to the microsecond: what both databases keep.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    fixed: Option<Arc<Mutex<Timestamp>>>,
}

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self::default()
    }

    /// A clock that stands still until it is set: for tests and for answering "what if".
    pub fn fixed(at: Timestamp) -> Self {
        Self { fixed: Some(Arc::new(Mutex::new(at))) }
    }

    /// Sets a fixed clock; the machine's own is left alone.
    pub fn set(&self, at: Timestamp) {
        if let Some(Ok(mut now)) = self.fixed.as_ref().map(|fixed| fixed.lock()) {
            *now = at;
        }
    }

    /// Now, in whole microseconds.
    pub fn now(&self) -> Timestamp {
        let now = match self.fixed.as_ref().map(|fixed| fixed.lock()) {
            Some(Ok(now)) => *now,
            Some(Err(poisoned)) => *poisoned.into_inner(),
            None => system_now(),
        };
        Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the one room that may ask the machine")]
fn system_now() -> Timestamp {
    Timestamp::now()
}
