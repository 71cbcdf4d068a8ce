//! The documents of a message beside its own text: which there are to read, and what they add to a notice once they are read.
//!
//! They are read in the sandbox before the message is normalized, and handed over in [`super::Context`]. A message normalized without them is
//! told as it always was: the file is there, and a person reads it.

use super::Context;
use super::Limits;
use super::detect::detect;
use super::encoding::Allowed;
use super::found::readable;
use super::mail_html;
use super::mail_parts;
use super::mail_parts::Leaf;
use super::remarks;
use crate::domain::document::Content;
use crate::domain::document::Document;
use crate::domain::document::Outcome;
use crate::domain::finding::Finding;
use crate::domain::finding::Severity;
use crate::domain::received::Format;
use bytes::Bytes;

/// A document that came with a message.
pub struct Attached {
    /// The number of the attachment; 0 for a message that is the document itself.
    pub attachment: usize,
    /// What its bytes are.
    pub format: Format,
    /// Its bytes.
    pub raw: Bytes,
}

/// The documents in a message that want reading in the sandbox.
pub fn documents_in(raw: &Bytes, format: Format, limits: &Limits) -> Vec<Attached> {
    if Format::DOCUMENTS.contains(&format) {
        return vec![Attached { attachment: 0, format, raw: raw.clone() }];
    }
    if format != Format::Mail {
        return Vec::new();
    }
    let contents = mail_parts::contents(raw, limits);
    let files = contents.leaves.into_iter().filter(|leaf| !leaf.body).enumerate();
    files
        .filter_map(|(attachment, leaf)| {
            let format = detect(&leaf.bytes, leaf.name());
            let wanted = Format::DOCUMENTS.contains(&format);
            wanted.then(|| Attached { attachment, format, raw: leaf.bytes.into() })
        })
        .collect()
}

/// Whether there are any.
pub fn holds_documents(raw: &Bytes, format: Format, limits: &Limits) -> bool {
    // Most mails hold none, and tell so without being taken apart.
    let parts = |raw: &[u8]| {
        let words: [&[u8]; 2] = [b"multipart/", b"applicatio"];
        raw.windows(10).any(|ten| words.iter().any(|word| ten.eq_ignore_ascii_case(word)))
    };
    (format != Format::Mail || parts(raw)) && !documents_in(raw, format, limits).is_empty()
}

/// A file of plain text or HTML.
fn text_of(leaf: &Leaf, limits: &Limits) -> Option<String> {
    if detect(&leaf.bytes, leaf.name()) != Format::Other {
        return None;
    }
    let text = readable(&leaf.bytes, limits.text_bytes)?;
    let start: String = text.trim_start().chars().take(14).collect();
    let start = start.to_ascii_lowercase();
    let html = start.starts_with("<html") || start.starts_with("<!doctype html");
    Some(if html { mail_html::text(&text) } else { text })
}

/// The document, or those in the archive.
fn read_of(outcome: &Outcome) -> Vec<&Document> {
    let document = match outcome {
        Outcome::Done(document) => document.as_ref(),
        Outcome::Refused(_) | Outcome::Crashed | Outcome::TimedOut | Outcome::TooMuch => {
            return Vec::new();
        }
    };
    let inner = document.entries.iter().filter_map(|entry| match &entry.content {
        Content::Document(inner) => Some(inner),
        Content::Skipped(_) => None,
    });
    std::iter::once(document).filter(|it| it.entries.is_empty()).chain(inner).collect()
}

/// The texts of a message's documents, behind its own.
pub(super) fn append_texts(text: &mut String, context: &Context<'_>) {
    let read = context.documents.into_iter().flat_map(|documents| &documents.read);
    for document in read.flat_map(|(_, outcome)| read_of(outcome)) {
        if document.text.is_empty() {
            continue;
        }
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(&document.text);
    }
}

