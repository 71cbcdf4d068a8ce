//! Amounts wherever they stand in a text, in every spelling, told apart from the other figures by what is written with them.

use crate::domain::money::Money;

/// No letter tells of more amounts than this.
const MOST: usize = 400;

/// How plainly figures are written as money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    /// `8912`, `8 912`: only words can tell that it is money.
    Bare,
    /// `8 912,00`.
    Decimals,
    /// `8 912 kr`, `SEK 8912`, `8912:-`.
    Currency,
}

/// An amount as it stands in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::normalize::prose) struct Written {
    pub(in crate::normalize::prose) at: usize,
    pub(in crate::normalize::prose) end: usize,
    pub(super) money: Money,
    pub(super) mark: Mark,
    /// Its thousands stand apart.
    pub(super) grouped: bool,
    /// `8,912` and the like: custom settles it, no rule does.
    pub(super) doubtful: bool,
}

/// Every number that may be an amount, in order.
pub(super) fn amounts(text: &str) -> Vec<Written> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() && found.len() < MOST {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let run = at + digits(bytes, at);
        if !begins(text, at) {
            at = run;
            continue;
        }
        match number(bytes, at).and_then(|number| written(text, at, &number)) {
            Some(amount) => {
                at = amount.end.max(run);
                found.push(amount);
            }
            None => at = run,
        }
    }
    found
}

/// Whether figures may begin an amount here: not within a day, a case number or a telephone number.
fn begins(text: &str, at: usize) -> bool {
    let head = text.get(..at).unwrap_or_default();
    let mut back = head.chars().rev();
    let (last, before) = (back.next(), back.next());
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    match last {
        None => true,
        Some('-') => !before.is_some_and(char::is_alphanumeric),
        Some('/' | '.' | ',' | ':') => !digit(before) && last != Some('/') && last != Some(','),
        Some('*' | '×') => true,
        Some('x' | 'X') => digit(before),
        Some(c) if c.is_alphanumeric() => {
            let low = head.to_ascii_lowercase_tail();
            low.ends_with("sek") || low.ends_with("kr")
        }
        Some(_) => true,
    }
}

/// The last few letters of a text, in lower case.
trait Tail {
    fn to_ascii_lowercase_tail(&self) -> String;
}

impl Tail for str {
    fn to_ascii_lowercase_tail(&self) -> String {
        let from = super::super::words::flow::floor(self, self.len().saturating_sub(4));
        self[from..].to_ascii_lowercase()
    }
}

/// Figures with their separators.
struct Number {
    end: usize,
    kronor: String,
    ore: Option<String>,
    grouped: bool,
    doubtful: bool,
}

fn digits(bytes: &[u8], at: usize) -> usize {
    bytes.get(at..).map_or(0, |rest| rest.iter().take_while(|byte| byte.is_ascii_digit()).count())
}

fn number(bytes: &[u8], at: usize) -> Option<Number> {
    let first = digits(bytes, at);
    let text = |from: usize, length: usize| {
        String::from_utf8_lossy(bytes.get(from..from + length).unwrap_or_default()).into_owned()
    };
    if first > 9 || (first > 1 && bytes[at] == b'0') {
        return None;
    }
    let mut number = Number {
        end: at + first,
        kronor: text(at, first),
        ore: None,
        grouped: false,
        doubtful: false,
    };
    let mut sign = None;
    while first <= 3
        && bytes.get(at) != Some(&b'0')
        && let Some(separator) = bytes.get(number.end).copied()
        && matches!(separator, b' ' | b'.' | b',')
        && sign.is_none_or(|sign| sign == separator)
        && digits(bytes, number.end + 1) == 3
    {
        number.kronor.push_str(&text(number.end + 1, 3));
        number.end += 4;
        number.doubtful = separator == b',' && !number.grouped;
        number.grouped = true;
        sign = Some(separator);
    }
    if let Some(separator) = bytes.get(number.end).copied()
        && matches!(separator, b',' | b'.' | b':')
        && sign != Some(separator)
    {
        let length = digits(bytes, number.end + 1);
        let fits = matches!((separator, length), (_, 2) | (b',' | b'.', 1));
        let then = bytes.get(number.end + 1 + length).copied();
        let more = bytes.get(number.end + 2 + length).is_some_and(u8::is_ascii_digit);
        let chained = matches!(then, Some(b'.' | b',' | b':' | b'-' | b'/')) && more;
        if fits && !chained {
            let ore = text(number.end + 1, length);
            number.ore = Some(format!("{ore:0<2}"));
            number.end += 1 + length;
            number.doubtful = false;
        }
    }
    Some(number)
}

