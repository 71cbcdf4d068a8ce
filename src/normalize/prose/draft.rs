//! The notice while it is put together: every value goes in with its evidence.

use super::super::remarks;
use super::seen::Seen;
use crate::domain::finding::Severity;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeType;

/// Values below this go to a person, beside the kind, the identity, the address and the time; others are shown with their confidence.
pub(super) const CERTAIN: f64 = 0.95;

/// A notice and what is still said of it.
pub(super) struct Draft {
    pub(super) notice: Notice,
}

impl Draft {
    pub(super) fn new() -> Self {
        Self { notice: Notice::of(NoticeType::Unknown) }
    }

    /// Notes where a value was read, and gives it.
    pub(super) fn take<T>(&mut self, path: &str, seen: Seen<T>) -> T {
        self.notice.evidence.insert(path.to_owned(), seen.evidence());
        seen.value
    }

    /// Whether a value that was put in is sure.
    pub(super) fn sure_of(&self, path: &str) -> bool {
        self.notice.evidence.get(path).is_some_and(|seen| seen.confidence >= CERTAIN)
    }

    /// Puts in a value that may be absent.
    pub(super) fn maybe<T>(&mut self, path: &str, seen: Option<Seen<T>>) -> Option<T> {
        seen.map(|seen| self.take(path, seen))
    }

    /// A value on which the notice's way depends: an unsure one is a finding that gives it to a person.
    pub(super) fn vital<T>(&mut self, path: &str, value: &str, seen: Option<Seen<T>>) -> Option<T> {
        match seen {
            None => {
                self.ask(value, "notFound", "");
                None
            }
            Some(seen) => {
                if seen.confidence < CERTAIN {
                    self.ask(value, "uncertain", path);
                }
                Some(self.take(path, seen))
            }
        }
    }

    /// A finding that gives the notice to a person.
    pub(super) fn ask(&mut self, value: &str, fault: &str, path: &str) {
        self.notice.findings.push(remarks::finding(Severity::Error, value, fault, path));
    }

    /// A finding that a person may see.
    pub(super) fn remark(&mut self, value: &str, fault: &str, path: &str) {
        self.notice.findings.push(remarks::finding(Severity::Warning, value, fault, path));
    }
}
