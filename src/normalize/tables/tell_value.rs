//! What a cell's text is worth: amounts, months, days, accounts, numbers and names in their places of the record, each as sure as its spelling.

use super::super::prose::pattern::pattern;
use super::super::values::yes_or_no;
use super::cells;
use super::cells::Giro;
use super::kinds;
use super::months;
use super::names;
use super::record::Place;
use super::record::Record;
use super::vocabulary::MONTH;
use crate::domain::document::Cell;
use crate::domain::money::Money;
use crate::domain::notice::NoticeType;
use crate::domain::organisation_number::OrganisationNumber;
use jiff::civil::Date;

pattern!(
    KRONOR,
    r"(?i)(?:^|[^\d.,])(\d{1,3}(?:[ .]\d{3})+(?:,\d\d)?|\d{2,6}(?:,\d\d)?) ?(?:kr\b|kronor|sek\b|:-)"
);

/// How sure a value is that stands in the place made for it.
pub(super) const SURE: f64 = 0.98;

/// A value that had to be mended.
pub(super) const MENDED: f64 = 0.96;

/// A value of which something is odd.
pub(super) const ODD: f64 = 0.8;

/// More is nobody's debt of rent but a payment's number. Ten million kronor.
const MOST_ORE: i64 = 1_000_000_000;

/// Puts a value that was read; `false` where none was.
pub(super) fn put_if(
    record: &mut Record,
    field: &str,
    value: Option<String>,
    from: &Place,
    sure: f64,
) -> bool {
    if let Some(value) = &value {
        record.put(field, value, from, sure);
    }
    value.is_some()
}

/// The number that goes with a payment.
pub(super) fn ocr(record: &mut Record, field: &str, text: &str, from: &Place) -> bool {
    let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    let fits = digits.len() >= 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
    put_if(record, field, fits.then_some(digits), from, SURE)
}

/// A company's name, and its number where that stands beside it.
pub(super) fn company(record: &mut Record, field: &str, text: &str, from: &Place) -> bool {
    let name = text.split([',', '\n', ';']).next().unwrap_or(text);
    let mut inner = text.split([',', ' ', '(', ')', '\n']).map(OrganisationNumber::read);
    if let (Some((Some(number), None)), Some(head)) = (
        inner.find(|(number, fault)| number.is_some() && fault.is_none()),
        field.strip_suffix(".name"),
    ) {
        record.put(&format!("{head}.organisationNumber"), number.reveal(), from, MENDED);
    }
    let name = name.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | ' ' | '('));
    let name = Some(names::ordinary_company(name)).filter(|name| name.len() > 1);
    put_if(record, field, name, from, SURE)
}

/// The kind of notice that a cell names; what names none is a remark.
pub(super) fn kind(record: &mut Record, text: &str, from: &Place) -> bool {
    let read = kinds::of_words(text);
    match read {
        Some((kind, sure)) => {
            record.kind = Some((kind, sure, from.clone()));
            if matches!(kind, NoticeType::EvictionChanged | NoticeType::EvictionExecuted)
                && let Some(outcome) = kinds::outcome(text)
            {
                record.put("enforcement.outcome", outcome, from, SURE);
            }
        }
        None => record.remarks.push((text.to_owned(), from.clone())),
    }
    read.is_some()
}

/// The months that a cell lists.
pub(super) fn months(record: &mut Record, text: &str, from: &Place, on: Date) -> bool {
    let read = months::read(text, on);
    for (at, (month, sure)) in read.iter().enumerate() {
        record.put(&format!("arrears.periods.{at}.period"), month, from, *sure);
    }
    record.periods = record.periods.max(read.len());
    !read.is_empty()
}

