//! How sure the reader of free text must be before a notice goes on without a person: each municipality's own choice.

use serde::Deserialize;
use serde::Deserializer;
use serde::de::Error as _;

/// The least confidence, from 0.5 to 1, of each value that something is done by.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Thresholds {
    /// What kind of notice it is.
    #[serde(deserialize_with = "share")]
    pub kind: f64,
    /// Whose it is: every identity number, and every name that stands without one.
    #[serde(deserialize_with = "share")]
    pub identity: f64,
    /// Where the home is.
    #[serde(deserialize_with = "share")]
    pub address: f64,
    /// What is owed.
    #[serde(deserialize_with = "share")]
    pub amount: f64,
    /// When an eviction or removal is or is no longer, what became of it, and its case number.
    #[serde(deserialize_with = "share")]
    pub time: f64,
    /// Whether a supplement or withdrawal that reaches them goes on by itself with the notice to which it is linked. Without it a person connects the two.
    #[serde(default)]
    pub linked: bool,
}

impl Thresholds {
    /// The threshold for the value at this place of a notice; none for what nothing is done by.
    pub fn of(&self, path: &str) -> Option<f64> {
        let (first, last) = (path.split('/').nth(1)?, path.rsplit('/').next()?);
        match (first, last) {
            ("type", _) => Some(self.kind),
            ("persons", "value" | "name" | "givenName" | "familyName") => Some(self.identity),
            ("dwelling", "street" | "postalCode" | "city" | "apartmentNumber") => {
                Some(self.address)
            }
            ("arrears", "amountToRecover" | "amount") => Some(self.amount),
            ("enforcement", "startsAt" | "noLongerAt" | "outcome" | "caseNumber") => {
                Some(self.time)
            }
            _ => None,
        }
    }
}

fn share<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    let share = f64::deserialize(deserializer)?;
    match (0.5..=1.0).contains(&share) {
        true => Ok(share),
        false => Err(D::Error::custom("a confidence from 0.5 to 1 is meant")),
    }
}

#[cfg(test)]
mod tests {
    use super::Thresholds;

    #[test]
    fn each_value_that_something_is_done_by_has_its_threshold() {
        let text = "kind = 0.91\nidentity = 0.92\naddress = 0.93\namount = 0.94\ntime = 0.95";
        let thresholds: Thresholds = toml::from_str(text).unwrap();
        for (path, expected) in [
            ("/type", Some(0.91)),
            ("/persons/0/identity/value", Some(0.92)),
            ("/persons/2/name", Some(0.92)),
            ("/persons/0/phone", None),
            ("/dwelling/street", Some(0.93)),
            ("/arrears/periods/0/amount", Some(0.94)),
            ("/enforcement/startsAt", Some(0.95)),
            ("/enforcement/caseNumber", Some(0.95)),
            ("/enforcement/appliedOn", None),
            ("/text", None),
        ] {
            assert_eq!(thresholds.of(path), expected, "{path}");
        }
        assert!(!thresholds.linked, "a person connects them unless the municipality says so");
        assert!(toml::from_str::<Thresholds>(&format!("{text}\nlinked = true")).unwrap().linked);
        assert!(toml::from_str::<Thresholds>(&text.replace("0.91", "1.1")).is_err());
        assert!(toml::from_str::<Thresholds>(&text.replace("kind", "sort")).is_err());
    }
}
