//! How many notices a second the gateway carries all the way, at what cost, and against what the bare engine could do.
//!
//! `cargo bench --bench bench -- [sqlite] [postgres] [imap] [sftp] [reader] [flood] [--notices N] [--connections N] [--rate N] [--seconds S] [--idle S] [--full]`
//!
//! The gateway is the real program; the load generator and the sinks are this program again, as processes of their own, so that their CPU is
//! told apart. Nothing here asserts anything about time: it prints one table per scenario.

mod bare;
mod copy;
mod doors;
mod flood;
mod gateway;
mod imap;
mod load;
mod notice;
mod plan;
mod process;
mod reader;
mod report;
mod scenario;
mod servers;
mod sinks;
mod stand_ins;

use plan::Plan;
use std::process::ExitCode;

/// Instants that processes compare, in microseconds since 1970.
#[allow(clippy::disallowed_methods, reason = "the one place where the benchmark asks the time")]
fn now_microseconds() -> u64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |since| u64::try_from(since.as_micros()).unwrap_or(u64::MAX))
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.first().map(String::as_str) {
        Some("role-sinks") => {
            single().and_then(|runtime| runtime.block_on(sinks::run(&arguments[1..])))
        }
        Some("role-load") => {
            single().and_then(|runtime| runtime.block_on(load::run(&arguments[1..])))
        }
        _ => Plan::read(&arguments).and_then(|plan| single()?.block_on(scenario::run_all(&plan))),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            report::complain(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn single() -> anyhow::Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_current_thread().enable_all().build()?)
}
