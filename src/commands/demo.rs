//! `kvittens demo`: the whole path on this machine, with nothing installed.

use crate::commands::Failed;
use crate::commands::Outcome;
use std::path::PathBuf;

/// Arguments of `demo`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Where the demo keeps everything; a fresh temporary folder when not given
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
    /// The port on 127.0.0.1
    #[arg(long, default_value_t = 8080, value_name = "N")]
    port: u16,
    /// End when every sample is acknowledged and delivered or waits for a person
    #[arg(long)]
    once: bool,
}

/// Runs the demo.
pub(super) async fn run(arguments: Arguments) -> Outcome {
    let options =
        crate::demo::Options { dir: arguments.dir, port: arguments.port, once: arguments.once };
    match crate::demo::run(options, super::output::print_line).await? {
        true => Ok(()),
        false => Err(Failed::Said),
    }
}
