//! Days and times in a text, each with what it is said to be: the words around it in its sentence decide, or the label beside or above it.

mod acts;
pub(super) mod called_off;
mod clocks;
mod contract_cues;
mod copies;
mod cue_places;
pub(super) mod day_cues;
mod day_place;
pub(super) mod day_words;
mod deadline_words;
mod learned;
mod letterhead;
mod papers;
mod spoken_days;
pub(super) mod times;

use super::enforcement::case_cues::BEHIND;
use super::enforcement::more_cues::TAKEN_IN;
use super::seen::Seen;
use super::seen::Sheet;
use super::words::flow;
use cue_places::ends_with_word;
use cue_places::first_cue;
use cue_places::last_cue;
use day_place::Place;
use day_words::Written;
use deadline_words::DEADLINE;
use deadline_words::LEAVE;
use deadline_words::PAY;
use deadline_words::RECTIFY;
use jiff::civil::Date;
use jiff::civil::Time;

/// What a day is said to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Issued,
    Terminated,
    Served,
    MoveOut,
    Rectify,
    Disconnect,
    Due,
    /// The last day to pay.
    PayBy,
    /// A last day, not said of what.
    Deadline,
    Incident,
    Applied,
    Starts,
    NoLonger,
    Executed,
    Other,
}

/// A day, its time where one is told, and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Day {
    pub(super) date: Date,
    pub(super) time: Option<Time>,
    pub(super) meaning: Meaning,
    /// Said against the day of writing: `i går`.
    pub(super) relative: bool,
}

/// Every day of a sheet, in order; one of two meanings stands twice.
pub(super) fn days(sheet: &Sheet, on: Date) -> Vec<Seen<Day>> {
    let flow = flow::flow(&sheet.text);
    let written = day_words::days(&flow, on);
    let mut found: Vec<Seen<Day>> = Vec::new();
    let mut last: Option<(usize, Meaning)> = None;
    for day in &written {
        let place = Place::of(&flow, day, last.map(|(end, _)| end));
        let turned =
            matches!(place.before.trim(), "till" | "till den" | "to" | "utan" | "utan den");
        let carried = last.filter(|_| place.continues()).map(|(_, meaning)| meaning);
        let another = last.filter(|(end, meaning)| {
            *meaning == Meaning::Served && acts::names_next(flow.get(*end..day.at).unwrap_or("?"))
        });
        let carried = carried.or(another.map(|(_, meaning)| meaning));
        let (meaning, sure) = match (carried, last) {
            (_, Some((_, Meaning::NoLonger))) if turned => (Meaning::Starts, 0.97),
            (Some(meaning), _) => (meaning, 0.97),
            (None, _) => meaning(&flow, day, &place, on),
        };
        if day.compact && matches!(meaning, Meaning::Other | Meaning::Incident) {
            continue;
        }
        let (time, end) = match clocks::clock(flow.get(day.end..).unwrap_or_default()) {
            Some((time, length)) => (Some(time), day.end + length),
            None => (None, day.end),
        };
        let about = learned::About { sheet, day, place: &place, time, on };
        let (meaning, sure) = learned::meaning((meaning, sure), &about);
        // `Inlämnat i receptionen`, `Ankom`: the day that others put on it.
        let (meaning, sure) = match meaning {
            Meaning::Issued if acts::stamped(&place.head) => (Meaning::Other, sure),
            Meaning::Starts | Meaning::Other if acts::none_then(&place.before) => {
                (Meaning::NoLonger, 0.96)
            }
            meaning => (meaning, sure),
        };
        let quote = flow.get(day.at..end).unwrap_or_default();
        // One leaves by a day; who comes at an hour is the bailiff.
        let hour = meaning == Meaning::MoveOut && time.is_some();
        let sure = if hour { f64::min(sure, 0.9) } else { sure };
        let mut add = |meaning: Meaning, time: Option<Time>| {
            let value = Day { date: day.date, time, meaning, relative: day.relative };
            found.push(Seen::on(sheet, day.at, quote, value, day.sure.min(sure)));
        };
        add(meaning, time);
        if meaning == Meaning::Served && place.also_terminated() {
            add(Meaning::Terminated, None);
        }
        let served = meaning == Meaning::Terminated && place.served_too();
        if served {
            add(Meaning::Served, None);
        }
        let twice = if served { None } else { learned::also(meaning, &about) };
        if let Some(other) = twice.filter(|_| !place.also_terminated()) {
            add(other, None);
        }
        if let Some(old) = clocks::instead_of(flow.get(end..).unwrap_or_default()) {
            add(Meaning::NoLonger, Some(old));
        }
        last = Some((end, meaning));
    }
    found
}

