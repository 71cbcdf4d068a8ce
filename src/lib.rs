//! # The path of a notice

pub mod case_system;
pub mod clock;
pub mod domain;
pub mod http;
pub mod intake;
pub mod public;
pub mod queue;
