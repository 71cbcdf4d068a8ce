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
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

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
const CAUSES: [Words; 5] = [
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
    while stop.run_until_cancelled(tokio::time::sleep(PAUSE)).await.is_some() {
        if let Err(error) = watch(&shared, &config, mail.as_ref(), &gaps).await {
            tracing::error!(%error, "could not look for what is not acknowledged");
        }
    }
}

async fn watch(
    shared: &Shared,
    config: &Config,
    mail: &dyn MailTransport,
    gaps: &Gaps,
) -> Result<(), StoreError> {
    let now = shared.clock.now();
    let open = shared.store.open_by_cause(now).await?;
    let told = shared.store.alarms().await?;
    let (holes, unnamed) = gaps(now);
    for words in &CAUSES {
        let of_cause = open.iter().filter(|open| cause(open) == words.cause);
        let of_cause: Vec<&OpenForCause> = of_cause.collect();
        let level = |open: &&OpenForCause| level(config, open, now, &shared.local_time);
        let mut gravest = of_cause.iter().map(level).max().unwrap_or(0);
        let mut count: i64 = of_cause.iter().map(|open| open.count).sum();
        if words.cause == ROSTER {
            gravest = i64::from(holes > 0) + i64::from(unnamed > 0);
            count = i64::try_from(holes.max(unnamed)).unwrap_or(i64::MAX);
        }
        metrics::gauge!(telemetry::ALARM, "cause" => words.cause).set(gravest.min(BREACH) as f64);
        let known = told.iter().find(|alarm| alarm.cause == words.cause);
        let Some(change) = change(words.cause, gravest, known) else { continue };
        if tell(shared, config, mail, (words, &change, count)).await {
            drop(shared.store.act(Action::Alarm(change)).await?);
        }
    }
    Ok(())
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

/// Tells everybody; whether it need not be told again.
async fn tell(
    shared: &Shared,
    config: &Config,
    mail: &dyn MailTransport,
    (words, change, count): (&Words, &AlarmChange, i64),
) -> bool {
    let count = match change {
        AlarmChange::Raised { level, .. } => {
            tracing::error!(
                cause = words.cause,
                level,
                count,
                next = words.next.1,
                "{}",
                words.title.1
            );
            count
        }
        AlarmChange::Ended { .. } => {
            tracing::info!(cause = words.cause, "an alarm has ended");
            0
        }
    };
    let text = alarm::Alarm {
        title_sv: words.title.0,
        title_en: words.title.1,
        count,
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
