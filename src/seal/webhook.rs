//! The signature of a webhook, by Standard Webhooks 1.0 with Ed25519 (`v1a`): so that Kronofogden's system knows that it is the municipality that
//! calls about a notice.
//!
//! What is signed begins with the call's id, which is chosen by us and is no base64url of JSON: no such signature fits a receipt or a bundle, which
//! are signed with the same keys ([`super::jws`]), and none of theirs fits a call.

use crate::seal::jwk::PublicKey;
use crate::seal::keys::KeyError;
use crate::seal::keys::KeyRing;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;

/// Value of the header `webhook-signature`: one signature by each key in force, the latest first, so that a receiver which has pinned the earlier one
/// still takes the call while a new one takes over. `id` holds no full stop; `at` is the value of `webhook-timestamp`.
///
/// # Errors
/// When no key is in force.
pub fn signatures(
    ring: &KeyRing,
    id: &str,
    at: Timestamp,
    payload: &str,
) -> Result<String, KeyError> {
    let signed = format!("{id}.{}.{payload}", at.as_second());
    let sign = |(_, pair): (&PublicKey, &aws_lc_rs::signature::Ed25519KeyPair)| {
        format!("v1a,{}", STANDARD.encode(pair.sign(signed.as_bytes())))
    };
    let all: Vec<String> = ring.all_signing(at).map(sign).collect();
    match all.is_empty() {
        true => Err(KeyError::NoneInForce),
        false => Ok(all.join(" ")),
    }
}

/// A public key as receivers of webhooks write it: `whpk_` and its 32 bytes in base64.
pub fn public_key(key: &PublicKey) -> String {
    format!("whpk_{}", STANDARD.encode(key.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::public_key;
    use super::signatures;
    use crate::seal::keys::KeyRing;
    use crate::seal::keys::generate;
    use aws_lc_rs::signature::ED25519;
    use aws_lc_rs::signature::UnparsedPublicKey;
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use jiff::SignedDuration;
    use jiff::Timestamp;

    fn verifies(key: &str, signature: &str, signed: &str) -> bool {
        let key = STANDARD.decode(key.strip_prefix("whpk_").unwrap()).unwrap();
        let signature = STANDARD.decode(signature.strip_prefix("v1a,").unwrap()).unwrap();
        UnparsedPublicKey::new(&ED25519, key).verify(signed.as_bytes(), &signature).is_ok()
    }

    #[test]
    fn while_one_key_takes_over_from_another_both_sign() {
        let first: Timestamp = "2026-11-03T08:00:00Z".parse().unwrap();
        let second = first + SignedDuration::from_hours(24);
        let texts = [first, second].map(|from| generate(from).unwrap().reveal().to_owned());
        let ring = KeyRing::parse(texts.iter().map(String::as_str)).unwrap();
        let keys: Vec<String> = ring.jwk_set().keys().iter().map(public_key).collect();
        let hour = SignedDuration::from_hours(1);
        for (at, by) in [
            (first, vec![0]),
            (second, vec![1, 0]),
            (second + hour - SignedDuration::from_secs(1), vec![1, 0]),
            (second + hour, vec![1]),
        ] {
            let told = signatures(&ring, "confirmation-1", at, "{}").unwrap();
            let told: Vec<&str> = told.split(' ').collect();
            assert_eq!(told.len(), by.len(), "{at}");
            let signed = format!("confirmation-1.{}.{{}}", at.as_second());
            for (signature, key) in told.iter().zip(&by) {
                assert!(verifies(&keys[*key], signature, &signed), "{at}");
                for other in [signed.replace("{}", "{ }"), signed.replace("-1.", "-2.")] {
                    assert!(!verifies(&keys[*key], signature, &other), "{other}");
                }
            }
        }
        assert!(signatures(&ring, "a", first - hour, "{}").is_err(), "before the first key");
    }
}
