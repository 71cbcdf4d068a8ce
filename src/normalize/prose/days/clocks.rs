//! The time of day that stands behind a day: `kl. 09.00`, `klockan halv tio`, `at 2 pm`, `10-12`.

use super::super::pattern::pattern;
use jiff::civil::Time;

pattern!(
    DIGITS,
    r"(?i)^[,;:(]?\s{0,3}(?:(?:i år|detta år|this year),?\s{1,2})?(?:(?:men|nu|redan|först)\s){0,2}(?:\(?(?:den\s+|dvs\.?\s+|tid(?:en)?:?\s+|från\s+|from\s+|mellan\s+|between\s+)?(kl(?:ockan|okken|\.)?:?|at|@)?)\s{0,2}(\d{1,2})(?:[.:](\d{2})(?::\d{2})?|(\d{2}))?(?:\s?(a\.?m\.?|p\.?m\.?|h|fm|em)\b)?"
);
pattern!(
    WORDS,
    r"(?i)^[,;(]?\s{0,3}(?:(?:i år|detta år),?\s{1,2})?(?:kl(?:ockan|okken|\.)?|at)\s{1,2}(halv\s|kvart över\s|kvart i\s)?(ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv)\b"
);
pattern!(
    INSTEAD,
    r"(?i)^[,;]?\s{0,3}(?:i ?stället för|istf|och inte|inte|instead of|not)\s+(?:kl(?:ockan|\.)?\s*)?(\d{1,2})[.:](\d{2})\b"
);

const HOURS: [&str; 12] =
    ["ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"];

/// The time at the beginning of a text, and where it ends.
pub(super) fn clock(rest: &str) -> Option<(Time, usize)> {
    digits(rest).or_else(|| words(rest))
}

fn digits(rest: &str) -> Option<(Time, usize)> {
    let fit = DIGITS.first(rest)?;
    let end = fit.get(0)?.end();
    let hour: i8 = fit.get(2)?.as_str().parse().ok()?;
    let minute = fit.get(3).or_else(|| fit.get(4));
    let half = fit.get(5).map(|half| half.as_str().to_lowercase());
    // A number alone behind a day is no time.
    let told = fit.get(1).is_some() || fit.get(3).is_some() || half.is_some();
    // `2026-10-12 17 824 kr` and `kl 1234567`.
    let next = rest.get(end..).and_then(|rest| rest.chars().next());
    if !told
        || next.is_some_and(|c| c.is_ascii_digit())
        || (fit.get(1).is_none() && money(rest, end))
    {
        return None;
    }
    let afternoon = half.is_some_and(|half| half.starts_with('p') || half == "em");
    let hour = if afternoon && hour < 12 { hour + 12 } else { hour };
    let minute = minute.map_or(Some(0), |minute| minute.as_str().parse().ok())?;
    Some((Time::new(hour, minute, 0, 0).ok()?, end))
}

fn money(rest: &str, end: usize) -> bool {
    let behind = rest.get(end..).unwrap_or_default().trim_start().to_lowercase();
    [":-", "kr", "sek", ",-"].iter().any(|sign| behind.starts_with(sign))
}

fn words(rest: &str) -> Option<(Time, usize)> {
    let fit = WORDS.first(rest)?;
    let name = fit.get(2)?.as_str().to_lowercase();
    let hour = HOURS.iter().position(|known| *known == name)? as i8 + 1;
    let before = fit.get(1).map(|word| word.as_str().trim().to_lowercase());
    let (hour, minute) = match before.as_deref() {
        Some("halv") => (hour - 1, 30),
        Some("kvart i") => (hour - 1, 45),
        Some(_) => (hour, 15),
        None => (hour, 0),
    };
    // Nobody is put out before six: `klockan två` is in the afternoon.
    let hour = if hour < 6 { hour + 12 } else { hour };
    Some((Time::new(hour, minute, 0, 0).ok()?, fit.get(0)?.end()))
}

/// The time that another one takes the place of: `i stället för 09.00`.
pub(super) fn instead_of(rest: &str) -> Option<Time> {
    let fit = INSTEAD.first(rest)?;
    let number = |at: usize| fit.get(at)?.as_str().parse().ok();
    Time::new(number(1)?, number(2)?, 0, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::clock;

    #[test]
    fn times_are_read_as_people_write_them() {
        for (text, expected) in [
            (" kl. 09.00.", Some("09:00:00")),
            (", klockan 8.30", Some("08:30:00")),
            (" kl 9", Some("09:00:00")),
            (" kl. 0900", Some("09:00:00")),
            (" klockan halv tio", Some("09:30:00")),
            (" i år klockan halv tio", Some("09:30:00")),
            (" klockan två", Some("14:00:00")),
            (" kl 10-12", Some("10:00:00")),
            (" 10.40-11.25", Some("10:40:00")),
            (" at 2 pm", Some("14:00:00")),
            (" at 9:30", Some("09:30:00")),
            (", dvs 09.20 i", Some("09:20:00")),
            (", men kl 14.00 istället", Some("14:00:00")),
            (" klokken 13:15", Some("13:15:00")),
            (" 17 824 kr", None),
            (" kl. 25.00", None),
            (" fm", None),
            (" 450:-", None),
            ("", None),
        ] {
            let read = clock(text).map(|(time, _)| time.to_string());
            assert_eq!(read.as_deref(), expected, "{text}");
        }
    }
}
