//! The files of the house, and their text without comments or without strings.

use std::path::Path;
use std::path::PathBuf;

/// One file.
pub(crate) struct Source {
    /// From the root of the house, with `/`.
    pub(crate) path: String,
    /// Everything in it; bytes that are no UTF-8 are replaced.
    pub(crate) text: String,
}

impl Source {
    /// A file made up, for samples.
    pub(crate) fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    /// The code alone: comments, and what stands in strings, are blanked.
    pub(crate) fn code(&self) -> String {
        divide(&self.text).0
    }

    /// What stands in string literals, each with its line number.
    pub(crate) fn strings(&self) -> Vec<(usize, String)> {
        divide(&self.text).1
    }

    /// The code before the unit tests; nothing for a file of tests.
    pub(crate) fn code_without_tests(&self) -> String {
        if self.path.ends_with("tests.rs") || self.path.contains("/tests/") {
            return String::new();
        }
        let code = self.code();
        code.split("#[cfg(test)]").next().unwrap_or_default().to_owned()
    }
}

/// Every file with this extension (or any, when empty) in these folders or of these names; absent ones are left out.
pub(crate) fn below(places: &[&str], extension: &str) -> Vec<Source> {
    let mut found = Vec::new();
    for place in places {
        gather(&root().join(place), extension, &mut found);
    }
    found.sort_by(|one, other| one.path.cmp(&other.path));
    found
}

/// The names at the top of the house.
pub(crate) fn top_level() -> Vec<String> {
    let entries = std::fs::read_dir(root()).expect("the root of the house");
    entries
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect()
}

/// The text of one file at the top of the house.
pub(crate) fn read(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).expect("a file of the house")
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn gather(place: &Path, extension: &str, found: &mut Vec<Source>) {
    // What a fuzzer built is not of the house.
    if place.file_name().is_some_and(|name| name == "target") {
        return;
    }
    if place.is_dir() {
        for entry in std::fs::read_dir(place).expect("a folder of the house") {
            gather(&entry.expect("an entry").path(), extension, found);
        }
    } else if place.is_file()
        && (extension.is_empty() || place.extension().is_some_and(|found| found == extension))
    {
        let path = place.strip_prefix(root()).unwrap_or(place).to_string_lossy().into_owned();
        let bytes = std::fs::read(place).expect("a file of the house");
        found.push(Source { path, text: String::from_utf8_lossy(&bytes).into_owned() });
    }
}

/// Divides Rust source into code (line breaks kept, the rest blanked) and the contents of its strings.
fn divide(text: &str) -> (String, Vec<(usize, String)>) {
    let mut code = String::new();
    let mut strings = Vec::new();
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some((start, end, length)) = string_at(rest, code.chars().last()) {
            strings.push((code.matches('\n').count() + 1, rest[start..end].to_owned()));
            length
        } else if next == '\'' {
            character_at(rest)
        } else {
            code.push(next);
            rest = &rest[next.len_utf8()..];
            continue;
        };
        code.extend(rest[..length].chars().map(|skipped| if skipped == '\n' { '\n' } else { ' ' }));
        rest = &rest[length..];
    }
    (code, strings)
}

/// Where the contents of the string that begins here start and end, and the length of the whole literal.
fn string_at(rest: &str, before: Option<char>) -> Option<(usize, usize, usize)> {
    let in_word = before.is_some_and(|found| found.is_alphanumeric() || found == '_');
    let raw = rest.strip_prefix("br").or_else(|| rest.strip_prefix('r')).filter(|_| !in_word);
    if let Some(after) = raw {
        let hashes = after.bytes().take_while(|byte| *byte == b'#').count();
        if after[hashes..].starts_with('"') {
            let start = rest.len() - after.len() + hashes + 1;
            let close = format!("\"{}", "#".repeat(hashes));
            let end = rest[start..].find(&close).map_or(rest.len(), |at| start + at);
            return Some((start, end, (end + close.len()).min(rest.len())));
        }
    }
    if !rest.starts_with('"') {
        return None;
    }
    let mut escaped = false;
    for (at, byte) in rest.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return Some((1, at, at + 1)),
            _ => {}
        }
    }
    Some((1, rest.len(), rest.len()))
}

/// The length of a character literal such as `'"'`, or 1 for the mark of a lifetime.
fn character_at(rest: &str) -> usize {
    let inner: Vec<char> = rest.chars().skip(1).take(2).collect();
    match inner[..] {
        ['\\', _] => rest[3..].find('\'').map_or(rest.len(), |at| at + 4),
        [one, '\''] => one.len_utf8() + 2,
        _ => 1,
    }
}
