//! The one lenient field reader behind JSON, XML and CSV: types, spellings, evidence and findings, each with its JSON Pointer.
//!
//! A JSON member of the wrong type is a violation, which refuses the whole message at a strict door and is a finding elsewhere.
//! Everything else that is odd is a finding: the notice has legally arrived.

use super::node::Members;
use super::node::Node;
use super::node::take;
use super::remarks;
use crate::domain::answer::Violation;
use crate::domain::calendar::LocalTime;
use crate::domain::finding::Finding;
use crate::domain::finding::Severity;
use crate::domain::masked::Masked;
use crate::domain::notice::Evidence;
use jiff::civil::Date;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// How values are spelt in a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// JSON: values have types, and a wrong one is a violation.
    Typed,
    /// XML: all values are text in the schema's spelling.
    Tagged,
    /// CSV: all values are text as people write it; that a value was converted is no finding.
    Sheet,
}

/// So many findings a notice bears at most: a hostile message must not grow in our hands.
const FINDINGS_MAX: usize = 200;
/// So many violations are listed.
const VIOLATIONS_MAX: usize = 100;

/// Reads the values of one notice and remembers where it is and what was odd.
pub(super) struct Fields<'c> {
    pub(super) style: Style,
    /// Whether violations refuse the message.
    pub(super) strict: bool,
    /// Where the values come from: `body`, `row/3`, `attachments/0`.
    pub(super) source: String,
    /// The local day of arrival.
    pub(super) on: Date,
    pub(super) local_time: &'c LocalTime,
    /// The longest text that is kept.
    pub(super) text_bytes: usize,
    path: String,
    /// The place of the notice in its message, before each violation's field.
    place: String,
    pub(super) findings: Vec<Finding>,
    pub(super) evidence: BTreeMap<String, Evidence>,
    pub(super) violations: Vec<Violation>,
}

impl<'c> Fields<'c> {
    /// A reader at the root of a notice; `place` is empty or `/3` in an array.
    pub(super) fn new(
        style: Style,
        input: &super::Input<'_>,
        context: &super::Context<'c>,
        source: String,
        place: String,
    ) -> Self {
        Self {
            style,
            strict: input.strict,
            source,
            on: context.local_time.day_of(context.received_at),
            local_time: context.local_time,
            text_bytes: context.limits.text_bytes,
            path: String::new(),
            place,
            findings: Vec::new(),
            evidence: BTreeMap::new(),
            violations: Vec::new(),
        }
    }

    /// Reads below a member or an index.
    pub(super) fn within<T>(&mut self, step: &str, read: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.path.len();
        self.path.push('/');
        self.path.push_str(step);
        let value = read(self);
        self.path.truncate(length);
        value
    }

    /// Remarks on the current place.
    pub(super) fn remark(&mut self, severity: Severity, value: &str, fault: &str) {
        if self.findings.len() < FINDINGS_MAX {
            self.findings.push(remarks::finding(severity, value, fault, &self.path));
        }
    }

    /// Whether the current place has just been remarked on.
    pub(super) fn remarked(&self) -> bool {
        self.findings.last().is_some_and(|finding| finding.path == self.path)
    }

    /// A fault that a strict door refuses, and every other one shows to a person.
    pub(super) fn violate(&mut self, value: &str, fault: &str) {
        if !self.strict {
            self.remark(Severity::Error, value, fault);
        } else if self.violations.len() < VIOLATIONS_MAX {
            let field = format!("{}{}", self.place, self.path);
            let code = format!("{value}.{fault}");
            self.violations.push(Violation::new(field, &code, remarks::sentence(fault)));
        }
    }

    /// Keeps what was written for the value at the current place. What the sender said about it goes before.
    pub(super) fn keep(&mut self, quote: &str, confidence: f64) {
        if self.evidence.len() >= FINDINGS_MAX || self.evidence.contains_key(&self.path) {
            return;
        }
        let quote = Masked::new(clean(quote).0.trim());
        let evidence = Evidence { source: self.source.clone(), quote, confidence };
        self.evidence.insert(self.path.clone(), evidence);
    }

    /// What was kept as evidence for a member of the current object.
    pub(super) fn quoted(&self, name: &str) -> Option<String> {
        let evidence = self.evidence.get(&format!("{}/{name}", self.path))?;
        Some(evidence.quote.reveal().to_owned())
    }

    /// One line of text; empty is absent.
    pub(super) fn text<'a>(
        &mut self,
        members: &mut Members<'a>,
        name: &str,
    ) -> Option<Cow<'a, str>> {
        let node = take(members, name);
        self.within(name, |fields| fields.text_of(node, name))
    }

    /// The text in a node.
    pub(super) fn text_of<'a>(&mut self, node: Node<'a>, name: &str) -> Option<Cow<'a, str>> {
        match node {
            Node::Null | Node::Taken => None,
            Node::Text(text) => {
                let (text, cleaned) = clean_borrowed(text);
                if cleaned {
                    self.remark(Severity::Info, "message", "controlCharacters");
                }
                let text = trimmed(text);
                (!text.is_empty()).then_some(text)
            }
            other @ (Node::Flag(_) | Node::Number(_) | Node::List(_) | Node::Object(_)) => {
                self.misplaced(&other, name);
                None
            }
        }
    }

    /// Text that concerns somebody.
    pub(super) fn masked(&mut self, members: &mut Members<'_>, name: &str) -> Option<Masked> {
        self.text(members, name).map(|text| Masked::new(text.into_owned()))
    }

    /// Text that belongs to nobody.
    pub(super) fn plain(&mut self, members: &mut Members<'_>, name: &str) -> Option<String> {
        self.text(members, name).map(Cow::into_owned)
    }

    /// One of the schema's words; another is a finding and `None`.
    pub(super) fn word<T>(
        &mut self,
        members: &mut Members<'_>,
        name: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Word<T> {
        let Some(text) = self.text(members, name) else { return Word::Absent };
        if let Some(value) = parse(&text) {
            return Word::Known(value);
        }
        self.within(name, |fields| {
            fields.keep(&text, 1.0);
            fields.remark(Severity::Warning, name, "unknownValue");
        });
        Word::Unknown
    }
}

/// What came of reading a word.
pub(super) enum Word<T> {
    /// None was given.
    Absent,
    /// One of the schema's.
    Known(T),
    /// Another one.
    Unknown,
}

impl<T> Word<T> {
    /// The word, if it is known.
    pub(super) fn known(self) -> Option<T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Absent | Self::Unknown => None,
        }
    }
}

/// Whether a member's name may stand in a finding's path: a name somebody programmed, not one that a person or a street bears,
/// which would begin with a capital.
pub(super) fn sayable(name: &str) -> bool {
    name.len() <= 40
        && name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && name.bytes().filter(u8::is_ascii_digit).count() <= 4
}

/// Whether XML 1.0 can hold the character; JSON and the databases get the same text.
fn allowed(character: char) -> bool {
    !matches!(character, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// The text without characters that no text may hold, and whether there were any.
pub(super) fn clean(text: &str) -> (String, bool) {
    let cleaned: String = text.chars().filter(|character| allowed(*character)).collect();
    let changed = cleaned.len() != text.len();
    (cleaned, changed)
}

fn clean_borrowed(text: Cow<'_, str>) -> (Cow<'_, str>, bool) {
    if text.chars().all(allowed) {
        return (text, false);
    }
    (Cow::Owned(clean(&text).0), true)
}

fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) if text.trim().len() == text.len() => Cow::Owned(text),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}
