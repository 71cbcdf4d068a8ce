//! What a mail tells about the delivery of another one: a delivery status notification (RFC 3464), or what older servers send instead.
//!
//! Which of our mails it speaks of is told by the token in the envelope sender that it came back to (`bounce+TOKEN@…`). Servers put
//! it in many places (the recipient, the returned header, an xtext field, broken over two lines), so every text of the mail is looked through
//! for something of a token's shape; whether it is one of ours, the store knows.

use super::automatic;
use super::automatic::Signs;
use super::bounce_words::POSTMASTERS;
use super::bounce_words::SUBJECTS;
use super::bounce_words::by_words;
use mail_parser::Message;
use mail_parser::MessageParser;
use mail_parser::PartType;
use serde::Deserialize;
use serde::Serialize;
use std::panic::catch_unwind;

/// Hexadecimal digits of a token.
pub const TOKEN_DIGITS: usize = 24;
/// So many candidates are looked up, and so many bytes are looked through.
const CANDIDATES: usize = 20;
const BYTES: usize = 512 * 1024;
/// Levels of returned mails that are looked into.
const DEPTH: usize = 4;

/// A report on one of our mails, as far as it can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounce {
    /// What became of the mail.
    pub outcome: BounceOutcome,
    /// The status code of RFC 3463, such as `5.1.1`.
    pub status: Option<String>,
    /// What may be the token of the mail that is meant, in the order found.
    pub tokens: Vec<String>,
}

/// What became of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum BounceOutcome {
    /// It did not arrive.
    Failed,
    /// It has not arrived yet.
    Delayed,
    /// It arrived, or was passed on to a system that sends no notifications.
    Delivered,
    /// The report does not say in words we know.
    Unknown,
}

impl BounceOutcome {
    /// The stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Delayed => "delayed",
            Self::Delivered => "delivered",
            Self::Unknown => "unknown",
        }
    }
}

/// Reads a report. `None` for a mail that is none: written by a person, or by a machine about something else.
pub fn bounce(raw: &[u8]) -> Option<Bounce> {
    let (fields, _) = super::split(raw);
    if !is_report(&super::Raw { fields: &fields, raw }) {
        return None;
    }
    let raw = raw.get(..raw.len().min(BYTES)).unwrap_or(raw);
    let mut texts = vec![String::from_utf8_lossy(raw).into_owned()];
    if let Some(mail) = catch_unwind(|| MessageParser::default().parse(raw)).ok().flatten() {
        decoded(&mail, 0, &mut texts);
    }
    let tokens = tokens(&texts);
    let (outcome, status) = outcome(&texts);
    Some(Bounce { outcome, status, tokens })
}

/// Whether a mail reports on a delivery, by its type, by who wrote it, or by the address it came to.
pub(super) fn is_report(mail: &impl Signs) -> bool {
    let lower = |name: &str| mail.values(name).concat().to_lowercase();
    let content_type = lower("content-type");
    let from = lower("from");
    let by_server = POSTMASTERS.iter().any(|word| from.contains(word));
    match content_type.split(';').next().unwrap_or_default().trim() {
        "message/delivery-status" => return true,
        "multipart/report" => {
            let type_given = content_type.contains("report-type");
            return !type_given || by_server || content_type.contains("delivery-status");
        }
        _ => {}
    }
    let nobody = is_from_nobody(mail);
    let subject = mail.subject().to_lowercase();
    let told = SUBJECTS.iter().any(|word| subject.contains(word));
    if from.contains("mailer-daemon") || !lower("x-failed-recipients").is_empty() {
        return true;
    }
    if came_to_bounce_address(mail) && (told || (nobody && !automatic::begins_with_leave(&subject)))
    {
        return true;
    }
    (by_server && (told || nobody)) || (nobody && told)
}

/// An empty envelope sender.
pub(super) fn is_from_nobody(mail: &impl Signs) -> bool {
    mail.values("return-path").first().is_some_and(|path| path.replace(' ', "") == "<>")
}

