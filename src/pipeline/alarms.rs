//! Warns people while there is still time: what is not acknowledged after half an hour, at set hours of the day, and when the day has passed.
//!
//! One mail when a trouble begins, one when it grows, one when it ends, grouped by cause. What people were told is stored after the mail was taken: a
//! process that dies tells it once more rather than never.

mod causes;
mod told;

pub use told::Tellers;

use self::causes::CAUSES;
use self::causes::Words;
use self::told::Channel;
use crate::acknowledge::webhook;
use crate::domain::acknowledgement::Purpose;
use crate::domain::calendar::LocalTime;
use crate::domain::copy_reason::PROTECTED;
use crate::pipeline::Shared;
use crate::pipeline::letters::cutoffs::Cutoffs;
use crate::pipeline::naming;
use crate::store::Action;
use crate::store::Alarm;
use crate::store::AlarmChange;
use crate::store::OpenForCause;
use crate::store::StoreError;
use crate::telemetry;
use jiff::SignedDuration;
use jiff::Timestamp;
use jiff::civil::Time;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Before what could not be told is tried again: as long as it has been tried, within these bounds.
const AGAIN: (SignedDuration, SignedDuration) =
    (SignedDuration::from_mins(1), SignedDuration::from_mins(10));

/// Between two looks there is at least so much.
const SHORTEST: Duration = Duration::from_millis(10);

/// The gravest: the day it was due has passed.
const BREACH: i64 = 1_000;

/// `[alarms]`: whom to warn, and when.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Addresses at the municipality. None: alarms are in the log, the metrics and on the pages only.
    pub mail: Vec<String>,
    /// A system at the municipality that is told too, by signed calls.
    pub webhook: Option<webhook::Config>,
    /// Addresses that are told of copies for persons with protected identity; else those above.
    pub protected_mail: Vec<String>,
    /// What is not acknowledged after this time is a trouble.
    pub after: SignedDuration,
    /// Local times of day at which what is still not acknowledged is told again.
    pub at: Vec<Time>,
    /// How often it is looked for troubles.
    pub look_every: SignedDuration,
    /// When the day's post is gone, and how long before that people are warned: from `[letter]`.
    #[serde(skip)]
    pub post: (Vec<Time>, SignedDuration),
}

impl Config {
    /// Who is told of a cause.
    fn told_of(&self, cause: &str) -> &[String] {
        match [COPY_PROTECTED, OFFER_PROTECTED].contains(&cause) && !self.protected_mail.is_empty()
        {
            true => &self.protected_mail,
            false => &self.mail,
        }
    }
}

impl Default for Config {
    fn default() -> Self {
        let at = vec![Time::constant(15, 0, 0, 0), Time::constant(20, 0, 0, 0)];
        Self {
            mail: Vec::new(),
            protected_mail: Vec::new(),
            webhook: None,
            after: SignedDuration::from_mins(30),
            at,
            look_every: SignedDuration::from_secs(5),
            post: (Vec::new(), SignedDuration::ZERO),
        }
    }
}

/// How many holes the duty roster has in the days ahead, and how many stretches for which nobody at all could be named.
pub type Gaps = Arc<dyn Fn(Timestamp) -> (usize, usize) + Send + Sync>;

/// The cause that is about the roster.
const ROSTER: &str = "roster.holes";
/// The cause that is about what the case system did not take.
const NOT_ENCLOSED: &str = "case.notEnclosed";
/// The cause that is about whom alarms are told.
const RECEIVER_GONE: &str = "alarms.receiverGone";
/// The cause that is about copies for persons with protected identity: people of its own are told.
const COPY_PROTECTED: &str = "copy.protected";
/// The cause that is about offers of help for them.
const OFFER_PROTECTED: &str = "offer.protected";
/// The cause that is about copies that wait for somebody while the day's post is about to go.
const COPY_CUTOFF: &str = "copy.cutoff";

