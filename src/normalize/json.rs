//! JSON notices: one object or an array of them (Message Translator). Contract section 4.

use super::Context;
use super::Input;
use super::Trouble;
use super::build;
use super::encoding::Allowed;
use super::fields::Fields;
use super::fields::Style;
use super::node::Members;
use super::node::Node;
use crate::domain::notice::Notice;
use serde::de::DeserializeSeed;
use serde::de::Error;
use serde::de::MapAccess;
use serde::de::SeqAccess;
use serde::de::Visitor;
use std::borrow::Cow;
use std::fmt;

/// Reads one notice or an array of them.
pub(super) fn read(input: &Input<'_>, context: &Context<'_>) -> Result<Vec<Notice>, Trouble> {
    let allowed = if input.strict { Allowed::Utf8 } else { Allowed::Any };
    let decoded = super::decoded(input, allowed)?;
    let root = parse(&decoded.text, context.limits.depth)?;
    let mut found = super::Found::default();
    match root {
        Node::Object(members) => found.add(one(input, context, members, String::new())),
        Node::List(items) if items.is_empty() => {
            return Err(Trouble::not_processable("", "root.missing"));
        }
        Node::List(items) if items.len() > context.limits.notices => {
            return Err(Trouble::too_many());
        }
        Node::List(items) => {
            for (at, item) in items.into_iter().enumerate() {
                let place = format!("/{at}");
                let Node::Object(members) = item else {
                    found.not_an_object(input.strict, &place);
                    continue;
                };
                found.add(one(input, context, members, place));
            }
        }
        Node::Null | Node::Taken | Node::Flag(_) | Node::Number(_) | Node::Text(_) => {
            return Err(Trouble::not_processable("", "root.wrongType"));
        }
    }
    found.finish(&decoded)
}

fn one<'c>(
    input: &Input<'_>,
    context: &Context<'c>,
    mut members: Members<'_>,
    place: String,
) -> (Notice, Fields<'c>) {
    let mut fields = Fields::new(Style::Typed, input, context, input.source.to_owned(), place);
    let notice = build::notice(&mut fields, &mut members);
    (notice, fields)
}

/// What the text holds, whoever's shape it has; `None` where it cannot be parsed.
pub(super) fn tree(text: &str, depth: usize) -> Option<Node<'_>> {
    parse(text, depth).ok().or_else(|| lines(text, depth))
}

/// One value a line, as logs are written.
fn lines(text: &str, depth: usize) -> Option<Node<'_>> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let items: Option<Vec<Node<'_>>> = lines.map(|line| parse(line, depth).ok()).collect();
    items.filter(|items| items.len() > 1).map(Node::List)
}

fn parse(text: &str, depth: usize) -> Result<Node<'_>, Trouble> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let parsed = Value { depth }.deserialize(&mut reader).and_then(|node| {
        reader.end()?;
        Ok(node)
    });
    // The parser's own words may quote the content; line and column never do.
    parsed.map_err(|error| {
        Trouble::not_readable(&format!(
            "The JSON text cannot be parsed; the fault is at line {}, column {}.",
            error.line(),
            error.column()
        ))
    })
}

/// Reads one value and whatever is in it, so many levels deep.
#[derive(Clone, Copy)]
struct Value {
    depth: usize,
}

impl Value {
    fn below<E: Error>(self) -> Result<Self, E> {
        let depth = self.depth.checked_sub(1).ok_or_else(|| E::custom("nested too deep"))?;
        Ok(Self { depth })
    }
}

impl<'de> DeserializeSeed<'de> for Value {
    type Value = Node<'de>;

    fn deserialize<D: serde::Deserializer<'de>>(self, reader: D) -> Result<Node<'de>, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Value {
    type Value = Node<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Node<'de>, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node<'de>, E> {
        Ok(Node::Flag(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node<'de>, E> {
        Ok(Node::Number(value as f64))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node<'de>, E> {
        Ok(Node::Number(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node<'de>, E> {
        Ok(Node::Number(value))
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Node<'de>, E> {
        Ok(Node::Text(Cow::Borrowed(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node<'de>, E> {
        Ok(Node::Text(Cow::Owned(value.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node<'de>, A::Error> {
        let below = self.below()?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(below)? {
            list.push(item);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Node<'de>, A::Error> {
        let below = self.below()?;
        let mut object = Vec::with_capacity(8);
        while let Some(Name(key)) = members.next_key()? {
            object.push((key, members.next_value_seed(below)?));
        }
        Ok(Node::Object(object))
    }
}

/// A member's name, borrowed where it holds no escapes.
#[derive(serde::Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);
