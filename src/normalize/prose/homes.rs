//! The home that a text is about: street, apartment, postal code and town, the landlord's own number of it.

use super::pattern::Pattern;
use super::pattern::pattern;
use super::seen::Seen;
use super::seen::Sheet;
use super::seen::after;
use super::seen::before;
use super::seen::last_cue;

pattern!(
    STREET,
    r"(?:^|[^\p{L}])((?:(?:Lilla|Stora|Norra|Södra|Östra|Västra|Gamla|Nya|Övre|Nedre|Sankt|S:t|S:ta|N|S|Ö|V)\.?[ ])?(?:\p{Lu}[\p{L}'’-]+[ ]){0,3}(?:\p{Lu}?[\p{L}'’-]*(?i:gatan|gata|vägen|väg|gränd|gränden|stigen|stig|torget|torg|allén|allé|backen|backe|plan|plats|platsen|esplanaden|leden|kajen|strand|stranden|parken|gård|gården|hamnen|liden|slingan|ringen|kroken|höjden|promenaden|rondellen|bron|vången|dalen|tåget|lyckan)|\p{Lu}[\p{L}-]{3,}g\.)[ ]+\d{1,4}(?:[ ]?[A-Za-hA-H]\b)?(?:-\d{1,4})?)"
);
pattern!(
    POSTAL,
    r"(?i)(?:^|[^\d\-])(?:SE?-)?(\d{3} ?\d{2})[ ]{1,3}(\p{Lu}[\p{L}-]+(?:[ ](?:\p{Lu}[\p{L}-]+))?)"
);
pattern!(
    APARTMENT,
    r"(?i)\b(?:lgh|lägenhets?(?:nummer|nr)?|lägenhet|lghnr|lägenhetsnr|apt|apartment|lght)\.?(?:[ -]?(?:nr|nummer|no)\.?)?\s*[:.]?\s*(\d{1,4}[A-Z]?)\b"
);
pattern!(
    OBJECT,
    r"(?i)\b(?:objekts?(?:nummer|nr|-nr|-id)?|obj\.?(?:nr)?|hyresobjekt|kontrakts?(?:nummer|nr)|avtals?(?:nummer|nr))\.?\s*[:.]?\s*(\d[\dA-Z]*(?:[-/.]\d[\dA-Z]*)+|\d{4,10})\b"
);
pattern!(CARE_OF, r"(?i)\bc/o\s+(\p{Lu}[\p{L}'-]+(?:\s+\p{Lu}[\p{L}'-]+){0,2})");
pattern!(
    ROOMS,
    r"(?i)\b(\d|ett|en|två|tre|fyra|fem|sex)\s*(?:rum\s*(?:och|&|\+|o)\s*k(?:ök|okvrå)?|r\s*o\s*k|rok|rum\b|rkv)"
);
pattern!(
    PROPERTY,
    r"(?i)fastighet(?:en|sbeteckning)?\s*:?\s*((?:\p{Lu}[\p{L}-]+\s){1,3}\d{1,4}:\d{1,4}|(?:\p{Lu}[\p{L}-]+\s){1,2}\d{1,3})\b"
);

/// What was seen of homes.
#[derive(Clone, Debug, Default)]
pub(super) struct Home {
    pub(super) street: Option<Seen<String>>,
    pub(super) other_streets: usize,
    pub(super) care_of: Option<Seen<String>>,
    pub(super) postal_code: Option<Seen<String>>,
    pub(super) city: Option<Seen<String>>,
    pub(super) apartment: Option<Seen<String>>,
    pub(super) object: Option<Seen<String>>,
    pub(super) property: Option<Seen<String>>,
    pub(super) rooms: Option<Seen<u32>>,
}

/// Whose an address is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    Home,
    Others,
}

