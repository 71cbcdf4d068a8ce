//! What a street's name looks like: how it ends, which words may stand before it, and which words before a number are no street's.

use super::super::names;

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

/// A street's name without the words before it, where it begins, and whether it ends as streets do; `None` for what is no street.
pub(super) fn street_name(written: &str) -> Option<((usize, String), bool)> {
    let words: Vec<&str> = written.split(' ').collect();
    let (last, before) = words.split_last()?;
    let folded = names::fold(last.trim_end_matches('.'));
    let short = last.ends_with("g.") && last.chars().count() > 4;
    let ends = ENDS.iter().any(|end| {
        // `Åvägen`, `Ögatan`.
        let short = last.starts_with(['Å', 'Ö', 'å', 'ö']) && folded.len() > end.len();
        folded.ends_with(end)
            && (short
                || folded.len() >= end.len() + 2
                || before.len() + usize::from(folded == "torget") > 0)
    });
    let known = short || ends;
    let capital = last.starts_with(char::is_uppercase);
    let own = OWN.contains(&folded.as_str()) || folded == "torget";
    if (!capital && !known) || ((!own || before.is_empty()) && NONE.contains(&folded.as_str())) {
        return None;
    }
    if names::is_no_name(last) && !known || names::is_town(last) {
        return None;
    }
    let mut first = before.len();
    while let Some(word) = first.checked_sub(1).and_then(|at| before.get(at)) {
        let adjective = is_adjective(word);
        // `Storgatan Övre 21`: what ends as a street does is none's neighbour.
        let street = !known && names::is_street(word);
        let bare = names::is_no_name(word) && !adjective && !street || names::is_firm(word);
        // Only a street's own word may stand alone behind a name: `Fiktiva Kyrkogatan`, `Lars Provs gata`.
        if bare || !(street || own || adjective || (first == before.len() && before.len() == 1)) {
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
pub(super) fn ordinary(name: &str) -> String {
    let shouted = !name.chars().any(char::is_lowercase) && name.chars().count() > 2;
    let small = name.starts_with(char::is_lowercase);
    match (shouted, small) {
        (true, _) => name.split(' ').map(names::proper).collect::<Vec<_>>().join(" "),
        (false, true) => names::proper(name),
        (false, false) => name.to_owned(),
    }
}
