//! The months that a debt is for, as people write them: `september och oktober`, `aug-okt 2026`, `2026-09`, `novemberhyran`, `Q4`.

use super::super::days::day_words::Written;
use super::super::words::flow;
use super::month_mentions::Mention;
use super::month_mentions::mentions;
use jiff::civil::Date;

/// Words of a sentence that is about a debt.
const DEBT: &[&str] = &[
    "hyra",
    "skyldig",
    "skylder",
    "ligger efter",
    "months",
    "hyro",
    "hyre",
    "avgift",
    "skuld",
    "obetal",
    "obet",
    "betal",
    "avser",
    "avseende",
    "månad",
    "period",
    "förf",
    "back med",
    "avi",
    "rent",
    "owe",
    "unpaid",
    "outstanding",
    "arrears",
    "paid",
    "husleje",
    "faktur",
    "specifikation",
    "månader",
    "saknas",
    "kvartal",
    "belopp",
    "restantie",
    "det gäller",
    "gäller hyra",
    "gäller avgift",
    "husleie",
];

/// Words that make a month the beginning or the end of something else.
const NOT: &[&str] = &[
    "sedan",
    "since",
    "siden",
    "till",
    "until",
    "uppskov till",
    "anstånd till",
    "från",
    "i slutet av",
    "i början av",
    "före",
    "efter",
    "under hela",
    "hela",
    "född i",
    "mitten av",
];

/// Months said together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Months {
    pub(super) at: usize,
    pub(super) end: usize,
    /// `2026-09`, in the order told.
    pub(super) list: Vec<String>,
    /// They are one quarter.
    pub(super) quarter: bool,
}

/// The months of a text that are a debt's.
pub(super) fn months(flow: &str, days: &[Written], on: Date) -> Vec<Months> {
    let mut mentions = mentions(flow);
    mentions.retain(|one| !days.iter().any(|day| one.at < day.end && day.at < one.end));
    // `24 April 1979` is a day of birth.
    mentions.retain(|one| {
        let year: String =
            flow.get(one.end..).unwrap_or_default().trim_start().chars().take(4).collect();
        let figures = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
        !(figures && (year.starts_with("19") || year.starts_with("18")))
    });
    mentions.sort_by_key(|one| one.at);
    mentions.dedup_by(|later, one| later.at < one.end);
    let mut groups: Vec<Vec<Mention>> = Vec::new();
    for one in mentions {
        let last = groups.last().and_then(|group| group.last());
        let link = last.map_or(Link::None, |last| link(flow.get(last.end..one.at).unwrap_or("?")));
        match (link, groups.last_mut()) {
            (Link::And, Some(group)) => group.push(one),
            (Link::To, Some(group)) => fill(group, one),
            (Link::None, _) | (_, None) => groups.push(vec![one]),
        }
    }
    groups.into_iter().filter_map(|group| dated(flow, &group, on)).collect()
}

enum Link {
    And,
    To,
    None,
}

/// What stands between two months.
fn link(between: &str) -> Link {
    if between.contains('\n') || between.chars().count() > 18 {
        return Link::None;
    }
    match between.trim().trim_matches('.') {
        "" | "," | "och" | "o" | "&" | "+" | "and" | "samt" | "/" | "og" | ", och" | "resp"
        | "respektive" | "plus" | "å" | ", samt" => Link::And,
        "-" | "till" | "till och med" | "t.o.m" | "tom" | "to" | "til" | "through" => Link::To,
        _ => Link::None,
    }
}

/// Puts the months between the last one and another in, and the other.
fn fill(group: &mut Vec<Mention>, until: Mention) {
    let Some(first) = group.last().copied() else { return };
    let count = (i16::from(until.month) - i16::from(first.month)).rem_euclid(12);
    for step in 1..=count {
        let month = (i16::from(first.month) - 1 + step).rem_euclid(12) + 1;
        let year = match (until.year, i8::try_from(month)) {
            (Some(year), Ok(month)) if month > until.month => Some(year - 1),
            (year, _) => year,
        };
        group.push(Mention { month: i8::try_from(month).unwrap_or(until.month), year, ..until });
    }
}

