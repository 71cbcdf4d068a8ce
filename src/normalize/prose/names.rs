//! Persons' names: which words be part of one, in which order they stand, and in which letters they are written.

use super::name_words::LABEL_ENDS;
use super::name_words::NO_NAMES;
use super::name_words::OFFICE_ENDS;
use super::name_words::STREET_ENDS;
use super::name_words::TOWNS;
use super::persons;
use std::collections::HashSet;
use std::sync::LazyLock;

const PARTICLES: &[&str] = &[
    "af", "av", "von", "van", "der", "den", "ten", "ter", "de", "la", "le", "du", "da", "dos",
    "del", "di", "zu", "el", "al", "bin", "ibn", "bint",
];
/// Particles that may begin a family name in the middle of a sentence; the others are words there.
const LEADING: &[&str] = &["af", "von", "van", "zu", "al", "el", "ibn"];
/// How Swedish family names end: they tell which of two words in capitals is the family's.
const FAMILY: &[&str] = &[
    "sson", "dotter", "berg", "ström", "strom", "lund", "gren", "qvist", "kvist", "dahl", "stedt",
    "holm", "bäck", "löf",
];

/// A text that is one person's name and nothing else, given name first; `None` for what is no person's name.
pub(super) fn person_name(text: &str) -> Option<String> {
    persons::only_name(text.trim().trim_end_matches([',', '.']))
}

fn set(words: &'static str) -> HashSet<&'static str> {
    words.split_whitespace().collect()
}

static NO_NAME: LazyLock<HashSet<&'static str>> = LazyLock::new(|| set(NO_NAMES));
static TOWN: LazyLock<HashSet<&'static str>> = LazyLock::new(|| set(TOWNS));

/// Whether a word with a capital letter is a label, a month, an organisation's or another's that no person bears.
pub(super) fn is_no_name(word: &str) -> bool {
    let word = word.trim_end_matches(['.', ',', ':']).to_lowercase();
    // `Hyresvärdens`; but `Hans` and `Jens` are names.
    let owned = word
        .strip_suffix('s')
        .is_some_and(|stem| stem.chars().count() > 5 && NO_NAME.contains(stem));
    let ends = |ends: &[&str]| ends.iter().any(|end| word.ends_with(end) && word != *end);
    NO_NAME.contains(word.as_str())
        || owned
        || ends(LABEL_ENDS)
        || is_town(&word)
        || ends(STREET_ENDS)
        || ends(OFFICE_ENDS)
}

/// Whether a word makes its neighbours the name of a firm or an association.
pub(super) fn is_firm(word: &str) -> bool {
    const FIRMS: &[&str] = &[
        "ab",
        "hb",
        "kb",
        "aktiebolag",
        "handelsbolag",
        "kommanditbolag",
        "kommanditbolaget",
        "brf",
        "hsb",
        "hsf",
        "riksbyggen",
        "stiftelse",
        "stiftelsen",
        "bostadsstiftelsen",
        "bostadsrättsförening",
        "bostadsrättsföreningen",
        "förvaltning",
        "fastigheter",
        "fastighets",
        "bostäder",
        "bostads",
        "advokatfirma",
        "advokatfirman",
        "advokatbyrå",
        "inkasso",
        "förening",
        "föreningen",
        "juridik",
        "allmännytta",
        "kommun",
    ];
    FIRMS.contains(&word.to_lowercase().as_str())
}

/// Whether a word ends as streets do.
pub(super) fn is_street(word: &str) -> bool {
    let word = word.to_lowercase();
    let places = ["plats", "brygga", "bryggan", "kaj", "hamn", "gård", "torp"];
    STREET_ENDS.iter().chain(&places).any(|end| word.ends_with(end) && word != *end)
}

/// Whether it is a town's name.
pub(super) fn is_town(word: &str) -> bool {
    TOWN.contains(word.to_lowercase().as_str())
}

/// A town as it is usually written: `GOTEBORG` is `Göteborg`. `None` for one that is not known.
pub(super) fn town(word: &str) -> Option<String> {
    let folded = fold(word);
    let short = [
        ("gothenburg", "Göteborg"),
        ("gbg", "Göteborg"),
        ("sthlm", "Stockholm"),
        ("hbg", "Helsingborg"),
        ("lkpg", "Linköping"),
        ("nkpg", "Norrköping"),
    ];
    if let Some((_, town)) = short.iter().find(|(short, _)| *short == folded) {
        return Some((*town).to_owned());
    }
    TOWN.iter().find(|town| fold(town) == folded).map(|town| proper(town))
}

/// Small letters without marks.
pub(super) fn fold(text: &str) -> String {
    let plain = |c: char| match c {
        'å' | 'ä' | 'æ' => 'a',
        'ö' | 'ø' => 'o',
        'é' | 'è' => 'e',
        'ü' => 'u',
        c => c,
    };
    text.to_lowercase().chars().map(plain).collect()
}

pub(super) fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word)
}