const CUES: &[(&str, Whose)] = &[
    ("hyresgäst", Whose::Home),
    ("lägenhet", Whose::Home),
    ("bostad", Whose::Home),
    ("objekt", Whose::Home),
    ("adress", Whose::Home),
    ("boende", Whose::Home),
    ("bor på", Whose::Home),
    ("bor i", Whose::Home),
    ("bor ", Whose::Home),
    ("svarande", Whose::Home),
    ("avhysning från", Whose::Home),
    ("avhysning", Whose::Home),
    ("anläggningsadress", Whose::Home),
    ("belägen", Whose::Home),
    ("tenant", Whose::Home),
    ("på ", Whose::Home),
    ("hyresvärd", Whose::Others),
    ("värd:", Whose::Others),
    ("avsändare", Whose::Others),
    ("besöksadress", Whose::Others),
    ("postadress", Whose::Others),
    ("box ", Whose::Others),
    ("kontor", Whose::Others),
    ("sökande", Whose::Others),
    ("förvaltare", Whose::Others),
    ("ombud", Whose::Others),
    ("socialtjänst", Whose::Others),
    ("socialnämnd", Whose::Others),
    ("landlord", Whose::Others),
    ("kronofogde", Whose::Others),
];

/// The home in these sheets; the sheets in the order of their weight.
pub(super) fn home(sheets: &[Sheet]) -> Home {
    let mut home = Home::default();
    choose(&mut home, sheets, &streets(sheets));
    if home.postal_code.is_none() && home.street.is_none() {
        for sheet in sheets {
            town(&mut home, sheet, 0);
        }
    }
    for sheet in sheets {
        let plain = |pattern: &'static Pattern, sure: f64| {
            let fit =
                pattern.all(&sheet.text).filter_map(|fit| Some((fit.get(0)?, fit.get(1)?))).next();
            fit.map(|(whole, value)| {
                Seen::on(
                    sheet,
                    whole.start(),
                    whole.as_str(),
                    value.as_str().trim().to_owned(),
                    sure,
                )
            })
        };
        home.apartment = home.apartment.or_else(|| apartment(sheet));
        home.object = home.object.or_else(|| plain(&OBJECT, 0.97));
        home.care_of = home.care_of.or_else(|| plain(&CARE_OF, 0.95));
        home.property = home.property.or_else(|| plain(&PROPERTY, 0.9));
        home.rooms = home.rooms.or_else(|| plain(&ROOMS, 0.97).and_then(rooms));
    }
    home
}

/// A street, whose it is, and whether a word says so.
type Street = (Whose, bool, Seen<String>);

/// Every street that the sheets name.
fn streets(sheets: &[Sheet]) -> Vec<Street> {
    let mut streets: Vec<Street> = Vec::new();
    for sheet in sheets {
        for fit in STREET.all(&sheet.text).take(100) {
            let Some(street) = fit.get(1) else { continue };
            let cue = before(&sheet.text, street.start(), 60);
            let whose = last_cue(&cue, CUES).map(|(_, whose)| whose);
            let behind = after(&sheet.text, street.end(), 24);
            let flat = ["lgh", "lägenhet", "apt", "våning", "vån", "tr"]
                .iter()
                .any(|word| behind.contains(word));
            let value = tidied(street.as_str());
            let seen = Seen::on(sheet, street.start(), street.as_str(), value, 0.0);
            streets.push((
                if flat { Whose::Home } else { whose.unwrap_or(Whose::Home) },
                flat || whose.is_some(),
                seen,
            ));
        }
    }
    streets
}

/// The street that is the home's, and the town behind it.
fn choose(home: &mut Home, sheets: &[Sheet], streets: &[Street]) {
    let homes: Vec<&Street> = streets.iter().filter(|(whose, ..)| *whose == Whose::Home).collect();
    let chosen = homes.iter().find(|(_, told, _)| *told).or(homes.first()).copied();
    if let Some((_, told, seen)) = chosen {
        let others = homes
            .iter()
            .filter(|(_, _, other)| other.value.to_lowercase() != seen.value.to_lowercase())
            .count();
        let confidence = match (told, others) {
            (true, 0) => 0.985,
            (false, 0) => 0.96,
            (true, _) => 0.93,
            (false, _) => 0.75,
        };
        home.other_streets = others;
        home.street = Some(Seen { confidence, ..seen.clone() });
        if let Some(sheet) = sheets.iter().find(|sheet| sheet.number == seen.sheet) {
            town(home, sheet, seen.at);
        }
    }
}

