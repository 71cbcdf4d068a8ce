//! The amount that a statutory form names, with its months and the days it was due.

use super::super::prose::pattern::pattern;
use super::cells;
use super::lines;
use super::record::Place;
use super::record::Record;
use super::tell_value::plain;
use crate::domain::money::Money;
use jiff::civil::Date;

pattern!(DUE, r"(?i)(?:förföll|förfallodag(?:en|ar)?|förfallen|förfaller)\s*:?\s*(?:den\s+)?");

pattern!(
    EACH,
    r"(?i)(\d[\d .]*(?:,\d\d)?)\s*(?:kr|kronor|:-)?\s*,?\s*(?:som\s+)?(?:förföll|förfallodag|förfallen)\s*:?\s*(?:den\s+)?([^;,()]{4,20})"
);

// `Januari 2026 2 810 kr, förföll 2025-12-31`.
pattern!(
    MONTH_FIRST,
    r"(?i)\b((?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december)(?:\s+20\d\d)?)\s*[:,]?\s+(\d{1,3}(?:[ .]\d{3})*(?:,\d\d)?|\d{3,6}(?:,\d\d)?)\s*(?:kr|kronor|:-)(?:\s*[,(]?\s*(?:som\s+)?(?:förföll|förfallodag|förfallen|förfaller)\s*:?\s*(?:den\s+)?(\d{4}-\d\d-\d\d|\d{1,2}\s?/\s?\d{1,2}(?:[- ]\d{2,4})?|\d{1,2}\s+\p{L}{3,9}\.?(?:\s+20\d\d)?))?"
);

pattern!(
    DAY_FIRST,
    r"(?i)(\d{1,2}\s+\p{L}{3,9}\.?(?:\s+20\d\d)?|\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}(?:[- ]\d{2,4})?)\s*[(:]\s*(\d[\d .]*(?:,\d\d)?)\s*(?:kr|kronor|:-)"
);

/// The amount, with its months and the days it was due.
pub(super) fn owed(record: &mut Record, text: &str, from: &Place, on: Date) {
    let flat = text.replace('\n', " ");
    let words = || {
        let inner = flat.split(['(', ')']).nth(1)?;
        cells::amount(inner)
    };
    let Some(amount) = cells::amount(&flat).or_else(words) else { return };
    record.put("arrears.amountToRecover", &plain(amount), from, 0.97);
    if by_month(record, &flat, (amount, from), on) {
        return;
    }
    let each: Vec<(Money, Date)> = EACH
        .all(&flat)
        .filter_map(|fit| {
            let amount = cells::amount(fit.get(1)?.as_str().trim())?;
            let (day, _) = lines::first_day(fit.get(2)?.as_str(), on)?;
            Some((amount, day))
        })
        .collect();
    // `31 augusti 2026 (4 033 kr)`: the day stands first.
    let behind = || {
        DAY_FIRST.all(&flat).filter_map(|fit| {
            let amount = cells::amount(fit.get(2)?.as_str().trim())?;
            let (day, _) = lines::first_day(fit.get(1)?.as_str(), on)?;
            Some((amount, day))
        })
    };
    let each = if each.len() > 1 { each } else { behind().collect() };
    let sum = each.iter().try_fold(0_i64, |sum, (amount, _)| sum.checked_add(amount.ore()));
    if each.len() > 1 && sum == Some(amount.ore()) {
        for (at, (amount, day)) in each.iter().enumerate() {
            record.put(&format!("arrears.periods.{at}.amount"), &plain(*amount), from, 0.97);
            record.put(&format!("arrears.periods.{at}.dueOn"), &day.to_string(), from, 0.97);
        }
        record.periods = each.len();
        return;
    }
    let days: Vec<Date> = days(&flat, on);
    let months = named_months(&flat, on);
    if let ([day], true) = (days.as_slice(), DUE.is_in(&flat) || !months.is_empty())
        && months.len() < 2
    {
        record.put("arrears.periods.0.dueOn", &day.to_string(), from, 0.95);
        record.put("arrears.periods.0.amount", &plain(amount), from, 0.95);
        record.periods = 1;
    } else if days.len() > 1 && months.is_empty() && DUE.is_in(&flat) {
        for (at, day) in days.iter().enumerate() {
            record.put(&format!("arrears.periods.{at}.dueOn"), &day.to_string(), from, 0.95);
        }
        record.periods = days.len();
    }
    if record.periods == 0 && each_month(record, &flat, (amount, from), on) {
        return;
    }
    if let [month] = months.as_slice() {
        record.put("arrears.periods.0.period", month, from, 0.95);
        record.put("arrears.periods.0.amount", &plain(amount), from, 0.95);
        record.periods = 1;
    }
}

