//! The integration tests: notices sent through real servers and through stand-ins for what cannot be had.

mod lifecare_contract;
#[cfg(test)]
mod support;
mod support_tests;
