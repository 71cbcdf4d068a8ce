//! How files open, how long they are, what they are called, and what lies at the top.

use crate::source::Source;

const LONGEST: usize = 300;

const NOTHING: [&str; 4] = ["utils", "common", "helpers", "types"];

/// What may lie at the top; `.git` and `target` are the tools' own.
const TOP: [&str; 19] = [
    "Cargo.toml",
    "Cargo.lock",
    "src",
    "config",
    "schemas",
    "tests",
    "deploy",
    "README.md",
    "CHANGELOG.md",
    "LICENSE",
    "rustfmt.toml",
    "clippy.toml",
    "deny.toml",
    ".gitignore",
    ".gitattributes",
    ".ci",
    ".cargo",
    ".git",
    "target",
];

/// A file must open with `//!`.
pub(crate) fn opening(file: &Source) -> Vec<String> {
    let says = file.text.lines().next().and_then(|line| line.strip_prefix("//!"));
    let good = says.is_some_and(|text| !text.trim().is_empty());
    if good { Vec::new() } else { vec![format!("{}: does not open with `//!`", file.path)] }
}

/// A file may have 300 lines.
pub(crate) fn length(file: &Source) -> Vec<String> {
    let lines = file.text.lines().count();
    if lines <= LONGEST { Vec::new() } else { vec![format!("{}: {lines} lines", file.path)] }
}

/// No file or folder is called after nothing.
pub(crate) fn name(file: &Source) -> Vec<String> {
    let empty = file.path.split('/').find(|part| NOTHING.contains(&part.trim_end_matches(".rs")));
    empty.map(|part| format!("{}: `{part}` says nothing", file.path)).into_iter().collect()
}

/// Names that do not belong at the top.
pub(crate) fn top_level(names: &[String]) -> Vec<String> {
    let strange = names.iter().filter(|name| !TOP.contains(&name.as_str()));
    strange.map(|name| format!("{name}: does not belong at the top level")).collect()
}
