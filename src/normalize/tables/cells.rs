//! What stands together in one cell or one line of a form, taken apart: an address with its apartment and town, a name with its number,
//! two names, an account, an amount with words behind it.

use super::super::prose::pattern::pattern;
use super::super::swedish::amounts::read_amount;
use super::super::swedish::dates::read_date;
use crate::domain::money::Money;
use jiff::ToSpan as _;
use jiff::civil::Date;

pattern!(
    TOWN,
    r"(?i)(?:^|[,;\n ]|- )\s*(?:SE?-)?(\d{3} ?\d{2})[ ,]+(\p{L}[\p{L}.-]+(?:[ ]\p{L}[\p{L}.-]*){0,2})\s*$"
);
pattern!(
    APARTMENT,
    r"(?i)[,;]?\s*\(?\b(?:lgh|lägenhets?(?:nummer|nr)?|lägenhet|apt|apartment|flat|lght|l(?:ägenhet)?s?nr)\.?\s*(?:nr|nummer|no)?[.:]?\s*(\d{1,4}[A-Z]?)\b\)?"
);
pattern!(CARE_OF, r"(?i)\bc/o:?\s*([^,;\n]{2,60})[,;\n]?");
pattern!(
    NUMBER,
    r"(?:^|[^\d\-])((?:18|19|20)?\d{2}(?:[01]\d)(?:[0-3]\d|[6-9]\d)[ ]?[-+]?[ ]?\d{4})(?:$|[^\d\-])"
);
pattern!(
    PERSON_WORDS,
    r"(?i)\b(?:personnummer|personnr|pers\.?nr|pnr|samordningsnummer|född|f\.|id)[ .:]*$"
);
pattern!(BETWEEN, r"(?i)\s*(?:[;\n]|\boch\b|\band\b|&|\s/\s|\s\+\s)\s*");
pattern!(
    STAIRS,
    r"(?i)[,;]?\s*(?:\d{1,2}\s?(?:tr|trappor)\b\.?|nb\b|bv\b|våning\s*\d+|vån\.?\s*\d+)"
);
pattern!(
    STREET,
    r"^(\p{L}[\p{L}\d .:'’/-]*?\s\d{1,4}(?:\s?[A-Za-z])?(?:\s?-\s?\d{1,4}\s?[A-Za-z]?)?)(?:$|[ ,;(])"
);
pattern!(ACCOUNT, r"(?:^|[^\d])(\d[\d ]{1,9}-\s?\d{1,4}|\d{6,8})(?:$|[^\d-])");

/// Towns that programs without Swedish letters write without their marks.
const TOWNS: &[(&str, &str)] = &[
    ("malmo", "Malmö"),
    ("goteborg", "Göteborg"),
    ("gothenburg", "Göteborg"),
    ("orebro", "Örebro"),
    ("vasteras", "Västerås"),
    ("linkoping", "Linköping"),
    ("norrkoping", "Norrköping"),
    ("jonkoping", "Jönköping"),
    ("umea", "Umeå"),
    ("gavle", "Gävle"),
    ("boras", "Borås"),
    ("sodertalje", "Södertälje"),
    ("vaxjo", "Växjö"),
    ("lulea", "Luleå"),
    ("ostersund", "Östersund"),
    ("trollhattan", "Trollhättan"),
    ("skovde", "Skövde"),
    ("molndal", "Mölndal"),
    ("vastra frolunda", "Västra Frölunda"),
    ("angelholm", "Ängelholm"),
    ("nykoping", "Nyköping"),
    ("taby", "Täby"),
    ("ornskoldsvik", "Örnsköldsvik"),
    ("lidkoping", "Lidköping"),
    ("ystad", "Ystad"),
    ("karlskoga", "Karlskoga"),
    ("oxelosund", "Oxelösund"),
];

/// Words of a name that stay small.
const PARTICLES: &[&str] = &["af", "av", "von", "de", "la", "el", "al", "bin", "der", "van", "och"];

/// An address and what stands in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) street: Option<String>,
    pub(super) care_of: Option<String>,
    pub(super) apartment: Option<String>,
    pub(super) postal_code: Option<String>,
    pub(super) city: Option<String>,
}

