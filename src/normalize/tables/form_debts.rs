//! Months that are owed as a form lists them: a month with its day and its amount in one line, or below one label that names all three.

use super::super::prose::pattern::pattern;
use super::cells;
use super::lines;
use super::record::Place;
use super::record::Record;
use super::row;
use super::tell_value::plain;
use crate::domain::labels::folded;
use jiff::civil::Date;

pattern!(
    MONTH,
    r"(?i)(?:^|[^\p{L}\d-])((?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)\p{L}{0,7}\.?(?: ?20\d\d)?|20\d\d-(?:0[1-9]|1[0-2]))(?:$|[^\d\p{L}-])"
);
pattern!(
    DUE,
    r"(\d{4}-\d\d-\d\d|\b\d{1,2}/\d{1,2}(?:[- ]\d{2,4})?\b|\b\d{1,2} \p{L}{3,9}\.? 20\d\d)"
);
pattern!(
    SUM,
    r"(\d{1,3}(?:[ .]\d{3})+(?:,\d\d)?|\d{2,6},\d\d|\d{3,6})(?: ?(?:kr|:-|sek|kronor))?\s*$"
);

/// More months than this stand in nobody's form.
const MOST: usize = 24;

/// Whether a label asks for months with their days or amounts: `Avser (månad, förfallodag, belopp)`, `Månad / förfallodag / belopp 1`.
fn asks_for_months(label: &str) -> bool {
    let name = folded(label);
    let month = ["manad", "period", "avser", "hyra"].iter().any(|word| name.contains(word));
    let day = ["forfall", "forfdag", "duedate"].iter().any(|word| name.contains(word));
    let parted = label.contains('/') || label.contains(',') || label.contains(" och ");
    month && day && parted && name.contains("belopp") && name.len() < 60
}

/// The text with values that stand below such a label beside it, parted by `|`.
pub(super) fn joined(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut below = 0;
    for line in text.lines() {
        let trimmed = line.trim();
        let head = trimmed.split('\t').next().unwrap_or_default();
        if asks_for_months(head) {
            out.push_str(trimmed);
            out.push_str(if trimmed.contains('\t') { "" } else { "\t" });
            below = MOST;
            continue;
        }
        if below > 0 && trimmed.is_empty() {
            continue;
        }
        if below > 0 && is_value(trimmed) {
            out.push_str(" | ");
            out.push_str(trimmed);
            below -= 1;
            continue;
        }
        if below > 0 {
            out.push('\n');
            below = 0;
        }
        out.push_str(line);
        out.push('\n');
    }
    out
}

/// Whether a line holds a month, a day or a sum and no label.
fn is_value(line: &str) -> bool {
    let told = line.bytes().any(|byte| byte.is_ascii_digit()) && line.len() < 80;
    let told = told && (MONTH.is_in(line) || DUE.is_in(line) || SUM.is_in(line));
    let words = line.split_whitespace().filter(|word| word.chars().all(char::is_alphabetic));
    told && !line.contains(['\t', ':']) && words.count() <= 4
}

/// Puts the months that such a label lists; `false` where it is none or lists none.
pub(super) fn months(
    record: &mut Record,
    label: &str,
    value: &str,
    source: &str,
    on: Date,
) -> bool {
    if !asks_for_months(label) {
        return false;
    }
    let from = Place { source: source.to_owned(), quote: format!("{label}: {value}") };
    let before = record.periods;
    let mut last: Option<usize> = None;
    for part in value.split(['|', ';', '\n']).map(str::trim).filter(|part| !part.is_empty()) {
        let mut rest = part.to_owned();
        let cut = |pattern: &super::super::prose::pattern::Pattern, rest: &mut String| {
            let (found, range) = {
                let fit = pattern.first(rest)?.get(1)?;
                (fit.as_str().to_owned(), fit.range())
            };
            rest.replace_range(range, " ");
            Some(found)
        };
        let due = cut(&DUE, &mut rest).and_then(|day| lines::first_day(&day, on));
        let month = cut(&MONTH, &mut rest)
            .and_then(|month| super::months::read(&month, on).into_iter().next());
        let sum = cut(&SUM, &mut rest).and_then(|sum| cells::amount(sum.trim()));
        // What stands alone belongs to the month that was named last.
        let at = match last.filter(|_| month.is_none()) {
            Some(at) => at,
            None => record.periods,
        };
        if record.periods >= before + MOST || (month.is_none() && due.is_none() && sum.is_none()) {
            continue;
        }
        let path = |member: &str| format!("arrears.periods.{at}.{member}");
        if let Some((month, sure)) = month {
            record.put(&path("period"), &month, &from, sure);
        }
        if let Some((day, sure)) = due {
            record.put(&path("dueOn"), &day.to_string(), &from, sure);
        }
        if let Some(sum) = sum {
            record.put(&path("amount"), &plain(sum), &from, 0.97);
        }
        record.periods = record.periods.max(at + 1);
        last = Some(at);
    }
    record.periods > before
}

