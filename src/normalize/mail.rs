//! Mail (RFC 5322, MIME): structured attachments become notices, everything else becomes one for a person to read.
//!
//! Automatic mail that tells of no notice is none, nor is mail about something else: it is kept and listed, but for one of which only the header came. Nothing
//! in a mail is ever refused.

use super::Context;
use super::Disposition;
use super::Reading;
use super::attached;
use super::found::put_text;
use super::mail_manner;
use super::mail_parts;
use super::mail_structured::Structured;
use super::prose::Letter;
use super::remarks;
use super::tables;
use super::tables::Material;
use super::tables::Told;
use crate::domain::finding::Finding;
use crate::domain::finding::Severity;
use crate::domain::masked::Masked;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeSender;
use crate::domain::notice::NoticeType;
use crate::mail::MailHeaders;
use crate::mail::mail_headers;

/// Reads a mail.
pub(super) fn read(raw: &[u8], context: &Context<'_>) -> Reading {
    let headers = mail_headers(raw);
    let mut contents = mail_parts::contents(raw, &context.limits);
    attached::append_texts(&mut contents.text, context);
    let mut structured = if headers.is_report() {
        // What a report returns is somebody's earlier mail.
        Structured::default()
    } else {
        Structured::of(&contents.leaves, context)
    };
    let of_documents = attached::findings(context);
    if structured.notices.is_empty() {
        structured.findings.extend(of_documents);
        return unstructured(&headers, contents, structured.findings, context);
    }
    structured.add_beside(&headers, &contents, context);
    let mut notices = structured.notices;
    if let [notice] = notices.as_mut_slice() {
        accompany(notice, &headers, &contents, context);
        notice.findings.extend(of_documents);
    } else {
        let grave = of_documents.into_iter().filter(|it| it.severity == Severity::Error);
        structured.findings.extend(grave);
    }
    if !structured.findings.is_empty() {
        notices.push(for_a_person(&headers, contents, structured.findings, context));
    }
    super::reading(notices)
}

/// A single structured notice gets what came with it: the text, the files, the address it came from.
fn accompany(
    notice: &mut Notice,
    headers: &MailHeaders,
    contents: &mail_parts::Contents,
    context: &Context<'_>,
) {
    if notice.attachments.is_empty() {
        notice.attachments = contents.attachments();
    }
    if notice.text.is_none() {
        put_text(notice, &contents.text, context);
    }
    let sender = notice.sender.get_or_insert_default();
    if sender.email.is_none() {
        sender.email = headers.from.clone();
    }
    if *sender == NoticeSender::default() {
        notice.sender = None;
    }
}

fn unstructured(
    headers: &MailHeaders,
    contents: mail_parts::Contents,
    findings: Vec<Finding>,
    context: &Context<'_>,
) -> Reading {
    let robot = context.robot && !headers.is_report();
    let whole = !headers.stands_in && !headers.is_report();
    let told = whole.then(|| told_in(headers, &contents, context));
    // A table or a form is a system's way to tell, whatever its header says of who wrote it.
    let by_form = told.as_ref().is_some_and(|told| told.structured);
    let first = told.as_ref().and_then(|told| told.notices.first());
    // What was not seen whole is for a person.
    let reason = match (first, headers.not_notice()) {
        (_, _) if headers.stands_in || robot || by_form => None,
        (None, reason) => reason,
        (Some(read), Some(reason)) => {
            (!mail_manner::tells_a_notice(read, &contents)).then_some(reason)
        }
        (Some(read), None) => mail_manner::reason(read, &contents),
    };
    let automatic = reason.is_none() && whole && !robot && !by_form;
    let automatic = automatic && headers.not_notice().is_some();
    let told = told.filter(|_| reason.is_none());
    let mut notices = notices_of(told, headers, (contents, findings), context);
    if automatic {
        let finding = remarks::finding(Severity::Error, "message", "automatic", "");
        notices.iter_mut().for_each(|notice| notice.findings.push(finding.clone()));
    }
    let mut reading = super::reading(notices);
    if let (Some(reason), Some(read)) = (reason, reading.notices.first_mut()) {
        read.disposition = Disposition::NotNotice { reason: reason.to_owned() };
    }
    reading
}

