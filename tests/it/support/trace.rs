//! What a process asked of the kernel, in order: the proof that data was synced before anyone was told.

use std::collections::HashMap;
use std::path::Path;
use std::path::PathBuf;

use tokio::process::Command;

use super::servers::say_skipped;

/// The calls that write, sync, move and send.
const CALLS: &str = "trace=write,pwrite64,writev,pwritev,fdatasync,fsync,rename,renameat,renameat2,link,linkat,\
                     unlink,unlinkat,sendto,sendmsg";

/// One call of one thread.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Event {
    /// The thread.
    pub(crate) pid: u32,
    /// The call's name, as `fdatasync`.
    pub(crate) call: String,
    /// Path of the file, or `TCP:[local->remote]`, behind the descriptor; of `rename` and `link` the new path.
    pub(crate) target: String,
    /// All arguments as strace shows them, data cut after 64 bytes (or [`Trace::showing`]).
    pub(crate) arguments: String,
    /// What it returned; `None` when the process ended within it.
    pub(crate) result: Option<i64>,
    /// Place in the trace where it began.
    pub(crate) begun: usize,
    /// Place in the trace where it returned; the same as `begun` unless others came between.
    pub(crate) ended: usize,
}

impl Event {
    /// Whether it is an `fsync` or `fdatasync` that succeeded on a path ending so.
    pub(crate) fn syncs(&self, path_end: &str) -> bool {
        matches!(self.call.as_str(), "fsync" | "fdatasync")
            && self.result == Some(0)
            && self.target.ends_with(path_end)
    }

    /// Whether it writes to a path ending so.
    pub(crate) fn writes(&self, path_end: &str) -> bool {
        matches!(self.call.as_str(), "write" | "pwrite64" | "writev" | "pwritev")
            && self.target.ends_with(path_end)
    }

    /// Whether it sends bytes that contain this text (within the first 64).
    pub(crate) fn sends(&self, text: &str) -> bool {
        let socket = self.target.starts_with("TCP") || self.target.starts_with("socket");
        socket && self.arguments.contains(text)
    }

    /// Whether it gives a file a name containing this text, by rename or link.
    pub(crate) fn moves_to(&self, text: &str) -> bool {
        (self.call.starts_with("rename") || self.call.starts_with("link"))
            && self.target.contains(text)
    }
}

/// A trace being written.
#[derive(Clone, Debug)]
pub(crate) struct Trace {
    file: PathBuf,
    /// How much of what is written is shown.
    bytes: usize,
}

impl Trace {
    /// A trace that goes to `file`.
    pub(crate) fn to(file: PathBuf) -> Self {
        Self { file, bytes: 64 }
    }

    /// The same trace with this many bytes shown of what is written.
    pub(crate) fn showing(self, bytes: usize) -> Self {
        Self { bytes, ..self }
    }

    /// A command that runs `program` under strace, all its threads followed.
    pub(crate) fn command(&self, program: &Path) -> Command {
        let mut command = Command::new("strace");
        command.args(["-f", "-yy", "-e", CALLS, "-e", "signal=none", "-s"]);
        command.arg(self.bytes.to_string()).arg("-o").arg(&self.file).arg("--").arg(program);
        command
    }

    /// Whether strace is here and may trace; says so when not.
    pub(crate) async fn is_possible() -> bool {
        let tried = Command::new("strace").args(["-o", "/dev/null", "true"]).output().await;
        let possible = tried.is_ok_and(|output| output.status.success());
        if !possible {
            say_skipped("strace is not there or may not trace");
        }
        possible
    }

    /// What has been written so far, in the order in which the calls began.
    pub(crate) fn events(&self) -> Vec<Event> {
        parse(&std::fs::read_to_string(&self.file).unwrap_or_default())
    }
}

/// The first event from place `from` on (compared with its beginning) for which `wanted` holds.
pub(crate) fn first_from(
    events: &[Event],
    from: usize,
    wanted: impl Fn(&Event) -> bool,
) -> Option<&Event> {
    events.iter().find(|event| event.begun >= from && wanted(event))
}

/// Reads what `strace -f -yy -o` wrote; lines that are no calls are left out.
pub(crate) fn parse(text: &str) -> Vec<Event> {
    let mut events: Vec<Event> = Vec::new();
    let mut open: HashMap<u32, usize> = HashMap::new();
    for (place, line) in text.lines().enumerate() {
        let Some((pid, rest)) =
            line.split_once(' ').and_then(|(pid, rest)| Some((pid.parse().ok()?, rest.trim())))
        else {
            continue;
        };
        if let Some(resumed) = rest.strip_prefix("<... ") {
            if let Some(index) = open.remove(&pid)
                && let Some((_, tail)) = resumed.split_once(" resumed>")
            {
                let event = &mut events[index];
                let (arguments, result) = arguments_and_result(tail);
                event.arguments.push_str(arguments);
                event.result = result;
                event.ended = place;
                event.target = target(&event.call, &event.arguments);
            }
            continue;
        }
        let Some((call, tail)) = rest.split_once('(') else { continue };
        if !call.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            continue;
        }
        let (arguments, result) = match tail.strip_suffix(" <unfinished ...>") {
            Some(arguments) => {
                open.insert(pid, events.len());
                (arguments, None)
            }
            None => arguments_and_result(tail),
        };
        let (call, arguments) = (call.to_owned(), arguments.to_owned());
        let target = target(&call, &arguments);
        events.push(Event { pid, call, target, arguments, result, begun: place, ended: place });
    }
    events
}

fn arguments_and_result(tail: &str) -> (&str, Option<i64>) {
    match tail.rsplit_once(") = ").or_else(|| tail.rsplit_once(')')) {
        Some((arguments, result)) => {
            let result = result
                .trim_start_matches([' ', '='])
                .split(' ')
                .next()
                .and_then(|word| word.parse().ok());
            (arguments.trim_end(), result)
        }
        None => (tail, None),
    }
}

/// What stands behind the descriptor, or the last quoted path of a call that names things.
fn target(call: &str, arguments: &str) -> String {
    if ["rename", "link", "unlink"].iter().any(|name| call.starts_with(name)) {
        let quoted = arguments.rsplit('"').nth(1).unwrap_or_default();
        return quoted.to_owned();
    }
    let Some((_, behind)) = arguments.split_once('<') else { return String::new() };
    // `3</a/file>`, or `3<TCP:[127.0.0.1:1->127.0.0.1:2]>` with an arrow inside.
    let end =
        if behind.starts_with('/') { behind.find('>') } else { behind.find("]>").map(|at| at + 1) };
    behind[..end.unwrap_or(behind.len())].to_owned()
}