/// Takes an address apart: `Storprovsgatan 9 lgh 1101, 214 00 Malmö`.
pub(super) fn address(text: &str) -> Address {
    let mut found = Address::default();
    let mut rest = text.trim().to_owned();
    if let Some(fit) = TOWN.first(&rest)
        && let (Some(whole), Some(code), Some(city)) = (fit.get(0), fit.get(1), fit.get(2))
    {
        found.postal_code = Some(code.as_str().replace(' ', ""));
        found.city = Some(town(city.as_str()));
        let start = whole.start();
        rest.truncate(start);
    }
    let taken = |pattern: &super::super::prose::pattern::Pattern, rest: &mut String| {
        let (value, range) = {
            let fit = pattern.first(rest)?;
            (fit.get(1)?.as_str().trim().to_owned(), fit.get(0)?.range())
        };
        rest.replace_range(range, " ");
        Some(value)
    };
    found.care_of = taken(&CARE_OF, &mut rest);
    found.apartment = taken(&APARTMENT, &mut rest).map(|number| number.to_uppercase());
    if let Some(range) = STAIRS.first(&rest).and_then(|fit| fit.get(0)).map(|fit| fit.range()) {
        rest.replace_range(range, " ");
    }
    let rest = rest.trim().trim_matches([',', ';', '(', ')', ' ']).trim();
    let street = rest.split([',', ';', '\n']).map(str::trim).find_map(|part| {
        let part = part.split_whitespace().collect::<Vec<_>>().join(" ");
        Some(STREET.first(&part)?.get(1)?.as_str().trim().to_owned())
    });
    if found.apartment.is_none() && street.is_some() {
        // `Provgatan 2, 1201`
        let bare = |part: &&str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
        found.apartment =
            rest.split([',', ';', '\n', '/']).skip(1).map(str::trim).find(bare).map(str::to_owned);
    }
    let whole = || {
        let line = rest.split_whitespace().collect::<Vec<_>>().join(" ");
        let name = line.chars().any(char::is_alphabetic) && !rest.contains([',', ';', '\n']);
        name.then_some(line)
    };
    found.street = street.or_else(whole).map(|street| ordinary(&street, false));
    found
}

/// `214 00 MALMÖ` as code and town, `Malmö` as a town.
pub(super) fn code_and_town(text: &str) -> (Option<String>, Option<String>) {
    let address = address(text);
    match address.postal_code {
        Some(code) => (Some(code), address.city),
        None => (None, Some(town(text)).filter(|town| !town.is_empty())),
    }
}

/// A town in ordinary letters.
pub(super) fn town(text: &str) -> String {
    let text = text.trim().trim_matches([',', '.']).trim();
    let key = text.to_lowercase();
    match TOWNS.iter().find(|(plain, _)| *plain == key) {
        Some((_, town)) => (*town).to_owned(),
        None => ordinary(text, true),
    }
}

/// A person as one cell tells of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) name: Option<String>,
    pub(super) number: Option<String>,
}

