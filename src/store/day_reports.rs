//! The report of each day as it was made the next morning, and the mails that tell it.
//!
//! Report and mails are stored in one transaction before anything is sent, by whichever gateway is first; a mail is taken for a while before it is
//! sent, so that two gateways do not send it both. One that dies between sending and recording sends the same bytes once more.

use crate::domain::masked::Masked;
use crate::report::Report;
use crate::store::Instance;
use crate::store::Store;
use crate::store::StoreError;
use crate::store::actions::ActionRefused;
use crate::store::engine::Row;
use crate::store::engine::Session;
use crate::store::engine::Statement;
use crate::store::engine::same;
use crate::store::journal::Line;
use jiff::Timestamp;
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde_json::json;

/// So many days the mails are kept; the reports stay.
const MAILS_KEPT: i64 = 60;

pub(super) const DAY_REPORT: Statement = same!("SELECT report FROM day_reports WHERE day = $1");
pub(super) const LAST_DAY_REPORT: Statement = same!("SELECT MAX(day) FROM day_reports");
pub(super) const KEEP_DAY_REPORT: Statement = same!(
    "INSERT INTO day_reports (day, made_at, report) VALUES ($1, $2, $3) ON CONFLICT (day) DO NOTHING"
);
pub(super) const INSERT_DAY_MAIL: Statement = same!(
    "INSERT INTO day_report_mails (day, recipient, mail, due_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING"
);
pub(super) const FORGET_DAY_MAILS: Statement = same!("DELETE FROM day_report_mails WHERE day < $1");
pub(super) const DUE_DAY_MAILS: Statement = same!(
    "SELECT day, recipient, mail, attempts FROM day_report_mails WHERE sent_at IS NULL AND failed_at IS NULL AND due_at <= $1 \
     AND (lease_until IS NULL OR lease_until < $1) ORDER BY day, recipient LIMIT 50"
);
pub(super) const TAKE_DAY_MAIL: Statement = same!(
    "UPDATE day_report_mails SET lease_until = $4, holder = $5, attempts = attempts + 1 WHERE day = $1 AND recipient = $2 \
     AND sent_at IS NULL AND failed_at IS NULL AND (lease_until IS NULL OR lease_until < $3)"
);
pub(super) const RELEASE_DAY_MAILS: Statement = same!(
    "UPDATE day_report_mails SET lease_until = NULL WHERE holder = $1 AND lease_until IS NOT NULL"
);
pub(super) const SENT_DAY_MAIL: Statement = same!(
    "UPDATE day_report_mails SET sent_at = $3, lease_until = NULL WHERE day = $1 AND recipient = $2 AND sent_at IS NULL"
);
pub(super) const DAY_MAIL_AGAIN: Statement = same!(
    "UPDATE day_report_mails SET due_at = $3, lease_until = NULL WHERE day = $1 AND recipient = $2 AND sent_at IS NULL"
);
pub(super) const DAY_MAIL_FAILED: Statement = same!(
    "UPDATE day_report_mails SET failed_at = $3, lease_until = NULL WHERE day = $1 AND recipient = $2 AND sent_at IS NULL"
);
pub(super) const DAY_MAILS: Statement =
    same!("SELECT COUNT(*), COUNT(sent_at), COUNT(failed_at) FROM day_report_mails WHERE day = $1");

/// A mail that is due.
#[derive(Clone, Debug)]
pub struct DayMail {
    /// The day it tells of.
    pub day: Date,
    /// To whom.
    pub recipient: String,
    /// The mail as it is sent: the transport's own JSON.
    pub mail: Masked,
    /// Attempts so far.
    pub attempts: u32,
}

/// How the mails of a day stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DayMails {
    /// All.
    pub all: i64,
    /// Taken by the mail server.
    pub sent: i64,
    /// Refused for good.
    pub failed: i64,
}

/// What happens to a day's report.
#[derive(Clone, Debug)]
pub enum DayReportChange {
    /// It is made: kept with its mails, unless another gateway was quicker.
    Made {
        /// The report.
        report: Box<Report>,
        /// Each recipient's mail.
        mails: Vec<(String, Masked)>,
    },
    /// A mail is about to be sent; refused when it was, or another gateway is at it.
    Take {
        /// The day.
        day: Date,
        /// To whom.
        recipient: String,
        /// So long nobody else takes it.
        until: Timestamp,
        /// Who takes it: after a restart it is this one's at once.
        holder: Instance,
    },
    /// The mail server took a mail.
    Sent {
        /// The day.
        day: Date,
        /// To whom.
        recipient: String,
    },
    /// It did not, for now.
    Again {
        /// The day.
        day: Date,
        /// To whom.
        recipient: String,
        /// When it is tried again.
        at: Timestamp,
    },
    /// It never will.
    Failed {
        /// The day.
        day: Date,
        /// To whom.
        recipient: String,
    },
}

