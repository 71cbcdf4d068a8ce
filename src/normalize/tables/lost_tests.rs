//! What was once lost or mixed: each row, form, letter and line comes out as somebody's notice, or is left for a person.

use super::Material;
use super::Told;
use super::tests::told;
use super::tests::values;
use crate::domain::document::Cell;
use crate::domain::document::Document;
use crate::domain::document::DocumentKind;
use crate::domain::document::Table;
use crate::domain::finding::Severity;
use crate::domain::notice::Notice;
use crate::normalize::prose::Letter;

pub(super) const HEAD: &[&str] = &["Hyresgäst", "Personnr", "Adress", "Skuld"];
pub(super) const ONE: &[&str] = &["Testa Testsson", "850101-2390", "Exempelgatan 1", "5000"];
pub(super) const TWO: &[&str] = &["Låtsa Prov", "780102-2398", "Exempelgatan 2", "6000"];
pub(super) const ARREARS: &str = "Meddelande enligt 12 kap. 44 § jordabalken om obetald hyra.";
pub(super) const NUMBER: &[&str] = &["/persons/0/identity/value"];

pub(super) fn book(sheets: &[(&str, &[&[&str]])]) -> Document {
    let mut document = Document::of(DocumentKind::Xlsx);
    for (name, rows) in sheets {
        let cells = |row: &&[&str]| row.iter().map(|cell| Cell::text(cell)).collect();
        let rows = rows.iter().map(cells).collect();
        document.tables.push(Table { name: (*name).to_owned(), rows });
    }
    document
}

pub(super) fn list(rows: &[&[&str]]) -> Document {
    book(&[("Hyror", rows)])
}

/// A mail with a workbook and letters.
pub(super) fn mail(text: &str, workbook: Option<&Document>, letters: &[&str]) -> Told {
    let read: Vec<(String, &Document)> =
        workbook.into_iter().map(|it| ("attachments/0".to_owned(), it)).collect();
    let documents: Vec<(String, String)> = letters
        .iter()
        .enumerate()
        .map(|(at, text)| (format!("attachments/{}", at + 1), (*text).to_owned()))
        .collect();
    let letter =
        Letter { subject: "Obetald hyra", text, documents: &documents, ..Letter::default() };
    told(&Material { letter, read: &read, ..Material::default() }, None)
}

pub(super) fn numbers(told: &Told) -> Vec<String> {
    told.notices.iter().flat_map(|notice| values(notice, NUMBER)).collect()
}

pub(super) fn faults(notice: &Notice) -> Vec<&str> {
    let grave = notice.findings.iter().filter(|it| it.severity == Severity::Error);
    grave.map(|it| it.code.as_str()).filter(|code| *code != "message.freeText").collect()
}

pub(super) fn left(told: &Told) -> Vec<(&str, &str)> {
    told.left.iter().map(|it| (it.code.as_str(), it.path.as_str())).collect()
}

const BERO: &str = "Meddelande enligt 12 kap. 44 § jordabalken.\nHyresgäst: Bero Provling\nPersonnummer: 900102-2384\nAdress: Exempelgatan 3\nHyran för oktober 2026, 7 000 kr, är obetald.\n";

