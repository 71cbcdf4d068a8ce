//! Who may import whom: a room knows the levels below it and no neighbour, so that each can be read alone.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::source;
use crate::source::Source;

/// The rooms by level; a room may import from levels below its own.
const LEVELS: [&[&str]; 5] = [
    &["domain"],
    &["clock", "telemetry", "http", "files", "sandbox", "mail", "pulse", "report", "seal"],
    &[
        "intake",
        "malware",
        "normalize",
        "store",
        "acknowledge",
        "letter",
        "partners",
        "routing",
        "roster",
        "queue",
        "case_system",
    ],
    &["pipeline", "operations", "public"],
    &["config", "gateway", "commands", "demo", "register", "watchman"],
];

/// The crates that the domain may use; of aws_lc_rs, only its digests.
const FOR_DOMAIN: [&str; 8] =
    ["serde", "jiff", "thiserror", "bytes", "uuid", "utoipa", "hex", "aws_lc_rs"];

/// Imports that the table does not allow, and rooms that it does not know.
pub(crate) fn faults(file: &Source) -> Vec<String> {
    let Some(room) = room(&file.path) else { return Vec::new() };
    let Some(own) = level(&room) else {
        return vec![format!("{}: the table of rooms knows no `{room}`", file.path)];
    };
    let allowed =
        |other: &str| own == 4 || other == room || level(other).is_some_and(|level| level < own);
    let wrong = imports(file).into_iter().filter(|(_, other)| !allowed(other));
    wrong
        .map(|(line, other)| format!("{}:{line}: `{room}` may not import `{other}`", file.path))
        .collect()
}

/// Rooms from which a way of imports leads back to themselves.
pub(crate) fn circles(files: &[Source]) -> Vec<String> {
    let mut edges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in files {
        let Some(from) = room(&file.path) else { continue };
        let others = imports(file).into_iter().map(|(_, to)| to).filter(|to| *to != from);
        edges.entry(from.clone()).or_default().extend(others);
    }
    let reached = |from: &String| {
        let mut seen = BTreeSet::new();
        let mut ahead = vec![from];
        while let Some(room) = ahead.pop() {
            for next in edges.get(room).into_iter().flatten() {
                if seen.insert(next) {
                    ahead.push(next);
                }
            }
        }
        seen
    };
    let round = edges.keys().filter(|room| reached(room).contains(room));
    round.map(|room| format!("src/{room}: its imports lead back to itself")).collect()
}

/// Crates that the domain may not use, found in its code outside its tests.
pub(crate) fn foreign_crates(file: &Source, dependencies: &[String]) -> Vec<String> {
    let code = file.code_without_tests();
    let mut faults = Vec::new();
    for name in dependencies {
        for (at, _) in code.match_indices(&format!("{name}::")) {
            let whole = !code[..at]
                .ends_with(|before: char| before.is_alphanumeric() || "_:".contains(before));
            let digest = name != "aws_lc_rs" || code[at..].starts_with("aws_lc_rs::digest");
            if whole && !(FOR_DOMAIN.contains(&name.as_str()) && digest) {
                faults.push(format!(
                    "{}:{}: the domain may not use `{name}`",
                    file.path,
                    line_of(&code, at)
                ));
            }
        }
    }
    faults
}

/// The names of the crates in Cargo.toml, as code writes them.
pub(crate) fn dependencies() -> Vec<String> {
    let manifest = source::read("Cargo.toml");
    let manifest: toml::Table = manifest.parse().expect("Cargo.toml");
    let names = |table: &str| {
        manifest[table].as_table().map(|table| table.keys().cloned()).into_iter().flatten()
    };
    let all = names("dependencies").chain(names("dev-dependencies"));
    all.map(|name| name.replace('-', "_")).collect()
}

/// The room of a file below `src/`; `main.rs` and `lib.rs` stand above all rooms.
fn room(path: &str) -> Option<String> {
    let inside = path.strip_prefix("src/")?;
    let first = inside.split('/').next()?.trim_end_matches(".rs");
    (first != "main" && first != "lib").then(|| first.to_owned())
}

fn level(room: &str) -> Option<usize> {
    LEVELS.iter().position(|rooms| rooms.contains(&room))
}

/// Every room a file names, with the line: `crate::room`, `kvittens::room`, or as many `super::` as lead out.
fn imports(file: &Source) -> Vec<(usize, String)> {
    let code = file.code();
    let mut found = Vec::new();
    for root in ["crate::", "kvittens::"] {
        for (at, _) in code.match_indices(root) {
            let after = &code[at + root.len()..];
            // `use crate::{a, b}` names rooms in its braces.
            let names = match after.trim_start().strip_prefix('{') {
                Some(inside) => {
                    inside.split('}').next().unwrap_or_default().split(',').map(word).collect()
                }
                None => vec![word(after)],
            };
            found.extend(names.into_iter().map(|name| (line_of(&code, at), name)));
        }
    }
    let depth = file.path.trim_end_matches("/mod.rs").matches('/').count();
    let out = "super::".repeat(depth);
    found.extend(
        code.match_indices(&out).map(|(at, _)| (line_of(&code, at), word(&code[at + out.len()..]))),
    );
    found.retain(|(_, name)| level(name).is_some());
    found
}

fn word(text: &str) -> String {
    text.trim_start().chars().take_while(|next| next.is_alphanumeric() || *next == '_').collect()
}

fn line_of(code: &str, at: usize) -> usize {
    code[..at].matches('\n').count() + 1
}
