//! One change of a roster that a form asks for, made in the text of its file: what people wrote there besides, comments too, stays as it is.
//!
//! The changed text is read again and held against what the change means. Where the file is written in a way that does not allow the change in place,
//! the whole file is written anew, without its comments. So a form can never change more than it says.

use crate::roster::Roster;
use crate::roster::fault::RosterFaults;
use crate::roster::write;
use toml::Value;

/// A part of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// Who can be named.
    Persons,
    /// The units.
    Units,
    /// Duties that recur.
    Duties,
    /// Who is away.
    Absences,
    /// Duties on one day.
    Extra,
    /// Who takes over from whom.
    Swaps,
}

/// What is changed.
#[derive(Clone, Debug, PartialEq)]
pub enum Amendment {
    /// An entry is added, or takes the place of the one with this number.
    Put {
        /// Where.
        section: Section,
        /// Instead of which, from 0.
        instead_of: Option<usize>,
        /// Its keys with their values.
        entry: Vec<(&'static str, Value)>,
    },
    /// An entry is taken out.
    Remove {
        /// Where.
        section: Section,
        /// Which, from 0.
        at: usize,
    },
    /// Somebody else, or nobody, stands in for all units.
    Deputy(Option<String>),
}

impl Section {
    /// Its name in the file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Persons => "persons",
            Self::Units => "units",
            Self::Duties => "duties",
            Self::Absences => "absences",
            Self::Extra => "extra",
            Self::Swaps => "swaps",
        }
    }
}

/// The file's text with the change made. `read` checks a text; `roster` is what the text holds now.
///
/// # Errors
/// What is wrong with the roster as it would be then.
pub fn amended(
    (text, roster): (&str, &Roster),
    amendment: &Amendment,
    read: impl Fn(&str) -> Result<Roster, RosterFaults>,
) -> Result<String, RosterFaults> {
    let in_place = changed(text, amendment);
    if read(&in_place).is_ok_and(|now| means(roster, &now, amendment)) {
        return Ok(in_place);
    }
    let anew = changed(&roster.to_toml(), amendment);
    read(&anew).map(|_| anew)
}

/// Whether what is there now is what was there, but for the change.
fn means(before: &Roster, now: &Roster, amendment: &Amendment) -> bool {
    let (mut before, mut now) = (before.clone(), now.clone());
    match amendment {
        Amendment::Put { section, instead_of, .. } => {
            if let Some(at) = instead_of {
                take(&mut before, *section, Some(*at));
            }
            take(&mut now, *section, None);
        }
        Amendment::Remove { section, at } => take(&mut before, *section, Some(*at)),
        Amendment::Deputy(deputy) => before.deputy.clone_from(deputy),
    }
    before == now
}

/// Takes an entry out: this one, or the last.
fn take(roster: &mut Roster, section: Section, at: Option<usize>) {
    fn out<T>(all: &mut Vec<T>, at: Option<usize>) {
        let at = at.or_else(|| all.len().checked_sub(1));
        if let Some(at) = at.filter(|at| *at < all.len()) {
            all.remove(at);
        }
    }
    match section {
        Section::Persons => out(&mut roster.persons, at),
        Section::Units => out(&mut roster.units, at),
        Section::Duties => out(&mut roster.duties, at),
        Section::Absences => out(&mut roster.absences, at),
        Section::Extra => out(&mut roster.extra, at),
        Section::Swaps => out(&mut roster.swaps, at),
    }
}

/// The text with the change made, as if every entry stood under its own heading.
fn changed(text: &str, amendment: &Amendment) -> String {
    match amendment {
        Amendment::Put { section, instead_of, entry } => {
            let mut text = match instead_of {
                Some(at) => cut(text, *section, *at),
                None => text.to_owned(),
            };
            if !text.is_empty() && !text.ends_with('\n') {
                text.push('\n');
            }
            write::entry(&mut text, section.as_str(), entry.iter().cloned());
            text
        }
        Amendment::Remove { section, at } => cut(text, *section, *at),
        Amendment::Deputy(deputy) => with_deputy(text, deputy.as_deref()),
    }
}

fn is_heading(line: &str) -> bool {
    line.trim_start().starts_with('[')
}

fn says_nothing(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.starts_with('#')
}

/// Takes the lines of an entry out: from its heading to the last line that says something. Comments before the next heading belong to that one.
fn cut(text: &str, section: Section, at: usize) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let heads = |line: &&str| {
        let name = line.trim_start().strip_prefix("[[").and_then(|rest| rest.split_once("]]"));
        name.is_some_and(|(name, _)| name.trim() == section.as_str())
    };
    let mut headings = (0..lines.len()).filter(|number| lines.get(*number).is_some_and(heads));
    let Some(first) = headings.nth(at) else { return text.to_owned() };
    let after = lines.iter().skip(first + 1).take_while(|line| !is_heading(line));
    let body: Vec<&&str> = after.collect();
    let says = body.iter().rposition(|line| !says_nothing(line)).map_or(0, |last| last + 1);
    let kept =
        lines.iter().enumerate().filter(|(number, _)| !(first..=first + says).contains(number));
    kept.map(|(_, line)| *line).collect()
}

/// The key stands before the first heading.
fn with_deputy(text: &str, deputy: Option<&str>) -> String {
    let mut line = String::new();
    let value = deputy.map(|id| ("deputy", Value::from(id)));
    write::entry(&mut line, "", value);
    let is_deputy = |line: &str| {
        let key = line.split_once('=').map(|(key, _)| key.trim());
        matches!(key, Some("deputy" | "\"deputy\""))
    };
    let mut out = String::with_capacity(text.len() + line.len());
    let (mut among_headings, mut done) = (false, false);
    for old in text.split_inclusive('\n') {
        among_headings |= is_heading(old);
        if !among_headings && is_deputy(old) {
            out.push_str(if done { "" } else { &line });
            done = true;
        } else {
            out.push_str(old);
        }
    }
    if done { out } else { line + text }
}

#[cfg(test)]
#[path = "amend_tests.rs"]
mod tests;
