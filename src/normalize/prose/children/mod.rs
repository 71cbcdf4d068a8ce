//! What a text says of children: that there are, how many and when born, that there are none, or that nobody knows.

mod cues;
#[cfg(test)]
mod tests;

use super::super::build::shorten;
use super::pattern::Pattern;
use super::seen::Seen;
use super::seen::Sheet;
use super::words::flow;
use super::words::flow::flowing;
use crate::domain::notice::Children;
use crate::domain::notice::Known;
use crate::domain::notice::Person;
use crate::domain::notice::Role;
use cues::ASKED;
use cues::BOX;
use cues::BOX_YES;
use cues::BOXED;
use cues::BRACKETED;
use cues::COUNTED;
use cues::KIND;
use cues::KIND_YEAR;
use cues::KINDS;
use cues::LABEL;
use cues::LABEL_ABOVE;
use cues::LIVE;
use cues::NONE;
use cues::ORDINAL;
use cues::SIBLING;
use cues::SINGLE;
use cues::SOME;
use cues::UNSURE;
use cues::VISITS;
use cues::YEAR;
use cues::YEARS;

/// Further in no letter tells of children for the first time.
const MOST_BYTES: usize = 20_000;

/// What is said of children; `None` when nothing is. That there are some outweighs that none are registered.
pub(super) fn children(sheets: &[Sheet]) -> Option<Seen<Children>> {
    let told: Vec<Seen<Children>> = sheets.iter().flat_map(of_sheet).collect();
    let known = |known: Known| told.iter().find(move |seen| seen.value.known == known);
    let (some, none) = (known(Known::Yes), known(Known::No));
    if let (Some(some), Some(_)) = (some, none) {
        return Some(Seen { confidence: f64::min(some.confidence, 0.85), ..some.clone() });
    }
    let counted =
        told.iter().find(|seen| seen.value.count.is_some() && seen.value.known == Known::Yes);
    counted.or(some).or(none).or(known(Known::Unknown)).cloned()
}

/// The same with the children who are named with their numbers: each tells a year of birth. A concern is about the child whom it
/// names, where it tells of no other.
pub(super) fn with_numbers(
    told: Option<Children>,
    persons: &[Person],
    is_alone: bool,
) -> Option<Children> {
    let births = persons.iter().filter(|person| person.role == Role::Child).filter_map(|person| {
        let born = person.identity.as_ref().and_then(|it| it.birth_date());
        born.map(|born| born.year())
    });
    let mut years: Vec<i16> = births.collect();
    years.sort_unstable();
    if years.is_empty() {
        return told;
    }
    let named = persons.iter().filter(|person| person.role == Role::Child).count();
    let several = u32::try_from(named).ok().filter(|count| *count > 1 || is_alone);
    let told = told.unwrap_or_default();
    let birth_years = if told.birth_years.len() < years.len() { years } else { told.birth_years };
    Some(Children { known: Known::Yes, count: told.count.or(several), birth_years })
}

/// Whether a text tells of more children than one.
pub(super) fn are_several(sheets: &[Sheet]) -> bool {
    let words = ["barnen", "syskon", "lillebror", "lillasyster", "storebror", "storasyster"];
    sheets.iter().any(|sheet| {
        let text = sheet.text.to_lowercase();
        words.iter().any(|word| text.contains(word))
    })
}

