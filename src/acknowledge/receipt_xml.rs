//! The receipt file as XML, from the same model as the JSON one: elements named and ordered alike (`schemas/receipt-file.v1.xsd`).

use crate::acknowledge::receipt_file::FileReceipt;
use crate::acknowledge::receipt_file::Row;
use crate::acknowledge::xml_writer::Writer;
use crate::domain::finding::Finding;
use crate::domain::finding::Severity;

/// The namespace of receipt files.
const NAMESPACE: &str = "urn:kvittens:receipt-file:1";

/// The XML file.
pub(super) fn render(receipt: &FileReceipt) -> String {
    let mut out = Writer(String::with_capacity(1024 + receipt.rows.len() * 256));
    out.0.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.open(&format!("receipt xmlns=\"{NAMESPACE}\""), 0);
    out.leaf("schemaVersion", &receipt.schema_version, 1);
    out.leaf("fileName", &receipt.file_name, 1);
    out.leaf("sha256", &receipt.sha256.to_string(), 1);
    out.leaf("receivedAt", &receipt.received_at.to_string(), 1);
    out.leaf("arrivalDate", &receipt.arrival_date.to_string(), 1);
    out.leaf("number", &receipt.number.to_string(), 1);
    out.leaf("reference", receipt.reference.as_str(), 1);
    out.open("rows", 1);
    receipt.rows.iter().for_each(|row| write_row(&mut out, row));
    out.close("rows", 1);
    out.open("contact", 1);
    out.open("organisation", 2);
    out.leaf("sv", &receipt.contact.organisation.sv, 3);
    out.leaf("en", &receipt.contact.organisation.en, 3);
    out.close("organisation", 2);
    out.leaf("board", &receipt.contact.board, 2);
    out.leaf("telephone", &receipt.contact.telephone, 2);
    out.leaf("email", &receipt.contact.email, 2);
    out.close("contact", 1);
    out.close("receipt", 0);
    out.0
}

fn write_row(out: &mut Writer, row: &Row) {
    out.open("row", 2);
    out.leaf("row", &row.row.to_string(), 3);
    out.leaf("status", row.status.as_str(), 3);
    out.leaf("reference", row.reference.as_str(), 3);
    out.leaf("type", row.kind.as_str(), 3);
    out.open("findings", 3);
    row.findings.iter().for_each(|finding| write_finding(out, finding));
    out.close("findings", 3);
    out.close("row", 2);
}

fn write_finding(out: &mut Writer, finding: &Finding) {
    let severity = match finding.severity {
        Severity::Info => "info",
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    out.open("finding", 4);
    out.leaf("code", &finding.code, 5);
    out.leaf("severity", severity, 5);
    if !finding.path.is_empty() {
        out.leaf("path", &finding.path, 5);
    }
    out.leaf("message", &finding.message, 5);
    out.close("finding", 4);
}
