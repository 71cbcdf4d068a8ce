//! Letters to look at and to check: a usual one, long names, many pages, handed over in person, an offer of help, and a receipt.

use jiff::civil::date;
use kvittens::domain::calendar::LocalTime;
use kvittens::domain::digest::Digest;
use kvittens::domain::masked::Masked;
use kvittens::domain::reference::Prefix;
use kvittens::domain::reference::Reference;
use kvittens::letter::Block;
use kvittens::letter::Language;
use kvittens::letter::Letter;
use kvittens::letter::Row;
use kvittens::letter::copy::Caseworker;
use kvittens::letter::copy::Change;
use kvittens::letter::copy::CopyFacts;
use kvittens::letter::copy::Municipality;
use kvittens::letter::copy::copy;
use kvittens::letter::offer;
use kvittens::letter::receipt_pdf::Control;
use kvittens::letter::receipt_pdf::ReceiptFacts;
use kvittens::letter::receipt_pdf::receipt;
use kvittens::letter::template::Templates;
use std::fmt::Write as _;

/// Each sample by name.
pub(super) fn letters() -> Vec<(&'static str, Letter)> {
    let sweden = LocalTime::named("Europe/Stockholm").unwrap();
    let write = |facts: &CopyFacts| copy(facts, &Templates::default(), &sweden);
    let mut many = write(&usual());
    many.parts[0].body.extend(filler());
    many.parts[0].footer = vec!["Sist, i liten stil.".to_owned()];
    let mut by_hand = usual();
    by_hand.address.clear();
    let mut english_first = usual();
    english_first.languages = vec![Language::En, Language::Sv];
    english_first.change = Some(Change::NewTime);
    vec![
        ("usual", write(&usual())),
        ("long", write(&long())),
        ("many-pages", many),
        ("by-hand", write(&by_hand)),
        ("english-first", write(&english_first)),
        ("offer", offer::offer(&helped(), &offer::built_in(), &sweden)),
        ("receipt", receipt(&landlords(), &sweden)),
    ]
}

/// Whom a landlord's notice concerns: help is offered, and nothing of a time or of Kronofogden's case is known.
fn helped() -> CopyFacts {
    CopyFacts { case_number: None, scheduled: None, place: None, ..usual() }
}

/// What a reader must hear, in order: one line for each element, its tag, its language and its text. Read by `check.py`.
pub(super) fn expected(letter: &Letter) -> String {
    let mut text = String::new();
    let main = letter.parts[0].language;
    for part in &letter.parts {
        let own = |language: Language| if language == main { "" } else { language.tag() };
        let mut line = |tag: &str, language: Language, words: &str| {
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            writeln!(text, "{tag}\t{}\t{words}", own(language)).unwrap();
        };
        line("H1", part.language, &part.heading);
        for block in &part.body {
            match block {
                Block::Heading(words) => line("H2", part.language, words),
                Block::Paragraph(words) => line("P", part.language, words),
                Block::Aside(language, words) => line("P", *language, words),
                Block::List(points) => {
                    for point in points {
                        line("LBody", part.language, point);
                    }
                }
                Block::Rows(rows) => {
                    for row in rows {
                        line("TH", part.language, &row.label);
                        line("TD", part.language, &row.value);
                    }
                }
            }
        }
        for words in part.closing.iter().chain(&part.footer) {
            line("P", part.language, words);
        }
    }
    text
}

fn reference() -> Reference {
    Reference::compose(&Prefix::parse("AVH").unwrap(), [7, 20, 4, 13, 2, 22, 29])
}

fn usual() -> CopyFacts {
    CopyFacts {
        name: Masked::from("Testa Testsson"),
        address: vec![Masked::from("Exempelgatan 12 lgh 1102"), Masked::from("211 00 EXEMPELSTAD")],
        case_number: Some(Masked::from("U-123456-26")),
        scheduled: Some(date(2026, 11, 24).at(9, 0, 0, 0)),
        place: None,
        received_at: "2026-11-03T09:22:10Z".parse().unwrap(),
        confirmed_on: date(2026, 11, 3),
        caseworker: Caseworker {
            name: Masked::from("Åsa Exempelsson"),
            unit: "Mottagningen för avhysningsärenden".to_owned(),
            telephone: Masked::from("040-10 00 01"),
        },
        our_reference: reference(),
        municipality: Municipality {
            name_sv: "Exempelstads kommun".to_owned(),
            name_en: "The municipality of Exempelstad".to_owned(),
            telephone: "040-10 00 00".to_owned(),
            web: Some("exempelstad.example/avhysning".to_owned()),
        },
        languages: vec![Language::Sv, Language::En],
        change: None,
    }
}

fn long() -> CopyFacts {
    let name = "Anna-Karolina Alexandra Provsdotter-Exempelström von Testenberg-Påhittad";
    CopyFacts {
        name: Masked::from(name),
        address: vec![
            Masked::from("c/o Bostadsrättsföreningen Påhittade Kvarnbergsbackens Andra Trädgård"),
            Masked::from("Norra Exempelvägens Långa Serpentinslinga 1234 B lgh 1102"),
            Masked::from("211 00 EXEMPELSTAD"),
        ],
        place: Some(Masked::from("Norra Exempelvägens Långa Serpentinslinga 1234 B lgh 1102, Exempelstad")),
        caseworker: Caseworker {
            name: Masked::from("Nguyễn Thị Ánh Exempelsson-Żółć"),
            unit: "Arbetsmarknads- och socialförvaltningens mottagningsenhet för vräkningsförebyggande arbete och \
                   boenderådgivning i norra och östra Exempelstad"
                .to_owned(),
            telephone: Masked::from("040-10 00 01"),
        },
        languages: vec![Language::Sv],
        ..usual()
    }
}

/// Enough for three pages of Swedish: paragraphs, a list and a table that crosses a page.
fn filler() -> Vec<Block> {
    let words =
        "Det här är ett påhittat stycke som bara visar hur en lång text går över flera sidor. ";
    let mut blocks = Vec::new();
    for at in 1..=6 {
        blocks.push(Block::Heading(format!("Avsnitt {at}")));
        blocks.push(Block::Paragraph(words.repeat(at)));
        blocks.push(Block::List(vec![words.to_owned(), words.repeat(3)]));
    }
    let row = |at: usize| Row { label: format!("Uppgift {at}"), value: words.repeat(1 + at % 3) };
    blocks.push(Block::Rows((1..=12).map(row).collect()));
    blocks
}

fn landlords() -> ReceiptFacts {
    ReceiptFacts {
        reference: reference(),
        received_at: "2026-10-12T12:07:59.5Z".parse().unwrap(),
        sha256: Digest::of(b"a notice"),
        sender_reference: Some(Masked::from("4711-88")),
        case_number: None,
        notices: vec![reference(), Reference::compose(&Prefix::parse("AVH").unwrap(), [1; 7])],
        organisation: (
            "Exempelstads kommun".to_owned(),
            "The municipality of Exempelstad".to_owned(),
        ),
        board: "Socialnämnden".to_owned(),
        telephone: "040-10 00 00".to_owned(),
        email: "vrak@exempelstad.example".to_owned(),
        control: Some(Control {
            code: Masked::from("7Q4M-2KX9-TR3W"),
            address: "https://exempelstad.example/eviction-notices/verify".to_owned(),
        }),
        issued_on: date(2026, 10, 12),
        languages: Vec::new(),
    }
}
