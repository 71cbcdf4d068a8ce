//! Letters of Word's kind: headers, body, notes and footers in that order; paragraphs as lines, table cells kept apart by tabs.
//!
//! What the author deleted, hid, or left as a prompt to fill in is not read: it is not what a person sees.

use super::Read;
use super::docx_run::Story;
use super::package::Package;
use crate::domain::document::Document;
use crate::domain::document::DocumentKind;
use crate::domain::document::Refusal;
use quick_xml::XmlVersion;
use quick_xml::events::BytesStart;
use quick_xml::events::Event;
use quick_xml::reader::Reader;

/// Headers and footers that are read.
const STORIES_MAX: usize = 20;

/// Reads a letter.
pub(super) fn read(raw: &[u8]) -> Read {
    let mut package = Package::open(raw)?;
    let names = package.names();
    let body = body_of(&names).ok_or(Refusal::NotReadable)?;
    let mut document = Document::of(DocumentKind::Docx);
    let mut told: Vec<String> = Vec::new();
    let mut found_body = false;
    for name in stories(&names, &body) {
        let Some(xml) = package.text(&name)? else { continue };
        let (story, whole) = story(&xml).ok_or(Refusal::NotReadable)?;
        found_body |= name == body;
        if !whole {
            document.remark("damaged");
        }
        // First pages and even pages have headers of their own that mostly say the same.
        let text = story.text.trim().to_owned();
        if text.is_empty() || (name != body && told.contains(&text)) {
            continue;
        }
        if !document.text.is_empty() {
            document.text.push_str("\n\n");
        }
        document.text.push_str(&text);
        document.tables.extend(story.tables);
        document.fields.extend(story.fields);
        told.push(text);
    }
    for (at, table) in document.tables.iter_mut().enumerate() {
        table.name = format!("table {}", at + 1);
    }
    let pictures = names.iter().any(|name| name.starts_with("word/media/"));
    let letters = document.text.chars().filter(|c| c.is_alphanumeric()).count();
    if !found_body {
        return Err(Refusal::NotReadable);
    }
    if letters < 20 && pictures {
        return Err(Refusal::Scanned);
    }
    Ok(document)
}

/// The part that is the letter itself.
fn body_of(names: &[String]) -> Option<String> {
    let numbered = |name: &&String| {
        let between = name.strip_prefix("word/document").and_then(|it| it.strip_suffix(".xml"));
        between.is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
    };
    names.iter().find(numbered).cloned()
}

/// The parts with text, in the order in which a person comes upon them.
fn stories(names: &[String], body: &str) -> Vec<String> {
    let parts = |start: &str| -> Vec<String> {
        let of = |name: &&String| name.starts_with(start) && name.ends_with(".xml");
        names.iter().filter(of).take(STORIES_MAX).cloned().collect()
    };
    let mut stories = parts("word/header");
    stories.push(body.to_owned());
    stories.extend(parts("word/footnotes"));
    stories.extend(parts("word/endnotes"));
    stories.extend(parts("word/footer"));
    stories
}

/// Reads one part; whether it was whole. `None` for one with a DOCTYPE, which no Word writes.
fn story(xml: &str) -> Option<(Story, bool)> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let mut story = Story::default();
    let whole = loop {
        let Ok(event) = reader.read_event() else { break false };
        match event {
            Event::Start(start) => {
                story.start(start.local_name().as_ref(), &|name| attribute(&start, name));
            }
            Event::End(end) => story.end(end.local_name().as_ref()),
            Event::Text(text) => story.text(&text.xml_content(XmlVersion::Explicit1_0)),
            Event::CData(text) => story.text(&text.xml_content(XmlVersion::Explicit1_0)),
            Event::GeneralRef(reference) => match crate::normalize::xml::resolve(&reference) {
                Some(character) => story.text(character.encode_utf8(&mut [0; 4])),
                None => break false,
            },
            Event::DocType(_) => return None,
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::Empty(_) => {}
            Event::Eof => break story.is_at_end(),
        }
    };
    story.finish();
    Some((story, whole))
}

/// An attribute by its name without prefix.
fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = start.attributes().flatten();
    let found = attributes.find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(found.normalized_value(XmlVersion::Explicit1_0).ok()?.into_owned())
}
