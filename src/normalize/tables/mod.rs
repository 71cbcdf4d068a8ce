//! A message as one notice or many: its tables, forms, documents and lists told apart, each household's values together, and what is said once
//! for all of them given to each.
//!
//! Free text goes the way it always went (`prose`). What a table or a form tells in the place made for it stands over what the text alone would
//! be read as, and what the two tell differently is a finding.

mod align;
mod cells;
mod columns;
mod completed;
mod form;
mod grid;
mod household;
mod html;
mod kinds;
mod lines;
mod list;
mod merge;
mod months;
mod names;
mod once;
mod owed;
mod questions;
mod record;
mod row;
mod several;
mod sheets;
mod tell;
mod tell_home;
mod tell_person;
mod tell_value;
mod vocabulary;
mod words;

use super::Context;
use super::prose;
use super::prose::Letter;
use crate::domain::document::Document;
use crate::domain::document::DocumentKind;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeType;
use grid::Grid;
use grid::Naming;
use record::Record;
use sheets::Sheets;

/// A message with its documents.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Material<'a> {
    /// Its subject, its text and the address it came from; its documents as text.
    pub(super) letter: Letter<'a>,
    /// Its text as HTML, where it came so.
    pub(super) html: &'a [String],
    /// Its documents as they were taken apart, each with its source.
    pub(super) read: &'a [(String, &'a Document)],
    /// Its text is a file, whose rows are named by their number.
    pub(super) file: bool,
}

/// What was read: the notices, none of which may be of a known kind.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// In the order of the message. Never empty.
    pub(super) notices: Vec<Notice>,
    /// They are rows of a list: the whole text and the files belong to none of them alone.
    pub(super) list: bool,
    /// A table or a form tells them, not free text alone.
    pub(super) structured: bool,
}

/// Reads a message.
pub(super) fn read(material: &Material<'_>, context: &Context<'_>) -> Told {
    let letter = &material.letter;
    let (own, signature) = prose::own(letter.text, letter.subject);
    let mut parts = Parts::of(material, &own, context);
    let mut sheets = Sheets::read(&parts.grids, context);
    if sheets.records.len() > 1 || (sheets.records.len() == 1 && sheets.columnar) {
        let common = Common {
            subject: letter.subject,
            text: &parts.rest,
            whole: letter.text,
            from: letter.from,
            from_name: letter.from_name,
            file: material.file,
        };
        let notices = sheets.notices(&common, context);
        if !notices.is_empty() {
            let list = notices.len() > 1;
            return Told {
                notices: notices.into_iter().map(finished).collect(),
                list,
                structured: true,
            };
        }
    }
    parts.forms.extend(sheets.forms);
    let several = several::documents(material, &parts.forms, context);
    if several.len() > 1 {
        return Told {
            notices: several.into_iter().map(finished).collect(),
            list: true,
            structured: false,
        };
    }
    let blocks = several::blocks(material, &own, context);
    if blocks.len() > 1 {
        return Told { notices: blocks, list: true, structured: false };
    }
    let told = prose::several(letter, context);
    if told.len() > 1 {
        return Told { notices: told, list: true, structured: false };
    }
    let record = together(parts.forms, sheets.detail);
    let structured = record.as_ref().is_some_and(|it| it.kind.is_some() && it.names_somebody());
    // The lines of a form are no prose: what stands beside them is read as such.
    let signed = parts.beside.map(|beside| format!("{beside}\n\n-- \n{signature}"));
    let letter = Letter { text: signed.as_deref().unwrap_or(letter.text), ..*letter };
    Told { notices: vec![one(&letter, record, context)], list: false, structured }
}

/// A single notice: the text's, with the form's values over it.
fn one(letter: &Letter<'_>, record: Option<Record>, context: &Context<'_>) -> Notice {
    let Some(record) = record else { return prose::read(letter, context) };
    let told = record.kind.as_ref().map(|kind| kind.0);
    let base = prose::read_as(letter, told, context);
    let kind = record.kind.as_ref().filter(|(_, sure, _)| *sure >= 0.96);
    let kind = kind.map_or(base.kind, |(kind, _, _)| *kind);
    let top = record.notice(kind, context);
    finished(merge::over(base, top))
}

/// Forms of one household and the months that stand in a table beside them.
fn together(forms: Vec<(String, Record)>, detail: Option<Record>) -> Option<Record> {
    let mut forms = forms.into_iter().map(|(_, record)| record);
    let mut first = match (forms.next(), detail) {
        (Some(mut first), detail) => {
            if let Some(detail) = detail {
                sheets::detail_over(&mut first, detail);
            }
            first
        }
        (None, Some(detail)) => detail,
        (None, None) => return None,
    };
    for more in forms {
        for told in more.values() {
            first.put(&told.path, &told.text, &told.from, told.sure);
        }
        first.kind = first.kind.or(more.kind);
    }
    Some(first)
}

