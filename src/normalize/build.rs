//! Builds the canonical notice from a tree, member by member in the order of the contract.

use super::fields::Fields;
use super::fields::Style;
use super::fields::Word;
use super::node::Members;
use super::parts;
use super::remarks;
use crate::domain::finding::Finding;
use crate::domain::finding::Severity;
use crate::domain::masked::Masked;
use crate::domain::notice::Attachment;
use crate::domain::notice::Evidence;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeType;
use crate::domain::notice::RelatesTo;
use crate::domain::notice::SCHEMA_VERSION;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Reads one notice out of its members. What is wrong with it stands in the reader's violations.
pub(super) fn notice(fields: &mut Fields<'_>, members: &mut Members<'_>) -> Notice {
    // What the sender noticed and quoted goes first, so that nothing of ours takes its place.
    let carried = carried_findings(fields, members);
    fields.evidence = evidence(fields, members);
    version(fields, members);
    let mut notice = Notice::of(kind(fields, members));
    notice.also_concerns = also_concerns(fields, members);
    notice.legal_basis = fields.plain(members, "legalBasis");
    notice.sender = parts::sender(fields, members);
    notice.landlord = parts::landlord(fields, members);
    notice.persons = parts::persons(fields, members);
    notice.dwelling = parts::dwelling(fields, members);
    notice.arrears = parts::arrears(fields, members);
    notice.issued_on = fields.day(members, "issuedOn");
    notice.terminated_on = fields.day(members, "terminatedOn");
    notice.served_on = fields.day(members, "servedOn");
    notice.move_out_by = fields.day(members, "moveOutBy");
    notice.rectify_by = fields.day(members, "rectifyBy");
    notice.disconnect_after = fields.day(members, "disconnectAfter");
    notice.incidents = parts::incidents(fields, members);
    notice.enforcement = parts::enforcement(fields, members);
    notice.children = parts::children(fields, members);
    notice.text = text(fields, members);
    notice.attachments = attachments(fields, members);
    notice.relates_to = relates_to(fields, members);
    fields.leftovers(members);
    let same = |one: &Finding, other: &Finding| one.code == other.code && one.path == other.path;
    fields.findings.retain(|own| !carried.iter().any(|other| same(own, other)));
    notice.findings = carried;
    notice.findings.append(&mut fields.findings);
    notice.evidence = std::mem::take(&mut fields.evidence);
    notice
}

fn version(fields: &mut Fields<'_>, members: &mut Members<'_>) {
    let before = fields.violations.len() + fields.findings.len();
    match fields.text(members, "schemaVersion") {
        Some(version) if version == SCHEMA_VERSION => {}
        Some(version) => fields.within("schemaVersion", |fields| {
            let known = version.split('.').next() == SCHEMA_VERSION.split('.').next();
            let severity = if known { Severity::Info } else { Severity::Error };
            fields.remark(severity, "schemaVersion", "unknownVersion");
        }),
        None => missing(fields, "schemaVersion", before),
    }
}

fn kind(fields: &mut Fields<'_>, members: &mut Members<'_>) -> NoticeType {
    let before = fields.violations.len() + fields.findings.len();
    match fields.word(members, "type", NoticeType::parse) {
        Word::Known(kind) => kind,
        Word::Unknown => NoticeType::Unknown,
        Word::Absent => {
            missing(fields, "type", before);
            NoticeType::Unknown
        }
    }
}

/// A required member that was not given; one of the wrong type has been told of already. A spreadsheet needs neither.
fn missing(fields: &mut Fields<'_>, name: &str, before: usize) {
    let told = fields.violations.len() + fields.findings.len() > before;
    if fields.style != Style::Sheet && !told {
        fields.within(name, |fields| fields.violate(name, "missing"));
    }
}

fn also_concerns(fields: &mut Fields<'_>, members: &mut Members<'_>) -> Vec<NoticeType> {
    let mut kinds = Vec::new();
    for item in fields.items(members, "alsoConcerns", "type") {
        let Some(word) = fields.within("alsoConcerns", |f| f.text_of(item, "alsoConcerns")) else {
            continue;
        };
        match NoticeType::parse(&word) {
            Some(kind) if !kinds.contains(&kind) => kinds.push(kind),
            Some(_) => {}
            None => fields.within("alsoConcerns", |fields| {
                fields.keep(&word, 1.0);
                fields.remark(Severity::Warning, "alsoConcerns", "unknownValue");
            }),
        }
    }
    kinds
}

fn text(fields: &mut Fields<'_>, members: &mut Members<'_>) -> Option<Masked> {
    let text = fields.text(members, "text")?;
    let (kept, shortened) = shorten(&text, fields.text_bytes);
    if shortened {
        fields.within("text", |fields| fields.remark(Severity::Info, "text", "shortened"));
    }
    Some(Masked::new(kept))
}

