//! What Lifecare answers and is sent, as far as a notice needs it.

use serde::Deserialize;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// What Lifecare says of a person, as far as it decides anything.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct KnownPerson {
    #[serde(default)]
    address_protection: Option<bool>,
    #[serde(default)]
    protected_registration: Option<bool>,
    #[serde(default)]
    secret_phone: Option<bool>,
}

impl KnownPerson {
    /// Whether any sign of protection is set.
    pub(super) fn is_protected(&self) -> bool {
        [self.address_protection, self.protected_registration, self.secret_phone]
            .contains(&Some(true))
    }

    /// Whether the person is protected, as far as it was told: a sign that is set says yes, and only both of the signs that matter can say no.
    pub(super) fn protection(&self) -> Option<bool> {
        match (self.is_protected(), self.address_protection, self.protected_registration) {
            (true, _, _) => Some(true),
            (false, Some(_), Some(_)) => Some(false),
            (false, None, _) | (false, _, None) => None,
        }
    }
}

/// A page of a listing.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", bound = "T: DeserializeOwned")]
pub(super) struct Listing<T> {
    #[serde(default)]
    total_number_of_records: Option<usize>,
    #[serde(default = "Vec::new")]
    pub(super) result: Vec<T>,
}

impl<T> Listing<T> {
    /// Whether Lifecare has more than it gave, although all was asked for.
    pub(super) fn is_partial(&self) -> bool {
        self.total_number_of_records.is_some_and(|total| total > self.result.len())
    }
}

/// An entry (aktualisering), with names instead of ids.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Entry {
    pub(super) id: i64,
    #[serde(rename = "Type", default)]
    pub(super) kind: Option<String>,
    #[serde(default)]
    pub(super) reason: Option<String>,
}

/// A document of a person.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Document {
    #[serde(default)]
    pub(super) title: Option<String>,
    #[serde(default)]
    pub(super) owner_id: Option<String>,
}

/// A call as Lifecare's own log has it.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct LoggedCall {
    #[serde(default)]
    pub(super) method: Option<String>,
    #[serde(default)]
    pub(super) status: Option<String>,
    #[serde(default)]
    pub(super) request_id: Option<String>,
}

/// An investigation (utredning) or a service (insats) of a person.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Ongoing {
    #[serde(rename = "Type", default)]
    pub(super) kind: Option<String>,
    /// Both lists name their days in their own way.
    #[serde(alias = "StartDate", default)]
    pub(super) from_date: Option<String>,
    #[serde(alias = "EndDate", default)]
    pub(super) to_date: Option<String>,
    #[serde(default)]
    pub(super) caseworker: Option<String>,
    #[serde(default)]
    pub(super) organization: Option<String>,
}

/// A new entry.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct NewEntry<'a> {
    pub(super) person_id: &'a str,
    /// `yyyy-MM-ddTHH:mm:ss`; Lifecare refuses a bare day.
    pub(super) date: String,
    #[serde(rename = "Type")]
    pub(super) kind: i64,
    pub(super) from_who: i64,
    pub(super) reason: i64,
    pub(super) organisation_id: i64,
    pub(super) organisation_unit_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) specifies: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) working_status: Option<i64>,
}

#[cfg(test)]
mod tests {
    use super::KnownPerson;

    #[test]
    fn silence_about_protection_is_no_answer() {
        for (told, answer, objects) in [
            (r#"{}"#, None, false),
            (r#"{"PersonId":"1"}"#, None, false),
            (r#"{"AddressProtection":false}"#, None, false),
            (r#"{"AddressProtection":false,"SecretPhone":false}"#, None, false),
            (r#"{"AddressProtection":null,"ProtectedRegistration":false}"#, None, false),
            (r#"{"AddressProtection":false,"ProtectedRegistration":false}"#, Some(false), false),
            (r#"{"AddressProtection":false,"ProtectedRegistration":true}"#, Some(true), true),
            (r#"{"AddressProtection":true}"#, Some(true), true),
            (r#"{"SecretPhone":true}"#, Some(true), true),
        ] {
            let known: KnownPerson = serde_json::from_str(told).unwrap();
            assert_eq!(known.protection(), answer, "{told}");
            assert_eq!(known.is_protected(), objects, "{told}");
        }
    }
}
