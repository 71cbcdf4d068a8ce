//! # The path of a notice

pub mod acknowledge;
pub mod case_system;
pub mod clock;
pub mod commands;
pub mod config;
pub mod demo;
pub mod domain;
pub mod files;
pub mod gateway;
pub mod http;
pub mod intake;
pub mod mail;
pub mod normalize;
pub mod operations;
pub mod pipeline;
pub mod public;
pub mod queue;
pub mod register;
pub mod routing;
pub mod store;
pub mod telemetry;
pub mod watchman;
