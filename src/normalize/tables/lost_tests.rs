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
use crate::domain::notice::NoticeType;
use crate::normalize::prose::Letter;

const HEAD: &[&str] = &["Hyresgäst", "Personnr", "Adress", "Skuld"];
const ONE: &[&str] = &["Testa Testsson", "850101-2390", "Exempelgatan 1", "5000"];
const TWO: &[&str] = &["Låtsa Prov", "780102-2398", "Exempelgatan 2", "6000"];
const ARREARS: &str = "Meddelande enligt 12 kap. 44 § jordabalken om obetald hyra.";
const NUMBER: &[&str] = &["/persons/0/identity/value"];

fn book(sheets: &[(&str, &[&[&str]])]) -> Document {
    let mut document = Document::of(DocumentKind::Xlsx);
    for (name, rows) in sheets {
        let cells = |row: &&[&str]| row.iter().map(|cell| Cell::text(cell)).collect();
        let rows = rows.iter().map(cells).collect();
        document.tables.push(Table { name: (*name).to_owned(), rows });
    }
    document
}

fn list(rows: &[&[&str]]) -> Document {
    book(&[("Hyror", rows)])
}

/// A mail with a workbook and letters.
fn mail(text: &str, workbook: Option<&Document>, letters: &[&str]) -> Told {
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

fn numbers(told: &Told) -> Vec<String> {
    told.notices.iter().flat_map(|notice| values(notice, NUMBER)).collect()
}

fn faults(notice: &Notice) -> Vec<&str> {
    let grave = notice.findings.iter().filter(|it| it.severity == Severity::Error);
    grave.map(|it| it.code.as_str()).filter(|code| *code != "message.freeText").collect()
}

fn left(told: &Told) -> Vec<(&str, &str)> {
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
    assert_eq!(left(&mail("Hej", Some(&noted), &[])).len(), 1);
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

#[test]
fn keys_of_two_sorts_are_never_held_against_each_other() {
    let ledger: &[&[&str]] = &[
        &["Hyresgäst", "Personnr", "Kontrakt", "Objekt", "Skuld"],
        &["Testa Testsson", "850101-2390", "1001", "2001", "5000"],
        &["Låtsa Prov", "780102-2398", "1002", "1001", "6000"],
        &["Bero Provling", "900102-2384", "1003", "3001", "6000"],
    ];
    let homes: &[&[&str]] = &[
        &["Objekt", "Adress", "Lägenhetsnr"],
        &["1001", "Exempelgatan 2", "1102"],
        &["2001", "Exempelgatan 1", "1201"],
        &["3001", "Exempelgatan 3", "1201"],
        &["3001", "Exempelgatan 4", "1201"],
    ];
    let told = mail(ARREARS, Some(&book(&[("Hyror", ledger), ("Objekt", homes)])), &[]);
    let streets: Vec<String> =
        told.notices.iter().flat_map(|notice| values(notice, &["/dwelling/street"])).collect();
    assert_eq!(streets, ["Exempelgatan 1", "Exempelgatan 2", "-"]);
    assert_eq!(faults(&told.notices[2]), ["dwelling.contradiction"]);
}

#[test]
fn letters_are_told_apart_and_none_is_forgotten() {
    let letter = |name: &str, number: &str, street: &str| {
        format!(
            "{ARREARS}\nHyresgäst: {name}\nPersonnummer: {number}\nAdress: {street}\nHyran för oktober 2026, 7 000 kr, är obetald.\n"
        )
    };
    let one = letter("Testa Testsson", "850101-2390", "Exempelgatan 1");
    let two = letter("Låtsa Prov", "780102-2398", "Exempelgatan 2");
    let third = "Hyresgäst: Bero Provling\nPersonnummer: 900102-2384\nHen har blivit av med sin bostad och ska flytta ut i december.";
    let told = mail("Hej, tre brev", None, &[&one, &two, third]);
    assert_eq!(told.notices.len(), 2);
    assert_eq!(left(&told), [("document.leftOver", "/attachments/3")]);
    // Two households of one street.
    let neighbour = letter("Låtsa Prov", "", "Exempelgatan 1").replace("Personnummer: \n", "");
    assert_eq!(mail("Hej, två brev", None, &[&one, &neighbour]).notices.len(), 2);
}

#[test]
fn what_stands_behind_the_items_of_a_list_is_not_said_of_each() {
    let items = |last: &str| {
        format!(
            "Hej,\n{ARREARS}\n\n1. Testa Testsson, 850101-2390, Exempelgatan 1, 214 00 Malmö\n\nObetald hyra 5000 kr.\n\n2. Låtsa Prov, 780102-2398, Exempelgatan 2, 214 00 Malmö\n\n{last}\n\nMed vänlig hälsning\nAnna\n"
        )
    };
    let told = mail(&items("Obetald hyra 6000 kr. Det finns två barn i hushållet."), None, &[]);
    let paths = ["/arrears/amountToRecover", "/children/count"];
    let read: Vec<Vec<String>> = told.notices.iter().map(|notice| values(notice, &paths)).collect();
    assert_eq!(read, [["5000.00", "-"], ["6000.00", "2"]]);
    let all: String = (1..=320)
        .map(|at| {
            format!("{at}. Testa Prov{}, Exempelgatan {at}, skuld 5 000 kr\n", "a".repeat(at))
        })
        .collect();
    let told = mail(&format!("Hej,\n{ARREARS}\n\n{all}"), None, &[]);
    assert_eq!((told.notices.len(), left(&told)), (300, vec![("message.tooMany", "/text")]));
}

#[test]
fn odd_lines_do_not_end_a_table() {
    let head = "Gäldenär;Pers.nr;Gatuadress;Kapitalskuld;Anmärkning";
    let one = "Testsson Testa;850101-2390;Exempelgatan 1;5000,00;x";
    let two = "Prov Låtsa;780102-2398;Exempelgatan 2;6000,00;y";
    for (between, more) in [
        ("Område Öst", 0),
        ("\n\n", 0),
        ("Bero Provling 900102-2384 tillkommer", 1),
        ("Provling Bero;900102-2384;Exempelgatan 3;1,00;\"rad ett\nrad två\"", 1),
    ] {
        let text = format!("{head}\n{one}\n{between}\n{two}\n");
        let letter = Letter { text: &text, ..Letter::default() };
        let told = told(&Material { letter, file: true, ..Material::default() }, None);
        let mut found = told.notices.len();
        found += told.left.iter().filter(|it| it.code == "row.leftOver").count();
        assert_eq!(found, 2 + more, "{between}");
        assert!(numbers(&told).contains(&"197801022398".to_owned()), "{between}");
        let row = &told.notices[1].evidence["/persons/0/identity/value"].source;
        assert!(row.starts_with("row/"), "{row}");
    }
}

#[test]
fn a_row_is_of_its_own_kind_and_a_lone_second_tenant_is_shown_with_its_evidence() {
    let workbook = list(&[
        &["Typ", "Hyresgäst", "Personnr", "Adress", "Skuld"],
        &["HYRA", "Testa Testsson", "850101-2390", "Exempelgatan 1", "5000"],
        &["BRF", "Låtsa Prov", "780102-2398", "Exempelgatan 2", "6000"],
    ]);
    let told = mail("Hej, våra hyresgäster och brf medlemmar.", Some(&workbook), &[]);
    let kinds: Vec<NoticeType> = told.notices.iter().map(|notice| notice.kind).collect();
    assert_eq!(kinds, [NoticeType::RentArrears, NoticeType::TenantOwnedArrears]);
    let second = list(&[
        &["Medhyresgäst", "Hyresgäst", "Adress", "Skuld"],
        &["Testa Testsson 850101-2390", "", "Exempelgatan 1", "5000"],
        &["Låtsa Prov 780102-2398", "Bero Provling 900102-2384", "Exempelgatan 2", "5000"],
    ]);
    let told = mail(ARREARS, Some(&second), &[]);
    assert_eq!(numbers(&told), ["198501012390", "199001022384"]);
    assert!(told.notices[0].evidence.contains_key("/persons/0/identity/value"));
}

#[test]
fn limits_are_told_and_sums_beyond_measure_stop_nobody() {
    let mut document = list(&[HEAD, ONE, TWO]);
    document.remark("shortened");
    let told = mail(ARREARS, Some(&document), &[]);
    assert_eq!(left(&told), [("document.tooMuch", "/attachments/0")]);
    let big = "92233720368547758";
    let rows: Vec<Vec<&str>> = [ONE, TWO].map(|row| vec![row[0], row[1], row[2], big]).to_vec();
    let rows: Vec<&[&str]> = std::iter::once(HEAD).chain(rows.iter().map(Vec::as_slice)).collect();
    assert_eq!(mail(ARREARS, Some(&list(&rows)), &[]).notices.len(), 2);
    let paid = list(&[
        &["Hyresgäst", "Personnr", "Adress", "Debiterat", "Betalt"],
        &["Testa Testsson", "850101-2390", "Exempelgatan 1", "-92233720368547758,00", big],
        &["Låtsa Prov", "780102-2398", "Exempelgatan 2", "-92233720368547758,00", big],
    ]);
    assert_eq!(mail(ARREARS, Some(&paid), &[]).notices.len(), 2);
    let table = format!("<table><tr><th>{}</th></tr>", HEAD.join("</th><th>"));
    let row = |row: &[&str]| format!("<tr><td>{}</td></tr>", row.join("</td><td>"));
    let html = [format!("{table}{}{}</table>{}", row(ONE), row(TWO), "<i>x</i>".repeat(100_000))];
    let letter = Letter { subject: "Obetald hyra", text: ARREARS, ..Letter::default() };
    let read = told_html(&letter, &html);
    assert_eq!((read.notices.len(), left(&read)), (2, vec![("text.tooLarge", "/text")]));
}

fn told_html(letter: &Letter<'_>, html: &[String]) -> Told {
    told(&Material { letter: *letter, html, ..Material::default() }, None)
}

#[test]
fn headings_of_power_companies_and_cells_with_words_around_a_day_are_understood() {
    let workbook = list(&[
        &["Kund", "Pers/org", "Anl.adress", "Elskuld (kr)", "Kopplas bort tidigast", "Barn u. 18"],
        &[
            "Testsson; Testa af",
            "850101-2390",
            "Exempelgatan 1",
            "5000",
            "2026-12-07",
            "1 st, f. 2016",
        ],
        &["Låtsa \"Lotta\" Prov", "780102-2398", "Exempelgatan 2", "6000", "ja, 2026-12-08", "N"],
    ]);
    let material = Material {
        read: &[("attachments/0".to_owned(), &workbook)],
        file: true,
        ..Material::default()
    };
    let told = told(&material, None);
    let paths = [
        "/type",
        "/persons/0/name",
        "/persons/0/identity/value",
        "/dwelling/street",
        "/disconnectAfter",
        "/children/known",
    ];
    let read: Vec<Vec<String>> = told.notices.iter().map(|it| values(it, &paths)).collect();
    let kind = "electricityDebt";
    assert_eq!(
        read,
        [
            [kind, "Testa af Testsson", "198501012390", "Exempelgatan 1", "2026-12-07", "yes"],
            [kind, "Låtsa Prov", "197801022398", "Exempelgatan 2", "2026-12-08", "no"]
        ]
    );
    assert_eq!(values(&told.notices[0], &["/children/birthYears/0"]), ["2016"]);
}

#[test]
fn many_months_of_one_household_take_no_time() {
    let mut table = "Gäldenär;Pers.nr;Period;Kapitalskuld\n".to_owned();
    for at in 0..5000 {
        table.push_str(&format!("Prov Testa;850101-2390;2026-{:02};{}\n", at % 12 + 1, at + 1));
    }
    let letter = Letter { text: &table, ..Letter::default() };
    let start = std::time::Instant::now();
    let told = told(&Material { letter, file: true, ..Material::default() }, None);
    assert_eq!(told.notices.len(), 1);
    assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
}
