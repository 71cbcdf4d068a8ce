//! The key ring: with what the gateway signs receipts and makes control codes, now and earlier.
//!
//! One small file a key. A new key is one more file: the newest whose time has come signs, and each earlier one ends by itself an
//! hour after the next one began (so that a gateway that has not yet read the new file may still sign with the old). Nothing is
//! rewritten when keys change. The secrets never show in `Debug`, nor in errors: a fault names a file by its number and the fault.

use crate::domain::digest::Digest;
use crate::domain::reference::Reference;
use crate::seal::control_code::ControlCode;
use crate::seal::jwk::JwkSet;
use crate::seal::jwk::PublicKey;
use crate::seal::jwk::bytes_32;
use crate::seal::jwk::thumbprint;
use aws_lc_rs::hmac;
use aws_lc_rs::signature::Ed25519KeyPair;
use aws_lc_rs::signature::KeyPair as _;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::SignedDuration;
use jiff::Timestamp;
use serde::Deserialize;
use std::fmt;

/// So long an earlier key may still sign after the next one began.
const OVERLAP: SignedDuration = SignedDuration::from_hours(1);

/// Why there is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The system gave no random bytes.
    #[error("the system's random source gave no key")]
    NoRandomness,
    /// Not TOML, a member missing or unknown, a time that is none, or a secret that is not 32 bytes.
    #[error("key file number {0} is no key of ours")]
    NotAKey(usize),
    /// The name, the public key and the secret are not of one key.
    #[error("key file number {0}: its name, its public key and its secret are not of one key")]
    Mismatch(usize),
    /// Two files of one key, or two keys that begin at the same time.
    #[error("key file number {0} repeats the key or the beginning of another one")]
    Twice(usize),
    /// No key with its secret may sign now.
    #[error("no signing key is in force now; make one with `kvittens key rotate`")]
    NoneInForce,
}

/// A new key, to be written to a file that only the gateway can read.
#[derive(Clone)]
pub struct KeyDocument {
    /// Its name.
    pub kid: String,
    /// What to call its file: the day it begins and its name.
    pub file_name: String,
    text: String,
}

impl KeyDocument {
    /// The file's text, with its secrets.
    pub fn reveal(&self) -> &str {
        &self.text
    }
}

impl fmt::Debug for KeyDocument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyDocument").field("kid", &self.kid).finish_non_exhaustive()
    }
}

/// Makes a key that signs from `from` on: now for the first, a quarter of an hour ahead for the next, so that every gateway has read
/// it by then.
pub fn generate(from: Timestamp) -> Result<KeyDocument, KeyError> {
    let mut secrets = [[0_u8; 32]; 2];
    for secret in &mut secrets {
        aws_lc_rs::rand::fill(secret).map_err(|_unspecified| KeyError::NoRandomness)?;
    }
    let [seed, control] = secrets;
    let pair =
        Ed25519KeyPair::from_seed_unchecked(&seed).map_err(|_rejected| KeyError::NoRandomness)?;
    let public = public_bytes(&pair).ok_or(KeyError::NoRandomness)?;
    let kid = thumbprint(&public);
    let from = Timestamp::from_second(from.as_second()).unwrap_or(from);
    let text = format!(
        "# A key that kvittens signs receipts with. Whoever has this file can sign in the municipality's name: keep it secret.\n\
         # When the key is no longer used, `secret` may be deleted; `control_secret` is needed for as long as its control codes\n\
         # shall be checked. If it may have leaked, add: revoked_at = \"2030-01-31T12:00:00Z\" (when, in UTC).\n\
         kid = \"{kid}\"\n\
         from = \"{from}\"\n\
         public = \"{}\"\n\
         secret = \"{}\"\n\
         control_secret = \"{}\"\n",
        URL_SAFE_NO_PAD.encode(public),
        URL_SAFE_NO_PAD.encode(seed),
        URL_SAFE_NO_PAD.encode(control),
    );
    let file_name = format!("{}-{kid}.toml", from.strftime("%Y-%m-%d"));
    Ok(KeyDocument { kid, file_name, text })
}

fn public_bytes(pair: &Ed25519KeyPair) -> Option<[u8; 32]> {
    pair.public_key().as_ref().try_into().ok()
}

/// A key file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    kid: String,
    from: Timestamp,
    public: String,
    secret: Option<String>,
    control_secret: Option<String>,
    revoked_at: Option<Timestamp>,
}

/// A key file, read.
struct Held {
    from: Timestamp,
    revoked_at: Option<Timestamp>,
    bytes: [u8; 32],
    pair: Option<Ed25519KeyPair>,
    control: Option<hmac::Key>,
}

