//! The statutory forms with their numbered questions, whose answers stand behind or below them (SFS 1978:314, SFS 2003:37).

use super::super::Context;
use super::super::prose::pattern::pattern;
use super::cells;
use super::names;
use super::owed::last_day;
use super::owed::owed;
use super::record::Place;
use super::record::Record;
use super::tell::tell;
use crate::domain::document::Cell;

pattern!(QUESTION, r"(?i)^\s*(?:(\d{1,2})\s*[.):]?\s+)?(\p{L}.{3,140})$");

pattern!(
    PLACE_AND_DAY,
    r"^\p{Lu}[\p{L} -]{1,30}?,?\s+(?:den\s+)?(\d{1,2}(?::e)?\s+\p{L}{3,9}\.?\s+20\d\d|20\d\d-\d\d-\d\d|\d{1,2}/\d{1,2}\s?[- ]\s?(?:20)?\d\d)\b"
);

pattern!(PHONE, r"(?:tel(?:efon|nr)?\.?|tfn\.?)?\s*:?\s*((?:\+46|0)[\d][\d /()-]{5,16}\d)\s*$");

pattern!(BOX, r"(?i)\bbox\s+\d");

/// The questions of the statutory forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Question {
    Landlord,
    Tenant,
    Rooms,
    Amount,
    Account,
    Home,
    Incidents,
    Signed,
}

/// The answers to the numbered questions of a statutory form; `None` where a text is none.
pub(super) fn of_questions(text: &str, source: &str, context: &Context<'_>) -> Option<Record> {
    let mut answers = answers(text);
    let has = |wanted: Question| answers.iter().any(|(question, _)| *question == wanted);
    if !has(Question::Landlord) || !has(Question::Tenant) || answers.len() < 4 {
        return None;
    }
    let mut record = Record::default();
    let on = context.local_time.day_of(context.received_at);
    // A form without a line for it is dated below its last answer.
    let signed =
        answers.iter().any(|(question, lines)| *question == Question::Signed && !lines.is_empty());
    let unsigned =
        answers.iter_mut().filter(|(question, _)| *question != Question::Signed && !signed);
    // What is said of an event is no day of the form.
    let event = |line: &str| ["uppsag", "delgiv", "förf"].iter().any(|it| line.contains(it));
    let dated = unsigned.filter_map(Some).find_map(|(_, lines)| {
        let dated = |line: &&str| PLACE_AND_DAY.is_in(line) && !event(line);
        let at = lines.iter().skip(1).position(dated)? + 1;
        let line = *lines.get(at)?;
        lines.truncate(at);
        Some(line)
    });
    if let Some(line) = dated
        && let Some((day, sure)) = last_day(line, on)
    {
        let from = Place { source: source.to_owned(), quote: line.to_owned() };
        record.put("issuedOn", &day.to_string(), &from, sure.min(0.96));
    }
    for (question, lines) in &answers {
        answer(&mut record, *question, lines, source, context);
    }
    if record.periods == 0 && record.any("arrears.periods.0.") {
        record.periods = 1;
    }
    let head: String = text.lines().take(8).collect::<Vec<_>>().join(" ");
    kind(&mut record, &head, source);
    Some(record)
}

/// The questions of a text, each with the lines of its answer.
fn answers(text: &str) -> Vec<(Question, Vec<&str>)> {
    let mut answers: Vec<(Question, Vec<&str>)> = Vec::new();
    for line in text.lines().take(400) {
        if let Some((question, rest)) = question(line) {
            if answers.iter().any(|(known, _)| *known == question) {
                // A second form behind the first, or the back of it.
                if question == Question::Landlord
                    && !answers.is_empty()
                    && answers.iter().any(|(_, lines)| !lines.is_empty())
                {
                    break;
                }
                continue;
            }
            answers.push((question, if rest.is_empty() { Vec::new() } else { vec![rest] }));
        } else if let Some((question, lines)) = answers.last_mut() {
            let line = line.trim();
            let label = *question == Question::Amount
                && lines.is_empty()
                && (line.starts_with("samt uppgift")
                    || line.to_lowercase().contains("ränta som begärs"));
            if !line.is_empty() && !label && lines.len() < 12 {
                lines.push(line);
            }
        }
    }
    answers
}

/// What one answer tells.
fn answer(
    record: &mut Record,
    question: Question,
    lines: &[&str],
    source: &str,
    context: &Context<'_>,
) {
    let on = context.local_time.day_of(context.received_at);
    let lines: Vec<&str> = lines.iter().map(|line| line.trim_end_matches([',', ' '])).collect();
    let whole = lines.join("\n");
    if whole.trim().is_empty() {
        return;
    }
    let from = Place { source: source.to_owned(), quote: whole.replace('\n', ", ") };
    match question {
        Question::Landlord => landlord(record, &whole, &from),
        Question::Tenant => tenant(record, &whole, &from, context),
        Question::Rooms => {
            tell(record, "dwelling.rooms", "", &Cell::text(lines[0]), &from, context);
        }
        Question::Amount => owed(record, &whole, &from, on),
        Question::Account => {
            tell(record, "arrears.payment.bankgiro", "", &Cell::text(lines[0]), &from, context);
        }
        Question::Home => {
            tell(
                record,
                "dwelling.apartmentNumber",
                "",
                &Cell::text(lines[0].split(',').next().unwrap_or(lines[0])),
                &from,
                context,
            );
            for piece in whole.split([',', '\n']) {
                let street = cells::address(piece).street.filter(|street| {
                    street.chars().any(|c| c.is_ascii_digit())
                        && street.contains(' ')
                        && !street.to_lowercase().starts_with("lgh")
                        && !street.to_lowercase().starts_with("lägenhet")
                });
                if let Some(street) = street {
                    record.take("dwelling.street");
                    record.put("dwelling.street", &street, &from, 0.96);
                }
            }
        }
        Question::Incidents => {
            record.put("incidents.0.description", &whole.replace('\n', " "), &from, 0.95);
        }
        Question::Signed => {
            if let Some((day, sure)) = last_day(&whole, on) {
                record.put("issuedOn", &day.to_string(), &from, sure.min(0.96));
            }
        }
    }
}

