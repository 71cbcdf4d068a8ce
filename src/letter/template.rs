//! The text of a letter as a municipality writes it: a plain file with placeholders, checked before it is ever used.
//!
//! `# ` begins the heading (the first line), `## ` a heading within the text, `- ` a point of a list; an empty line ends a paragraph;
//! `{facts}` alone is the table. After a line `---` stands how the letter ends, after another what stands last in small type, there
//! line by line. The person's name and address are not placeholders: they stand in the window of the envelope and nowhere else.

use crate::domain::promise::OwnText;
use crate::letter::Block;
use crate::letter::Language;
use crate::letter::Part;
use crate::letter::Row;
use crate::letter::fonts::Fonts;
use crate::letter::placeholder;
use crate::letter::placeholder::Piece;
use crate::letter::placeholder::Placeholder;

/// The most characters that a text may have: about four pages.
const MOST: usize = 12_000;

/// The texts of the copy. [`check_template`] tells whether one may be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Templates {
    /// In Swedish.
    pub sv: String,
    /// In English.
    pub en: String,
}

impl From<&OwnText> for Templates {
    fn from(own: &OwnText) -> Self {
        let ours = Self::default();
        Self { sv: own.sv.clone(), en: own.en.clone().unwrap_or(ours.en) }
    }
}

impl Default for Templates {
    fn default() -> Self {
        Self {
            sv: include_str!("texts/copy.sv.txt").to_owned(),
            en: include_str!("texts/copy.en.txt").to_owned(),
        }
    }
}

/// What is wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A name in braces that means nothing.
    #[error("line {line}: there is no placeholder {{{name}}}")]
    Unknown {
        /// Its line, from 1.
        line: usize,
        /// The name as it stands there.
        name: String,
    },
    /// A placeholder that this letter has nothing for.
    #[error("line {line}: {names} has nothing to tell in this letter")]
    Foreign {
        /// Its line, from 1.
        line: usize,
        /// Its names.
        names: String,
    },
    /// A brace without its other half.
    #[error("line {0}: a brace stands alone")]
    Brace(usize),
    /// The text does not tell what it must, by itself or in its table.
    #[error("it lacks {0} (in a copy, or the table of facts)")]
    Missing(String),
    /// The table of facts does not stand alone in its paragraph.
    #[error("line {0}: the table of facts must stand alone in its paragraph")]
    FactsInText(usize),
    /// The table of facts stands there twice.
    #[error("the table of facts stands there twice")]
    FactsTwice,
    /// The first line is no heading, or a later one is.
    #[error("it must begin with one heading (`# `) and have no other")]
    Heading,
    /// Nothing follows the heading.
    #[error("it has no text")]
    Empty,
    /// Longer than a letter may be.
    #[error("it has {0} characters; at most {MOST} are allowed")]
    TooLong(usize),
    /// The fonts of letters lack this many of its characters.
    #[error("the fonts lack {0} of its characters")]
    Unprintable(usize),
}

/// Everything wrong with the text of a copy, in the order of the text; empty when it may be used.
pub fn check_template(text: &str) -> Vec<Fault> {
    check(text, &placeholder::REQUIRED, &[])
}

/// The same for a text that must tell other things, and may not ask for some.
pub(super) fn check(text: &str, required: &[Placeholder], foreign: &[Placeholder]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut told = Vec::new();
    for (at, line) in text.lines().enumerate() {
        for piece in placeholder::pieces(line) {
            match piece {
                Piece::Words(_) => {}
                Piece::Unknown(name) => {
                    faults.push(Fault::Unknown { line: at + 1, name: name.to_owned() });
                }
                Piece::Brace => faults.push(Fault::Brace(at + 1)),
                Piece::Known(Placeholder::Facts) if !is_facts(line) && foreign.is_empty() => {
                    faults.push(Fault::FactsInText(at + 1));
                }
                Piece::Known(known) if foreign.contains(&known) => {
                    faults.push(Fault::Foreign { line: at + 1, names: known.names() });
                }
                Piece::Known(known) => told.push(known),
            }
        }
    }
    if told.iter().filter(|known| **known == Placeholder::Facts).count() > 1 {
        faults.push(Fault::FactsTwice);
    }
    if !told.contains(&Placeholder::Facts) {
        let missing = required.iter().filter(|required| !told.contains(required));
        faults.extend(missing.map(|required| Fault::Missing(required.names())));
    }
    faults.extend(form(text));
    faults
}