/// Until the reader is calibrated, nothing that it takes from what people wrote goes on by itself.
fn finished(mut notice: Notice) -> Notice {
    if let Some(arrears) = notice.arrears.as_mut()
        && let Some(evidence) = notice.evidence.get("/arrears/amountToRecover")
    {
        arrears.as_written = Some(evidence.quote.reveal().to_owned());
        arrears.currency.get_or_insert_with(|| "SEK".to_owned());
    }
    let finding =
        super::remarks::finding(crate::domain::finding::Severity::Error, "message", "freeText", "");
    if notice.kind != NoticeType::Unknown && !notice.findings.contains(&finding) {
        notice.findings.push(finding);
    }
    notice
}

/// What a message says beside its tables.
struct Common<'a> {
    subject: &'a str,
    /// What is said, without the tables.
    text: &'a str,
    /// The whole text, signature included.
    whole: &'a str,
    from: Option<&'a str>,
    from_name: Option<&'a str>,
    /// The message is a file.
    file: bool,
}

/// Tables, forms and the rest of a message.
struct Parts {
    grids: Vec<Grid>,
    /// Forms, with the source of each.
    forms: Vec<(String, Record)>,
    /// The text without its tables.
    rest: String,
    /// The text without its form, where it has one.
    beside: Option<String>,
}

impl Parts {
    fn of(material: &Material<'_>, own: &str, context: &Context<'_>) -> Self {
        let naming = if material.file { Naming::Rows } else { Naming::Text };
        let mended =
            if material.file { prose::mended(material.letter.text) } else { String::new() };
        let text = if material.file { &mended } else { own };
        let mut parted = lines::tables(text, "body", naming, context.labels);
        let forwarded = own.is_empty() || prose::forwards(material.letter.subject);
        let mut grids: Vec<Grid> =
            material.html.iter().flat_map(|html| html::tables(html, "body", forwarded)).collect();
        if grids.is_empty() {
            grids.append(&mut parted.grids);
        }
        let mut forms = Vec::new();
        let known: Vec<&str> = material.read.iter().map(|(source, _)| source.as_str()).collect();
        for (source, text) in
            material.letter.documents.iter().filter(|(source, _)| !known.contains(&source.as_str()))
        {
            let mended = prose::mended(text);
            grids.append(&mut lines::tables(&mended, source, Naming::Rows, context.labels).grids);
            forms.extend(
                form::of_lines(&mended, source, context).map(|(form, _)| (source.clone(), form)),
            );
        }
        for (source, document) in material.read {
            let sheet = document.kind == DocumentKind::Xlsx;
            grids.extend(document.tables.iter().map(|table| Grid::of(table, source, sheet)));
            forms.extend(form_of(document, source, context).map(|form| (source.clone(), form)));
        }
        let form = form::of_lines(own, "body", context);
        let beside = form.as_ref().map(|(_, rest)| rest.clone());
        forms.extend(form.map(|(form, _)| ("body".to_owned(), form)));
        Self { grids, forms, rest: parted.rest, beside }
    }
}

/// A document that is a form: its fields where they have names, its numbered questions, its lines of label and value.
fn form_of(document: &Document, source: &str, context: &Context<'_>) -> Option<Record> {
    if document.kind == DocumentKind::Xlsx {
        return None;
    }
    let text = prose::mended(&document.text);
    let asked = questions::of_questions(&text, source, context);
    let fields = form::of_fields(&document.fields, source, context);
    match asked {
        Some(mut asked) => {
            for told in fields.values() {
                asked.put(&told.path, &told.text, &told.from, told.sure);
            }
            Some(asked)
        }
        None if fields.cells > 0 || fields.values().count() >= 2 => Some(fields),
        None => form::of_lines(&text, source, context).map(|(form, _)| form),
    }
}

/// Whether a text file is a table that our CSV does not know by its own headings, but this reader does.
pub(super) fn is_foreign_table(text: &str, context: &Context<'_>) -> bool {
    let parted = lines::tables(text, "body", Naming::Rows, context.labels);
    parted
        .grids
        .iter()
        .filter_map(|grid| {
            columns::Columns::find(
                grid,
                context.labels,
                context.local_time.day_of(context.received_at),
            )
            .map(|found| (grid, found))
        })
        .any(|(grid, found)| {
            let head = grid.rows.get(found.header).map(Vec::as_slice).unwrap_or_default();
            let foreign = head
                .iter()
                .zip(&found.fields)
                .any(|(cell, field)| field.is_some() && !vocabulary::is_documented(cell.as_str()));
            // Our own dotted paths are written by systems: what they name beside them is left to our CSV.
            let dotted = head.iter().any(|cell| {
                cell.as_str().contains('.') && vocabulary::is_documented(cell.as_str())
            });
            found.is_list() && foreign && !dotted
        })
}

#[cfg(test)]
mod sheets_tests;
#[cfg(test)]
mod tests;
