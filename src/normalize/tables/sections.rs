//! Households told one after another in a text, each in a section of its own under a heading or behind the same first label: a notice for each, with
//! what is said once above and below them.

use super::super::Context;
use super::super::build::shorten;
use super::super::prose;
use super::super::prose::Letter;
use super::Material;
use super::above;
use super::cards;
use super::form_lines;
use super::inferred;
use super::key::Key;
use super::lines;
use super::list::leave;
use super::nobody;
use super::numbered::numbered;
use super::records;
use super::vocabulary;
use crate::domain::finding::Finding;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeType;
use std::ops::Range;

/// As many sections are looked at.
const SECTIONS_MAX: usize = 300;
/// So much of what is said above and below the sections goes with each.
const COMMON_BYTES: usize = 4000;
/// A text that is longer is none that people send as sections.
const TEXT_BYTES: usize = 100_000;

/// One notice for each section of the text; none where it has no sections that each name a household of their own.
pub(super) fn sections(
    material: &Material<'_>,
    own: &str,
    left: &mut Vec<Finding>,
    context: &Context<'_>,
) -> Vec<Notice> {
    if own.len() > TEXT_BYTES {
        return Vec::new();
    }
    let found = of_text(material, own, left, context);
    match above::beside(own).filter(|_| found.is_empty()) {
        Some(beside) => of_text(material, &beside, left, context),
        None => found,
    }
}

/// The sections of a text whose labels stand beside their values.
fn of_text(
    material: &Material<'_>,
    own: &str,
    left: &mut Vec<Finding>,
    context: &Context<'_>,
) -> Vec<Notice> {
    let lines = lines_of(own);
    let by_number = numbered(&lines);
    let by_label = || labelled(&lines, context).map(|starts| (starts, true));
    let on = context.local_time.day_of(context.received_at);
    let by_pattern = || records::starts(&lines, on).map(|starts| (starts, true));
    let found = match material.file {
        true => by_pattern(),
        false => by_number.or_else(by_label).or_else(by_pattern),
    };
    let Some((starts, sure)) = found else { return Vec::new() };
    if starts.len() > SECTIONS_MAX {
        leave(left, "message", "tooMany", "text");
    }
    let end = end_of(own, &lines, &starts, context);
    let (_, signature) = prose::own(material.letter.text, material.letter.subject);
    let offset = |at: usize| lines.get(at).map_or(own.len(), |line| line.0.start);
    let common = |text: &str| shorten(text.trim(), COMMON_BYTES).0.to_owned();
    let head = common(&own[..offset(starts[0])]);
    let tail = common(&own[end..]);
    let signature = common(&signature);
    let mut told: Vec<Key> = Vec::new();
    let mut notices: Vec<Notice> = Vec::new();
    let ends = starts.iter().skip(1).map(|at| offset(*at)).chain([end]);
    for (from, to) in starts.iter().map(|at| offset(*at)).zip(ends).take(SECTIONS_MAX) {
        let section = &own[from..to];
        // `Hyresgäst 1`, `Hyresgäst 2`: the two may well have one home.
        if !sure && !has_home(section, context) {
            return Vec::new();
        }
        let text = format!("{section}\n\n{head}\n\n{tail}\n\nMed vänliga hälsningar\n{signature}");
        let letter = Letter { text: &text, documents: &[], ..material.letter };
        let part = Material { letter, html: &[], read: &[], file: false };
        let mut read = super::read_part(&part, context);
        let (Some(notice), true) = (read.notices.pop(), read.notices.is_empty()) else {
            return Vec::new();
        };
        let key = Key::of(&notice);
        if key.is_blank() || told.iter().any(|known| known.fits(&key)) {
            return Vec::new();
        }
        left.append(&mut read.left);
        told.push(key);
        notices.push(notice);
    }
    let known = notices.iter().any(|notice| notice.kind != NoticeType::Unknown);
    if known { notices } else { Vec::new() }
}

/// Whether a section by itself tells of a home.
fn has_home(section: &str, context: &Context<'_>) -> bool {
    let letter = Letter { text: section, ..Letter::default() };
    let read = prose::read_as(&letter, Some(NoticeType::RentArrears), context);
    let (forms, _) = form_lines::of_lines(section, "body", context).unwrap_or_default();
    Key::of(&read).has_home() || forms.iter().any(|form| Key::of_record(form).has_home())
}

/// The lines of a text with their places.
pub(super) fn lines_of(text: &str) -> Vec<(Range<usize>, &str)> {
    let mut from = 0;
    let lines = text.split('\n').map(|line| {
        let range = from..from + line.len();
        from = range.end + 1;
        (range, line)
    });
    lines.collect()
}

