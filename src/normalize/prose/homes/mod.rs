//! The home that a text is about: street, apartment, postal code and town, the landlord's own number of it.

mod apartments;
mod street_names;
mod street_owners;
mod streets;
#[cfg(test)]
mod tests;
mod towns;

use super::pattern::Pattern;
use super::pattern::pattern;
use super::seen::Seen;
use super::seen::Sheet;
use super::words::flow::flowing;
use streets::Street;

pattern!(
    CARE_OF,
    r"(?i)\bc/o:?[ ]+((?-i:(?:von|af|de|van)[ ])?\p{Lu}[\p{L}'-]+(?:[ ]\p{Lu}[\p{L}'-]+){0,2})"
);
pattern!(
    ROOMS,
    r"(?i)\b(\d|ett|en|två|tre|fyra|fem|sex|one|two|three|four|five)\s*(?:rum\s*(?:och|&|\+|o)\s*k(?:ök|okvrå)?|r\s*o\s*k|rok|rk\b|rum\b|rkv|rooms?\b)"
);
pattern!(
    PROPERTY,
    r"(?:(?i:fastighet(?:en|sbeteckning)?|kv\.?|kvarteret|property)[\s:.]*((?:\p{Lu}[\p{L}-]+\s){1,3}\d{1,4}(?::\d{1,4})?)|((?:\p{Lu}[\p{L}-]+\s){2,3}\d{1,3}:\d{1,4}))(?:$|[^\d\p{L}:])"
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

/// What may be the writer's own address is never surer.
const PERHAPS: f64 = 0.9;

/// The home in these sheets; the sheets in the order of their weight.
pub(super) fn home(sheets: &[Sheet]) -> Home {
    let flat: Vec<Sheet> =
        sheets.iter().map(|sheet| Sheet { text: flowing(&sheet.text), ..sheet.clone() }).collect();
    let sheets = flat.as_slice();
    let mut home = Home::default();
    let all = streets::streets(sheets);
    let chosen = choose(&mut home, &all);
    place(&mut home, sheets, &all, chosen);
    let flats =
        apartments::apartments(sheets, chosen.map(|street| (street.seen.sheet, street.seen.at)));
    home.apartment = flats.apartment;
    home.object = flats.object;
    for sheet in sheets {
        let plain = |pattern: &'static Pattern, sure: f64| {
            let fit = pattern.all(&sheet.text).next()?;
            let (whole, value) = (fit.get(0)?, fit.get(1).or_else(|| fit.get(2))?);
            let value = value.as_str().trim().to_owned();
            Some(Seen::on(sheet, whole.start(), whole.as_str(), value, sure))
        };
        home.care_of = home.care_of.or_else(|| plain(&CARE_OF, 0.93));
        let known = |it: &Seen<String>| {
            let street = home.street.as_ref();
            street.is_some_and(|street| street.value.eq_ignore_ascii_case(&it.value))
        };
        let property = plain(&PROPERTY, 0.9).filter(|it| !known(it));
        home.property = home.property.take().or(property);
        home.rooms = home.rooms.or_else(|| plain(&ROOMS, 0.97).and_then(rooms));
    }
    home
}

/// The streets that a text gives as somebody's home, and all that it names, in small letters.
pub(super) fn streets_of(text: &str) -> (Vec<String>, Vec<String>) {
    let sheet = Sheet::new(0, String::new(), flowing(text));
    let all = streets::streets(std::slice::from_ref(&sheet));
    let value = |street: &Street| street.seen.value.to_lowercase();
    let known = || all.iter().filter(|street| street.known);
    let homes = known().filter(|street| street.weight >= 3).map(value).collect();
    (homes, known().map(value).collect())
}

/// The street that is the home's: the one most is said for, the first of equals.
fn choose<'s>(home: &mut Home, streets: &'s [Street]) -> Option<&'s Street> {
    let homes: Vec<&Street> = streets.iter().filter(|street| street.weight > 0).collect();
    let most = homes.iter().map(|street| street.weight).max()?;
    let chosen = homes.iter().find(|street| street.weight == most).copied()?;
    let same = |street: &Street| street.seen.value.eq_ignore_ascii_case(&chosen.seen.value);
    let others = homes.iter().filter(|street| !same(street) && street.known).count();
    let rivals = homes.iter().filter(|street| !same(street) && street.weight + 2 > most).count();
    let sure = match (chosen.known, most) {
        (true, 4..) => 0.985,
        (true, 2 | 3) => 0.97,
        (true, _) => 0.955,
        (false, 5..) => 0.975,
        (false, 3 | 4) => 0.955,
        (false, 2) => 0.95,
        (false, _) => 0.85,
    };
    let confidence = match (rivals, others) {
        (0, 0) => sure,
        (0, _) => f64::min(sure, 0.96),
        (_, _) => f64::min(sure, 0.8),
    };
    let confidence = if chosen.perhaps { f64::min(confidence, PERHAPS) } else { confidence };
    home.other_streets = rivals;
    home.street = Some(Seen { confidence, ..chosen.seen.clone() });
    Some(chosen)
}

/// The postal code and the town: behind the street wherever it stands, else where a label tells them.
fn place(home: &mut Home, sheets: &[Sheet], all: &[Street], chosen: Option<&Street>) {
    let mut places = Vec::new();
    if let Some(chosen) = chosen {
        let same = all.iter().filter(|it| it.seen.value.eq_ignore_ascii_case(&chosen.seen.value));
        for street in std::iter::once(chosen).chain(same).take(20) {
            let here = |it: &&Street| it.seen.sheet == street.seen.sheet;
            let next = all.iter().filter(here).map(|it| it.seen.at).filter(|at| *at > street.end);
            let until = next.min().unwrap_or(usize::MAX);
            let sheet = sheets.iter().find(|sheet| sheet.number == street.seen.sheet);
            places.extend(sheet.map(|sheet| towns::behind(sheet, street.end, until)));
        }
    }
    places.extend(sheets.iter().map(towns::labelled));
    if chosen.is_none() {
        places.retain(|place| place.code.is_some());
    }
    for place in places {
        home.postal_code = home.postal_code.take().or(place.code);
        home.city = home.city.take().or(place.city);
    }
    // A code and a town are no surer than the street that they go with.
    let sure = home.street.as_ref().map_or(1.0, |street| street.confidence);
    for seen in [home.postal_code.as_mut(), home.city.as_mut()].into_iter().flatten() {
        seen.confidence = seen.confidence.min(sure);
    }
}

fn rooms(seen: Seen<String>) -> Option<Seen<u32>> {
    let words: [&[&str]; 7] = [
        &[],
        &["ett", "en", "one"],
        &["två", "two"],
        &["tre", "three"],
        &["fyra", "four"],
        &["fem", "five"],
        &["sex"],
    ];
    let text = seen.value.to_lowercase();
    let count = text.parse().ok().or_else(|| {
        let at = words.iter().position(|words| words.contains(&text.as_str()))?;
        u32::try_from(at).ok()
    })?;
    Some(seen.map(|_| count))
}
