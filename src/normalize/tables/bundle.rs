//! Many letters in one text, as a print run or a scanner makes them: each begins with the same line, or behind the same label, and names a household of
//! its own. A page that names nobody, or the same household again, stays with the letter before it.

use super::super::Context;
use super::super::prose;
use super::super::prose::Letter;
use super::Material;
use super::key::Key;
use super::known;
use super::lines;
use crate::domain::notice::NoticeType;
use jiff::civil::Date;
use std::collections::HashMap;
use std::collections::HashSet;

/// A longer text is not looked through.
const TEXT_BYTES: usize = 400_000;
/// So many letters are told apart.
const LETTERS_MAX: usize = 300;
/// So many lines that stand more than once are tried.
const TRIED: usize = 60;
/// So many lines above the one that comes again may belong to each letter.
const ABOVE: usize = 4;

/// The documents of a message with each letter of a bundle apart; `None` where none is a bundle.
pub(super) fn documents(
    material: &Material<'_>,
    context: &Context<'_>,
) -> Option<Vec<(String, String)>> {
    let mut found = Vec::new();
    let mut any = false;
    for (source, text) in material.letter.documents {
        let letters = letters(&prose::mended(text), context);
        any |= !letters.is_empty();
        match letters.is_empty() {
            true => found.push((source.clone(), text.clone())),
            false => found.extend(letters.into_iter().map(|text| (source.clone(), text))),
        }
    }
    any.then_some(found)
}

/// The message with the letters of its bundles as documents of their own.
pub(super) fn material<'a>(
    material: &Material<'a>,
    documents: Option<&'a [(String, String)]>,
) -> Material<'a> {
    let documents = documents.unwrap_or(material.letter.documents);
    Material { letter: Letter { documents, ..material.letter }, ..*material }
}

/// The letters of a text; nothing where it is one.
pub(super) fn letters(text: &str, context: &Context<'_>) -> Vec<String> {
    let on = context.local_time.day_of(context.received_at);
    if text.len() > TEXT_BYTES || known::right_numbers(text, on).len() < 2 {
        return Vec::new();
    }
    let mut best: Vec<(usize, usize)> = Vec::new();
    let mut most = (1, 0);
    for starts in candidates(text) {
        let parts = parts(text, &starts, on);
        // What begins each page tells the letters better than what begins some.
        if (parts.len(), starts.len()) > most && parts.len() > 1 {
            most = (parts.len(), starts.len());
            best = parts;
        }
    }
    let texts: Vec<&str> = best.iter().filter_map(|(from, to)| text.get(*from..*to)).collect();
    if texts.len() > 1 && households(&texts, context) {
        return texts.into_iter().map(|text| text.trim().to_owned()).collect();
    }
    Vec::new()
}

/// Where lines stand that come again, the topmost first: each may begin a letter.
fn candidates(text: &str) -> Vec<Vec<usize>> {
    let mut places: HashMap<String, Vec<usize>> = HashMap::new();
    let mut order: Vec<String> = Vec::new();
    let mut from = 0;
    for line in text.split_inclusive('\n') {
        let at = from;
        from += line.len();
        let label = lines::pair(line).filter(|(_, value, _)| !value.is_empty()).map(|it| it.0);
        // `Bolaget AB<tab>Akt 17`: the head of each page, with what is its own.
        let cell = line.split_once('\t').map(|it| it.0);
        for written in [Some(line), label.as_deref(), cell].into_iter().flatten() {
            let shape = shape_of(written);
            if shape.chars().filter(|c| c.is_alphabetic()).count() < 3 {
                continue;
            }
            let known = places.entry(shape.clone()).or_default();
            if known.is_empty() {
                order.push(shape);
            }
            if known.last() != Some(&at) {
                known.push(at);
            }
        }
    }
    let again = order.into_iter().filter_map(|shape| places.remove(&shape));
    again.filter(|places| (2..=LETTERS_MAX).contains(&places.len())).take(TRIED).collect()
}

/// A line as it comes again: its figures are another letter's.
fn shape_of(line: &str) -> String {
    let figures = |c: char| if c.is_ascii_digit() { '0' } else { c };
    line.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
        .chars()
        .map(figures)
        .collect()
}

