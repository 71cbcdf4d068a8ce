//! Who has the duty on a day: the duties that recur, the exceptions of that day, and who is away.

use crate::domain::holidays::is_day_off;
use crate::roster::Roster;
use crate::roster::hours::Hours;
use crate::roster::hours::Weekdays;
use crate::roster::hours::Weeks;
use jiff::civil::Date;

/// A duty that recurs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// The id of the unit.
    pub unit: String,
    /// The id of the person.
    pub person: String,
    /// On which days of the week.
    pub weekdays: Weekdays,
    /// At which hours of the local day.
    pub hours: Hours,
    /// The first day; always, when there is none.
    pub first: Option<Date>,
    /// The last day; for ever, when there is none.
    pub last: Option<Date>,
    /// In which weeks. [`Weeks::Every`] needs a first day.
    pub weeks: Weeks,
    /// Whether it also holds on public holidays and the three eves. A Sunday that is nothing but a Sunday is a matter of `weekdays`.
    pub holidays: bool,
}

impl Duty {
    /// Whether it holds on a day, exceptions aside.
    pub fn holds_on(&self, day: Date) -> bool {
        self.weekdays.hold(day.weekday())
            && self.first.is_none_or(|first| first <= day)
            && self.last.is_none_or(|last| day <= last)
            && self.weeks.hold(day, self.first)
            && (self.holidays || !is_day_off(day))
    }
}

/// Whole days on which a person is away: no duty of theirs holds, and they stand in for nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Absence {
    /// The id of the person.
    pub person: String,
    /// The first day away.
    pub first: Date,
    /// The last day away.
    pub last: Date,
}

/// A duty on one day only, of whatever kind that day is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExtraDuty {
    /// The id of the unit.
    pub unit: String,
    /// The id of the person.
    pub person: String,
    /// The day.
    pub date: Date,
    /// At which hours of it.
    pub hours: Hours,
}

/// On one day, one person takes over what another has in a unit. Two people who change days with each other are two swaps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Swap {
    /// The id of the unit.
    pub unit: String,
    /// The day.
    pub date: Date,
    /// The id of the person whose duties it were.
    pub instead_of: String,
    /// The id of the person who has them that day.
    pub person: String,
}

/// One person's duty on one day, exceptions considered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shift<'r> {
    pub(super) person: &'r str,
    pub(super) hours: Hours,
}

impl Roster {
    /// Whether a person is away on a day.
    pub fn is_away(&self, person: &str, day: Date) -> bool {
        let mut absences = self.absences.iter().filter(|absence| absence.person == person);
        absences.any(|absence| absence.first <= day && day <= absence.last)
    }

    /// Who has the duty of a unit on a day and is there, with their hours, in the order in which they begin.
    pub fn on_duty(&self, unit: &str, day: Date) -> Vec<(String, Hours)> {
        let shifts = self.shifts(unit, day).map(|shift| (shift.person.to_owned(), shift.hours));
        let mut shifts: Vec<_> = shifts.collect();
        shifts.sort_by_key(|(_, hours)| hours.from());
        shifts
    }

    /// The swaps that change nothing, since the person has no duty in the unit on that day: a date or a name is wrong, or the duty has
    /// changed since. No fault, for the roster works; the page that edits it tells them.
    pub fn idle_swaps(&self) -> Vec<&Swap> {
        let has_duty = |swap: &Swap| {
            let mut entered = self.entered(&swap.unit, swap.date);
            entered.any(|shift| shift.person == swap.instead_of)
        };
        self.swaps.iter().filter(|swap| !has_duty(swap)).collect()
    }

    /// The duties of a unit on a day as planned, also of those who are away, in order of the file: the recurring ones first.
    pub(super) fn planned<'r>(
        &'r self,
        unit: &'r str,
        day: Date,
    ) -> impl Iterator<Item = Shift<'r>> {
        self.entered(unit, day).map(move |shift| {
            let mut swaps = self.swaps.iter().filter(|swap| swap.unit == unit && swap.date == day);
            let swap = swaps.find(|swap| swap.instead_of == shift.person);
            swap.map_or(shift, |swap| Shift { person: &swap.person, ..shift })
        })
    }

    /// The same before anyone took over from another.
    fn entered<'r>(&'r self, unit: &'r str, day: Date) -> impl Iterator<Item = Shift<'r>> {
        let recurring = self.duties.iter().filter(move |duty| duty.unit == unit);
        let recurring = recurring.filter(move |duty| duty.holds_on(day));
        let recurring = recurring.map(|duty| Shift { person: &duty.person, hours: duty.hours });
        let extra = self.extra.iter().filter(move |extra| extra.unit == unit && extra.date == day);
        let extra = extra.map(|extra| Shift { person: &extra.person, hours: extra.hours });
        recurring.chain(extra)
    }

    /// The duties of a unit on a day whose person is there.
    pub(super) fn shifts<'r>(
        &'r self,
        unit: &'r str,
        day: Date,
    ) -> impl Iterator<Item = Shift<'r>> {
        self.planned(unit, day).filter(move |shift| !self.is_away(shift.person, day))
    }
}
