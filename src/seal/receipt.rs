//! A receipt as proof: its control code and its signature go in as two members of the JSON document.
//!
//! `controlCode` is made over the receipt's own `reference`, `receivedAt` and `sha256`; `signature` is a detached JWS over the
//! RFC 8785 form of the whole receipt without its `signature` member. Whoever holds the JSON file holds all that a check needs,
//! but for the municipality's public keys.

use crate::domain::digest::Digest;
use crate::domain::reference::Reference;
use crate::seal::control_code::ControlCode;
use crate::seal::jwk::JwkSet;
use crate::seal::jws;
use crate::seal::jws::Purpose;
use crate::seal::jws::Refusal;
use crate::seal::jws::SignError;
use crate::seal::jws::Verdict;
use crate::seal::keys::KeyError;
use crate::seal::keys::KeyRing;
use jiff::Timestamp;
use serde_json::Value;

const CONTROL_CODE: &str = "controlCode";
const SIGNATURE: &str = "signature";

/// Why a receipt was not sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// `reference`, `receivedAt` (UTC, whole seconds) or `sha256` is missing or not canonical.
    #[error(
        "the receipt cannot be sealed: its reference, arrival or digest is not as it should be"
    )]
    NotAReceipt,
    /// There is no key for the control code.
    #[error("the receipt cannot be given a control code")]
    Code(#[source] KeyError),
    /// It cannot be signed.
    #[error("the receipt cannot be sealed")]
    Sign(#[source] SignError),
}

/// Adds `controlCode` and `signature`, in place of any that are there. `now` is the time of signing.
pub fn seal(receipt: &Value, ring: &KeyRing, now: Timestamp) -> Result<Value, SealError> {
    let facts = Facts::of(receipt).ok_or(SealError::NotAReceipt)?;
    let code = ring
        .control_code(&facts.reference, facts.received_at, &facts.sha256)
        .map_err(SealError::Code)?;
    let mut sealed = unsigned(receipt);
    sealed[CONTROL_CODE] = code.as_str().into();
    let signature = jws::sign(&sealed, Purpose::Receipt, ring, now).map_err(SealError::Sign)?;
    sealed[SIGNATURE] = signature.into();
    Ok(sealed)
}

/// Checks a receipt's signature by the municipality's public keys. Read it with [`crate::seal::canonical::parse`]: a reader that
/// takes a member twice could be shown another receipt than the one that was signed.
pub fn verify(receipt: &Value, keys: &JwkSet) -> Verdict {
    let jws = receipt.get(SIGNATURE).ok_or(Refusal::Missing)?;
    let jws = jws.as_str().ok_or(Refusal::NotDetachedJws)?;
    jws::verify(&unsigned(receipt), jws, Purpose::Receipt, keys)
}

/// Whether a receipt's control code is the municipality's, as only the holder of the key ring can tell.
pub fn has_right_code(receipt: &Value, ring: &KeyRing) -> bool {
    let written = receipt.get(CONTROL_CODE).and_then(Value::as_str).and_then(ControlCode::parse);
    let (Some(code), Some(facts)) = (written, Facts::of(receipt)) else { return false };
    ring.fits(&code, &facts.reference, facts.received_at, &facts.sha256)
}

/// The message that a receipt is for: its reference and the SHA-256 of what was sent.
pub(super) fn subject(receipt: &Value) -> Option<(Reference, Digest)> {
    Facts::of(receipt).map(|facts| (facts.reference, facts.sha256))
}

fn unsigned(receipt: &Value) -> Value {
    let mut rest = receipt.clone();
    if let Some(members) = rest.as_object_mut() {
        members.remove(SIGNATURE);
    }
    rest
}

/// What the control code binds together.
struct Facts {
    reference: Reference,
    received_at: Timestamp,
    sha256: Digest,
}

impl Facts {
    /// Each in its canonical spelling, or `None`.
    fn of(receipt: &Value) -> Option<Self> {
        let text = |member: &str| receipt.get(member).and_then(Value::as_str);
        let facts = Self {
            reference: Reference::parse(text("reference")?)?,
            received_at: text("receivedAt")?.parse().ok()?,
            sha256: Digest::from_hex(text("sha256")?)?,
        };
        let canonical = Some(facts.reference.as_str()) == text("reference")
            && facts.received_at.subsec_nanosecond() == 0
            && Some(facts.received_at.to_string().as_str()) == text("receivedAt")
            && Some(facts.sha256.to_string().as_str()) == text("sha256");
        canonical.then_some(facts)
    }
}

#[cfg(test)]
#[path = "receipt_tests.rs"]
mod tests;
