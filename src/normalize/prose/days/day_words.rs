//! Days wherever they stand in a text: in figures, with the month's name, in words (`i går`, `på fredag`, `sista augusti`).

use super::super::pattern::pattern;
use super::spoken_days;
use crate::normalize::swedish::dates::read_date;
use jiff::civil::Date;

pattern!(
    DAY,
    r"(?i)(?:^|[^\d\p{L}\-/.,:])((?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[./]\d{1,2}[ ./-]{1,2}(?:20)?\d{2}|\d{1,2}-\d{1,2}-20\d{2}|20\d{6}|\d{6}|(?:den\s+|d\.?\s+|the\s+)?(?:\d{1,2}(?::?[ea]\b|st\b|nd\b|rd\b|th\b)?|första|andra|tredje|fjärde|femte|sjätte|sjunde|åttonde|nionde|tionde|elfte|tolfte|trettonde|fjortonde|femtonde|sextonde|sjuttonde|artonde|nittonde|tjugonde|tjugo(?:första|andra|tredje|fjärde|femte|sjätte|sjunde|åttonde|nionde)|trettionde|trettioförsta|sista|siste)(?:[ .-]{0,2}|\s+of\s+|\s+i\s+|\s+dagen i\s+)(?:jan(?:uari|uary|uar)?|feb(?:ruari|ruary|ruar)?|mars?|marts|march|apr(?:il)?|ma[ji]|may|june?|juni|july?|juli|aug(?:usti|ust)?|sept?(?:ember)?|o[kc]t(?:ober)?|nov(?:ember)?|dec(?:ember)?|desember)\b\.?(?:,?\s?(?:20\d{2}|[-'’]\d{2}\b))?|(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?\s\d{1,2}(?:st|nd|rd|th)?(?:,?\s20\d{2})?|\d{1,2}/\d{1,2}))(?:$|[^\d\-/])"
);
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"];
const ORDINALS: [&str; 20] = [
    "första",
    "andra",
    "tredje",
    "fjärde",
    "femte",
    "sjätte",
    "sjunde",
    "åttonde",
    "nionde",
    "tionde",
    "elfte",
    "tolfte",
    "trettonde",
    "fjortonde",
    "femtonde",
    "sextonde",
    "sjuttonde",
    "artonde",
    "nittonde",
    "tjugonde",
];
/// No letter tells of more days than this.
const MOST: usize = 300;

/// A day as it stands in a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::normalize::prose) struct Written {
    pub(in crate::normalize::prose) at: usize,
    pub(in crate::normalize::prose) end: usize,
    pub(super) date: Date,
    /// How sure the day itself is, whatever it means.
    pub(super) sure: f64,
    /// Said against the day of writing: `i går`.
    pub(in crate::normalize::prose) relative: bool,
    /// Figures run together, which may be another number.
    pub(super) compact: bool,
}

/// Every day of a text in the order they stand. A day without a year is the one nearest to the day of arrival.
pub(in crate::normalize::prose) fn days(text: &str, on: Date) -> Vec<Written> {
    let american = american(text);
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(fit) = text.get(from..).and_then(|rest| DAY.first(rest))
        && found.len() < MOST
    {
        let Some(day) = fit.get(1) else { break };
        let (at, end) = (from + day.start(), from + day.end());
        let whole = before_clock(day.as_str(), text.get(end..).unwrap_or_default());
        let end = end - (day.as_str().len() - whole.len());
        from = end;
        let written = whole.trim_end_matches(['.', ',', ' ']);
        let Some((date, sure)) = date_of(written, on, american) else { continue };
        // `24 April 1979`: a day of birth.
        let year: String =
            text.get(end..).unwrap_or_default().trim_start().chars().take(4).collect();
        let old = year.starts_with("19") || year.starts_with("18");
        if old && year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()) {
            continue;
        }
        let years = (date.year() - on.year()).abs();
        let compact = written.len() >= 6 && written.bytes().all(|byte| byte.is_ascii_digit());
        if years > 3 || (compact && years > 1) {
            continue;
        }
        if written.starts_with(char::is_alphabetic)
            && written.ends_with(|c: char| c.is_ascii_digit())
            && money_behind(text.get(end..).unwrap_or_default())
        {
            continue;
        }
        let head = text.get(..at).unwrap_or_default();
        if ends_a_sentence(head, written) {
            continue;
        }
        let sure = if spoken_days::weekday_fits(head, date) { sure } else { 0.7 };
        let end = at + written.len();
        found.push(Written { at, end, date, sure, relative: false, compact });
    }
    found.extend(spoken_days::days(text, on));
    found.sort_by_key(|day| day.at);
    same_day(text, &mut found);
    found
}

