//! What the check of a bundle found, for a program and in sentences for people.
//!
//! Two questions are kept apart: was anything altered since the bundle was made, and who made it. The keys that came inside a bundle
//! answer only the first: whoever forges a bundle can put keys of their own into it.

use super::manifest;
use super::manifest::Manifest;
use crate::seal::jws::Refusal;
use crate::seal::jws::Signature;

/// Something that is not as it must be. Paths are shown only where they are safe to show.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Larger than the limits allow, in bytes or entries.
    #[error("the file is larger than allowed; nothing of it was checked")]
    TooLarge,
    /// Not a bundle, or cut off, or its structure was altered.
    #[error(
        "the file cannot be read from entry {0} on: it is no bundle, or was altered or cut off"
    )]
    Unreadable(usize),
    /// All entries are right, but something stands around them.
    #[error("something was altered or added between, before or after the entries of the file")]
    Layout,
    /// The list is missing, altered, or of a form that this program does not know.
    #[error("the list of files (manifest.json) is missing, altered, or of an unknown form")]
    Manifest,
    /// The signature does not hold.
    #[error("the list of files: {0}")]
    Signature(Refusal),
    /// The signature fits a key that is not among the trusted ones.
    #[error("it was signed with the key {0}, which is not among the keys you trust")]
    NotTrusted(String),
    /// The keys inside cannot be read.
    #[error("the public keys inside (keys.json) cannot be read")]
    Keys,
    /// Listed and not there.
    #[error("{0}: is missing")]
    Missing(String),
    /// There and not listed, or there twice.
    #[error("{0}: does not belong there; it was added or renamed")]
    Extra(String),
    /// All there, in another order.
    #[error("the files are in another order than they were put in")]
    Order,
    /// Another size or digest than listed.
    #[error("{0}: was altered")]
    Altered(String),
    /// A line that cannot be read.
    #[error("journal.jsonl, line {0}: cannot be read")]
    JournalLine(usize),
    /// A line whose hash does not fit.
    #[error("journal.jsonl, line {0}: its hash does not fit its text")]
    JournalHash(usize),
    /// A line about something else, or at another place than its text says.
    #[error("journal.jsonl, line {0}: is not about this notice, or not at the place it names")]
    JournalForeign(usize),
    /// A line that does not follow the one before.
    #[error("journal.jsonl, line {0}: does not follow from the line before")]
    JournalOrder(usize),
    /// The state of the chain cannot be read, or contradicts the lines.
    #[error("chain.json: cannot be read, or contradicts the journal's lines")]
    Chain,
    /// The municipality itself says that its journal did not hold.
    #[error("chain.json: the municipality's journal did not hold when the bundle was made")]
    ChainBroken,
    /// A receipt whose signature does not hold.
    #[error("{path}: {refusal}")]
    Receipt {
        /// Which.
        path: String,
        /// Why.
        refusal: Refusal,
    },
    /// A receipt of another message.
    #[error("{0}: is the receipt of another message")]
    ReceiptOfAnother(String),
    /// A receipt for other bytes than the original.
    #[error("{0}: is a receipt for other content than what lies below original/")]
    ReceiptContent(String),
}

/// Something to know that is no fault.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Remark {
    /// What arrived is not inside.
    #[error("what arrived is not in the bundle (nothing below original/)")]
    NoOriginal,
    /// No signed receipt is inside.
    #[error("no signed receipt is in the bundle (no JSON below receipts/)")]
    NoReceipt,
    /// No journal is inside.
    #[error("no journal is in the bundle (journal.jsonl and chain.json)")]
    NoJournal,
    /// The key was withdrawn.
    #[error(
        "{path}: its key was withdrawn at {at}, because it may have leaked. The signature says it was made before; whoever has the \
         key could have written that. Ask the municipality to compare with its journal"
    )]
    KeyRevoked {
        /// What was signed with it.
        path: String,
        /// When it was withdrawn.
        at: jiff::Timestamp,
    },
}

/// Who signed a bundle.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Signer {
    /// One of the keys that the reader trusts.
    Trusted(Signature),
    /// A key that only the bundle itself brings along.
    OnlyInside(Signature),
    /// No signature fits.
    #[default]
    Nobody,
}

/// What the check of a bundle found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// What the bundle says of itself; to be believed as far as `signer` is.
    pub manifest: Option<Manifest>,
    /// Who signed it.
    pub signer: Signer,
    /// Signed receipts that hold.
    pub receipts: usize,
    /// Lines of the journal that hold.
    pub journal_lines: usize,
    /// What is not as it must be.
    pub faults: Vec<Fault>,
    /// What else is to be known.
    pub remarks: Vec<Remark>,
}

impl Report {
    /// Whether nothing was altered since whoever made the bundle made it.
    pub fn is_unaltered(&self) -> bool {
        self.faults.is_empty() && !matches!(self.signer, Signer::Nobody)
    }

    /// Whether nothing was altered and it was made with a key that the reader trusts.
    pub fn is_proven(&self) -> bool {
        self.is_unaltered() && matches!(self.signer, Signer::Trusted(_))
    }

    /// The finding in sentences, one a line, faults first.
    pub fn lines(&self) -> Vec<String> {
        let mut lines: Vec<String> =
            self.faults.iter().map(|fault| format!("FAULT  {fault}.")).collect();
        lines.extend(self.remarks.iter().map(|remark| format!("NOTE   {remark}.")));
        if let (Some(manifest), true) = (&self.manifest, self.is_unaltered()) {
            lines.push(format!(
                "Bundle of {}, made {} in the name of {} ({}).",
                manifest.reference,
                manifest.made_at,
                printable(&manifest.municipality.name),
                printable(&manifest.municipality.code),
            ));
            lines.push(format!(
                "Files: {}, together {} bytes. All there, none altered, none added.",
                manifest.entries.len(),
                manifest.size_bytes()
            ));
            lines.push(format!("Signed receipts that hold: {}.", self.receipts));
            lines.push(format!(
                "Lines of the journal that hold, each by itself: {}. That none was left out stands on the signature of the bundle.",
                self.journal_lines
            ));
        }
        lines.push(self.verdict());
        lines
    }

    fn verdict(&self) -> String {
        let unaltered = self.is_unaltered();
        match &self.signer {
            Signer::Trusted(by) if unaltered => {
                format!("PROVEN. Signed {} with the key {}, which you trust.", by.signed_at, by.kid)
            }
            Signer::OnlyInside(by) if unaltered => format!(
                "UNALTERED, BUT NOT PROVEN WHO MADE IT. Signed {} with the key {}, which only the bundle itself brings along. Get the \
                 municipality's keys from its own site (GET /eviction-notices/v1/keys) and check again with them.",
                by.signed_at, by.kid
            ),
            Signer::Trusted(_) | Signer::OnlyInside(_) | Signer::Nobody => {
                "NOT PROVEN. Do not rely on this file.".to_owned()
            }
        }
    }
}

/// A path as it may be shown: one with letters that a terminal would obey is not.
pub(super) fn shown(path: &str) -> String {
    if manifest::is_safe(path) { path.to_owned() } else { "a file with an unsafe name".to_owned() }
}

/// A text from a file that anyone may have made, without letters that a terminal would obey or that turn its direction.
fn printable(text: &str) -> String {
    let plain = |c: char| !c.is_control() && (c.is_alphanumeric() || c.is_ascii());
    text.chars().filter(|c| plain(*c)).take(100).collect()
}