impl Store {
    /// The report of a day as it was made the next morning.
    ///
    /// # Errors
    /// When the database does not answer, or holds what this version cannot read.
    pub async fn day_report(&self, day: Date) -> Result<Option<Report>, StoreError> {
        let row = self.engine.reading().await?.row(&DAY_REPORT, &[day.to_string().into()]).await?;
        let read = |mut row: Row| serde_json::from_str(&row.text(0));
        row.map(read).transpose().map_err(|_| StoreError::Corrupt("day's report"))
    }

    /// The last day that a report was made of.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn last_day_report(&self) -> Result<Option<Date>, StoreError> {
        let row = self.engine.reading().await?.row(&LAST_DAY_REPORT, &[]).await?;
        Ok(row.and_then(|mut row| row.maybe_text(0)).and_then(|day| day.parse().ok()))
    }

    /// How the mails of a day stand.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn day_mails(&self, day: Date) -> Result<DayMails, StoreError> {
        let row = self.engine.reading().await?.row(&DAY_MAILS, &[day.to_string().into()]).await?;
        let read = |row: Row| DayMails { all: row.int(0), sent: row.int(1), failed: row.int(2) };
        Ok(row.map(read).unwrap_or_default())
    }

    /// Mails that are due and that nobody is at, the oldest days first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn due_day_mails(&self) -> Result<Vec<DayMail>, StoreError> {
        let now = self.clock.now().as_microsecond();
        let rows = self.engine.reading().await?.rows(&DUE_DAY_MAILS, &[now.into()]).await?;
        let read = |mut row: Row| {
            Some(DayMail {
                day: row.text(0).parse().ok()?,
                recipient: row.text(1),
                mail: Masked::new(row.text(2)),
                attempts: u32::try_from(row.int(3)).unwrap_or(u32::MAX),
            })
        };
        Ok(rows.into_iter().filter_map(read).collect())
    }
}

/// Runs a change inside the writer's transaction.
pub(super) async fn run(
    session: &mut Session,
    change: &DayReportChange,
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<Result<(), ActionRefused>, StoreError> {
    let (statement, day, recipient, at) = match change {
        DayReportChange::Made { report, mails } => {
            return made(session, report, mails, now, lines).await;
        }
        DayReportChange::Take { day, recipient, until, holder } => {
            return take(session, (*day, recipient), (*until, holder), now).await;
        }
        DayReportChange::Sent { day, recipient } => (&SENT_DAY_MAIL, day, recipient, now),
        DayReportChange::Again { day, recipient, at } => (&DAY_MAIL_AGAIN, day, recipient, *at),
        DayReportChange::Failed { day, recipient } => (&DAY_MAIL_FAILED, day, recipient, now),
    };
    let values = [day.to_string().into(), recipient.as_str().into(), at.as_microsecond().into()];
    let changed = session.run(statement, &values).await?;
    let event = match change {
        DayReportChange::Sent { .. } => Some("report.sent"),
        DayReportChange::Failed { .. } => Some("report.failed"),
        DayReportChange::Made { .. }
        | DayReportChange::Take { .. }
        | DayReportChange::Again { .. } => None,
    };
    if let Some(event) = event.filter(|_| changed > 0) {
        lines.push(of_all(now, event, day));
    }
    Ok(Ok(()))
}

async fn made(
    session: &mut Session,
    report: &Report,
    mails: &[(String, Masked)],
    now: Timestamp,
    lines: &mut Vec<Line>,
) -> Result<Result<(), ActionRefused>, StoreError> {
    let at = now.as_microsecond();
    let day = report.from.to_string();
    let text = serde_json::to_string(report).map_err(|_| StoreError::Corrupt("day's report"))?;
    let values = [day.as_str().into(), at.into(), text.into()];
    if session.run(&KEEP_DAY_REPORT, &values).await? == 0 {
        return Ok(Err(ActionRefused::Taken));
    }
    for (recipient, mail) in mails {
        let values =
            [day.as_str().into(), recipient.as_str().into(), mail.reveal().into(), at.into()];
        session.run(&INSERT_DAY_MAIL, &values).await?;
    }
    let old = report.from.saturating_sub(MAILS_KEPT.days());
    session.run(&FORGET_DAY_MAILS, &[old.to_string().into()]).await?;
    lines.push(of_all(now, "report.made", &report.from));
    Ok(Ok(()))
}

async fn take(
    session: &mut Session,
    (day, recipient): (Date, &str),
    (until, holder): (Timestamp, &Instance),
    now: Timestamp,
) -> Result<Result<(), ActionRefused>, StoreError> {
    let values = [
        day.to_string().into(),
        recipient.into(),
        now.as_microsecond().into(),
        until.as_microsecond().into(),
        holder.0.as_str().into(),
    ];
    match session.run(&TAKE_DAY_MAIL, &values).await? {
        0 => Ok(Err(ActionRefused::Taken)),
        _ => Ok(Ok(())),
    }
}

/// A line about the whole store.
fn of_all(now: Timestamp, event: &'static str, day: &Date) -> Line {
    let detail = json!({ "day": day });
    Line { reference: String::new(), at: now, actor: "gateway".to_owned(), event, detail }
}
