//! The shapes of values that can be one thing only, whatever their label: identity numbers and streets.

use super::cells;
use crate::domain::person_id::PersonIdentity;
use crate::domain::person_id::PersonIdentityKind;
use jiff::civil::Date;

/// An identity number whose check holds.
pub(super) fn is_identity(value: &str, on: Date) -> bool {
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let plain =
        value.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'+' | b' '));
    if !plain || !matches!(digits, 10 | 12) {
        return false;
    }
    let (identity, fault) = PersonIdentity::read(value, on);
    fault.is_none() && identity.kind != PersonIdentityKind::Other
}

/// `Provgatan 3`, `Provgatan 3 lgh 1102, 214 32 Malmö`.
pub(super) fn is_street(value: &str) -> bool {
    let address = cells::address(value);
    let Some(street) = address.street else { return false };
    let first = street.split(' ').next().unwrap_or_default().to_lowercase();
    let ends = [
        "gatan", "vägen", "gränd", "gränden", "torget", "allén", "stigen", "backen", "gata", "väg",
        "gatan.", "stråket", "leden", "slingan", "plan", "liden", "kajen",
    ];
    let known = address.postal_code.is_some() && !first.starts_with("box");
    street.bytes().any(|byte| byte.is_ascii_digit())
        && (known || ends.iter().any(|end| first.ends_with(end) && first != *end))
}
