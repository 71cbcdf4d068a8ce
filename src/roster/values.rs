//! The values of the roster file, one by one: what people write, read with a little patience, or the trouble with it.

use crate::roster::fault::Trouble;
use crate::roster::hours::Weekdays;
use crate::roster::hours::minute_written;
use jiff::civil::Date;
use toml::de::DeValue;

/// More than any name of a person, unit or title.
const TEXT_CHARS: usize = 100;

/// A mail address (RFC 5321 4.5.3.1.3, less its angle brackets).
const MAIL_CHARS: usize = 254;

/// A text on one line, without the spaces around it.
pub(super) fn text(value: &DeValue<'_>) -> Result<String, Trouble> {
    text_up_to(value, TEXT_CHARS)
}

fn text_up_to(value: &DeValue<'_>, most: usize) -> Result<String, Trouble> {
    let DeValue::String(text) = value else { return Err(Trouble::NotText) };
    let text = text.trim();
    if text.is_empty() {
        Err(Trouble::Empty)
    } else if text.chars().count() > most {
        Err(Trouble::TooLong(most))
    } else if text.chars().any(is_unprintable) {
        Err(Trouble::Unprintable)
    } else {
        Ok(text.to_owned())
    }
}

/// Controls, line separators, and what turns the direction of writing or cannot be seen: it would end up in mails and letters.
fn is_unprintable(sign: char) -> bool {
    sign.is_control()
        || matches!(sign, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// An id: 1 to 64 lower-case letters a–z, digits and hyphens.
pub(super) fn id(value: &DeValue<'_>) -> Result<String, Trouble> {
    let id = text(value)?;
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    if id.len() <= 64 && id.bytes().all(fits) { Ok(id) } else { Err(Trouble::NotId) }
}

/// A telephone number as people write it.
pub(super) fn telephone(value: &DeValue<'_>) -> Result<String, Trouble> {
    let text = text(value)?;
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let fits = |sign: char| sign.is_ascii_digit() || matches!(sign, ' ' | '-' | '–' | '(' | ')');
    let after_plus = text.strip_prefix('+').unwrap_or(&text);
    if digits >= 5 && after_plus.chars().all(fits) { Ok(text) } else { Err(Trouble::NotTelephone) }
}

/// A mail address.
pub(super) fn mail(value: &DeValue<'_>) -> Result<String, Trouble> {
    let text = text_up_to(value, MAIL_CHARS)?;
    let is_mail = text.split_once('@').is_some_and(|(local, domain)| {
        let odd = |sign: char| sign.is_whitespace() || "<>()[],;:\\\"".contains(sign);
        let is_name = |label: &str| !label.is_empty() && !label.contains('@');
        !local.is_empty() && !text.contains(odd) && domain.split('.').all(is_name)
    });
    if is_mail { Ok(text) } else { Err(Trouble::NotMail) }
}

/// `true` or `false`.
pub(super) fn yes_no(value: &DeValue<'_>) -> Result<bool, Trouble> {
    match value {
        DeValue::Boolean(yes) => Ok(*yes),
        _ => Err(Trouble::NotYesNo),
    }
}

/// A day, in quotation marks or without.
pub(super) fn date(value: &DeValue<'_>) -> Result<Date, Trouble> {
    let written = match value {
        DeValue::String(text) => text.trim().to_owned(),
        DeValue::Datetime(moment) => moment.to_string(),
        _ => return Err(Trouble::NotDate),
    };
    let is_plain = written.len() == 10 && written.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    written.parse().ok().filter(|_| is_plain).ok_or(Trouble::NotDate)
}

/// A time of day as its minute after midnight, in quotation marks or without.
pub(super) fn minute(value: &DeValue<'_>) -> Result<u16, Trouble> {
    let written = match value {
        DeValue::String(text) => text.to_string(),
        DeValue::Datetime(moment) => moment.to_string(),
        _ => return Err(Trouble::NotTime),
    };
    minute_written(&written).ok_or(Trouble::NotTime)
}

/// A list of days of the week.
pub(super) fn weekdays(value: &DeValue<'_>) -> Result<Weekdays, Trouble> {
    let DeValue::Array(words) = value else { return Err(Trouble::NotTexts) };
    let mut days = Vec::new();
    for word in words {
        let DeValue::String(word) = word.get_ref() else { return Err(Trouble::NotTexts) };
        days.push(Weekdays::word(word).ok_or(Trouble::NotWeekday)?);
    }
    if days.is_empty() { Err(Trouble::Empty) } else { Ok(Weekdays::of(days)) }
}

/// A number of weeks.
pub(super) fn every(value: &DeValue<'_>) -> Result<u8, Trouble> {
    let DeValue::Integer(number) = value else { return Err(Trouble::NotEvery) };
    let number = u8::from_str_radix(number.as_str(), number.radix()).ok();
    number.filter(|weeks| (2..=52).contains(weeks)).ok_or(Trouble::NotEvery)
}
