//! What the kernel says of a process: CPU time with all its children, memory.

use std::collections::HashMap;
use std::fs;

/// Ticks a second in `/proc/PID/stat` (USER_HZ, the same on every Linux that Rust runs on).
const TICKS: f64 = 100.0;

struct Stat {
    parent: u32,
    own_ticks: u64,
    reaped_ticks: u64,
}

fn stat(pid: u32) -> Option<Stat> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name may hold spaces; the fields that count follow its bracket.
    let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
    let number = |at: usize| fields.get(at)?.parse::<u64>().ok();
    Some(Stat {
        parent: u32::try_from(number(1)?).ok()?,
        own_ticks: number(11)? + number(12)?,
        reaped_ticks: number(13)? + number(14)?,
    })
}

/// CPU seconds of a process, of its living descendants, and of those that have ended.
pub(crate) fn cpu_seconds(root: u32) -> f64 {
    let all: HashMap<u32, Stat> = fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter_map(|pid| Some((pid, stat(pid)?)))
        .collect();
    let mut ticks = 0;
    for (pid, own) in &all {
        let mut at = *pid;
        while at != root && at > 1 {
            at = all.get(&at).map_or(0, |stat| stat.parent);
        }
        if at == root {
            ticks += own.own_ticks + own.reaped_ticks;
        }
    }
    ticks as f64 / TICKS
}

/// A line of `/proc/PID/status` in MiB, such as `VmRSS` or `VmHWM` (the highest so far).
pub(crate) fn memory_mib(pid: u32, line: &str) -> f64 {
    let text = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let found = text.lines().find_map(|l| l.strip_prefix(line)?.strip_prefix(':'));
    let kib = found.and_then(|rest| rest.trim().trim_end_matches(" kB").trim().parse::<f64>().ok());
    kib.unwrap_or(0.0) / 1024.0
}