impl Held {
    fn parse(text: &str, number: usize) -> Result<Self, KeyError> {
        let bad = KeyError::NotAKey(number);
        // The error of the TOML reader quotes the line, and so the secret.
        let document: Document = toml::from_str(text).map_err(|_quoting| bad)?;
        let bytes = bytes_32(&document.public).ok_or(bad)?;
        let secret = |text: Option<String>| match text {
            Some(text) => bytes_32(&text).map(Some).ok_or(bad),
            None => Ok(None),
        };
        let pair = match secret(document.secret)? {
            Some(seed) => Some(
                Ed25519KeyPair::from_seed_and_public_key(&seed, &bytes)
                    .map_err(|_rejected| KeyError::Mismatch(number))?,
            ),
            None => None,
        };
        if thumbprint(&bytes) != document.kid {
            return Err(KeyError::Mismatch(number));
        }
        let control = secret(document.control_secret)?;
        Ok(Self {
            from: document.from,
            revoked_at: document.revoked_at,
            bytes,
            pair,
            control: control.map(|secret| hmac::Key::new(hmac::HMAC_SHA256, &secret)),
        })
    }
}

/// A key of the ring.
struct Key {
    public: PublicKey,
    from: Timestamp,
    pair: Option<Ed25519KeyPair>,
    control: Option<hmac::Key>,
}

/// All keys of the municipality, from the earliest to the latest.
#[derive(Default)]
pub struct KeyRing {
    keys: Vec<Key>,
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.keys.iter().map(|key| key.public.kid());
        f.write_str("KeyRing ")?;
        f.debug_list().entries(names).finish()
    }
}

impl KeyRing {
    /// Reads the texts of the key files, in any order; faults name a file by its number in that order, from 1.
    pub fn parse<'a>(documents: impl IntoIterator<Item = &'a str>) -> Result<Self, KeyError> {
        let mut held: Vec<Held> = Vec::new();
        for (at, text) in documents.into_iter().enumerate() {
            let next = Held::parse(text, at + 1)?;
            if held.iter().any(|known| known.bytes == next.bytes || known.from == next.from) {
                return Err(KeyError::Twice(at + 1));
            }
            held.push(next);
        }
        held.sort_by_key(|key| key.from);
        let starts: Vec<Timestamp> = held.iter().skip(1).map(|key| key.from).collect();
        let ends =
            starts.into_iter().map(|next| Some(next.saturating_add(OVERLAP).unwrap_or(next)));
        let keys = held.into_iter().zip(ends.chain([None])).map(|(key, until)| Key {
            public: PublicKey::new(key.bytes, Some(key.from), until, key.revoked_at),
            from: key.from,
            pair: key.pair,
            control: key.control,
        });
        Ok(Self { keys: keys.collect() })
    }

    /// The public keys, as `GET /keys` answers them: also those that begin later, so that nobody is surprised by a new one.
    pub fn jwk_set(&self) -> JwkSet {
        JwkSet::new(self.keys.iter().map(|key| key.public.clone()).collect())
    }

    /// The name of the key that signs at `now`.
    pub fn current(&self, now: Timestamp) -> Result<&PublicKey, KeyError> {
        self.signing(now).map(|(public, _)| public)
    }

    /// The key that signs at `now`: the latest one in force whose secret is here.
    pub(super) fn signing(
        &self,
        now: Timestamp,
    ) -> Result<(&PublicKey, &Ed25519KeyPair), KeyError> {
        self.all_signing(now).next().ok_or(KeyError::NoneInForce)
    }

    /// Every key that may sign at `now` and whose secret is here, the latest first: more than one while one takes over from another.
    pub(super) fn all_signing(
        &self,
        now: Timestamp,
    ) -> impl Iterator<Item = (&PublicKey, &Ed25519KeyPair)> {
        let in_force = self.keys.iter().rev().filter(move |key| key.public.may_sign_at(now));
        in_force.filter_map(|key| Some((&key.public, key.pair.as_ref()?)))
    }

    /// The control code of a receipt. It is made with the key that was in force when the message arrived (the first one for what
    /// arrived before it), so that a receipt bears the same code whenever it is written out.
    pub fn control_code(
        &self,
        reference: &Reference,
        received_at: Timestamp,
        sha256: &Digest,
    ) -> Result<ControlCode, KeyError> {
        let mut kept = self.keys.iter().filter_map(|key| Some((key.from, key.control.as_ref()?)));
        let begun = kept.clone().rev().find(|(from, _)| *from <= received_at);
        let (_, key) = begun.or_else(|| kept.next()).ok_or(KeyError::NoneInForce)?;
        Ok(ControlCode::compute(key, reference, received_at, sha256))
    }

    /// Whether a control code fits, by any key that is kept. Takes as long whether or not, and by whichever key.
    pub fn fits(
        &self,
        code: &ControlCode,
        reference: &Reference,
        received_at: Timestamp,
        sha256: &Digest,
    ) -> bool {
        let keys = self.keys.iter().filter_map(|key| key.control.as_ref());
        let fits =
            keys.map(|key| ControlCode::compute(key, reference, received_at, sha256) == *code);
        // No early end: `any` would tell by its time which key fitted.
        fits.fold(false, |found, this| found | this)
    }
}

#[cfg(test)]
#[path = "keys_tests.rs"]
pub(in crate::seal) mod tests;