/// Faults of the text as a whole.
fn form(text: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    let headings = text.lines().filter(|line| line.starts_with("# ")).count();
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let titled = first.strip_prefix("# ").is_some_and(|title| !title.trim().is_empty());
    if headings != 1 || !titled {
        faults.push(Fault::Heading);
    }
    if parse(text).body.is_empty() {
        faults.push(Fault::Empty);
    }
    let length = text.chars().count();
    if length > MOST {
        faults.push(Fault::TooLong(length));
    }
    match Fonts::built_in().map(|fonts| fonts.unprintable(text.lines())) {
        // Unreadable fonts are told when a letter is set.
        Ok(0) | Err(_) => {}
        Ok(count) => faults.push(Fault::Unprintable(count)),
    }
    faults
}

fn is_facts(line: &str) -> bool {
    placeholder::pieces(line.trim()) == [Piece::Known(Placeholder::Facts)]
}

/// A text taken apart, its placeholders still in it.
struct Parsed {
    heading: String,
    body: Vec<Block>,
    closing: Vec<String>,
    footer: Vec<String>,
}

/// The text with its placeholders filled: by `rows` for the table, by `value` for all else. A value is never read as
/// anything but words.
pub(super) fn fill(
    text: &str,
    language: Language,
    rows: &[Row],
    value: impl Fn(Placeholder) -> String,
) -> Part {
    let parsed = parse(text);
    let filled = |text: &String| {
        let words = |piece| match piece {
            Piece::Words(words) => words.to_owned(),
            Piece::Known(known) => value(known),
            Piece::Unknown(_) | Piece::Brace => String::new(),
        };
        placeholder::pieces(text).into_iter().map(words).collect::<String>()
    };
    let block = |block: &Block| match block {
        Block::Heading(text) => Block::Heading(filled(text)),
        Block::Paragraph(text) if is_facts(text) => Block::Rows(rows.to_vec()),
        Block::Paragraph(text) => Block::Paragraph(filled(text)),
        Block::Aside(language, text) => Block::Aside(*language, filled(text)),
        Block::List(points) => Block::List(points.iter().map(filled).collect()),
        Block::Rows(rows) => Block::Rows(rows.clone()),
    };
    Part {
        language,
        heading: filled(&parsed.heading),
        body: parsed.body.iter().map(block).collect(),
        closing: parsed.closing.iter().map(filled).collect(),
        footer: parsed.footer.iter().map(filled).collect(),
    }
}

fn parse(text: &str) -> Parsed {
    let mut sections = vec![Vec::new()];
    for line in text.lines() {
        match sections.last_mut() {
            Some(section) if line.trim() != "---" => section.push(line),
            Some(_) | None => sections.push(Vec::new()),
        }
    }
    let mut sections = sections.into_iter();
    let (heading, body) = body(&sections.next().unwrap_or_default());
    let mut ending = || {
        let lines = sections.next().unwrap_or_default();
        let kept = lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty());
        kept.map(str::to_owned).collect::<Vec<_>>()
    };
    Parsed { heading, body, closing: ending(), footer: ending() }
}

/// The heading, and the blocks that follow it.
fn body(lines: &[&str]) -> (String, Vec<Block>) {
    let mut heading = String::new();
    let mut blocks: Vec<Block> = Vec::new();
    let mut open = false;
    for line in lines.iter().map(|line| line.trim()) {
        if line.is_empty() {
            open = false;
        } else if let Some(text) = line.strip_prefix("# ") {
            heading = text.to_owned();
            open = false;
        } else if let Some(text) = line.strip_prefix("## ") {
            blocks.push(Block::Heading(text.to_owned()));
            open = false;
        } else if let Some(point) = line.strip_prefix("- ") {
            match blocks.last_mut() {
                Some(Block::List(points)) if open => points.push(point.to_owned()),
                Some(_) | None => blocks.push(Block::List(vec![point.to_owned()])),
            }
            open = true;
        } else {
            match blocks.last_mut() {
                Some(Block::Paragraph(text)) if open => append(text, line),
                Some(Block::List(points)) if open => {
                    if let Some(point) = points.last_mut() {
                        append(point, line);
                    }
                }
                Some(_) | None => blocks.push(Block::Paragraph(line.to_owned())),
            }
            open = true;
        }
    }
    (heading, blocks)
}

fn append(text: &mut String, line: &str) {
    text.push(' ');
    text.push_str(line);
}

#[cfg(test)]
#[path = "tests/template_tests.rs"]
mod tests;
