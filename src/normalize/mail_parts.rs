//! The parts of a mail in reading order: bounded in depth and number, through forwarded mails, bytes as the sender attached them.

use super::Limits;
use super::fields::clean;
use super::mail_html;
use crate::domain::digest::Digest;
use crate::domain::masked::Masked;
use crate::domain::notice::Attachment;
use base64::Engine as _;
use base64::engine::GeneralPurpose;
use base64::engine::GeneralPurposeConfig;
use mail_parser::Encoding;
use mail_parser::Message;
use mail_parser::MessageParser;
use mail_parser::MessagePart;
use mail_parser::MimeHeaders;
use mail_parser::PartType;
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use std::panic::catch_unwind;

/// Whatever bits are left over at a cut.
const STANDARD_NO_PAD: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(base64::engine::DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Stands before a mail that was attached to another.
pub(super) const ATTACHED: &str = "-----Bifogat meddelande-----";

/// A part without parts.
pub(super) struct Leaf {
    /// The content as it was before it was encoded for the mail.
    pub(super) bytes: Vec<u8>,
    /// Text that is shown, not attached.
    pub(super) body: bool,
    name: Option<String>,
    media_type: String,
    in_text: bool,
}

/// Pictures up to this size that stand in a text are signs and logos; a larger one may be a letter photographed. Bytes.
const LOGO: usize = 100_000;

/// What is in a mail.
#[derive(Default)]
pub(super) struct Contents {
    /// Its leaves in the order they came.
    pub(super) leaves: Vec<Leaf>,
    /// The subject, decoded.
    pub(super) subject: String,
    /// The name that the writer goes by, as the header gives it.
    pub(super) from_name: Option<String>,
    /// It was written in the house that it was sent to.
    pub(super) colleague: bool,
    /// The readable text: plain where there is plain, forwarded mails behind the one that forwards them.
    pub(super) text: String,
    /// What stands in the mail itself, without its documents.
    pub(super) said: String,
    /// There were more parts, or deeper ones, than are looked at.
    pub(super) cut: bool,
    /// Characters that no text may hold were taken out.
    pub(super) cleaned: bool,
}

impl Leaf {
    /// The file's name as the sender gave it.
    pub(super) fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Whether it is HTML.
    pub(super) fn is_html(&self) -> bool {
        self.media_type == "text/html"
    }

    /// Whether it is a small picture in the text, such as a sender's logo, which tells nothing.
    pub(super) fn is_logo(&self) -> bool {
        self.media_type.starts_with("image/")
            && self.in_text
            && (1..=LOGO).contains(&self.bytes.len())
    }
}

impl Contents {
    /// The files, described.
    pub(super) fn attachments(&self) -> Vec<Attachment> {
        let files = self.leaves.iter().filter(|leaf| !leaf.body);
        files
            .map(|leaf| Attachment {
                name: leaf.name.as_deref().map(Masked::new),
                media_type: Some(leaf.media_type.clone()),
                size_bytes: leaf.bytes.len() as u64,
                sha256: Digest::of(&leaf.bytes),
            })
            .collect()
    }
}

/// Reads a mail's parts. What is no mail at all has no parts, and its text is what can be read of it.
pub(super) fn contents(raw: &[u8], limits: &Limits) -> Contents {
    let mut contents = Contents::default();
    // A fault in the parser must not cost a notice: what it stumbles over is read by a person.
    let parsed = catch_unwind(|| MessageParser::default().parse(raw)).ok().flatten();
    match parsed.filter(|mail| !mail.parts.is_empty()) {
        Some(mail) => {
            contents.subject = clean(mail.subject().unwrap_or_default()).0;
            let name = mail.from().and_then(|from| from.first()).and_then(|from| from.name());
            let name = name.map(|name| clean(name).0.trim().to_owned());
            contents.from_name = name.filter(|name| !name.is_empty());
            contents.colleague = is_of_one_house(&mail);
            walk(&mail, 0, limits, &mut contents);
        }
        None => {
            contents.text = String::from_utf8_lossy(raw).into_owned();
            contents.said.clone_from(&contents.text);
        }
    }
    let (text, cleaned) = clean(&contents.text);
    contents.said = clean(&contents.said).0;
    contents.text = text;
    contents.cleaned = cleaned;
    contents
}

/// Whether a mail's writer has an address in the same domain as whom it is written to.
fn is_of_one_house(mail: &Message<'_>) -> bool {
    let domain = |address: &str| address.rsplit_once('@').map(|(_, it)| it.trim().to_lowercase());
    let from = mail.from().and_then(|from| from.first()).and_then(|from| from.address());
    let Some(own) = from.and_then(domain) else { return false };
    let to = mail.to().into_iter().flat_map(|to| to.iter()).filter_map(|to| to.address());
    to.filter_map(domain).any(|to| {
        let within = |one: &str, other: &str| one.ends_with(&format!(".{other}"));
        to == own || within(&to, &own) || within(&own, &to)
    })
}

/// Goes through the flat list of parts, never along their links: a mail whose parts name each other cannot hold us up.
fn walk(mail: &Message<'_>, depth: usize, limits: &Limits, contents: &mut Contents) {
    if depth >= limits.depth {
        contents.cut = true;
        return;
    }
    let mut shown = shown(mail);
    // A type that is none (`Content-Type: text`) means plain text (RFC 2045 section 5.2).
    if let [part] = mail.parts.as_slice()
        && is_letter_without_type(part)
    {
        shown.push(0);
    }
    for (id, part) in mail.parts.iter().enumerate() {
        if contents.leaves.len() >= limits.parts {
            contents.cut = true;
            return;
        }
        match &part.body {
            PartType::Multipart(_) => {}
            PartType::Message(nested) => {
                paragraph(&mut contents.said, &heading(nested), limits);
                walk(nested, depth + 1, limits, contents);
            }
            PartType::Text(text) => {
                if shown.contains(&id) {
                    paragraph(&mut contents.text, text, limits);
                    paragraph(&mut contents.said, text, limits);
                }
                contents.leaves.push(leaf(mail, part, shown.contains(&id)));
            }
            PartType::Html(html) => {
                if shown.contains(&id) {
                    let text = mail_html::text(html);
                    paragraph(&mut contents.text, &text, limits);
                    paragraph(&mut contents.said, &text, limits);
                }
                // Mail readers show the HTML instead of the plain text beside it: it is no file either.
                let body = is_html_body(mail, id);
                contents.leaves.push(leaf(mail, part, body || shown.contains(&id)));
            }
            PartType::Binary(_) | PartType::InlineBinary(_) => {
                contents.leaves.push(leaf(mail, part, false));
            }
        }
    }
}

/// How a mail that was attached is announced: as mail readers announce one that is forwarded.
fn heading(mail: &Message<'_>) -> String {
    let from = mail.from().and_then(|from| from.first());
    let name = from.and_then(|from| from.name()).unwrap_or_default();
    let address = from.and_then(|from| from.address()).unwrap_or_default();
    let subject = mail.subject().unwrap_or_default();
    let line = |text: &str| text.replace(['\r', '\n'], " ");
    let (name, address, subject) = (line(name), line(address), line(subject));
    format!("{ATTACHED}\nFrån: {name} <{address}>\nÄmne: {subject}\n")
}

/// The parts that are the mail's text: plain where there is any with words in it, else HTML. Named files are files.
fn shown(mail: &Message<'_>) -> Vec<usize> {
    let ids = |list: &[u32], wanted: fn(&PartType<'_>) -> bool| -> Vec<usize> {
        list.iter()
            .map(|id| *id as usize)
            .filter(|id| {
                mail.parts.get(*id).is_some_and(|part| !is_file(part) && wanted(&part.body))
            })
            .collect()
    };
    let plain = ids(
        &mail.text_body,
        |body| matches!(body, PartType::Text(text) if !text.trim().is_empty()),
    );
    if !plain.is_empty() {
        return plain;
    }
    let html = ids(&mail.html_body, |body| matches!(body, PartType::Html(_)));
    if html.is_empty() {
        ids(&mail.text_body, |body| matches!(body, PartType::Text(_)))
    } else {
        html
    }
}

fn is_letter_without_type(part: &MessagePart<'_>) -> bool {
    let without = part.content_type().is_some_and(|kind| kind.subtype().is_none());
    matches!(part.body, PartType::Text(_)) && without && !is_file(part)
}

fn is_html_body(mail: &Message<'_>, id: usize) -> bool {
    let listed = mail.html_body.iter().any(|body| *body as usize == id);
    listed && mail.parts.get(id).is_some_and(|part| !is_file(part))
}

fn is_file(part: &MessagePart<'_>) -> bool {
    let attached = part.content_disposition().is_some_and(|field| field.is_attachment());
    attached || part.attachment_name().is_some()
}

fn leaf(mail: &Message<'_>, part: &MessagePart<'_>, body: bool) -> Leaf {
    let media_type = part.content_type().map_or_else(
        || "text/plain".to_owned(),
        |kind| format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or("plain")),
    );
    let media_type = clean(&media_type.to_ascii_lowercase()).0;
    let name = file_name(part).map(|name| clean(name).0.trim().to_owned());
    let name = name.filter(|name| !name.is_empty());
    let inline = part.content_disposition().is_some_and(|field| field.is_inline());
    let in_text = inline || part.content_id().is_some();
    Leaf { bytes: bytes(mail, part), body, name, media_type, in_text }
}

