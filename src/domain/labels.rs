//! A partner's own headings and labels, and the field of the notice that each of them names.
//!
//! What a partner calls its columns and the lines of its forms stands in its file: `"Hyresobjektets beteckning" = "dwelling.objectNumber"`. These
//! are asked before the words that the reader knows by itself.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt;

/// Every field that a label may name; `N` is a number from 0 to 9, the first person and the first month are 0. A test holds them against what
/// the reader can fill in.
pub const FIELDS: &[&str] = &[
    "type",
    "legalBasis",
    "issuedOn",
    "terminatedOn",
    "servedOn",
    "moveOutBy",
    "rectifyBy",
    "disconnectAfter",
    "sender.kind",
    "sender.name",
    "sender.organisationNumber",
    "sender.contactName",
    "sender.email",
    "sender.phone",
    "sender.reference",
    "landlord.name",
    "landlord.organisationNumber",
    "persons.N.role",
    "persons.N.name",
    "persons.N.givenName",
    "persons.N.familyName",
    "persons.N.identity.value",
    "persons.N.bornOn",
    "persons.N.protectedIdentity",
    "persons.N.phone",
    "persons.N.email",
    "persons.N.servedOn",
    "dwelling.street",
    "dwelling.streetNumber",
    "dwelling.careOf",
    "dwelling.postalCode",
    "dwelling.city",
    "dwelling.apartmentNumber",
    "dwelling.objectNumber",
    "dwelling.propertyDesignation",
    "dwelling.rooms",
    "dwelling.tenure",
    "arrears.amountToRecover",
    "arrears.currency",
    "arrears.monthlyRent",
    "arrears.periods.N.period",
    "arrears.periods.N.dueOn",
    "arrears.periods.N.amount",
    "arrears.payment.bankgiro",
    "arrears.payment.plusgiro",
    "arrears.payment.ocr",
    "incidents.N.occurredOn",
    "incidents.N.description",
    "enforcement.caseNumber",
    "enforcement.appliedOn",
    "enforcement.startsAt",
    "enforcement.noLongerAt",
    "enforcement.executedAt",
    "enforcement.outcome",
    "enforcement.place",
    "enforcement.officer.name",
    "enforcement.officer.phone",
    "children.known",
    "children.count",
    "children.birthYears",
    "relatesTo.reference",
    "relatesTo.caseNumber",
    "relatesTo.senderReference",
    "text",
    "ignored",
];

/// From a partner's label to the field that it names; `ignored` for a column that the notice has no place for.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "BTreeMap<String, String>")]
pub struct Labels {
    fields: BTreeMap<String, String>,
}

/// Why a partner's labels cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LabelFault {
    /// The label has neither letter nor digit.
    #[error("a label must hold at least one letter or digit")]
    Empty,
    /// There is no such field.
    #[error("\"{field}\" is no field that the label \"{label}\" can name; write one of: {}", FIELDS.join(", "))]
    UnknownField {
        /// The label.
        label: String,
        /// What it was to name.
        field: String,
    },
    /// Two labels that read alike name different fields.
    #[error(
        "the label \"{0}\" stands there twice (case, spaces and punctuation do not count) and names two fields"
    )]
    Twice(String),
}

impl Labels {
    /// Reads the labels. Their case, spaces and punctuation do not count; marks over letters do not either.
    ///
    /// # Errors
    /// An empty label, a field that there is not, or two labels that read alike and name different fields.
    pub fn new(labels: impl IntoIterator<Item = (String, String)>) -> Result<Self, LabelFault> {
        let mut fields: BTreeMap<String, String> = BTreeMap::new();
        for (label, field) in labels {
            let key = folded(&label);
            if key.is_empty() {
                return Err(LabelFault::Empty);
            }
            if !is_field(&field) {
                return Err(LabelFault::UnknownField { label, field });
            }
            if fields.get(&key).is_some_and(|known| *known != field) {
                return Err(LabelFault::Twice(label));
            }
            fields.insert(key, field);
        }
        Ok(Self { fields })
    }

    /// The field that a heading or label names.
    pub fn field(&self, label: &str) -> Option<&str> {
        self.fields.get(&folded(label)).map(String::as_str)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }
}

