//! The form of a PDF (AcroForm): its fields as label and value, and each value where it is seen on its page.
//!
//! What is filled in is no part of the page's own text. It is put back where it stands, so that `Namn:` is followed by the name. Notes typed
//! onto a page (FreeText) are treated the same.

use crate::domain::document::Field;
use pdf_extract::Dictionary;
use pdf_extract::Document;
use pdf_extract::Object;
use pdf_extract::ObjectId;
use pdf_extract::StringFormat;
use pdf_extract::decode_text_string;
use std::collections::BTreeMap;
use std::collections::HashSet;

/// Levels of fields within fields.
const DEPTH_MAX: usize = 32;
/// Fields that are looked at.
const NODES_MAX: usize = 20_000;
/// A push button, which holds no value (ISO 32000-1 table 226).
const PUSH_BUTTON: i64 = 1 << 16;
/// A box that is ticked, and one that is not, as a person sees them.
const TICKED: &str = "☒";
const NOT_TICKED: &str = "☐";
/// The height of a filled-in value's letters, in points; less in a low box.
const SIZE: f64 = 10.0;

/// A piece of text that somebody put on a page.
pub(super) struct Written {
    /// Left edge in points.
    pub(super) left: f64,
    /// Right edge in points.
    pub(super) right: f64,
    /// Base line in points.
    pub(super) bottom: f64,
    /// Height of its letters in points.
    pub(super) size: f64,
    /// One line of text.
    pub(super) text: String,
}

/// A form.
#[derive(Default)]
pub(super) struct Form {
    /// Fields that hold something, or are boxes.
    pub(super) fields: Vec<Field>,
    /// What stands on each page.
    pub(super) written: BTreeMap<ObjectId, Vec<Written>>,
}

/// What fields inherit from the field they belong to.
#[derive(Clone, Default)]
struct Inherited {
    name: String,
    label: Option<String>,
    kind: Vec<u8>,
    flags: i64,
    value: Option<Object>,
}

struct Walk<'a> {
    pdf: &'a Document,
    page_of: BTreeMap<ObjectId, ObjectId>,
    seen: HashSet<ObjectId>,
    form: Form,
}

/// Reads the form. A PDF without one has an empty form.
pub(super) fn read(pdf: &Document, pages: &[(u32, ObjectId)]) -> Form {
    let mut walk =
        Walk { pdf, page_of: BTreeMap::new(), seen: HashSet::new(), form: Form::default() };
    for (_, page) in pages {
        walk.annotations(*page);
    }
    let form = pdf.catalog().ok().and_then(|root| dictionary(pdf, root.get(b"AcroForm").ok()?));
    let fields = form.and_then(|form| array(pdf, form.get(b"Fields").ok()?));
    for field in fields.into_iter().flatten() {
        walk.field(field, &Inherited::default(), 0);
    }
    walk.form
}

impl Walk<'_> {
    /// Remembers which page each widget is on, and takes the notes typed onto it.
    fn annotations(&mut self, page: ObjectId) {
        let pdf = self.pdf;
        let list = pdf.get_dictionary(page).ok().and_then(|page| page.get(b"Annots").ok());
        for annotation in list.and_then(|list| array(pdf, list)).into_iter().flatten() {
            if let Object::Reference(id) = annotation {
                self.page_of.insert(*id, page);
            }
            let Some(dict) = dictionary(pdf, annotation) else { continue };
            if dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|it| it == b"FreeText")
                && let Some(text) = dict.get(b"Contents").ok().and_then(|it| text(pdf, it))
            {
                self.put(page, dict, &text);
            }
        }
    }

    fn field(&mut self, object: &Object, above: &Inherited, depth: usize) {
        let id = object.as_reference().ok();
        let known = id.is_some_and(|id| !self.seen.insert(id));
        if known || depth > DEPTH_MAX || self.seen.len() > NODES_MAX {
            return;
        }
        let pdf = self.pdf;
        let Some(dict) = dictionary(pdf, object) else { return };
        let own = inherit(pdf, dict, above);
        let kids = dict.get(b"Kids").ok().and_then(|kids| array(pdf, kids));
        let kids: &[Object] = kids.map_or(&[], Vec::as_slice);
        // Children without a name of their own are places where the same field is shown.
        let named = |kid: &&Object| dictionary(pdf, kid).is_some_and(|kid| kid.has(b"T"));
        if kids.iter().any(|kid| named(&kid)) {
            kids.iter().for_each(|kid| self.field(kid, &own, depth + 1));
            return;
        }
        let Some(value) = value(pdf, &own) else { return };
        let label = own.label.unwrap_or(own.name);
        self.form.fields.push(Field { label, value: value.clone() });
        let places = if kids.is_empty() { std::slice::from_ref(object) } else { kids };
        for place in places {
            self.show(place, &own.kind, &value);
        }
    }

    /// Puts a field's value on the page where it is seen.
    fn show(&mut self, place: &Object, kind: &[u8], value: &str) {
        let Some(dict) = dictionary(self.pdf, place) else { return };
        let said = dict.get(b"P").and_then(Object::as_reference).ok();
        let id = place.as_reference().ok();
        let Some(page) = id.and_then(|id| self.page_of.get(&id).copied()).or(said) else { return };
        if kind == b"Btn" {
            let state = dict.get(b"AS").and_then(Object::as_name).unwrap_or(value.as_bytes());
            self.put(page, dict, if state == b"Off" { NOT_TICKED } else { TICKED });
        } else {
            self.put(page, dict, value);
        }
    }

    fn put(&mut self, page: ObjectId, dict: &Dictionary, text: &str) {
        let corners: Vec<f64> = dict
            .get(b"Rect")
            .ok()
            .and_then(|rect| array(self.pdf, rect))
            .into_iter()
            .flatten()
            .filter_map(|number| self.pdf.dereference(number).ok()?.1.as_float().ok())
            .map(f64::from)
            .collect();
        let &[one, below, other, above] = corners.as_slice() else { return };
        let (left, bottom) = (one.min(other), below.min(above));
        // A box is as wide as it is drawn; letters are about half as wide as high.
        let is_box = matches!(text, TICKED | NOT_TICKED);
        let height = (above - below).abs();
        let size = SIZE.min((height * 0.7).max(4.0));
        let lines: Vec<&str> = text.lines().collect();
        // One line sits in the middle of its box, several begin at its top.
        let first = match lines.len() {
            0 | 1 => bottom + ((height - size) / 2.0).max(0.0) + size * 0.15,
            _ => bottom + height - size,
        };
        let written = self.form.written.entry(page).or_default();
        for (at, line) in lines.into_iter().enumerate() {
            let bottom = first - size * 1.2 * at as f64;
            let width = line.chars().count() as f64 * size * 0.5;
            let right = if is_box { one.max(other) } else { left + width };
            written.push(Written { left, right, bottom, size, text: line.to_owned() });
        }
    }
}

