//! What a message tells beside the notices of its list, its forms or its letters: a letter about somebody else, a line about one of them, a
//! document that is none of theirs. It becomes a notice of its own, or something that a person must look at; never is it dropped.

use super::super::Context;
use super::super::prose;
use super::super::prose::Letter;
use super::super::remarks;
use super::Material;
use super::Told;
use super::grid::Naming;
use super::key::Key;
use super::kinds::as_owned;
use super::known::Known;
use super::list::leave;
use super::record::Record;
use super::several;
use crate::domain::document::DocumentKind;
use crate::domain::finding::Severity;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeType;
use crate::domain::notice::Role;
use std::borrow::Cow;

/// A document with fewer letters says nothing.
const LETTERS: usize = 40;

/// So many documents and texts are looked at beside a list.
const TEXTS_MAX: usize = 100;

/// A text beside the notices.
pub(super) struct Text<'a> {
    /// `body`, `attachments/0`.
    pub(super) source: &'a str,
    pub(super) text: Cow<'a, str>,
    /// The form that it is.
    pub(super) form: Option<Record>,
    /// A document for itself, which is there for a reason; else lines that stand beside a table.
    pub(super) document: bool,
}

/// The mail's own text.
pub(super) fn body(text: &str) -> Text<'_> {
    Text { source: "body", text: Cow::Borrowed(text), form: None, document: false }
}

/// Lines that stand within or beside tables.
pub(super) fn lines(lines: &[(String, String)]) -> impl Iterator<Item = Text<'_>> {
    lines.iter().map(|(source, text)| Text {
        source,
        text: Cow::Borrowed(text),
        form: None,
        document: false,
    })
}

/// The documents of a message that are wanted, by their place among its texts.
pub(super) fn documents<'a>(
    material: &Material<'a>,
    forms: &[(String, Record)],
    wanted: impl Fn(usize) -> bool,
) -> Vec<Text<'a>> {
    let all = material.letter.documents.iter().enumerate();
    all.filter(|(at, _)| wanted(*at))
        .map(|(at, (source, text))| {
            let form = several::form_of(material, forms, at);
            Text { source, text: Cow::Borrowed(text), form, document: true }
        })
        .collect()
}

/// The documents beside a list, and what stands in those with a list around it. A workbook's sheets are looked at as tables.
pub(super) fn around_lists<'a>(
    material: &Material<'a>,
    forms: &[(String, Record)],
    lists: &[String],
    context: &Context<'_>,
) -> Vec<Text<'a>> {
    let on = context.local_time.day_of(context.received_at);
    let book = |source: &str, text: &str| {
        let mut read = material.read.iter().filter(|(known, _)| known == source);
        read.any(|(_, document)| document.kind == DocumentKind::Xlsx && document.text == text)
    };
    let all = material.letter.documents.iter().enumerate();
    all.filter(|(_, (source, text))| !book(source, text))
        .map(|(at, (source, text))| {
            if !lists.contains(source) {
                let form = several::form_of(material, forms, at);
                return Text { source, text: Cow::Borrowed(text), form, document: true };
            }
            let mended = prose::mended(text);
            let parted = super::lines::tables(&mended, source, Naming::Rows, (context.labels, on));
            let document = parted.grids.is_empty();
            Text { source, text: Cow::Owned(parted.rest), form: None, document }
        })
        .collect()
}

/// Adds what the texts tell to what was told already.
pub(super) fn add(
    told: &mut Told,
    texts: Vec<Text<'_>>,
    letter: &Letter<'_>,
    context: &Context<'_>,
) {
    if texts.len() > TEXTS_MAX {
        leave(&mut told.left, "attachments", "tooMany", "attachments");
    }
    let mut known = Known::of(&told.notices);
    let on = context.local_time.day_of(context.received_at);
    for text in texts.into_iter().take(TEXTS_MAX) {
        if text.text.trim().is_empty() && text.form.is_none() {
            continue;
        }
        let read = alone(&text, letter, context);
        for at in known.spoken_of(&text.text) {
            if let Some(notice) = told.notices.get_mut(at)
                && (!text.document || says_more(&read, notice))
            {
                remark(notice, text.source);
            }
        }
        let key = Key::of(&read);
        let told_of = read.kind != NoticeType::Unknown;
        let household = known.of_key(&key);
        let stranger = household.is_none() && (!key.is_empty() || (told_of && !key.is_blank()));
        if stranger && told_of {
            let mut own = read;
            remark(&mut own, text.source);
            told.notices.push(own);
            told.list = true;
            known = Known::of(&told.notices);
        } else if stranger || known.unknown_number(&text.text, on) {
            leave(&mut told.left, place(text.source), "leftOver", text.source);
        } else if let Some(notice) = household.and_then(|at| told.notices.get_mut(at)) {
            if says_more(&read, notice) {
                remark(notice, text.source);
            }
        } else if text.document && letters(&text.text) >= LETTERS {
            leave(&mut told.left, "document", "leftOver", text.source);
        }
    }
}

