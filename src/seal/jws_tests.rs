//! The detached signature: the vectors of RFC 8037, and every way in which one must not be taken.

use super::Purpose;
use super::Refusal;
use super::Signature;
use super::compact;
use super::parts;
use super::sign;
use super::signing_input;
use super::verify;
use crate::seal::jwk::JwkSet;
use crate::seal::keys::KeyRing;
use crate::seal::keys::generate;
use crate::seal::keys::tests::RFC_KEY;
use crate::seal::keys::tests::RFC_KID;
use crate::seal::keys::tests::at;
use crate::seal::keys::tests::ring;
use aws_lc_rs::signature::ED25519;
use aws_lc_rs::signature::UnparsedPublicKey;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use proptest::prelude::any;
use proptest::prop_assert;
use proptest::proptest;
use serde_json::Value;
use serde_json::json;

const NOW: &str = "2026-11-22T16:53:24.5Z";

fn document() -> Value {
    json!({ "reference": "AVH-7K4M-2QX6", "sum": [1, 2.5, true, null], "nested": { "b": "å", "a": "" } })
}

fn signed() -> String {
    sign(&document(), Purpose::Receipt, &ring(), at(NOW)).expect("signed")
}

fn refusal(value: &Value, jws: &str, keys: &JwkSet) -> Option<Refusal> {
    verify(value, jws, Purpose::Receipt, keys).err()
}

/// Signed with the right key, but with a header of one's own.
fn with_header(header: &Value) -> String {
    let ring = ring();
    let (_, pair) = ring.signing(at(NOW)).expect("a key");
    let payload = crate::seal::canonical::bytes(&document()).expect("a form");
    compact(header.to_string().as_bytes(), &payload, pair)
}

fn header() -> Value {
    json!({ "alg": "EdDSA", "iat": 1_795_366_404, "kid": RFC_KID, "typ": "kvittens-receipt+jws" })
}

#[test]
fn the_signature_of_rfc_8037_appendix_a_4_comes_out_and_is_verified() {
    let ring = ring();
    let (key, pair) = ring.signing(at(NOW)).expect("a key");
    let jws = compact(br#"{"alg":"EdDSA"}"#, b"Example of Ed25519 signing", pair);
    let expected = "eyJhbGciOiJFZERTQSJ9..hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
    assert_eq!(jws, expected);
    let (header, signature) = parts(expected).expect("two parts");
    let input = signing_input(header, b"Example of Ed25519 signing");
    assert_eq!(
        String::from_utf8_lossy(&input),
        "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"
    );
    assert!(UnparsedPublicKey::new(&ED25519, key.as_bytes()).verify(&input, &signature).is_ok());
}

#[test]
fn a_signature_tells_its_key_and_its_time_and_survives_another_spelling() {
    let expected = Signature {
        kid: RFC_KID.to_owned(),
        signed_at: at("2026-11-22T16:53:24Z"),
        key_revoked_at: None,
    };
    let keys = ring().jwk_set();
    let again: Value = serde_json::from_str(
        r#" {"nested":{"a":"","b":"\u00e5"}, "sum":[1.0,25e-1,true,null], "reference":"AVH-7K4M-2QX6"}"#,
    )
    .unwrap();
    for value in [document(), again] {
        assert_eq!(verify(&value, &signed(), Purpose::Receipt, &keys), Ok(expected.clone()));
    }
    let published = JwkSet::parse(keys.to_json().to_string().as_bytes()).expect("a set");
    assert_eq!(verify(&document(), &signed(), Purpose::Receipt, &published), Ok(expected));
}

#[test]
fn an_altered_added_or_dropped_member_is_refused() {
    let keys = ring().jwk_set();
    let mut altered = [document(), document(), document(), document(), document()];
    altered[0]["reference"] = json!("AVH-0000-0000");
    altered[1]["more"] = json!(null);
    altered[2].as_object_mut().expect("members").remove("sum");
    altered[3]["sum"] = json!([2.5, 1, true, null]);
    altered[4]["nested"]["b"] = json!("a\u{30a}");
    for value in altered {
        assert_eq!(refusal(&value, &signed(), &keys), Some(Refusal::Altered), "{value}");
    }
    assert_eq!(refusal(&json!(u64::MAX), &signed(), &keys), Some(Refusal::NotCanonical));
}

#[test]
fn headers_that_are_not_ours_are_refused_although_the_signature_fits() {
    let keys = ring().jwk_set();
    assert_eq!(refusal(&document(), &with_header(&header()), &keys), None);
    let with = |member: &str, value: Value| {
        let mut changed = header();
        changed[member] = value;
        changed
    };
    let jwk = ring().jwk_set().to_json()["keys"][0].clone();
    for (changed, expected) in [
        (with("alg", json!("none")), Refusal::Algorithm),
        (with("alg", json!("None")), Refusal::Algorithm),
        (with("alg", json!("HS256")), Refusal::Algorithm),
        (with("alg", json!("ES256")), Refusal::Algorithm),
        (with("alg", json!(["EdDSA"])), Refusal::Algorithm),
        (json!({}), Refusal::Algorithm),
        (json!("EdDSA"), Refusal::Algorithm),
        (json!({ "alg": "EdDSA" }), Refusal::Header),
        (with("jwk", jwk), Refusal::Header),
        (with("jku", json!("https://example.org/keys")), Refusal::Header),
        (with("crit", json!(["b64"])), Refusal::Header),
        (with("b64", json!(false)), Refusal::Header),
        (with("iat", json!("1795366404")), Refusal::Header),
        (with("iat", json!(i64::from(i32::MAX) * 4000)), Refusal::Header),
        (with("typ", json!("kvittens-bundle+jws")), Refusal::Purpose),
        (with("typ", json!("JWT")), Refusal::Purpose),
        (with("kid", json!("")), Refusal::UnknownKey),
    ] {
        let found = refusal(&document(), &with_header(&changed), &keys);
        assert_eq!(found, Some(expected), "{changed}");
    }
}

#[test]
fn an_hmac_with_the_public_key_as_its_secret_is_refused() {
    let key = ring().jwk_set().key(RFC_KID).expect("the key").clone();
    let secret = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, key.as_bytes());
    let payload = crate::seal::canonical::bytes(&document()).expect("a form");
    for alg in ["HS256", "EdDSA"] {
        let mut confused = header();
        confused["alg"] = json!(alg);
        let encoded = URL_SAFE_NO_PAD.encode(confused.to_string());
        let tag = aws_lc_rs::hmac::sign(&secret, &signing_input(&encoded, &payload));
        let jws = format!("{encoded}..{}", URL_SAFE_NO_PAD.encode(tag.as_ref()));
        let found = refusal(&document(), &jws, &ring().jwk_set());
        let expected = if alg == "HS256" { Refusal::Algorithm } else { Refusal::Altered };
        assert_eq!(found, Some(expected), "{alg}");
    }
}

