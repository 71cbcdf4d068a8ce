//! # The path of a notice

pub mod case_system;
pub mod clock;
pub mod domain;
pub mod intake;
pub mod normalize;
pub mod queue;
pub mod routing;
