//! Letters read back from their bytes: structure, language, order, fonts, sameness, and what cannot be set.

mod read_back;

use crate::domain::masked::Masked;
use crate::letter::Block;
use crate::letter::Language;
use crate::letter::Letter;
use crate::letter::LetterError;
use crate::letter::Part;
use crate::letter::Row;
use crate::letter::render;
use jiff::civil::date;
use proptest::prop_assert;
use proptest::proptest;
use read_back::ReadBack;

fn letter() -> Letter {
    let row = |label: &str, value: &str| Row { label: label.to_owned(), value: value.to_owned() };
    Letter {
        sender: vec!["Exempelstads kommun".to_owned(), "Telefon 040-10 00 00".to_owned()],
        recipient: vec![Masked::from("Testa Testsson"), Masked::from("Exempelgatan 12")],
        date: date(2026, 11, 3),
        our_reference: "AVH-7K4M-2QX6".to_owned(),
        parts: vec![
            Part {
                language: Language::Sv,
                heading: "Rubrik åäö".to_owned(),
                body: vec![
                    Block::Aside(Language::En, "In English further on.".to_owned()),
                    Block::Paragraph("Ett stycke.".to_owned()),
                    Block::Heading("Mellanrubrik".to_owned()),
                    Block::Rows(vec![row("Målnummer", "U-123456-26"), row("Tom", " ")]),
                    Block::List(vec!["Första".to_owned(), "Andra".to_owned()]),
                ],
                closing: vec!["Hälsning".to_owned()],
                footer: vec!["Sist".to_owned()],
            },
            Part {
                language: Language::En,
                heading: "Heading".to_owned(),
                body: vec![Block::Paragraph("A paragraph.".to_owned())],
                closing: Vec::new(),
                footer: Vec::new(),
            },
        ],
    }
}

fn read(letter: &Letter) -> ReadBack {
    ReadBack::of(&render(letter).expect("a letter"))
}

#[test]
fn a_screen_reader_gets_every_text_in_order_with_its_tag_and_language() {
    let read = read(&letter());
    assert_eq!(read.language, "sv-SE");
    assert_eq!(read.title, "Rubrik åäö");
    assert!(read.shows_title && read.marked);
    assert_eq!(read.pages, 2);
    let heard = [
        "Document/Div/P sv-SE Exempelstads kommun",
        "Document/Div/P sv-SE Telefon 040-10 00 00",
        "Document/Div/P sv-SE 3 november 2026",
        "Document/Div/P sv-SE Vår beteckning: AVH-7K4M-2QX6",
        "Document/Div/P sv-SE Testa Testsson",
        "Document/Div/P sv-SE Exempelgatan 12",
        "Document/Sect/H1 sv-SE Rubrik åäö",
        "Document/Sect/P en-GB In English further on.",
        "Document/Sect/P sv-SE Ett stycke.",
        "Document/Sect/H2 sv-SE Mellanrubrik",
        "Document/Sect/Table/TR/TH sv-SE Målnummer",
        "Document/Sect/Table/TR/TD sv-SE U-123456-26",
        "Document/Sect/L/LI/Lbl sv-SE •",
        "Document/Sect/L/LI/LBody sv-SE Första",
        "Document/Sect/L/LI/Lbl sv-SE •",
        "Document/Sect/L/LI/LBody sv-SE Andra",
        "Document/Sect/Div/P sv-SE Hälsning",
        "Document/Sect/Div/P sv-SE Sist",
        "Document/Sect/H1 en-GB Heading",
        "Document/Sect/P en-GB A paragraph.",
    ];
    assert_eq!(read.heard, heard);
    assert_eq!(read.artifacts[0], "AVH-7K4M-2QX6 · Sida 1 av 2");
    assert_eq!(read.artifacts[1], "AVH-7K4M-2QX6 · Page 2 of 2");
}

#[test]
fn every_font_is_embedded_as_outlines_with_a_way_back_to_text() {
    let read = read(&letter());
    assert_eq!(read.fonts.len(), 2);
    for font in &read.fonts {
        assert!(font.contains("NotoSans") && font.ends_with(" Type0 embedded ToUnicode"), "{font}");
    }
}

