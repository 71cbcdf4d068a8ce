//! A message as one notice or many: its tables, forms, documents and lists told apart, each household's values together, and what is said once
//! for all of them given to each.
//!
//! Free text goes the way it always went (`prose`). What a table or a form tells in the place made for it stands over what the text alone would
//! be read as, and what the two tell differently is a finding.

mod above;
mod align;
mod asked;
mod beside;
mod blocks;
mod bundle;
mod cards;
mod cells;
mod columns;
mod completed;
mod filling;
mod for_all;
mod foreign;
mod form;
mod form_debts;
mod form_lines;
mod grid;
mod household;
mod html;
mod inferred;
mod key;
mod kind_words;
mod kinds;
mod known;
mod left_out;
mod lines;
mod list;
mod material;
mod merge;
mod months;
mod names;
mod nobody;
mod once;
mod owed;
mod parties;
mod parts;
mod party_labels;
mod person_words;
mod questions;
mod record;
mod remarks;
mod row;
mod rows;
mod sections;
mod several;
mod sheets;
mod tagged;
mod tell;
mod tell_home;
mod tell_person;
mod tell_value;
mod together;
mod totals;
mod unfold;
mod unfold_lines;
mod vocabulary;
mod words;

use super::Context;
use super::prose;
use super::prose::Letter;
use crate::domain::finding::Finding;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeType;
pub(super) use beside::beside_structured;
pub(super) use foreign::is_foreign_table;
use key::Key;
use list::leave;
pub(super) use material::Material;
pub(super) use material::Told;
use once::Common;
use parts::Parts;
use record::Place;
use record::Record;
use sheets::Sheets;
use together::Household;
pub(super) use unfold::text as unfolded;

/// Reads a message.
pub(super) fn read(material: &Material<'_>, context: &Context<'_>) -> Told {
    if let Some(text) = tagged::lines(material.letter.text) {
        let letter = Letter { text: &text, ..material.letter };
        return read_lines(&Material { letter, ..*material }, context);
    }
    read_lines(material, context)
}

/// The same, with the values of a program's message as lines of label and value.
fn read_lines(material: &Material<'_>, context: &Context<'_>) -> Told {
    let (own, _) = prose::own(material.letter.text, material.letter.subject);
    let mut told = read_all(material, &own, context);
    for_all::fill(&mut told.notices, &own, context);
    told.notices.iter_mut().for_each(parties::settle);
    let beside = prose::unaccounted(&material.letter, &told.notices, context);
    for notice in &mut told.notices {
        notice.findings.extend(beside.iter().cloned());
    }
    told
}

/// Its sections where it has any, else the whole.
fn read_all(material: &Material<'_>, own: &str, context: &Context<'_>) -> Told {
    let letter = &material.letter;
    let mut left = Vec::new();
    let sections = sections::sections(material, own, &mut left, context);
    if sections.len() > 1 {
        let mut told = Told { notices: sections, list: true, structured: true, left };
        let texts = beside::documents(material, &[], |_| true);
        beside::add(&mut told, texts, letter, context);
        return told.finished();
    }
    read_part(material, context)
}

/// Reads a message, or one section of it.
fn read_part(material: &Material<'_>, context: &Context<'_>) -> Told {
    let letter = &material.letter;
    let (own, signature) = prose::own(letter.text, letter.subject);
    let mut parts = Parts::of(material, &own, context);
    let mut sheets = Sheets::read(&parts.grids, context);
    let mut left = std::mem::take(&mut parts.left);
    // A table of one household's own values stands over the letter; a table of others is a list.
    if sheets.records.len() > 1 || (sheets.records.len() == 1 && sheets.columnar) {
        let notices = sheets.notices(&Common::of(material, &parts), context);
        left.append(&mut sheets.left);
        if let [_] = notices.as_slice() {
            return of_row(notices, (sheets, parts, left), material, context);
        }
        if !notices.is_empty() {
            return of_list(notices, (sheets, parts, left), material, context);
        }
    }
    left.append(&mut sheets.left);
    parts.forms.append(&mut sheets.forms);
    let bundled = bundle::documents(material, context);
    if let Some(documents) = &bundled {
        parts.of_bundle(documents, material, context);
    }
    let material = &bundled_material(material, bundled.as_deref());
    let letter = &material.letter;
    let letters = several::documents(material, &parts.forms, &mut left, context);
    if letters.notices.len() > 1 {
        let mut told = Told { notices: letters.notices, list: true, left, ..Told::default() };
        let mut texts =
            beside::documents(material, &parts.forms, |at| letters.shared.contains(&at));
        texts.push(beside::body(&own));
        beside::add(&mut told, texts, letter, context);
        return told.finished();
    }
    let blocks = blocks::blocks(material, &own, &mut left, context);
    if blocks.len() > 1 {
        let mut told = Told { notices: blocks, list: true, left, ..Told::default() };
        let texts = beside::documents(material, &parts.forms, |_| true);
        beside::add(&mut told, texts, letter, context);
        return told.finished();
    }
    let mut households = together::by_household(std::mem::take(&mut parts.forms), &mut left);
    if households.len() > 1 {
        return of_forms(households, (sheets, parts, left), material, context);
    }
    let silent = households.iter().all(|household| household.form.adds);
    let running = if silent { prose::several(letter, context) } else { Vec::new() };
    if running.len() > 1 {
        let mut told = Told { notices: running, list: true, left, ..Told::default() };
        let texts = beside::documents(material, &[], |_| true);
        beside::add(&mut told, texts, letter, context);
        return told.finished();
    }
    let form = households.pop().map(|household| household.form);
    let record = together::with_detail(form, sheets.detail);
    let structured = record.as_ref().is_some_and(|it| it.kind.is_some() && it.names_somebody());
    // The lines of a form are no prose: what stands beside them is read as such.
    let signed = parts.beside.map(|beside| format!("{beside}\n\n-- \n{signature}"));
    let letter = Letter { text: signed.as_deref().unwrap_or(letter.text), ..*letter };
    let notice = one(&letter, record, context);
    Told { notices: vec![notice], list: false, structured, left }
}