/// `1/12 13:30` is no day of 2013: what stands before the hour.
fn before_clock<'a>(day: &'a str, rest: &str) -> &'a str {
    let mut behind = rest.chars();
    let minutes = matches!(behind.next(), Some(':' | '.'))
        && behind.by_ref().take(2).filter(char::is_ascii_digit).count() == 2
        && !behind.next().is_some_and(|c| c.is_ascii_digit());
    match day.rsplit_once(' ') {
        Some((head, hour)) if minutes && hour.len() == 2 && head.contains('/') => head,
        Some(_) | None => day,
    }
}

/// `Delgavs samma dag`: the day told before it.
fn same_day(text: &str, found: &mut Vec<Written>) {
    pattern!(SAME, r"(?i)\b(?:samma (?:dag|datum)|(?:the )?same day)\b");
    let mut more = Vec::new();
    for fit in SAME.all(text).take(MOST).filter_map(|fit| fit.get(0)) {
        let told = found.iter().rev().find(|day| day.end <= fit.start());
        // Of a day told long before, nobody says so.
        if let Some(day) = told.filter(|day| fit.start() - day.end <= 250) {
            more.push(Written {
                at: fit.start(),
                end: fit.end(),
                sure: day.sure.min(0.96),
                ..*day
            });
        }
    }
    found.extend(more);
    found.sort_by_key(|day| day.at);
}

/// `Exempelgatan 12. December är obetald` is no twelfth of December.
fn ends_a_sentence(head: &str, written: &str) -> bool {
    let Some((number, month)) = written.split_once(". ") else { return false };
    let last = head.trim_end().rsplit([' ', '\n', ',']).next().unwrap_or_default();
    let name = last.starts_with(char::is_uppercase) && !last.to_lowercase().contains("dag");
    let flat = ["lgh", "nr", "lägenhet"].contains(&last.to_lowercase().as_str());
    number.bytes().all(|byte| byte.is_ascii_digit())
        && month.starts_with(char::is_uppercase)
        && (name || flat)
}

/// `nov 7 300,00` is no seventh of November.
fn money_behind(rest: &str) -> bool {
    let rest: String = rest.chars().take(6).collect::<String>().to_lowercase();
    let figures = rest.chars().skip(1).take(3).filter(char::is_ascii_digit).count() == 3;
    let grouped = rest.starts_with([' ', '.', ',']) && figures;
    grouped || [":-", ",-", " kr", "kr", " sek"].iter().any(|sign| rest.starts_with(sign))
}

/// Whether a day in figures can only be American: `11/30/2026`.
fn american(text: &str) -> bool {
    pattern!(SLASHED, r"\b(\d{1,2})/(\d{1,2})/20\d{2}\b");
    let number = |fit: &regex::Captures<'_>, at| -> u8 {
        fit.get(at).and_then(|part| part.as_str().parse().ok()).unwrap_or(0)
    };
    let mut days = SLASHED.all(text).take(MOST).map(|fit| (number(&fit, 1), number(&fit, 2)));
    days.any(|(first, second)| first <= 12 && second > 12)
}

fn date_of(written: &str, on: Date, american: bool) -> Option<(Date, f64)> {
    if american && written.matches('/').count() == 2 {
        let mut parts = written.split('/').map(str::trim);
        let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
        return read_date(&format!("{day}/{month} {year}")).map(|date| (date, 0.93));
    }
    if let Some(date) = read_date(written) {
        return Some((date, 0.985));
    }
    named(written, on)
}

