//! The demo.
use std::path::PathBuf;

/// What is asked of the demo.
#[derive(Debug)]
pub struct Options {
    /// Where it keeps everything.
    pub dir: Option<PathBuf>,
    /// The port.
    pub port: u16,
    /// End when done.
    pub once: bool,
}

/// Runs it.
pub async fn run(_options: Options, _print: fn(&str)) -> anyhow::Result<bool> {
    Ok(false)
}
