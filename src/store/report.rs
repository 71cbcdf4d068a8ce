//! What the day's report is made from, read a hundred messages at a time: a year takes no more memory than a day.

use crate::domain::acknowledgement::AcknowledgementKey;
use crate::domain::acknowledgement::AcknowledgementState;
use crate::domain::acknowledgement::Purpose;
use crate::domain::acknowledgement::Recipient;
use crate::domain::acknowledgement::Way;
use crate::report::Period;
use crate::report::Report;
use crate::report::facts::Arrived;
use crate::report::facts::ArrivedNotice;
use crate::report::facts::Event;
use crate::report::facts::Told;
use crate::report::fold::Tally;
use crate::store::Boards;
use crate::store::Store;
use crate::store::StoreError;
use crate::store::engine::Row;
use crate::store::engine::Session;
use crate::store::engine::Statement;
use crate::store::engine::over_rows;
use crate::store::engine::same;
use crate::store::jobs::instant;
use crate::store::rows::rows_json;
use jiff::Timestamp;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::collections::HashMap;

/// Messages that are read at a time.
const PAGE: i64 = 100;

pub(super) const ARRIVED_IN: Statement = same!(
    "SELECT reference, arrival_date, channel, seen_at, stored_at FROM messages WHERE arrival_date >= $1 AND arrival_date <= $2 \
     AND (arrival_date > $1 OR reference > $3) ORDER BY arrival_date, reference LIMIT $4"
);
pub(super) const NOTICES_IN: Statement = over_rows!(
    "SELECT n.message, n.reference, n.board, n.unit, n.kind, n.state, n.reason, n.notice",
    "JOIN notices n ON n.message = r.value ->> 0 ORDER BY n.message, n.ordinal"
);
pub(super) const TOLD_IN: Statement = over_rows!(
    "SELECT a.message, a.reference, a.recipient, a.purpose, a.way, a.state, a.due_at, a.created_at, a.sent_at, a.reason, a.promised_at, f.fetched_at",
    "JOIN acknowledgements a ON a.message = r.value ->> 0 LEFT JOIN confirmations f ON a.purpose = 'confirmation' \
     AND f.notice = a.reference AND f.version = a.version ORDER BY a.message, a.reference, a.purpose, a.version, a.way"
);
pub(super) const HISTORY_IN: Statement = over_rows!(
    "SELECT j.reference, j.entry",
    "JOIN journal j ON j.reference = r.value ->> 0 WHERE j.entry LIKE '%\"event\":\"acknowledgement.retrying\"%' \
     OR j.entry LIKE '%\"event\":\"acknowledgement.failed\"%' OR j.entry LIKE '%\"event\":\"acknowledgement.bounced\"%' \
     OR j.entry LIKE '%\"event\":\"confirmation.waits\"%' OR j.entry LIKE '%\"event\":\"acknowledgement.owed\"%' ORDER BY j.seq"
);

impl Store {
    /// The report of some local days, about the notices of these boards: what arrived on them, whenever it was stored.
    ///
    /// # Errors
    /// When the database does not answer, or holds what this version cannot read.
    pub async fn report(&self, period: Period, boards: &Boards) -> Result<Report, StoreError> {
        let mut tally = Tally::new(period, self.clock.now());
        let (mut day, mut behind) = (period.from.to_string(), String::new());
        let to = period.to.to_string();
        loop {
            let values =
                [day.as_str().into(), to.as_str().into(), behind.as_str().into(), PAGE.into()];
            // A connection a page: nobody waits for a year's report.
            let mut session = self.engine.reading().await?;
            let rows = session.rows(&ARRIVED_IN, &values).await?;
            let last = i64::try_from(rows.len()).is_ok_and(|rows| rows < PAGE);
            let mut page = Vec::with_capacity(rows.len());
            for row in rows {
                page.push(arrived(row)?);
            }
            if let Some(end) = page.last() {
                (day, behind) = (end.arrival_date.to_string(), end.reference.clone());
            }
            fill(&mut session, &mut page, boards).await?;
            page.iter().for_each(|message| tally.add(message));
            if last {
                return Ok(tally.finish());
            }
        }
    }
}

fn arrived(mut row: Row) -> Result<Arrived, StoreError> {
    Ok(Arrived {
        reference: row.text(0),
        arrival_date: row.text(1).parse().map_err(|_| StoreError::Corrupt("arrival date"))?,
        channel: row.text(2),
        seen_at: instant(row.int(3)),
        stored_at: instant(row.int(4)),
        notices: Vec::new(),
        told: Vec::new(),
        history: Vec::new(),
    })
}

