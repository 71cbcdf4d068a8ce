//! The words around a day: those before it in its sentence, those behind it, and the label above.

use super::super::words::flow;
use super::day_words::Written;
use crate::normalize::swedish::dates::weekday;

/// The words around a day, in lower case.
pub(super) struct Place {
    /// Its sentence up to it, without the days before it.
    pub(super) before: String,
    /// Its whole sentence up to it.
    pub(super) head: String,
    /// What follows in the sentence, up to the next day or so.
    pub(super) behind: String,
    /// The label above, where it begins its line.
    pub(super) above: String,
}

/// `Tisdagen den` before the day itself.
fn is_of_the_day(word: &str) -> bool {
    let word = word.trim_end_matches([',', '.']);
    matches!(word, "d" | "den" | "on" | "the") || weekday(word).is_some()
}

impl Place {
    /// The words around a day; the day before it ends at `last`.
    pub(in crate::normalize::prose) fn of(flow: &str, day: &Written, last: Option<usize>) -> Self {
        let start = flow::sentence_start(flow, day.at);
        let cut = last.filter(|end| *end > start && *end <= day.at);
        let text = |from: usize, to: usize| flow.get(from..to).unwrap_or_default().to_lowercase();
        let end = flow::sentence_end(flow, day.end);
        let before = text(cut.unwrap_or(start), day.at);
        let line = flow.get(..day.at).and_then(|head| head.rfind('\n')).map_or(0, |at| at + 1);
        let above = match before.split_whitespace().all(is_of_the_day) && cut.is_none() {
            true => flow::label_above(flow, line.max(start)).to_lowercase(),
            false => String::new(),
        };
        Self { before, head: text(start, day.at), behind: text(day.end, end), above }
    }

    /// Whether only `och`, a comma or something in brackets stands between the last day and this one.
    pub(super) fn continues(&self) -> bool {
        if self.before.len() == self.head.len() {
            return false;
        }
        let mut between = self.before.clone();
        while let (Some(open), Some(close)) = (between.find('('), between.find(')'))
            && open < close
        {
            between.replace_range(open..=close, " ");
        }
        let words =
            ["och", "samt", "resp", "respektive", "den", "and", "og", "dels", "the", "även"];
        let mut left =
            between.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        left.all(|word| words.contains(&word)) && !between.contains(':')
    }

    /// `Sades upp den 26 oktober och underrättades samma dag`.
    pub(super) fn served_too(&self) -> bool {
        let Some(at) = self.behind.find("samma dag") else { return false };
        let words = [
            "underrätta",
            "delg",
            "kvitter",
            "mottog",
            "tog emot",
            "tagit emot",
            "fick del",
            "fick den",
            "fått den",
            "fick upps",
            "served",
        ];
        let near = self.behind.get(..at.saturating_add(60).min(self.behind.len()));
        let near = near.unwrap_or(&self.behind);
        words.iter().any(|word| near.contains(word))
    }

    /// `Uppsagd och delgiven den 12`, `fick uppsägningen i handen i går`.
    pub(super) fn also_terminated(&self) -> bool {
        let joined =
            ["uppsagd och delg", "uppsagt och delg", "sagt upp och delg", "sagts upp och delg"];
        let handed = (self.head.contains("uppsägning") && self.head.contains("i handen"))
            || (self.head.contains("uppsägning") && self.head.contains("personligen"));
        let now = self.head.contains("immediate termination");
        handed || now || joined.iter().any(|words| self.head.contains(words))
    }
}
