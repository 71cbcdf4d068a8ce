//! Finds which earlier notice one belongs to: a supplement, a withdrawal, a new time, what its sender says belongs to an earlier one.
//!
//! It is linked where something certain tells: our reference from the same sender or about the same person, Kronofogden's case number, the sender's own
//! reference, or a sender that has written of that person in one matter only. Anything less is left to a person: the notice's page shows what else is known
//! of the same person. A link changes neither notice; it is made once, before the later one is handed over, and people put it right.
//!
//! A supplement or withdrawal that was read surely, of the same sender as its first notice and proven to be so, then goes on by itself, where the municipality's
//! profile says so. Any other waits for a person: a forged "the debt is paid" could make the municipality stop helping.
//!
//! Two boards of a municipality are two authorities, and neither may know of the other what is secret (OSL 8 kap. 2 §): what came to another board is never
//! found. A withdrawal there that finds nothing goes to a person of that board, as every withdrawal does.

use crate::case_system::BelongsTo;
use crate::case_system::HandOver;
use crate::domain::failure::Failure;
use crate::domain::link::FoundBy;
use crate::domain::link::Relation;
use crate::domain::notice;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeType;
use crate::domain::received::Channel;
use crate::domain::reference::Reference;
use crate::normalize::goes_with_its_first;
use crate::pipeline::Shared;
use crate::pipeline::compose;
use crate::store::Action;
use crate::store::Candidate;
use crate::store::JobKind;
use crate::store::Link;
use crate::store::LinkChange;
use crate::store::Sought;
use crate::store::StoreError;
use jiff::SignedDuration;
use jiff::Timestamp;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Between two looks.
const PAUSE: Duration = Duration::from_secs(1);

/// What was touched so long ago was looked at before: a commit takes no longer.
const BACK: SignedDuration = SignedDuration::from_mins(10);

/// Who links by itself.
const GATEWAY: &str = "gateway";

/// Types that speak of an earlier notice by what they are.
const LATER: [NoticeType; 6] = [
    NoticeType::Supplement,
    NoticeType::Withdrawal,
    NoticeType::EvictionScheduled,
    NoticeType::RemovalScheduled,
    NoticeType::EvictionChanged,
    NoticeType::EvictionExecuted,
];

/// Looks until told to stop: first through everything, then through what was touched.
pub async fn run(shared: Shared, stop: CancellationToken) {
    let mut since = Timestamp::MIN;
    while stop.run_until_cancelled(tokio::time::sleep(PAUSE)).await.is_some() {
        let began = shared.clock.now();
        match look(&shared, since).await {
            Ok(true) => since = began.saturating_sub(BACK).unwrap_or(began),
            Ok(false) => {}
            Err(error) => {
                tracing::error!(%error, "notices could not be linked to earlier ones; they are looked at again");
            }
        }
    }
}

/// Whether all were looked at.
async fn look(shared: &Shared, since: Timestamp) -> Result<bool, StoreError> {
    let found = shared.store.unlinked(since).await?;
    for (reference, notice) in &found {
        link(shared, reference, notice).await?;
    }
    Ok(found.is_empty())
}

/// Where a notice that is about to be handed over belongs; it is looked for now where nobody has.
///
/// # Errors
/// When the database does not answer: the hand-over is tried again.
pub(super) async fn belongs_to(
    shared: &Shared,
    hand_over: &HandOver,
) -> Result<Option<BelongsTo>, Failure> {
    let found = look_up(shared, hand_over).await;
    found.map_err(|error| Failure::Transient(error.to_string()))
}

async fn look_up(shared: &Shared, hand_over: &HandOver) -> Result<Option<BelongsTo>, StoreError> {
    let Ok(notice) = hand_over.notice() else { return Ok(None) };
    if !speaks_of_an_earlier_one(&notice) {
        return Ok(None);
    }
    link(shared, &hand_over.reference, &notice).await?;
    let Some(link) = shared.store.link_of(&hand_over.reference).await? else { return Ok(None) };
    let Link { first, first_case, relation, changed, .. } = link;
    Ok(first.map(|first| BelongsTo { first, case_id: first_case, relation, changed }))
}

fn speaks_of_an_earlier_one(notice: &Notice) -> bool {
    LATER.contains(&notice.kind) || notice.relates_to.is_some()
}

/// Looks where it belongs and keeps what was found, were it nothing. Harmless to repeat.
async fn link(shared: &Shared, reference: &Reference, notice: &Notice) -> Result<(), StoreError> {
    let found = first_of(shared, reference, notice).await?;
    let own = found.as_ref().is_some_and(|(_, earlier)| earlier.same_sender);
    let link = match found {
        Some((by, earlier)) => earlier.joined((reference, notice), (by, GATEWAY)),
        None => {
            let relation = Relation::of(notice.kind, NoticeType::Unknown);
            Link::new(reference.clone(), relation, FoundBy::Nothing, GATEWAY.to_owned())
        }
    };
    // Whoever knows a reference or a case may speak of another's notice; only its own sender takes it back unseen.
    let goes = match link.first {
        Some(_) if own => goes_along(shared, reference, notice).await?,
        Some(_) | None => None,
    };
    // Refused when it is linked already.
    drop(shared.store.act(Action::Link(LinkChange::Found(Box::new(link), goes))).await?);
    Ok(())
}

