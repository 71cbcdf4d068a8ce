//! Writing to the terminal: the one place that does.

use crate::commands::Failed;
use crate::commands::Outcome;
use serde::Serialize;
use std::io::Write as _;

/// Prints a line; a reader that closed the pipe ends the command quietly.
pub(super) fn print(text: &str) -> Outcome {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{text}").and_then(|()| out.flush()).map_err(quiet)
}

/// Prints a value as one line of JSON.
pub(super) fn print_json(value: &impl Serialize) -> Outcome {
    print(&serde_json::to_string(value)?)
}

/// Says what is wrong, on standard error.
pub(super) fn complain(text: &str) {
    drop(writeln!(std::io::stderr().lock(), "{text}"));
}

/// Asks something of the one at the terminal, on standard error and without a line break.
pub(super) fn ask(text: &str) {
    let mut out = std::io::stderr().lock();
    drop(write!(out, "{text}").and_then(|()| out.flush()));
}

fn quiet(error: std::io::Error) -> Failed {
    match error.kind() {
        std::io::ErrorKind::BrokenPipe => Failed::Said,
        _ => Failed::Work(error.into()),
    }
}

/// A table with columns as wide as their widest cell.
pub(super) fn table(header: &[&str], rows: &[Vec<String>]) -> String {
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count());
        cells.chain(header.get(column).map(|cell| cell.chars().count())).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..header.len()).map(width).collect();
    let line = |cells: Vec<&str>| {
        let padded = cells.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    std::iter::once(line(header.to_vec()))
        .chain(rows.iter().map(|row| line(row.iter().map(String::as_str).collect())))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Prints a line of a long-running command; a closed pipe is not its concern.
pub(super) fn print_line(text: &str) {
    drop(print(text));
}