/// What was told, with what came with it; what a person must read where nothing was.
fn notices_of(
    told: Option<Told>,
    headers: &MailHeaders,
    (contents, findings): (mail_parts::Contents, Vec<Finding>),
    context: &Context<'_>,
) -> Vec<Notice> {
    let Told { notices: mut read, list, left, .. } = told.unwrap_or_default();
    let findings = [findings, left].concat();
    read.retain(Notice::is_told);
    if list && !read.is_empty() {
        let mut notices: Vec<Notice> =
            read.into_iter().map(|notice| from_list(notice, headers)).collect();
        let grave: Vec<Finding> =
            findings.into_iter().filter(|it| it.severity == Severity::Error).collect();
        if !grave.is_empty() {
            notices.push(for_a_person(headers, contents, grave, context));
        }
        return notices;
    }
    match read.into_iter().next() {
        Some(read) => vec![as_read(read, headers, (contents, findings), context)],
        None => vec![for_a_person(headers, contents, findings, context)],
    }
}

/// The mail as a letter with its documents.
pub(super) fn letter<'a>(
    headers: &'a MailHeaders,
    contents: &'a mail_parts::Contents,
    documents: &'a [(String, String)],
) -> Letter<'a> {
    Letter {
        subject: &contents.subject,
        text: &contents.said,
        from: headers.from.as_ref().map(Masked::reveal),
        from_name: contents.from_name.as_deref(),
        colleague: contents.colleague,
        documents,
    }
}

/// What the text and the documents tell.
fn told_in(headers: &MailHeaders, contents: &mail_parts::Contents, context: &Context<'_>) -> Told {
    let (documents, unread) = attached::words_of(&contents.leaves, context);
    let letter = letter(headers, contents, &documents);
    let read = attached::taken_apart(context);
    let html = attached::html_of(&contents.leaves);
    let material = Material { letter, html: &html, read: &read, file: false };
    let mut told = tables::read(&material, context);
    if unread {
        let fault = remarks::finding(Severity::Error, "attachments", "notRead", "/attachments");
        told.notices.iter_mut().for_each(|read| read.findings.push(fault.clone()));
    }
    told
}

/// One of several: it has the sender's address, and neither the text nor the files, in which the others are named.
fn from_list(notice: Notice, headers: &MailHeaders) -> Notice {
    let mut notice = notice;
    let sender = notice.sender.get_or_insert_default();
    if sender.email.is_none() {
        sender.email = headers.from.clone();
    }
    notice
}

/// What was read, with what came with it.
fn as_read(
    read: Notice,
    headers: &MailHeaders,
    (contents, findings): (mail_parts::Contents, Vec<Finding>),
    context: &Context<'_>,
) -> Notice {
    let mut notice = read;
    notice.findings.extend(findings);
    accompany(&mut notice, headers, &contents, context);
    note_parts(&mut notice, &contents);
    notice
}

/// A notice of type unknown with the readable text and the list of files.
fn for_a_person(
    headers: &MailHeaders,
    contents: mail_parts::Contents,
    findings: Vec<Finding>,
    context: &Context<'_>,
) -> Notice {
    let mut notice = Notice::of(NoticeType::Unknown);
    notice.sender = headers
        .from
        .as_ref()
        .map(|from| NoticeSender { email: Some(from.clone()), ..NoticeSender::default() });
    notice.attachments = contents.attachments();
    notice.findings = findings;
    if headers.stands_in {
        notice.findings.push(remarks::finding(Severity::Warning, "message", "notWhole", ""));
    }
    if notice.findings.is_empty() {
        let finding = remarks::finding(Severity::Info, "message", "notRecognised", "");
        notice.findings.push(finding);
    }
    note_parts(&mut notice, &contents);
    put_text(&mut notice, &contents.text, context);
    notice
}

/// What was odd about the mail's parts.
fn note_parts(notice: &mut Notice, contents: &mail_parts::Contents) {
    if contents.cut {
        let finding = remarks::finding(Severity::Warning, "attachments", "tooMany", "/attachments");
        notice.findings.push(finding);
    }
    if contents.cleaned {
        let finding = remarks::finding(Severity::Info, "message", "controlCharacters", "");
        notice.findings.push(finding);
    }
}
