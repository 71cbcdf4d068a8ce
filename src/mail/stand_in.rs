//! The fields by which our doors mark a mail that stands for another: only the header came, and a person must look at the original.
//!
//! Whoever writes them into a mail of his own gets a person's eye for it, and nothing else.

use super::Field;
use super::named;

/// The original is larger than the door takes.
pub const OVERSIZE: &str = "X-Kvittens-Oversize";
/// The mail server has the original and does not give it.
pub const NOT_GIVEN: &str = "X-Kvittens-Not-Given";

pub(super) fn stands_in(fields: &[Field<'_>]) -> bool {
    fields.iter().any(|field| named(field, OVERSIZE) || named(field, NOT_GIVEN))
}
