//! One row of a CSV file as a tree, which then goes the way of JSON and XML.

use super::Context;
use super::Input;
use super::build;
use super::csv_columns::Column;
use super::csv_columns::Columns;
use super::csv_columns::folded;
use super::csv_words;
use super::fields::Fields;
use super::fields::Style;
use super::node::Members;
use super::node::Node;
use crate::domain::finding::Severity;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeType;
use csv::StringRecord;
use std::borrow::Cow;

/// Lists in a row are short; an index beyond this is no index.
const INDEX_MAX: usize = 20;
/// So much of a row is quoted as evidence.
const QUOTE_BYTES: usize = 2048;

/// Reads one row; `number` counts data rows from 1.
pub(super) fn notice<'c>(
    columns: &Columns,
    row: &StringRecord,
    number: usize,
    input: &Input<'_>,
    context: &Context<'c>,
) -> (Notice, Fields<'c>) {
    let prefix = if input.source == "body" { String::new() } else { format!("{}/", input.source) };
    let source = format!("{prefix}row/{number}");
    let mut fields = Fields::new(Style::Sheet, input, context, source, String::new());
    let mut members = Members::new();
    let mut unknown = Vec::new();
    for (at, cell) in row.iter().enumerate() {
        let cell = cell.trim();
        if cell.is_empty() {
            continue;
        }
        let column = columns.all.get(at).unwrap_or(&Column::Nameless);
        if !place(&mut members, column, cell) {
            unknown.push((at, cell));
        }
    }
    second_tenants(&mut members);
    let mut notice = build::notice(&mut fields, &mut members);
    for (at, cell) in unknown {
        fields.within("columns", |fields| {
            fields.within(&(at + 1).to_string(), |fields| {
                fields.keep(cell, 1.0);
                fields.remark(Severity::Info, "columns", "unknownColumn");
            });
        });
    }
    let quote = row.iter().collect::<Vec<_>>().join(";");
    fields.keep(build::shorten(&quote, QUOTE_BYTES).0, 1.0);
    infer_type(&mut fields, columns, &mut notice);
    if names_nobody(&notice) {
        fields.remark(Severity::Error, "row", "noOne");
    }
    notice.findings.append(&mut fields.findings);
    notice.evidence.append(&mut fields.evidence);
    (notice, fields)
}

/// A list of arrears needs no column for the type; another file does.
fn infer_type(fields: &mut Fields<'_>, columns: &Columns, notice: &mut Notice) {
    if columns.typed || !columns.amounts || notice.arrears.is_none() {
        return;
    }
    notice.kind =
        if columns.tenant_owned { NoticeType::TenantOwnedArrears } else { NoticeType::RentArrears };
    fields.within("type", |fields| fields.remark(Severity::Info, "type", "typeInferred"));
}

fn names_nobody(notice: &Notice) -> bool {
    notice.persons.is_empty()
        && notice.dwelling.is_none()
        && notice.enforcement.is_none()
        && notice.relates_to.is_none()
}

/// Whether the row sums up the others: the word for it, then nothing but figures. A row that says anything else is somebody's.
pub(super) fn is_total(row: &StringRecord) -> bool {
    let mut cells = row.iter().map(str::trim).filter(|cell| !cell.is_empty());
    let word = cells.next().map(folded).unwrap_or_default();
    let figures = |cell: &str| !without_currency(cell).chars().any(char::is_alphabetic);
    matches!(word.as_str(), "summa" | "totalt" | "total" | "totalsumma") && cells.all(figures)
}

fn without_currency(cell: &str) -> String {
    cell.to_lowercase().replace("sek", "").replace("kronor", "").replace("kr", "")
}

/// Puts a cell where its column says; `false` when there is no such place.
fn place(members: &mut Members<'_>, column: &Column, cell: &str) -> bool {
    match column {
        Column::Path(path) => {
            let steps: Vec<&str> = path.split('.').collect();
            let word = csv_words::word(path, cell).unwrap_or(cell);
            insert(members, &steps, word)
        }
        Column::Children => children(members, cell),
        Column::BirthYears => {
            let years = cell.split(|letter: char| !letter.is_ascii_digit());
            years.filter(|year| !year.is_empty()).take(INDEX_MAX).enumerate().all(|(at, year)| {
                insert(members, &["children", "birthYears", &at.to_string()], year)
            })
        }
        Column::Unknown | Column::Nameless => false,
    }
}

/// `Barn`: `ja`, `nej`, `2`, `2 barn`.
fn children(members: &mut Members<'_>, cell: &str) -> bool {
    let digits: String = cell.chars().take_while(char::is_ascii_digit).collect();
    if digits.is_empty() {
        return insert(members, &["children", "known"], cell);
    }
    insert(members, &["children", "count"], &digits)
}

pub(super) fn insert(members: &mut Members<'_>, steps: &[&str], cell: &str) -> bool {
    let Some((first, rest)) = steps.split_first() else { return false };
    let at = match members.iter().position(|(name, _)| name == first) {
        Some(at) => at,
        None => {
            members.push((Cow::Owned((*first).to_owned()), Node::Null));
            members.len() - 1
        }
    };
    members.get_mut(at).is_some_and(|(_, node)| insert_below(node, rest, cell))
}

fn insert_below(node: &mut Node<'_>, steps: &[&str], cell: &str) -> bool {
    let Some(step) = steps.first() else {
        let free = *node == Node::Null;
        if free {
            *node = Node::Text(Cow::Owned(cell.to_owned()));
        }
        return free;
    };
    let Ok(index) = step.parse::<usize>() else {
        if *node == Node::Null {
            *node = Node::Object(Members::new());
        }
        return match node {
            Node::Object(members) => insert(members, steps, cell),
            _ => false,
        };
    };
    if *node == Node::Null {
        *node = Node::List(Vec::new());
    }
    match (node, steps.split_first()) {
        (Node::List(items), Some((_, rest))) if index < INDEX_MAX => {
            while items.len() <= index {
                items.push(Node::Null);
            }
            items.get_mut(index).is_some_and(|item| insert_below(item, rest, cell))
        }
        _ => false,
    }
}

/// Whoever stands behind the first without a role of their own is on the same contract.
pub(super) fn second_tenants(members: &mut Members<'_>) {
    let persons = members.iter_mut().find(|(name, _)| name == "persons");
    let Some((_, Node::List(persons))) = persons else { return };
    for person in persons.iter_mut().skip(1) {
        if let Node::Object(person) = person
            && !person.iter().any(|(name, _)| name == "role")
        {
            person.push((Cow::Borrowed("role"), Node::Text(Cow::Borrowed("coTenant"))));
        }
    }
}
