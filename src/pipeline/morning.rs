//! Every morning the report of the day before is made, kept and mailed: each day once, whichever gateway is first and however often one dies.
//!
//! Report and mails are stored before anything is sent; a mail that the mail server does not take is tried on for three days. A day that
//! passed while no gateway ran is reported when one does, for up to a week back.

use crate::acknowledge::day_report;
use crate::acknowledge::transport::MailTransport;
use crate::domain::calendar::LocalTime;
use crate::domain::failure::Failure;
use crate::domain::masked::Masked;
use crate::pipeline::Shared;
use crate::report::Period;
use crate::report::Report;
use crate::report::text;
use crate::routing::profile::Profile;
use crate::store::Action;
use crate::store::Boards;
use crate::store::DayMail;
use crate::store::DayReportChange;
use crate::store::Store;
use crate::store::StoreError;
use crate::telemetry;
use jiff::SignedDuration;
use jiff::Timestamp;
use jiff::ToSpan as _;
use jiff::civil::Date;
use jiff::civil::Time;
use serde::Deserialize;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Between two looks.
const PAUSE: Duration = Duration::from_secs(5);

/// Longer than sending one mail can take.
const LEASE: SignedDuration = SignedDuration::from_mins(2);

/// So many days back a report is made up for.
const BACK: i64 = 6;

/// So many days a mail is tried.
const TRIED: i64 = 3;

/// `[report]`: when the day before is reported, and to whom.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// The local time of day.
    pub at: Time,
    /// Addresses at the municipality. None: the report is kept and shown, not mailed.
    pub mail: Vec<String>,
}

impl Default for Config {
    fn default() -> Self {
        Self { at: Time::constant(7, 0, 0, 0), mail: Vec::new() }
    }
}

impl Config {
    /// What is wrong, by key.
    pub fn faults(&self) -> Vec<(String, String)> {
        let wrong = self.mail.iter().enumerate().filter(|(_, to)| !day_report::is_address(to));
        let text = "is no address that mail can be sent to";
        wrong.map(|(at, _)| (format!("report.mail.{at}"), text.to_owned())).collect()
    }
}

/// Reports until told to stop.
pub async fn run(
    shared: Shared,
    config: Config,
    mail: Arc<dyn MailTransport>,
    stop: CancellationToken,
) {
    while stop.run_until_cancelled(tokio::time::sleep(PAUSE)).await.is_some() {
        let looking = look(&shared, &config, mail.as_ref());
        let Some(looked) = stop.run_until_cancelled(looking).await else { return };
        if let Err(error) = looked {
            tracing::error!(%error, "could not make or send the day's report; it is tried again");
        }
    }
}

async fn look(
    shared: &Shared,
    config: &Config,
    mail: &dyn MailTransport,
) -> Result<(), StoreError> {
    let now = shared.clock.now();
    let last = shared.store.last_day_report().await?;
    if let Some(newest) = newest(config.at, &shared.local_time, now)
        && last.is_none_or(|last| last < newest)
        && let Some(first) = shared.store.first_stored_at().await?
        && let Some(day) = next(newest, last, shared.local_time.day_of(first))
    {
        make(shared, config, day, now).await?;
    }
    for due in shared.store.due_day_mails().await? {
        send(shared, mail, due).await?;
    }
    Ok(())
}

/// The last day whose report is due: yesterday, from the set time on.
fn newest(at: Time, local_time: &LocalTime, now: Timestamp) -> Option<Date> {
    let today = local_time.day_of(now);
    let begins = local_time.at(today, at)?.timestamp();
    let yesterday = today.yesterday().ok()?;
    if begins <= now { Some(yesterday) } else { yesterday.yesterday().ok() }
}

/// The next day to report: the one after the last, not too far back, and none from before there was anything.
fn next(newest: Date, last: Option<Date>, first: Date) -> Option<Date> {
    let oldest = newest.saturating_sub(BACK.days());
    let after = last.map_or(Some(newest), |last| last.tomorrow().ok())?;
    let day = after.max(oldest).max(first);
    (day <= newest).then_some(day)
}

async fn make(
    shared: &Shared,
    config: &Config,
    day: Date,
    now: Timestamp,
) -> Result<(), StoreError> {
    let period = Period { from: day, to: day };
    let report = report(&shared.store, &shared.profile, period, &Boards::All).await?;
    let text = text::bilingual(&report, &shared.local_time);
    let mails: Vec<(String, Masked)> = config
        .mail
        .iter()
        .filter_map(|to| {
            let rendered = day_report::render(&shared.acknowledge, day, &text, to, now)?;
            Some((to.clone(), rendered))
        })
        .collect();
    let (notices, misses) =
        (report.notices, report.causes.iter().map(|it| it.notices).sum::<u64>());
    let made = DayReportChange::Made { report: Box::new(report), mails };
    telemetry::kill_point("after_report_before_keeping");
    match shared.store.act(Action::DayReport(made)).await? {
        Ok(()) => tracing::info!(%day, notices, misses, "the day's report is made"),
        Err(refused) => tracing::info!(%day, %refused, "another gateway made the day's report"),
    }
    Ok(())
}

/// The report of some days, with the names of boards and units.
///
/// # Errors
/// When the database does not answer.
pub async fn report(
    store: &Store,
    profile: &Profile,
    period: Period,
    boards: &Boards,
) -> Result<Report, StoreError> {
    let report = store.report(period, boards).await?;
    let board = |id: &str| profile.board(id).map(|board| board.name.clone());
    Ok(report.named(board, |id| profile.unit(id).map(|unit| unit.name.clone())))
}

async fn send(
    shared: &Shared,
    transport: &dyn MailTransport,
    due: DayMail,
) -> Result<(), StoreError> {
    let DayMail { day, recipient, mail, attempts } = due;
    let act = async |change| shared.store.act(Action::DayReport(change)).await;
    let until = shared.clock.now().saturating_add(LEASE).unwrap_or(Timestamp::MAX);
    let take = DayReportChange::Take {
        day,
        recipient: recipient.clone(),
        until,
        holder: shared.instance.clone(),
    };
    if act(take).await?.is_err() {
        return Ok(());
    }
    let sent = transport.send(&day_report::outgoing(&shared.acknowledge, &recipient, &mail)).await;
    telemetry::kill_point("after_report_sent_before_record");
    let now = shared.clock.now();
    let change = match sent {
        Ok(_) => DayReportChange::Sent { day, recipient },
        Err(failure) => {
            let again = again(shared, day, attempts + 1, now, &failure);
            tracing::warn!(%day, %failure, tried_again = again.is_some(), "the day's report could not be mailed");
            match again {
                Some(at) => DayReportChange::Again { day, recipient, at },
                None => DayReportChange::Failed { day, recipient },
            }
        }
    };
    // Refused by nothing: what was recorded before stays.
    drop(act(change).await?);
    Ok(())
}

/// When a mail that was not taken is tried again; never, when it was refused for good or the day is long past.
fn again(
    shared: &Shared,
    day: Date,
    attempt: u32,
    now: Timestamp,
    failure: &Failure,
) -> Option<Timestamp> {
    match failure {
        Failure::Permanent(_) => return None,
        Failure::Transient(_) | Failure::Uncertain(_) => {}
    }
    let last = shared.local_time.end_of(day.saturating_add((TRIED + 1).days()));
    let retry = shared.acknowledge.retry;
    let at = retry.next(attempt, now).or_else(|| now.saturating_add(retry.longest).ok());
    at.filter(|at| *at < last)
}

#[cfg(test)]
#[path = "morning_tests.rs"]
mod tests;
