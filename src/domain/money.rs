//! Amounts in whole öre. A wrong sum can undo a landlord's case (RH 1995:34), so nothing here rounds or guesses.

use serde::Deserialize;
use serde::Deserializer;
use serde::Serialize;
use serde::Serializer;
use std::fmt;

/// An amount in whole öre; written as `17824.00`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(i64);

impl Money {
    /// From whole öre.
    pub fn from_ore(ore: i64) -> Self {
        Self(ore)
    }

    /// Whole öre.
    pub fn ore(self) -> i64 {
        self.0
    }

    /// Reads the canonical spelling `17824.00`, also with fewer decimals (`17824`, `17824.5`) and a leading `-`. `None` for
    /// anything else: what people write is read where notices are normalized.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (kronor, decimals) = match unsigned.split_once('.') {
            Some((_, "")) => return None,
            Some((kronor, decimals)) => (kronor, decimals),
            None => (unsigned, "0"),
        };
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(kronor) || !digits(decimals) || decimals.len() > 2 {
            return None;
        }
        let scale = if decimals.len() == 1 { 10 } else { 1 };
        let kronor: i128 = kronor.parse().ok()?;
        let ore = kronor.checked_mul(100)?.checked_add(decimals.parse::<i128>().ok()? * scale)?;
        i64::try_from(if negative { -ore } else { ore }).ok().map(Self)
    }

    /// The sum, unless it is beyond what öre in 64 bits can hold.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// As people in Sweden write it, with plain spaces: `17 824,00 kr`.
    pub fn to_swedish(self) -> String {
        let digits = (self.0.unsigned_abs() / 100).to_string();
        let mut text = String::with_capacity(digits.len() * 2 + 8);
        if self.0 < 0 {
            text.push('-');
        }
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                text.push(' ');
            }
            text.push(digit);
        }
        format!("{text},{:02} kr", self.0.unsigned_abs() % 100)
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let ore = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", ore / 100, ore % 100)
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not an amount"))
    }
}

#[cfg(test)]
mod tests {
    use super::Money;
    use proptest::prelude::any;
    use proptest::prop_assert_eq;
    use proptest::proptest;

    #[test]
    fn canonical_amounts_are_read_and_nothing_else() {
        let good = [
            ("17824.00", 1_782_400),
            ("17824", 1_782_400),
            ("17824.5", 1_782_450),
            ("0.05", 5),
            ("-12.34", -1_234),
            ("-0.00", 0),
            ("92233720368547758.07", i64::MAX),
            ("-92233720368547758.08", i64::MIN),
        ];
        for (text, ore) in good {
            assert_eq!(Money::parse(text), Some(Money::from_ore(ore)), "{text}");
        }
        let bad = [
            "",
            "-",
            ".",
            "1.",
            ".5",
            "1.234",
            "1,00",
            "1 000",
            "+1",
            "--1",
            "1-",
            "kr",
            "١",
            "92233720368547758.08",
            "99999999999999999999999999999999999999999999",
        ];
        for text in bad {
            assert_eq!(Money::parse(text), None, "{text}");
        }
    }

    #[test]
    fn people_in_sweden_read_it_with_spaces_and_a_comma() {
        let table = [
            (1_782_400, "17 824,00 kr"),
            (0, "0,00 kr"),
            (99_999, "999,99 kr"),
            (100_000, "1 000,00 kr"),
            (12_345_678_905, "123 456 789,05 kr"),
            (-150, "-1,50 kr"),
        ];
        for (ore, text) in table {
            assert_eq!(Money::from_ore(ore).to_swedish(), text);
        }
    }

    #[test]
    fn sums_do_not_wrap() {
        assert_eq!(Money::from_ore(1).checked_add(Money::from_ore(2)), Some(Money::from_ore(3)));
        assert_eq!(Money::from_ore(i64::MAX).checked_add(Money::from_ore(1)), None);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(ore in any::<i64>()) {
            let money = Money::from_ore(ore);
            prop_assert_eq!(Money::parse(&money.to_string()), Some(money));
            let json = serde_json::to_string(&money).expect("json");
            prop_assert_eq!(serde_json::from_str::<Money>(&json).expect("money"), money);
        }

        #[test]
        fn no_text_makes_it_panic(text in any::<String>()) {
            let _read = Money::parse(&text);
        }
    }
}
