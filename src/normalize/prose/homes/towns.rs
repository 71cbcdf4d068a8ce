//! Postal codes and towns: behind a street, or behind their labels.

use super::super::names;
use super::super::pattern::pattern;
use super::super::seen::Seen;
use super::super::seen::Sheet;

pattern!(
    POSTAL,
    r"(?:^|[^\d\p{L}-]|SE?[- ]|se-)(\d{3} ?\d{2})[ ]{0,3}[,\t\n]?[ ]?(\p{L}[\p{L}.-]*(?:[ ]\p{L}[\p{L}-]*)?)"
);
pattern!(
    CODE_LABEL,
    r"(?im)(?:^|[\t|;,]|\b)(?:objekt)?_?(?:post-?(?:nr|numret|nummer|kod|adr(?:ess)?|ort)|postnr|postal code|zip(?: code)?)\.?[ .…_]*[:=\t ]?[ .…]*(?:är )?(?:SE?-)?(\d{3} ?\d{2})\b(?:[ ,]{1,3}(\p{L}[\p{L}.-]*(?:[ ]\p{L}[\p{L}-]*)?))?"
);
pattern!(
    TOWN_LABEL,
    r"(?im)(?:^|[\t|;]|\b)(?:objekt)?_?(?:post)?(?:ort|stad|city|town)(?:[ .…]*[:=\t]|[ ]{2,})[ ]*(\p{L}[\p{L}.-]*(?:[ ]\p{L}[\p{L}-]*)?)"
);
pattern!(
    TOWN,
    r"(?i)^(?:[ ,(]*(?:(?:lgh|lägenhet(?:en)?|apt|apartment|igh)\.? ?(?:nr|no)?\.? ?[\dOolI]{1,4}|\d{1,2} ?(?:½ ?)?tr\p{L}*\.?(?: (?:t\.?[vh]\.?|mitt|till (?:höger|vänster)))?|vån\p{L}* ?\d|uppg\p{L}* ?\p{L}|[tb][vh]|nb)\)?)*[ ]?(,|\bi\b|\bin\b|\n|)[ ]*(\p{L}[\p{L}.-]*(?:[ ]\p{L}[\p{L}-]*)?)"
);

// The code behind the town: `i Huddinge (141 46)`, `Malmö 214 00`.
pattern!(
    TURNED,
    r"(?:^|[ ,(\n\t])(\p{Lu}[\p{L}.-]+(?:[ ]\p{Lu}[\p{L}-]*)?),?[ ]\(?(?:SE?-)?(\d{3} ?\d{2})(?:$|[^\d-])"
);
pattern!(END, r"\p{L}{3,}\. \p{Lu}\p{Ll}");

/// A postal code and a town.
#[derive(Clone, Debug, Default)]
pub(super) struct Place {
    pub(super) code: Option<Seen<String>>,
    pub(super) city: Option<Seen<String>>,
}

/// What follows a street, at most two lines away, before another street and the end of the sentence.
pub(super) fn behind(sheet: &Sheet, from: usize, until: usize) -> Place {
    let rest = sheet.text.get(from..until.min(sheet.text.len())).unwrap_or_default();
    let end = rest.char_indices().nth(110).map_or(rest.len(), |(at, _)| at);
    let near = rest.get(..end).unwrap_or_default();
    let lines: usize = near.split_inclusive('\n').take(3).map(str::len).sum();
    let near = near.get(..lines).unwrap_or_default();
    let ends =
        [END.first(near).and_then(|fit| fit.get(0)).map(|it| it.end() - 2), near.find("\n\n")];
    let near =
        near.get(..ends.into_iter().flatten().min().unwrap_or(near.len())).unwrap_or_default();
    let found = POSTAL.all(near).find_map(|fit| {
        let (code, city) = (fit.get(1)?, fit.get(2)?);
        let label = near.get(city.end()..).is_some_and(|rest| rest.starts_with([':', '=']));
        if label {
            return None;
        }
        let name = written_town(city.as_str()).or_else(|| small_town(city.as_str()))?;
        Some((code, city, name))
    });
    if let Some((code, city, (name, known))) = found
        && !near.get(..code.start()).unwrap_or_default().to_lowercase().contains("box ")
    {
        let quote = near.get(code.start()..city.end()).unwrap_or_default();
        let sure = if known { 0.98 } else { 0.965 };
        return Place {
            code: Some(Seen::on(sheet, from + code.start(), quote, digits(code.as_str()), 0.975)),
            city: Some(Seen::on(sheet, from + code.start(), quote, name, sure)),
        };
    }
    let turned = TURNED.first(near).and_then(|fit| {
        let (city, code) = (fit.get(1)?, fit.get(2)?);
        let (name, known) = written_town(city.as_str())?;
        let quote = near.get(city.start()..code.end())?;
        let bracketed = near.get(..code.start())?.ends_with('(');
        (known || bracketed).then(|| Place {
            code: Some(Seen::on(sheet, from + code.start(), quote, digits(code.as_str()), 0.96)),
            city: Some(Seen::on(sheet, from + city.start(), quote, name, 0.96)),
        })
    });
    if let Some(place) = turned {
        return place;
    }
    Place { code: None, city: named(sheet, from, near) }
}

