//! The integration tests: notices sent through real servers and through stand-ins for what cannot be had.

mod acknowledge;
mod amqp;
mod api;
mod case_systems;
mod doors;
mod lifecare_contract;
mod schemas;
#[cfg(test)]
mod support;
mod support_tests;
