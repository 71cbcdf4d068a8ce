//! The structured parts of a mail (JSON, XML, our CSV), each notice as it is told there, and what the mail tells beside them.

use super::Context;
use super::Input;
use super::attached;
use super::detect::detect;
use super::mail;
use super::mail_parts::Contents;
use super::mail_parts::Leaf;
use super::prose::Letter;
use super::remarks;
use super::tables;
use super::tables::Material;
use crate::domain::finding::Finding;
use crate::domain::finding::Severity;
use crate::domain::notice::Notice;
use crate::domain::received::Format;
use crate::mail::MailHeaders;

/// What the structured parts hold, and which of them could not be read.
#[derive(Default)]
pub(super) struct Structured {
    /// Their notices.
    pub(super) notices: Vec<Notice>,
    /// What a person must look at.
    pub(super) findings: Vec<Finding>,
    /// The mail's text is one of them, and no prose.
    of_body: bool,
}

impl Structured {
    /// Reads the structured parts of a mail.
    pub(super) fn of(leaves: &[Leaf], context: &Context<'_>) -> Self {
        read(leaves, context)
    }

    /// Reads what stands beside them: the text, the documents and the tables may tell of somebody else.
    pub(super) fn add_beside(
        &mut self,
        headers: &MailHeaders,
        contents: &Contents,
        context: &Context<'_>,
    ) {
        let (documents, _) = attached::words_of(&contents.leaves, context);
        let whole = mail::letter(headers, contents, &documents);
        let read = attached::taken_apart(context);
        let html = attached::html_of(&contents.leaves);
        let files = Letter { subject: "", text: "", ..whole };
        let mut materials = vec![Material { letter: files, html: &[], read: &read, file: false }];
        if !self.of_body {
            let text = Letter { documents: &[], ..whole };
            materials.push(Material { letter: text, html: &html, read: &[], file: false });
        }
        let notices = std::mem::take(&mut self.notices);
        let told = tables::beside_structured(notices, &materials, context);
        self.notices = told.notices;
        self.findings.extend(told.left);
    }
}

fn read(leaves: &[Leaf], context: &Context<'_>) -> Structured {
    let mut found = Structured::default();
    let mut attachment = 0;
    for leaf in leaves {
        let source = match leaf.body {
            true => "body".to_owned(),
            false => format!("attachments/{attachment}"),
        };
        attachment += usize::from(!leaf.body);
        let format = detect(&leaf.bytes, None);
        if !matches!(format, Format::Json | Format::Xml | Format::Csv) {
            continue;
        }
        // A table in a letter, or one whose headings are not our CSV's, is read with what the letter says of all its rows.
        if format == Format::Csv && (leaf.body || attached::is_foreign_table(leaf, context)) {
            continue;
        }
        // In a body only what reads without fault counts: people write braces and angle brackets, too.
        let input = Input { raw: &leaf.bytes, strict: leaf.body, source: &source };
        match super::translate(format, &input, context) {
            Ok(reading)
                if found.notices.len() + reading.notices.len() <= context.limits.notices =>
            {
                found.of_body |= leaf.body;
                found.notices.extend(reading.notices.into_iter().map(|read| read.notice));
            }
            Err(_) if leaf.body => {}
            Ok(_) => found.findings.push(unread(&source, "tooLarge")),
            Err(trouble) => found.findings.push(unread(&source, trouble.fault())),
        }
    }
    found
}

fn unread(source: &str, fault: &str) -> Finding {
    remarks::finding(Severity::Error, "attachments", fault, &format!("/{source}"))
}
