//! Warns people while there is still time: what is not acknowledged after half an hour, at set hours of the day, and when the day has passed.
//!
//! One mail when a trouble begins, one when it grows, one when it ends, grouped by cause. What people were told is stored after the mail was taken: a
//! process that dies tells it once more rather than never.

use crate::acknowledge::alarm;
use crate::acknowledge::transport::MailTransport;
use crate::domain::acknowledgement::Purpose;
use crate::domain::calendar::LocalTime;
use crate::pipeline::Shared;
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

/// Before what could not be told is tried again.
const AGAIN: SignedDuration = SignedDuration::from_mins(1);

/// Between two looks.
const PAUSE: Duration = Duration::from_secs(5);

/// The gravest: the day it was due has passed.
const BREACH: i64 = 1_000;

/// `[alarms]`: whom to warn, and when.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Addresses at the municipality. None: alarms are in the log, the metrics and on the pages only.
    pub mail: Vec<String>,
    /// What is not acknowledged after this time is a trouble.
    pub after: SignedDuration,
    /// Local times of day at which what is still not acknowledged is told again.
    pub at: Vec<Time>,
}

impl Default for Config {
    fn default() -> Self {
        let at = vec![Time::constant(15, 0, 0, 0), Time::constant(20, 0, 0, 0)];
        Self { mail: Vec::new(), after: SignedDuration::from_mins(30), at }
    }
}

/// How many holes the duty roster has in the days ahead, and how many stretches for which nobody at all could be named.
pub type Gaps = Arc<dyn Fn(Timestamp) -> (usize, usize) + Send + Sync>;

/// The cause that is about the roster.
const ROSTER: &str = "roster.holes";

/// What an alarm says.
struct Words {
    cause: &'static str,
    title: (&'static str, &'static str),
    next: (&'static str, &'static str),
}

/// Whom nobody can be named for; what Kronofogden, the person and senders were not told.
static CAUSES: [Words; 5] = [
    Words {
        cause: "confirmation.noCaseworker",
        title: (
            "Bekräftelser till Kronofogden väntar på en ansvarig handläggare",
            "Confirmations to Kronofogden wait for a responsible caseworker",
        ),
        next: (
            "Fyll i jourlistan, eller ange en handläggare: kvittens unconfirmed visar vilka det gäller.",
            "Fill the duty roster, or name a caseworker: kvittens unconfirmed shows which ones.",
        ),
    },
    Words {
        cause: "confirmation.notSent",
        title: (
            "Bekräftelser till Kronofogden har inte gått ut",
            "Confirmations to Kronofogden have not gone out",
        ),
        next: (
            "Se efter vad som hindrar (kvittens check), eller bekräfta på annat sätt i dag: kvittens unconfirmed skriver ut listan.",
            "See what is in the way (kvittens check), or confirm another way today: kvittens unconfirmed prints the list.",
        ),
    },
    Words {
        cause: "copy.notSent",
        title: (
            "Kopior till den som en avhysning gäller har inte gått ut",
            "Copies to persons whom an eviction concerns have not gone out",
        ),
        next: (
            "Skicka dem i dag och anteckna hur (kvittens told), eller godkänn dem på sidan för underrättelsen.",
            "Send them today and put on record how (kvittens told), or approve them on the page of the notice.",
        ),
    },
    Words {
        cause: ROSTER,
        title: (
            "Jourlistan har luckor de närmaste 14 dagarna",
            "The duty roster has holes within the next 14 days",
        ),
        next: (
            "Fyll i jourlistan; kvittens check visar var luckorna är.",
            "Fill the duty roster; kvittens check shows where the holes are.",
        ),
    },
    Words {
        cause: "receipt.notSent",
        title: (
            "Kvittenser till avsändare har inte gått ut",
            "Receipts to senders have not gone out",
        ),
        next: (
            "Se efter om e-postservern svarar (kvittens check); de skickas av sig själva när den gör det.",
            "See whether the mail server answers (kvittens check); they go by themselves when it does.",
        ),
    },
];

/// Watches until told to stop.
pub async fn run(
    shared: Shared,
    config: Config,
    mail: Arc<dyn MailTransport>,
    gaps: Gaps,
    stop: CancellationToken,
) {
    let mut untold = Untold::new();
    while stop.run_until_cancelled(tokio::time::sleep(PAUSE)).await.is_some() {
        let watching = watch(&shared, &config, mail.as_ref(), &gaps, &mut untold);
        let Some(watched) = stop.run_until_cancelled(watching).await else { return };
        if let Err(error) = watched {
            tracing::error!(%error, "could not look for what is not acknowledged");
        }
    }
}

