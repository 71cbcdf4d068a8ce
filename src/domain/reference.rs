//! The reference of a message or notice, such as `AVH-7K4M-2QX6`: what sender, receipt, queue and case system call it by.
//!
//! Seven random symbols and one check symbol, so that a reference read over the telephone with one symbol wrong, or two neighbours
//! swapped, is told from a real one. The alphabet leaves out I, L, O and U.

use serde::Deserialize;
use serde::Deserializer;
use serde::Serialize;
use std::fmt;

/// The 32 symbols; a symbol's value is its place.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Symbols after the prefix: seven random ones and the check symbol.
const SYMBOLS: usize = 8;

/// The letters before the first hyphen, from the municipality's profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prefix(String);

impl Prefix {
    /// Two to five letters of A–Z without I, L, O, U, in upper case; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = (2..=5).contains(&text.len()) && text.bytes().all(is_prefix_letter);
        fits.then(|| Self(text.to_owned()))
    }

    /// The letters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A reference in canonical spelling. There is no other way to hold one than to compose it or to pass the check.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Reference(String);

impl Reference {
    /// Composes a reference from seven random bytes, of which the low five bits are used.
    pub fn compose(prefix: &Prefix, random: [u8; 7]) -> Self {
        let mut values = [0_u8; SYMBOLS];
        for (value, byte) in values.iter_mut().zip(random) {
            *value = byte & 0x1f;
        }
        values[SYMBOLS - 1] = horner(&values);
        Self::canonical(prefix.as_str(), &values)
    }

    /// Reads a reference as people write it: any case, spaces or hyphens anywhere or missing, I and L for 1, O for 0. `None` when
    /// it is no reference or its check symbol does not fit.
    pub fn parse(text: &str) -> Option<Self> {
        let symbols: Vec<u8> = text
            .chars()
            .filter(|c| !c.is_whitespace() && !is_hyphen(*c))
            .map(|c| u8::try_from(c.to_ascii_uppercase()).ok())
            .collect::<Option<_>>()?;
        let prefix_length = symbols.len().checked_sub(SYMBOLS)?;
        let (prefix, body) = symbols.split_at(prefix_length);
        let prefix = Prefix::parse(std::str::from_utf8(prefix).ok()?)?;
        let mut values = [0_u8; SYMBOLS];
        for (value, symbol) in values.iter_mut().zip(body) {
            *value = value_of(*symbol)?;
        }
        (horner(&values) == 0).then(|| Self::canonical(prefix.as_str(), &values))
    }

    /// Canonical text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The letters before the first hyphen.
    pub fn prefix(&self) -> &str {
        self.0.split('-').next().unwrap_or_default()
    }

    fn canonical(prefix: &str, values: &[u8; SYMBOLS]) -> Self {
        let mut text = String::with_capacity(prefix.len() + SYMBOLS + 2);
        text.push_str(prefix);
        for (place, value) in values.iter().enumerate() {
            if place % 4 == 0 {
                text.push('-');
            }
            text.push(char::from(ALPHABET[usize::from(value & 0x1f)]));
        }
        Self(text)
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl<'de> Deserialize<'de> for Reference {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not a reference"))
    }
}

/// Σ cᵢ·g^(8−i) over GF(32) with x⁵+x²+1 and g = 2. With a last symbol of 0 it is the check symbol; with the check symbol, 0.
fn horner(values: &[u8; SYMBOLS]) -> u8 {
    values.iter().fold(0, |sum, value| double(sum) ^ value)
}

/// Multiplication by g = 2 in GF(32).
fn double(value: u8) -> u8 {
    let shifted = value << 1;
    if shifted & 0x20 == 0 { shifted } else { shifted ^ 0x25 }
}

fn value_of(symbol: u8) -> Option<u8> {
    let symbol = match symbol {
        b'I' | b'L' => b'1',
        b'O' => b'0',
        other => other,
    };
    ALPHABET.iter().position(|known| *known == symbol).and_then(|place| u8::try_from(place).ok())
}

fn is_prefix_letter(byte: u8) -> bool {
    byte.is_ascii_uppercase() && !matches!(byte, b'I' | b'L' | b'O' | b'U')
}

/// Hyphens that word processors and telephones put in: hyphen-minus, soft hyphen, U+2010 to U+2015, minus.
fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{ad}' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

#[cfg(test)]
mod tests {
    use super::ALPHABET;
    use super::Prefix;
    use super::Reference;
    use proptest::prelude::any;
    use proptest::prop_assert;
    use proptest::prop_assert_eq;
    use proptest::proptest;

