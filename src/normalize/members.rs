//! Objects and arrays of a notice: what nobody asked for is remarked on, never lost in silence.

use super::fields::Fields;
use super::fields::Style;
use super::fields::sayable;
use super::node::Members;
use super::node::Node;
use super::node::take;
use crate::domain::finding::Severity;

impl Fields<'_> {
    /// An object's members, read by `read`; what it leaves over is remarked on.
    pub(super) fn object<T>(
        &mut self,
        members: &mut Members<'_>,
        name: &str,
        read: impl FnOnce(&mut Self, &mut Members<'_>) -> T,
    ) -> Option<T> {
        let node = take(members, name);
        self.within(name, |fields| fields.object_of(node, name, read))
    }

    fn object_of<T>(
        &mut self,
        node: Node<'_>,
        name: &str,
        read: impl FnOnce(&mut Self, &mut Members<'_>) -> T,
    ) -> Option<T> {
        match node {
            Node::Object(mut members) => {
                let value = read(self, &mut members);
                self.leftovers(&members);
                Some(value)
            }
            other => {
                self.misplaced(&other, name);
                None
            }
        }
    }

    /// An array's items; in XML the children called `item` of the wrapper. Empty ones do not count.
    pub(super) fn items<'a>(
        &mut self,
        members: &mut Members<'a>,
        name: &str,
        item: &str,
    ) -> Vec<Node<'a>> {
        let mut items = match (take(members, name), self.style) {
            (Node::List(items), _) => items,
            (Node::Object(children), Style::Tagged) => {
                let (items, others): (Members<'a>, Members<'a>) =
                    children.into_iter().partition(|(key, _)| key == item);
                self.within(name, |fields| fields.leftovers(&others));
                items.into_iter().map(|(_, node)| node).collect()
            }
            (other, _) => {
                self.within(name, |fields| fields.misplaced(&other, name));
                Vec::new()
            }
        };
        items.retain(|item| !item.is_empty());
        items
    }

    /// An array of objects.
    pub(super) fn objects<T>(
        &mut self,
        members: &mut Members<'_>,
        (name, item): (&str, &str),
        mut read: impl FnMut(&mut Self, &mut Members<'_>) -> Option<T>,
    ) -> Vec<T> {
        let items = self.items(members, name, item);
        let mut values = Vec::with_capacity(items.len());
        self.within(name, |fields| {
            for node in items {
                let at = values.len().to_string();
                let value = fields.within(&at, |fields| fields.object_of(node, name, &mut read));
                values.extend(value.flatten());
            }
        });
        values
    }

    /// Remarks on members that nobody asked for and keeps their text as evidence.
    pub(super) fn leftovers(&mut self, members: &Members<'_>) {
        let left = members.iter().filter(|(_, value)| !value.is_empty());
        for (count, (name, value)) in left.enumerate() {
            if count == 50 {
                return self.remark(Severity::Warning, "members", "tooMany");
            }
            let taken = members.iter().any(|(other, value)| other == name && *value == Node::Taken);
            let (word, fault) =
                if taken { (name.as_ref(), "repeated") } else { ("members", "unknownMember") };
            if !sayable(name) {
                self.remark(Severity::Warning, "members", fault);
                continue;
            }
            self.within(name, |fields| {
                if let (Some(quote), false) = (value.as_written(), taken) {
                    fields.keep(&quote, 1.0);
                }
                fields.remark(Severity::Warning, word, fault);
            });
        }
    }

    /// A value of the wrong kind: wrong type in JSON, wrongly built elsewhere. Empty ones are absent.
    pub(super) fn misplaced(&mut self, node: &Node<'_>, name: &str) {
        match (node, self.style) {
            (Node::Null | Node::Taken, _) => {}
            (_, Style::Typed) => self.violate(name, "wrongType"),
            (other, Style::Tagged | Style::Sheet) => {
                if !other.is_empty() {
                    if let Some(quote) = other.as_written() {
                        self.keep(&quote, 1.0);
                    }
                    self.remark(Severity::Warning, name, "structure");
                }
            }
        }
    }
}
