//! The day that a letter itself bears: on a line of its own, behind its place, or in a corner of its head.

use super::super::pattern::pattern;
use super::day_words::Written;

pattern!(PLACED, r"^[\s*]*(?:\p{Lu}[\p{L}-]+(?:\s\p{Lu}[\p{L}-]+)?[,]?\s{1,3})?(?:den\s|the\s)?$");

// The heads of a letter's own numbers, no table's of debts.
pattern!(
    HEADED,
    r"(?i)^\s*datum(?:\t|[ ]{3,})(?:vår[at]?|er[at]?|ärende|dnr|diarie|mål|ref|beteckning|handläggare|klient)"
);

/// So many lines at the top, and at the end, may hold it.
const LINES: usize = 8;

/// Whether a day is the letter's own.
pub(super) fn bears(flow: &str, day: &Written) -> bool {
    if day.relative || day.compact {
        return false;
    }
    let start = flow.get(..day.at).unwrap_or_default().rfind('\n').map_or(0, |at| at + 1);
    let tail = flow.get(day.end..).unwrap_or_default();
    let end = day.end + tail.find('\n').unwrap_or(tail.len());
    let top = flow[..start].lines().filter(|line| !line.trim().is_empty()).take(LINES).count();
    let bottom = flow[end..].lines().filter(|line| !line.trim().is_empty()).take(LINES).count();
    if top >= LINES && bottom >= LINES {
        return false;
    }
    let (left, right) = (&flow[start..day.at], &flow[day.end..end]);
    // A day between sums and hours is one of a row, and one behind a label is that label's.
    let beside = flow[end..].lines().find(|line| !line.trim().is_empty());
    if beside.is_some_and(is_figures) || is_labelled(left) {
        return false;
    }
    // `Datum   Ärende nr   Motpart` and the letter's own below it.
    let above = flow[..start].lines().rev().find(|line| !line.trim().is_empty());
    let under = above.is_some_and(|line| HEADED.is_in(line));
    if under && left.trim().is_empty() && top < 5 && right.starts_with(['\t', ' ']) {
        return true;
    }
    // A row of a table, which may begin with its day.
    let cells = (left.matches('\t').count(), right.matches('\t').count());
    if cells.0 + cells.1 > 3 || (left.trim().is_empty() && cells.1 > 1 && clock(right)) {
        return false;
    }
    let alone = right.trim().trim_matches(['.', ',']).is_empty();
    let cell = left.rsplit(['\t']).next().unwrap_or(left);
    let spaced = left.rsplit("   ").next().unwrap_or(left);
    let last = right.starts_with('\t') || right.starts_with("   ");
    // `Malmö den 3 mars 2026`, alone or in its own column.
    let placed = PLACED.is_in(cell) || PLACED.is_in(spaced);
    let head = top < 5;
    match () {
        () if placed && alone => head || bottom < LINES,
        () if placed && last => head,
        // `Göteborg den 13 oktober 2026 Stiftelsen X` under what is signed.
        () if placed && bottom == 0 && left.trim().len() > 4 => right.len() < 60,
        // `Malmö 2026-10-22, styrelsen`.
        () if placed && right.trim_start().starts_with(',') => bottom < 4 && right.len() < 40,
        // `Kronofogden, Team Syd, 2026-11-25` and `Adress: X, utskrift 2026-11-25` close the line.
        () if alone && head && top < 3 => {
            left.len() <= 60 && !left.contains(':') && left.trim_end().ends_with(',')
        }
        () => false,
    }
}

/// Whether a line is a sum or an hour and nothing else.
fn is_figures(line: &str) -> bool {
    let line = line.trim().trim_end_matches("kr").trim_end_matches(":-").trim();
    let hours = line.contains(['.', ':']) && !line.contains(' ');
    let signs = |c: char| {
        c.is_ascii_digit()
            || matches!(c, ' ' | '.' | ',' | ':')
            || (hours && matches!(c, '-' | '–'))
    };
    let short = line.len() <= 13 && line.contains(['.', ',', ' ', ':']);
    short && line.starts_with(|c: char| c.is_ascii_digit()) && line.chars().all(signs)
}

/// Whether the cell before a day is a label of something that is done on a day: `Störning 1, dag`, `Anmaning sänd`.
fn is_labelled(left: &str) -> bool {
    let Some(cell) = left.strip_suffix('\t').map(str::trim).filter(|it| !it.contains('\t')) else {
        return false;
    };
    let ends = [" dag", ", dag", " sänd", " skickad", " senast", " den", "dag:", " tid", " från"];
    let lower = cell.to_lowercase();
    ends.iter().any(|end| lower.ends_with(end))
}

/// Whether an hour stands behind the day.
fn clock(right: &str) -> bool {
    right.trim_start().starts_with(|c: char| c.is_ascii_digit())
}

