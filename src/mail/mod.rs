//! The header fields of a mail (RFC 5322) as doors and readers need them: identity, return address, and whether a machine wrote it.
//!
//! Total: there are no bytes that stop it. What is no header field is not looked at.

mod arrival;
mod automatic;
mod bounce;
mod bounce_words;
mod received_by;
mod reply;
mod stand_in;

pub use arrival::arrived_at;
pub use bounce::Bounce;
pub use bounce::BounceOutcome;
pub use bounce::TOKEN_DIGITS;
pub use bounce::bounce;
pub use received_by::SpfSeen;
pub use received_by::spf_seen;
pub use reply::reply_to;
pub use stand_in::NOT_GIVEN;
pub use stand_in::OVERSIZE;

use crate::domain::digest::Digest;
use crate::domain::masked::Masked;
use mail_parser::MessageParser;
use std::panic::catch_unwind;

/// So much of a mail is looked through for the words of a robot.
const LETTER_BYTES: usize = 64 * 1024;

/// What a door must know of a mail before it can answer or recognise it.
#[derive(Clone, Debug)]
pub struct MailHeaders {
    /// Message-ID without angle brackets.
    pub message_id: Option<String>,
    /// The first id of In-Reply-To, without angle brackets.
    pub in_reply_to: Option<String>,
    /// References, oldest first, without angle brackets.
    pub references: Vec<String>,
    /// The first address of From. Unproven.
    pub from: Option<Masked>,
    /// The first address of Reply-To.
    pub reply_to: Option<Masked>,
    /// The envelope sender that the last mail server wrote down, without angle brackets; empty for `<>`.
    pub return_path: Option<String>,
    /// Why no receipt is sent in answer: `autoSubmitted`, `deliveryStatus`, `dispositionNotification`, `nullReturnPath`,
    /// `mailingList`, `bulk`; `None` for mail that people or partners' systems write.
    pub auto_reply_suppressed: Option<&'static str>,
    /// It stands for a mail of which only the header came.
    pub stands_in: bool,
    /// SHA-256 of all but the fields that mail servers add on the way (see [`is_trace`]): the same for two deliveries of one
    /// mail. Line ends do not count.
    pub digest_without_trace: Digest,
}

impl MailHeaders {
    /// Where the receipt goes: Reply-To where it lies in From's own domain (or below it), else From. Outward contract, section 8.
    pub fn reply_target(&self) -> Option<&Masked> {
        let from = self.from.as_ref()?;
        match &self.reply_to {
            Some(reply_to) if same_domain(from.reveal(), reply_to.reveal()) => Some(reply_to),
            Some(_) | None => Some(from),
        }
    }

    /// Whether the mail is no notice for the reason that suppresses its receipt: written by a machine, to a list, or a report.
    /// `Precedence` alone tells how urgent a mail is and not who wrote it.
    pub fn not_notice(&self) -> Option<&'static str> {
        let letter = [automatic::BULK, automatic::BOUNCE_ADDRESS];
        self.auto_reply_suppressed.filter(|reason| !letter.contains(reason))
    }

    /// Whether it reports on the delivery or reading of another mail.
    pub fn is_report(&self) -> bool {
        matches!(
            self.auto_reply_suppressed,
            Some(automatic::DELIVERY_STATUS | automatic::DISPOSITION_NOTIFICATION)
        )
    }
}

/// Reads the header fields of a mail.
pub fn mail_headers(raw: &[u8]) -> MailHeaders {
    let (fields, body) = split(raw);
    // A fault in the parser must not cost a mail: its addresses are then unknown.
    let parsed = catch_unwind(|| MessageParser::default().parse_headers(raw)).ok().flatten();
    let parsed = parsed.filter(|mail| !mail.parts.is_empty());
    let address = |list: Option<&mail_parser::Address<'_>>| {
        let first = list?.iter().find_map(|entry| entry.address.as_deref())?;
        let first = without_route(first);
        address_like(first).then(|| Masked::new(first))
    };
    let from = parsed.as_ref().and_then(|mail| address(mail.from()));
    let reply_to = parsed.as_ref().and_then(|mail| address(mail.reply_to()));
    let first_id = |name: &str| value(&fields, name).and_then(|text| ids(&text).into_iter().next());
    let return_path = value(&fields, "return-path")
        .map(|text| text.trim().trim_start_matches('<').trim_end_matches('>').to_owned());
    // Who names no author is answered where its mail server says it wrote from (RFC 3834 section 4).
    let envelope = || return_path.as_deref().filter(|path| address_like(path)).map(Masked::new);
    let from = from.or_else(envelope);
    MailHeaders {
        message_id: first_id("message-id"),
        in_reply_to: first_id("in-reply-to"),
        references: value(&fields, "references").map(|text| ids(&text)).unwrap_or_default(),
        auto_reply_suppressed: automatic::reason(&Raw { fields: &fields, raw }),
        from,
        reply_to,
        return_path,
        stands_in: stand_in::stands_in(&fields),
        digest_without_trace: digest(&fields, body),
    }
}

/// A mail as it tells of itself. What must be decoded is decoded when it is asked for.
struct Raw<'a> {
    fields: &'a [Field<'a>],
    raw: &'a [u8],
}

