//! What people send, read as they would read it: every document of `tests/fixtures/documents`.

use super::parse;
use crate::domain::document::Answer;
use crate::domain::document::Cell;
use crate::domain::document::Content;
use crate::domain::document::Document;
use crate::domain::document::DocumentKind;
use crate::domain::document::Refusal;
use crate::domain::received::Format;
use crate::normalize::detect;
use std::path::Path;

pub(super) fn fixture(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/documents");
    std::fs::read(folder.join(name)).expect("a fixture")
}

fn answer(name: &str) -> (Format, Answer) {
    let raw = fixture(name);
    let format = detect(&raw, Some(name));
    (format, parse(format, &raw, None))
}

fn read(name: &str) -> Document {
    match answer(name) {
        (_, Answer::Read(document)) => *document,
        (format, Answer::Refused(refusal)) => panic!("{name} ({format:?}): {refusal:?}"),
    }
}

/// Rows as they are seen, cells kept apart by bars.
fn rows(document: &Document, table: usize) -> Vec<String> {
    let row = |cells: &Vec<Cell>| {
        cells.iter().map(|cell| cell.as_str().to_owned()).collect::<Vec<_>>().join("|")
    };
    document.tables.get(table).expect("a table").rows.iter().map(row).collect()
}

fn fields(document: &Document) -> Vec<String> {
    document.fields.iter().map(|field| format!("{}={}", field.label, field.value)).collect()
}

#[track_caller]
fn holds(text: &str, pieces: &[&str]) {
    for piece in pieces {
        assert!(text.contains(piece), "{piece:?} is missing in\n{text}");
    }
}

const LETTER: &[&str] = &[
    "Fastighets AB Exempelhus\tMalmö den 10 oktober 2026\n\n",
    "enligt 12 kap. 44 § jordabalken\n",
    "Hyresgäst: Testa Testsson, 850101-2390\nAdress: Exempelgatan 12, lgh 1102, 214 00 Malmö\n",
    "Månad\tFörfallodag\tBelopp\nSeptember 2026\t2026-08-31\t8 912,00\n",
    "Summa\t17 824,00\n",
    "Åsa Ängström, förvaltare\n\nSida två: inga barn är kända.",
];

#[test]
fn a_letter_in_pdf_is_read_line_by_line_with_its_table() {
    for name in ["letter.pdf", "letter-truetype.pdf", "encrypted-without-password.pdf"] {
        let letter = read(name);
        assert_eq!(letter.kind, DocumentKind::Pdf);
        holds(&letter.text, LETTER);
        let table = letter.tables.iter().position(|table| table.rows.len() == 4).expect(name);
        assert_eq!(
            rows(&letter, table),
            [
                "Månad|Förfallodag|Belopp",
                "September 2026|2026-08-31|8 912,00",
                "Oktober 2026|2026-09-30|8 912,00",
                "Summa||17 824,00"
            ]
        );
        assert_eq!(letter.remarks, Vec::<String>::new(), "{name}");
    }
}

#[test]
fn a_page_lying_on_its_side_is_read_along_its_lines() {
    let page = read("landscape.pdf");
    holds(&page.text, &["Liggande sida\n", "Hyresgäst\tTesta Testsson\nBelopp\t17 824 kr"]);
}

#[test]
fn what_was_filled_into_a_form_stands_beside_its_label() {
    let form = read("form.pdf");
    let filled = fields(&form);
    for field in [
        "Hyresgästens namn=Åke Testsson",
        "Personnummer=850101-2390",
        "belopp=17 824 kr",
        "Barn i hushållet=Yes",
        "Uppsagd=Off",
        "Upplåtelseform=Hyresrätt",
    ] {
        assert!(filled.iter().any(|found| found == field), "{field} is missing in {filled:?}");
    }
    holds(
        &form.text,
        &[
            "Namn:\tÅke Testsson\n",
            "Personnummer:\t850101-2390\n",
            "☒ Det finns barn i hushållet\n",
            "☐ Uppsagd\n",
            "Upplåtelse:\tHyresrätt",
        ],
    );
}

#[test]
fn what_only_a_person_can_open_or_see_is_told_as_such() {
    let cases = [
        ("encrypted.pdf", Format::Pdf, Refusal::Encrypted),
        ("encrypted.docx", Format::Docx, Refusal::Encrypted),
        ("encrypted.zip", Format::Zip, Refusal::Encrypted),
        ("scanned.pdf", Format::Pdf, Refusal::Scanned),
    ];
    for (name, format, refusal) in cases {
        assert_eq!(answer(name), (format, Answer::Refused(refusal)), "{name}");
    }
}

