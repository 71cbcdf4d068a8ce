//! The text of a mail as a municipality writes it: paragraphs with names in braces, checked before it is ever used.
//!
//! An empty line ends a paragraph. `{uppgifter}` alone is the table of what is told. A paragraph with a name that has nothing to tell this time is left
//! out. No name stands for anything about a person: a mail travels in the clear.

use crate::domain::braces;
use crate::domain::braces::Piece;

/// The most characters that a text may have.
const MOST: usize = 4_000;

/// A Swedish and an English name; either may stand in either language.
pub type Names = (&'static str, &'static str);

/// The table of everything that is told.
pub const FACTS: Names = ("uppgifter", "facts");
/// Who has received: the municipality, and its board where the sender is proven.
pub const RECEIVER: Names = ("mottagare", "receiver");
/// What we call it.
pub const REFERENCE: Names = ("beteckning", "reference");
/// When it arrived.
pub const ARRIVED: Names = ("inkom", "arrived");
/// Whom to ask.
pub const CONTACT: Names = ("kontakt", "contact");
/// The day on which we first saw it, where that is a later one.
pub const SEEN: Names = ("sedd", "seen");
/// Where the receipt is checked.
pub const CHECK_PAGE: Names = ("kontrollsida", "check_page");
/// What the notice is about, in the statute's words.
pub const MATTER: Names = ("ärende", "matter");
/// That it takes the place of an earlier one, where it does.
pub const REPLACES: Names = ("ersätter", "replaces");
/// That it comes after the day of arrival, where it does.
pub const LATE: Names = ("sen", "late");

/// What a text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The receipt to a sender.
    Receipt,
    /// The confirmation to Kronofogden.
    Confirmation,
}

impl Purpose {
    /// The names that mean something in it.
    fn names(self) -> &'static [Names] {
        match self {
            Self::Receipt => &[FACTS, RECEIVER, REFERENCE, ARRIVED, CONTACT, SEEN, CHECK_PAGE],
            Self::Confirmation => &[FACTS, RECEIVER, MATTER, REPLACES, LATE],
        }
    }

    /// What it has not always to tell: a paragraph with one of these may be left out.
    fn optional(self) -> &'static [Names] {
        match self {
            Self::Receipt => &[SEEN, CHECK_PAGE],
            Self::Confirmation => &[REPLACES, LATE],
        }
    }

    /// What it must tell.
    fn required(self) -> &'static [Names] {
        match self {
            Self::Receipt => &[CONTACT],
            Self::Confirmation => &[FACTS, REPLACES, LATE],
        }
    }
}

/// What is wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A name in braces that means nothing.
    #[error("line {0}: there is no placeholder {{{1}}}")]
    Unknown(usize, String),
    /// A brace without its other half.
    #[error("line {0}: a brace stands alone")]
    Brace(usize),
    /// The table does not stand alone in its paragraph.
    #[error("line {0}: {{uppgifter}} must stand alone in its paragraph")]
    FactsInText(usize),
    /// Something that may be left out takes something else with it.
    #[error(
        "line {0}: {{{1}}} has not always anything to tell, and its whole paragraph is left out then: give it a paragraph without other names"
    )]
    Together(usize, &'static str),
    /// A control character.
    #[error("line {0}: holds a control character")]
    Control(usize),
    /// It does not tell what it must.
    #[error("it lacks {{{0}}}")]
    Missing(&'static str),
    /// Longer than a mail of ours may be.
    #[error("it has {0} characters; at most {MOST} are allowed")]
    TooLong(usize),
}

/// Everything wrong with a text, in its order; empty when it may be used.
pub fn check(text: &str, purpose: Purpose) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut told = Vec::new();
    for (at, line) in text.lines().enumerate().map(|(at, line)| (at + 1, line)) {
        if line.chars().any(char::is_control) {
            faults.push(Fault::Control(at));
        }
        for piece in braces::pieces(line) {
            let name = match piece {
                Piece::Words(_) => continue,
                Piece::Brace => {
                    faults.push(Fault::Brace(at));
                    continue;
                }
                Piece::Name(name) => name,
            };
            match purpose.names().iter().find(|names| is(names, name)) {
                None => faults.push(Fault::Unknown(at, name.to_owned())),
                Some(&FACTS) if !is_facts(line) => faults.push(Fault::FactsInText(at)),
                Some(names) => told.push(*names),
            }
        }
    }
    faults.extend(together(text, purpose));
    let lacks = |names: &&Names| !told.contains(names);
    let required = purpose.required().iter().filter(lacks);
    faults.extend(required.map(|names| Fault::Missing(names.0)));
    if purpose == Purpose::Receipt && !told.contains(&FACTS) {
        let apart = [REFERENCE, ARRIVED];
        faults.extend(apart.iter().filter(lacks).map(|names| Fault::Missing(names.0)));
    }
    let length = text.chars().count();
    if length > MOST {
        faults.push(Fault::TooLong(length));
    }
    faults
}

