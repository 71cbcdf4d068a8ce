//! Words that take back what is said: what may come, what is not so and what would be is no sign of a kind.

/// When a sign does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Guard {
    /// It always counts.
    None,
    /// Not where it stands under a condition.
    Condition,
    /// Nor where it is denied.
    Denial,
    /// Nor where somebody means to do it.
    Future,
}

/// How far back a sentence is looked at.
const BACK: usize = 160;

const BEGINNINGS: &[&str] = &[
    "om ",
    "ifall ",
    "betalas ",
    "betalar ni ",
    "sker ",
    "sker inte",
    "skulle ",
    "if ",
    "unless ",
    "should ",
    "hvis ",
    "dersom ",
    "nar ",
    "tills ",
    "innan ",
];
const WITHIN: &[&str] = &[
    ", om ",
    " men om ",
    " eller om ",
    " och om ",
    " bara om ",
    " endast om ",
    " ifall ",
    " for det fall ",
    " i annat fall ",
    " annars ",
    " risk for ",
    " risken for ",
    " riskerar ",
    " riskera ",
    " kan leda till ",
    " leda till ",
    " hot om ",
    " hotas av ",
    " kan bli ",
    " kan komma att ",
    " kan innebara ",
    " undvika ",
    " forhindra ",
    " forebygga ",
    " fraga om ",
    " fragor om ",
    " if ",
    " unless ",
    " may ",
    " might ",
    " could ",
    " risk of ",
    " avoid ",
    " tills ",
    " sa snart ",
    " so snart ",
    " hvis ",
    " dersom ",
];
const DENIALS: &[&str] =
    &["inte", "ej", "aldrig", "icke", "ingen", "inget", "not", "never", "ikke", "utan att", "nej"];

/// What somebody else says or promises is not so yet.
const HEARSAY: &[&str] =
    &[" uppger ", " pastar ", " lovat ", " lovar ", " sager att ", " claims ", " promise"];
const FUTURE: &[&str] = &[
    "kommer vi att ",
    "kommer att ",
    "avser att ",
    "avser vi ",
    "tanker ",
    "overvager ",
    "ska vi ",
    "will ",
];

/// Whether the words before a sign take it back.
pub(super) fn taken_back(text: &str, at: usize, guard: Guard) -> bool {
    if guard == Guard::None {
        return false;
    }
    let head = sentence(text, at);
    let conditional = BEGINNINGS.iter().any(|word| head.starts_with(word))
        || WITHIN.iter().any(|words| head.contains(words));
    let meant = guard == Guard::Future && FUTURE.iter().any(|words| head.contains(words));
    conditional || meant || (guard == Guard::Denial && denied(head))
}

/// A few words before it say no.
fn denied(head: &str) -> bool {
    if HEARSAY.iter().any(|words| head.contains(words)) {
        return true;
    }
    let near = head.split(' ').rev().filter(|word| !word.is_empty()).take(4);
    near.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .any(|word| DENIALS.contains(&word))
}

/// What stands before a place in its sentence.
fn sentence(text: &str, at: usize) -> &str {
    let mut start = at.saturating_sub(BACK);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let head = text.get(start..at).unwrap_or_default();
    let end = head.char_indices().rev().find(|(end, c)| match c {
        '\n' | ';' | '!' | '?' => true,
        '.' => is_full_stop(head, *end),
        _ => false,
    });
    let begin = end.map_or(0, |(end, c)| end + c.len_utf8());
    head.get(begin..).unwrap_or_default().trim_start_matches([' ', '-', '"', '('])
}

/// A stop that ends a sentence: no abbreviation's, no number's.
fn is_full_stop(head: &str, at: usize) -> bool {
    if !head.get(at + 1..).is_some_and(|rest| rest.starts_with([' ', '\n'])) {
        return false;
    }
    let word = head.get(..at).unwrap_or_default().rsplit([' ', '\n']).next().unwrap_or_default();
    !matches!(word, "kap" | "kl" | "st" | "nr" | "tel" | "p" | "ca" | "bl" | "t" | "d" | "m")
}

#[cfg(test)]
mod tests {
    use super::Guard;
    use super::taken_back;

    #[test]
    fn what_may_come_is_not_said() {
        for (text, back) in [
            ("om hyran inte betalas far ni besked. avhysning", false),
            ("det kan leda till avhysning", true),
            ("underrattelse om avhysning", false),
            ("om skulden inte betalas sker avhysning", true),
            ("betalas inte skulden blir det avhysning", true),
            ("enligt 12 kap. 44 § sker avhysning", false),
            ("risken finns, men om hyran uteblir avhysning", true),
        ] {
            let at = text.rfind("avhysning").unwrap_or_default();
            assert_eq!(taken_back(text, at, Guard::Condition), back, "{text}");
        }
        assert!(taken_back("hon har inte betalat", 13, Guard::Denial));
        assert!(!taken_back("hon har nu betalat", 11, Guard::Denial));
    }
}