/// The documents as they were taken apart, each with its source.
pub(super) fn taken_apart<'a>(context: &Context<'a>) -> Vec<(String, &'a Document)> {
    let read = context.documents.into_iter().flat_map(|documents| &documents.read);
    let all = read.flat_map(|(attachment, outcome)| {
        let source = format!("attachments/{attachment}");
        read_of(outcome).into_iter().map(move |document| (source.clone(), document))
    });
    all.collect()
}

/// The documents' words for the reader of free text, each with its source.
pub(super) fn words(context: &Context<'_>) -> Vec<(String, String)> {
    let read = context.documents.into_iter().flat_map(|documents| &documents.read);
    let texts = read.flat_map(|(attachment, outcome)| {
        let source = format!("attachments/{attachment}");
        read_of(outcome).into_iter().map(move |document| (source.clone(), document.text.clone()))
    });
    texts.filter(|(_, text)| !text.trim().is_empty()).collect()
}

/// The same with a mail's files of plain text, and whether a file is left that was not read; a sender's logo is none.
pub(super) fn words_of(leaves: &[Leaf], context: &Context<'_>) -> (Vec<(String, String)>, bool) {
    let (mut words, mut unread) = (words(context), false);
    for (attachment, leaf) in leaves.iter().filter(|leaf| !leaf.body).enumerate() {
        let format = detect(&leaf.bytes, leaf.name());
        if leaf.bytes.is_empty() {
            unread = true;
        } else if Format::DOCUMENTS.contains(&format) {
            unread |= context.documents.is_none();
        } else if let Some(text) = foreign_table(leaf, context) {
            words.push((format!("attachments/{attachment}"), text));
        } else if let Some(text) = text_of(leaf, &context.limits) {
            words.push((format!("attachments/{attachment}"), text));
        } else {
            unread |= !leaf.is_logo();
        }
    }
    (words, unread)
}

/// Whether a file is a table whose headings are not those of our CSV.
pub(super) fn is_foreign_table(leaf: &Leaf, context: &Context<'_>) -> bool {
    foreign_table(leaf, context).is_some()
}

fn foreign_table(leaf: &Leaf, context: &Context<'_>) -> Option<String> {
    if leaf.body || detect(&leaf.bytes, leaf.name()) != Format::Csv {
        return None;
    }
    let text = super::encoding::decode(&leaf.bytes, Allowed::Any)?.text.into_owned();
    super::tables::is_foreign_table(&text, context).then_some(text)
}

/// A mail's text as HTML, where it came so.
pub(super) fn html_of(leaves: &[Leaf]) -> Vec<String> {
    let html = leaves.iter().filter(|leaf| leaf.body && leaf.is_html());
    html.filter_map(|leaf| {
        Some(super::encoding::decode(&leaf.bytes, Allowed::Any)?.text.into_owned())
    })
    .collect()
}

/// What is to be said of a message's documents: what nobody could read is for a person.
pub(super) fn findings(context: &Context<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    let read = context.documents.into_iter().flat_map(|documents| &documents.read);
    for (attachment, outcome) in read {
        let path = format!("/attachments/{attachment}");
        let mut add = |severity, fault: &str| {
            let finding = remarks::finding(severity, "document", fault, &path);
            if !findings.contains(&finding) {
                findings.push(finding);
            }
        };
        if let Some(fault) = outcome.fault() {
            add(Severity::Error, fault);
        }
        let Outcome::Done(document) = outcome else { continue };
        for remark in &document.remarks {
            let left_out = remark == "tooManyEntries";
            add(if left_out { Severity::Error } else { Severity::Warning }, remark);
        }
        for entry in &document.entries {
            match &entry.content {
                Content::Document(inner) => {
                    inner.remarks.iter().for_each(|remark| add(Severity::Warning, remark));
                }
                Content::Skipped(reason) if reason == "otherKind" => {
                    add(Severity::Info, "otherKind");
                }
                Content::Skipped(reason) => add(Severity::Error, reason),
            }
        }
    }
    findings
}
