//! The receipt file as XML, from the same model as the JSON one: elements named and ordered alike (`schemas/receipt-file.v1.xsd`).

use crate::acknowledge::receipt_file::FileReceipt;
use crate::acknowledge::receipt_file::Row;
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

struct Writer(String);

impl Writer {
    fn open(&mut self, element: &str, depth: usize) {
        self.indent(depth);
        self.0.push('<');
        self.0.push_str(element);
        self.0.push_str(">\n");
    }

    fn close(&mut self, element: &str, depth: usize) {
        self.indent(depth);
        self.0.push_str("</");
        self.0.push_str(element);
        self.0.push_str(">\n");
    }

    fn leaf(&mut self, element: &str, text: &str, depth: usize) {
        self.indent(depth);
        self.0.push('<');
        self.0.push_str(element);
        self.0.push('>');
        text.chars().for_each(|c| self.escaped(c));
        self.0.push_str("</");
        self.0.push_str(element);
        self.0.push_str(">\n");
    }

    fn indent(&mut self, depth: usize) {
        (0..depth).for_each(|_| self.0.push_str("  "));
    }

    /// What XML 1.0 cannot hold becomes U+FFFD: a file name may be anything.
    fn escaped(&mut self, c: char) {
        match c {
            '&' => self.0.push_str("&amp;"),
            '<' => self.0.push_str("&lt;"),
            '>' => self.0.push_str("&gt;"),
            '\t' => self.0.push_str("&#9;"),
            '\n' => self.0.push_str("&#10;"),
            '\r' => self.0.push_str("&#13;"),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => self.0.push('\u{fffd}'),
            _ => self.0.push(c),
        }
    }
}