/// Adds what another part of the message told by itself, its own findings included.
pub(super) fn add_read(told: &mut Told, read: Told, material: &Material<'_>) {
    let known = Known::of(&told.notices);
    let source = material.letter.documents.first().map_or("body", |(source, _)| source);
    told.left.extend(read.left);
    if told.list {
        for at in known.spoken_of(material.letter.text) {
            told.notices.get_mut(at).into_iter().for_each(|notice| remark(notice, source));
        }
    }
    for mut notice in read.notices {
        let key = Key::of(&notice);
        let told_of = notice.kind != NoticeType::Unknown;
        let household = known.of_key(&key);
        if let Some(same) = household.and_then(|at| told.notices.get_mut(at)) {
            if says_more(&notice, same) {
                remark(same, source);
            }
        } else if !key.is_empty() || (told_of && !key.is_blank()) {
            // A row of a table is somebody's own; what prose tells may be of both.
            if !read.structured || !told_of {
                remark(&mut notice, source);
            }
            told.notices.push(notice);
        }
    }
    // A document that names none of them, and nobody else.
    for (source, text) in material.letter.documents {
        let own = told.notices.iter().skip(known.count()).any(|notice| {
            notice.evidence.values().any(|evidence| evidence.source.starts_with(source.as_str()))
        });
        if !own && known.spoken_of(text).is_empty() && letters(text) >= LETTERS {
            leave(&mut told.left, "document", "leftOver", source);
        }
    }
}

fn place(source: &str) -> &'static str {
    if source.starts_with("attachments") { "document" } else { "text" }
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).take(LETTERS).count()
}

/// What a text by itself tells.
fn alone(text: &Text<'_>, letter: &Letter<'_>, context: &Context<'_>) -> Notice {
    let documents = [(text.source.to_owned(), text.text.clone().into_owned())];
    match text.source.starts_with("attachments") {
        true => {
            let letter = Letter { subject: "", text: "", documents: &documents, ..*letter };
            super::one(&letter, text.form.clone(), context)
        }
        false => {
            let letter = Letter { subject: "", text: &text.text, documents: &[], ..*letter };
            super::one(&letter, text.form.clone(), context)
        }
    }
}

/// A person compares the notice with the original.
fn remark(notice: &mut Notice, source: &str) {
    let path = if source == "body" { "/text".to_owned() } else { format!("/{source}") };
    let finding = remarks::finding(Severity::Error, "message", "beside", &path);
    if !notice.findings.contains(&finding) {
        notice.findings.push(finding);
    }
}

/// Whether a text tells of a household what its notice does not: another kind, sum, time or case, or children.
fn says_more(read: &Notice, notice: &Notice) -> bool {
    // That a home is tenant-owned, prose may well be silent about.
    let kind = read.kind != NoticeType::Unknown && as_owned(read.kind) != as_owned(notice.kind);
    let sum = |it: &Notice| it.arrears.as_ref().and_then(|it| it.amount_to_recover);
    let time = |it: &Notice| it.enforcement.as_ref().and_then(|it| it.starts_at);
    let case = |it: &Notice| it.enforcement.as_ref().and_then(|it| it.case_number.clone());
    let outcome = |it: &Notice| it.enforcement.as_ref().and_then(|it| it.outcome);
    let children = |it: &Notice| it.children.as_ref().map(|it| (it.known, it.count));
    let people = |it: &Notice| it.persons.iter().filter(|it| it.role != Role::Child).count();
    kind || (sum(read).is_some() && sum(read) != sum(notice))
        || (time(read).is_some() && time(read) != time(notice))
        || (case(read).is_some() && case(read) != case(notice))
        || (outcome(read).is_some() && outcome(read) != outcome(notice))
        || (children(read).is_some() && children(read) != children(notice))
        || people(read) > people(notice)
        || read.incidents.len() > notice.incidents.len()
}

/// What a message tells beside the notices of its structured parts.
pub(in crate::normalize) fn beside_structured(
    notices: Vec<Notice>,
    materials: &[Material<'_>],
    context: &Context<'_>,
) -> Told {
    let list = notices.len() > 1;
    let mut told = Told { notices, list, structured: true, left: Vec::new() };
    // What is no notice goes to a person as it is, with all that came with it.
    if matches!(told.notices.as_slice(), [only] if only.kind == NoticeType::Unknown) {
        return told;
    }
    for material in materials {
        let read = super::read(material, context);
        add_read(&mut told, read, material);
    }
    told
}
