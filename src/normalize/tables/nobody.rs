//! Whether words are a person's name at all: what is kept from view, a company's name and the name of a part of a list are nobody's.

use super::names::PARTICLES;

/// What stands where a name or a street is kept from view, or is not known; it is nobody's and nowhere.
const MASKS: &[&str] = &[
    "skyddad",
    "skyddat",
    "sekretess",
    "hemlig",
    "protected",
    "confidential",
    "classified",
    "okänd",
    "vacant",
    "vakant",
    "outhyrd",
    "saknas",
    "unknown",
    "anonym",
    "maskerad",
    "dold ",
    "ej känd",
];

/// Whether a cell hides whom or where it is about: `Skyddad identitet`, `Sekretess`, `Uppgift saknas`, `***`.
pub(super) fn is_masked(text: &str) -> bool {
    let lower = text.to_lowercase();
    MASKS.iter().any(|word| lower.contains(word)) || !text.chars().any(char::is_alphabetic)
}

/// Whether a cell says that nobody lives there.
pub(super) fn is_vacant(text: &str) -> bool {
    let words = ["vacant", "vakant", "tom", "tomställd", "ledig", "outhyrd", "ej uthyrd", "void"];
    words.contains(&text.trim().to_lowercase().as_str())
}

/// Whether a cell says that whom or what it is about is protected.
pub(super) fn is_protected(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words = [
        "skyddad",
        "skyddat",
        "sekretess",
        "protected",
        "confidential",
        "lämnas ",
        "meddelas ",
        "muntlig",
    ];
    lower.len() < 60 && words.iter().any(|word| lower.starts_with(word))
}

/// Whether a name is a company's or an association's.
pub(super) fn is_company(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "ab",
        "(publ)",
        "hb",
        "kb",
        "brf",
        "hsb",
        "riksbyggen",
        "kommun",
        "kommunen",
        "stiftelsen",
        "stiftelse",
        "bostäder",
        "fastigheter",
        "fastighets",
        "bostads",
        "förvaltning",
        "kronofogden",
        "kronofogdemyndigheten",
        "advokatbyrå",
        "inkasso",
        "aktiebolag",
        "handelsbolag",
        "föreningen",
        "förening",
        "bostadsrättsföreningen",
        "bostadsrättsförening",
        "ltd",
        "inc",
    ];
    let lower = text.to_lowercase();
    // `Ek` alone is a family's name.
    let society = ["ek. för", "ek.för", "ek för"].iter().any(|it| lower.contains(it));
    society || lower.split([' ', ',', '.']).any(|word| WORDS.contains(&word))
}

/// Words of what stands alone in a row and is no person: the name of a part of the list.
const PARTS: &[&str] = &[
    "område",
    "distrikt",
    "distriktet",
    "kvarter",
    "kvarteret",
    "kv",
    "fastighet",
    "fastigheter",
    "fastigheten",
    "fastighets",
    "hus",
    "huset",
    "hyror",
    "hyra",
    "obetalda",
    "obetald",
    "summa",
    "total",
    "totalt",
    "sida",
    "lista",
    "listan",
    "avhysningar",
    "avhysning",
    "störningar",
    "uppsägningar",
    "uppsagda",
    "bostäder",
    "bostad",
    "lokaler",
    "lokal",
    "ab",
    "hb",
    "kb",
    "brf",
    "förening",
    "föreningen",
    "bostads",
    "förvaltning",
    "kontor",
    "stadsdel",
    "stadsdelen",
    "norra",
    "södra",
    "östra",
    "västra",
    "centrum",
    "innerstaden",
    "hyresgäst",
    "hyresgäster",
    "gäldenär",
    "gäldenärer",
    "namn",
    "medlem",
    "medlemmar",
    "övriga",
    "övrigt",
    "nya",
    "nytt",
    "anmärkning",
    "obs",
    "kommentar",
    "district",
    "area",
    "building",
    "tenants",
    "tenant",
    "slut",
    "slutet",
    "ny",
    "gamla",
    "gammal",
    "ingen",
    "inga",
    "inget",
    "under",
    "över",
    "ej",
    "den",
    "detta",
    "och",
    "med",
    "utan",
    "till",
    "från",
    "för",
    "är",
    "har",
    "som",
    "the",
    "of",
    "and",
    "see",
    "se",
    "nedan",
    "ovan",
];

/// Whether words that stand alone are a person's name: two to four of them, each with a capital, none a word of a list's parts.
pub(super) fn is_person(text: &str) -> bool {
    let text = text.trim();
    let words: Vec<&str> = text.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let whole = |word: &&str| {
        let lower = word.to_lowercase();
        let letters =
            word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.'));
        let small = PARTICLES.contains(&lower.as_str()) && lower != "och";
        letters
            && !PARTS.contains(&lower.as_str())
            && (small || word.starts_with(char::is_uppercase))
    };
    (2..=4).contains(&words.len()) && words.iter().all(whole) && !is_masked(text)
}
