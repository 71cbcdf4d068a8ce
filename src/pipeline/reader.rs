//! Reading a message: at once what takes no time, its documents later; and never a message that stops the gateway.
//!
//! A message with documents is committed and acknowledged as one that is being read. What it says is stored by [`crate::pipeline::reading`].

use crate::domain::answer::Problem;
use crate::domain::calendar::LocalTime;
use crate::domain::document::Documents;
use crate::domain::finding::Finding;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeSender;
use crate::domain::notice::NoticeType;
use crate::domain::notice::RelatesTo;
use crate::domain::received::Channel;
use crate::domain::received::Received;
use crate::domain::thresholds::Thresholds;
use crate::normalize;
use crate::normalize::Context;
use crate::normalize::Disposition;
use crate::normalize::Limits;
use crate::normalize::ReadNotice;
use crate::normalize::Reading;
use crate::pipeline::Shared;
use crate::pipeline::sender::Known;
use crate::pipeline::sender::Manner;

/// What a reader must know of the municipality.
#[derive(Clone, Debug)]
pub struct Rules {
    /// Its days.
    pub local_time: LocalTime,
    /// What a message may hold.
    pub limits: Limits,
    /// When what is read from free text goes on without a person.
    pub thresholds: Option<Thresholds>,
}

impl Shared {
    /// The rules in force.
    pub(super) fn rules(&self) -> Rules {
        let thresholds = self.profile.reading;
        Rules { local_time: self.local_time.clone(), limits: self.limits, thresholds }
    }
}

/// Originals up to this size are read where they stand; larger ones on a thread for blocking work.
const READ_INLINE: usize = 32 * 1024;

/// Reads what can be read before the commit; tells whether its documents are to be read after it. One notice stands for the message until then.
///
/// # Errors
/// What a strict door refuses, see [`normalize::read`].
pub(super) async fn read_first(
    shared: &Shared,
    received: &Received,
    known: &Known,
) -> Result<(Reading, bool), Problem> {
    let strict = received.envelope.channel == Channel::Api;
    let sends = known.manner();
    let rules = shared.rules();
    let read = on_thread(&rules, received, move |rules, received| {
        let (format, limits) = (received.envelope.format, &rules.limits);
        let reading = read_here(rules, received, (strict, &sends), None)?;
        let waits = normalize::holds_documents(&received.raw, format, limits);
        Ok((if waits { waiting(reading) } else { reading }, waits))
    });
    read.await.unwrap_or_else(|_panicked| Ok((unreadable(), false)))
}

/// Reads the whole message, its documents among it.
pub(super) async fn read_whole(
    rules: &Rules,
    received: &Received,
    known: &Known,
    documents: Option<Documents>,
) -> Reading {
    let sends = known.manner();
    let read = on_thread(rules, received, move |rules, received| {
        read_here(rules, received, (false, &sends), documents.as_ref())
    });
    read.await.ok().and_then(Result::ok).unwrap_or_else(unreadable)
}

/// A reader that panics makes a message unreadable, never lost.
async fn on_thread<T: Send + 'static>(
    rules: &Rules,
    received: &Received,
    read: impl FnOnce(&Rules, &Received) -> T + Send + 'static,
) -> Result<T, Panicked> {
    if received.raw.len() <= READ_INLINE {
        let read = std::panic::AssertUnwindSafe(|| read(rules, received));
        return std::panic::catch_unwind(read).map_err(|_| Panicked);
    }
    let (rules, received) = (rules.clone(), received.clone());
    tokio::task::spawn_blocking(move || read(&rules, &received)).await.map_err(|_| Panicked)
}

/// A reader broke at a message.
struct Panicked;

fn read_here(
    rules: &Rules,
    received: &Received,
    (strict, sends): (bool, &Manner),
    documents: Option<&Documents>,
) -> Result<Reading, Problem> {
    let envelope = &received.envelope;
    let context = Context {
        received_at: envelope.received_at,
        local_time: &rules.local_time,
        limits: rules.limits,
        robot: sends.robot(),
        documents,
        labels: sends.labels(),
        thresholds: rules.thresholds.as_ref(),
    };
    match strict {
        true => normalize::read(envelope.format, &received.raw, &context),
        false => Ok(normalize::read_leniently(envelope.format, &received.raw, &context)),
    }
}

/// Notes of which earlier message this one is the whole: a file that grew after it was taken.
pub(super) fn note_growth(received: &Received, reading: &mut Reading) {
    let Some(earlier) = &received.envelope.continues else { return };
    for read in &mut reading.notices {
        let relates = read.notice.relates_to.get_or_insert_with(RelatesTo::default);
        relates.reference = Some(earlier.to_string());
        read.notice.findings.push(Finding::info(
            "message.grew",
            "/relatesTo",
            "The file grew after it was taken; this is the whole file, stored again.",
        ));
    }
}

/// Notes which earlier notice its sender says it is about, by the address that it was sent to: that it adds to it, or takes it back.
pub(super) fn note_earlier(received: &Received, reading: &mut Reading) {
    let Some(earlier) = &received.envelope.speaks_of else { return };
    for read in &mut reading.notices {
        let notice = &mut read.notice;
        match earlier.withdraws {
            true => notice.kind = NoticeType::Withdrawal,
            // A whole notice, put right, stays what it is.
            false if notice.kind == NoticeType::Unknown => notice.kind = NoticeType::Supplement,
            false => {}
        }
        let relates = notice.relates_to.get_or_insert_with(RelatesTo::default);
        relates.reference = Some(earlier.reference.to_string());
    }
}

/// One notice that stands for the message until its documents are read.
fn waiting(reading: Reading) -> Reading {
    let mut notice = Notice::of(NoticeType::Unknown);
    let mut read = reading.notices.into_iter().map(|read| read.notice);
    if let (Some(first), None) = (read.next(), read.next()) {
        notice.attachments = first.attachments;
        notice.text = first.text;
        let address = first.sender.and_then(|sender| sender.email);
        notice.sender =
            address.map(|email| NoticeSender { email: Some(email), ..NoticeSender::default() });
    }
    notice.findings.push(Finding::info(
        "document.beingRead",
        "",
        "A document is being read; what it says follows.",
    ));
    let notices = vec![ReadNotice { notice, disposition: Disposition::NeedsReview }];
    Reading { notices, sender_reference: None }
}

/// What a person must read from the original.
pub(super) fn unreadable() -> Reading {
    let mut notice = Notice::of(NoticeType::Unknown);
    notice.findings.push(Finding::error(
        "message.notReadable",
        "",
        "The message could not be read by the program. A person reads it.",
    ));
    let notices = vec![ReadNotice { notice, disposition: Disposition::NeedsReview }];
    Reading { notices, sender_reference: None }
}
