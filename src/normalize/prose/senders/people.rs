//! People who write for themselves: a landlord with one house, a guardian, a tenant, a neighbour.

use super::super::names::person_name;
use super::super::pattern::pattern;
use super::super::seen::Seen;
use super::super::seen::Sheet;
use super::super::words::mend;
use super::From;
use super::companies;
use super::municipal;
use crate::domain::notice::SenderKind;

pattern!(
    GUARDIAN,
    r"(?i)\bjag (?:är|blev|har varit|är förordnad|har förordnats|är utsedd|förordnades)\b[^.\n]{0,50}\bgod man\b|\bi egenskap av god man\b"
);
pattern!(GUARDIAN_BELOW, r"(?im)^[^\n]{0,60}\bgod man\b[^\n]{0,30}$");
pattern!(
    OWNS,
    r"(?im)^[^\n.]{0,40}\b(?:privat)?(?:hyresvärd|fastighetsägare|husägare|hyresvärdinna|landlord)[ \t]*$"
);

/// A guardian who writes for somebody, whatever firm or authority the letter is about.
pub(super) fn is_guardian(sheets: &[Sheet], closing: &str) -> bool {
    let body = sheets.iter().any(|sheet| sheet.source == "body" && GUARDIAN.is_in(&sheet.text));
    body || GUARDIAN_BELOW.is_in(closing)
}

/// Somebody who signs as the owner of a house.
pub(super) fn owns(closing: &str) -> bool {
    OWNS.is_in(closing)
}

// Who lets a home of their own says so as `vi` where two own it.
pattern!(
    LETS,
    r"(?i)\b(?:vi|jag) (?:\p{L}+ )?(?:hyr(?:de)?|har hyrt) ut\b|\bmin (?:man|fru|sambo|make|maka)\b|\b(?:vårt|mitt|på) hus(?:et)?\b|\blån på\b|\b(?:vi|jag) har (?:en|ett) (?:familj|par|hyresg|ung|kille|tjej|man|kvinna|inneboende|lägenhet|rum)|\bdet är (?-i:\p{Lu}\p{Ll}+ \p{Lu}[\p{L}-]+),? (?:er |din )?(?:hyresvärd|som hyr ut)"
);
pattern!(ALONE, r"(?i)\b(?:jag|mig|min|mitt|mina|i|my)\b");
pattern!(TOGETHER, r"(?i)\b(?:vi|oss|vår|vårt|våra|bolaget|we|our)\b");

pattern!(
    HOUSE,
    r"(?i)\b(?:hyreshus(?:et)?|fastighetsägar\p{L}*|hyresvärd(?:en)? (?:är jag|igen)|jag är hyresvärd|(?:min|vår) fastighet|våra hyresgäster|mina hyresgäster|rental building|block of flats)\b"
);
pattern!(
    TENANT,
    r"(?i)\b(?:min|mina|vår|våra|en|hyresavtal\p{L}* med|sagt upp|säger upp|sade upp) hyresgäst(?:en|er|erna)?\b|\bhyresgäst(?:en)?\s*[:=\t]|\bmy tenants?\b"
);
pattern!(
    OWN_HOME,
    r"(?i)\b(?:(?:min|mitt|vår|vårt) (?:egen |eget |lilla )?(?:lägenhet|bostadsrätt|etta|tvåa|trea|radhus|villa|stuga|källare|källarlägenhet|rum|övervåning)|(?:i|via) andra ?hand|second ?-?hand|inneboende|my (?:own )?(?:flat|apartment|room|condo|cottage))\b"
);

/// Whether somebody speaks of an own house with flats, and not of the own home.
pub(super) fn has_a_house(sheets: &[Sheet]) -> bool {
    let any = |pattern: &super::super::pattern::Pattern| {
        sheets.iter().any(|sheet| pattern.is_in(&sheet.text))
    };
    (any(&HOUSE) || any(&TENANT)) && !any(&OWN_HOME)
}

/// Whether somebody writes of an own home and an own tenant, and for no firm.
pub(super) fn speaks_for_oneself(sheets: &[Sheet], kind: SenderKind) -> bool {
    let open = matches!(kind, SenderKind::Unknown | SenderKind::Landlord);
    let body = || sheets.iter().filter(|sheet| sheet.source == "body");
    let alone = body().any(|sheet| ALONE.is_in(&sheet.text))
        && !body().any(|sheet| TOGETHER.is_in(&sheet.text));
    open && (alone || body().any(|sheet| LETS.is_in(&sheet.text)))
}

/// The name of somebody who writes for nobody else: in the address, below the text, or at its end.
pub(super) fn person(from: From<'_>, signature: &Sheet, sheets: &[Sheet]) -> Option<Seen<String>> {
    let short = |name: &Seen<String>| {
        name.value
            .split(' ')
            .next_back()
            .is_some_and(|last| last.trim_matches('.').chars().count() < 2)
    };
    let by_address = private(from, signature);
    let (short, whole) = match by_address {
        Some(name) if short(&name) => (Some(name), None),
        other => (None, other),
    };
    let in_text = || {
        lines_name(signature, &signature.text, 0).or_else(|| {
            let sheet = sheets.iter().find(|sheet| sheet.source == "body")?;
            let text = sheet.text.trim_end();
            let start = text.rmatch_indices('\n').nth(2).map_or(0, |(at, _)| at + 1);
            lines_name(sheet, text.get(start..)?, start)
        })
    };
    whole.or_else(in_text).or_else(|| {
        short.map(|mut name| {
            name.confidence = name.confidence.min(0.9);
            name
        })
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
    let mended = mend::mend(from.name.filter(|_| !municipal::is_service(from))?);
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
    let value = turned.unwrap_or_else(|| capitals(name));
    let sheet = Sheet::new(usize::MAX, "from".to_owned(), name.to_owned());
    Some(Seen::on(&sheet, 0, name, value, 0.96))
}

/// A name without any capital gets its own.
fn capitals(name: &str) -> String {
    if name.chars().any(char::is_uppercase) {
        return name.to_owned();
    }
    let word = |word: &str| -> String {
        let mut letters = word.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
    };
    name.split(' ').map(word).collect::<Vec<_>>().join(" ")
}
