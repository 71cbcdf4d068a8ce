//! The canonical form by the examples of RFC 8785, and the strict reading.

use super::NotCanonical;
use super::bytes;
use super::parse;
use proptest::prelude::any;
use proptest::prop_assert_eq;
use proptest::proptest;
use proptest::strategy::Strategy as _;
use serde_json::Value;
use serde_json::json;

fn canonical(text: &str) -> String {
    String::from_utf8(bytes(&parse(text.as_bytes()).expect("a document")).expect("a form")).unwrap()
}

#[test]
fn the_example_of_section_3_2_2_comes_out_byte_for_byte() {
    let text = r#"{
        "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
        "literals": [null, true, false]
    }"#;
    let expected = "7b226c69746572616c73223a5b6e756c6c2c747275652c66616c73655d2c226e756d62657273223a5b333333333333333333\
                    2e333333333333332c31652b33302c342e352c302e3030322c31652d32375d2c22737472696e67223a22e282ac245c753030\
                    30665c6e4127425c225c5c5c5c5c222f227d";
    assert_eq!(hex::encode(canonical(text)), expected);
}

#[test]
fn members_are_sorted_by_utf_16_units_as_in_section_3_2_3() {
    let text = r#"{"\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
        "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control", "\u00f6": "Latin Small Letter O With Diaeresis"}"#;
    let form = canonical(text);
    let order = ["Carriage", "One", "Control", "Latin", "Euro", "Emoji", "Hebrew"];
    let places: Vec<_> = order.iter().map(|word| form.find(word).expect("there")).collect();
    assert!(places.is_sorted(), "{form}");
}

#[test]
fn numbers_are_written_as_in_appendix_b() {
    let samples: [(u64, &str); 24] = [
        (0x0000_0000_0000_0000, "0"),
        (0x8000_0000_0000_0000, "0"),
        (0x0000_0000_0000_0001, "5e-324"),
        (0x8000_0000_0000_0001, "-5e-324"),
        (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
        (0xffef_ffff_ffff_ffff, "-1.7976931348623157e+308"),
        (0x4340_0000_0000_0000, "9007199254740992"),
        (0xc340_0000_0000_0000, "-9007199254740992"),
        (0x4430_0000_0000_0000, "295147905179352830000"),
        (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"),
        (0x44b5_2d02_c7e1_4af6, "1e+23"),
        (0x44b5_2d02_c7e1_4af7, "1.0000000000000001e+23"),
        (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"),
        (0x444b_1ae4_d6e2_ef4f, "999999999999999900000"),
        (0x444b_1ae4_d6e2_ef50, "1e+21"),
        (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"),
        (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
        (0x41b3_de43_5555_5553, "333333333.3333332"),
        (0x41b3_de43_5555_5554, "333333333.33333325"),
        (0x41b3_de43_5555_5555, "333333333.3333333"),
        (0x41b3_de43_5555_5556, "333333333.3333334"),
        (0x41b3_de43_5555_5557, "333333333.33333343"),
        (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
        (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
    ];
    for (bits, expected) in samples {
        let form = bytes(&json!(f64::from_bits(bits))).expect("a form");
        assert_eq!(String::from_utf8(form).unwrap(), expected, "{bits:x}");
    }
}

#[test]
fn what_two_readers_could_take_differently_is_refused() {
    let twice = [
        r#"{"reference":"A","reference":"B"}"#,
        r#"{"a":[{"b":1,"\u0062":1}]}"#,
        r#"{"a":9007199254740993}"#,
        r#"{"a":-9007199254740993}"#,
        r#"{"a":1152921504606846976}"#,
        r#"{"a":18446744073709551615}"#,
        r#"{"a":1e999}"#,
        r#"{"a":"\ud800"}"#,
        r#"{"a":1} {"a":2}"#,
        "",
    ];
    for text in twice {
        assert_eq!(parse(text.as_bytes()), Err(NotCanonical), "{text}");
    }
    assert_eq!(bytes(&json!({ "a": [9_007_199_254_740_993_u64] })), Err(NotCanonical));
    assert!(parse(br#"{"a":9007199254740991,"b":[{"a":-9007199254740991}]}"#).is_ok());
}

#[test]
fn great_numbers_are_read_back_from_their_own_form() {
    for (number, form) in [
        (9_007_199_254_740_992.0, "9007199254740992"),
        (1e17, "100000000000000000"),
        (1_152_921_504_606_846_976.0, "1152921504606847000"),
        (-1e20, "-100000000000000000000"),
        (1e21, "1e+21"),
    ] {
        assert_eq!(bytes(&json!(number)), Ok(form.as_bytes().to_vec()));
        let read = parse(form.as_bytes()).expect("a number");
        assert_eq!(bytes(&read), Ok(form.as_bytes().to_vec()));
    }
}

proptest! {
    #[test]
    fn the_form_is_read_back_as_the_same_document(
        texts in proptest::collection::btree_map(any::<String>(), any::<String>(), 0..6),
        number in any::<f64>().prop_filter("finite", |number| number.is_finite()),
        integer in -9_007_199_254_740_991_i64..9_007_199_254_740_992,
    ) {
        let value: Value = json!({ "texts": texts, "numbers": [number, integer, true, null] });
        let form = bytes(&value).expect("a form");
        let read = parse(&form).expect("a document");
        prop_assert_eq!(bytes(&read).expect("a form"), form);
        prop_assert_eq!(&read["texts"], &value["texts"]);
        prop_assert_eq!(read["numbers"][1].as_i64(), Some(integer));
    }
}