/// Puts the months that are listed with a sum each, where these make the amount.
fn by_month(record: &mut Record, text: &str, (amount, from): (Money, &Place), on: Date) -> bool {
    let listed = MONTH_FIRST.all(text).take(24).filter_map(|fit| {
        let (month, _) = super::months::read(fit.get(1)?.as_str(), on).into_iter().next()?;
        let sum = cells::amount(fit.get(2)?.as_str().trim())?;
        let due = fit.get(3).and_then(|day| lines::first_day(day.as_str(), on));
        Some((month, sum, due.map(|(day, _)| day)))
    });
    let listed: Vec<(String, Money, Option<Date>)> = listed.collect();
    let sum = listed.iter().try_fold(0_i64, |sum, (_, one, _)| sum.checked_add(one.ore()));
    if listed.is_empty() || sum != Some(amount.ore()) {
        return false;
    }
    for (at, (month, sum, due)) in listed.iter().enumerate() {
        let path = |member: &str| format!("arrears.periods.{at}.{member}");
        record.put(&path("period"), month, from, 0.97);
        record.put(&path("amount"), &plain(*sum), from, 0.97);
        if let Some(due) = due {
            record.put(&path("dueOn"), &due.to_string(), from, 0.97);
        }
    }
    record.periods = listed.len();
    true
}

pattern!(
    EVERY_DAY,
    r"(?i)\d{4}-\d\d-\d\d|\b\d{1,2}\s?/\s?\d{1,2}(?:\s?[-/. ]\s?(?:20)?\d\d\b)?|\b\d{1,2}(?::e)?\s+(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-z]*\.?(?:\s+20\d\d)?"
);

// `mars, april och maj 2026`, `augusti-oktober`, `2026-09`.
pattern!(
    MONTHS,
    r"(?i)(?:^|[^\p{L}\d])((?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december)(?:\s+20\d\d)?(?:(?:\s*[,&+/–-]\s*|\s*,?\s+(?:och|samt|t\.o\.m\.|till)\s+)(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december)\b(?:\s+20\d\d)?)*)|\b(20\d\d-(?:0[1-9]|1[0-2]))(?:[^-\d]|$)"
);

pattern!(PER_MONTH, r"(?i)(\d[\d .]*(?:,\d\d)?)\s*(?:kr|kronor|:-)\s*(?:per|i|/|om)\s*mån");

pub(super) fn days(text: &str, on: Date) -> Vec<Date> {
    EVERY_DAY
        .all(text)
        .take(50)
        .filter_map(|fit| cells::day(fit.get(0)?.as_str(), on))
        .map(|(day, _)| day)
        .collect()
}

pub(super) fn last_day(text: &str, on: Date) -> Option<(Date, f64)> {
    EVERY_DAY.all(text).take(50).filter_map(|fit| cells::day(fit.get(0)?.as_str(), on)).last()
}

fn named_months(text: &str, on: Date) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for fit in MONTHS.all(text).take(50) {
        let Some(named) = fit.get(1).or_else(|| fit.get(2)) else { continue };
        // A day before it makes it a date.
        let before = text[..named.start()].trim_end();
        let dated = before.ends_with(|c: char| c.is_ascii_digit())
            && text[..named.start()].ends_with(' ')
            && before.rsplit(' ').next().is_some_and(|word| word.len() <= 2);
        if dated {
            // `28 februari, och april`
            let rest = named.as_str().split_once(|c: char| !c.is_alphabetic());
            found.extend(rest.map(|(_, rest)| named_months(rest, on)).unwrap_or_default());
            continue;
        }
        let plain = named.as_str().replace('–', "-").replace(" samt ", " och ");
        let read = super::months::read(&plain.replace('/', ","), on);
        found.extend(read.into_iter().map(|(month, _)| month));
    }
    found.dedup();
    found
}

