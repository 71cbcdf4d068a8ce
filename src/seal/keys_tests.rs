//! The key ring: making, reading and changing keys; secrets that must not show.

use super::KeyError;
use super::KeyRing;
use super::generate;
use crate::domain::digest::Digest;
use crate::domain::reference::Reference;
use crate::seal::control_code::ControlCode;
use jiff::Timestamp;

/// RFC 8037 appendix A.1 and A.2, and its thumbprint.
pub(in crate::seal) const RFC_KEY: &str = r#"
kid = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
from = "2026-01-01T00:00:00Z"
public = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
secret = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"
control_secret = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
"#;
pub(in crate::seal) const RFC_KID: &str = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k";

/// A moment.
pub(in crate::seal) fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

/// A ring with the key of RFC 8037, in force from 2026 on.
pub(in crate::seal) fn ring() -> KeyRing {
    KeyRing::parse([RFC_KEY]).expect("a ring")
}

fn key_from(from: &str) -> String {
    generate(at(from)).expect("a key").reveal().to_owned()
}

fn without(text: &str, member: &str) -> String {
    let keep = |line: &&str| !line.starts_with(&format!("{member} ="));
    text.lines().filter(keep).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_new_key_signs_from_its_time_on_and_is_named_in_its_file_name() {
    let document = generate(at("2026-11-22T16:53:24.75Z")).expect("a key");
    assert_eq!(document.file_name, format!("2026-11-22-{}.toml", document.kid));
    let ring = KeyRing::parse([document.reveal()]).expect("a ring");
    let early = ring.current(at("2026-11-22T16:53:23Z")).map(|key| key.kid().to_owned());
    assert_eq!(early, Err(KeyError::NoneInForce));
    let key = ring.current(at("2026-11-22T16:53:24Z")).expect("in force");
    assert_eq!(key.kid(), document.kid);
    assert_ne!(document.kid, generate(at("2026-11-22T16:53:24Z")).expect("a key").kid);
}

#[test]
fn the_newest_key_in_force_signs_and_the_one_before_ends_an_hour_later() {
    let (first, second) = (key_from("2026-01-01T00:00:00Z"), key_from("2027-01-01T00:00:00Z"));
    let ring = KeyRing::parse([second.as_str(), first.as_str()]).expect("a ring");
    let [old, new] = ring.jwk_set().keys().to_vec().try_into().expect("two keys");
    for (now, kid) in [
        ("2026-06-01T00:00:00Z", old.kid()),
        ("2026-12-31T23:59:59Z", old.kid()),
        ("2027-01-01T00:00:00Z", new.kid()),
    ] {
        assert_eq!(ring.current(at(now)).expect("in force").kid(), kid, "{now}");
    }
    assert!(old.may_sign_at(at("2027-01-01T00:59:59Z")));
    assert!(!old.may_sign_at(at("2027-01-01T01:00:00Z")));
}

#[test]
fn a_withdrawn_key_signs_no_more_and_the_set_says_so() {
    let first = key_from("2026-01-01T00:00:00Z");
    let withdrawn = format!("{first}revoked_at = \"2026-06-01T00:00:00Z\"\n");
    let ring = KeyRing::parse([withdrawn.as_str()]).expect("a ring");
    assert!(ring.current(at("2026-05-31T23:59:59Z")).is_ok());
    assert_eq!(ring.current(at("2026-06-01T00:00:00Z")), Err(KeyError::NoneInForce));
    assert!(
        ring.jwk_set().to_json().to_string().contains(r#""revoked":{"revoked_at":1780272000}"#)
    );
}

#[test]
fn a_key_without_its_secret_still_stands_in_the_set_but_signs_nothing() {
    let document = without(RFC_KEY, "secret");
    let ring = KeyRing::parse([document.as_str()]).expect("a ring");
    assert!(ring.jwk_set().key(RFC_KID).is_some());
    assert_eq!(ring.current(at("2026-06-01T00:00:00Z")), Err(KeyError::NoneInForce));
}

#[test]
fn the_set_holds_public_members_only() {
    let set = ring().jwk_set().to_json();
    let members: Vec<&String> = set["keys"][0].as_object().expect("a key").keys().collect();
    assert_eq!(members, ["alg", "crv", "kid", "kty", "nbf", "use", "x"]);
}

#[test]
fn files_that_are_no_key_are_named_by_number_and_never_quoted() {
    let other = key_from("2027-01-01T00:00:00Z");
    let line = |text: &str, member: &str| {
        let found = text.lines().find(|line| line.starts_with(&format!("{member} =")));
        found.expect("the member").to_owned()
    };
    let swapped = |member: &str| RFC_KEY.replace(&line(RFC_KEY, member), &line(&other, member));
    let replaced = |old: &str, new: &str| RFC_KEY.replacen(old, new, 1);
    for (text, error) in [
        (String::new(), KeyError::NotAKey(2)),
        (without(RFC_KEY, "kid"), KeyError::NotAKey(2)),
        (without(RFC_KEY, "public"), KeyError::NotAKey(2)),
        (without(RFC_KEY, "from"), KeyError::NotAKey(2)),
        (replaced("nWGx", "nWG"), KeyError::NotAKey(2)),
        (replaced("AAEC", "AAE"), KeyError::NotAKey(2)),
        (replaced("2026-01-01T", "2026-13-01T"), KeyError::NotAKey(2)),
        (replaced("secret = \"nWGx", "secret = nWGx"), KeyError::NotAKey(2)),
        (format!("{RFC_KEY}until = 7\n"), KeyError::NotAKey(2)),
        (swapped("kid"), KeyError::Mismatch(2)),
        (swapped("public"), KeyError::Mismatch(2)),
        (swapped("secret"), KeyError::Mismatch(2)),
        (other.clone(), KeyError::Twice(2)),
        (swapped("from"), KeyError::Twice(2)),
    ] {
        let found = KeyRing::parse([other.as_str(), text.as_str()]).expect_err("no ring");
        assert_eq!(found, error, "{text}");
        let shown = format!("{found} {found:?}");
        assert!(!shown.contains("nWG") && !shown.contains("AAE"), "{shown}");
    }
}

#[test]
fn secrets_show_in_no_debug_text() {
    let document = generate(at("2026-01-01T00:00:00Z")).expect("a key");
    let ring = KeyRing::parse([document.reveal()]).expect("a ring");
    let shown = format!("{document:?} {ring:?}");
    assert!(shown.contains(&document.kid), "{shown}");
    for line in document.reveal().lines().filter(|line| line.contains("secret = \"")) {
        let secret = line.split('"').nth(1).expect("a value");
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[test]
fn a_code_is_the_same_whenever_it_is_made_and_fits_by_every_kept_key() {
    let reference = Reference::parse("AVH-7K4M-2QX6").expect("a reference");
    let digest = Digest::of(b"a notice");
    let code = |ring: &KeyRing, received: &str| -> ControlCode {
        ring.control_code(&reference, at(received), &digest).expect("a code")
    };
    let before = ring();
    let next = key_from("2027-01-01T00:00:00Z");
    let after = KeyRing::parse([next.as_str(), RFC_KEY]).expect("a ring");
    for received in ["2025-06-01T00:00:00Z", "2026-06-01T00:00:00Z"] {
        let code_before = code(&before, received);
        assert_eq!(code_before, code(&after, received), "{received}");
        assert!(after.fits(&code_before, &reference, at(received), &digest), "{received}");
    }
    // A code by the earlier key for a later arrival fits as well: a gateway had not yet read the new file.
    let late = "2027-06-01T00:00:00Z";
    assert_ne!(code(&before, late), code(&after, late));
    assert!(after.fits(&code(&before, late), &reference, at(late), &digest));
    assert!(!before.fits(&code(&after, late), &reference, at(late), &digest));
    let kept = without(RFC_KEY, "control_secret");
    let without_code = KeyRing::parse([kept.as_str()]).expect("a ring");
    let none =
        without_code.control_code(&reference, at(late), &digest).map(|code| code.to_string());
    assert_eq!(none, Err(KeyError::NoneInForce));
}
