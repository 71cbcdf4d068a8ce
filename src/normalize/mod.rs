//! Message translators.

pub mod swedish;