/// A town without a code: behind a comma, behind `i`, or right behind the street.
fn named(sheet: &Sheet, from: usize, near: &str) -> Option<Seen<String>> {
    let fit = TOWN.first(near)?;
    let (between, city) = (fit.get(1)?, fit.get(2)?);
    let (name, known) = written_town(city.as_str())?;
    let alone = near.get(city.end()..).unwrap_or_default();
    let stop = [',', '.', ')', ';', '\n', '\t', '!', '?'];
    let first = city.as_str().split(' ').next().unwrap_or_default();
    let (stopped, rest) = match near.get(city.start() + first.len()..) {
        _ if first.ends_with('.') => (true, ""),
        Some(rest) => (false, rest),
        None => (false, ""),
    };
    // `i Provby och`: what follows is no part of the name.
    let goes_on = rest.strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_lowercase));
    let ends = alone.is_empty() || stopped || goes_on || alone.starts_with(stop);
    let sure = match (known, between.as_str().trim(), ends) {
        (true, _, _) => 0.97,
        (false, "", true) if !goes_on && is_town_like(first) => 0.9,
        (false, "", _) => return None,
        (false, "i" | "in", true) => 0.955,
        (false, "i" | "in", false) if city.as_str().starts_with(char::is_lowercase) => 0.85,
        (false, ",", true) if is_town_like(first) => 0.955,
        (false, ",", true) => 0.85,
        (false, _, _) => return None,
    };
    // A place that the letter names again is one.
    let again = || sheet.text.matches(name.as_str()).take(2).count() > 1;
    let sure = if sure < 0.955 && again() { 0.955 } else { sure };
    Some(Seen::on(sheet, from + city.start(), city.as_str(), name, sure))
}

/// What labels tell.
pub(super) fn labelled(sheet: &Sheet) -> Place {
    let mut place = Place::default();
    if let Some(fit) = CODE_LABEL.first(&sheet.text)
        && let Some(code) = fit.get(1)
    {
        let quote = fit.get(0).map_or("", |whole| whole.as_str());
        place.code = Some(Seen::on(sheet, code.start(), quote, digits(code.as_str()), 0.96));
        place.city = fit.get(2).and_then(|city| {
            let (name, _) = written_town(city.as_str())?;
            Some(Seen::on(sheet, city.start(), city.as_str(), name, 0.96))
        });
    }
    let town = || {
        let city = TOWN_LABEL.first(&sheet.text)?.get(1)?;
        let (name, _) = written_town(city.as_str())?;
        Some(Seen::on(sheet, city.start(), city.as_str(), name, 0.955))
    };
    place.city = place.city.or_else(town);
    place
}

/// Whether a word right behind a street ends as towns do and family names seldom do.
fn is_town_like(word: &str) -> bool {
    let word = word.trim_end_matches('.').to_lowercase();
    let ends = [
        "stad", "köping", "borg", "borga", "sala", "hamn", "sund", "torp", "sjö", "vik", "viken",
        "fors", "bro", "hult", "ryd", "näs", "tuna", "valla", "träsk", "åker", "ås", "by",
    ];
    word.chars().count() > 4 && ends.iter().any(|end| word.ends_with(end))
}

/// A town in small letters right behind its code, where telephones write everything so.
fn small_town(text: &str) -> Option<(String, bool)> {
    let first = text.split(' ').next()?.trim_end_matches('.');
    let others = [
        "och",
        "har",
        "hon",
        "han",
        "som",
        "det",
        "den",
        "där",
        "tel",
        "telefon",
        "inte",
        "kr",
        "sek",
        "för",
        "med",
        "vid",
        "hyr",
        "bor",
        "pnr",
        "lgh",
        "nr",
        "till",
        "från",
        "sen",
        "men",
        "är",
        "hans",
        "hennes",
        "deras",
        "kronor",
        "lägenhet",
        "mvh",
    ];
    let small = first.chars().all(char::is_lowercase) && first.chars().count() > 2;
    (small && !others.contains(&first) && !names::is_no_name(first))
        .then(|| (names::proper(first), false))
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// A town in its usual letters, and whether it is a known one; of two words only where the first goes with another.
fn written_town(text: &str) -> Option<(String, bool)> {
    let mut words = text.split(' ');
    let first = words.next()?;
    let long = match names::fold(first.trim_end_matches('.')).as_str() {
        "v" | "vastra" => Some("Västra"),
        "o" | "ostra" => Some("Östra"),
        "n" | "norra" => Some("Norra"),
        "s" | "sodra" => Some("Södra"),
        "hisings" => Some("Hisings"),
        "stora" => Some("Stora"),
        "lilla" => Some("Lilla"),
        "nya" => Some("Nya"),
        "gamla" => Some("Gamla"),
        "upplands" => Some("Upplands"),
        "sankt" | "s:t" => Some("Sankt"),
        _ => None,
    };
    if let Some(long) = long {
        let second = words.next()?;
        let second = names::town(second).unwrap_or_else(|| names::proper(second));
        return Some((format!("{long} {second}"), true));
    }
    let first = first.trim_end_matches(['.', '-']);
    if let Some(town) = names::town(first) {
        return Some((town, true));
    }
    // A town in small letters, as telephones write it, is told by its end.
    let small = [
        "stad", "köping", "borg", "sund", "hamn", "torp", "sjö", "lund", "holm", "vall", "träsk",
        "sele",
    ];
    let capital = first.starts_with(char::is_uppercase)
        || (first.chars().count() > 6 && small.iter().any(|end| first.ends_with(end)));
    (capital && first.chars().count() > 2 && !names::is_no_name(first))
        .then(|| (names::proper(first), false))
}
