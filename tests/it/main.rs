//! The integration tests: notices sent through real servers and through stand-ins for what cannot be had.

mod case_systems;
mod lifecare_contract;
#[cfg(test)]
mod support;
mod support_tests;
//! The integration tests: one binary, one module a concern.

mod schemas;
