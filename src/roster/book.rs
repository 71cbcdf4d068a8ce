//! The roster in use: read from its file, and read again when people have edited it. A file with faults never takes the place of one without.

use crate::domain::calendar::LocalTime;
use crate::domain::caseworker::Caseworker;
use crate::roster::Roster;
use crate::roster::fault::RosterFaults;
use crate::roster::naming::Because;
use arc_swap::ArcSwap;
use jiff::SignedDuration;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use std::io;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// `[roster]`: where the duty roster is.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// The file, such as a copy of `config/roster.toml`. Without one nobody can be named but by a person.
    pub file: Option<PathBuf>,
    /// Whether the case system is asked first who is responsible for the person's open case.
    pub open_case: bool,
    /// How often it is looked at for changes.
    pub look_every: SignedDuration,
}

impl Default for Config {
    fn default() -> Self {
        Self { file: None, open_case: true, look_every: SignedDuration::from_secs(10) }
    }
}

/// Why there is no roster.
#[derive(Debug, thiserror::Error)]
pub enum BookError {
    /// The file cannot be read.
    #[error("cannot be read")]
    Read(#[source] io::Error),
    /// It has faults.
    #[error("{0}")]
    Faults(RosterFaults),
}

/// The roster of the moment.
#[derive(Clone, Debug, Default)]
pub struct Book {
    file: Option<PathBuf>,
    units: Vec<String>,
    current: Arc<ArcSwap<Roster>>,
}

impl Book {
    /// Reads the file, if one is configured. `units` are the ids of the profile's units.
    ///
    /// # Errors
    /// When the file cannot be read, or has faults.
    pub fn open(config: &Config, units: Vec<String>) -> Result<Self, BookError> {
        let book = Self { file: config.file.clone(), units, current: Arc::default() };
        if let Some(text) = book.text()? {
            book.current.store(Arc::new(book.parse(&text)?));
        }
        Ok(book)
    }

    /// The roster now.
    pub fn now(&self) -> Arc<Roster> {
        self.current.load_full()
    }

    /// Whether there is a file at all.
    pub fn is_kept(&self) -> bool {
        self.file.is_some()
    }

    /// Where it is kept.
    pub(super) fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// The ids of the profile's units.
    pub(super) fn units(&self) -> &[String] {
        &self.units
    }

    /// Takes another roster into use.
    pub(super) fn take(&self, roster: Arc<Roster>) {
        self.current.store(roster);
    }

    /// Whom a confirmation names for a unit at an instant; `unit_name` is what people call the unit.
    pub fn caseworker(
        &self,
        (unit, unit_name): (&str, &str),
        at: Timestamp,
        local_time: &LocalTime,
    ) -> Option<Caseworker> {
        let roster = self.now();
        let named = roster.named(unit, at, local_time)?;
        let because = match named.because {
            Because::OnDuty => "onDuty",
            Because::NextWorkingDay(_) => "nextWorkingDay",
            Because::Deputy => "deputy",
        };
        Some(roster.official(&named.person, (unit, unit_name), because))
    }

    /// Whom a confirmation names whose person has an open case: `told` is what the case system calls the responsible caseworker, with telephone and unit
    /// where it tells them. `None` where that one is away on the day, or could not be called.
    pub fn of_open_case(
        &self,
        (told, telephone, in_unit): (&str, Option<&str>, Option<&str>),
        (unit, unit_name): (&str, &str),
        day: Date,
    ) -> Option<Caseworker> {
        const BECAUSE: &str = "openCase";
        let roster = self.now();
        let unit_name = in_unit.unwrap_or(unit_name);
        if let Some(person) = roster.known_as(told) {
            let there = !roster.is_away(&person.id, day);
            return there.then(|| roster.official(person, (unit, unit_name), BECAUSE));
        }
        let desk = roster.desk(unit).map(|desk| desk.telephone.as_str());
        let telephone = telephone.or(desk).filter(|number| !number.trim().is_empty())?;
        Some(Caseworker {
            id: "case-system".to_owned(),
            name: told.trim().to_owned(),
            unit: unit_name.to_owned(),
            telephone: telephone.to_owned(),
            because: BECAUSE.to_owned(),
        })
    }