/// The postal code and town behind a street, at most two lines away.
fn town(home: &mut Home, sheet: &Sheet, from: usize) {
    let rest = sheet.text.get(from..).unwrap_or_default();
    let near: String = match from {
        0 => rest.to_owned(),
        _ => rest.split_inclusive('\n').take(3).collect(),
    };
    let Some(fit) = POSTAL.first(&near) else { return };
    if let (Some(code), Some(city)) = (fit.get(1), fit.get(2)) {
        let digits: String = code.as_str().chars().filter(char::is_ascii_digit).collect();
        let quote = fit.get(0).map_or("", |whole| whole.as_str());
        let city_words = city.as_str().trim().to_owned();
        home.postal_code = Some(Seen::on(sheet, from + code.start(), quote, digits, 0.97));
        home.city =
            Some(Seen::on(sheet, from + city.start(), quote, capitalised(&city_words), 0.97));
    }
}

/// The apartment's number; a number with a street's name between is the street's.
fn apartment(sheet: &Sheet) -> Option<Seen<String>> {
    let fit = APARTMENT.all(&sheet.text).find_map(|fit| Some((fit.get(0)?, fit.get(1)?)))?;
    let (whole, number) = fit;
    Some(Seen::on(sheet, whole.start(), whole.as_str(), number.as_str().to_uppercase(), 0.98))
}

fn rooms(seen: Seen<String>) -> Option<Seen<u32>> {
    let words = ["noll", "ett", "två", "tre", "fyra", "fem", "sex"];
    let text = seen.value.to_lowercase();
    let count = text.parse().ok().or_else(|| {
        let at = words.iter().position(|word| *word == text)?;
        u32::try_from(at).ok()
    })?;
    Some(seen.map(|_| count))
}

fn tidied(street: &str) -> String {
    street.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `MALMÖ` as `Malmö`; anything else as it stands.
fn capitalised(city: &str) -> String {
    if city.chars().any(char::is_lowercase) {
        return city.to_owned();
    }
    let word = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().map(String::from).unwrap_or_default();
        first + &letters.as_str().to_lowercase()
    };
    city.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::home;
    use crate::normalize::prose::seen::Sheet;

    #[test]
    fn the_home_is_found_and_not_the_landlords_office() {
        for (text, street, apartment, code, city) in [
            (
                "Hyresvärd: Fastighets AB Exempelhus, Kontorsgatan 1, 200 10 Malmö.\nHyresgäst: Testa Testsson, Exempelgatan 12 lgh 1102, 214 00 Malmö",
                "Exempelgatan 12",
                Some("1102"),
                Some("21400"),
                Some("Malmö"),
            ),
            (
                "hon bor på Norra Provvägen 3 B, lägenhet 1001",
                "Norra Provvägen 3 B",
                Some("1001"),
                None,
                None,
            ),
            (
                "Exempelgatan 4\n411 01 GÖTEBORG",
                "Exempelgatan 4",
                None,
                Some("41101"),
                Some("Göteborg"),
            ),
        ] {
            let sheet = Sheet::body(text);
            let home = home(&[sheet]);
            let told = |seen: Option<super::Seen<String>>| seen.map(|seen| seen.value);
            assert_eq!(told(home.street).as_deref(), Some(street), "{text}");
            assert_eq!(told(home.apartment).as_deref(), apartment, "{text}");
            assert_eq!(told(home.postal_code).as_deref(), code, "{text}");
            assert_eq!(told(home.city).as_deref(), city, "{text}");
        }
    }
}
