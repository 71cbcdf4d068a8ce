//! Words for people: one table per scenario.

use std::io::Write as _;

/// Says a line on standard output.
pub(crate) fn say(line: &str) {
    writeln!(std::io::stdout(), "{line}").ok();
}

/// Says a line on standard error.
pub(crate) fn complain(line: &str) {
    writeln!(std::io::stderr(), "bench: {line}").ok();
}

/// A table that grows line by line and is printed at the end.
#[derive(Default)]
pub(crate) struct Table {
    lines: Vec<[String; 3]>,
}

impl Table {
    /// What was measured, how much, and against what.
    pub(crate) fn add(&mut self, what: &str, value: String, beside: &str) {
        complain(&format!("{what}: {value} {beside}"));
        self.lines.push([what.to_owned(), value, beside.to_owned()]);
    }

    /// Prints it under a title.
    pub(crate) fn print(&self, title: &str) {
        let width =
            |at: usize| self.lines.iter().map(|line| line[at].chars().count()).max().unwrap_or(0);
        let (what, value) = (width(0), width(1));
        say(&format!("\n{title}"));
        for [name, number, beside] in &self.lines {
            say(format!("  {name:what$}  {number:>value$}  {beside}").trim_end());
        }
    }
}

/// The value below which this share of the sorted values lies, from microseconds to milliseconds.
pub(crate) fn percentile_ms(sorted: &[u64], share: f64) -> f64 {
    let last = sorted.len().saturating_sub(1);
    let at = ((sorted.len() as f64 * share) as usize).min(last);
    sorted.get(at).map_or(f64::NAN, |microseconds| *microseconds as f64 / 1000.0)
}