    /// Follows the file's changes until told to stop.
    pub async fn follow(self, config: Config, stop: CancellationToken) {
        // What changed since it was opened is not missed: the first look reads it anew.
        let mut seen = None;
        let pause = config.look_every.unsigned_abs();
        while stop.run_until_cancelled(tokio::time::sleep(pause)).await.is_some() {
            let now = Some(self.read().await);
            if now == seen || self.file.is_none() {
                continue;
            }
            match now.as_ref().and_then(Option::as_deref).map(|text| self.parse(text)) {
                Some(Ok(roster)) if roster == *self.now() => {}
                Some(Ok(roster)) => {
                    self.current.store(Arc::new(roster));
                    tracing::info!("the duty roster changed and is in use");
                }
                Some(Err(_)) => tracing::error!(
                    "the duty roster changed and has faults; the one before stays in use (kvittens check tells them all)"
                ),
                None => {
                    tracing::error!("the duty roster cannot be read; the one before stays in use")
                }
            }
            seen = now;
        }
    }

    async fn read(&self) -> Option<String> {
        let book = self.clone();
        let read = tokio::task::spawn_blocking(move || book.text());
        read.await.ok().and_then(Result::ok).flatten()
    }

    pub(super) fn text(&self) -> Result<Option<String>, BookError> {
        let text = self.file.as_ref().map(std::fs::read_to_string);
        text.transpose().map_err(BookError::Read)
    }

    fn parse(&self, text: &str) -> Result<Roster, BookError> {
        self.check(text).map_err(BookError::Faults)
    }
}

#[cfg(test)]
mod tests {
    use super::Book;
    use super::BookError;
    use super::Config;
    use crate::domain::calendar::LocalTime;
    use jiff::SignedDuration;
    use jiff::Timestamp;
    use tokio_util::sync::CancellationToken;

    const SAMPLE: &str = include_str!("../../config/roster.toml");

    fn units() -> Vec<String> {
        ["boende-mottagning", "barn-och-familj", "ekonomiskt-bistand"].map(str::to_owned).to_vec()
    }

    fn named(book: &Book, at: &str) -> Option<(String, String)> {
        let local_time = LocalTime::named("Europe/Stockholm").unwrap();
        let at: Timestamp = at.parse().unwrap();
        let unit = ("boende-mottagning", "Mottagningen");
        let caseworker = book.caseworker(unit, at, &local_time)?;
        assert_eq!(caseworker.unit, "Mottagningen");
        Some((caseworker.id, caseworker.because))
    }

    #[tokio::test]
    async fn an_edited_roster_is_used_and_a_faulty_one_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("roster.toml");
        std::fs::write(&file, SAMPLE).unwrap();
        let config = Config {
            file: Some(file.clone()),
            look_every: SignedDuration::from_millis(5),
            ..Config::default()
        };
        let book = Book::open(&config, units()).unwrap();
        let tuesday = "2026-11-03T09:00:00Z";
        assert_eq!(named(&book, tuesday), Some(("aa01".to_owned(), "onDuty".to_owned())));
        let (stop, following) = (CancellationToken::new(), book.clone());
        let task = tokio::spawn(following.follow(config, stop.clone()));
        for (text, expected) in [
            (SAMPLE.replace("[\"mon\", \"tue\", \"wed\", \"thu\"]", "[\"mon\"]"), "bb02"),
            ("persons = 1".to_owned(), "bb02"),
            (SAMPLE.to_owned(), "aa01"),
        ] {
            std::fs::write(&file, text).unwrap();
            let mut looks = 0;
            while named(&book, tuesday).is_none_or(|(id, _)| id != expected) {
                looks += 1;
                assert!(looks < 2_000, "{expected}");
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
        }
        stop.cancel();
        task.await.unwrap();
    }

    #[test]
    fn without_a_file_nobody_is_named_and_a_bad_one_is_refused() {
        assert_eq!(named(&Book::default(), "2026-11-03T09:00:00Z"), None);
        let config = Config { file: Some("/no/such/roster".into()), ..Config::default() };
        assert!(matches!(Book::open(&config, units()), Err(BookError::Read(_))));
    }
}
