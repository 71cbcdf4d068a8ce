//! The values of a message that a program wrote in its own shape, as one tree whether they came as JSON or as XML: what repeats stands side by side
//! under one name, and what a program wrote as name and value is named by its name.

use super::super::super::node::Node;
use std::fmt;

/// A message with more values is for a person: what it tells is gone through often, in the gateway's own process.
pub(super) const BRANCHES_MAX: usize = 20_000;

/// Names of what names a value: `{"falt": "adress", "varde": "…"}`.
const NAMERS: &[&str] = &[
    "namn",
    "name",
    "key",
    "nyckel",
    "falt",
    "field",
    "faltnamn",
    "fieldname",
    "label",
    "etikett",
    "id",
    "kod",
    "code",
    "rubrik",
    "attribut",
    "attribute",
    "typ",
    "type",
    "egenskap",
    "property",
    "uppgift",
    "fraga",
    "question",
    "n",
    "k",
];

/// Names of the value beside it.
const VALUES: &[&str] = &[
    "varde", "value", "val", "v", "data", "innehall", "content", "svar", "answer", "text", "_text",
];

/// Names that say nothing of what is in them.
const HOLDERS: &[&str] = &[
    "falt",
    "field",
    "fields",
    "item",
    "items",
    "param",
    "parameter",
    "parametrar",
    "property",
    "properties",
    "attribut",
    "attribute",
    "attributes",
    "uppgift",
    "uppgifter",
    "varde",
    "value",
    "values",
    "data",
    "entry",
    "entries",
    "svar",
    "answers",
    "rad",
    "row",
    "rader",
    "rows",
    "col",
    "kolumn",
    "cell",
    "element",
    "node",
    "nod",
    "kv",
    "pair",
    "tag",
    "egenskap",
    "egenskaper",
    "fraga",
    "fragor",
    "questions",
    "question",
    "post",
    "poster",
    "",
];

/// A value, or what holds values.
#[derive(Clone, Default)]
pub(in crate::normalize) struct Branch {
    /// As the program calls it.
    pub(super) name: String,
    /// What stands in it itself.
    pub(super) value: String,
    /// What it holds, in order.
    pub(super) inner: Vec<Branch>,
}

impl fmt::Debug for Branch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Branch({} inner)", self.inner.len())
    }
}

impl Branch {
    /// The tree of what was parsed; `None` where it is too big to be looked at.
    pub(in crate::normalize) fn of(name: &str, node: &Node<'_>) -> Option<Self> {
        let mut left = BRANCHES_MAX;
        one(name, node, &mut left)
    }

    /// Whether it is a value and holds none.
    pub(super) fn is_leaf(&self) -> bool {
        self.inner.is_empty()
    }

    /// Every branch in it, itself first.
    pub(super) fn all(&self) -> Vec<&Self> {
        let mut found = vec![self];
        let mut at = 0;
        while let Some(branch) = found.get(at).copied() {
            found.extend(&branch.inner);
            at += 1;
        }
        found
    }

    /// The values directly in it.
    pub(super) fn leaves(&self) -> impl Iterator<Item = &Self> {
        self.inner.iter().filter(|inner| inner.is_leaf())
    }
}

fn one(name: &str, node: &Node<'_>, left: &mut usize) -> Option<Branch> {
    *left = left.checked_sub(1)?;
    let mut branch = Branch { name: name.to_owned(), ..Branch::default() };
    match node {
        Node::Null | Node::Taken => {}
        Node::Flag(flag) => branch.value = if *flag { "ja" } else { "nej" }.to_owned(),
        Node::Number(number) => branch.value = number.to_string(),
        Node::Text(text) => branch.value = text.trim().to_owned(),
        Node::List(items) => {
            for item in items {
                branch.inner.push(one("", item, left)?);
            }
        }
        Node::Object(members) => {
            for (member, node) in members {
                match node {
                    Node::List(items) => {
                        for item in items {
                            branch.inner.push(one(member, item, left)?);
                        }
                    }
                    Node::Text(text) if member == "text()" => branch.value = text.trim().to_owned(),
                    node => branch.inner.push(one(member, node, left)?),
                }
            }
        }
    }
    Some(named_by_itself(branch))
}

/// `{"falt": "adress", "varde": "Provgatan 1"}`, `<falt namn="adress">Provgatan 1</falt>`.
fn named_by_itself(branch: Branch) -> Branch {
    let plain = |name: &str| crate::domain::labels::folded(name);
    let all_leaves = branch.inner.iter().all(Branch::is_leaf);
    if !all_leaves || !HOLDERS.contains(&plain(&branch.name).as_str()) {
        return branch;
    }
    let find = |list: &[&str]| {
        branch
            .inner
            .iter()
            .find(|it| list.contains(&plain(&it.name).as_str()) && !it.value.is_empty())
    };
    let named = find(NAMERS)
        .filter(|it| it.value.chars().count() <= 60 && it.value.chars().any(char::is_alphabetic));
    let value = match branch.inner.as_slice() {
        [_] => Some(&branch.value).filter(|value| !value.is_empty()),
        [_, _] => find(VALUES).map(|it| &it.value),
        _ => None,
    };
    match (named, value) {
        (Some(named), Some(value)) => {
            Branch { name: named.value.clone(), value: value.clone(), inner: Vec::new() }
        }
        _ => branch,
    }
}
