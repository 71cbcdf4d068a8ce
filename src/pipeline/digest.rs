//! Joins receipts beyond an address's hourly share into one mail: an hour after the first of them, and before the day ends.

use crate::acknowledge::digest::Entry;
use crate::acknowledge::digest::digest;
use crate::acknowledge::transport::MailAddress;
use crate::domain::reference::Reference;
use crate::pipeline::Shared;
use crate::pipeline::compose::planned_acknowledgement;
use crate::store::Action;
use crate::store::StoreError;
use crate::store::Waiting;
use jiff::SignedDuration;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// So long before midnight nothing waits any more: a receipt is due the same day.
const BEFORE_MIDNIGHT: SignedDuration = SignedDuration::from_mins(30);

/// Receipts in one mail.
const MOST: usize = 500;

/// Makes the digests that are due.
pub(super) async fn compose_due(shared: &Shared) -> Result<(), StoreError> {
    let waiting = shared.store.waiting_for_digest().await?;
    let now = shared.clock.now();
    let mut by_address: BTreeMap<String, Vec<Waiting>> = BTreeMap::new();
    for one in waiting {
        if let Ok(address) = serde_json::from_str::<MailAddress>(&one.address) {
            by_address.entry(address.to.to_lowercase()).or_default().push(one);
        }
    }
    for (to, receipts) in by_address {
        if !receipts.first().is_some_and(|first| due(shared, first.created_at, now)) {
            continue;
        }
        for piece in receipts.chunks(MOST) {
            if let Err(error) = compose(shared, &to, piece, now).await {
                tracing::error!(%error, "could not join the receipts to one address; they wait");
            }
        }
    }
    Ok(())
}

fn due(shared: &Shared, since: Timestamp, now: Timestamp) -> bool {
    let midnight = shared.local_time.end_of(shared.local_time.day_of(now));
    now.duration_since(since) >= shared.acknowledge.digest_after
        || midnight.duration_since(now) <= BEFORE_MIDNIGHT
}

async fn compose(
    shared: &Shared,
    to: &str,
    receipts: &[Waiting],
    now: Timestamp,
) -> Result<(), StoreError> {
    let ring = shared.seal.ring();
    let code = |one: &Waiting| {
        let code = ring.as_ref()?.control_code(&one.message, one.received_at, &one.sha256);
        code.ok().map(|code| code.to_string())
    };
    let entry = |one: &Waiting| Entry {
        reference: one.message.clone(),
        received_at: one.received_at,
        code: code(one),
    };
    let entries: Vec<Entry> = receipts.iter().map(entry).collect();
    let board = receipts.first().map(|first| first.board.as_str()).unwrap_or_default();
    let contact = (shared.contacts)(board);
    let to = (to, shared.check_page.as_deref());
    let planned = digest(&shared.acknowledge, &contact, &shared.local_time, to, &entries, now);
    let Some(planned) = planned else { return Ok(()) };
    let messages: Vec<Reference> = receipts.iter().map(|one| one.message.clone()).collect();
    let digest = Box::new(planned_acknowledgement(planned));
    match shared.store.act(Action::Digest { digest, messages }).await? {
        Ok(()) => tracing::info!(receipts = entries.len(), "receipts were joined into one mail"),
        Err(refused) => tracing::info!(%refused, "another gateway joined these receipts"),
    }
    Ok(())
}
