//! Free text read into a notice: what the sender says now, taken value by value, each with the words it was read from and how sure the reader is.
//!
//! Nothing is guessed in silence. What is not told stays absent; what is told in two ways, or not surely, is a finding that gives the notice to a
//! person. Pure and total like its neighbours.

mod accounted;
mod children;
mod days;
mod draft;
mod enforcement;
mod foreign;
pub(super) mod given_names;
mod homes;
mod households;
mod identities;
mod kinds;
mod learned;
mod money;
mod name_words;
mod names;
mod numbers;
pub(super) mod pattern;
mod persons;
mod seen;
mod senders;
mod weigh;
mod words;

#[cfg(test)]
mod hostile_tests;

use super::Context;
use super::build::shorten;
use super::remarks;
use crate::domain::finding::Finding;
use crate::domain::finding::Severity;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeType;
use crate::domain::notice::SenderKind;
use seen::Sheet;
use std::fmt;
pub(super) use weigh::tenure;
use words::columns;
use words::mend;
use words::own_words;
use words::quoting;

/// Body and documents together; longer is no letter, and goes to a person with what is beyond.
const MOST_BYTES: usize = 200_000;

/// What is read: a mail's subject and text, or a document's text alone.
#[derive(Clone, Copy, Default)]
pub(super) struct Letter<'a> {
    /// The subject.
    pub(super) subject: &'a str,
    /// The text that people see, quoted mails included.
    pub(super) text: &'a str,
    /// The address it came from.
    pub(super) from: Option<&'a str>,
    /// The name that goes with it.
    pub(super) from_name: Option<&'a str>,
    /// It was written in the house that it was sent to.
    pub(super) colleague: bool,
    /// Texts of documents that came with it: their source (`attachments/0`) and their words.
    pub(super) documents: &'a [(String, String)],
}

impl fmt::Debug for Letter<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { subject, text, documents, .. } = self;
        write!(
            out,
            "Letter {} + {} bytes, {} documents",
            subject.len(),
            text.len(),
            documents.len()
        )
    }
}

/// Reads a letter into a notice that has no text or attachments yet; of kind unknown when nothing tells a kind.
pub(super) fn read(letter: &Letter<'_>, context: &Context<'_>) -> Notice {
    read_as(letter, None, context)
}

/// The same where a form or a table tells the kind that the letter may be silent about.
pub(super) fn read_as(
    letter: &Letter<'_>,
    told: Option<NoticeType>,
    context: &Context<'_>,
) -> Notice {
    let heard = heard(letter);
    let mut notice = weigh::weigh(&heard.words(letter, told, context), context);
    if notice.kind != NoticeType::Unknown || !notice.evidence.is_empty() {
        // Until the reader is calibrated, nothing that it takes from free text goes on by itself.
        notice.findings.push(remarks::finding(Severity::Error, "message", "freeText", ""));
        if heard.cut {
            notice.findings.push(remarks::finding(Severity::Error, "text", "tooLarge", "/text"));
        }
    }
    notice
}

/// A notice for each household that is told of in a paragraph or a line of its own; fewer than two: the letter is about one.
pub(super) fn several(letter: &Letter<'_>, context: &Context<'_>) -> Vec<Notice> {
    let (own, signature) = own(letter.text, letter.subject);
    let mended: Vec<String> = letter.documents.iter().map(|(_, text)| mend::mend(text)).collect();
    let Some((at, parts)) = households::of_letter(&own, &mended, letter, context) else {
        return Vec::new();
    };
    let subject = if households::is_common(letter.subject) { letter.subject } else { "" };
    let signed = |text: &str| format!("{text}\n\n-- \n{signature}");
    let read = |text: String| match at.and_then(|at| letter.documents.get(at)) {
        Some((source, _)) => {
            let document = [(source.clone(), text)];
            read(&Letter { subject, documents: &document, ..*letter }, context)
        }
        None => {
            let text = signed(&text);
            read(&Letter { subject, text: &text, documents: &[], ..*letter }, context)
        }
    };
    let notices: Vec<Notice> = parts.texts().take(context.limits.notices).map(read).collect();
    let known = notices.iter().any(|notice| notice.kind != NoticeType::Unknown);
    if known { notices } else { Vec::new() }
}

