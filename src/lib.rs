//! # The path of a notice

pub mod case_system;
pub mod clock;
pub mod domain;
pub mod intake;
pub mod queue;
pub mod store;
pub mod telemetry;
