//! Personnummer (SFS 1991:481 18 §) and samordningsnummer (SFS 2022:1697 2:8), however they are written.
//!
//! A number that fails a check is kept beside its fault: the notice has legally arrived, and a person decides what was meant. The
//! number is never guessed into somebody else's.

use crate::domain::acknowledgement::words;
use crate::domain::masked::Masked;
use jiff::civil::Date;
use serde::Deserialize;
use serde::Serialize;

/// What kind of number it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PersonIdentityKind {
    /// Personnummer.
    PersonalIdentityNumber,
    /// Samordningsnummer: the day of birth plus 60.
    CoordinationNumber,
    /// Reserve numbers and local ids.
    Other,
}

words!(PersonIdentityKind {
    PersonalIdentityNumber = "personalIdentityNumber",
    CoordinationNumber = "coordinationNumber",
    Other = "other",
});

/// A person's number, normalized to twelve digits where it is a personnummer or samordningsnummer.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PersonIdentity {
    /// What kind.
    pub kind: PersonIdentityKind,
    /// The number.
    pub value: Masked,
}

/// What is odd about a number that is kept all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonIdentityFault {
    /// Neither ten nor twelve digits in any known spelling: kept as kind `other`, as written.
    Shape,
    /// The check digit (Luhn, ten-digit form) is wrong.
    CheckDigit,
    /// The date in it is impossible or in the future.
    Date,
}

impl PersonIdentity {
    /// Reads any usual spelling. `on` is the day the notice arrived: a century is inferred so that nobody is born later, and a `+`
    /// says that the person turns at least a hundred that year. Interim numbers with a letter are kind `other` without fault.
    pub fn read(text: &str, on: Date) -> (Self, Option<PersonIdentityFault>) {
        let Some(spelled) = Spelled::read(text) else {
            return (Self::other(text.trim()), Some(PersonIdentityFault::Shape));
        };
        if spelled.serial.bytes().any(|b| b.is_ascii_alphabetic()) {
            return (Self::other(&spelled.compact()), None);
        }
        let Some(year) = spelled.year(on) else {
            return (Self::other(text.trim()), Some(PersonIdentityFault::Shape));
        };
        let kind = if (60..=91).contains(&spelled.day) {
            PersonIdentityKind::CoordinationNumber
        } else {
            PersonIdentityKind::PersonalIdentityNumber
        };
        let digits = format!("{year:04}{}{}", spelled.month_and_day, spelled.serial);
        let fault = if !luhn_holds(&digits[2..]) {
            Some(PersonIdentityFault::CheckDigit)
        } else if !spelled.date_is_possible(kind, year, on) {
            Some(PersonIdentityFault::Date)
        } else {
            None
        };
        (Self { kind, value: Masked::new(digits) }, fault)
    }

    /// The twelve digits of a personnummer or samordningsnummer, the one form to hash and to search by; `None` for other ids.
    pub fn digits12(&self) -> Option<&str> {
        let digits = self.value.reveal();
        let fits = digits.len() == 12 && digits.bytes().all(|b| b.is_ascii_digit());
        match self.kind {
            PersonIdentityKind::PersonalIdentityNumber | PersonIdentityKind::CoordinationNumber => {
                fits.then_some(digits)
            }
            PersonIdentityKind::Other => None,
        }
    }

    /// The one spelling to hash and to search by: twelve digits, or for other ids letters and digits in upper case.
    pub fn search_form(&self) -> String {
        let compact = || {
            let kept = self.value.reveal().chars().filter(|c| c.is_alphanumeric());
            kept.flat_map(char::to_uppercase).collect()
        };
        self.digits12().map_or_else(compact, str::to_owned)
    }

    /// The day of birth in the number. `None` for other ids and for coordination numbers that hold no calendar date; the number's day
    /// may be one near the true one (SFS 1991:481 18 §).
    pub fn birth_date(&self) -> Option<Date> {
        let digits = self.digits12()?;
        let day: i8 = digits.get(6..8)?.parse().ok()?;
        let day = match self.kind {
            PersonIdentityKind::CoordinationNumber => day - 60,
            PersonIdentityKind::PersonalIdentityNumber | PersonIdentityKind::Other => day,
        };
        Date::new(digits.get(..4)?.parse().ok()?, digits.get(4..6)?.parse().ok()?, day).ok()
    }

