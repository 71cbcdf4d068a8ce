//! What the translators gather on their way: the notices, or why the message cannot be taken as it is.

use super::Context;
use super::attached;
use super::build::shorten;
use super::encoding;
use super::encoding::Allowed;
use super::encoding::Decoded;
use super::fields::Fields;
use super::fields::clean;
use super::prose::Letter;
use super::remarks;
use super::tables;
use super::tables::Material;
use crate::domain::answer::Problem;
use crate::domain::answer::ProblemKind;
use crate::domain::answer::Violation;
use crate::domain::digest::Digest;
use crate::domain::finding::Severity;
use crate::domain::masked::Masked;
use crate::domain::notice::Attachment;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeType;
use crate::domain::received::Format;

/// Bytes to be read and how.
pub(super) struct Input<'a> {
    /// The bytes.
    pub(super) raw: &'a [u8],
    /// Whether violations refuse the message.
    pub(super) strict: bool,
    /// The source named in evidence.
    pub(super) source: &'a str,
}

/// Why a message cannot be taken as it is.
#[derive(Debug)]
pub(super) struct Trouble(Problem);

impl Trouble {
    /// 400: the bytes are not what they claim to be.
    pub(super) fn not_readable(detail: &str) -> Self {
        Self::new(ProblemKind::NotReadable, detail, Vec::new())
    }

    /// 413: more notices than are taken at once.
    pub(super) fn too_many() -> Self {
        let detail =
            "There are more notices in the message than are taken at once; send several messages.";
        Self::new(ProblemKind::TooLarge, detail, Vec::new())
    }

    /// 422 with a single fault.
    pub(super) fn not_processable(field: &str, code: &str) -> Self {
        let fault = code.split_once('.').map_or(code, |(_, fault)| fault);
        Self::violations(vec![Violation::new(field, code, remarks::sentence(fault))])
    }

    fn violations(violations: Vec<Violation>) -> Self {
        let detail = "The content lacks what a notice must have, or a member has the wrong type; nothing was stored.";
        Self::new(ProblemKind::NotProcessable, detail, violations)
    }

    fn new(kind: ProblemKind, detail: &str, violations: Vec<Violation>) -> Self {
        Self(Problem { kind, detail: detail.to_owned(), violations })
    }

    /// The finding that says the same to a person.
    pub(super) fn fault(&self) -> &'static str {
        match self.0.kind {
            ProblemKind::TooLarge => "tooLarge",
            ProblemKind::NotProcessable => "notProcessable",
            ProblemKind::NotReadable
            | ProblemKind::UnsupportedFormat
            | ProblemKind::KeyReused
            | ProblemKind::StillRunning
            | ProblemKind::NotAFile => "notReadable",
        }
    }

    /// A notice for a person to read, with as much of the text as can be shown.
    pub(super) fn as_notice(&self, format: Format, raw: &[u8], context: &Context<'_>) -> Notice {
        let mut notice = as_file(raw, format.media_type(), context);
        notice.findings.push(remarks::finding(Severity::Error, "message", self.fault(), ""));
        notice
    }
}

impl From<Trouble> for Problem {
    fn from(trouble: Trouble) -> Self {
        trouble.0
    }
}

/// A document, or a file of no known format: as many notices as it tells of, at least one; what tells of none is read by a person.
pub(super) fn unrecognised(format: Format, raw: &[u8], context: &Context<'_>) -> Vec<Notice> {
    let mut notice = as_file(raw, format.media_type(), context);
    if Format::DOCUMENTS.contains(&format) {
        let mut text = String::new();
        attached::append_texts(&mut text, context);
        notice.findings = attached::findings(context);
        put_text(&mut notice, &text, context);
    }
    let text = notice.text.as_ref().filter(|_| format == Format::Other);
    let text = text.map(Masked::reveal).unwrap_or_default();
    let documents = attached::words(context);
    let letter = Letter { text, documents: &documents, ..Letter::default() };
    let read = attached::taken_apart(context);
    let material = Material { letter, read: &read, file: true, ..Material::default() };
    let told = tables::read(&material, context);
    if told.notices.iter().any(Notice::is_told) {
        let mut notices: Vec<Notice> = told
            .notices
            .into_iter()
            .filter(Notice::is_told)
            .map(|read| as_told(read, &notice, told.list))
            .collect();
        if let ([only], false) = (notices.as_mut_slice(), told.left.is_empty()) {
            only.findings.extend(told.left);
        } else if !told.left.is_empty() {
            notice.findings.retain(|finding| finding.severity == Severity::Error);
            notice.findings.extend(told.left);
            notices.push(notice);
        }
        return notices;
    }
    notice.findings.extend(told.left);
    if !notice.findings.iter().any(|finding| finding.severity == Severity::Error) {
        notice.findings.push(remarks::finding(Severity::Warning, "message", "notRecognised", ""));
    }
    vec![notice]
}

