//! What a message becomes that tells of several households: a notice for each row of its lists, each of its letters, each of its forms, and what stands
//! beside them.

use super::Context;
use super::Material;
use super::Told;
use super::beside;
use super::key::Key;
use super::list::leave;
use super::merge;
use super::once::Common;
use super::parts::Parts;
use super::prose;
use super::prose::Letter;
use super::record::Place;
use super::several;
use super::sheets::Sheets;
use super::together::Household;
use crate::domain::finding::Finding;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeType;

/// A notice for each household that has a letter of its own; `None` where the message is one.
pub(super) fn of_letters(
    material: &Material<'_>,
    parts: &Parts,
    left: &mut Vec<Finding>,
    (own, context): (&str, &Context<'_>),
) -> Option<Told> {
    let letters = several::documents(material, &parts.forms, left, context);
    if letters.notices.len() < 2 {
        return None;
    }
    let left = std::mem::take(left);
    let mut told = Told { notices: letters.notices, list: true, left, ..Told::default() };
    let mut texts = beside::documents(material, &parts.forms, |at| letters.shared.contains(&at));
    texts.push(beside::body(own));
    beside::add(&mut told, texts, &material.letter, context);
    Some(told.finished())
}

/// A table of one row: what the message tells beside it is told of the same household, unless it names another.
pub(super) fn of_row(
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
pub(super) fn of_list(
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
pub(super) fn of_forms(
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
