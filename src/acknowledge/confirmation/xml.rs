//! The confirmation as XML, from the same model as the JSON one: elements named and ordered alike (`schemas/confirmation.v1.xsd`).

use crate::acknowledge::confirmation::Confirmation;
use crate::acknowledge::xml_writer::Writer;

/// The namespace of confirmations.
const NAMESPACE: &str = "urn:kvittens:confirmation:1";

/// The XML file.
pub(super) fn render(confirmation: &Confirmation) -> String {
    let mut out = Writer(String::with_capacity(2048));
    out.0.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.open(&format!("confirmation xmlns=\"{NAMESPACE}\""), 0);
    out.leaf("schemaVersion", &confirmation.schema_version, 1);
    out.leaf("number", &confirmation.number.to_string(), 1);
    out.leaf("reference", confirmation.reference.as_str(), 1);
    out.leaf("version", &confirmation.version.to_string(), 1);
    out.leaf("legalBasis", &confirmation.legal_basis, 1);
    out.leaf("type", confirmation.kind.as_str(), 1);
    if let Some(number) = &confirmation.case_number {
        out.leaf("caseNumber", number, 1);
    }
    if let Some(at) = &confirmation.starts_at {
        out.leaf("startsAt", at, 1);
    }
    if let Some(replaced) = &confirmation.replaces {
        out.open("replaces", 1);
        out.leaf("reference", replaced.reference.as_str(), 2);
        if let Some(number) = &replaced.case_number {
            out.leaf("caseNumber", number, 2);
        }
        if let Some(at) = &replaced.starts_at {
            out.leaf("startsAt", at, 2);
        }
        out.close("replaces", 1);
    }
    out.leaf("receivedAt", &confirmation.received_at.to_string(), 1);
    out.leaf("arrivalDate", &confirmation.arrival_date.to_string(), 1);
    out.leaf("confirmedAt", &confirmation.confirmed_at.to_string(), 1);
    out.leaf("sameDay", if confirmation.same_day { "true" } else { "false" }, 1);
    out.open("caseworker", 1);
    out.leaf("name", &confirmation.caseworker.name, 2);
    out.leaf("unit", &confirmation.caseworker.unit, 2);
    out.leaf("telephone", &confirmation.caseworker.telephone, 2);
    out.close("caseworker", 1);
    let contact = &confirmation.contact;
    out.open("contact", 1);
    out.open("organisation", 2);
    out.leaf("sv", &contact.organisation.sv, 3);
    out.leaf("en", &contact.organisation.en, 3);
    out.close("organisation", 2);
    out.leaf("board", &contact.board, 2);
    out.leaf("telephone", &contact.telephone, 2);
    out.leaf("email", &contact.email, 2);
    out.close("contact", 1);
    out.close("confirmation", 0);
    out.0
}
