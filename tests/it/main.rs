//! The integration tests: notices sent through real servers and through stand-ins for what cannot be had. One
//! binary, one module a concern.

#![expect(clippy::unwrap_used, reason = "in a test, what cannot be is a failure")]
#![expect(clippy::print_stdout, reason = "a run tells what it counted")]

mod acknowledge;
mod amqp;
mod api;
mod case_systems;
mod conformance;
mod demo;
mod documents;
mod doors;
mod evening;
mod journeys;
mod letter_contract;
mod letters;
mod lifecare_contract;
mod outages;
mod reading;
mod schemas;
mod sender_proof;
mod store;
mod support;
mod support_tests;
mod year;