/// The months with their years; none where they are not a debt's.
fn dated(flow: &str, group: &[Mention], on: Date) -> Option<Months> {
    let (first, last) = (group.first()?, group.last()?);
    if !owed(flow, first.at, last.end) {
        return None;
    }
    // One of a list tells the year of all; those that come later in the year than it belong to the year before.
    let mut after: Option<(i16, i8)> = None;
    let mut list = Vec::new();
    for one in group.iter().rev() {
        let year = match (one.year, after) {
            (Some(year), _) => year,
            (None, Some((year, month))) if one.month > month => year - 1,
            (None, Some((year, _))) => year,
            (None, None) => year_of(one.month + one.months - 1, on)?,
        };
        after = Some((year, one.month));
        for step in (0..one.months).rev() {
            list.push(format!("{year}-{:02}", one.month + step));
        }
    }
    list.reverse();
    list.dedup();
    let quarter = group.iter().any(|one| one.months > 1);
    Some(Months { at: first.at, end: last.end, list, quarter })
}

/// The year of a month without one: the latest that has begun when the message came, or begins within six weeks.
fn year_of(month: i8, on: Date) -> Option<i16> {
    let years = [on.year() + 1, on.year(), on.year() - 1];
    years.into_iter().find(|year| {
        let first = Date::new(*year, month, 1).ok();
        first.is_some_and(|first| first.duration_since(on).as_hours() / 24 <= 42)
    })
}

/// Whether the sentence is about a debt, and the month is no beginning or end of something else.
fn owed(flow: &str, at: usize, end: usize) -> bool {
    let start = flow::sentence_start(flow, at);
    let head = flow.get(start..at).unwrap_or_default().to_lowercase();
    let tail = flow.get(end..flow::sentence_end(flow, end)).unwrap_or_default().to_lowercase();
    let near = head.trim_end();
    if NOT.iter().any(|word| {
        near.strip_suffix(word).is_some_and(|rest| rest.is_empty() || rest.ends_with(' '))
    }) {
        return false;
    }
    let said = |text: &str| DEBT.iter().any(|word| text.contains(word));
    let above = flow::label_above(flow, at - (at - start)).to_lowercase();
    let own = flow.get(at..end).unwrap_or_default().to_lowercase();
    said(&head) || said(&own) || said(&tail) || said(&above) || money_near(&tail)
}

fn money_near(tail: &str) -> bool {
    let near: String = tail.chars().take(16).collect();
    near.trim_start_matches([' ', ':', '(', '=', ',']).starts_with(|c: char| c.is_ascii_digit())
        && near.bytes().filter(u8::is_ascii_digit).count() >= 4
}

#[cfg(test)]
mod tests {
    use super::months;
    use crate::normalize::prose::days::day_words::days;

    #[test]
    fn months_are_read_as_people_write_them() {
        let on = "2026-11-03".parse().unwrap();
        for (text, expected) in [
            ("hyran för september och oktober", vec!["2026-09", "2026-10"]),
            ("Avser: aug-okt 2026", vec!["2026-08", "2026-09", "2026-10"]),
            ("hyran avser 2026-09", vec!["2026-09"]),
            ("avgift juni-augusti 2026", vec!["2026-06", "2026-07", "2026-08"]),
            ("Avgift nov 7.059:-", vec!["2026-11"]),
            ("obetald avgift kvartal 4", vec!["2026-10", "2026-11", "2026-12"]),
            ("hyra Q3 2026", vec!["2026-07", "2026-08", "2026-09"]),
            ("skuld för dec 2025, jan", vec!["2025-12", "2026-01"]),
            ("novemberhyran är obetald", vec!["2026-11"]),
            ("rent for September and October 2026", vec!["2026-09", "2026-10"]),
            ("husleje for september, oktober og november", vec!["2026-09", "2026-10", "2026-11"]),
            ("hyra november - januari 2026", vec!["2025-11", "2025-12", "2026-01"]),
            ("obetald hyra sedan augusti", vec![]),
            ("uppskov till januari", vec![]),
            ("hyran förföll den 30 september", vec![]),
            ("Maj Exempla är skyldig hyra", vec![]),
        ] {
            let found = months(text, &days(text, on), on);
            let list: Vec<&str> =
                found.iter().flat_map(|one| &one.list).map(String::as_str).collect();
            assert_eq!(list, expected, "{text}");
        }
    }
}
