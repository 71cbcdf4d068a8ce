//! Amounts in a text, each with what it is said to be: the sum to pay, one month's, the rent itself, or a fee that is neither.

use super::super::days::day_words;
use super::super::pattern::pattern;
use super::super::seen::Seen;
use super::super::seen::Sheet;
use super::super::words::flow;
use super::amount_words;
use super::amount_words::Mark;
use super::amount_words::Written;
use super::month_words;
use super::month_words::Months;
use super::sum_cues::CUES;
use super::sum_cues::EACH_MONTH;
use super::sum_cues::IN_ALL;
use super::sum_cues::PAID;
use super::sum_months::beside;
use super::sum_months::month_of;
use crate::domain::money::Money;
use jiff::civil::Date;

pattern!(
    TIMES,
    r"(?i)(\d{1,2}|en|ett|två|tre|fyra|fem|sex|one|two|three|four|five|six|to|fire)\s?(?:(?:månader|månaders hyra|månadshyror|hyror|avgifter|månadsavgifter|avier|mån|st|months)\.?,?[^\d]{0,40}?(?:à|á|a|at|@|x|\*|×)|[x×*])\s?(?:sek|kr\.?)?\s?$"
);
pattern!(
    EACH,
    r"(?i)(?:^|[^\p{L}])(?:[àá]|vardera(?: månad(?:en)?)?|om vardera|var(?:je)? månad|each)\s?(?:sek|kr\.?)?\s?$"
);

pattern!(
    NUMBERS,
    r"(?i)(?:^|[^\p{L}])(?:\p{L}*(?:nr|nummer)|kund\p{L}*|ärende\p{L}*|akt|ocr|avtal\p{L}*|kontrakt\p{L}*|konto|ref|referens|faktura\p{L}*|mål|dnr|lgh|lägenhet\p{L}*|objekt\p{L}*|no|number|case|account|invoice)\b"
);

/// What an amount is said to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// What must be paid; the higher the number, the plainer said.
    Recover(u8),
    /// A sum without a word that tells more.
    Sum,
    /// The rent or fee of a month.
    Monthly,
    /// The same, so many times.
    Times(u8),
    /// What is owed for the months that stand with it.
    Period,
    /// A fee, interest, a payment.
    Other,
}

/// An amount, what it is, and of which months.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sum {
    pub(super) amount: Money,
    pub(super) meaning: Meaning,
    /// `2026-09`.
    pub(super) months: Vec<String>,
    /// As written, with its currency.
    pub(super) written: String,
}

/// The words around an amount, in lower case.
struct Place {
    /// Its sentence since the amount before it.
    before: String,
    /// The label above, where nothing stands before it.
    above: String,
    /// Its whole sentence up to it.
    head: String,
    behind: String,
    /// Nothing but signs stands between a month and it.
    beside: bool,
    /// `Efter med januari, så skulden är`: the whole debt is told behind the month.
    whole: bool,
}

/// More is nobody's rent. Ten million kronor.
const MOST_ORE: i64 = 1_000_000_000;

/// Every amount of a sheet that is said to be money.
pub(super) fn sums(sheet: &Sheet, on: Date) -> Vec<Seen<Sum>> {
    let flow = flow::flow(&sheet.text);
    let days = day_words::days(&flow, on);
    let months = month_words::months(&flow, &days, on);
    let mut written = amount_words::amounts(&flow);
    written.retain(|one| {
        let day = days.iter().any(|day| !day.relative && one.at < day.end && day.at < one.end);
        let month = months.iter().any(|month| one.at < month.end && month.at < one.end);
        // A figure of ten million is a payment's number, no household's debt.
        !day && !month && one.money.ore() < MOST_ORE && !is_of_a_person(&flow, one)
    });
    let english = english(&flow);
    let mut found: Vec<Seen<Sum>> = Vec::new();
    let mut last = 0;
    for (at, one) in written.iter().enumerate() {
        let next = written.get(at + 1).map_or(flow.len(), |next| next.at);
        let mut place = Place::of(&flow, one, last, next);
        let own = month_of(&flow, &months, one, last, next);
        place.beside = own.is_some_and(|own| beside(&flow, own, one));
        let between = own.and_then(|own| flow.get(own.end..one.at)).unwrap_or_default();
        place.whole = between.to_lowercase().contains("skulden ");
        let Some((meaning, sure)) = meaning(&place, one, own) else { continue };
        let sure = if one.doubtful && !english { sure.min(0.9) } else { sure };
        let quote = sheet.text.get(one.at..one.end).unwrap_or_default();
        let scanned =
            flow.get(one.at..one.end).is_some_and(|read| read != quote.replace('\n', " "));
        let sure = if scanned { sure.min(0.9) } else { sure };
        let value = Sum {
            amount: one.money,
            meaning,
            months: own.map(|own| own.list.clone()).unwrap_or_default(),
            written: quote.trim().to_owned(),
        };
        found.push(Seen::on(sheet, one.at, quote, value, sure));
        // A month behind an amount is not the next one's.
        last = one.end.max(own.filter(|own| own.at >= one.end).map_or(0, |own| own.end));
    }
    found
}

