//! Reads one table of the roster file key by key, so that every fault in it is told, each with its line.

use crate::roster::fault::RosterFault;
use crate::roster::fault::Trouble;
use std::collections::BTreeMap;
use toml::Spanned;
use toml::de::DeTable;
use toml::de::DeValue;

/// Longest key that a fault repeats.
const KEY_CHARS: usize = 40;

/// Faults as they are found, and what tells their lines.
pub(super) struct Faults<'t> {
    text: &'t str,
    pub(super) found: Vec<RosterFault>,
}

impl<'t> Faults<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self { text, found: Vec::new() }
    }

    pub(super) fn tell(&mut self, key: &str, at: usize, trouble: Trouble) {
        let line = self.line(at);
        self.found.push(RosterFault { key: key.to_owned(), line, trouble });
    }

    /// The line, from 1, of a place in the text.
    pub(super) fn line(&self, at: usize) -> usize {
        let before = self.text.as_bytes().get(..at).unwrap_or_default();
        before.iter().filter(|byte| **byte == b'\n').count() + 1
    }
}

/// A table not yet read to its end.
pub(super) struct Section<'a> {
    /// How faults call it; empty for the whole file.
    pub(super) key: String,
    /// Where it begins.
    pub(super) at: usize,
    entries: BTreeMap<&'a str, (usize, &'a Spanned<DeValue<'a>>)>,
}

/// A value, with its place.
pub(super) struct Found<T> {
    pub(super) key: String,
    pub(super) at: usize,
    pub(super) value: T,
}

impl<'a> Section<'a> {
    pub(super) fn of(key: String, at: usize, table: &'a DeTable<'a>) -> Self {
        let entries = table.iter();
        let entries =
            entries.map(|(key, value)| (key.get_ref().as_ref(), (key.span().start, value)));
        Self { key, at, entries: entries.collect() }
    }

    /// The full name of a key in it.
    pub(super) fn name(&self, key: &str) -> String {
        if self.key.is_empty() { key.to_owned() } else { format!("{}.{key}", self.key) }
    }

    /// A value that may be absent. A faulty one is told, and then `None` as well.
    pub(super) fn optional<T>(
        &mut self,
        key: &str,
        read: impl FnOnce(&'a DeValue<'a>) -> Result<T, Trouble>,
        faults: &mut Faults<'_>,
    ) -> Option<Found<T>> {
        let (at, value) = self.entries.remove(key)?;
        let name = self.name(key);
        match read(value.get_ref()) {
            Ok(value) => Some(Found { key: name, at, value }),
            Err(trouble) => {
                faults.tell(&name, at, trouble);
                None
            }
        }
    }

    /// A value that must be there.
    pub(super) fn required<T>(
        &mut self,
        key: &str,
        read: impl FnOnce(&'a DeValue<'a>) -> Result<T, Trouble>,
        faults: &mut Faults<'_>,
    ) -> Option<Found<T>> {
        if !self.entries.contains_key(key) {
            faults.tell(&self.name(key), self.at, Trouble::Missing);
        }
        self.optional(key, read, faults)
    }

    /// The tables under a name in double square brackets.
    pub(super) fn tables(&mut self, key: &str, faults: &mut Faults<'_>) -> Vec<Section<'a>> {
        let Some((at, value)) = self.entries.remove(key) else { return Vec::new() };
        let name = self.name(key);
        let DeValue::Array(entries) = value.get_ref() else {
            faults.tell(&name, at, Trouble::NotTables);
            return Vec::new();
        };
        let mut sections = Vec::new();
        for (place, entry) in entries.iter().enumerate() {
            let (key, at) = (format!("{name}[{place}]"), entry.span().start);
            match entry.get_ref() {
                DeValue::Table(table) => sections.push(Section::of(key, at, table)),
                _ => faults.tell(&key, at, Trouble::NotTables),
            }
        }
        sections
    }

    /// Tells what nobody asked for.
    pub(super) fn finish(self, known: &'static [&'static str], faults: &mut Faults<'_>) {
        for (key, (at, _)) in &self.entries {
            let shown: String = key.escape_debug().take(KEY_CHARS).collect();
            faults.tell(&self.name(&shown), *at, Trouble::UnknownKey(known));
        }
    }
}
