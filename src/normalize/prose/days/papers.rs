//! Days that the papers of a debt bear: the day of a termination under its label, and the day a month's rent was due at the end of its row.

use super::super::pattern::pattern;
use super::super::words::flow;
use super::Meaning;
use super::day_place::Place;
use super::day_words::Written;
use super::last_cue;

pattern!(
    DATED,
    r"(?:^|[^\p{L}])(?:är |is |was )?(?:daterad|daterat|daterade|dated|datum|dateret|datert)[ :]*(?:den |the )?$"
);
pattern!(
    LETTER,
    r"(?:uppsägning\p{L}*|op?psigelse\p{L}*|termination(?: letter| notice)?|letter of termination)[^.\n]{0,25}$"
);
pattern!(
    MONTH_ROW,
    r"^[\s•*·-]*(?:(?:hyra|avgift|hyran|avgiften)\s)?(?:(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)\p{L}{0,7}\.?(?: 20\d\d)?|20\d\d-\d\d)[ :,\t]+(?:sek )?\d[\d .]*(?:,\d\d)?[ ]?(?:kr\.?|kronor|:-|sek)?[ ,;(\t]+$"
);

/// The day that a termination or an application bears, not the letter that tells of it: `Uppsägning` above `daterad 2026-11-09`.
pub(super) fn dated(
    flow: &str,
    day: &Written,
    place: &Place,
    front: Option<(Meaning, bool)>,
) -> Option<(Meaning, f64)> {
    let dated = DATED.first(&place.before).and_then(|fit| fit.get(0))?;
    if !matches!(front, Some((Meaning::Issued, _))) {
        return None;
    }
    let head = place.before.get(..dated.start()).unwrap_or_default();
    if LETTER.is_in(head) {
        return Some((Meaning::Terminated, 0.97));
    }
    if !head.trim().is_empty() {
        return None;
    }
    let line = flow.get(..day.at)?.rfind('\n').map_or(0, |at| at + 1);
    let label = flow::label_above(flow, line).to_lowercase();
    let short = !label.is_empty() && label.chars().count() <= 40 && !label.contains(['\t', '.']);
    let (meaning, _) = last_cue(&label).filter(|_| short)?;
    (meaning != Meaning::Issued).then_some((meaning, 0.96))
}

/// `November 2026 6 312 kr 2026-10-30`: the day a month's rent was due closes its row.
pub(super) fn due(place: &Place) -> Option<(Meaning, f64)> {
    MONTH_ROW.is_in(&place.before).then_some((Meaning::Due, 0.96))
}

#[cfg(test)]
mod tests {
    use crate::normalize::prose::days::Meaning;
    use crate::normalize::prose::days::days;
    use crate::normalize::prose::seen::Sheet;

    #[test]
    fn the_day_a_termination_bears_is_not_the_letters() {
        let on = "2026-11-25".parse().unwrap();
        for (text, meant) in [
            ("Uppsägning\ndaterad 2026-11-09, skickad i rek. brev", Meaning::Terminated),
            ("The termination letter is dated 11 November.", Meaning::Terminated),
            ("Uppsägningen är daterad den 9 november 2026.", Meaning::Terminated),
            ("Brevet är daterat 2026-11-09", Meaning::Issued),
            ("November 2026 6 312 kr 2026-10-30", Meaning::Due),
            ("- okt 8 140:-, 2026-09-30", Meaning::Due),
            ("Uppsagd . . . . . . : 2026-11-09", Meaning::Terminated),
        ] {
            let found = days(&Sheet::body(text), on);
            assert_eq!(found.first().map(|day| day.value.meaning), Some(meant), "{text}");
        }
    }
}
