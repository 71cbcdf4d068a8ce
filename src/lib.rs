//! # The path of a notice

pub mod acknowledge;
pub mod case_system;
pub mod clock;
pub mod domain;
pub mod files;
pub mod http;
pub mod intake;
pub mod mail;
pub mod normalize;
pub mod pipeline;
pub mod public;
pub mod queue;
pub mod routing;
pub mod store;
pub mod telemetry;