#[test]
fn a_letter_of_words_kind_is_read_with_header_table_and_controls() {
    let letter = read("letter.docx");
    assert_eq!(letter.kind, DocumentKind::Docx);
    let text = &letter.text;
    assert!(text.starts_with("Bostadsrättsföreningen Exemplet, 7696000004\n"), "{text}");
    assert!(text.ends_with("Exempelgatan 12, 214 00 Malmö"), "{text}");
    holds(
        text,
        &[
            "Medlemmen Testa Testsson (850101-2390) har inte betalat.\n",
            "Månad\tFörfallodag\tBelopp\nSeptember\t2026-08-31\t4 500 kr\n",
            "Lägenhet: 1102\n☒ Barn i hushållet\nKvar\n",
        ],
    );
    for unseen in ["struket", "flyttat", "dolt"] {
        assert!(!text.contains(unseen), "{unseen} in\n{text}");
    }
    assert_eq!(rows(&letter, 0)[2], "Oktober|2026-09-30|4 500 kr");
    assert_eq!(fields(&letter), ["Lägenhetsnummer=1102", "Barn=On"]);
}

#[test]
fn a_workbook_is_read_as_it_is_seen_hidden_sheets_too() {
    let book = read("rents.xlsx");
    assert_eq!(book.kind, DocumentKind::Xlsx);
    assert_eq!(
        rows(&book, 0),
        [
            "Fastighets AB Exempelhus, obetalda hyror",
            "",
            "Namn|Personnummer|Förfallodag|Hyra|Uppsagd|Kl.",
            "Testa Testsson|198501012390|2026-08-31|8912|SANT|09:30",
            "Åsa Testsson|850101-2382|2026-09-30 10:15|8912.5|FALSKT",
            "Summa|||17824.5",
        ]
    );
    let cell = |row: usize, column: usize| book.tables[0].rows[row][column].clone();
    assert_eq!(cell(3, 1), Cell::Number("198501012390".to_owned()));
    assert_eq!(cell(3, 2), Cell::Date("2026-08-31".to_owned()));
    assert_eq!(cell(3, 4), Cell::Flag(true));
    assert_eq!(rows(&book, 1), ["Annan Testsson|19900102-2384"]);
    assert_eq!(
        book.tables.iter().map(|it| &it.name).collect::<Vec<_>>(),
        ["Obetalda hyror", "Gammalt"]
    );
    assert_eq!(book.remarks, ["hiddenSheet"]);
    holds(&book.text, &["Obetalda hyror\nFastighets AB", "Gammalt\nAnnan Testsson\t19900102-2384"]);
}

#[test]
fn an_archive_is_read_entry_by_entry_and_what_is_not_read_is_told() {
    let archive = read("archive.zip");
    let told: Vec<String> = archive
        .entries
        .iter()
        .map(|entry| match &entry.content {
            Content::Document(inner) => format!("{} {:?}", entry.name, inner.kind),
            Content::Skipped(reason) => format!("{} {reason}", entry.name),
        })
        .collect();
    assert_eq!(
        told,
        [
            "brev/Underrättelse.pdf Pdf",
            "rents.xlsx Xlsx",
            "brev.docx Docx",
            "notis.txt Text",
            "inner.zip nested",
            "bild.png otherKind",
            "hemlig.pdf encrypted",
            "skannad.pdf scanned",
            "mejl.eml Mail",
        ]
    );
    let text_of = |at: usize| match &archive.entries[at].content {
        Content::Document(inner) => inner.text.clone(),
        Content::Skipped(reason) => panic!("{reason}"),
    };
    holds(&text_of(0), LETTER);
    assert_eq!(text_of(3), "Hyresgästen på Exempelgatan 12 är uppsagd.");
    assert_eq!(text_of(8), "Hej, se bifogat om lägenheten.");
    let Answer::Read(one) = parse(Format::Zip, &fixture("archive.zip"), Some(1)) else { panic!() };
    assert_eq!(one.entries.len(), 1);
    assert_eq!(one.entries[0].name, "rents.xlsx");
    let Answer::Read(none) = parse(Format::Zip, &fixture("archive.zip"), Some(9)) else { panic!() };
    assert_eq!(none.entries.len(), 0);
}

#[test]
fn letters_are_composed_and_garbled_text_is_left_alone() {
    let mut document = Document::of(DocumentKind::Text);
    document.text = "A\u{30a}sa A\u{308}ngstro\u{308}m \u{1}MalmÃ¶\r\nrad två\r".to_owned();
    super::tidy(&mut document);
    assert_eq!(document.text, "Åsa Ängström MalmÃ¶\nrad två");
}
