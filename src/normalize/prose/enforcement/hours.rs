//! The hours of a letter from Kronofogden: the only one that it names, the one to be out by, the one that is called off.

use super::ONLY_HOUR;
use super::Told;
use super::more_cues::CALLED_OFF;
use crate::domain::moment::Moment;
use crate::normalize::prose::days::Day;
use crate::normalize::prose::days::Meaning;
use crate::normalize::prose::seen::Seen;

impl<'a> Told<'a> {
    /// The time that holds no longer, as a letter of a change tells.
    pub(super) fn no_longer(&self, sure: bool) -> Option<Seen<Moment>> {
        let gone = self.gone(None).or_else(|| self.called_off()).map(|seen| self.moment(seen));
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

    /// A time whose sentence ends in its being called off: `avhysningen den 4 december från Provgatan 5, 211 20 Malmö är inställd`.
    pub(super) fn called_off(&self) -> Option<&'a Seen<Day>> {
        self.of(Meaning::Starts).find(|day| {
            let sheet = self.words.sheets.iter().find(|sheet| sheet.number == day.sheet);
            let rest = sheet.and_then(|sheet| sheet.text.get(day.at + day.quote.len()..));
            let near: String = rest.unwrap_or_default().chars().take(160).collect();
            let near = near.to_lowercase();
            let end = near.match_indices(['.', '\n']).find(|(at, mark)| {
                let next = near.get(at + 1..).unwrap_or_default();
                let number = next.trim_start().starts_with(|c: char| c.is_ascii_digit());
                !number && (*mark == "." || next.starts_with('\n'))
            });
            let sentence = near.get(..end.map_or(near.len(), |(at, _)| at)).unwrap_or_default();
            CALLED_OFF.iter().any(|words| sentence.contains(words))
        })
    }
}
