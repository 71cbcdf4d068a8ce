//! What a program wrote, pasted into a letter: read as such, with what the letter says before and behind it.

use super::super::super::Context;
use super::super::super::json;
use super::super::super::prose::Letter;
use super::super::super::xml;
use super::super::Material;
use super::super::Told;
use super::branch::Branch;

/// Fewer values are written by people, too.
const LEAST: usize = 5;
/// A text that is longer is none that people send so.
const TEXT_BYTES: usize = 100_000;

/// Reads it; `None` where there is none, or it tells of nobody.
pub(in crate::normalize::tables) fn pasted(
    material: &Material<'_>,
    context: &Context<'_>,
) -> Option<Told> {
    let text = material.letter.text;
    if text.len() > TEXT_BYTES || !text.contains(['{', '<']) {
        return None;
    }
    let depth = context.limits.depth;
    let (root, from, to) = of_braces(text, depth).or_else(|| of_tags(text, depth))?;
    let values = root.all().into_iter().filter(|it| !it.value.is_empty()).count();
    if values < LEAST {
        return None;
    }
    let rest = format!("{}\n{}", text.get(..from)?, text.get(to..)?);
    let letter = Letter { text: &rest, documents: &[], ..material.letter };
    let around = Material { letter, html: &[], read: &[], file: false };
    super::beside(&root, "body", &around, context)
}

fn of_braces(text: &str, depth: usize) -> Option<(Branch, usize, usize)> {
    let from = text.find(['{', '['])?;
    let to = text.rfind(['}', ']'])? + 1;
    let node = json::tree(text.get(from..to)?, depth)?;
    Some((Branch::of("", &node)?, from, to))
}

fn of_tags(text: &str, depth: usize) -> Option<(Branch, usize, usize)> {
    let from = text.find('<')?;
    let to = text.rfind('>')? + 1;
    let (name, node) = xml::tree(text.get(from..to)?, depth)?;
    Some((Branch::of(&name, &node)?, from, to))
}
