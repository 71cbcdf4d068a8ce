//! What Kronofogden tells: the case, and the times that hold or no longer hold.

pub(super) mod case_cues;
pub(super) mod case_numbers;
mod hours;
pub(super) mod more_cues;

use super::super::Context;
use super::days::Day;
use super::days::Meaning;
use super::days::times;
use super::draft::Draft;
use super::seen::Seen;
use super::seen::before;
use super::weigh::Words;
use crate::domain::masked::Masked;
use crate::domain::moment::Moment;
use crate::domain::notice::Enforcement;
use crate::domain::notice::EnforcementOutcome;
use crate::domain::notice::NoticeType;
use jiff::civil::Date;

/// The case of an earlier notice that this one is about.
fn relate(draft: &mut Draft, case: Option<Seen<String>>) {
    if let Some(case) = case {
        let number = Masked::new(draft.take("/relatesTo/caseNumber", case));
        draft.notice.relates_to.get_or_insert_default().case_number = Some(number);
    }
}

/// Puts the case and its times in.
pub(super) fn put_enforcement(
    draft: &mut Draft,
    words: &Words<'_>,
    days: &[Seen<Day>],
    outcome: Option<EnforcementOutcome>,
    context: &Context<'_>,
) {
    let days = &times::seated(days, words);
    let kind = draft.notice.kind;
    // The tribunal's own number is no case of Kronofogden's.
    let case = case(words).filter(|_| kind != NoticeType::RentTribunalDispute);
    if matches!(kind, NoticeType::Withdrawal | NoticeType::Supplement) {
        return relate(draft, case);
    }
    let mut enforcement = Enforcement {
        case_number: draft.maybe("/enforcement/caseNumber", case).map(Masked::new),
        outcome,
        ..Enforcement::default()
    };
    let told = Told { days, words, context };
    match kind {
        NoticeType::EvictionApplication | NoticeType::RemovalApplication => {
            let applied = told.applied();
            enforcement.applied_on = draft.maybe("/enforcement/appliedOn", applied);
        }
        NoticeType::EvictionScheduled | NoticeType::RemovalScheduled => {
            let starts = told.starts();
            if told.several_starts(starts) {
                draft.ask("enforcement", "contradiction", "/enforcement/startsAt");
            }
            let gone = told.gone(starts).map(|seen| told.moment(seen));
            let moment = told.start_of(starts);
            enforcement.starts_at = draft.vital("/enforcement/startsAt", "enforcement", moment);
            enforcement.no_longer_at = draft.maybe("/enforcement/noLongerAt", gone);
        }
        NoticeType::EvictionChanged => {
            let gone = told.no_longer(draft.sure_of("/type"));
            enforcement.no_longer_at = draft.maybe("/enforcement/noLongerAt", gone);
        }
        NoticeType::EvictionExecuted => {
            let done = told.executed().map(|seen| told.moment(seen));
            enforcement.executed_at = draft.maybe("/enforcement/executedAt", done);
        }
        // A school that fears for a child may know when the bailiff comes.
        NoticeType::ChildConcern => {
            let starts = told.any(Meaning::Starts).filter(|day| day.value.date > words.on);
            let moment = starts.map(|seen| told.moment(seen).at_most(0.94));
            enforcement.starts_at = draft.maybe("/enforcement/startsAt", moment);
        }
        NoticeType::RentArrears
        | NoticeType::RentDisturbance
        | NoticeType::RentTerminationCopy
        | NoticeType::TenantOwnedArrears
        | NoticeType::TenantOwnedDisturbance
        | NoticeType::TenantOwnedTerminationCopy
        | NoticeType::UnlawfulSublet
        | NoticeType::ElectricityDebt
        | NoticeType::RentTribunalDispute
        | NoticeType::Supplement
        | NoticeType::Withdrawal
        | NoticeType::Unknown => {}
    }
    if enforcement != Enforcement::default() {
        draft.notice.enforcement = Some(enforcement);
    }
}

