//! Streets with their numbers, and what speaks for and against each being the home's.

use super::super::pattern::pattern;
use super::super::seen::Seen;
use super::super::seen::Sheet;
use super::super::seen::near_end;
use super::street_names::ordinary;
use super::street_names::street_name;
use super::street_owners::Whose;
use super::street_owners::is_place_after;
use super::street_owners::is_signed;
use super::street_owners::labelled;
use super::street_owners::whose;

pattern!(
    STREET,
    r"(?:^|[^\p{L}\d])((?:(?:S:ta?|\p{Lu}[\p{L}'’-]*\.?|von|af) ){0,3}\p{L}[\p{L}'’-]{2,}\.?) {1,2}(\d{1,4})(?: ?([A-Ha-hJ-NP-Z])\b)?(?:-(\d{1,4})\b(?: ?([A-Ha-h])\b)?)?"
);
// What may not follow a street's number.
pattern!(
    NO_STREET,
    r"(?i)^(?:\d|\p{L}|[:/]\d|[%§]|[.,]\d|-[\p{L}\d]| ?(?:%|§|kr\b|kronor|kap\b|sek\b|år\b|rum\b|rok\b|r ?o ?k|st\b|kvm|dagar|veckor|månader|timmar|procent|jan|feb|mars|april|maj|juni|juli|aug|sept|okt|nov|dec|\d{3}(?:[,.: ]\d|\D)(?:\d\D|[^\d ]|$)))"
);
pattern!(
    FLAT,
    r"(?i)^[ ]?[,(]?[ ]*(?:\(?(?:lgh|lägenhet|apt|apartment|flat|igh)\b|\d{1,2} ?(?:½ ?)?tr\b|\d{1,2} ?trappor|vån|bv\b|nb\b|tv\b|th\b|uppg|hus \p{L})"
);
pattern!(
    CODE,
    r"(?i)^[^\n\d]{0,12}(?:[ ,(]*(?:lgh|lägenhet(?:snr)?|apt|apartment|igh|uppg\p{L}*|vån\p{L}*|flat)\.? ?(?:nr|no)?\.? ?[\dOolI]{1,4}[ ,()]*|[ ,(]*\d{1,2} ?tr\p{L}*\.?(?: \p{L}{1,8})?[ ,)]*|\([^)\n]{0,30}\)[ ,]*)*(?:[\s,(]|[\t\n])*(?:SE?[- ]?)?\d{3} ?\d{2} ?[ ,\t]?\p{L}"
);
// `lgh 1201 Exempelgatan 7`, `lägenhet 1202 i Exempelgatan 9`.
pattern!(
    FLAT_BEFORE,
    r"(?i)(?:^|[^\p{L}])(?:lgh|lägenhet(?:en)?|apt\.?|apartment|flat)\.? ?(?:nr\.? ?)?\d{1,4},? (?:(?:på|i|at|in) )?$"
);
// The letter of the entrance on the next line, where the line broke behind the number.
pattern!(NEXT_LINE, r"^ ?\n ?([A-H])(?:, ?(?:lgh |lägenhet |\d{3} ?\d\d\b)| \d{3} ?\d\d\b)");

// `Jag bor på Exempelgatan 9. I lägenheten ovanför …`, `Jag bor granne med en familj på Exempelgatan 9`: one house.
pattern!(I_LIVE, r"(?i)\b(?:jag|vi) bor(?: själv)? (?:på|i|vid) $");
pattern!(
    SAME_HOUSE,
    r"(?i)^[^.\n]{0,40}[.,]?[^.\n]{0,40}(?:samma (?:hus|trapp|uppgång)|(?:lägenheten|våningen)(?: \p{L}+)? (?:ovanför|under|nedanför|bredvid|intill|mitt ?emot)|grannlägenheten|ovanpå)"
);
pattern!(
    NEXT_TO,
    r"(?i)\bgranne med (?:en familj|familjen|ett par|en|dem|en dam|en man)[^.\n\d]{0,30} (?:på|i|vid) $"
);

