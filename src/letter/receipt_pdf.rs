//! A landlord's receipt to print, keep and show to a court: the same facts as the receipt in JSON, as a PDF of the letters' kind.
//!
//! For proven senders only, who get their own reference back; nothing about the person, the kind of notice or the case.

use crate::domain::calendar::LocalTime;
use crate::domain::digest::Digest;
use crate::domain::masked::Masked;
use crate::domain::reference::Reference;
use crate::letter::Block;
use crate::letter::Language;
use crate::letter::Letter;
use crate::letter::LetterError;
use crate::letter::Part;
use crate::letter::Row;
use crate::letter::words;
use jiff::Timestamp;
use jiff::civil::Date;

/// What a receipt tells.
#[derive(Clone, Debug)]
pub struct ReceiptFacts {
    /// The message's reference.
    pub reference: Reference,
    /// When it arrived.
    pub received_at: Timestamp,
    /// SHA-256 of what was sent.
    pub sha256: Digest,
    /// The sender's own reference.
    pub sender_reference: Option<Masked>,
    /// The case number that the sender gave.
    pub case_number: Option<Masked>,
    /// The notices found in it.
    pub notices: Vec<Reference>,
    /// The municipality in Swedish and in English.
    pub organisation: (String, String),
    /// The board (nämnd) that received it.
    pub board: String,
    /// The one telephone number.
    pub telephone: String,
    /// The one address for mail.
    pub email: String,
    /// With reference and this code anyone who is shown the receipt can check it, at the address beside it.
    pub control: Option<Control>,
    /// The day on which the receipt is made.
    pub issued_on: Date,
    /// In which languages, in this order. Empty means Swedish, then English.
    pub languages: Vec<Language>,
}

/// How a receipt can be checked.
#[derive(Clone, Debug)]
pub struct Control {
    /// The code.
    pub code: Masked,
    /// Where it is entered.
    pub address: String,
}

/// The receipt as PDF.
pub fn receipt_pdf(facts: &ReceiptFacts, local_time: &LocalTime) -> Result<Vec<u8>, LetterError> {
    crate::letter::render(&receipt(facts, local_time))
}

/// The receipt as a letter that is not posted.
pub fn receipt(facts: &ReceiptFacts, local_time: &LocalTime) -> Letter {
    let languages = match facts.languages.as_slice() {
        [] => &[Language::Sv, Language::En][..],
        some => some,
    };
    let first = languages.first().copied().unwrap_or(Language::Sv);
    Letter {
        sender: vec![facts.organisation_in(first).to_owned(), facts.board.clone()],
        recipient: Vec::new(),
        date: facts.issued_on,
        our_reference: facts.reference.as_str().to_owned(),
        parts: languages.iter().map(|language| part(facts, *language, local_time)).collect(),
    }
}

fn part(facts: &ReceiptFacts, language: Language, local_time: &LocalTime) -> Part {
    let organisation = facts.organisation_in(language);
    let board = &facts.board;
    let (heading, opening, meaning, check) = match language {
        Language::Sv => (
            "Mottagningskvittens",
            format!("{organisation}, {board}, har tagit emot det ni skickade."),
            "Kontrollsumman är ett fingeravtryck av det ni skickade. Räknar ni ut samma summa av er egen fil \
             är det samma fil som kom fram. Kvittensen säger inget om innehållet eller om vad som har hänt sedan.",
            "Den som får se kvittensen kan kontrollera den med referensen och kontrollkoden på",
        ),
        Language::En => (
            "Receipt",
            format!("{organisation}, {board}, has received what you sent."),
            "The checksum is a fingerprint of what you sent. If your own file gives the same sum, it is the \
             same file that arrived. The receipt says nothing about the contents or about what has happened since.",
            "Anyone who is shown the receipt can check it with the reference and the control code at",
        ),
    };
    let mut body = vec![
        Block::Paragraph(opening),
        Block::Rows(rows(facts, language, local_time)),
        Block::Paragraph(meaning.to_owned()),
    ];
    if let Some(control) = &facts.control {
        body.push(Block::Paragraph(format!("{check} {}", control.address)));
    }
    Part { language, heading: heading.to_owned(), body, closing: Vec::new(), footer: Vec::new() }
}

fn rows(facts: &ReceiptFacts, language: Language, local_time: &LocalTime) -> Vec<Row> {
    let labels = match language {
        Language::Sv => [
            "Referens",
            "Kom fram",
            "Kom fram (UTC)",
            "Er referens",
            "Målnummer",
            "Underrättelser",
            "Kontrollsumma (SHA-256)",
            "Kontrollkod",
            "Frågor",
        ],
        Language::En => [
            "Reference",
            "Arrived",
            "Arrived (UTC)",
            "Your reference",
            "Case number",
            "Notices",
            "Checksum (SHA-256)",
            "Control code",
            "Questions",
        ],
    };
    let shown = |text: Option<&Masked>| text.map(|text| text.reveal().to_owned());
    let notices: Vec<&str> = facts.notices.iter().map(Reference::as_str).collect();
    let second = Timestamp::from_second(facts.received_at.as_second()).unwrap_or(facts.received_at);
    let values = [
        Some(facts.reference.as_str().to_owned()),
        Some(words::time(language, local_time.datetime_of(facts.received_at))),
        Some(second.to_string()),
        shown(facts.sender_reference.as_ref()),
        shown(facts.case_number.as_ref()),
        Some(notices.join(", ")),
        Some(facts.sha256.to_string()),
        shown(facts.control.as_ref().map(|control| &control.code)),
        Some(format!("{}, {}", facts.telephone, facts.email)),
    ];
    let told = labels.into_iter().zip(values).filter_map(|(label, value)| Some((label, value?)));
    let told = told.filter(|(_, value)| !value.trim().is_empty());
    told.map(|(label, value)| Row { label: label.to_owned(), value }).collect()
}

impl ReceiptFacts {
    fn organisation_in(&self, language: Language) -> &str {
        match language {
            Language::Sv => &self.organisation.0,
            Language::En => &self.organisation.1,
        }
    }
}

#[cfg(test)]
#[path = "tests/receipt_tests.rs"]
mod tests;
