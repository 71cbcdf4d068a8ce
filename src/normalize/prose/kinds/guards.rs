//! Words that take back what is said: what may come, what is not so and what would be is no sign of a kind.

use super::clause;
use super::guard_words::ASKED;
use super::guard_words::ASKING;
use super::guard_words::BEGINNINGS;
use super::guard_words::DENIALS;
use super::guard_words::DENIED;
use super::guard_words::DENIED_EVENT;
use super::guard_words::EARLIER;
use super::guard_words::FUTURE;
use super::guard_words::GROUNDS;
use super::guard_words::HEARSAY;
use super::guard_words::MATTERS;
use super::guard_words::NEARLY;
use super::guard_words::NOT_BEFORE;
use super::guard_words::NOT_DONE;
use super::guard_words::POSSIBLE;
use super::guard_words::REFUSED;
use super::guard_words::STILL_OPEN;
use super::guard_words::TO_COME;
use super::guard_words::WILL;
use super::guard_words::WITHIN;
use super::guard_words::YEAR;

/// When a sign does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Guard {
    /// It always counts.
    None,
    /// Not where it stands under a condition.
    Condition,
    /// Nor where it is denied, before it or within it.
    Denial,
    /// Not where somebody means to do it.
    Future,
    /// A heading's words: not where what they name is yet to come (`tid för avhysning är inte bestämd`).
    Title,
    /// A copy that is sent: not where it will be sent if nothing changes.
    Copy,
    /// What became of an eviction: not where it may become so, is asked for, is refused, or became of an earlier one.
    Event,
    /// The same of words that say no themselves: `genomförs inte`.
    Absence,
    /// What was done: not where it was nearly done, to others or years ago.
    Done,
    /// What was paid: not where something else still is to pay.
    Settled,
}

/// Whether the words around a sign take it back. `year`: the letter's own.
pub(super) fn taken_back(
    text: &str,
    (start, end): (usize, usize),
    guard: Guard,
    year: i16,
) -> bool {
    if guard == Guard::None {
        return false;
    }
    let head = clause::head(text, start);
    let sign = text.get(start..end).unwrap_or_default();
    let story = text.get(start - head.len()..end).unwrap_or_default();
    let tail = || clause::tail(text, end);
    match guard {
        Guard::None => false,
        Guard::Condition => conditional(head),
        Guard::Denial => conditional(head) || denied(head) || DENIED.is_in(sign),
        Guard::Future => {
            let meant = FUTURE.iter().any(|words| head.contains(words));
            meant || conditional(head) || denied(head) || EARLIER.is_in(story)
        }
        Guard::Title => conditional(head) || denied(head) || TO_COME.is_in(tail()),
        Guard::Copy => conditional(head) || denied(head) || if_so(tail(), sign),
        Guard::Event => {
            let tail = tail();
            let open =
                conditional(head) || denied(head) || ASKING.is_in(head) || EARLIER.is_in(story);
            let may = POSSIBLE.is_in(head) || if_so(head, "") || if_so(tail, sign);
            open || may || within(sign) || REFUSED.is_in(tail)
        }
        Guard::Absence => {
            let open = conditional(head)
                || if_so(head, "")
                || POSSIBLE.is_in(head)
                || EARLIER.is_in(story);
            open || if_so(tail(), sign) || NOT_BEFORE.is_in(tail())
        }
        Guard::Done => {
            let tail = tail();
            let (long_ago, others) =
                (is_old(sign, year) || is_old(tail, year), EARLIER.is_in(story));
            let not =
                conditional(head) || denied(head) || DENIED.is_in(sign) || NOT_DONE.is_in(tail);
            not || long_ago || others || NEARLY.is_in(head) || NEARLY.is_in(tail)
        }
        Guard::Settled => {
            let tail = tail();
            let said = conditional(head) || if_so(head, "") || denied(head) || DENIED.is_in(sign);
            said || WILL.is_in(head) || STILL_OPEN.is_in(tail) || if_so(tail, sign)
        }
    }
}

fn within(sign: &str) -> bool {
    DENIED_EVENT.is_in(sign) || POSSIBLE.is_in(sign) || ASKED.is_in(sign)
}

/// What may come, unless its ground is what is told: `riskerar avhysning på grund av obetald hyra`.
fn conditional(head: &str) -> bool {
    let ground = GROUNDS.iter().filter_map(|words| Some(head.rfind(words)? + words.len())).max();
    let head = head.get(ground.unwrap_or(0)..).unwrap_or_default();
    BEGINNINGS.iter().any(|word| head.starts_with(word))
        || WITHIN.iter().any(|words| head.contains(words))
}

/// A condition follows: `ställs in om ni betalar`.
fn if_so(words: &str, before: &str) -> bool {
    let mut last = before.rsplit(' ').next().unwrap_or_default();
    for word in words.split([' ', ',', '(', ')']).filter(|word| !word.is_empty()).take(40) {
        let condition =
            matches!(word, "om" | "ifall" | "savida" | "forutsatt" | "if" | "unless" | "provided");
        if condition && !MATTERS.contains(&last) {
            return true;
        }
        last = word;
    }
    false
}

/// A year that is gone.
fn is_old(text: &str, year: i16) -> bool {
    YEAR.all(text)
        .take(5)
        .filter_map(|found| found.get(1)?.as_str().parse::<i16>().ok())
        .any(|told| told < year)
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
            assert_eq!(taken_back(text, (at, at + 9), Guard::Condition, 2026), back, "{text}");
        }
        assert!(taken_back("hon har inte betalat", (13, 20), Guard::Denial, 2026));
        assert!(!taken_back("hon har nu betalat", (11, 18), Guard::Denial, 2026));
    }
}
