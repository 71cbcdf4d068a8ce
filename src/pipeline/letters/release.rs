//! Releases copies to persons: what passes the gates leaves by itself, what a person approves leaves by it, and what one way could not deliver goes the
//! next with the same letters.
//!
//! A copy is outstanding from the commit of its notice on. Once somebody is named to Kronofogden, the named sources are asked about protected identity
//! and the gates judge; letters, acknowledgement and job are committed in one transaction. Where a gate is shut the copy waits and says
//! why, and is judged again from time to time: a source may answer, a person may have compared the notice. An offer of help goes the same way; it names nobody to
//! Kronofogden, and stays unsent when the reason for it is gone ([`crate::pipeline::letters::needless`]).

use crate::domain::acknowledgement::Purpose;
use crate::domain::acknowledgement::Way;
use crate::domain::copy_reason::DRY_RUN;
use crate::domain::copy_reason::NO_CASEWORKER;
use crate::domain::copy_reason::NO_WAY;
use crate::domain::copy_reason::NOT_CONFIRMED;
use crate::domain::copy_reason::PROTECTED;
use crate::pipeline::Shared;
use crate::pipeline::copying;
use crate::pipeline::letters::approve;
use crate::pipeline::letters::approve::Writer;
use crate::pipeline::letters::config::LetterWay;
use crate::pipeline::letters::gates;
use crate::pipeline::letters::judging;
use crate::pipeline::letters::needless::Need;
use crate::pipeline::letters::office::Office;
use crate::pipeline::letters::office::tried;
use crate::pipeline::letters::standing;
use crate::store::Action;
use crate::store::CopyChange;
use crate::store::CopyWaiting;
use crate::store::NewAcknowledgement;
use crate::store::Protection;
use crate::store::StoreError;
use crate::telemetry;
use jiff::SignedDuration;
use jiff::Timestamp;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Between two looks.
const PAUSE: Duration = Duration::from_secs(1);

/// Before a copy that waits for a person is judged again; sooner where a source did not answer.
const AGAIN: SignedDuration = SignedDuration::from_secs(60);
const AGAIN_UNKNOWN: SignedDuration = SignedDuration::from_secs(15);

/// So long before the day's post is fetched, or the day ends, a copy waits no longer for the confirmation that it is a copy of.
const LAST_CHANCE: SignedDuration = SignedDuration::from_mins(30);

/// A change of caseworker is told within this time, or not at all.
const CHANGED_WITHIN: SignedDuration = SignedDuration::from_hours(48);

/// Releases until told to stop.
pub async fn run(shared: Shared, office: Arc<Office>, stop: CancellationToken) {
    let mut desk = Desk { shared, office, judged: HashMap::new() };
    while stop.run_until_cancelled(tokio::time::sleep(PAUSE)).await.is_some() {
        let looking = desk.look();
        let Some(looked) = stop.run_until_cancelled(looking).await else { return };
        if let Err(error) = looked {
            tracing::error!(%error, "copies to persons could not be looked at; they are looked at again");
        }
    }
}

struct Desk {
    shared: Shared,
    office: Arc<Office>,
    /// When a copy that waits is judged again.
    judged: HashMap<String, Timestamp>,
}

impl Desk {
    async fn look(&mut self) -> Result<(), StoreError> {
        let copies = self.shared.store.copies_to_release().await?;
        let now = self.shared.clock.now();
        self.judged.retain(|_, until| *until > now);
        for copy in copies {
            if let Err(error) = self.one(&copy, now).await {
                let reference = &copy.reference;
                tracing::error!(%error, %reference, "a copy to a person could not be looked at; it is looked at again");
                self.not_before(&copy, now, AGAIN_UNKNOWN);
            }
        }
        if self.office.config.on_change { self.changed(now).await } else { Ok(()) }
    }

