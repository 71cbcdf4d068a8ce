//! The hours of a letter from Kronofogden: the only one that it names, the one to be out by.

use super::ONLY_HOUR;
use super::Told;
use crate::domain::moment::Moment;
use crate::normalize::prose::days::Day;
use crate::normalize::prose::days::Meaning;
use crate::normalize::prose::seen::Seen;

impl<'a> Told<'a> {
    /// The time that holds no longer, as a letter of a change tells.
    pub(super) fn no_longer(&self, sure: bool) -> Option<Seen<Moment>> {
        let gone = self.gone(None).map(|seen| self.moment(seen));
        let only = || self.only_hour().map(|seen| self.moment(seen).at_least(ONLY_HOUR));
        // A time that nothing takes back still holds, if the change itself is not sure.
        let still = || self.any(Meaning::Starts).filter(|_| sure);
        gone.or_else(only).or_else(|| still().map(|seen| self.moment(seen).at_most(0.9)))
    }

    /// Whether the letter names one hour to come and no other: the eviction's, if it sets one.
    pub(super) fn is_only_hour(&self) -> bool {
        let hour = |day: &&Seen<Day>| {
            day.value.time.is_some()
                && day.value.date >= self.words.on
                && !self.old(day)
                && day.value.meaning != Meaning::NoLonger
        };
        let mut hours = self.days.iter().filter(hour).map(|day| (day.value.date, day.value.time));
        let first = hours.next();
        first.is_some() && hours.all(|other| Some(other) == first)
    }

    /// The one time with an hour that a letter names, of which nothing is said.
    pub(super) fn only_hour(&self) -> Option<&'a Seen<Day>> {
        let hour = |day: &&Seen<Day>| day.value.time.is_some() && day.source != "subject";
        let mut hours = self.days.iter().filter(hour);
        let first = hours.next()?;
        let when = |day: &Seen<Day>| (day.value.date, day.value.time);
        let open = matches!(first.value.meaning, Meaning::Other | Meaning::Incident);
        (open && hours.all(|other| when(other) == when(first))).then_some(first)
    }

    /// `Du ska ha flyttat senast den 16 december kl. 10. Då verkställer vi avhysningen`: an hour to be out by is the eviction's.
    pub(super) fn moved_out(&self) -> Option<&'a Seen<Day>> {
        let mut all = self.of(Meaning::MoveOut).filter(|day| day.value.date >= self.words.on);
        all.find(|day| day.value.time.is_some())
    }
}
