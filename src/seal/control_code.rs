//! The control code: ten symbols on a receipt that tell, over the telephone or at the public check, that the municipality wrote it.
//!
//! Truncated HMAC-SHA-256 (50 bits) over reference, arrival and digest, so that none of them can be altered. Guessing is bounded by
//! the limit on attempts at the check, not by the length. The alphabet is that of references: no I, L, O or U.

use crate::domain::digest::Digest;
use crate::domain::reference::Reference;
use aws_lc_rs::constant_time;
use aws_lc_rs::hmac;
use jiff::Timestamp;
use std::fmt;

/// The 32 symbols, as in references; a symbol's value is its place.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Symbols of a code.
const SYMBOLS: usize = 10;

/// What the code is for, and the version of how it is made.
const PURPOSE: &str = "kvittens control code 1";

/// A control code in canonical spelling. Whoever has it may learn when the message arrived, so `Debug` does not show it.
#[derive(Clone)]
pub struct ControlCode(String);

/// In the same time whether equal or not.
impl PartialEq for ControlCode {
    fn eq(&self, other: &Self) -> bool {
        constant_time::verify_slices_are_equal(self.0.as_bytes(), other.0.as_bytes()).is_ok()
    }
}

impl Eq for ControlCode {}

impl ControlCode {
    /// The code by one key. Reference, arrival (UTC, whole seconds) and digest stand on lines of their own: none can hold a line
    /// break, so no two receipts give the same text.
    pub(super) fn compute(
        key: &hmac::Key,
        reference: &Reference,
        received_at: Timestamp,
        sha256: &Digest,
    ) -> Self {
        let arrived = Timestamp::from_second(received_at.as_second()).unwrap_or(received_at);
        let tag =
            hmac::sign(key, format!("{PURPOSE}\n{reference}\n{arrived}\n{sha256}").as_bytes());
        let (first, _) = tag.as_ref().split_at(8);
        let bits = first.iter().fold(0_u64, |bits, byte| (bits << 8) | u64::from(*byte));
        let symbol = |place: usize| {
            let value = (bits >> (64 - 5 * (place + 1))) & 0x1f;
            char::from(ALPHABET[usize::try_from(value).unwrap_or_default()])
        };
        Self((0..SYMBOLS).map(symbol).collect())
    }

    /// Reads a code as people write it: any case, spaces or hyphens anywhere or missing, I and L for 1, O for 0. `None` for
    /// anything that cannot be one.
    pub fn parse(text: &str) -> Option<Self> {
        let written = text.chars().filter(|c| !c.is_whitespace() && !is_hyphen(*c));
        let symbols: Option<String> = written.map(canonical).collect();
        symbols.filter(|symbols| symbols.len() == SYMBOLS).map(Self)
    }

    /// The ten symbols, as they stand in JSON.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// In two groups of five, to be read aloud: `7K4M2-QX6AB`.
impl fmt::Display for ControlCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, second) = self.0.split_at(SYMBOLS / 2);
        write!(f, "{first}-{second}")
    }
}

impl fmt::Debug for ControlCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ControlCode(***)")
    }
}

fn canonical(symbol: char) -> Option<char> {
    let symbol = match symbol.to_ascii_uppercase() {
        'I' | 'L' => '1',
        'O' => '0',
        other => other,
    };
    let known = u8::try_from(symbol).is_ok_and(|byte| ALPHABET.contains(&byte));
    known.then_some(symbol)
}

/// Hyphens that word processors and telephones put in: hyphen-minus, soft hyphen, U+2010 to U+2015, minus.
fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{ad}' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

#[cfg(test)]
#[path = "control_code_tests.rs"]
mod tests;
