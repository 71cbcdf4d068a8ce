//! XML notices: `notice`, or `notices` around many, in `urn:kvittens:notice:1` (Message Translator).
//!
//! No DOCTYPE, no entities but the five and character references, bounded depth: a document cannot make the reader fetch,
//! expand or recurse.

pub use super::xml_write::write;

use super::Context;
use super::Input;
use super::Trouble;
use super::build;
use super::encoding::Allowed;
use super::fields::Fields;
use super::fields::Style;
use super::node::Members;
use super::node::Node;
use crate::domain::finding::Severity;
use crate::domain::notice::Notice;
use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::BytesRef;
use quick_xml::events::BytesStart;
use quick_xml::events::Event;
use std::borrow::Cow;

/// The namespace of notices.
pub const NAMESPACE: &str = "urn:kvittens:notice:1";

/// Reads one notice or many.
pub(super) fn read(input: &Input<'_>, context: &Context<'_>) -> Result<Vec<Notice>, Trouble> {
    let allowed = if input.strict { Allowed::Declared } else { Allowed::Any };
    let decoded = super::decoded(input, allowed)?;
    let Root { name, namespaced, node } =
        parse(&decoded.text, context.limits.depth, Attributes::Ours)?;
    let elements = match (name.as_str(), node) {
        ("notice", node) => vec![(String::new(), node)],
        ("notices", node) => several(node)?,
        _ => return Err(Trouble::not_processable("", "root.unexpected")),
    };
    if elements.len() > context.limits.notices {
        return Err(Trouble::too_many());
    }
    let mut found = super::Found::default();
    for (place, node) in elements {
        let source = input.source.to_owned();
        let mut fields = Fields::new(Style::Tagged, input, context, source, place);
        if !namespaced {
            fields.remark(Severity::Info, "root", "namespace");
        }
        let mut members = match node {
            Node::Object(members) => members,
            Node::Null
            | Node::Taken
            | Node::Flag(_)
            | Node::Number(_)
            | Node::Text(_)
            | Node::List(_) => Members::new(),
        };
        let notice = build::notice(&mut fields, &mut members);
        found.add((notice, fields));
    }
    found.finish(&decoded)
}

fn several(node: Node<'_>) -> Result<Vec<(String, Node<'_>)>, Trouble> {
    let children = match node {
        Node::Object(children) => children,
        _ => return Err(Trouble::not_processable("", "root.missing")),
    };
    if children.iter().any(|(name, _)| name != "notice") {
        return Err(Trouble::not_processable("", "root.unexpected"));
    }
    let numbered = children.into_iter().enumerate();
    Ok(numbered.map(|(at, (_, node))| (format!("/{at}"), node)).collect())
}

struct Root<'a> {
    name: String,
    namespaced: bool,
    node: Node<'a>,
}

/// An element that is still open.
struct Open<'a> {
    name: Cow<'a, str>,
    members: Members<'a>,
    text: String,
}

impl<'a> Open<'a> {
    fn close(self) -> (Cow<'a, str>, Node<'a>) {
        if self.members.is_empty() {
            return (self.name, Node::Text(Cow::Owned(self.text)));
        }
        let mut members = self.members;
        // Text between elements: no part of a notice, but not lost either.
        if !self.text.trim().is_empty() {
            members.push((Cow::Borrowed("text()"), Node::Text(Cow::Owned(self.text))));
        }
        (self.name, Node::Object(members))
    }
}

/// Which attributes are kept.
#[derive(Clone, Copy, PartialEq)]
enum Attributes {
    Ours,
    All,
}

/// What the document holds, whoever's shape it has, with its root's name; `None` where it cannot be parsed.
pub(super) fn tree(text: &str, depth: usize) -> Option<(String, Node<'static>)> {
    let Root { name, node, .. } = parse(text, depth, Attributes::All).ok()?;
    Some((name, node))
}