    fn other(value: &str) -> Self {
        Self { kind: PersonIdentityKind::Other, value: Masked::new(value) }
    }
}

/// Whether the last digit fits the others: weights 2, 1, 2, 1 …, sums of digits, total divisible by ten.
pub(crate) fn luhn_holds(ten_digits: &str) -> bool {
    let sum: u32 = ten_digits
        .bytes()
        .enumerate()
        .map(|(place, byte)| {
            let weighted = u32::from(byte.wrapping_sub(b'0')) * if place % 2 == 0 { 2 } else { 1 };
            weighted / 10 + weighted % 10
        })
        .sum();
    sum.is_multiple_of(10)
}

/// A number taken apart, before anything is inferred.
struct Spelled {
    century: Option<i16>,
    two_digit_year: i16,
    month: i8,
    day: i8,
    month_and_day: String,
    is_plus: bool,
    serial: String,
}

impl Spelled {
    fn read(text: &str) -> Option<Self> {
        let compact: String = text.chars().filter(|c| !c.is_whitespace()).map(plain).collect();
        if !compact.is_ascii() || compact.len() < 10 {
            return None;
        }
        let (front, serial) = compact.split_at(compact.len() - 4);
        let (date, is_plus) = match front.strip_suffix('+') {
            Some(date) => (date, true),
            None => (front.strip_suffix('-').unwrap_or(front), false),
        };
        let century = match date.len() {
            6 => None,
            8 => Some(date.get(..2)?.parse().ok().filter(|century| (18..=20).contains(century))?),
            _ => return None,
        };
        let six = date.get(date.len() - 6..)?;
        let is_number = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        let month_and_day = six.get(2..)?;
        let spelled = Self {
            century,
            two_digit_year: six.get(..2)?.parse().ok()?,
            month: month_and_day.get(..2)?.parse().ok()?,
            day: month_and_day.get(2..)?.parse().ok()?,
            month_and_day: month_and_day.to_owned(),
            is_plus,
            serial: serial.to_owned(),
        };
        // An organisation number has a third digit of at least 2: nobody's number. Interim numbers have a letter first.
        let fits = is_number(date) && spelled.month < 20 && is_number(serial.get(1..)?);
        let first = serial.bytes().next()?;
        (fits && (first.is_ascii_digit() || b"TRSUWXJKLMN".contains(&first))).then_some(spelled)
    }

    /// The year of birth: as written, or the latest that fits the separator and `on`.
    fn year(&self, on: Date) -> Option<i16> {
        if let Some(century) = self.century {
            return Some(century * 100 + self.two_digit_year);
        }
        let day = if self.day > 60 { self.day - 60 } else { self.day };
        let latest = if self.is_plus { on.year() - 100 } else { on.year() };
        let mut year = latest - (latest - self.two_digit_year).rem_euclid(100);
        if (year, self.month, day) > (on.year(), on.month(), on.day()) {
            year -= 100;
        }
        (1800..=9999).contains(&year).then_some(year)
    }

    fn date_is_possible(&self, kind: PersonIdentityKind, year: i16, on: Date) -> bool {
        match kind {
            PersonIdentityKind::PersonalIdentityNumber => {
                Date::new(year, self.month, self.day).is_ok_and(|born| born <= on)
            }
            // Month 00 and day 60 exist, and the day may be a nearby one: only the future is impossible.
            PersonIdentityKind::CoordinationNumber => {
                self.month <= 12
                    && (year, self.month, self.day - 60) <= (on.year(), on.month(), on.day())
            }
            PersonIdentityKind::Other => true,
        }
    }

    /// Without the separator, as an interim number is kept.
    fn compact(&self) -> String {
        let century = self.century.map(|century| century.to_string()).unwrap_or_default();
        format!("{century}{:02}{}{}", self.two_digit_year, self.month_and_day, self.serial)
    }
}

/// Upper case, and one hyphen for all that look like it.
fn plain(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        other => other.to_ascii_uppercase(),
    }
}

#[cfg(test)]
#[path = "person_id_tests.rs"]
mod tests;