    /// One copy; what goes wrong with it holds up no other.
    async fn one(&mut self, copy: &CopyWaiting, now: Timestamp) -> Result<(), StoreError> {
        if self.judged.contains_key(&name(copy)) {
            return Ok(());
        }
        let change = match copy.way {
            Way::Outstanding => self.waiting(copy, now).await?,
            Way::Print
            | Way::Service
            | Way::Api
            | Way::Mail
            | Way::Files
            | Way::Folder
            | Way::Sftp
            | Way::Feed
            | Way::Webhook
            | Way::Digest => self.failed(copy, now).await?,
        };
        telemetry::kill_point("after_judging_before_commit");
        if let Some(change) = change {
            // Refused when another process, or a person, was quicker.
            drop(self.shared.store.act(Action::Copy(change)).await?);
        }
        Ok(())
    }

    /// A copy is not judged again before so long.
    fn not_before(&mut self, copy: &CopyWaiting, now: Timestamp, pause: SignedDuration) {
        self.judged.insert(name(copy), now.saturating_add(pause).unwrap_or(now));
    }

    /// What is done about a copy that nothing is made of; nothing when nothing has changed.
    async fn waiting(
        &mut self,
        copy: &CopyWaiting,
        now: Timestamp,
    ) -> Result<Option<CopyChange>, StoreError> {
        let offer = copy.purpose == Purpose::Offer;
        if copy.caseworker.is_none() && !offer {
            return Ok(because(copy, NO_CASEWORKER));
        }
        let must_wait = !offer && !copy.confirmed && !self.is_last_chance(copy, now);
        if must_wait && now.duration_since(copy.received_at) < AGAIN {
            return Ok(None);
        }
        let need = judging::need(&self.shared, copy).await?;
        if let Need::Gone(why) = need {
            return Ok(Some(not_sent(copy, why)));
        }
        let (verdict, asked) = judging::judge((&self.shared, &self.office), copy, need).await?;
        let soon = asked.answer == Protection::Unknown || must_wait;
        self.not_before(copy, now, if soon { AGAIN_UNKNOWN } else { AGAIN });
        if let Some(reason) = verdict.reason() {
            return Ok(because(copy, &reason));
        }
        if must_wait {
            return Ok(because(copy, NOT_CONFIRMED));
        }
        let (shared, office) = (&self.shared, &*self.office);
        let served = standing::served(&shared.store, copy).await?;
        let at = (now, &shared.local_time);
        let Some(way) = self.office.first_way(at, &shared.switches, &served.ways()) else {
            return Ok(because(copy, NO_WAY));
        };
        let contact = (shared.contacts)(&copy.board);
        let writer = Writer { contact: &contact, local_time: &shared.local_time, now };
        Ok(match approve::written(&shared.store, copy, office, &writer).await? {
            Some(Ok((version, letters))) => {
                let about = (&copy.reference, copy.purpose, version);
                let by = (way, &office.config);
                let new = copying::acknowledgement(about, &letters, by, Vec::new());
                new.map(|new| CopyChange::Released(Box::new(new)))
            }
            Some(Err(refused)) => because(copy, refused.code()),
            None => None,
        })
    }

    /// Whether a copy cannot wait any longer for the confirmation that it is a copy of: the day's post is about to be fetched, or the day about to end.
    fn is_last_chance(&self, copy: &CopyWaiting, now: Timestamp) -> bool {
        let (local_time, switches) = (&self.shared.local_time, &self.shared.switches);
        let way = self.office.first_way((now, local_time), switches, &[]);
        let day = local_time.day_of(now);
        let post = self.office.cutoffs(local_time).last_of(day).filter(|last| now <= *last);
        let post = post.filter(|_| way == Some(LetterWay::Print));
        let last = post.unwrap_or(copy.due_at).min(copy.due_at);
        last.duration_since(now) <= LAST_CHANCE
    }