/// The message with the letters of its bundles as documents of their own.
fn bundled_material<'a>(
    material: &Material<'a>,
    documents: Option<&'a [(String, String)]>,
) -> Material<'a> {
    let documents = documents.unwrap_or(material.letter.documents);
    Material { letter: Letter { documents, ..material.letter }, ..*material }
}

/// A table of one row: what the message tells beside it is told of the same household, unless it names another.
fn of_row(
    mut notices: Vec<Notice>,
    (sheets, parts, left): (Sheets, Parts, Vec<Finding>),
    material: &Material<'_>,
    context: &Context<'_>,
) -> Told {
    let (_, signature) = prose::own(material.letter.text, material.letter.subject);
    let rest = format!("{}\n\n-- \n{signature}", parts.rest);
    let letter = Letter { text: &rest, documents: &[], ..material.letter };
    let kind = notices.first().map(|row| row.kind).filter(|kind| *kind != NoticeType::Unknown);
    let base = prose::read_as(&letter, kind, context);
    let same = |row: &mut Notice| !Key::of(row).contradicts(&Key::of(&base));
    if !material.file && notices.first_mut().is_some_and(same) {
        let row = notices.swap_remove(0);
        let mut parts = parts;
        parts.rest.clear();
        return of_list(vec![merge::over(base, row)], (sheets, parts, left), material, context);
    }
    of_list(notices, (sheets, parts, left), material, context)
}

/// A list, and what the message tells beside it.
fn of_list(
    notices: Vec<Notice>,
    (sheets, parts, left): (Sheets, Parts, Vec<Finding>),
    material: &Material<'_>,
    context: &Context<'_>,
) -> Told {
    let list = notices.len() > 1;
    let mut told = Told { notices, list, structured: true, left };
    let (_, signature) = prose::own(material.letter.text, material.letter.subject);
    let rest = format!("{}\n\n-- \n{signature}", parts.rest);
    let forms = [parts.forms, sheets.forms].concat();
    let mut texts = beside::around_lists(material, &forms, &sheets.lists, context);
    texts.extend(beside::lines(&sheets.beside));
    texts.extend(beside::lines(&parts.odd));
    if !material.file {
        texts.push(beside::body(&rest));
    }
    beside::add(&mut told, texts, &material.letter, context);
    told.finished()
}

/// A notice for each household that has a form of its own.
fn of_forms(
    households: Vec<Household>,
    (mut sheets, parts, mut left): (Sheets, Parts, Vec<Finding>),
    material: &Material<'_>,
    context: &Context<'_>,
) -> Told {
    if sheets.detail.is_some() {
        leave(&mut left, "arrears", "leftOver", "arrears");
    }
    // What they are about may be said once, above all of them.
    let whole = prose::read(&material.letter, context);
    let said = whole.evidence.get("/type").filter(|_| whole.kind != NoticeType::Unknown);
    let said = said.map(|it| {
        let quote = it.quote.reveal().to_owned();
        (whole.kind, it.confidence, Place { source: it.source.clone(), quote })
    });
    sheets.records = households.into_iter().map(|it| (it.form, said.clone())).collect();
    let notices = sheets.notices(&Common::of(material, &parts), context);
    left.append(&mut sheets.left);
    if notices.is_empty() {
        leave(&mut left, "message", "leftOver", "");
        return Told { notices: vec![whole], left, ..Told::default() };
    }
    let mut told = Told { notices, list: true, structured: true, left };
    let beside = parts.beside.as_deref().unwrap_or(&parts.rest);
    beside::add(&mut told, vec![beside::body(beside)], &material.letter, context);
    told.finished()
}

/// A single notice: the text's, with the form's values over it.
fn one(letter: &Letter<'_>, record: Option<Record>, context: &Context<'_>) -> Notice {
    let Some(record) = record else { return prose::read(letter, context) };
    let told = record.kind.as_ref().map(|kind| kind.0);
    let mut base = prose::read_as(letter, told, context);
    let documents = letter.documents.iter().map(|(_, text)| text.as_str());
    let texts: Vec<&str> = std::iter::once(letter.text).chain(documents).collect();
    align::doubt_kin(&mut base, &texts);
    let kind = record.kind.as_ref().filter(|(_, sure, _)| *sure >= 0.96);
    let kind = kind.map_or(base.kind, |(kind, _, _)| *kind);
    let mut notice = with_form(base, &record, kind, context);
    align::agent_of_landlord(&mut notice, &record);
    finished(notice)
}

/// A text's notice with what a form tells, over it or where it is silent.
fn with_form(base: Notice, record: &Record, kind: NoticeType, context: &Context<'_>) -> Notice {
    let form = record.notice(kind, context);
    match record.adds && base.kind != NoticeType::Unknown {
        true => {
            let mut form = form;
            let kind = base.sender.as_ref().map(|sender| sender.kind);
            // The text knows what sort of sender it is, without a word to show for it.
            form.sender.iter_mut().zip(kind).for_each(|(sender, kind)| sender.kind = kind);
            merge::over(form, base)
        }
        false => merge::over(base, form),
    }
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

#[cfg(test)]
mod lost_tests;
#[cfg(test)]
mod mixed_tests;
#[cfg(test)]
mod sheets_tests;
#[cfg(test)]
mod tests;
