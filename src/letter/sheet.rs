//! A letter that has been set: what stands where on each page, and the tree that tells a screen reader what it is.

use crate::letter::Language;
use crate::letter::paper::Type;

/// All pages with their structure.
#[derive(Debug, Default)]
pub(super) struct Sheets {
    /// The pages in order.
    pub(super) pages: Vec<Page>,
    /// The structure elements; the first is the document itself.
    pub(super) elements: Vec<Element>,
    /// The headings of the parts, for the outline.
    pub(super) bookmarks: Vec<Bookmark>,
}

/// One page.
#[derive(Debug)]
pub(super) struct Page {
    /// The language of its page number.
    pub(super) language: Language,
    /// What is drawn on it, in reading order.
    pub(super) marks: Vec<Mark>,
}

/// Something drawn. Lengths in points from the upper left corner.
#[derive(Debug)]
pub(super) enum Mark {
    /// A line of text that belongs to a structure element.
    Text {
        /// Its left end.
        x: f32,
        /// Its baseline.
        y: f32,
        /// How it is set.
        face: Type,
        /// The text.
        text: Words,
    },
    /// A line of text that repeats what stands elsewhere or counts pages: no content (an artifact).
    Number {
        /// Its left end.
        x: f32,
        /// Its baseline.
        y: f32,
        /// How it is set.
        face: Type,
        /// The text.
        text: Words,
    },
    /// A thin line between rows: no content.
    Rule {
        /// Its left end.
        left: f32,
        /// Its right end.
        right: f32,
        /// Its height on the page.
        y: f32,
    },
}

/// Text of a letter, which may name a person.
pub(super) struct Words(pub(super) String);

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

/// A node of the structure tree.
#[derive(Debug)]
pub(super) struct Element {
    /// What it is.
    pub(super) role: Role,
    /// Its language where that differs from the element around it.
    pub(super) language: Option<Language>,
    /// What it holds, in reading order.
    pub(super) children: Vec<Child>,
}

/// What an element holds.
#[derive(Clone, Copy, Debug)]
pub(super) enum Child {
    /// Another element, by its place.
    Element(usize),
    /// A mark, by page and place on it.
    Mark(usize, usize),
}

/// What an element is, by the standard roles of PDF 1.7 (14.8.4).
#[derive(Debug)]
pub(super) enum Role {
    /// The whole.
    Document,
    /// The letter in one language.
    Section,
    /// Lines that belong together, such as an address.
    Group,
    /// A paragraph.
    Paragraph,
    /// A heading with its level and text.
    Heading(u16, Words),
    /// A list.
    List,
    /// One point of it.
    Point,
    /// The point's bullet.
    Bullet,
    /// The point's text.
    PointText,
    /// A table.
    Table,
    /// A row of it.
    Row,
    /// The header of a row.
    RowHeader,
    /// The value in a row.
    Cell,
}

/// An entry of the outline.
#[derive(Debug)]
pub(super) struct Bookmark {
    /// The heading.
    pub(super) text: Words,
    /// Its page.
    pub(super) page: usize,
    /// Its upper edge, in points.
    pub(super) y: f32,
}