/// `SKULD_1=20260831;202609;7915,00`: a month with its day and its amount.
pub(super) fn debt(record: &mut Record, label: &str, value: &str, source: &str, on: Date) -> bool {
    let name = crate::domain::labels::folded(label);
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
    if stem == name
        || !matches!(
            stem,
            "skuld" | "fordran" | "post" | "hyra" | "avi" | "avgift" | "debt" | "rad"
        )
    {
        return false;
    }
    let parts: Vec<&str> = value.split([';', '|', '\t']).map(str::trim).collect();
    if parts.len() < 2 {
        return false;
    }
    let at = record.periods;
    let from = Place { source: source.to_owned(), quote: format!("{label}={value}") };
    for part in parts {
        let month = super::months::read(part, on);
        let path = |member: &str| format!("arrears.periods.{at}.{member}");
        let whole = part.len() == 10 && part.split('-').count() == 3;
        if part.len() != 8
            && !whole
            && let [(month, sure)] = month.as_slice()
            && !part.contains(',')
        {
            record.put(&path("period"), month, &from, *sure);
        } else if let Some((day, sure)) =
            cells::day(part, on).filter(|_| !part.contains(',') && part.len() >= 8)
        {
            record.put(&path("dueOn"), &day.to_string(), &from, sure);
        } else if let Some(amount) = cells::amount(part) {
            record.put(&path("amount"), &plain(amount), &from, 0.98);
        }
    }
    record.periods = at + 1;
    true
}

/// `Kapitalbelopp` above `Att betala`: the whole, with its fees, is what is to be paid.
pub(super) fn prefer_whole(record: &mut Record, field: &str, label: &str, value: &str) {
    let is_whole = |label: &str| {
        ["attbetala", "summaattbetala", "totaltattbetala", "sammanlagtattbetala"]
            .iter()
            .any(|word| folded(label).starts_with(word))
    };
    let part = record.told(row::SUM).is_some_and(|told| !is_whole(&told.from.quote));
    if field == row::SUM && part && is_whole(label) && cells::amount(value).is_some() {
        record.take(row::SUM);
    }
}

#[cfg(test)]
mod tests {
    use super::Record;
    use super::joined;
    use super::months;

    #[test]
    fn months_stand_with_their_days_and_amounts() {
        let on = "2026-11-20".parse().unwrap();
        for text in [
            "Månad / förfallodag / belopp 1\t2026-10\n\n2026-09-30\n\n7 120,00\n\nAtt betala\t7 120,00",
            "Avser (månad, förfallodag, belopp)\noktober 2026 2026-09-30 7 120 kr\nBetalning till\n",
        ] {
            let text = joined(text);
            let (label, value) = text.lines().next().unwrap().split_once('\t').unwrap();
            let mut record = Record::default();
            assert!(months(&mut record, label, value, "body", on), "{text}");
            let told = |member: &str| record.get(&format!("arrears.periods.0.{member}"));
            assert_eq!(told("period"), Some("2026-10"), "{text}");
            assert_eq!(told("dueOn"), Some("2026-09-30"), "{text}");
            assert_eq!(told("amount"), Some("7120.00"), "{text}");
            assert_eq!(record.periods, 1, "{text}");
        }
    }
}
