//! Streets with their numbers, and what speaks for and against each being the home's.

use super::super::names;
use super::super::pattern::pattern;
use super::super::seen::Seen;
use super::super::seen::Sheet;
use super::super::seen::near_end;

pattern!(
    STREET,
    r"(?:^|[^\p{L}\d])((?:(?:S:ta?|\p{Lu}[\p{L}'’-]*\.?|von|af) ){0,3}\p{L}[\p{L}'’-]{2,}\.?) {1,2}(\d{1,4})(?: ?([A-Ha-hJ-NP-Z])\b)?(?:-(\d{1,4})\b(?: ?([A-Ha-h])\b)?)?"
);
/// What may not follow a street's number.
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
pattern!(
    WORDS,
    r"(?i)(?:^|[^\p{L}])(?:(hyresgäst\p{L}*|hyresgast\p{L}*|bostadsrättshavar\p{L}*|medlem(?:men|mens|s|mar)?|svarande\p{L}*|gäldenär\p{L}*|klient\p{L}*|kund(?:en|ens)?|konsument\p{L}*|abonnent\p{L}*|brukare\p{L}*|inneboende\p{L}*|tenants?|resident|customer|debtor|lejer\p{L}*|lägenhet\p{L}*|lejlighed|bostad(?:en|s|sadress|srätt|srätten)?|objekt\p{L}*|anläggning\p{L}*|site|premises|dwelling|flat|apartment|gatuadress|adress(?:en)?|adr|address|bor|boende|bodde|lives?|avhysning\p{L}*|avlägsnande\p{L}*|vräk\p{L}*|eviction|från|belägen|kontrakts?innehavare\p{L}*|hemma hos|postadress|plats|på|at|hyr|hyra|hg|folkbokförd\p{L}*|avseende|avser|gäller|angående|regarding|re|(?:\d\d)?\d\d[01]\d\d\d[-+]?\d{4})|(\p{L}*värd(?:en|ens)?|uthyrare\p{L}*|fastighetsägare\p{L}*|avsändare\p{L}*|besöksadress|kontor(?:et|sadress)?|sökande\p{L}*|\p{L}*förvaltare\p{L}*|ombud\p{L}*|uppdragsgivare|advokat\p{L}*|socialtjänst\p{L}*|social\p{L}*nämnd\p{L}*|landlord|lessor|owner|kronofogd\p{L}*|föreningens|styrelsen|box|ab|hb|kb|brf|bostadsrättsförening(?:en)?|stiftelsen|fastigheter|bostäder|granne\p{L}*|ny adress|nya adress(?:en)?|flytta(?:t|r|de)? till|hv|kontaktperson\p{L}*|handläggare\p{L}*|betala till|swish|sammanträde\p{L}*|fakturaadress))(?:$|[^\p{L}])"
);
pattern!(
    RIGHT,
    r"(?i)(?:rätta?|korrekta?|riktiga?|correct) (?:\p{L}+ )?(?:\p{L}*adress(?:en)?|address)\s*(?:är|is|:)?[ ]*$"
);
pattern!(
    LABEL,
    r"(?i)(?:^|[\t\n,;(.]|\s)(?:gatu|bostads|hem|objekts?|anläggnings|lägenhetens |besöks|post|hyresgästens |folkbokförings)?(?:adress(?:en)?|adr|address)[ .…]*[:=\t\n]?[ ]*$"
);

pattern!(NAMED, r"\p{Lu}[\p{L}'’-]+ (?:(?:von|af|de|van) )?\p{Lu}[\p{L}'’-]+[,(] ?\(?$");
pattern!(BRACKETED, r"\(\p{Lu}[\p{L}'’-]+ (?:\p{L}+ )?\p{Lu}[\p{L}'’-]+, $");
pattern!(POINT, r"^\s*(?:\d{1,2}|[A-Z])[.)]\s");

