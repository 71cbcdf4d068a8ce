//! Names the responsible caseworker of each confirmation to Kronofogden, and sends it: the same day, by law (SFS 2025:468 11 kap. 3 §).
//!
//! A confirmation is outstanding from the commit of its notice on, whether or not anyone could read the rest of it. After each commit, and once a second, all that wait are
//! looked at: who is on duty is named, the text is rendered, and its job is made, in one transaction. A process that dies leaves it to be named
//! again. Where nobody can be named it waits, says why, and goes the moment somebody is entered; where a way has failed for good, the next one is
//! tried.

use crate::acknowledge::config::ConfirmationWay;
use crate::acknowledge::confirmation;
use crate::acknowledge::confirmation::Replaced;
use crate::domain::acknowledgement::Recipient;
use crate::domain::acknowledgement::Way;
use crate::domain::caseworker::Caseworker;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeType;
use crate::domain::standing::HELD;
use crate::domain::switch::Switch;
use crate::pipeline::Shared;
use crate::pipeline::compose;
use crate::pipeline::compose::planned_acknowledgement;
use crate::pipeline::compose::rendering;
use crate::pipeline::responsible::Concerned;
use crate::pipeline::responsible::Responsible;
use crate::store::Action;
use crate::store::Awaiting;
use crate::store::Confirm;
use crate::store::ConfirmationChange;
use crate::store::StoreError;
use crate::telemetry;
use jiff::SignedDuration;
use jiff::Timestamp;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Between two looks.
const PAUSE: Duration = Duration::from_secs(1);

/// Between a call and the look that follows it: under load many calls are one.
const BREATH: Duration = Duration::from_millis(50);

/// So long before the end of the day nothing is left to the feed alone where there is another way.
const LAST_CHANCE: SignedDuration = SignedDuration::from_mins(30);

/// What a receiver that is called so late has to fetch it, at most.
const TIME_TO_FETCH: SignedDuration = SignedDuration::from_mins(1);

/// Nobody is on duty, today or on the next working day, and no deputy stands in.
pub const NO_CASEWORKER: &str = "noCaseworker";

/// No way to Kronofogden is configured, or all have failed.
pub const NO_WAY: &str = "noWay";