/// The same label before each household's name, home or case.
fn labelled(lines: &[(Range<usize>, &str)], context: &Context<'_>) -> Option<Vec<usize>> {
    let on = context.local_time.day_of(context.received_at);
    let told: Vec<(usize, String, String)> = lines
        .iter()
        .enumerate()
        .filter_map(|(at, (_, line))| {
            let (label, value, _) = lines::pair(line)?;
            let field = vocabulary::named(&label, context.labels)
                .or_else(|| inferred::field(&label, &value, on))?;
            // A company is a sender, not whom a section is about.
            let sender = field == "persons.0.name" && nobody::is_company(&value);
            (!value.is_empty() && !sender).then(|| (at, field, value.to_lowercase()))
        })
        .collect();
    let leads = |field: &str| {
        matches!(
            field,
            "persons.0.name"
                | "persons.0.identity.value"
                | "dwelling.street"
                | "dwelling.objectNumber"
                | "sender.reference"
                | "enforcement.caseNumber"
        )
    };
    let lead = told
        .iter()
        .map(|it| &it.1)
        .find(|field| leads(field) && told.iter().filter(|it| it.1 == **field).count() > 1)?;
    let mut starts: Vec<usize> = Vec::new();
    let mut values: Vec<&str> = Vec::new();
    let mut inner: Vec<&str> = Vec::new();
    for (at, field, value) in &told {
        if field == lead {
            // Each has a home or a debt of its own, not only a name: two tenants of one home are one household.
            if !starts.is_empty() && !whole(&inner) {
                return None;
            }
            if values.contains(&value.as_str()) {
                return None;
            }
            values.push(value);
            starts.push(heading(lines, *at));
            inner.clear();
        }
        inner.push(field);
    }
    (starts.len() > 1 && whole(&inner)).then_some(())?;
    let before = told.iter().map(|it| it.0).find(|at| *at < starts[0]);
    raised(lines, starts, before)
}

/// The starts as many lines higher as labels stand above the first: `Namn` before the number that the sections were told by. None where they stand
/// above the first alone, for then they may be its own.
fn raised(
    lines: &[(Range<usize>, &str)],
    starts: Vec<usize>,
    before: Option<usize>,
) -> Option<Vec<usize>> {
    let (Some(before), Some(first)) = (before, starts.first()) else { return Some(starts) };
    let above = first - before;
    let label = |at: usize| lines::pair(lines.get(at)?.1).map(|it| it.0);
    let lead = label(before);
    let same = |at: &usize| at.checked_sub(above).is_some_and(|at| label(at) == lead);
    if starts.iter().all(same) {
        return Some(starts.iter().map(|at| at - above).collect());
    }
    Some(starts)
}

/// Whether the labels of a section tell of a person and a home or a debt.
fn whole(fields: &[&str]) -> bool {
    let any = |start: &str| fields.iter().any(|field| field.starts_with(start));
    any("persons.0.") && (any("dwelling.") || any("arrears.") || any("enforcement."))
}

/// The first line of the heading that stands right above a line.
fn heading(lines: &[(Range<usize>, &str)], at: usize) -> usize {
    let mut first = at;
    // A heading may stand an empty line higher.
    let gap = at > 1 && lines[at - 1].1.trim().is_empty();
    if gap {
        let above = lines[at - 2].1.trim();
        let short = above.chars().count() <= 60 && !above.contains('\t');
        let counted = above.starts_with('#') || above.bytes().any(|byte| byte.is_ascii_digit());
        let plain = lines::pair(above).is_none() && !above.ends_with(['.', ',', ';']);
        return if short && counted && plain { at - 2 } else { at };
    }
    for above in (0..at).rev().take(2) {
        let line = lines[above].1.trim();
        let tells = line.contains('\t')
            || line.ends_with(['.', ',', ';'])
            || line.chars().count() > 80
            || lines::pair(line).is_some_and(|(_, value, _)| !value.is_empty());
        if line.is_empty() || tells {
            break;
        }
        first = above;
    }
    first
}

/// Where the last section ends: behind its last label, or its last row.
fn end_of(
    own: &str,
    lines: &[(Range<usize>, &str)],
    starts: &[usize],
    context: &Context<'_>,
) -> usize {
    let last = starts.last().copied().unwrap_or_default();
    let told = |line: &str| {
        line.contains('\t')
            || cards::is_label(line)
            || lines::pair(line)
                .is_some_and(|(label, _, _)| vocabulary::named(&label, context.labels).is_some())
    };
    let end = lines.iter().enumerate().skip(last + 1).rfind(|(_, (_, line))| told(line));
    // The paragraph that goes on there is still the section's.
    let from = end.map_or_else(|| lines[last].0.end, |(_, (range, _))| range.end);
    own[from..].find("\n\n").map_or(own.len(), |at| from + at)
}
