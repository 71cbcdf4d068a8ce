//! The months that a cell names: `2026-10`, `okt+nov`, `september och oktober 2026`, `aug-okt`.

use super::super::period;
use super::super::prose::pattern::pattern;
use crate::domain::money::Money;
use jiff::civil::Date;

pattern!(
    DUE,
    r"(,?\s*\(?(?:förfallen|förföll|förfallodag|förf\.?|due)(?: den| på)? ?(?:\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}(?:[- ]\d{2,4})?)\)?)"
);
pattern!(
    MONTH_AMOUNT,
    r"\b((?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-z]{0,8}\.?(?: 20\d\d\b)?)(?:s? ?(?:hyra|avgift|månad))?\s*[:=,]?\s*(\d{1,3}(?:[ .]\d{3})+(?:,\d\d)?|\d{3,7}(?:,\d\d)?)"
);
pattern!(
    AMOUNT,
    r"(?:^|[^\d\-/.,])(\d{1,3}(?:[ .]\d{3})+(?:,\d\d)?|\d{3,7}(?:,\d\d)?)(?:$|[^\d\-/])"
);

/// Every spelling of each month, in Swedish and English.
const MONTHS: [&[&str]; 12] = [
    &["jan", "januari", "january"],
    &["feb", "febr", "februari", "february"],
    &["mar", "mars", "march"],
    &["apr", "april"],
    &["maj", "may"],
    &["jun", "juni", "june"],
    &["jul", "juli", "july"],
    &["aug", "augusti", "august"],
    &["sep", "sept", "september"],
    &["okt", "oktober", "oct", "october"],
    &["nov", "november"],
    &["dec", "december"],
];

/// What is owed for a month, in one word with it: `oktoberhyran`.
const OWED: &[&str] =
    &["s", "hyra", "hyran", "hyror", "avgift", "avgiften", "avi", "avin", "månad", "månads"];

/// The months, each with how sure it is: one without its year is the latest that has begun, or begins within a month.
pub(super) fn read(text: &str, on: Date) -> Vec<(String, f64)> {
    let text = text.trim().to_lowercase();
    if let Some(month) = whole(&text) {
        return vec![(month, 0.98)];
    }
    let pieces: Vec<&str> = text
        .split(['+', ',', '&', ';', '\n'])
        .flat_map(|piece| piece.split(" och "))
        .flat_map(|piece| piece.split(" and "))
        .flat_map(|piece| piece.split(" o "))
        .map(str::trim)
        .filter(|piece| !piece.is_empty())
        .collect();
    let mut found = Vec::new();
    // `september och oktober 2026`: the year behind the last is that of all.
    let year = pieces
        .last()
        .and_then(|last| last.split([' ', '-']).next_back())
        .and_then(|year| year.parse::<i16>().ok())
        .filter(|year| (2000..2100).contains(year));
    for piece in pieces.into_iter().take(24).map(plain) {
        match whole(piece) {
            Some(month) => found.push((month, 0.97)),
            None => match range(piece, year, on) {
                Some(months) => found.extend(months),
                None => match single(piece, year, on) {
                    Some(month) => found.push(month),
                    None => return Vec::new(),
                },
            },
        }
    }
    found
}

/// `Hyra okt 2026` and `avgift för nov` without what is owed.
fn plain(piece: &str) -> &str {
    let words = [
        "obetald ",
        "obetalda ",
        "obetalt ",
        "saknad ",
        "saknas ",
        "oreglerad ",
        "förfallen ",
        "månadshyra ",
        "månadsavgift ",
        "årsavgift ",
        "hyran ",
        "avgiften ",
        "hyra ",
        "avgift ",
        "avi ",
        "månad ",
        "rent ",
        "fee ",
        "för ",
        "avseende ",
        "avs. ",
        "for ",
    ];
    words.iter().fold(piece, |piece, word| piece.strip_prefix(word).unwrap_or(piece).trim_start())
}

/// Months with an amount each: `oktober 6 890:- och november 6 890:-`, `sept 8 912 kr, okt 8 912 kr`. Empty where an amount has none.
pub(super) fn with_amounts(text: &str, on: Date) -> Vec<(String, Money)> {
    let lower = text.to_lowercase();
    let mut found = Vec::new();
    for fit in MONTH_AMOUNT.all(&lower).take(24) {
        let month = fit.get(1).and_then(|month| read(month.as_str(), on).into_iter().next());
        let amount = fit
            .get(2)
            .filter(|amount| !is_year(amount.as_str()))
            .and_then(|amount| super::cells::amount(amount.as_str().trim()));
        if let (Some((month, _)), Some(amount)) = (month, amount) {
            found.push((month, amount));
        }
    }
    if found.len() == amounts_in(text) { found } else { Vec::new() }
}