#[test]
fn a_list_swallows_neither_a_letter_beside_it_nor_what_the_mail_says_of_another() {
    let workbook = list(&[HEAD, ONE, TWO]);
    let told = mail("Hej, se listan.", Some(&workbook), &[]);
    assert_eq!((told.notices.len(), left(&told)), (2, vec![]));
    let told = mail("Hej, se listan och brevet.", Some(&workbook), &[BERO]);
    assert_eq!(numbers(&told), ["198501012390", "197801022398", "199001022384"]);
    assert_eq!(faults(&told.notices[2]), ["message.beside"]);
    assert!(faults(&told.notices[0]).is_empty() && told.left.is_empty());
    // A letter about one of the list tells nothing new; one about nobody is left.
    let same = BERO.replace("Bero Provling", "Låtsa Prov").replace("900102-2384", "780102-2398");
    let told = mail("Hej", Some(&workbook), &[&same.replace("7 000", "6 000")]);
    assert_eq!((told.notices.len(), faults(&told.notices[1]), left(&told)), (2, vec![], vec![]));
    let told = mail("Hej", Some(&workbook), &[&same]);
    assert_eq!((told.notices.len(), faults(&told.notices[1])), (2, vec!["message.beside"]));
    let told = mail(
        "Hej",
        Some(&workbook),
        &["Avhysningen av den som bor längst in i huset blir av snart nog."],
    );
    assert_eq!(left(&told), [("document.leftOver", "/attachments/1")]);
    // The mail's own words: of another, and of one of them.
    let told = mail(
        "Hej, se listan.\n\nDessutom: Bero Provling, 900102-2384, Exempelgatan 50, har obetald hyra med 7 000 kr.\n",
        Some(&workbook),
        &[],
    );
    assert_eq!(numbers(&told)[2..], ["199001022384"]);
    let told = mail("Hej, se listan. Låtsa Prov har betalat i dag.", Some(&workbook), &[]);
    assert_eq!((told.notices.len(), faults(&told.notices[1])), (2, vec!["message.beside"]));
    assert!(faults(&told.notices[0]).is_empty());
    // A line below the table, and a sheet of prose.
    let noted = list(&[HEAD, ONE, TWO, &["Obs: 900102-2384 tillkommer nästa vecka"]]);
    // For a person either way: left over, or a notice of its own that is not surely one.
    let told = mail("Hej", Some(&noted), &[]);
    let own = told.notices.get(2).is_some_and(|notice| faults(notice).contains(&"message.beside"));
    assert!(left(&told).len() == 1 || own);
    let prose: &[&[&str]] = &[&["Låtsa Prov har betalat i dag."]];
    let two = book(&[("Hyror", &[HEAD, ONE, TWO]), ("Info", prose)]);
    assert_eq!(faults(&mail("Hej", Some(&two), &[]).notices[1]), ["message.beside"]);
}

#[test]
fn a_single_row_is_read_with_the_mail_around_it_unless_that_is_about_another() {
    let workbook = list(&[HEAD, ONE]);
    let told = mail(&format!("{ARREARS}\nDet finns två barn i hushållet."), Some(&workbook), &[]);
    assert_eq!(told.notices.len(), 1);
    assert_eq!(values(&told.notices[0], &["/children/count"]), ["2"]);
    let told = mail(
        "Bero Provling, 900102-2384, Exempelgatan 50, har också obetald hyra, 7 000 kr. Två barn finns.",
        Some(&workbook),
        &[],
    );
    assert_eq!(numbers(&told), ["198501012390", "199001022384"]);
    assert_eq!(values(&told.notices[0], &["/children/count"]), ["-"]);
}

#[test]
fn forms_of_two_households_are_two_notices_wherever_they_stand() {
    let one: &[&[&str]] =
        &[&["Hyresgäst", "Testa Testsson"], &["Adress", "Exempelgatan 1"], &["Skuld", "5000"]];
    let two: &[&[&str]] = &[
        &["Hyresgäst", "Låtsa Prov"],
        &["Personnr", "780102-2398"],
        &["Adress", "Exempelgatan 2"],
        &["Skuld", "6000"],
    ];
    let workbook = book(&[("Ett", one), ("Två", two)]);
    let told = mail(ARREARS, Some(&workbook), &[]);
    assert_eq!(numbers(&told), ["-", "197801022398"]);
    let paths = ["/persons/0/name", "/dwelling/street", "/arrears/amountToRecover"];
    assert_eq!(values(&told.notices[0], &paths), ["Testa Testsson", "Exempelgatan 1", "5000.00"]);
    let mut docx = Document::of(DocumentKind::Docx);
    for rows in [one, two] {
        for row in rows {
            docx.text.push_str(&format!("{}\n", row.join("\t")));
        }
    }
    let told = mail(ARREARS, Some(&docx), &[]);
    assert_eq!(numbers(&told), ["-", "197801022398"]);
    // The tables of one form: whom, and where.
    let halves = book(&[("A", &[two[0], two[1]]), ("B", &[two[2], two[3]])]);
    let told = mail(ARREARS, Some(&halves), &[]);
    assert_eq!((told.notices.len(), left(&told)), (1, vec![]));
    assert_eq!(values(&told.notices[0], &paths), ["Låtsa Prov", "Exempelgatan 2", "6000.00"]);
}

