//! What a print-out says of itself at its head: when it was made, and the firm that made it.

use super::Material;
use super::nobody;
use super::record::Place;
use super::record::evidence;
use super::tree;
use crate::domain::masked::Masked;
use crate::domain::notice::Notice;
use crate::domain::organisation_number::OrganisationNumber;
use crate::normalize::Context;
use crate::normalize::prose::pattern::pattern;
use jiff::civil::Date;

pattern!(
    MADE,
    r"(?i)\b(?:utskrift(?:sdatum)?|utskriv(?:en|et)|skapad|framställd|upprättad|uttag(?:sdatum)?|körd|utdrag|printed|created|generated)\b(?: av [^\d\n]{1,40}?)?[ :.]{1,4}(?:den |on )?(\d{2,4}-\d\d-\d\d|20\d{6}|2\d[01]\d[0-3]\d|\d{1,2} [a-zåäö]{3,9} 20\d\d)\b"
);
pattern!(NUMBER, r"\b(\d{6}-?\d{4})\b");

/// The head of a print-out has so many lines.
const LINES: usize = 2;

/// Puts down what the print-out says of itself where the notices are silent.
pub(super) fn fill(
    notices: &mut [Notice],
    material: &Material<'_>,
    own: &str,
    context: &Context<'_>,
) {
    let on = context.local_time.day_of(context.received_at);
    let documents =
        material.letter.documents.iter().map(|(source, text)| (source.as_str(), text.as_str()));
    let texts: Vec<(&str, &str)> = documents.chain([("body", own)]).collect();
    let made = made(&texts, on);
    let firm = firm(&texts);
    for notice in notices {
        if let Some((day, from)) = made.as_ref().filter(|_| notice.issued_on.is_none()) {
            notice.issued_on = Some(*day);
            notice.evidence.insert("/issuedOn".to_owned(), evidence(from, 0.95));
        }
        if let Some((name, number, from)) = &firm {
            sender(notice, name, number.as_ref(), from);
        }
    }
}

/// The only day on which it says it was made.
fn made(texts: &[(&str, &str)], on: Date) -> Option<(Date, Place)> {
    let mut found: Option<(Date, Place)> = None;
    for (source, text) in texts {
        for fit in MADE.all(text).take(20) {
            let (Some(whole), Some(day)) = (fit.get(0), fit.get(1)) else { continue };
            let day = day.as_str();
            // `26-11-10`
            let written = if day.len() == 8 && day.contains('-') {
                format!("20{day}")
            } else {
                day.to_owned()
            };
            let Some(day) = tree::day_of(&written, on).filter(|day| *day <= on) else { continue };
            if found.as_ref().is_some_and(|(other, _)| *other != day) {
                return None;
            }
            let quote = whole.as_str().to_owned();
            found.get_or_insert((day, Place { source: (*source).to_owned(), quote }));
        }
    }
    found
}

/// The firm whose name and number open the print-out.
fn firm(texts: &[(&str, &str)]) -> Option<(String, Option<OrganisationNumber>, Place)> {
    texts.iter().find_map(|(source, text)| {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).take(LINES);
        lines.into_iter().find_map(|line| {
            let number = NUMBER.first(line)?.get(1)?;
            let (read, fault) = OrganisationNumber::read(number.as_str());
            // The third digit of a person's number is never so high.
            let firm = number.as_str().as_bytes().get(2).is_some_and(|digit| *digit >= b'2');
            let read = read.filter(|_| fault.is_none() && firm)?;
            let behind = line.get(number.end()..)?;
            let printed = behind.contains("  ") || behind.trim_matches([')', ' ']).is_empty();
            let of_party = ["sökande", "kärande", "part", "motpart", "svarande", "borgenär"];
            let lower = line.to_lowercase();
            if !printed || of_party.iter().any(|word| lower.starts_with(word)) {
                return None;
            }
            let head = line.get(..number.start())?;
            let name =
                head.rsplit(['|', ':', ';']).next()?.trim_matches(['(', ' ', ',', '·', '–', '"']);
            let name = name.split("  ").next()?.trim();
            let fits = (4..60).contains(&name.chars().count())
                && !name.bytes().any(|byte| byte.is_ascii_digit())
                && (nobody::is_company(name) || name.to_lowercase().contains("förening"));
            // A label tells whose name it is.
            let told = head.contains(':');
            let from = Place { source: (*source).to_owned(), quote: line.to_owned() };
            (fits && !told).then(|| (super::names::ordinary_company(name), Some(read), from))
        })
    })
}

/// Sets the firm where no other is told, or what is told is no firm's name.
fn sender(notice: &mut Notice, name: &str, number: Option<&OrganisationNumber>, from: &Place) {
    let landlord = notice.landlord.as_ref().and_then(|it| it.name.as_ref());
    if landlord.is_some_and(|it| it.reveal().eq_ignore_ascii_case(name)) {
        return;
    }
    let own = notice.sender.as_ref().and_then(|it| it.name.as_ref());
    if own.is_some_and(|own| nobody::is_company(own.reveal())) {
        return;
    }
    let sender = notice.sender.get_or_insert_default();
    sender.name = Some(Masked::new(name));
    if sender.organisation_number.is_none() {
        sender.organisation_number = number.cloned();
    }
    notice.evidence.insert("/sender/name".to_owned(), evidence(from, 0.95));
}
