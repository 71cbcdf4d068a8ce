//! The command line. Prints the error chain; exit codes: 0 done, 1 failed, 2 wrong usage or configuration.

use std::process::ExitCode;

fn main() -> ExitCode {
    kvittens::commands::main()
}