fn of_sheet(sheet: &Sheet) -> Vec<Seen<Children>> {
    let (start, _) = shorten(&sheet.text, MOST_BYTES);
    let mut text = flowing(start);
    let mut told = Vec::new();
    told.extend(BOXED.all(start).take(3).filter_map(|fit| ticked(sheet, &fit)));
    told.extend(KINDS.all(start).take(3).filter_map(|fit| of_kinds(sheet, &fit)));
    blank(&BOXED, &mut text);
    for fit in LABEL.all(&text.clone()).take(20) {
        told.extend(labelled(sheet, &fit));
    }
    let above = LABEL_ABOVE.all(start).take(5).filter(|fit| !offers_both(start, fit));
    told.extend(above.filter_map(|fit| labelled(sheet, &fit)));
    blank(&LABEL_ABOVE, &mut text);
    if let Some(fit) = VISITS.first(start) {
        let count = fit.get(1).and_then(|it| number(it.as_str()));
        let value = Children { known: Known::Yes, count, birth_years: Vec::new() };
        told.extend(
            fit.get(0)
                .filter(|_| count.is_some())
                .map(|whole| Seen::on(sheet, whole.start(), whole.as_str(), value, 0.96)),
        );
    }
    blank(&LABEL, &mut text);
    blank(&VISITS, &mut text);
    for (pattern, known, sure) in [(&UNSURE, Known::Unknown, 0.965), (&NONE, Known::No, 0.975)] {
        let first = pattern.first(&text).and_then(|fit| fit.get(0)).map(|fit| fit.range());
        if let Some(range) = first {
            let quote = sheet.text.get(range.clone()).unwrap_or_default();
            told.push(Seen::on(sheet, range.start, quote, plain(known), sure));
        }
        blank(pattern, &mut text);
        blank(&ASKED, &mut text);
    }
    told.extend(some(sheet, &text));
    told
}

