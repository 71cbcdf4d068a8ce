//! The hidden sub-command that reads one document under limits: what [`crate::sandbox`] starts for every document, and nobody else.

use crate::domain::received::Format;
use crate::sandbox::child;
use std::process::ExitCode;

/// Arguments of `parse-document`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// What the document is
    #[arg(value_parser = format)]
    format: Format,
    /// Address space
    #[arg(long)]
    memory_bytes: u64,
    /// Processor time
    #[arg(long)]
    cpu_seconds: u64,
    /// Longest answer
    #[arg(long)]
    answer_bytes: usize,
    /// Only this entry of an archive
    #[arg(long)]
    entry: Option<usize>,
}

fn format(word: &str) -> Result<Format, String> {
    Format::DOCUMENTS
        .into_iter()
        .find(|format| format.as_str() == word)
        .ok_or_else(|| "not a document".to_owned())
}

/// Reads the document on standard input; runs before anything else of the program is started.
pub(super) fn run(arguments: &Arguments) -> ExitCode {
    let limits = child::Limits {
        memory_bytes: arguments.memory_bytes,
        cpu_seconds: arguments.cpu_seconds,
        answer_bytes: arguments.answer_bytes,
    };
    let (format, entry) = (arguments.format, arguments.entry);
    child::run(limits, |raw| crate::normalize::documents::parse(format, raw, entry))
}
