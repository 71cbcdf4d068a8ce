//! The set of public keys: the vector of RFC 8037, and sets that must not be used.

use super::JwkSet;
use super::JwkSetError;
use super::PublicKey;
use super::bytes_32;
use super::thumbprint;
use jiff::Timestamp;
use serde_json::Value;
use serde_json::json;

/// RFC 8037 appendix A.2.
const X: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
/// RFC 8037 appendix A.3.
const KID: &str = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k";

fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

fn jwk() -> Value {
    json!({ "kty": "OKP", "crv": "Ed25519", "x": X, "kid": KID, "use": "sig", "alg": "EdDSA" })
}

fn parse(keys: &[Value]) -> Result<JwkSet, JwkSetError> {
    JwkSet::parse(json!({ "keys": keys }).to_string().as_bytes())
}

fn changed(member: &str, value: Value) -> Value {
    let mut jwk = jwk();
    jwk[member] = value;
    jwk
}

#[test]
fn a_key_is_named_by_its_thumbprint() {
    assert_eq!(thumbprint(&bytes_32(X).expect("32 bytes")), KID);
}

#[test]
fn a_set_is_read_back_as_it_was_written() {
    let bytes = bytes_32(X).expect("32 bytes");
    let (from, until) = (at("2026-01-01T00:00:00Z"), at("2027-01-01T01:00:00Z"));
    for key in [
        PublicKey::new(bytes, Some(from), Some(until), None),
        PublicKey::new(bytes, Some(from), None, Some(until)),
        PublicKey::new(bytes, None, None, None),
    ] {
        let set = JwkSet::new(vec![key]);
        let text = set.to_json().to_string();
        assert_eq!(JwkSet::parse(text.as_bytes()), Ok(set), "{text}");
    }
}

#[test]
fn a_key_may_sign_within_its_time_only() {
    let times = ["2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z", "2026-06-01T00:00:00Z"].map(at);
    let [from, until, revoked] = times;
    let key = PublicKey::new([1; 32], Some(from), Some(until), Some(revoked));
    for (moment, may) in [
        ("2025-12-31T23:59:59Z", false),
        ("2026-01-01T00:00:00Z", true),
        ("2026-05-31T23:59:59Z", true),
        ("2026-06-01T00:00:00Z", false),
        ("2027-01-01T00:00:00Z", false),
    ] {
        assert_eq!(key.may_sign_at(at(moment)), may, "{moment}");
    }
    let unrevoked = PublicKey::new([1; 32], Some(from), Some(until), None);
    assert!(unrevoked.may_sign_at(at("2026-12-31T23:59:59Z")));
    assert!(!unrevoked.may_sign_at(until));
}

#[test]
fn keys_of_other_kinds_are_passed_over() {
    let rsa = json!({ "kty": "RSA", "n": "AQAB", "e": "AQAB", "kid": "x" });
    let x25519 = json!({ "kty": "OKP", "crv": "X25519", "x": X });
    let set = parse(&[rsa, x25519, jwk(), json!("nothing")]).expect("a set");
    assert_eq!(set.keys().len(), 1);
    assert!(set.key(KID).is_some());
}

#[test]
fn a_key_that_is_not_whole_is_refused() {
    for (bad, error) in [
        (changed("x", json!("11qY")), JwkSetError::BadKey(1)),
        (changed("x", json!(format!("{X}="))), JwkSetError::BadKey(1)),
        (changed("x", json!(7)), JwkSetError::BadKey(1)),
        (changed("use", json!("enc")), JwkSetError::BadKey(1)),
        (changed("alg", json!("HS256")), JwkSetError::BadKey(1)),
        (changed("exp", json!(9e99)), JwkSetError::BadKey(1)),
        (changed("exp", json!(i64::from(i32::MAX) * 4000)), JwkSetError::BadKey(1)),
        (changed("revoked", json!(true)), JwkSetError::BadKey(1)),
        (changed("kid", json!("another")), JwkSetError::WrongName(1)),
    ] {
        assert_eq!(parse(std::slice::from_ref(&bad)), Err(error), "{bad}");
    }
    assert_eq!(parse(&[jwk(), jwk()]), Err(JwkSetError::Twice(2)));
    let twice = format!(r#"{{"keys":[],"keys":[{}]}}"#, jwk());
    for text in [twice.as_str(), "{}", "[]", "", r#"{"keys":{}}"#] {
        assert_eq!(JwkSet::parse(text.as_bytes()), Err(JwkSetError::NotASet), "{text}");
    }
}
