//! What a document says: a PDF, a letter, a spreadsheet or an archive, taken apart into text, tables and filled-in fields.
//!
//! Documents are read in a process of their own (`sandbox`), and these are the words in which it answers. They hold personal data
//! through and through: their `Debug` tells kinds and numbers only.

use serde::Deserialize;
use serde::Serialize;
use std::fmt;

/// The kinds of document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum DocumentKind {
    /// Portable Document Format (ISO 32000).
    Pdf,
    /// A letter of Word's kind (ECMA-376).
    Docx,
    /// A workbook of Excel's kind (ECMA-376).
    Xlsx,
    /// A zip archive; what is in it stands in its entries.
    Archive,
    /// A mail inside an archive: its readable text only.
    Mail,
    /// Plain text, CSV, HTML and the like, inside an archive or attached to a mail.
    Text,
}

/// One document. Its texts are in Unicode's composed form (NFC); lines end in `\n`, table cells are kept apart by `\t`.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Document {
    /// What it is.
    pub kind: DocumentKind,
    /// Its whole readable text in reading order, tables and filled-in fields included.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Its tables: the sheets of a workbook, the tables of a letter, what stands in columns on a page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tables: Vec<Table>,
    /// Its filled-in form fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
    /// What was odd, as stable codes such as `shortened` or `hiddenSheet`; each becomes a finding `document.<code>`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<String>,
    /// What an archive holds, in its order; empty for all other kinds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<Entry>,
}

impl Document {
    /// An empty document of a kind.
    pub fn of(kind: DocumentKind) -> Self {
        Self {
            kind,
            text: String::new(),
            tables: Vec::new(),
            fields: Vec::new(),
            remarks: Vec::new(),
            entries: Vec::new(),
        }
    }

    /// Remarks once on something odd.
    pub fn remark(&mut self, code: &str) {
        if !self.remarks.iter().any(|known| known == code) {
            self.remarks.push(code.to_owned());
        }
    }
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Document({:?}, {} characters, {} tables, {} fields, {} entries)",
            self.kind,
            self.text.chars().count(),
            self.tables.len(),
            self.fields.len(),
            self.entries.len()
        )
    }
}

/// A table.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Table {
    /// A sheet's name, `page 2`, `table 1`.
    pub name: String,
    /// Rows as they stand, headings among them. They need not be equally long.
    pub rows: Vec<Vec<Cell>>,
}

impl fmt::Debug for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Table({} rows)", self.rows.len())
    }
}

/// A cell as a person sees it, and what the program that made it took it for.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Cell {
    /// Nothing in it; also the rest of a merged area, whose value stands in its first cell.
    #[default]
    Empty,
    /// Text.
    Text(String),
    /// A number with a decimal point, whole ones without: it has lost leading zeros and separators that a person wrote.
    Number(String),
    /// A day `2026-03-03` or a day with a time `2026-03-03 10:15`.
    Date(String),
    /// A time of day or a duration, `10:15`.
    Time(String),
    /// A truth value.
    Flag(bool),
}

impl Cell {
    /// A cell with this text, empty where there is none.
    pub fn text(text: &str) -> Self {
        let text = text.trim();
        if text.is_empty() { Self::Empty } else { Self::Text(text.to_owned()) }
    }

    /// What stands in it; truth values as Swedish programs show them.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Empty => "",
            Self::Text(text) | Self::Number(text) | Self::Date(text) | Self::Time(text) => text,
            Self::Flag(true) => "SANT",
            Self::Flag(false) => "FALSKT",
        }
    }
}

impl fmt::Debug for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// A form field.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Field {
    /// What the form calls it: the explanation shown to the one who fills it in, else its name (parts joined by `.`).
    pub label: String,
    /// What was filled in. A box that is ticked has the word of its state (often `Yes`, `Ja`, `On`), one that is not has `Off`.
    pub value: String,
}

impl fmt::Debug for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// Something in an archive.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// Its name as the archive gives it: data, never a path.
    pub name: String,
    /// What became of it.
    pub content: Content,
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Entry({:?})", self.content)
    }
}

/// What became of an archive's entry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Content {
    /// It was read.
    Document(Document),
    /// It was not, for a reason that is a stable code: `encrypted`, `scanned`, `notReadable`, `tooMuch`, `crashed`, `nested`, `otherKind`.
    Skipped(String),
}

/// Why nobody can read a document without a person's help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Refusal {
    /// It opens with a password only.
    Encrypted,
    /// Its pages are pictures.
    Scanned,
    /// It is damaged, or not what it seems to be.
    NotReadable,
    /// There is more in it than is taken.
    TooMuch,
}

impl Refusal {
    /// The stable code, the fault of the finding `document.<code>`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Encrypted => "encrypted",
            Self::Scanned => "scanned",
            Self::NotReadable => "notReadable",
            Self::TooMuch => "tooMuch",
        }
    }
}

/// What the reading process answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Answer {
    /// The document.
    Read(Box<Document>),
    /// It understood why it cannot.
    Refused(Refusal),
}

/// How the reading of a document ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// It was read.
    Done(Box<Document>),
    /// It cannot be read, and the reader knows why.
    Refused(Refusal),
    /// The reader broke on it.
    Crashed,
    /// The reader did not end in time.
    TimedOut,
    /// The reader needed more memory, or had more to say, than it may.
    TooMuch,
}

impl Outcome {
    /// The fault of the finding `document.<code>`; `None` when it was read.
    pub fn fault(&self) -> Option<&'static str> {
        match self {
            Self::Done(_) => None,
            Self::Refused(refusal) => Some(refusal.code()),
            Self::Crashed => Some("crashed"),
            Self::TimedOut => Some("timedOut"),
            Self::TooMuch => Some("tooMuch"),
        }
    }
}

/// The documents of one message, in the order of its attachments. A message that is a document itself is its attachment 0.
#[derive(Clone, Debug, Default)]
pub struct Documents {
    /// Each with the number of the attachment.
    pub read: Vec<(usize, Outcome)>,
}