pattern!(
    TITLE,
    r"^[\s*]*(?:(?:\p{Lu}[\p{L}\d.&/:-]*|\d[\d-]*|av|för|i|och|till|om|en|ett|[-–·•|/,])[ \t]+){0,9}$"
);
pattern!(
    STAMP,
    r"(?i)(?:^|[^\p{L}])(?:inkom\p{L}*|ankom\p{L}*|mottag\p{L}*|registrera\p{L}*|stör\p{L}*|hyra\p{L}*|händelse\p{L}*|skuld\p{L}*|avhys\p{L}*|avläg\p{L}*|vräk\p{L}*|uppsäg\p{L}*|tid|senast|sedan|lgh|lägenhet)(?:$|[^\p{L}])"
);
pattern!(
    LABEL_BEHIND,
    r"(?i)^\s*(?:[,;|·•-]\s*)?(?:$|\t|   |(?:kl\.?|klockan) ?\d{1,2}[.:]\d\d\s*$|(?:mål|dnr|diarie|ärende|sida|ref|vår|er|nr|sid)\p{L}*[ .:(]|\d{1,2}[.:]\d\d\s*$)"
);

/// Whether a day closes a headline in a letter's first lines: `Kronofogden - Verkställighet Väst - 2026-11-13`, `BESLUT 2026-11-19`.
pub(super) fn heads(flow: &str, day: &Written) -> bool {
    if day.relative || day.compact {
        return false;
    }
    let start = flow.get(..day.at).unwrap_or_default().rfind('\n').map_or(0, |at| at + 1);
    let top = flow[..start].lines().filter(|line| !line.trim().is_empty()).take(4).count();
    let tail = flow.get(day.end..).unwrap_or_default();
    let right = tail.split('\n').next().unwrap_or_default();
    let left = flow[start..day.at].trim_end_matches("den ");
    let own = left.chars().any(char::is_alphabetic) && left.len() <= 70;
    let shouted = !left.chars().any(char::is_lowercase);
    let parted = left.trim_end().ends_with(['-', '·', '•', '|', '/']) || left.contains("   ");
    let sender = left.trim_start().to_lowercase();
    let known =
        ["kronofogd", "hyresnämnd", "tjänsteanteckning", "telefonanteckning", "socialnämnd"];
    // `Utdrag ur protokoll fört vid sammanträde 2026-11-11` bears the day of the meeting.
    let meeting = ["protokoll", "sammanträde", "styrelsemöte", "minnesanteckning"];
    let minutes = own && meeting.iter().any(|word| sender.contains(word));
    if top < 3 && minutes && LABEL_BEHIND.is_in(right) {
        return true;
    }
    let fits = shouted || parted || known.iter().any(|word| sender.starts_with(word));
    top < 3 && own && fits && TITLE.is_in(left) && !STAMP.is_in(left) && LABEL_BEHIND.is_in(right)
}

#[cfg(test)]
mod tests {
    use super::bears;
    use super::heads;
    use crate::normalize::prose::days::day_words::days;

    #[test]
    fn a_letter_bears_its_day_in_its_head_or_at_its_end() {
        let on = "2026-11-25".parse().unwrap();
        for (text, own) in [
            ("Bolaget AB\t2026-10-19\nBox 1\n", true),
            ("Göteborg 2026-11-05     Ärende 9033-26\nText", true),
            ("Malmö den 15 november 2026\nUppsägning", true),
            ("Kronofogden, Team Syd, 2026-11-25\nEnligt", true),
            ("4. 21 006 kr\n5. Bg 1\n\nMalmö 2026-10-22, styrelsen\n", true),
            ("Text här.\n\n2026-11-11\n", true),
            ("Askimprov 12/10-26", true),
            ("Vi flyttade 2026-10-03 därifrån och kom hem", false),
            ("2026-10-03 kl 02: skrik", false),
            ("Oktober 2026\n2026-09-30\n9 846,00\n", false),
            ("Störning 1, dag\t2026-11-20\nText", false),
        ] {
            let day = days(text, on)[0];
            assert_eq!(bears(text, &day), own, "{text}");
        }
    }

    #[test]
    fn a_headline_may_end_with_the_letters_day() {
        let on = "2026-11-25".parse().unwrap();
        for (text, own) in [
            ("Kronofogden - Verkställighet Väst - 2026-11-13\n\nTid för avlägsnande", true),
            ("KRONOFOGDEN 2026-11-16 Mål: U-335512-26\n\nUNDERRÄTTELSE", true),
            (
                "Kronofogden\nMeddelande\n\nVerkställighetsmål U-255190-26 · 2026-10-27\n\nText",
                true,
            ),
            ("HYRESNÄMNDEN I PROVKÖPING\nBESLUT 2026-11-19\nÄrende", true),
            ("TELEFONANTECKNING      Kontaktcenter 2026-10-30 kl 15:42\nMottaget av", true),
            ("INKOM 2026-11-04\nText", false),
            ("Störning 2026-10-30\nText", false),
            ("Hyresgästen flyttade in 2026-01-03\n", false),
        ] {
            let day = days(text, on)[0];
            assert_eq!(heads(text, &day), own, "{text}");
        }
    }
}
