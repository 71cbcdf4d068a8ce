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
mod columns_inferred;
mod completed;
mod counted;
mod day_heading;
mod debt_lines;
mod filling;
mod for_all;
mod foreign;
mod form;
mod form_debts;
mod form_lines;
mod form_whose;
mod grid;
mod heads;
mod household;
mod html;
mod inferred;
mod inferred_shapes;
mod inferred_words;
mod key;
mod kind_words;
mod kinds;
mod known;
mod left_out;
mod lines;
mod list;
mod lists;
mod material;
mod merge;
mod months;
mod names;
mod nobody;
mod numbered;
mod once;
mod owed;
mod own_household;
mod parties;
mod parts;
mod party_labels;
mod person_words;
mod questions;
mod record;
mod records;
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
pub(super) mod tree;
mod turned;
mod unfold;
mod unfold_lines;
mod vocabulary;
mod words;
mod wrapped;

use super::Context;
use super::prose;
use super::prose::Letter;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeType;
pub(super) use beside::beside_structured;
pub(super) use foreign::is_foreign_table;
use lists::of_forms;
use lists::of_letters;
use lists::of_list;
use lists::of_row;
pub(super) use material::Material;
pub(super) use material::Told;
use once::Common;
use parts::Parts;
use record::Record;
use sheets::Sheets;
pub(super) use unfold::text as unfolded;

/// Reads a message.
pub(super) fn read(material: &Material<'_>, context: &Context<'_>) -> Told {
    if let Some(told) = tree::pasted(material, context) {
        return told;
    }
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
    own_household::take_out(&mut told.notices, &material.letter);
    for_all::fill(&mut told.notices, &own, context);
    heads::fill(&mut told.notices, material, &own, context);
    told.notices.iter_mut().for_each(parties::settle);
    if let [notice] = told.notices.as_mut_slice() {
        prose::sum_up(&material.letter, notice);
    }
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
    let material = &bundle::material(material, bundled.as_deref());
    let letter = &material.letter;
    if let Some(told) = of_letters(material, &parts, &mut left, (&own, context)) {
        return told;
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
    let mut notice = one(&letter, record, context);
    debt_lines::fill(&mut notice, &own, context);
    Told { notices: vec![notice], list: false, structured, left }
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
    let mut record = record.clone();
    parties::form_of_owner(&base, &mut record);
    completed::place_is_home(&mut record);
    if matches!(kind, NoticeType::EvictionChanged | NoticeType::EvictionExecuted)
        && !record.any("enforcement.noLongerAt")
        && !record.any("enforcement.executedAt")
    {
        completed::by_kind(&mut record, kind);
    }
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
mod inferred_tests;
#[cfg(test)]
mod lost_tests;
#[cfg(test)]
mod mixed_tests;
#[cfg(test)]
mod sections_tests;
#[cfg(test)]
mod sheets_tests;
#[cfg(test)]
mod tests;
