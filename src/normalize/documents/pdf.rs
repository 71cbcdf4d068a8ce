//! PDF: the text of each page where it stands, with what was filled into its form; encrypted and scanned ones told as such.

use super::Read;
use super::TEXT_BYTES;
use super::pdf_form;
use super::pdf_form::Written;
use super::pdf_layout::Page;
use crate::domain::document::Document;
use crate::domain::document::DocumentKind;
use crate::domain::document::Refusal;
use pdf_extract::Object;
use pdf_extract::ObjectId;
use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;

/// Pages that are read.
const PAGES_MAX: usize = 300;
/// A document with fewer letters than this, but with pictures, is a scan.
const LETTERS_OF_A_SCAN: usize = 20;

/// Reads a PDF.
pub(super) fn read(raw: &[u8]) -> Read {
    let start = raw.windows(5).take(2048).position(|window| window == b"%PDF-").unwrap_or(0);
    let mut pdf = load(raw.get(start..).unwrap_or(raw))?;
    let pages: Vec<(u32, ObjectId)> = pdf.get_pages().into_iter().collect();
    if pages.is_empty() {
        return Err(Refusal::NotReadable);
    }
    let pictures = without_pictures(&mut pdf);
    let form = pdf_form::read(&pdf, &pages);
    let mut document = Document::of(DocumentKind::Pdf);
    if pages.len() > PAGES_MAX {
        document.remark("shortened");
    }
    let mut letters = 0;
    let mut empty_pages = 0;
    for (number, id) in pages.iter().take(PAGES_MAX) {
        let written = form.written.get(id).map_or(&[][..], Vec::as_slice);
        let (page, whole) = page(&pdf, *number, written);
        if !whole {
            document.remark("pageNotWhole");
        }
        let (text, tables) = page.finish(*number);
        let on_page = text.chars().filter(|c| c.is_alphanumeric()).count();
        letters += on_page;
        empty_pages += usize::from(on_page < LETTERS_OF_A_SCAN / 2);
        if !document.text.is_empty() && !text.is_empty() {
            document.text.push_str("\n\n");
        }
        document.text.push_str(&text);
        document.tables.extend(tables);
        if document.text.len() > TEXT_BYTES {
            break;
        }
    }
    document.fields = form.fields;
    // Letters that are drawn as lines, or nothing at all: only eyes can tell.
    if letters == 0 || (letters < LETTERS_OF_A_SCAN && pictures > 0) {
        let damaged = document.remarks.iter().any(|remark| remark == "pageNotWhole");
        return Err(if damaged { Refusal::NotReadable } else { Refusal::Scanned });
    }
    if pictures > 0 && empty_pages > 0 {
        document.remark("pageScanned");
    }
    Ok(document)
}

fn load(raw: &[u8]) -> Result<pdf_extract::Document, Refusal> {
    let refused = |error: pdf_extract::Error| match error {
        pdf_extract::Error::InvalidPassword
        | pdf_extract::Error::Decryption(_)
        | pdf_extract::Error::UnsupportedSecurityHandler(_) => Refusal::Encrypted,
        _ => Refusal::NotReadable,
    };
    let mut pdf = pdf_extract::Document::load_mem(raw).map_err(refused)?;
    // The library opens what opens without a password as it loads it.
    if pdf.is_encrypted() && pdf.decrypt("").is_err() {
        return Err(Refusal::Encrypted);
    }
    Ok(pdf)
}

/// Empties the pictures, whose bytes the text reader would take for instructions, and counts them.
fn without_pictures(pdf: &mut pdf_extract::Document) -> usize {
    let mut pictures = 0;
    for object in pdf.objects.values_mut() {
        if let Object::Stream(stream) = object
            && stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|it| it == b"Image")
        {
            stream.dict.remove(b"Filter");
            stream.dict.remove(b"DecodeParms");
            stream.content = Vec::new();
            pictures += 1;
        }
    }
    pictures
}

/// What stands on a page, and whether all of it was read: the library panics on much that it does not know.
fn page(pdf: &pdf_extract::Document, number: u32, written: &[Written]) -> (Page, bool) {
    let mut page = Page::default();
    let extracted = catch_unwind(AssertUnwindSafe(|| {
        pdf_extract::output_doc_page(pdf, &mut page, number).is_ok()
    }));
    for piece in written {
        page.write((piece.left, piece.right), piece.bottom, piece.size, &piece.text);
    }
    (page, extracted.unwrap_or(false))
}
