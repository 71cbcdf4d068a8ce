//! Which street is the home's, in letters of many styles, and which is another's.

use super::home;
use crate::normalize::prose::seen::Seen;
use crate::normalize::prose::seen::Sheet;

#[test]
fn the_home_is_found_and_not_the_landlords_office() {
    for (text, street, apartment, code, city) in [
        (
            "Hyresvärd: Fastighets AB Exempelhus, Kontorsgatan 1, 200 10 Malmö.\nHyresgäst: Testa Testsson, Exempelgatan 12 lgh 1102, 214 00 Malmö",
            "Exempelgatan 12",
            Some("1102"),
            Some("21400"),
            Some("Malmö"),
        ),
        (
            "hon bor på Norra Provvägen 3 B, lägenhet 1001",
            "Norra Provvägen 3 B",
            Some("1001"),
            None,
            None,
        ),
        (
            "Brf Provet, Klintvägen 9, 429 30 Malmö\n\nMedlem\nTesta Ek\nKlintvägen 11 A, 2 tr\nSE-429 31 MALMÖ",
            "Klintvägen 11 A",
            None,
            Some("42931"),
            Some("Malmö"),
        ),
        (
            "Hyresgäst: Testa Ek, fiktivgatan 10a, lgh 14 (1202), 42679 V Frölunda. Ny adress: Annangatan 7, 222 22 Lund",
            "Fiktivgatan 10 A",
            Some("1202"),
            Some("42679"),
            Some("Västra Frölunda"),
        ),
        (
            "Exempelgatan 4\n411 01 GÖTEBORG",
            "Exempelgatan 4",
            None,
            Some("41101"),
            Some("Göteborg"),
        ),
    ] {
        let sheet = Sheet::body(text);
        let home = home(&[sheet]);
        let told = |seen: Option<Seen<String>>| seen.map(|seen| seen.value);
        assert_eq!(told(home.street).as_deref(), Some(street), "{text}");
        assert_eq!(told(home.apartment).as_deref(), apartment, "{text}");
        assert_eq!(told(home.postal_code).as_deref(), code, "{text}");
        assert_eq!(told(home.city).as_deref(), city, "{text}");
    }
}

#[test]
fn anothers_address_is_no_home_or_an_unsure_one() {
    for (text, street, sure) in [
        (
            "Sökande: Provo Berg, 900102-2384, Värdgatan 5, 211 00 Malmö. Svarande: Testa Ek, 850101-2390, Exempelgatan 12, 214 00 Malmö.",
            Some("Exempelgatan 12"),
            true,
        ),
        (
            "Sökande\nProvo Berg\n900102-2384\nVärdgatan 5\n211 00 Malmö\n\nSvarande\nTesta Ek\n850101-2390\nExempelgatan 12\n214 00 Malmö",
            Some("Exempelgatan 12"),
            true,
        ),
        (
            "Testa Ek har obetald hyra.\n\nProvo Berg\n900102-2384\nVärdgatan 5\n211 00 Malmö",
            Some("Värdgatan 5"),
            false,
        ),
        (
            "Orolig för barnen hos Testa Ek.\nAnmälare: Provo Berg, 900102-2384, Värdgatan 5, 211 00 Malmö",
            None,
            false,
        ),
        (
            "Hyresgästen på Exempelgatan 12 stör. Vårt kontor ligger på Värdgatan 5 i Malmö.",
            Some("Exempelgatan 12"),
            true,
        ),
        (
            "Borgensman: Provo Berg, Värdgatan 5. Hon bor på Exempelgatan 12.",
            Some("Exempelgatan 12"),
            true,
        ),
        (
            "Hon har flyttat till sin syster på Värdgatan 5. Lägenheten är Exempelgatan 12.",
            Some("Exempelgatan 12"),
            true,
        ),
        (
            "Hyresvärd: Provo Berg\nAdress: Värdgatan 5\n\nHyresgäst: Testa Ek\nAdress: Exempelgatan 12",
            Some("Exempelgatan 12"),
            true,
        ),
        (
            "Jag bor på Värdgatan 5 och vill anmäla Testa Ek på Exempelgatan 12.",
            Some("Exempelgatan 12"),
            true,
        ),
        (
            "SÖKANDE\tSVARANDE\nBrf Provet\tTesta Ek, 19850101-2390\nExempelgatan 12, 415 26 Göteborg\n\nTid: i morgon\nNycklar\nHandläggare",
            Some("Exempelgatan 12"),
            true,
        ),
    ] {
        let home = home(&[Sheet::body(text)]);
        let seen = home.street.as_ref();
        assert_eq!(seen.map(|seen| seen.value.as_str()), street, "{text}");
        assert_eq!(seen.is_some_and(|seen| seen.confidence >= 0.95), sure, "{text}");
        for part in [home.postal_code.as_ref(), home.city.as_ref()].into_iter().flatten() {
            assert!(seen.is_some_and(|seen| part.confidence <= seen.confidence), "{text}");
        }
    }
}

