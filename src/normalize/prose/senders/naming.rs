//! The writer's name: by an authority's heading, the signature, the end of the text, the address's name, a letterhead.

use super::super::pattern::pattern;
use super::super::seen::Seen;
use super::super::seen::Sheet;
use super::super::seen::before;
use super::From;
use super::companies;
use super::sort;

pattern!(
    AUTHORITY,
    r"(?i)^\s*(?:(kronofogde(?:n|myndigheten))|(hyresnämnden i \p{L}+))|\bringde\s*:[^\n]{0,60}(kronofogden)"
);

/// The writer's own name: an authority's heading, the signature, the end of the text, the address's name, a letterhead, the text.
pub(super) fn name(
    sheets: &[Sheet],
    signature: &Sheet,
    from: From<'_>,
    domain: &str,
) -> Option<Seen<String>> {
    let municipal = sort::is_municipal(domain);
    let documents = || sheets.iter().filter(|sheet| sheet.source.starts_with("attachments"));
    let body = || sheets.iter().filter(|sheet| sheet.source == "body");
    if !municipal && let Some(name) = sheets.iter().find_map(authority) {
        return Some(name);
    }
    let by_name = || {
        let name = from.name?;
        let name = companies::within(name)
            .map(|(_, name)| name)
            .or_else(|| companies::on_line(name, municipal))?;
        let source = "from".to_owned();
        let sheet = Sheet::new(sheets.len() + 1, source, name.to_owned());
        Some(Seen::on(&sheet, 0, name, proper(name), 0.96))
    };
    let signed = on_lines(signature, &signature.text, 0, municipal, 0.97);
    let signed = signed.or_else(|| body().find_map(|sheet| at_end(sheet, municipal)));
    let known = signed.or_else(by_name);
    let known = known.map(|name| fuller(name, sheets));
    known
        .or_else(|| documents().find_map(|sheet| at_top(sheet, municipal)))
        .or_else(|| documents().find_map(|sheet| at_end(sheet, municipal)))
        .or_else(|| body().find_map(|sheet| at_top(sheet, municipal)))
        .or_else(|| sheets.iter().filter(|_| !municipal).find_map(spoken_of))
}

/// Words that stand for an office and not for the firm.
const OFFICES: &[&str] = &[
    "hyra",
    "hyresadministration",
    "hyresadministrationen",
    "kundkredit",
    "kundtjänst",
    "ekonomi",
    "faktura",
    "registrator",
    "ordförande",
    "kassör",
    "kassören",
    "styrelsen",
    "info",
    "kontoret",
    "uthyrning",
    "uthyrningen",
    "störning",
    "kredit",
    "inkasso@",
];

/// The name as it stands in full elsewhere: a firm goes by its short name in its address.
fn fuller(name: Seen<String>, sheets: &[Sheet]) -> Seen<String> {
    if name.source != "from" {
        return name;
    }
    let words =
        name.value.split(' ').filter(|word| !OFFICES.contains(&word.to_lowercase().as_str()));
    let short = words.collect::<Vec<_>>().join(" ");
    if short.is_empty() {
        return name;
    }
    let start = format!("{} ", short.to_lowercase());
    let full = sheets.iter().find_map(|sheet| {
        let mut all = companies::all_within(&sheet.text);
        all.find(|(_, full)| full.to_lowercase().starts_with(&start))
            .map(|(at, full)| Seen::on(sheet, at, full, proper(full), 0.96))
    });
    full.unwrap_or_else(|| name.map(|_| short))
}

/// Kronofogden or a tribunal, by the first lines of a letter.
fn authority(sheet: &Sheet) -> Option<Seen<String>> {
    if sheet.source == "subject" {
        return None;
    }
    let mut at = 0;
    for line in sheet.text.split_inclusive('\n').take(6) {
        if let Some(found) = AUTHORITY.first(line)
            && let Some(name) = found.get(1).or(found.get(2)).or(found.get(3))
            && !line.trim_end().ends_with('.')
        {
            let value = match found.get(2) {
                Some(tribunal) => tribunal.as_str().to_owned(),
                None => "Kronofogden".to_owned(),
            };
            return Some(Seen::on(sheet, at + name.start(), name.as_str(), value, 0.99));
        }
        at += line.len();
    }
    None
}

fn on_lines(
    sheet: &Sheet,
    text: &str,
    start: usize,
    municipal: bool,
    sure: f64,
) -> Option<Seen<String>> {
    let mut at = start;
    for line in text.split_inclusive('\n').take(12) {
        if let Some(name) = companies::on_line(line.trim(), municipal) {
            let within = line.find(name).unwrap_or(0);
            return Some(Seen::on(sheet, at + within, name, proper(name), sure));
        }
        at += line.len();
    }
    None
}

/// One name for Kronofogden, ordinary case for others.
pub(super) fn proper(name: &str) -> String {
    let lower = name.to_lowercase();
    if lower.starts_with("kronofogd") {
        return "Kronofogden".to_owned();
    }
    companies::ordinary(name)
}

/// The last lines of an unsigned letter.
fn at_end(sheet: &Sheet, municipal: bool) -> Option<Seen<String>> {
    let text = sheet.text.trim_end();
    let start = text.rmatch_indices('\n').nth(3).map_or(0, |(at, _)| at + 1);
    on_lines(sheet, text.get(start..)?, start, municipal, 0.93)
}

/// The first lines of a letter.
fn at_top(sheet: &Sheet, municipal: bool) -> Option<Seen<String>> {
    let end = sheet.text.match_indices('\n').nth(2).map_or(sheet.text.len(), |(at, _)| at);
    on_lines(sheet, sheet.text.get(..end)?, 0, municipal, 0.93)
}

/// A name in the text that is not said to be another's.
fn spoken_of(sheet: &Sheet) -> Option<Seen<String>> {
    let others = [
        "sökande",
        "uppdragsgivare",
        "klient",
        "ombud för",
        "hos",
        "från",
        "av",
        "motpart",
        "för",
        "hyresvärd",
        "hyresvärden",
        "fordringsägare",
        "till",
        "åt",
        "svarande",
        "borgenär",
        "ombud",
    ];
    let mut names = companies::all_within(&sheet.text);
    names.find_map(|(at, name)| {
        let before = before(&sheet.text, at, 24);
        let before = before.trim_end_matches([' ', ':', '=', '\t', '-', '(']);
        let another = others.iter().any(|word| before.ends_with(word));
        (!another).then(|| Seen::on(sheet, at, name, proper(name), 0.85))
    })
}

/// The name of a private person, given name first: a signature that ends with the first word shows it to be turned round.
pub(super) fn private(from: From<'_>, signature: &Sheet) -> Option<Seen<String>> {
    let name = from.name?.trim().trim_matches(['"', '\'']);
    if !name.contains(' ') || name.contains('@') {
        return None;
    }
    let turned = match name.split_once(", ") {
        Some((last, first)) => Some(format!("{first} {last}")),
        None => name.rsplit_once(' ').and_then(|(last, first)| {
            let mut lines = signature.text.lines().map(|line| line.trim().trim_start_matches('/'));
            lines.any(|line| line == first).then(|| format!("{first} {last}"))
        }),
    };
    let value = turned.unwrap_or_else(|| name.to_owned());
    let sheet = Sheet::new(usize::MAX, "from".to_owned(), name.to_owned());
    Some(Seen::on(&sheet, 0, name, value, 0.96))
}