/// What a letter says once for all the rows of its tables: `more` holds the whole mail, of which only the signature counts, and the tables' titles.
pub(super) fn common(
    letter: &Letter<'_>,
    more: &[&str; 2],
    told: Option<NoticeType>,
    context: &Context<'_>,
) -> Notice {
    let mut heard = heard(letter);
    let [whole, titles] = more;
    heard.signature.text = own(whole, letter.subject).1;
    heard.signature.text.push('\n');
    heard.signature.text.push_str(titles);
    let told = told.or(Some(NoticeType::Unknown));
    weigh::weigh(&heard.words(letter, told, context), context)
}

/// A letter in its parts.
struct Heard {
    /// Its texts, the weightiest first.
    sheets: Vec<Sheet>,
    signature: Sheet,
    /// Who wrote what it passes on.
    author: Option<quoting::Author>,
    /// There was more than is read.
    cut: bool,
}

impl Heard {
    fn words<'a>(
        &'a self,
        letter: &Letter<'a>,
        told: Option<NoticeType>,
        context: &Context<'_>,
    ) -> weigh::Words<'a> {
        weigh::Words {
            sheets: &self.sheets,
            signature: &self.signature,
            from: outer(letter).written_by(self.author.as_ref()),
            on: context.local_time.day_of(context.received_at),
            told,
        }
    }
}

fn outer<'a>(letter: &Letter<'a>) -> senders::From<'a> {
    senders::From { address: letter.from, name: letter.from_name, colleague: letter.colleague }
}

fn heard(letter: &Letter<'_>) -> Heard {
    let subject = mend::mend(letter.subject);
    let (text, mut cut) = shorten(letter.text, MOST_BYTES);
    let mut left = MOST_BYTES - text.len();
    let pieces = own_words::pieces(&mend::mend(text), &subject);
    let mut texts = Vec::new();
    for (source, text) in letter.documents {
        let (text, shortened) = shorten(text, left);
        left -= text.len();
        cut |= shortened;
        texts.push((source.clone(), columns::apart(&mend::mend(text)).into_owned()));
    }
    texts.push(("body".to_owned(), pieces.own));
    texts.push(("subject".to_owned(), subject));
    let told = texts.into_iter().filter(|(_, text)| !text.trim().is_empty()).enumerate();
    let mut sheets: Vec<Sheet> =
        told.map(|(number, (source, text))| Sheet::new(number, source, text)).collect();
    let body = sheets.iter_mut().find(|sheet| sheet.source == "body");
    if let Some(body) = body {
        body.passed_on = pieces.passed_on;
    }
    let outer = outer(letter);
    let passed_on = |author: &quoting::Author| outer.passes_on(author, &pieces.signature);
    let author = pieces.author.as_ref().filter(|author| passed_on(author)).cloned();
    let text = match author {
        None => pieces.signature,
        Some(_) => pieces.signature_below,
    };
    let signature = Sheet::new(sheets.len(), "body".to_owned(), text);
    Heard { sheets, signature, author, cut }
}

/// What stands in a message and is none of its notices'.
pub(super) fn unaccounted(
    letter: &Letter<'_>,
    notices: &[Notice],
    context: &Context<'_>,
) -> Vec<Finding> {
    accounted::unaccounted(letter, notices, context)
}

/// Puts the sum of the months in the place of a single month's amount.
pub(super) fn sum_up(letter: &Letter<'_>, notice: &mut Notice) {
    money::whole::settle(letter, notice);
}

/// What the sender says now, mended, and who says it.
pub(super) fn own(text: &str, subject: &str) -> (String, String) {
    let (text, _) = shorten(text, MOST_BYTES);
    let pieces = own_words::pieces(&mend::mend(text), &mend::mend(subject));
    (pieces.own, pieces.signature)
}

/// What kind of sender a firm, an association or an authority is by its name.
pub(super) fn sender_kind(name: &str) -> Option<SenderKind> {
    senders::kind_by_name(name)
}

/// Whether a subject says that a mail is passed on.
pub(super) fn forwards(subject: &str) -> bool {
    own_words::forwards(subject)
}

/// A page's text with the columns of two parties below each other.
pub(super) fn columns_apart(text: &str) -> std::borrow::Cow<'_, str> {
    columns::apart(text)
}

/// The text as it was meant.
pub(super) fn mended(text: &str) -> String {
    mend::mend(text)
}

/// Whether a mail's own words say that it is about something else.
pub(super) fn is_foreign(subject: &str, text: &str) -> bool {
    let (own, _) = own(text, subject);
    foreign::is_foreign(&mend::mend(subject), &own)
}
