//! A second opinion on what a day is: what the learned weights say of the words around it.

use super::Meaning;
use super::day_place::Place;
use super::day_words::Written;
use crate::normalize::prose::learned::DAYS;
use crate::normalize::prose::learned::features;
#[cfg(test)]
use crate::normalize::prose::learned::lessons;
use crate::normalize::prose::seen::Sheet;
use crate::normalize::prose::words::fold::Folded;
use jiff::civil::Date;
use jiff::civil::Time;
use std::collections::BTreeSet;

/// So likely a meaning must be where no word told one, and where a weak one did.
const TELLS: f64 = 0.65;
const OUTWEIGHS: f64 = 0.8;
/// So likely a second meaning must be.
const BOTH: f64 = 0.75;
/// So likely a time must be at which somebody comes.
const SURELY: f64 = 0.85;
/// How sure a meaning is that only the weights tell; that they tell as plainly as for ninety-seven in a hundred of senders that taught nothing; that both tell.
const ALONE: f64 = 0.85;
const PLAIN_ALONE: f64 = 0.95;
const AGREED: f64 = 0.97;
/// So likely a meaning is plain, and so likely it agrees.
const PLAIN: f64 = 0.9;
const AGREES: f64 = 0.4;
/// A day that words told is doubted where the weights give it less than this.
const UNHEARD: f64 = 0.03;

/// A day where it stands.
pub(super) struct About<'a> {
    pub(super) sheet: &'a Sheet,
    pub(super) day: &'a Written,
    pub(super) place: &'a Place,
    pub(super) time: Option<Time>,
    pub(super) on: Date,
}

/// What a day is, by its words and by the weights together.
pub(super) fn meaning(told: (Meaning, f64), about: &About<'_>) -> (Meaning, f64) {
    let words = words(about);
    #[cfg(test)]
    lessons::asked("days", &words, Some(about.day.date));
    let each = DAYS.each(&words);
    let likely = |meaning: Meaning| {
        each.iter().filter(|(word, _)| named(word) == Some(meaning)).map(|(_, it)| *it).next()
    };
    let best = each.iter().max_by(|one, other| one.1.total_cmp(&other.1));
    let best = best.and_then(|(word, likely)| Some((named(word)?, *likely)));
    let Some((other, share)) = best else { return told };
    let (meaning, sure) = told;
    // A time at which somebody comes is told with its hour, and is to come.
    let comes = other != Meaning::Starts
        || (share >= SURELY && about.time.is_some() && about.day.date >= about.on);
    if !comes {
        return told;
    }
    let open = matches!(meaning, Meaning::Other | Meaning::Incident | Meaning::Deadline);
    if meaning == other {
        return (meaning, if share >= AGREES { sure.max(AGREED) } else { sure });
    }
    // Times are told wrongly more often than days.
    let plain = share >= PLAIN && !matches!(other, Meaning::Starts | Meaning::NoLonger);
    let alone = if plain { PLAIN_ALONE } else { ALONE };
    match (open, likely(meaning)) {
        (true, _) if share >= if other == Meaning::Issued { 0.8 } else { TELLS } => (other, alone),
        (true, _) => told,
        (false, Some(own)) if own < UNHEARD && share >= OUTWEIGHS && sure < 0.975 => (other, ALONE),
        (false, Some(own)) if own < UNHEARD => (meaning, sure.min(0.9)),
        (false, _) => told,
    }
}

/// Who is given the notice in the hand has it that day: where both are likely, the day is both.
pub(super) fn also(meaning: Meaning, about: &About<'_>) -> Option<Meaning> {
    let (other, name) = match meaning {
        Meaning::Terminated => (Meaning::Served, "servedOn"),
        Meaning::Served => (Meaning::Terminated, "terminatedOn"),
        _ => return None,
    };
    let each = DAYS.each(&words(about));
    each.iter().any(|(word, likely)| *word == name && *likely >= BOTH).then_some(other)
}

/// A meaning by the name of its place in a notice.
fn named(word: &str) -> Option<Meaning> {
    Some(match word {
        "issuedOn" => Meaning::Issued,
        "terminatedOn" => Meaning::Terminated,
        "servedOn" => Meaning::Served,
        "moveOutBy" => Meaning::MoveOut,
        "rectifyBy" => Meaning::Rectify,
        "disconnectAfter" => Meaning::Disconnect,
        "startsAt" => Meaning::Starts,
        "noLongerAt" => Meaning::NoLonger,
        "executedAt" => Meaning::Executed,
        "appliedOn" => Meaning::Applied,
        "dueOn" => Meaning::Due,
        _ => return None,
    })
}

fn words(about: &About<'_>) -> BTreeSet<String> {
    let About { sheet, day, place, time, on } = about;
    let folded = |text: &str| -> Vec<String> { features::words(&Folded::of(text).text).collect() };
    let mut words = BTreeSet::new();
    let mut before = folded(&place.head);
    before.reverse();
    before.truncate(14);
    features::around(&mut words, "b", &before);
    let mut behind = folded(&place.behind);
    behind.truncate(10);
    features::around(&mut words, "a", &behind);
    features::around(&mut words, "l", &folded(&place.above));
    let head = sheet.text.get(..day.at.min(sheet.text.len())).unwrap_or_default();
    let lines = head.lines().filter(|line| !line.trim().is_empty()).count();
    let away = day.date.duration_since(*on).as_hours() / 24;
    let source = sheet.source.split('/').next().unwrap_or_default();
    for (is, word) in [
        (away < -40, "=long ago"),
        ((-40..-7).contains(&away), "=ago"),
        ((-7..0).contains(&away), "=just now"),
        (away == 0, "=now"),
        ((1..=14).contains(&away), "=soon"),
        (away > 14, "=ahead"),
        (time.is_some(), "=time"),
        (day.relative, "=relative"),
        (lines < 3, "=first lines"),
        (lines < 8, "=top"),
        (head.is_empty() || head.ends_with('\n'), "=begins"),
        (place.behind.trim().is_empty(), "=ends"),
    ] {
        if is {
            words.insert(word.to_owned());
        }
    }
    words.insert(format!("={source}"));
    words
}