/// The persons in a cell: `Gösta Testholm, 7801022398`, `Stellan Provsjö 780102-2398`, `Bo och Eva Sjöprov`. `family_first`: its program writes
/// the family name first and no comma.
pub(super) fn people(text: &str, family_first: bool) -> Vec<Named> {
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

fn person(text: &str, family_first: bool) -> Option<Named> {
    let (number, rest) = match NUMBER.first(text).and_then(|fit| fit.get(1)) {
        Some(number) => {
            let digits: String = number.as_str().chars().filter(|c| *c != ' ').collect();
            (
                Some(digits),
                format!(
                    "{} {}",
                    &text[..number.start()].trim_end_matches(['(', ' ', ',', ';']),
                    &text[number.end()..]
                ),
            )
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
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    if letters < 2 || text.chars().any(|c| c.is_ascii_digit()) || text.len() > 80 {
        return None;
    }
    let turned = match text.split_once(',') {
        Some((family, given)) if !given.contains(',') && !given.trim().is_empty() => {
            format!("{} {}", given.trim(), family.trim())
        }
        Some(_) => return None,
        None if family_first => {
            let (family, given) = text.split_once(' ')?;
            format!("{given} {family}")
        }
        None => text,
    };
    Some(ordinary(&turned, true))
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

/// The amount that a cell begins with: `5 222 + ränta`, `15 140 kr; 7 570 kr förföll …`, `12 990 kr avseende oktober`.
pub(super) fn amount(text: &str) -> Option<Money> {
    if let Some(amount) = read_amount(text) {
        return Some(amount);
    }
    let text =
        text.trim().trim_start_matches(|c: char| c.is_alphabetic() || matches!(c, ':' | ' '));
    let end = text
        .char_indices()
        .find(|(at, c)| {
            let ends = matches!(c, '+' | ';' | '(') || (c.is_alphabetic() && *at > 0);
            let comma = *c == ',' && text[at + 1..].starts_with(' ');
            ends || comma
        })
        .map_or(text.len(), |(at, _)| at);
    let head = text[..end].trim().trim_end_matches(['.', ',']);
    read_amount(head)
}

/// A day, also one without its year: then the one nearest to the day of arrival that is not far behind it.
pub(super) fn day(text: &str, on: Date) -> Option<(Date, f64)> {
    let text = text.trim();
    if let Some(day) = read_date(text) {
        return Some((day, 0.98));
    }
    let year = |year: i16| {
        let text = text.trim_end_matches('.');
        read_date(&format!("{text} {year}"))
    };
    let near = [on.year(), on.year() - 1, on.year() + 1].into_iter().filter_map(year);
    let distance =
        |day: &Date| on.until(*day).map_or(i64::MAX, |span| i64::from(span.get_days()).abs());
    near.min_by_key(distance).map(|day| (day, 0.93))
}

/// A spreadsheet's day number, for days within five years of arrival.
pub(super) fn serial_day(text: &str, on: Date) -> Option<Date> {
    let number: i64 =
        text.split('.').next()?.parse().ok().filter(|n| (30_000..=80_000).contains(n))?;
    let day = jiff::civil::date(1899, 12, 30).checked_add(number.days()).ok()?;
    ((on.year() - 5)..=(on.year() + 5)).contains(&day.year()).then_some(day)
}

/// Where to pay: bankgiro or plusgiro, with its hyphen. `said`: what the label calls it.
pub(super) fn account(text: &str, said: Option<Giro>) -> Option<(Giro, String)> {
    let lower = text.to_lowercase();
    let place = |words: &[&str]| words.iter().filter_map(|word| lower.find(word)).min();
    let giro = match (place(&["bankgiro", "bg"]), place(&["plusgiro", "postgiro", "pg"])) {
        (Some(_), None) => Some(Giro::Bank),
        (None, Some(_)) => Some(Giro::Plus),
        (Some(bank), Some(plus)) => Some(if bank < plus { Giro::Bank } else { Giro::Plus }),
        (None, None) => said,
    };
    let written = ACCOUNT.first(text)?.get(1)?.as_str();
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    let last = written.rsplit_once('-').map(|(_, end)| end.trim().len());
    let giro = match (giro, last) {
        (Some(giro), _) => giro,
        (None, Some(4)) => Giro::Bank,
        (None, Some(1)) => Giro::Plus,
        (None, _) => return None,
    };
    let behind = if giro == Giro::Bank { 4 } else { 1 };
    if digits.len() < behind + 1 || last.is_some_and(|last| last != behind) {
        return None;
    }
    if giro == Giro::Bank && !(7..=8).contains(&digits.len()) {
        return None;
    }
    let (front, back) = digits.split_at(digits.len() - behind);
    Some((giro, format!("{front}-{back}")))
}

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Giro {
    Bank,
    Plus,
}

#[cfg(test)]
mod tests {
    use super::Giro;
    use super::account;
    use super::address;
    use super::amount;
    use super::code_and_town;
    use super::day;
    use super::name;
    use super::people;
    use super::serial_day;
    use jiff::civil::date;

    #[test]
    fn an_address_comes_apart() {
        for (text, street, apartment, code, city) in [
            (
                "Storprovsgatan 9 lgh 1101, 214 00 Malmö",
                "Storprovsgatan 9",
                Some("1101"),
                Some("21400"),
                Some("Malmö"),
            ),
            ("Storprovsgatan 48 B", "Storprovsgatan 48 B", None, None, None),
            ("FIKTIVA KYRKOGATAN 18 LGH 1302", "Fiktiva Kyrkogatan 18", Some("1302"), None, None),
            (
                "Provvägen 3, 2 tr, 411 11 GÖTEBORG",
                "Provvägen 3",
                None,
                Some("41111"),
                Some("Göteborg"),
            ),
            ("Lgh 8, Klintvägen 11", "Klintvägen 11", Some("8"), None, None),
            ("Lunaprovet 4, apt 1102", "Lunaprovet 4", Some("1102"), None, None),
            (
                "Lilla Provgränd 2a\n214 00 MALMO",
                "Lilla Provgränd 2a",
                None,
                Some("21400"),
                Some("Malmö"),
            ),
            ("Provgatan 2, 1201", "Provgatan 2", Some("1201"), None, None),
            ("Villaprovet 3 källarplan", "Villaprovet 3", None, None, None),
        ] {
            let read = address(text);
            assert_eq!(read.street.as_deref(), Some(street), "{text}");
            assert_eq!(read.apartment.as_deref(), apartment, "{text}");
            assert_eq!(read.postal_code.as_deref(), code, "{text}");
            assert_eq!(read.city.as_deref(), city, "{text}");
        }
        assert_eq!(address("c/o Provman, Testvägen 2").care_of.as_deref(), Some("Provman"));
        assert_eq!(code_and_town("217 51 MALMÖ"), (Some("21751".into()), Some("Malmö".into())));
        assert_eq!(code_and_town("GOTEBORG"), (None, Some("Göteborg".into())));
    }

    #[test]
    fn persons_come_apart() {
        let read = |text| -> Vec<(Option<String>, Option<String>)> {
            people(text, false).into_iter().map(|it| (it.name, it.number)).collect()
        };
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            read("Gösta Testholm, 7801022398"),
            [(some("Gösta Testholm"), some("7801022398"))]
        );
        assert_eq!(
            read("Testsson, Testa (850101-2390)"),
            [(some("Testa Testsson"), some("850101-2390"))]
        );
        assert_eq!(
            read("850101-2390 Testa af Låtsas"),
            [(some("Testa af Låtsas"), some("850101-2390"))]
        );
        assert_eq!(read("Exempla Fiktivlund (1 barn)"), [(some("Exempla Fiktivlund"), None)]);
        assert_eq!(
            read("Bo och Eva Sjöprov"),
            [(some("Bo Sjöprov"), None), (some("Eva Sjöprov"), None)]
        );
        assert_eq!(
            read("Bo Prov 850101-2390 / Eva Test 19780102-2398"),
            [(some("Bo Prov"), some("850101-2390")), (some("Eva Test"), some("19780102-2398"))]
        );
        assert_eq!(
            read("MARGARETA TEST-EXEMPELSTRÖM"),
            [(some("Margareta Test-Exempelström"), None)]
        );
        assert_eq!(
            name("FIKTIVSDOTTER EXEMPLA JOSEFINA", true),
            some("Exempla Josefina Fiktivsdotter")
        );
        assert_eq!(name("12", false), None);
    }

    #[test]
    fn amounts_days_and_accounts_are_read_with_words_around_them() {
        for (text, ore) in [
            ("5 222 + ränta", 522_200),
            ("15 140 kr; 7 570 kr förföll 2026-08-31", 1_514_000),
            ("12 990 kr avseende oktober 2026, förfallodag 2026-09-30", 1_299_000),
            ("8 066 kr, förfallodag 31 augusti", 806_600),
            ("10 330:- + ränta", 1_033_000),
            ("5 210,50 kr, november 2026", 521_050),
            ("7.890,00", 789_000),
        ] {
            assert_eq!(amount(text).map(|it| it.ore()), Some(ore), "{text}");
        }
        assert_eq!(amount("Se bilaga (reskontra)"), None);
        let on = date(2026, 11, 18);
        assert_eq!(day("2/11", on), Some((date(2026, 11, 2), 0.93)));
        assert_eq!(day("17 okt", on), Some((date(2026, 10, 17), 0.93)));
        assert_eq!(day("30 jan", on), Some((date(2027, 1, 30), 0.93)));
        assert_eq!(day("12 nov. 2026", on), Some((date(2026, 11, 12), 0.98)));
        assert_eq!(serial_day("46332", on), Some(date(2026, 11, 6)));
        assert_eq!(serial_day("21400", on), None);
        for (text, said, read) in [
            ("Bg 505-0109", None, Some((Giro::Bank, "505-0109"))),
            ("PG 41 00 77-2", None, Some((Giro::Plus, "410077-2"))),
            ("9960154", Some(Giro::Bank), Some((Giro::Bank, "996-0154"))),
            ("591123", Some(Giro::Plus), Some((Giro::Plus, "59112-3"))),
            ("plusgiro 591 12-3", None, Some((Giro::Plus, "59112-3"))),
            ("991-2312", None, Some((Giro::Bank, "991-2312"))),
            ("Swish 123 456", None, None),
        ] {
            let got = account(text, said);
            assert_eq!(got.as_ref().map(|(giro, number)| (*giro, number.as_str())), read, "{text}");
        }
    }
}
