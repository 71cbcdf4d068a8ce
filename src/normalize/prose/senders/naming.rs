//! The writer's name: by an authority's heading, the signature, the end of the text, the address's name, a letterhead.

use super::super::names::person_name;
use super::super::pattern::pattern;
use super::super::seen::Seen;
use super::super::seen::Sheet;
use super::super::seen::before;
use super::super::words::mend;
use super::From;
use super::companies;
use super::sort;
use crate::domain::notice::SenderKind;

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
        .or_else(|| beside_person(from))
        .or_else(|| sheets.iter().filter(|_| !municipal).find_map(spoken_of))
}

/// `Prova Fingerad (Nordhus)`, `Prova Fingerad via Nordhus`: the firm beside a person's name.
fn beside_person(from: From<'_>) -> Option<Seen<String>> {
    let name = from.name?;
    let firm = match name.split_once('(') {
        Some((_, rest)) => rest.split(')').next(),
        None => [" via ", " | ", " @ ", " hos "]
            .iter()
            .find_map(|mark| name.split_once(mark))
            .map(|(_, rest)| rest),
    };
    let firm = firm?.trim();
    let named =
        firm.starts_with(char::is_uppercase) && firm.chars().count() >= 3 && !firm.contains('@');
    let sheet = Sheet { number: usize::MAX, source: "from".to_owned(), text: name.to_owned() };
    named.then(|| Seen::on(&sheet, 0, firm, proper(firm), 0.9))
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

pattern!(ALONE, r"(?i)\b(?:jag|mig|min|mitt|mina|i|my)\b");
pattern!(TOGETHER, r"(?i)\b(?:vi|oss|vår|vårt|våra|bolaget|we|our)\b");

/// Whether somebody writes of an own home and an own tenant, and for no firm.
pub(super) fn speaks_for_oneself(sheets: &[Sheet], kind: SenderKind) -> bool {
    let open = matches!(kind, SenderKind::Unknown | SenderKind::Landlord);
    let body = || sheets.iter().filter(|sheet| sheet.source == "body");
    open && body().any(|sheet| ALONE.is_in(&sheet.text))
        && !body().any(|sheet| TOGETHER.is_in(&sheet.text))
}

/// Kronofogden writes from addresses of its own.
pub(super) fn by_domain(kind: SenderKind, from: From<'_>) -> Option<Seen<String>> {
    let address = from.address.filter(|_| kind == SenderKind::EnforcementAuthority)?;
    let sheet = Sheet { number: usize::MAX, source: "from".to_owned(), text: address.to_owned() };
    Some(Seen::on(&sheet, 0, address, "Kronofogden".to_owned(), 0.97))
}

/// The name of somebody who writes for nobody else: in the address, below the text, or at its end.
pub(super) fn person(from: From<'_>, signature: &Sheet, sheets: &[Sheet]) -> Option<Seen<String>> {
    private(from, signature).or_else(|| lines_name(signature, &signature.text, 0)).or_else(|| {
        let sheet = sheets.iter().find(|sheet| sheet.source == "body")?;
        let text = sheet.text.trim_end();
        let start = text.rmatch_indices('\n').nth(2).map_or(0, |(at, _)| at + 1);
        lines_name(sheet, text.get(start..)?, start)
    })
}

/// A line that is a person's name: `Ann Prov, hyresvärd`, `/Ann Prov`.
fn lines_name(sheet: &Sheet, text: &str, start: usize) -> Option<Seen<String>> {
    let mut at = start;
    for line in text.split_inclusive('\n').take(6) {
        let words = companies::without_greeting(line.trim());
        let words = words.split([',', '|', '/', '(']).next().unwrap_or_default();
        let words = words.trim_matches(|c: char| !c.is_alphabetic());
        let plain = words.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '.' | '\''));
        let capitals = words.split(' ').filter(|word| word.starts_with(char::is_uppercase)).count();
        let count = words.split(' ').count();
        if plain && (2..=4).contains(&count) && capitals == count {
            let value = person_name(words).unwrap_or_else(|| words.to_owned());
            return Some(Seen::on(sheet, at, words, value, 0.9));
        }
        at += line.len();
    }
    None
}

/// The name of a private person, given name first: a signature that ends with the first word shows it to be turned round.
pub(super) fn private(from: From<'_>, signature: &Sheet) -> Option<Seen<String>> {
    let mended = mend::mend(from.name?);
    let name = mended.trim().trim_matches(['"', '\'']);
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
