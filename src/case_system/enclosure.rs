//! What belongs with a notice's case after its hand-over: the confirmation to Kronofogden as it was written, the letters of its copy, a person's correction.

use crate::case_system::HandOver;
use crate::domain::enclosure::EnclosureKey;
use crate::domain::masked::Masked;
use bytes::Bytes;
use jiff::Timestamp;

/// What is put with a case.
#[derive(Clone, Debug)]
pub struct Enclosure {
    /// The notice as it was handed over.
    pub hand_over: HandOver,
    /// Its case, as the adapter told it.
    pub case_id: String,
    /// Which piece it is: the same at every attempt.
    pub key: EnclosureKey,
    /// When it was sent, or the correction made.
    pub sent_at: Timestamp,
    /// Of a correction: the places in the notice that changed (JSON Pointers).
    pub changed: Vec<String>,
    /// The documents, in the order in which they are put there.
    pub documents: Vec<Document>,
    /// 1 for the first attempt. At a later one, what is there already is not put there again.
    pub attempt: u32,
}

/// One document.
#[derive(Clone, Debug)]
pub struct Document {
    /// What it is, in Swedish; without any person's name.
    pub title: String,
    /// What its file is called.
    pub file: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes, as they were sent.
    pub bytes: Bytes,
    /// Whom alone it is for, by number (twelve digits): where each person has a file, it lies in no other.
    pub person: Option<Masked>,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enclosed {
    /// It lies with the case.
    Taken,
    /// This system takes no such thing.
    NotTaken,
}
