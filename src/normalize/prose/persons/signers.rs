//! Names that only sign a letter: alone on a line at its end, or those of the mail's own sender. Nobody takes them for the tenant.

use super::super::names;
use super::super::pattern::pattern;
use super::Page;
use super::cues;
use super::runs;
use super::runs::Group;

/// More below a name than this, in bytes, is no signature's.
const MOST: usize = 600;

pattern!(
    LEADS,
    r"(?i)^[\s/|*–—-]*(?:(?:med )?(?:vänlig\p{L}*|bästa|varma|många)? ?(?:hälsn\p{L}*|hälsar)|m\.?v\.?h|vh|bh|vänligen|tack|(?:kind |best )?regards|sincerely|undertecknat|ort och datum|underskrift)?[\s,.!/:–—-]*$"
);
pattern!(
    ENDS,
    r"(?i)^(?:[\s.]*$|[ ]*[,|/(–—·-][ ]*[^\n\d]{0,60}$|[ ]{1,3}(?:\+?[\d -]{8,16}|[\w.+-]+@[\w.-]+)\s*$)"
);
pattern!(PERSON_BELOW, r"(?:^|\D)(?:(?:\d\d)?\d{6}[-+]\d{4}|(?:19|20)\d{10})(?:\D|$)");
pattern!(
    HOUSEHOLD_BELOW,
    r"(?im)^\s*(?:hyresgäst|svarande|medlem|bostadsrättshavare|gäldenär|kund|tenant|personnummer|pnr|skuld|belopp|adress till)\p{L}*\s*[:=\t]"
);
pattern!(
    FIRM_BEHIND,
    r"(?i)^[ ]*(?:\(|,|på|från|hos|vid|at|from|of)[ ]*[^\n.;:()\d]{0,40}\b(?:ab|hb|kb|kommun|stad|bostäder|fastigheter|förvaltning|stiftelsen|hyresbostäder|polisen|socialtjänsten|kundtjänst|kommunen)\b"
);

/// The names of those who write: the mail's own, and those below its greeting.
pub(in crate::normalize::prose) fn writers(from: Option<&str>, signature: &str) -> Vec<String> {
    let signed = runs::groups(signature).into_iter().flat_map(|group| group.names);
    let signed = signed.filter(|name| name.words >= 2).map(|name| name.name);
    from.and_then(names::person_name).into_iter().chain(signed).collect()
}

/// Whether these names only sign.
pub(super) fn signs(page: &Page<'_>, group: &Group, writers: &[String]) -> bool {
    let written = |name: &runs::Name| writers.iter().any(|one| names::same(one, &name.name));
    if group.names.iter().all(written) || of_firm(page, group) {
        return true;
    }
    let text = page.text.as_str();
    let (Some(head), Some(tail)) = (text.get(..group.start), text.get(group.end..)) else {
        return false;
    };
    let (line, above) = match head.rfind('\n') {
        Some(at) => (head.get(at + 1..).unwrap_or_default(), head.get(..at).unwrap_or_default()),
        None => (head, ""),
    };
    let (rest, below) = tail.split_once('\n').unwrap_or((tail, ""));
    let low = below.trim();
    let behind = cues::behind(text, group.end);
    // An office below a name that stands alone, wherever in the letter.
    if line.trim().is_empty() && rest.trim().is_empty() && cues::holds_office(text, group.end) {
        return true;
    }
    LEADS.is_in(line)
        && !above.trim().is_empty()
        && !above.trim_end().ends_with([':', ','])
        && low.len() <= MOST
        && (ENDS.is_in(rest) || behind.titled)
        && (!behind.home || behind.office || behind.phone)
        && !behind.does
        && !PERSON_BELOW.is_in(low)
        && !HOUSEHOLD_BELOW.is_in(low)
}

/// Whether a firm or an office is named right behind: `Testa Ek på Provbo AB`.
fn of_firm(page: &Page<'_>, group: &Group) -> bool {
    let tail = page.text.get(group.end..).unwrap_or_default();
    let cut = tail.char_indices().nth(70).map_or(tail.len(), |(at, _)| at);
    FIRM_BEHIND.is_in(tail.get(..cut).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::super::page;
    use super::signs;
    use crate::normalize::prose::seen::Sheet;

    #[test]
    fn who_signs_is_told_from_who_is_named() {
        for (text, expected) in [
            ("Testa Ek 850101-2390 betalar inte.\n\nProva Provsson\nTel 040-628 04 90\n", true),
            ("Testa Ek 850101-2390 betalar inte.\n\nProva Provsson, hyresvärd\n", true),
            ("Testa Ek 850101-2390 betalar inte.\n\n/Prova Provsson 0701740632\n", true),
            (
                "För registrering.\n\nProva Provsson\nBostadsrådgivare\n\nTesta Ek, 850101-2390",
                true,
            ),
            ("Samtal med Prova Provsson på Exempelbo AB om Testa Ek, 850101-2390.", true),
            ("Testa Ek, 850101-2390. Prova Provsson betalar inte hyran.", false),
            ("Det gäller:\nProva Provsson\nTesta Ek, 850101-2390\n", false),
        ] {
            let sheet = Sheet::body(text);
            let page = page(&sheet);
            let prova = page
                .groups
                .iter()
                .map(|(group, _)| group)
                .find(|group| group.names.iter().any(|name| name.name == "Prova Provsson"));
            let told = prova.is_some_and(|group| signs(&page, group, &[]));
            assert_eq!(told, expected, "{text}");
        }
    }
}
