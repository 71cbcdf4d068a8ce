//! Persons and companies in a cell: a name with its number, two names, capital letters made ordinary.

use super::super::prose::given_names::bare;
use super::super::prose::given_names::is_given;
use super::super::prose::pattern::pattern;

pattern!(
    NUMBER,
    r"(?:^|[^\d\-])((?:18|19|20)?\d{2}(?:[01]\d)(?:[0-3]\d|[6-9]\d)[ ]?[-+]?[ ]?\d{4})(?:$|[^\d\-])"
);

pattern!(
    PERSON_WORDS,
    r"(?i)\b(?:person-?(?:nummer|nr)|pers\.?[ -]?nr|p\.?-?nr|samordn(?:ings)?\.?-?[ ]?(?:nummer|nr)|född|f\.|id(?:-?nummer|-?nr)?)[ .:]*$"
);

pattern!(BETWEEN, r"(?i)\s*(?:[;\n]|\boch\b|\band\b|&|\s/\s|\s\+\s)\s*");

/// Words of a name that stay small.
pub(super) const PARTICLES: &[&str] =
    &["af", "av", "von", "de", "la", "el", "al", "bin", "der", "van", "och"];

/// A person as one cell tells of them.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) name: Option<String>,
    pub(super) number: Option<String>,
}

impl std::fmt::Debug for Named {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Named(name: {}, number: {})", self.name.is_some(), self.number.is_some())
    }
}

/// The persons in a cell: `Gösta Testholm, 7801022398`, `Stellan Provsjö 780102-2398`, `Bo och Eva Sjöprov`. `family_first`: its program writes
/// the family name first and no comma.
pub(super) fn people(text: &str, family_first: bool) -> Vec<Named> {
    // `Testsson; Testa af`: a semicolon where others write a comma.
    let turned = text.split_once(';').filter(|(family, given)| {
        let letters =
            |text: &str| text.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-'));
        letters(family)
            && letters(given)
            && !family.trim().contains(' ')
            && !given.trim().is_empty()
    });
    let turned = turned.map(|(family, given)| format!("{family},{given}"));
    let text = turned.as_deref().unwrap_or(text);
    let parted = parted(text);
    let text = parted.as_str();
    let mut pieces = Vec::new();
    let mut from = 0;
    for fit in BETWEEN.all(text).take(8) {
        let Some(between) = fit.get(0) else { continue };
        pieces.push(text.get(from..between.start()).unwrap_or_default());
        from = between.end();
    }
    pieces.push(text.get(from..).unwrap_or_default());
    let mut people: Vec<Named> =
        pieces.into_iter().filter_map(|piece| person(piece, family_first)).collect();
    // `Bo och Eva Sjöprov`: the first has the name of the other.
    let family = people
        .get(1)
        .and_then(|second| second.name.as_ref())
        .and_then(|name| name.rsplit(' ').next())
        .map(str::to_owned);
    if let (Some(family), Some(first)) = (family, people.first_mut())
        && let Some(name) = first.name.as_mut().filter(|name| !name.contains(' '))
    {
        *name = format!("{name} {family}");
    }
    people
}

/// `Testa Ek 850101-2382, Låtsa Ek 850101-2390`: a comma behind a number parts two people; so it does between whole names.
fn parted(text: &str) -> String {
    let whole = |name: &str| {
        let words: Vec<&str> = name.split_whitespace().collect();
        (2..=4).contains(&words.len()) && words.first().is_some_and(|word| is_given(word))
    };
    if text.contains(", ") && text.split(", ").all(whole) {
        return text.replace(", ", ";");
    }
    let ends: Vec<usize> =
        NUMBER.all(text).filter_map(|fit| fit.get(1)).map(|number| number.end()).collect();
    let mut parted = text.to_owned();
    if ends.len() > 1 {
        for end in ends.into_iter().filter(|end| text[*end..].starts_with(", ")) {
            parted.replace_range(end..end + 1, ";");
        }
    }
    parted
}

pub(super) fn person(text: &str, family_first: bool) -> Option<Named> {
    let (number, rest) = match NUMBER.first(text).and_then(|fit| fit.get(1)) {
        Some(number) => {
            let digits: String = number.as_str().chars().filter(|c| *c != ' ').collect();
            let head = text[..number.start()].trim_end_matches(['(', ' ', ',', ';']);
            let tail = &text[number.end()..];
            // `Testa Testsson, 850101-2390, Exempelgatan`: what follows a whole name is no part of it.
            let whole = head.trim().contains(' ') && tail.trim_start().starts_with([',', ';']);
            (Some(digits), if whole { head.to_owned() } else { format!("{head} {tail}") })
        }
        None => (None, text.to_owned()),
    };
    let mut rest = rest.trim().trim_matches(['(', ',', ';', '-', '.', ':', ' ']).trim().to_owned();
    // `Testa Testsson (1 barn)`: what stands in brackets is no part of the name.
    if let (Some(open), Some(close)) = (rest.find('('), rest.rfind(')'))
        && open < close
    {
        rest.replace_range(open..=close, "");
    }
    let mut rest = rest.trim().trim_matches(['(', ')', ',', ' ']).to_owned();
    if let Some(range) = PERSON_WORDS.first(&rest).and_then(|fit| fit.get(0)).map(|fit| fit.range())
    {
        rest.replace_range(range, "");
    }
    let name =
        name(rest.trim().trim_matches(['(', ')', ',', ';', '-', '.', ':', ' ']), family_first);
    (name.is_some() || number.is_some()).then_some(Named { name, number })
}

