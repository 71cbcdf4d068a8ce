//! Where the roster has holes: told ahead, so that no confirmation must wait for a person (SFS 2025:468 11:3).

use crate::domain::calendar::is_weekday_for_limits;
use crate::roster::Roster;
use crate::roster::naming::Named;
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::civil::DateTime;
use jiff::civil::Time;

/// Working days, one after the other, on which a unit has nobody on duty. Weekends and holidays may lie between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hole {
    /// The id of the unit.
    pub unit: String,
    /// The first working day.
    pub first: Date,
    /// The last working day.
    pub last: Date,
    /// How many working days.
    pub working_days: u16,
    /// Why.
    pub cause: Cause,
    /// Who is named on these days instead: a deputy, or the first one back. When nobody is, it is also [`Unnamed`], and graver.
    pub stands_in: Option<Named>,
}

/// Why a unit has nobody on duty on a working day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// No duty is entered for the day.
    NoDuty,
    /// Everyone who would have been on duty is away: the ids of these persons, in order of the file.
    AllAway(Vec<String>),
}

/// Local time, from an instant to before another, during which nobody at all would be named for a unit: a confirmation would go out
/// late or without its caseworker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unnamed {
    /// The id of the unit.
    pub unit: String,
    /// From this local time on.
    pub from: DateTime,
    /// To before this local time.
    pub until: DateTime,
}

impl Roster {
    /// The holes of these units on so many days from `from` on, which counts as one; by first day, then in order of the units. Each unit
    /// of the municipality's profile belongs among them: one that the roster forgot is nothing but a hole.
    pub fn holes(&self, units: &[&str], from: Date, days: u16) -> Vec<Hole> {
        let mut holes: Vec<Hole> = Vec::new();
        for unit in units {
            let mut open: Option<Hole> = None;
            for day in these(from, days).filter(|day| is_weekday_for_limits(*day)) {
                let hole = self.hole(unit, day);
                open = match (open.take(), hole) {
                    (Some(mut before), Some(now)) if before.goes_on_in(&now) => {
                        before.last = now.last;
                        before.working_days += 1;
                        Some(before)
                    }
                    (before, now) => {
                        holes.extend(before);
                        now
                    }
                };
            }
            holes.extend(open);
        }
        holes.sort_by_key(|hole| hole.first);
        holes
    }

    /// When nobody would be named for these units, on so many days from `from` on; by beginning, then in order of the units.
    pub fn unnamed(&self, units: &[&str], from: Date, days: u16) -> Vec<Unnamed> {
        let mut all: Vec<Unnamed> = Vec::new();
        for unit in units {
            let mut open: Option<Unnamed> = None;
            for day in these(from, days) {
                for (begins, ends) in self.unnamed_on(unit, day) {
                    match &mut open {
                        Some(before) if before.until == begins => before.until = ends,
                        Some(_) | None => {
                            let unit = (*unit).to_owned();
                            all.extend(open.replace(Unnamed { unit, from: begins, until: ends }));
                        }
                    }
                }
            }
            all.extend(open);
        }
        all.sort_by_key(|unnamed| unnamed.from);
        all
    }

    /// The hole of a working day.
    fn hole(&self, unit: &str, day: Date) -> Option<Hole> {
        if self.shifts(unit, day).next().is_some() {
            return None;
        }
        let mut away: Vec<String> = Vec::new();
        for shift in self.planned(unit, day) {
            if !away.iter().any(|person| person == shift.person) {
                away.push(shift.person.to_owned());
            }
        }
        Some(Hole {
            unit: unit.to_owned(),
            first: day,
            last: day,
            working_days: 1,
            cause: if away.is_empty() { Cause::NoDuty } else { Cause::AllAway(away) },
            stands_in: self.named_on(unit, day, 0),
        })
    }

    /// Parts of a day without anybody. Who is named changes only where a duty begins or ends.
    fn unnamed_on(&self, unit: &str, day: Date) -> Vec<(DateTime, DateTime)> {
        let mut changes = vec![0];
        changes.extend(self.shifts(unit, day).flat_map(|s| [s.hours.from(), s.hours.to()]));
        changes.sort_unstable();
        changes.dedup();
        let ends = changes.iter().copied().skip(1).chain([24 * 60]);
        let parts = changes.iter().copied().zip(ends).filter(|(begins, ends)| begins < ends);
        let parts = parts.filter(|(begins, _)| self.named_on(unit, day, *begins).is_none());
        parts.map(|(begins, ends)| (moment(day, begins), moment(day, ends))).collect()
    }
}

impl Hole {
    /// Whether the next working day's hole is the same one going on.
    fn goes_on_in(&self, next: &Self) -> bool {
        self.cause == next.cause && self.stands_in == next.stands_in
    }
}

fn these(from: Date, days: u16) -> impl Iterator<Item = Date> {
    from.series(1.day()).take(usize::from(days))
}

fn moment(day: Date, minute: u16) -> DateTime {
    day.to_datetime(Time::midnight()).saturating_add(i64::from(minute).minutes())
}
