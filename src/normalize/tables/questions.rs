//! The statutory forms with their numbered questions, whose answers stand behind or below them (SFS 1978:314, SFS 2003:37).

use super::super::Context;
use super::super::prose::pattern::pattern;
use super::cells;
use super::kinds;
use super::lines;
use super::names;
use super::record::Place;
use super::record::Record;
use super::tell::plain;
use super::tell::tell;
use crate::domain::document::Cell;
use jiff::civil::Date;

pattern!(QUESTION, r"(?i)^\s*(?:(\d{1,2})\s*[.):]?\s+)?(\p{L}.{3,140})$");

pattern!(DUE, r"(?i)(?:förföll|förfallodag(?:en|ar)?|förfallen|förfaller)\s*:?\s*(?:den\s+)?");

pattern!(
    EACH,
    r"(?i)(\d[\d .]*(?:,\d\d)?)\s*(?:kr|kronor|:-)?\s*,?\s*(?:som\s+)?(?:förföll|förfallodag|förfallen)\s*:?\s*(?:den\s+)?([^;,()]{4,20})"
);

pattern!(
    DAY_FIRST,
    r"(?i)(\d{1,2}\s+\p{L}{3,9}\.?(?:\s+20\d\d)?|\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}(?:[- ]\d{2,4})?)\s*[(:]\s*(\d[\d .]*(?:,\d\d)?)\s*(?:kr|kronor|:-)"
);

pattern!(
    PLACE_AND_DAY,
    r"^\p{Lu}[\p{L} -]{1,30}?,?\s+(?:den\s+)?(\d{1,2}(?::e)?\s+\p{L}{3,9}\.?\s+20\d\d|20\d\d-\d\d-\d\d|\d{1,2}/\d{1,2}\s?[- ]\s?(?:20)?\d\d)\b"
);

pattern!(PHONE, r"(?:tel(?:efon|nr)?\.?|tfn\.?)?\s*:?\s*((?:\+46|0)[\d][\d /()-]{5,16}\d)\s*$");

pattern!(BOX, r"(?i)\bbox\s+\d");

