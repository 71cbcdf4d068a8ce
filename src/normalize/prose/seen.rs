//! A value that was read, with the words it was read from and how sure the reader is.

use crate::domain::masked::Masked;
use crate::domain::notice::Evidence;
use std::fmt;

/// What is passed on below words that may be about somebody else is never surer.
const PASSED_ON: f64 = 0.9;

/// A text that is read, mended. What is printed of it for a programmer tells its length, never its words.
#[derive(Clone)]
pub(super) struct Sheet {
    /// Which of the letter's it is: the files of an archive share a source.
    pub(super) number: usize,
    /// `subject`, `body`, `attachments/0`.
    pub(super) source: String,
    /// Its words.
    pub(super) text: String,
    /// From here on stands what is passed on below words of another person: it may be about somebody else.
    pub(super) passed_on: Option<usize>,
}

impl fmt::Debug for Sheet {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { number, source, text, passed_on } = self;
        write!(out, "Sheet {number} of {source}, {} bytes, {passed_on:?}", text.len())
    }
}

impl Sheet {
    /// A text of which nothing is passed on.
    pub(super) fn new(number: usize, source: String, text: String) -> Self {
        Self { number, source, text, passed_on: None }
    }
}

#[cfg(test)]
impl Sheet {
    /// A letter's own text.
    pub(super) fn body(text: &str) -> Self {
        Self::new(0, "body".to_owned(), text.to_owned())
    }
}

/// A value and where it was read.
#[derive(Clone)]
pub(super) struct Seen<T> {
    pub(super) value: T,
    /// The number of its sheet.
    pub(super) sheet: usize,
    pub(super) source: String,
    pub(super) quote: String,
    /// Where it begins in its sheet; what stands close together belongs together.
    pub(super) at: usize,
    /// 0 to 1: the share of values read so that are right.
    pub(super) confidence: f64,
}

impl<T> fmt::Debug for Seen<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { sheet, source, quote, at, confidence, .. } = self;
        write!(out, "Seen {} bytes at {at} of {sheet} {source}, {confidence}", quote.len())
    }
}

impl<T> Seen<T> {
    /// A value read from `quote` at `at` of a sheet.
    pub(super) fn on(sheet: &Sheet, at: usize, quote: &str, value: T, confidence: f64) -> Self {
        let quote = quote.trim().to_owned();
        let (number, source) = (sheet.number, sheet.source.clone());
        let below = sheet.passed_on.is_some_and(|from| at >= from);
        let confidence = if below { confidence.min(PASSED_ON) } else { confidence };
        Self { value, sheet: number, source, quote, at, confidence }
    }

    /// The evidence of the value.
    pub(super) fn evidence(&self) -> Evidence {
        Evidence {
            source: self.source.clone(),
            quote: Masked::new(self.quote.clone()),
            confidence: (self.confidence * 100.0).round() / 100.0,
        }
    }

    /// The same, no surer than that.
    pub(super) fn at_most(mut self, confidence: f64) -> Self {
        self.confidence = self.confidence.min(confidence);
        self
    }

    /// The same, at least so sure.
    pub(super) fn at_least(mut self, confidence: f64) -> Self {
        self.confidence = self.confidence.max(confidence);
        self
    }

    /// The same with another value.
    pub(super) fn map<U>(self, change: impl FnOnce(T) -> U) -> Seen<U> {
        let Self { value, sheet, source, quote, at, confidence } = self;
        Seen { value: change(value), sheet, source, quote, at, confidence }
    }
}

/// What stands before a place, on its line and, where that begins with the value, on the line above: lower case, at most `most` characters.
pub(super) fn before(text: &str, at: usize, most: usize) -> String {
    let head = near_end(text.get(..at).unwrap_or_default());
    let line_start = head.rfind('\n').map_or(0, |at| at + 1);
    let line = &head[line_start..];
    let words = match line.trim().is_empty() {
        true => head[..line_start].trim_end().rsplit('\n').next().unwrap_or_default(),
        false => line,
    };
    let skipped = words.chars().count().saturating_sub(most);
    words.chars().skip(skipped).collect::<String>().to_lowercase()
}

/// The last few hundred bytes: a text without line breaks must not be gone through again for every value in it.
pub(super) fn near_end(text: &str) -> &str {
    let mut start = text.len().saturating_sub(400);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}
