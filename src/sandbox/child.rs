//! The inner side: the child limits itself, reads the document from its standard input, and answers once on its standard output.

use crate::domain::document::Answer;
use rustix::process::Resource;
use rustix::process::Rlimit;
use rustix::process::getrlimit;
use rustix::process::setrlimit;
use std::io::Read as _;
use std::io::Write as _;
use std::process::ExitCode;

/// Exit code of a child that could not get memory for the document itself.
pub(super) const NO_MEMORY: i32 = 12;

/// Before the answer. Parsers are not trusted to leave the output alone; JSON holds no raw line break, so the last one of these is ours.
const MARK: &[u8] = b"\n\x1ekvittens-answer\n";

/// Open files: the three standard ones and few more.
const FILES_MAX: u64 = 16;

/// Parsers go down into nested structures; what needs more than this is an attack.
const STACK_BYTES: usize = 64 * 1024 * 1024;

/// What the child may use.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Address space in bytes.
    pub memory_bytes: u64,
    /// Processor time in seconds.
    pub cpu_seconds: u64,
    /// Longest answer in bytes.
    pub answer_bytes: usize,
}

/// Runs a reader under limits: the whole life of a child. The reader is called once, with all of the standard input.
pub fn run(limits: Limits, parse: impl FnOnce(&[u8]) -> Answer + Send) -> ExitCode {
    if limit(limits).is_err() {
        return ExitCode::FAILURE;
    }
    // What a parser says when it panics quotes the document.
    std::panic::set_hook(Box::new(|_| {}));
    let mut raw = Vec::new();
    if let Err(error) = std::io::stdin().lock().read_to_end(&mut raw) {
        let memory = error.kind() == std::io::ErrorKind::OutOfMemory;
        return ExitCode::from(if memory { NO_MEMORY as u8 } else { 1 });
    }
    let answer = std::thread::scope(|scope| {
        let on_thread = std::thread::Builder::new()
            .stack_size(STACK_BYTES)
            .spawn_scoped(scope, || serde_json::to_vec(&parse(&raw)).ok());
        on_thread.ok().and_then(|thread| thread.join().ok()).flatten()
    });
    let Some(answer) = answer else { return ExitCode::FAILURE };
    match write(&answer, limits.answer_bytes) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// The answer in what a child wrote; `None` when there is none that is whole.
pub(super) fn answer_in(output: &[u8]) -> Option<Answer> {
    let mark = output.windows(MARK.len()).rposition(|window| window == MARK)?;
    serde_json::from_slice(output.get(mark + MARK.len()..)?).ok()
}

fn write(answer: &[u8], answer_bytes: usize) -> std::io::Result<()> {
    let refused = serde_json::to_vec(&Answer::Refused(crate::domain::document::Refusal::TooMuch))?;
    let answer = if answer.len() > answer_bytes { &refused } else { answer };
    let mut out = std::io::stdout().lock();
    out.write_all(MARK)?;
    out.write_all(answer)?;
    out.flush()
}

fn limit(limits: Limits) -> rustix::io::Result<()> {
    // Where this machine allows less than we would, that holds.
    let allowed = |resource, most: u64| getrlimit(resource).maximum.map_or(most, |it| it.min(most));
    let set = |resource, most: u64| {
        let most = allowed(resource, most);
        setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })
    };
    set(Resource::Core, 0)?;
    set(Resource::Fsize, 0)?;
    set(Resource::Nofile, FILES_MAX)?;
    set(Resource::As, limits.memory_bytes)?;
    // The soft limit's signal tells time from memory; the hard one ends what does not hear it.
    let hard = allowed(Resource::Cpu, limits.cpu_seconds.saturating_add(1));
    let soft = limits.cpu_seconds.min(hard);
    setrlimit(Resource::Cpu, Rlimit { current: Some(soft), maximum: Some(hard) })
}

#[cfg(test)]
mod tests {
    use super::MARK;
    use super::answer_in;
    use crate::domain::document::Answer;
    use crate::domain::document::Refusal;

    #[test]
    fn only_a_whole_answer_after_the_last_mark_counts() {
        let whole = [b"noise", MARK, b"{}", MARK, br#"{"refused":"scanned"}"#].concat();
        assert_eq!(answer_in(&whole), Some(Answer::Refused(Refusal::Scanned)));
        assert_eq!(answer_in(&whole[..whole.len() - 1]), None);
        assert_eq!(answer_in(br#"{"refused":"scanned"}"#), None);
        assert_eq!(answer_in(b""), None);
    }
}