fn parse(text: &str, depth: usize, attributes: Attributes) -> Result<Root<'static>, Trouble> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut stack: Vec<Open<'static>> = Vec::new();
    let mut root: Option<Root<'static>> = None;
    let mut namespaced = false;
    loop {
        let event = reader.read_event().map_err(|_| fault(&reader))?;
        match event {
            Event::Start(start) => {
                if root.is_some() || stack.len() >= depth {
                    return Err(fault(&reader));
                }
                if stack.is_empty() {
                    namespaced = in_namespace(&start);
                }
                stack.push(open(&start, attributes).ok_or_else(|| fault(&reader))?);
            }
            Event::End(_) => {
                let (name, node) = stack.pop().ok_or_else(|| fault(&reader))?.close();
                match stack.last_mut() {
                    Some(parent) => parent.members.push((name, node)),
                    None => root = Some(Root { name: name.into_owned(), namespaced, node }),
                }
            }
            Event::Text(text) => {
                append(&mut stack, &text.xml_content(XmlVersion::Explicit1_0))
                    .ok_or_else(|| fault(&reader))?;
            }
            Event::CData(text) => {
                append(&mut stack, &text.xml_content(XmlVersion::Explicit1_0))
                    .ok_or_else(|| fault(&reader))?;
            }
            Event::GeneralRef(reference) => {
                let character = resolve(&reference).ok_or_else(|| fault(&reader))?;
                let mut buffer = [0; 4];
                append(&mut stack, character.encode_utf8(&mut buffer))
                    .ok_or_else(|| fault(&reader))?;
            }
            Event::DocType(_) => {
                return Err(Trouble::not_readable(
                    "The XML document has a DOCTYPE, which is refused.",
                ));
            }
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::Empty(_) => {}
            Event::Eof => break,
        }
    }
    if !stack.is_empty() {
        return Err(fault(&reader));
    }
    root.ok_or_else(|| fault(&reader))
}

/// Where it went wrong, by position only: the parser's own words may quote the content.
fn fault(reader: &Reader<&[u8]>) -> Trouble {
    Trouble::not_readable(&format!(
        "The XML document is not well-formed or nested too deep; the fault is near byte {} of its text.",
        reader.buffer_position()
    ))
}

/// Text outside the root is allowed only when it is white space.
fn append(stack: &mut [Open<'static>], text: &str) -> Option<()> {
    match stack.last_mut() {
        Some(open) => {
            open.text.push_str(text);
            Some(())
        }
        None => text.trim_matches(['\u{feff}', ' ', '\t', '\r', '\n']).is_empty().then_some(()),
    }
}

fn open(start: &BytesStart<'_>, attributes: Attributes) -> Option<Open<'static>> {
    let name = Cow::Owned(start.local_name().as_ref().to_owned());
    let mut members = Members::new();
    for attribute in start.attributes() {
        let attribute = attribute.ok()?;
        let value = || attribute.normalized_value(XmlVersion::Explicit1_0).ok();
        let key: &str = attribute.key.as_ref();
        if attributes == Attributes::Ours && key == "path" {
            let value = value()?.into_owned();
            members.push((Cow::Borrowed("@path"), Node::Text(Cow::Owned(value))));
        } else if attributes == Attributes::All && !key.starts_with("xmlns") {
            let name = key.rsplit(':').next().unwrap_or(key).to_owned();
            members.push((Cow::Owned(name), Node::Text(Cow::Owned(value()?.into_owned()))));
        }
    }
    Some(Open { name, members, text: String::new() })
}

/// Whether the root's own namespace declaration names ours.
fn in_namespace(start: &BytesStart<'_>) -> bool {
    let name = start.name();
    let declaration = match name.prefix() {
        Some(prefix) => format!("xmlns:{}", prefix.as_ref()),
        None => "xmlns".to_owned(),
    };
    start.attributes().flatten().any(|attribute| {
        attribute.key.as_ref() == declaration && attribute.value.as_ref() == NAMESPACE
    })
}

/// The five entities and character references; anything else would have to be declared.
pub(super) fn resolve(reference: &BytesRef<'_>) -> Option<char> {
    if reference.is_char_ref() {
        return reference.resolve_char_ref().ok()?;
    }
    match reference.xml_content(XmlVersion::Explicit1_0).as_ref() {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "apos" => Some('\''),
        "quot" => Some('"'),
        _ => None,
    }
}
