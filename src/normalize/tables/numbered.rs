//! Headings that count the households of a text: `Hyresgäst 1 av 3`, `--- 2 ---`.

use super::super::prose::pattern::pattern;
use std::ops::Range;

pattern!(
    NUMBERED,
    r"(?i)^[^\p{L}\d]{0,4}(?:(\p{L}[\p{L} ./-]{0,40}?)\s*)?(?:nr\.?\s*)?(\d{1,3})(?:\s*(?:av|of|/|\()\s*(\d{1,3})\b\)?)?(?:[^\p{L}\d]{0,5}$|\s*[|,;]\s.{0,90}$|\s+[–-]\s.{0,90}$)"
);

/// Words of what is numbered and is no household.
const OTHER: &[&str] = &[
    "sida",
    "sid",
    "page",
    "bilaga",
    "attachment",
    "punkt",
    "steg",
    "rum",
    "formulär",
    "blankett",
    "box",
];

/// Headings that count the households: `Hyresgäst 1 av 3`, `Ärende 2`; and whether they say how many there are.
pub(super) fn numbered(lines: &[(Range<usize>, &str)]) -> Option<(Vec<usize>, bool)> {
    let mut starts: Vec<usize> = Vec::new();
    let mut word: Option<String> = None;
    let mut all: Option<usize> = None;
    for (at, (_, line)) in lines.iter().enumerate() {
        if line.len() > 140 {
            continue;
        }
        let Some(fit) = NUMBERED.first(line.trim()) else { continue };
        let number = fit.get(2).and_then(|it| it.as_str().parse::<usize>().ok());
        let of = fit.get(3).and_then(|it| it.as_str().parse::<usize>().ok());
        let named = fit.get(1).map(|it| it.as_str().trim().to_lowercase());
        let named = named.filter(|named| !named.is_empty());
        let other = named
            .as_deref()
            .is_some_and(|named| named.split([' ', '.']).any(|word| OTHER.contains(&word)));
        let ruled = is_ruled(line.trim());
        if other || (named.is_none() && of.is_none() && !ruled) || number != Some(starts.len() + 1)
        {
            continue;
        }
        if starts.is_empty() {
            (word, all) = (named, of);
        } else if named != word || of != all {
            continue;
        }
        starts.push(at);
    }
    let whole = all.is_none_or(|all| all == starts.len());
    (starts.len() > 1 && whole).then_some((starts, all.is_some()))
}

/// `--- 2 ---`, `=== 2 ===`, `[2]`: a number alone between signs.
fn is_ruled(line: &str) -> bool {
    let sign = |c: char| matches!(c, '-' | '=' | '*' | '#' | '_' | '~' | '–' | '[' | ']');
    let inner = line.trim_matches(|c| sign(c) || c == ' ');
    let both = line.starts_with(sign) && line.ends_with(sign);
    both && !inner.is_empty() && inner.bytes().all(|byte| byte.is_ascii_digit())
}
