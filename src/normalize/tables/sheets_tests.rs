//! Spreadsheets as people send them: a row for each month, a total below, two header rows, a partner's own headings.

use super::Material;
use super::tests::PERSON;
use super::tests::told;
use super::tests::values;
use crate::domain::document::Cell;
use crate::domain::document::Document;
use crate::domain::document::DocumentKind;
use crate::domain::document::Table;
use crate::domain::labels::Labels;
use crate::domain::notice::Notice;

fn sheet(rows: &[&[Cell]]) -> Document {
    let rows = rows.iter().map(|row| row.to_vec()).collect();
    let mut document = Document::of(DocumentKind::Xlsx);
    document.tables.push(Table { name: "Restlista".to_owned(), rows });
    document
}

fn text(text: &str) -> Cell {
    Cell::text(text)
}

fn number(text: &str) -> Cell {
    Cell::Number(text.to_owned())
}

fn workbook(document: &Document, labels: Option<&Labels>) -> Vec<Notice> {
    let read = [("attachments/0".to_owned(), document)];
    told(&Material { read: &read, file: true, ..Material::default() }, labels).notices
}

/// Two households by the month, the first with two of them, and a total below.
fn by_month(total: &str) -> Document {
    sheet(&[
        &[text("Provbo AB, 556900-0002")],
        &[],
        &[
            text("Namn"),
            text("Pnr"),
            text("Adress"),
            text("Hyresmånad"),
            text("Förfallodatum"),
            text("Belopp"),
        ],
        &[
            text("Testsson, Testa"),
            number("8501012390"),
            text("Provgatan 2 lgh 1101, 411 11 GÖTEBORG"),
            text("sep 2026"),
            number("46265"),
            number("7000"),
        ],
        &[
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            text("okt 2026"),
            number("46295"),
            number("7000.5"),
        ],
        &[
            text("Prov, Låtsa"),
            number("7801022398"),
            text("Provgatan 4 lgh 1201, 411 11 GÖTEBORG"),
            text("okt 2026"),
            number("46295"),
            number("500"),
        ],
        &[
            text("Namn"),
            text("Pnr"),
            text("Adress"),
            text("Hyresmånad"),
            text("Förfallodatum"),
            text("Belopp"),
        ],
        &[text("Summa"), Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty, number(total)],
    ])
}

#[test]
fn a_sheet_by_month_is_a_notice_for_each_household_with_its_total_checked() {
    let notices = workbook(&by_month("14500.5"), None);
    assert_eq!(notices.len(), 2);
    assert_eq!(
        values(&notices[0], PERSON),
        ["198501012390", "Testa Testsson", "Provgatan 2", "1101", "14000.50"]
    );
    let months = [
        "/arrears/periods/0/period",
        "/arrears/periods/1/period",
        "/arrears/periods/1/dueOn",
        "/arrears/periods/1/amount",
        "/dwelling/city",
        "/sender/organisationNumber",
    ];
    assert_eq!(
        values(&notices[0], &months),
        ["2026-09", "2026-10", "2026-09-30", "7000.50", "Göteborg", "5569000002"]
    );
    assert_eq!(values(&notices[1], &["/arrears/amountToRecover"]), ["500.00"]);
    let evidence = &notices[1].evidence["/arrears/periods/0/amount"];
    assert_eq!(
        (evidence.source.as_str(), evidence.quote.reveal()),
        ("attachments/0/Restlista!F6", "500")
    );
    let clash =
        |notice: &Notice| notice.findings.iter().any(|it| it.code == "arrears.contradiction");
    assert!(!clash(&notices[0]) && !clash(&notices[1]));
    let wrong = workbook(&by_month("99999"), None);
    assert!(wrong.iter().all(
        |notice| clash(notice) && notice.evidence["/arrears/amountToRecover"].confidence < 0.95
    ));
}