impl automatic::Signs for Raw<'_> {
    fn values(&self, name: &str) -> Vec<String> {
        let named = self.fields.iter().filter(|field| named(field, name));
        named.filter_map(text_of).collect()
    }

    fn subject(&self) -> String {
        let parsed =
            catch_unwind(|| MessageParser::default().parse_headers(self.raw)).ok().flatten();
        parsed.and_then(|mail| mail.subject().map(str::to_owned)).unwrap_or_default()
    }

    fn letter(&self) -> String {
        let head = self.raw.get(..self.raw.len().min(LETTER_BYTES)).unwrap_or(self.raw);
        let parsed = catch_unwind(|| MessageParser::default().parse(head)).ok().flatten();
        parsed.and_then(|mail| mail.body_text(0).map(|text| text.into_owned())).unwrap_or_default()
    }
}

/// One header field: its name, and all its bytes with those of the lines that continue it.
struct Field<'a> {
    name: &'a [u8],
    whole: &'a [u8],
}

/// The header fields and what follows the empty line.
fn split(raw: &[u8]) -> (Vec<Field<'_>>, &[u8]) {
    let mut fields: Vec<Field<'_>> = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while let Some(rest) = raw.get(at..).filter(|rest| !rest.is_empty()) {
        let length = rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |end| end + 1);
        let line = rest.get(..length).unwrap_or(rest);
        let end = at + length;
        if line == b"\n" || line == b"\r\n" {
            return (fields, raw.get(end..).unwrap_or_default());
        }
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            if let (Some(last), Some(whole)) = (fields.last_mut(), raw.get(start..end)) {
                last.whole = whole;
            }
        } else {
            start = at;
            let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
            fields.push(Field { name, whole: line });
        }
        at = end;
    }
    (fields, &[])
}

/// A field's value, unfolded; of several the first.
fn value(fields: &[Field<'_>], name: &str) -> Option<String> {
    text_of(fields.iter().find(|field| named(field, name))?)
}

fn text_of(field: &Field<'_>) -> Option<String> {
    let text = String::from_utf8_lossy(field.whole.get(field.name.len() + 1..)?);
    Some(text.replace(['\r', '\n', '\t'], " ").trim().to_owned())
}

fn named(field: &Field<'_>, name: &str) -> bool {
    field.name.trim_ascii().eq_ignore_ascii_case(name.as_bytes())
}

/// The ids between angle brackets; a single bare word counts as one.
fn ids(text: &str) -> Vec<String> {
    let mut found: Vec<String> = text
        .split('<')
        .skip(1)
        .filter_map(|rest| rest.split_once('>'))
        .map(|(id, _)| id.trim().to_owned())
        .filter(|id| id_like(id))
        .collect();
    if found.is_empty() && id_like(text.trim()) && !text.contains(['<', '>']) {
        found.push(text.trim().to_owned());
    }
    found
}

/// Ids go into header fields of our answers: nothing that could break a line or a list.
fn id_like(id: &str) -> bool {
    !id.is_empty() && id.len() <= 900 && id.bytes().all(|byte| byte.is_ascii_graphic())
}

/// An address without the route of hosts before it (RFC 5322 section 4.4).
fn without_route(address: &str) -> &str {
    match address.starts_with('@') {
        true => address.rsplit_once(':').map_or(address, |(_, rest)| rest),
        false => address,
    }
}

fn address_like(address: &str) -> bool {
    let quoted = address.starts_with('"') && address.contains("\"@");
    let space = |letter: char| letter.is_whitespace() && !quoted;
    let plain = address.chars().all(|letter| !letter.is_control() && !space(letter));
    address.len() <= 320
        && plain
        && address.rsplit_once('@').is_some_and(|(local, domain)| {
            !local.is_empty() && !domain.is_empty() && !domain.contains(['<', '>', ',', ';'])
        })
}

fn same_domain(from: &str, reply_to: &str) -> bool {
    let domain = |address: &str| address.rsplit_once('@').map(|(_, domain)| domain.to_lowercase());
    match (domain(from), domain(reply_to)) {
        (Some(from), Some(reply)) => reply == from || reply.ends_with(&format!(".{from}")),
        _ => false,
    }
}

/// Whether a field is written by the servers on the way and by the boxes a mail lies in, not by who sent it.
pub fn is_trace(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "received",
        "return-path",
        "delivered-to",
        "envelope-to",
        "received-spf",
        "authentication-results",
        "status",
        "lines",
        "content-length",
    ];
    const BEGINNINGS: &[&str] = &[
        "x-original-to",
        "x-delivered-to",
        "x-envelope-",
        "x-received",
        "x-spam",
        "x-virus",
        "x-scanned",
        "x-amavis",
        "x-rspamd",
        "x-proofpoint",
        "x-ironport",
        "x-barracuda",
        "x-ms-exchange-",
        "x-forefront-",
        "x-microsoft-antispam",
        "x-eopattributedmessage",
        "x-getmail-",
        "x-status",
        "x-uid",
        "x-keywords",
        "x-mozilla-",
        "arc-",
    ];
    let name = name.trim().to_ascii_lowercase();
    NAMES.contains(&name.as_str())
        || BEGINNINGS.iter().any(|start| name.starts_with(start))
        || (name.starts_with("x-") && name.contains("spam"))
}

fn digest(fields: &[Field<'_>], body: &[u8]) -> Digest {
    let kept = fields
        .iter()
        .filter(|field| !std::str::from_utf8(field.name).is_ok_and(is_trace))
        .flat_map(|field| lines(field.whole));
    let blank: &[u8] = b"\n";
    Digest::of_all(kept.chain([blank]).chain(lines(body)))
}

/// The lines' bytes with LF as their end, whatever it was.
fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let end: &[u8] = b"\n";
    let body = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    let empty = bytes.is_empty();
    body.split(|byte| *byte == b'\n')
        .filter(move |_| !empty)
        .flat_map(move |line| [line.strip_suffix(b"\r").unwrap_or(line), end])
}

#[cfg(test)]
mod tests;