/// Each name that may have nothing to tell, in one paragraph with another name.
fn together(text: &str, purpose: Purpose) -> Vec<Fault> {
    let lines: Vec<(usize, &str)> = text.lines().enumerate().collect();
    let paragraphs = lines.split(|(_, line)| line.trim().is_empty());
    let of_paragraph = |lines: &[(usize, &str)]| {
        let names: Vec<(usize, &str)> = lines
            .iter()
            .flat_map(|(at, line)| braces::pieces(line).into_iter().map(move |piece| (*at, piece)))
            .filter_map(|(at, piece)| match piece {
                Piece::Name(name) => Some((at, name)),
                Piece::Words(_) | Piece::Brace => None,
            })
            .collect();
        let optional = |(at, name): &(usize, &str)| {
            let found = purpose.optional().iter().find(|names| is(names, name))?;
            Some(Fault::Together(at + 1, found.0))
        };
        let alone = names.len() < 2;
        names.iter().filter(|_| !alone).find_map(optional)
    };
    paragraphs.filter_map(of_paragraph).collect()
}

fn is(names: &Names, name: &str) -> bool {
    [names.0, names.1].contains(&name.trim())
}

fn is_facts(line: &str) -> bool {
    matches!(braces::pieces(line.trim()).as_slice(), [Piece::Name(name)] if is(&FACTS, name))
}

/// The text with what is told: `rows` for the table, `values` for all else; what is not among them has nothing to tell.
pub(super) fn fill(text: &str, rows: &[(&str, &str)], values: &[(Names, String)]) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let paragraphs = lines.split(|line| line.is_empty()).filter(|lines| !lines.is_empty());
    let filled = paragraphs.filter_map(|lines| match lines {
        [line] if is_facts(line) => Some(table(rows)),
        lines => {
            let lines: Option<Vec<String>> =
                lines.iter().map(|line| filled(line, values)).collect();
            Some(lines?.join("\n"))
        }
    });
    let mut text = filled.collect::<Vec<_>>().join("\n\n");
    text.push('\n');
    text
}

/// A line with its values; none where one has nothing to tell.
fn filled(line: &str, values: &[(Names, String)]) -> Option<String> {
    let value = |name: &str| values.iter().find(|(names, _)| is(names, name));
    let words = |piece| match piece {
        Piece::Words(words) => Some(words.to_owned()),
        Piece::Name(name) => value(name).map(|(_, value)| value.clone()),
        Piece::Brace => Some(String::new()),
    };
    braces::pieces(line).into_iter().map(words).collect()
}

/// Lines of `label: value`; a value stays on its line.
fn table(rows: &[(&str, &str)]) -> String {
    let plain = |text: &str| -> String {
        text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
    };
    let row = |(label, value): &(&str, &str)| format!("{label}: {}", plain(value));
    rows.iter().map(row).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::CONTACT;
    use super::Fault;
    use super::Purpose;
    use super::RECEIVER;
    use super::check;
    use super::fill;

    #[test]
    fn a_paragraph_with_nothing_to_tell_is_left_out_and_a_value_is_only_words() {
        let text = "{receiver} har det.\n\n{uppgifter}\n\n\nVi såg det {sedd}.\nSå är det.\n\nRing {kontakt}";
        let values = [(RECEIVER, "Stad {kontakt}".to_owned()), (CONTACT, "040-1".to_owned())];
        let rows = [("Vår referens", "AVH-1\r\nBcc: x"), ("Kom fram", "i dag")];
        assert_eq!(
            fill(text, &rows, &values),
            "Stad {kontakt} har det.\n\nVår referens: AVH-1  Bcc: x\nKom fram: i dag\n\nRing 040-1\n"
        );
    }

    #[test]
    fn all_that_is_wrong_is_told_with_its_line() {
        let of = |text: &str| check(text, Purpose::Receipt);
        assert_eq!(of("{facts}\n\n{contact}"), []);
        assert_eq!(of("{reference} {inkom} {kontakt}"), []);
        let wrong = "Hej {namn}\nse {facts}\n{kontakt\u{7}";
        let expected = [
            Fault::Unknown(1, "namn".to_owned()),
            Fault::FactsInText(2),
            Fault::Control(3),
            Fault::Brace(3),
            Fault::Missing("kontakt"),
            Fault::Missing("beteckning"),
            Fault::Missing("inkom"),
        ];
        assert_eq!(of(wrong), expected);
        let dropped = "{facts}\n\nFråga {kontakt}\neller se {check_page}.";
        assert_eq!(of(dropped), [Fault::Together(4, "kontrollsida")]);
        let dropped = check("{facts}\n\n{ersätter} {sen}", Purpose::Confirmation);
        assert_eq!(dropped, [Fault::Together(3, "ersätter")]);
        assert_eq!(of(&format!("{{facts}}\n\n{{contact}} {}", "x".repeat(4_000))).len(), 1);
        let lacking = check("{uppgifter}\n\n{kontakt}", Purpose::Confirmation);
        let expected = [
            Fault::Unknown(3, "kontakt".to_owned()),
            Fault::Missing("ersätter"),
            Fault::Missing("sen"),
        ];
        assert_eq!(lacking, expected);
    }

    #[test]
    fn the_built_in_texts_pass() {
        let receipts = [include_str!("texts/receipt.sv.txt"), include_str!("texts/receipt.en.txt")];
        for text in receipts {
            assert_eq!(check(text, Purpose::Receipt), []);
        }
        let confirmation = include_str!("texts/confirmation.sv.txt");
        assert_eq!(check(confirmation, Purpose::Confirmation), []);
    }
}