#[test]
fn a_key_that_is_unknown_or_not_in_force_is_refused() {
    let other = generate(at("2026-01-01T00:00:00Z")).expect("a key");
    let other = KeyRing::parse([other.reveal()]).expect("a ring");
    let found = refusal(&document(), &signed(), &other.jwk_set());
    assert_eq!(found, Some(Refusal::UnknownKey));
    let next = generate(at("2026-11-01T00:00:00Z")).expect("a key");
    let changed = KeyRing::parse([RFC_KEY, next.reveal()]).expect("a ring").jwk_set();
    assert_eq!(refusal(&document(), &signed(), &changed), Some(Refusal::KeyNotInForce));
    let mut early = header();
    early["iat"] = json!(at("2025-12-31T23:59:59Z").as_second());
    let found = refusal(&document(), &with_header(&early), &ring().jwk_set());
    assert_eq!(found, Some(Refusal::KeyNotInForce));
    let later =
        KeyRing::parse([format!("{RFC_KEY}revoked_at = \"2027-01-01T00:00:00Z\"").as_str()]);
    let found = verify(&document(), &signed(), Purpose::Receipt, &later.expect("a ring").jwk_set());
    let told = found.map(|signature| signature.key_revoked_at);
    assert_eq!(told, Ok(Some(at("2027-01-01T00:00:00Z"))));
}

#[test]
fn what_is_no_detached_signature_is_refused() {
    let keys = ring().jwk_set();
    let jws = signed();
    let (header, signature) = jws.split_once("..").expect("two parts");
    let mut looser = signature.to_owned();
    let last = looser.pop().expect("a letter");
    // The last letter holds two bits of the signature and four that must be zero.
    looser.push(if last == 'Q' { 'R' } else { char::from(u8::try_from(last).unwrap() + 1) });
    for text in [
        String::new(),
        "..".to_owned(),
        format!("..{signature}"),
        format!("{header}.e30.{signature}"),
        format!("{header}.{signature}"),
        format!("{header}..{signature}="),
        format!("{header}..{signature}\n"),
        format!("{header}..{looser}"),
        format!("{header}..{signature}..{signature}"),
        format!("{header}..{}", "A".repeat(2000)),
    ] {
        assert_eq!(refusal(&document(), &text, &keys), Some(Refusal::NotDetachedJws), "{text}");
    }
    let cut = &signature[..signature.len() - 4];
    assert!(refusal(&document(), &format!("{header}..{cut}"), &keys).is_some());
    assert!(refusal(&document(), &format!("{header}.."), &keys).is_some());
}

proptest! {
    #[test]
    fn no_flipped_bit_of_a_signature_is_taken(place in 0_usize..200, bit in 0_u8..8) {
        let jws = signed();
        let place = place % jws.len();
        let mut bytes = jws.into_bytes();
        bytes[place] ^= 1 << bit;
        let verdict = String::from_utf8(bytes).ok().map(|text| refusal(&document(), &text, &ring().jwk_set()));
        prop_assert!(verdict != Some(None));
    }

    #[test]
    fn no_text_makes_the_check_panic(text in any::<String>()) {
        prop_assert!(refusal(&document(), &text, &ring().jwk_set()).is_some());
    }
}