/// Names and sends until told to stop.
pub async fn run(shared: Shared, responsible: Responsible, stop: CancellationToken) {
    while !stop.is_cancelled() {
        // Subscribed before looking: what is committed while we look is not missed.
        let calls = shared.store.calls();
        let called = calls.notified();
        tokio::pin!(called);
        called.as_mut().enable();
        let looked = async {
            leave_what_is_not_fetched(&shared).await?;
            name_all(&shared, &responsible).await
        };
        if let Err(error) = looked.await {
            tracing::error!(%error, "confirmations to Kronofogden could not be named; they are looked at again");
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = async { called.await; tokio::time::sleep(BREATH).await } => {}
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
}

/// What Kronofogden's system was called about and has not fetched goes by the next way half an hour before the day ends: the call itself names nobody.
async fn leave_what_is_not_fetched(shared: &Shared) -> Result<(), StoreError> {
    let authority = &shared.acknowledge.enforcement_authority;
    if !authority.ways.contains(&ConfirmationWay::Webhook) {
        return Ok(());
    }
    let now = shared.clock.now();
    let due_by = now.saturating_add(LAST_CHANCE).unwrap_or(now);
    let patience = authority.feed_within.min(TIME_TO_FETCH);
    for called in shared.store.called_only(due_by).await? {
        let had_time = now.duration_since(called.called_at) >= patience;
        if had_time && has_another(shared, called.kind, Way::Webhook) {
            let change = ConfirmationChange::NotFetched(called.key);
            // Refused when it was fetched meanwhile.
            drop(shared.store.act(Action::Confirmation(change)).await?);
        }
    }
    Ok(())
}

async fn name_all(shared: &Shared, responsible: &Responsible) -> Result<(), StoreError> {
    for waits in shared.store.awaiting_confirmations().await? {
        let action = match decide(shared, responsible, &waits).await {
            Decided::Goes(caseworker, way) => {
                let replaces = match corrected(shared, &waits).await? {
                    None => replaced(shared, &waits).await?,
                    corrected => corrected,
                };
                write(shared, &waits, (caseworker, way), replaces.as_ref())
            }
            Decided::Waits(action) => action,
        };
        telemetry::kill_point("after_naming_before_commit");
        if let Some(action) = action {
            // Refused when another process was quicker.
            drop(shared.store.act(action).await?);
        }
    }
    Ok(())
}

/// What becomes of one that waits.
enum Decided {
    /// It goes, naming somebody, by a way.
    Goes(Caseworker, ConfirmationWay),
    /// It waits on; what is done about that, which is nothing when nothing has changed.
    Waits(Option<Action>),
}

/// Who is named in one that waits, and by what way it goes.
async fn decide(shared: &Shared, responsible: &Responsible, waits: &Awaiting) -> Decided {
    let now = shared.clock.now();
    if waits.held_until.is_some_and(|until| now < until) {
        return Decided::Waits(because(waits, HELD));
    }
    let way = next_way(shared, waits.notice.kind, waits.way);
    let named = match &waits.caseworker {
        Some(named) => Some(named.clone()),
        // Nobody is asked for what cannot go.
        None if way.is_none() => responsible.on_duty(&waits.unit),
        None => {
            let (notice, on) = (&waits.notice, shared.local_time.day_of(now));
            let least = shared.profile.reading.map(|least| least.identity);
            let (reference, unit) = (&waits.reference, waits.unit.as_str());
            responsible.named(Concerned { reference, notice, unit, on, least }).await
        }
    };
    match (named, way) {
        (Some(caseworker), Some(way)) => Decided::Goes(caseworker, way),
        (Some(_), None) => Decided::Waits(because(waits, NO_WAY)),
        (None, _) => Decided::Waits(because(waits, NO_CASEWORKER)),
    }
}

/// The time and the case number that Kronofogden was told before a person corrected them.
async fn corrected(shared: &Shared, waits: &Awaiting) -> Result<Option<Replaced>, StoreError> {
    if waits.version == 0 || waits.written.is_some() {
        return Ok(None);
    }
    let corrections = shared.store.corrections_of(&waits.reference).await?;
    let told = corrections.into_iter().find(|it| it.confirmation == Some(waits.version.into()));
    let earlier = told.and_then(|it| serde_json::from_str::<Notice>(it.earlier.reveal()).ok());
    let time = |notice: &Notice| notice.enforcement.as_ref().and_then(|it| it.starts_at);
    let case = |notice: &Notice| {
        let number = notice.enforcement.as_ref().and_then(|it| it.case_number.as_ref());
        number.map(|number| number.reveal().to_owned())
    };
    let told = |notice: &Notice| (time(notice), case(notice));
    let earlier = earlier.filter(|earlier| told(earlier) != told(&waits.notice));
    Ok(earlier.map(|earlier| Replaced {
        reference: waits.reference.clone(),
        case_number: case(&earlier).filter(|_| case(&earlier) != case(&waits.notice)),
        starts_at: time(&earlier).map(|at| at.to_string()),
    }))
}

/// The latest earlier notice of the same case of Kronofogden's: a new time takes the place of its time.
async fn replaced(shared: &Shared, waits: &Awaiting) -> Result<Option<Replaced>, StoreError> {
    let Some(case) = compose::case_key(&waits.notice).filter(|_| waits.written.is_none()) else {
        return Ok(None);
    };
    let earlier = shared.store.earlier(&case, &waits.reference).await?;
    Ok(earlier.into_iter().find(|it| it.notice.kind == waits.notice.kind).map(|it| {
        let starts_at = it.notice.enforcement.as_ref().and_then(|it| it.starts_at);
        Replaced {
            reference: it.reference,
            case_number: None,
            starts_at: starts_at.map(|at| at.to_string()),
        }
    }))
}

fn write(
    shared: &Shared,
    waits: &Awaiting,
    (caseworker, way): (Caseworker, ConfirmationWay),
    replaces: Option<&Replaced>,
) -> Option<Action> {
    let (now, kind) = (shared.clock.now(), waits.notice.kind);
    let contact = (shared.contacts)(&waits.board);
    let promised = shared.profile.promises.to(Recipient::EnforcementAuthority, kind);
    let facts = confirmation::Facts {
        reference: &waits.reference,
        version: waits.version,
        notice: &waits.notice,
        received_at: waits.received_at,
        arrival_date: waits.arrival_date,
        due_at: waits.due_at,
        caseworker: &caseworker,
        contact: &contact,
        local_time: &shared.local_time,
        root: &shared.root,
        replaces,
        text: promised.and_then(|promise| promise.text.as_ref()),
        written: waits.written.as_deref(),
    };
    let Some(drawn) = confirmation::plan(&shared.acknowledge, &facts, way, now) else {
        return because(waits, NO_WAY);
    };
    let mut acknowledgement = planned_acknowledgement(drawn.planned);
    if way == ConfirmationWay::Feed {
        // Nothing is sent: what nobody has fetched in time goes by the next way, where there is one.
        acknowledgement.job = !ways_left(shared, kind, Way::Feed).is_empty();
        acknowledgement.wait = patience(shared, acknowledgement.due_at, now);
    }
    let document = rendering(drawn.document);
    let confirm = Confirm { from: waits.way, caseworker, acknowledgement, document };
    Some(Action::Confirmation(ConfirmationChange::Named(Box::new(confirm))))
}

/// How long the feed is waited for: not into the last half hour of the day.
fn patience(shared: &Shared, due_at: Timestamp, now: Timestamp) -> SignedDuration {
    let left = due_at.duration_since(now) - LAST_CHANCE;
    let within = shared.acknowledge.enforcement_authority.feed_within;
    within.min(left).max(SignedDuration::from_secs(1))
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

/// The first way, or one behind what has failed. One that is switched on goes before one in a dry run, and that before one that is off: by such a one
/// nothing goes as long as another is left.
fn next_way(shared: &Shared, kind: NoticeType, tried: Way) -> Option<ConfirmationWay> {
    let left = ways_left(shared, kind, tried);
    let set_to = |to: Switch| left.iter().find(|way| shared.switches.of(way.way()) == to).copied();
    let off = || left.first().filter(|_| tried == Way::Outstanding).copied();
    set_to(Switch::On).or_else(|| set_to(Switch::DryRun)).or_else(off)
}

/// Whether what is tried by this way would go by another one that is switched on: for one in a dry run nothing is left, nor given up.
pub(super) fn has_another(shared: &Shared, kind: NoticeType, tried: Way) -> bool {
    let left = ways_left(shared, kind, tried);
    left.iter().any(|way| shared.switches.of(way.way()) == Switch::On)
}

/// All ways, or those behind what has failed: of those that the profile promises for this type of notice, else of all that are configured.
fn ways_left(shared: &Shared, kind: NoticeType, tried: Way) -> Vec<ConfirmationWay> {
    let configured = &shared.acknowledge.enforcement_authority.ways;
    let promise = shared.profile.promises.to(Recipient::EnforcementAuthority, kind);
    let promised = promise.map(|promise| promise.ways.as_slice()).unwrap_or_default();
    let ways: Vec<ConfirmationWay> = match promised {
        [] => configured.clone(),
        promised => promised
            .iter()
            .filter_map(|way| configured.iter().find(|it| it.way() == *way).copied())
            .collect(),
    };
    match ways.iter().position(|way| way.way() == tried) {
        Some(at) => ways.into_iter().skip(at + 1).collect(),
        None if tried == Way::Outstanding => ways,
        None => Vec::new(),
    }
}
