//! The integration tests: notices sent through real servers and through stand-ins for what cannot be had. One
//! binary, one module a concern.

mod acknowledge;
#[cfg(test)]
mod amqp;
mod api;
mod case_systems;
mod conformance;
mod doors;
mod journeys;
mod lifecare_contract;
mod schemas;
mod store;
#[cfg(test)]
mod support;
mod support_tests;
