//! Letters on paper and in digital mailboxes: the copy that the person concerned gets by law, and a landlord's receipt to print.
//!
//! When Kronofogden has told the time of an eviction, a copy of our confirmation goes to the person (SFS 2025:468 11 kap. 3 §).
//! [`copy`] writes that letter from facts, [`offer`] the one that offers help where a landlord has written, [`receipt_pdf`] writes the receipt; [`render`] makes either into one PDF that a
//! screen reader can read (PDF/UA-1) and an archive can keep (PDF/A-2a). Both standards are checked by the writer each time: what would break
//! them is an error, never a file.
//!
//! Pure: the same letter gives the same bytes; fonts are built in, and nothing is read from the machine.

mod compose;
pub mod copy;
mod draw;
mod flow;
mod fonts;
pub mod offer;
mod paper;
mod placeholder;
pub mod receipt_pdf;
pub mod report_pdf;
mod sheet;
pub mod template;
pub mod words;
mod wrap;

#[cfg(test)]
#[path = "tests/mod.rs"]
mod tests;

use crate::domain::digest::Digest;
use crate::domain::masked::Masked;
use jiff::civil::Date;
use serde::Deserialize;
use std::fmt;

/// A language of a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Swedish.
    Sv,
    /// English.
    En,
}

impl Language {
    /// As a document names it (BCP 47): a screen reader picks its voice by it.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Sv => "sv-SE",
            Self::En => "en-GB",
        }
    }
}

/// One letter to one recipient, ready to be set.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    /// Who writes, line by line: municipality, unit, telephone. The first line is set in bold.
    pub sender: Vec<String>,
    /// Name and postal address as they show in the window of an envelope. Empty: it is not posted, and the text begins higher up.
    pub recipient: Vec<Masked>,
    /// The day it is written.
    pub date: Date,
    /// What we call the matter.
    pub our_reference: String,
    /// The same message in one language after the other, each beginning on a page of its own. The first one's language is the
    /// document's, its heading the document's title.
    pub parts: Vec<Part>,
}

/// What a letter says in one language.
#[derive(Clone, PartialEq, Eq)]
pub struct Part {
    /// Its language.
    pub language: Language,
    /// What it is about. Also shown as the document's title, so it names no one.
    pub heading: String,
    /// What it says.
    pub body: Vec<Block>,
    /// How it ends, line by line.
    pub closing: Vec<String>,
    /// What stands last, in small type, line by line.
    pub footer: Vec<String>,
}

/// One piece of a letter.
#[derive(Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading within the text.
    Heading(String),
    /// A paragraph.
    Paragraph(String),
    /// A line to those who read another language than the rest.
    Aside(Language, String),
    /// Points, one below the other.
    List(Vec<String>),
    /// Facts in two columns.
    Rows(Vec<Row>),
}

/// One fact of a letter.
#[derive(Clone, PartialEq, Eq)]
pub struct Row {
    /// What it is; the header of the row.
    pub label: String,
    /// The fact.
    pub value: String,
}

impl fmt::Debug for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Letter({} address lines, {} parts)", self.recipient.len(), self.parts.len())
    }
}

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Part({:?}, {} blocks)", self.language, self.body.len())
    }
}

impl fmt::Debug for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Heading(_) => "Heading(***)",
            Self::Paragraph(_) => "Paragraph(***)",
            Self::Aside(..) => "Aside(***)",
            Self::List(_) => "List(***)",
            Self::Rows(_) => "Rows(***)",
        })
    }
}

impl fmt::Debug for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Row(***)")
    }
}

/// Why a letter could not be set. None of them quotes it: a person reads the letter and sends it another way.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LetterError {
    /// The built-in fonts (Latin script) lack this many of its characters, such as Arabic letters in a name. Nothing is left out or
    /// replaced by a box.
    #[error("setting a letter: the fonts lack {0} of its characters")]
    Unprintable(usize),
    /// The address has more lines than the window of an envelope shows.
    #[error("setting a letter: the address does not fit in the window of an envelope")]
    AddressTooLong,
    /// There is no text, or a heading is empty.
    #[error("setting a letter: it has no text or a heading is empty")]
    Empty,
    /// More pages than a letter may have.
    #[error("setting a letter: it is longer than {} pages", paper::MOST_PAGES)]
    TooLong,
    /// The writer found that the file would break PDF/UA-1 or PDF/A-2a, or could not write it.
    #[error("setting a letter: the writer refused it ({0})")]
    Refused(String),
    /// The built-in fonts cannot be read: a fault of the program.
    #[error("setting a letter: the built-in fonts cannot be read")]
    Fonts,
}

/// Sets a letter as PDF: A4, tagged, PDF/UA-1 and PDF/A-2a, fonts embedded, under 100 kB. The same letter gives the same bytes.
pub fn render(letter: &Letter) -> Result<Vec<u8>, LetterError> {
    let no_heading = |part: &Part| fonts::cleaned(&part.heading).is_empty();
    let first = letter.parts.first().ok_or(LetterError::Empty)?;
    if letter.parts.iter().any(no_heading) {
        return Err(LetterError::Empty);
    }
    let fonts = fonts::Fonts::built_in()?;
    match fonts.unprintable(letter.texts()) {
        0 => {}
        count => return Err(LetterError::Unprintable(count)),
    }
    let sheets = compose::compose(letter, &fonts)?;
    draw::draw(&sheets, &fonts, &draw::About::of(letter, first))
}

impl Letter {
    /// Every text in it, in order.
    fn texts(&self) -> impl Iterator<Item = &str> {
        let sender = self.sender.iter().map(String::as_str);
        let recipient = self.recipient.iter().map(Masked::reveal);
        let reference = std::iter::once(self.our_reference.as_str());
        let parts = self.parts.iter().flat_map(|part| {
            let body = part.body.iter().flat_map(Block::texts);
            let ends = part.closing.iter().chain(&part.footer).map(String::as_str);
            std::iter::once(part.heading.as_str()).chain(body).chain(ends)
        });
        sender.chain(reference).chain(recipient).chain(parts)
    }

    /// What tells one letter from another: the identifier of its document.
    fn digest(&self) -> Digest {
        let mut all = format!("{}\0{}\0", self.date, self.parts.len());
        for text in self.texts() {
            all.push_str(text);
            all.push('\0');
        }
        Digest::of(all.as_bytes())
    }
}

impl Block {
    fn texts(&self) -> Vec<&str> {
        match self {
            Self::Heading(text) | Self::Paragraph(text) | Self::Aside(_, text) => vec![text],
            Self::List(points) => points.iter().map(String::as_str).collect(),
            Self::Rows(rows) => {
                rows.iter().flat_map(|row| [row.label.as_str(), row.value.as_str()]).collect()
            }
        }
    }
}
