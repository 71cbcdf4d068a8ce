//! Looks for an entry that may be ours before anything is created or repeated.
//!
//! Lifecare keeps no reference of ours and recognises no key. What proves an entry ours is our mark in an attachment's title, or its log
//! of calls saying that our request was carried out. An entry that is merely alike is a question to a person, never an answer.

use crate::case_system::HandOver;
use crate::case_system::lifecare::attachments::MARK_BEGINS;
use crate::case_system::lifecare::attachments::Part;
use crate::case_system::lifecare::attachments::mark;
use crate::case_system::lifecare::client::Calls;
use crate::case_system::lifecare::persons::PersonNumber;
use crate::case_system::lifecare::records::Document;
use crate::case_system::lifecare::records::Entry;
use crate::domain::failure::Failure;
use crate::domain::reference::Reference;

/// What is to be seen for one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Sight {
    /// Certainly nothing of ours.
    Nothing,
    /// Ours; these documents are still missing.
    Entry {
        /// Its id.
        id: String,
        /// In the order in which they are attached.
        remains: Vec<Part>,
    },
    /// Something that may be ours. The text is for operators.
    Doubt(String),
}

/// The request id of the call that opens the entry of person number `ordinal` (from 0): the same for every attempt.
pub(super) fn request_id(reference: &Reference, ordinal: usize) -> String {
    format!("{reference}-p{}", ordinal + 1)
}

/// The request id of the call that attaches a document to that entry.
pub(super) fn attach_request_id(reference: &Reference, ordinal: usize, part: Part) -> String {
    format!("{}-{}", request_id(reference, ordinal), part.word())
}

/// Looks for the entry of one person.
pub(super) async fn look(
    calls: &Calls,
    hand_over: &HandOver,
    person: &PersonNumber,
    ordinal: usize,
) -> Result<Sight, Failure> {
    let day = hand_over.arrival_date;
    let entries = calls.entries(person.reveal(), day).await?;
    let logged = calls.carried_out(&request_id(&hand_over.reference, ordinal)).await?;
    let alike = entries.iter().any(|entry| is_alike(entry, hand_over));
    if !alike && logged == Some(false) {
        return Ok(Sight::Nothing);
    }
    let documents = calls.documents(person.reveal(), day).await?.unwrap_or_default();
    match judge(&entries, &documents, logged, hand_over) {
        Judgement::Nothing => Ok(Sight::Nothing),
        Judgement::Doubt(text) => Ok(Sight::Doubt(text.to_owned())),
        Judgement::Ours(id) => {
            let id = id.to_string();
            let remains = missing(calls, hand_over, ordinal, &documents, logged.is_some()).await?;
            Ok(Sight::Entry { id, remains })
        }
    }
}

/// Looks which documents an entry lacks that is known as ours. Where neither documents nor the log can be read all count as missing: a
/// document attached twice opens no second case.
pub(super) async fn look_at(
    calls: &Calls,
    hand_over: &HandOver,
    person: &PersonNumber,
    ordinal: usize,
) -> Result<Vec<Part>, Failure> {
    let documents = calls.documents(person.reveal(), hand_over.arrival_date).await?;
    missing(calls, hand_over, ordinal, &documents.unwrap_or_default(), true).await
}

async fn missing(
    calls: &Calls,
    hand_over: &HandOver,
    ordinal: usize,
    documents: &[Document],
    log_readable: bool,
) -> Result<Vec<Part>, Failure> {
    let mut missing = Vec::new();
    for part in Part::wanted(hand_over) {
        let title = part.title(&hand_over.reference);
        let titled = documents.iter().any(|document| document.title.as_deref() == Some(&title));
        if titled {
            continue;
        }
        let id = attach_request_id(&hand_over.reference, ordinal, part);
        if log_readable && calls.carried_out(&id).await? == Some(true) {
            continue;
        }
        missing.push(part);
    }
    Ok(missing)
}

