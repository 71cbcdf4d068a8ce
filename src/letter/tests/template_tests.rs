//! The texts of letters: which ones may be used, and what becomes of their placeholders.

use super::Fault;
use super::check_template;
use super::fill;
use crate::letter::Block;
use crate::letter::Language;
use crate::letter::Row;
use crate::letter::placeholder::Placeholder;
use crate::letter::template::Templates;

const GOOD: &str = "# Rubrik\n\nRing {handläggare}, {telefon}. Det kom {inkom}.\n";

#[test]
fn the_built_in_texts_may_be_used() {
    let Templates { sv, en } = Templates::default();
    assert_eq!(check_template(&sv), []);
    assert_eq!(check_template(&en), []);
    assert_eq!(check_template(GOOD), []);
}

#[test]
fn every_fault_of_a_text_is_told_with_its_line() {
    let missing = |names: &str| Fault::Missing(names.to_owned());
    let table = [
        (
            "# R\n\nHej {namn}.\n\n{facts}",
            vec![Fault::Unknown { line: 3, name: "namn".to_owned() }],
        ),
        ("# R\n\nHej { du.\n\n{facts}", vec![Fault::Brace(3)]),
        ("# R\n\nHej.\n\n{facts}\n\n{uppgifter}", vec![Fault::FactsTwice]),
        ("# R\n\nSe {facts} {caseworker} {telephone} {received}", vec![Fault::FactsInText(3)]),
        (
            "# R\n\nRing {telefon}.",
            vec![missing("{handläggare} or {caseworker}"), missing("{inkom} or {received}")],
        ),
        ("Hej.\n\n{facts}", vec![Fault::Heading]),
        ("# R\n\n# R\n\n{facts}", vec![Fault::Heading]),
        ("#  \n\n{facts}", vec![Fault::Heading]),
        ("# R\n\n{facts}\n\nسلام", vec![Fault::Unprintable(4)]),
        (
            "",
            vec![
                missing("{handläggare} or {caseworker}"),
                missing("{inkom} or {received}"),
                missing("{telefon} or {telephone}"),
                Fault::Heading,
                Fault::Empty,
            ],
        ),
    ];
    for (text, faults) in table {
        assert_eq!(check_template(text), faults, "{text}");
    }
    let long = format!("{GOOD}\n{}", "ord ".repeat(4_000));
    assert!(matches!(check_template(&long).as_slice(), [Fault::TooLong(_)]));
}

#[test]
fn a_text_is_taken_apart_and_filled() {
    let text = "# Rubrik {beteckning}\n\nEtt\nstycke.\n## Mellan\n- ett\n  mera\n- två\n\n{facts}\n---\nSlut\n{enhet}\n---\nSist";
    let rows = [Row { label: "A".to_owned(), value: "B".to_owned() }];
    let part = fill(text, Language::Sv, &rows, |placeholder| format!("<{placeholder:?}>"));
    assert!(part.heading == "Rubrik <Reference>");
    let expected = [
        Block::Paragraph("Ett stycke.".to_owned()),
        Block::Heading("Mellan".to_owned()),
        Block::List(vec!["ett mera".to_owned(), "två".to_owned()]),
        Block::Rows(rows.to_vec()),
    ];
    assert!(part.body == expected);
    assert_eq!(part.closing, ["Slut", "<Unit>"]);
    assert_eq!(part.footer, ["Sist"]);
}

#[test]
fn a_value_is_never_read_as_form_or_placeholder() {
    let value = |placeholder: Placeholder| match placeholder {
        Placeholder::Caseworker => "# {facts}\n---\n- x".to_owned(),
        _ => String::new(),
    };
    let part = fill("# R\n\n{caseworker}\n", Language::Sv, &[], value);
    assert!(part.body == [Block::Paragraph("# {facts}\n---\n- x".to_owned())]);
    assert!(part.closing.is_empty());
}
