//! Whom the confirmation of a notice names (SFS 2025:468 11:3) when the case system knows no caseworker of the person's.

use crate::domain::calendar::LocalTime;
use crate::domain::calendar::is_weekday_for_limits;
use crate::roster::Person;
use crate::roster::Roster;
use crate::roster::duty::Shift;
use crate::roster::hours::minute_of;
use jiff::Timestamp;
use jiff::civil::Date;

/// How many days after an instant are looked at for someone who is on duty.
pub const LOOK_AHEAD_DAYS: u16 = 14;

/// Who is named, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The person.
    pub person: Person,
    /// Why it is this one.
    pub because: Because,
}

/// Why a person is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Because {
    /// They are on duty at that instant.
    OnDuty,
    /// They are the first on duty on this working day, which is the instant's own day when their duty begins later on it.
    NextWorkingDay(Date),
    /// They stand in for those on duty: nobody is there on the working day that counts.
    Deputy,
}

impl Roster {
    /// Who is named for a unit at an instant.
    ///
    /// 1. Who is on duty then, on whatever day. Of several the one whose duty began first; of those the first in the file.
    /// 2. Else the first one on duty later that day, if it is a working day; after hours, on weekends and holidays on the next working
    ///    day. Working days are those of SFS 1930:173 2 §.
    /// 3. If nobody is there on that working day at all: the unit's standing deputy; else the municipality's. A deputy is passed over who is
    ///    away on the instant's day or on that working day. Someone who is at work goes before someone who comes back later.
    /// 4. Else the first one on duty on a later working day, at most [`LOOK_AHEAD_DAYS`] days after the instant's: a caseworker must be
    ///    named the same day.
    ///
    /// `None` when there is nobody: a person must enter someone. A unit that the roster does not know has no duties and no deputy but
    /// the municipality's.
    pub fn named(&self, unit: &str, at: Timestamp, local: &LocalTime) -> Option<Named> {
        self.named_on(unit, local.day_of(at), minute_of(local.time_of(at)))
    }

    /// The same by local day and minute of the day.
    pub(super) fn named_on(&self, unit: &str, day: Date, minute: u16) -> Option<Named> {
        let person = |shift: Shift<'_>| self.person(shift.person).cloned();
        let now = self.shifts(unit, day).filter(|shift| shift.hours.hold(minute));
        if let Some(person) = first(now).and_then(person) {
            return Some(Named { person, because: Because::OnDuty });
        }
        let of = |person: Person, on: Date| Named { person, because: Because::NextWorkingDay(on) };
        let later = || first(self.shifts(unit, day).filter(|shift| shift.hours.from() > minute));
        let counts = is_weekday_for_limits(day);
        if let Some(person) = later().filter(|_| counts).and_then(person) {
            return Some(of(person, day));
        }
        let is_hole = counts && self.shifts(unit, day).next().is_none();
        let mut ahead = working_days_after(day);
        let counting_day = if is_hole { Some(day) } else { ahead.next() };
        if let Some(on) = counting_day
            && let Some(person) = first(self.shifts(unit, on)).and_then(person)
        {
            return Some(of(person, on));
        }
        let deputy = self.deputy_on(unit, day, counting_day.unwrap_or(day)).cloned();
        deputy.map(|person| Named { person, because: Because::Deputy }).or_else(|| {
            ahead.find_map(|on| Some(of(first(self.shifts(unit, on)).and_then(person)?, on)))
        })
    }

    /// The unit's deputy, else the municipality's: the first who is away on neither day.
    fn deputy_on(&self, unit: &str, day: Date, counting_day: Date) -> Option<&Person> {
        let own = self.desk(unit).and_then(|desk| desk.deputy.as_ref());
        let mut deputies = own.into_iter().chain(&self.deputy);
        let is_there = |id: &str| !self.is_away(id, day) && !self.is_away(id, counting_day);
        deputies.find(|id| is_there(id)).and_then(|id| self.person(id))
    }
}

/// The duty that begins first; of those the first in the file.
fn first<'r>(shifts: impl Iterator<Item = Shift<'r>>) -> Option<Shift<'r>> {
    shifts.min_by_key(|shift| shift.hours.from())
}

/// The working days after a day, as far as is looked ahead.
fn working_days_after(day: Date) -> impl Iterator<Item = Date> {
    let days = day.series(jiff::ToSpan::day(1)).skip(1).take(usize::from(LOOK_AHEAD_DAYS));
    days.filter(|day| is_weekday_for_limits(*day))
}
