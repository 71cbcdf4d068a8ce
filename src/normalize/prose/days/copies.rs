//! The day of a termination that is told by its own paper alone: a copy of it ends the contract the day it bears.

use super::super::pattern::pattern;
use super::super::seen::Seen;
use super::super::seen::Sheet;
use super::Day;
use super::Meaning;
use crate::domain::notice::NoticeType;
use jiff::civil::Date;

pattern!(
    ENDS,
    r"(?i)\bsäg(?:er|s|es)\b[^.]{0,80}?\bupp\b|\buppsäg(?:er|es|s)\b|härmed uppsag[dt]|hereby terminate|terminates the (?:lease|tenancy)|^\s*uppsägning\s*$"
);
pattern!(
    TITLE,
    r"(?i)^[^\n]{0,30}\b(?:uppsägning(?:\s+(?:av|till|på grund|från|för|/)|\s*$)|termination of (?:lease|tenancy)|notice to quit)"
);
/// Words of a letter that tells of the paper and is none itself.
const COVER: &[&str] = &[
    "översänd",
    "bifogas",
    "bifogad",
    "bilägg",
    "bilaga: uppsäg",
    "enclosed",
    "attached",
    "meddelande till socialnämnd",
    "underrättelse till socialnämnd",
];

/// The day of the paper that is the termination.
pub(super) fn itself(
    kind: NoticeType,
    sheets: &[Sheet],
    days: &[Seen<Day>],
    on: Date,
) -> Option<Seen<Date>> {
    let copy =
        matches!(kind, NoticeType::RentTerminationCopy | NoticeType::TenantOwnedTerminationCopy);
    let debt = matches!(kind, NoticeType::RentArrears | NoticeType::TenantOwnedArrears);
    if !copy && !debt {
        return None;
    }
    let bears = |sheet: &Sheet| {
        days.iter().find(|day| {
            let own = day.value.meaning == Meaning::Issued && day.sheet == sheet.number;
            own && day.value.date <= on && !day.value.relative
        })
    };
    let attached = |sheet: &&Sheet| sheet.source.starts_with("attachments");
    let papers = sheets.iter().filter(|sheet| is_paper(&sheet.text, copy));
    let papers: Vec<&Sheet> = papers.filter(|sheet| copy || attached(sheet)).collect();
    let first = papers.iter().find_map(|sheet| bears(sheet))?;
    let mut seen = first.clone().map(|day| day.date);
    let several =
        papers.iter().filter_map(|sheet| bears(sheet)).any(|day| day.value.date != seen.value);
    seen.confidence = seen.confidence.min(if several { 0.85 } else { 0.95 });
    Some(seen)
}

/// Whether a text is a termination; of one about a debt the title must say so.
fn is_paper(text: &str, copy: bool) -> bool {
    let lower = text.to_lowercase();
    if COVER.iter().any(|word| lower.contains(word)) {
        return false;
    }
    let titled = || {
        text.lines().filter(|line| !line.trim().is_empty()).take(12).any(|line| TITLE.is_in(line))
    };
    if copy { ENDS.is_in(text) || titled() } else { titled() }
}

#[cfg(test)]
mod tests {
    use super::is_paper;

    #[test]
    fn a_termination_is_told_from_the_letter_about_it() {
        for (text, copy, paper) in [
            ("UPPSÄGNING AV HYRESAVTAL\nHyresvärden säger upp avtalet", true, true),
            ("Härmed uppsäges Testa Ek från lägenheten", true, true),
            ("Styrelsen säger härmed upp Er till avflyttning", true, true),
            ("Uppsägning till avflyttning\nobetald hyra", false, true),
            ("Hyran är obetald och avtalet sägs upp", false, false),
            ("Härmed översändes kopia av uppsägning", true, false),
        ] {
            assert_eq!(is_paper(text, copy), paper, "{text}");
        }
    }
}
