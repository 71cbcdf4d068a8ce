//! Words that take back what is said: what may come, what is not so and what would be is no sign of a kind.

use super::super::pattern::pattern;
use super::clause;

pattern!(DENIED, r"\b(?:inte|ej|icke|aldrig|annu|not|never|ikke)\b");
pattern!(
    DENIED_EVENT,
    r"\b(?:inte|ej|icke|aldrig|not|never)\s(?:\w+\s){0,2}(?:installd|installt|stall(?:s|ts|as|des) in|avbokad|avblast|upphavd|avlyst|uppskjut|skjut\w* upp|flytta\w* fram|framflytta|senarelag|aterkall|aterta|tillbaka|anstand|uppskov|cancel|postpone|withdr)"
);
pattern!(
    POSSIBLE,
    r"\b(?:kan|kunna|kunde|could|may|might|can)\s(?:\w+\s){0,3}$|\b(?:kan|kunna|could|may|might)\s(?:\w+\s){0,3}(?:aterkallas|aterkalla|stallas|installas|skjutas|flyttas|medges|beviljas|lamnas|fa anstand|ges|avbokas|be cancelled|be postponed)"
);
pattern!(
    ASKING,
    r"\b(?:begar\w*|ansok\w*|avslag\w*|avslog|avslar|avslas|bestrid\w*|onskar|onskemal|vill ha|hoppas pa|fraga\w* om|fragor om)\b[^.\n]{0,30}$"
);
pattern!(
    ASKED,
    r"\b(?:avslag\w*|avslog|avslar|begart|begarde|begaran om|ansokt om|ansokan om)\b[^.\n]{0,25}\b(?:anstand|uppskov)"
);
pattern!(
    REFUSED,
    r"^\w*\s?(?:(?:har|hade|ar|blir|blev|kommer|att|medges|medge|medgetts|medgivits|beviljas|beviljats|lamnas|lamnats|ges|getts|heller|dock|an|annu|darfor|kan|ska|fran|sokanden|hans|hennes|sin|ansokan)\s){0,5}?(?:inte|ej|icke|avslagits|avslas|avslogs|nekas|nekades|nekats|provas|provades|not|refused|denied|meddelas av|beslutas av)\b"
);
pattern!(
    EARLIER,
    r"\b(?:tidigare|forra|forut|forsta|forriga|aldre)\s(?:en\s)?(?:\w{0,8}avhysning|ansok|vrakning|forrattning|arende|hyresgast|medlem|boende|gang|ar|installd|aterkall|svarande|mal\b|begaran|innehavare|tillfalle|anstand|uppskov|uppskjut)|\bi fjol|\b(?:forra|forrforra) (?:aret|aren|hosten|varen|sommaren|vintern|gangen|arendet)|\bfor (?:\w+ )?(?:ar|manader) sedan|\b(?:i )?(?:ett|flera) (?:tidigare|aldre|annat|andra)|previous (?:tenant|eviction|application|case)|last year|years ago"
);
pattern!(NEARLY, r"\bnastan\b|\bnara att\b|\bhotad\b|\balmost\b|\bnearly\b");
pattern!(NOT_DONE, r"^\s?(?:\w+\s){0,2}?(?:inte|ej|icke|aldrig|not|never)\b");
pattern!(NOT_BEFORE, r"^\s?(?:\w+\s){0,3}?(?:forran|forr an|fore den|innan|until|utan att)\b");
pattern!(
    TO_COME,
    r"^[^.\n]{0,70}?\b(?:(?:inte|ej|annu inte|inte annu|annu ej)\s(?:\w+\s)?(?:bestam|faststall|satt|utsatt|bokad|klar|beslut|kand)|(?:sands|sander|skickas|skickar|meddelas|meddelar|kommer|aterkommer|lamnas|lamnar|bestams|faststalls|utgar|kommuniceras|delges)\s(?:\w+\s)?(?:senare|inom kort|separat|nar|sa snart|i god tid|framover|langre fram|i ett senare)|saknas an|later|not yet|to be decided)"
);
pattern!(
    STILL_OPEN,
    r"^[^.\n]{0,60}?\b(?:men|dock|daremot|fast|but|however|undantag)\b[^.\n]{0,60}?\b(?:inte|ej|icke|obetal\w*|oreglera\w*|saknas|kvar|kvarstar|aterstar|resterar|fortfarande|alltjamt|skyldig|skuld\w*|not|unpaid|outstanding|still)|^\s?(?:forutom|utom|med undantag|except|av sjalv|sjalv)\b|\bso the (?:amount|balance|debt|sum)|sa (?:skulden|beloppet) (?:ar|blir) (?:nu )?\d"
);
pattern!(
    WILL,
    r"\b(?:ska|skulle|skall|maste|borde|kommer att|har lovat(?: att)?|behover)\s(?:ha\s|nu\s|ocksa\s|aven\s){0,2}$"
);
pattern!(YEAR, r"\b((?:19|20)\d\d)\b");

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
const GROUNDS: &[&str] = &[
    " pa grund av ",
    " p.g.a. ",
    " p.g.a ",
    " pga ",
    " p g a ",
    " till foljd av ",
    " med anledning av ",
    " eftersom ",
    " darfor att ",
    " because of ",
    " due to ",
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

/// What `om` follows when it opens no condition: `beslut om anstånd`.
const MATTERS: &[&str] = &[
    "beslut",
    "beslutar",
    "beslutade",
    "beslutat",
    "informerat",
    "underrattat",
    "meddelat",
    "paminner",
    "kannedom",
    "begar",
    "begart",
    "begarde",
    "ansoka",
    "ansokte",
    "beslutet",
    "besked",
    "beskedet",
    "underrattelse",
    "underrattelsen",
    "meddelande",
    "meddelandet",
    "information",
    "informerar",
    "begaran",
    "ansokan",
    "fraga",
    "mal",
    "malet",
    "arende",
    "arendet",
    "arenden",
    "overenskommelse",
    "uppgorelse",
    "avtal",
    "dom",
    "utslag",
    "skuld",
    "skulden",
    "underrattar",
    "meddelar",
    "talan",
    "yrkande",
    "yrkandet",
    "ansoker",
    "ansokt",
];

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
