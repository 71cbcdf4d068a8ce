//! More of what was once lost or mixed: sheets joined by a key, letters, items, odd lines, limits.

use super::Material;
use super::Told;
use super::lost_tests::ARREARS;
use super::lost_tests::HEAD;
use super::lost_tests::ONE;
use super::lost_tests::TWO;
use super::lost_tests::book;
use super::lost_tests::faults;
use super::lost_tests::left;
use super::lost_tests::list;
use super::lost_tests::mail;
use super::lost_tests::numbers;
use super::tests::told;
use super::tests::values;
use crate::domain::notice::NoticeType;
use crate::normalize::prose::Letter;

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
    let third = "Hyresgäst: Bero Provling\nPersonnummer: 900102-2384\nNyckelbrickan gäller även tvättstugan och cykelrummet.";
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
    let workbook = book(&[(
        "Blad1",
        &[
            &[
                "Kund",
                "Pers/org",
                "Anl.adress",
                "Elskuld (kr)",
                "Kopplas bort tidigast",
                "Barn u. 18",
            ],
            &[
                "Testsson; Testa af",
                "850101-2390",
                "Exempelgatan 1",
                "5000",
                "2026-12-07",
                "1 st, f. 2016",
            ],
            &[
                "Låtsa \"Lotta\" Prov",
                "780102-2398",
                "Exempelgatan 2",
                "6000",
                "ja, 2026-12-08",
                "N",
            ],
        ],
    )]);
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
fn many_months_of_one_household_are_one_notice() {
    let mut table = "Gäldenär;Pers.nr;Period;Kapitalskuld\n".to_owned();
    for at in 0..5000 {
        table.push_str(&format!("Prov Testa;850101-2390;2026-{:02};{}\n", at % 12 + 1, at + 1));
    }
    let letter = Letter { text: &table, ..Letter::default() };
    let told = told(&Material { letter, file: true, ..Material::default() }, None);
    assert_eq!(told.notices.len(), 1);
}
