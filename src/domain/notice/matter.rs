//! The home, the debt and the disturbances that a notice tells of.

use crate::domain::acknowledgement::words;
use crate::domain::masked::Masked;
use crate::domain::money::Money;
use jiff::civil::Date;
use serde::Deserialize;
use serde::Serialize;

/// How the home is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Tenure {
    /// Hyresrätt.
    Rental,
    /// Bostadsrätt.
    TenantOwned,
    /// Andrahand.
    SecondHand,
    /// Not known.
    Unknown,
}

words!(Tenure {
    Rental = "rental",
    TenantOwned = "tenantOwned",
    SecondHand = "secondHand",
    Unknown = "unknown",
});

/// The home the notice concerns.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Dwelling {
    /// Street and number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub street: Option<Masked>,
    /// c/o.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub care_of: Option<Masked>,
    /// Five digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<Masked>,
    /// Town.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<Masked>,
    /// The municipality's four-digit number of the dwelling (lägenhetsnummer).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub apartment_number: Option<Masked>,
    /// The landlord's own number of the object.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object_number: Option<Masked>,
    /// Fastighetsbeteckning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub property_designation: Option<Masked>,
    /// Number of rooms, kitchen not counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rooms: Option<u32>,
    /// How it is held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenure: Option<Tenure>,
}

/// The debt. A wrong sum can undo the landlord's case (RH 1995:34): what was written is kept beside what was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Arrears {
    /// What must be paid to recover the tenancy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount_to_recover: Option<Money>,
    /// ISO 4217; `SEK`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// The amount exactly as the sender wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_written: Option<String>,
    /// Rent or fee a month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub monthly_rent: Option<Money>,
    /// The debt by month.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub periods: Vec<ArrearsPeriod>,
    /// Where to pay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment: Option<Payment>,
}

/// One month's debt.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ArrearsPeriod {
    /// `YYYY-MM`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    /// When it should have been paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_on: Option<Date>,
    /// How much.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
}

/// Where the debt is paid.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Payment {
    /// Bankgiro.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bankgiro: Option<String>,
    /// Plusgiro.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plusgiro: Option<String>,
    /// OCR reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ocr: Option<Masked>,
}

/// A disturbance or the like.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Incident {
    /// The day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occurred_on: Option<Date>,
    /// What happened, in the sender's words. Neighbours may be named: masked (OSL 26:5).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Masked>,
}
