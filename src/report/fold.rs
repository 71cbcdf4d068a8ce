//! Makes the report, message by message: what it holds at any time is a few numbers and the list of misses, however long the period.

use crate::domain::acknowledgement::AcknowledgementState;
use crate::domain::acknowledgement::Purpose;
use crate::report::CauseCount;
use crate::report::Clock;
use crate::report::Count;
use crate::report::Kept;
use crate::report::Miss;
use crate::report::Outstanding;
use crate::report::Period;
use crate::report::Report;
use crate::report::UnitCount;
use crate::report::WayCount;
use crate::report::cause;
use crate::report::cause::Cause;
use crate::report::facts::Arrived;
use crate::report::facts::ArrivedNotice;
use crate::report::facts::Told;
use crate::report::listed::Listed;
use crate::report::promise::Came;
use crate::report::promise::How;
use crate::report::promise::came;
use crate::report::promise::clock;
use crate::report::promise::demanded;
use crate::report::promise::end_of_day;
use crate::report::promise::open_state;
use crate::report::promise::place;
use crate::report::promise::recipient;
use crate::report::promise::rows;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// A report in the making.
#[derive(Debug)]
pub struct Tally {
    period: Period,
    now: Timestamp,
    messages: u64,
    notices: u64,
    not_notices: u64,
    first_seen_later: u64,
    kinds: BTreeMap<String, u64>,
    sender_kinds: BTreeMap<String, u64>,
    doors: BTreeMap<String, u64>,
    units: BTreeMap<(String, String), u64>,
    clocks: BTreeMap<usize, BTreeMap<String, Kept>>,
    causes: BTreeMap<(usize, Cause), u64>,
    misses: Listed<Miss>,
    outstanding: Listed<Outstanding>,
    ways: BTreeMap<(usize, &'static str), WayCount>,
    bounces: u64,
}

impl Tally {
    /// An empty one. `now`: what is due later is waited for, not missed.
    pub fn new(period: Period, now: Timestamp) -> Self {
        Self {
            period,
            now,
            messages: 0,
            notices: 0,
            not_notices: 0,
            first_seen_later: 0,
            kinds: BTreeMap::new(),
            sender_kinds: BTreeMap::new(),
            doors: BTreeMap::new(),
            units: BTreeMap::new(),
            clocks: BTreeMap::new(),
            causes: BTreeMap::new(),
            misses: Listed::new(),
            outstanding: Listed::new(),
            ways: BTreeMap::new(),
            bounces: 0,
        }
    }

    /// Adds one message. Each is to be added once.
    pub fn add(&mut self, arrived: &Arrived) {
        let real = arrived.notices.iter().filter(|notice| !notice.canary);
        // What was taken for no notice and yet owes something by statute is not left out.
        let (not, notices): (Vec<_>, Vec<_>) = real.partition(|notice| {
            notice.not_notice && rows(arrived, notice, Purpose::Confirmation).is_empty()
        });
        self.not_notices += count(not.len());
        if notices.is_empty() {
            return;
        }
        self.messages += 1;
        for notice in &notices {
            self.add_notice(arrived, notice);
        }
        self.add_ways(arrived, &notices);
        let bounced = arrived.history.iter().filter(|it| it.event == "acknowledgement.bounced");
        self.bounces += count(bounced.count());
    }

    fn add_notice(&mut self, arrived: &Arrived, notice: &ArrivedNotice) {
        self.notices += 1;
        *self.kinds.entry(notice.kind.clone()).or_default() += 1;
        *self.sender_kinds.entry(notice.sender_kind.clone()).or_default() += 1;
        *self.doors.entry(arrived.channel.clone()).or_default() += 1;
        let unit = (notice.board.clone(), notice.unit.clone());
        *self.units.entry(unit).or_default() += 1;
        let mut seen_later = false;
        for purpose in Purpose::ALL.iter().copied() {
            let rows = rows(arrived, notice, purpose);
            if rows.is_empty() && !demanded(&notice.kind, purpose) {
                continue;
            }
            let came = came(arrived, &rows, self.now);
            let end = end_of_day(came.due_at);
            seen_later |= arrived.seen_at >= end;
            let kinds = self.clocks.entry(place(purpose)).or_default();
            kinds.entry(notice.kind.clone()).or_default().add(&came);
            if matches!(came.how, How::Late | How::Missing) {
                self.missed(arrived, notice, purpose, (&rows, &came));
            }
            if let Some(state) = open_state(&rows, purpose) {
                let recipient = recipient(purpose).as_str().to_owned();
                self.outstanding.push(
                    purpose.is_statutory(),
                    Outstanding {
                        reference: notice.reference.clone(),
                        recipient,
                        purpose: purpose.as_str().to_owned(),
                        statutory: purpose.is_statutory(),
                        state: state.as_str().to_owned(),
                        arrival_date: arrived.arrival_date,
                        due_at: came.due_at,
                    },
                );
            }
        }
        self.first_seen_later += u64::from(seen_later);
    }

