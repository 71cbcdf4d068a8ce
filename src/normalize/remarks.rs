//! What the readers remark on, in fixed words per fault: findings quote nothing from a notice.
//!
//! A code is `<value>.<fault>`; the fault decides the sentence, so that a sender can rely on both.

use crate::domain::finding::Finding;
use crate::domain::finding::Severity;

/// The faults and their sentences.
const FAULTS: &[(&str, &str)] = &[
    ("missing", "This member is required and was missing or empty."),
    ("wrongType", "The member has another type than the schema gives it."),
    ("unexpected", "The document is not a notice of this schema."),
    ("unknownVersion", "The version is not one this gateway knows; it was read as 1.0."),
    ("unknownMember", "The schema has no member of this name; it was left out."),
    ("unknownColumn", "The column is neither a dotted path nor a known heading; it was left out."),
    ("unknownValue", "The word is not one of those the schema lists; it was taken as unknown."),
    ("repeated", "The member came more than once; the last one was used."),
    ("tooMany", "There are more of these than are taken; the rest was left out."),
    ("structure", "The value is not built as the schema says; it was left out."),
    ("notADate", "The date cannot be read or does not exist; it was left out."),
    ("notATime", "The time cannot be read or does not exist; it was left out."),
    ("notAnAmount", "The amount cannot be read; it was left out."),
    ("notANumber", "The number cannot be read; it was left out."),
    ("notAMonth", "The month cannot be read; it was left out."),
    ("notACurrency", "The currency is not a code of three letters; it was left out."),
    ("notADigest", "The digest is not 64 hexadecimal digits; the attachment was left out."),
    ("spelling", "The value was not in the schema's spelling and was converted."),
    ("zoneMissing", "The time bears no offset; it was read as local time."),
    ("checkDigit", "The check digit is wrong; the number was kept."),
    ("shape", "The number has not the shape it should have."),
    ("date", "The date in the number does not exist; the number was kept."),
    ("kindDiffers", "The number is of another kind than was said."),
    ("contradiction", "The values contradict each other."),
    ("controlCharacters", "Characters that no text may hold were taken out."),
    ("encoding", "The text was not in the encoding it should be; it was read as Windows-1252."),
    ("shortened", "The text was longer than is kept here; the original is complete."),
    (
        "namespace",
        "The namespace is not urn:kvittens:notice:1; the document was read all the same.",
    ),
    ("notReadable", "The content cannot be read; a person must look at the original."),
    ("tooLarge", "There is more in it than is taken at once; a person must look at the original."),
    ("notProcessable", "The content lacks what a notice must have; a person must look."),
    ("notRecognised", "Nothing structured was found; a person must read it."),
    ("automatic", "A machine sent it; a person looks whether it is a notice."),
    (
        "sure",
        "It was read from free text; the program was sure of every value that something is done by.",
    ),
    ("freeText", "It was read from free text; a person compares it with the original."),
    ("notRead", "A file that came with it was not read; a person must look at the original."),
    (
        "notWhole",
        "Only the header of the mail is here; a person must look at the original in the mail folder.",
    ),
    ("notFound", "Nothing in the message tells it; a person must look."),
    ("uncertain", "It was read, and not surely; a person compares it with the original."),
    (
        "beside",
        "The message says more beside it, or of another; a person compares it with the original.",
    ),
    ("leftOver", "A row, a line or a file became no notice; a person must look at the original."),
    (
        "leftOut",
        "A row says of itself that it is no notice; it was left out, and a person must see to it.",
    ),
    ("doubted", "The program doubts something it read, see the other findings."),
    ("forPerson", "A person connects it with what it belongs to."),
    ("typeInferred", "The file has no column for the type; it was taken from the amounts."),
    ("noOne", "The row names neither a person nor a home."),
    ("encrypted", "The document opens with a password only; a person must ask for it."),
    ("scanned", "The pages are pictures without text; a person must read them."),
    (
        "crashed",
        "The document broke the program that reads it; a person must look at it, with care.",
    ),
    (
        "timedOut",
        "The document could not be read in the time that it may take; a person must look.",
    ),
    ("tooMuch", "There is more in the document than is taken; a person must look at it."),
    ("nested", "There is an archive within the archive; a person must look into it."),
    ("otherKind", "There is a file in the archive that has no text to read."),
    ("tooManyEntries", "There are more files in the archive than are read; a person must look."),
    ("damaged", "The document is damaged; what could be read of it was read."),
    ("pageNotWhole", "A page could not be read to its end."),
    ("pageScanned", "Some pages are pictures without text."),
    ("hiddenSheet", "The workbook has hidden sheets; they were read like the others."),
    ("foreign", "A remark that came with the notice and is not one of ours."),
];

/// The sentence of a fault; the general one for a fault we do not know.
pub(super) fn sentence(fault: &str) -> &'static str {
    FAULTS.iter().find(|(name, _)| *name == fault).map_or(FOREIGN, |(_, text)| text)
}

const FOREIGN: &str = "A remark that came with the notice and is not one of ours.";

/// Whether a code is one that our readers write: a known fault behind a member's name or one of our own words.
pub(super) fn is_ours(code: &str) -> bool {
    let Some((value, fault)) = code.split_once('.') else { return false };
    let known_value = super::shape::is_member(value)
        || matches!(
            value,
            "personIdentity" | "message" | "document" | "members" | "row" | "columns" | "root"
        );
    known_value && FAULTS.iter().any(|(name, _)| *name == fault)
}

/// A finding `value.fault` at a place.
pub(super) fn finding(severity: Severity, value: &str, fault: &str, path: &str) -> Finding {
    Finding {
        code: format!("{value}.{fault}"),
        severity,
        path: path.to_owned(),
        message: sentence(fault).to_owned(),
    }
}