    fn prefix() -> Prefix {
        Prefix::parse("AVH").expect("a prefix")
    }

    #[test]
    fn a_prefix_is_two_to_five_letters_without_those_that_look_like_digits() {
        for good in ["AV", "AVH", "GBG", "MAMMA"] {
            assert!(Prefix::parse(good).is_some(), "{good}");
        }
        for bad in ["", "A", "AVHAVH", "avh", "ALV", "AIV", "GOT", "UFO", "A1", "ÅV", "A-V"] {
            assert!(Prefix::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_reference_is_read_as_people_write_it() {
        let reference = Reference::compose(&prefix(), [1, 0, 1, 0, 20, 26, 31]);
        let body = &reference.as_str()[4..];
        assert!(body.starts_with("1010-MTZ"), "{reference}");
        let with_letters = format!("avh IoL0 {}", &body[5..].to_lowercase());
        let spellings = [
            reference.to_string(),
            reference.as_str().replace('-', ""),
            reference.as_str().to_lowercase(),
            reference.as_str().replace('-', "\u{2013}"),
            format!("  {}\u{a0}", reference.as_str().replace('-', " ")),
            with_letters,
        ];
        for spelling in spellings {
            assert_eq!(Reference::parse(&spelling), Some(reference.clone()), "{spelling}");
        }
        assert_eq!(reference.prefix(), "AVH");
    }

    #[test]
    fn what_is_no_reference_is_none() {
        for text in ["", "AVH", "AVH-0000-000", "-0000-0000", "A-0000-0000", "AVH-0000-0001", "ÅÄÖ"]
        {
            assert_eq!(Reference::parse(text), None, "{text}");
        }
        assert!(Reference::parse("AVH-0000-0000").is_some());
        assert!(Reference::parse("AVH-7K4M-2QX6").is_some(), "the contract's example");
    }

    #[test]
    fn the_stored_text_is_checked_when_read_back() {
        let reference = Reference::compose(&prefix(), [7; 7]);
        let json = serde_json::to_string(&reference).expect("json");
        assert_eq!(json, format!("\"{reference}\""));
        assert_eq!(serde_json::from_str::<Reference>(&json).expect("reference"), reference);
        let error = serde_json::from_str::<Reference>("\"AVH-0000-0001\"").expect_err("wrong");
        assert!(!error.to_string().contains("0001"), "{error}");
    }

    proptest! {
        #[test]
        fn what_was_composed_is_read_back(random in any::<[u8; 7]>(), letters in "[A-HJKMNP-TV-Z]{2,5}") {
            let prefix = Prefix::parse(&letters).expect("a prefix");
            let reference = Reference::compose(&prefix, random);
            prop_assert_eq!(Reference::parse(reference.as_str()), Some(reference.clone()));
            prop_assert_eq!(reference.prefix(), prefix.as_str());
        }

        #[test]
        fn every_wrong_symbol_and_every_swap_of_neighbours_is_caught(random in any::<[u8; 7]>()) {
            let reference = Reference::compose(&prefix(), random);
            let symbols: Vec<u8> = reference.as_str().bytes().skip(3).filter(|b| *b != b'-').collect();
            for place in 0..symbols.len() {
                for other in ALPHABET {
                    let mut wrong = symbols.clone();
                    wrong[place] = *other;
                    if wrong != symbols {
                        let text = format!("AVH{}", String::from_utf8_lossy(&wrong));
                        prop_assert!(Reference::parse(&text).is_none());
                    }
                }
                let mut swapped = symbols.clone();
                swapped.swap(place, (place + 1).min(symbols.len() - 1));
                if swapped != symbols {
                    let text = format!("AVH{}", String::from_utf8_lossy(&swapped));
                    prop_assert!(Reference::parse(&text).is_none());
                }
            }
        }

        #[test]
        fn no_text_makes_it_panic(text in any::<String>()) {
            let _read = Reference::parse(&text);
        }
    }
}