    fn missed(
        &mut self,
        arrived: &Arrived,
        notice: &ArrivedNotice,
        purpose: Purpose,
        (rows, came): (&[&Told], &Came),
    ) {
        let end = end_of_day(came.due_at);
        let (cause, detail) = cause::of(arrived, &notice.reference, purpose, rows, end);
        *self.causes.entry((place(purpose), cause)).or_default() += 1;
        let statutory = purpose.is_statutory();
        let miss = Miss {
            reference: notice.reference.clone(),
            kind: notice.kind.clone(),
            board: notice.board.clone(),
            unit: notice.unit.clone(),
            recipient: recipient(purpose).as_str().to_owned(),
            purpose: purpose.as_str().to_owned(),
            statutory,
            arrival_date: arrived.arrival_date,
            due_at: came.due_at,
            sent_at: came.reached_at,
            cause,
            detail,
        };
        self.misses.push(statutory, miss);
    }

    /// Each acknowledgement once, by its way; those of other boards' notices left out.
    fn add_ways(&mut self, arrived: &Arrived, notices: &[&ArrivedNotice]) {
        let counted = |told: &&Told| {
            told.purpose == Purpose::Receipt
                || notices.iter().any(|notice| notice.reference == told.reference)
        };
        for told in arrived.told.iter().filter(counted) {
            let (recipient, way) = (told.recipient.as_str(), told.way.as_str());
            let entry = self.ways.entry((place(told.purpose), way));
            let line = entry.or_insert_with(|| WayCount {
                recipient: recipient.to_owned(),
                purpose: told.purpose.as_str().to_owned(),
                way: way.to_owned(),
                sent: 0,
                not_fetched: 0,
                open: 0,
                bounced: 0,
                failed: 0,
                suppressed: 0,
            });
            line.not_fetched += u64::from(told.is_called_only());
            match told.state {
                AcknowledgementState::Sent => line.sent += 1,
                AcknowledgementState::Pending | AcknowledgementState::Retrying => line.open += 1,
                AcknowledgementState::Bounced => line.bounced += 1,
                AcknowledgementState::Failed => line.failed += 1,
                AcknowledgementState::Suppressed => line.suppressed += 1,
            }
        }
    }

    /// The report.
    pub fn finish(self) -> Report {
        let unit = |((board, unit), notices): ((String, String), u64)| UnitCount {
            board_name: board.clone(),
            unit_name: unit.clone(),
            board,
            unit,
            notices,
        };
        let mut clocks = self.clocks;
        let clock = |purpose: &Purpose| clock(*purpose, clocks.remove(&place(*purpose)));
        let clocks = Purpose::ALL.iter().map(clock);
        // Where no profile sends them, nobody reads of them.
        let offers = |it: &Clock| it.purpose == Purpose::Offer.as_str();
        let clocks = clocks.filter(|it| !offers(it) || it.all.notices > 0).collect();
        let cause = |((at, cause), notices): ((usize, Cause), u64)| CauseCount {
            recipient: recipient(Purpose::ALL[at]).as_str().to_owned(),
            purpose: Purpose::ALL[at].as_str().to_owned(),
            cause,
            notices,
        };
        Report {
            schema_version: "1.0".to_owned(),
            from: self.period.from,
            to: self.period.to,
            made_at: Timestamp::from_second(self.now.as_second()).unwrap_or(self.now),
            messages: self.messages,
            notices: self.notices,
            not_notices: self.not_notices,
            first_seen_later: self.first_seen_later,
            by_kind: counts(self.kinds),
            by_sender_kind: counts(self.sender_kinds),
            by_door: counts(self.doors),
            by_unit: self.units.into_iter().map(unit).collect(),
            clocks,
            causes: self.causes.into_iter().map(cause).collect(),
            misses_not_listed: self.misses.left_out,
            misses: self.misses.all(),
            outstanding_not_listed: self.outstanding.left_out,
            outstanding: self.outstanding.all(),
            ways: self.ways.into_values().collect(),
            bounces: self.bounces,
        }
    }
}

fn counts(of: BTreeMap<String, u64>) -> Vec<Count> {
    of.into_iter().map(|(code, notices)| Count { code, notices }).collect()
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}