/// At most so many bytes of a text, cut between characters and without white space where it is cut.
pub(super) fn shorten(text: &str, bytes: usize) -> (&str, bool) {
    if text.len() <= bytes {
        return (text, false);
    }
    let end = (0..=bytes).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    (text.get(..end).unwrap_or_default().trim_end(), true)
}

fn attachments(fields: &mut Fields<'_>, members: &mut Members<'_>) -> Vec<Attachment> {
    fields.objects(members, ("attachments", "attachment"), |fields, members| {
        let name = fields.masked(members, "name");
        let media_type = fields.plain(members, "mediaType");
        let size_bytes = fields.number(members, "sizeBytes").unwrap_or_default();
        let sha256 = fields.text(members, "sha256");
        let sha256 = sha256.and_then(|text| crate::domain::digest::Digest::from_hex(&text));
        let Some(sha256) = sha256 else {
            fields.remark(Severity::Warning, "sha256", "notADigest");
            return None;
        };
        Some(Attachment { name, media_type, size_bytes, sha256 })
    })
}

fn relates_to(fields: &mut Fields<'_>, members: &mut Members<'_>) -> Option<RelatesTo> {
    let relates_to = fields.object(members, "relatesTo", |fields, members| RelatesTo {
        reference: fields.plain(members, "reference"),
        case_number: fields.masked(members, "caseNumber"),
        sender_reference: fields.masked(members, "senderReference"),
    });
    relates_to.filter(|value| *value != RelatesTo::default())
}

/// Findings that came with the notice, such as from an e-service that reads forms. Only our own codes keep their name, and the
/// words are always ours: no sender writes sentences into our pages and answers.
fn carried_findings(fields: &mut Fields<'_>, members: &mut Members<'_>) -> Vec<Finding> {
    let mut found = fields.objects(members, ("findings", "finding"), |fields, members| {
        let code = fields.text(members, "code").unwrap_or_default();
        let severity = match fields.text(members, "severity").as_deref() {
            Some("info") => Severity::Info,
            Some("error") => Severity::Error,
            Some(_) | None => Severity::Warning,
        };
        let path = fields.text(members, "path").unwrap_or_default();
        fields.text(members, "message");
        let path = if known_path(&path) { path } else { Cow::Borrowed("") };
        let (value, fault) = match code.split_once('.') {
            Some(parts) if remarks::is_ours(&code) => parts,
            Some(_) | None => ("findings", "foreign"),
        };
        Some(remarks::finding(severity, value, fault, &path))
    });
    found.truncate(100);
    found
}

/// Whether a pointer is made of indexes and of names such as programs give.
fn known_path(path: &str) -> bool {
    path.len() <= 200
        && path.split('/').all(|step| {
            let index = step.len() <= 5 && step.bytes().all(|byte| byte.is_ascii_digit());
            index || step.is_empty() || super::fields::sayable(step)
        })
}

/// Evidence that came with the notice.
fn evidence(fields: &mut Fields<'_>, members: &mut Members<'_>) -> BTreeMap<String, Evidence> {
    let mut evidence = BTreeMap::new();
    if fields.style == Style::Tagged {
        for (path, value) in fields.objects(members, ("evidence", "value"), |fields, members| {
            let path = fields.plain(members, "@path").unwrap_or_default();
            Some((path, one_evidence(fields, members)))
        }) {
            evidence.insert(path, value);
        }
        return evidence;
    }
    fields.object(members, "evidence", |fields, members| {
        for path in members.iter().map(|(path, _)| path.to_string()).collect::<Vec<_>>() {
            let value = fields.object(members, &path, one_evidence);
            if let Some(value) = value {
                evidence.insert(path, value);
            }
        }
    });
    evidence
}

fn one_evidence(fields: &mut Fields<'_>, members: &mut Members<'_>) -> Evidence {
    let source = fields.plain(members, "source").unwrap_or_else(|| "body".to_owned());
    let quote = fields.masked(members, "quote").unwrap_or_default();
    let confidence = match super::node::take(members, "confidence") {
        super::node::Node::Number(number) => number,
        super::node::Node::Text(text) if fields.style == Style::Tagged => {
            text.trim().parse().unwrap_or(0.0)
        }
        other => {
            fields.within("confidence", |fields| fields.misplaced(&other, "confidence"));
            0.0
        }
    };
    let confidence = if confidence.is_finite() { confidence.clamp(0.0, 1.0) } else { 0.0 };
    Evidence { source, quote, confidence }
}
