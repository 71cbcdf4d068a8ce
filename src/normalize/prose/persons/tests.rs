//! Who is read out of letters of many styles, and who is not.

use super::persons;
use crate::domain::notice::Role;
use crate::normalize::prose::identities::identities;
use crate::normalize::prose::seen::Sheet;

/// Name, number and role of each person.
fn read(text: &str) -> Vec<(String, String, Role)> {
    let on = "2026-11-16".parse().unwrap();
    let sheet = Sheet::body(text);
    let found = persons(std::slice::from_ref(&sheet), identities(&sheet, on), on);
    let told = found.into_iter().map(|person| {
        let number = person.identity.and_then(|it| it.value.identity.digits12().map(str::to_owned));
        (
            person.name.map_or(String::new(), |name| name.value),
            number.unwrap_or_default(),
            person.role,
        )
    });
    told.collect()
}

fn one(name: &str, number: &str, role: Role) -> (String, String, Role) {
    (name.to_owned(), number.to_owned(), role)
}

#[test]
fn names_stand_with_their_numbers_in_every_order() {
    for (text, name, number) in [
        (
            "Hyresgäst: Testa Testsson, 850101-2390, Exempelgatan 12",
            "Testa Testsson",
            "198501012390",
        ),
        ("Hyresgästen Testa Provberg har inte betalat", "Testa Provberg", ""),
        (
            "Svarande\nTesta von Påhitt\nPersonnummer: 850101-2390",
            "Testa von Påhitt",
            "198501012390",
        ),
        (
            "Hyresgäst 1.......: 850101-2382  TESTSSON, TESTA MARIA",
            "Testa Maria Testsson",
            "198501012382",
        ),
        ("GALDENAR_1=PROVMAN TESTAN\nGALDENAR_1_PNR=7801022398", "Testan Provman", "197801022398"),
        (
            "SÖKANDE\tSVARANDE\nBrf Provet, 769600-0004\tTesta Bo Ek, 19780102-2398",
            "Testa Bo Ek",
            "197801022398",
        ),
        ("hyresgästen heter testa provsson 850101 2382", "Testa Provsson", "198501012382"),
        ("2. Hyresgästens namn och postadress\nRut af Fiktiv\nProvgatan 2", "Rut af Fiktiv", ""),
        ("Vår lejer Åse al-Prov (19900102-2384) har ikke betalt", "Åse al-Prov", "199001022384"),
        (
            "Det gäller Testa Ek, Provgatan 7. Hennes personnummer är 85 01 01 - 2382.",
            "Testa Ek",
            "198501012382",
        ),
        ("Hyresgast: Nina Skannprov 85O1O1-2382", "Nina Skannprov", "198501012382"),
    ] {
        assert_eq!(read(text), vec![one(name, number, Role::Tenant)], "{text}");
    }
}

#[test]
fn several_persons_are_told_apart() {
    let (first, second) = ("198501012382", "199001022384");
    for text in [
        "Makarna Testa och Provo af Ek (850101-2382 resp. 900102-2384)",
        "Svarande: 1) Testa af Ek, 850101-2382, 2) Provo af Ek, 900102-2384",
        "Hyresgäst: af Ek, Testa (850101-2382)\nMedhyresgäst: af Ek, Provo (900102-2384)",
    ] {
        let meant = vec![
            one("Testa af Ek", first, Role::Tenant),
            one("Provo af Ek", second, Role::CoTenant),
        ];
        assert_eq!(read(text), meant, "{text}");
    }
    let family = read("Hyresgäst: Testa Ek, 850101-2382. Dottern Lill Ek, 20160102-2385.");
    let meant =
        vec![one("Testa Ek", first, Role::Tenant), one("Lill Ek", "201601022385", Role::Child)];
    assert_eq!(family, meant);
}

#[test]
fn those_who_write_help_or_own_are_nobody_of_the_household() {
    for text in [
        "Hyresgäst: Testa Ek\nHandläggare: Kim Kontor, 780102-2398\nMvh\nKim Kontor",
        "Hyresvärd: Anders Egenhus (780102-2398), tel 040-00 00 00\nHyresgäst: Testa Ek",
        "Jag heter Kim Ägarsson (780102-2398) och min hyresgäst Testa Ek betalar inte",
        "Vår hyresgäst Testa Ek stör. Grannen Eva Klagosson, 780102-2398, har ringt polisen.",
        "Hyresgäst: Testa Ek. Lägenheten ägs av Privat Ägarsson, 780102-2398, som är hyresvärd.",
        "Tidigare hyresgäst: Gammal Testsson 780102-2398\nHyresgäst: Testa Ek",
        "Stiftelsen Fiktiva Hem har sagt upp hyresgästen Testa Ek. Org.nr 780102-2398",
    ] {
        assert_eq!(read(text), vec![one("Testa Ek", "", Role::Tenant)], "{text}");
    }
}