/// A street as it stands in a sheet.
#[derive(Clone, Debug)]
pub(super) struct Street {
    pub(super) seen: Seen<String>,
    /// Where it ends.
    pub(super) end: usize,
    /// Whether its name ends as streets do.
    pub(super) known: bool,
    /// What speaks for its being the home's; 0 or less when it is another's.
    pub(super) weight: i32,
    /// Nothing but its place tells, and it may be the writer's.
    pub(super) perhaps: bool,
}

/// Every street that the sheets name.
pub(super) fn streets(sheets: &[Sheet]) -> Vec<Street> {
    let mut streets = Vec::new();
    for sheet in sheets {
        let mut from = 0;
        while let Some(fit) = sheet.text.get(from..).and_then(|rest| STREET.first(rest))
            && streets.len() < 200
        {
            let (Some(whole), Some(name)) = (fit.get(0), fit.get(1)) else { break };
            let end = from + whole.end();
            let below = sheet.text.get(end..).and_then(|tail| NEXT_LINE.first(tail)?.get(1));
            let below = below.filter(|_| fit.get(3).or(fit.get(4)).is_none());
            let end = below.map_or(end, |letter| end + letter.end());
            let letter = |group: usize| {
                fit.get(group)
                    .map(|it| format!(" {}", it.as_str().to_uppercase()))
                    .unwrap_or_default()
            };
            let number = fit.get(2).map_or("", |it| it.as_str());
            let range = fit.get(4).map(|it| format!("-{}", it.as_str())).unwrap_or_default();
            let below = below.map(|it| format!(" {}", it.as_str())).unwrap_or_default();
            let number = format!("{number}{}{below}{range}{}", letter(3), letter(5));
            streets.extend(street(sheet, (from + name.start(), name.as_str()), &number, end));
            from = end;
        }
    }
    streets
}

fn street(sheet: &Sheet, (at, name): (usize, &str), number: &str, end: usize) -> Option<Street> {
    let tail = sheet.text.get(end..)?;
    let (name, known) = street_name(name)?;
    let at = at + name.0;
    let name = name.1;
    let code = CODE.is_in(tail.get(..floor(tail, 160)).unwrap_or_default());
    let left = near_end(sheet.text.get(..at)?);
    let flat = FLAT.is_in(tail) || FLAT_BEFORE.is_in(left);
    // `Provhyttan 699 41`: a town with its code behind.
    let two = tail.strip_prefix(' ').is_some_and(|rest| {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        digits == 2 && !known && number.len() == 3
    });
    let digits = two || tail.starts_with(|c: char| c.is_ascii_digit());
    if digits || (NO_STREET.is_in(tail) && !flat && !code) {
        return None;
    }
    let (labelled, right) = labelled(left);
    let same_house = NEXT_TO.is_in(left) || (I_LIVE.is_in(left) && SAME_HOUSE.is_in(tail));
    let whose = if same_house { Whose::Household } else { whose(left) };
    if !known && !code && !flat && !labelled && !is_place_after(left) {
        return None;
    }
    let signs = matches!(whose, Whose::Silent | Whose::Labelled) && is_signed(left, tail);
    let perhaps = whose == Whose::Perhaps || signs;
    let weight = match whose {
        Whose::Another if !flat => -1,
        Whose::Another | Whose::Perhaps | Whose::Silent => 1,
        Whose::Labelled if perhaps => 1,
        Whose::Household | Whose::Labelled => 3,
    };
    let more = [(flat, 2), (code, 1), (labelled, 1), (right, 6)];
    let weight = match weight {
        1.. if !perhaps => {
            weight + more.iter().filter(|(is, _)| *is).map(|(_, more)| more).sum::<i32>()
        }
        _ => weight,
    };
    // Where somebody gets the mail is not where they live, if both are told.
    let line = left.rsplit('\n').next().unwrap_or_default().to_lowercase();
    let weight = if line.contains("c/o") { weight.min(1) } else { weight };
    let value = format!("{} {number}", ordinary(&name));
    let quote = sheet.text.get(at..end)?;
    Some(Street { seen: Seen::on(sheet, at, quote, value, 0.0), end, known, weight, perhaps })
}

fn floor(text: &str, most: usize) -> usize {
    let mut at = most.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