/// The letters that begin at these places; none where somebody is named in two of them.
fn parts(text: &str, starts: &[usize], on: Date) -> Vec<(usize, usize)> {
    let starts = raised(text, starts);
    let first = starts.first().copied().unwrap_or_default();
    let above = text.get(..first).unwrap_or_default();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut named: Vec<HashSet<String>> = Vec::new();
    for (from, to) in starts.iter().copied().zip(ends) {
        let numbers = known::right_numbers(text.get(from..to).unwrap_or_default(), on);
        let last = named.last();
        let goes_on = |last: &HashSet<String>| numbers.is_empty() || !numbers.is_disjoint(last);
        if last.is_some_and(goes_on) {
            found.last_mut().into_iter().for_each(|part| part.1 = to);
            named.last_mut().into_iter().for_each(|own| own.extend(numbers.iter().cloned()));
        } else if named.iter().any(|known| !known.is_disjoint(&numbers)) {
            return Vec::new();
        } else if !numbers.is_empty() {
            found.push((from, to));
            named.push(numbers);
        }
    }
    // Somebody above the first of them is in no letter.
    let whole = known::right_numbers(above, on);
    let covered = |number: &String| named.iter().any(|known| known.contains(number));
    if whole.iter().all(covered) { found } else { Vec::new() }
}

/// The places with the few lines above the first, where the letter begins higher.
fn raised(text: &str, starts: &[usize]) -> Vec<usize> {
    let above = |at: usize| text.get(..at).unwrap_or_default();
    let first = starts.first().copied().unwrap_or_default();
    let lines = above(first).lines().count();
    if lines == 0 || lines > ABOVE {
        return starts.to_vec();
    }
    let raise = |at: usize| {
        let ends = above(at).match_indices('\n').rev();
        let mut ends = ends.map(|(at, _)| at + 1);
        ends.nth(lines).unwrap_or(0)
    };
    starts.iter().map(|at| raise(*at)).collect()
}

/// Whether each letter names a person and a home, and not all the same home.
fn households(texts: &[&str], context: &Context<'_>) -> bool {
    let keys: Vec<Key> = texts
        .iter()
        .map(|text| {
            let letter = Letter { text, ..Letter::default() };
            Key::of(&prose::read_as(&letter, Some(NoticeType::RentArrears), context))
        })
        .collect();
    let named = keys.iter().filter(|key| !key.is_empty() && key.has_home()).count();
    let one_home = keys.first().is_some_and(|first| keys.iter().all(|key| key.shares_home(first)));
    named > 1 && named * 3 >= keys.len() * 2 && !one_home
}

#[cfg(test)]
mod tests {
    use super::letters;
    use crate::domain::calendar::LocalTime;
    use crate::normalize::Context;
    use crate::normalize::Limits;

    fn of(text: &str) -> Vec<String> {
        let local_time = LocalTime::named("Europe/Stockholm").unwrap();
        let context = Context {
            received_at: "2026-11-16T08:00:00Z".parse().unwrap(),
            local_time: &local_time,
            limits: Limits::default(),
            robot: false,
            documents: None,
            labels: None,
            thresholds: None,
        };
        letters(text, &context)
    }

    #[test]
    fn each_letter_of_a_print_run_is_one_and_a_second_page_stays_with_its_first() {
        let letter = |number: u32, who: &str, home: &str, more: &str| {
            format!(
                "Påhittade Bostäder AB\nDatum 2026-11-{number:02}\n\nTill socialnämnden\n\nHyresgästen {who} på {home}, 214 32 Malmö, är skyldig hyra.\n{more}\n\n"
            )
        };
        let one = letter(2, "Testa Ek, 850101-2382,", "Provgatan 1", "");
        let page =
            "Påhittade Bostäder AB\nDatum 2026-11-02\n\nSida 2. Betala till bankgiro 991-2346.\n\n";
        let two = letter(3, "Provo Berg, 900102-2384,", "Låtsasgatan 3", "");
        let found = of(&format!("{one}{page}{two}"));
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].contains("Sida 2") && !found[0].contains("Berg"), "{found:?}");
        assert!(of(&one).is_empty());
        let both = "Hyresgäst: Testa Ek, 850101-2382, Provgatan 1\nHyresgäst: Provo Ek, 900102-2384, Provgatan 1\n";
        assert!(of(both).is_empty());
    }
}