    /// A way has failed for good: the next takes what was not delivered. It was approved or passed the gates once; only protection is asked anew. What
    /// was made in a dry run, and what may still be delivered, is left to a person.
    async fn failed(
        &mut self,
        copy: &CopyWaiting,
        now: Timestamp,
    ) -> Result<Option<CopyChange>, StoreError> {
        let reason = copy.reason.as_deref().unwrap_or_default();
        if let Need::Gone(why) = judging::need(&self.shared, copy).await? {
            // Refused where some of its letters have gone: a person decides about the rest.
            self.not_before(copy, now, AGAIN);
            return Ok(Some(not_sent(copy, why)));
        }
        if reason == DRY_RUN {
            return Ok(None);
        }
        let (address, switches) = (copy.address.as_deref(), &self.shared.switches);
        let way = self.office.next_way(copy.way, address, switches);
        let was_protected = reason == PROTECTED;
        if way.is_none() && !was_protected {
            return Ok(None);
        }
        let from = standing::key(copy);
        let rows = self.shared.store.letters_of(&from).await?;
        if rows.values().any(|row| row.stage.is_under_way()) {
            return Ok(None);
        }
        let Some((left, delivered)) = judging::left_of(copy, rows) else { return Ok(None) };
        let about = (&copy.reference, &copy.notice);
        let asked = approve::ask(&self.shared.store, &self.office.sources, about).await?;
        self.not_before(copy, now, AGAIN_UNKNOWN);
        let waits = |reason: Option<&str>| {
            let of = (&copy.reference, copy.purpose, copy.version);
            let reason = reason.map(str::to_owned);
            NewAcknowledgement { reason, ..copying::outstanding(of, Way::Outstanding) }
        };
        let overtaken = standing::of(&self.shared.store, about).await?.overtaken;
        let newer = gates::Verdict::Person(vec![gates::Doubt::Newer]).reason();
        let next = match (asked.answer, way.filter(|_| !was_protected)) {
            (Protection::Protected, _) => Some(waits(Some(PROTECTED))),
            (Protection::NotProtected | Protection::Unknown, Some(_)) if overtaken => {
                Some(waits(newer.as_deref()))
            }
            (Protection::NotProtected | Protection::Unknown, Some(way)) => {
                let by = (way, &self.office.config);
                let about = (&copy.reference, copy.purpose, copy.version);
                copying::acknowledgement(about, &left, by, tried(copy.way, address))
            }
            // Somebody was protected when it was about to go, and is not now: it is judged from the beginning.
            (Protection::NotProtected | Protection::Unknown, None) => Some(waits(None)),
        };
        let to = next.as_ref().map_or("nothing", |next| next.key.way.as_str());
        tracing::warn!(
            reference = %copy.reference, from = copy.way.as_str(), to, since = %now,
            "letters go another way"
        );
        Ok(next.map(|next| CopyChange::Another { from, delivered, next: Box::new(next) }))
    }

    /// Copies that went out before another caseworker was named.
    async fn changed(&self, now: Timestamp) -> Result<(), StoreError> {
        let since = now.saturating_sub(CHANGED_WITHIN).unwrap_or(Timestamp::MIN);
        for (reference, version) in self.shared.store.copies_outdated(since).await? {
            let due_at = self.shared.local_time.due_same_day(now);
            let change = CopyChange::Anew { reference, version, due_at };
            drop(self.shared.store.act(Action::Copy(change)).await?);
        }
        Ok(())
    }
}

/// By what a copy is remembered.
fn name(copy: &CopyWaiting) -> String {
    format!("{}/{}/{}", copy.reference, copy.way.as_str(), copy.version)
}

/// The reason for an offer of help is gone before it left.
fn not_sent(copy: &CopyWaiting, why: &str) -> CopyChange {
    CopyChange::NotSent { reference: copy.reference.clone(), actor: None, reason: why.to_owned() }
}

fn because(copy: &CopyWaiting, reason: &str) -> Option<CopyChange> {
    (copy.reason.as_deref() != Some(reason)).then(|| CopyChange::Waits {
        reference: copy.reference.clone(),
        version: copy.version,
        reason: reason.to_owned(),
    })
}
