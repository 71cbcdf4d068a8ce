//! The command line. Prints the error chain; exit codes: 0 done, 1 failed, 2 wrong usage or configuration.

use std::process::ExitCode;

/// Most of a notice's life is many small pieces of text, made on one thread and dropped on another: a fifth of all CPU time with the C
/// library's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    kvittens::commands::main()
}
