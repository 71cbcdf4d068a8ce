//! Waiting for a condition, with a limit: the only place in the tests that sleeps.

use std::time::Duration;
use std::time::Instant;

/// How often a condition is looked at.
const STEP: Duration = Duration::from_millis(5);

/// Waits until `condition` holds; panics with `what` when it does not within `limit`.
pub(crate) async fn eventually<F, W>(what: &str, limit: Duration, mut condition: F)
where
    F: FnMut() -> W,
    W: Future<Output = bool>,
{
    until(what, limit, || {
        let holds = condition();
        async move { holds.await.then_some(()) }
    })
    .await;
}

/// Waits until `look` finds something and gives it back; panics with `what` when it does not within `limit`.
pub(crate) async fn until<F, W, T>(what: &str, limit: Duration, look: F) -> T
where
    F: FnMut() -> W,
    W: Future<Output = Option<T>>,
{
    match found_within(limit, look).await {
        Some(found) => found,
        None => panic!("not within {limit:?}: {what}"),
    }
}

/// Looks until something is found, or `None` when `limit` has passed. Looks at least once.
pub(crate) async fn found_within<F, W, T>(limit: Duration, mut look: F) -> Option<T>
where
    F: FnMut() -> W,
    W: Future<Output = Option<T>>,
{
    let deadline = Instant::now() + limit;
    loop {
        if let Some(found) = look().await {
            return Some(found);
        }
        if Instant::now() >= deadline {
            return None;
        }
        tokio::time::sleep(STEP).await;
    }
}

/// True when `condition` stays true for the whole of `span` (for "nothing more arrives").
pub(crate) async fn stays<F, W>(span: Duration, mut condition: F) -> bool
where
    F: FnMut() -> W,
    W: Future<Output = bool>,
{
    let broken = found_within(span, || {
        let holds = condition();
        async move { (!holds.await).then_some(()) }
    });
    broken.await.is_none()
}