#[test]
fn the_number_of_another_is_never_the_tenants() {
    let form =
        "Hyresgäst\tTesta Testsson\nAdress\tExempelgatan 1\nSkuld\t5000 kr\nPeriod\t2026-10\n\n";
    for (words, number) in [
        ("Sambon har personnummer 780102-2398.", "-"),
        ("Godmannens personnummer är 780102-2398.", "-"),
        ("Personnummer är 780102-2398.", "197801022398"),
    ] {
        let told = mail(&format!("{form}{ARREARS} {words}\n"), None, &[]);
        assert_eq!(values(&told.notices[0], NUMBER), [number], "{words}");
        assert_eq!(faults(&told.notices[0]).is_empty(), number != "-", "{words}");
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of cases")]
fn rows_of_unknown_kind_odd_people_and_neighbours_are_notices_of_their_own() {
    let kinds = list(&[
        &["Hyresgäst", "Personnr", "Adress", "Typ"],
        &["Testa Testsson", "850101-2390", "Exempelgatan 1", "Störning"],
        &["Låtsa Prov", "780102-2398", "Exempelgatan 2", "Skadegörelse"],
    ]);
    let plain = Material {
        read: &[("attachments/0".to_owned(), &kinds)],
        file: true,
        ..Material::default()
    };
    let told_of = told(&plain, None);
    assert_eq!(numbers(&told_of), ["198501012390", "197801022398"]);
    assert!(!faults(&told_of.notices[1]).is_empty());
    for (head, rows, count) in [
        // Neighbours on one street, people without any home.
        (
            &["Hyresgäst", "Personnr", "Adress"][..],
            &[
                &["Testa Testsson", "850101-2390", "Storgatan 5"][..],
                &["Låtsa Prov", "780102-2398", "Storgatan 5"],
            ][..],
            2,
        ),
        (
            &["Hyresgäst", "Personnr", "Telefon"],
            &[
                &["Testa Testsson", "850101-2390", "070-1"][..],
                &["Låtsa Prov", "780102-2398", "070-2"],
            ],
            2,
        ),
        // A second tenant: the home left blank, or the same apartment.
        (HEAD, &[ONE, &["Låtsa Prov", "780102-2398", "", ""]], 1),
        // Somebody whom the reader does not understand.
        (
            &["Hyresgäst (namn, pnr)", "Månad", "Skuld"],
            &[
                &["Testa Testsson 850101-2390", "2026-09", "5000"][..],
                &["Boende lgh 1102", "2026-10", "6000"],
            ],
            2,
        ),
        (
            &["Hyresgäst", "Månad", "Skuld"],
            &[&["Testa Testsson", "2026-09", "5000"][..], &["", "2026-10", "6000"]],
            1,
        ),
        (
            &["Hyresgäst", "Månad", "Skuld"],
            &[&["Testa Testsson", "2026-09", "5000"][..], &["d:o", "2026-10", "6000"]],
            1,
        ),
        // Two who are kept from view are no household.
        (
            &["Hyresgäst", "Adress", "Månad", "Skuld"],
            &[
                &["Skyddad identitet", "Skyddad", "2026-09", "5000"][..],
                &["Testa Testsson", "Provgatan 1", "2026-09", "1"],
                &["Skyddad identitet", "Skyddad", "2026-10", "6000"],
            ],
            3,
        ),
        // No sums: a name, a remark, a lone name. A sum is one.
        (HEAD, &[ONE, &["Kim Sum", "780102-2398", "", "6000"]], 2),
        (HEAD, &[ONE, &["Låtsa Prov", "", "", ""]], 2),
        (HEAD, &[ONE, TWO, &["Summa", "", "", "11000"], &["Område Öst", "", "", ""]], 2),
        (
            &["Personnr", "Kontrakt", "Skuld", "Anmärkning"],
            &[
                &["850101-2390", "1", "5000", ""][..],
                &["780102-2398", "2", "6000", "Varav 500 kr avgift"],
            ],
            2,
        ),
        // Contracts without people.
        (
            &["Kontrakt", "Månad", "Belopp"],
            &[
                &["K-1", "2026-09", "5000"][..],
                &["K-2", "2026-09", "6000"],
                &["K-1", "2026-10", "1"],
            ],
            2,
        ),
    ] {
        let mut all = vec![head];
        all.extend(rows);
        let told = mail(ARREARS, Some(&list(&all)), &[]);
        assert_eq!(told.notices.len(), count, "{head:?} {rows:?}");
    }
}