/// Watches until told to stop.
pub async fn run(
    shared: Shared,
    config: Config,
    tellers: Tellers,
    gaps: Gaps,
    stop: CancellationToken,
) {
    let mut untold = Untold::new();
    let pause = config.look_every.unsigned_abs().max(SHORTEST);
    while stop.run_until_cancelled(tokio::time::sleep(pause)).await.is_some() {
        let watching = watch(&shared, &config, &tellers, &gaps, &mut untold);
        let Some(watched) = stop.run_until_cancelled(watching).await else { return };
        if let Err(error) = watched {
            tracing::error!(%error, "could not look for what is not acknowledged");
        }
    }
}

/// What could not be told, with how grave it was, when it is tried again and when it was first.
type Untold = HashMap<(Channel, String), (i64, Timestamp, Timestamp)>;

/// A trouble as it is now: its cause and day, its words, how grave it is and how many it concerns.
struct Trouble {
    key: String,
    words: &'static Words,
    level: i64,
    count: i64,
}

async fn watch(
    shared: &Shared,
    config: &Config,
    tellers: &Tellers,
    gaps: &Gaps,
    untold: &mut Untold,
) -> Result<(), StoreError> {
    let now = shared.clock.now();
    let open = shared.store.open_by_cause(now).await?;
    let mut troubles = troubles(config, &open, gaps(now), now, &shared.local_time);
    troubles.extend(not_enclosed(shared.store.not_enclosed().await?.len()));
    troubles.extend(told::deaf(shared, tellers).await?);
    for words in &CAUSES {
        let of_cause = troubles.iter().filter(|trouble| trouble.words.cause == words.cause);
        let gravest = of_cause.map(|trouble| trouble.level).max().unwrap_or(0);
        metrics::gauge!(telemetry::ALARM, "cause" => words.cause).set(gravest as f64);
    }
    for channel in Channel::of(tellers) {
        let told = channel.told(shared).await?;
        if channel.is_gone(tellers, &told) {
            continue;
        }
        for trouble in troubles.iter().chain(&ended(&told, &troubles)) {
            let known = told.iter().find(|alarm| alarm.cause == trouble.key);
            let Some(change) = change(&trouble.key, trouble.level, known) else { continue };
            let place = (channel, trouble.key.clone());
            let tried = untold.get(&place).filter(|(level, ..)| *level == trouble.level);
            if tried.is_some_and(|(_, again, _)| now < *again) {
                continue;
            }
            let first = tried.map_or((now, true), |(_, _, first)| (*first, false));
            if told::tell((shared, config), tellers, channel, trouble, first).await {
                untold.remove(&place);
                drop(shared.store.act(Action::Alarm(channel.kept(change))).await?);
            } else {
                let pause = now.duration_since(first.0).clamp(AGAIN.0, AGAIN.1);
                let again = now.saturating_add(pause).unwrap_or(now);
                untold.insert(place, (trouble.level, again, first.0));
            }
        }
    }
    Ok(())
}

/// What people were told of and is no more.
fn ended(told: &[Alarm], troubles: &[Trouble]) -> Vec<Trouble> {
    let gone = told.iter().filter(|alarm| troubles.iter().all(|now| now.key != alarm.cause));
    let gone = gone.filter_map(|alarm| {
        let words = CAUSES.iter().find(|words| alarm.cause.starts_with(words.cause))?;
        Some(Trouble { key: alarm.cause.clone(), words, level: 0, count: 0 })
    });
    gone.collect()
}

