//! The tree that JSON, XML and CSV are all read into before anyone asks what the values mean.
//!
//! Text is borrowed from the message where that is possible: the common notice is read without copying its strings twice.

use std::borrow::Cow;

/// The members of an object in the order they came.
pub(super) type Members<'a> = Vec<(Cow<'a, str>, Node<'a>)>;

/// One value as it was written.
#[derive(Debug, PartialEq)]
pub(super) enum Node<'a> {
    /// Nothing, or already read.
    Null,
    /// `true` or `false`.
    Flag(bool),
    /// A JSON number. Every whole number a notice can hold is exact here.
    Number(f64),
    /// Text; in XML and CSV every leaf.
    Text(Cow<'a, str>),
    /// A JSON array.
    List(Vec<Node<'a>>),
    /// A JSON object, an XML element with elements in it, or dotted columns that begin alike.
    Object(Members<'a>),
    /// A member that a field reader took out.
    Taken,
}

impl<'a> Node<'a> {
    /// Whether there is nothing in it: absent and empty mean the same.
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Null | Self::Taken => true,
            Self::Flag(_) | Self::Number(_) => false,
            Self::Text(text) => text.trim().is_empty(),
            Self::List(items) => items.iter().all(Self::is_empty),
            Self::Object(members) => members.iter().all(|(_, value)| value.is_empty()),
        }
    }

    /// The value as text where it is a single value; for quoting in evidence.
    pub(super) fn as_written(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Flag(value) => Some(Cow::Borrowed(if *value { "true" } else { "false" })),
            Self::Number(value) => Some(Cow::Owned(value.to_string())),
            Self::Text(text) => Some(Cow::Borrowed(text.as_ref())),
            Self::Null | Self::Taken | Self::List(_) | Self::Object(_) => None,
        }
    }
}

/// Takes a member out; of several with one name the last, as JSON readers do. The others stay and are told of as repeated.
pub(super) fn take<'a>(members: &mut Members<'a>, name: &str) -> Node<'a> {
    match members.iter_mut().rev().find(|(key, _)| key == name) {
        Some((_, value)) => std::mem::replace(value, Node::Taken),
        None => Node::Null,
    }
}