/// The job by which a notice that waits only for its earlier one goes on, where the municipality lets it and somebody vouches for its sender.
async fn goes_along(
    shared: &Shared,
    reference: &Reference,
    notice: &Notice,
) -> Result<Option<JobKind>, StoreError> {
    let wished = shared.profile.reading.is_some_and(|reading| reading.linked);
    if !wished || !goes_with_its_first(notice) {
        return Ok(None);
    }
    let envelope = shared.store.envelope_of(reference).await?;
    let vouched = envelope.is_some_and(|envelope| match envelope.channel {
        Channel::Api | Channel::Folder | Channel::Sftp => true,
        Channel::Maildir | Channel::Mailbox => envelope.sender.proven(),
    });
    Ok(vouched.then_some(shared.queue_job))
}

/// The latest of the matter that it belongs to, and what told.
async fn first_of(
    shared: &Shared,
    reference: &Reference,
    notice: &Notice,
) -> Result<Option<(FoundBy, Candidate)>, StoreError> {
    let told = notice.relates_to.clone().unwrap_or_default();
    if let Some(written) = &told.reference {
        let written =
            Reference::parse(written).map_or_else(|| written.clone(), |it| it.to_string());
        let mut found = earlier(shared, Sought::Reference(&written), reference).await?;
        // Whoever only knows our reference may still know nothing of the matter.
        found.retain(|it| it.same_sender || shares_a_person(&it.notice, notice));
        narrow(&mut found, notice);
        if let Some(one) = the_one(found) {
            return Ok(Some((FoundBy::Reference, one)));
        }
    }
    for case in cases(notice, &told) {
        let mut found = earlier(shared, Sought::Key(&case), reference).await?;
        narrow(&mut found, notice);
        if let Some(one) = the_one(found) {
            return Ok(Some((FoundBy::CaseNumber, one)));
        }
    }
    if let Some(written) = &told.sender_reference {
        let sought = Sought::SenderReference(written.reveal());
        let mut found = earlier(shared, sought, reference).await?;
        narrow(&mut found, notice);
        if let Some(one) = the_one(found) {
            return Ok(Some((FoundBy::SenderReference, one)));
        }
    }
    if !matches!(notice.kind, NoticeType::Supplement | NoticeType::Withdrawal) {
        return Ok(None);
    }
    let mut found = Vec::new();
    for identity in notice.persons.iter().filter_map(|person| person.identity.as_ref()) {
        let key = identity.search_form();
        found.extend(earlier(shared, Sought::Key(&key), reference).await?);
    }
    found.retain(|it| it.same_sender);
    Ok(the_one(found).map(|one| (FoundBy::Person, one)))
}

/// Those before it, each with the first of its own matter: what came a moment before is linked before it is judged by.
async fn earlier(
    shared: &Shared,
    sought: Sought<'_>,
    reference: &Reference,
) -> Result<Vec<Candidate>, StoreError> {
    let found = shared.store.candidates(sought, reference).await?;
    let open = |it: &&Candidate| it.first.is_none() && speaks_of_an_earlier_one(&it.notice);
    if !found.iter().any(|it| open(&it)) {
        return Ok(found);
    }
    // The oldest first; each looks at still older ones only, so this ends.
    for it in found.iter().rev().filter(open) {
        Box::pin(link(shared, &it.reference, &it.notice)).await?;
    }
    shared.store.candidates(sought, reference).await
}

/// The keys of the cases of Kronofogden's that it speaks of.
fn cases(notice: &Notice, told: &notice::RelatesTo) -> Vec<String> {
    let earlier = told.case_number.as_ref().and_then(compose::key_of_case);
    let mut keys: Vec<String> = compose::case_key(notice).into_iter().chain(earlier).collect();
    keys.dedup();
    keys
}

/// Of several notices of one message or case, those that name one of its persons, where some do.
fn narrow(found: &mut Vec<Candidate>, notice: &Notice) {
    if found.iter().any(|it| shares_a_person(&it.notice, notice)) {
        found.retain(|it| shares_a_person(&it.notice, notice));
    }
}

/// The latest, where all are of one matter.
fn the_one(found: Vec<Candidate>) -> Option<Candidate> {
    let first = |it: &Candidate| it.first.clone().unwrap_or_else(|| it.reference.clone());
    let matter = found.first().map(first)?;
    // The latest comes first: those before it may be the first itself.
    found.iter().all(|it| first(it) == matter).then(|| found.into_iter().next()).flatten()
}

fn shares_a_person(one: &Notice, other: &Notice) -> bool {
    let numbers = |notice: &Notice| -> Vec<String> {
        let known = notice.persons.iter().filter_map(|person| person.identity.as_ref());
        known.map(|identity| identity.search_form()).collect()
    };
    let mine = numbers(one);
    numbers(other).iter().any(|number| mine.contains(number))
}
