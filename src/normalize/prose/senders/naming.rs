//! The writer's name: by an authority's heading, the signature, the end of the text, the address's name, a letterhead.

use super::super::names::person_name;
use super::super::pattern::pattern;
use super::super::seen::Seen;
use super::super::seen::Sheet;
use super::super::seen::before;
use super::From;
use super::addressed::last_lines;
use super::addressed::of_address;
use super::authorities;
use super::companies;
use super::municipal;
use crate::domain::notice::SenderKind;

pattern!(
    WHOLE,
    r"(?i)\b(?:AB|HB|KB|aktiebolag|handelsbolag|förening|brf|bostadsrättsf\p{L}*|stiftelsen|kronofogd\p{L}*|hyresnämnd\p{L}*|ltd|aps)\b"
);
/// The writer's own name: an authority's heading, the signature, the end of the text, the address's name, a letterhead, the text.
pub(super) fn name(
    sheets: &[Sheet],
    signature: &Sheet,
    from: From<'_>,
    municipal: bool,
) -> Option<Seen<String>> {
    let documents = || sheets.iter().filter(|sheet| sheet.source.starts_with("attachments"));
    let body = || sheets.iter().filter(|sheet| sheet.source == "body");
    let headed = || authorities::heading(sheets, from);
    if !municipal && let Some(name) = headed() {
        return Some(name);
    }
    let by_name = || {
        let name = from.name.filter(|_| !municipal::is_service(from))?;
        let name = companies::within(name)
            .map(|(_, name)| name)
            .or_else(|| companies::on_line(name, municipal))?;
        let source = "from".to_owned();
        let sheet = Sheet::new(sheets.len() + 1, source, name.to_owned());
        // A firm may go by a shorter name in its address than in its papers.
        let sure = if municipal || WHOLE.is_in(name) { 0.96 } else { 0.93 };
        Some(Seen::on(&sheet, 0, name, proper(name), sure))
    };
    let signed = on_lines(signature, &signature.text, 0, municipal, 0.97);
    // A last line may name only an office of the firm in the address.
    let first =
        |name: &Seen<String>| name.value.split(' ').next().unwrap_or_default().to_lowercase();
    let closing = || {
        let last = body().find_map(|sheet| at_end(sheet, municipal))?;
        let address = by_name();
        Some(
            address
                .filter(|name| first(name) == first(&last) && is_office(&last.value))
                .unwrap_or(last),
        )
    };
    let known = signed.or_else(closing).or_else(by_name).or_else(|| {
        let at_end = || body().find_map(|sheet| of_address(sheet, last_lines(&sheet.text), from));
        of_address(signature, 0, from).or_else(at_end)
    });
    let known = known.map(|name| without_writer(name, from));
    let known = known.map(|name| public(fuller(name, sheets), signature, sheets));
    known
        .or_else(|| documents().find_map(|sheet| at_top(sheet, municipal)))
        .or_else(|| documents().find_map(|sheet| at_end(sheet, municipal)))
        .or_else(|| body().find_map(|sheet| at_top(sheet, municipal)))
        .or_else(|| beside_person(from))
        .or_else(|| sheets.iter().filter(|_| !municipal).find_map(spoken_of))
}

/// `/Testa Exempelbo AB` of somebody called Testa is Exempelbo AB.
fn without_writer(name: Seen<String>, from: From<'_>) -> Seen<String> {
    let person = from.name.and_then(person_name);
    let Some((given, _)) = person.as_ref().and_then(|name| name.split_once(' ')) else {
        return name;
    };
    // `Exempelbo Reskontra` is an office; a person is in the address before its sign.
    let mailbox = from.address.and_then(|address| address.split('@').next()).unwrap_or_default();
    if !municipal::letters(mailbox).contains(&municipal::letters(given)) {
        return name;
    }
    let rest = name.value.strip_prefix(given).and_then(|rest| rest.strip_prefix(' '));
    match rest.and_then(|rest| companies::on_line(rest, false)).map(str::to_owned) {
        Some(rest) if rest.contains(' ') => name.map(|_| rest),
        Some(_) | None => name,
    }
}

/// A company whose shares are traded says so in its name.
fn public(name: Seen<String>, signature: &Sheet, sheets: &[Sheet]) -> Seen<String> {
    let full = format!("{} (publ)", name.value);
    let lower = full.to_lowercase();
    let told =
        sheets.iter().chain([signature]).any(|sheet| sheet.text.to_lowercase().contains(&lower));
    if told { name.map(|_| full) } else { name }
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
    let sheet = Sheet::new(usize::MAX, "from".to_owned(), name.to_owned());
    named.then(|| Seen::on(&sheet, 0, firm, proper(firm), 0.9))
}

/// Words that stand for an office and not for the firm.
const OFFICES: &[&str] = &[
    "hyra",
    "hyresadministration",
    "hyresadministrationen",
    "kundkredit",
    "kundservice",
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

/// Whether a word stands for an office.
pub(super) fn names_an_office(word: &str) -> bool {
    OFFICES.contains(&word.to_lowercase().as_str())
}

/// Whether a name is that of an office and not of the firm.
fn is_office(name: &str) -> bool {
    let lower = name.to_lowercase();
    lower.split(' ').any(|word| OFFICES.contains(&word))
}

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
    // `Exempelbo Bostäder` in the address, `Stiftelsen Exempelbo Bostäder` below the letter.
    let end = format!(" {}", short.to_lowercase());
    let full = sheets.iter().find_map(|sheet| {
        let mut all = companies::all_within(&sheet.text);
        let longer = |full: &str| full.starts_with(&start) || full.ends_with(&end);
        all.find(|(_, full)| longer(&full.to_lowercase()))
            .map(|(at, full)| Seen::on(sheet, at, full, proper(full), 0.96))
    });
    full.unwrap_or_else(|| name.map(|_| short))
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

/// Kronofogden writes from addresses of its own.
pub(super) fn by_domain(kind: SenderKind, from: From<'_>) -> Option<Seen<String>> {
    let address = from.address.filter(|_| kind == SenderKind::EnforcementAuthority)?;
    let sheet = Sheet::new(usize::MAX, "from".to_owned(), address.to_owned());
    Some(Seen::on(&sheet, 0, address, "Kronofogden".to_owned(), 0.97))
}
