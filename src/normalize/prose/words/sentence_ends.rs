//! Which full stops end a sentence: not those of shortened words, of numbers and of days.

/// Words that end with a full stop without ending a sentence.
const SHORTENED: &[&str] = &[
    "kl",
    "kap",
    "st",
    "nr",
    "ca",
    "tel",
    "tfn",
    "ang",
    "resp",
    "dvs",
    "pga",
    "enl",
    "delg",
    "okt",
    "sept",
    "sep",
    "nov",
    "dec",
    "jan",
    "feb",
    "apr",
    "aug",
    "mar",
    "jul",
    "jun",
    "d",
    "f",
    "p",
    "s",
    "m",
    "g",
    "o",
    "i",
    "a",
    "mr",
    "ms",
    "mrs",
    "dr",
    "apt",
    "no",
    "adr",
    "obet",
    "förf",
    "inkl",
    "exkl",
    "oct",
    "sek",
    "kr",
    "rek",
    "ev",
    "bl",
    "tom",
    "fom",
    "org",
    "pers",
    "mån",
    "betaln",
    "dat",
    "pr",
    "avs",
    "tis",
    "ons",
    "tors",
    "fre",
    "lör",
    "sön",
    "månd",
    "tisd",
    "onsd",
    "torsd",
    "fred",
    "lörd",
    "sönd",
    "gm",
    "mob",
    "samordn",
    "ber",
    "omg",
    "tot",
    "forf",
    "t",
    "e",
    "upps",
    "uppsägn",
    "uppsägningsdat",
];

/// Whether the sign at a place ends what is said; `rest` is what comes after the text.
pub(super) fn ends_sentence(text: &str, place: usize, sign: &str, rest: &str) -> bool {
    let after = text.get(place + 1..).unwrap_or_default();
    let behind = after.chars().chain(rest.chars()).take(2).collect::<String>();
    let mut behind = behind.chars();
    let (space, next) = (behind.next(), behind.next());
    if sign != "." {
        return space.is_none_or(char::is_whitespace);
    }
    let word: String = text[..place].chars().rev().take_while(|c| c.is_alphanumeric()).collect();
    let word: String = word.chars().rev().collect::<String>().to_lowercase();
    let number = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    match space {
        None => true,
        // Written on a telephone: no space behind the full stop.
        Some(c) if c.is_uppercase() => word.chars().count() > 3 && !number,
        Some(c) if c.is_whitespace() => {
            let small = next.is_some_and(|c| c.is_lowercase() || (number && c.is_numeric()));
            // `8 912 kr. Uppsägning skickades`: an amount may end a sentence.
            let amount = matches!(word.as_str(), "kr" | "sek")
                && next.is_some_and(char::is_uppercase)
                && digit_before(text, place - word.len());
            !small && (amount || !SHORTENED.contains(&word.as_str()))
        }
        Some(_) => false,
    }
}

fn digit_before(text: &str, at: usize) -> bool {
    let head = text.get(..at).unwrap_or_default();
    head.trim_end().ends_with(|c: char| c.is_ascii_digit())
}