/// The questions of the statutory forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Question {
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
    let has = |wanted: Question| answers.iter().any(|(question, _)| *question == wanted);
    if !has(Question::Landlord) || !has(Question::Tenant) || answers.len() < 4 {
        return None;
    }
    let mut record = Record::default();
    let on = context.local_time.day_of(context.received_at);
    // A form without a line for it is dated below its last answer.
    let dated = answers.iter_mut().filter(|(question, _)| *question != Question::Signed).find_map(
        |(_, lines)| {
            let at = lines.iter().skip(1).position(|line| PLACE_AND_DAY.is_in(line))? + 1;
            let line = *lines.get(at)?;
            lines.truncate(at);
            Some(line)
        },
    );
    if let Some(line) = dated
        && let Some((day, sure)) = last_day(line, on)
    {
        let from = Place { source: source.to_owned(), quote: line.to_owned() };
        record.put("issuedOn", &day.to_string(), &from, sure.min(0.96));
    }
    for (question, lines) in &answers {
        let lines: Vec<&str> = lines.iter().map(|line| line.trim_end_matches([',', ' '])).collect();
        let whole = lines.join("\n");
        if whole.trim().is_empty() {
            continue;
        }
        let from = Place { source: source.to_owned(), quote: whole.replace('\n', ", ") };
        match question {
            Question::Landlord => landlord(&mut record, &whole, &from),
            Question::Tenant => tenant(&mut record, &whole, &from, on, context),
            Question::Rooms => {
                tell(&mut record, "dwelling.rooms", "", &Cell::text(lines[0]), &from, context);
            }
            Question::Amount => owed(&mut record, &whole, &from, on),
            Question::Account => {
                tell(
                    &mut record,
                    "arrears.payment.bankgiro",
                    "",
                    &Cell::text(lines[0]),
                    &from,
                    context,
                );
            }
            Question::Home => {
                tell(
                    &mut record,
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
    if record.periods == 0 && record.any("arrears.periods.0.") {
        record.periods = 1;
    }
    let head: String = text.lines().take(8).collect::<Vec<_>>().join(" ");
    kind(&mut record, &head, source);
    Some(record)
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
    let _ = kinds::of_words;
}

/// The question that a line asks, and what is answered on the same line.
pub(super) fn question(line: &str) -> Option<(Question, &str)> {
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

pub(super) fn tenant(
    record: &mut Record,
    text: &str,
    from: &Place,
    on: Date,
    context: &Context<'_>,
) {
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
    let _ = on;
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

/// The amount, with its months and the days it was due.
pub(super) fn owed(record: &mut Record, text: &str, from: &Place, on: Date) {
    let flat = text.replace('\n', " ");
    let words = || {
        let inner = flat.split(['(', ')']).nth(1)?;
        cells::amount(inner)
    };
    let Some(amount) = cells::amount(&flat).or_else(words) else { return };
    record.put("arrears.amountToRecover", &plain(amount), from, 0.97);
    let each: Vec<(crate::domain::money::Money, Date)> = EACH
        .all(&flat)
        .filter_map(|fit| {
            let amount = cells::amount(fit.get(1)?.as_str().trim())?;
            let (day, _) = lines::first_day(fit.get(2)?.as_str(), on)?;
            Some((amount, day))
        })
        .collect();
    // `31 augusti 2026 (4 033 kr)`: the day stands first.
    let behind = || {
        DAY_FIRST.all(&flat).filter_map(|fit| {
            let amount = cells::amount(fit.get(2)?.as_str().trim())?;
            let (day, _) = lines::first_day(fit.get(1)?.as_str(), on)?;
            Some((amount, day))
        })
    };
    let each = if each.len() > 1 { each } else { behind().collect() };
    let sum: i64 = each.iter().map(|(amount, _)| amount.ore()).sum();
    if each.len() > 1 && sum == amount.ore() {
        for (at, (amount, day)) in each.iter().enumerate() {
            record.put(&format!("arrears.periods.{at}.amount"), &plain(*amount), from, 0.97);
            record.put(&format!("arrears.periods.{at}.dueOn"), &day.to_string(), from, 0.97);
        }
        record.periods = each.len();
        return;
    }
    let days: Vec<Date> = days(&flat, on);
    let months = named_months(&flat, on);
    if let ([day], true) = (days.as_slice(), DUE.is_in(&flat) || !months.is_empty())
        && months.len() < 2
    {
        record.put("arrears.periods.0.dueOn", &day.to_string(), from, 0.95);
        record.put("arrears.periods.0.amount", &plain(amount), from, 0.95);
        record.periods = 1;
    } else if days.len() > 1 && months.is_empty() && DUE.is_in(&flat) {
        for (at, day) in days.iter().enumerate() {
            record.put(&format!("arrears.periods.{at}.dueOn"), &day.to_string(), from, 0.95);
        }
        record.periods = days.len();
    }
    if let [month] = months.as_slice() {
        record.put("arrears.periods.0.period", month, from, 0.95);
        record.put("arrears.periods.0.amount", &plain(amount), from, 0.95);
        record.periods = 1;
    }
}

pattern!(
    EVERY_DAY,
    r"(?i)\d{4}-\d\d-\d\d|\b\d{1,2}\s?/\s?\d{1,2}(?:\s?[-/. ]\s?(?:20)?\d\d\b)?|\b\d{1,2}(?::e)?\s+(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-z]*\.?(?:\s+20\d\d)?"
);

pattern!(
    MONTH,
    r"(?i)(?:^|[^\d] )\b((?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december)(?:\s+20\d\d)?)\b|\b(20\d\d-(?:0[1-9]|1[0-2]))\b(?:[^-]|$)"
);

pub(super) fn days(text: &str, on: Date) -> Vec<Date> {
    EVERY_DAY
        .all(text)
        .take(50)
        .filter_map(|fit| cells::day(fit.get(0)?.as_str(), on))
        .map(|(day, _)| day)
        .collect()
}

pub(super) fn last_day(text: &str, on: Date) -> Option<(Date, f64)> {
    EVERY_DAY.all(text).take(50).filter_map(|fit| cells::day(fit.get(0)?.as_str(), on)).last()
}

pub(super) fn named_months(text: &str, on: Date) -> Vec<String> {
    let found = MONTH.all(text).take(50).filter_map(|fit| {
        let named = fit.get(1).or_else(|| fit.get(2))?;
        // A day before it makes it a date.
        let before = text[..named.start()].trim_end();
        let dated = before.ends_with(|c: char| c.is_ascii_digit())
            && text[..named.start()].ends_with(' ')
            && before.rsplit(' ').next().is_some_and(|word| word.len() <= 2);
        if dated {
            None
        } else {
            super::months::read(named.as_str(), on).into_iter().next().map(|(month, _)| month)
        }
    });
    let mut found: Vec<String> = found.collect();
    found.dedup();
    found
}
