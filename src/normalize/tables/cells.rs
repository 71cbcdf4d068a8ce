//! What stands together in one cell or one line of a form, taken apart: an address with its apartment and town, a name with its number,
//! two names, an account, an amount with words behind it.

use super::super::prose::pattern::pattern;
use super::super::swedish::amounts::read_amount;
use super::super::swedish::dates::read_date;
use super::names::ordinary;
use crate::domain::money::Money;
use jiff::ToSpan as _;
use jiff::civil::Date;

pattern!(
    TOWN,
    r"(?i)(?:^|[,;\n ]|- )\s*(?:SE?-)?(\d{3} ?\d{2})[ ,]+(\p{L}[\p{L}.-]+(?:[ ]\p{L}[\p{L}.-]*){0,2})\s*$"
);

pattern!(
    APARTMENT,
    r"(?i)[,;]?\s*\(?\b(?:lgh|lägenhets?(?:nummer|nr)?|lägenhet|apt|apartment|flat|lght|l(?:ägenhet)?s?nr)\.?\s*(?:nr|nummer|no)?[.:]?\s*(\d{1,4}[A-Z]?)\b\)?"
);

pattern!(CARE_OF, r"(?i)\bc/o:?\s*([^,;\n]{2,60})[,;\n]?");

pattern!(
    STAIRS,
    r"(?i)[,;]?\s*(?:\d{1,2}\s?(?:tr|trappor)\b\.?|nb\b|bv\b|våning\s*\d+|vån\.?\s*\d+)"
);

pattern!(
    STREET,
    r"^(\p{L}[\p{L}\d .:'’/-]*?\s\d{1,4}(?:\s?[A-Za-z])?(?:\s?-\s?\d{1,4}\s?[A-Za-z]?)?)(?:$|[ ,;(])"
);

pattern!(ACCOUNT, r"(?:^|[^\d])(\d[\d ]{1,9}-\s?\d{1,4}|\d{6,8})(?:$|[^\d-])");

/// Towns that programs without Swedish letters write without their marks.
const TOWNS: &[(&str, &str)] = &[
    ("malmo", "Malmö"),
    ("goteborg", "Göteborg"),
    ("gothenburg", "Göteborg"),
    ("orebro", "Örebro"),
    ("vasteras", "Västerås"),
    ("linkoping", "Linköping"),
    ("norrkoping", "Norrköping"),
    ("jonkoping", "Jönköping"),
    ("umea", "Umeå"),
    ("gavle", "Gävle"),
    ("boras", "Borås"),
    ("sodertalje", "Södertälje"),
    ("vaxjo", "Växjö"),
    ("lulea", "Luleå"),
    ("ostersund", "Östersund"),
    ("trollhattan", "Trollhättan"),
    ("skovde", "Skövde"),
    ("molndal", "Mölndal"),
    ("vastra frolunda", "Västra Frölunda"),
    ("angelholm", "Ängelholm"),
    ("nykoping", "Nyköping"),
    ("taby", "Täby"),
    ("ornskoldsvik", "Örnsköldsvik"),
    ("lidkoping", "Lidköping"),
    ("ystad", "Ystad"),
    ("karlskoga", "Karlskoga"),
    ("oxelosund", "Oxelösund"),
];

/// An address and what stands in it.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) street: Option<String>,
    pub(super) care_of: Option<String>,
    pub(super) apartment: Option<String>,
    pub(super) postal_code: Option<String>,
    pub(super) city: Option<String>,
}

impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Address(street: {}, town: {})", self.street.is_some(), self.city.is_some())
    }
}

/// Takes an address apart: `Storprovsgatan 9 lgh 1101, 214 00 Malmö`.
pub(super) fn address(text: &str) -> Address {
    let mut found = Address::default();
    let mut rest = text.trim().to_owned();
    if let Some(fit) = TOWN.first(&rest)
        && let (Some(whole), Some(code), Some(city)) = (fit.get(0), fit.get(1), fit.get(2))
    {
        found.postal_code = Some(code.as_str().replace(' ', ""));
        found.city = Some(town(city.as_str()));
        let start = whole.start();
        rest.truncate(start);
    }
    let taken = |pattern: &super::super::prose::pattern::Pattern, rest: &mut String| {
        let (value, range) = {
            let fit = pattern.first(rest)?;
            (fit.get(1)?.as_str().trim().to_owned(), fit.get(0)?.range())
        };
        rest.replace_range(range, " ");
        Some(value)
    };
    found.care_of = taken(&CARE_OF, &mut rest);
    found.apartment = taken(&APARTMENT, &mut rest).map(|number| number.to_uppercase());
    if let Some(range) = STAIRS.first(&rest).and_then(|fit| fit.get(0)).map(|fit| fit.range()) {
        rest.replace_range(range, " ");
    }
    let rest = rest.trim().trim_matches([',', ';', '(', ')', ' ']).trim();
    let street = rest.split([',', ';', '\n']).map(str::trim).find_map(|part| {
        let part = part.split_whitespace().collect::<Vec<_>>().join(" ");
        Some(STREET.first(&part)?.get(1)?.as_str().trim().to_owned())
    });
    if found.apartment.is_none() && street.is_some() {
        // `Provgatan 2, 1201`
        let bare = |part: &&str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
        found.apartment =
            rest.split([',', ';', '\n', '/']).skip(1).map(str::trim).find(bare).map(str::to_owned);
    }
    let whole = || {
        let line = rest.split_whitespace().collect::<Vec<_>>().join(" ");
        let name = line.chars().any(char::is_alphabetic) && !rest.contains([',', ';', '\n']);
        name.then_some(line)
    };
    found.street = street.or_else(whole).map(|street| ordinary(&street, false));
    found
}