/// `April 2026, förfallen 2026-03-31: 5 000 kr`: one month with its day, maybe of several below each other; its amount is no total.
pub(super) fn is_one_of_several(text: &str, on: Date) -> bool {
    let lower = text.to_lowercase();
    let Some(range) = DUE.first(&lower).and_then(|fit| fit.get(1)).map(|fit| fit.range()) else {
        return false;
    };
    let mut rest = lower;
    rest.replace_range(range, "");
    !with_amounts(&rest, on).is_empty()
}

/// How many amounts stand in a text; days and years are none.
pub(super) fn amounts_in(text: &str) -> usize {
    AMOUNT
        .all(text)
        .take(50)
        .filter_map(|fit| fit.get(1))
        .filter(|amount| !is_year(amount.as_str()))
        .count()
}

fn is_year(amount: &str) -> bool {
    amount.len() == 4 && amount.starts_with("20")
}

fn whole(text: &str) -> Option<String> {
    if period::canonical(text) { Some(text.to_owned()) } else { period::read(text) }
}

fn single(text: &str, year: Option<i16>, on: Date) -> Option<(String, f64)> {
    // `jul-26`, as spreadsheets write it.
    let short = text.split_once('-').and_then(|(month, year)| {
        let year: i16 = year.parse().ok().filter(|_| year.len() == 2)?;
        Some((named(month.trim_end_matches('.'))?, 2000 + year))
    });
    if let Some((at, year)) = short {
        return Some(dated(at, Some(year), on));
    }
    let word = text.split(' ').next()?.trim_end_matches('.');
    let at = named(word)?;
    Some(dated(at, year, on))
}

fn dated(at: usize, year: Option<i16>, on: Date) -> (String, f64) {
    let month = i8::try_from(at + 1).unwrap_or(1);
    let (year, sure) = match year {
        Some(year) => (year, 0.97),
        // A rent is due before its month: next month's may be meant, and next year's January in December.
        None if on.month() == 12 && month == 1 => (on.year() + 1, 0.93),
        None if month <= on.month() + 1 => (on.year(), 0.96),
        None => (on.year() - 1, 0.93),
    };
    (format!("{year:04}-{month:02}"), sure)
}

/// `aug-okt`: every month from the first to the last.
fn range(text: &str, year: Option<i16>, on: Date) -> Option<Vec<(String, f64)>> {
    let (first, last) = text
        .split_once('-')
        .or_else(|| text.split_once("t.o.m."))
        .or_else(|| text.split_once(" till "))?;
    let (first, last) = (named(first.trim())?, named(last.trim().split(' ').next()?)?);
    if first >= last {
        return None;
    }
    Some((first..=last).map(|at| dated(at, year, on)).map(|(month, _)| (month, 0.93)).collect())
}

fn named(word: &str) -> Option<usize> {
    let is = |spelling: &&str| {
        let rest = word.strip_prefix(*spelling);
        rest.is_some_and(|rest| rest.is_empty() || (spelling.len() > 3 && OWED.contains(&rest)))
    };
    MONTHS.iter().position(|spellings| spellings.iter().any(is))
}

#[cfg(test)]
mod tests {
    use super::read;
    use jiff::civil::date;

    #[test]
    fn months_are_read_with_and_without_their_year() {
        let months = |text| -> Vec<String> {
            read(text, date(2026, 11, 13)).into_iter().map(|(month, _)| month).collect()
        };
        assert_eq!(months("okt+nov"), ["2026-10", "2026-11"]);
        assert_eq!(months("september och oktober 2026"), ["2026-09", "2026-10"]);
        assert_eq!(months("aug-okt"), ["2026-08", "2026-09", "2026-10"]);
        assert_eq!(months("202610"), ["2026-10"]);
        assert_eq!(months("sept 2026"), ["2026-09"]);
        assert_eq!(months("Dec"), ["2026-12"]);
        assert_eq!(months("2026-09, 2026-10"), ["2026-09", "2026-10"]);
        assert_eq!(read("jan", date(2026, 12, 20))[0].0, "2027-01");
        assert_eq!(read("dec", date(2027, 1, 10))[0].0, "2026-12");
        let owed = super::with_amounts("oktober 6 890:- och november 6 890:-", date(2026, 11, 13));
        assert_eq!(
            owed.iter().map(|(month, amount)| (month.as_str(), amount.ore())).collect::<Vec<_>>(),
            [("2026-10", 689_000), ("2026-11", 689_000)]
        );
        assert!(
            super::with_amounts("oktober 6 890:- och 300 kr avgift", date(2026, 11, 13)).is_empty()
        );
        assert!(
            super::with_amounts("8 425 kr (november 2026, förföll 30 oktober)", date(2026, 11, 13))
                .is_empty()
        );
        assert_eq!(months("oktoberhyran"), ["2026-10"]);
        assert_eq!(months("Saknad hyra augusti"), ["2026-08"]);
        for text in [
            "",
            "8 912,00",
            "Malmö",
            "marsvin och katt",
            "Julrabatt",
            "Marknad",
            "Decimal",
            "Novis",
            "maja",
        ] {
            assert!(months(text).is_empty(), "{text}");
        }
    }
}
