//! How a child that gave no answer came to its end: too little memory, too little time, or a crash.

use super::SandboxError;
use crate::domain::document::Outcome;
use std::os::unix::process::ExitStatusExt as _;
use std::process::ExitStatus;

/// Exit code of a program that does not know the sub-command (clap's wrong usage).
const WRONG_USAGE: i32 = 2;

/// Reads the status and what the child said when it broke. The words are those of Rust's allocator and of the run-time, never the document's.
pub(super) fn outcome(status: ExitStatus, complaint: &[u8]) -> Result<Outcome, SandboxError> {
    let said = |words: &[u8]| complaint.windows(words.len()).any(|window| window == words);
    if status.code() == Some(WRONG_USAGE) {
        return Err(SandboxError::NotAReader);
    }
    if status.signal() == Some(rustix::process::Signal::XCPU.as_raw()) {
        return Ok(Outcome::TimedOut);
    }
    // Nobody but the kernel kills a child that did not overrun its time.
    let killed = status.signal() == Some(rustix::process::Signal::KILL.as_raw());
    if killed || said(b"memory allocation of") || status.code() == Some(super::child::NO_MEMORY) {
        return Ok(Outcome::TooMuch);
    }
    Ok(Outcome::Crashed)
}
