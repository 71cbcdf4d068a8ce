//! Tables, forms and lists as people send them, each in another dress than the labelled messages.

use super::Material;
use super::Told;
use super::read;
use crate::domain::calendar::LocalTime;
use crate::domain::document::Document;
use crate::domain::document::DocumentKind;
use crate::domain::labels::Labels;
use crate::domain::notice::Notice;
use crate::domain::notice::NoticeType;
use crate::normalize::Context;
use crate::normalize::Limits;
use crate::normalize::prose::Letter;
use serde_json::Value;
use std::fmt::Write as _;

pub(super) fn told(material: &Material<'_>, labels: Option<&Labels>) -> Told {
    let local_time = LocalTime::named("Europe/Stockholm").unwrap();
    let received_at = "2026-11-20T08:00:00Z".parse().unwrap();
    let limits = Limits::default();
    let context = Context {
        received_at,
        local_time: &local_time,
        limits,
        robot: false,
        documents: None,
        labels,
        thresholds: None,
    };
    read(material, &context)
}

fn mail(text: &str) -> Told {
    let letter = Letter { subject: "Meddelande till socialnämnden", text, ..Letter::default() };
    told(&Material { letter, ..Material::default() }, None)
}

pub(super) fn values(notice: &Notice, paths: &[&str]) -> Vec<String> {
    let whole = serde_json::to_value(notice).unwrap();
    let plain = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    paths.iter().map(|path| whole.pointer(path).map_or("-".to_owned(), plain)).collect()
}

pub(super) const PERSON: &[&str] = &[
    "/persons/0/identity/value",
    "/persons/0/name",
    "/dwelling/street",
    "/dwelling/apartmentNumber",
    "/arrears/amountToRecover",
];

#[test]
fn a_table_in_a_letter_is_a_notice_for_each_row() {
    for (open, sign, close) in
        [("", " ; ", ""), ("| ", " | ", " |"), ("", "\t", ""), ("", "     ", "")]
    {
        let row = |cells: &[&str]| format!("{open}{}{close}\n", cells.join(sign));
        let text = format!(
            "Hej!\n\nFöljande hyresgäster har obetald hyra och är uppsagda enligt 12 kap. 44 § jordabalken:\n\n{}{}{}\nMed vänlig hälsning\nEva Provberg\nFastighets AB Exempelhus\n",
            row(&["Hyresgäst", "Pers.nr", "Bostadsadress", "Lgh nr", "Skuld (kr)"]),
            row(&["Testa Testsson", "850101-2390", "Exempelgatan 3", "1102", "8 912,00"]),
            row(&["Låtsa Prov", "780102-2398", "Exempelgatan 5", "0902", "11 340:-"]),
        );
        let told = mail(&text);
        assert_eq!(told.notices.len(), 2, "{text}");
        assert!(told.list && told.structured);
        assert_eq!(
            values(&told.notices[0], PERSON),
            ["198501012390", "Testa Testsson", "Exempelgatan 3", "1102", "8912.00"],
            "{text}"
        );
        assert_eq!(
            values(&told.notices[1], PERSON),
            ["197801022398", "Låtsa Prov", "Exempelgatan 5", "0902", "11340.00"],
            "{text}"
        );
        for notice in &told.notices {
            assert_eq!(notice.kind, NoticeType::RentArrears, "{text}");
            assert_eq!(values(notice, &["/sender/name"]), ["Fastighets AB Exempelhus"], "{text}");
        }
    }
}