/// Of two forms the extended one, which comes last (RFC 6266 section 4.3).
fn file_name<'a>(part: &'a MessagePart<'_>) -> Option<&'a str> {
    let disposition = part.content_disposition().and_then(|field| field.attributes());
    let mut names = disposition.unwrap_or_default().iter().filter(|field| field.name == "filename");
    names.next_back().map(|field| field.value.as_ref()).or_else(|| part.attachment_name())
}

/// The bytes as they were attached. The parser converts text to UTF-8 by the declared charset, which XML and CSV files often
/// have none of, so text is decoded here again from the raw mail.
fn bytes(mail: &Message<'_>, part: &MessagePart<'_>) -> Vec<u8> {
    let range = part.offset_body as usize..part.offset_end as usize;
    let Some(raw) = mail.raw_message.get(range) else { return part.contents().to_vec() };
    if part.is_encoding_problem && is_base64(part) {
        return lenient_base64(raw).unwrap_or_else(|| part.contents().to_vec());
    }
    if !matches!(part.body, PartType::Text(_) | PartType::Html(_)) {
        return part.contents().to_vec();
    }
    let decoded = match part.encoding {
        Encoding::None => Some(raw.to_vec()),
        Encoding::Base64 => base64_decode(raw),
        Encoding::QuotedPrintable => quoted_printable_decode(raw),
    };
    decoded.unwrap_or_else(|| part.contents().to_vec())
}

fn is_base64(part: &MessagePart<'_>) -> bool {
    let declared = part.content_transfer_encoding();
    declared.is_some_and(|encoding| encoding.trim().eq_ignore_ascii_case("base64"))
}

/// Characters outside the alphabet are left out (RFC 2045 section 6.8), and what is cut off ends with its last whole byte.
fn lenient_base64(raw: &[u8]) -> Option<Vec<u8>> {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    let kept: Vec<u8> = raw.iter().copied().filter(plain).collect();
    let whole = kept.len() - usize::from(kept.len() % 4 == 1);
    STANDARD_NO_PAD.decode(kept.get(..whole)?).ok()
}

fn paragraph(text: &mut String, more: &str, limits: &Limits) {
    if text.len() > limits.text_bytes || more.trim().is_empty() {
        return;
    }
    if !text.is_empty() {
        text.push_str("\n\n");
    }
    text.push_str(more.trim());
}
