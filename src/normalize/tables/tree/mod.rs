//! A message that a program wrote in a shape of its own, JSON or XML that is not ours: its households told apart, and each value put where its name, what
//! it stands in and its own shape say.

mod atoms;
mod branch;
mod finish;
mod gather;
mod heading;
mod items;
mod kids;
mod leaf;
mod letter;
mod lexicon;
mod pasted;
mod said;
mod shapes;
mod units;
mod values;

#[cfg(test)]
mod tests;

use super::super::Context;
use super::Material;
use super::Told;
use super::once::Common;
use super::once::Once;
use super::parts::Parts;
use super::sheets::Sheets;
use crate::domain::finding::Severity;
use crate::domain::notice::Notice;
pub(in crate::normalize) use branch::Branch;
use gather::Around;
use gather::Gather;
pub(super) use heading::day_of;
pub(super) use heading::heading;
pub(super) use heading::is_clock;
pub(super) use heading::is_home;
pub(super) use heading::is_moment;
pub(super) use heading::is_month;
pub(super) use heading::month_of;
use jiff::civil::Date;
pub(super) use pasted::pasted;
use std::collections::HashSet;
use units::Unit;

/// Reads a program's message; `None` where it tells of nobody.
pub(in crate::normalize) fn read(
    root: &Branch,
    source: &str,
    context: &Context<'_>,
) -> Option<Told> {
    let material = Material { file: true, ..Material::default() };
    beside(root, source, &material, context)
}

/// Reads a program's message that stands in a letter, with what the letter says around it.
fn beside(
    root: &Branch,
    source: &str,
    material: &Material<'_>,
    context: &Context<'_>,
) -> Option<Told> {
    let on = context.local_time.day_of(context.received_at);
    if let Some(told) = letter::read(root, source, context) {
        return Some(told);
    }
    let units = units::units(root, on);
    let ore = in_hundredths(root);
    let all = units.len();
    let mut records = Vec::new();
    for unit in units.into_iter().take(context.limits.notices) {
        let gathered = gathered(&unit, ore, source, context);
        let record = gathered.finished();
        if record.names_somebody() {
            records.push(record);
        }
    }
    if records.is_empty() {
        return None;
    }
    let mut notices = notices(records, material, context);
    let mut left = Vec::new();
    if all > context.limits.notices {
        super::list::leave(&mut left, "row", "tooMany", source);
    }
    lost(root, &mut notices, on);
    let list = notices.len() > 1;
    let mut told = Told { notices, list, structured: true, left };
    told.notices.iter_mut().for_each(super::parties::settle);
    Some(told.finished())
}

/// Whether there is nothing in it that a notice could be made of: a sign of life of the program's.
pub(in crate::normalize) fn is_empty(root: &Branch, on: Date) -> bool {
    let all = root.all();
    let told = |branch: &&Branch| {
        let text = branch.value.as_str();
        let digits = text.chars().filter(char::is_ascii_digit).count();
        let firm = shapes::organisation(text).is_some();
        shapes::is_identity(text, on)
            || (digits >= 10 && !firm && shapes::day(text, on).is_none())
            || shapes::is_case(text)
            || text.chars().count() > 90
            || shapes::is_street(text)
                && digits > 0
                && shapes::words(text) < 5
                && shapes::day(text, on).is_none()
    };
    all.len() <= 60 && !all.iter().any(told)
}

/// Everything of a unit, and what stands around it where the unit itself is silent.
fn gathered<'c>(unit: &Unit, ore: bool, source: &str, context: &'c Context<'c>) -> Gather<'c> {
    let mut whole = Gather::new(context, source);
    whole.ore = ore;
    let mut topics = Vec::new();
    for around in &unit.around {
        topics.splice(0..0, atoms::atoms(&around.name));
    }
    let top = Around { top: true, topics, ..Around::default() };
    whole.walk(&unit.branch, &top);
    for around in unit.around.iter().rev() {
        let mut outer = Gather::new(context, source);
        outer.ore = ore;
        let head = Around { party: None, ..Around::default() };
        outer.walk(around, &head);
        whole.complete(outer, &around.name);
    }
    whole
}

/// Whether sums are counted in öre: `"unit": "öre"`.
fn in_hundredths(root: &Branch) -> bool {
    root.all().iter().any(|branch| {
        let text = crate::domain::labels::folded(&branch.value);
        matches!(text.as_str(), "ore" | "oren" | "cent" | "cents")
            && atoms::atoms(&branch.name).contains(&atoms::Atom::Unit)
    })
}

fn notices(
    records: Vec<super::record::Record>,
    material: &Material<'_>,
    context: &Context<'_>,
) -> Vec<Notice> {
    let parts = Parts::of(material, material.letter.text, context);
    let records = records.into_iter().map(|it| (it, None)).collect();
    let sheets = Sheets { records, ..Sheets::default() };
    let once = Once::of(&sheets, &Common::of(material, &parts), context);
    let records = sheets.records;
    records.into_iter().map(|(record, _)| dated(&once, record, context)).collect()
}

/// The notice of a record with its own day: a program tells of each message when it was made.
fn dated(once: &Once, record: super::record::Record, context: &Context<'_>) -> Notice {
    let issued = record.told("issuedOn").cloned();
    let mut notice = once.notice(record, None, context);
    if let Some(told) = issued.filter(|_| notice.issued_on.is_none()) {
        notice.issued_on = told.text.parse().ok();
        let evidence = super::record::evidence(&told.from, told.sure);
        notice.evidence.insert("/issuedOn".to_owned(), evidence);
    }
    notice
}

/// Numbers of people that became nobody's.
fn lost(root: &Branch, notices: &mut [Notice], on: Date) {
    let tail = |text: &str| -> String {
        let digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
        digits[digits.len().saturating_sub(10)..].iter().collect()
    };
    let people = notices.iter().flat_map(|notice| &notice.persons);
    let known: HashSet<String> =
        people.filter_map(|person| Some(tail(person.identity.as_ref()?.value.reveal()))).collect();
    let unused = root.all().into_iter().any(|branch| {
        shapes::is_identity(&branch.value, on) && !known.contains(&tail(&branch.value))
    });
    if unused {
        let finding = super::super::remarks::finding(
            Severity::Warning,
            "personIdentity",
            "beside",
            "/persons",
        );
        notices.iter_mut().for_each(|notice| notice.findings.push(finding.clone()));
    }
}