/// What is open by cause and day, so that what is left of one day hides nothing of the next; and the roster's holes.
fn troubles(
    config: &Config,
    open: &[OpenForCause],
    (holes, unnamed): (usize, usize),
    now: Timestamp,
    local_time: &LocalTime,
) -> Vec<Trouble> {
    let mut found: BTreeMap<String, Trouble> = BTreeMap::new();
    let mut add = |key: String, cause: &str, level: i64, count: i64| {
        let Some(words) = CAUSES.iter().find(|words| words.cause == cause) else { return };
        let empty = || Trouble { key: key.clone(), words, level: 0, count: 0 };
        let trouble = found.entry(key.clone()).or_insert_with(empty);
        trouble.level = trouble.level.max(level);
        trouble.count += count;
    };
    for open in open {
        let key = format!("{} {}", cause(open), local_time.day_of(open.due_at));
        add(key, cause(open), level(config, open, now, local_time), open.count);
        if misses_post(config, open, now, local_time) {
            add(
                format!("{COPY_CUTOFF} {}", local_time.day_of(open.due_at)),
                COPY_CUTOFF,
                1,
                open.count,
            );
        }
    }
    let level = i64::from(holes > 0) + i64::from(unnamed > 0);
    let count = i64::try_from(holes.max(unnamed)).unwrap_or(i64::MAX);
    add(ROSTER.to_owned(), ROSTER, level, count);
    found.into_values().collect()
}

/// What a person has to put into the case system.
fn not_enclosed(count: usize) -> Option<Trouble> {
    let words = CAUSES.iter().find(|words| words.cause == NOT_ENCLOSED)?;
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    (count > 0).then(|| Trouble { key: NOT_ENCLOSED.to_owned(), words, level: 1, count })
}

fn cause(open: &OpenForCause) -> &'static str {
    match Purpose::parse(&open.purpose) {
        Some(Purpose::Confirmation) if open.reason == naming::NO_CASEWORKER => {
            "confirmation.noCaseworker"
        }
        Some(Purpose::Confirmation) => "confirmation.notSent",
        Some(Purpose::Copy) if open.reason == PROTECTED => COPY_PROTECTED,
        Some(Purpose::Copy) => "copy.notSent",
        Some(Purpose::Offer) if open.reason == PROTECTED => OFFER_PROTECTED,
        Some(Purpose::Offer) => "offer.notSent",
        Some(Purpose::Receipt) | None => "receipt.notSent",
    }
}

/// How grave it is that something is not acknowledged: 0, 1 after a while, one more at each of the day's times that has passed since it came and when
/// the promised hour has, and at last the breach: the day's end.
fn level(config: &Config, open: &OpenForCause, now: Timestamp, local_time: &LocalTime) -> i64 {
    if now > open.due_at {
        return BREACH;
    }
    let day = local_time.day_of(open.due_at);
    let passed = config.at.iter().filter_map(|time| local_time.at(day, *time));
    let passed =
        passed.filter(|at| open.oldest_at < at.timestamp() && at.timestamp() <= now).count();
    // Whoever is protected is waited for by staff, from the first minute on.
    let old = cause(open) == COPY_PROTECTED || now.duration_since(open.oldest_at) >= config.after;
    let promised = open.promised_at.is_some_and(|hour| hour < now);
    i64::from(old) + i64::from(promised) + i64::try_from(passed).unwrap_or(0)
}

/// Whether copies that wait for somebody are about to miss the day's post, or have missed it.
fn misses_post(
    config: &Config,
    open: &OpenForCause,
    now: Timestamp,
    local_time: &LocalTime,
) -> bool {
    let (times, before) = &config.post;
    let waits = Purpose::parse(&open.purpose) == Some(Purpose::Copy)
        && !open.reason.is_empty()
        && open.reason != PROTECTED;
    waits && now <= open.due_at && Cutoffs { times, local_time }.warns(now, *before)
}

/// What there is to tell.
fn change(cause: &str, level: i64, known: Option<&Alarm>) -> Option<AlarmChange> {
    let cause = cause.to_owned();
    match known {
        None if level > 0 => Some(AlarmChange::Raised { cause, level }),
        Some(known) if level > known.level => Some(AlarmChange::Raised { cause, level }),
        Some(_) if level == 0 => Some(AlarmChange::Ended { cause }),
        None | Some(_) => None,
    }
}

#[cfg(test)]
#[path = "alarms_tests.rs"]
mod tests;
