//! A message taken apart before it is read: its tables, its forms, and the text without them.

use super::Material;
use super::above;
use super::form;
use super::form_lines;
use super::grid::Grid;
use super::grid::Naming;
use super::html;
use super::lines;
use super::list::leave;
use super::questions;
use super::record::Record;
use super::wrapped;
use crate::domain::document::Document;
use crate::domain::document::DocumentKind;
use crate::domain::finding::Finding;
use crate::normalize::Context;
use crate::normalize::prose;

/// Tables, forms and the rest of a message.
pub(super) struct Parts {
    pub(super) grids: Vec<Grid>,
    /// Forms, with the source of each.
    pub(super) forms: Vec<(String, Record)>,
    /// The text without its tables.
    pub(super) rest: String,
    /// The text without its form, where it has one.
    pub(super) beside: Option<String>,
    /// Lines of files that stand within or beside a table, each with its source.
    pub(super) odd: Vec<(String, String)>,
    /// What files of rows say above and below these.
    pub(super) titles: String,
    /// What was not looked at.
    pub(super) left: Vec<Finding>,
}

impl Parts {
    pub(super) fn of(material: &Material<'_>, own: &str, context: &Context<'_>) -> Self {
        let on = context.local_time.day_of(context.received_at);
        let naming = if material.file { Naming::Rows } else { Naming::Text };
        let mended =
            if material.file { prose::mended(material.letter.text) } else { String::new() };
        let text = if material.file { &mended } else { own };
        let mut parted = lines::tables(text, "body", naming, (context.labels, on));
        let mut left = std::mem::take(&mut parted.left);
        let mut odd: Vec<(String, String)> = Vec::new();
        if material.file {
            odd.push(("body".to_owned(), parted.rest.clone()));
        }
        let forwarded = own.is_empty() || prose::forwards(material.letter.subject);
        let mut grids: Vec<Grid> = Vec::new();
        for html in material.html {
            let mut found = html::tables(html, "body", forwarded);
            grids.append(&mut found.grids);
            if found.cut {
                leave(&mut left, "text", "tooLarge", "text");
            }
        }
        if grids.is_empty() {
            grids.append(&mut parted.grids);
        }
        let (mut forms, mut titles) = (Vec::new(), String::new());
        let known: Vec<&str> = material.read.iter().map(|(source, _)| source.as_str()).collect();
        for (source, text) in
            material.letter.documents.iter().filter(|(source, _)| !known.contains(&source.as_str()))
        {
            let mended = prose::mended(text);
            let mut parted = lines::tables(&mended, source, Naming::Rows, (context.labels, on));
            left.append(&mut parted.left);
            if !parted.grids.is_empty() {
                titles.push_str(&titles_of(&parted.rest));
            }
            grids.append(&mut parted.grids);
            let read = form_lines::of_lines(&mended, source, context).map(|(forms, _)| forms);
            forms.extend(read.into_iter().flatten().map(|form| (source.clone(), form)));
        }
        for (source, document) in material.read {
            let sheet = document.kind == DocumentKind::Xlsx;
            let printed = document.kind == DocumentKind::Pdf;
            let grid = |table| Grid::of(table, source, sheet);
            let whole = |grid| if printed { wrapped::whole(grid) } else { grid };
            grids.extend(document.tables.iter().map(grid).map(whole));
            forms.extend(
                forms_of(document, source, context).into_iter().map(|form| (source.clone(), form)),
            );
            if document.remarks.iter().any(|remark| remark == "shortened") {
                leave(&mut left, "document", "tooMuch", source);
            }
        }
        let form = form_lines::of_lines(own, "body", context);
        let beside = form.as_ref().map(|(_, rest)| rest.clone());
        let read = match form {
            Some((forms, _)) => forms,
            None => beside_text(own, "body", context),
        };
        forms.extend(read.into_iter().map(|form| ("body".to_owned(), form)));
        Self { grids, forms, rest: parted.rest, beside, odd, titles, left }
    }

    /// Reads the forms of the letters of a bundle instead of those of the whole.
    pub(super) fn of_bundle(
        &mut self,
        documents: &[(String, String)],
        material: &Material<'_>,
        context: &Context<'_>,
    ) {
        let parted: Vec<&(String, String)> =
            documents.iter().filter(|it| !material.letter.documents.contains(it)).collect();
        self.forms.retain(|(source, _)| parted.iter().all(|(other, _)| other != source));
        for (source, text) in parted {
            let read = form_lines::of_lines(text, source, context).map(|(forms, _)| forms);
            let forms = read.unwrap_or_else(|| beside_text(text, source, context));
            self.forms.extend(forms.into_iter().map(|form| (source.clone(), form)));
        }
    }
}

/// So many lines beside a table are its titles, and each is no longer. Bytes.
const TITLES: usize = 8;
const TITLE_BYTES: usize = 200;

/// `Lista enligt 12:44 JB;;;;` above the rows of a file.
fn titles_of(rest: &str) -> String {
    let lines = rest.lines().map(|line| line.trim_matches([';', '\t', ',', '"', ' ', '#']));
    let titles = lines.filter(|line| !line.is_empty() && line.len() < TITLE_BYTES).take(TITLES);
    titles.flat_map(|line| [line, "\n"]).collect()
}

/// A document that is a form: its fields where they have names, its numbered questions, its lines of label and value.
fn forms_of(document: &Document, source: &str, context: &Context<'_>) -> Vec<Record> {
    if document.kind == DocumentKind::Xlsx {
        return Vec::new();
    }
    let text = prose::mended(&document.text);
    let asked = questions::of_questions(&text, source, context);
    let fields = form::of_fields(&document.fields, source, context);
    match asked {
        Some(mut asked) => {
            for told in fields.values() {
                asked.put(&told.path, &told.text, &told.from, told.sure);
            }
            vec![asked]
        }
        None if fields.cells > 0 || fields.values().count() >= 2 => vec![fields],
        None => {
            let read = form_lines::of_lines(&text, source, context).map(|(forms, _)| forms);
            read.unwrap_or_else(|| beside_text(&text, source, context))
        }
    }
}

/// The form that adds to what a text is read as: of labels above what is filled in, or of lines behind colons.
fn beside_text(text: &str, source: &str, context: &Context<'_>) -> Vec<Record> {
    let above = labelled_above(text, source, context);
    if above.is_empty() {
        return form_lines::of_colons(text, source, context).into_iter().collect();
    }
    above
}

/// The form whose labels stand above what is filled in; none where it tells of several households.
fn labelled_above(text: &str, source: &str, context: &Context<'_>) -> Vec<Record> {
    let read =
        above::beside(text).and_then(|beside| form_lines::of_lines(&beside, source, context));
    let mut forms = read.map(|(forms, _)| forms).unwrap_or_default();
    if forms.len() != 1 {
        return Vec::new();
    }
    forms.iter_mut().for_each(|form| form.adds = true);
    forms
}