/// Adds to each message of a page what belongs to it.
async fn fill(
    session: &mut Session,
    page: &mut [Arrived],
    boards: &Boards,
) -> Result<(), StoreError> {
    if page.is_empty() {
        return Ok(());
    }
    let references: Vec<[String; 1]> = page.iter().map(|it| [it.reference.clone()]).collect();
    let all = || rows_json(&references).map(|json| [json.into()]);
    let mut of_message: HashMap<String, &mut Arrived> =
        page.iter_mut().map(|message| (message.reference.clone(), message)).collect();
    let mut message_of: HashMap<String, String> = HashMap::new();
    for mut row in session.rows(&NOTICES_IN, &all()?).await? {
        let message = row.text(0);
        let notice = notice(row);
        if boards.hold(&notice.board)
            && let Some(arrived) = of_message.get_mut(&message)
        {
            message_of.insert(notice.reference.clone(), message);
            arrived.notices.push(notice);
        }
    }
    for mut row in session.rows(&TOLD_IN, &all()?).await? {
        let message = row.text(0);
        let told = told(row)?;
        if let Some(arrived) = of_message.get_mut(&message) {
            arrived.told.push(told);
        }
    }
    let asked: BTreeSet<[&str; 1]> = message_of
        .iter()
        .flat_map(|(notice, message)| [[notice.as_str()], [message.as_str()]])
        .collect();
    let asked: Vec<[&str; 1]> = asked.into_iter().collect();
    for row in session.rows(&HISTORY_IN, &[rows_json(&asked)?.into()]).await? {
        let Some(event) = event(row) else { continue };
        let message = message_of.get(&event.reference).unwrap_or(&event.reference);
        if let Some(arrived) = of_message.get_mut(message) {
            arrived.history.push(event);
        }
    }
    Ok(())
}

/// What of a notice the report asks: the sort of its sender.
#[derive(Default, Deserialize)]
struct Said {
    #[serde(default)]
    sender: SaidSender,
}

#[derive(Default, Deserialize)]
struct SaidSender {
    kind: Option<String>,
}

fn notice(mut row: Row) -> ArrivedNotice {
    let (state, reason) = (row.text(5), row.maybe_text(6));
    let said: Said = serde_json::from_str(&row.text(7)).unwrap_or_default();
    let not_notice = state == "notNotice";
    ArrivedNotice {
        reference: row.text(1),
        board: row.text(2),
        unit: row.text(3),
        kind: row.text(4),
        sender_kind: said.sender.kind.unwrap_or_else(|| "unknown".to_owned()),
        not_notice,
        canary: not_notice && reason.as_deref() == Some("canary"),
    }
}

fn told(mut row: Row) -> Result<Told, StoreError> {
    let corrupt = || StoreError::Corrupt("acknowledgement");
    Ok(Told {
        reference: row.text(1),
        recipient: Recipient::parse(&row.text(2)).ok_or_else(corrupt)?,
        purpose: Purpose::parse(&row.text(3)).ok_or_else(corrupt)?,
        way: Way::parse(&row.text(4)).ok_or_else(corrupt)?,
        state: AcknowledgementState::parse(&row.text(5)).ok_or_else(corrupt)?,
        due_at: instant(row.int(6)),
        created_at: instant(row.int(7)),
        sent_at: row.maybe_int(8).map(instant),
        reason: row.maybe_text(9),
        promised_at: row.maybe_int(10).map(instant),
        fetched_at: row.maybe_int(11).map(instant),
    })
}

/// A line of the journal, as far as the report asks.
#[derive(Deserialize)]
struct Entry {
    at: Timestamp,
    event: String,
    #[serde(default)]
    detail: Detail,
}

#[derive(Default, Deserialize)]
struct Detail {
    key: Option<String>,
    reason: Option<String>,
}

fn event(mut row: Row) -> Option<Event> {
    let entry: Entry = serde_json::from_str(&row.text(1)).ok()?;
    let key = entry.detail.key.as_deref().and_then(AcknowledgementKey::parse);
    let waits = (entry.event == "confirmation.waits").then_some(Purpose::Confirmation);
    Some(Event {
        reference: row.text(0),
        at: entry.at,
        purpose: key.map(|key| key.purpose).or(waits),
        reason: entry.detail.reason,
        event: entry.event,
    })
}