/// A sum, or sums each with its month.
pub(super) fn amount(record: &mut Record, field: &str, text: &str, from: &Place, on: Date) -> bool {
    let by_month = if field.starts_with('~') { Vec::new() } else { months::with_amounts(text, on) };
    if !by_month.is_empty() && record.periods == 0 {
        for (at, (month, amount)) in by_month.iter().enumerate() {
            record.put(&format!("arrears.periods.{at}.period"), month, from, MENDED);
            record.put(&format!("arrears.periods.{at}.amount"), &plain(*amount), from, MENDED);
        }
        let due = super::owed::days(text, on);
        if due.len() == by_month.len() && text.to_lowercase().contains("förf") {
            for (at, day) in due.iter().enumerate() {
                record.put(&format!("arrears.periods.{at}.dueOn"), &day.to_string(), from, MENDED);
            }
        }
        record.periods = by_month.len();
        return true;
    }
    let amount = cells::amount(text).or_else(|| only_sum(text));
    let amount = amount.filter(|amount| amount.ore() < MOST_ORE);
    let amount = amount.filter(|_| !months::is_one_of_several(text, on));
    let Some(amount) = amount else { return false };
    // Nothing owed is no debt; what is paid and what is left may well be nothing.
    if amount.ore() == 0 && !field.starts_with('~') {
        return true;
    }
    let sure = if months::amounts_in(text) > 1 { 0.9 } else { SURE };
    record.put(field, &plain(amount), from, sure);
    true
}

/// `2 hyror, 15 300 kr (sept och okt)`: the only sum that says what it is counted in.
fn only_sum(text: &str) -> Option<Money> {
    let mut sums = KRONOR.all(text).filter_map(|fit| fit.get(1));
    let first = sums.next()?;
    // `fakt 881: 1 204 kr` is one of several.
    let rest = format!("{} {}", &text[..first.start()], &text[first.end()..]);
    let counts = |run: &str| run.len() < 3 || (run.len() == 4 && run.starts_with("20"));
    let alone = rest.split(|c: char| !c.is_ascii_digit()).all(counts) && sums.next().is_none();
    alone.then(|| cells::amount(first.as_str().trim())).flatten()
}

/// What is owed for the month that the heading names.
pub(super) fn month(record: &mut Record, field: &str, text: &str, from: &Place) -> bool {
    let amount = cells::amount(text).filter(|amount| amount.ore() < MOST_ORE);
    let Some(amount) = amount else { return false };
    let Some(month) = field.strip_prefix(MONTH).filter(|_| amount.ore() > 0) else { return true };
    let at = record.periods;
    record.put(&format!("arrears.periods.{at}.period"), month, from, MENDED);
    record.put(&format!("arrears.periods.{at}.amount"), &plain(amount), from, MENDED);
    record.periods = at + 1;
    true
}

/// An amount in the schema's spelling.
pub(super) fn plain(amount: Money) -> String {
    serde_json::to_value(amount)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}

/// An account to pay to, of the sort that its heading or its shape tells.
pub(super) fn pay(record: &mut Record, text: &str, said: Option<Giro>, from: &Place) -> bool {
    // `BG 5020-7042 OCR 881204317`
    if let Some(at) = text.to_lowercase().find("ocr")
        && let Some(rest) = text.get(at + 3..)
    {
        let rest = rest
            .trim_start_matches(|c: char| c.is_alphabetic() || matches!(c, ':' | '.' | ' ' | '-'));
        let digits: String = rest
            .chars()
            .take_while(|c| c.is_ascii_digit() || *c == ' ')
            .filter(char::is_ascii_digit)
            .collect();
        if (4..=25).contains(&digits.len()) {
            record.put("arrears.payment.ocr", &digits, from, MENDED);
        }
    }
    match cells::account(text, said) {
        Some((Giro::Bank, number)) => record.put("arrears.payment.bankgiro", &number, from, SURE),
        Some((Giro::Plus, number)) => record.put("arrears.payment.plusgiro", &number, from, SURE),
        None => return false,
    }
    true
}

