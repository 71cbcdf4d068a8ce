//! A receipt with its control code and signature.

use super::SealError;
use super::has_right_code;
use super::seal;
use super::verify;
use crate::seal::canonical;
use crate::seal::jws::Refusal;
use crate::seal::keys::KeyError;
use crate::seal::keys::KeyRing;
use crate::seal::keys::generate;
use crate::seal::keys::tests::RFC_KID;
use crate::seal::keys::tests::at;
use crate::seal::keys::tests::ring;
use serde_json::Value;
use serde_json::json;

const NOW: &str = "2026-11-22T16:53:24Z";

fn receipt() -> Value {
    json!({
        "reference": "AVH-7K4M-2QX6",
        "receivedAt": "2026-10-12T12:07:31Z",
        "arrivalDate": "2026-10-12",
        "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "senderReference": "4711-88",
        "board": "Socialnämnden",
        "contact": { "organisation": { "sv": "Exempelstads kommun", "en": "Exempelstad" }, "telephone": "040-10 00 00", "email": "vrak@example.se" },
        "notices": [{ "reference": "AVH-7K4M-2QX6" }]
    })
}

fn sealed() -> Value {
    seal(&receipt(), &ring(), at(NOW)).expect("sealed")
}

#[test]
fn a_sealed_receipt_says_the_same_and_bears_code_and_signature() {
    let sealed = sealed();
    let mut rest = sealed.clone();
    let members = rest.as_object_mut().expect("members");
    let code = members.remove("controlCode").expect("a code");
    assert_eq!(code.as_str().map(str::len), Some(10));
    assert!(members.remove("signature").is_some());
    assert_eq!(rest, receipt());
    let signature = verify(&sealed, &ring().jwk_set()).expect("a signature");
    assert_eq!((signature.kid.as_str(), signature.signed_at), (RFC_KID, at(NOW)));
    assert!(has_right_code(&sealed, &ring()));
}

#[test]
fn sealing_again_replaces_both_and_gives_the_same() {
    let mut stale = sealed();
    stale["controlCode"] = json!("0000000000");
    assert_eq!(seal(&stale, &ring(), at(NOW)).expect("sealed"), sealed());
    let later = seal(&sealed(), &ring(), at("2026-12-01T00:00:00Z")).expect("sealed");
    assert_eq!(later["controlCode"], sealed()["controlCode"]);
    assert_ne!(later["signature"], sealed()["signature"]);
    assert!(verify(&later, &ring().jwk_set()).is_ok());
}

#[test]
fn every_altered_member_breaks_the_signature() {
    let keys = ring().jwk_set();
    let names: Vec<String> = sealed().as_object().expect("members").keys().cloned().collect();
    for name in names.iter().filter(|name| *name != "signature") {
        let mut altered = sealed();
        altered[name] = json!("other");
        assert_eq!(verify(&altered, &keys), Err(Refusal::Altered), "{name}");
        altered.as_object_mut().expect("members").remove(name);
        assert_eq!(verify(&altered, &keys), Err(Refusal::Altered), "{name}");
    }
    let mut without = sealed();
    without.as_object_mut().expect("members").remove("signature");
    assert_eq!(verify(&without, &keys), Err(Refusal::Missing));
    without["signature"] = json!(7);
    assert_eq!(verify(&without, &keys), Err(Refusal::NotDetachedJws));
    assert_eq!(verify(&json!([]), &keys), Err(Refusal::Missing));
}

#[test]
fn a_member_that_stands_twice_is_not_read() {
    let text = sealed().to_string();
    let doubled = text.replacen('{', r#"{"reference":"AVH-0000-0000","#, 1);
    assert!(canonical::parse(text.as_bytes()).is_ok());
    assert!(canonical::parse(doubled.as_bytes()).is_err());
}

#[test]
fn a_code_fits_its_own_receipt_and_ring_only() {
    let other = generate(at("2026-01-01T00:00:00Z")).expect("a key");
    let other = KeyRing::parse([other.reveal()]).expect("a ring");
    assert!(!has_right_code(&sealed(), &other));
    for (member, value) in [
        ("reference", json!("AVH-0000-0000")),
        ("receivedAt", json!("2026-10-12T12:07:32Z")),
        ("sha256", json!("0".repeat(64))),
        ("controlCode", json!("0000000000")),
        ("controlCode", json!(null)),
    ] {
        let mut altered = sealed();
        altered[member] = value;
        assert!(!has_right_code(&altered, &ring()), "{altered}");
    }
}

#[test]
fn what_is_no_receipt_is_not_sealed() {
    for (member, value) in [
        ("reference", json!("AVH-7K4M-2QX7")),
        ("reference", json!("avh-7k4m-2qx6")),
        ("receivedAt", json!("2026-10-12T12:07:31.5Z")),
        ("receivedAt", json!("2026-10-12T14:07:31+02:00")),
        ("receivedAt", json!(1_760_270_851)),
        ("sha256", json!("0".repeat(63))),
        ("sha256", json!("A".repeat(64))),
        ("sha256", json!(null)),
    ] {
        let mut altered = receipt();
        altered[member] = value;
        let found = seal(&altered, &ring(), at(NOW));
        assert_eq!(found, Err(SealError::NotAReceipt), "{altered}");
    }
    assert_eq!(seal(&json!([]), &ring(), at(NOW)), Err(SealError::NotAReceipt));
    let empty = KeyRing::parse([]).expect("a ring");
    assert_eq!(seal(&receipt(), &empty, at(NOW)), Err(SealError::Code(KeyError::NoneInForce)));
}