/// `Ja   Nej` on one line are boxes that nobody can see ticked, and no answer.
fn offers_both(text: &str, fit: &regex::Captures<'_>) -> bool {
    let end = fit.get(0).map_or(0, |whole| whole.end());
    let rest = text.get(end..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    rest.split(|c: char| !c.is_alphabetic()).any(|word| word.eq_ignore_ascii_case("nej"))
}

fn plain(known: Known) -> Children {
    Children { known, count: None, birth_years: Vec::new() }
}

/// What stands behind a label.
fn labelled(sheet: &Sheet, fit: &regex::Captures<'_>) -> Option<Seen<Children>> {
    let whole = fit.get(0)?;
    let count = fit.get(3).or_else(|| fit.get(6)).and_then(|it| number(it.as_str()));
    let known = match () {
        () if fit.get(2).is_some() || count.is_some() => Known::Yes,
        () if fit.get(4).is_some() => Known::No,
        () => Known::Unknown,
    };
    let birth_years = if known == Known::Yes {
        years(&sheet.text, whole.end().saturating_sub(1))
    } else {
        Vec::new()
    };
    let value = Children { known, count, birth_years };
    Some(Seen::on(sheet, whole.start(), whole.as_str(), value, 0.975))
}

/// What the one ticked box of a form says.
fn ticked(sheet: &Sheet, fit: &regex::Captures<'_>) -> Option<Seen<Children>> {
    let boxes = fit.get(1)?;
    let mut chosen = BOX.all(boxes.as_str()).filter(|fit| fit.get(1).is_some());
    let (one, none) = (chosen.next()?, chosen.next());
    let answer = BOX_YES.first(one.get(2)?.as_str()).filter(|_| none.is_none())?;
    let count = answer.get(2).and_then(|it| number(it.as_str()));
    let known = match () {
        () if answer.get(1).is_some() => Known::Yes,
        () if answer.get(3).is_some() => Known::No,
        () => Known::Unknown,
    };
    let quote = one.get(0)?.as_str().trim_end();
    let value = Children { known, count, birth_years: Vec::new() };
    Some(Seen::on(sheet, boxes.start() + one.get(0)?.start(), quote, value, 0.975))
}

/// Children who are listed by what they are, with the years of their birth.
fn of_kinds(sheet: &Sheet, fit: &regex::Captures<'_>) -> Option<Seen<Children>> {
    let list = fit.get(1)?;
    let count = u32::try_from(KIND.all(list.as_str()).count()).ok().filter(|count| *count > 0)?;
    let mut birth_years: Vec<i16> = KIND_YEAR
        .all(list.as_str())
        .filter_map(|fit| {
            let year = fit.get(1)?.as_str();
            let short = year.trim_start_matches(['-', '’', '\'']);
            let year: i16 = short.parse().ok()?;
            Some(if year < 100 { 2000 + year } else { year })
        })
        .collect();
    if birth_years.len() > count as usize {
        birth_years.clear();
    }
    let value = Children { known: Known::Yes, count: Some(count), birth_years };
    Some(Seen::on(sheet, list.start(), list.as_str().trim_end(), value, 0.96))
}

/// Children whom a sentence tells of.
fn some(sheet: &Sheet, text: &str) -> Option<Seen<Children>> {
    let counted = [&COUNTED, &BRACKETED].into_iter().find_map(|pattern| {
        let fit = pattern.first(text)?;
        let count = number(fit.get(1)?.as_str());
        let whole = fit.get(0)?;
        // `tre barn, en son och två döttrar` has counted them.
        let more = if count == Some(1) { siblings(text, whole) } else { 0 };
        Some((whole, count.map(|count| count + more)))
    });
    let ordinal = || {
        let fit = ORDINAL.first(text)?;
        let words = ["", "", "andra", "tredje", "fjärde", "femte"];
        let word = fit.get(1)?.as_str().to_lowercase();
        let at = words.iter().position(|it| *it == word)?;
        Some((fit.get(0)?, u32::try_from(at).ok()))
    };
    let plain = |pattern: &Pattern| Some((pattern.first(text)?.get(0)?, None));
    let told = counted.or_else(ordinal).or_else(|| plain(&LIVE));
    let mentioned = told.is_none();
    let (whole, count) = told.or_else(|| plain(&SOME))?;
    let birth_years = years(text, whole.start());
    let of_years = u32::try_from(birth_years.len()).ok().filter(|count| *count > 0);
    let sure = match (count.is_some(), mentioned) {
        (true, _) => 0.97,
        // Whose they are, and whether they live there, no count tells.
        (false, false) => 0.94,
        (false, true) => 0.93,
    };
    let single = (mentioned && SINGLE.is_in(whole.as_str())).then_some(1);
    let value = Children { known: Known::Yes, count: count.or(of_years).or(single), birth_years };
    let quote = sheet.text.get(whole.range()).unwrap_or_default();
    Some(Seen::on(sheet, whole.start(), quote, value, sure))
}

/// How many more are named one by one behind the first: `en flicka född 2016 och en pojke född 2019`.
fn siblings(text: &str, first: regex::Match<'_>) -> u32 {
    let from = first.end();
    let near: String = text.get(from..).unwrap_or_default().chars().take(120).collect();
    let near = near.get(..flow::sentence_end(&near, 0)).unwrap_or(&near);
    SIBLING.all(near).take(6).map(|_| 1).sum()
}

/// Years of birth a few words behind.
fn years(text: &str, from: usize) -> Vec<i16> {
    let near: String = text.get(from..).unwrap_or_default().chars().take(160).collect();
    let near = near.split('\n').next().unwrap_or_default();
    let near = near.get(..flow::sentence_end(near, 0)).unwrap_or(near);
    let year = |fit: regex::Captures<'_>| -> Option<i16> {
        let text = fit.get(0)?.as_str();
        text.strip_prefix('-')
            .map_or_else(|| text.parse().ok(), |short| Some(2000 + short.parse::<i16>().ok()?))
    };
    let all = YEARS.all(near).filter_map(|fit| fit.get(1));
    let mut years = Vec::new();
    let mut last = 90;
    for part in all.take_while(|part| {
        let close = part.start() <= last;
        last = part.end() + 40;
        close
    }) {
        years.extend(YEAR.all(part.as_str()).filter_map(year));
    }
    years
}

/// Puts full stops where a pattern fits: what was read once is not read again.
fn blank(pattern: &'static Pattern, text: &mut String) {
    let ranges: Vec<_> = pattern.all(text).filter_map(|fit| Some(fit.get(0)?.range())).collect();
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for range in ranges {
        out.push_str(text.get(from..range.start).unwrap_or_default());
        out.extend(std::iter::repeat_n('.', range.len()));
        from = range.end;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    *text = out;
}

fn number(text: &str) -> Option<u32> {
    let words: [&[&str]; 9] = [
        &[],
        &["ett", "en", "one", "a", "an", "et"],
        &["två", "tva", "two", "to"],
        &["tre", "three"],
        &["fyra", "four"],
        &["fem", "five"],
        &["sex"],
        &["sju"],
        &["åtta"],
    ];
    let text = text.to_lowercase();
    let word = words.iter().position(|words| words.contains(&text.as_str()));
    let word = word.and_then(|at| u32::try_from(at).ok());
    text.parse().ok().or(word).filter(|count| (1..=20).contains(count))
}
