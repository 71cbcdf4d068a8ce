//! The measures of the paper: margins, type, and where an address must stand to show in the window of an envelope.
//!
//! A4. The address stands to the right, as Swedish window envelopes of the kinds C5 (folded once) and E65 (folded twice) with a
//! right-hand window (H2) want it: from 110 mm to 190 mm, lines between 47 mm and 79 mm from the top, and nothing else right of
//! 104 mm between 38 mm and 84 mm. Windows differ by a few millimetres: hold a print against the envelopes in use.
//!
//! All lengths are in points (1/72 inch) from the upper left corner.

/// Points in a millimetre.
const MM: f32 = 72.0 / 25.4;

/// The width of the paper.
pub(super) const WIDTH: f32 = 210.0 * MM;
/// The height of the paper.
pub(super) const HEIGHT: f32 = 297.0 * MM;
/// The left margin.
pub(super) const LEFT: f32 = 25.0 * MM;
/// The longest line of running text: about 85 letters.
pub(super) const MEASURE: f32 = 160.0 * MM;
/// Where the sender's lines and the date begin.
pub(super) const HEAD_TOP: f32 = 18.0 * MM;
/// How wide the sender's lines may be; they end left of the window.
pub(super) const SENDER_WIDTH: f32 = 76.0 * MM;
/// Where date, reference and address begin.
pub(super) const WINDOW_LEFT: f32 = 110.0 * MM;
/// How wide they may be.
pub(super) const WINDOW_WIDTH: f32 = 80.0 * MM;
/// Where the address begins.
pub(super) const WINDOW_TOP: f32 = 47.0 * MM;
/// How high it may be.
pub(super) const WINDOW_HEIGHT: f32 = 32.0 * MM;
/// Where the text begins below an address.
pub(super) const TEXT_TOP: f32 = 86.0 * MM;
/// Where the text begins on a page without one.
pub(super) const PAGE_TOP: f32 = 22.0 * MM;
/// How far down the text may go.
pub(super) const PAGE_BOTTOM: f32 = 278.0 * MM;
/// The line of the page number.
pub(super) const NUMBER_LINE: f32 = 286.0 * MM;
/// The width of a table's first column.
pub(super) const LABEL_WIDTH: f32 = 50.0 * MM;
/// The space between a table's columns.
pub(super) const COLUMN_GAP: f32 = 4.0 * MM;
/// How far a list's points are moved in.
pub(super) const POINT_INDENT: f32 = 6.0 * MM;
/// A letter with more pages than this is a mistake.
pub(super) const MOST_PAGES: usize = 20;

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Type {
    /// The height of the letters, in points.
    pub(super) size: f32,
    /// From line to line, in points.
    pub(super) leading: f32,
    /// Whether it is bold.
    pub(super) bold: bool,
}

/// Running text.
pub(super) const TEXT: Type = Type { size: 11.0, leading: 14.6, bold: false };
/// What stands out in it: the labels of a table, the sender's first line.
pub(super) const STRONG: Type = Type { size: 11.0, leading: 14.6, bold: true };
/// The heading of a part.
pub(super) const TITLE: Type = Type { size: 16.0, leading: 21.0, bold: true };
/// A heading within the text.
pub(super) const HEADING: Type = Type { size: 12.5, leading: 17.0, bold: true };
/// What stands last, and the page number.
pub(super) const SMALL: Type = Type { size: 9.0, leading: 12.5, bold: false };
/// The address: the largest of these in which it fits.
pub(super) const ADDRESS: [Type; 3] = [
    Type { size: 11.0, leading: 14.5, bold: false },
    Type { size: 10.0, leading: 13.0, bold: false },
    Type { size: 9.0, leading: 11.2, bold: false },
];
