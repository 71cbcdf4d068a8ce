//! Amounts as landlords write them: `8 912,00`, `8.912:-`, `SEK 8912.00`, `8 912 kr`.

use crate::domain::money::Money;

/// Longer texts are no amounts.
const MAX_CHARS: usize = 64;

/// Reads one amount in kronor that fills the whole text. `None` for anything unsure: two readings (`8,912`), another currency, words
/// around it (`ca 800`), more than two decimals that are not nought, sums beyond 64 bits of öre.
pub fn read_amount(text: &str) -> Option<Money> {
    if text.chars().count() > MAX_CHARS {
        return None;
    }
    let plain: String = text.chars().map(plain).collect();
    let (bare, is_negative) = without_sign_and_currency(plain.trim())?;
    let (kronor, decimals) = split(bare)?;
    Money::parse(&format!("{}{kronor}.{decimals}", if is_negative { "-" } else { "" }))
}

/// One space for all that look like it, one minus likewise, lower case.
fn plain(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        c if c.is_whitespace() => ' ',
        c => c.to_ascii_lowercase(),
    }
}

/// Takes `sek`, `kr`, `kronor`, `:-`, `,-` and one sign off. The sign may stand before or after a leading currency.
fn without_sign_and_currency(text: &str) -> Option<(&str, bool)> {
    let (text, first_minus) = without_sign(text);
    let text = ["sek", "kr."].into_iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text);
    let text = text.strip_prefix("kr").unwrap_or(text).trim_start();
    let (text, second_minus) = without_sign(text);
    if first_minus && second_minus {
        return None;
    }
    let mut text = text;
    for word in ["kronor", "kr.", "kr", "sek"] {
        if let Some(rest) = text.strip_suffix(word) {
            text = rest.trim_end();
            break;
        }
    }
    for dash in [":--", ",--", ".--", ":-", ",-", ".-"] {
        if let Some(rest) = text.strip_suffix(dash) {
            text = rest.trim_end();
            break;
        }
    }
    Some((text, first_minus || second_minus))
}

fn without_sign(text: &str) -> (&str, bool) {
    match text.strip_prefix('-') {
        Some(rest) => (rest.trim_start(), true),
        None => (text.strip_prefix('+').unwrap_or(text).trim_start(), false),
    }
}

/// Whole kronor and two digits of öre. The last separator is a decimal sign when one or two digits follow (`:` takes two); what
/// stands before it may be grouped in thousands by one other sign.
fn split(text: &str) -> Option<(String, String)> {
    let is_separator = |c: char| matches!(c, ' ' | '.' | ',' | ':');
    let Some(place) = text.rfind(is_separator) else {
        return Some((digits(text)?, "00".to_owned()));
    };
    let (front, last, back) = (&text[..place], &text[place..=place], &text[place + 1..]);
    let is_first = !front.contains(is_separator);
    match (last, back.len()) {
        (".", 3) | (" ", 3) => Some((grouped(text, Some(last))?, "00".to_owned())),
        // Two commas or more can only be thousands; one alone may be three decimals.
        (",", 3) if !is_first => Some((grouped(text, Some(last))?, "00".to_owned())),
        ("." | "," | ":", 2) => Some((grouped_but(front, last)?, digits(back)?)),
        ("." | ",", 1) => Some((grouped_but(front, last)?, format!("{}0", digits(back)?))),
        // Databases write four decimals and more; only nought beyond the second is money.
        ("." | ",", 4..) if is_first && back.get(2..)?.bytes().all(|b| b == b'0') => {
            Some((digits(front)?, digits(back.get(..2)?)?))
        }
        _ => None,
    }
}

/// Digits grouped by any sign but the decimal one.
fn grouped_but(text: &str, decimal: &str) -> Option<String> {
    let sign = [" ", ".", ","].into_iter().find(|sign| text.contains(sign));
    if sign == Some(decimal) { None } else { grouped(text, sign) }
}

/// Digits, grouped by threes when there is a sign between the groups.
fn grouped(text: &str, sign: Option<&str>) -> Option<String> {
    let Some(sign) = sign else { return digits(text) };
    let groups: Vec<&str> = text.split(sign).collect();
    let (first, rest) = groups.split_first()?;
    let fits = (1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3);
    // `0.912` is no thousands.
    if !fits || first.starts_with('0') {
        return None;
    }
    digits(&groups.concat())
}

fn digits(text: &str) -> Option<String> {
    (!text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::read_amount;
    use crate::domain::money::Money;
    use proptest::prelude::any;
    use proptest::prop_assert_eq;
    use proptest::proptest;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        let table = [
            ("8 912,00", 891_200),
            ("8\u{a0}912,00", 891_200),
            ("8\u{202f}912,00", 891_200),
            ("8\u{2009}912,00", 891_200),
            ("8912", 891_200),
            ("8912,5", 891_250),
            ("8.912,00", 891_200),
            ("8 912:50", 891_250),
            ("8912:-", 891_200),
            ("8912:\u{2013}", 891_200),
            ("17.800:-", 1_780_000),
            ("8 912,-", 891_200),
            ("8 912 kr", 891_200),
            ("8 912,00 kr.", 891_200),
            ("8912kr", 891_200),
            ("8 912 kronor", 891_200),
            ("8912:- kr", 891_200),
            ("SEK 8912.00", 891_200),
            ("8912.00 SEK", 891_200),
            ("kr 8 912", 891_200),
            ("12,450.50", 1_245_050),
            ("12 450.50", 1_245_050),
            ("1,234,567", 123_456_700),
            ("1.234.567,89", 123_456_789),
            ("8.912", 891_200),
            ("8912.0000", 891_200),
            ("-8 912,00", -891_200),
            ("\u{2212}8912", -891_200),
            ("SEK -8912", -891_200),
            ("+100", 10_000),
            ("  0  ", 0),
            ("0,50", 50),
            ("92233720368547758,07", i64::MAX),
        ];
        for (text, ore) in table {
            assert_eq!(read_amount(text), Some(Money::from_ore(ore)), "{text}");
        }
    }

    #[test]
    fn what_is_unsure_is_not_read() {
        for text in [
            "",
            "kr",
            ":-",
            "-",
            "8,912",
            "0.912",
            "0,912",
            "8912,123",
            "8912,1234",
            "89 12",
            "8 912 50",
            "8 9122",
            "1 234.567",
            "1.234,567.89",
            "1 234 5678,00",
            "8912-",
            "--8912",
            "-SEK -5",
            "8912,",
            ",50",
            "8912:5",
            "ca 17.800:-",
            "17 824 kr jämte ränta",
            "EUR 100",
            "100 %",
            "1e5",
            "٨٩١٢",
            "92233720368547758,08",
            "99999999999999999999999999999999999999999999999999999999999999999999",
        ] {
            assert_eq!(read_amount(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_we_write_for_people_is_read_back(ore in -99_999_999_999_i64..99_999_999_999) {
            let money = Money::from_ore(ore);
            prop_assert_eq!(read_amount(&money.to_swedish()), Some(money));
            prop_assert_eq!(read_amount(&money.to_string()), Some(money));
        }

        #[test]
        fn no_text_makes_it_panic(text in any::<String>()) {
            let _read = read_amount(&text);
        }

        #[test]
        fn nothing_like_an_amount_makes_it_panic(text in "[-+]?(SEK )?[0-9 .,:\u{a0}-]{0,20}(kr|:-|å)?") {
            let _read = read_amount(&text);
        }
    }
}