#[derive(Debug, PartialEq, Eq)]
enum Judgement {
    Nothing,
    Ours(i64),
    Doubt(&'static str),
}

/// Weighs what was seen. `logged`: whether our creating call was carried out, `None` when the log is closed to us.
fn judge(
    entries: &[Entry],
    documents: &[Document],
    logged: Option<bool>,
    hand_over: &HandOver,
) -> Judgement {
    let mark = mark(&hand_over.reference);
    let titled = |document: &&Document, text: &str| {
        document.title.as_deref().is_some_and(|title| title.contains(text))
    };
    let belongs = |document: &Document, entry: &Entry| {
        document.owner_id.as_deref() == Some(entry.id.to_string().as_str())
    };
    let (ours, others): (Vec<&Document>, Vec<&Document>) = documents
        .iter()
        .filter(|document| titled(document, MARK_BEGINS))
        .partition(|document| titled(document, &mark));
    let marked: Vec<_> =
        entries.iter().filter(|entry| ours.iter().any(|d| belongs(d, entry))).collect();
    let unclaimed: Vec<_> = entries
        .iter()
        .filter(|entry| is_alike(entry, hand_over))
        .filter(|entry| !others.iter().any(|document| belongs(document, entry)))
        .collect();
    match (marked.as_slice(), unclaimed.as_slice()) {
        ([entry], _) => Judgement::Ours(entry.id),
        ([_, ..], _) => Judgement::Doubt("several entries bear our reference"),
        ([], [entry]) if !ours.is_empty() || logged == Some(true) => Judgement::Ours(entry.id),
        ([], _) if !ours.is_empty() => {
            Judgement::Doubt("a document bears our reference, but its entry cannot be told")
        }
        ([], _) if logged == Some(true) => {
            Judgement::Doubt("Lifecare carried our request out, but its entry cannot be told")
        }
        ([], []) => Judgement::Nothing,
        ([], [_, ..]) => Judgement::Doubt(
            "an entry of the same person, day, type and reason is there without our reference",
        ),
    }
}

/// Lifecare lists names, not ids.
fn is_alike(entry: &Entry, hand_over: &HandOver) -> bool {
    let same = |listed: Option<&str>, ours: &str| listed.is_none_or(|l| l.trim() == ours.trim());
    same(entry.kind.as_deref(), &hand_over.assignment.intake_type)
        && same(entry.reason.as_deref(), &hand_over.assignment.reason_code)
}

#[cfg(test)]
mod tests {
    use super::Judgement;
    use super::judge;
    use crate::case_system::lifecare::records::Document;
    use crate::case_system::lifecare::records::Entry;
    use crate::case_system::sample::hand_over;

    fn entry(id: i64, reason: &str) -> Entry {
        Entry { id, kind: Some("Underrättelse".to_owned()), reason: Some(reason.to_owned()) }
    }

    fn document(title: &str, owner_id: &str) -> Document {
        Document { title: Some(title.to_owned()), owner_id: Some(owner_id.to_owned()) }
    }

    #[test]
    fn only_a_mark_or_the_log_makes_an_entry_ours() {
        let alike = || entry(7, "Obetalda hyresskulder");
        let second = || entry(8, "Obetalda hyresskulder");
        let unlike = || entry(9, "Behov");
        let ours = || document("Original [ref AVH-7K4M-2QX6]", "7");
        let loose = || document("Sammanfattning [ref AVH-7K4M-2QX6]", "198501012390");
        let others = || document("Original [ref AVH-0000-0000]", "7");
        let plain = || document("Beslut", "7");
        let ours_is = |id| Some(Ok(id));
        let doubt = Some(Err(()));
        let cases = [
            ("nothing", vec![], vec![], Some(false), None),
            ("log closed", vec![], vec![], None, None),
            ("other reason", vec![unlike()], vec![], None, None),
            ("alike", vec![alike()], vec![], Some(false), doubt),
            ("alike, log closed", vec![alike()], vec![], None, doubt),
            ("alike with a strange document", vec![alike()], vec![plain()], Some(false), doubt),
            ("marked", vec![alike()], vec![ours()], None, ours_is(7)),
            (
                "marked, reason changed since",
                vec![entry(7, "Behov")],
                vec![ours()],
                None,
                ours_is(7),
            ),
            ("marked among two", vec![second(), alike()], vec![ours()], None, ours_is(7)),
            ("mark without owner", vec![alike()], vec![loose()], None, ours_is(7)),
            ("mark without owner, two", vec![alike(), second()], vec![loose()], None, doubt),
            ("mark without entry", vec![], vec![loose()], Some(false), doubt),
            ("logged", vec![alike()], vec![], Some(true), ours_is(7)),
            ("logged, none there", vec![], vec![], Some(true), doubt),
            ("logged, two there", vec![alike(), second()], vec![], Some(true), doubt),
            ("another notice's", vec![alike()], vec![others()], Some(false), None),
            (
                "another notice's, and ours",
                vec![alike(), second()],
                vec![others()],
                Some(true),
                ours_is(8),
            ),
        ];
        for (name, entries, documents, logged, expected) in cases {
            let seen = match judge(&entries, &documents, logged, &hand_over()) {
                Judgement::Nothing => None,
                Judgement::Ours(id) => Some(Ok(id)),
                Judgement::Doubt(_) => Some(Err(())),
            };
            assert_eq!(seen, expected, "{name}");
        }
    }
}
