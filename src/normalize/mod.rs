//! Message translators (Normalizer): what came, in whatever format, becomes canonical notices.
//!
//! Pure and total: the readers know no clock, no disk and no network, and there are no bytes that stop them. Text formats all go
//! through one tree and one lenient field reader, so that the same fault is the same finding in JSON, XML and CSV.

mod attached;
mod borne_out;
mod build;
mod csv;
mod csv_columns;
mod csv_row;
mod csv_words;
mod detect;
pub mod documents;
mod encoding;
mod fields;
mod foreign;
mod found;
mod json;
mod magic;
mod mail;
mod mail_html;
mod mail_manner;
mod mail_parts;
mod mail_structured;
mod members;
mod node;
mod parts;
mod people;
mod period;
mod prose;
mod remarks;
mod shape;
mod sure;
pub mod swedish;
mod tables;
mod values;
pub mod xml;
mod xml_write;

#[cfg(test)]
mod corpus_tests;
#[cfg(test)]
mod tests;

pub use attached::Attached;
pub use attached::documents_in;
pub use attached::holds_documents;
pub use detect::detect;
pub use sure::goes_with_its_first;

use crate::domain::answer::Problem;
use crate::domain::calendar::LocalTime;
use crate::domain::document::Documents;
use crate::domain::finding::Severity;
use crate::domain::labels::Labels;
use crate::domain::masked::Masked;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeType;
use crate::domain::received::Format;
use crate::domain::thresholds::Thresholds;
use found::Found;
use found::Input;
use found::Trouble;
use found::decoded;
use jiff::Timestamp;

/// What a reader must know besides the bytes.
pub struct Context<'a> {
    /// When the message reached the municipality; a two-digit year is read against its day.
    pub received_at: Timestamp,
    /// The municipality's time.
    pub local_time: &'a LocalTime,
    /// How much is taken.
    pub limits: Limits,
    /// The sender is known to send as a machine does: its automatic mail is a notice like any other.
    pub robot: bool,
    /// The message's documents as the sandbox read them; `None` where they were not read (yet).
    pub documents: Option<&'a Documents>,
    /// What the sender calls its columns and the lines of its forms, where that was told beforehand.
    pub labels: Option<&'a Labels>,
    /// How sure the reader of free text must be before a notice goes on without a person; `None`: none does.
    pub thresholds: Option<&'a Thresholds>,
}

/// How much of one message is taken. What is beyond goes to a person, never to waste.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Notices in one message.
    pub notices: usize,
    /// Levels of nesting in JSON, XML and MIME.
    pub depth: usize,
    /// Parts of a mail.
    pub parts: usize,
    /// Bytes kept as a notice's text.
    pub text_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { notices: 10_000, depth: 64, parts: 200, text_bytes: 1024 * 1024 }
    }
}

/// What was found in a message: at least one notice, always.
#[derive(Debug)]
pub struct Reading {
    /// The notices in the order they came.
    pub notices: Vec<ReadNotice>,
    /// The sender's own reference, where structured content gives exactly one.
    pub sender_reference: Option<Masked>,
}

/// One notice and what becomes of it.
#[derive(Debug)]
pub struct ReadNotice {
    /// The notice.
    pub notice: Notice,
    /// What becomes of it.
    pub disposition: Disposition,
}

/// What becomes of a notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Disposition {
    /// It goes on by itself.
    Register,
    /// A person looks at it first.
    NeedsReview,
    /// Automatic mail and the like: kept and listed, no case. A person can make it a notice.
    NotNotice {
        /// Stable code, such as `autoSubmitted`.
        reason: String,
    },
}

/// Reads what came. Fails only for JSON, XML and CSV that a strict door (the API) refuses.
///
/// # Errors
/// `NotReadable` (400), `TooLarge` (413) or `NotProcessable` (422) of the outward contract, section 6.
pub fn read(format: Format, raw: &[u8], context: &Context<'_>) -> Result<Reading, Problem> {
    let input = Input { raw, strict: true, source: "body" };
    let mut reading = translate(format, &input, context).map_err(Problem::from)?;
    borne_out::settle(&mut reading);
    sure::let_go(&mut reading, context);
    Ok(reading)
}

/// The same for doors that never refuse content (folder, mail): what cannot be read becomes one notice of type unknown, with a
/// finding, for a person to read.
pub fn read_leniently(format: Format, raw: &[u8], context: &Context<'_>) -> Reading {
    let input = Input { raw, strict: false, source: "body" };
    let mut reading = match translate(format, &input, context) {
        Ok(reading) => reading,
        Err(trouble) => reading(vec![trouble.as_notice(format, raw, context)]),
    };
    borne_out::settle(&mut reading);
    sure::let_go(&mut reading, context);
    reading
}

fn translate(format: Format, input: &Input<'_>, context: &Context<'_>) -> Result<Reading, Trouble> {
    // The API refuses what is not ours; the other doors read what is there.
    if !input.strict
        && matches!(format, Format::Json | Format::Xml)
        && let Some(reading) = foreign::read(format, input, context)
    {
        return Ok(reading);
    }
    match format {
        Format::Json => json::read(input, context).map(reading),
        Format::Xml => xml::read(input, context).map(reading),
        Format::Csv => csv::read(input, context),
        Format::Mail => Ok(mail::read(input.raw, context)),
        Format::Pdf | Format::Docx | Format::Xlsx | Format::Zip | Format::Other => {
            Ok(reading(found::unrecognised(format, input.raw, context)))
        }
    }
}

/// Gives each notice its disposition.
fn reading(notices: Vec<Notice>) -> Reading {
    let mut references = notices.iter().map(own_reference);
    let first = references.next().flatten().cloned();
    let sender_reference = first.filter(|first| references.all(|other| other == Some(first)));
    let notices = notices
        .into_iter()
        .map(|notice| ReadNotice { disposition: disposition(&notice), notice })
        .collect();
    Reading { notices, sender_reference }
}

fn own_reference(notice: &Notice) -> Option<&Masked> {
    notice.sender.as_ref()?.reference.as_ref()
}

/// A person looks where the type is not known or a finding says so.
fn disposition(notice: &Notice) -> Disposition {
    let fault = notice.findings.iter().any(|finding| finding.severity == Severity::Error);
    if notice.kind == NoticeType::Unknown || fault {
        return Disposition::NeedsReview;
    }
    Disposition::Register
}
