//! Forms that are printed in two columns of boxes: each box is read to its end before the one beside it, as a person reads them.
//!
//! A box is its label with what was filled in below it. Read line by line across the page, the label of the right box would stand where
//! the left box's value belongs. A page counts as such a form when several of its paragraphs begin with two pieces at the same two places.

use super::pdf_table::Line;
use super::pdf_table::Piece;

/// Paragraphs that must begin in the same two places.
const BOXES_MIN: usize = 3;
/// Lines in a paragraph that can be a pair of boxes; longer ones are tables.
const LINES_MAX: usize = 14;
/// Edges closer than this share of a letter's height are the same.
const NEAR: f64 = 0.6;
/// Parts of a label that names several values.
const PARTS_MAX: usize = 5;

/// The left edges of the two columns of boxes on a page, when it is such a form.
pub(super) fn edges(paragraphs: &[&[Line]]) -> Option<(f64, f64)> {
    let pairs: Vec<(f64, f64, f64)> = paragraphs.iter().filter_map(|it| pair(it)).collect();
    let mut best: Option<((f64, f64), usize)> = None;
    for (left, right, size) in pairs.iter().take(50) {
        let same = |other: &&(f64, f64, f64)| {
            (other.0 - left).abs() <= size * NEAR && (other.1 - right).abs() <= size * NEAR
        };
        let count = pairs.iter().filter(same).count();
        if count >= BOXES_MIN && best.is_none_or(|(_, most)| count > most) {
            best = Some(((*left, *right), count));
        }
    }
    best.map(|(edges, _)| edges)
}

/// Where the two pieces of a paragraph's first line begin, and how high their letters are. The first line holds words, not values.
fn pair(paragraph: &[Line]) -> Option<(f64, f64, f64)> {
    let first = paragraph.first().filter(|_| (2..=LINES_MAX).contains(&paragraph.len()))?;
    let [left, right] = first.pieces.as_slice() else { return None };
    let words = |piece: &Piece| {
        let letters = piece.text.chars().filter(|letter| letter.is_alphabetic()).count();
        letters >= 3 && piece.text.chars().filter(char::is_ascii_digit).count() <= 2
    };
    (words(left) && words(right)).then_some((left.start, right.start, first.size))
}

/// The two boxes of a paragraph as lines of text, if it is a pair of boxes in these columns.
pub(super) fn boxes(paragraph: &[Line], edges: (f64, f64)) -> Option<[Vec<String>; 2]> {
    let (left, right, size) = pair(paragraph)?;
    if (left - edges.0).abs() > size * NEAR || (right - edges.1).abs() > size * NEAR {
        return None;
    }
    let mut boxes = [Vec::new(), Vec::new()];
    for line in paragraph {
        let [first, second] = &mut boxes;
        let middle = right - line.size * NEAR;
        // A piece that begins left of the right column and runs into it lies across both.
        if line.pieces.iter().any(|piece| piece.start < middle && piece.end > right) {
            return None;
        }
        let said = |of: &dyn Fn(&Piece) -> bool| {
            let words: Vec<&str> =
                line.pieces.iter().filter(|it| of(it)).map(|it| it.text.trim()).collect();
            words.join("\t")
        };
        first.push(said(&|piece| piece.start < middle));
        second.push(said(&|piece| piece.start >= middle));
    }
    Some(boxes.map(|lines| apart(lines.into_iter().filter(|line| !line.is_empty()).collect())))
}

/// `Lägenhetsnr / objektsnr` above `1104 / 10-02` becomes one line for each: every value beside its own label.
fn apart(lines: Vec<String>) -> Vec<String> {
    let [label, value] = lines.as_slice() else { return lines };
    let parts = |text: &str| -> Vec<String> {
        text.split(" / ").map(|part| part.trim().to_owned()).collect()
    };
    let (labels, values) = (parts(label), parts(value));
    let fits = labels.len() == values.len() && (2..=PARTS_MAX).contains(&labels.len());
    if !fits || labels.iter().any(String::is_empty) {
        return lines;
    }
    labels.iter().zip(&values).map(|(label, value)| format!("{label}: {value}")).collect()
}