fn inherit(pdf: &Document, dict: &Dictionary, above: &Inherited) -> Inherited {
    let mut own = above.clone();
    if let Some(name) = dict.get(b"T").ok().and_then(|name| text(pdf, name)) {
        let dot = if own.name.is_empty() { "" } else { "." };
        own.name = format!("{}{dot}{name}", own.name);
        own.label = None;
    }
    if let Some(label) = dict.get(b"TU").ok().and_then(|label| text(pdf, label)) {
        own.label = Some(label).filter(|label| !label.trim().is_empty());
    }
    if let Ok(kind) = dict.get(b"FT").and_then(Object::as_name) {
        own.kind = kind.to_vec();
    }
    if let Ok(flags) = dict.get(b"Ff").and_then(Object::as_i64) {
        own.flags = flags;
    }
    if let Some((_, value)) = dict.get(b"V").ok().and_then(|value| pdf.dereference(value).ok()) {
        own.value = Some(value.clone());
    }
    own
}

/// What was filled in: the text, the chosen words, or the word of a box's state.
fn value(pdf: &Document, field: &Inherited) -> Option<String> {
    if field.kind == b"Sig" || (field.kind == b"Btn" && field.flags & PUSH_BUTTON != 0) {
        return None;
    }
    let value = field.value.as_ref();
    if field.kind == b"Btn" {
        return Some(value.and_then(|value| text(pdf, value)).unwrap_or_else(|| "Off".to_owned()));
    }
    let value = match value? {
        Object::Array(chosen) => {
            let words: Vec<String> = chosen.iter().filter_map(|word| text(pdf, word)).collect();
            words.join(", ")
        }
        other => text(pdf, other)?,
    };
    (!value.trim().is_empty()).then_some(value)
}

/// A text string, a name, or a stream with either.
fn text(pdf: &Document, object: &Object) -> Option<String> {
    let (_, object) = pdf.dereference(object).ok()?;
    match object {
        Object::Name(name) => Some(String::from_utf8_lossy(name).into_owned()),
        Object::Stream(stream) => {
            let bytes = stream.get_plain_content().ok()?;
            decoded(&Object::String(bytes, StringFormat::Literal))
        }
        other => decoded(other),
    }
    .map(|text| text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n"))
}

/// The text of a string. The line breaks of one in PDFDocEncoding, which the decoder drops, part its lines as they part them for a person.
fn decoded(string: &Object) -> Option<String> {
    let bytes = string.as_str().ok()?;
    if bytes.starts_with(b"\xFE\xFF") || bytes.starts_with(b"\xEF\xBB\xBF") {
        return decode_text_string(string).ok();
    }
    let lines = bytes.split(|byte| matches!(byte, b'\r' | b'\n'));
    let lines: Vec<String> = lines
        .filter_map(|line| {
            decode_text_string(&Object::String(line.to_vec(), StringFormat::Literal)).ok()
        })
        .filter(|line| !line.is_empty())
        .collect();
    Some(lines.join("\n"))
}

fn dictionary<'a>(pdf: &'a Document, object: &'a Object) -> Option<&'a Dictionary> {
    pdf.dereference(object).ok()?.1.as_dict().ok()
}

fn array<'a>(pdf: &'a Document, object: &'a Object) -> Option<&'a Vec<Object>> {
    pdf.dereference(object).ok()?.1.as_array().ok()
}