#[test]
fn a_list_in_the_text_and_letters_beside_each_other_are_notices_of_their_own() {
    let read = mail(
        "Hej,\n\nVi har sagt upp två hyresgäster på grund av obetald hyra (12 kap. 44 § jordabalken):\n\n1) Testa Testsson, 850101-2390, Provgatan 1 lgh 1001, skuld 7 000 kr.\n2) Låtsa Prov, 780102-2398, Provgatan 9 lgh 1202, skuld 8 000 kr.\n\nMed vänlig hälsning\nFastighets AB Exempelhus",
    );
    assert_eq!(read.notices.len(), 2);
    let number = ["/persons/0/identity/value", "/dwelling/street"];
    assert_eq!(values(&read.notices[0], &number), ["198501012390", "Provgatan 1"]);
    assert_eq!(values(&read.notices[1], &number), ["197801022398", "Provgatan 9"]);
    // Two tenants of one home are one notice.
    let read = mail(
        "Hej,\n\nVi har sagt upp hyresavtalet på grund av obetald hyra:\n\n1) Testa Testsson, 850101-2390\n2) Låtsa Prov, 780102-2398\n\nAdress: Provgatan 1 lgh 1001\n\nFastighets AB Exempelhus",
    );
    assert_eq!(read.notices.len(), 1);

    let letter = |name: &str, number: &str, street: &str| {
        format!(
            "Meddelande till socialnämnden\nHyresgästen {name}, {number}, {street}, har obetald hyra och är uppsagd enligt 12 kap. 44 § jordabalken."
        )
    };
    let two = [
        (
            "attachments/0".to_owned(),
            letter("Testa Testsson", "850101-2390", "Provgatan 1 lgh 1001"),
        ),
        ("attachments/1".to_owned(), letter("Låtsa Prov", "780102-2398", "Provgatan 9 lgh 1202")),
    ];
    let letters = |documents: &[(String, String)]| {
        let letter = Letter {
            subject: "Två ärenden",
            text: "Se bifogade brev.",
            documents,
            ..Letter::default()
        };
        told(&Material { letter, ..Material::default() }, None).notices.len()
    };
    assert_eq!(letters(&two), 2);
    let same = [
        two[0].clone(),
        ("attachments/1".to_owned(), two[0].1.replace("Meddelande", "Kopia av uppsägning")),
    ];
    assert_eq!(letters(&same), 1);
}

#[test]
fn a_statutory_form_is_read_by_its_questions() {
    let text = "Underrättelse\nMeddelande till socialnämnd om uppsägning av bostadshyresgäst på grund av försummad hyresbetalning\n1. Hyresvärdens namn, postadress och telefonnummer\nProvbo AB\nBox 7, 200 10 Malmö\ntel. 040-000 00 00\n2. Hyresgästens namn och postadress\nTesta Testsson och Bo Prov\nProvgatan 11 lgh 0902\n214 00 Malmö\n3. Den förhyrda lägenhetens storlek (antalet rum)\n3 rum och kök\n4. Belopp som hyresgästen ska betala för att återvinna hyresrätten\n12 000 kr varav 6 000 kr förföll 2026-08-31 och 6 000 kr förföll 2026-09-30\n5. Plusgiro- eller bankgirokonto\n991-2346\nOrt och datum, underskrift\nMalmö den 12 november 2026";
    let documents = [("attachments/0".to_owned(), text.to_owned())];
    let mut document = Document::of(DocumentKind::Pdf);
    document.text = text.to_owned();
    let read = [("attachments/0".to_owned(), &document)];
    let letter = Letter {
        documents: &documents,
        text: "Se bilaga. Testa Testsson har personnummer 850101-2390.",
        ..Letter::default()
    };
    let told = told(&Material { letter, read: &read, ..Material::default() }, None);
    let notice = &told.notices[0];
    assert_eq!(notice.kind, NoticeType::RentArrears);
    assert_eq!(
        values(notice, PERSON),
        ["198501012390", "Testa Testsson", "Provgatan 11", "0902", "12000.00"]
    );
    let more = [
        "/persons/1/name",
        "/dwelling/postalCode",
        "/dwelling/rooms",
        "/arrears/periods/1/dueOn",
        "/arrears/payment/bankgiro",
        "/issuedOn",
        "/sender/name",
        "/sender/phone",
    ];
    assert_eq!(
        values(notice, &more),
        [
            "Bo Prov",
            "21400",
            "3",
            "2026-09-30",
            "991-2346",
            "2026-11-12",
            "Provbo AB",
            "040-000 00 00"
        ]
    );
}

#[test]
fn hostile_and_large_texts_are_read_to_their_end() {
    let mut table = "namn;pnr;adress;skuld\n".to_owned();
    for row in 0..3000 {
        writeln!(table, "Testa Testsson;850101-2390;Provgatan {row} lgh 1001;8 912,00").unwrap();
    }
    let labels = "Namn: x\n".repeat(20_000);
    let items: String =
        (1..3000).map(|at| format!("{at}) Testa Testsson 850101-2390 Provgatan {at}\n")).collect();
    let signs = "a;b|c\td  e=f:g\n".repeat(10_000);
    let wide = "namn;".repeat(40_000);
    for text in
        [&table, &labels, &items, &signs, &wide, &"1)  \n".repeat(40_000), &"(".repeat(200_000)]
    {
        assert!(mail(text).notices.len() <= 3000, "{}", &text[..20]);
    }
}