#[test]
fn a_letter_declares_both_standards() {
    let bytes = render(&letter()).expect("a letter");
    let text = String::from_utf8_lossy(&bytes);
    for declared in ["<pdfuaid:part>1<", "<pdfaid:part>2<", "<pdfaid:conformance>A<"] {
        assert!(text.contains(declared), "{declared}");
    }
    assert!(text.starts_with("%PDF-1.7"));
    assert!(bytes.len() < 100_000, "{}", bytes.len());
}

#[test]
fn the_same_letter_gives_the_same_bytes_and_another_gives_others() {
    let first = render(&letter()).expect("a letter");
    assert_eq!(first, render(&letter()).expect("a letter"));
    let mut other = letter();
    other.date = date(2026, 11, 4);
    assert_ne!(first, render(&other).expect("a letter"));
    assert_ne!(letter().digest(), other.digest());
}

#[test]
fn what_cannot_be_set_is_an_error_that_quotes_nothing() {
    let changed = |change: fn(&mut Letter)| {
        let mut letter = letter();
        change(&mut letter);
        render(&letter).err()
    };
    let table: [(Option<LetterError>, LetterError); 6] = [
        (changed(|it| it.recipient[0] = Masked::from("محمد")), LetterError::Unprintable(4)),
        (
            changed(|it| it.parts[0].body.push(Block::List(vec!["🙂".to_owned()]))),
            LetterError::Unprintable(1),
        ),
        (changed(|it| it.parts.clear()), LetterError::Empty),
        (changed(|it| it.parts[1].heading = " \u{200b}".to_owned()), LetterError::Empty),
        (changed(|it| it.recipient = vec![Masked::from("Rad"); 9]), LetterError::AddressTooLong),
        (
            changed(|it| it.parts[0].body = vec![Block::Paragraph("ord ".repeat(40_000))]),
            LetterError::TooLong,
        ),
    ];
    for (got, expected) in table {
        assert_eq!(got, Some(expected));
    }
    let told = LetterError::Unprintable(4).to_string();
    assert_eq!(told, "setting a letter: the fonts lack 4 of its characters");
}

#[test]
fn a_letter_that_is_not_posted_has_no_address_and_begins_higher_up() {
    let mut handed_over = letter();
    handed_over.recipient.clear();
    let read = read(&handed_over);
    assert!(!read.heard.iter().any(|line| line.contains("Exempelgatan")));
    let (low, high) = (self::read(&letter()).heading_y, read.heading_y);
    assert!(high > 50.0 && high + 100.0 < low, "{high} {low}");
}

#[test]
fn the_address_stands_in_the_window_however_long_its_lines_are() {
    for (name, lines) in [("Testa Testsson", 2), ("Provsdotter-Exempelström ", 5)] {
        let mut posted = letter();
        posted.recipient = vec![Masked::from(name.repeat(lines - 1).as_str()); 2];
        let read = read(&posted);
        let (left, top, bottom) = read.window("Testsson", "Provsdotter");
        assert!((left - 311.8).abs() < 0.1, "{left}");
        assert!(top >= 47.0 * 72.0 / 25.4 && bottom <= 79.0 * 72.0 / 25.4, "{top} {bottom}");
    }
}

#[test]
fn nothing_of_a_letter_shows_in_its_debug_text() {
    let shown = format!("{:?} {:?} {:?}", letter(), letter().parts, letter().parts[0].body);
    for hidden in ["Testa", "Exempel", "123456", "Rubrik", "stycke"] {
        assert!(!shown.contains(hidden), "{hidden}: {shown}");
    }
}

proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(40))]
    #[test]
    fn any_latin_text_becomes_a_letter_in_which_nothing_is_lost(
        paragraphs in proptest::collection::vec("[ -~åäöÅÄÖé]{1,900}", 0..12),
        rows in proptest::collection::vec(("[a-zåäö]{1,60}", "[!-~]{1,400}"), 0..6),
    ) {
        let mut any = letter();
        any.parts.truncate(1);
        let rows = rows.iter().map(|(label, value)| Row { label: label.clone(), value: value.clone() });
        any.parts[0].body = paragraphs.iter().cloned().map(Block::Paragraph).collect();
        any.parts[0].body.push(Block::Rows(rows.collect()));
        let read = read(&any);
        let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let heard: String = read.heard.iter().map(|line| line.splitn(3, ' ').nth(2).unwrap_or_default()).collect();
        let heard = letters(&heard);
        for text in any.texts().map(crate::letter::fonts::cleaned) {
            prop_assert!(heard.contains(&letters(&text)), "{text}");
        }
    }
}