/// What could not be told, with how grave it was, and when it is tried again.
type Untold = HashMap<String, (i64, Timestamp)>;

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
    mail: &dyn MailTransport,
    gaps: &Gaps,
    untold: &mut Untold,
) -> Result<(), StoreError> {
    let now = shared.clock.now();
    let open = shared.store.open_by_cause(now).await?;
    let mut troubles = troubles(config, &open, gaps(now), now, &shared.local_time);
    for words in &CAUSES {
        let of_cause = troubles.iter().filter(|trouble| trouble.words.cause == words.cause);
        let gravest = of_cause.map(|trouble| trouble.level).max().unwrap_or(0);
        metrics::gauge!(telemetry::ALARM, "cause" => words.cause).set(gravest as f64);
    }
    let told = shared.store.alarms().await?;
    // What people were told of and is no more has ended.
    let ended = told.iter().filter(|alarm| troubles.iter().all(|now| now.key != alarm.cause));
    let ended = ended.filter_map(|alarm| {
        let words = CAUSES.iter().find(|words| alarm.cause.starts_with(words.cause))?;
        Some(Trouble { key: alarm.cause.clone(), words, level: 0, count: 0 })
    });
    let ended: Vec<Trouble> = ended.collect();
    troubles.extend(ended);
    for trouble in &troubles {
        let known = told.iter().find(|alarm| alarm.cause == trouble.key);
        let Some(change) = change(&trouble.key, trouble.level, known) else { continue };
        let tried = untold.get(&trouble.key).filter(|(level, _)| *level == trouble.level);
        if tried.is_some_and(|(_, again)| now < *again) {
            continue;
        }
        if tell(shared, config, mail, (trouble, tried.is_none())).await {
            untold.remove(&trouble.key);
            drop(shared.store.act(Action::Alarm(change)).await?);
        } else {
            let again = now.saturating_add(AGAIN).unwrap_or(now);
            untold.insert(trouble.key.clone(), (trouble.level, again));
        }
    }
    Ok(())
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
    }
    let level = i64::from(holes > 0) + i64::from(unnamed > 0);
    let count = i64::try_from(holes.max(unnamed)).unwrap_or(i64::MAX);
    add(ROSTER.to_owned(), ROSTER, level, count);
    found.into_values().collect()
}

fn cause(open: &OpenForCause) -> &'static str {
    match Purpose::parse(&open.purpose) {
        Some(Purpose::Confirmation) if open.reason == naming::NO_CASEWORKER => {
            "confirmation.noCaseworker"
        }
        Some(Purpose::Confirmation) => "confirmation.notSent",
        Some(Purpose::Copy) => "copy.notSent",
        Some(Purpose::Receipt) | None => "receipt.notSent",
    }
}

/// How grave it is that something is not acknowledged: 0, 1 after a while, one more at each of the day's times that has passed since it came, and at
/// last the breach.
fn level(config: &Config, open: &OpenForCause, now: Timestamp, local_time: &LocalTime) -> i64 {
    if now > open.due_at {
        return BREACH;
    }
    let day = local_time.day_of(open.due_at);
    let passed = config.at.iter().filter_map(|time| local_time.at(day, *time));
    let passed =
        passed.filter(|at| open.oldest_at < at.timestamp() && at.timestamp() <= now).count();
    let old = now.duration_since(open.oldest_at) >= config.after;
    i64::from(old) + i64::try_from(passed).unwrap_or(0)
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

/// Tells everybody; whether it need not be told again. The log is told the first time.
async fn tell(
    shared: &Shared,
    config: &Config,
    mail: &dyn MailTransport,
    (trouble, first): (&Trouble, bool),
) -> bool {
    let Trouble { key, words, level, count } = trouble;
    if first && *level > 0 {
        let (title, next) = (words.title.1, words.next.1);
        tracing::error!(cause = key, level, count, next, "{title}");
    } else if first {
        tracing::info!(cause = key, "an alarm has ended");
    }
    let text = alarm::Alarm {
        title_sv: words.title.0,
        title_en: words.title.1,
        count: *count,
        next_sv: words.next.0,
        next_en: words.next.1,
    };
    let mut taken = config.mail.is_empty();
    for to in &config.mail {
        let Some(letter) = alarm::mail(&shared.acknowledge, &text, to, shared.clock.now()) else {
            return true;
        };
        match mail.send(&letter).await {
            Ok(_) => taken = true,
            Err(failure) => tracing::warn!(%failure, "an alarm could not be mailed"),
        }
    }
    // The mail server itself may be the trouble: it is told when it answers again.
    taken
}

#[cfg(test)]
#[path = "alarms_tests.rs"]
mod tests;
