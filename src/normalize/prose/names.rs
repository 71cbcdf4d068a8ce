//! Persons' names: in both orders, with particles, and never a word that only looks like one.

const NO_NAMES: &[&str] = &[
    "ab",
    "hb",
    "kb",
    "brf",
    "bostadsrättsföreningen",
    "föreningen",
    "fastighets",
    "fastigheter",
    "bostäder",
    "kommun",
    "nämnden",
    "socialnämnden",
    "socialtjänsten",
    "kronofogden",
    "kronofogdemyndigheten",
    "hyresnämnden",
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
    "hyresgäst",
    "hyresgästen",
    "personnummer",
    "adress",
    "objekt",
    "lägenhet",
    "box",
    "hej",
    "meddelande",
    "underrättelse",
    "org",
    "bankgiro",
    "plusgiro",
    "ocr",
    "tel",
    "telefon",
    "måndag",
    "tisdag",
    "onsdag",
    "torsdag",
    "fredag",
    "vi",
    "den",
    "det",
    "han",
    "hon",
    "sverige",
    "sökande",
    "svarande",
    "hyresvärd",
    "uppsägning",
    "enligt",
    "pnr",
    "namn",
    "datum",
    "ärende",
    "jag",
    "ni",
    "er",
    "vår",
    "vårt",
    "referens",
    "mål",
    "målnummer",
    "lgh",
    "förvaltning",
    "stadsdel",
    "inkasso",
    "juridik",
    "advokatbyrå",
];
const PARTICLES: &[&str] = &["af", "av", "von", "de", "la", "el", "al", "bin", "der", "van"];

/// A name in the order given name, family name; `None` for what is no person's name.
pub(super) fn person_name(text: &str) -> Option<String> {
    let mut words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    let no_name =
        |word: &&str| NO_NAMES.contains(&word.trim_matches([',', '.']).to_lowercase().as_str());
    // What stands before the name on the line may be a label.
    while words.first().is_some_and(no_name) {
        words.remove(0);
    }
    if let Some(at) = words.iter().position(no_name) {
        words.truncate(at);
    }
    let proper = words.iter().filter(|word| !PARTICLES.contains(word)).count();
    if proper < 2 || words.len() > 5 {
        return None;
    }
    if words.iter().any(|word| {
        word.trim_end_matches(',').ends_with("gatan")
            || word.trim_end_matches(',').ends_with("vägen")
    }) {
        return None;
    }
    let joined = words.join(" ");
    match joined.split_once(", ") {
        Some((family, given)) if !family.contains(',') && !given.contains(',') => {
            Some(format!("{given} {family}"))
        }
        _ => Some(joined.trim_end_matches(',').to_owned()).filter(|name| !name.contains(',')),
    }
}

#[cfg(test)]
mod tests {
    use super::person_name;

    #[test]
    fn a_name_is_given_name_first_and_no_label_is_one() {
        for (text, expected) in [
            ("Testsson, Testa", Some("Testa Testsson")),
            ("Hyresgäst Testa af Låtsas", Some("Testa af Låtsas")),
            ("Testa Testsson Personnummer", Some("Testa Testsson")),
            ("Exempelhus Fastigheter AB", None),
            ("Testa", None),
            ("Norra Provvägen", None),
        ] {
            assert_eq!(person_name(text).as_deref(), expected, "{text}");
        }
    }
}