/// Whether bare figures are part of a person's number: `850101 2390`, `de fyra sista siffrorna 2382`.
fn is_of_a_person(flow: &str, one: &Written) -> bool {
    if one.mark != Mark::Bare || one.grouped {
        return false;
    }
    let from = flow::floor(flow, one.at.saturating_sub(24));
    let (head, own) = (flow.get(from..one.at), flow.get(one.at..one.end));
    let (head, own) = (head.unwrap_or_default(), own.unwrap_or_default());
    let tail: String = flow.get(one.end..).unwrap_or_default().chars().take(6).collect();
    let figures = |text: &str| text.chars().take_while(char::is_ascii_digit).count();
    let before: String = head.trim_end().chars().rev().collect();
    let last = own.len() == 4 && head.ends_with(' ') && matches!(figures(&before), 6 | 8);
    let first = matches!(own.len(), 6 | 8) && figures(tail.trim_start()) == 4;
    last || first || (own.len() == 4 && head.contains("siffr"))
}

fn english(flow: &str) -> bool {
    let lower = flow.get(..flow::floor(flow, 4000)).unwrap_or_default().to_lowercase();
    [" the ", " tenant", " rent", " has ", " and "]
        .iter()
        .filter(|word| lower.contains(*word))
        .count()
        > 1
}

impl Place {
    fn of(flow: &str, one: &Written, last: usize, next: usize) -> Self {
        let start = flow::sentence_start(flow, one.at);
        let text = |from: usize, to: usize| flow.get(from..to).unwrap_or_default().to_lowercase();
        let before = text(start.max(last.min(one.at)), one.at);
        let before =
            before.trim_end_matches(['-', ' ']).trim_end_matches("sek").trim_end_matches("kr");
        let above = match before.trim().is_empty() && last <= start {
            true => flow::label_above(flow, one.at).to_lowercase(),
            false => String::new(),
        };
        let stop = flow::sentence_end(flow, one.end).min(next.max(one.end));
        let behind = text(one.end, stop).chars().take(60).collect();
        // `Belopp för återvinning (hyra och ränta): 900 kr`.
        let before = match (before.find('('), before.rfind(')')) {
            (Some(open), Some(close)) if open < close => {
                format!("{}{}", &before[..open], &before[close + 1..])
            }
            (_, _) => before.to_owned(),
        };
        Self { before, above, head: text(start, one.at), behind, beside: false, whole: false }
    }
}

/// What an amount is, and how sure that is; `None` for figures that are no money.
fn meaning(place: &Place, one: &Written, months: Option<&Months>) -> Option<(Meaning, f64)> {
    let marked = one.mark != Mark::Bare;
    let plausible = one.money.ore() >= 10_000 && (one.grouped || !year(one));
    let behind = place.behind.trim_start_matches([' ', ',', ')', '(']);
    if one.money.ore() < 0 {
        return Some((Meaning::Other, 0.95));
    }
    if EACH_MONTH.iter().any(|word| behind.starts_with(word)) && (marked || plausible) {
        return Some((Meaning::Monthly, 0.98));
    }
    let unless = ["inte", "ej", "innan", "unless", "until", "förrän", "när"];
    let open = place.before.split_whitespace().any(|word| unless.contains(&word));
    if !open && PAID.iter().any(|word| behind.starts_with(word)) {
        return Some((Meaning::Other, 0.95));
    }
    let before = place.before.trim_end();
    if let Some(count) = times(before).filter(|_| marked || plausible) {
        return Some((Meaning::Times(count), 0.97));
    }
    if EACH.is_in(before) && (marked || plausible) {
        return Some((Meaning::Monthly, 0.94));
    }
    let so = ["blir", "alltså", "dvs", "d.v.s."].iter().any(|word| before.ends_with(word));
    if (before.ends_with('=') && (marked || plausible)) || (so && marked) {
        return Some((Meaning::Recover(5), 0.97));
    }
    if IN_ALL.iter().any(|word| behind.starts_with(word)) && (marked || plausible) {
        return Some((Meaning::Recover(5), 0.97));
    }
    cued(place, one, months, marked, plausible)
}