/// The form's own name tells its kind.
pub(super) fn kind(record: &mut Record, head: &str, source: &str) {
    use crate::domain::notice::NoticeType;
    let lower = head.to_lowercase();
    let owned = lower.contains("bostadsrätt") || lower.contains("årsavgift");
    let disturbance = lower.contains("störning");
    let arrears = lower.contains("försummad")
        || lower.contains("dröjsmål")
        || lower.contains("12:44")
        || lower.contains("44 §")
        || lower.contains("23 §")
        || lower.contains("obetald");
    let found = match (disturbance, arrears, owned) {
        (true, false, true) => NoticeType::TenantOwnedDisturbance,
        (true, false, false) => NoticeType::RentDisturbance,
        (false, true, true) => NoticeType::TenantOwnedArrears,
        (false, true, false) => NoticeType::RentArrears,
        _ => return,
    };
    record.kind = Some((
        found,
        0.98,
        Place { source: source.to_owned(), quote: head.chars().take(200).collect() },
    ));
}

/// The question that a line asks, and what is answered on the same line.
fn question(line: &str) -> Option<(Question, &str)> {
    let fit = QUESTION.first(line)?;
    let numbered = fit.get(1).is_some();
    let words = fit.get(2)?;
    let (asked, rest) = match words.as_str().split_once(':') {
        Some((asked, rest)) => (asked, rest.trim()),
        None => (words.as_str(), ""),
    };
    let lower = asked.to_lowercase();
    let says = |list: &[&str]| list.iter().any(|word| lower.contains(word));
    let about_name = says(&["namn"]) && says(&["postadress", "adress", "telefon"]);
    let bare = |list: &[&str]| {
        numbered && !rest.is_empty() && list.iter().any(|word| lower.trim() == *word)
    };
    let found = if (about_name && says(&["hyresvärd", "förening", "fastighetsägare"]))
        || bare(&["hyresvärd", "hyresvärden", "förening", "föreningen", "bostadsrättsförening"])
    {
        Question::Landlord
    } else if (about_name && says(&["hyresgäst", "bostadsrättshavare", "medlem"]))
        || bare(&["hyresgäst", "hyresgästen", "bostadsrättshavare", "medlem"])
    {
        Question::Tenant
    } else if says(&["storlek (antal", "lägenhetens storlek", "antalet rum", "antal rum"])
        || bare(&["rum", "antal rum", "storlek"])
    {
        Question::Rooms
    } else if says(&["belopp som", "belopp att betala"]) || bare(&["belopp", "skuld"]) {
        Question::Amount
    } else if says(&["plusgiro", "postgiro", "bankgiro"])
        && (numbered || says(&["konto", "annat sätt"]))
        || bare(&["konto", "swish/konto", "betalning", "betalas till"])
    {
        Question::Account
    } else if says(&["störningarna kommer", "lägenhet från vilken", "lägenhet som störning"]) {
        Question::Home
    } else if says(&["störningar som", "vilka störningar"]) {
        Question::Incidents
    } else if says(&["ort och datum", "underskrift", "datum och underskrift"]) {
        Question::Signed
    } else {
        return None;
    };
    Some((found, rest))
}

pub(super) fn landlord(record: &mut Record, text: &str, from: &Place) {
    let text = match PHONE
        .first(text)
        .and_then(|fit| Some((fit.get(0)?.start(), fit.get(1)?.as_str().trim().to_owned())))
    {
        Some((start, phone)) => {
            record.put("sender.phone", &phone, from, 0.96);
            &text[..start]
        }
        None => text,
    };
    let name = text.split([',', '\n']).map(str::trim).next().unwrap_or_default();
    let name = match BOX.first(name).and_then(|fit| fit.get(0)) {
        Some(found) => name[..found.start()].trim(),
        None => name,
    };
    if name.chars().filter(|c| c.is_alphabetic()).count() >= 2 {
        record.put("sender.name", &names::ordinary_company(name), from, 0.97);
    }
}

pub(super) fn tenant(record: &mut Record, text: &str, from: &Place, context: &Context<'_>) {
    // Names come first; the address begins with the first piece that has a house number or a postal code.
    let pieces: Vec<&str> =
        text.split([',', '\n']).map(str::trim).filter(|piece| !piece.is_empty()).collect();
    let is_number =
        |piece: &str| names::people(piece, false).first().is_some_and(|it| it.number.is_some());
    let address = pieces
        .iter()
        .position(|piece| piece.chars().any(|c| c.is_ascii_digit()) && !is_number(piece))
        .unwrap_or(pieces.len());
    let (names, rest) = pieces.split_at(address);
    let joined = names.iter().fold(String::new(), |all, piece| {
        // A number belongs to the name before it; another name begins another person.
        let sign = if all.is_empty() {
            ""
        } else if is_number(piece) && !piece.chars().any(char::is_alphabetic) {
            " "
        } else {
            "; "
        };
        format!("{all}{sign}{piece}")
    });
    tell(record, "persons.0.name", "", &Cell::text(&joined), from, context);
    if !rest.is_empty() {
        tell(record, "dwelling.street", "", &Cell::text(&rest.join(", ")), from, context);
    }
}
