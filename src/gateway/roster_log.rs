//! Keeps on record what the roster's file holds: a change by other hands too, and one whose process died before it was recorded.

use crate::domain::digest::Digest;
use crate::roster::Roster;
use crate::roster::book::Book;
use crate::store::Action;
use crate::store::RosterChange;
use crate::store::Store;
use jiff::SignedDuration;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Follows the file until told to stop.
pub(super) async fn run(
    book: Book,
    store: Store,
    look_every: SignedDuration,
    stop: CancellationToken,
) {
    if !book.is_kept() {
        return;
    }
    let mut known = None;
    loop {
        known = look(&book, &store, known).await;
        let pause: Duration = look_every.unsigned_abs();
        if stop.run_until_cancelled(tokio::time::sleep(pause)).await.is_none() {
            return;
        }
    }
}

/// What the file held at the last look, if it was on record then.
type Known = Option<(Digest, Option<Roster>)>;

async fn look(book: &Book, store: &Store, known: Known) -> Known {
    let reading = book.clone();
    let read = tokio::task::spawn_blocking(move || reading.on_disk()).await;
    // That it cannot be read is told by who follows the roster.
    let Ok(Ok(Some(disk))) = read else { return known };
    if known.as_ref().is_some_and(|(digest, _)| *digest == disk.digest) {
        return known;
    }
    let roster = book.check(&disk.text);
    let before = known.as_ref().and_then(|(_, roster)| roster.as_ref());
    let what = match (before, &roster) {
        (_, Err(faults)) => format!("faults {}", faults.0.len()),
        (Some(before), Ok(now)) => before.difference(now),
        (None, Ok(_)) => String::new(),
    };
    let found = RosterChange::Found { digest: disk.digest, what };
    match store.act(Action::Roster(found)).await {
        Ok(Ok(())) => Some((disk.digest, roster.ok())),
        Ok(Err(_)) => known,
        Err(error) => {
            tracing::warn!(%error, "that the duty roster changed could not be put on record; it is tried again");
            known
        }
    }
}