/// A name, given name first; `None` for what has a digit in it.
pub(super) fn name(text: &str, family_first: bool) -> Option<String> {
    // `Testa "Tessan" Testsson`
    let mut parts = text.split(['"', '”', '“']);
    let plain = match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(first), Some(_), Some(last), None) => format!("{first} {last}"),
        (_, _, _, _) => text.to_owned(),
    };
    let titles =
        ["mr", "mr.", "mrs", "mrs.", "ms", "ms.", "miss", "herr", "hr", "hr.", "fru", "fr."];
    let titled = |word: &&str| titles.contains(&word.to_lowercase().as_str());
    let text = plain.split_whitespace().skip_while(titled).collect::<Vec<_>>().join(" ");
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let nobody = text.split(' ').all(|word| NOBODY.contains(&word.to_lowercase().as_str()));
    if letters < 2 || nobody || text.chars().any(|c| c.is_ascii_digit()) || text.len() > 80 {
        return None;
    }
    let turned = match text.split_once(',') {
        Some((family, given)) if !given.contains(',') && !given.trim().is_empty() => {
            format!("{} {}", given.trim(), family.trim())
        }
        Some(_) => return None,
        None if is_turned(&text) => {
            let (family, given) = text.split_once(' ')?;
            format!("{given} {family}")
        }
        None if family_first => {
            let (family, given) = text.split_once(' ')?;
            format!("{given} {family}")
        }
        None => text,
    };
    bare(&ordinary(&turned, true))
}

/// How Swedish family names end.
const FAMILY: &[&str] = &[
    "sson", "dotter", "berg", "ström", "strom", "lund", "gren", "qvist", "kvist", "dahl", "stedt",
    "holm", "bäck", "löf",
];

/// Words that no name holds, as cells hold them where nobody is named.
const NOBODY: &[&str] = &[
    "okänd",
    "okända",
    "okänt",
    "unknown",
    "anonym",
    "granne",
    "grannen",
    "dödsbo",
    "dödsboet",
    "mamma",
    "pappa",
    "flickor",
    "pojkar",
    "barn",
    "salong",
    "firma",
    "betala",
    "hyra",
    "avgift",
    "ort",
    "adress",
    "hyresgäst",
    "boende",
    "personer",
    "sökes",
    "flera",
    "diverse",
    "saknas",
];

/// Whether two words stand as registers print them: `Testsson Testa`.
pub(super) fn is_turned(text: &str) -> bool {
    let family = |word: &str| {
        let word = word.to_lowercase();
        FAMILY.iter().any(|end| word.ends_with(end) && word.len() > end.len())
    };
    let by_given = || {
        let words: Vec<&str> = text.split(' ').collect();
        let [first, given @ ..] = words.as_slice() else { return false };
        let particle = PARTICLES.contains(&first.to_lowercase().as_str());
        (1..=2).contains(&given.len())
            && !particle
            && first.chars().count() > 2
            && !text.contains(',')
            && !is_given(first)
            && given.iter().all(|word| is_given(word))
    };
    match text.split_once(' ') {
        Some((first, last)) => {
            (!last.contains([' ', ',']) && family(first) && !family(last)) || by_given()
        }
        None => false,
    }
}

/// Whether a person must look whether this is anybody's name.
pub(super) fn is_odd(name: &str) -> bool {
    let small = !name.chars().any(char::is_uppercase);
    let words = || name.split([' ', ',']).map(str::to_lowercase);
    small || words().any(|word| NOBODY.contains(&word.as_str()))
}

/// Words that are all capitals in ordinary letters; with `small`, particles stay small.
pub(super) fn ordinary(text: &str, small: bool) -> String {
    if text.chars().any(char::is_lowercase) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for (at, word) in text.split(' ').enumerate() {
        if at > 0 {
            out.push(' ');
        }
        let lower = word.to_lowercase();
        // The letter of a house number stays as it is.
        if word.chars().count() == 1 || word.starts_with(|c: char| c.is_ascii_digit()) {
            out.push_str(word);
            continue;
        }
        if small && at > 0 && PARTICLES.contains(&lower.as_str()) {
            out.push_str(&lower);
            continue;
        }
        let mut first = true;
        for c in lower.chars() {
            if first {
                out.extend(c.to_uppercase());
            } else {
                out.push(c);
            }
            first = matches!(c, '-' | '\'' | '.');
        }
    }
    out
}

/// A company's name in ordinary letters: `LATSASBO I GOTEBORG AB` as `Latsasbo i Goteborg AB`.
pub(super) fn ordinary_company(text: &str) -> String {
    let text = text.trim().trim_end_matches([',', ';']).trim();
    if text.chars().any(char::is_lowercase) {
        return text.to_owned();
    }
    let words = text.split(' ').enumerate().map(|(at, word)| match word {
        "AB" | "HB" | "KB" | "HSB" | "SBC" | "MKB" => word.to_owned(),
        "I" | "PÅ" | "OCH" | "AV" | "FÖR" if at > 0 => word.to_lowercase(),
        word => ordinary(word, false),
    });
    words.collect::<Vec<_>>().join(" ")
}