/// How Swedish streets end, in letters without marks.
const ENDS: &[&str] = &[
    "gatan",
    "gata",
    "vagen",
    "vag",
    "grand",
    "granden",
    "stigen",
    "stig",
    "torget",
    "torg",
    "allen",
    "alle",
    "backen",
    "backe",
    "plan",
    "plats",
    "platsen",
    "planen",
    "esplanaden",
    "leden",
    "led",
    "kajen",
    "strand",
    "stranden",
    "parken",
    "garden",
    "gard",
    "hamnen",
    "liden",
    "slingan",
    "ringen",
    "kroken",
    "hojden",
    "promenaden",
    "rondellen",
    "bron",
    "vangen",
    "dalen",
    "taget",
    "lyckan",
    "gangen",
    "cirkeln",
    "terrassen",
    "brinken",
    "bulevarden",
    "boulevarden",
    "passagen",
    "kullen",
    "lunden",
    "angen",
    "hagen",
    "udden",
    "viken",
    "holmen",
    "stroket",
    "tappan",
    "vej",
    "vejen",
    "gade",
    "gaden",
    "street",
    "road",
];
/// Endings that are streets only behind another word.
const OWN: &[&str] = &[
    "gata", "vag", "plan", "plats", "strand", "gard", "led", "street", "road", "gade", "vej",
    "torg", "backe", "alle", "stig", "grand",
];
/// Words before a number that are no street's.
const NONE: &[&str] = &[
    "box",
    "postbox",
    "lgh",
    "igh",
    "lagenhet",
    "lagenheten",
    "kl",
    "klockan",
    "formular",
    "bilaga",
    "sida",
    "kap",
    "kapitel",
    "punkt",
    "artikel",
    "avdelning",
    "avd",
    "team",
    "vaning",
    "van",
    "hus",
    "nr",
    "nummer",
    "uppgang",
    "uppg",
    "port",
    "tel",
    "tfn",
    "telefon",
    "mobil",
    "vecka",
    "v",
    "section",
    "chapter",
    "apt",
    "apartment",
    "unit",
    "flat",
    "case",
    "no",
    "objekt",
    "arende",
    "mal",
    "dnr",
    "sal",
    "rum",
    "windows",
    "version",
    "bg",
    "pg",
    "ocr",
    "bankgiro",
    "plusgiro",
    "hyresgast",
    "avi",
    "faktura",
    "kontrakt",
    "avtal",
    "cirka",
    "ca",
    "par",
    "summa",
    "totalt",
    "belopp",
    "skuld",
    "hyra",
    "den",
    "till",
    "fran",
    "och",
    "om",
    "fore",
    "efter",
    "senast",
    "under",
    "sedan",
    "lag",
    "forordning",
    "sfs",
    "paragraf",
    "form",
    "page",
    "phone",
    "room",
    "floor",
    "sedel",
    "stuga",
    "kolonistuga",
    "plats",
    "plan",
    "enhet",
    "grupp",
    "pulje",
    "trapphus",
    "ar",
    "rad",
    "mnr",
    "case",
    "ref",
    "jb",
    "brl",
];

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
            let letter = |group: usize| {
                fit.get(group)
                    .map(|it| format!(" {}", it.as_str().to_uppercase()))
                    .unwrap_or_default()
            };
            let number = fit.get(2).map_or("", |it| it.as_str());
            let range = fit.get(4).map(|it| format!("-{}", it.as_str())).unwrap_or_default();
            let number = format!("{number}{}{range}{}", letter(3), letter(5));
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
    let flat = FLAT.is_in(tail);
    if NO_STREET.is_in(tail) && !flat && !code {
        return None;
    }
    let left = near_end(sheet.text.get(..at)?);
    let labelled = LABEL.is_in(left);
    let whose = whose(left);
    if !known && !code && !flat && !labelled && !is_place_after(left) {
        return None;
    }
    let weight = match whose {
        Some(false) if !flat => -1,
        Some(false) => 1,
        Some(true) => 3,
        None => 1,
    };
    let more = [(flat, 2), (code, 1), (labelled, 1), (RIGHT.is_in(left), 6)];
    let weight = match weight {
        1.. => weight + more.iter().filter(|(is, _)| *is).map(|(_, more)| more).sum::<i32>(),
        _ => weight,
    };
    let value = format!("{} {number}", ordinary(&name));
    let quote = sheet.text.get(at..end)?;
    Some(Street { seen: Seen::on(sheet, at, quote, value, 0.0), end, known, weight })
}