/// What a day means, and how sure that is.
fn meaning(flow: &str, day: &Written, place: &Place, on: Date) -> (Meaning, f64) {
    if let Some(found) = deadline(place, day.date >= on) {
        return found;
    }
    let turned = ["har", "hade", "vi har", "har vi", "have", "has", "jag har", "har jag"]
        .iter()
        .any(|word| ends_with_word(place.before.trim_end_matches("den ").trim_end(), word));
    let early = place.before.trim().is_empty() || matches!(place.before.trim(), "den" | "on");
    // `Den 3 och hon kvitterade`: what `och` adds is another day's.
    let said = match turned || early {
        true => place.behind.as_str(),
        false => place.behind.split(" och ").next().unwrap_or_default(),
    };
    let behind = first_cue(said, &[BEHIND, TAKEN_IN], if turned || early { 90 } else { 60 });
    let front = last_cue(&place.before);
    let bare_front = || last_cue(&acts::without_articles(&place.before));
    let front = front.filter(|(_, strong)| *strong).or_else(bare_front).or(front);
    if let Some(found) = acts::denied(said)
        .or_else(|| acts::named_last(&place.before))
        .or_else(|| acts::earlier_letter(&place.before))
    {
        return found;
    }
    let front = front.filter(|(meaning, strong)| {
        *strong || *meaning != Meaning::Terminated || !acts::tells_an_act(&place.before)
    });
    if let Some(found) = papers::dated(flow, day, place, front).or_else(|| papers::due(place)) {
        return found;
    }
    let sure = |strong: bool| if strong { 0.985 } else { 0.94 };
    match (front, behind) {
        (_, Some((meaning, true))) if turned || meaning == Meaning::NoLonger => (meaning, 0.98),
        // `Sagt upp till avflyttning den`, and the day is gone: the day it was done.
        (Some((Meaning::MoveOut, true)), _) if day.date < on && ended(&place.head) => {
            (Meaning::Terminated, 0.93)
        }
        (Some((meaning, true)), _) => (soften(meaning, &place.before), sure(true)),
        (_, Some((meaning, true))) => (meaning, 0.97),
        (Some((_, false)), _) if day.date <= on && letterhead::bears(flow, day) => {
            (Meaning::Issued, 0.96)
        }
        (Some((meaning, false)), _) => (meaning, sure(false)),
        (None, None | Some((_, false))) => bare(flow, day, place, on),
    }
}

/// Whether a sentence says that a contract was ended.
fn ended(head: &str) -> bool {
    ["sade", "sagt", "sagts", "sades", "sa upp", "sa vi"].iter().any(|word| head.contains(word))
}

/// `Uppsagd` in what may only come is no termination.
fn soften(meaning: Meaning, before: &str) -> Meaning {
    let may = [
        "kan komma att",
        "kommer att säga",
        "annars",
        "om inte",
        "will be terminated",
        "otherwise",
    ];
    match meaning {
        Meaning::Terminated if may.iter().any(|word| before.contains(word)) => Meaning::Other,
        meaning => meaning,
    }
}

