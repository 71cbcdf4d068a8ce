//! Days said against the day of writing (`i går`, `på fredag`, `om två veckor`), and weekdays that must fit their day.

use super::super::pattern::pattern;
use super::day_words::Written;
use jiff::Span;
use jiff::civil::Date;
use jiff::civil::Weekday;

pattern!(
    WORD,
    r"(?i)(?:^|[^\p{L}])(i\s?dag|i\s?går|i\s?förrgår|i\s?morgon|i\s?övermorgon|morgondagens?|dagens\s+datum|denna\s+dag|today|yesterday|tomorrow|i\s?går kväll|(?:nu\s+)?i\s(?:mån|tis|ons|tors|fre|lör|sön)dags|(?:nu\s+)?(?:på|kommande|nästa|förra|this|next|last|on)\s(?:(?:mån|tis|ons|tors|fre|lör|sön)dag(?:en)?|(?:mon|tues|wednes|thurs|fri|satur|sun)day)|om\s(?:en|två|tre|fyra|1|2|3|4)\sveck(?:a|or)|(?:den\s+)?sista\s(?:denna|i denna|i)\smånad(?:en)?|månadsskiftet|i\sdags\s+dato)(?:$|[^\p{L}])"
);

const WEEKDAYS: [(&str, &str); 7] = [
    ("mån", "mon"),
    ("tis", "tue"),
    ("ons", "wed"),
    ("tor", "thu"),
    ("fre", "fri"),
    ("lör", "sat"),
    ("sön", "sun"),
];

/// No letter says more of them than this.
const MOST: usize = 300;

/// Every such day of a text.
pub(in crate::normalize::prose) fn days(text: &str, on: Date) -> Vec<Written> {
    let mut found = Vec::new();
    for fit in WORD.all(text).take(MOST) {
        let Some(word) = fit.get(1) else { continue };
        if let Some(date) = said(&word.as_str().to_lowercase(), on) {
            let (at, end) = (word.start(), word.end());
            found.push(Written { at, end, date, sure: 0.96, relative: true, compact: false });
        }
    }
    found
}

/// Whether the weekday before a day, if any, is that day's.
pub(super) fn weekday_fits(head: &str, date: Date) -> bool {
    let from = super::super::words::flow::floor(head, head.len().saturating_sub(24));
    let near = head[from..].to_lowercase();
    let near = near.trim_end().trim_end_matches("den").trim_end_matches([' ', ',', '.']);
    let word = near.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let whole = ["dag", "dagen", "day"].iter().any(|end| word.ends_with(end));
    let short = matches!(word, "mån" | "tis" | "ons" | "tors" | "tor" | "fre" | "lör" | "sön");
    match weekday(word) {
        Some(named) if whole || short => named == date.weekday(),
        _ => true,
    }
}

fn weekday(word: &str) -> Option<Weekday> {
    let at = WEEKDAYS.iter().position(|(ours, theirs)| {
        word.starts_with(ours) || (word.starts_with(theirs) && word.ends_with("day"))
    })?;
    Weekday::from_monday_zero_offset(i8::try_from(at).ok()?).ok()
}

/// The day that words mean, seen from the day of arrival.
fn said(word: &str, on: Date) -> Option<Date> {
    let days = |days: i64| on.checked_add(Span::new().days(days)).ok();
    let squeezed: String = word.split_whitespace().collect();
    match squeezed.as_str() {
        "idag" | "dagensdatum" | "dennadag" | "today" | "idagsdato" => return Some(on),
        "igår" | "yesterday" | "igårkväll" => return days(-1),
        "iförrgår" => return days(-2),
        "imorgon" | "morgondagen" | "morgondagens" | "tomorrow" => return days(1),
        "iövermorgon" => return days(2),
        _ => {}
    }
    if word.contains("månad") {
        return word.contains("sista").then(|| on.last_of_month());
    }
    if word.contains("veck") {
        let count = word.split_whitespace().nth(1)?;
        let known = [("en", 1), ("två", 2), ("tre", 3), ("fyra", 4)];
        let named = known.iter().find(|(name, _)| *name == count).map(|(_, count)| *count);
        return days(7 * named.or_else(|| count.parse().ok())?);
    }
    let last = word.split_whitespace().next_back()?;
    let named = weekday(last)?;
    let back = word.contains("dags") || word.starts_with("förra") || word.starts_with("last");
    // `nästa torsdag` is this week's to some and next week's to others.
    if word.starts_with("nästa") || word.starts_with("next") || word.starts_with("on ") {
        return None;
    }
    on.nth_weekday(if back { -1 } else { 1 }, named).ok()
}
