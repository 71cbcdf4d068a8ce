//! From letters with places on a page to lines of text: what stands side by side becomes one line, wide gaps become tabs.

use super::pdf_columns;
use super::pdf_table;
use super::pdf_table::Line;
use super::pdf_table::Piece;
use crate::domain::document::Table;
use pdf_extract::ColorSpace;
use pdf_extract::MediaBox;
use pdf_extract::OutputDev;
use pdf_extract::OutputError;
use pdf_extract::Path;
use pdf_extract::Transform;

/// Letters of one page that are placed.
const GLYPHS_MAX: usize = 300_000;
/// A gap wider than this share of a letter's height is a space.
const SPACE: f64 = 0.15;
/// A gap wider than this share of a letter's height parts two cells.
const CELL: f64 = 1.2;
/// Letters whose base lines differ by less than this share of their height stand on one line.
const SAME_LINE: f64 = 0.45;
/// A step down of more than this share of a letter's height begins a paragraph.
const PARAGRAPH: f64 = 1.9;

/// A letter, or what was filled in, on a page that was turned so that its text runs to the right.
#[derive(Clone)]
struct Glyph {
    /// Where it begins, from the left.
    start: f64,
    /// Where it ends.
    end: f64,
    /// Its base line, from the top.
    line: f64,
    /// Its height.
    size: f64,
    text: String,
}

/// The letters of one page.
#[derive(Default)]
pub(super) struct Page {
    /// By the direction in which the text runs: to the right, up, to the left, down.
    directions: [Vec<Glyph>; 4],
}

impl Page {
    /// Puts a line of text where it is seen.
    pub(super) fn write(&mut self, (start, end): (f64, f64), bottom: f64, size: f64, text: &str) {
        let glyph = Glyph { start, end, line: -bottom, size, text: text.to_owned() };
        let [right, ..] = &mut self.directions;
        right.push(glyph);
    }

    /// The page's text and what stands in columns on it.
    pub(super) fn finish(self, number: u32) -> (String, Vec<Table>) {
        let mut text = String::new();
        let mut tables = Vec::new();
        for glyphs in self.directions {
            let lines = lines(glyphs);
            let paragraphs = paragraphs(&lines);
            let edges = pdf_columns::edges(&paragraphs);
            // What stands in boxes is no table.
            let mut rest = Vec::new();
            for (at, paragraph) in paragraphs.iter().enumerate() {
                if !text.is_empty() {
                    text.push_str(if at == 0 { "\n" } else { "\n\n" });
                }
                let boxes = edges.and_then(|edges| pdf_columns::boxes(paragraph, edges));
                if let Some([left, right]) = boxes {
                    text.push_str(&left.join("\n"));
                    text.push_str("\n\n");
                    text.push_str(&right.join("\n"));
                    tables.extend(pdf_table::tables(&std::mem::take(&mut rest), number));
                    continue;
                }
                let said: Vec<String> = paragraph.iter().map(said).collect();
                text.push_str(&said.join("\n"));
                rest.extend(paragraph.iter());
            }
            tables.extend(pdf_table::tables(&rest, number));
        }
        (text, tables)
    }
}

/// The lines of a page where it is parted by wide steps down.
fn paragraphs(lines: &[Line]) -> Vec<&[Line]> {
    let far = |one: &Line, next: &Line| next.at - one.at > one.size.max(next.size) * PARAGRAPH;
    lines.chunk_by(|one, next| !far(one, next)).collect()
}

/// What a line says, its pieces apart.
fn said(line: &Line) -> String {
    let words: Vec<&str> = line.pieces.iter().map(|piece| piece.text.trim()).collect();
    words.join("\t")
}

/// Sorts letters into lines, and each line's letters into pieces.
fn lines(mut glyphs: Vec<Glyph>) -> Vec<Line> {
    glyphs.sort_by(|one, other| one.line.total_cmp(&other.line));
    let mut lines = Vec::new();
    let mut line: Vec<Glyph> = Vec::new();
    for glyph in glyphs {
        let same = line.first().is_none_or(|first: &Glyph| {
            (glyph.line - first.line).abs() <= first.size.max(glyph.size) * SAME_LINE
        });
        if !same {
            lines.extend(pieces(std::mem::take(&mut line)));
        }
        line.push(glyph);
    }
    lines.extend(pieces(line));
    lines
}

fn pieces(mut glyphs: Vec<Glyph>) -> Option<Line> {
    glyphs.sort_by(|one, other| one.start.total_cmp(&other.start));
    let at = glyphs.first()?.line;
    let size = glyphs.iter().map(|glyph| glyph.size).fold(0.0, f64::max);
    let mut pieces: Vec<Piece> = Vec::new();
    let mut last: Option<Glyph> = None;
    for glyph in glyphs {
        let twice = last.as_ref().is_some_and(|last| {
            last.text == glyph.text && (glyph.start - last.start).abs() < glyph.size * 0.1
        });
        if twice {
            // Bold type made by printing twice.
            continue;
        }
        let gap = last.as_ref().map_or(f64::INFINITY, |last| glyph.start - last.end);
        match pieces.last_mut() {
            Some(piece) if gap <= glyph.size * CELL => {
                if gap > glyph.size * SPACE && !piece.text.ends_with(' ') {
                    piece.text.push(' ');
                }
                piece.text.push_str(&glyph.text);
                piece.end = piece.end.max(glyph.end);
            }
            Some(_) | None => {
                let (start, end, text) = (glyph.start, glyph.end, glyph.text.clone());
                pieces.push(Piece { start, end, text });
            }
        }
        last = Some(glyph);
    }
    Some(Line { at, size, pieces })
}

impl OutputDev for Page {
    fn begin_page(
        &mut self,
        _: u32,
        _: &MediaBox,
        _: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        place: &Transform,
        width: f64,
        _: f64,
        font_size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        let (across, up) = (place.m11.hypot(place.m12), place.m21.hypot(place.m22));
        let size = font_size.abs() * up;
        let finite = size.is_finite() && place.m31.is_finite() && place.m32.is_finite();
        // Spaces are told from the gaps: many programs print none, others print them to fill a line.
        if text.trim().is_empty() || !finite || size <= 0.0 {
            return Ok(());
        }
        let (x, y) = (place.m31, place.m32);
        let quarter = (place.m12.atan2(place.m11) / std::f64::consts::FRAC_PI_2).round();
        let (direction, start, line) = match quarter as i64 {
            0 => (0, x, -y),
            1 => (1, y, x),
            -1 => (3, -y, -x),
            _ => (2, -x, y),
        };
        let end = start + width.max(0.0) * font_size.abs() * across;
        if let Some(glyphs) = self.directions.get_mut(direction)
            && glyphs.len() < GLYPHS_MAX
        {
            glyphs.push(Glyph { start, end, line, size, text: text.to_owned() });
        }
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn stroke(
        &mut self,
        _: &Transform,
        _: &ColorSpace,
        _: &[f64],
        _: &Path,
    ) -> Result<(), OutputError> {
        Ok(())
    }

    fn fill(
        &mut self,
        _: &Transform,
        _: &ColorSpace,
        _: &[f64],
        _: &Path,
    ) -> Result<(), OutputError> {
        Ok(())
    }
}
