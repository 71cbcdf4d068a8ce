//! What stands together in a cell comes apart.

use super::Giro;
use super::account;
use super::address;
use super::amount;
use super::code_and_town;
use super::day;
use super::serial_day;
use crate::normalize::tables::names::name;
use crate::normalize::tables::names::people;
use jiff::civil::date;

#[test]
fn an_address_comes_apart() {
    for (text, street, apartment, code, city) in [
        (
            "Storprovsgatan 9 lgh 1101, 214 00 Malmö",
            "Storprovsgatan 9",
            Some("1101"),
            Some("21400"),
            Some("Malmö"),
        ),
        ("Storprovsgatan 48 B", "Storprovsgatan 48 B", None, None, None),
        ("FIKTIVA KYRKOGATAN 18 LGH 1302", "Fiktiva Kyrkogatan 18", Some("1302"), None, None),
        (
            "Provvägen 3, 2 tr, 411 11 GÖTEBORG",
            "Provvägen 3",
            None,
            Some("41111"),
            Some("Göteborg"),
        ),
        ("Lgh 8, Klintvägen 11", "Klintvägen 11", Some("8"), None, None),
        ("Lunaprovet 4, apt 1102", "Lunaprovet 4", Some("1102"), None, None),
        (
            "Lilla Provgränd 2a\n214 00 MALMO",
            "Lilla Provgränd 2a",
            None,
            Some("21400"),
            Some("Malmö"),
        ),
        ("Provgatan 2, 1201", "Provgatan 2", Some("1201"), None, None),
        ("Villaprovet 3 källarplan", "Villaprovet 3", None, None, None),
    ] {
        let read = address(text);
        assert_eq!(read.street.as_deref(), Some(street), "{text}");
        assert_eq!(read.apartment.as_deref(), apartment, "{text}");
        assert_eq!(read.postal_code.as_deref(), code, "{text}");
        assert_eq!(read.city.as_deref(), city, "{text}");
    }
    assert_eq!(address("c/o Provman, Testvägen 2").care_of.as_deref(), Some("Provman"));
    assert_eq!(code_and_town("217 51 MALMÖ"), (Some("21751".into()), Some("Malmö".into())));
    assert_eq!(code_and_town("GOTEBORG"), (None, Some("Göteborg".into())));
}

#[test]
fn persons_come_apart() {
    let read = |text| -> Vec<(Option<String>, Option<String>)> {
        people(text, false).into_iter().map(|it| (it.name, it.number)).collect()
    };
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(read("Gösta Testholm, 7801022398"), [(some("Gösta Testholm"), some("7801022398"))]);
    assert_eq!(
        read("Testsson, Testa (850101-2390)"),
        [(some("Testa Testsson"), some("850101-2390"))]
    );
    assert_eq!(
        read("850101-2390 Testa af Låtsas"),
        [(some("Testa af Låtsas"), some("850101-2390"))]
    );
    assert_eq!(read("Exempla Fiktivlund (1 barn)"), [(some("Exempla Fiktivlund"), None)]);
    assert_eq!(
        read("Bo och Eva Sjöprov"),
        [(some("Bo Sjöprov"), None), (some("Eva Sjöprov"), None)]
    );
    assert_eq!(
        read("Bo Prov 850101-2390 / Eva Test 19780102-2398"),
        [(some("Bo Prov"), some("850101-2390")), (some("Eva Test"), some("19780102-2398"))]
    );
    assert_eq!(read("MARGARETA TEST-EXEMPELSTRÖM"), [(some("Margareta Test-Exempelström"), None)]);
    assert_eq!(
        name("FIKTIVSDOTTER EXEMPLA JOSEFINA", true),
        some("Exempla Josefina Fiktivsdotter")
    );
    assert_eq!(name("12", false), None);
}

#[test]
fn amounts_days_and_accounts_are_read_with_words_around_them() {
    for (text, ore) in [
        ("5 222 + ränta", 522_200),
        ("15 140 kr; 7 570 kr förföll 2026-08-31", 1_514_000),
        ("12 990 kr avseende oktober 2026, förfallodag 2026-09-30", 1_299_000),
        ("8 066 kr, förfallodag 31 augusti", 806_600),
        ("10 330:- + ränta", 1_033_000),
        ("5 210,50 kr, november 2026", 521_050),
        ("7.890,00", 789_000),
    ] {
        assert_eq!(amount(text).map(|it| it.ore()), Some(ore), "{text}");
    }
    assert_eq!(amount("Se bilaga (reskontra)"), None);
    let on = date(2026, 11, 18);
    assert_eq!(day("2/11", on), Some((date(2026, 11, 2), 0.93)));
    assert_eq!(day("17 okt", on), Some((date(2026, 10, 17), 0.93)));
    assert_eq!(day("30 jan", on), Some((date(2027, 1, 30), 0.93)));
    assert_eq!(day("12 nov. 2026", on), Some((date(2026, 11, 12), 0.98)));
    assert_eq!(serial_day("46332", on), Some(date(2026, 11, 6)));
    assert_eq!(serial_day("21400", on), None);
    for (text, said, read) in [
        ("Bg 505-0109", None, Some((Giro::Bank, "505-0109"))),
        ("PG 41 00 77-2", None, Some((Giro::Plus, "410077-2"))),
        ("9960154", Some(Giro::Bank), Some((Giro::Bank, "996-0154"))),
        ("591123", Some(Giro::Plus), Some((Giro::Plus, "59112-3"))),
        ("plusgiro 591 12-3", None, Some((Giro::Plus, "59112-3"))),
        ("991-2312", None, Some((Giro::Bank, "991-2312"))),
        ("Swish 123 456", None, None),
    ] {
        let got = account(text, said);
        assert_eq!(got.as_ref().map(|(giro, number)| (*giro, number.as_str())), read, "{text}");
    }
}