/// A last day: of what, the sentence tells.
fn deadline(place: &Place, ahead: bool) -> Option<(Meaning, f64)> {
    let signs = [' ', ':', '\t', '.', '*', '│', '|'];
    let before = place.before.trim_end_matches(signs);
    let label = place.above.trim_end_matches(signs);
    let words = if before.is_empty() { label } else { before };
    let bare = words.trim_end_matches(" den").trim_end_matches(" på").trim_end();
    let labelled = place.before.trim_end().ends_with([':', '│'])
        || place.before.ends_with('\t')
        || before.is_empty();
    let inside = ["senast", "sista dag", "sista datum", "sista betal", "deadline", "tidsfrist"];
    let not_yet = [
        "inte upphört",
        "inte har upphört",
        "inte upphör",
        "ej upphört",
        "inte rättat",
        "inte rättats",
        "inte åtgärdats",
    ];
    if ahead && place.head.contains("om ") && not_yet.iter().any(|word| bare.ends_with(word)) {
        return Some((Meaning::Rectify, 0.93));
    }
    let named =
        labelled && words.chars().count() < 50 && inside.iter().any(|word| words.contains(word));
    if !named
        && !DEADLINE.iter().any(|word| ends_with_word(bare, word) || ends_with_word(words, word))
    {
        return None;
    }
    let has = |list: &[&str], text: &str| list.iter().any(|word| text.contains(word));
    // What is left clean is left.
    let head = format!("{} {}", place.above, place.head).replace("avstäda", "");
    let near = format!("{words} {}", place.behind);
    // `senast 28 oktober` tells of the last time it happened.
    if !ahead {
        let due = has(PAY, words) || words.contains("skulle");
        return due.then_some((Meaning::Due, 0.93));
    }
    let till = ends_with_word(bare, "till") && !has(RECTIFY, &format!("{head}{}", place.behind));
    let ends = ["uppsag", "upphör", "sagt upp", "sagts upp", "sades upp", "säger upp", "sade upp"];
    if till && has(&ends, words) {
        return Some((Meaning::MoveOut, 0.97));
    }
    if till {
        return None;
    }
    // The word nearest to the day tells most.
    let place_of = |list: &[&str]| list.iter().filter_map(|word| head.rfind(word)).max();
    let (leave, right, pay) = (place_of(LEAVE), place_of(RECTIFY), place_of(PAY));
    match (leave, right, pay) {
        _ if words.contains("frånkoppl") || words.contains("förfall") => None,
        (Some(leave), right, pay) if Some(leave) > right && Some(leave) > pay => {
            Some((Meaning::MoveOut, 0.98))
        }
        (_, Some(right), pay) if Some(right) > pay => Some((Meaning::Rectify, 0.98)),
        (_, _, Some(_)) => Some((Meaning::PayBy, 0.96)),
        _ if has(RECTIFY, &near) => Some((Meaning::Rectify, 0.96)),
        _ if has(LEAVE, &near) => Some((Meaning::MoveOut, 0.95)),
        _ => Some((Meaning::Deadline, 0.9)),
    }
}

/// A day with no word in its sentence: the label above it, or its place in the letter.
fn bare(flow: &str, day: &Written, place: &Place, on: Date) -> (Meaning, f64) {
    // A label names one value: not the head of a table.
    let label = place.above.trim();
    let long = label.split_whitespace().count() > 3 && letterhead::bears(flow, day);
    if !long && !label.is_empty() && label.chars().count() <= 60 && !label.contains("  ") {
        let cell = label.rsplit('\t').next().unwrap_or(label);
        let named = if label.contains('\t') { last_cue(cell) } else { last_cue(label) };
        if let Some((meaning, strong)) = named
            && (strong || matches!(meaning, Meaning::Starts | Meaning::Applied))
            && place.behind.split_whitespace().count() <= 6
            && (meaning != Meaning::Issued || !label.contains('('))
        {
            return (meaning, 0.96);
        }
    }
    match day.date <= on && (letterhead::bears(flow, day) || letterhead::heads(flow, day)) {
        true => (Meaning::Issued, 0.97),
        false => (Meaning::Other, 0.9),
    }
}
