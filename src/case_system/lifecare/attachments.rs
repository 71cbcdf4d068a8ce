//! The two documents of an entry: the message as it came and a readable summary. Their titles are the only place in Lifecare that
//! can bear our reference, so they are also how an entry is known as ours.

use crate::case_system::HandOver;
use crate::case_system::enclosure::Document;
use crate::case_system::lifecare::codes::Codes;
use crate::case_system::summary;
use crate::domain::failure::Failure;
use crate::domain::notice::Notice;
use crate::domain::received::Format;
use crate::domain::reference::Reference;
use reqwest::multipart;
use reqwest::multipart::Form;

/// One of the two documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The message as it came.
    Original,
    /// The readable summary.
    Summary,
}

impl Part {
    /// In the order in which they are attached.
    pub(super) const ALL: [Self; 2] = [Self::Original, Self::Summary];

    /// The word in notes and request ids.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Original => "original",
            Self::Summary => "summary",
        }
    }

    /// The title in Lifecare.
    pub(super) fn title(self, reference: &Reference) -> String {
        let what = match self {
            Self::Original => "Original",
            Self::Summary => "Sammanfattning",
        };
        format!("{what} {}", mark(reference))
    }

    /// What this notice's entry gets. The original is left out where the pipeline gives none: a message about several households must
    /// not land whole in one person's file.
    pub(super) fn wanted(hand_over: &HandOver) -> Vec<Self> {
        match hand_over.original {
            Some(_) => Self::ALL.to_vec(),
            None => vec![Self::Summary],
        }
    }
}

/// What every mark begins with, whosever reference follows.
pub(super) const MARK_BEGINS: &str = "[ref ";

/// Our mark in a title.
pub(super) fn mark(reference: &Reference) -> String {
    format!("{MARK_BEGINS}{reference}]")
}

/// The request that attaches a document; `None` when there is no original to attach.
pub(super) fn form(
    part: Part,
    hand_over: &HandOver,
    notice: &Notice,
    codes: &Codes,
) -> Result<Option<Form>, Failure> {
    let reference = &hand_over.reference;
    let (content, file_name, media_type) = match (part, &hand_over.original) {
        (Part::Original, None) => return Ok(None),
        (Part::Original, Some(original)) => {
            let length = u64::try_from(original.bytes.len()).unwrap_or(u64::MAX);
            let body = reqwest::Body::from(original.bytes.clone());
            let name = format!("{reference}.{}", extension(original.format));
            let part = multipart::Part::stream_with_length(body, length);
            (part, name, original.format.media_type())
        }
        (Part::Summary, _) => {
            let text = summary::write(hand_over, notice);
            let name = format!("{reference}-sammanfattning.txt");
            (multipart::Part::text(text), name, "text/plain; charset=utf-8")
        }
    };
    let content = content.file_name(file_name);
    let mut form = titled(codes, part.title(reference));
    if let Some(name) = notice.sender.as_ref().and_then(|sender| sender.name.as_ref()) {
        form = form.text("SenderName", name.reveal().chars().take(200).collect::<String>());
    }
    Ok(Some(form.part("Content", with_type(content, media_type)?)))
}

/// The request that attaches a document of our own.
pub(super) fn own_form(document: &Document, title: &str, codes: &Codes) -> Result<Form, Failure> {
    let length = u64::try_from(document.bytes.len()).unwrap_or(u64::MAX);
    let body = reqwest::Body::from(document.bytes.clone());
    let content =
        multipart::Part::stream_with_length(body, length).file_name(document.file.clone());
    let content = with_type(content, document.media_type)?;
    Ok(titled(codes, title.to_owned()).part("Content", content))
}

fn titled(codes: &Codes, title: String) -> Form {
    Form::new()
        .text("InsertDocumentType", codes.attachment_type.to_string())
        .text("InsertDocumentSenderType", codes.attachment_sender_type.to_string())
        .text("Title", title)
}

fn with_type(content: multipart::Part, media_type: &str) -> Result<multipart::Part, Failure> {
    let unusable = |_| Failure::Permanent("the document's media type is unusable".to_owned());
    content.mime_str(media_type).map_err(unusable)
}

fn extension(format: Format) -> &'static str {
    match format {
        Format::Json => "json",
        Format::Xml => "xml",
        Format::Csv => "csv",
        Format::Mail => "eml",
        Format::Pdf | Format::Docx | Format::Xlsx | Format::Zip => format.as_str(),
        Format::Other => "bin",
    }
}
