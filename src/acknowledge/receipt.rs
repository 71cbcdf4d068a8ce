//! The receipt that a sender fetches from the API: the document a landlord attaches when a court or Kronofogden asks for proof.
//!
//! For authenticated senders only, who get their own reference back; nothing about the person, other recipients or the case.
//! As JSON (`schemas/receipt.v1.schema.json`) and as text from one model.

use crate::acknowledge::Contact;
use crate::acknowledge::receipt_file::whole_seconds;
use crate::domain::answer::Answer;
use crate::domain::calendar::LocalTime;
use crate::domain::digest::Digest;
use crate::domain::masked::Masked;
use crate::domain::reference::Reference;
use crate::seal;
use crate::seal::control_code::ControlCode;
use crate::seal::keys::KeyRing;
use crate::seal::receipt::SealError;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use serde::Serialize;

/// A receipt for an authenticated sender.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = Receipt)]
#[serde(rename_all = "camelCase")]
pub struct ApiReceipt {
    /// The message's reference.
    #[schema(value_type = String)]
    pub reference: Reference,
    /// When it arrived: UTC, whole seconds.
    #[schema(value_type = String, format = DateTime)]
    pub received_at: Timestamp,
    /// The local day of arrival.
    #[schema(value_type = String, format = Date)]
    pub arrival_date: Date,
    /// SHA-256 of what was sent.
    #[schema(value_type = String)]
    pub sha256: Digest,
    /// The sender's own reference.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub sender_reference: Option<Masked>,
    /// The case number that the sender gave (Kronofogden's målnummer).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub case_number: Option<Masked>,
    /// The board (nämnd) that received it.
    pub board: String,
    /// Whom to ask.
    pub contact: ReceiptContact,
    /// The notices that were found in it.
    pub notices: Vec<ReceiptNotice>,
    /// Ten symbols over `reference`, `receivedAt` and `sha256`, to be checked at `/receipts/verify` or on `/kvitto`. Kontrollkoden.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, pattern = "^[0-9A-HJKMNP-TV-Z]{10}$")]
    pub control_code: Option<Masked>,
    /// Detached JWS (RFC 7515 appendix F, RFC 8037) over the RFC 8785 form of this document without this member, by a key of `/keys`.
    /// Kommunens signatur.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
}

/// Whom to ask about a receipt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ReceiptContact {
    /// The municipality.
    pub organisation: crate::acknowledge::Bilingual,
    /// The one telephone number.
    pub telephone: String,
    /// The one address for mail.
    pub email: String,
}

/// One notice of a receipt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ReceiptNotice {
    /// Its reference.
    #[schema(value_type = String)]
    pub reference: Reference,
}

impl ApiReceipt {
    /// The receipt of a stored message.
    pub fn of(
        answer: &Answer,
        sender_reference: Option<&Masked>,
        case_number: Option<&Masked>,
        contact: &Contact,
    ) -> Self {
        let known = |text: Option<&Masked>| text.filter(|text| !text.is_empty()).cloned();
        let notices = answer.notices.iter();
        Self {
            reference: answer.reference.clone(),
            received_at: whole_seconds(answer.received_at),
            arrival_date: answer.arrival_date,
            sha256: answer.sha256,
            sender_reference: known(sender_reference),
            case_number: known(case_number),
            board: contact.board.clone(),
            contact: ReceiptContact {
                organisation: contact.organisation.clone(),
                telephone: contact.telephone.clone(),
                email: contact.email.clone(),
            },
            notices: notices
                .map(|notice| ReceiptNotice { reference: notice.reference.clone() })
                .collect(),
            control_code: None,
            signature: None,
        }
    }

    /// The same with control code and signature. `now` is the time of signing.
    ///
    /// # Errors
    /// When no key is in force.
    pub fn sealed(&self, ring: &KeyRing, now: Timestamp) -> Result<Self, SealError> {
        let unread = |_| SealError::NotAReceipt;
        let bare = Self { control_code: None, signature: None, ..self.clone() };
        let value = serde_json::to_value(&bare).map_err(unread)?;
        let sealed = seal::receipt::seal(&value, ring, now)?;
        serde_json::from_value(sealed).map_err(unread)
    }

    /// Its control code as people read it: in two groups.
    pub fn written_code(&self) -> Option<String> {
        let code = self.control_code.as_ref();
        code.and_then(|code| ControlCode::parse(code.reveal())).map(|code| code.to_string())
    }

    /// Whether it tells just what another does, the seal aside.
    pub fn tells_what(&self, other: &Self) -> bool {
        let bare = |of: &Self| Self { control_code: None, signature: None, ..of.clone() };
        bare(self) == bare(other)
    }

    /// The receipt as text to read and print: Swedish, then English. `check_page`: where its control code is checked.
    pub fn text(&self, local_time: &LocalTime, check_page: &str) -> String {
        let clock = local_time.clock_of(self.received_at);
        let swedish = Words {
            title: "Mottagningskvittens",
            receiver: "Mottagare",
            organisation: &self.contact.organisation.sv,
            reference: "Referens",
            arrived: "Kom fram",
            arrived_at: format!("{} kl. {clock}", self.arrival_date),
            theirs: "Er referens",
            case_number: "Målnummer",
            notices: "Underrättelser",
            contact: "Frågor",
            code: "Kontrollkod",
            check: "Kontrollera kvittensen",
        };
        let english = Words {
            title: "Receipt",
            receiver: "Received by",
            organisation: &self.contact.organisation.en,
            reference: "Reference",
            arrived: "Arrived",
            arrived_at: format!("{} at {}", self.arrival_date, clock.replace('.', ":")),
            theirs: "Your reference",
            case_number: "Case number",
            notices: "Notices",
            contact: "Questions",
            code: "Control code",
            check: "Check this receipt",
        };
        let said = |words| self.in_words(words, check_page);
        format!("{}\n{}", said(&swedish), said(&english))
    }

    fn in_words(&self, words: &Words<'_>, check_page: &str) -> String {
        let mut text = format!("{}\n\n", words.title);
        let mut row = |label: &str, value: &str| {
            // A value from the sender stays on its line.
            let value: String =
                value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            text.push_str(&format!("{label}: {value}\n"));
        };
        row(words.receiver, &format!("{}, {}", words.organisation, self.board));
        row(words.reference, self.reference.as_str());
        row(words.arrived, &words.arrived_at);
        row("UTC", &self.received_at.to_string());
        if let Some(theirs) = &self.sender_reference {
            row(words.theirs, theirs.reveal());
        }
        if let Some(number) = &self.case_number {
            row(words.case_number, number.reveal());
        }
        let notices: Vec<&str> =
            self.notices.iter().map(|notice| notice.reference.as_str()).collect();
        if !notices.is_empty() {
            row(words.notices, &notices.join(", "));
        }
        row("SHA-256", &self.sha256.to_string());
        if let Some(code) = self.written_code() {
            row(words.code, &code);
            row(words.check, check_page);
        }
        row(words.contact, &format!("{}, {}", self.contact.telephone, self.contact.email));
        text
    }
}

struct Words<'a> {
    title: &'a str,
    receiver: &'a str,
    organisation: &'a str,
    reference: &'a str,
    arrived: &'a str,
    arrived_at: String,
    theirs: &'a str,
    case_number: &'a str,
    notices: &'a str,
    contact: &'a str,
    code: &'a str,
    check: &'a str,
}

#[cfg(test)]
#[path = "receipt_tests.rs"]
mod tests;
