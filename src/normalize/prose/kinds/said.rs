//! A letter's folded sheets, and where in them a sign stands.

use super::super::learned::features;
use super::super::pattern::Pattern;
use super::super::seen::Seen;
use super::super::seen::Sheet;
use super::super::words::fold::Folded;
use super::guards::Guard;
use super::guards::taken_back;
use super::landlords::ANCHOR;
use super::squeezed::Squeezed;
use std::collections::BTreeSet;

/// So many places of one sign are looked at in a sheet.
const PLACES: usize = 40;

/// The sheets as they are compared.
pub(super) struct Said<'a> {
    sheets: Vec<(&'a Sheet, Folded, Squeezed)>,
    /// A person, a home or a case is named.
    anchored: bool,
    /// The letter's own year.
    year: i16,
}

/// Where a sign stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    sheet: usize,
    start: usize,
    end: usize,
    /// What its place adds to its weight.
    pub(super) more: Weight,
}

/// What a place does to a sign's weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    /// A heading or a subject names what the letter is about.
    Heading,
    /// Somewhere in the text.
    Plain,
    /// The subject of an answer is an older letter's.
    Older,
}

impl Weight {
    /// The weight of a sign at such a place.
    pub(super) fn of(self, weight: i32) -> i32 {
        match self {
            Self::Heading => weight + 3,
            Self::Plain => weight,
            Self::Older => weight / 3,
        }
    }

    fn rank(self) -> u8 {
        match self {
            Self::Heading => 2,
            Self::Plain => 1,
            Self::Older => 0,
        }
    }
}

impl<'a> Said<'a> {
    /// Folds them.
    pub(super) fn of(sheets: &'a [Sheet], year: i16) -> Self {
        let mut anchored = false;
        let mut folded = Vec::with_capacity(sheets.len());
        for sheet in sheets {
            let text = Folded::of(&sheet.text);
            anchored |= ANCHOR.is_in(&text.text);
            let squeezed = Squeezed::of(&text.text);
            folded.push((sheet, text, squeezed));
        }
        Self { sheets: folded, anchored, year }
    }

    /// Its words as they are weighed by what was learned.
    pub(super) fn learned_words(&self) -> BTreeSet<String> {
        features::of_texts(self.sheets.iter().map(|(_, folded, _)| folded.text.as_str()))
    }

    /// Whether it names a person by number, a home or a case.
    pub(super) fn is_anchored(&self) -> bool {
        self.anchored
    }

    /// The weightiest place of a sign that is not taken back there.
    pub(super) fn find(&self, pattern: &'static Pattern, guard: Guard) -> Option<Place> {
        let mut best: Option<Place> = None;
        for (number, (sheet, _, said)) in self.sheets.iter().enumerate() {
            for (start, end) in pattern.places(&said.text).take(PLACES) {
                if taken_back(&said.text, (start, end), guard, self.year) {
                    continue;
                }
                let more = weight_at(sheet, &said.text, start);
                if best.is_none_or(|best| best.more.rank() < more.rank()) {
                    best = Some(Place { sheet: number, start, end, more });
                }
                if more == Weight::Heading {
                    return best;
                }
            }
        }
        best
    }

    /// Whether a sign stands behind the last place of another, and is not taken back.
    pub(super) fn follows(
        &self,
        later: &'static Pattern,
        other: (&'static Pattern, Guard),
    ) -> bool {
        let stands =
            |text: &str, at: (usize, usize), guard| !taken_back(text, at, guard, self.year);
        self.sheets.iter().any(|(_, _, said)| {
            let text = said.text.as_str();
            let others = other.0.places(text).take(PLACES);
            let last = others.filter(|at| stands(text, *at, other.1)).map(|(_, end)| end).max();
            let mut signs = later.places(text).take(PLACES);
            last.is_some_and(|last| signs.any(|at| at.0 >= last && stands(text, at, Guard::Denial)))
        })
    }

    /// Whether it stands anywhere.
    pub(super) fn any(&self, pattern: &Pattern) -> bool {
        self.sheets.iter().any(|(_, _, said)| pattern.is_in(&said.text))
    }

    /// The same of its beginning, where no words of their own tell it.
    pub(super) fn seen_whole<T>(&self, value: T, confidence: f64) -> Option<Seen<T>> {
        let (sheet, _, _) = self
            .sheets
            .iter()
            .find(|(sheet, _, _)| sheet.source != "subject")
            .or(self.sheets.first())?;
        let line = sheet.text.lines().find(|line| !line.trim().is_empty())?;
        let at = sheet.text.find(line).unwrap_or_default();
        let quote: String = line.chars().take(160).collect();
        Some(Seen::on(sheet, at, &quote, value, confidence))
    }

    /// A value read at a place.
    pub(super) fn seen<T>(&self, place: Place, value: T, confidence: f64) -> Option<Seen<T>> {
        let (sheet, folded, said) = self.sheets.get(place.sheet)?;
        let start = folded.place(said.place(place.start));
        let end = match said.text.len() <= place.end {
            true => sheet.text.len(),
            false => folded.place(said.place(place.end)),
        };
        let quote = sheet.text.get(start..end.max(start)).unwrap_or_default();
        Some(Seen::on(sheet, start, quote, value, confidence))
    }
}

/// A subject, or a short line near the top of a document, or the first of a mail.
fn weight_at(sheet: &Sheet, text: &str, at: usize) -> Weight {
    if sheet.source == "subject" {
        let answer = ["re:", "sv:", "aw:", "ang:", "vs:"]
            .iter()
            .any(|mark| text.trim_start().starts_with(mark));
        return if answer { Weight::Older } else { Weight::Heading };
    }
    let lines = if sheet.source == "body" { 2 } else { 14 };
    let head = text.get(..at).unwrap_or_default();
    // Only the top is looked at, however long the text.
    if at > 1500 || head.lines().filter(|line| !line.trim().is_empty()).count() > lines {
        return Weight::Plain;
    }
    let start = head.rfind('\n').map_or(0, |at| at + 1);
    let line = text.get(start..).unwrap_or_default().lines().next().unwrap_or_default().trim();
    let short = line.len() <= 90 && !line.ends_with(['.', ',', '!', '?']);
    if short && at - start < 40 { Weight::Heading } else { Weight::Plain }
}
