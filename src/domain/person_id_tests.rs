//! Tests of the reading of personnummer and samordningsnummer, with the official test numbers.

use crate::domain::person_id::PersonIdentity;
use crate::domain::person_id::PersonIdentityFault;
use crate::domain::person_id::PersonIdentityKind;
use jiff::civil::Date;
use jiff::civil::date;
use proptest::prelude::any;
use proptest::prop_assert;
use proptest::prop_assert_eq;
use proptest::proptest;

const PERSONAL: [&str; 7] = [
    "198501012382",
    "198501012390",
    "199001022384",
    "197801022398",
    "201601022385",
    "201901012391",
    "192001011564",
];
const COORDINATION: [&str; 5] =
    ["197904842395", "197906812388", "197910792386", "191500722390", "191600802399"];

fn on() -> Date {
    date(2026, 10, 12)
}

#[test]
fn the_official_test_numbers_pass_in_every_spelling() {
    let numbers = PERSONAL
        .map(|number| (number, PersonIdentityKind::PersonalIdentityNumber))
        .into_iter()
        .chain(COORDINATION.map(|number| (number, PersonIdentityKind::CoordinationNumber)));
    for (number, kind) in numbers {
        let (date, serial) = number.split_at(8);
        let is_old = &number[..4] <= "1926";
        let separator = if is_old { '+' } else { '-' };
        let mut spellings = vec![
            number.to_owned(),
            format!("{date}-{serial}"),
            format!(" {date} {serial} "),
            format!("{}{separator}{serial}", &date[2..]),
            format!("{} {separator} {serial}", &date[2..]),
        ];
        if !is_old {
            spellings.push(number[2..].to_owned());
            spellings.push(format!("{}\u{2013}{serial}", &date[2..]));
        }
        for spelling in spellings {
            let (identity, fault) = PersonIdentity::read(&spelling, on());
            assert_eq!((identity.kind, fault), (kind, None), "{spelling}");
            assert_eq!(identity.digits12(), Some(number), "{spelling}");
            assert_eq!(identity.search_form(), number);
        }
    }
}

#[test]
fn the_century_is_that_in_which_nobody_is_born_later() {
    let table = [
        ("200101+1564", date(2026, 10, 12), "1920"),
        ("200101-1564", date(2026, 10, 12), "2020"),
        ("200101-1564", date(2019, 12, 31), "1920"),
        ("160102-2385", date(2016, 1, 2), "2016"),
        ("160102-2385", date(2016, 1, 1), "1916"),
        // The separator turns with the year, not with the birthday.
        ("160102+2385", date(2116, 1, 1), "2016"),
        ("150072-2390", date(2014, 1, 1), "1915"),
    ];
    for (text, on, expected) in table {
        let (identity, _) = PersonIdentity::read(text, on);
        let year = identity.digits12().and_then(|digits| digits.get(..4));
        assert_eq!(year, Some(expected), "{text} on {on}");
    }
}

#[test]
fn a_wrong_check_digit_keeps_the_number() {
    let (identity, fault) = PersonIdentity::read("850101-2391", on());
    assert_eq!(fault, Some(PersonIdentityFault::CheckDigit));
    assert_eq!(identity.kind, PersonIdentityKind::PersonalIdentityNumber);
    assert_eq!(identity.digits12(), Some(["19850101", "2391"].concat().as_str()));
}

#[test]
fn an_impossible_date_is_a_fault_of_personnummer() {
    // Month 13, 30 February, month 00, day 40: the check digit is made to fit.
    for front in ["851301239", "850230239", "850001239", "850140239"] {
        let number = (0..10).map(|check| format!("{front}{check}")).find(|n| super::luhn_holds(n));
        let number = number.expect("one of ten fits");
        let (identity, fault) = PersonIdentity::read(&number, on());
        assert_eq!(fault, Some(PersonIdentityFault::Date), "{front}");
        assert!(identity.digits12().is_some() && identity.birth_date().is_none());
    }
    let (_, fault) = PersonIdentity::read("201901012391", date(2018, 12, 31));
    assert_eq!(fault, Some(PersonIdentityFault::Date), "born in the future");
}

#[test]
fn interim_numbers_are_other_ids_without_fault() {
    for (text, value) in [
        ("850101-T238", "850101T238"),
        ("19850101-r238", "19850101R238"),
        ("850101 X 238", "850101X238"),
    ] {
        let (identity, fault) = PersonIdentity::read(text, on());
        assert_eq!((identity.kind, fault), (PersonIdentityKind::Other, None), "{text}");
        assert_eq!(identity.value.reveal(), value);
        assert_eq!((identity.digits12(), identity.birth_date()), (None, None));
    }
}

#[test]
fn what_is_no_number_is_kept_as_written() {
    for text in [
        "",
        "1985",
        "8,50101E+09",
        "85010-2390",
        "556900-0002",
        "165569000002",
        "lgh 1102",
        "850101--2390",
    ] {
        let (identity, fault) = PersonIdentity::read(text, on());
        assert_eq!(identity.kind, PersonIdentityKind::Other, "{text}");
        assert_eq!(fault, Some(PersonIdentityFault::Shape), "{text}");
        assert_eq!(identity.value.reveal(), text);
    }
}

#[test]
fn the_day_of_birth_is_in_the_number() {
    let table = [
        ("198501012390", Some(date(1985, 1, 1))),
        ("197904842395", Some(date(1979, 4, 24))),
        ("191500722390", None),
        ("191600802399", None),
    ];
    for (number, born) in table {
        assert_eq!(PersonIdentity::read(number, on()).0.birth_date(), born, "{number}");
    }
}

#[test]
fn neither_debug_nor_a_fault_shows_the_number() {
    for text in ["850101-2390", "850101-2391", "whatever 850101-2390"] {
        let shown = format!("{:?}", PersonIdentity::read(text, on()));
        assert!(!shown.contains("850101"), "{shown}");
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in any::<String>(), year in 1_i16..9999) {
        let _read = PersonIdentity::read(&text, date(year, 6, 15));
    }

    #[test]
    fn nothing_that_looks_like_a_number_makes_it_panic(text in "[0-9]{5,8}[-+ ]?[0-9TX]{3,5}") {
        let (identity, _) = PersonIdentity::read(&text, on());
        prop_assert!(identity.birth_date().is_none() || identity.digits12().is_some());
    }

    #[test]
    fn one_changed_digit_is_a_fault(which in 0_usize..12, place in 2_usize..12, add in 1_u8..10) {
        let numbers: Vec<&str> = PERSONAL.into_iter().chain(COORDINATION).collect();
        let mut digits = numbers[which].as_bytes().to_vec();
        digits[place] = b'0' + (digits[place] - b'0' + add) % 10;
        let text = String::from_utf8_lossy(&digits).into_owned();
        prop_assert!(PersonIdentity::read(&text, on()).1.is_some());
    }

    #[test]
    fn what_was_normalized_is_read_again_as_the_same(which in 0_usize..12) {
        let numbers: Vec<&str> = PERSONAL.into_iter().chain(COORDINATION).collect();
        let (first, _) = PersonIdentity::read(numbers[which], on());
        let (second, fault) = PersonIdentity::read(first.value.reveal(), on());
        prop_assert_eq!((second, fault), (first, None));
    }
}