#[test]
fn codes_and_doors_stand_in_many_places() {
    for (text, code, apartment) in [
        (
            "hyresgäst på Fingalgatan 4 lgh 1201 i Norrköping (602 21) har inte betalt",
            Some("60221"),
            Some("1201"),
        ),
        (
            "lägenheten 1201 på Fabelgatan 30 i Huddinge (141 46) till henne",
            Some("14146"),
            Some("1201"),
        ),
        ("Adress: Exempelgatan 12, Malmö 214 00", Some("21400"), None),
        ("bor på Exempelgatan 12, 1102, 214 00 Malmö", Some("21400"), Some("1102")),
        ("Provtorget 4 A, 1301\n632 20 Eskilstuna", Some("63220"), Some("1301")),
        ("Hyresgäst: Testa Ek, Exempelgatan 12 (1102)", None, Some("1102")),
        ("our student in room 1110, Exempelgatan 7, 224 56 Lund", Some("22456"), Some("1110")),
        ("bor på Exempelgatan 7. Lägenhetsnumret är 1201.", None, Some("1201")),
        ("bor på Exempelgatan 7, 2026-10-01 skrev vi", None, None),
    ] {
        let home = home(&[Sheet::body(text)]);
        let told = |seen: Option<Seen<String>>| seen.map(|seen| seen.value);
        assert_eq!(told(home.postal_code).as_deref(), code, "{text}");
        assert_eq!(told(home.apartment).as_deref(), apartment, "{text}");
    }
}

#[test]
fn a_neighbours_door_is_not_the_homes() {
    for (text, apartment) in [
        (
            "Hyresgästen på Exempelgatan 12 stör. Grannen Provo Berg, Exempelgatan 12 lgh 1103, har anmält.",
            None,
        ),
        ("Hyresgästen i lgh 1102 på Exempelgatan 12 stör. Lgh 1304 har klagat.", Some("1102")),
        ("Grannarna till lgh 1102 på Exempelgatan 12 klagar.", Some("1102")),
    ] {
        let told = home(&[Sheet::body(text)]).apartment.map(|seen| seen.value);
        assert_eq!(told.as_deref(), apartment, "{text}");
    }
}

#[test]
fn a_street_behind_a_name_or_a_house_that_is_let_is_the_home() {
    for (text, street) in [
        (
            "Vår klient Provkraft AB har fått full betalning av Nils och Lena Ek, Storgatan 2.",
            "Storgatan 2",
        ),
        ("I tillägg till vårt brev (ärende 4, familjen Ek, Provstigen 9): maj", "Provstigen 9"),
        ("Jag äger hyreshuset Sunnanprovet 1 (Exempels Hus).", "Sunnanprovet 1"),
        ("Undertecknad äger en bostadsrättslägenhet, Solvägen 20, som hyrs ut", "Solvägen 20"),
        (
            "Stiftelsen Provköpings Hyreshus\nStorvägen 2\n\nVi har sagt upp Rune Ek från lägenheten Provvägen 14 B.",
            "Provvägen 14 B",
        ),
    ] {
        let home = home(&[Sheet::body(text)]);
        assert_eq!(home.street.map(|seen| seen.value).as_deref(), Some(street), "{text}");
    }
}

#[test]
fn an_entrances_letter_on_the_next_line_is_the_streets() {
    for (text, street) in [
        ("hos Testa Ek, Exempelgatan 8\nB, 573 92 Tranås", "Exempelgatan 8 B"),
        ("hos Testa Ek, Exempelgatan 8\nB 573 92 Tranås", "Exempelgatan 8 B"),
        ("hos Testa Ek, Exempelgatan 8\nA. Skulden är betald.", "Exempelgatan 8"),
        ("hos Testa Ek, Exempelgatan 8 C\nB, 573 92 Tranås", "Exempelgatan 8 C"),
    ] {
        let told = home(&[Sheet::body(text)]).street.map(|seen| seen.value);
        assert_eq!(told.as_deref(), Some(street), "{text}");
    }
}

#[test]
fn a_neighbour_of_the_same_house_tells_where_it_is() {
    for text in [
        "Jag bor på Exempelgatan 9 i Sandviken. I lägenheten ovanför bor en pojke.",
        "Jag bor på Exempelgatan 9. I lägenhet 1201 i samma hus bor Testa Ek.",
        "Jag bor granne med en familj på Exempelgatan 9 i Skara.",
    ] {
        let street = home(&[Sheet::body(text)]).street;
        assert!(street.is_some_and(|seen| seen.value == "Exempelgatan 9"), "{text}");
    }
    let own =
        home(&[Sheet::body("Jag bor på Exempelgatan 9 i Sandviken. Hon bor i ett annat kvarter.")]);
    assert!(own.street.is_none_or(|seen| seen.confidence < 0.95));
}
