//! # The path of a notice

pub mod domain;