fn year(one: &Written) -> bool {
    !one.grouped && (190_000..=210_000).contains(&one.money.ore())
}

fn times(before: &str) -> Option<u8> {
    let fit = TIMES.first(before)?;
    let names = ["en", "två", "tre", "fyra", "fem", "sex"];
    let english = ["one", "two", "three", "four", "five", "six"];
    let word = fit.get(1)?.as_str();
    let named = |list: &[&str]| list.iter().position(|name| *name == word);
    let named = named(&names).or_else(|| named(&english)).and_then(|at| u8::try_from(at + 1).ok());
    word.parse().ok().or(named).filter(|count| (1..=36).contains(count))
}

fn cued(
    place: &Place,
    one: &Written,
    months: Option<&Months>,
    marked: bool,
    plausible: bool,
) -> Option<(Meaning, f64)> {
    let single = months.is_some_and(|months| months.list.len() == 1);
    let beside = single && place.beside;
    let found = last_cue(&place.before);
    // Figures without a mark are money only right behind what names them.
    let direct = |end: usize| {
        let gap = place.before.get(end..).unwrap_or_default();
        let words =
            gap.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count();
        !gap.contains(|c: char| c.is_ascii_digit()) && words <= 2 && !NUMBERS.is_in(gap)
    };
    // `Totalt inkl. avgift 60 kr: 12 360 kr`.
    let colon = found.is_none() && place.before.trim() == ":";
    let found = match colon {
        true => last_label(&place.head)
            .map(|said| (0, said))
            .filter(|(_, said)| matches!(said, Meaning::Recover(5..))),
        false => found,
    };
    match found {
        Some((end, meaning)) if marked || (plausible && (direct(end) || beside)) => {
            match (meaning, months) {
                (Meaning::Recover(..5) | Meaning::Monthly, Some(_)) if single && !place.whole => {
                    Some((Meaning::Period, 0.97))
                }
                (Meaning::Recover(rank), _) => Some((Meaning::Recover(rank), 0.975)),
                (meaning, _) => Some((meaning, 0.97)),
            }
        }
        Some(_) => None,
        None if single && (marked || (plausible && beside)) => Some((Meaning::Period, 0.97)),
        None if months.is_some() && marked => match last_label(&place.above) {
            Some(told @ Meaning::Recover(4..)) => Some((told, 0.96)),
            _ => Some((Meaning::Recover(3), 0.93)),
        },
        None => match last_label(&place.above) {
            Some(meaning) if marked || plausible => Some((meaning, 0.97)),
            _ if marked && one.mark == Mark::Currency => Some((Meaning::Sum, 0.9)),
            _ if marked && plausible => Some((Meaning::Sum, 0.85)),
            _ => None,
        },
    }
}

fn last_cue(text: &str) -> Option<(usize, Meaning)> {
    let found = CUES.iter().filter_map(|(cue, meaning)| {
        let at = text.rfind(cue)?;
        let begins = !text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
        // A word's end may differ, but not what it is: `rest` is no `restaurang`.
        let rest: String =
            text[at + cue.len()..].chars().take_while(|c| c.is_alphabetic()).collect();
        let fits = begins && (rest.chars().count() <= 2 || cue.len() > 5);
        fits.then_some((at + cue.len(), cue.len(), *meaning))
    });
    found.max_by_key(|(end, length, _)| (*end, *length)).map(|(end, _, meaning)| (end, meaning))
}

/// What a label above says: the plainest of its words counts, as the forms' labels name much.
fn last_label(label: &str) -> Option<Meaning> {
    if label.chars().count() > 200 {
        return None;
    }
    let said = CUES.iter().filter(|(cue, _)| label.contains(cue)).map(|(_, meaning)| *meaning);
    said.max_by_key(|meaning| match meaning {
        Meaning::Recover(rank) => *rank + 10,
        Meaning::Monthly => 2,
        Meaning::Other => 1,
        Meaning::Sum | Meaning::Times(_) | Meaning::Period => 0,
    })
}