/// A notice that a file tells, with the file. One of several has no text: the others' names stand in it.
pub(super) fn as_told(read: Notice, file: &Notice, list: bool) -> Notice {
    let text = file.text.clone().filter(|_| !list);
    let attachments = file.attachments.clone();
    let findings = [file.findings.clone(), read.findings.clone()].concat();
    Notice { text, attachments, findings, ..read }
}

/// The text that a notice bears, as much as is kept.
pub(super) fn put_text(notice: &mut Notice, text: &str, context: &Context<'_>) {
    let (kept, shortened) = shorten(text.trim(), context.limits.text_bytes);
    if shortened {
        notice.findings.push(remarks::finding(Severity::Info, "text", "shortened", "/text"));
    }
    notice.text = (!kept.is_empty()).then(|| Masked::new(kept));
}

/// A notice of which only the file is known, and its text where it is text.
pub(super) fn as_file(raw: &[u8], media_type: &str, context: &Context<'_>) -> Notice {
    let mut notice = Notice::of(NoticeType::Unknown);
    notice.attachments = vec![Attachment {
        name: None,
        media_type: Some(media_type.to_owned()),
        size_bytes: raw.len() as u64,
        sha256: Digest::of(raw),
    }];
    if let Some(text) = readable(raw, context.limits.text_bytes) {
        put_text(&mut notice, &text, context);
    }
    notice
}

/// The text of bytes that look like text to a person.
pub(super) fn readable(raw: &[u8], text_bytes: usize) -> Option<String> {
    let start = raw.get(..raw.len().min(text_bytes.saturating_mul(2)))?;
    let decoded = encoding::decode(start, Allowed::Any)?;
    let (text, _) = clean(&decoded.text);
    // Binary files are full of control characters even where Windows-1252 gives them all a meaning.
    let odd = decoded.text.chars().count().saturating_sub(text.chars().count());
    let replaced = text.chars().filter(|c| c.is_control() && !c.is_whitespace()).count();
    ((odd + replaced) * 50 <= text.chars().count()).then_some(text)
}

/// Decodes, or says that the encoding is wrong.
pub(super) fn decoded<'a>(input: &Input<'a>, allowed: Allowed) -> Result<Decoded<'a>, Trouble> {
    encoding::decode(input.raw, allowed).ok_or_else(|| {
        Trouble::not_readable("The content is not in the encoding it should be or says it is.")
    })
}

/// The notices of one message while they are being read.
#[derive(Default)]
pub(super) struct Found {
    notices: Vec<Notice>,
    violations: Vec<Violation>,
}

impl Found {
    /// Adds one notice and what its reader has against it.
    pub(super) fn add(&mut self, (notice, mut fields): (Notice, Fields<'_>)) {
        self.notices.push(notice);
        if self.violations.len() < 100 {
            self.violations.append(&mut fields.violations);
        }
    }

    /// An array's item that is no object: refused, or a notice that only a person can make sense of.
    pub(super) fn not_an_object(&mut self, strict: bool, place: &str) {
        if strict {
            let sentence = remarks::sentence("wrongType");
            self.violations.push(Violation::new(place, "root.wrongType", sentence));
            return;
        }
        let mut notice = Notice::of(NoticeType::Unknown);
        notice.findings.push(remarks::finding(Severity::Error, "root", "wrongType", ""));
        self.notices.push(notice);
    }

    /// The notices, if nothing speaks against them; what decoding had to do is remarked on in the first.
    pub(super) fn finish(mut self, decoded: &Decoded<'_>) -> Result<Vec<Notice>, Trouble> {
        if !self.violations.is_empty() {
            self.violations.truncate(100);
            return Err(Trouble::violations(self.violations));
        }
        let Some(first) = self.notices.first_mut() else {
            return Err(Trouble::not_processable("", "root.missing"));
        };
        if decoded.nul_removed {
            let finding = remarks::finding(Severity::Info, "message", "controlCharacters", "");
            first.findings.push(finding);
        }
        if decoded.guessed {
            first.findings.push(remarks::finding(Severity::Warning, "message", "encoding", ""));
        }
        Ok(self.notices)
    }
}
