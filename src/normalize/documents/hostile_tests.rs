//! Documents made to hurt: each is answered, with little memory and in little time. What can only be survived in a process of its own is tried
//! in `tests/it/documents`.

use super::parse;
use super::tests::fixture;
use crate::domain::document::Answer;
use crate::domain::document::Cell;
use crate::domain::document::Content;
use crate::domain::document::Document;
use crate::domain::document::Refusal;
use crate::domain::received::Format;
use crate::normalize::detect;
use std::io::Cursor;
use std::io::Write as _;
use std::panic::catch_unwind;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a file");
        zip.write_all(content).expect("its content");
    }
    zip.finish().expect("an archive").into_inner()
}

fn letter(body: &str) -> Vec<u8> {
    let xml = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    zipped(&[("word/document.xml", xml.as_bytes())])
}

fn read(format: Format, raw: &[u8]) -> Document {
    match parse(format, raw, None) {
        Answer::Read(document) => *document,
        Answer::Refused(refusal) => panic!("{refusal:?}"),
    }
}

#[test]
fn documents_cut_off_anywhere_are_answered() {
    for name in ["letter.pdf", "form.pdf", "letter.docx", "rents.xlsx", "archive.zip"] {
        let raw = fixture(name);
        for part in 0..32 {
            let cut = &raw[..raw.len() * part / 32];
            // A panic is what the child process is for; it must be all that happens.
            drop(catch_unwind(|| parse(detect(&raw, Some(name)), cut, None)));
            detect(cut, Some(name));
        }
    }
    for format in Format::DOCUMENTS {
        for raw in [&b""[..], b"PK\x03\x04", b"%PDF-1.7\n", b"PK\x05\x06\0\0\0\0", &[0xff; 4096]] {
            assert_eq!(parse(format, raw, None), Answer::Refused(Refusal::NotReadable));
        }
    }
}

#[test]
fn entities_are_never_expanded() {
    let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]>\
        <w:document xmlns:w=\"w\"><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:document>";
    let raw = zipped(&[("word/document.xml", bomb.as_bytes())]);
    assert_eq!(parse(Format::Docx, &raw, None), Answer::Refused(Refusal::NotReadable));
    let undeclared = letter("<w:p><w:r><w:t>Före &amp; &#229; &b; efter</w:t></w:r></w:p>");
    let document = read(Format::Docx, &undeclared);
    assert_eq!(document.text, "Före & å");
    assert_eq!(document.remarks, ["damaged"]);
}

#[test]
fn nesting_of_any_depth_is_read() {
    let deep = 50_000;
    let tables = format!(
        "{}<w:p><w:r><w:t>innerst</w:t></w:r></w:p>{}",
        "<w:tbl><w:tr><w:tc>".repeat(deep),
        "</w:tc></w:tr></w:tbl>".repeat(deep)
    );
    let document = read(Format::Docx, &letter(&tables));
    assert_eq!(document.text, "innerst");
    assert!(document.remarks.contains(&"shortened".to_owned()) || document.tables.len() == deep);
    let controls = format!("{}{}", "<w:sdt>".repeat(deep), "</w:sdt>".repeat(deep));
    assert_eq!(read(Format::Docx, &letter(&controls)).text, "");
    for nested in ["[".repeat(100_000), "<<".repeat(100_000), "<</A ".repeat(100_000)] {
        let raw = format!(
            "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R/X {nested}>>\nendobj\n\
             trailer <</Root 1 0 R>>\nstartxref\n9\n%%EOF"
        );
        let answer = catch_unwind(|| parse(Format::Pdf, raw.as_bytes(), None));
        assert!(answer.is_err() || answer.is_ok_and(|it| matches!(it, Answer::Refused(_))));
    }
}

#[test]
fn an_archive_that_grows_beyond_measure_is_told_and_its_neighbours_are_read() {
    let zeros = vec![0; 70 * 1024 * 1024];
    let bomb = zipped(&[("bomb.txt", &zeros), ("not.txt", b"Exempelgatan 12")]);
    assert!(bomb.len() < 200_000);
    let archive = read(Format::Zip, &bomb);
    assert_eq!(archive.entries[0].content, Content::Skipped("tooMuch".to_owned()));
    assert!(
        matches!(&archive.entries[1].content, Content::Document(it) if it.text == "Exempelgatan 12")
    );
    let only = zipped(&[("bomb.txt", &zeros)]);
    assert_eq!(parse(Format::Zip, &only, None), Answer::Refused(Refusal::TooMuch));
    let inner = zipped(&[("bomb.zip", &only)]);
    let archive = read(Format::Zip, &inner);
    assert_eq!(archive.entries[0].content, Content::Skipped("nested".to_owned()));
    let names: Vec<String> = (0..150).map(|at| format!("{at}.txt")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|it| (it.as_str(), &b"hej"[..])).collect();
    let archive = read(Format::Zip, &zipped(&many));
    assert_eq!((archive.entries.len(), archive.remarks.len()), (100, 1));
}

#[test]
fn a_letter_that_grows_beyond_measure_is_told() {
    let mut body = b"<w:document xmlns:w=\"w\">".to_vec();
    body.resize(130 * 1024 * 1024, b' ');
    let bomb = zipped(&[("word/document.xml", &body)]);
    assert_eq!(parse(Format::Docx, &bomb, None), Answer::Refused(Refusal::TooMuch));
    let long = letter(&"<w:p><w:r><w:t>Testa Testsson åäö</w:t></w:r></w:p>".repeat(100_000));
    let document = read(Format::Docx, &long);
    assert!(document.text.len() <= super::TEXT_BYTES);
    assert_eq!(document.remarks, ["shortened"]);
}

/// A workbook with one sheet whose rows are these.
fn workbook(rows: &str) -> Vec<u8> {
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    let book = format!(
        "<workbook xmlns:r=\"{relations}\"><sheets><sheet name=\"Blad\" sheetId=\"1\" r:id=\"a\"/></sheets></workbook>"
    );
    let links = format!(
        "<Relationships><Relationship Id=\"a\" Type=\"{relations}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
    );
    let root = format!(
        "<Relationships><Relationship Id=\"a\" Type=\"{relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    zipped(&[
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", links.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

#[test]
fn a_sheet_of_a_million_rows_and_a_cell_in_the_last_corner_cost_little() {
    let rows: String =
        (1..=1_000_000).map(|row| format!("<row r=\"{row}\"><c><v>{row}</v></c></row>")).collect();
    let document = read(Format::Xlsx, &workbook(&rows));
    assert_eq!(document.tables[0].rows.len(), 20_000);
    assert_eq!(document.remarks, ["shortened"]);
    let corners = "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"XFD1\"><v>2</v></c></row>\
        <row r=\"1048576\"><c r=\"XFD1048576\"><v>3</v></c></row>";
    let document = read(Format::Xlsx, &workbook(corners));
    assert_eq!(document.tables[0].rows, [[Cell::Number("1".to_owned())]]);
    assert_eq!(document.remarks, ["shortened"]);
    let wide: String = (1..=20_000)
        .map(|row| format!("<row r=\"{row}\"><c r=\"SR{row}\"><v>1</v></c></row>"))
        .collect();
    let document = read(Format::Xlsx, &workbook(&wide));
    assert!(document.tables[0].rows.iter().map(Vec::len).sum::<usize>() <= super::CELLS_MAX);
}

#[test]
fn pictures_in_a_pdf_are_never_taken_for_instructions() {
    let text = read(Format::Pdf, &fixture("letter-truetype.pdf")).text;
    assert!(text.starts_with("Fastighets AB Exempelhus"), "{text}");
}
