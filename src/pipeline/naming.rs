//! Names the responsible caseworker of each confirmation to Kronofogden, and sends it: the same day, by law (SFS 2025:468 11 kap. 3 §).
//!
//! A confirmation is outstanding from the commit of its notice on, whether or not anyone could read the rest of it. After each commit, and once a second, all that wait are
//! looked at: who is on duty is named, the text is rendered, and its job is made, in one transaction. A process that dies leaves it to be named
//! again. Where nobody can be named it waits, says why, and goes the moment somebody is entered; where a way has failed for good, the next one is
//! tried.

use crate::acknowledge::config::Config;
use crate::acknowledge::config::ConfirmationWay;
use crate::acknowledge::confirmation;
use crate::domain::acknowledgement::Way;
use crate::domain::caseworker::Caseworker;
use crate::pipeline::Shared;
use crate::pipeline::compose::planned_acknowledgement;
use crate::store::Action;
use crate::store::Awaiting;
use crate::store::Confirm;
use crate::store::ConfirmationChange;
use crate::store::StoreError;
use crate::telemetry;
use jiff::Timestamp;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Between two looks.
const PAUSE: Duration = Duration::from_secs(1);

/// Between a call and the look that follows it: under load many calls are one.
const BREATH: Duration = Duration::from_millis(50);

/// Nobody is on duty, today or on the next working day, and no deputy stands in.
pub const NO_CASEWORKER: &str = "noCaseworker";

/// No way to Kronofogden is configured, or all have failed.
pub const NO_WAY: &str = "noWay";

/// Who is named for a unit at an instant: the duty roster of the moment.
pub type OnDuty = Arc<dyn Fn(&str, Timestamp) -> Option<Caseworker> + Send + Sync>;

/// Names and sends until told to stop.
pub async fn run(shared: Shared, on_duty: OnDuty, stop: CancellationToken) {
    while !stop.is_cancelled() {
        // Subscribed before looking: what is committed while we look is not missed.
        let calls = shared.store.calls();
        let called = calls.notified();
        tokio::pin!(called);
        called.as_mut().enable();
        if let Err(error) = name_all(&shared, &on_duty).await {
            tracing::error!(%error, "confirmations to Kronofogden could not be named; they are looked at again");
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = async { called.await; tokio::time::sleep(BREATH).await } => {}
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
}

async fn name_all(shared: &Shared, on_duty: &OnDuty) -> Result<(), StoreError> {
    for waits in shared.store.awaiting_confirmations().await? {
        let action = decide(shared, on_duty, &waits);
        telemetry::kill_point("after_naming_before_commit");
        if let Some(action) = action {
            // Refused when another process was quicker.
            drop(shared.store.act(action).await?);
        }
    }
    Ok(())
}

/// What is done about one that waits; nothing when nothing has changed.
fn decide(shared: &Shared, on_duty: &OnDuty, waits: &Awaiting) -> Option<Action> {
    let now = shared.clock.now();
    let named = waits.caseworker.clone().or_else(|| on_duty(&waits.unit, now));
    let Some(caseworker) = named else { return because(waits, NO_CASEWORKER) };
    let Some(way) = next_way(&shared.acknowledge, waits.way) else { return because(waits, NO_WAY) };
    let contact = (shared.contacts)(&waits.board);
    let facts = confirmation::Facts {
        reference: &waits.reference,
        version: waits.version,
        notice: &waits.notice,
        received_at: waits.received_at,
        arrival_date: waits.arrival_date,
        caseworker: &caseworker,
        contact: &contact,
        local_time: &shared.local_time,
    };
    let Some(planned) = confirmation::plan(&shared.acknowledge, &facts, way, now) else {
        return because(waits, NO_WAY);
    };
    let acknowledgement = planned_acknowledgement(planned);
    let confirm = Confirm { from: waits.way, caseworker, acknowledgement };
    Some(Action::Confirmation(ConfirmationChange::Named(Box::new(confirm))))
}

fn because(waits: &Awaiting, reason: &str) -> Option<Action> {
    let outstanding = waits.way == Way::Outstanding;
    (outstanding && waits.reason.as_deref() != Some(reason)).then(|| {
        Action::Confirmation(ConfirmationChange::Waits {
            reference: waits.reference.clone(),
            version: waits.version,
            reason: reason.to_owned(),
        })
    })
}

/// The first way, or the one behind what has failed.
pub(super) fn next_way(acknowledge: &Config, tried: Way) -> Option<ConfirmationWay> {
    let ways = &acknowledge.enforcement_authority.ways;
    let is = |way: ConfirmationWay| match way {
        ConfirmationWay::Folder => Way::Folder,
        ConfirmationWay::Mail => Way::Mail,
    };
    match ways.iter().position(|way| is(*way) == tried) {
        Some(at) => ways.get(at + 1).copied(),
        None => ways.first().filter(|_| tried == Way::Outstanding).copied(),
    }
}