fn floor(text: &str, most: usize) -> usize {
    let mut at = most.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A place that only a preposition tells: `på Torget 4`.
fn is_place_after(left: &str) -> bool {
    let named = NAMED.is_in(left);
    let left = left.trim_end().to_lowercase();
    let told = [" på", "bor på", " från", " at", "bostad", "boende", "(på"];
    named || told.iter().any(|word| left.ends_with(word))
}

/// A street's name without the words before it, where it begins, and whether it ends as streets do; `None` for what is no street.
fn street_name(written: &str) -> Option<((usize, String), bool)> {
    let words: Vec<&str> = written.split(' ').collect();
    let (last, before) = words.split_last()?;
    let folded = names::fold(last.trim_end_matches('.'));
    let short = last.ends_with("g.") && last.chars().count() > 4;
    let ends = ENDS.iter().any(|end| {
        folded.ends_with(end)
            && (folded.len() >= end.len() + 2 || before.len() + usize::from(folded == "torget") > 0)
    });
    let known = short || ends;
    let capital = last.starts_with(char::is_uppercase);
    let own = OWN.contains(&folded.as_str()) || folded == "torget";
    if (!capital && !known) || (NONE.contains(&folded.as_str()) && !(own && !before.is_empty())) {
        return None;
    }
    if names::is_no_name(last) && !known || names::is_town(last) {
        return None;
    }
    let mut first = before.len();
    while let Some(word) = first.checked_sub(1).and_then(|at| before.get(at)) {
        let adjective = is_adjective(word);
        let bare = names::is_no_name(word) && !adjective || names::is_firm(word);
        // Only a street's own word may stand alone behind a name: `Fiktiva Kyrkogatan`, `Lars Provs gata`.
        if bare || !(own || adjective || (first == before.len() && before.len() == 1)) {
            break;
        }
        first -= 1;
    }
    if own && first == before.len() && folded != "torget" {
        return None;
    }
    let kept = words.get(first..)?;
    let skipped = words.get(..first)?.iter().map(|word| word.len() + 1).sum();
    Some(((skipped, kept.join(" ")), known))
}

fn is_adjective(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "lilla",
        "stora",
        "norra",
        "sodra",
        "ostra",
        "vastra",
        "gamla",
        "nya",
        "ovre",
        "nedre",
        "sankt",
        "s:t",
        "s:ta",
        "sankta",
        "n",
        "s",
        "o",
        "v",
        "mellersta",
        "inre",
        "yttre",
        "forsta",
        "andra",
    ];
    WORDS.contains(&names::fold(word.trim_end_matches('.')).as_str())
}

/// `PROVHÖJDEN` as `Provhöjden`, `fiktivgatan` as `Fiktivgatan`.
fn ordinary(name: &str) -> String {
    let shouted = !name.chars().any(char::is_lowercase) && name.chars().count() > 2;
    let small = name.starts_with(char::is_lowercase);
    match (shouted, small) {
        (true, _) => name.split(' ').map(names::proper).collect::<Vec<_>>().join(" "),
        (false, true) => names::proper(name),
        (false, false) => name.to_owned(),
    }
}

/// Whose address the words before a street tell it is: the household's, another's, or nothing.
fn whose(left: &str) -> Option<bool> {
    if BRACKETED.is_in(left) {
        return Some(true);
    }
    let mut lines = left.rsplit('\n');
    let line = lines.next().unwrap_or_default();
    if let Some(told) = last_word(line) {
        return Some(told);
    }
    if POINT.is_in(line) || line.trim().chars().count() > 45 {
        return None;
    }
    // An address stands below a name, and the name below its label.
    for line in lines.take(3) {
        if line.trim().is_empty() {
            return None;
        }
        if let Some(told) = last_word(line) {
            return Some(told);
        }
    }
    None
}

fn last_word(line: &str) -> Option<bool> {
    // What stands before the last full stop is another sentence.
    let line = line.rsplit(". ").next().unwrap_or(line);
    let mut told = None;
    let mut from = 0;
    while let Some(fit) = line.get(from..).and_then(|rest| WORDS.first(rest)) {
        told = Some(fit.get(1).is_some());
        let end = fit.get(1).or_else(|| fit.get(2)).map_or(line.len(), |word| from + word.end());
        from = end.max(from + 1);
        while !line.is_char_boundary(from) {
            from += 1;
        }
    }
    told
}
