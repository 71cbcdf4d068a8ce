//! Which files are complete: renamed into place, or unchanged between two looks apart.

use crate::files::identity::Entry;
use crate::files::identity::FileIdentity;
use std::collections::HashMap;
use std::collections::HashSet;
use std::ffi::OsStr;
use std::ffi::OsString;
use std::time::Duration;
use tokio::time::Instant;

/// What earlier looks saw.
pub(super) struct Looks {
    settle_after: Duration,
    seen: HashMap<OsString, Seen>,
}

struct Seen {
    identity: FileIdentity,
    since: Instant,
    renamed: bool,
}

/// What a look at one file says.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Judgement {
    Complete,
    /// Perhaps complete then.
    NotBefore(Instant),
}

impl Looks {
    pub(super) fn new(settle_after: Duration) -> Self {
        Self { settle_after, seen: HashMap::new() }
    }

    /// The system told that this file was renamed into place.
    pub(super) fn renamed(&mut self, entry: &Entry, now: Instant) {
        let seen = Seen { identity: entry.identity, since: now, renamed: true };
        self.seen.insert(entry.name.clone(), seen);
    }

    pub(super) fn judge(&mut self, entry: &Entry, now: Instant) -> Judgement {
        let fresh = Seen { identity: entry.identity, since: now, renamed: false };
        match self.seen.get_mut(&entry.name) {
            Some(seen) if seen.identity == entry.identity => {
                let due = seen.since + self.settle_after;
                let complete = seen.renamed || due <= now;
                if complete { Judgement::Complete } else { Judgement::NotBefore(due) }
            }
            Some(seen) => {
                *seen = fresh;
                Judgement::NotBefore(now + self.settle_after)
            }
            None => {
                self.seen.insert(entry.name.clone(), fresh);
                Judgement::NotBefore(now + self.settle_after)
            }
        }
    }

    pub(super) fn keep_only(&mut self, present: &HashSet<&OsStr>) {
        self.seen.retain(|name, _| present.contains(name.as_os_str()));
    }
}

#[cfg(test)]
mod tests {
    use super::Judgement;
    use super::Looks;
    use crate::files::identity::Entry;
    use crate::files::identity::FileIdentity;
    use crate::files::identity::Kind;
    use std::collections::HashSet;
    use std::time::Duration;
    use tokio::time::Instant;

    fn entry(size_bytes: u64) -> Entry {
        let identity = FileIdentity { device: 1, inode: 2, size_bytes, modified_ns: 3 };
        Entry { name: "a".into(), kind: Kind::File, identity }
    }

    #[test]
    fn a_file_is_complete_after_two_looks_apart_that_found_it_unchanged() {
        let wait = Duration::from_secs(2);
        let mut looks = Looks::new(wait);
        let start = Instant::now();
        let second = Duration::from_secs(1);
        assert_eq!(looks.judge(&entry(1), start), Judgement::NotBefore(start + wait));
        assert_eq!(looks.judge(&entry(1), start + second), Judgement::NotBefore(start + wait));
        let grown = start + 2 * second;
        assert_eq!(looks.judge(&entry(2), grown), Judgement::NotBefore(grown + wait));
        assert_eq!(looks.judge(&entry(2), grown + wait), Judgement::Complete);
        assert_eq!(looks.judge(&entry(2), grown + wait), Judgement::Complete, "until it is gone");
        looks.keep_only(&HashSet::new());
        assert_ne!(looks.judge(&entry(2), grown + wait), Judgement::Complete);
    }

    #[test]
    fn a_file_renamed_into_place_is_complete_at_once_unless_it_changes() {
        let mut looks = Looks::new(Duration::from_secs(2));
        let now = Instant::now();
        looks.renamed(&entry(1), now);
        assert_eq!(looks.judge(&entry(1), now), Judgement::Complete);
        assert_ne!(looks.judge(&entry(2), now), Judgement::Complete);
    }
}