/// A day whose month has a name, or that lacks its year.
fn named(written: &str, on: Date) -> Option<(Date, f64)> {
    let lower = written.to_lowercase();
    let mut words: Vec<&str> = lower
        .split([' ', '.', ',', '-', '/', '\'', '’'])
        .filter(|word| {
            !word.is_empty() && !matches!(*word, "den" | "d" | "the" | "of" | "i" | "dagen")
        })
        .collect();
    if words.first().is_some_and(|word| !word.starts_with(|c: char| c.is_ascii_digit()))
        && words.get(1).is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()))
        && month_of(words[0]).is_some()
    {
        words.swap(0, 1);
    }
    let (day, month, year) = match words.as_slice() {
        [day, month] => (*day, *month, None),
        [day, month, year] => (*day, *month, Some(*year)),
        _ => return None,
    };
    let month = match month.parse::<i8>() {
        Ok(month) => month,
        Err(_) => month_of(month)?,
    };
    let make = |year: i16| -> Option<Date> {
        let first = Date::new(year, month, 1).ok()?;
        match day {
            "sista" | "siste" => Some(first.last_of_month()),
            _ => Date::new(year, month, day_of(day)?).ok(),
        }
    };
    if let Some(year) = year {
        let year: i16 = year.parse().ok()?;
        let year = if year < 100 { 2000 + year } else { year };
        return make(year).map(|date| (date, 0.98));
    }
    let years = [on.year() - 1, on.year(), on.year() + 1];
    let near = years.into_iter().filter_map(|year| {
        let date = make(year)?;
        Some((date.duration_since(on).as_hours().abs(), date))
    });
    near.min_by_key(|(far, _)| *far).map(|(_, date)| (date, 0.96))
}

fn day_of(word: &str) -> Option<i8> {
    let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
    if !digits.is_empty() {
        return digits.parse().ok();
    }
    let ordinal = |word: &str| ORDINALS.iter().position(|known| *known == word);
    let (tens, rest) = match (word.strip_prefix("tjugo"), word.strip_prefix("trettio")) {
        (Some(rest), _) if rest != "nde" => (20, rest),
        (_, Some("nde")) => return Some(30),
        (_, Some(rest)) => (30, rest),
        _ => (0, word),
    };
    i8::try_from(ordinal(rest)? + 1 + tens).ok()
}

/// The month that a name in Swedish, Danish or English begins.
pub(in crate::normalize::prose) fn month_of(word: &str) -> Option<i8> {
    let start: String = word.chars().take(3).collect();
    let start = match start.as_str() {
        "may" | "mai" => "maj",
        "des" => "dec",
        "oct" => "okt",
        other => other,
    };
    let at = MONTHS.iter().position(|month| *month == start)?;
    i8::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::days;

    #[test]
    fn days_are_found_in_every_spelling() {
        // A Tuesday.
        let on = "2026-11-03".parse().unwrap();
        for (text, expected) in [
            ("den 3 mars 2026,", "2026-03-03"),
            ("3/3-26", "2026-03-03"),
            ("20260303 .", "2026-03-03"),
            ("tisdagen den 3 november", "2026-11-03"),
            ("den 3:e november", "2026-11-03"),
            ("on 3 March 2026", "2026-03-03"),
            ("by Dec 5th to", "2026-12-05"),
            ("October 5, 2026.", "2026-10-05"),
            ("d. 12. november 2026.", "2026-11-12"),
            ("den tolfte oktober 2026", "2026-10-12"),
            ("den tjugoförsta december", "2026-12-21"),
            ("sista augusti", "2026-08-31"),
            ("i går", "2026-11-02"),
            ("i fredags", "2026-10-30"),
            ("i måndags", "2026-11-02"),
            ("senast på fredag", "2026-11-06"),
            ("om två veckor", "2026-11-17"),
            ("12/10 -26", "2026-10-12"),
            ("261012", "2026-10-12"),
            ("31/12", "2026-12-31"),
            ("Hyra dec 7 200 kr, skulle vara inne sista november. Kr", "2026-11-30"),
            ("11/30/2026", "2026-11-30"),
            ("7. desember 2026", "2026-12-07"),
            ("17. mai", "2026-05-17"),
            ("avhysningen 1/12 13:30 blir", "2026-12-01"),
        ] {
            let found = days(text, on);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert_eq!(found[0].date.to_string(), expected, "{text}");
        }
        for text in [
            "date of birth 24 April 1979",
            "född den 3 mars 1985",
            "född 1985-01-01",
            "lgh 1102",
            "991-2346",
            "850101-2390",
            "kl. 10.30",
            "2 rum",
        ] {
            assert_eq!(days(text, on), [], "{text}");
        }
        assert!(days("måndagen den 3 november", on)[0].sure < 0.9);
    }
}
