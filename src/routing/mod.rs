//! Which board, unit, routine, codes and priority a notice gets, by the municipality's profile (Content-Based Router).
//!
//! Pure and total: every notice has an assignment, since a profile without a default is refused. Malmö and Göteborg differ in
//! `config/malmo.toml` and `config/goteborg.toml`, not here. The first rule that fits decides; what the notice also concerns is
//! routed by itself, and its units take part.

mod check;
mod decide;
mod file;
pub mod profile;
mod promises;

#[cfg(test)]
mod check_tests;
#[cfg(test)]
mod city_tests;
#[cfg(test)]
mod priority_tests;
#[cfg(test)]
mod promises_tests;

use crate::domain::assignment::Assignment;
use crate::domain::notice::Notice;
use crate::routing::profile::Profile;
use jiff::civil::Date;

/// Where the notice goes, as seen on the local day `on`, from which the days to an eviction are counted. Always an answer.
pub fn route(profile: &Profile, notice: &Notice, on: Date) -> Assignment {
    decide::decide(profile, notice, on).assignment
}

/// The same decision in sentences: which rules were passed over and why, which one decided, and what made it urgent. For `kvittens
/// route --explain`; holds nothing about the person but what the rules ask for, and neither address nor date.
pub fn explain(profile: &Profile, notice: &Notice, on: Date) -> Vec<String> {
    decide::decide(profile, notice, on).reasons
}
