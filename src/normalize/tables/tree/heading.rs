//! What a heading or a label that nobody foresaw names, by the words that it is put together of and by the shape of what stands below or beside it.

use super::atoms::Atom;
use super::atoms::atoms;
use super::gather::party;
use super::shapes;
use super::values::DAYS;
use jiff::civil::Date;

/// The field that it names; `None` where word and value do not agree.
pub(in crate::normalize::tables) fn heading(label: &str, value: &str, on: Date) -> Option<String> {
    let own = atoms(label);
    let is = |any: &[Atom]| own.iter().any(|atom| any.contains(atom));
    let party = party(&own);
    if own.is_empty()
        || is_office(label)
        || matches!(
            party,
            Some(Atom::Sender | Atom::Contact | Atom::Officer | Atom::Child | Atom::Ours)
        )
        || is(&[Atom::Fee, Atom::Meta, Atom::Old])
    {
        return None;
    }
    let at = usize::from(party == Some(Atom::Second));
    let words = shapes::words(value);
    if party == Some(Atom::Landlord) {
        let named = is(&[Atom::Name]) || own.iter().all(|atom| *atom == Atom::Landlord);
        let name = named && words > 1 && !value.bytes().any(|byte| byte.is_ascii_digit());
        return name.then(|| "landlord.name".to_owned());
    }
    if let Some((_, clock)) = shapes::day(value, on).filter(|_| value.len() >= 6) {
        return dated(label, &own, clock.is_some(), at);
    }
    let sum = shapes::is_sum(value) && value.bytes().filter(u8::is_ascii_digit).count() >= 3;
    if sum && is(&[Atom::Recover]) {
        return Some("arrears.amountToRecover".to_owned());
    }
    let field = match () {
        () if shapes::is_case(value) && is(&[Atom::Case, Atom::Ref, Atom::Number]) => {
            "enforcement.caseNumber"
        }
        () if is(&[Atom::Given]) && words > 0 && words < 4 => {
            return Some(format!("persons.{at}.givenName"));
        }
        () if is(&[Atom::Family]) && !is(&[Atom::Household]) && words > 0 && words < 4 => {
            return Some(format!("persons.{at}.familyName"));
        }
        () if is(&[Atom::House]) && value.len() <= 6 => "dwelling.streetNumber",
        () if is(&[Atom::Code]) && value.bytes().filter(u8::is_ascii_digit).count() == 5 => {
            "dwelling.postalCode"
        }
        () if is(&[Atom::Town]) && words > 0 && words < 4 => "dwelling.city",
        () if is(&[Atom::Bank]) && sum => "arrears.payment.bankgiro",
        () if is(&[Atom::Ocr]) && sum => "arrears.payment.ocr",
        () if is(&[Atom::Flat]) && value.len() == 4 && sum => "dwelling.apartmentNumber",
        () => return None,
    };
    Some(field.to_owned())
}

/// What a day is by the words of its label; `at`: which person it would be of.
fn dated(label: &str, own: &[Atom], timed: bool, at: usize) -> Option<String> {
    let is = |any: &[Atom]| own.iter().any(|atom| any.contains(atom));
    let (_, field) = DAYS.iter().find(|(atom, _)| own.contains(atom))?;
    let folded = crate::domain::labels::folded(label);
    let asked = ["sok", "ingiv", "kfm", "appl", "filed", "begar"];
    let late = ["effective", "expir", "upphor", "slut", "end", "until", "giltig"];
    let latest = ["senast", "till", "ratta", "upphor", "slut", "by", "before", "deadline", "dag"];
    let oldest = ["aldsta", "oldest", "forsta", "first", "sista", "last"];
    Some(match *field {
        // When it came to a colleague, and the first of several days, are others.
        "enforcement.appliedOn" if !asked.iter().any(|word| folded.contains(word)) => {
            return None;
        }
        "terminatedOn" if late.iter().any(|word| folded.contains(word)) => return None,
        "rectifyBy" if !latest.iter().any(|word| folded.contains(word)) => return None,
        "dueOn" if oldest.iter().any(|word| folded.contains(word)) => return None,
        "bornOn" => format!("persons.{at}.bornOn"),
        "dueOn" => "arrears.periods.0.dueOn".to_owned(),
        "startsAt" | "executedAt" if !timed && !is(&[Atom::Day, Atom::Hearing]) => {
            return None;
        }
        "startsAt" | "executedAt" => format!("enforcement.{field}"),
        "incident" => return None,
        field => field.to_owned(),
    })
}

/// Whether a label is an office's name: a day beside it is the letter's.
fn is_office(label: &str) -> bool {
    let folded = crate::domain::labels::folded(label);
    let ends =
        ["avdelningen", "avdelning", "enheten", "enhet", "myndigheten", "kontoret", "teamet"];
    ends.iter().any(|end| folded.ends_with(end))
}

/// Whether a value is an hour.
pub(in crate::normalize::tables) fn is_clock(value: &str) -> bool {
    shapes::clock(value).is_some()
}

/// Whether a value is a day with its hour.
pub(in crate::normalize::tables) fn is_moment(value: &str, on: Date) -> bool {
    let hour = value.to_lowercase();
    let (day, clock) = hour.split_once("kl").unwrap_or((&hour, ""));
    let parted = !clock.is_empty()
        && shapes::day(day.trim().trim_end_matches(','), on).is_some()
        && shapes::clock(clock.trim_start_matches(['o', 'c', 'k', 'a', 'n', '.', ' '])).is_some();
    parted || shapes::day(value, on).is_some_and(|(_, clock)| clock.is_some())
}

/// Whether a value is a street with its number and nothing else.
pub(in crate::normalize::tables) fn is_home(value: &str) -> bool {
    let last = value
        .split_whitespace()
        .skip(1)
        .find(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    let letters = value.chars().filter(|c| c.is_alphabetic()).count();
    shapes::is_street(value) && letters >= 4 && last.is_some_and(|number| number.len() <= 4)
}

/// Whether a value is a month and no day.
pub(in crate::normalize::tables) fn is_month(value: &str, on: Date) -> bool {
    shapes::month(value, on).is_some() && shapes::day(value, on).is_none() && value.len() > 4
}

/// The day that a value is.
pub(in crate::normalize::tables) fn day_of(value: &str, on: Date) -> Option<Date> {
    shapes::day(value, on).map(|(day, _)| day)
}

/// The month that a value is.
pub(in crate::normalize::tables) fn month_of(value: &str, on: Date) -> Option<String> {
    shapes::month(value, on)
}