/// Several months that the amount is for, each with its day and its part where these are told for all.
fn each_month(record: &mut Record, text: &str, (amount, from): (Money, &Place), on: Date) -> bool {
    let months = named_months(text, on);
    let count = i64::try_from(months.len()).unwrap_or(1);
    if !(2..=24).contains(&count) {
        return false;
    }
    let each = PER_MONTH.first(text).and_then(|fit| cells::amount(fit.get(1)?.as_str().trim()));
    let each = each.filter(|each| each.ore().checked_mul(count) == Some(amount.ore()));
    // Sums that are no month's each are told in words.
    if each.is_none() && super::months::amounts_in(text) > 1 {
        return false;
    }
    let due = days(text, on);
    for (at, month) in months.iter().enumerate() {
        let path = |member: &str| format!("arrears.periods.{at}.{member}");
        record.put(&path("period"), month, from, 0.96);
        if let Some(each) = each {
            record.put(&path("amount"), &plain(each), from, 0.96);
        }
        if let Some(day) = due.get(at).filter(|_| due.len() == months.len()) {
            record.put(&path("dueOn"), &day.to_string(), from, 0.95);
        }
    }
    record.periods = months.len();
    true
}

#[cfg(test)]
mod tests {
    use super::owed;
    use crate::normalize::tables::record::Place;
    use crate::normalize::tables::record::Record;

    #[test]
    fn months_that_make_the_amount_are_told_one_by_one() {
        let from = Place { source: "body".to_owned(), quote: String::new() };
        let on = "2026-03-01".parse().unwrap();
        let text = "8 430 kr och ränta enligt räntelagen\nDecember 2025 2 810 kr, förföll 2025-11-28\nJanuari 2026 5 620 kr, förföll 2025-12-31";
        let mut record = Record::default();
        owed(&mut record, text, &from, on);
        for (path, told) in [
            ("arrears.amountToRecover", "8430.00"),
            ("arrears.periods.0.period", "2025-12"),
            ("arrears.periods.0.amount", "2810.00"),
            ("arrears.periods.0.dueOn", "2025-11-28"),
            ("arrears.periods.1.period", "2026-01"),
            ("arrears.periods.1.amount", "5620.00"),
        ] {
            assert_eq!(record.get(path), Some(told), "{path}");
        }
        let mut other = Record::default();
        owed(&mut other, &text.replace("5 620", "5 000"), &from, on);
        assert_eq!(other.get("arrears.periods.1.amount"), None, "the parts do not make the whole");
    }

    #[test]
    fn months_named_together_are_each_owed_for() {
        let from = Place { source: "body".to_owned(), quote: String::new() };
        let on = "2026-10-19".parse().unwrap();
        for (text, months, each) in [
            (
                "19 299 kr, hyra augusti-oktober 2026 (6 433 kr per månad)",
                &["2026-08", "2026-09", "2026-10"][..],
                Some("6433.00"),
            ),
            (
                "24 630,00 kr avseende mars, april och maj 2026",
                &["2026-03", "2026-04", "2026-05"],
                None,
            ),
            ("4 415 kr (augusti 2026, förfallodag 2026-07-31)", &["2026-08"], Some("4415.00")),
            ("9 000 kr, förföll den 31 augusti 2026", &[], Some("9000.00")),
        ] {
            let mut record = Record::default();
            owed(&mut record, text, &from, on);
            let period = |at: usize| record.get(&format!("arrears.periods.{at}.period"));
            let told: Vec<&str> = (0..5).map_while(period).collect();
            assert_eq!(told, months, "{text}");
            assert_eq!(record.get("arrears.periods.0.amount"), each, "{text}");
        }
    }
}