/// The number with its currency, if any; `None` where what follows shows that it is something else.
fn written(text: &str, at: usize, number: &Number) -> Option<Written> {
    let head = text.get(..at).unwrap_or_default();
    let negative = head.ends_with('-');
    let before = head.trim_end_matches('-').trim_end_matches([' ']).to_ascii_lowercase_tail();
    let leading = ["sek", "kr", "kr."].iter().any(|word| {
        let rest = before.strip_suffix(word);
        rest.is_some_and(|rest| !rest.chars().next_back().is_some_and(char::is_alphanumeric))
    });
    let leading = leading || ["kronor (", "kr ("].iter().any(|word| head.ends_with(word));
    let tail = text.get(number.end..).unwrap_or_default();
    // `åttatusen niohundratolv (8 912) kronor`.
    let bracket = usize::from(head.ends_with('(') && tail.starts_with(')'));
    let (length, kilo) = match currency(&tail[bracket..]) {
        (0, _) => (0, false),
        (length, kilo) => (length + bracket, kilo),
    };
    // `9 871 kr och 30 öre`.
    let (ore, length) = match ore(tail.get(length..).unwrap_or_default()) {
        Some((ore, more)) if number.ore.is_none() && length > 0 => (Some(ore), length + more),
        Some(_) | None => (number.ore.clone(), length),
    };
    let behind = tail.chars().next();
    let joined = behind.is_some_and(|c| c.is_alphanumeric() || matches!(c, '/' | '%'));
    let hyphen = tail.starts_with('-') && tail[1..].starts_with(|c: char| c.is_alphanumeric());
    if length == 0
        && (joined || hyphen || tail.trim_start().starts_with('%'))
        && !tail.starts_with("/m")
    {
        return None;
    }
    let money = Money::parse(&format!(
        "{}{}.{}",
        if negative { "-" } else { "" },
        number.kronor,
        ore.as_deref().unwrap_or("00")
    ))?;
    let money = if kilo { Money::from_ore(money.ore().checked_mul(1000)?) } else { money };
    let mark = match (leading || length > 0, &ore) {
        (true, _) => Mark::Currency,
        (false, Some(_)) => Mark::Decimals,
        (false, None) => Mark::Bare,
    };
    // `3.4` before a paragraph is its number.
    let short = text.as_bytes().get(number.end.saturating_sub(2)) == Some(&b'.');
    if mark == Mark::Decimals && short && number.kronor.len() < 3 {
        return None;
    }
    let (grouped, doubtful) = (number.grouped, number.doubtful || kilo);
    Some(Written { at, end: number.end + length, money, mark, grouped, doubtful })
}

/// The öre that words tell behind the kronor, and how long they are.
fn ore(tail: &str) -> Option<(String, usize)> {
    let rest = tail.trim_start_matches(' ');
    let rest = rest.strip_prefix("och ").or_else(|| rest.strip_prefix("& ")).unwrap_or(rest);
    let count = digits(rest.as_bytes(), 0);
    let after = rest.get(count..)?.trim_start_matches(' ');
    let fits = (1..=2).contains(&count) && after.to_lowercase().starts_with("öre");
    let length = tail.len() - after.len() + "öre".len();
    fits.then(|| (format!("{:0>2}", &rest[..count]), length))
}

/// How long the currency behind a number is, and whether it makes thousands of it.
fn currency(tail: &str) -> (usize, bool) {
    let spaces = tail.len() - tail.trim_start_matches(' ').len();
    if spaces > 2 {
        return (0, false);
    }
    let rest: String = tail[spaces..].chars().take(9).collect::<String>().to_lowercase();
    let words =
        [":--", ":-", ": -", ",-", ".-", "kronor", "swedish", "sek", "tkr", "kr.", "kr", "k"];
    for word in words {
        let Some(after) = rest.strip_prefix(word) else { continue };
        let ends = !after.chars().next().is_some_and(char::is_alphanumeric);
        let sign = !word.starts_with(char::is_alphabetic);
        if sign || ends {
            // What is only a letter stands close to its number.
            if word == "k" && spaces > 0 {
                continue;
            }
            return (spaces + word.len(), matches!(word, "k" | "tkr"));
        }
    }
    (0, false)
}

#[cfg(test)]
mod tests {
    use super::Mark;
    use super::amounts;

    #[test]
    fn amounts_are_found_in_every_spelling() {
        for (text, expected) in [
            ("12 450:-", "12450.00"),
            ("9 871 kr och 30 öre", "9871.30"),
            ("450 kronor 5 öre", "450.05"),
            ("12.450,50 kr", "12450.50"),
            ("SEK 12450", "12450.00"),
            ("kr 12 450", "12450.00"),
            ("12 450 kronor", "12450.00"),
            ("12450,-", "12450.00"),
            ("12,450.50 SEK", "12450.50"),
            ("SEK 10,450.00", "10450.00"),
            ("17.800:-", "17800.00"),
            ("8 912 kr.", "8912.00"),
            ("3 487,60 kr", "3487.60"),
            ("27.000 kr", "27000.00"),
            ("55k,", "55000.00"),
            ("8912kr", "8912.00"),
            ("1 204 567,50 kr", "1204567.50"),
        ] {
            let found = amounts(text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert_eq!(
                (found[0].money.to_string(), found[0].mark),
                (expected.to_owned(), Mark::Currency)
            );
        }
    }

    #[test]
    fn other_figures_are_no_money() {
        let marked = |text: &str| -> Vec<String> {
            let found = amounts(text).into_iter().filter(|one| one.mark != Mark::Bare);
            found.map(|one| one.money.to_string()).collect()
        };
        for text in [
            "2026-10-12",
            "U-123456-26",
            "tel 040-628 04 12",
            "kl. 9",
            "214 00 Malmö",
            "lgh 1102",
            "8 %",
            "850101-2390",
            "3.4 Bolaget",
            "Bg 991-2346",
            "2 rum och kök",
            "12/10 2026",
            "3 kronofogdar",
        ] {
            assert_eq!(marked(text), Vec::<String>::new(), "{text}");
        }
        assert_eq!(marked("Delbetalning 2026-09-28 -3 000,00"), ["-3000.00"]);
        assert_eq!(marked("26091104  2026-10  2026-09-30  8 240,00"), ["8240.00"]);
        assert_eq!(marked("3*8200=24600 kr"), ["24600.00"]);
    }
}