#[test]
fn second_rows_two_header_rows_and_a_partners_own_words_are_understood() {
    let document = sheet(&[
        &[
            text("Hyresgäst 1"),
            Cell::Empty,
            text("Hyresgäst 2"),
            Cell::Empty,
            text("Objekt"),
            Cell::Empty,
        ],
        &[
            text("Namn"),
            text("Personnummer"),
            text("Namn"),
            text("Personnummer"),
            text("Gatuadress"),
            text("Total skuld"),
        ],
        &[
            text("Testa Testsson"),
            text("19850101-2390"),
            text("Bo Prov"),
            text("19780102-2398"),
            text("Provgatan 1"),
            number("100"),
        ],
    ]);
    let notices = workbook(&document, None);
    let second =
        ["/persons/1/name", "/persons/1/identity/value", "/persons/1/role", "/dwelling/street"];
    assert_eq!(
        values(&notices[0], &second),
        ["Bo Prov", "197801022398", "coTenant", "Provgatan 1"]
    );

    let document = sheet(&[
        &[text("Vem"), text("Nummer"), text("Var"), text("Hur mycket")],
        &[text("Testa Testsson"), text("19850101-2390"), text("Provgatan 1"), number("100")],
    ]);
    let labels = Labels::new(
        [
            ("vem", "persons.0.name"),
            ("NUMMER", "persons.0.identity.value"),
            ("var", "dwelling.street"),
            ("hur mycket", "arrears.amountToRecover"),
        ]
        .map(|(label, field)| (label.to_owned(), field.to_owned())),
    )
    .unwrap();
    let notices = workbook(&document, Some(&labels));
    assert_eq!(
        values(&notices[0], PERSON),
        ["198501012390", "Testa Testsson", "Provgatan 1", "-", "100.00"]
    );
    // Without them only what can be nothing else is read; what is owed is not.
    let inferred = workbook(&document, None);
    assert_eq!(values(&inferred[0], PERSON), ["198501012390", "-", "Provgatan 1", "-", "-"]);
}

#[test]
fn a_day_alone_in_its_row_is_the_day_of_the_hours_below() {
    let stop = |clock: &str, case: &str, street: &str| {
        [
            text(clock),
            text("Avhysning"),
            text(case),
            text("Testa Testsson"),
            text("850101-2382"),
            text(street),
        ]
    };
    let heads = ["Kl", "Vad", "Mål", "Namn", "Pnr", "Plats"].map(text);
    let (first, second, third) = (
        stop("08.30", "U-200001-26", "Provgatan 2, 411 11 Provstad"),
        stop("13.45", "U-200002-26", "Provgatan 4, 411 11 Provstad"),
        stop("10.00", "U-200003-26", "Provgatan 6, 411 11 Provstad"),
    );
    let day = |heading: &str| [text(heading)];
    let starts = |headings: [&str; 2]| {
        let [before, between] = headings.map(day);
        let rows: [&[Cell]; 6] = [&heads, &before, &first, &second, &between, &third];
        let notices = workbook(&sheet(&rows), None);
        let start = |notice: &Notice| values(notice, &["/enforcement/startsAt"]).remove(0);
        notices.iter().map(start).collect::<Vec<String>>()
    };
    let (early, late) = ("2026-11-10T08:30:00+01:00", "2026-11-10T13:45:00+01:00");
    assert_eq!(
        starts(["TISDAG 10 NOVEMBER 2026", "Torsdag 12 november 2026"]),
        [early, late, "2026-11-12T10:00:00+01:00"]
    );
    // A heading without its date, or with another day's name, is the day of nothing: neither is the one before it.
    for other in ["Torsdag, datum senare", "Onsdag 12 november 2026", "Nästa vecka"] {
        assert_eq!(starts(["TISDAG 10 NOVEMBER 2026", other]), [early, late, "-"], "{other}");
    }
}

#[test]
fn months_are_told_by_their_count_by_what_a_row_is_about_and_by_short_headings() {
    let months = |notice: &Notice| {
        let paths: Vec<String> = (0..3).map(|at| format!("/arrears/periods/{at}/period")).collect();
        values(notice, &paths.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let read = |heads: &[&str], row: &[Cell]| {
        let heads: Vec<Cell> = heads.iter().map(|head| text(head)).collect();
        let mut notices = workbook(&sheet(&[&heads, row]), None);
        months(&notices.remove(0))
    };
    let of = ["Namn", "Pnr", "Adress"];
    let whose =
        || [text("Testa Testsson"), text("850101-2382"), text("Provgatan 2, 411 11 Provstad")];
    let with = |more: &[&'static str]| [&of[..], more].concat();
    let row = |more: &[Cell]| [&whose()[..], more].concat();
    assert_eq!(
        read(
            &with(&["Hyra/mån", "Antal mån", "Från månad", "Att betala"]),
            &row(&[
                number("5000"),
                number("3"),
                Cell::Date("2026-08-01".to_owned()),
                number("15000")
            ]),
        ),
        ["2026-08", "2026-09", "2026-10"]
    );
    assert_eq!(
        read(&with(&["Avser", "Skuld"]), &row(&[text("Hyra 2026-09, 2026-10"), number("15000")])),
        ["2026-09", "2026-10", "-"]
    );
    assert_eq!(
        read(
            &with(&["aug-26", "sep-26", "Summa"]),
            &row(&[number("5000"), number("5000"), number("10000")]),
        ),
        ["2026-08", "2026-09", "-"]
    );
}
