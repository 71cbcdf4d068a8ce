//! The receipt file of a dropped file: per row what became of it, with a running number per partner so that a gap is seen.
//!
//! One model, written as JSON (`schemas/receipt-file.v1.schema.json`) here and as XML (`schemas/receipt-file.v1.xsd`) from the same.

use crate::acknowledge::Contact;
use crate::acknowledge::Facts;
use crate::domain::answer::AnsweredNotice;
use crate::domain::digest::Digest;
use crate::domain::finding::Finding;
use crate::domain::notice::NoticeType;
use crate::domain::reference::Reference;
use jiff::SignedDuration;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use serde::Serialize;

/// How long a receipt file waits for what documents say. One that is written without is followed by another.
pub const WAITS: SignedDuration = SignedDuration::from_secs(10);

/// The version of the receipt file's shape.
pub const SCHEMA_VERSION: &str = "1.0";

/// A receipt file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FileReceipt {
    /// Always [`SCHEMA_VERSION`].
    pub schema_version: String,
    /// The dropped file's name as it came; empty where it had none.
    pub file_name: String,
    /// SHA-256 of the dropped file.
    pub sha256: Digest,
    /// When it arrived: UTC, whole seconds.
    pub received_at: Timestamp,
    /// The local day of arrival.
    pub arrival_date: Date,
    /// Running number of the partner's receipts, from 1 without gaps.
    pub number: i64,
    /// The message's reference.
    pub reference: Reference,
    /// What became of each row.
    pub rows: Vec<Row>,
    /// Whom to ask.
    pub contact: Contact,
}

/// What became of one notice in the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Its place among the file's notices, from 1.
    pub row: usize,
    /// What became of it.
    pub status: RowStatus,
    /// What it is called; the first one's reference for a duplicate.
    pub reference: Reference,
    /// What kind it was read as.
    #[serde(rename = "type")]
    pub kind: NoticeType,
    /// What was noticed while reading.
    pub findings: Vec<Finding>,
}

/// The outcomes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RowStatus {
    /// Registered.
    Accepted,
    /// A person looks at it first. It has arrived all the same.
    NeedsReview,
    /// The same file came before from the same partner.
    Duplicate,
    /// Could not be read; kept, and a person reads it. It has arrived all the same.
    Unreadable,
}

impl RowStatus {
    /// The stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::NeedsReview => "needsReview",
            Self::Duplicate => "duplicate",
            Self::Unreadable => "unreadable",
        }
    }

    /// Unreadable is a notice of unknown kind for review of which a finding, about the notice as a whole, says so by its code.
    fn of(notice: &AnsweredNotice) -> Self {
        let says_so = |finding: &Finding| {
            let fault = finding.code.rsplit('.').next().unwrap_or_default();
            fault.eq_ignore_ascii_case("unreadable") || fault.eq_ignore_ascii_case("notReadable")
        };
        if !notice.needs_review {
            return Self::Accepted;
        }
        match notice.kind == NoticeType::Unknown && notice.findings.iter().any(says_so) {
            true => Self::Unreadable,
            false => Self::NeedsReview,
        }
    }
}

impl FileReceipt {
    /// The receipt of what is known, with number 0: the number is drawn when it is stored.
    pub fn of(facts: &Facts<'_>) -> Self {
        let answer = facts.answer;
        let name = facts.envelope.file_name.as_ref();
        Self {
            schema_version: SCHEMA_VERSION.to_owned(),
            file_name: name.map(|name| name.reveal().to_owned()).unwrap_or_default(),
            sha256: answer.sha256,
            received_at: whole_seconds(answer.received_at),
            arrival_date: answer.arrival_date,
            number: 0,
            reference: facts.first_reference.unwrap_or(&answer.reference).clone(),
            rows: rows(facts),
            contact: facts.contact.clone(),
        }
    }

    /// The JSON file with this running number.
    pub fn numbered_json(&self, number: i64) -> Vec<u8> {
        let receipt = Self { number, ..self.clone() };
        let mut bytes = serde_json::to_vec_pretty(&receipt).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }
}

/// One row a notice; a message in which none was found has one row, unreadable.
fn rows(facts: &Facts<'_>) -> Vec<Row> {
    let answer = facts.answer;
    let status = |found: RowStatus| match facts.first_reference {
        Some(_) => RowStatus::Duplicate,
        None => found,
    };
    // The answer of a repeated drop is as a rule the first one's, whose notices bear the references to repeat.
    let reference = |own: &Reference| match facts.first_reference {
        Some(first) if *first != answer.reference => first.clone(),
        Some(_) | None => own.clone(),
    };
    if answer.notices.is_empty() {
        return vec![Row {
            row: 1,
            status: status(RowStatus::Unreadable),
            reference: reference(&answer.reference),
            kind: NoticeType::Unknown,
            findings: Vec::new(),
        }];
    }
    let row = |(at, notice): (usize, &AnsweredNotice)| Row {
        row: at + 1,
        status: status(RowStatus::of(notice)),
        reference: reference(&notice.reference),
        kind: notice.kind,
        findings: notice.findings.clone(),
    };
    answer.notices.iter().enumerate().map(row).collect()
}

/// Instants in receipts are whole seconds.
pub(super) fn whole_seconds(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second()).unwrap_or(at)
}

#[cfg(test)]
#[path = "receipt_file_tests.rs"]
mod tests;