/// Whether there are children, and how many.
pub(super) fn children(record: &mut Record, text: &str, from: &Place) -> bool {
    let lower = text.to_lowercase();
    // `Ja Nej Uppgift saknas`: a form's choices with no mark that was read.
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphabetic()).collect();
    if words.contains(&"ja") && words.contains(&"nej") && !lower.contains(['x', '☒', '☑', '✓', '•'])
    {
        return false;
    }
    // `1 st, f. 2019`, `födda 2014 och 2019`.
    let bracketed = lower.contains("(20") || lower.contains("(199");
    if bracketed || ["f.", "född", "born", "fodd"].iter().any(|word| lower.contains(word)) {
        let years = lower
            .split(|c: char| !c.is_ascii_digit())
            .filter(|year| year.len() == 4 && (year.starts_with("20") || year.starts_with("199")));
        for (at, year) in years.take(10).enumerate() {
            record.put(&format!("children.birthYears.{at}"), year, from, MENDED);
        }
    }
    let behind = lower.split_once("antal").map_or(lower.as_str(), |(_, behind)| behind);
    let digits: String = behind
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(char::is_ascii_digit)
        .collect();
    // `Ja, tre`
    let worded = lower.split(|c: char| !c.is_alphabetic()).find_map(super::remarks::count);
    let digits = match worded.filter(|_| digits.is_empty()) {
        Some(count) => count.to_string(),
        None => digits,
    };
    let first: String = lower.chars().take_while(|c| c.is_alphabetic()).collect();
    let known = match yes_or_no(&first) {
        Some(true) => Some("yes"),
        Some(false) => Some("no"),
        None if matches!(first.as_str(), "inga" | "ingen" | "none") => Some("no"),
        None if lower.contains("inte antas finnas") || lower.contains("ej antas finnas") => {
            Some("no")
        }
        None if first == "barn" && digits.is_empty() => Some("yes"),
        None if lower.starts_with('?')
            || lower.contains("okän")
            || lower.contains("vet ej")
            || lower.contains("oklart") =>
        {
            Some("unknown")
        }
        None => None,
    };
    if let Some(known) = known {
        record.put("children.known", known, from, SURE);
    }
    let count = Some(digits)
        .filter(|digits| !digits.is_empty() && digits.len() < 3 && !lower.contains("år"));
    if count.as_deref() == Some("0") && known.is_none() {
        record.put("children.known", "no", from, SURE);
        return true;
    }
    put_if(record, "children.count", count.filter(|count| count != "0"), from, SURE)
        || known.is_some()
}

/// `Hyresgästen tog emot underrättelsen 2026-02-11`
fn took(text: &str) -> bool {
    let text = text.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let given = says(&["tog emot", "tagit emot", "mottog", "kvitter"]);
    text.len() <= 90 && given && !says(&[" inte ", " ej "])
}

/// A day, written or as a spreadsheet counts it.
pub(super) fn day(record: &mut Record, field: &str, cell: &Cell, from: &Place, on: Date) -> bool {
    let text = cell.as_str().trim();
    if let (Some(months), Cell::Text(_)) = (field.strip_suffix("0.dueOn"), cell)
        && due_days(record, months, text, from, on)
    {
        return true;
    }
    let read = match cell {
        Cell::Date(date) => date.get(..10).and_then(|day| day.parse().ok()).map(|day| (day, SURE)),
        Cell::Number(number) => {
            cells::serial_day(number, on).map(|day| (day, 0.97)).or_else(|| cells::day(number, on))
        }
        Cell::Text(_) | Cell::Empty | Cell::Time(_) | Cell::Flag(_) => cells::day(text, on),
    };
    let read = read.or_else(|| {
        let end = text.find([',', ';', '('])?;
        cells::day(&text[..end], on)
    });
    // `ja, 2026-11-12`: the only day among a few words.
    let read = read.or_else(|| match super::owed::days(text, on).as_slice() {
        [day] if text.chars().count() <= 40 || (field == "servedOn" && took(text)) => {
            Some((*day, 0.93))
        }
        [] | [..] => None,
    });
    put_if(
        record,
        field,
        read.map(|(day, _)| day.to_string()),
        from,
        read.map_or(0.0, |(_, sure)| sure),
    )
}

/// `30/9, 30/10`: the days on which several months were due, one for each month that is named.
fn due_days(record: &mut Record, months: &str, text: &str, from: &Place, on: Date) -> bool {
    let days = super::owed::days(text, on);
    if days.len() < 2 || days.len() != record.periods {
        return false;
    }
    for (at, day) in days.iter().enumerate() {
        record.put(&format!("{months}{at}.dueOn"), &day.to_string(), from, MENDED);
    }
    true
}