/// `214 00 MALMÖ` as code and town, `Malmö` as a town.
pub(super) fn code_and_town(text: &str) -> (Option<String>, Option<String>) {
    let address = address(text);
    match address.postal_code {
        Some(code) => (Some(code), address.city),
        None => (None, Some(town(text)).filter(|town| !town.is_empty())),
    }
}

/// A town in ordinary letters.
pub(super) fn town(text: &str) -> String {
    let text = text.trim().trim_matches([',', '.']).trim();
    let key = text.to_lowercase();
    match TOWNS.iter().find(|(plain, _)| *plain == key) {
        Some((_, town)) => (*town).to_owned(),
        None => ordinary(text, true),
    }
}

/// The amount that a cell begins with: `5 222 + ränta`, `15 140 kr; 7 570 kr förföll …`, `12 990 kr avseende oktober`.
pub(super) fn amount(text: &str) -> Option<Money> {
    if let Some(amount) = read_amount(text) {
        return Some(amount);
    }
    let whole = text.trim();
    let text = whole.trim_start_matches(|c: char| c.is_alphabetic() || matches!(c, ':' | ' '));
    let end = text
        .char_indices()
        .find(|(at, c)| {
            let ends = matches!(c, '+' | ';' | '(') || (c.is_alphabetic() && *at > 0);
            let comma = *c == ',' && text[at + 1..].starts_with(' ');
            ends || comma
        })
        .map_or(text.len(), |(at, _)| at);
    let head = text[..end].trim().trim_end_matches(['.', ',']);
    // `November 2026, 8 912 kr`: the year of a month is no sum.
    let year = head.len() == 4 && head.starts_with("20") && text.len() < whole.len();
    let tail = text[end..].trim_start_matches([',', ' ']);
    let marked = ["kr", "sek", ":-", "kronor"]
        .iter()
        .any(|mark| tail.get(..mark.len()).is_some_and(|it| it.eq_ignore_ascii_case(mark)));
    if year && !marked {
        return tail.starts_with(|c: char| c.is_ascii_digit()).then(|| amount(tail)).flatten();
    }
    // `16 kap. 7 §` and `Exempelgatan 12` are none either.
    let worded = text.len() < whole.len() || tail.starts_with(char::is_alphabetic);
    read_amount(head).filter(|sum| marked || !worded || sum.ore() >= 10_000)
}

/// A day, also one without its year: then the one nearest to the day of arrival that is not far behind it.
pub(super) fn day(text: &str, on: Date) -> Option<(Date, f64)> {
    let text = text.trim();
    if let Some(day) = read_date(text) {
        return Some((day, 0.98));
    }
    let year = |year: i16| {
        let text = text.trim_end_matches('.');
        read_date(&format!("{text} {year}"))
    };
    let near = [on.year(), on.year() - 1, on.year() + 1].into_iter().filter_map(year);
    let distance =
        |day: &Date| on.until(*day).map_or(i64::MAX, |span| i64::from(span.get_days()).abs());
    near.min_by_key(distance).map(|day| (day, 0.93))
}

/// A spreadsheet's day number, for days within five years of arrival.
pub(super) fn serial_day(text: &str, on: Date) -> Option<Date> {
    let number: i64 =
        text.split('.').next()?.parse().ok().filter(|n| (30_000..=80_000).contains(n))?;
    let day = jiff::civil::date(1899, 12, 30).checked_add(number.days()).ok()?;
    ((on.year() - 5)..=(on.year() + 5)).contains(&day.year()).then_some(day)
}

/// Where to pay: bankgiro or plusgiro, with its hyphen. `said`: what the label calls it.
pub(super) fn account(text: &str, said: Option<Giro>) -> Option<(Giro, String)> {
    let lower = text.to_lowercase();
    let place = |words: &[&str]| words.iter().filter_map(|word| lower.find(word)).min();
    let giro = match (place(&["bankgiro", "bg"]), place(&["plusgiro", "postgiro", "pg"])) {
        (Some(_), None) => Some(Giro::Bank),
        (None, Some(_)) => Some(Giro::Plus),
        (Some(bank), Some(plus)) => Some(if bank < plus { Giro::Bank } else { Giro::Plus }),
        (None, None) => said,
    };
    let written = ACCOUNT.first(text)?.get(1)?.as_str();
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    let last = written.rsplit_once('-').map(|(_, end)| end.trim().len());
    let giro = match (giro, last) {
        (Some(giro), _) => giro,
        (None, Some(4)) => Giro::Bank,
        (None, Some(1)) => Giro::Plus,
        (None, _) => return None,
    };
    let behind = if giro == Giro::Bank { 4 } else { 1 };
    if digits.len() < behind + 1 || last.is_some_and(|last| last != behind) {
        return None;
    }
    if giro == Giro::Bank && !(7..=8).contains(&digits.len()) {
        return None;
    }
    let (front, back) = digits.split_at(digits.len() - behind);
    Some((giro, format!("{front}-{back}")))
}

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Giro {
    Bank,
    Plus,
}

#[cfg(test)]
#[path = "cells_tests.rs"]
mod tests;
