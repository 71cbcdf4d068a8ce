//! JSON and XML that is not ours: a program's own shape, read by the names and the shapes of its values. A sign of life is no notice.

use super::Context;
use super::Disposition;
use super::Input;
use super::ReadNotice;
use super::Reading;
use super::encoding::Allowed;
use super::found;
use super::json;
use super::node::Members;
use super::node::Node;
use super::remarks;
use super::shape;
use super::tables::tree;
use super::tables::tree::Branch;
use super::xml;
use crate::domain::finding::Severity;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeType;
use crate::domain::received::Format;

/// Why no notice: the program says that there is none.
const EMPTY: &str = "unrelated";

/// Reads a program's message; `None` where it is in our shape, or tells of nobody.
pub(super) fn read(format: Format, input: &Input<'_>, context: &Context<'_>) -> Option<Reading> {
    let decoded = super::decoded(input, Allowed::Any).ok()?;
    let root = root(format, &decoded.text, context.limits.depth)?;
    let on = context.local_time.day_of(context.received_at);
    let file = found::as_file(input.raw, format.media_type(), context);
    let body = input.source == "body";
    match tree::read(&root, input.source, context) {
        Some(told) => {
            let list = told.list;
            let with_file =
                |read: Notice| if body { found::as_told(read, &file, list) } else { read };
            let mut notices: Vec<Notice> = told.notices.into_iter().map(with_file).collect();
            if !told.left.is_empty() {
                let mut rest = Notice::of(NoticeType::Unknown);
                rest.findings = told.left;
                notices.push(rest);
            }
            Some(super::reading(notices))
        }
        None if body && tree::is_empty(&root, on) => {
            let disposition = Disposition::NotNotice { reason: EMPTY.to_owned() };
            let mut notice = file;
            let remark = remarks::finding(Severity::Info, "message", "notRecognised", "");
            notice.findings.push(remark);
            let notices = vec![ReadNotice { notice, disposition }];
            Some(Reading { notices, sender_reference: None })
        }
        None => None,
    }
}

/// The tree of what is not ours.
fn root(format: Format, text: &str, depth: usize) -> Option<Branch> {
    match format {
        Format::Json => {
            let node = json::tree(text, depth)?;
            (!is_ours(&node)).then(|| Branch::of("", &node)).flatten()
        }
        Format::Xml => {
            let (name, node) = xml::tree(text, depth)?;
            let ours = matches!(name.as_str(), "notice" | "notices");
            (!ours).then(|| Branch::of(&name, &node)).flatten()
        }
        Format::Csv
        | Format::Mail
        | Format::Pdf
        | Format::Docx
        | Format::Xlsx
        | Format::Zip
        | Format::Other => None,
    }
}

/// Whether it is in our shape, or was meant to be.
fn is_ours(node: &Node<'_>) -> bool {
    let of_object = |members: &Members<'_>| {
        let ours = members.iter().filter(|(name, _)| shape::is_root_member(name)).count();
        let named = members.iter().any(|(name, _)| name == "schemaVersion");
        let kind = members.iter().any(|(name, value)| match value {
            Node::Text(text) if name == "type" => NoticeType::parse(text).is_some(),
            _ => false,
        });
        named || kind || (ours >= 2 && ours * 2 >= members.len()) || members.is_empty()
    };
    match node {
        Node::Object(members) => of_object(members),
        Node::List(items) => {
            items.iter().any(|item| match item {
                Node::Object(members) => of_object(members),
                _ => false,
            }) || !items.iter().any(|item| matches!(item, Node::Object(_)))
        }
        Node::Null | Node::Taken | Node::Flag(_) | Node::Number(_) | Node::Text(_) => true,
    }
}