/// The case; not surely where several are named.
fn case(words: &Words<'_>) -> Option<Seen<String>> {
    let all: Vec<Seen<String>> = words.sheets.iter().flat_map(case_numbers::cases).collect();
    let sure = all.iter().map(|seen| seen.confidence).fold(0.0, f64::max);
    let mut first = all.iter().find(|seen| seen.confidence >= sure)?.clone();
    let same = |other: &Seen<String>| {
        other.value.starts_with(&first.value) || first.value.starts_with(&other.value)
    };
    if !all.iter().all(|other| same(other) || other.confidence < sure) {
        first.confidence = 0.85;
    }
    Some(first)
}

/// How often the only hour of a letter that sets an eviction is the eviction's.
const ONLY_HOUR: f64 = 0.955;

/// The days of a letter from Kronofogden.
struct Told<'a> {
    days: &'a [Seen<Day>],
    words: &'a Words<'a>,
    context: &'a Context<'a>,
}

impl<'a> Told<'a> {
    fn of(&self, meaning: Meaning) -> impl Iterator<Item = &'a Seen<Day>> {
        self.days.iter().filter(move |day| day.value.meaning == meaning)
    }

    /// The first of a meaning, one with a time before others.
    fn any(&self, meaning: Meaning) -> Option<&'a Seen<Day>> {
        let own = |day: &&Seen<Day>| !self.old(day);
        let timed = self.of(meaning).filter(own).find(|day| day.value.time.is_some());
        timed.or_else(|| self.of(meaning).find(own)).or_else(|| self.of(meaning).next())
    }

    fn moment(&self, seen: &Seen<Day>) -> Seen<Moment> {
        let day = seen.value;
        let time = day.time.or_else(|| {
            // The same day may be told again with its hour.
            let mut times = self.days.iter().filter(|other| other.value.date == day.date);
            let first = times.find_map(|other| other.value.time)?;
            let agree = times.filter_map(|other| other.value.time).all(|time| time == first);
            agree.then_some(first)
        });
        let at = time.and_then(|time| Moment::local(day.date, time, self.context.local_time));
        seen.clone().map(|_| at.unwrap_or(Moment::Day(day.date)))
    }

    /// A subject that is answered tells what held before.
    fn old(&self, day: &Seen<Day>) -> bool {
        day.source == "subject" && self.answers()
    }

    fn answers(&self) -> bool {
        self.words.sheets.iter().any(|sheet| {
            let start: String = sheet.text.trim_start().chars().take(3).collect();
            let start = start.to_lowercase();
            sheet.source == "subject" && (start.starts_with("sv:") || start.starts_with("re:"))
        })
    }

    /// The time that holds.
    fn starts(&self) -> Option<&'a Seen<Day>> {
        let ahead = |day: &&Seen<Day>| day.value.date >= self.words.on && !self.old(day);
        let timed = |day: &&Seen<Day>| day.value.time.is_some();
        let told = self.of(Meaning::Starts).filter(ahead);
        let told: Vec<&Seen<Day>> = told.collect();
        // An hour of today is when somebody wrote or called.
        let later = |day: &&Seen<Day>| ahead(day) && day.value.date > self.words.on;
        let plain = |meaning| self.of(meaning).filter(later).find(timed);
        let new = told.iter().copied().find(|day| timed(day) && self.is_new(day));
        new.or_else(|| told.iter().copied().find(|day| timed(day)))
            .or_else(|| plain(Meaning::Other))
            .or_else(|| plain(Meaning::Incident))
            .or_else(|| told.first().copied())
    }

    /// Whether a time is said to be a new one, as a mail says above the letter that told the first.
    fn is_new(&self, day: &Seen<Day>) -> bool {
        let sheet = self.words.sheets.iter().find(|sheet| sheet.number == day.sheet);
        let before = sheet.map(|sheet| before(&sheet.text, day.at, 60)).unwrap_or_default();
        let words = ["ny tid", "ny dag", "nytt datum", "nya tiden", "new time", "new date"];
        words.iter().any(|word| before.contains(word))
    }

    /// When the eviction is: the time it is set for, or the hour one must be out by.
    fn start_of(&self, starts: Option<&Seen<Day>>) -> Option<Seen<Moment>> {
        let only = self.is_only_hour();
        match starts {
            Some(seen)
                if only && matches!(seen.value.meaning, Meaning::Other | Meaning::Starts) =>
            {
                Some(self.moment(seen).at_least(ONLY_HOUR))
            }
            Some(seen) => Some(self.moment(seen)),
            None => {
                let seen = self.moment(self.moved_out()?);
                Some(if only { seen.at_least(ONLY_HOUR) } else { seen.at_most(0.9) })
            }
        }
    }

    fn several_starts(&self, chosen: Option<&Seen<Day>>) -> bool {
        let Some(chosen) = chosen else { return false };
        let when = |day: &Seen<Day>| (day.value.date, day.value.time);
        self.of(Meaning::Starts)
            .filter(|day| !self.old(day) && day.value.date >= self.words.on)
            .any(|day| match (day.value.time, chosen.value.time) {
                (Some(_), Some(_)) => when(day) != when(chosen),
                (None, _) | (_, None) => day.value.date != chosen.value.date,
            })
    }

    /// The time that no longer holds.
    fn gone(&self, starts: Option<&Seen<Day>>) -> Option<&'a Seen<Day>> {
        let same = |day: &Seen<Day>| {
            starts.is_some_and(|starts| {
                (starts.value.date, starts.value.time) == (day.value.date, day.value.time)
            })
        };
        let timed = self.of(Meaning::NoLonger).filter(|day| !same(day));
        let timed: Vec<&Seen<Day>> = timed.collect();
        let told = timed.iter().copied().find(|day| day.value.time.is_some());
        let told = told.or_else(|| timed.first().copied());
        // An answer that tells of another time than its subject has moved it.
        let moved = || {
            let other = |day: &&Seen<Day>| self.old(day) && !same(day);
            let other = |day: &&'a Seen<Day>| other(day) && day.value.time.is_some();
            starts.and_then(|_| self.days.iter().find(other))
        };
        // Beside a time that is new, another one that was set is the old one.
        let replaced = || {
            let new = starts.filter(|starts| self.is_new(starts))?;
            let other = |day: &&Seen<Day>| day.sheet != new.sheet && !same(day);
            self.of(Meaning::Starts).filter(other).find(|day| day.value.time.is_some())
        };
        told.or_else(moved).or_else(replaced)
    }

    fn executed(&self) -> Option<&'a Seen<Day>> {
        let past = |day: &&Seen<Day>| day.value.date <= self.words.on;
        let first = |meaning, timed: bool| {
            self.of(meaning).filter(past).find(move |day| !timed || day.value.time.is_some())
        };
        first(Meaning::Executed, true)
            .or_else(|| first(Meaning::Starts, true))
            .or_else(|| first(Meaning::Incident, true))
            .or_else(|| first(Meaning::Other, true))
            .or_else(|| first(Meaning::Executed, false))
            .or_else(|| first(Meaning::Starts, false))
    }

    /// The day the application was made, never one to come.
    fn applied(&self) -> Option<Seen<Date>> {
        let past = |day: &&Seen<Day>| day.value.date <= self.words.on;
        let all: Vec<&Seen<Day>> = self.of(Meaning::Applied).filter(past).collect();
        let first = all.first()?;
        let mut seen = (*first).clone().map(|day| day.date);
        if all.iter().any(|day| day.value.date != first.value.date) {
            seen.confidence = seen.confidence.min(0.85);
        }
        Some(seen)
    }
}
