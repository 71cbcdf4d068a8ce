//! What the reader of tables and forms is given of a message, and what it gives back.

use super::super::prose::Letter;
use crate::domain::document::Document;
use crate::domain::finding::Finding;
use crate::domain::notice::Notice;
use std::fmt;

/// A message with its documents.
#[derive(Clone, Copy, Default)]
pub(in crate::normalize) struct Material<'a> {
    /// Its subject, its text and the address it came from; its documents as text.
    pub(in crate::normalize) letter: Letter<'a>,
    /// Its text as HTML, where it came so.
    pub(in crate::normalize) html: &'a [String],
    /// Its documents as they were taken apart, each with its source.
    pub(in crate::normalize) read: &'a [(String, &'a Document)],
    /// Its text is a file, whose rows are named by their number.
    pub(in crate::normalize) file: bool,
}

/// What was read: the notices, none of which may be of a known kind.
#[derive(Default)]
pub(in crate::normalize) struct Told {
    /// In the order of the message. Never empty.
    pub(in crate::normalize) notices: Vec<Notice>,
    /// They are rows of a list: the whole text and the files belong to none of them alone.
    pub(in crate::normalize) list: bool,
    /// A table or a form tells them, not free text alone.
    pub(in crate::normalize) structured: bool,
    /// What became none of them: a person must look.
    pub(in crate::normalize) left: Vec<Finding>,
}

impl Told {
    /// With what every notice from free text has.
    pub(super) fn finished(mut self) -> Self {
        self.notices = self.notices.into_iter().map(super::finished).collect();
        self
    }
}

impl fmt::Debug for Material<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Material({} documents, {} of HTML)", self.read.len(), self.html.len())
    }
}

impl fmt::Debug for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Told({} notices, {} left)", self.notices.len(), self.left.len())
    }
}