pub(super) fn may_lead(word: &str) -> bool {
    LEADING.contains(&word)
}

/// How many words are a person's own, particles apart.
pub(super) fn proper_words(words: &[&str]) -> usize {
    words.iter().filter(|word| !is_particle(word)).count()
}

/// `ANNA-LISA VON TESTSSON` as `Anna-Lisa von Testsson`; what has small letters stays as it is.
pub(super) fn ordinary(name: &str) -> String {
    if name.chars().any(char::is_lowercase) {
        return name.to_owned();
    }
    let word = |word: &str| {
        let small = word.to_lowercase();
        if is_particle(&small) && word.len() > 1 { small } else { proper(word) }
    };
    name.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// `åsa-lill` as `Åsa-Lill`.
pub(super) fn proper(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut first = true;
    for c in word.chars() {
        if first {
            out.extend(c.to_uppercase());
        } else {
            out.extend(c.to_lowercase());
        }
        first = matches!(c, '-' | ' ' | '\'' | '’');
    }
    out
}

/// Whether the first of some words in capitals is the family's name, as registers print it: `TESTSSON TESTA ÅSA`.
pub(super) fn family_first(words: &[&str]) -> bool {
    let family = |word: &str| {
        let word = word.to_lowercase();
        FAMILY.iter().any(|end| word.ends_with(end) && word.len() > end.len())
    };
    match words {
        [first, .., last] => family(first) && !family(last),
        [] | [_] => false,
    }
}

/// Whether two names are one person's: the same words in any order, or all of the shorter in the longer.
pub(super) fn same(one: &str, other: &str) -> bool {
    let words = |text: &str| -> Vec<String> { text.split(' ').map(fold).collect() };
    let (one, other) = (words(one), words(other));
    // `Saga H` may be Saga Ek-Hult's short name.
    let begins = |word: &String, all: &[String]| {
        let letter = word.trim_end_matches('.');
        letter.chars().count() == 1 && all.last().is_some_and(|last| last.starts_with(letter))
    };
    let within = |some: &[String], all: &[String]| {
        some.iter().enumerate().all(|(at, word)| {
            all.contains(word) || (at > 0 && some.len() == 2 && begins(word, all))
        })
    };
    within(&one, &other) || within(&other, &one)
}

#[cfg(test)]
mod tests {
    use super::family_first;
    use super::is_no_name;
    use super::ordinary;
    use super::person_name;
    use super::same;
    use super::town;

    #[test]
    fn letters_order_and_what_is_no_name() {
        for (written, meant) in [
            ("ANNA-LISA VON TESTSSON", "Anna-Lisa von Testsson"),
            ("Testa DeProv", "Testa DeProv"),
            ("ÖRJAN ÅNGSTEST", "Örjan Ångstest"),
        ] {
            assert_eq!(ordinary(written), meant);
        }
        assert!(
            family_first(&["TESTSSON", "TESTA", "ÅSA"]) && !family_first(&["TESTA", "PROVBERG"])
        );
        assert!(is_no_name("Hyresgästen") && is_no_name("Exempelgatan") && !is_no_name("Testa"));
        for (text, meant) in [
            ("Testsson, Testa", Some("Testa Testsson")),
            ("Hyresgäst Testa af Låtsas", Some("Testa af Låtsas")),
            ("Testa Testsson Personnummer", Some("Testa Testsson")),
            ("Exempelhus Fastigheter AB", None),
            ("Testa", None),
            ("Norra Provvägen", None),
        ] {
            assert_eq!(person_name(text).as_deref(), meant, "{text}");
        }
        assert!(same("Testsson Testa", "Testa Testsson") && !same("Testa Ek", "Provo Ek"));
        assert_eq!(town("GOTEBORG").as_deref(), Some("Göteborg"));
    }
}
