//! The control code: what it binds, how it is written and read.

use super::ALPHABET;
use super::ControlCode;
use crate::domain::digest::Digest;
use crate::domain::reference::Prefix;
use crate::domain::reference::Reference;
use aws_lc_rs::hmac;
use jiff::Timestamp;
use proptest::prelude::any;
use proptest::prop_assert;
use proptest::prop_assert_eq;
use proptest::proptest;

const ARRIVED: i64 = 1_760_270_851;

fn key(byte: u8) -> hmac::Key {
    hmac::Key::new(hmac::HMAC_SHA256, &[byte; 32])
}

fn code(key_byte: u8, reference: &str, second: i64, content: &[u8]) -> ControlCode {
    let reference = Reference::parse(reference).expect("a reference");
    let received_at = Timestamp::from_second(second).expect("a time");
    ControlCode::compute(&key(key_byte), &reference, received_at, &Digest::of(content))
}

#[test]
fn the_code_is_the_first_fifty_bits_of_the_hmac_over_lines() {
    let found = code(7, "AVH-7K4M-2QX6", ARRIVED, b"a notice");
    let digest = Digest::of(b"a notice");
    let lines = format!("kvittens control code 1\nAVH-7K4M-2QX6\n2025-10-12T12:07:31Z\n{digest}");
    let tag = hmac::sign(&key(7), lines.as_bytes());
    let bits: String = tag.as_ref().iter().map(|byte| format!("{byte:08b}")).collect();
    let symbols: String = (0..10)
        .map(|place| {
            let value = usize::from_str_radix(&bits[place * 5..place * 5 + 5], 2).expect("bits");
            char::from(ALPHABET[value])
        })
        .collect();
    assert_eq!(found.as_str(), symbols);
    assert_eq!(found.to_string(), format!("{}-{}", &symbols[..5], &symbols[5..]));
}

#[test]
fn every_fact_and_the_key_change_the_code_and_fractions_of_a_second_do_not() {
    let first = code(7, "AVH-7K4M-2QX6", ARRIVED, b"a notice");
    for other in [
        code(8, "AVH-7K4M-2QX6", ARRIVED, b"a notice"),
        code(7, "AVH-0000-0000", ARRIVED, b"a notice"),
        code(7, "AVH-7K4M-2QX6", ARRIVED + 1, b"a notice"),
        code(7, "AVH-7K4M-2QX6", ARRIVED, b"another"),
    ] {
        assert_ne!(first, other);
    }
    let later = Timestamp::new(ARRIVED, 999_999_999).expect("a time");
    let reference = Reference::parse("AVH-7K4M-2QX6").expect("a reference");
    assert_eq!(first, ControlCode::compute(&key(7), &reference, later, &Digest::of(b"a notice")));
}

#[test]
fn a_code_is_read_as_people_write_it() {
    let code = ControlCode::parse("01V0XYZ7K4").expect("a code");
    for spelling in [
        "01v0xyz7k4",
        "01V0X-YZ7K4",
        " 01V0X \u{2013} YZ7K4\u{a0}",
        "OlVoX-YZ7K4",
        "oiv0xyz7k4",
        "0-1-V-0-X-Y-Z-7-K-4",
    ] {
        assert_eq!(ControlCode::parse(spelling), Some(code.clone()), "{spelling}");
    }
    for bad in [
        "",
        "01V0XYZ7K",
        "01V0XYZ7K44",
        "01V0XYZ7KU",
        "01V0XYZ7K!",
        "01V0XYZ7KÅ",
        "01V0XYZ7K\u{ff14}",
    ] {
        assert_eq!(ControlCode::parse(bad), None, "{bad}");
    }
}

#[test]
fn debug_does_not_show_the_code() {
    assert_eq!(format!("{:?}", ControlCode::parse("01V0XYZ7K4")), "Some(ControlCode(***))");
}

proptest! {
    #[test]
    fn every_code_is_read_back_and_holds_known_symbols_only(random in any::<[u8; 7]>(), second in 0_i64..4_000_000_000) {
        let reference = Reference::compose(&Prefix::parse("AVH").expect("a prefix"), random);
        let made = code(1, reference.as_str(), second, &random);
        prop_assert!(made.as_str().bytes().all(|symbol| ALPHABET.contains(&symbol)));
        prop_assert_eq!(ControlCode::parse(&made.to_string()), Some(made.clone()));
        prop_assert_eq!(ControlCode::parse(made.as_str()), Some(made));
    }

    #[test]
    fn no_text_makes_the_reading_panic(text in any::<String>()) {
        let _read = ControlCode::parse(&text);
    }
}