/// Whether it came to the address that the envelope senders of our own mails bear: `bounce+TOKEN@…`, whatever stands before the token.
pub(super) fn came_to_bounce_address(mail: &impl Signs) -> bool {
    let to = ["to", "delivered-to", "x-original-to", "envelope-to"]
        .map(|name| mail.values(name).concat());
    to.iter().flat_map(|value| value.split(['<', '>', ',', ' '])).any(|address| {
        let local = address.rsplit_once('@').map(|(local, _)| local);
        let token = local.and_then(|local| local.rsplit_once('+')).map(|(_, token)| token);
        token.is_some_and(|token| {
            token.len() == TOKEN_DIGITS && token.bytes().all(|byte| byte.is_ascii_hexdigit())
        })
    })
}

fn decoded(mail: &Message<'_>, depth: usize, texts: &mut Vec<String>) {
    for part in mail.parts.iter().take(100) {
        match &part.body {
            PartType::Text(text) | PartType::Html(text) => texts.push(text.to_string()),
            PartType::Binary(bytes) | PartType::InlineBinary(bytes) => {
                let bytes = bytes.get(..bytes.len().min(BYTES)).unwrap_or(bytes);
                texts.push(String::from_utf8_lossy(bytes).into_owned());
            }
            PartType::Message(nested) if depth < DEPTH => decoded(nested, depth + 1, texts),
            PartType::Message(_) | PartType::Multipart(_) => {}
        }
    }
}

/// Runs of exactly so many hexadecimal digits, each once. A line break of quoted-printable may stand in one.
fn tokens(texts: &[String]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for text in texts {
        let joined = text.replace("=\r\n", "").replace("=\n", "");
        for run in joined.split(|c: char| !c.is_ascii_hexdigit()) {
            // An encoded plus sign (`=2B`, `+2B`) before a token is made of such digits itself.
            let run = match run.len() {
                TOKEN_DIGITS => run,
                length if length == TOKEN_DIGITS + 2 && run[..2].eq_ignore_ascii_case("2b") => {
                    &run[2..]
                }
                _ => continue,
            };
            let token = run.to_ascii_lowercase();
            if !found.contains(&token) && found.len() < CANDIDATES {
                found.push(token);
            }
        }
    }
    found
}

/// What the fields of a report say, of several recipients the worst; else what its words say.
fn outcome(texts: &[String]) -> (BounceOutcome, Option<String>) {
    let mut actions = Vec::new();
    let mut statuses = Vec::new();
    for line in texts.iter().flat_map(|text| text.lines()) {
        let Some((name, rest)) = line.split_once(':') else { continue };
        let word = rest.trim().to_lowercase();
        match name.trim().to_lowercase().as_str() {
            "action" => actions.push(word),
            "status" => statuses.extend(status_in(&word)),
            _ => {}
        }
    }
    let any = |wanted: &[&str]| {
        actions.iter().any(|action| wanted.iter().any(|word| action.starts_with(word)))
    };
    let class_of_field =
        |wanted: char| statuses.iter().any(|status: &String| status.starts_with(wanted));
    let by_fields = match () {
        () if any(&["failed"]) => Some(BounceOutcome::Failed),
        () if any(&["delayed"]) => Some(BounceOutcome::Delayed),
        () if any(&["delivered", "relayed", "expanded"]) => Some(BounceOutcome::Delivered),
        () if class_of_field('5') => Some(BounceOutcome::Failed),
        () if class_of_field('4') => Some(BounceOutcome::Delayed),
        () => None,
    };
    let class = |wanted: char| statuses.iter().find(|status| status.starts_with(wanted)).cloned();
    let status = class('5').or_else(|| class('4')).or_else(|| class('2'));
    let words = || texts.iter().find_map(|text| status_in(text));
    let status = status.or_else(words);
    let outcome = by_fields.unwrap_or_else(|| by_words(texts, status.as_deref()));
    (outcome, status)
}

/// The first `c.s.d` of RFC 3463 in a text: class 2, 4 or 5, subject and detail of at most three digits.
fn status_in(text: &str) -> Option<String> {
    let edge = |c: char| !(c.is_ascii_digit() || c == '.');
    text.split(edge)
        .map(|word| word.trim_end_matches('.'))
        .find(|word| {
            let parts: Vec<&str> = word.split('.').collect();
            let short = |part: &&str| !part.is_empty() && part.len() <= 3;
            matches!(parts.as_slice(), [class, subject, detail]
            if matches!(*class, "2" | "4" | "5") && short(subject) && short(detail))
        })
        .map(str::to_owned)
}

#[cfg(test)]
#[path = "bounce_tests.rs"]
mod tests;