impl TryFrom<BTreeMap<String, String>> for Labels {
    type Error = LabelFault;

    fn try_from(labels: BTreeMap<String, String>) -> Result<Self, LabelFault> {
        Self::new(labels)
    }
}

impl fmt::Debug for Labels {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Labels({})", self.fields.len())
    }
}

/// Whether it is one of [`FIELDS`], with a number where they have an `N`.
fn is_field(field: &str) -> bool {
    let number = |step: &str| step.len() == 1 && step.bytes().all(|byte| byte.is_ascii_digit());
    let steps = field.split('.').map(|step| if number(step) { "N" } else { step });
    let general = steps.collect::<Vec<_>>().join(".");
    !field.split('.').any(|step| step == "N") && FIELDS.contains(&general.as_str())
}

/// A heading without case, marks, spaces and punctuation: `Org.nr` and `ORG NR` are `orgnr`, `Hyresgäst 1` is `hyresgast1`.
pub fn folded(heading: &str) -> String {
    let plain = |letter: char| match letter {
        'å' | 'ä' | 'æ' | 'à' | 'á' => 'a',
        'ö' | 'ø' => 'o',
        'é' | 'è' => 'e',
        'ü' => 'u',
        // A mark that stands by itself behind its letter is left out with all that is no letter.
        other => other,
    };
    let letters = heading.chars().flat_map(char::to_lowercase).map(plain);
    letters.filter(char::is_ascii_alphanumeric).collect()
}

#[cfg(test)]
mod tests {
    use super::FIELDS;
    use super::LabelFault;
    use super::Labels;

    fn labels(pairs: &[(&str, &str)]) -> Result<Labels, LabelFault> {
        Labels::new(pairs.iter().map(|(label, field)| ((*label).to_owned(), (*field).to_owned())))
    }

    #[test]
    fn a_label_is_found_however_it_is_spelt() {
        let labels = labels(&[
            ("Hyresobjektets beteckning", "dwelling.objectNumber"),
            ("Boende 2", "persons.1.name"),
        ])
        .unwrap();
        for label in [
            "hyresobjektets beteckning:",
            "HYRESOBJEKTETS  BETECKNING",
            "hyresobjektets-beteckning",
        ] {
            assert_eq!(labels.field(label), Some("dwelling.objectNumber"), "{label}");
        }
        assert_eq!(labels.field("boende2"), Some("persons.1.name"));
        assert_eq!(labels.field("boende"), None);
        assert!(!labels.is_empty());
        assert!(Labels::default().is_empty());
    }

    #[test]
    fn what_is_no_field_is_told_with_the_fields_there_are() {
        for field in [
            "",
            "N",
            "persons.N.name",
            "persons.10.name",
            "persons.name",
            "dwelling",
            "Type",
            "dwelling.street.",
        ] {
            let fault = labels(&[("Gata", field)]).unwrap_err();
            assert!(matches!(fault, LabelFault::UnknownField { .. }), "{field}");
            assert!(fault.to_string().contains("persons.N.identity.value"), "{fault}");
        }
        assert_eq!(labels(&[(" - ", "type")]), Err(LabelFault::Empty));
        let twice = labels(&[("Pnr 1", "persons.0.name"), ("PNR1", "type")]);
        assert_eq!(twice, Err(LabelFault::Twice("PNR1".to_owned())));
        assert!(labels(&[("Pnr 1", "type"), ("PNR1", "type")]).is_ok());
    }

    #[test]
    fn labels_are_read_from_a_partners_file() {
        let read: Labels =
            toml::from_str("Gata = \"dwelling.street\"\n\"Pnr 2\" = \"persons.1.identity.value\"")
                .unwrap();
        assert_eq!(read.field("GATA"), Some("dwelling.street"));
        assert_eq!(read.field("pnr2"), Some("persons.1.identity.value"));
        let fault = toml::from_str::<Labels>("Gata = \"street\"").unwrap_err();
        assert!(fault.to_string().contains("\"street\" is no field"), "{fault}");
        assert!(!format!("{read:?}").contains("Gata"));
    }

    #[test]
    fn every_field_can_be_named() {
        for field in FIELDS {
            assert!(labels(&[("x", &field.replace(".N.", ".3."))]).is_ok(), "{field}");
        }
    }
}
