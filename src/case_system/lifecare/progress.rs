//! What is written down between two steps: which entries are open and what remains, as a note without personal data.

use crate::case_system::Progress;
use crate::case_system::lifecare::attachments::Part;
use crate::domain::failure::Failure;

/// How far a notice has come in Lifecare.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reached {
    /// Ids of the entries, one for each person so far; the last may lack attachments.
    pub(super) entries: Vec<String>,
    /// What the last entry lacks. Empty: the next person's entry comes next.
    pub(super) remains: Vec<Part>,
}

const NEXT: &str = "next";
const ATTACH: &str = "attach:";

impl Reached {
    /// The entries as the one id that the rest of the program knows: `98765`, or `98765,98766` for two adults.
    pub(super) fn case_id(&self) -> String {
        self.entries.join(",")
    }

    /// As it is committed: the note is `attach:original,summary`, or `next` before a further person's entry.
    pub(super) fn progress(&self) -> Progress {
        let note = if self.remains.is_empty() {
            NEXT.to_owned()
        } else {
            let words: Vec<_> = self.remains.iter().map(|part| part.word()).collect();
            format!("{ATTACH}{}", words.join(","))
        };
        Progress { case_id: self.case_id(), note }
    }

    /// The entries behind the one id that the rest of the program knows.
    pub(super) fn entries_of(case_id: &str) -> Result<Vec<String>, Failure> {
        let entries: Vec<_> = case_id.split(',').map(str::to_owned).collect();
        if entries.iter().any(|id| id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_digit())) {
            return Err(Failure::Permanent("the case's id is none of Lifecare's".to_owned()));
        }
        Ok(entries)
    }

    /// Reads what was committed.
    pub(super) fn read(progress: &Progress) -> Result<Self, Failure> {
        let unreadable = || Failure::Permanent("the progress note cannot be read".to_owned());
        let entries = Self::entries_of(&progress.case_id)?;
        let remains = match progress.note.strip_prefix(ATTACH) {
            None if progress.note == NEXT => Vec::new(),
            None => return Err(unreadable()),
            Some(words) => words
                .split(',')
                .map(|word| Part::ALL.into_iter().find(|part| part.word() == word))
                .collect::<Option<_>>()
                .ok_or_else(unreadable)?,
        };
        Ok(Self { entries, remains })
    }
}

#[cfg(test)]
mod tests {
    use super::Reached;
    use crate::case_system::Progress;
    use crate::case_system::lifecare::attachments::Part;

    #[test]
    fn what_is_noted_is_read_again() {
        let cases = [
            (vec!["98765"], Part::ALL.to_vec(), "98765", "attach:original,summary"),
            (vec!["98765"], vec![Part::Summary], "98765", "attach:summary"),
            (vec!["1", "2"], vec![Part::Original], "1,2", "attach:original"),
            (vec!["1"], Vec::new(), "1", "next"),
        ];
        for (entries, remains, case_id, note) in cases {
            let entries = entries.into_iter().map(str::to_owned).collect();
            let reached = Reached { entries, remains };
            let progress = Progress { case_id: case_id.to_owned(), note: note.to_owned() };
            assert_eq!(reached.progress(), progress);
            assert_eq!(Reached::read(&progress), Ok(reached));
        }
    }

    #[test]
    fn a_strange_note_stops() {
        for (case_id, note) in [("1", "attach:"), ("1", "x"), ("", "next"), ("1/2", "next")] {
            let progress = Progress { case_id: case_id.to_owned(), note: note.to_owned() };
            assert!(Reached::read(&progress).is_err(), "{case_id} {note}");
        }
    }
}
